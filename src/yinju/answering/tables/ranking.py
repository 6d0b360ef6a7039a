"""Rows of a table → those that come first in the order of a column, or the groups of rows that do."""

import re
from collections.abc import Iterator, Sequence

from yinju.answering.tables.asking import open_heads
from yinju.answering.tables.columns import Column
from yinju.answering.tables.findings import Figure, Finding, Work, is_of
from yinju.answering.tables.quantities import Measure

_BY_MONTH, _BY_DAY = re.compile("哪一?个?月|几月|每个?月|各月"), re.compile("哪一?天|哪一?日|每天")
MOST_EQUAL = 4
"""Groups that may come first together."""
_MANY = re.compile("[多少]")


def groups(work: Work) -> Finding | None:
    """The rows of each group: how many, or the sum of a column; the largest first where they are ranked."""
    column = next((n for n in _grouping(work)), None)
    if column is None:
        return None
    measured = next((c.number for c in work.numbers if c.number != column), None)
    if measured is None and work.found.request.totals and not work.counts:
        measured = work.number_column("money")
    figures = []
    for name, named in _parts(work, column):
        kept = tuple(sorted(named & {*work.rows}))
        if kept:
            value = float(len(kept)) if measured is None else sum(work.value(measured, row) or 0.0 for row in kept)
            key = "table.group.count" if measured is None else "table.group"
            figures.append(Figure(key, value, kept, -1 if measured is None else measured, name))
    ranking = work.found.request.ranking
    if ranking:
        figures.sort(key=lambda figure: -figure.value if ranking.descends else figure.value)
        wanted = figures[ranking.first - 1 :][: ranking.count]
        first = [f for f in figures if wanted and f.value in {w.value for w in wanted}]
        if len(first) > max(MOST_EQUAL, ranking.count):
            return None  # all alike: none comes first
        figures = first
    if not figures:
        return None
    rows = figures[0].rows if ranking and len(figures) == 1 else ()
    unit = "人" if measured is None and "人" in work.found.question.form else ""
    return Finding(work.found, rows, (measured,) if measured is not None else (), tuple(figures), 0.88, unit)


def _parts(work: Work, column: int) -> Iterator[tuple[str, frozenset[int]]]:
    """The groups that a column makes, each with its name: its different cells, or the months of its days."""
    own, rows = work.grid.columns[column], work.grid.sheet.rows
    if own.measure is Measure.DAY and _BY_MONTH.search(work.found.question.form):
        months: dict[str, set[int]] = {}
        for n, quantity in enumerate(own.quantities):
            if quantity:
                year, month = divmod(int(quantity.low) // 100, 100)
                months.setdefault(f"{year}-{month:02}" if year else f"{month:02}", set()).add(n)
        yield from ((name, frozenset(months[name])) for name in sorted(months))
    else:
        yield from ((rows[min(named)].cells[column], named) for named in own.distinct.values())


def _grouping(work: Work) -> list[int]:
    """The columns asked for that group rows."""
    asked = [column for b in work.bound for column in b.columns if not b.counts and not b.ask.is_count]
    asked += [head.column for head in open_heads(work.found)]
    found = work.found
    days = [c.number for c in work.grid.columns if c.measure is Measure.DAY]
    if (
        found.request.ranking
        and days
        and (_BY_MONTH.search(found.question.form) or _BY_DAY.search(found.question.form))
    ):
        return days[:1]
    return [n for n in dict.fromkeys(asked) if work.grid.columns[n].repeats]


def ranked(work: Work) -> Finding | None:
    """The first rows in the order of a column, with those that are equal."""
    ranking = work.found.request.ranking
    if ranking is None:
        return None
    if _ranks_groups(work):
        return groups(work)
    column = _ranking_column(work)
    if column is None:
        return None
    held = [(value, row) for row in work.rows if (value := work.value(column, row)) is not None]
    by_birth = ranking.kind == "age" and work.grid.columns[column].measure is Measure.DAY
    descends = ranking.descends is not by_birth
    held.sort(key=lambda one: (-one[0] if descends else one[0], one[1]))
    values = list(dict.fromkeys(value for value, _ in held))
    if not held or len(values) < min(2, len(work.grid.body)):
        return None
    if ranking.first > 1:
        wanted = values[ranking.first - 1 :][:1]
    else:
        wanted = list(dict.fromkeys(value for value, _ in held[: ranking.count]))
    rows = tuple(row for value, row in held if value in wanted)
    columns = tuple(dict.fromkeys((column, *work.asked)))
    return Finding(work.found, rows, columns, sure=0.9 if len(rows) <= max(3, ranking.count) else 0.7) if rows else None


def _ranks_groups(work: Work) -> bool:
    """Whether groups of rows are ranked by their sums or counts: 哪个客户总金额最多, 哪个部门人最多."""
    ranking, grouping = work.found.request.ranking, _grouping(work)
    if not ranking or not grouping:
        return False
    asked = [b for b in work.bound if {*b.columns} & {*grouping}]
    return bool(asked) and (work.found.request.totals or (_MANY.fullmatch(ranking.adjective) is not None))


def _ranking_column(work: Work) -> int | None:
    """The column that is ranked by: one named, else one that the adjective is said of, else the only one."""
    ranking = work.found.request.ranking
    assert ranking is not None
    heads = [head.column for head in open_heads(work.found) if work.grid.columns[head.column].measure]
    if heads:
        place = work.found.request.ranked_at[0]
        spans = {head.column: abs(head.span[1] - place) for head in open_heads(work.found)}
        return min(heads, key=spans.__getitem__)
    able = [c for c in work.grid.columns if c.measure and not c.is_serial]
    if ranking.kind:
        fitting = [c for c in able if is_of(ranking.kind, c)]
        return fitting[0].number if fitting else _by_days(ranking.kind, able)
    bound = [n for n in work.asked if work.grid.columns[n].measure]
    numbers = [c.number for c in able if c.measure is Measure.NUMBER]
    return bound[0] if bound else numbers[0] if len(numbers) == 1 else None


def _by_days(kind: str, able: Sequence[Column]) -> int | None:
    """The only column of days or times, for what is earliest, newest or longest with a firm."""
    days = [c for c in able if c.measure in (Measure.DAY, Measure.CLOCK)]
    alike = len({c.measure for c in days}) == 1
    return days[0].number if kind in ("time", "joined", "age") and alike else None
