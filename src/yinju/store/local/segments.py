"""Segments: folders of documents and what finds them that are written once; several are read as one.

A document that has been removed or written again stays in its segment, which then says no more of it: each segment is
opened with the names that are gone from it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from yinju.store.local.documents import SegmentDocuments
from yinju.store.protocol import Hits, Names, StoreFacts
from yinju.types import Document, DocumentFacts, Figure, FileOutcome, Passage, PrintedRun, Scan, Scope, Span

DOCUMENTS = "documents.sqlite"

Rows = NDArray[np.int64]
"""Places of passages in a segment."""


class SegmentFiles:
    """The opened files of a segment, whatever is gone from it: several snapshots share them."""

    needed: ClassVar[frozenset[str]] = frozenset({DOCUMENTS})
    """The files that a segment cannot be without."""

    def __init__(self, folder: Path) -> None:
        """Open them.

        Raises:
            sqlite3.Error, RuntimeError: one is not what it should be.
        """
        self.documents = SegmentDocuments(folder / DOCUMENTS)
        self.ids = np.array(self.documents.ids(), np.int64)
        self.order = np.argsort(self.ids)

    @cached_property
    def ranges(self) -> Mapping[str, tuple[int, int]]:
        """Document → its first row and the row behind its last."""
        return {name: (first, last) for name, first, last in self.documents.ranges()}

    def counts(self) -> dict[str, int]:
        """What it holds → how many; as many of everything as there are passages."""
        return {"passages": len(self.ids)}


class Segment:
    """What a segment still says."""

    def __init__(self, files: SegmentFiles, gone: Names) -> None:
        """Over opened files."""
        self.documents, self._ids, self._order, self.gone = files.documents, files.ids, files.order, gone
        self._files = files

    @cached_property
    def _counts(self) -> NDArray[np.bool_] | None:
        """Whether each row counts; None where all do."""
        dead = [*self.documents.ranges(self.gone)] if self.gone else []
        counts = np.ones(len(self._ids), bool)
        for _, first, last in dead:
            counts[first:last] = False
        return counts if dead else None

    @cached_property
    def alive(self) -> Rows | None:
        """The rows that count; None where all do."""
        return None if self._counts is None else np.flatnonzero(self._counts)

    def outcomes(self) -> Iterator[FileOutcome]:
        """How the files ended that are not gone, by name."""
        return (outcome for name, outcome in self.documents.outcomes.items() if name not in self.gone)

    @property
    def count(self) -> int:
        """How many passages count."""
        return len(self._ids) if self.alive is None else len(self.alive)

    def rows_within(self, documents: Names | None) -> Rows | None:
        """The rows of some documents; None where all count."""
        if documents is None:
            return self.alive
        own = self._files.ranges
        ranges = (own[name] for name in sorted(own.keys() & documents - self.gone))
        return np.concatenate([np.zeros(0, np.int64), *(np.arange(first, last) for first, last in ranges)])

    def find(self, ids: Rows) -> Rows:
        """The row of each id, -1 for those that are elsewhere or gone."""
        if not len(self._ids):
            return np.full(len(ids), -1, np.int64)
        places = np.minimum(np.searchsorted(self._ids, ids, sorter=self._order), len(self._ids) - 1)
        rows = self._order[places]
        found = np.where(self._ids[rows] == ids, rows, -1)
        return found if self._counts is None else np.where((found >= 0) & self._counts[found], found, -1)

    def ids(self, first: int, last: int) -> list[int]:
        """The ids of a range of rows."""
        return [int(number) for number in self._ids[first:last]]

    def with_ids(self, hits: Hits) -> Hits:
        """Hits by their rows → the same by their ids."""
        ids = self.ids_at(np.array([row for row, _ in hits], np.int64)).tolist()
        return [*zip(ids, (score for _, score in hits), strict=True)]

    def ids_at(self, rows: Rows | None) -> NDArray[np.int64]:
        """The ids of some rows; of all where it is None."""
        return self._ids if rows is None else self._ids[rows]


class Segments:
    """The documents of several segments, read as one; see the protocol's Documents for what each method is."""

    def __init__(self, segments: Mapping[str, Segment], facts: StoreFacts) -> None:
        """Over opened segments by name, no file in two."""
        self._named, self._segments = segments, [*segments.values()]
        self._tags = facts.tags

    @cached_property
    def segment_of(self) -> Mapping[str, str]:
        """File → the name of its segment."""
        return {outcome.name: name for name, segment in self._named.items() for outcome in segment.outcomes()}

    def _documents_of(self, file: str) -> SegmentDocuments | None:
        """Where a file is kept."""
        return self._named[self.segment_of[file]].documents if file in self.segment_of else None

    def count_in(self, segment: str) -> int:
        """How many passages of a segment count."""
        return self._named[segment].count

    def passage_count(self) -> int:
        """How many passages there are."""
        return sum(segment.count for segment in self._segments)

    def documents(self) -> list[Document]:
        """Every document, by name, without where it is printed."""
        every = (d for segment in self._segments for d in segment.documents.documents() if d.name not in segment.gone)
        return sorted(every, key=lambda document: document.name)

    def facts(self) -> Mapping[str, tuple[str, DocumentFacts]]:
        """Document → its title and what it says of itself as a whole."""
        return self._facts

    @cached_property
    def _facts(self) -> Mapping[str, tuple[str, DocumentFacts]]:
        return {name: (one.title, one.facts) for name, one in self._outcomes.items() if one.passages}

    def document(self, name: str) -> Document | None:
        """The document of that name, without where it is printed, or None."""
        own = self._documents_of(name)
        return own.document(name) if own else None

    def often(self, name: str) -> Mapping[str, int]:
        """How often a word stands in a document, of those that do so more than once."""
        own = self._documents_of(name)
        return own.often(name) if own else {}

    def printed(self, name: str) -> tuple[PrintedRun, ...]:
        """Where a document's text stands on its pages."""
        own = self._documents_of(name)
        return own.printed(name) if own else ()

    def scans(self, name: str, page: int | None = None) -> tuple[Scan, ...]:
        """Where the text stands that was recognised on the pages of a document, or on one of them."""
        own = self._documents_of(name)
        return own.scans(name, page) if own else ()

    def figures(self, name: str) -> tuple[Figure, ...]:
        """The pictures and charts of a document, in the order of its text."""
        own = self._documents_of(name)
        return own.figures(name) if own else ()

    def has_pages(self) -> bool:
        """Whether any document's text stands on pages."""
        return any(set(segment.documents.printed_documents()) - segment.gone for segment in self._segments)

    def within(self, scope: Scope) -> Names:
        """The documents that a scope speaks of."""
        facts, every, tags = self.facts(), self._outcomes, self._tags
        named = scope.documents is not None and not scope.folders and not scope.tags
        asked = scope.documents & facts.keys() if named and scope.documents is not None else facts
        return frozenset(name for name in asked if scope.holds(name, every[name], tags.get(name, ())))

    @cached_property
    def _outcomes(self) -> Mapping[str, FileOutcome]:
        every = (outcome for segment in self._segments for outcome in segment.outcomes())
        return {outcome.name: outcome for outcome in sorted(every, key=lambda outcome: outcome.name)}

    def ids(self, within: Names | None = None) -> NDArray[np.int64]:
        """The ids of all passages, or of those of some documents."""
        own = [segment.ids_at(segment.rows_within(within)) for segment in self._segments]
        return np.concatenate([np.zeros(0, np.int64), *own])

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages of those ids, in that order."""
        wanted, found = np.array(ids, np.int64), dict[int, Passage]()
        for segment in self._segments if len(ids) else ():
            rows = segment.find(wanted)
            if (rows >= 0).any():
                found |= {passage.id: passage for passage in segment.documents.passages(rows[rows >= 0].tolist())}
        return [found[number] for number in ids]

    def passages_of(self, document: str, within: Span | None = None) -> list[Passage]:
        """The passages of a document in reading order, or those that hold any of a range of its text."""
        own = self._documents_of(document)
        return own.passages_of(document, within) if own else []

    def places(self) -> list[tuple[int, str]]:
        """(id, document) of every passage, by document and in reading order."""
        return [(number, name) for name, numbers in sorted(self._ids_of()) for number in numbers]

    def _ids_of(self) -> Iterator[tuple[str, list[int]]]:
        for segment in self._segments:
            for name, first, last in segment.documents.ranges():
                if name not in segment.gone:
                    yield name, segment.ids(first, last)

    def passage_before(self, passage: Passage) -> Passage | None:
        """The passage that comes before in the same document; None before its first."""
        own = self._documents_of(passage.document)
        return own.passage_at(passage.document, passage.number - 1) if own else None

    def passage_after(self, passage: Passage) -> Passage | None:
        """The passage that follows in the same document; None after its last."""
        own = self._documents_of(passage.document)
        return own.passage_at(passage.document, passage.number + 1) if own else None

    def digests(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the SHA-256 of its file."""
        return dict(chain.from_iterable(own.digests(names).items() for own, names in self._by_segment(documents)))

    def leads(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the text of its first passage, which tells what the rest is about."""
        return dict(chain.from_iterable(own.leads(names).items() for own, names in self._by_segment(documents)))

    def _by_segment(self, documents: Iterable[str]) -> Iterator[tuple[SegmentDocuments, list[str]]]:
        known = sorted((name for name in documents if name in self.segment_of), key=self.segment_of.__getitem__)
        for segment, names in groupby(known, key=self.segment_of.__getitem__):
            yield self._named[segment].documents, [*names]

    def outcome(self, name: str) -> FileOutcome | None:
        """How the file of that name ended, or None."""
        return self._outcomes.get(name)

    def outcomes(self) -> dict[str, FileOutcome]:
        """File name → how it ended, by name."""
        return dict(self._outcomes)
