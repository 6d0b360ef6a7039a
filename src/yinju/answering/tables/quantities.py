"""Text → the numbers, days and times in it, in cells and in questions, so that both can be compared.

All over folded text. A day is yyyymmdd with zeros for what is not said, a time of day is its minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import inf

from yinju.answering.units import SAME_UNIT, in_smallest, units_agree
from yinju.numerals import NUMBER, NUMERAL, number_of, range_of, value_of
from yinju.types import Span

MOST_BESIDE = 10
"""Characters of a cell beside the day or time that it is."""
ROC = 1911
"""What the years of the Republic of China are counted from."""


class Measure(StrEnum):
    """What a quantity counts."""

    NUMBER = "number"
    DAY = "day"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, a day or a time, or what lies between two of them."""

    measure: Measure
    low: float
    high: float
    unit: str = ""

    @property
    def is_single(self) -> bool:
        """Whether it is one value and no range."""
        return self.low == self.high


KNOWN_UNITS = frozenset({*SAME_UNIT, *"人 位 名 个人 次 回 趟 台 部 辆 日 夜 晚 月 分".split()})
"""What is a unit wherever it stands behind a number."""
_KNOWN_UNIT = rf"(?:{'|'.join(sorted(map(re.escape, KNOWN_UNITS), key=len, reverse=True))})"
_DURATIONS = {"月": "个月", "分": "分钟"}
"""What cells and questions write for a duration."""
UNIT_PATTERN = rf"(?:{_KNOWN_UNIT}|[%℃°㎡a-z]{{1,4}}|[一-鿿]{{1,2}})"
_LEAD = rf"(?:(?!{NUMERAL})[^a-z:至到~]){{0,4}}?"
_MONEY_SIGN = re.compile(r"(?:nt|us|hk)?[$¥￥]|rmb")
_NUMERALS = re.compile(NUMERAL)
_CELL = re.compile(
    rf"{_LEAD}(?P<sign>[-−])?(?P<n>(?=\d){NUMBER}|(?:{NUMBER}|半)(?={_KNOWN_UNIT}))\s?(?P<unit>{UNIT_PATTERN}(?:/[一-鿿a-z]{{1,2}})?)??"
    r"\s?(?P<open>以上|以下|以内|之内|未满|不到|起|\+|左右)?(?:[/(].{0,8})?"
)
_RANGE = re.compile(
    rf"{_LEAD}(?P<a>(?=\d){NUMBER})\s?(?P<ua>{UNIT_PATTERN})?\s?(?:-|–|—|~|至|到)\s?"
    rf"(?P<b>(?=\d){NUMBER})\s?(?P<unit>{UNIT_PATTERN})?.{{0,2}}"
)
_Y, _M, _D = r"(?P<y>\d{4}|1\d\d)", r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])", (
    r"(?P<d>3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
)  # fmt: skip
_DAYS = tuple(re.compile(pattern) for pattern in (
    rf"(?<![\d.]){_Y}\s?(?:[-/.]|年)\s?{_M}\s?(?:[-/.]|月)\s?{_D}(?:日|号)?(?![\d.])",
    rf"(?<![\d.]){_Y}\s?(?:-|/|年)\s?{_M}(?:月份?)?(?![\d-])",
    rf"(?<![\d.一二三四五六七八九十个]){_M}\s?(?:月\s?{_D}(?:日|号)|(?:月|/)\s?(?P<d2>3[01]|[12]\d|0?[1-9])(?:日|号)?)(?!\d|[折分])",
    rf"(?<![\d.一二三四五六七八九十个上下几多数]){_M}月份?(?![一-鿿]?[\d])",
    rf"(?<![\d.]){_Y}年(?!级|以[上下内]|内|次)",
))  # fmt: skip
_CLOCK_N = r"(?:[01]?\d|2[0-4]|十[一二]?|[一二两三四五六七八九])"
_CLOCK = re.compile(
    rf"(?P<half>上午|早上|清晨|凌晨|中午|下午|晚上|傍晚|晚|早|am|pm)?\s?(?P<h>{_CLOCK_N})"
    r"(?::(?P<mm>[0-5]\d)|点(?:(?P<quarter>半|一刻|三刻|整)|(?P<m>[0-5]?\d)分?)?)(?!\d|[一-鿿]?:)"
)


