"""Pieces of printed lines → the columns they stand in and the rows they make, where no lines are drawn between them.

A cell may be wrapped: what stands below it in its column alone, nearer than rows stand to each other or below a line
that was full, is the rest of it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean, median

from yinju.reading.pdf.lines import Cell, Line

SAME_LINE = 0.3
"""In type sizes: how far apart the feet of pieces of one line may be."""
OVERLAPPING = 0.85
"""In type sizes; lines nearer to each other overlap, as cells that are centred beside taller ones do."""
FULL = 1.7
"""In type sizes: by how much a line may be shorter than the longest in its column and still be full."""
NARROWEST_WRAPPED = 2.9
"""In type sizes; a column that is narrower has no wrapped cells."""
FARTHER = 1.25
"""How many times as far as the lines of one cell rows stand apart where these are told by it."""

SAME_COLUMN = 30.0
"""Points by which the edges of a column told by its text may differ from page to page."""
COMPLETE = 0.8
"""The share of columns that a line fills which is a row by itself."""
WIDEST_LEADING = 2.2
"""In type sizes; lines of one cell stand no farther apart."""

_NUMBER = re.compile(r"[+\-−(（]?[\d.,%％]+[)）]?")


@dataclass(slots=True)
class _Column:
    left: float
    right: float
    lines: set[int] = field(default_factory=set)
    """The printed lines, by number, that have a piece in it."""

    def takes(self, piece: Line) -> bool:
        """Whether a piece stands above or below what is in this column."""
        slack = 0.1 * piece.size
        return piece.left < self.right - slack and self.left + slack < piece.right


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of some lines, and for each piece of each line the first and the last column it stands in."""

    edges: tuple[tuple[float, float], ...]
    places: tuple[tuple[tuple[int, int], ...], ...]


