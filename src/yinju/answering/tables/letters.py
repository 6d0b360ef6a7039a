"""Words of a question of which one character stands in a table, and what each of them may be."""

from collections.abc import Iterator, Sequence

from yinju.answering.tables.columns import Column
from yinju.answering.tables.grid import Grid
from yinju.answering.tables.names import packed
from yinju.answering.tables.question import Question
from yinju.answering.tables.sense import Role, Sense
from yinju.answering.tables.speech import PLAIN
from yinju.retrieval.thesaurus import alternatives

_QUALITIES = "生性面向边侧级等班区栋座楼组号型色"
"""What may stand beside such a character."""


def letter_senses(question: Question, grid: Grid, free: Sequence[int]) -> Iterator[Sense]:
    """What is told by one character: 朝南 and 南向 for 南 below 朝向, 女生 for 女 and for 進階 女, 空着 for 空置."""
    open_places = set(free)
    for word in question.words:
        if open_places.issuperset(word.places) and len(word.text) <= 2 and word.text not in PLAIN:
            places = frozenset(word.places)
            for column in grid.columns:
                if _has_part(column.head, word.text):
                    yield Sense(places, Role.HEAD, column.number, weight=2.0, text=packed(column.head))
                if column.is_short or (grid.is_turned and column.number == grid.naming):
                    yield from _letter_cells(column, word.text, places)


def _has_part(name: str, word: str) -> bool:
    """Whether a name of several words has one of a character that a word is made of: 進階 女 and 女生."""
    parts = name.split()
    return len(parts) > 1 and any(len(p) == 1 and p in word and word.replace(p, "", 1) in _QUALITIES for p in parts)


def _letter_cells(column: Column, word: str, places: frozenset[int]) -> Iterator[Sense]:
    """The rows of all cells that a short word means, those that only begin with it apart."""
    meant, begun = set[int](), set[int]()
    for form, rows in column.distinct.items():
        alone = len(form) == 1 and form in word and word.replace(form, "", 1) in column.head + _QUALITIES
        done = column.repeats and any(other in form for other in _done(word))
        if alone or done or _has_part(form, word):
            meant |= rows
        elif len(word) == 1 and len(form) == 2 and form[0] == word and column.repeats:
            begun |= rows
    if meant or begun:
        yield Sense(places, Role.CELL, column.number, frozenset(meant or begun), 1.8 if meant else 1.5, word)


def _done(word: str) -> list[str]:
    """Other single characters for a verb that is over: 售 for 賣掉."""
    others = alternatives(word[0]) if word[1:] in ("掉", "完", "出", "了") else ()
    return [rest for other in others if len(rest := other.replace(word[0], "")) == 1]
