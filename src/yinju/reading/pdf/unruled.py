"""The pieces of a page's printed lines → the tables among them that no line is drawn around.

Pieces that stand in columns over some rows are a table, unless they are text set in columns, a list with its markers,
a table of contents.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from yinju.reading.pdf.columns import (
    OVERLAPPING,
    SAME_COLUMN,
    Columns,
    cells_of,
    find_columns,
    find_rows,
    is_spaced,
    mean_length,
    printed_lines,
)
from yinju.reading.pdf.lines import CELL_GAP, Line, Table, TableRow
from yinju.reading.pdf.page_text import FoundTable
from yinju.reading.pdf.table_rows import row_texts
from yinju.reading.table import looks_like_heads

FEWEST_ROWS = 3
"""Two are a table where the first looks like heads over values."""
LONGEST_WORD = 8
"""Characters on average; a column of anything longer is likely to hold lines of text."""
SURE = 5
"""Rows from which on pieces that stand in columns are no chance, as in justified lines of Latin words they may be."""
TALLEST_ROW = 8
"""Printed lines, from one with more than one piece to the next of the same table."""
LEAST_RIVER = CELL_GAP
"""In type sizes, between columns."""
WIDEST_STEP = 4.5
"""In type sizes, from line to line of a table."""
SAME_SIZE = 0.2
"""By which share the type of a table's lines may differ."""
MOST_LINES = 1_500
"""Of a page that is looked at for tables."""

_LEADER = re.compile(r"(?:[.·․‥]\s?){4,}|…{2,}|_{4,}")
MARKER = re.compile(
    r"[（(\[]?(?:[\d一二三四五六七八九十]{1,3}|[A-Za-z])[)）\].、．：:]?|[•●○■□◆◇▪➢✓*·–—-]"
    r"|第\s?[\d一二三四五六七八九十百零〇]{1,5}\s?[條条章節节款項项步回]"
)
_NUMBER = re.compile(r"[+\-−(（]?[\d.,%％]+[)）]?")

_Extent = tuple[float, float, set[int]]
"""The left and right edge of a column, and the lines that have a piece in it."""


def find_unruled(pieces: Sequence[Line]) -> Iterator[FoundTable]:
    """The tables among pieces of one direction, from the top of the page down."""
    lines = printed_lines(pieces)
    if len(lines) > MOST_LINES:
        return
    place = 0
    while place < len(lines):
        if len(lines[place]) < 2 or not any(len(line) > 1 for line in lines[place + 1 : place + 1 + TALLEST_ROW]):
            place += 1
            continue
        start, end = _region(lines, place)
        found = _table(lines[start:end]) if end - start > 1 and not _is_list(lines[start:end]) else None
        if found:
            yield found
            place = end
        else:
            place += max(1, end - place if end - place > FEWEST_ROWS * 3 else 1)


def _region(lines: Sequence[Sequence[Line]], place: int) -> tuple[int, int]:
    """The lines around one of several pieces that stand in the same columns."""
    columns: list[_Extent] = []
    end = place
    while end < len(lines) and (end == place or _is_near(lines[end - 1], lines[end])):
        grown = _with_line(columns, lines[end], end)
        if grown is None and _is_overlong(lines, end, columns):
            grown = columns
        if grown is None:
            break
        columns, end = grown, end + 1
    start = place
    while start and _is_near(lines[start - 1], lines[start], closely=True) and len(lines[start - 1]) == 1:
        piece = lines[start - 1][0]
        under = [c for c in columns if _takes(c, piece)]
        beside = piece.bottom - lines[start][0].bottom < OVERLAPPING * piece.size
        if len(under) != 1 or (not beside and under[0] is min(columns, key=lambda column: column[0])):
            break
        start -= 1
    return start, end


def _is_overlong(lines: Sequence[Sequence[Line]], number: int, columns: list[_Extent]) -> bool:
    """Whether a line is a row with a cell that reaches into the next column: most others have a piece of their own."""
    if number + 1 == len(lines) or len(columns) < 4 or len(lines[number]) < len(columns) - 1:
        return False
    return _is_near(lines[number], lines[number + 1]) and _with_line(columns, lines[number + 1], number + 1) is not None


def _is_near(above: Sequence[Line], below: Sequence[Line], closely: bool = False) -> bool:
    """Whether two lines may be of one table: of one size of type, the second below the first."""
    one, other = above[0], below[0]
    step = (one.bottom - other.bottom) / max(one.size, other.size, 1.0)
    return step < (1.5 if closely else WIDEST_STEP) and abs(one.size - other.size) <= SAME_SIZE * max(
        one.size, other.size
    )


