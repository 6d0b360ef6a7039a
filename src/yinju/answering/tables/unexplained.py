"""A question read over a table → the words that nothing explains, and what it names that the table does not have."""

import re
from collections.abc import Iterable, Iterator, Sequence

from yinju.answering.tables.asking import Binding, bind_asks
from yinju.answering.tables.grid import Grid
from yinju.answering.tables.grounding import Grounding
from yinju.answering.tables.lexicon import TIMED
from yinju.answering.tables.names import packed
from yinju.answering.tables.quantities import Measure, read_quantity, same_unit
from yinju.answering.tables.question import Word

_SUFFIX = frozenset("版型款区级类号班组社店部室馆票费课")
"""What people add to a name that a table has without it."""
GAPS = ("-", "_", ".", " ")
LONGEST = 14
"""Characters of what may be such a name."""
MOST_COMMON = 3
"""Characters up to which a way of writing is too common to tell by itself what table is meant."""
ALIKE = 0.5
"""The share of a column's cells that must be written alike for another to be missed among them."""
_HAN_NUMBER = re.compile("[零一二三四五六七八九十百甲乙丙丁戊]+")
_DESIGNATES = re.compile("[0-9a-z零一二三四五六七八九十甲乙丙丁]")
_TIMED = re.compile(r"(?:\d{1,4}(?:[年日号]|月份?))+|[一二三四五六七八九十]+月|月份")


def still_unexplained(found: Grounding, bound: Sequence[Binding]) -> list[Word]:
    """The words that neither the table nor what is asked explains: not verbs beside a word that asks, 誰負責."""
    left = list[Word]()
    asked = "\n".join(found.grid.columns[n].head for binding in bound for n in binding.columns)
    timed = "\n".join(
        found.grid.columns[n].head
        for b in bound for n in b.columns if b.ask.kind and b.ask.kind.name in ("time", "duration", "weekday")
    )  # fmt: skip
    ends = {place for binding in bound for place in binding.ask.span}
    units = {
        n for b in bound if b.ask.is_count and b.columns for n in range(b.ask.span[1], b.ask.span[1] + len(b.ask.unit))
    }
    for word in found.unexplained:
        if units.issuperset(word.places):
            continue
        beside = word.start in ends or word.end in ends
        loose = word.is_verb or (len(word.text) == 1 and word.tag[:1] in ("u", "p", "d", "z"))
        if beside and (loose or word.text in TIMED or {*word.text} <= {*asked} or any(c in timed for c in word.text)):
            continue
        if _beside_name(found, word):
            continue
        left.append(word)
    return left


def _beside_name(found: Grounding, word: Word) -> bool:
    """Whether a character is what people add to a name, 版 or 區, or what they do with the thing: 刷信用卡."""
    follows = (
        len(word.text) == 1
        and word.text in _SUFFIX
        and any(sense.span[1] == word.start and sense.is_whole for sense in found.senses)
    )
    return follows or (
        (word.is_verb or (len(word.text) == 1 and word.tag[:1] == "z"))
        and any(sense.span[0] == word.end and sense.is_whole for sense in found.senses)
    )


def lacking(found: Grounding) -> str:
    """The code, number, day or numbered name that a table should have and has not; empty where it lacks more or less.

    All else that the question says is explained, and others written alike stand in the table.
    """
    if found.conflict:
        return ""
    called = next((name for name in _called(found)), "")
    bound = bind_asks(found)
    if bound is None or called:
        return called
    spans = [*_spans(found, still_unexplained(found, bound))]
    text = found.question.form[slice(*spans[0])] if len(spans) == 1 else ""
    if not 0 < len(text) <= LONGEST or not _DESIGNATES.search(text):
        return ""
    said, shape = found.question.said(*spans[0]), shape_of(text)
    anchored = any(b.ask.kind for b in bound) or any(not sense.is_amount for sense in found.senses)
    if any(shape in shapes for shapes in _shapes(found.grid)):
        return said if anchored or len(shape) > MOST_COMMON else ""
    return said if anchored and _is_amount_of(found.grid, text) else ""


def _is_amount_of(grid: Grid, text: str) -> bool:
    """Whether something is a number in a unit of a column, or a day where one has days."""
    quantity = read_quantity(text)
    if quantity and quantity.unit and any(same_unit(c.unit, quantity.unit) for c in grid.columns if c.unit):
        return True
    return _TIMED.fullmatch(text) is not None and any(c.measure is Measure.DAY for c in grid.columns)


def shape_of(text: str) -> str:
    """How a name is written: digits as 0, letters as a, Chinese numbers as 一."""
    text = _HAN_NUMBER.sub("一", packed(text))
    return re.sub("[a-z]", "a", re.sub("[0-9]", "0", text))


def _called(found: Grounding) -> Iterator[str]:
    """What stands beside the name of the first column and is written as its cells are, but is none: F 河段."""
    grid = found.grid
    shapes = _common(grid.columns[grid.naming].distinct)
    edges = {place for head in found.heads if head.column == grid.naming and head.is_whole for place in head.span}
    for start, end in _spans(found, found.unexplained):
        if edges & {start, end} and shape_of(found.question.form[start:end]) in shapes:
            yield found.question.said(start, end)


def _spans(found: Grounding, words: Iterable[Word]) -> Iterator[tuple[int, int]]:
    """The stretches of the question that are words nothing explains, or amounts that no cell meets."""
    left = {n for span in found.unmet for n in range(*span)} | {n for word in words for n in word.places}
    form, start = found.question.form, -1
    for place in range(len(form) + 1):
        if place in left or (start >= 0 and form[place : place + 1] in GAPS and place + 1 in left):
            start = place if start < 0 else start
        elif start >= 0:
            yield start, place
            start = -1


def _shapes(grid: Grid) -> Iterator[frozenset[str]]:
    """How the cells of each column of names or codes are written, and the heads."""
    for column in grid.columns:
        if column.number == grid.naming or column.is_code or column.is_short:
            yield _common(column.distinct)
    yield frozenset(shape_of(column.head) for column in grid.columns if _DESIGNATES.search(column.head))


def _common(forms: Iterable[str]) -> frozenset[str]:
    """The ways of writing that names of a column have in common; also without the character behind their number."""
    counts: dict[str, int] = {}
    forms = [*forms]
    for form in forms:
        counts[shape_of(form)] = counts.get(shape_of(form), 0) + 1
    kept = {
        shape for shape, count in counts.items() if _DESIGNATES.search(shape) and count >= min(ALIKE * len(forms), 2)
    }
    return frozenset(kept | {f"{shape}{end}" for shape in kept for end in "房号楼班级室座桌"})
