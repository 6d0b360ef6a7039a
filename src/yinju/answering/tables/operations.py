"""A question read over a table → what the table says: rows, and the figures worked out of them."""

import re
from collections.abc import Callable, Sequence

from yinju.answering.tables.asking import Binding, open_heads
from yinju.answering.tables.figures import adds_up, average, counted, difference, distinct, share, summed
from yinju.answering.tables.findings import WHOLE, Finding, Work
from yinju.answering.tables.grounding import Grounding
from yinju.answering.tables.ranking import groups, ranked
from yinju.answering.tables.sense import Role, Sense
from yinju.answering.tables.speech import DOINGS

FIRM = 1.7
"""The weight of a cell of which a question holds half of a part."""
WEAKLY = 0.75
"""How sure rows are that a word in a longer text picks."""
_PICKING = re.compile("的|[\\s,，。?？]")
_DENIAL = re.compile("[不没无未别非]|禁止")
_EITHER = re.compile(
    "(.)[不没](?=\\1)|有没有|不到|不好意思|不超过|不足|不满|不少于|不低于|不同|不一样|差不多|对不起|没有?关系|一不一样|不含税"
)
_ANY = re.compile("有没有|有.+吗")
"""Asks whether there is any, which the rows tell."""
WHETHER = re.compile("吗|是否|有没有|能不能|可不可以|会不会|要不要|是不是|可以.*么")


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
