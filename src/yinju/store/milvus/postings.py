"""The sparse vectors of a few passages, fetched once: what is asked of them again and again is not asked of Milvus."""

from collections.abc import Mapping

import numpy as np

from yinju.store.milvus.weights import Sparse


class Postings:
    """Which of some passages hold a dimension, and with what weight."""

    def __init__(self, vectors: Mapping[int, Sparse]) -> None:
        """Of passages by id."""
        lengths = [len(weights) for weights in vectors.values()]
        dimensions = np.fromiter((d for weights in vectors.values() for d in weights), np.int64, sum(lengths))
        weights = np.fromiter((w for own in vectors.values() for w in own.values()), np.float32, sum(lengths))
        order = np.argsort(dimensions, kind="stable")
        self._ids = np.array([*vectors], np.int64)
        self._rows = np.repeat(np.arange(len(lengths)), lengths)[order]
        self._dimensions, self._weights = dimensions[order], weights[order]

    def scores(self, query: Sparse) -> dict[int, float]:
        """The inner product of a query with each passage that shares a dimension with it."""
        scores = np.zeros(len(self._ids))
        for dimension, weight in query.items():
            first, last = np.searchsorted(self._dimensions, [dimension, dimension + 1])
            scores[self._rows[first:last]] += weight * self._weights[first:last]
        found = scores.nonzero()[0]
        return dict(zip(self._ids[found].tolist(), scores[found].tolist(), strict=True))
