"""xlsx → Extract: the visible sheets, a line for each row with its cells as they are shown."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import Extract, TextBuilder
from yinju.reading.package import Package
from yinju.reading.sheets.cells import Book, read_book, shown_cell
from yinju.reading.sheets.figures import figures_over
from yinju.reading.sheets.merged import Area, Rows, column_number, cover, fill_down, join_heads
from yinju.reading.sheets.unstored import SAFE, SheetFormulas, fill_in, is_zero_unsaved
from yinju.reading.unpacking import DAMAGE
from yinju.reasons import Reason
from yinju.types import Block, BlockKind, Figure

BOOK = "xl/workbook.xml"
MAX_ROWS = 1_048_576
"""A sheet's last row; what a damaged file places below is not read."""
MAX_COLUMNS = 1_000

MOST_NAMED = 10
"""Cells without a value that are told one by one."""

_ZEROS = ("0", "0%")
_column_number = cache(column_number)

_Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows that touch."""

    rows: _Rows
    heads_at: int | None
    """Which of them names the columns for certain, where one was made of several that did together."""


def extract_xlsx(data: bytes) -> Extract:
    """The text of a workbook; its sheets are headings where several hold anything.

    Formulas have the value last saved, or what they come to where none is and it can be worked out.

    Raises:
        ReadingError: `unreadable` or `too_large`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            title, sheets, missing = _read(Package(data))
    except ReadingError:
        raise
    except (*DAMAGE, ArithmeticError) as error:
        raise ReadingError("unreadable.file", kind="xlsx", why=str(error)) from error
    built = TextBuilder()
    for name, tables, figures in sheets:
        if len(sheets) > 1:
            built.add_heading(name, 1)
        for table in tables:
            _add_table(built, table)
        built.figures += (replace(figure, at=built.length) for figure in figures)
    reasons = (_without_values(missing),) if missing else ()
    return Extract(built.text, tuple(built.blocks), title, warnings=reasons, figures=tuple(built.figures))


def _without_values(cells: Sequence[str]) -> Reason:
    more = ["…"] if len(cells) > MOST_NAMED else []
    return Reason("formulas_without_values", {"count": len(cells), "cells": [*cells[:MOST_NAMED], *more]})


def _read(package: Package) -> tuple[str, list[tuple[str, list[_Table], list[Figure]]], list[str]]:
    """The workbook's title, its visible sheets by name with their tables and figures, and the cells without value."""
    root = package.root(BOOK)
    book = read_book(package, BOOK, root)
    parts = {relation.id: relation for relation in package.relations(BOOK)}
    known, shown = dict[str, str](), dict[str, tuple[Rows, list[Area], SheetFormulas]]()
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        id_ = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        name, is_shown = sheet.get("name", ""), sheet.get("state", "visible") == "visible"
        relation = parts[id_] if id_ and is_shown else parts.get(id_)
        if relation and relation.kind != "chartsheet" and relation.target in package.names:
            known[name] = relation.target
            if is_shown:
                shown[name] = _read_rows(package, relation.target, book)
    missing = fill_in(package, book, known, {name: (rows, formulas) for name, (rows, _, formulas) in shown.items()})
    sheets = (
        (name, [*_tables(rows, merged)], [*figures_over(package, known[name])])
        for name, (rows, merged, _) in shown.items()
    )
    return package.title(), [one for one in sheets if one[1]], missing


def _tables(rows: Rows, merged: Sequence[Area]) -> Iterator[_Table]:
    """Each of a sheet's tables, which blank rows divide."""
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


def _read_rows(package: Package, part: str, book: Book) -> tuple[Rows, list[Area], SheetFormulas]:
    """The rows of a sheet, those in which nothing is shown being empty, its merged cells and formulas without value."""
    rows: Rows = {}
    merged: list[Area] = []
    formulas = SheetFormulas()
    last = 0
    tags = ("{*}row", "{*}mergeCell")
    with package.opened(part) as source:
        for _, element in etree.iterparse(source, tag=tags, **SAFE):
            if element.tag.endswith("}mergeCell"):
                area = Area.read(element.get("ref", ""))
                merged += [area] if area else []
                continue
            stated = element.get("r")
            number = last + 1 if stated is None else int(float(stated))
            if number > last:
                last = number
                if number <= MAX_ROWS:
                    rows[number] = _cells(element, book, number, formulas)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return rows, merged, formulas


def _cells(row: Any, book: Book, number: int, formulas: SheetFormulas) -> list[str]:  # noqa: ANN401
    """The cells of a row as they are shown; none where nothing is."""
    cells: list[str] = []
    column = 0
    for cell in row:
        place = cell.get("r")
        column = _column_number(place.rstrip("0123456789")) if place else column + 1
        text = shown_cell(cell, book)
        if (not text and len(cell)) or (text in _ZEROS and book.is_unsaved and is_zero_unsaved(cell)):
            text = "" if column <= MAX_COLUMNS and formulas.note(number, column, cell) else text
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
