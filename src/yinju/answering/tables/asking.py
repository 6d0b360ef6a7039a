"""What a question asks of a table → the columns that answer each of its asking words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yinju.answering.tables.columns import Column
from yinju.answering.tables.grid import Grid
from yinju.answering.tables.grounding import Grounding
from yinju.answering.tables.lexicon import COUNTED, HEADCOUNT, PERSONS, PLAIN, SOLD, WEEKDAY
from yinju.answering.tables.names import Role, Sense
from yinju.answering.tables.quantities import Measure, read_quantity, same_unit
from yinju.answering.tables.request import Ask
from yinju.retrieval.asked_types import COLUMN_KINDS, ColumnKind

_NO_PRICE = ("length", "duration", "weight", "size", "height", "warmth", "noise", "phone")
_COUNTS = re.compile("人数|数量|件数|次数|库存|名额|人$|座位|分数|成绩|名次|^第")
_ROW_COUNTS = re.compile("数量|件数|份数|套数|本数|册数|库存|销量|订购量|数$|量$")
_OF_TOTAL = re.compile("金额|总|合计|小计|费用|款$|营收|收入|支出")
_SUMS = re.compile("总额|总价|金额|总值")
"""Asks for money though no word for it does."""
_SERVING, _SERVED = re.compile("[卖教管带修]|经手|经办|负责|服务"), re.compile("客户|买|顾客|会员|旅客|租|借|申请|学生")
_SELLING = re.compile("[卖买]")
HOW = re.compile("怎么|怎样|如何|为什么|为何|咋")
WAYS = re.compile("方式|方法|办法|处理|步骤|措施|做法|用法|怎么|如何")
"""What asks how, and how columns are called that tell."""
_HEADED = "楼层折分岁级届期度站区段号"
"""Units that columns are called by: 几楼 and 楼层."""
_PERIOD = re.compile("[一每]个?([月年天次晚季])")
_WHEN = ("什么时候", "何时", "什么时间")
_N = "[0-9一二两三四五六七八九十半]"
_SECONDARY = re.compile("代理|核准|审核|批准|推荐|紧急|介绍|备用|证明|保证")
"""People beside the one whom a row is about."""
REMARK = 8
"""Characters from which a cell may be a remark."""
NAMED = 1.9
"""The weight of a sense from which a column is called by its name."""
MOST_OPEN = 3
"""Columns that may answer one asking word where nothing says which."""


@dataclass(frozen=True, slots=True)
class Binding:
    """An asking word, and what answers it."""

    ask: Ask
    columns: tuple[int, ...] = ()
    counts: bool = False
    """Whether rows are counted."""
    rows: bool = False
    """Whether the rows themselves are asked for: 哪個, 有誰."""


def bind_asks(found: Grounding) -> list[Binding] | None:
    """What answers each asking word; None where nothing answers one."""
    if any(ask.is_which and _asks_what_is_named(found, ask) for ask in found.request.asks):
        return None
    if _asks_how(found) and not any(WAYS.search(found.grid.columns[head.column].head) for head in open_heads(found)):
        return None
    bound: list[Binding] = []
    for ask in found.request.asks:
        alike = [one for one in found.request.asks if one.span == ask.span]
        if alike[0] is not ask:
            continue
        best = next((binding for one in alike if (binding := _bind(found, one))), None)
        if best is None:
            return None
        bound.append(best)
    return bound


def _bind(found: Grounding, ask: Ask) -> Binding | None:
    if ask.kind:
        columns = _kind_columns(found, ask, ask.kind)
        if not columns and ask.kind.name == "company" and found.cells:
            return Binding(ask, rows=True)
        return Binding(ask, tuple(columns)) if columns else None
    if ask.is_count:
        return _bind_count(found, ask)
    after = _head_after(found, ask.span[1])
    if after:
        return Binding(ask, (after.column,), rows=after.column == found.grid.naming)
    return Binding(ask, rows=found.question.form[slice(*ask.span)] != "什么")


def _asks_how(found: Grounding) -> bool:
    """Whether a question asks how or why with words that are no kind of column."""
    taken = found.request.taken | found.covered
    return any(taken.isdisjoint(range(*match.span())) for match in HOW.finditer(found.question.form))


def _asks_what_is_named(found: Grounding, ask: Ask) -> bool:
    """Whether 什麼 stands before a cell: 這是什麼網站."""
    what = found.question.form[slice(*ask.span)] == "什么"
    return what and any(cell.span[0] == ask.span[1] for cell in found.cells)


def _head_after(found: Grounding, place: int) -> Sense | None:
    """The column named right after an asking word, 客户 in 哪个客户."""
    return next((head for head in found.heads if 0 <= head.span[0] - place <= 1), None)


def open_heads(found: Grounding) -> list[Sense]:
    """The columns that a question names beside those that only say where a cell of it stands."""
    picked = {cell.column for cell in found.cells}
    return [head for head in found.heads if head.column not in picked]


def _kind_columns(found: Grounding, ask: Ask, kind: ColumnKind) -> list[int]:
    """The columns that a kind of question is answered by: those named, else those called so."""
    grid = found.grid
    told = _told_beside(found, ask)
    if told:
        return told
    named = [head.column for head in open_heads(found) if _suits(grid, head.column, kind)]
    asked = found.question.form[slice(*ask.span)]
    if kind.name == "time":
        named = [n for n in named if not _is_other_time(grid.columns[n], asked)]
    days = any(grid.columns[n].measure is Measure.DAY for n in named)
    if named and (days or kind.name != "time" or asked not in _WHEN):
        return list(dict.fromkeys(named))[: 1 if kind.name == "person" else None]
    picked = {cell.column for cell in found.cells}
    typed = [c for c in grid.columns if _is_typed(c, kind) and (c.number not in picked or c.number == grid.naming)]
    typed = _narrowed(found, asked, kind, typed)
    if named:
        return list(dict.fromkeys((*named, *(c.number for c in typed))))[:MOST_OPEN]
    if typed:
        return [column.number for column in typed]
    return [c.number for c in _measuring(found, ask, kind)][:1]


def _suits(grid: Grid, number: int, kind: ColumnKind) -> bool:
    column = grid.columns[number]
    if kind.heads.search(column.head) or (kind.cells and any(map(kind.cells.search, column.distinct))):
        return True
    if kind.name != "money" or column.measure is not Measure.NUMBER or column.unit not in ("", "元"):
        return False
    others = (own.heads for own in COLUMN_KINDS.values() if own.name in _NO_PRICE)
    return not any(pattern.search(column.head) for pattern in (*others, _COUNTS))


def _is_other_time(column: Column, asked: str) -> bool:
    """Whether a column has days where a time of day is asked for."""
    if "点" not in asked:
        return False
    return column.measure is Measure.DAY or (not column.quantities and any(map(WEEKDAY.search, column.distinct)))


def _told_beside(found: Grounding, ask: Ask) -> list[int]:
    """The column of remarks in which stands what is done with what is asked for: 借給誰 in a note 借給柯寧."""
    if not any(cell.is_whole for cell in found.cells):
        return []
    return [
        cell.column for cell in found.cells
        if not cell.is_amount and ask.span[0] - 1 <= cell.span[1] <= ask.span[0] and not cell.is_whole
        and any(len(found.grid.columns[cell.column].forms[row]) >= REMARK for row in cell.rows)
        and cell.column != found.grid.naming
    ][:1]  # fmt: skip


def _is_typed(column: Column, kind: ColumnKind) -> bool:
    """Whether a column is called like what a kind of question asks for, or measures it."""
    timed = kind.name == "time" and column.measure in (Measure.DAY, Measure.CLOCK)
    paid = kind.name == "money" and column.unit == "元"
    weekly = kind.name == "time" and any(map(WEEKDAY.search, column.distinct))
    return timed or paid or weekly or kind.heads.search(column.head) is not None


def _narrowed(found: Grounding, asked: str, kind: ColumnKind, typed: Sequence[Column]) -> list[Column]:
    """The columns of a kind that a question most likely means."""
    if kind.name == "money":
        sums = [c for c in typed if _OF_TOTAL.search(c.head)]
        sums = [c for c in typed if SOLD.search(c.head)] or sums if _SELLING.search(found.question.form) else sums
        period = _PERIOD.search(found.question.form)
        sums = [c for c in typed if period and period[1] in c.head] or sums
        typed = [c for c in (sums or typed) if c.measure is Measure.NUMBER or len(typed) == 1]
    elif kind.name == "time":
        clock = "点" in asked or "几时" in asked
        measured = [c for c in typed if c.measure is (Measure.CLOCK if clock else Measure.DAY)]
        if asked not in _WHEN:
            others = [c for c in typed if c.measure is not (Measure.DAY if clock else Measure.CLOCK)]
            typed = measured or [c for c in others if not _is_other_time(c, asked)]
    elif kind.name == "person":
        own = [c for c in typed if c.number == found.grid.naming]
        others = [c for c in typed if not _SECONDARY.search(c.head)]
        selling = _SERVING.search(found.question.form) is not None
        others.sort(key=lambda c: (_SERVED.search(c.head) is not None) is selling)
        typed = own or others[:1]
    elif kind.name == "phone":
        said = [c for c in typed if any(word in c.head for word in ("分机", "手机", "电话") if word in asked)]
        typed = said or ([] if any(word in asked for word in ("手机", "分机")) else typed)
    return list(typed[:MOST_OPEN])


def _measuring(found: Grounding, ask: Ask, kind: ColumnKind) -> Iterator[Column]:
    """The columns in which a row named has what is asked for: 三天 for 几天."""
    unit = re.search("(?:几|多少)个?(.+)", found.question.form[slice(*ask.span)])
    said = re.escape(unit[1]) if unit else kind.cells.pattern if kind.cells else None
    if said is None or not found.cells:
        return
    holds = re.compile(f"{_N}\\s?个?(?:{said})")
    picked = {cell.column for cell in found.cells}
    for column in found.grid.columns:
        if column.number not in picked and any(holds.search(column.forms[row]) for row in found.rows):
            yield column


def _bind_count(found: Grounding, ask: Ask) -> Binding | None:
    """What 几 and 多少 are answered by: a column of numbers, or the rows themselves, counted."""
    grid, heads = found.grid, open_heads(found)
    after = next((h for h in heads if 0 <= h.span[0] - ask.span[1] <= 1 and h.weight >= NAMED), None)
    unit, bare = ask.unit, not ask.unit
    numeric = [h.column for h in heads if grid.columns[h.column].measure is Measure.NUMBER]
    measured = found.question.form[ask.span[1] - 1] in COUNTED
    if after and measured and grid.columns[after.column].measure is not Measure.NUMBER:
        return Binding(ask, (after.column,), counts=True)
    if after:
        return Binding(ask, (after.column,))
    if bare:
        others = [h.column for h in heads if h.column != grid.naming and h.weight >= NAMED]
        picked = {cell.column for cell in found.cells}
        free = [c.number for c in grid.columns if c.measure is Measure.NUMBER and c.number not in picked]
        if _SUMS.search(found.question.form):
            free = [n for n in free if _OF_TOTAL.search(grid.columns[n].head)] or free
        if _SELLING.search(found.question.form):
            free = [n for n in free if SOLD.search(grid.columns[n].head)] or free
        columns = [*dict.fromkeys(numeric or others or free)]
        return Binding(ask, tuple(columns)) if 0 < len(columns) <= MOST_OPEN else None
    picked = {*grid.name_columns, *(cell.column for cell in found.cells)}
    headed = [c.number for c in grid.columns if unit[0] in c.head and c.number not in picked]
    counted = _counting(found, unit) or (headed if len(headed) == 1 and unit[0] in _HEADED else [])
    if counted:
        return Binding(ask, tuple(counted))
    return Binding(ask, counts=True) if _counts_rows(found, ask) else None


def _counting(found: Grounding, unit: str) -> list[int]:
    """The columns of numbers that count what a unit counts: 人数 for 几个人, 数量 for 几套."""
    grid, heads = found.grid, open_heads(found)
    rows = found.rows & grid.body
    picked = {cell.column for cell in found.cells}
    for head in heads:
        if head.column != grid.naming and _has_unit(grid.columns[head.column], rows, unit):
            return [head.column]
    numbers = [c for c in grid.columns if c.measure is Measure.NUMBER and c.number not in picked]
    if unit[:1] in "人位名" or PERSONS.match(unit):
        return [c.number for c in numbers if HEADCOUNT.search(c.head) or same_unit(c.unit or "-", "人")][:1]
    own = [c.number for c in numbers if c.unit and (same_unit(c.unit, unit[:1]) or unit.startswith(c.unit))]
    if own or unit[:1] not in "套本件份箱瓶盒包袋杯台支册组个":
        return own[:1]
    return [c.number for c in numbers if _ROW_COUNTS.search(c.head)][:1]


def _has_unit(column: Column, rows: frozenset[int], unit: str) -> bool:
    held = [q for n in rows if (q := read_quantity(column.forms[n]))]
    return any(not q.unit or unit.startswith(q.unit) or same_unit(q.unit, unit[:1]) for q in held)


def _counts_rows(found: Grounding, ask: Ask) -> bool:
    """Whether what is counted are the rows: by what the first column or the table is called, or not said at all."""
    grid = found.grid
    explained = {n for sense in found.senses if sense.role in (Role.HEAD, Role.CONTEXT) for n in sense.places}
    word = found.question.word_at(ask.span[1])
    if word is None or word.text in PLAIN or ask.span[1] in explained:
        people = ask.unit[:1] in "人位名" or "人" in ask.unit[:2]
        return not people or COLUMN_KINDS["person"].heads.search(grid.columns[grid.naming].head) is not None
    return grid.calls_rows(word.text)
