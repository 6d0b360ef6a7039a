"""Passage vectors ↔ vectors.faiss: an exact inner-product search over half-precision rows."""

from pathlib import Path

import faiss
import numpy as np

from yinju.types import Vectors


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Save (n, d) float32 unit vectors; row i belongs to passage i."""
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    faiss.write_index(index, str(path))


class VectorIndex:
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

    def search(self, query: Vectors, count: int) -> list[tuple[int, float]]:
        """The passages nearest to a (d,) query as (passage, cosine −1 … 1), best first; at most `count`."""
        if not len(self):
            return []
        scores, rows = self._index.search(query.reshape(1, -1), min(count, len(self)))
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def rows(self, passages: list[int]) -> Vectors:
        """The stored vectors of passages, (n, d) float32, in the order given."""
        if not passages:
            return np.zeros((0, self._index.d), np.float32)
        return np.asarray(self._index.reconstruct_batch(np.asarray(passages, np.int64)), np.float32)
