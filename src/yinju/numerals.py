"""A number as it is written, 3, 十二, 1,200, 3.5 万, 1万5千, 15k or 三千五 → its value; and the pattern of one."""

import math
import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
_DIGITS |= dict(zip("〇○两兩壹贰貳叁參肆伍陆陸柒捌玖", (0, 0, 2, 2, 1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
_PLACES = {"十": 10.0, "拾": 10.0, "百": 100.0, "佰": 100.0, "千": 1_000.0, "仟": 1_000.0}
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
_LARGE = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12}
"""Floats: without end, they become infinite and do not raise."""
_SCALES = {**_PLACES, **_LARGE, "k": 1_000.0}

NUMERALS = "".join((*_DIGITS, *_PLACES, *_TENS))
"""The characters of a Chinese number below ten thousand, in either script, for a character class."""

DIGIT = "零〇一二三四五六七八九"
HAN_NUMERAL = f"{DIGIT}○两十百千万亿兆廿卅"
NUMERAL = f"[0-9{DIGIT}十百千万亿两半]"
"""Characters of numbers in folded text; the last is the pattern of one."""

_THOUSAND = "千(?![克米瓦卡赫伏字])"
_SCALED = rf"(?:[百万亿兆]|{_THOUSAND})"
NUMBER = (
    rf"(?:\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?:k(?![a-z\d])|{_SCALED}\d{{1,4}}(?={_SCALED})"
    rf"|{_SCALED}\d(?=元|块|多|[,。、;]|$))?"
    rf"|(?:[{HAN_NUMERAL.replace('千', '')}几]|{_THOUSAND})+(?:点[{DIGIT}]+(?![分点]))?)\s?{_SCALED}*"
)
"""Pattern of a number in folded text; without a group of its own."""

_PART = re.compile(rf"(\d+(?:\.\d+)?)([{''.join(_PLACES)}]*)([{''.join(_LARGE)}k]*)")
_FIGURES = re.compile(rf"\d+(?:\.\d+)?(?:[{''.join(_SCALES)}]+\d+(?:\.\d+)?)*[{''.join(_SCALES)}]*")
_COUNTED = re.compile(rf"[{NUMERALS}]{{1,7}}(?=[年月日号点时条章节次回期版届屆个個]|季度)")


def with_digits(text: str) -> str:
    """A text without spaces, numbers before 年, 月, 次 and the like in digits: 第三次 and 第 3 次 are one."""
    return _COUNTED.sub(lambda match: str(number_of(match.group())), "".join(text.split()))


def number_of(written: str) -> int | None:
    """The whole number that Chinese or other digits alone write; None for what is none."""
    if written.isdecimal():
        return int(written)
    value = _whole(written)
    return int(value) if value is not None and math.isfinite(value) else None


def value_of(written: str) -> float | None:
    """The value of a number in digits of either kind, with 万, 点, k and the like; 半 is a half, None what is none."""
    written = re.sub(r"[\s,]", "", written)
    if written == "半":
        return 0.5
    if _FIGURES.fullmatch(written):
        return _with_scales(written)
    whole, point, decimals = written.partition("点")
    value = _whole(whole or "零" * bool(point))
    if value is None or bool(point) != bool(decimals) or not all(c in _DIGITS for c in decimals):
        return None
    return value + float("0." + "".join(str(_DIGITS[c]) for c in decimals)) if point else value


def range_of(low: str, high: str) -> tuple[float | None, float | None]:
    """The values of both ends of a range; the scale of the second is the first's too where it fits: 3–5万."""
    one, two = value_of(low), value_of(high)
    scales = re.search(rf"[{''.join(_SCALES)}]+$", high.strip())
    if one is None or two is None or not scales or any(c in _SCALES for c in low):
        return one, two
    scaled = one * math.prod(_SCALES[c] for c in scales.group())
    return (scaled if scaled < two else one), two


def _with_scales(text: str) -> float:
    """The value of Arabic digits with 百, 千, 万 and the like between them: 1亿2000万, 1千5百万, 3万5."""
    total = section = 0.0
    scale = 10.0
    for digits, small, large in _PART.findall(text):
        size = math.prod(_SCALES[c] for c in small)
        section += float(digits) * (size if small or large or scale == 10.0 else scale / 10)
        scale = size
        if large:
            scale = math.prod(_SCALES[c] for c in large)
            total, section = total + section * scale, 0.0
    return round(total + section, 6)


def _whole(text: str) -> float | None:
    """The value of Chinese digits, positional as 二〇二三 or with tens and thousands; None for what is none."""
    text = re.sub("[廿卅卌]", lambda ten: _TENS[ten.group()], text)
    if not text or not all(c in _DIGITS or c in _PLACES or c in _LARGE for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    total = section = largest = 0.0
    digit: float | None = None
    scale = 1.0
    for c in text:
        if c in _DIGITS:
            digit = (digit or 0.0) * 10 + _DIGITS[c]
        elif c in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[c]
            digit, scale = None, _PLACES[c] / 10
        else:
            part, unit = section + (digit or 0) or 1.0, _LARGE[c]
            total = total + part * unit if unit < largest else (total + part if total else part) * unit
            section, digit, scale, largest = 0.0, None, unit / 10, unit
    short = len(text) > 1 and text[-1] in _DIGITS and (text[-2] in _LARGE or _PLACES.get(text[-2], 0) > 10)
    return total + section + (digit or 0) * (scale if short else 1)  # 三千五 is 3,500