def _takes(column: _Extent, piece: Line) -> bool:
    slack = 0.1 * piece.size
    return piece.left < column[1] - slack and column[0] + slack < piece.right


def _with_line(columns: Sequence[_Extent], line: Sequence[Line], number: int) -> list[_Extent] | None:
    """The columns with the pieces of one more line in them; None where the line does not stand in columns."""
    grown = list(columns)
    for piece in line:
        under = [column for column in grown if _takes(column, piece)]
        seen = [n for column in under for n in column[2]]
        if len(seen) > len({*seen}) or number in seen:
            return None
        left, right = min([piece.left, *(c[0] for c in under)]), max([piece.right, *(c[1] for c in under)])
        grown = [column for column in grown if column not in under]
        grown.append((left, right, {*seen, number}))
    return grown


def _table(lines: Sequence[Sequence[Line]]) -> FoundTable | None:
    """The table that lines in columns make; None where they are text, a list or too few."""
    columns = find_columns(lines)
    while lines:
        rows = find_rows(lines, columns)
        last = rows[-1]
        if (
            len(last) < len(lines)
            and len({first for n in last for first, _ in columns.places[n]}) == 1
            and (columns.places[last[0]][0][0] == 0)
        ):
            lines = lines[: last[0]]
            columns = find_columns(lines)
            continue
        break
    if len(columns.edges) < 2 or not lines:
        return None
    edges = columns.edges
    table = Table(
        lines[0][0].page,
        (edges[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(edges)), edges[-1][1]),
        slack=SAME_COLUMN,
        ruled=False,
    )
    made = [TableRow(table, cells_of(lines, columns, row)) for row in rows]
    if not _is_table(lines, columns, made):
        return None
    pieces = [piece for line in lines for piece in line]
    box = (
        min(p.left for p in pieces), min(p.bottom for p in pieces),
        max(p.right for p in pieces), max(p.bottom + p.size for p in pieces),
    )  # fmt: skip
    return FoundTable(tuple(made), frozenset(piece.first for piece in pieces), box)


def _is_table(lines: Sequence[Sequence[Line]], columns: Columns, rows: Sequence[TableRow]) -> bool:
    """Whether what stands in columns is a table."""
    texts = [row_texts(row) for row in rows]
    beside = sum(sum(map(bool, row)) > 1 for row in texts)
    headed = len(rows) > 1 and looks_like_heads(texts[0], texts[1])
    if beside < 0.6 * len(rows) or (len(rows) < FEWEST_ROWS and not (headed and len(columns.edges) > 2)):
        return False
    joined = [" ".join(row) for row in texts]
    if sum(bool(_LEADER.search(row)) for row in joined) * 3 > len(rows):
        return False
    firsts, lasts = ([row[n] for row in texts if row[n]] for n in (0, -1))
    pages = [int(last) for last in lasts if last.isdecimal() and len(last) < 5]
    contents = len(pages) == len(lasts) > FEWEST_ROWS and pages == sorted(pages) and not headed
    if contents and (len(columns.edges) == 2 or (len(columns.edges) == 3 and all(map(MARKER.fullmatch, firsts)))):
        return False
    if len(rows) < SURE and not headed and _narrowest(columns) < 1.5 * LEAST_RIVER * lines[0][0].size:
        return False
    if all(mean_length(lines, columns, number) >= LONGEST_WORD for number in range(len(columns.edges))):
        short = max(map(len, texts[0])) <= LONGEST_WORD
        return short and is_spaced(lines, columns)
    return True


def _narrowest(columns: Columns) -> float:
    """The width of the narrowest gap between columns, in points."""
    return min(left - right for (_, right), (left, _) in pairwise(columns.edges))


def is_marker(words: str) -> bool:
    """Whether words are the marker of a list's item, and no number that may be a cell's."""
    return len(words) < 6 and not words.isdecimal() and MARKER.fullmatch(words) is not None


def _is_list(lines: Sequence[Sequence[Line]]) -> bool:
    """Whether most lines are a marker and the words of an item."""
    first = [line for line in lines if len(line) > 1]
    marked = sum(len(line) == 2 and MARKER.fullmatch(line[0].text) is not None for line in first)
    return marked >= 0.8 * len(first)


def without_pieces(line: Line, pieces: Sequence[Line], held: frozenset[int]) -> list[Line]:
    """What of a line stands in no table: the line itself where none of its pieces does."""
    kept = [piece for piece in pieces if piece.first not in held]
    return [line] if len(kept) == len(pieces) else [replace(piece) for piece in kept]
