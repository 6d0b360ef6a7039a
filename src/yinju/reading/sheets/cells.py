"""The cells of a workbook → how they are shown: texts, numbers by the patterns of their styles, dates and times."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from yinju.reading.package import Package
from yinju.reading.table import shown_number

_STRINGS = "xl/sharedStrings.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALF_SECOND = datetime.timedelta(microseconds=500_000)
_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Patterns that files need not spell out, all of dates or times: ECMA-376, part 1, 18.8.30."""
_ANY_DATE = "yyyy/m/d h:mm"


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all sheets refer to by number: their texts, as shown, and the patterns of their styles."""

    texts: Sequence[str]
    patterns: Sequence[str]
    dates: frozenset[int]
    """The styles whose numbers are dates or times."""
    durations: frozenset[int]
    epoch: datetime.datetime
    is_unsaved: bool
    """Whether a program has yet to work out all formulas, so that no 0 beside one can be trusted."""


def read_book(package: Package, part: str, root: Any) -> Book:  # noqa: ANN401 - lxml has no types
    """What the cells refer to, from the parts beside the sheets."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

    strings = package.related("sharedStrings", part) or (_STRINGS if _STRINGS in package.names else None)
    texts = package.root(strings).iterchildren("{*}si") if strings else ()
    styles = package.related("styles", part)
    patterns = [*_patterns(package.root(styles))] if styles else []
    properties, calculation = root.find("{*}workbookPr"), root.find("{*}calcPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true", "t")
    return Book(
        [_shown_text(_text(text).replace("x005F_", "")) for text in texts],
        patterns,
        frozenset(number for number, pattern in enumerate(patterns) if is_date_format(pattern)),
        frozenset(number for number, pattern in enumerate(patterns) if is_timedelta_format(pattern)),
        MAC_EPOCH if from_1904 else WINDOWS_EPOCH,
        calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true"),
    )


def _patterns(styles: Any) -> Iterator[str]:  # noqa: ANN401
    """The number pattern of each style that a cell can have."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    known = dict(BUILTIN_FORMATS) | dict.fromkeys(_EAST_ASIAN_DATES, _ANY_DATE)
    known |= {
        int(stated.get("numFmtId")): stated.get("formatCode", "") for stated in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        yield known.get(int(style.get("numFmtId", "0")), "General")


def _text(element: Any) -> str:  # noqa: ANN401
    """The characters of a shared or inline text, without how they are pronounced."""
    pieces = []
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [text.text or "" for text in child.iterchildren("{*}t")]
    return "".join(pieces)


def shown_cell(cell: Any, book: Book) -> str:  # noqa: ANN401
    """A cell's value as it is shown, in one line; an error is shown as nothing."""
    kind, value = cell.get("t"), None
    for child in cell:
        if child.tag.endswith("}v"):
            value = child.text
        elif kind == "inlineStr" and child.tag.endswith("}is"):
            return _shown_text(_text(child))
    if not value or kind in ("e", "inlineStr"):
        return ""
    if kind == "n" or kind is None:
        return shown_by_style(value, int(cell.get("s") or 0), book)
    if kind == "s":
        return book.texts[int(value)]
    if kind == "b":
        return "是" if int(value) else "否"
    if kind == "d":
        from openpyxl.utils.datetime import from_ISO8601

        return _shown_moment(from_ISO8601(value))
    return _shown_text(value)


def shown_by_style(text: str, style: int, book: Book) -> str:
    """A number as the pattern of its style shows it, which may be as a date; nothing where none has that number."""
    value = int(text) if text.isdecimal() else float(text) if {*text} & {*".eE"} else int(text)
    if style not in book.dates:
        return shown_number(value, book.patterns[style] if book.patterns else "")
    from openpyxl.utils.datetime import from_excel

    try:
        return _shown_moment(from_excel(value, book.epoch, timedelta=style in book.durations))
    except (OverflowError, ValueError):
        return ""


def _shown_moment(value: object) -> str:
    """A date, time or duration; seconds only where a time has any."""
    if isinstance(value, datetime.datetime):
        moment = (value + _HALF_SECOND if value.microsecond else value).replace(microsecond=0)
        date = moment.date().isoformat()
        return date if moment.time() == datetime.time() else f"{date} {_time(moment.time())}"
    if isinstance(value, datetime.time):
        return _time(value)
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(value)


def _shown_text(text: str) -> str:
    """A text in one line, its escaped characters put in."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return " ".join(text.split())


def _time(time: datetime.time) -> str:
    """Hours and minutes, seconds only where there are any."""
    return time.isoformat("seconds" if time.second else "minutes")
