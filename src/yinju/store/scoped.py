"""A snapshot seen as if it held only some of its documents: whatever asks it can find nothing else.

In a scope of up to `OWN_STATISTICS` passages, words are as rare as they are within it: scores, and what is known at
all, are as of a store that holds those documents alone. In a larger one they are as rare as in the whole library.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from yinju.store.protocol import (
    DESIGNATORS,
    SATURATION,
    Documents,
    Hits,
    Keywords,
    Names,
    Snapshot,
    StoreFacts,
    VectorSearch,
)
from yinju.store.tuning import Tuned
from yinju.types import Document, DocumentFacts, Figure, FileOutcome, Passage, PrintedRun, Scan, Scope, Span, Vectors

OWN_STATISTICS = 5_000
"""Passages; counting a question's terms in as many takes some milliseconds."""


class ScopedDocuments:
    """Some of the documents; see the protocol's `Documents` for what each method is."""

    def __init__(self, whole: Documents, names: Names) -> None:
        """Those of the names that are there."""
        self._whole = whole
        self._outcomes = {name: own for name in sorted(names) if (own := whole.outcome(name)) and own.passages}

    @cached_property
    def names(self) -> Names:
        """The documents."""
        return frozenset(self._outcomes)

    def passage_count(self) -> int:
        """How many passages there are."""
        return sum(outcome.passages for outcome in self._outcomes.values())

    def documents(self) -> list[Document]:
        """Every document, by name, without where it is printed."""
        return [document for name in self._outcomes if (document := self._whole.document(name))]

    def facts(self) -> Mapping[str, tuple[str, DocumentFacts]]:
        """Document → its title and what it says of itself as a whole."""
        return {name: (outcome.title, outcome.facts) for name, outcome in self._outcomes.items()}

    def document(self, name: str) -> Document | None:
        """The document of that name, without where it is printed, or None."""
        return self._whole.document(name) if name in self._outcomes else None

    def often(self, name: str) -> Mapping[str, int]:
        """How often a word stands in a document, of those that do so more than once."""
        return self._whole.often(name) if name in self._outcomes else {}

    def printed(self, name: str) -> tuple[PrintedRun, ...]:
        """Where a document's text stands on its pages."""
        return self._whole.printed(name) if name in self._outcomes else ()

    def scans(self, name: str, page: int | None = None) -> tuple[Scan, ...]:
        """Where the text stands that was recognised on the pages of a document, or on one of them."""
        return self._whole.scans(name, page) if name in self._outcomes else ()

    def figures(self, name: str) -> tuple[Figure, ...]:
        """The pictures and charts of a document, in the order of its text."""
        return self._whole.figures(name) if name in self._outcomes else ()

    def has_pages(self) -> bool:
        """Whether any document's text stands on pages."""
        return any(self._whole.printed(name) for name in self._outcomes)

    def within(self, scope: Scope) -> Names:
        """The documents that a scope speaks of."""
        return self._whole.within(scope) & self.names

    def ids(self, within: Names | None = None) -> NDArray[np.int64]:
        """The ids of all passages, or of those of some documents."""
        return self._whole.ids(self.names if within is None else within & self.names)

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages of those ids, in that order."""
        return self._whole.passages(ids)

    def passages_of(self, document: str, within: Span | None = None) -> list[Passage]:
        """The passages of a document in reading order, or those that hold any of a range of its text."""
        return self._whole.passages_of(document, within) if document in self._outcomes else []

    def places(self) -> list[tuple[int, str]]:
        """(id, document) of every passage, by document and in reading order."""
        return [(passage.id, name) for name in self._outcomes for passage in self._whole.passages_of(name)]

    def passage_before(self, passage: Passage) -> Passage | None:
        """The passage that comes before in the same document; None before its first."""
        return self._whole.passage_before(passage)

    def passage_after(self, passage: Passage) -> Passage | None:
        """The passage that follows in the same document; None after its last."""
        return self._whole.passage_after(passage)

    def digests(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the SHA-256 of its file."""
        return self._whole.digests([name for name in documents if name in self._outcomes])

    def leads(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the text of its first passage, which tells what the rest is about."""
        return self._whole.leads([name for name in documents if name in self._outcomes])

    def outcome(self, name: str) -> FileOutcome | None:
        """How the file of that name ended, or None."""
        return self._outcomes.get(name)

    def outcomes(self) -> dict[str, FileOutcome]:
        """File name → how it ended, by name."""
        return dict(self._outcomes)


class ScopedKeywords:
    """The passages of some documents by their terms; see the protocol's `Keywords` for what each method is."""

    def __init__(self, whole: Keywords, names: Names, count: int) -> None:
        """Of some documents with so many passages."""
        self._whole, self._names, self._count = whole, names, count
        self._hits: dict[tuple[str, str], dict[int, float]] = {}

    def __len__(self) -> int:
        """The number of passages."""
        return self._count

    @property
    def _own(self) -> bool:
        """Whether words are as rare as they are here."""
        return self._count <= OWN_STATISTICS

    def _holding(self, field: str, term: str) -> dict[int, float]:
        """The passages here that hold a term, each with the share of that term's highest score."""
        if (field, term) not in self._hits:
            found = self._whole.search(field, [term], self._count, self._names) if self._count else []
            highest = self._whole.highest_score(field, [term]) if found else 1.0
            self._hits[field, term] = {number: score / highest for number, score in found}
        return self._hits[field, term]

    def _highest(self, field: str, term: str) -> float:
        """As the protocol's `highest_score` for one term: (1 + k1) · ln(1 + (n - df + 0.5) / (df + 0.5))."""
        frequency = len(self._holding(field, term))
        rarity = math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0
        return (1 + SATURATION) * rarity

    def _scored(self, field: str, terms: Iterable[str]) -> dict[int, float]:
        scores: defaultdict[int, float] = defaultdict(float)
        for term in dict.fromkeys(terms):
            highest = self._highest(field, term)
            for number, part in self._holding(field, term).items():
                scores[number] += part * highest
        return scores

    def search(
        self, field: str, terms: Iterable[str], count: int, within: Names | None = None
    ) -> list[tuple[int, float]]:
        """The passages holding any of the terms as (id, score), best first; at most `count`."""
        if not self._own or within is not None:
            return self._whole.search(field, terms, count, self._names if within is None else within & self._names)
        return sorted(self._scored(field, terms).items(), key=lambda hit: -hit[1])[:count]

    def scores(self, field: str, terms: Iterable[str], passages: Sequence[int]) -> dict[int, float]:
        """The score of each of some passages that holds any of the terms."""
        if not self._own:
            return self._whole.scores(field, terms, passages)
        scored = self._scored(field, terms)
        return {number: scored[number] for number in passages if number in scored}

    def search_designated(
        self, term: str, field: str, terms: Iterable[str], count: int, within: Names | None = None
    ) -> list[int]:
        """The passages that are what a designator names, then those that speak of it, by how they hold the terms."""
        names = self._names if within is None else within & self._names
        return self._whole.search_designated(term, field, terms, count, names)

    def is_designated(self, term: str) -> bool:
        """Whether any passage is what a designator names."""
        return bool(self._whole.search(DESIGNATORS, [f"={term}"], 1, self._names))

    def designated(self, term: str, passages: Sequence[int]) -> frozenset[int]:
        """Which of some passages have a term in their designators."""
        return self._whole.designated(term, passages)

    def highest_score(self, field: str, terms: Iterable[str]) -> float:
        """The score that no passage reaches, however often it holds every one of the terms."""
        if not self._own:
            return self._whole.highest_score(field, terms)
        return sum(self._highest(field, term) for term in dict.fromkeys(terms))

    def document_frequency(self, term: str) -> int:
        """In how many passages a word or bigram stands, in the text or its context."""
        return max(self.frequency_in(field, term) for field in ("words", "bigrams"))

    def frequency_in(self, field: str, term: str) -> int:
        """In how many passages a term stands in one of the fields."""
        return len(self._holding(field, term)) if self._own else self._whole.frequency_in(field, term)


class ScopedVectors:
    """The passages of some documents by their vectors."""

    def __init__(self, whole: VectorSearch, names: Names, count: int) -> None:
        """Of some documents with so many passages."""
        self._whole, self._names, self._count = whole, names, count

    def __len__(self) -> int:
        """The number of passages."""
        return self._count

    def search(self, queries: Vectors, count: int, within: Names | None = None) -> list[Hits]:
        """For each of (n, d) queries the passages nearest to it, best first; at most `count`."""
        return self._whole.search(queries, count, self._names if within is None else within & self._names)

    def rows(self, passages: Sequence[int]) -> Vectors:
        """The vectors of passages, (n, d) float32, in the order given."""
        return self._whole.rows(passages)


class ScopedSnapshot:
    """A snapshot of some of another's documents; good for as long as that is open."""

    def __init__(self, whole: Snapshot, scope: Scope) -> None:
        """The documents that a scope speaks of."""
        self._whole = whole
        self.documents = ScopedDocuments(whole.documents, whole.documents.within(scope))
        names, count = self.documents.names, self.documents.passage_count()
        self.keywords, self.vectors = (
            ScopedKeywords(whole.keywords, names, count),
            ScopedVectors(whole.vectors, names, count),
        )

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.vectors)

    @property
    def number(self) -> int:
        """Of the publication."""
        return self._whole.number

    @property
    def facts(self) -> StoreFacts:
        """What is true of the store as a whole."""
        return self._whole.facts

    @property
    def tuned(self) -> Tuned | None:
        """How far vectors are searched."""
        return self._whole.tuned

    @property
    def built(self) -> float:
        """When it was published, in seconds since 1970."""
        return self._whole.built

    def check_served(self) -> None:
        """See that what is read as memory was not cut off since it was opened."""
        self._whole.check_served()

    def close(self) -> None:
        """The whole is closed by whoever opened it."""
