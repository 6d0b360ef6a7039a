"""Headings → which of them is 第六章, the meeting of July, the last one: by the number or date that they begin with."""

import re
from collections.abc import Callable, Iterable, Sequence

from yinju.answering.outline.request import Part
from yinju.folding import fold
from yinju.numerals import NUMERALS, number_of

Path = tuple[str, ...]
"""The headings above a section, outermost first, its own last."""

_N = f"(?:\\d+|[{NUMERALS}]+)"
_MONTH_DAY = re.compile(
    f"(?P<month>{_N})月(?:(?P<day>{_N})[日号])?|\\d{{4}}[-/.](?P<m>\\d{{1,2}})(?:[-/.](?P<d>\\d{{1,2}}))?"
)
_ORDINAL = re.compile(f"第(?P<number>{_N})(?P<unit>[^\\d\\s]?)")
_LEADING = re.compile(f"[(（]?(?P<number>{_N})(?:[、.．)）]|\\s)")
_CHAPTERS = ("章", "章节", "节", "部分", "部份", "点", "大点", "单元", "段", "篇", "讲", "课")


def of_part(part: Part, paths: Iterable[Path]) -> list[Path]:
    """The sections of a number, a date, or the last of those that have one; outer ones first."""
    ordered = sorted(paths, key=len)
    if part.last:
        last = last_of([path[-1] for path in ordered], part.unit)
        return [path for path in ordered if path[-1] == last][:1]
    is_it: Callable[[str], bool] = (lambda h: _is_numbered(h, part)) if part.number else (lambda h: is_dated(h, part))
    return [path for path in ordered if is_it(path[-1])]


def has_unit(path: Path, part: Part) -> bool:
    """Whether a section is headed by the very unit that is asked for, 第三章 and not 三."""
    return (match := _ORDINAL.search(_plain(path[-1]))) is not None and match["unit"] == part.unit[:1]


def last_of(headings: Sequence[str], unit: str) -> str | None:
    """The heading of the highest number or the latest date; None where fewer than two have one."""
    keyed = [(key, heading) for heading in headings if (key := _order(heading, unit))]
    return max(keyed)[1] if len(keyed) > 1 else None


def _plain(heading: str) -> str:
    return re.sub(r"\s+", "", fold(heading))


def _is_numbered(heading: str, part: Part) -> bool:
    said = _plain(heading)
    if match := _ORDINAL.search(said):
        same = match["unit"] == part.unit[:1] or (match["unit"] in "章节" and part.unit in ("章", "节", "章节"))
        return number_of(match["number"]) == part.number and same
    match = _LEADING.match(fold(heading).strip())
    return part.unit in _CHAPTERS and match is not None and number_of(match["number"]) == part.number


def is_dated(heading: str, part: Part) -> bool:
    """Whether a heading holds the month that is asked for, and the day."""
    for match in _MONTH_DAY.finditer(_plain(heading)):
        month, day = (number_of(match[a] or match[b] or "") for a, b in (("month", "m"), ("day", "d")))
        if month == part.month and (not part.day or day == part.day):
            return True
    return False


def _order(heading: str, unit: str) -> tuple[int, int, int] | None:
    """By what the last of some sections is known: its number, else its month and day; None where it has neither."""
    said = _plain(heading)
    ordinal, date = _ORDINAL.search(said), _MONTH_DAY.search(said)
    if ordinal and ordinal["unit"] == unit:
        return number_of(ordinal["number"]) or 0, 0, 0
    if date and unit not in ("章", "节"):
        return 0, number_of(date["month"] or date["m"]) or 0, number_of(date["day"] or date["d"] or "") or 0
    return None
