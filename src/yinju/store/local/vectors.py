"""Passage vectors ↔ vectors.faiss of each segment: an inner-product search over all rows, a byte for each number.

Against half precision a byte halves disk, memory and time; of the best twenty 98.8 % are the same, and hits are weighed
anew by other features: docs/experiments.md. A large segment of a large store has sketches besides, a bit for each
number (RaBitQ, https://arxiv.org/abs/2405.12497): what they say is nearest is weighed by its bytes.

Files are read into memory: of those that are mapped, one that is cut off ends the process.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from yinju.store.local.segments import Rows
from yinju.store.protocol import Hits
from yinju.types import Vectors

VECTORS, SKETCHES = "vectors.faiss", "sketches.faiss"

FEW = 10_000
"""So many rows are all looked at, in a segment and in a scope."""
_ONE_THREAD, _SKETCHED = 100_000, 8
"""For fewer comparisons waking a second thread costs more than it saves; one with a sketch is an eighth of one."""
_QUERY_BITS = 4
"""Of each number of a query that is compared with sketches: as good as 8, and a third quicker."""
_AT_ONCE = 10_000
_THREADS = faiss.omp_get_max_threads()


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
        self._sketched: faiss.IndexRefine | None = None

    def __len__(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of each."""
        return int(self._index.d)

    def search(self, queries: Vectors, count: int, rows: Rows | None = None, effort: int = 0) -> list[Hits]:
        """For each of (n, d) queries the nearest as (row, cosine), best first; at most `count`, of some rows alone.

        Of many rows that have sketches those likeliest are weighed, as many as `effort` says; all where it is 0.
        """
        if not len(self) or (rows is not None and not len(rows)):
            return [[] for _ in queries]
        count = min(count, len(self))
        selector = _selector(rows, len(self)) if rows is not None else None
        index, told = self._index, faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        if effort and self._sketched is not None and (rows is None or len(rows) > FEW):
            rough = faiss.RaBitQSearchParameters(sel=selector, qb=_QUERY_BITS, centered=True)  # type: ignore[call-arg]
            factor = min(max(effort, count), len(self)) / count
            told = faiss.IndexRefineSearchParameters(k_factor=factor, base_index_params=rough)  # type: ignore[call-arg]
            index = self._sketched
        work = len(queries) * len(self) // (1 if index is self._index else _SKETCHED)
        faiss.omp_set_num_threads(_THREADS if work >= _ONE_THREAD else 1)
        scores, found = index.search(queries, count, params=told)
        return [
            [(row, score) for row, score in zip(own.tolist(), near.tolist(), strict=True) if row >= 0]
            for own, near in zip(found, scores, strict=True)
        ]

    def write_sketches(self, path: Path) -> None:
        """Save a bit for each number of every row; the same for the same rows."""
        sketches = faiss.IndexRaBitQ(self.dimension, faiss.METRIC_INNER_PRODUCT)
        sketches.train(self.rows(range(min(len(self), _AT_ONCE))))
        for start in range(0, len(self), _AT_ONCE):
            sketches.add(self.rows(range(start, min(start + _AT_ONCE, len(self)))))
        faiss.write_index(sketches, str(path))

    def open_sketches(self, path: Path) -> None:
        """Read them into memory, unless they are there.

        Raises:
            RuntimeError: the file is not a FAISS index.
        """
        if self._sketched is None:
            self._sketches = faiss.read_index(str(path))
            self._sketched = faiss.IndexRefine(self._sketches, self._index)

    def rows(self, rows: Sequence[int] | Rows) -> Vectors:
        """The stored vectors of some rows, (n, d) float32, in the order given."""
        if not len(rows):
            return np.zeros((0, self.dimension), np.float32)
        return np.asarray(self._index.reconstruct_batch(np.asarray(rows, np.int64)), np.float32)


def _selector(rows: Rows, count: int) -> faiss.IDSelector:
    """Of some of so many rows."""
    mask = np.zeros(count, bool)
    mask[rows] = True
    return faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))  # type: ignore[call-arg, arg-type]


def merge_hits(hits: Iterable[Hits], count: int) -> Hits:
    """The best of several lists, best first."""
    return sorted((hit for own in hits for hit in own), key=lambda hit: -hit[1])[:count]
