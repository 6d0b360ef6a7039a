"""What a table says to a question, and the question as it is worked on: its rows and the columns it asks for."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import inf

from yinju.answering.tables.asking import HOW, WAYS, Binding, open_heads
from yinju.answering.tables.columns import Column
from yinju.answering.tables.grid import Grid
from yinju.answering.tables.grounding import Grounding
from yinju.answering.tables.kinds import BY_NAME
from yinju.answering.tables.quantities import Measure
from yinju.answering.tables.sense import Sense
from yinju.answering.tables.speech import KIND_OF_ADJECTIVE

WHOLE = 12
"""Rows of a table that may be given whole."""
ADDED = re.compile("金额|总|合计|小计|数量|数$|费|款|量$|额$|收入|支出|预算|人数|件数")
"""How columns are called whose numbers are added up."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Something worked out of rows."""

    key: str
    """Which sentence says it, see messages/tables.py."""
    value: float
    rows: tuple[int, ...]
    column: int = -1
    name: str = ""
    """Of a group of rows: what they have in common."""
    other: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What a table says to a question."""

    found: Grounding
    rows: tuple[int, ...]
    """Those to be shown, in order."""
    columns: tuple[int, ...] = ()
    """Those asked for, beside what names a row."""
    figures: tuple[Figure, ...] = ()
    sure: float = 0.9
    unit: str = ""
    """What rows are counted in."""
    lacks: str = ""
    """What the table has a place for, but does not say."""
    values: tuple[str, ...] = ()
    """Different cells of a column, where these are asked for."""
    beside: str = ""
    """A word of the question that nothing in the table explains, where all else does: then it only comes near."""


@dataclass(frozen=True, slots=True)
class Work:
    """A question read over a table, with what answers its asking words."""

    found: Grounding
    bound: Sequence[Binding]

    @property
    def grid(self) -> Grid:
        """The table."""
        return self.found.grid

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows with all that is named; without totals, unless one is named."""
        own = self.found.rows if self.found.cells else self.grid.body
        return tuple(sorted(own & self.grid.body or own))

    @property
    def asked(self) -> tuple[int, ...]:
        """The columns asked for, in the order of the question."""
        placed = [(b.ask.span[0], c) for b in self.bound for c in b.columns if not b.counts]
        placed += [(head.span[0], head.column) for head in self._named({column for _, column in placed})]
        placed += [(b.ask.span[0], self.grid.naming) for b in self.bound if b.rows]
        return tuple(dict.fromkeys(column for _, column in sorted(placed)))

    def _named(self, answering: Set[int]) -> list[Sense]:
        """The columns named; of several that one word names, those that an asking word is answered by, where any is."""
        heads = open_heads(self.found)
        ways = {
            h.column
            for h in heads
            if HOW.search(self.found.question.form) and WAYS.search(self.grid.columns[h.column].head)
        }
        meant = {head.places for head in heads if head.column in answering | ways}
        return [head for head in heads if head.places not in meant or head.column in answering | ways]

    @property
    def counts(self) -> bool:
        """Whether rows are counted."""
        return any(binding.counts for binding in self.bound)

    @property
    def numbers(self) -> list[Column]:
        """The columns of numbers asked for."""
        columns = (self.grid.columns[n] for n in self.asked)
        return [column for column in columns if column.measure is Measure.NUMBER]

    def value(self, column: int, row: int) -> float | None:
        """What a cell measures; a range by its beginning."""
        quantities = self.grid.columns[column].quantities
        quantity = quantities[row] if quantities else None
        if quantity is None:
            return 0.0 if quantities and self.grid.columns[column].is_free(row) else None
        return quantity.low if quantity.low != -inf else quantity.high

    def number_column(self, kind: str = "") -> int | None:
        """The column of numbers that is meant: one asked for, else one of a kind, else the only one there is."""
        if self.numbers:
            return self.numbers[0].number
        able = [c for c in self.grid.columns if c.measure is Measure.NUMBER and not c.is_serial]
        if kind:
            able = [c for c in able if is_of(kind, c)] or able
        added = [c for c in able if ADDED.search(c.head)]
        able = added if len(able) > 1 and added else able
        return able[0].number if len(able) == 1 else None


def is_of(kind: str, column: Column) -> bool:
    """Whether a column is called like what is ranked or asked by a kind of word."""
    pattern = BY_NAME[kind].heads if kind in BY_NAME else re.compile(KIND_OF_ADJECTIVE[kind])
    return pattern.search(column.head) is not None
