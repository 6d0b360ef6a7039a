"""A page that is open → its chat, held in memory; what is forgotten is read again from where it is kept."""

from collections import OrderedDict
from threading import Lock

from yinju.web.conversation import Conversation

MOST = 100
"""How many chats are held; of more the one that was longest not looked at is forgotten."""


class OpenChats:
    """The chats of the pages that are open. Safe across threads.

    Gradio's own state would hold a connection open for every page, and a browser has but six for one server.
    """

    def __init__(self) -> None:
        """None is open."""
        self._lock = Lock()
        self._chats: OrderedDict[str, Conversation] = OrderedDict()

    def __getitem__(self, page: str) -> Conversation:
        """The chat of a page, an empty one where it has none or it was forgotten."""
        with self._lock:
            if page not in self._chats:
                return Conversation()
            self._chats.move_to_end(page)
            return self._chats[page]

    def __setitem__(self, page: str, chat: Conversation) -> None:
        """Hold the chat of a page."""
        with self._lock:
            self._chats[page] = chat
            self._chats.move_to_end(page)
            while len(self._chats) > MOST:
                self._chats.popitem(last=False)
