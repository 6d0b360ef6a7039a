"""A page of a PDF → its rows in the order of printing: printed lines, and the rows of tables in the place of theirs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from statistics import median

import pypdfium2  # type: ignore[import-untyped]

from yinju.reading.pdf.bands import band_tables
from yinju.reading.pdf.cells import grid_table
from yinju.reading.pdf.grids import find_grids
from yinju.reading.pdf.lines import (
    CELL_GAP,
    WIDE_GAP,
    Characters,
    Direction,
    Line,
    Row,
    Stretch,
    TableRow,
    cut_line,
    directions_of,
    gaps_of,
    measure,
    stretches_of,
)
from yinju.reading.pdf.page_text import FoundTable, PageText
from yinju.reading.pdf.rulings import Rulings, read_rulings
from yinju.reading.pdf.spacing import close_up
from yinju.reading.pdf.unruled import find_unruled, is_marker, without_pieces
from yinju.types import Box


def read_rows(pdf: pypdfium2.PdfDocument, number: int) -> list[Row]:
    """The rows of one page, counted from 0."""
    with closing(pdf[number]) as page, closing(page.get_textpage()) as text_page:
        characters = Characters(text_page)
        stretches = stretches_of(characters)
        if not stretches:
            return []
        directions = directions_of(characters, stretches)
        ((most, _),) = Counter(directions).most_common(1)
        rulings = read_rulings(page, most)
        tables: list[FoundTable] = []
        if rulings:
            own = [one for one, direction in zip(stretches, directions, strict=True) if direction == most]
            tables = list(_ruled_tables(PageText(characters, number, own, most), rulings))
            stretches, directions = _left_over(stretches, directions, tables)
        rows = [
            _printed_row(characters, number, stretch, direction)
            for stretch, direction in zip(stretches, directions, strict=True)
        ]
        return with_unruled(rows, tables)


def _printed_row(
    characters: Characters, page: int, stretch: Stretch, direction: Direction
) -> tuple[Row, Sequence[Line]]:
    """A line with the same cut where a gap in it is wide, and cut where it may part the cells of a table."""
    first, words = stretch
    gaps = gaps_of(characters, stretch, direction)
    line = close_up(measure(characters, page, stretch, direction), words, gaps)
    wide = [gap for gap in gaps if gap[1] > CELL_GAP]
    if not wide:
        return (line, [line]), [line]
    ends = characters.size(first), characters.size(first + len(words) - 1)
    size = line.size if ends[0] == ends[1] else None

    def cut(least: float) -> list[Line]:
        parts = list(cut_line(stretch, gaps, least)) if any(gap > least for _, gap in wide) else []
        return [close_up(measure(characters, page, part, direction, size), part[1], own) for part, own in parts] or [
            line
        ]

    wider = cut(WIDE_GAP)
    if len(wide) == 1 and wide[0][1] < 2 * WIDE_GAP and is_marker(words[: wide[0][0][0]]):
        return (line, wider), [line]
    return (line, wider), cut(CELL_GAP) if any(gap <= WIDE_GAP for _, gap in wide) else wider


def with_unruled(rows: Sequence[tuple[Row, Sequence[Line]]], ruled: Sequence[FoundTable] = ()) -> list[Row]:
    """The rows of a page, each with the pieces that may be cells, as rows of tables where they are."""
    if not rows and not ruled:
        return []
    parted = sum(len(pieces) > 1 for _, pieces in rows)
    if not ruled and parted < 2 and len({round(line.bottom) for (line, _), _ in rows}) >= len(rows) - 1:
        return [row for row, _ in rows]
    directions = Counter(line.direction for (line, _), _ in rows)
    most = directions.most_common(1)[0][0] if rows else (1, 0)
    unruled = list(find_unruled([p for (line, _), pieces in rows if line.direction == most for p in pieces]))
    if not unruled:
        return _with_tables([row for row, _ in rows], ruled, most)
    held = frozenset[int]().union(*(table.held for table in unruled))
    kept = [(row, without_pieces(row[0], pieces, held)) for row, pieces in rows]
    plain: list[Row] = []
    for row, left in kept:
        plain += [row] if left == [row[0]] else [(piece, [piece]) for piece in left]
    return _with_tables(plain, [*ruled, *unruled], most)


def _ruled_tables(text: PageText, rulings: Rulings) -> Iterator[FoundTable]:
    """The tables whose lines are drawn, those inside others first."""
    grids, bands = find_grids(rulings)
    for grid in sorted(grids, key=lambda grid: grid.columns[-1] - grid.columns[0]):
        table = grid_table(text, grid, rulings.grounds)
        if table:
            text.take(table.held)
            yield table
    for one in bands:
        for table in band_tables(text, one):
            text.take(table.held)
            yield table


def _left_over(
    stretches: Sequence[Stretch], directions: Sequence[Direction], tables: Sequence[FoundTable]
) -> tuple[list[Stretch], list[Direction]]:
    """What of the lines stands in no table."""
    taken = frozenset().union(*(table.held for table in tables))
    kept: list[tuple[Stretch, Direction]] = []
    for (first, words), direction in zip(stretches, directions, strict=True):
        begin = 0
        for place in range(len(words) + 1):
            if place == len(words) or first + place in taken:
                part = words[begin:place]
                if part.strip():
                    begin += len(part) - len(part.lstrip())
                    kept.append(((first + begin, part.strip()), direction))
                begin = place + 1
    return [one for one, _ in kept], [direction for _, direction in kept]


def _with_tables(rows: list[Row], tables: Sequence[FoundTable], direction: Direction) -> list[Row]:
    """The rows, and those of each table where the lines printed before it end and those printed after it begin."""
    for table in sorted(tables, key=lambda table: -table.box[3]):
        own = [_as_row(row, table.box, direction) for row in table.rows]
        place = _place_of(rows, table.box, min(line.first for line, _ in own), direction)
        rows = rows[:place] + own + rows[place:]
    return rows


def _place_of(rows: Sequence[Row], box: Box, first: int, direction: Direction) -> int:
    """Before which row a table stands: where fewest lines of its column are on the wrong side of it."""
    left, bottom, right, top = box
    beside = [line.direction == direction and line.left < right and left < line.right for line, _ in rows]
    above = [ok and line.bottom > (bottom + top) / 2 for ok, (line, _) in zip(beside, rows, strict=True)]
    below = [ok and not high for ok, high in zip(beside, above, strict=True)]
    wrong = sum(above)
    best = (wrong, _distance(rows, 0, first), 0)
    for place in range(1, len(rows) + 1):
        wrong += below[place - 1] - above[place - 1]
        best = min(best, (wrong, _distance(rows, place, first), place))
    return best[2]


def _distance(rows: Sequence[Row], place: int, first: int) -> int:
    """How many characters are printed between a place among rows and a character."""
    return abs(rows[place][0].first - first) if place < len(rows) else abs(rows[-1][0].first - first) + 1 if rows else 0


def _as_row(row: TableRow, box: Box, direction: Direction) -> Row:
    """A row of a table as a line over all of it."""
    pieces = [piece for cell in row.cells for line in cell.lines for piece in line]
    line = Line(
        row.table.page, " ".join(piece.text for piece in pieces), box[0], box[2], min(piece.bottom for piece in pieces),
        median(piece.size for piece in pieces), min(piece.first for piece in pieces), direction, row=row,
    )  # fmt: skip
    return line, [line]
