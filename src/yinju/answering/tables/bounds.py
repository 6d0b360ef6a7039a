"""The numbers, days and times of a question → the rows of a table that meet them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from yinju.answering.tables.amounts import Bound, asked_quantities, meets
from yinju.answering.tables.columns import Column
from yinju.answering.tables.grid import Grid
from yinju.answering.tables.lexicon import FREE, HOLDING, SOLD, WEEKDAY
from yinju.answering.tables.names import Role, Sense, packed
from yinju.answering.tables.quantities import Measure, Quantity, same_unit, weekday_of
from yinju.answering.tables.question import Question
from yinju.retrieval.asked_types import COLUMN_KINDS

NEAR = 8
"""Characters within which the name of a column stands before the number that it is to have."""
_ONE = re.compile("一(?![0-9])")


def bound_senses(question: Question, grid: Grid, masked: str, heads: Sequence[Sense]) -> list[list[Sense]]:
    """For each number, day and time of a question, names masked, its senses; one below 0 where no cell meets it."""
    found = []
    for bound in asked_quantities(masked):
        senses = list(_senses(question, grid, bound, heads))
        if senses or not _counts_nothing(masked, bound):
            found.append(senses or [_unmet(bound)])
    for match in WEEKDAY.finditer(masked):
        places = frozenset(range(*match.span()))
        above = [Sense(places, Role.CONTEXT, weight=1.7, text=match.group())] if match.group() in grid.context else []
        found.append([*_weekday(grid, match), *above] or [Sense(places, Role.CELL, weight=-1.0)])
    found += [list(_free(grid, match)) for match in FREE.finditer(masked)]
    return [senses for senses in found if senses]


def _unmet(bound: Bound) -> Sense:
    return Sense(frozenset(range(*bound.span)), Role.CELL, weight=-1.0)


def _counts_nothing(masked: str, bound: Bound) -> bool:
    """Whether a number only says 一个 or 一晚."""
    return (
        not bound.compared
        and bound.quantity.low == bound.quantity.high == 1
        and _ONE.match(masked, bound.span[0]) is not None
    )


def _senses(question: Question, grid: Grid, bound: Bound, heads: Sequence[Sense]) -> Iterator[Sense]:
    named = {sense.column for sense in heads}
    places = frozenset(range(*bound.span))
    written = packed(question.form[slice(*bound.span)])
    for column in _measuring(grid, bound, heads):
        wanted = _up_from(bound) if HOLDING.search(column.head) else bound
        rows = frozenset(n for n in grid.body if (q := column.quantities[n]) and meets(q, wanted))
        if rows or bound.compared:
            bare = len(bound.quantity.unit) < 2 or bound.quantity.unit not in column.head
            weight = (3.0 if rows else 1.0) + (0.2 if column.number in named else 0.0)
            yield Sense(places, Role.CELL, column.number, rows, weight, written, is_amount=bare)
    yield from _in_heads(grid, bound, places, written)
    if bound.compared:
        return
    if bound.quantity.measure is Measure.NUMBER:
        yield from _in_codes(grid, bound, places, written)
    if _in_context(grid, bound, written):
        yield Sense(places, Role.CONTEXT, weight=1.7, text=written)


def _up_from(bound: Bound) -> Bound:
    """The same bound met by more: what holds twenty is also there for who needs room for fifteen."""
    if bound.compared or not bound.quantity.is_single:
        return bound
    quantity = Quantity(bound.quantity.measure, bound.quantity.low, inf, bound.quantity.unit)
    return replace(bound, quantity=quantity, compared=True)


def _in_codes(grid: Grid, bound: Bound, places: frozenset[int], written: str) -> Iterator[Sense]:
    """The row with a number that counts nothing, called as its column is: 7 號 below 座號."""
    for column in grid.columns:
        if not column.quantities and bound.after and bound.after in column.head and bound.quantity.is_single:
            rows = frozenset(
                n for n, form in enumerate(column.forms) if form.isdigit() and int(form) == bound.quantity.low
            )
            if rows:
                yield Sense(places, Role.CELL, column.number, rows, 2.6, written)


def _in_heads(grid: Grid, bound: Bound, places: frozenset[int], written: str) -> Iterator[Sense]:
    """The columns that are called by a day: 7 月 1 日起月費 for 七月以後."""
    if bound.quantity.measure is not Measure.DAY:
        return
    month = _month(bound)
    for column in grid.columns:
        if any(own.quantity.measure is Measure.DAY and month == _month(own) for own in asked_quantities(column.head)):
            yield Sense(places, Role.HEAD, column.number, weight=2.0, text=written)


def _month(bound: Bound) -> int:
    quantity = bound.quantity
    return int(max(q for q in (quantity.low, quantity.high) if abs(q) < inf)) // 100 % 100 or -1


def _in_context(grid: Grid, bound: Bound, written: str) -> bool:
    if len(written) > 1 and written in grid.packed_context:
        return True
    return any(
        meets(own.quantity, bound) for own in asked_quantities(grid.context)
        if own.quantity.measure is bound.quantity.measure is Measure.DAY
    )  # fmt: skip


def _measuring(grid: Grid, bound: Bound, heads: Sequence[Sense]) -> list[Column]:
    """The columns that a quantity may be of: the one named before it, else those with its unit, else the only ones."""
    able = [c for c in grid.columns if c.measure is bound.quantity.measure]
    if bound.quantity.measure is not Measure.NUMBER:
        return able
    named = [
        column for sense in heads for column in able
        if sense.column == column.number and -NEAR <= sense.span[1] - bound.span[0] <= 2 * NEAR
    ]  # fmt: skip
    if not bound.compared:
        fitting = [c for c in able if bound.quantity.unit and _fits(c, bound.quantity.unit)]
        return fitting or named or [c for c in able if bound.after and bound.after in c.head]
    if not bound.quantity.unit and (counted := [c for c in able if bound.after and bound.after in c.head]):
        return counted
    fitting = [c for c in named if not c.unit] or [c for c in named or able if _fits(c, bound.quantity.unit)]
    sold = [c for c in fitting if SOLD.search(c.head)]
    if named or len(fitting) == 1 or (bound.quantity.unit and not sold):
        return fitting
    if sold:
        return sold
    money = [c for c in able if COLUMN_KINDS["money"].heads.search(c.head)]
    return fitting if len(fitting) == 1 else money if len(money) == 1 else []


def _fits(column: Column, unit: str) -> bool:
    """Whether a column's numbers are counted in a unit: by their own, by its head, or 元 by what it is called."""
    if not unit:
        return True
    if column.unit:
        return same_unit(column.unit, unit)
    if unit in column.head:
        return True
    if same_unit(unit, "元"):
        return COLUMN_KINDS["money"].heads.search(column.head) is not None
    if same_unit(unit, "人"):
        return re.search("人|名额|座", column.head) is not None
    return any(
        kind.cells and kind.cells.search(unit) and kind.heads.search(column.head) for kind in COLUMN_KINDS.values()
    )


