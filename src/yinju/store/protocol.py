"""What a store of documents can do: whichever holds them, the rest of Yinju knows no more than this.

A store is changed by one `Writer` at a time, which publishes all its changes at once or none; a `Snapshot` of what was
published stays as it is. Ids of passages stay as long as their document holds the same text under the same name.
A folder of this machine decides what is published, also where a server finds passages: that is written to first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from yinju.store.tuning import Trade, Tuned
from yinju.types import Document, DocumentFacts, Figure, FileOutcome, Passage, PrintedRun, Scan, Scope, Span, Vectors

FIELDS = ("words", "bigrams", "characters")
"""What is searched, each of a passage in its context: title, headings and the opening of its document."""

SATURATION = 1.2
"""BM25's k1: a term that stands often adds at most 1 + k1 times its inverse document frequency."""

DESIGNATORS = "designators"
"""What a passage is by number, as =article:39, and what it speaks of, as article:39; see designators.py."""

Terms = Mapping[str, str]
"""Field → the terms of a passage in it, with a space between each two: FIELDS and DESIGNATORS."""

TermsOf = Callable[[Sequence[Passage], str], Sequence[Terms]]
"""The passages of a document, in reading order, and its version → the terms of each."""

Names = frozenset[str]
"""Of documents."""

Hits = list[tuple[int, float]]
"""Passages as (id, score), best first."""


@dataclass(slots=True)
class IngestedFile:
    """A file as a store keeps it: how it ended and, where it could be read, its document and what finds that."""

    outcome: FileOutcome
    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    """In reading order, their `number` their place."""
    terms: tuple[Terms, ...] = ()
    """Of each passage."""
    often: Mapping[str, int] = field(default_factory=dict)
    """How often a word stands in the document, of those that do so more than once."""
    vectors: Vectors | None = None
    """(passages, dimension) float32, unit length; None before they are encoded, and where there are no passages."""


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What is true of a store as a whole."""

    encoder: Mapping[str, Any] = field(default_factory=dict)
    """name, fingerprint and dimension of the model that made its vectors."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """How texts were divided and cut into words."""
    corpus: str | None = None
    """The folder that its files came from."""
    encodings: Mapping[str, str] = field(default_factory=dict)
    """File → the encoding that a person stated for it."""
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Document → the tags that a person gave it."""


