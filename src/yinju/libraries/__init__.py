"""Several libraries, each with documents, index and chats of its own: which there are, and what changes the list."""

from yinju.libraries.entry import ABOUT, CHATS, TITLE_CHARACTERS, Entry, checked_title
from yinju.libraries.folder import DELETED, Libraries, unknown_library

__all__ = ["ABOUT", "CHATS", "DELETED", "TITLE_CHARACTERS", "Entry", "Libraries", "checked_title", "unknown_library"]
