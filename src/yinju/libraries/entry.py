"""A library as the list has it: its title, its folders, and how much it holds.

libraries/<id>/ holds corpus/, index/ and library.json, which keeps the title. The first library is the one that the
settings name; its id is empty, and what it is called is kept in the folder of its index.
"""

import json
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from yinju.conversations import Conversations
from yinju.errors import ConversationsError, LibrariesError, YinjuError
from yinju.ingest.names import is_unshown
from yinju.messages import LANGUAGES, Language, say
from yinju.reasons import Reason
from yinju.store.local.publishing import live_manifest
from yinju.text import search_form

TITLE_CHARACTERS = 60
"""The longest title."""
ABOUT = "library.json"
"""What is known of a library beside its documents, in its folder; of the first in that of its index."""
CHATS = "conversations.sqlite"
"""The file of a library's chats, in the folder of its index."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A library as the list has it."""

    id: str
    """Empty for the first."""
    title: str
    """Empty where the first was never given one; the id where it cannot be read."""
    corpus: Path
    index: Path
    chats: Path
    """The file that keeps them."""
    created: float = 0.0
    """In seconds since 1970; 0 where that is not known."""
    trouble: Reason | None = None
    """What is wrong with it, so far as can be told without opening it."""

    @property
    def folder(self) -> Path:
        """What holds all of it; for the first only what is known of it."""
        return self.corpus.parent if self.id else self.index

    @property
    def titles(self) -> tuple[str, ...]:
        """What it is called: its title; where it has none, what the page calls it in each language."""
        return (self.title,) if self.title else tuple(say("libraries.first", language) for language in LANGUAGES)

    def said(self, language: Language) -> str:
        """Its title, or what it is called in a language where it has none."""
        return self.title or say("libraries.first", language)

    def document_count(self) -> int | None:
        """How many documents its index holds; None where that cannot be told."""
        with suppress(YinjuError, OSError):
            live = live_manifest(self.index)
            return live.documents if live else 0
        return None

    def chat_count(self) -> int | None:
        """How many chats are kept, whoever's they are; None where that cannot be told."""
        with suppress(ConversationsError):
            return Conversations(self.chats).chat_count()
        return None


def checked_title(title: str) -> str:
    """A title as it is kept: in NFC, white space joined.

    Raises:
        LibrariesError: it is empty, too long or holds what cannot be shown.
    """
    title = " ".join(unicodedata.normalize("NFC", title).split())
    if not title:
        raise LibrariesError("library.empty")
    if any(is_unshown(character) for character in title):
        raise LibrariesError("library.characters")
    if len(title) > TITLE_CHARACTERS:
        raise LibrariesError("library.long", length=len(title), limit=TITLE_CHARACTERS)
    return title


def is_same_title(one: str, other: str) -> bool:
    """Whether no two libraries may have these titles: they differ by nothing but capitals and small letters."""
    return one.casefold() == other.casefold()


def named_in(entries: Sequence[Entry], wanted: str) -> Entry:
    """The one of a title or an id; either script, and capitals or small letters, name the same.

    Raises:
        LibrariesError: there is none.
    """
    exactly = [one for one in entries if wanted and wanted in (*one.titles, one.id)]
    alike = [one for one in entries if search_form(wanted) in map(search_form, one.titles)]
    if found := [*exactly, *alike]:
        return found[0]
    titles = [title for one in entries for title in one.titles[:1]]
    near = get_close_matches(wanted, titles, n=3, cutoff=0.3) or titles[:3]
    if near:
        raise LibrariesError("library.unknown.near", found=wanted, near=near)
    raise LibrariesError("library.unknown", found=wanted)


UNREADABLE = (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What reading a file of whatever it holds may raise."""


def about(folder: Path) -> tuple[str, float]:
    """The title of a library, in whose folder it is kept, and when it was made.

    Raises:
        UNREADABLE: that cannot be told.
    """
    if not (folder / ABOUT).is_file():
        raise FileNotFoundError(folder / ABOUT)
    kept = json.loads((folder / ABOUT).read_text("utf-8"))
    title, created = kept["title"], kept["created"]
    if not isinstance(title, str) or not title.strip():
        raise ValueError(title)
    return title[:TITLE_CHARACTERS], float(created)
