"""The terms of a passage → a sparse vector whose inner product with a question's terms is their BM25 score.

A term of a field is one dimension, by hash. A passage holds what a term adds by how often it stands there and by how
long the passage is; a question holds how rare each of its terms is. Milvus's own analysers are not used.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from yinju.store.protocol import DESIGNATORS, SATURATION, Terms

_LENGTH = 0.75
"""BM25's b, as the local store has it."""

_DIMENSIONS = 2**32 - 2
"""How many Milvus can tell apart, beside 0: two of a million terms share one in some hundred cases."""

EVERYWHERE = 0
"""A dimension that every passage has, since Milvus takes no vector without any."""

Sparse = dict[int, float]
"""Dimension → weight over 0."""


@lru_cache(maxsize=500_000)
def dimension_of(field: str, term: str) -> int:
    """Which dimension a term of a field is."""
    digest = blake2b(f"{field}\0{term}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) % _DIMENSIONS + 1


def rarity(frequency: int, passages: int) -> float:
    """BM25's weight of a term that stands in some of all passages."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def highest(rarities: Iterable[float]) -> float:
    """The score that no passage reaches, however often it holds terms of such weights."""
    return sum(rarities) * (1 + SATURATION)


@dataclass(frozen=True, slots=True)
class CountedTerms:
    """How often terms stand in a passage, until it is known how long passages are on the average."""

    fields: Mapping[str, tuple[NDArray[np.uint32], NDArray[np.float32], int]]
    """Field → dimensions, how often each, how many terms in all."""

    def weighted(self, averages: Mapping[str, float]) -> Sparse:
        """The passage's vector; a designator weighs 1, whatever else stands there."""
        weights: Sparse = {EVERYWHERE: 1.0}
        for field, (dimensions, counts, length) in self.fields.items():
            if field == DESIGNATORS:
                own = np.ones(len(counts), np.float32)
            else:
                slowed = SATURATION * (1 - _LENGTH + _LENGTH * length / averages[field])
                own = counts * (1 + SATURATION) / (counts + np.float32(slowed))
            weights.update(zip(dimensions.tolist(), own.tolist(), strict=True))
        return weights


def count_terms(terms: Terms) -> CountedTerms:
    """How often the terms of a passage stand in each field."""
    fields = {}
    for field, own in terms.items():
        counts = Counter(own.split())
        dimensions = np.array([dimension_of(field, term) for term in counts], np.uint32)
        fields[field] = dimensions, np.array([*counts.values()], np.float32), counts.total()
    return CountedTerms(fields)
