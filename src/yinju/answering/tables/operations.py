"""A question read over a table → what the table says: rows looked up, ranked, grouped, and the figures of them."""

import re
from collections.abc import Callable, Iterator, Sequence

from yinju.answering.tables.asking import Binding, open_heads
from yinju.answering.tables.columns import Column
from yinju.answering.tables.findings import (
    WHOLE,
    Figure,
    Finding,
    Work,
    adds_up,
    average,
    counted,
    difference,
    distinct,
    is_of,
    share,
    summed,
)
from yinju.answering.tables.grounding import Grounding
from yinju.answering.tables.lexicon import DOINGS, EXTENT, HEADCOUNT
from yinju.answering.tables.names import Role, Sense
from yinju.answering.tables.quantities import Measure

_BY_MONTH, _BY_DAY = re.compile("哪一?个?月|几月|每个?月|各月"), re.compile("哪一?天|哪一?日|每天")
MOST_EQUAL = 4
"""Groups that may come first together."""
_MANY = re.compile("[多少]")
FIRM = 1.7
"""The weight of a cell of which a question holds half of a part."""
WEAKLY = 0.75
"""How sure rows are that a word in a longer text picks."""
_PICKING = re.compile("的|[\\s,，。?？]")
_DENIAL = re.compile("[不没无未别非]|禁止")
_EITHER = re.compile(
    "[分个特差区级类性]别|非常|未来|无线|(.)[不没](?=\\1)|有没有|不到|不好意思|不超过|不足|不满|不少于|不低于|不同|不一样|差不多|对不起|没有?关系|一不一样|不含税"
)
_ANY = re.compile("有没有|有.+吗")
"""Asks whether there is any, which the rows tell."""
WHETHER = re.compile("吗|是否|有没有|能不能|可不可以|会不会|要不要|是不是|可以.*么")


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
    meant = EXTENT if ranking.adjective in ("大", "小") else HEADCOUNT if _ranks_people(work) else None
    if meant and (named := [c.number for c in able if meant.search(c.head)]):
        return named[0]
    if ranking.kind:
        fitting = [c for c in able if is_of(ranking.kind, c)]
        return fitting[0].number if fitting else _by_days(ranking.kind, able)
    bound = [n for n in work.asked if work.grid.columns[n].measure]
    numbers = [c.number for c in able if c.measure is Measure.NUMBER]
    return bound[0] if bound else numbers[0] if len(numbers) == 1 else None


def _ranks_people(work: Work) -> bool:
    """Whether people are what there is most or least of: 人最多的是哪一社."""
    start = work.found.request.ranked_at[0]
    return work.found.question.form[:start].endswith(("人", "学生", "员工"))


def _by_days(kind: str, able: Sequence[Column]) -> int | None:
    """The only column of days or times, for what is earliest, newest or longest with a firm."""
    days = [c for c in able if c.measure in (Measure.DAY, Measure.CLOCK)]
    alike = len({c.measure for c in days}) == 1
    return days[0].number if kind in ("time", "joined", "age") and alike else None


def work_out(found: Grounding, bound: Sequence[Binding]) -> Finding | None:
    """What the table says; None where the question asks nothing that can be worked out of it."""
    work, request = Work(found, bound), found.request
    if not work.rows or denies(found):
        return None
    steps: list[tuple[bool, Callable[[Work], Finding | None]]] = [
        (request.compares, _compared), (request.differs, difference), (request.shares, share),
        (request.averages, average), (request.each, groups), (request.ranking is not None, ranked),
        (request.totals or adds_up(work), summed), (work.counts, counted),
    ]  # fmt: skip
    for wanted, step in steps:
        if wanted and (finding := step(work)):
            return finding
    if request.ranking or request.differs or request.shares or request.averages or work.counts:
        return None
    return distinct(work) or _looked_up(work)


def denies(found: Grounding) -> bool:
    """Whether a question denies something that nothing in the table does: what is 不 報銷 is not what is 報銷."""
    form = _EITHER.sub(lambda m: "·" * len(m.group()), found.question.form)
    denied = {m.start() for m in _DENIAL.finditer(form)} - found.covered
    return bool(denied) or _leaves_out(found)


