"""The characters of a page and the lines drawn on it → the rows of its tables, cell by cell, and the lines left over."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from yinju.reading.columns import SAME_COLUMN, Columns, cells_of, find_columns, find_rows, printed_lines
from yinju.reading.grids import Bands, Grid, Span
from yinju.reading.lines import CELL_GAP, Cell, Characters, Direction, Line, Stretch, Table, TableRow, framed, measure
from yinju.reading.table import looks_like_heads
from yinju.reading.table_rows import row_texts
from yinju.types import Box

FEWEST_FILLED = 0.25
"""The share of cells that hold something; a chart's grid has less."""
LEAST_OF_COLUMN = 6.0
"""Points; what is narrower or lower is between double lines, not a cell."""
GROUND_SHARE = 0.6
"""The share of a row's cells that lie on a coloured ground where the row does."""
LINES_OF_ROW = 6
"""How many printed lines between two rulings may be one row of a table, however few of its cells they fill."""

HEADS_ABOVE = 3.4
"""In type sizes: how far above the uppermost line heads may stand, two lines of them included."""
FEW_BANDS = 3
"""Where more lines go across a table, each row stands between two of them."""
MOST_PADDING = 16.0
"""Points in the width of a cell that its text leaves free."""

_Placed = tuple[int, str, Box]
"""A character by its number, and its box in the frame of its line."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """The rows of a table and where it stands."""

    rows: tuple[TableRow, ...]
    held: frozenset[int]
    """The numbers of all characters in it; of a table without rulings, of those with which its pieces begin."""
    box: Box


class PageText:
    """The characters of a page that go the way most do, where each stands, and which are in no table yet."""

    def __init__(self, characters: Characters, page: int, stretches: Iterable[Stretch], direction: Direction) -> None:
        """Keep where each character that can be seen stands."""
        self.characters = characters
        self.page = page
        self.direction = direction
        self.placed: list[_Placed] = [
            (first + place, character, framed(characters.box(first + place), direction))
            for first, words in stretches for place, character in enumerate(words) if not character.isspace()
        ]  # fmt: skip

    def inside(self, box: Box) -> list[_Placed]:
        """The characters whose middle is in a box."""
        left, bottom, right, top = box
        return [
            one for one in self.placed
            if left < (one[2][0] + one[2][2]) / 2 < right and bottom < (one[2][1] + one[2][3]) / 2 < top
        ]  # fmt: skip

    def take(self, held: frozenset[int]) -> None:
        """Leave out the characters of a table from here on."""
        self.placed = [one for one in self.placed if one[0] not in held]

    def pieces(self, placed: Sequence[_Placed], keys: Sequence[object] | None = None) -> Iterator[tuple[object, Line]]:
        """The characters in runs without a gap, each run of one line and one key."""
        begin = 0
        for number in range(1, len(placed) + 1):
            goes_on = number < len(placed) and _follows(placed[number - 1], placed[number])
            if goes_on and (keys is None or keys[number] == keys[number - 1]):
                continue
            run = placed[begin:number]
            words = "".join(character for _, character, _ in run)
            yield keys[begin] if keys else None, measure(self.characters, self.page, (run[0][0], words), self.direction)
            begin = number


def _follows(one: _Placed, other: _Placed) -> bool:
    """Whether a character stands right behind another, in the page's count and to the eye."""
    (number, _, box), (next_number, _, next_box) = one, other
    height = max(box[3] - box[1], 1.0)
    gap, sunk = next_box[0] - box[2], abs((box[1] + box[3]) - (next_box[1] + next_box[3])) / 2
    return next_number == number + 1 and -height < gap < CELL_GAP * height and sunk < 0.4 * height


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
    return _with_heads_above(text, FoundTable(rows, frozenset(number for number, _, _ in placed), box))


def _with_heads_above(text: PageText, found: FoundTable) -> FoundTable:
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
    columns = Columns(tuple(zip(edges, edges[1:], strict=False)), tuple(map(tuple, places)))
    heads = TableRow(first.table, cells_of(lines, columns, range(len(lines))))
    if not looks_like_heads(row_texts(heads), row_texts(first)):
        return found
    held = found.held | {number for number, _, _ in placed}
    return FoundTable((heads, *found.rows), held, (left, found.box[1], right, top + HEADS_ABOVE * size))


def _with_loose_rows(text: PageText, grid: Grid, placed: Sequence[_Placed]) -> Grid:
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
        marked = _is_on_ground(grid, own, grounds) or bool(len(fonts[number]) == 1 and below and not fonts[number] & below)
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


def band_tables(text: PageText, bands: Bands, grounds: Sequence[Box]) -> Iterator[FoundTable]:
    """The tables between lines across: runs of bands whose text stands in the same columns."""
    edges = [*bands.edges]
    held = [
        text.inside((bands.left - 2, below, bands.right + 2, above))
        for above, below in zip(edges, edges[1:], strict=False)
    ]
    lines = [printed_lines(piece for _, piece in text.pieces(placed)) for placed in held]
    begin = 0
    while begin < len(lines):
        end = begin
        while end < len(lines) and _is_even(lines[begin : end + 1]):
            end += 1
        if end == begin:
            begin += 1
            continue
        found = _band_table(text, bands, lines[begin:end], edges[begin : end + 1], grounds)
        if found:
            yield _with_heads_above(text, found)
        begin = end


def _is_even(bands: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Whether the text of bands stands in columns, two at least, as the cells of a table do."""
    lines = [line for band in bands for line in band]
    if not lines or not any(len(line) > 1 for line in lines):
        return False
    columns = find_columns(lines)
    if len(columns.edges) < 2:
        return False
    beside = sum(len({*places}) > 1 for places in columns.places)
    rows = sum(any(len(line) > 1 for line in band) for band in bands)
    wide = sum(any(first != last for first, last in places) and len(places) == 1 for places in columns.places)
    return rows == len([b for b in bands if b]) and (wide <= 0.2 * len(lines) + 1) and 3 * beside >= len(lines) - LINES_OF_ROW * len(bands)


def _band_table(
    text: PageText, bands: Bands, found: Sequence[Sequence[Sequence[Line]]], edges: Sequence[float], grounds: Sequence[Box]
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
    lengths = [sum(len(p.text) for line in cell.lines for p in line) for row in rows for cell in row.cells if cell.lines]
    return median(lengths) < 8


def _middles(bands: Bands, edges: Sequence[tuple[float, float]]) -> Iterator[float]:
    """The edges of columns, in the middle between what stands in them."""
    yield bands.left
    for (_, right), (left, _) in zip(edges, edges[1:], strict=False):
        yield (right + left) / 2
    yield bands.right
