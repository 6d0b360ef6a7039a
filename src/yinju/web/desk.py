"""What every room of the page works with."""

from dataclasses import dataclass

from yinju.conversations import Conversations
from yinju.library import Library
from yinju.messages import Language
from yinju.web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Desk:
    """The documents, and the chats that are kept."""

    library: Library
    conversations: Conversations


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor at the desk."""

    desk: Desk
    visitor: Visitor

    @property
    def language(self) -> Language:
        """Which the visitor reads."""
        return self.visitor.language
