"""Whole numbers as they are written before a heading, an article or a point of a list: 3, ３, 三, 十二, 三百零一."""

import re

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")}
_DIGITS |= dict(zip("零○两兩壹贰貳叁參肆伍陆陸柒捌玖", (0, 0, 2, 2, 1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}

NUMERALS = "".join((*_DIGITS, *_PLACES, *_TENS))
"""The characters of a Chinese number, for a character class."""


_COUNTED = re.compile(rf"[{NUMERALS}]{{1,7}}(?=[年月日号点时条章节次回期版届屆个個]|季度)")


def with_digits(text: str) -> str:
    """A text without spaces, numbers before 年, 月, 次 and the like in digits: 第三次 and 第 3 次 are one."""
    return _COUNTED.sub(lambda match: str(number_of(match.group())), "".join(text.split()))


def number_of(written: str) -> int | None:
    """The number that Chinese or other digits write, below ten thousand; None for what is none."""
    if written.isdecimal():
        return int(written)
    if not written or not all(c in _DIGITS or c in _PLACES or c in _TENS for c in written):
        return None
    if len(written) > 1 and all(c in _DIGITS for c in written):  # 二〇二四: digits by their place
        return int("".join(str(_DIGITS[c]) for c in written)) if len(written) < 10 else None
    total, digit = 0, 0
    for character in written:
        if character in _PLACES:
            total += max(digit, 1) * _PLACES[character]
            digit = 0
        elif character in _TENS:
            total += _TENS[character]
        else:
            digit = _DIGITS[character]
    return total + digit
