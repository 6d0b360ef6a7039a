"""What some characters of a question may stand for in a table."""

from dataclasses import dataclass
from enum import StrEnum

from yinju.types import Span


class Role(StrEnum):
    """What a word of a question is to a table."""

    HEAD = "head"
    CELL = "cell"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to understand some characters of a question."""

    places: frozenset[int]
    """The characters, in the question's search form."""
    role: Role
    column: int = -1
    rows: frozenset[int] = frozenset()
    """Of a cell: the rows that have it."""
    weight: float = 0.0
    """How much each character counts: whole names most, words that stand somewhere in a text least."""
    text: str = ""
    """What it is found in, packed."""
    is_whole: bool = False
    is_amount: bool = False
    """Whether it is a number, a day or a time, which says nothing of what table is meant."""

    @property
    def span(self) -> Span:
        """From its first to its last character."""
        return min(self.places), max(self.places) + 1
