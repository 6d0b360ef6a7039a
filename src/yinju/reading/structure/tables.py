"""Lines of plain text whose cells are parted by a mark → the rows of tables, each with the names of its columns."""

import re
from collections.abc import Iterable, Iterator, Sequence

from yinju.reading.structure.found import FoundBlocks
from yinju.reading.table import CELL_MARK, FEWEST_ROWS, HEAD_MARK, looks_like_heads
from yinju.types import Block, BlockKind, Span

MARKS = ("|", "\t", CELL_MARK)
"""What parts cells in Markdown, in plain text, and in text that was copied from here."""

MOST_CAPTIONS = 2
"""Lines above a table that tell of it."""
_TABULAR = (BlockKind.ROW, BlockKind.HEADS)
_RULE = re.compile(r":?-+:?")


def find_tables(found: FoundBlocks) -> Iterator[Block]:
    """The rows of tables: three lines or more of as many cells, or two below heads with a line of dashes under them."""
    for mark in MARKS:
        if mark in found.text:
            yield from _tables_of(found, mark)


def without_lone_cells(known: Iterable[Block]) -> Iterator[Block]:
    """The blocks that a format tells of, without captions far from any row: lines of text in the cells of a sheet."""
    blocks = [*known]
    for place, block in enumerate(blocks):
        below = blocks[place + 1 : place + 1 + MOST_CAPTIONS]
        if block.kind is not BlockKind.CAPTION or any(other.kind in _TABULAR for other in below):
            yield block


def _tables_of(found: FoundBlocks, mark: str) -> Iterator[Block]:
    marked = re.compile(rf"^[^\n]*{re.escape(mark)}[^\n]*$", re.MULTILINE)
    lines = marked.finditer(found.text, found.body_start)
    free = [_row(found.text, match, mark) for match in lines if found.is_free(*match.span())]
    place = 0
    while place < len(free):
        last = place + 1
        while last < len(free) and _goes_on(found.text, free[last - 1], free[last]):
            last += 1
        yield from _table(found, free[place:last])
        place = last


_Row = tuple[int, int, Sequence[Span]]
"""Start and end of a line, and where its cells stand in it, counted from its start."""


def _row(text: str, match: re.Match[str], mark: str) -> _Row:
    start, end = match.span()
    inner = text[start:end].strip()
    start += text[start:end].index(inner)
    first = len(mark) if inner.startswith(mark) else 0
    last = len(inner) - (len(mark) if inner.endswith(mark) and len(inner) > len(mark) else 0)
    cells, place = [], first
    for piece in inner[first:last].split(mark):
        words = piece.strip()
        at = place + piece.index(words) if words else 0
        cells.append((at, at + len(words)))
        place += len(piece) + len(mark)
    return start, start + len(inner), cells


def _goes_on(text: str, above: _Row, row: _Row) -> bool:
    """Whether a row stands right below another and has as many cells."""
    between = text[above[1] : row[0]]
    return len(above[2]) == len(row[2]) > 1 and between.count("\n") == 1 and not between.strip()


def _words(text: str, row: _Row) -> list[str]:
    return [" ".join(text[row[0] + start : row[0] + end].split()) for start, end in row[2]]


def _table(found: FoundBlocks, rows: Sequence[_Row]) -> Iterator[Block]:
    """The blocks of rows below each other; none where they are too few to be a table."""
    words = [_words(found.text, row) for row in rows[:3]]
    ruled = len(rows) > 1 and _is_rule(words[1])
    if len(rows) < (2 if ruled else FEWEST_ROWS):
        return
    group = found.new_group()
    headed = ruled or looks_like_heads(words[0], words[1])
    body = 2 if ruled else 1 if headed else 0
    heads = tuple(words[0]) if headed else ()
    if headed:
        start, end, names = rows[0]
        yield Block(BlockKind.HEADS, start, rows[1][1] if ruled else end, group=group, cells=_flat(names))
    for row in rows[body:]:
        yield Block(
            BlockKind.ROW, row[0], row[1], group=group, heads=heads, cells=_flat(_values(found.text, row, heads))
        )


def _values(text: str, row: _Row, heads: Sequence[str]) -> Sequence[Span]:
    """The cells of a row without the names of their columns, where those stand in all of them: 甲：一｜乙：二."""
    start, _, cells = row
    led = [f"{head}{HEAD_MARK}" for head, _ in zip(heads, cells, strict=False)]
    filled = [(name, first) for name, (first, last) in zip(led, cells, strict=False) if last]
    if not filled or not all(text.startswith(name, start + first) for name, first in filled):
        return cells
    return [(first + len(name), last) if last else (0, 0) for name, (first, last) in zip(led, cells, strict=True)]


def _flat(cells: Sequence[Span]) -> tuple[int, ...]:
    return tuple(edge for cell in cells for edge in cell)


def _is_rule(cells: Sequence[str]) -> bool:
    return all(map(_RULE.fullmatch, cells))