class Documents(Protocol):
    """Documents, their passages and how their files ended, by name or id."""

    def passage_count(self) -> int:
        """How many passages there are."""

    def documents(self) -> list[Document]:
        """Every document, by name, without where it is printed."""

    def facts(self) -> Mapping[str, tuple[str, DocumentFacts]]:
        """Document → its title and what it says of itself as a whole."""

    def document(self, name: str) -> Document | None:
        """The document of that name, without where it is printed, or None."""

    def often(self, name: str) -> Mapping[str, int]:
        """How often a word stands in a document, of those that do so more than once."""

    def printed(self, name: str) -> tuple[PrintedRun, ...]:
        """Where a document's text stands on its pages; none where it has no pages, or there is no such document."""

    def scans(self, name: str, page: int | None = None) -> tuple[Scan, ...]:
        """Where the text stands that was recognised on the pages of a document, or on one of them."""

    def figures(self, name: str) -> tuple[Figure, ...]:
        """The pictures and charts of a document, in the order of its text."""

    def has_pages(self) -> bool:
        """Whether any document's text stands on pages."""

    def within(self, scope: Scope) -> Names:
        """The documents that a scope speaks of."""

    def ids(self, within: Names | None = None) -> NDArray[np.int64]:
        """The ids of all passages, or of those of some documents."""

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages of those ids, in that order."""

    def passages_of(self, document: str, within: Span | None = None) -> list[Passage]:
        """The passages of a document in reading order, or those that hold any of a range of its text."""

    def places(self) -> list[tuple[int, str]]:
        """(id, document) of every passage, by document and in reading order."""

    def passage_before(self, passage: Passage) -> Passage | None:
        """The passage that comes before in the same document; None before its first."""

    def passage_after(self, passage: Passage) -> Passage | None:
        """The passage that follows in the same document; None after its last."""

    def digests(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the SHA-256 of its file."""

    def leads(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the text of its first passage, which tells what the rest is about."""

    def outcome(self, name: str) -> FileOutcome | None:
        """How the file of that name ended, or None."""

    def outcomes(self) -> dict[str, FileOutcome]:
        """File name → how it ended, by name."""


class Keywords(Protocol):
    """Passages by the terms they hold, scored by BM25 over the statistics of all passages: over 0, higher is better."""

    def __len__(self) -> int:
        """The number of passages."""

    def search(
        self, field: str, terms: Iterable[str], count: int, within: Names | None = None
    ) -> list[tuple[int, float]]:
        """The passages holding any of the terms as (id, score), best first; at most `count`, of some documents."""

    def scores(self, field: str, terms: Iterable[str], passages: Sequence[int]) -> dict[int, float]:
        """The score of each of some passages that holds any of the terms."""

    def search_designated(
        self, term: str, field: str, terms: Iterable[str], count: int, within: Names | None = None
    ) -> list[int]:
        """The passages that are what a designator names, then those that speak of it, by how they hold the terms."""

    def is_designated(self, term: str) -> bool:
        """Whether any passage is what a designator names."""

    def designated(self, term: str, passages: Sequence[int]) -> frozenset[int]:
        """Which of some passages have a term in their designators."""

    def highest_score(self, field: str, terms: Iterable[str]) -> float:
        """The score that no passage reaches, however often it holds every one of the terms."""

    def document_frequency(self, term: str) -> int:
        """In how many passages a word or bigram stands, in the text or its context."""

    def frequency_in(self, field: str, term: str) -> int:
        """In how many passages a term stands in one of the fields."""


class VectorSearch(Protocol):
    """Passages by how near their vectors are, cosine −1 … 1, higher is nearer."""

    def __len__(self) -> int:
        """The number of passages."""

    def search(self, queries: Vectors, count: int, within: Names | None = None) -> list[Hits]:
        """For each of (n, d) queries the passages nearest to it, best first; at most `count`, of some documents."""

    def rows(self, passages: Sequence[int]) -> Vectors:
        """The vectors of passages, (n, d) float32, in the order given."""


class Snapshot(Protocol):
    """What a store held when it was last published, and goes on holding until this is closed."""

    @property
    def number(self) -> int:
        """Of the publication: another one has another."""

    @property
    def facts(self) -> StoreFacts:
        """What is true of the store as a whole."""

    @property
    def built(self) -> float:
        """When it was published, in seconds since 1970."""

    @property
    def documents(self) -> Documents:
        """Documents, passages and outcomes."""

    @property
    def keywords(self) -> Keywords:
        """Passages by their terms."""

    @property
    def vectors(self) -> VectorSearch:
        """Passages by their vectors."""

    @property
    def tuned(self) -> Tuned | None:
        """How far vectors are searched; None where all of them are, or a server decides."""

    def __len__(self) -> int:
        """The number of passages."""

    def check_served(self) -> None:
        """See that what is read as memory was not cut off since; IndexDamagedError where it was."""

    def close(self) -> None:
        """Let go of it."""


class Writer(Protocol):
    """Changes that are published together. Nobody else can write meanwhile; leaving without publishing undoes all."""

    facts: StoreFacts
    """What is to be true of the store; may be changed until it is published."""
    tags: Mapping[str, Sequence[str]]
    """Document → the tags that people have given it, also where all else begins from nothing."""

    @property
    def before(self) -> Snapshot | None:
        """What is changed; None where it begins from nothing."""

    def add(self, file: IngestedFile) -> None:
        """Keep a file; what was published under its name gives way to it. Each name once for a publication."""

    def remove(self, name: str) -> None:
        """Forget a file; nothing where there is none of that name."""

    def publish(self) -> int:
        """Have all readers see the changes from now on; the number of the publication, the old one without a change.

        What a server finds passages by is there by then, and is seen by nobody if this fails.
        """

    def __enter__(self) -> Self:
        """The writer itself."""

    def __exit__(self, *error: object) -> None:
        """Undo what was not published, and let others write."""


Asked = Callable[[Snapshot], Vectors]
"""What is published → (n, d) queries as people may ask them of it."""


class Store(Protocol):
    """A library of documents. Two never share anything, word statistics included."""

    def current(self) -> int | None:
        """The number of the last publication, or None where nothing was ever published."""

    def open(self) -> Snapshot:
        """What was published last, checked; what an open snapshot has checked of it is not checked again.

        Raises:
            IndexMissingError: nothing was published, or a server that finds passages does not answer.
            IndexDamagedError: something is missing, cut off or changed.
            IndexMismatchError: another format or another store made it.
        """

    def verify(self) -> Snapshot:
        """The same, all of it checked; see `open` for the errors.

        What a server holds is counted, and a sample of it compared with what it was given.
        """

    def writer(self, facts: StoreFacts | None = None, *, anew: bool = False) -> Writer:
        """The right to change it, or to make it `anew` from nothing; `facts` are to hold then, None for those there.

        Raises:
            IndexBusyError: another process is writing.
            IndexWriteError: it cannot be written.
        """

    def rollback(self) -> int:
        """Make what was live before the live publication live again, once it is verified; its number.

        Raises:
            IndexMissingError: nothing before it is kept.
        """

    def tune(self, asked: Asked, exact: int, wanted: float | None = None, *, again: bool = False) -> list[Trade]:
        """Choose how far vectors are searched, where more than `exact` passages are; what was measured, if it was."""

    def compact(self, terms_of: TermsOf, *, whole: bool = False) -> int | None:
        """Put together what many edits have left in pieces, or, `whole`, everything; None where nothing was to do."""
