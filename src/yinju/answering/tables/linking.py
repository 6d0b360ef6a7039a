"""A question and a table → the columns, rows and headings that its words may stand for (schema linking)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from yinju.answering.tables.columns import Column
from yinju.answering.tables.grid import Grid
from yinju.answering.tables.lexicon import DOINGS, EITHER, NEGATIONS, NOT_YET, PLAIN, PREFIXES, WEEK, WEEKDAY
from yinju.answering.tables.names import Name, Role, Sense, packed
from yinju.answering.tables.quantities import read_quantity
from yinju.answering.tables.question import Question
from yinju.retrieval.asked_types import COLUMN_KINDS, SURNAMES

LONG_CELL = 16
"""Characters from which a cell is a text that may hold a word by chance."""
MOST_FORMS = 4_000
"""Heads and cells that one word is looked for in."""


_WHOLE = {Role.HEAD: 3.1, Role.CELL: 3.0}
_PART = {Role.HEAD: 2.4, Role.CELL: 2.2}
_HELD = {Role.HEAD: 2.0, Role.CELL: 1.5}
_BETWEEN = re.compile("[、,;/。]")
_LISTED = re.compile("([一二三四五六七八九十]{2,6})(年级|班|楼|组|段|区|级|号|期|等)")
_NAMING, _CONTEXT, _CROSSING, _OTHERWISE = 0.3, 1.7, 0.8, 0.85
_TITLED = re.compile(
    f"(?<![一-鿿])([{SURNAMES}])(?:老师|先生|小姐|女士|太太|经理|主任|医[生师]|教练|师傅|律师|店长|组长|课长)"
)
_QUALITIES = "生性面向边侧级等班区栋座楼组号型色"
"""What may stand beside such a character."""


def whole_names(question: Question, grid: Grid) -> list[list[Sense]]:
    """The heads and cells that the question holds whole, longest first, none over another; each with all its senses."""
    found: list[tuple[int, int, list[Name]]] = []
    text, names = question.packed, grid.names
    for start in range(len(text)):
        for end in range(min(len(text), start + 30), start, -1):
            name = text[start:end]
            if name in names and name not in PLAIN and not _is_day_or_one(question, start, name):
                named = [one for one in names[name] if _stands_alone(question, start, end, one)]
                found += [(start, end, named)] if named else []
    found += _enumerated(question, grid)
    edges = {edge for word in question.words for edge in (word.start, word.end)}
    found.sort(key=lambda one: (one[0] - one[1], -_aligned(question, one, edges), one[0]))
    taken: set[int] = set()
    kept = []
    for start, end, named in found:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            places = frozenset(question.origin[start:end])
            kept.append([_named(question, grid, places, text[start:end], name) for name in named])
    return kept


def _aligned(question: Question, name: tuple[int, int, list[Name]], edges: Set[int]) -> int:
    """How many ends of a name are ends of words."""
    first, last = question.origin[name[0]], question.origin[name[1] - 1] + 1
    return (first in edges) + (last in edges)


def _is_day_or_one(question: Question, start: int, name: str) -> bool:
    """Whether it is a day of the week, or its beginning, or only says one of something, 一個月."""
    if WEEKDAY.fullmatch(name) or (len(name) < 3 and WEEK.match(question.packed, start)):
        return True
    quantity = read_quantity(name) if name[0] == "一" else None
    return quantity is not None and quantity.low == quantity.high == 1


def _enumerated(question: Question, grid: Grid) -> Iterator[tuple[int, int, list[Name]]]:
    """Names of which only the last is said whole: 七八年級 for 七年級 and 八年級."""
    for match in _LISTED.finditer(question.packed):
        for place in range(match.start(1), match.end(1)):
            name = question.packed[place] + match[2]
            if name in grid.names:
                yield place, place + 1 if place + 1 < match.end(1) else match.end(), grid.names[name]


def _named(question: Question, grid: Grid, places: frozenset[int], form: str, name: Name) -> Sense:
    role = Role.HEAD if name.rows is None else Role.CELL
    weight = (_WHOLE if name.is_whole else _PART)[role] + (_NAMING if name.column == grid.naming else 0.0)
    if name.rows is None:
        return Sense(places, role, name.column, weight=weight, text=form, is_whole=name.is_whole)
    before = question.form[: min(places)].rstrip()
    negation = NEGATIONS.search(before)
    if negation and not EITHER.search(before) and not form.startswith(("不", "未", "没")):
        places |= set(range(negation.start(), negation.end()))
        return Sense(places, role, name.column, grid.body - name.rows, weight, form, name.is_whole)
    return Sense(places, role, name.column, name.rows, weight, form, is_whole=name.is_whole)


def _stands_alone(question: Question, start: int, end: int, name: Name) -> bool:
    """Whether a range of the packed form is a word of its own: no piece of a number, of Latin letters or of a word.

    A column may be called with more before or behind it: 总金额, 注意事项.
    """
    form, first, last = question.form, question.origin[start], question.origin[end - 1] + 1
    if _joined(form[first - 1 : first], form[first]) or _joined(form[last - 1], form[last : last + 1]):
        return False
    around = question.word_at(first)
    if last - first > 2 or around is None or around.end < last or (around.start, around.end) == (first, last):
        return True
    if name.rows is not None:
        return around.end == last and form[around.start : first] in DOINGS
    return around.start == first or form[around.start : first] in PREFIXES


def _joined(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


@dataclass(frozen=True, slots=True)
class _Token:
    """Something to look for in heads and cells."""

    text: str
    places: frozenset[int]
    factor: float = 1.0
    heads_only: bool = False


def held_words(question: Question, grid: Grid, free: Sequence[int]) -> list[Sense]:
    """The senses of the words that no whole name explains; `free` are the places of their characters, in order."""
    tokens = list(_tokens(question, free))
    senses = [*_in_context(grid, tokens)]
    held: defaultdict[tuple[int, Role, str], list[_Token]] = defaultdict(list)
    rows: dict[tuple[int, Role, str], frozenset[int]] = {}
    for token in tokens:
        for n, (form, name) in enumerate(_holding(grid, token.text)):
            if n > MOST_FORMS:
                break
            if token.heads_only and name.rows is not None:
                continue
            key = name.column, (Role.HEAD if name.rows is None else Role.CELL), form
            held[key].append(token)
            rows[key] = name.rows or frozenset()
    senses += _joined_senses(grid, held, rows)
    senses += _negated(question, grid, free)
    return senses


def _joined_senses(
    grid: Grid,
    held: dict[tuple[int, Role, str], list[_Token]],
    rows: dict[tuple[int, Role, str], frozenset[int]],
) -> Iterator[Sense]:
    """A sense for each head, and for all cells of a column that hold the same characters of the question."""
    merged: defaultdict[tuple[int, Role, frozenset[int]], list[tuple[float, str, frozenset[int]]]] = defaultdict(list)
    for (column, role, form), found in held.items():
        places = frozenset[int]().union(*(token.places for token in found))
        weight = sum(max(t.factor for t in found if n in t.places) for n in places) / len(places)
        weight *= _HELD[role] * _fit(len(places), _length(form, found), role)
        weight += _NAMING if column == grid.naming else 0.0
        merged[column, role, places].append((round(weight, 2), form, rows[column, role, form]))
    for (column, role, places), same in merged.items():
        union = frozenset[int]().union(*(own for _, _, own in same))
        text = "\n".join(form for _, form, _ in same[:20])
        yield Sense(places, role, column, union, max(weight for weight, _, _ in same), text)


def _length(form: str, tokens: Sequence[_Token]) -> int:
    """How long the parts of a cell are that hold any of the words: 換燈泡 of 換燈泡、修水管."""
    parts = [part for part in _BETWEEN.split(form) if any(token.text in part for token in tokens)]
    return sum(map(len, parts)) or len(form)


def _fit(held: int, length: int, role: Role) -> float:
    """What it adds that more of a cell is held, and takes away that it is a long text."""
    if role is Role.HEAD:
        return 0.6 if held == 1 else 1.0
    return (0.7 + 0.15 * min(held, 4)) * (1.2 if 2 * held >= length else 0.8 if length > LONG_CELL else 1.0)


def _holding(grid: Grid, token: str) -> Iterator[tuple[str, Name]]:
    if len(token) == 1:
        named = [c for c in grid.columns if token in c.head and c.number != grid.naming and not grid.is_turned]
        whole = [c for c in named if token in c.head.split()]
        yield from ((packed(c.head), Name(c.number)) for c in whole or (named if len(named) == 1 else ()))
        return
    yield from grid.holding(token)


def _tokens(question: Question, free: Sequence[int]) -> Iterator[_Token]:
    """The words, pairs of neighbouring characters, and other words for them, that are looked for."""
    open_places = set(free)
    codes = {n for span in question.codes for n in range(*span)}
    yield from (_Token(packed(question.form[a:b]), frozenset(range(a, b))) for a, b in question.codes)
    for word in question.words:
        if not open_places.issuperset(word.places) or word.text in PLAIN or not codes.isdisjoint(word.places):
            continue
        yield _Token(word.text, frozenset(word.places), heads_only=word.text in DOINGS or len(word.text) == 1)
        if len(word.text) == 2 and word.text[1] == "子":
            yield _Token(word.text[0], frozenset(word.places), heads_only=True)
        if len(word.text) > 2 and not word.text.isascii():
            yield from (
                _Token(word.text[i : i + 2], frozenset(range(word.start + i, word.start + i + 2)), _CROSSING)
                for i in range(len(word.text) - 1)
            )
    starts = {word.start for word in question.words}
    for place in free:
        pair = question.form[place : place + 2]
        if place + 1 in open_places and place + 1 in starts and len(pair.strip()) == 2 and not pair.isascii():
            yield _Token(pair, frozenset((place, place + 1)), _CROSSING)
    for (start, end), others in question.said_otherwise:
        places = frozenset(range(start, end))
        if places <= open_places:
            for other in others:
                if other not in PLAIN:
                    yield _Token(packed(other), places, _OTHERWISE, heads_only=len(other) == 1)


def _in_context(grid: Grid, tokens: Iterable[_Token]) -> Iterator[Sense]:
    for token in tokens:
        if token.text in grid.packed_context:
            yield Sense(token.places, Role.CONTEXT, weight=_CONTEXT * token.factor, text=token.text)


def _negated(question: Question, grid: Grid, free: Sequence[int]) -> Iterator[Sense]:
    """What is not done yet: 還沒付款 are the rows that say 待付款 or 未付, else those that do not say it is done."""
    open_places = set(free)
    for word in question.words:
        before = NOT_YET.search(question.form[: word.start])
        if not before or len(word.text) < 2 or not open_places.issuperset(word.places):
            continue
        places = frozenset((*word.places, *range(before.start(), before.end())))
        own = (others for span, others in question.said_otherwise if span == (word.start, word.end))
        named = {word.text, *(other for others in own for other in others if len(other) > 1)}
        for column in grid.columns:
            done = {n for form, rows in column.distinct.items() if any(one in form for one in named) for n in rows}
            if not column.repeats or not done:
                continue
            if word.text in column.head:
                continue
            undone = [(f, r) for f, r in column.distinct.items() if r <= done and f[0] in "待未没不等尚"]
            if not undone and not any(form[0] == "已" for form in column.distinct):
                continue
            rows = frozenset[int]().union(*(r for _, r in undone)) if undone else grid.body - done
            yield Sense(places, Role.CELL, column.number, rows, 2.5, "\n".join(f for f, _ in undone))


def titled_senses(question: Question, grid: Grid, free: Sequence[int]) -> Iterator[Sense]:
    """The rows of whoever is called by surname and title: 羅老師 for 羅雅婷 below 指導老師."""
    for match in _TITLED.finditer(question.form):
        places = frozenset(range(*match.span()))
        for column in () if places.isdisjoint(free) else grid.columns:
            if COLUMN_KINDS["person"].heads.search(column.head):
                called = [(form, rows) for form, rows in column.distinct.items() if _is_called(form, match[1])]
                if len(called) == 1:
                    yield Sense(places, Role.CELL, column.number, called[0][1], 2.2, called[0][0])


def _is_called(form: str, surname: str) -> bool:
    return form.startswith(surname) and len(form) <= 4


def letter_senses(question: Question, grid: Grid, free: Sequence[int]) -> Iterator[Sense]:
    """What is told by one character: 朝南 and 南向 for 南 below 朝向, 女生 for 女, 空着 for 空置."""
    open_places = set(free)
    for word in question.words:
        if open_places.issuperset(word.places) and len(word.text) <= 2 and word.text not in PLAIN:
            places = frozenset(word.places)
            for column in grid.columns:
                if column.is_short or (grid.is_turned and column.number == grid.naming):
                    yield from _letter_cells(column, word.text, places)


def _letter_cells(column: Column, word: str, places: frozenset[int]) -> Iterator[Sense]:
    """The rows of all cells that a short word means, those that only begin with it apart."""
    meant, begun = set[int](), set[int]()
    for form, rows in column.distinct.items():
        alone = len(form) == 1 and form in word and word.replace(form, "", 1) in column.head + _QUALITIES
        if alone:
            meant |= rows
        elif len(word) == 1 and len(form) == 2 and form[0] == word and column.repeats:
            begun |= rows
    if meant or begun:
        yield Sense(places, Role.CELL, column.number, frozenset(meant or begun), 1.8 if meant else 1.5, word)
