"""The rulings of a page → the grids that they make, cell by cell, and the bands between lines across alone.

Which of them are tables is for the text in them to say: a frame around a paragraph, a chart, a form's lines are none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from yinju.reading.pdf.rulings import THIN, Ruling, Rulings

TOUCH = 3.6
"""Points; lines that end no further from each other meet."""
SAME_EXTENT = 6.0
"""Points by which lines of one table that has no lines down may begin or end apart."""
TALLEST_ROW = 80.0
"""Points between shaded rows."""
MOST_LINES = 1_500
"""Of one page; where there are more, it is a drawing."""
MOST_CELLS = 40_000
"""Of one grid, cells that are merged counted one by one."""


class Span(NamedTuple):
    """The rows and columns that a cell goes over: the first and the last of each."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells between lines; edges of columns from left to right, edges of rows from top to bottom."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    spans: tuple[tuple[Span, ...], ...]
    """By row and column: the cell that stands there."""
    open_top: bool
    """Whether lines down go on above the uppermost line across."""
    open_bottom: bool


@dataclass(frozen=True, slots=True)
class Bands:
    """Lines across of one extent, from top to bottom; what is between two of them is a row, or all rows of a table."""

    left: float
    right: float
    edges: tuple[float, ...]
    framed: bool
    """Whether lines down close them at both ends."""


_Part = tuple[list[Ruling], list[Ruling]]
"""Lines across and down that belong together."""


def find_grids(rulings: Rulings) -> tuple[list[Grid], list[Bands]]:
    """The grids and the bands of a page, neither in any order."""
    if len(rulings.across) + len(rulings.down) > MOST_LINES:
        return [], []
    grids: list[Grid] = []
    loose: list[tuple[Ruling, bool]] = []
    for across, down in _stacked([*_components(rulings)]):
        grid = _grid(across, down)
        if grid:
            grids += _divided(grid)
        elif not (len(across) == 2 and _is_inner(across, grids)):
            loose += ((line, len(down) > 1) for line in across)
    return grids, list(_bands(loose))


def _is_inner(lines: Sequence[Ruling], grids: Iterable[Grid]) -> bool:
    """Whether lines stand inside a grid, as a frame around a part of a cell does."""
    return any(
        grid.columns[0] < line.start and line.end < grid.columns[-1] and grid.rows[-1] < line.place < grid.rows[0]
        for grid in grids for line in lines
    )  # fmt: skip


def _components(rulings: Rulings) -> Iterator[_Part]:
    """Lines across and down that meet, directly or by others."""
    parents = list(range(len(rulings.across) + len(rulings.down)))
    first = len(rulings.across)
    for number, line in enumerate(rulings.across):
        for other, down in enumerate(rulings.down, start=first):
            if down.place > line.end + TOUCH:
                break
            if line.start - TOUCH <= down.place and down.start - TOUCH <= line.place <= down.end + TOUCH:
                _unite(parents, number, other)
    parts: dict[int, _Part] = defaultdict(lambda: ([], []))
    for number, line in enumerate((*rulings.across, *rulings.down)):
        parts[_root(parents, number)][number >= first].append(line)
    yield from parts.values()


def _stacked(parts: list[_Part]) -> Iterator[_Part]:
    """The parts, one of a single row together with what has the same columns near above: every other row is shaded."""
    open_part: _Part | None = None
    for part in sorted(parts, key=lambda part: -max(line.place for line in part[0]) if part[0] else 0.0):
        if open_part and _is_stacked(open_part, part):
            open_part = [*open_part[0], *part[0]], [*open_part[1], *part[1]]
            continue
        if open_part:
            yield open_part
        open_part = part
    if open_part:
        yield open_part


def _is_stacked(above: _Part, below: _Part) -> bool:
    """Whether two parts have the same columns, one of them in a single row, and a row's height between them at most."""
    if min(len(above[0]), len(below[0])) != 2 or min(len(above[1]), len(below[1])) < 3:
        return False
    one, other = (_edges(line.place for line in part[1]) for part in (above, below))
    gap = min(line.place for line in above[0]) - max(line.place for line in below[0])
    return (
        len(one) == len(other)
        and gap <= TALLEST_ROW
        and all(abs(a - b) <= TOUCH for a, b in zip(one, other, strict=True))
    )


def _root(parents: list[int], one: int) -> int:
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = parents[one]
    return one


def _unite(parents: list[int], one: int, other: int) -> None:
    one, other = _root(parents, one), _root(parents, other)
    parents[max(one, other)] = min(one, other)