def printed_lines(pieces: Iterable[Line]) -> list[list[Line]]:
    """The pieces that stand beside each other, from the uppermost to the lowest, each from left to right."""
    lines: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.bottom):
        if lines and abs(lines[-1][0].bottom - piece.bottom) <= SAME_LINE * max(piece.size, lines[-1][0].size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def find_columns(lines: Sequence[Sequence[Line]]) -> Columns:
    """The columns that pieces above and below each other make; one over several columns is in all of them."""
    columns: list[_Column] = []
    numbered = [(piece, number) for number, line in enumerate(lines) for piece in line]
    wide: list[tuple[Line, int]] = []
    for piece, number in sorted(numbered, key=lambda one: one[0].right - one[0].left):
        under = [column for column in columns if column.takes(piece)]
        seen = [number for column in under for number in column.lines]
        if len(seen) > len({*seen}) or number in seen:
            wide.append((piece, number))
            continue
        columns = [column for column in columns if column not in under]
        left, right = min([piece.left, *(c.left for c in under)]), max([piece.right, *(c.right for c in under)])
        columns.append(_Column(left, right, {*seen, number}))
    columns.sort(key=lambda column: column.left)
    columns = _without_false(columns, wide)
    edges = tuple((column.left, column.right) for column in columns)
    return Columns(edges, tuple(tuple(_place(piece, columns) for piece in line) for line in lines))


def _without_false(columns: list[_Column], wide: Sequence[tuple[Line, int]]) -> list[_Column]:
    """The columns, two beside each other as one where more pieces go over both than lines have one in each."""
    kept: list[_Column] = []
    for column in columns:
        before = kept[-1] if kept else None
        if before:
            over = sum(before.takes(piece) and column.takes(piece) for piece, _ in wide)
            exact = sum(
                before.takes(piece) and column.takes(piece) and sum(c.takes(piece) for c in columns) == 2
                for piece, _ in wide
            )  # fmt: skip
            if over and exact >= max(1, len(before.lines & column.lines)):
                kept[-1] = _Column(before.left, max(before.right, column.right), before.lines | column.lines)
                continue
        kept.append(column)
    return kept


def _place(piece: Line, columns: Sequence[_Column]) -> tuple[int, int]:
    under = [number for number, column in enumerate(columns) if column.takes(piece)]
    if under:
        return under[0], under[-1]
    middle = (piece.left + piece.right) / 2
    nearest = min(range(len(columns)), key=lambda n: abs(columns[n].left + columns[n].right - 2 * middle))
    return nearest, nearest


def is_spaced(lines: Sequence[Sequence[Line]], columns: Columns) -> bool:
    """Whether rows stand farther apart than the lines within them."""
    blocks = _blocks(lines)
    return _nearness(lines, columns, blocks, _steps(lines, blocks)) is not None


def find_rows(lines: Sequence[Sequence[Line]], columns: Columns, closed: bool = False) -> list[list[int]]:
    """The numbers of the lines that make up each row, in order.

    Lines that are `closed` in stand between two rulings, so that they are likely to be one row.
    """
    blocks = _blocks(lines)
    steps = _steps(lines, blocks)
    near = _nearness(lines, columns, blocks, steps)
    if closed and near is None:
        complete = sum(len(_filled(columns, block)) >= COMPLETE * len(columns.edges) for block in blocks)
        if complete < 2:
            return [[number for block in blocks for number in block]]
    rows = [blocks[0]]
    for block, step in zip(blocks[1:], steps, strict=True):
        if _goes_on(lines, columns, rows[-1], block, None if near is None else step <= near, closed):
            rows[-1] = rows[-1] + block
        else:
            rows.append(block)
    return rows


def _blocks(lines: Sequence[Sequence[Line]]) -> list[list[int]]:
    """The numbers of lines, together where they overlap."""
    blocks: list[list[int]] = []
    for number, line in enumerate(lines):
        before = lines[blocks[-1][-1]][0] if blocks else None
        if before and before.bottom - line[0].bottom < OVERLAPPING * max(before.size, line[0].size):
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return blocks


def _steps(lines: Sequence[Sequence[Line]], blocks: Sequence[Sequence[int]]) -> list[float]:
    """How far blocks of lines stand apart, foot to foot, in type sizes."""
    ends = [(lines[above[-1]][0], lines[below[0]][0]) for above, below in pairwise(blocks)]
    return [(one.bottom - other.bottom) / max(one.size, other.size, 1.0) for one, other in ends]


def _nearness(
    lines: Sequence[Sequence[Line]], columns: Columns, blocks: Sequence[Sequence[int]], steps: Sequence[float]
) -> float | None:
    """The widest step within a cell; None where steps between rows are no wider, or no step is within a cell.

    Where it tells rows from lines, these have most of their cells filled, and what stands near below has not.
    """
    rising = sorted(steps)
    jumps = [(above / max(below, 0.1), below) for below, above in pairwise(rising) if below <= WIDEST_LEADING]
    jump, near = max(jumps, default=(1.0, 0.0))
    if jump < FARTHER:
        return None
    full = len(columns.edges)
    rows, close = [blocks[0]], []
    for block, step in zip(blocks[1:], steps, strict=True):
        if step <= near:
            close.append(_goes_on(lines, columns, rows[-1], block, True))
            rows[-1] = [*rows[-1], *block]
        else:
            rows.append(block)
    if 2 * median(len(_filled(columns, row)) for row in rows) < full or 2 * sum(close) < len(close):
        return None
    return near


def _filled(columns: Columns, block: Iterable[int]) -> set[int]:
    """The columns in which a block of lines has anything."""
    return {first for number in block for first, _ in columns.places[number]}


def _goes_on(
    lines: Sequence[Sequence[Line]], columns: Columns, row: Sequence[int], block: Sequence[int], near: bool | None,
    closed: bool = False,
) -> bool:  # fmt: skip
    """Whether a block of lines is the rest of a row; `near` where distances tell rows from lines."""
    above, below = _filled(columns, row), _filled(columns, block)
    full = all(_is_full(lines, columns, row, block, column) for column in below & above)
    if near is None:
        return full and (below <= above if closed else below < above)
    complete = COMPLETE * len(columns.edges)
    last = _filled(columns, row[-1:])
    return near and (full or min(len(last), len(below)) < complete)


def _is_full(
    lines: Sequence[Sequence[Line]], columns: Columns, row: Sequence[int], block: Sequence[int], column: int
) -> bool:
    """Whether the last line that a row has in a column is as long as lines in it are, so that it may be wrapped."""
    left, right = columns.edges[column]
    last = [piece for number in row for piece in _in_column(lines, columns, number, column)][-1]
    following = next(piece for number in block for piece in _in_column(lines, columns, number, column))
    if right - left < NARROWEST_WRAPPED * last.size or (
        _NUMBER.fullmatch(last.text) and _NUMBER.fullmatch(following.text)
    ):
        return False
    word = re.match(r"[!-~]+", following.text)
    wanted = 0.5 * last.size * len(word[0]) if word else 0.0
    return last.right - last.left >= right - left - max(FULL * last.size, wanted)


def _in_column(lines: Sequence[Sequence[Line]], columns: Columns, number: int, column: int) -> list[Line]:
    return [piece for piece, (first, _) in zip(lines[number], columns.places[number], strict=True) if first == column]


def cells_of(lines: Sequence[Sequence[Line]], columns: Columns, row: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of one row, one for each column."""
    held: list[list[tuple[Line, ...]]] = [[] for _ in columns.edges]
    across = [1 for _ in columns.edges]
    for number in row:
        found: dict[int, list[Line]] = {}
        for piece, (first, last) in zip(lines[number], columns.places[number], strict=True):
            found.setdefault(first, []).append(piece)
            across[first] = max(across[first], last - first + 1)
        for column, pieces in found.items():
            held[column].append(tuple(pieces))
    return tuple(Cell(tuple(printed), over) for printed, over in zip(held, across, strict=True))


def mean_length(lines: Sequence[Sequence[Line]], columns: Columns, column: int) -> float:
    """How many characters a piece in a column has on average; 0 in one of numbers, or without any."""
    texts = [piece.text for number in range(len(lines)) for piece in _in_column(lines, columns, number, column)]
    words = [text for text in texts if not _NUMBER.fullmatch(text)]
    return fmean(map(len, words)) if 2 * len(words) > len(texts) else 0.0
