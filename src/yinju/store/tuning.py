"""How far vectors are searched in a large store: what each effort finds and takes, and the least one that will do."""

from collections.abc import Sequence
from dataclasses import dataclass

RECALL = 0.98
"""Wanted where nobody says otherwise."""
NEAREST = 20
"""Recall is the share of so many nearest passages that are found."""
EFFORTS = (25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800)
ENOUGH = 0.999
"""An effort that finds as much is the last to be measured where all of the trade is to be seen."""


@dataclass(frozen=True, slots=True)
class Trade:
    """What an effort gives."""

    effort: int
    """How many passages of a segment, those of the likeliest sketches, are weighed by their vectors; 0 for all."""
    recall: float
    """Of the nearest twenty, 0 … 1."""
    milliseconds: float
    """The median of a search."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """An effort, and what it was chosen by."""

    effort: int
    """0 where no other finds enough."""
    recall: float
    """As it was measured."""
    wanted: float
    """The recall that was to be reached."""
    passages: int
    """How many there were."""

    def holds(self, passages: int, wanted: float) -> bool:
        """Whether it may stay: as much is wanted, and there are about as many passages as there were."""
        return self.wanted == wanted and abs(passages - self.passages) <= self.passages / 4


def choose(trades: Sequence[Trade], wanted: float, passages: int) -> Tuned:
    """The least effort that reaches the recall that is wanted; 0, to look at all passages, where none does."""
    chosen = next((trade for trade in trades if trade.effort and trade.recall >= wanted), trades[-1])
    return Tuned(chosen.effort, chosen.recall, wanted, passages)
