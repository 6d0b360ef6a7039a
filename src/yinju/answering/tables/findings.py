"""What a table says to a question: rows, and how many they are, their sum, mean and share, how far two are apart."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import inf

from yinju.answering.tables.amounts import asked_quantities
from yinju.answering.tables.asking import HOW, WAYS, Binding, open_heads
from yinju.answering.tables.columns import Column
from yinju.answering.tables.grid import Grid
from yinju.answering.tables.grounding import Grounding
from yinju.answering.tables.lexicon import KIND_OF_ADJECTIVE
from yinju.answering.tables.names import Sense, packed
from yinju.answering.tables.quantities import Measure
from yinju.retrieval.asked_types import COLUMN_KINDS

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
    pattern = COLUMN_KINDS[kind].heads if kind in COLUMN_KINDS else re.compile(KIND_OF_ADJECTIVE[kind])
    return pattern.search(column.head) is not None


def difference(work: Work) -> Finding | None:
    """How far two cells are apart: of two rows in one column, or of two columns in one row."""
    columns = [column.number for column in work.numbers]
    if len(work.rows) == 1 and len(columns) < 2:
        columns = _of_two_times(work.grid, columns)
    if len(work.rows) == 1 and len(columns) == 2:
        pairs = [(work.rows[0], columns[0]), (work.rows[0], columns[1])]
    elif len(work.rows) == 2:
        column = columns[0] if columns else work.number_column("money")
        if column is None:
            return None
        columns, pairs = [column], [(row, column) for row in work.rows]
    else:
        return None
    values = [work.value(column, row) for row, column in pairs]
    if values[0] is None or values[1] is None:
        return None
    figure = Figure("table.difference", abs(values[0] - values[1]), work.rows, columns[0])
    return Finding(work.found, work.rows, tuple(columns), (figure,))


def _of_two_times(grid: Grid, named: Sequence[int]) -> list[int]:
    """The only two columns of numbers that say the same of two times, one of them the one named, if any is."""
    alike: dict[str, list[int]] = {}
    for column in grid.columns:
        head = packed(column.head)
        days = [own.span for own in asked_quantities(head) if own.quantity.measure is Measure.DAY]
        if column.measure is Measure.NUMBER and len(days) == 1:
            alike.setdefault(head[: days[0][0]] + head[days[0][1] :], []).append(column.number)
    pairs = [columns for columns in alike.values() if {*named} <= {*columns}]
    return pairs[0] if len(pairs) == 1 and len(pairs[0]) == 2 else [*named]


def share(work: Work) -> Finding | None:
    """What part of all the rows named are, by a column of numbers or by their count."""
    column = work.number_column("money") if work.numbers or not work.counts else None
    if not work.found.cells:
        return None
    whole = sorted(work.grid.body)
    if column is None:
        part, total = float(len(work.rows)), float(len(whole))
    else:
        part, total = (sum(work.value(column, row) or 0.0 for row in rows) for rows in (work.rows, whole))
    if not total:
        return None
    key = "table.share" if column is not None else "table.share.count"
    return Finding(work.found, work.rows, work.asked, (Figure(key, part, work.rows, column or 0, other=total),), 0.85)


def average(work: Work) -> Finding | None:
    """The mean of a column of numbers over the rows."""
    column = work.number_column("money")
    values = [(row, v) for row in work.rows if column is not None and (v := work.value(column, row)) is not None]
    if column is None or len(values) < 2:
        return None
    rows = tuple(row for row, _ in values)
    mean = sum(value for _, value in values) / len(values)
    return Finding(work.found, rows, (column,), (Figure("table.average", mean, rows, column),))


def summed(work: Work) -> Finding | None:
    """The sum of a column over the rows, where it is not the rows that are counted."""
    if work.counts:
        return None
    column = work.number_column("money")
    if column is None or (not work.numbers and not _asks_amount(work) and not work.found.request.totals):
        return None
    values = [value for row in work.rows if (value := work.value(column, row)) is not None]
    if not values:
        return None
    if len(work.rows) == 1:
        return Finding(work.found, work.rows, (column,))
    figure = Figure("table.sum", sum(values), work.rows, column)
    return Finding(work.found, work.rows, tuple(dict.fromkeys((*work.asked, column))), (figure,), 0.92)


def adds_up(work: Work) -> bool:
    """Whether what is asked of several rows is their sum: 三月賣了多少錢 of rows that are sales."""
    amounts = [c for c in work.numbers if ADDED.search(c.head) and "价" not in c.head]
    naming = work.grid.columns[work.grid.naming]
    counted = naming.is_code or bool(naming.quantities) or naming.repeats
    return bool(amounts) and len(work.rows) > 1 and _asks_amount(work) and counted


def _asks_amount(work: Work) -> bool:
    return any(b.ask.kind and b.ask.kind.name == "money" for b in work.bound) or any(
        b.ask.is_count and b.columns for b in work.bound
    )


def counted(work: Work) -> Finding | None:
    """How many rows there are, or how many different cells of a column."""
    binding = next(b for b in work.bound if b.counts)
    unit = binding.ask.unit[:1]
    column = next(iter(binding.columns), None)
    if column is not None and work.grid.columns[column].repeats:
        return _values(work, column, unit)
    others = [c for c in work.grid.columns if c.number != work.grid.naming]
    if not work.found.cells and unit not in "种类项款" and all(c.measure is Measure.NUMBER for c in others):
        return None  # a tariff names kinds of things, not each of them
    asked = tuple(n for n in work.asked if n not in binding.columns)
    unit = "人" if binding.ask.unit.startswith("个人") else unit
    figures = [Figure("table.count", float(len(work.rows)), work.rows)]
    added = next((n for n in asked if work.grid.columns[n].measure is Measure.NUMBER), None)
    if added is not None and len(work.rows) > 1 and (work.found.request.totals or adds_up(work)):
        total = sum(work.value(added, row) or 0.0 for row in work.rows)
        figures.append(Figure("table.sum", total, work.rows, added))
    return Finding(work.found, work.rows, asked, tuple(figures), 0.92 if work.found.cells else 0.8, unit)


def _values(work: Work, column: int, unit: str = "") -> Finding | None:
    """The different cells of a column in the rows."""
    own = work.grid.columns[column]
    kept = {own.forms[row]: row for row in reversed(work.rows) if not own.is_nil(row)}
    rows = tuple(sorted(kept.values()))
    if not rows:
        return None
    values = tuple(work.grid.sheet.rows[row].cells[column] for row in rows)
    figure = Figure("table.values", float(len(values)), rows, column)
    return Finding(work.found, rows, (column,), (figure,), 0.85, unit, values=values)


def distinct(work: Work) -> Finding | None:
    """The different cells of a column that groups rows, where 哪些 asks for them."""
    for binding in work.bound:
        for column in binding.columns if binding.ask.is_which and not binding.rows else ():
            if work.grid.columns[column].repeats and len(work.asked) == 1 and work.found.request.lists:
                return _values(work, column)
    return None
