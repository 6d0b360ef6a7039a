"""What is found for a question, and what is said to it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from yinju.types.basics import Span
from yinju.types.documents import Passage
from yinju.types.files import FileOutcome


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with its score: 0 unrelated … 1 certain, higher is better."""

    passage: Passage
    score: float
    copies: tuple[Passage, ...] = ()
    """Passages that are the same text, which are no hits of their own."""


DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
"""How a day, a month or a year is written that a scope begins or ends with."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: the documents that are named, below a folder named or have a tag named, taken together.

    With none of the three, all documents. Formats and days narrow that: a document must fit each that is given.
    """

    documents: frozenset[str] | None = None
    """Names of documents; an empty set names none of them, None leaves it to folders and tags."""
    folders: frozenset[str] = frozenset()
    """Paths below the indexed folder, with forward slashes."""
    tags: frozenset[str] = frozenset()
    """Of which a document has at least one."""
    formats: frozenset[str] = frozenset()
    """Such as pdf or docx."""
    since: str = ""
    """The first day as YYYY-MM-DD, or a month or year; of what a document says of itself, else of when it came in."""
    until: str = ""
    """The last day, likewise."""

    def holds(self, name: str, outcome: FileOutcome, tags: Collection[str] = ()) -> bool:
        """Whether a document is within it."""
        fits = not self.formats or outcome.format in self.formats
        return fits and self._names(name, tags) and self._holds_date(outcome)

    def _names(self, name: str, tags: Collection[str]) -> bool:
        """Whether a document is among those that are named, whichever way."""
        if self.documents is None and not self.folders and not self.tags:
            return True
        below = any(name.startswith(f"{folder.rstrip('/')}/") for folder in self.folders)
        return below or name in (self.documents or ()) or not self.tags.isdisjoint(tags)

    def _holds_date(self, outcome: FileOutcome) -> bool:
        """Whether a document's day, month or year is in the time; one that overlaps it is."""
        if not self.since and not self.until:
            return True
        told = outcome.facts.effective or outcome.facts.issued
        day = told or datetime.fromtimestamp(outcome.added, UTC).date().isoformat()
        return day[: len(self.since)] >= self.since[: len(day)] and (
            not self.until or day[: len(self.until)] <= self.until[: len(day)]
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """Where else the same text stands, a range of another document's text."""

    document: str
    title: str
    page: int | None
    start: int
    end: int
    sha256: str = ""
    """Of the document's file when it was found."""


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A picture or chart that stands beside what is cited, or that it speaks of."""

    number: int
    """Its place among the figures of the document, from 0."""
    caption: str
    """In one line; empty where nothing tells what it shows."""
    size: tuple[int, int] = (0, 0)
    """Width and height as it is shown in its document, in pixels; 0, 0 where that is not known."""


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
    copies: tuple[Copy, ...] = ()
    """Where else the documents say the same."""
    figures: tuple[CitedFigure, ...] = ()
    """What of the document is shown with it, of the version that was cited."""


class Verdict(StrEnum):
    """What the documents do for a question."""

    ANSWERED = "answered"
    NEAR = "near"
    """They do not say it; something close to it is shown and told apart."""
    NOTHING = "nothing"


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
    row: tuple[tuple[str, str], ...] = ()
    """Of a table's row: each column's name with what stands in it; rows after each other are drawn as a table."""
    worked_out: bool = False
    """Whether code worked it out of the rows that it cites."""

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
    MALFORMED = "malformed"  # what came is not what the protocol says, empty, or the same over and over
    INTERRUPTED = "interrupted"  # the connection broke off in the middle
    UNSUPPORTED = "unsupported"  # the documents do not bear out most of what came
    STOPPED = "stopped"  # the reader wanted no more of it


@dataclass(frozen=True, slots=True)
class Answer:
    """What Yinju says to a question; extracted and generated answers have the same shape."""

    question: str
    statements: tuple[Statement, ...]
    """What is said; where the verdict is not *answered*, that it is not there, and what comes near."""
    citations: tuple[Citation, ...]
    """In the order of their markers; when refused, the passages that came nearest."""
    verdict: Verdict
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
    """What the model had said before the fault, or all that it said; `statements` are then extracted."""
    complete: bool = True
    """False while a model is still speaking; before its first sentence `citations` are the passages it reads."""
    pending: str = ""
    """The beginning of the sentence a model is saying, not checked yet."""
    missing: tuple[str, ...] = ()
    """What of the question the documents do not have, in its own words: XK-210A."""
    options: tuple[str, ...] = ()
    """Questions that the reader may have meant, each asked by a click."""
    about: str = ""
    """The document that this outlines as a whole, whose guide tells more; empty for any other answer."""
    hurried: bool = False
    """Whether fewer passages were read closely than otherwise, because others were asking too."""

    @property
    def refused(self) -> bool:
        """Whether it is no answer: the verdict is *near* or *nothing*."""
        return self.verdict is not Verdict.ANSWERED

    @property
    def text(self) -> str:
        """The statements in order, each followed by its markers."""
        lines = (("\n" if s.new_line and place else "", s) for place, s in enumerate(self.statements))
        return "".join(lead + s.text + "".join(f"[{marker}]" for marker in s.markers) for lead, s in lines)
