"""The characters between lines that only go across a page → the rows of a table, its columns told by the text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from yinju.reading.pdf.cells import FEW_BANDS, with_heads_above
from yinju.reading.pdf.columns import SAME_COLUMN, cells_of, find_columns, find_rows, printed_lines
from yinju.reading.pdf.grids import Bands
from yinju.reading.pdf.lines import Line, Table, TableRow
from yinju.reading.pdf.page_text import FoundTable, PageText

MOST_WIDE = 0.2
"""The share of lines that may be one piece over several columns, beside a single one."""
LINES_OF_ROW = 6
"""How many printed lines between two rulings may be one row of a table, however few of its cells they fill."""


def band_tables(text: PageText, bands: Bands) -> Iterator[FoundTable]:
    """The tables between lines across: runs of bands whose text stands in the same columns."""
    edges = [*bands.edges]
    held = [text.inside((bands.left - 2, below, bands.right + 2, above)) for above, below in pairwise(edges)]
    lines = [printed_lines(piece for _, piece in text.pieces(placed)) for placed in held]
    begin = 0
    while begin < len(lines):
        end = begin
        while end < len(lines) and _is_even(lines[begin : end + 1]):
            end += 1
        if end == begin:
            begin += 1
            continue
        found = _band_table(text, bands, lines[begin:end], edges[begin : end + 1])
        if found:
            yield with_heads_above(text, found)
        begin = end


def _is_even(bands: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Whether the text of bands stands in columns, two at least in each, as the cells of a table do."""
    lines = [line for band in bands for line in band]
    if not any(len(line) > 1 for line in lines) and (len(bands) > 1 or len(lines) > LINES_OF_ROW):
        return False
    columns = find_columns(lines)
    if len(columns.edges) < 2:
        return False
    first = 0
    for band in bands:
        filled = {begin for places in columns.places[first : first + len(band)] for begin, _ in places}
        first += len(band)
        if len(filled) == 1:
            return False
    beside = sum(len({*places}) > 1 for places in columns.places)
    wide = sum(begin != end for places in columns.places if len(places) == 1 for begin, end in places)
    return wide <= MOST_WIDE * len(lines) + 1 and 3 * beside >= len(lines) - LINES_OF_ROW * len(bands)


def _band_table(
    text: PageText,
    bands: Bands,
    found: Sequence[Sequence[Sequence[Line]]],
    edges: Sequence[float],
) -> FoundTable | None:
    """The table in bands below each other: each band a row, or, where there are few of them, more."""
    lines = [line for band in found for line in band]
    columns = find_columns(lines)
    few = len([band for band in found if band]) <= FEW_BANDS
    table = Table(text.page, tuple(_middles(bands, columns.edges)), slack=SAME_COLUMN)
    rows: list[TableRow] = []
    first = 0
    for band in found:
        numbers = list(range(first, first + len(band)))
        first += len(band)
        if not band:
            continue
        own = replace(columns, places=columns.places[numbers[0] : numbers[-1] + 1])
        parts = find_rows(band, own, closed=len(found) > 1) if few else [list(range(len(band)))]
        rows += [TableRow(table, cells_of(band, own, part)) for part in parts]
    filled = sum(sum(bool(cell.lines) for cell in row.cells) > 1 for row in rows)
    if len(rows) < 2 or filled < 2 or 2 * filled < len(rows):
        return None
    if len(found) == 1 and not _is_tabular(rows):
        return None
    box = bands.left - 2, edges[-1], bands.right + 2, edges[0]
    return FoundTable(tuple(rows), frozenset(number for number, _, _ in text.inside(box)), box)


def _is_tabular(rows: Sequence[TableRow]) -> bool:
    """Whether cells are short, as in a table, not lines of text in columns."""
    lengths = [
        sum(len(p.text) for line in cell.lines for p in line) for row in rows for cell in row.cells if cell.lines
    ]
    return median(lengths) < 8


def _middles(bands: Bands, edges: Sequence[tuple[float, float]]) -> Iterator[float]:
    """The edges of columns, in the middle between what stands in them."""
    yield bands.left
    for (_, right), (left, _) in pairwise(edges):
        yield (right + left) / 2
    yield bands.right
