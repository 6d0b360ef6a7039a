"""xlsx → Extract: the visible sheets, a line for each row with its cells as they are shown."""

import datetime
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import Extract, TextBuilder
from yinju.reading.merged import Area, Rows, column_number, cover, fill_down, join_heads
from yinju.reading.package import Package
from yinju.reading.table import shown_number
from yinju.reading.unpacking import DAMAGE
from yinju.types import Block, BlockKind

BOOK = "xl/workbook.xml"
MAX_ROWS = 1_048_576
"""A sheet's last row; what a damaged file places below is not read."""
MAX_COLUMNS = 1_000

_STRINGS = "xl/sharedStrings.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALF_SECOND = datetime.timedelta(microseconds=500_000)
_column_number = cache(column_number)
_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Patterns that files need not spell out, all of dates or times: ECMA-376, part 1, 18.8.30."""
_ANY_DATE = "yyyy/m/d h:mm"

_Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows that touch."""

    rows: _Rows
    heads_at: int | None
    """Which of them names the columns for certain, where one was made of several that did together."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to by number: their texts, as shown, and the patterns of their styles."""

    texts: Sequence[str]
    patterns: Sequence[str]
    dates: frozenset[int]
    """The styles whose numbers are dates or times."""
    durations: frozenset[int]
    epoch: datetime.datetime


def extract_xlsx(data: bytes) -> Extract:
    """The text of a workbook; its sheets are headings where several hold anything. Values of formulas as last saved.

    Raises:
        ReadingError: `unreadable` or `too_large`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            title, sheets = _read(Package(data))
    except ReadingError:
        raise
    except (*DAMAGE, ArithmeticError) as error:
        raise ReadingError("unreadable.file", kind="xlsx", why=str(error)) from error
    built = TextBuilder()
    for name, tables in sheets:
        if len(sheets) > 1:
            built.add_heading(name, 1)
        for table in tables:
            _add_table(built, table)
    return Extract(built.text, tuple(built.blocks), title)


def _read(package: Package) -> tuple[str, list[tuple[str, list[_Table]]]]:
    """The workbook's title and the names of its visible sheets that hold anything, with the tables of each."""
    root = package.root(BOOK)
    book = _read_book(package, root)
    parts = {relation.id: relation for relation in package.relations(BOOK)}
    sheets = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        id_ = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        if id_ and sheet.get("state", "visible") == "visible":
            relation = parts[id_]
            if relation.kind != "chartsheet" and relation.target in package.names:
                sheets.append((sheet.get("name", ""), [*_sheet_tables(package, relation.target, book)]))
    return package.title(), [(name, tables) for name, tables in sheets if tables]


def _read_book(package: Package, root: Any) -> _Book:  # noqa: ANN401 - lxml has no types
    """What the cells refer to, from the parts beside the sheets."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

    strings = package.related("sharedStrings", BOOK) or (_STRINGS if _STRINGS in package.names else None)
    texts = package.root(strings).iterchildren("{*}si") if strings else ()
    styles = package.related("styles", BOOK)
    patterns = [*_patterns(package.root(styles))] if styles else []
    properties = root.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true", "t")
    return _Book(
        [_shown_text(_text(text).replace("x005F_", "")) for text in texts],
        patterns,
        frozenset(number for number, pattern in enumerate(patterns) if is_date_format(pattern)),
        frozenset(number for number, pattern in enumerate(patterns) if is_timedelta_format(pattern)),
        MAC_EPOCH if from_1904 else WINDOWS_EPOCH,
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


def _sheet_tables(package: Package, part: str, book: _Book) -> Iterator[_Table]:
    """Each of a sheet's tables, which blank rows divide."""
    rows, merged = _read_rows(package, part, book)
    fill_down(rows, merged)
    heads = join_heads(rows, merged)
    cover(rows, merged)
    block: _Rows = []
    heads_at, following = None, 1
    for number, row in rows.items():
        if block and (number > following or not row):
            yield _Table(block, heads_at)
            block, heads_at = [], None
        if row:
            heads_at = len(block) if number in heads else heads_at
            block.append(row)
        following = number + 1
    if block:
        yield _Table(block, heads_at)


def _read_rows(package: Package, part: str, book: _Book) -> tuple[Rows, list[Area]]:
    """The rows of a sheet, those in which nothing is shown being empty, and its merged cells."""
    rows: Rows = {}
    merged: list[Area] = []
    last = 0
    tags = ("{*}row", "{*}mergeCell")
    with package.opened(part) as source:
        safe = {"resolve_entities": False, "no_network": True, "remove_comments": True}
        for _, element in etree.iterparse(source, tag=tags, **safe):
            if element.tag.endswith("}mergeCell"):
                area = Area.read(element.get("ref", ""))
                merged += [area] if area else []
                continue
            stated = element.get("r")
            number = last + 1 if stated is None else int(float(stated))
            if number > last:
                last = number
                if number <= MAX_ROWS:
                    rows[number] = _cells(element, book)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return rows, merged


def _cells(row: Any, book: _Book) -> list[str]:  # noqa: ANN401
    """The cells of a row as they are shown; none where nothing is."""
    cells: list[str] = []
    column = 0
    for cell in row:
        place = cell.get("r")
        column = _column_number(place.rstrip("0123456789")) if place else column + 1
        text = _shown(cell, book)
        if text and column <= MAX_COLUMNS:
            if column > len(cells):
                cells += [""] * (column - len(cells))
            cells[column - 1] = text
    return cells


def _add_table(built: TextBuilder, table: _Table) -> None:
    """Append rows that touch: captions, then a table without the columns that are empty in it."""
    rows = table.rows
    start = next((number for number, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    for caption in rows[:start]:
        built.add("".join(caption), Block(BlockKind.CAPTION))
    used = sorted({place for row in rows[start:] for place, cell in enumerate(row) if cell})
    cells = ([row[place] if place < len(row) else "" for place in used] for row in rows[start:])
    built.add_table(cells, True if table.heads_at == start else None)


def _shown(cell: Any, book: _Book) -> str:  # noqa: ANN401
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
        return _shown_number(value, int(cell.get("s") or 0), book)
    if kind == "s":
        return book.texts[int(value)]
    if kind == "b":
        return "是" if int(value) else "否"
    if kind == "d":
        from openpyxl.utils.datetime import from_ISO8601

        return _shown_moment(from_ISO8601(value))
    return _shown_text(value)


def _shown_number(text: str, style: int, book: _Book) -> str:
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
