"""What a snapshot sees of a collection: the entities of its segments, but for documents that are gone from them.

An entity's key tells segment and row of its passage, so that a snapshot asks for what it names and nothing else: what
a writer has not published yet, or was killed over, no filter speaks of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from yinju.errors import IndexDamagedError
from yinju.store.local.keywords import owner_of
from yinju.store.local.segments import Segment
from yinju.store.milvus.connection import DENSE, SPARSE, Milvus, Query
from yinju.store.milvus.postings import Postings
from yinju.store.protocol import Hits, Names
from yinju.types import Vectors

Item = TypeVar("Item")

_PARTS, _ROWS = 2**14, 2**24
"""How many segments a publication, and rows a segment, can be told apart."""

_AT_ONCE = 4_000
"""How many documents a filter names; more are asked for in several searches."""


def segment_number(name: str) -> int:
    """The number of a segment whose name is that of its publication and its place there, as 000012-0."""
    publication, _, part = name.rpartition("-")
    return int(publication.removeprefix("building-")) * _PARTS + int(part)


def place_of(segment: int, row: int) -> int:
    """The key of an entity."""
    return segment * _ROWS + row


class Entities:
    """Passages in Milvus, by the ids that the rest of Yinju knows them by."""

    def __init__(self, milvus: Milvus, collection: str, segments: Mapping[str, Segment]) -> None:
        """Of some segments by name, all of one collection."""
        self._milvus, self._collection = milvus, collection
        self._segments = {segment_number(name): segment for name, segment in segments.items()}

    def search(self, queries: Sequence[Query], count: int, within: Names | None = None) -> list[Hits]:
        """For each query the passages of the highest inner product with it, as (id, product), best first."""
        if not self._segments or count < 1:
            return [[] for _ in queries]
        every = (self._where(documents) for documents in _some(within))
        found = [self._milvus.search(self._collection, queries, count, where) for where in every]
        return [self._best((hit for part in found for hit in part[place]), count) for place in range(len(queries))]

    def passages_of(self, documents: Names) -> list[int]:
        """The ids of the passages of some documents."""
        every = ((segment, segment.rows_within(documents)) for segment in self._segments.values())
        return [int(number) for segment, rows in every if rows is not None for number in segment.ids_at(rows)]

    def postings(self, passages: Sequence[int]) -> Postings:
        """The sparse vectors of some passages."""
        return Postings(self._fetch(passages, SPARSE))

    def vectors(self, passages: Sequence[int], dimension: int) -> Vectors:
        """The dense vectors of passages, (n, d) float32, in the order given."""
        found = self._fetch(passages, DENSE)
        return np.array([found[number] for number in passages], np.float32).reshape(-1, dimension)

    def _fetch(self, passages: Sequence[int], field: str) -> dict[int, Any]:
        """Id → what Milvus holds of each of some passages in a field."""
        places = self._places(passages)
        found = self._milvus.fetch(self._collection, [*places.values()], [field]) if places else {}
        if len(found) < len(places):
            raise IndexDamagedError(
                "milvus.lacks", collection=self._collection, place=self._milvus.shown, count=len(places) - len(found)
            )
        return {number: found[place][field] for number, place in places.items()}

    def _best(self, found: Iterable[tuple[int, float]], count: int) -> Hits:
        """The best hits, whose places are told as ids."""
        best = sorted(found, key=lambda hit: -hit[1])[:count]
        return [(self._id_at(place), score) for place, score in best]

    def _where(self, documents: Names | None) -> str:
        """What a filter says of the entities that the snapshot sees, of all documents or some."""
        said = [f"segment in {[*self._segments]}"]
        said += [f"owner in {_owners(documents)}"] if documents is not None else []
        for number, segment in self._segments.items():
            gone = segment.gone if documents is None else segment.gone & documents
            said += [f"not (segment == {number} and owner in {_owners(gone)})"] if gone else []
        return " and ".join(said)

    def _places(self, passages: Sequence[int]) -> dict[int, int]:
        """Id → key of each passage that is there."""
        ids = np.array(passages, np.int64)
        places: dict[int, int] = {}
        for number, segment in self._segments.items():
            rows = segment.find(ids)
            here = rows >= 0
            places |= zip(ids[here].tolist(), (place_of(number, 0) + rows[here]).tolist(), strict=True)
        return places

    def _id_at(self, place: int) -> int:
        number, row = divmod(place, _ROWS)
        return self._segments[number].ids(row, row + 1)[0]


def _owners(documents: Names) -> list[int]:
    return sorted(map(owner_of, documents))


def _some(documents: Names | None) -> Iterator[Names | None]:
    """The documents, so many at a time as a filter names; None for all."""
    if documents is None:
        yield None
    else:
        yield from map(frozenset, _parts(sorted(documents)))


def _parts(items: list[Item]) -> Iterator[list[Item]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
