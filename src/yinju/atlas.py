"""A generation → its map: passages as points of a plane, near where they are alike, evenly taken from its documents."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from yinju.projection import project
from yinju.store.protocol import Snapshot
from yinju.types import Passage

Counts = NDArray[np.int64]

MOST_POINTS = 1_500
"""How many passages are drawn; laying out as many takes a second."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A passage on the map."""

    passage: Passage
    x: float
    """From the left, 0 … 1."""
    y: float
    """From the top, 0 … 1."""


@dataclass(frozen=True, slots=True)
class MapDocument:
    """A document on the map."""

    name: str
    title: str
    sha256: str
    """Of its file."""
    points: tuple[MapPoint, ...]
    """In reading order."""
    passages: int
    """How many it has, drawn or not."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map of a generation."""

    documents: tuple[MapDocument, ...]
    """Those with passages on it, by name."""
    passages: int
    """How many the generation has, drawn or not."""

    @property
    def points(self) -> int:
        """How many passages are drawn."""
        return sum(len(document.points) for document in self.documents)


_drawn: WeakKeyDictionary[Snapshot, Atlas] = WeakKeyDictionary()
"""Go with their generations."""
_drawing = Lock()


def drawn(generation: Snapshot) -> Atlas:
    """The map of a generation, drawn once."""
    with _drawing:
        if generation not in _drawn:
            _drawn[generation] = draw(generation)
        return _drawn[generation]


def draw(generation: Snapshot, most: int = MOST_POINTS) -> Atlas:
    """The map of a generation, with at most `most` points; always the same for the same generation."""
    every = generation.documents.places()
    owners = [name for _, name in every]
    counts = Counter(owners)
    chosen = [every[place][0] for place in sample(owners, most)]
    places = project(generation.vectors.rows(chosen))
    passages = generation.documents.passages(chosen)
    points = (MapPoint(p, float(x), float(y)) for p, (x, y) in zip(passages, places, strict=True))
    digests = generation.documents.digests(list({passage.document for passage in passages}))
    documents = []
    for name, group in groupby(sorted(points, key=_by_document), key=lambda point: point.passage.document):
        own = tuple(group)
        documents.append(MapDocument(name, own[0].passage.title, digests[name], own, counts[name]))
    return Atlas(tuple(documents), len(owners))


def _by_document(point: MapPoint) -> tuple[str, int]:
    return point.passage.place


def sample(owners: Sequence[str], most: int) -> list[int]:
    """Which of the passages 0 … n - 1 are drawn, given the document of each: all, or `most` taken evenly.

    Every document gives as many as any other so far as it has them, spread over its length; of more documents than
    points, evenly many are left out.
    """
    if len(owners) <= most:
        return list(range(len(owners)))
    order = np.argsort(np.array(owners), kind="stable")
    _, counts = np.unique(np.array(owners), return_counts=True)
    taken = _spread(len(counts), most) if len(counts) > most else np.arange(len(counts))
    quota = np.zeros(len(counts), int)
    quota[taken] = _shared_out(counts[taken], most)
    starts = np.cumsum(counts) - counts
    chosen = [order[start + _spread(count, share)] for start, count, share in zip(starts, counts, quota, strict=True)]
    return sorted(map(int, np.concatenate(chosen)))


def _spread(count: int, share: int) -> Counts:
    """`share` of the numbers 0 … count - 1, evenly apart."""
    return (np.arange(share) * count // max(share, 1)).astype(np.int64)


def _shared_out(counts: Counts, most: int) -> list[int]:
    """How many of `most` each gets: what it has, or as many as the others that have more."""
    shares, left = [0] * len(counts), most
    smallest_first = np.argsort(counts, kind="stable")
    for done, place in enumerate(smallest_first):
        even = left // (len(counts) - done)
        shares[place] = min(int(counts[place]), even)
        left -= shares[place]
    return shares
