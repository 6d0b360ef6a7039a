"""An opened publication whose passages are found by Milvus, and what is checked of them there."""

from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Self

import numpy as np

from yinju.errors import IndexDamagedError
from yinju.store.local.manifest import Pointer, SegmentEntry, rebuild
from yinju.store.local.segments import SegmentFiles
from yinju.store.local.snapshot import SegmentSnapshot
from yinju.store.milvus.connection import DENSE, SPARSE, Milvus
from yinju.store.milvus.entities import Entities, place_of, segment_number
from yinju.store.milvus.search import MilvusKeywords, MilvusVectors
from yinju.store.milvus.statistics import TERMS, SegmentTerms
from yinju.store.milvus.weights import Sparse
from yinju.types import Vectors

COLLECTION = "collection.txt"
"""In the folder of a segment: the collection that holds its entities."""

SAMPLE = 200
"""How many entities of a segment `verify` reads."""


def checksum(vector: Vectors, weights: Sparse) -> bytes:
    """What tells whether an entity is as it was sent."""
    own = sorted(weights.items())
    digest = blake2b(np.asarray(vector, "<f4").tobytes(), digest_size=8)
    digest.update(np.array([dimension for dimension, _ in own], "<u4").tobytes())
    digest.update(np.array([weight for _, weight in own], "<f4").tobytes())
    return digest.digest()


class MilvusFiles(SegmentFiles):
    """The opened files of a segment: documents, statistics of terms, and where its entities are."""

    needed = SegmentFiles.needed | {TERMS, COLLECTION}

    def __init__(self, folder: Path) -> None:
        """Open them; see `SegmentFiles` for the errors."""
        super().__init__(folder)
        self.terms = SegmentTerms(folder / TERMS)
        self.collection = (folder / COLLECTION).read_text("utf-8")

    def counts(self) -> dict[str, int]:
        """What it holds → how many."""
        return super().counts() | {"checksums": self.terms.sum_count()}


class MilvusSnapshot(SegmentSnapshot[MilvusFiles]):
    """An opened publication: documents from its segments, hits from Milvus."""

    store = "milvus"
    files = MilvusFiles

    def __init__(
        self, index: Path, milvus: Milvus, before: "MilvusSnapshot | None" = None, publication: Pointer | None = None
    ) -> None:
        """Open the live publication, or another; see `SegmentSnapshot` for the errors.

        Raises:
            IndexMissingError: Milvus cannot be asked.
            IndexDamagedError: Milvus holds fewer entities than were published.
        """
        self._milvus, self._index = milvus, index
        super().__init__(index, before, publication)

    def _open_search(self, index: Path, before: Self | None) -> None:
        super()._open_search(index, before)
        opened = [self._files[name] for name in self.segments]
        self.collection = opened[0].collection if opened else ""
        every = sum(entry.passages for entry in self.manifest.segments)
        if every:
            self._check_held(self._milvus.count(self.collection), every, exactly=False)
        entities = Entities(self._milvus, self.collection, self.segments if every else {})
        self.keywords = MilvusKeywords(entities, [files.terms for files in opened], every, len(self))
        self.vectors = MilvusVectors(entities, len(self), self.facts.encoder["dimension"])

    def check_elsewhere(self) -> None:
        """See that Milvus holds every segment whole, and that a sample of its entities is as it was published.

        Raises:
            IndexMissingError: Milvus cannot be asked.
            IndexDamagedError: Milvus holds others than were published.
        """
        for entry in self.manifest.segments:
            if entry.passages:
                number = segment_number(entry.name)
                held = self._milvus.count(self.collection, f"segment == {number}")
                self._check_held(held, entry.passages, exactly=True)
                self._check_sample(entry, number)

    def _check_held(self, held: int | None, expected: int, *, exactly: bool) -> None:
        if held is None or held < expected or (exactly and held > expected):
            counts = {} if held is None else {"found": held, "expected": expected}
            raise self._damaged("milvus.count" if counts else "milvus.gone", **counts)

    def _check_sample(self, entry: SegmentEntry, number: int) -> None:
        rows = sorted(Random(self.number).sample(range(entry.passages), min(SAMPLE, entry.passages)))
        sums = self._files[entry.name].terms.sums(rows)
        held = self._milvus.fetch(self.collection, [place_of(number, row) for row in rows], [DENSE, SPARSE])
        for row in rows:
            entity = held.get(place_of(number, row))
            if entity is None or checksum(entity[DENSE], entity[SPARSE]) != sums[row]:
                what = "missing" if entity is None else "changed"
                raise self._damaged(f"milvus.passage_{what}", row=row, segment=entry.name)

    def _damaged(self, name: str, **facts: str | int) -> IndexDamagedError:
        where = {"collection": self.collection, "place": self._milvus.shown}
        return IndexDamagedError(name, remedy=rebuild(self._index), **where, **facts)
