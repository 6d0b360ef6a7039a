"""A text → the form in which free answers are compared: either script, any width, numbers by their value, no spaces.

Each number stands between two marks, so that 2 is not found in 12: 二十日, 20 天 and ２０日 are all #20#日.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from yinju.folding import fold
from yinju.numerals import NUMERALS, number_of

_MARK = "#"
_POWERS = {"万": 10**4, "亿": 10**8}
_RUN = f"[{''.join(sorted({*fold(NUMERALS)} - {'○'}))}万亿]"
_WORDS = frozenset(["零", "百", "千", "万", "亿", "万一"])
"""Alone they are words or parts of them more often than numbers: 百货, 万一."""
_DATE = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_PERCENT = re.compile(rf"百分之 *(\d+(?:\.\d+)?|{_RUN}+)")
_NUMBER = re.compile(
    rf"(?P<figures>\d+(?:,\d{{3}})+(?!\d)|\d+)(?P<part>\.\d+)?(?: *(?P<power>[万亿]))?|(?P<run>{_RUN}+)"
)
_COUNTED = re.compile(rf"(?<={_MARK})个(?=工作|小时|月)")
_DAYS = re.compile(rf"(?<={_MARK})(?:天|号(?!线))")


def comparable(text: str) -> str:
    """A text in the form in which it is compared."""
    text = _PERCENT.sub(r"\1%", _DATE.sub(r"\1年\3月\4日", fold(text.replace(_MARK, " "))))
    text = re.sub(r"\s+", "", _NUMBER.sub(_marked, text))
    return _DAYS.sub("日", _COUNTED.sub("", text))


def says_one(said: str, phrases: Iterable[str]) -> bool:
    """Whether a text in comparable form holds one of some phrases."""
    return any(comparable(phrase) in said for phrase in phrases)


def _marked(found: re.Match[str]) -> str:
    if run := found["run"]:
        return run if run in _WORDS else f"{_MARK}{_value(run)}{_MARK}"
    value = Decimal(found["figures"].replace(",", "") + (found["part"] or "")) * _POWERS.get(found["power"] or "", 1)
    return f"{_MARK}{value.normalize():f}{_MARK}"


def _value(run: str) -> int:
    """The number that a run of Chinese numerals writes: what stands before 亿 and before 万, and the rest."""
    total = 0
    for power, size in reversed(_POWERS.items()):
        before, found, rest = run.rpartition(power)
        if found:
            total, run = total + (_value(before) if before else 1) * size, rest
    return total + (number_of(run) or 0)
