"""The values that travel through Yinju: file → Document → Passage → Hit → Answer.

Every position is a half-open range of characters in `Document.text`, which is kept exactly as it was extracted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from yinju.reasons import Reason, say_all

Vectors = NDArray[np.float32]
Span = tuple[int, int]
Progress = Callable[[int, int, str], None]
"""Called as progress(done, total, what) while long work goes on."""
Watch = Callable[[str, bool], None]
"""Called as watch(name, False) when the reading of a file begins and as watch(name, True) when it has ended."""


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
class PrintedRun:
    """A stretch of a document's text as it is printed in one line of a page."""

    start: int
    end: int
    page: int
    """Physical, counted from 1."""
    first: int
    """Which of the page's characters, as pdfium counts them, is printed at `start`; the others follow it."""


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


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document small enough to search and to read at a glance."""

    id: int
    """Its row in the index, counted from 0 within a generation."""
    document: str
    title: str
    headings: tuple[str, ...]
    page: int | None
    start: int
    end: int
    text: str
    """The document's own characters from `start` to `end`."""
    sentences: tuple[Span, ...]
    """Ranges within `text`, in order; together they hold every character that is not white space."""
    mended: tuple[tuple[int, str], ...] = ()
    """(number of a sentence, word that a stray character breaks apart in it): searched as if it stood there."""

    @property
    def heading(self) -> str:
        """The path of headings above the passage, outermost first, in one line; empty without headings."""
        return " › ".join(self.headings)

    def sentence(self, number: int) -> str:
        """The original characters of one of its sentences."""
        return self.text[slice(*self.sentences[number])]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with its score: 0 unrelated … 1 certain, higher is better."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement of an answer comes from: `quote` is the document's own text from `start` to `end`."""

    marker: int
    """The number shown in the answer as [n], counted from 1."""
    document: str
    title: str
    heading: str
    page: int | None
    start: int
    end: int
    quote: str
    passage: str
    """The text of the passage around the quote."""
    sha256: str = ""
    """Of the document's file when it was cited: tells later whether the place still holds the quote."""


class Disagreement(StrEnum):
    """Why a statement is not supported by the documents."""

    UNFOUND = "unfound"  # no passage says anything like it
    UNCHECKED = "unchecked"  # it broke off before it could be checked
    NUMBER = "number"
    DATE = "date"
    UNIT = "unit"
    NEGATION = "negation"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the markers of the citations that carry it."""

    text: str
    markers: tuple[int, ...]
    disagreement: Disagreement | None = None
    """What in it the cited source does not bear out; None where it does."""
    emphasis: Span | None = None
    """The range of `text` that most likely is what was asked for."""
    new_line: bool = False
    """Whether it begins a line of its own, as a point of a list does."""

    @property
    def supported(self) -> bool:
        """Whether the cited source says the same."""
        return self.disagreement is None


class ModelFault(StrEnum):
    """Why a language model's answer is missing or not whole."""

    UNREACHABLE = "unreachable"  # no connection: wrong address, refused, no such host, TLS
    UNAUTHORISED = "unauthorised"  # 401 or 403: the key is wrong or missing
    BUSY = "busy"  # 429, also after waiting
    FAILED = "failed"  # any other status than success
    SLOW = "slow"  # nothing came within the time allowed
    MALFORMED = "malformed"  # what came is not what the protocol says, or it is empty
    INTERRUPTED = "interrupted"  # the connection broke off in the middle
    STOPPED = "stopped"  # the reader wanted no more of it


@dataclass(frozen=True, slots=True)
class Answer:
    """What Yinju says to a question; extracted and generated answers have the same shape."""

    question: str
    statements: tuple[Statement, ...]
    """Empty when refused."""
    citations: tuple[Citation, ...]
    """In the order of their markers; when refused, the passages that came nearest."""
    refused: bool
    confidence: float
    """That the documents answer the question: 0 … 1, higher is surer."""
    mode: str
    """extractive or generated."""
    seconds: float
    understood_as: str | None = None
    """The question as searched, when an earlier turn was needed to understand it."""
    fault: ModelFault | None = None
    """Why this is not, or not wholly, a language model's answer although one is set."""
    unfinished: tuple[Statement, ...] = ()
    """What the model had said before the fault; `statements` are then extracted."""
    complete: bool = True
    """False while a model is still speaking; before its first sentence `citations` are the passages it reads."""
    pending: str = ""
    """The beginning of the sentence a model is saying, not checked yet."""

    @property
    def text(self) -> str:
        """The statements in order, each followed by its markers; empty when refused."""
        lines = (("\n" if s.new_line and place else "", s) for place, s in enumerate(self.statements))
        return "".join(lead + s.text + "".join(f"[{marker}]" for marker in s.markers) for lead, s in lines)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """How one file ended when a folder was indexed."""

    name: str
    state: FileState
    reasons: tuple[Reason, ...] = ()
    """Why it was skipped or failed, or what to know of a file indexed with a warning."""
    passages: int = 0
    characters: int = 0
    sha256: str | None = None
    """Of the file's bytes; None where they were not read."""
    title: str = ""
    format: str = ""
    """As a document's; empty for a file that is none."""
    size: int = 0
    """In bytes."""
    pages: int | None = None
    encoding: str | None = None
    added: float = 0.0
    """When this content was first seen under this name, in seconds since 1970; 0 where it is not known."""
    seconds: float = 0.0
    """How long it took to read."""
    reused: bool = False
    """True when the file had not changed and nothing was read again."""

    @property
    def code(self) -> str:
        """A stable reason: ok, warning, or why it was left out, such as empty, unknown_format, no_text, timed_out."""
        if self.state in (FileState.INDEXED, FileState.WARNED):
            return "ok" if self.state is FileState.INDEXED else "warning"
        return self.reasons[0].code if self.reasons else self.state.value

    @property
    def message(self) -> str:
        """The reasons in Traditional Chinese; empty for a file indexed without remark."""
        return say_all(self.reasons)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file when an index was built."""

    generation: int
    outcomes: tuple[FileOutcome, ...]
    removed: tuple[str, ...]
    """Documents of the generation before that are no longer there."""
    seconds: float

    def count(self, state: FileState) -> int:
        """How many files ended in a state; over all four states this sums to the files seen."""
        return sum(outcome.state is state for outcome in self.outcomes)
