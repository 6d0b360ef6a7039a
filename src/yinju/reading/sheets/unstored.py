"""The cells of a workbook whose formulas keep no value → what they come to, as shown, and which come to nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.reading.package import Package
from yinju.reading.sheets.cells import Book, shown_by_style
from yinju.reading.sheets.formulas import column_letters, moved
from yinju.reading.sheets.merged import Rows, column_number
from yinju.reading.sheets.recalculation import Cell, Recalculation, SheetValues

MOST_FORMULAS = 200_000
"""Of a sheet that are worked out."""
MOST_VALUES = 2_000_000
"""Cells of a sheet that formulas may rest on."""
SAFE = {"resolve_entities": False, "no_network": True, "remove_comments": True}
"""How XML from a stranger is gone through piece by piece."""

_NO_NUMBER = float("nan")


@dataclass(slots=True)
class SheetFormulas:
    """The formulas without a value of one sheet."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """Row and column → the formula without its equals sign; empty where it is of a kind that is not worked out."""
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    _shared: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Number of a formula that several cells share → as it is in the first of them, and where that is."""

    def note(self, row: int, column: int, cell: Any) -> bool:  # noqa: ANN401 - lxml has no types
        """Note the formula of a cell that shows nothing; whether it has one that should have a value."""
        formula = cell.find("{*}f")
        if formula is None or cell.get("t") in ("str", "e"):
            return False
        text, kind, number = formula.text or "", formula.get("t"), formula.get("si", "")
        if kind == "shared" and text:
            self._shared[number] = text, row, column
        elif kind == "shared" and number in self._shared:
            first, above, left = self._shared[number]
            text = moved(first, row - above, column - left)
        if len(self.texts) >= MOST_FORMULAS or kind in ("array", "dataTable"):
            text = ""
        self.texts[row, column] = text
        self.styles[row, column] = int(cell.get("s") or 0)
        return True


def is_zero_unsaved(cell: Any) -> bool:  # noqa: ANN401
    """Whether a cell has a formula and the 0 that some programs write where they work out nothing."""
    value = cell.find("{*}v")
    return value is not None and value.text == "0" and cell.find("{*}f") is not None


def fill_in(
    package: Package, book: Book, parts: Mapping[str, str], sheets: Mapping[str, tuple[Rows, SheetFormulas]]
) -> list[str]:
    """Put what formulas come to into the rows of their sheets; the cells of those that come to nothing, as 表一!B7.

    `parts` are those of all sheets by their names, hidden ones too; `sheets` those that are shown.
    """
    formulas = {
        (name, *place): text for name, (_, own) in sheets.items() for place, text in own.texts.items()
    }  # fmt: skip
    if not formulas:
        return []
    work = Recalculation(formulas, lambda name: _values(package, parts[name]) if name in parts else None)
    missing = []
    for cell in formulas:
        result = work.result(cell)
        if result is None:
            missing.append(_named(cell, len(sheets) > 1))
        else:
            sheet, row, column = cell
            rows, own = sheets[sheet]
            cells = rows.setdefault(row, [])
            cells += [""] * (column - len(cells))
            cells[column - 1] = shown_by_style(f"{result:.15g}", own.styles[row, column], book)
    return missing


def _named(cell: Cell, with_sheet: bool) -> str:
    sheet, row, column = cell
    return f"{sheet}!{column_letters(column)}{row}" if with_sheet else f"{column_letters(column)}{row}"


def _values(package: Package, part: str) -> SheetValues | None:
    """The values of a sheet's cells as they are stored; None where there are too many."""
    values = SheetValues()
    for row, column, cell in _stored_cells(package, part):
        value, kind = cell.find("{*}v"), cell.get("t", "n")
        text = value.text if value is not None else None
        values.last_row, values.last_column = max(row, values.last_row), max(column, values.last_column)
        if kind == "e" or (not text and kind == "n" and cell.find("{*}f") is not None):
            values.numbers[row, column] = _NO_NUMBER
        elif kind == "n" and text:
            values.numbers[row, column] = float(text)
        elif kind != "n":
            values.texts.add((row, column))
        if len(values.numbers) + len(values.texts) > MOST_VALUES:
            return None
    return values


def _stored_cells(package: Package, part: str) -> Iterator[tuple[int, int, Any]]:
    """Every cell of a sheet with its row and column."""
    last = 0
    with package.opened(part) as source:
        for _, element in etree.iterparse(source, tag="{*}row", **SAFE):
            stated = element.get("r")
            last = last + 1 if stated is None else int(float(stated))
            column = 0
            for cell in element:
                place = cell.get("r")
                column = column_number(place.rstrip("0123456789")) if place else column + 1
                yield last, column, cell
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
