"""The vectors of several segments, searched as one: all of them or, in a large store, those likeliest by sketches."""

import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from yinju.store.local.segments import Segment, SegmentFiles
from yinju.store.local.vectors import VECTORS, SegmentVectors, merge_hits
from yinju.store.protocol import Hits, Names
from yinju.store.tuning import EFFORTS, NEAREST, Trade
from yinju.types import Vectors

_TIMED = 20
"""Queries of which each is timed by itself."""


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

    def __init__(
        self, segments: Mapping[str, Segment], files: Mapping[str, LocalFiles], dimension: int, effort: int = 0
    ) -> None:
        """Over segments and their opened files, by the same names.

        So many passages of a segment are weighed by their vectors as `effort` says, all where it is 0.
        """
        self._segments = [(segment, files[name].vectors) for name, segment in segments.items()]
        self._dimension, self._effort = dimension, effort

    def __len__(self) -> int:
        """The number of passages."""
        return sum(segment.count for segment, _ in self._segments)

    def search(self, queries: Vectors, count: int, within: Names | None = None) -> list[Hits]:
        """For each of (n, d) queries the passages nearest to it, best first; at most `count`, of some documents."""
        return self._search(queries, count, self._effort, within)

    def _search(self, queries: Vectors, count: int, effort: int, within: Names | None = None) -> list[Hits]:
        found = [
            [segment.with_ids(hits) for hits in own.search(queries, count, segment.rows_within(within), effort)]
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

    def trade(self, queries: Vectors, enough: float = 1.0) -> list[Trade]:
        """What each effort finds of the nearest and how long it takes, the least first; last, to look at all.

        None is measured after one that finds `enough`.
        """
        nearest = [{number for number, _ in hits} for hits in self._search(queries, NEAREST, 0)]
        trades: list[Trade] = []
        for effort in EFFORTS:
            found = self._search(queries, NEAREST, effort)
            shares = [len(own & {*dict(hits)}) / max(len(own), 1) for own, hits in zip(nearest, found, strict=True)]
            trades.append(Trade(effort, round(float(np.mean(shares)), 4), self._milliseconds(queries, effort)))
            if trades[-1].recall >= enough:
                break
        return [*trades, Trade(0, 1.0, self._milliseconds(queries, 0))]

    def _milliseconds(self, queries: Vectors, effort: int) -> float:
        """The median of searches for one query each."""
        taken = []
        for query in queries[:_TIMED]:
            started = time.perf_counter()
            self._search(query[None], NEAREST, effort)
            taken.append(time.perf_counter() - started)
        return statistics.median(taken) * 1_000