def _leaves_out(found: Grounding) -> bool:
    """Whether a question picks rows by what nothing in the table says, though its words are light: 能用的車."""
    explained, place = found.covered | found.request.taken, 0
    for match in _PICKING.finditer(found.question.form):
        words = [w for w in found.question.words if place <= w.start and w.end <= match.start()]
        inside = {n for word in words for n in word.places}
        if any(word.text in DOINGS for word in words) and explained.isdisjoint(inside):
            return True
        place = match.end()
    return False


def _compared(work: Work) -> Finding | None:
    """Two columns over all rows, or two rows whole."""
    heads = [head.column for head in open_heads(work.found) if head.column != work.grid.naming]
    if len(dict.fromkeys(heads)) > 1 and len(work.rows) <= WHOLE:
        return Finding(work.found, work.rows, tuple(dict.fromkeys(heads)), sure=0.8)
    named = {cell.text for cell in work.found.cells if cell.column == work.grid.naming}
    if len(named) > 1 and 1 < len(work.rows) <= WHOLE:
        others = tuple(c.number for c in work.grid.columns if c.number != work.grid.naming)
        return Finding(work.found, work.rows, work.asked or others, sure=0.8)
    return None


def _looked_up(work: Work) -> Finding | None:
    """The rows named, with what is asked of them; a small table whole where none is named."""
    found, asked, grid = work.found, work.asked, work.grid
    if not found.cells:
        whole = len(work.rows) <= WHOLE and asked and any(s.role is Role.CONTEXT for s in found.senses)
        return Finding(found, work.rows, asked, sure=0.55) if whole else None
    others = [n for n in asked if n != grid.naming]
    if not others and not _tells_more(work):
        return None
    empty = [n for n in others if all(not grid.columns[n].forms[row] for row in work.rows)]
    if empty:
        return Finding(found, work.rows, asked, sure=0.7, lacks=grid.sheet.heads[empty[-1]])
    rows = work.rows if not others else tuple(r for r in work.rows if any(grid.columns[n].forms[r] for n in others))
    sure = 0.92 if len(rows) <= WHOLE else 0.75
    return Finding(found, rows, asked, sure=sure if any(map(_is_firm, found.cells)) else WEAKLY * sure)


def check(found: Grounding) -> Finding | None:
    """What the row that a question names says where it asks whether a cell of it is so, right or wrong."""
    grid, senses = found.grid, (*found.cells, *found.conflict)
    named = [cell for cell in found.cells if cell.column == grid.naming and cell.is_whole]
    others = dict.fromkeys(s.column for s in senses if s.role is Role.CELL and s.column != grid.naming)
    if not named or not others or not WHETHER.search(found.question.form) or denies(found):
        return None
    rows = frozenset.intersection(*(cell.rows for cell in named))
    return Finding(found, tuple(sorted(rows)), tuple(others), sure=0.8) if len(rows) == 1 else None


def _is_firm(cell: Sense) -> bool:
    """Whether a cell is named by its name, by a part of that or by half of what it says, not by a word in a text."""
    return cell.is_whole or cell.is_amount or cell.weight >= FIRM


def _tells_more(work: Work) -> bool:
    """Whether the rows say something that the question does not: who they are, or all of a row that it names."""
    found, grid = work.found, work.grid
    named = [cell for cell in found.cells if cell.column == grid.naming]
    if _ANY.search(found.question.form) and not named:
        return any(cell.is_whole or cell.is_amount for cell in found.cells) and _calls_rows(found)
    if WHETHER.search(found.question.form):
        return False
    if not found.request.asks and not found.request.lists:
        if not named and _calls_rows(found):
            return True
        return any(cell.is_whole for cell in found.cells) and (bool(named) or len(work.rows) == 1)
    return len(named) < len(found.cells) or (
        len(grid.columns) > 1 and any(cell.is_whole or cell.is_amount for cell in named)
    )


def _calls_rows(found: Grounding) -> bool:
    """Whether a question calls the rows what they are."""
    named = any(head.column == found.grid.naming for head in found.heads)
    return named or any(s.role is Role.CONTEXT and found.grid.calls_rows(s.text) for s in found.senses)
