"""Changes to a store in Milvus: entities are written with their segment; nobody sees them before it is published."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from uuid import uuid4

import numpy as np

from yinju.store.local.keywords import owner_of
from yinju.store.local.manifest import SegmentEntry
from yinju.store.local.publishing import SEGMENTS
from yinju.store.local.segment_writing import NewSegment, SegmentWriter
from yinju.store.local.segments import DOCUMENTS
from yinju.store.milvus.connection import DENSE, SPARSE, Milvus
from yinju.store.milvus.entities import place_of, segment_number
from yinju.store.milvus.snapshot import COLLECTION, MilvusFiles, MilvusSnapshot, checksum
from yinju.store.milvus.statistics import TERMS, TermCounts
from yinju.store.milvus.weights import CountedTerms, count_terms
from yinju.store.protocol import IngestedFile, StoreFacts, Terms, TermsOf
from yinju.types import Passage, Vectors

Lengths = tuple[int, Mapping[str, int]]
"""How many passages, and field → how many terms stand in all of them."""


class _MilvusSegment(NewSegment):
    """A segment whose passages wait until it is sealed: only then is it known how long they are on the average."""

    def __init__(self, folder: Path, milvus: Milvus, collection: str, others: Callable[[], Lengths]) -> None:
        """Make the folder; `others` tells of the passages of all other segments."""
        super().__init__(folder)
        (folder / COLLECTION).write_text(collection, "utf-8")
        self._milvus, self._collection, self._others = milvus, collection, others
        self.counts = TermCounts()
        self._owners: list[int] = []
        self._terms: list[CountedTerms] = []
        self._vectors: list[Vectors] = []

    def add(self, file: IngestedFile) -> None:
        super().add(file)
        if file.vectors is not None:
            self.index(file.passages, file.terms, file.vectors)

    def index(self, passages: Sequence[Passage], terms: Sequence[Terms], vectors: Vectors) -> None:
        """Have passages found by their terms and vectors."""
        for passage, own in zip(passages, terms, strict=True):
            self.counts.add(own)
            self._owners.append(owner_of(passage.document))
            self._terms.append(count_terms(own))
        self._vectors += [*np.asarray(vectors, np.float32)]

    def seal(self, name: str) -> SegmentEntry:
        others, lengths = self._others()
        every = others + len(self._terms)
        averages = {field: (own + lengths.get(field, 0)) / every or 1.0 for field, own in self.counts.lengths.items()}
        weights = [terms.weighted(averages) for terms in self._terms]
        number = segment_number(name)
        if weights:
            self._milvus.make(self._collection, len(self._vectors[0]))
            self._milvus.put(self._collection, [
                {"place": place_of(number, row), "segment": number, "owner": owner, DENSE: vector, SPARSE: own}
                for row, (owner, vector, own) in enumerate(zip(self._owners, self._vectors, weights, strict=True))
            ])  # fmt: skip
        self.counts.write(self.folder / TERMS, map(checksum, self._vectors, weights))
        return super().seal(name)


class MilvusWriter(SegmentWriter):
    """The right to write a store in Milvus; what is killed in the middle is cleared there by the next one."""

    store = "milvus"
    sealed = 20_000  # less than locally: the passages of a segment wait in memory
    before: MilvusSnapshot | None
    _new: _MilvusSegment | None

    def __init__(
        self, index: Path, milvus: Milvus, opened: Callable[[], MilvusSnapshot], facts: StoreFacts | None, anew: bool
    ) -> None:
        """Take the right; see `SegmentWriter` for the errors."""
        self._milvus = milvus
        self._sealed: dict[str, Lengths] = {}
        super().__init__(index, opened, facts, anew=anew)
        self._collection = (self.before.collection if self.before else "") or f"yinju_{uuid4().hex}"

    def _begin(self, folder: Path) -> _MilvusSegment:
        return _MilvusSegment(folder, self._milvus, self._collection, self._lengths)

    def _seal(self) -> None:
        if self._new:
            own = len(self._new.documents.ids), self._new.counts.lengths
            self._sealed[self._next_name()] = own
        super()._seal()

    def _lengths(self) -> Lengths:
        """Of the passages of all segments that are to stay."""
        passages, lengths = 0, Counter[str]()
        for name, entry in self._entries.items():
            own = self._sealed.get(name) or (entry.passages, self._files(name).terms.lengths())
            passages += own[0]
            lengths.update(own[1])
        return passages, lengths

    def _files(self, segment: str) -> MilvusFiles:
        assert self.before
        return self.before.files_of(segment)

    def _take_over(self, entry: SegmentEntry, terms_of: TermsOf) -> None:
        assert self.before
        self._segment()
        assert self._new
        taken = self._new.documents.take_over(self._index / SEGMENTS / entry.name / DOCUMENTS, entry.gone)
        passages = self.before.documents.passages(self._files(entry.name).ids[taken].tolist())
        facts = self.before.documents.facts()
        for document, group in groupby(passages, key=lambda passage: passage.document):
            own = [*group]
            vectors = self.before.vectors.rows([passage.id for passage in own])
            self._new.index(own, terms_of(own, facts[document][1].version), vectors)

    def _forget_segment(self, folder: Path) -> None:
        if (folder / COLLECTION).exists():
            self._milvus.forget((folder / COLLECTION).read_text("utf-8"), segment_number(folder.name))