def _weekday(grid: Grid, match: re.Match[str]) -> Iterator[Sense]:
    """The rows whose day is that day of the week, or whose cell names it."""
    day, places = match[1].replace("天", "日"), frozenset(range(*match.span()))
    named = re.compile(f"(?:周|星期|礼拜|[一二三四五六日、,(])[{day}{'天' if day == '日' else ''}](?![月号十百])")
    for column in grid.columns:
        rows = frozenset(n for n in grid.body if named.search(column.forms[n]) or _in_days(column.forms[n], day))
        if column.measure is Measure.DAY and not rows:
            rows = frozenset(n for n in grid.body if (q := column.quantities[n]) and weekday_of(q.low) == day)
        if rows:
            yield Sense(places, Role.CELL, column.number, rows, 2.6, match.group(), is_amount=True)


_DAYS = "一二三四五六日"
_THROUGH = re.compile("(?:星期|礼拜|周)([一二三四五六日天])(?:至|到|-|~|–)(?:星期|礼拜|周)?([一二三四五六日天])")


def _in_days(form: str, day: str) -> bool:
    """Whether a cell names a range of days of the week that holds one."""
    return any(
        _DAYS.find(m[1].replace("天", "日")) <= _DAYS.find(day) <= _DAYS.find(m[2].replace("天", "日"))
        for m in _THROUGH.finditer(form)
    )


def _free(grid: Grid, match: re.Match[str]) -> Iterator[Sense]:
    """The rows that cost nothing."""
    places = frozenset(range(*match.span()))
    for column in grid.columns:
        rows = frozenset(n for n in grid.body if column.is_free(n))
        if rows and (COLUMN_KINDS["money"].heads.search(column.head) or not column.quantities):
            yield Sense(places, Role.CELL, column.number, rows, 2.6, match.group(), is_amount=True)
