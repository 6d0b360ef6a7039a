"""A text → the form in which free answers are compared: either script, any width, numbers by their value, no spaces.

Each number stands between two marks, so that 2 is not found in 12: 二十日, 20 天 and ２０日 are all #20#日.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from yinju.folding import fold
from yinju.numerals import NUMBER, number_of, value_of

_MARK = "#"
_WORDS = frozenset(["零", "百", "千", "万", "亿", "万一"])
"""Alone they are words or parts of them more often than numbers: 百货, 万一."""
_DATE = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_PERCENT = re.compile(rf"百分之 *({NUMBER})")
_NUMBER = re.compile(NUMBER)
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
    written = found.group().strip()
    whole = number_of(written)
    value = value_of(written) if whole is None else whole
    return written if value is None or written in _WORDS else f"{_MARK}{Decimal(repr(value)).normalize():f}{_MARK}"
