"""A file as it was read, and the passages it is divided into."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from yinju.reasons import Reason, say_all
from yinju.types.basics import Box, Span
from yinju.types.blocks import Block
from yinju.types.figures import Figure


class FileState(StrEnum):
    """The four ways in which reading a file can end; every file seen ends in exactly one."""

    INDEXED = "indexed"
    WARNED = "indexed_with_warning"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's text below one path of headings, outermost first; headings are not in the range."""

    headings: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of a document as a whole; empty where it says nothing."""

    version: str = ""
    """As it is written without its sign: 2.0, 115年."""
    issued: str = ""
    """When it was published or signed, as YYYY, YYYY-MM or YYYY-MM-DD."""
    effective: str = ""
    """When it comes into force, as `issued`."""
    replaces: str = ""
    """What it takes the place of, in its own words."""
    language: str = ""
    """zh-Hant, zh-Hans or en."""


@dataclass(frozen=True, slots=True)
class PrintedRun:
    """A stretch of a document's text as it is printed in one line of a page."""

    start: int
    end: int
    page: int
    """Physical, counted from 1."""
    first: int
    """Which of the page's characters, as pdfium counts them, is printed at `start`; the others follow it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Where the characters stand that were recognised on the image of a page; in order, as pdfium would count them."""

    page: int
    """Physical, counted from 1."""
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as read: its text untouched, and how that text is divided."""

    name: str
    """Path below the indexed folder, with forward slashes."""
    title: str
    text: str
    sections: tuple[Section, ...]
    """In reading order, not overlapping."""
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    format: str
    """text, markdown, html, pdf or docx."""
    size: int
    """Of the file, in bytes."""
    encoding: str | None = None
    """The character encoding a text file was decoded with; None for binary formats."""
    page_starts: tuple[int, ...] = ()
    """Where each physical page begins in `text`; empty for formats without pages."""
    state: FileState = FileState.INDEXED
    reasons: tuple[Reason, ...] = ()
    """What the reader should know of how it was read."""
    printed: tuple[PrintedRun, ...] = ()
    """Where the text stands on the pages, in its order, as the reader of a file finds it; kept apart in an index."""
    body_start: int = 0
    """Where in `text` what is searched begins: after the front matter of Markdown."""
    dropped: int = 0
    """How many characters of the file, white space aside, its reader left out of `text`; not kept in an index."""
    blocks: tuple[Block, ...] = ()
    """In reading order; an index keeps them with the passages."""
    scans: tuple[Scan, ...] = ()
    """The pages whose text was recognised on their image; kept apart in an index."""
    figures: tuple[Figure, ...] = ()
    """Its pictures and charts in the order of the text; kept apart in an index."""
    textless: tuple[int, ...] = ()
    """Physical pages, counted from 1, of which nothing could be read; not kept in an index."""
    page_labels: tuple[str, ...] = ()
    """What the document itself calls its pages, such as iii; empty where it calls them by their number."""
    facts: DocumentFacts = field(default_factory=DocumentFacts)
    """What it says of itself as a whole; an index keeps it with how its file ended."""

    @property
    def message(self) -> str:
        """The reasons in Traditional Chinese; empty when there is nothing to say."""
        return say_all(self.reasons)

    @property
    def pages(self) -> int | None:
        """The number of physical pages, or None for formats without pages."""
        return len(self.page_starts) or None

    def page_at(self, position: int) -> int | None:
        """The physical page, counted from 1, that holds a character position; None for formats without pages."""
        if not self.page_starts:
            return None
        return max(1, sum(start <= position for start in self.page_starts))

    def label_of(self, page: int) -> str:
        """What the document itself calls a physical page, such as iii; empty where that is its number, or nothing."""
        label = self.page_labels[page - 1] if page <= len(self.page_labels) else ""
        return "" if label == str(page) else label


def passage_ids(name: str, text: str) -> Callable[[int, int], int]:
    """For a document of that name and text: the range of a passage → its id, 0 … 2⁶³ - 1.

    The first eight bytes of a SHA-256 over all of these, without the sign: of 10⁹ passages two are alike in one
    library of twenty (birthday bound n²/2⁶⁴).
    """
    seed = hashlib.sha256(f"{name}\0{text}".encode("utf-8", "surrogatepass"))

    def id_of(start: int, end: int) -> int:
        digest = seed.copy()
        digest.update(f"\0{start}\0{end}".encode())
        return int.from_bytes(digest.digest()[:8]) >> 1

    return id_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document small enough to search and to read at a glance."""

    id: int
    """The same for as long as its document holds the same text under the same name: see `passage_ids`."""
    document: str
    title: str
    headings: tuple[str, ...]
    """The path above it, outermost first; last what it goes on with: a table's heads, a list's introduction."""
    page: int | None
    start: int
    end: int
    text: str
    """The document's own characters from `start` to `end`."""
    sentences: tuple[Span, ...]
    """Ranges within `text`, in order; together they hold every character that is not white space."""
    mended: tuple[tuple[int, str], ...] = ()
    """(number of a sentence, word that a stray character breaks apart in it): searched as if it stood there."""
    blocks: tuple[Block, ...] = ()
    """Those of its document that stand in it, their ranges within `text`; a block cut in two is in both passages."""
    number: int = 0
    """Its place among the passages of its document, counted from 0."""
    form: str | None = None
    """How its sentences are searched, a line each, empty where that is how they fold; None before it is worked out."""

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands: by these, passages sort by document and in reading order."""
        return self.document, self.number

    @property
    def next_place(self) -> tuple[str, int]:
        """Where the passage stands that follows in the same document, if any does."""
        return self.document, self.number + 1

    @property
    def heading(self) -> str:
        """The path of headings above the passage, outermost first, in one line; empty without headings."""
        return " › ".join(self.headings)

    @property
    def lines(self) -> str:
        """Its sentences, a line each."""
        return "\n".join(" ".join(self.text[start:end].split("\n")) for start, end in self.sentences)

    def sentence(self, number: int) -> str:
        """The original characters of one of its sentences."""
        return self.text[slice(*self.sentences[number])]

    def blocks_of_sentences(self) -> list[Block | None]:
        """For each of its sentences the block that it begins in; None for what is in none."""
        starts = [block.start for block in self.blocks]
        before = ((start, bisect_right(starts, start)) for start, _ in self.sentences)
        return [self.blocks[n - 1] if n and start < self.blocks[n - 1].end else None for start, n in before]
