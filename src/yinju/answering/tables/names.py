"""Heads and cells → what questions may call them: parts, other digits, codes without hyphens; what a word may mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from yinju.answering.tables.quantities import read_quantity
from yinju.folding import HAN
from yinju.numerals import number_of
from yinju.types import Span

LONGEST_NAME = 30
"""Characters of a cell that a question may hold whole."""
_PARTS = re.compile(r"[、,;/()\[\]+·:|~《》「」“”\"'\s]+|(?<=[^0-9a-z])和(?=[^0-9a-z])|及|与")
_HAN_NUMBER = re.compile("[一二三四五六七八九十]{1,3}")
_DIGITS = re.compile(r"(?<![\d.a-z])\d{1,2}(?![\d.a-z])")
_WEEKDAY = re.compile("(?:星期|礼拜|周)(?=[一二三四五六日天])")
_THROUGH = re.compile(r"([a-z]{1,3})(\d{1,3})(?:至|到|~)?\1(\d{1,3})")
_TAILED = re.compile(r"[a-z]{1,4}(\d+[a-z]{1,2})")
_GAPS = re.compile(r"[\s\-_–]+")
BRACKETS = re.compile(r"[(\[].*?[)\]]")


def packed(form: str) -> str:
    """A search form without gaps and hyphens, in which people and documents differ: n-a5 is na5."""
    return _GAPS.sub("", form)


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a question may call by its name: a column, or the rows with a cell."""

    column: int
    rows: frozenset[int] | None = None
    """The rows with that cell; None for a column's head."""
    is_whole: bool = True
    """Whether it is all of the head or cell."""


def spoken_names(form: str, is_head: bool = False) -> Iterator[tuple[str, bool]]:
    """What a head or cell may be called: itself, without brackets, and parts of it; packed.

    What a head has in brackets is a unit or a remark, and no name.
    """
    whole, measured = packed(form), read_quantity(form) is not None
    bare = packed(BRACKETS.sub("", form))
    said = {name: True for name in (whole, bare)}
    for part in () if measured else _PARTS.split(BRACKETS.sub("", form) if is_head else form):
        said.setdefault(packed(part), False)
    for name, is_whole in said.items():
        if _may_be_named(name):
            yield name, is_whole
            for other in _variants(name):
                if other not in said:
                    yield other, is_whole


def _may_be_named(name: str) -> bool:
    if not name or len(name) > LONGEST_NAME:
        return False
    if name.isdigit():
        return len(name) > 2
    return len(name) > 1 or name.isascii()


def _variants(name: str) -> Iterator[str]:
    """The name with its numbers in other digits, and days of the week said otherwise."""
    yield from _codes(name)
    if _HAN_NUMBER.search(name):
        yield _HAN_NUMBER.sub(lambda m: str(number_of(m.group())), name)
    if re.fullmatch(r"(?:19|20)\d\d年", name):
        yield name[:-1]
    if _DIGITS.search(name) and re.search(f"[{HAN}]", name):
        yield _DIGITS.sub(lambda m: _in_han(int(m.group())), name)
    if _WEEKDAY.search(name):
        yield from (_WEEKDAY.sub(day, name) for day in ("星期", "周", "礼拜"))


def _codes(name: str) -> Iterator[str]:
    """The codes from one to another, G1 to G3, and a code without the letters before it."""
    through, tailed = _THROUGH.fullmatch(name), _TAILED.fullmatch(name)
    if through and 0 < int(through[3]) - int(through[2]) <= 50:
        yield from (f"{through[1]}{n}" for n in range(int(through[2]), int(through[3]) + 1))
    if tailed:
        yield tailed[1]


def _in_han(number: int) -> str:
    """A number below a hundred in Chinese."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


class Role(StrEnum):
    """What a word of a question is to a table."""

    HEAD = "head"
    CELL = "cell"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to understand some characters of a question."""

    places: frozenset[int]
    """The characters, in the question's search form."""
    role: Role
    column: int = -1
    rows: frozenset[int] = frozenset()
    """Of a cell: the rows that have it."""
    weight: float = 0.0
    """How much each character counts: whole names most, words that stand somewhere in a text least."""
    text: str = ""
    """What it is found in, packed."""
    is_whole: bool = False
    is_amount: bool = False
    """Whether it is a number, a day or a time, which says nothing of what table is meant."""

    @property
    def span(self) -> Span:
        """From its first to its last character."""
        return min(self.places), max(self.places) + 1
