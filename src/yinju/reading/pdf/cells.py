"""The characters of a page and a grid of lines drawn on it → the rows of a table, cell by cell."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from yinju.reading.pdf.columns import Columns, cells_of, find_rows, printed_lines
from yinju.reading.pdf.grids import Grid, Span
from yinju.reading.pdf.lines import Cell, Line, Table, TableRow
from yinju.reading.pdf.page_text import FoundTable, PageText, Placed
from yinju.reading.pdf.table_rows import row_texts
from yinju.reading.table import looks_like_heads
from yinju.types import Box

FEWEST_FILLED = 0.25
"""The share of cells that hold something; a chart's grid has less."""
LEAST_OF_COLUMN = 6.0
"""Points; what is narrower or lower is between double lines, not a cell."""
GROUND_SHARE = 0.6
"""The share of a row's cells that lie on a coloured ground where the row does."""

HEADS_ABOVE = 3.4
"""In type sizes: how far above the uppermost line heads may stand, two lines of them included."""
FEW_BANDS = 3
"""Where more lines go across a table, each row stands between two of them."""
MOST_PADDING = 16.0
"""Points in the width of a cell that its text leaves free."""


def grid_table(text: PageText, grid: Grid, grounds: Sequence[Box]) -> FoundTable | None:
    """The table that a grid is; None where the text in it does not stand as in one."""
    box = grid.columns[0], grid.rows[-1], grid.columns[-1], grid.rows[0]
    placed = text.inside(box)
    grid = _with_loose_rows(text, grid, placed)
    keys = [_span_at(grid, one[2]) for one in placed]
    held: dict[object, list[Line]] = defaultdict(list)
    for key, piece in text.pieces(placed, keys):
        held[key].append(piece)
    cells = {key: tuple(map(tuple, printed_lines(pieces))) for key, pieces in held.items()}
    if not _is_table(grid, cells):
        return None
    table = Table(text.page, _kept_columns(grid, cells), grid.open_top, grid.open_bottom)
    rows = tuple(_grid_rows(text, grid, cells, table, grounds))
    return with_heads_above(text, FoundTable(rows, frozenset(number for number, _, _ in placed), box))


def with_heads_above(text: PageText, found: FoundTable) -> FoundTable:
    """The table with heads that stand above its uppermost line, one over each column, where it has none."""
    first = found.rows[0]
    size = max(piece.size for cell in first.cells for line in cell.lines for piece in line)
    left, _, right, top = found.box
    placed = text.inside((left - 2, top, right + 2, top + HEADS_ABOVE * size))
    lines = printed_lines(piece for _, piece in text.pieces(placed))
    edges = first.table.columns
    places = [[(bisect(edges, p.left + 1) - 1, bisect(edges, p.right - 1) - 1) for p in line] for line in lines]
    filled = {begin for line in places for begin, _ in line}
    if len(edges) < 3 or filled != {*range(len(edges) - 1)} or any(a != b for line in places for a, b in line):
        return found
    if lines[-1][0].bottom - top > size or any(abs(piece.size - size) > 0.3 * size for line in lines for piece in line):
        return found
    columns = Columns(tuple(pairwise(edges)), tuple(map(tuple, places)))
    heads = TableRow(first.table, cells_of(lines, columns, range(len(lines))))
    if not looks_like_heads(row_texts(heads), row_texts(first)):
        return found
    held = found.held | {number for number, _, _ in placed}
    return FoundTable((heads, *found.rows), held, (left, found.box[1], right, top + HEADS_ABOVE * size))


def _with_loose_rows(text: PageText, grid: Grid, placed: Sequence[Placed]) -> Grid:
    """The grid with cells of their own in rows that no line down parts, where their text stands in its columns."""
    last = len(grid.columns) - 2
    rows = [n for n, spans in enumerate(grid.spans) if spans[0] == Span(n, n, 0, last)]
    if not rows or len(rows) == len(grid.spans):
        return grid
    spans = list(grid.spans)
    for row in rows:
        own = [one for one in placed if grid.rows[row + 1] < (one[2][1] + one[2][3]) / 2 < grid.rows[row]]
        pieces = [piece for _, piece in text.pieces(own)]
        places = [(bisect(grid.columns, piece.left + 1), bisect(grid.columns, piece.right - 1)) for piece in pieces]
        if all(begin == end for begin, end in places) and len({*places}) > 1:
            spans[row] = tuple(Span(row, row, column, column) for column in range(last + 1))
    return replace(grid, spans=tuple(spans))


def _span_at(grid: Grid, box: Box) -> Span:
    """The cell in which the middle of a box is."""
    column = bisect(grid.columns, (box[0] + box[2]) / 2) - 1
    row = bisect([-edge for edge in grid.rows], -(box[1] + box[3]) / 2) - 1
    return grid.spans[min(max(row, 0), len(grid.spans) - 1)][min(max(column, 0), len(grid.spans[0]) - 1)]


