"""xlsx → Extract: the visible sheets, a line for each row with its cells as they are shown."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from yinju.errors import ReadingError
from yinju.reading.extract import Extract, TextBuilder
from yinju.reading.table import shown_number, table_lines
from yinju.reading.unpacking import DAMAGE, check_unpacked_size

MAX_ROWS = 1_048_576
"""A sheet's last row; what a damaged file places below is not read."""
MAX_COLUMNS = 1_000

_DAMAGE = (*DAMAGE, SyntaxError, ArithmeticError)
"""ElementTree's error is a SyntaxError."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALF_SECOND = datetime.timedelta(microseconds=500_000)


def extract_xlsx(data: bytes) -> Extract:
    """The text of a workbook; its sheets are headings where several hold anything. Values of formulas as last saved.

    Raises:
        ReadingError: `unreadable` or `too_large`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked_size(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it would not write back
            title, sheets = _read(data)
    except ReadingError:
        raise
    except _DAMAGE as error:
        raise ReadingError("unreadable.file", kind="xlsx", why=str(error.__cause__ or error)) from error
    built = TextBuilder()
    for name, lines in sheets:
        if len(sheets) > 1:
            built.add(name, 1)
        for line in lines:
            built.add(line)
    return Extract(built.text, tuple(built.headings), title)


def _read(data: bytes) -> tuple[str, list[tuple[str, list[str]]]]:
    """The workbook's title and the names and lines of its visible sheets that hold any."""
    from openpyxl import load_workbook

    with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)) as book:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheets = [(str(sheet.title), list(_sheet_lines(sheet))) for sheet in visible]
        return (book.properties.title or "").strip(), [(name, lines) for name, lines in sheets if lines]


def _sheet_lines(sheet: Any) -> Iterator[str]:  # noqa: ANN401 - openpyxl has no types
    """The lines of a sheet's tables, which blank rows divide."""
    sheet.reset_dimensions()  # what a file says of them may be wrong
    block: list[list[str]] = []
    for row in sheet.iter_rows(max_row=MAX_ROWS):
        cells = ["" if cell.value is None else _shown(cell) for cell in row[:MAX_COLUMNS]]
        if any(cells):
            block.append(cells)
        elif block:
            yield from _block_lines(block)
            block = []
    yield from _block_lines(block)


def _block_lines(block: list[list[str]]) -> Iterator[str]:
    """The lines of rows that touch: captions, then a table without the columns that are empty in it."""
    start = next((number for number, row in enumerate(block) if sum(map(bool, row)) > 1), len(block))
    for caption in block[:start]:
        yield "".join(caption)
    used = sorted({place for row in block[start:] for place, cell in enumerate(row) if cell})
    yield from table_lines([row[place] if place < len(row) else "" for place in used] for row in block[start:])


def _shown(cell: Any) -> str:  # noqa: ANN401
    """A cell's value as it is shown, in one line; an error is shown as nothing."""
    value = cell.value
    if cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return shown_number(value, cell.number_format or "")
    if isinstance(value, datetime.datetime):
        moment = (value + _HALF_SECOND if value.microsecond else value).replace(microsecond=0)
        date = moment.date().isoformat()
        return date if moment.time() == datetime.time() else f"{date} {_time(moment.time())}"
    if isinstance(value, datetime.time):
        return _time(value)
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return " ".join(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)).split())


def _time(time: datetime.time) -> str:
    """Hours and minutes, seconds only where there are any."""
    return time.isoformat("seconds" if time.second else "minutes")
