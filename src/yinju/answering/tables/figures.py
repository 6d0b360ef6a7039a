"""Rows of a table → how many they are, what they add up to, their mean, their share, how far two of them are apart."""

from yinju.answering.tables.findings import ADDED, Figure, Finding, Work
from yinju.answering.tables.quantities import Measure


def difference(work: Work) -> Finding | None:
    """How far two cells are apart: of two rows in one column, or of two columns in one row."""
    columns = [column.number for column in work.numbers]
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
