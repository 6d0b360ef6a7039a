"""The attributes of a list and of its items → the number that a browser draws before each."""

import re
from collections.abc import Callable, Mapping

BULLET = "•"
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                   ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True))  # fmt: skip
_MOST = 9_999
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def stated_style(attributes: Mapping[str, str]) -> str | None:
    """The style that an element gives its numbers, in CSS's words; None where it says nothing."""
    style = _STYLE.search(attributes.get("style", "")[:1_000])
    if style:
        named = (word for word in style[1].lower().split() if word == "none" or word in _STYLES or word in _BULLETS)
        if found := next(named, None):
            return found
    return _TYPES.get(attributes.get("type", ""))


def drawn_number(number: int, style: str) -> str:
    """The number as it is drawn, with the mark after it: 3., c., iii., 三、; a bullet for a style without numbers."""
    if style in _BULLETS:
        return BULLET
    write, mark = _STYLES.get(style, _STYLES["decimal"])
    written = write(number) if 0 < number <= _MOST else ""
    return f"{written}{mark}" if written else f"{number}."


def whole_number(stated: str | None) -> int | None:
    """The number in an attribute; None where there is none, or one that nobody counts to."""
    found = re.fullmatch(r"\s*([+-]?\d{1,9})\s*", stated or "")
    return int(found[1]) if found else None


def _letters(first: str, count: int = 26) -> Callable[[int], str]:
    def write(number: int) -> str:
        letters = ""
        while number:
            number, place = divmod(number - 1, count)
            letters = chr(ord(first) + place) + letters
        return letters

    return write


def _roman(number: int) -> str:
    letters = ""
    for value, spelled in _ROMAN if number < 4_000 else ():
        letters += spelled * (number // value)
        number %= value
    return letters


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else ""


def _chinese(digits: str, units: str) -> Callable[[int], str]:
    """Numbers up to 9,999 as they are spoken: 二十一, 一百零五."""

    def write(number: int) -> str:
        spoken, gap = "", False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if digit:
                spoken += (digits[0] if gap and spoken else "") + digits[digit] + (units[power - 1] if power else "")
            gap = digit == 0
        informal = digits[1] + units[0]
        return spoken[1:] if number < 20 and spoken.startswith(informal) and digits[1] == "一" else spoken

    return write


_INFORMAL = _chinese("零一二三四五六七八九", "十百千")
_STYLES: dict[str, tuple[Callable[[int], str], str]] = {
    "decimal": (str, "."),
    "decimal-leading-zero": (lambda number: f"{number:02}", "."),
    "lower-alpha": (_letters("a"), "."),
    "lower-latin": (_letters("a"), "."),
    "upper-alpha": (_letters("A"), "."),
    "upper-latin": (_letters("A"), "."),
    "lower-greek": (_cycle("αβγδεζηθικλμνξοπρστυφχψω"), "."),
    "lower-roman": (_roman, "."),
    "upper-roman": (lambda number: _roman(number).upper(), "."),
    "cjk-ideographic": (_INFORMAL, "、"),
    "trad-chinese-informal": (_INFORMAL, "、"),
    "simp-chinese-informal": (_INFORMAL, "、"),
    "japanese-informal": (_INFORMAL, "、"),
    "trad-chinese-formal": (_chinese("零壹貳參肆伍陸柒捌玖", "拾佰仟"), "、"),
    "simp-chinese-formal": (_chinese("零壹贰叁肆伍陆柒捌玖", "拾佰仟"), "、"),
    "cjk-decimal": (lambda number: str(number).translate(str.maketrans("0123456789", "〇一二三四五六七八九")), "、"),
    "cjk-heavenly-stem": (_cycle(_STEMS), "、"),
    "cjk-earthly-branch": (_cycle(_BRANCHES), "、"),
}
_BULLETS = ("disc", "circle", "square", "disclosure-open", "disclosure-closed")
