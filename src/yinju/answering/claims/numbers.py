"""A number as it is written in a search form, 1,200, 3.5万, 1万5千, 15k or 一千二百 → its value."""

import math
import re

_DIGITS = {c: value for value, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10.0, "百": 100.0, "千": 1_000.0}
_LARGE = {"万": 1e4, "亿": 1e8, "兆": 1e12}  # floats: without end, they become infinite and do not raise
_SCALES = _TENS | _LARGE | {"k": 1_000.0}

HAN_NUMERAL = "零〇○一二两三四五六七八九十百千万亿兆廿卅"
DIGIT = "零〇一二三四五六七八九"
_THOUSAND = "千(?![克米瓦卡赫伏字])"
_SCALED = rf"(?:[百万亿兆]|{_THOUSAND})"
NUMBER = (
    rf"(?:\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?:k(?![a-z\d])|{_SCALED}\d{{1,4}}(?={_SCALED})"
    rf"|{_SCALED}\d(?=元|块|多|[,。、;]|$))?"
    rf"|(?:[{HAN_NUMERAL.replace('千', '')}几]|{_THOUSAND})+(?:点[{DIGIT}]+(?![分点]))?)\s?{_SCALED}*"
)
"""Pattern of a number; without a group of its own."""
_PART = r"(\d+(?:\.\d+)?)([百千]*)([万亿兆k]*)"
_WRITTEN = re.compile(r"(?:\d+(?:\.\d+)?[百千万亿兆k]*)+")


def number_of(text: str) -> float | None:
    """The value of a number written in Arabic or Chinese digits, such as 1,200, 3.5万 or 一千二百; None for others."""
    text = re.sub(r"[\s,]", "", text).replace("廿", "二十").replace("卅", "三十")
    if _WRITTEN.fullmatch(text):
        return _with_scales(text)
    whole, point, decimals = text.partition("点")
    if not all(c in _DIGITS or c in _TENS or c in _LARGE for c in whole) or not all(c in _DIGITS for c in decimals):
        return None
    total = _whole(whole)
    return total + float("0." + "".join(str(_DIGITS[c]) for c in decimals)) if point else total


def _with_scales(text: str) -> float:
    """The value of Arabic digits with 百, 千, 万 and the like between them: 1亿2000万, 1千5百万, 3万5."""
    total = section = 0.0
    scale = 10.0
    for digits, small, large in re.findall(_PART, text):
        size = math.prod(_SCALES[c] for c in small)
        section += float(digits) * (size if small or large or scale == 10.0 else scale / 10)
        scale = size
        if large:
            scale = math.prod(_SCALES[c] for c in large)
            total, section = total + section * scale, 0.0
    return total + section


def _whole(text: str) -> float:
    """The value of Chinese digits, positional as 二〇二三 or with tens and thousands."""
    if all(c in _DIGITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text) or 0)
    total = section = largest = 0.0
    digit: float | None = None
    scale = 1.0
    for c in text:
        if c in _DIGITS:
            digit = (digit or 0.0) * 10 + _DIGITS[c]
        elif c in _TENS:
            section += (1 if digit is None else digit) * _TENS[c]
            digit, scale = None, _TENS[c] / 10
        else:
            part, unit = section + (digit or 0) or 1.0, _LARGE[c]
            total = total + part * unit if unit < largest else (total + part if total else part) * unit
            section, digit, scale, largest = 0.0, None, unit / 10, unit
    short = len(text) > 1 and text[-1] in _DIGITS and text[-2] in "百千万亿"  # 三千五 is 3,500
    return total + section + (digit or 0) * (scale if short else 1)