def _grid(across: Sequence[Ruling], down: Sequence[Ruling]) -> Grid | None:
    """The cells between lines that meet; None where there is no line down but at the ends."""
    if len(across) < 2 or not down:
        return None
    columns = _edges([*(line.place for line in down), min(a.start for a in across), max(a.end for a in across)])
    lines = _edges([line.place for line in across])
    rows = _edges([*lines, min(d.start for d in down), max(d.end for d in down)])[::-1]
    if len(columns) < 3 or (len(columns) - 1) * (len(rows) - 1) > MOST_CELLS:
        return None
    return Grid(
        tuple(columns), tuple(rows), _spans(columns, rows, across, down),
        open_top=rows[0] > lines[-1] + TOUCH, open_bottom=rows[-1] < lines[0] - TOUCH,
    )  # fmt: skip


def _divided(grid: Grid) -> Iterator[Grid]:
    """The grid, or those it is made of: tables that touch, none of whose columns begins where one of the next does."""
    last = len(grid.columns) - 2
    outside = {
        span for row in grid.spans for span in (row[0], row[-1]) if span.left == span.right and span.bottom > span.top
    }
    walls = [frozenset(s.left for s in row if s.left and not (s.left == last and s in outside)) for row in grid.spans]
    begin = 0
    for row in range(2, len(walls) - 1):
        above, below = walls[row - 1], walls[row]
        if above and below and not above & below and walls[row - 2] == above and walls[row + 1] == below:
            yield _part_of(grid, begin, row)
            begin = row
    yield _part_of(grid, begin, len(walls))


def _part_of(grid: Grid, begin: int, end: int) -> Grid:
    """Some rows of a grid."""
    if (begin, end) == (0, len(grid.spans)):
        return grid
    spans = tuple(
        tuple(Span(max(s.top, begin) - begin, min(s.bottom, end - 1) - begin, s.left, s.right) for s in row)
        for row in grid.spans[begin:end]
    )
    opened = grid.open_top and begin == 0, grid.open_bottom and end == len(grid.spans)
    return Grid(grid.columns, grid.rows[begin : end + 1], spans, *opened)


def _edges(places: Iterable[float]) -> list[float]:
    """Places in rising order, those that are nearly the same only once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > TOUCH:
            kept.append(place)
    return kept


def _spans(
    columns: Sequence[float], rows: Sequence[float], across: Sequence[Ruling], down: Sequence[Ruling]
) -> tuple[tuple[Span, ...], ...]:
    """The cell at each row and column: what no line parts is one."""
    wide, tall = len(columns) - 1, len(rows) - 1
    parents = list(range(wide * tall))
    walls, floors = _by_edge(down, columns), _by_edge(across, rows)
    for row in range(tall):
        for column in range(wide):
            here = row * wide + column
            if column + 1 < wide and not _covers(walls[column + 1], rows[row + 1], rows[row]):
                _unite(parents, here, here + 1)
            if row + 1 < tall and not _covers(floors[row + 1], columns[column], columns[column + 1]):
                _unite(parents, here, here + wide)
    found: dict[int, Span] = {}
    for here in range(wide * tall):
        row, column = divmod(here, wide)
        root = _root(parents, here)
        top, bottom, left, right = found.get(root, (row, row, column, column))
        found[root] = Span(min(top, row), max(bottom, row), min(left, column), max(right, column))
    return tuple(tuple(found[_root(parents, row * wide + column)] for column in range(wide)) for row in range(tall))


def _by_edge(lines: Iterable[Ruling], edges: Sequence[float]) -> list[list[Ruling]]:
    """The lines that stand at each edge."""
    held: list[list[Ruling]] = [[] for _ in edges]
    for line in lines:
        nearest = min(range(len(edges)), key=lambda number: abs(edges[number] - line.place))
        if abs(edges[nearest] - line.place) <= TOUCH:
            held[nearest].append(line)
    return held


def _covers(lines: Iterable[Ruling], start: float, end: float) -> bool:
    """Whether a line goes along most of the way from `start` to `end`."""
    quarter = (end - start) / 4
    return any(line.start <= start + quarter and end - quarter <= line.end for line in lines)


def _bands(loose: Sequence[tuple[Ruling, bool]]) -> Iterator[Bands]:
    """Lines of one extent that stand below each other: three or more, or two with lines down at their ends."""
    groups: list[list[tuple[Ruling, bool]]] = []
    for line, closed in sorted(loose, key=lambda one: -one[0].place):
        for group in groups:
            first = group[0][0]
            if abs(first.start - line.start) <= SAME_EXTENT and abs(first.end - line.end) <= SAME_EXTENT:
                group.append((line, closed))
                break
        else:
            groups.append([(line, closed)])
    for group in groups:
        edges = _edges(line.place for line, _ in group)[::-1]
        framed = all(closed for _, closed in group)
        if len(edges) >= (2 if framed else 3) and all(a - b > THIN for a, b in pairwise(edges)):
            yield Bands(min(x.start for x, _ in group), max(x.end for x, _ in group), tuple(edges), framed)