def same_unit(one: str, other: str) -> bool:
    """Whether two units count the same or measure one kind of thing; no unit is as any."""
    own, its = _name(one), _name(other)
    if units_agree(own, its, followed=False):
        return True
    kinds = [measured[0] for unit in (own, its) if (measured := in_smallest(1, unit))]
    return len(kinds) == 2 and kinds[0] == kinds[1]


def in_smallest_unit(quantity: Quantity) -> Quantity:
    """A number in the smallest unit of what it measures; as it is where its unit is not converted."""
    low, high = in_smallest(quantity.low, _name(quantity.unit)), in_smallest(quantity.high, _name(quantity.unit))
    return Quantity(quantity.measure, low[1], high[1], low[0]) if low and high else quantity


def _name(unit: str) -> str:
    """The first name of a unit."""
    return SAME_UNIT.get(unit, _DURATIONS.get(unit, unit))


@lru_cache(maxsize=50_000)
def read_quantity(cell: str) -> Quantity | None:
    """The one quantity that a cell is, with its unit; None for words and for several quantities."""
    cell = cell.strip()
    if not cell or len(cell) > 40 or not _NUMERALS.search(cell):
        return None
    for measure, found_in in ((Measure.DAY, days_in), (Measure.CLOCK, clocks_in)):
        placed = [*found_in(cell)]
        if placed:
            beside = len(cell) - sum(end - start for _, (start, end) in placed)
            is_one = len(placed) <= 2 and beside <= MOST_BESIDE
            return Quantity(measure, placed[0][0], placed[-1][0]) if is_one else None
    cell = _MONEY_SIGN.sub("", cell)
    if found := _RANGE.fullmatch(cell):
        low, high = range_of(found["a"], found["b"])
        if low is not None and high is not None and low <= high:
            return Quantity(Measure.NUMBER, low, high, found["unit"] or found["ua"] or "")
    found = _CELL.fullmatch(cell)
    number = value_of(found["n"]) if found else None
    if not found or number is None:
        return None
    value = -number if found["sign"] else number
    unit = (found["unit"] or "").partition("/")[0]
    if found["open"] in ("以上", "起", "+"):
        return Quantity(Measure.NUMBER, value, inf, unit)
    if found["open"] in ("以下", "以内", "之内", "未满", "不到"):
        return Quantity(Measure.NUMBER, -inf, value, unit)
    return Quantity(Measure.NUMBER, value, value, unit)


def days_in(text: str) -> Iterator[tuple[int, Span]]:
    """The days in a text, in order: as yyyymmdd, and where they stand."""
    found: list[tuple[int, Span]] = []
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for _, (start, end) in found):
                said = match.groupdict()
                year = int(said.get("y") or 0)
                year += ROC if 0 < year < 1000 else 0
                month = number_of(said["m"] or "0") if "m" in said else 0
                day = number_of(said.get("d") or said.get("d2") or "0")
                found.append((year * 10_000 + (month or 0) * 100 + (day or 0), match.span()))
    yield from sorted(found, key=lambda one: one[1])


def clocks_in(text: str) -> Iterator[tuple[int, Span]]:
    """The times of day in a text, in order: as minutes, and where they stand."""
    for match in _CLOCK.finditer(text):
        hour = number_of(match["h"]) or 0
        if hour < 12 and (match["half"] or "") in ("下午", "晚上", "傍晚", "晚", "pm"):
            hour += 12
        quarter = {"半": 30, "一刻": 15, "三刻": 45}.get(match["quarter"] or "", 0)
        yield hour * 60 + int(match["mm"] or match["m"] or quarter), match.span()


def weekday_of(day: float) -> str:
    """The day of the week as 一 … 日; empty for no whole day."""
    number = int(day)
    try:
        return "一二三四五六日"[date(number // 10_000, number // 100 % 100, number % 100).weekday()]
    except ValueError:
        return ""
