"""A passage with rows of tables → its text with each table drawn as Markdown, whole or with the rows that fit."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from yinju.answering.tables.grid import Grid, grids_of
from yinju.answering.tables.sheets import Row, Sheet
from yinju.retrieval.query import Query
from yinju.store.protocol import Snapshot
from yinju.types import BlockKind, Passage

_RULE = re.compile(r"[\s|:+–—-]*")
"""A line that only draws a table."""

_OF_TABLES = (BlockKind.HEADS, BlockKind.ROW, BlockKind.CAPTION)

Cited = Set[tuple[str, int]]
"""(document, where in its text) of what is cited: rows that begin there are drawn before others."""


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table as it is drawn."""

    sheet: Sheet
    rows: tuple[int, ...]
    """The numbers of those that are shown, in order."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A passage with its tables drawn."""

    text: str
    tables: tuple[DrawnTable, ...]
    is_all: bool
    """Whether the passage holds nothing but these."""
    covered: frozenset[int]
    """The ids of passages that hold nothing but rows of these tables, shown or not."""


def draw_tables(generation: Snapshot, passage: Passage, query: Query | None, cited: Cited, most: int) -> Drawn | None:
    """The passage's text with its tables drawn; None where it has none.

    A table is drawn where its first row in the passage stands, with rows before and after the passage: all of them,
    or of more than `most` characters the ones cited and those that hold most of the question.
    """
    grids = _grids(generation, passage)
    if not grids:
        return None
    shown, tables, at = list[str](), dict[int, DrawnTable](), 0
    for block in passage.blocks:
        grid = grids.get(block.start)
        if grid is None and block.kind is not BlockKind.HEADS:
            continue
        shown.append(passage.text[at : block.start])
        at = block.end
        if grid and id(grid) not in tables:
            table = DrawnTable(grid.sheet, tuple(_chosen(grid, query, cited, most)))
            tables[id(grid)] = table
            shown.append(markdown(table))
    shown.append(passage.text[at:])
    text = "\n".join(part.strip() for part in shown if not _RULE.fullmatch(part))
    covered = {row.passage.id for table in tables.values() for row in table.sheet.rows if _holds_rows_only(row.passage)}
    return Drawn(text, (*tables.values(),), passage.id in covered, frozenset(covered))


def _holds_rows_only(passage: Passage) -> bool:
    return all(block and block.kind in _OF_TABLES for block in passage.blocks_of_sentences())


def _grids(generation: Snapshot, passage: Passage) -> dict[int, Grid]:
    """Where in a passage a row begins → the table that it is of."""
    if all(block.kind is not BlockKind.ROW for block in passage.blocks):
        return {}
    own = (grid for grid in grids_of(generation, passage.document) if passage.id in grid.sheet.passages)
    return {
        row.start: grid
        for grid in own if not grid.is_turned and not grid.sheet.is_records
        for row in grid.sheet.rows if row.passage.id == passage.id
    }  # fmt: skip


def _chosen(grid: Grid, query: Query | None, cited: Cited, most: int) -> list[int]:
    """The rows that are drawn, in order; at least one."""
    rows = grid.sheet.rows
    lengths = [len(_line(row.cells)) + 1 for row in rows]
    if sum(lengths) <= most:
        return [*range(len(rows))]
    held = [_held(grid, n, query) if query else 0.0 for n in range(len(rows))]
    first = [(row.passage.document, row.passage.start + row.start) in cited for row in rows]
    chosen, left = list[int](), most
    for n in sorted(range(len(rows)), key=lambda n: (not first[n], -held[n], n)):
        if lengths[n] <= left or not chosen:
            chosen.append(n)
            left -= lengths[n]
    return sorted(chosen)


def _held(grid: Grid, row: int, query: Query) -> float:
    """The weight of the question that a row holds."""
    return float(query.held("\n".join(column.forms[row] for column in grid.columns)).sum())


def markdown(table: DrawnTable) -> str:
    """A table as Markdown, its rows below its heads; says so where others are left out."""
    sheet = table.sheet
    lines = [_line(sheet.heads), "|" + "---|" * len(sheet.heads)]
    section = ""
    for row in (sheet.rows[n] for n in table.rows):
        lines += _across(sheet, row, section)
        section = row.section
        lines.append(_line(row.cells))
    if len(table.rows) < len(sheet.rows):
        lines.append(f"（全表 {len(sheet.rows)} 列，這裡只有 {len(table.rows)} 列）")
    return "\n".join(lines)


def _across(sheet: Sheet, row: Row, section: str) -> list[str]:
    """The line across the table that a row is the first below."""
    return [_line((row.section, *[""] * (len(sheet.heads) - 1)))] if row.section and row.section != section else []


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "／") for cell in cells) + " |"