_Cells = dict[object, tuple[tuple[Line, ...], ...]]


def _is_table(grid: Grid, cells: _Cells) -> bool:
    """Whether cells stand beside each other in two rows at least, or three in a single one, and few are empty."""
    beside: dict[int, int] = defaultdict(int)
    all_spans = {span for row in grid.spans for span in row}
    for span in all_spans:
        if cells.get(span):
            for row in range(span.top, span.bottom + 1):
                beside[row] += 1
    rows = sum(count > 1 for count in beside.values())
    single = len(beside) == 1 and max(beside.values()) > 2
    return (rows > 1 or single or (rows == 1 and len(beside) > 1)) and len(cells) >= FEWEST_FILLED * len(all_spans)


def _kept_columns(grid: Grid, cells: _Cells) -> tuple[float, ...]:
    """The edges of the columns that are wide enough to hold anything, or do."""
    begun = {span.left for span in cells if isinstance(span, Span)}
    kept = [
        left for number, (left, right) in enumerate(zip(grid.columns, grid.columns[1:], strict=False))
        if number in begun or (right - left >= LEAST_OF_COLUMN and _is_begun(grid, number))
    ]  # fmt: skip
    return (*kept, max(grid.columns[span.right + 1] for row in grid.spans for span in row if span in cells))


def _is_begun(grid: Grid, column: int) -> bool:
    """Whether any cell begins in a column; beyond the edges of the narrower of two tables that touch, none does."""
    own = {row[column] for row in grid.spans if row[column].left == column}
    return bool(own) and not (column in (0, len(grid.columns) - 2) and all(span.bottom > span.top for span in own))


def _grid_rows(text: PageText, grid: Grid, cells: _Cells, table: Table, grounds: Sequence[Box]) -> Iterator[TableRow]:
    """The rows in which anything stands, a cell for each column that is kept."""
    kept = [number for number, left in enumerate(grid.columns[:-1]) if left in table.columns[:-1]]
    fonts = [_fonts(text, [cells.get(span, ()) for span in {*row}]) for row in grid.spans]
    for number, spans in enumerate(grid.spans):
        row = [_cell(spans[column], number, column, cells, kept) for column in kept]
        if not any(cell.lines for cell in row):
            continue
        own = [span for span in {*spans} if span.top == number]
        below = fonts[number + 1] if number + 1 < len(fonts) else set()
        marked = _is_on_ground(grid, own, grounds) or bool(
            len(fonts[number]) == 1 and below and not fonts[number] & below
        )
        yield from (replace(one, marked=marked) for one in _parted(TableRow(table, tuple(row)), len(grid.spans)))


def _cell(span: Span, row: int, column: int, cells: _Cells, kept: Sequence[int]) -> Cell:
    """What a column holds in a row; nothing beside the first column that a cell goes over."""
    own = [other for other in kept if span.left <= other <= span.right]
    if column != own[0]:
        return Cell()
    if span.top != row:
        return Cell((), len(own), continued=bool(cells.get(span)))
    return Cell(cells.get(span, ()), len(own))


def _fonts(text: PageText, cells: Iterable[Sequence[Sequence[Line]]]) -> set[str]:
    """The fonts in which the cells of a row begin."""
    return {text.characters.font(cell[0][0].first) for cell in cells if cell}


def _is_on_ground(grid: Grid, spans: Sequence[Span], grounds: Sequence[Box]) -> bool:
    """Whether most cells of a row lie on a coloured ground that is no larger than a few rows."""
    middles = [
        ((grid.columns[s.left] + grid.columns[s.right + 1]) / 2, (grid.rows[s.top] + grid.rows[s.bottom + 1]) / 2)
        for s in spans
    ]
    under = sum(any(a < x < c and b < y < d for a, b, c, d in grounds) for x, y in middles)
    return bool(spans) and under >= GROUND_SHARE * len(spans)


def _parted(row: TableRow, count: int) -> Iterator[TableRow]:
    """The row, or the rows in it where, in a table of few lines across, it holds the printed lines of several."""
    if count > FEW_BANDS or any(cell.across > 1 or cell.continued for cell in row.cells):
        yield row
        return
    column_of = {piece.first: n for n, cell in enumerate(row.cells) for line in cell.lines for piece in line}
    lines = printed_lines(piece for cell in row.cells for line in cell.lines for piece in line)
    if len(lines) < 2 or len(row.cells) < 2:
        yield row
        return
    edges = []
    for cell, left, right in zip(row.cells, row.table.columns, row.table.columns[1:], strict=False):
        own = [line[-1].right - line[0].left for line in cell.lines]
        edges.append((left, left + max([right - left - MOST_PADDING, *own])))
    places = tuple(tuple((column_of[piece.first],) * 2 for piece in line) for line in lines)
    columns = Columns(tuple(edges), places)
    for part in find_rows(lines, columns, closed=True):
        yield replace(row, cells=cells_of(lines, columns, part))
