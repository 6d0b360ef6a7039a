"""Passage vectors ↔ vectors.faiss of each segment: an inner-product search over all rows, a byte for each number.

Against half precision a byte halves disk, memory and time; of the best twenty 98.8 % are the same, and hits are weighed
anew by other features: docs/experiments.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from yinju.store.local.segments import Rows, Segment, SegmentFiles
from yinju.store.protocol import Hits, Names
from yinju.types import Vectors

VECTORS = "vectors.faiss"


class VectorWriter:
    """Rows in half precision until they are all there, then a byte for each number between its column's extremes."""

    def __init__(self, dimension: int) -> None:
        """Start without any."""
        self._dimension, self._parts = dimension, list[NDArray[np.float16]]()

    def add(self, vectors: Vectors) -> None:
        """Add (n, d) float32 unit vectors, behind those before."""
        self._parts.append(vectors.astype(np.float16))

    def write(self, path: Path) -> None:
        """Save them all."""
        kind = faiss.ScalarQuantizer.QT_8bit
        index = faiss.IndexScalarQuantizer(self._dimension, kind, faiss.METRIC_INNER_PRODUCT)
        least, most = np.zeros((2, self._dimension), np.float32)
        for part in self._parts:
            least, most = np.minimum(least, part.min(axis=0)), np.maximum(most, part.max(axis=0))
        index.train(np.array([least, most], np.float32))
        for part in self._parts:
            index.add(part.astype(np.float32))
        faiss.write_index(index, str(path))


class SegmentVectors:
    """An opened vectors.faiss."""

    def __init__(self, path: Path) -> None:
        """Read the whole file into memory.

        Raises:
            RuntimeError: the file is not a FAISS index.
        """
        self._index = faiss.read_index(str(path))
        if len(self) < 50_000:  # waking a second thread costs more than it saves
            faiss.omp_set_num_threads(1)

    def __len__(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of each."""
        return int(self._index.d)

    def search(self, queries: Vectors, count: int, rows: Rows | None = None) -> list[Hits]:
        """For each of (n, d) queries the nearest as (row, cosine), best first; at most `count`, of some rows alone."""
        if not len(self) or (rows is not None and not len(rows)):
            return [[] for _ in queries]
        chosen = None
        if rows is not None:
            mask = np.zeros(len(self), bool)
            mask[rows] = True
            bits = np.packbits(mask, bitorder="little")
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg, arg-type]
        scores, found = self._index.search(queries, min(count, len(self)), params=chosen)
        return [
            [(row, score) for row, score in zip(own.tolist(), near.tolist(), strict=True) if row >= 0]
            for own, near in zip(found, scores, strict=True)
        ]

    def rows(self, rows: Sequence[int] | Rows) -> Vectors:
        """The stored vectors of some rows, (n, d) float32, in the order given."""
        if not len(rows):
            return np.zeros((0, self.dimension), np.float32)
        return np.asarray(self._index.reconstruct_batch(np.asarray(rows, np.int64)), np.float32)


def merge_hits(hits: Iterable[Hits], count: int) -> Hits:
    """The best of several lists, best first."""
    return sorted((hit for own in hits for hit in own), key=lambda hit: -hit[1])[:count]


class LocalFiles(SegmentFiles):
    """The opened files of a segment of the local store: documents and vectors."""

    needed = SegmentFiles.needed | {VECTORS}

    def __init__(self, folder: Path) -> None:
        """Open them; see `SegmentFiles` for the errors."""
        super().__init__(folder)
        self.vectors = SegmentVectors(folder / VECTORS)

    def counts(self) -> dict[str, int]:
        """What it holds → how many."""
        return super().counts() | {"vectors": len(self.vectors)}


class LocalVectors:
    """The vectors of several segments, searched as one; see the protocol's VectorSearch for what each method is."""

    def __init__(self, segments: Mapping[str, Segment], files: Mapping[str, LocalFiles], dimension: int) -> None:
        """Over segments and their opened files, by the same names."""
        self._segments = [(segment, files[name].vectors) for name, segment in segments.items()]
        self._dimension = dimension

    def __len__(self) -> int:
        """The number of passages."""
        return sum(segment.count for segment, _ in self._segments)

    def search(self, queries: Vectors, count: int, within: Names | None = None) -> list[Hits]:
        """For each of (n, d) queries the passages nearest to it, best first; at most `count`, of some documents."""
        found = [
            [segment.with_ids(hits) for hits in own.search(queries, count, segment.rows_within(within))]
            for segment, own in self._segments
        ]
        return [merge_hits([hits[place] for hits in found], count) for place in range(len(queries))]

    def rows(self, passages: Sequence[int]) -> Vectors:
        """The vectors of passages, (n, d) float32, in the order given."""
        wanted = np.array(passages, np.int64)
        vectors = np.zeros((len(wanted), self._dimension), np.float32)
        for segment, own in self._segments:
            rows = segment.find(wanted)
            vectors[rows >= 0] = own.rows(rows[rows >= 0])
        return vectors
