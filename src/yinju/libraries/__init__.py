"""Several libraries, each with documents, index and chats of its own: which there are, and what changes the list."""

from yinju.libraries.entry import ABOUT, TITLE_CHARACTERS, Entry, checked_title
from yinju.libraries.folder import Libraries, unknown_library

__all__ = ["ABOUT", "TITLE_CHARACTERS", "Entry", "Libraries", "checked_title", "unknown_library"]
