"""The cells of a page's table as they come → lines in which each stands beside the heads of its columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from yinju.reading.html.line import Line
from yinju.reading.table import (
    CELL_MARK,
    FEWEST_ROWS,
    HEAD_MARK,
    LONGEST_HEAD,
    TableLine,
    headed_row,
    joined_row,
    looks_like_heads,
)
from yinju.types import Block, BlockKind

LONGEST_ROW = 200
"""Characters of a table row kept in one line; a longer one is a page laid out by a table."""
BREAK_IN_CELL = "\x1f"
_CELL_EDGE = f" {BREAK_IN_CELL}{CELL_MARK}"
_MOST_COLUMNS = 1_000
_WIDEST_SPAN = 100
_MOST_ROWS = 5_000
"""Of a table without heads, in which the first may yet turn out to hold some."""
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_BREAKS = re.compile(f"[ {BREAK_IN_CELL}]+")
_BETWEEN = "\x1d"
_ONE = (1, 1)


class Table:
    """What is known of an open table: the heads of its columns, and the cells of the row being read."""

    def __init__(self, group: int, first: int) -> None:
        """Start without heads; `first` is the page's line at which it begins."""
        self.in_head = False
        self._group, self._first = group, first
        self._heads: list[str] = []
        self._body_begun = False
        self._starts: list[int] = []
        self._tags: list[str] = []
        self._spans: dict[int, tuple[int, int]] = {}  # number of a cell → its columns and rows, where more than one
        self._torn = False
        self._hanging: dict[int, tuple[int, str]] = {}  # column → rows below that its cell still reaches into, text
        self._rows: list[list[str]] = []  # without heads, until it is known whether the first has them
        self._is_layout = False

    def open_cell(self, tag: str, attributes: Mapping[str, str], start: int) -> None:
        """Begin a cell at piece `start` of the line, where the one before ends."""
        if attributes:
            span = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
            if span != _ONE:
                self._spans[len(self._starts)] = span
        self._tags.append(tag)
        self._starts.append(start)

    def tear_row(self) -> None:
        """Note that the line ended before its row did, so that its cells can no longer be told apart."""
        if self._starts:
            self._torn = self._is_layout = True
            self._starts.clear()
            self._tags.clear()

    def caption(self) -> Block:
        """What a line across the table is."""
        return Block(BlockKind.CAPTION, group=self._group)

    def end_row(self, line: Sequence[str]) -> list[TableLine]:
        """The row as lines, of which there are more where names stand beside values; none where it stays as it is."""
        starts, tags, spans, torn = self._starts, self._tags, self._spans, self._torn
        self._starts, self._tags, self._spans, self._torn = [], [], {}, False
        if torn:
            return []
        ends = [*starts[1:], len(line)]
        cells = _BETWEEN.join(["".join(line[start:end]) for start, end in zip(starts, ends, strict=False)])
        texts = [text.strip(_CELL_EDGE) for text in _SPACES.sub(" ", cells).split(_BETWEEN)]
        if not any(texts):
            return []
        all_heads = "td" not in tags
        are_heads = not self._body_begun and (self.in_head or all_heads)
        if are_heads and len(texts) == 1:
            return [(_one_line(texts[0]), self.caption())]
        written = [_one_line(text) for text in texts] if are_heads else []
        wide: set[int] = set()
        is_form = not self._heads and not self._hanging and tags == ["th", "td"] * (len(tags) // 2)
        if is_form and all(rows == 1 for _, rows in spans.values()):
            self._body_begun = True
            pairs = zip(texts[::2], texts[1::2], strict=True)
            made = [field_line(_one_line(name), _in_line([value])[0]) for name, value in pairs if name or value]
            return [(text, replace(block, group=self._group)) for text, block in made]
        if spans or self._hanging:
            texts, wide = self._placed(texts, spans, repeat=are_heads)
        if are_heads:
            self._add_heads(texts)
            made = [_heads(written, texts)]
        else:
            made = [*self._made(texts, wide)]
        return [(text, replace(block, group=self._group)) for text, block in made]

    def _made(self, texts: Sequence[str], wide: AbstractSet[int]) -> Iterator[TableLine]:
        """The lines of a row of values of which the cells are placed."""
        self._body_begun = True
        if self._heads:
            heads = ["" if place in wide else head for place, head in enumerate(self._heads)] if wide else self._heads
            yield headed_row(_in_line(texts), heads)
        elif sum(map(len, texts)) > LONGEST_ROW or len(texts) == 1:
            self._is_layout = self._is_layout or len(texts) > 1
        else:
            row = [_one_line(text) for text in texts]
            if len(self._rows) < _MOST_ROWS:
                self._rows.append(row)
            yield _row(row, BlockKind.ROW)

    def settle(self, lines: list[Line]) -> None:
        """Once all is read: put the rows beside their heads where the first one has some, or undo what is no table."""
        rows, own = self._rows, range(self._first, len(lines))
        if self._is_layout or (len(rows) == len(own) == 1):
            for place in own:
                if (block := lines[place].block) and block.group == self._group and not block.heads:
                    lines[place] = lines[place]._replace(block=None)
            return
        if not FEWEST_ROWS <= len(rows) == len(own) or len({*map(len, rows)}) > 1:
            return
        made: list[TableLine] = []
        if all(len(row) == 2 and row[0].endswith(("：", ":")) for row in rows):
            made = [field_line(*row) for row in rows]
        elif looks_like_heads(rows[0], rows[1]):
            made = [_row(rows[0], BlockKind.HEADS), *(headed_row(row, rows[0]) for row in rows[1:])]
        for place, (text, block) in zip(own, made, strict=False):
            lines[place] = lines[place]._replace(text=text, block=replace(block, group=self._group))

    def _placed(
        self, texts: Sequence[str], spans: Mapping[int, tuple[int, int]], repeat: bool
    ) -> tuple[list[str], set[int]]:
        """The texts by column, with those of cells that reach down from above; and the columns of wide cells."""
        row: list[str] = []
        wide: set[int] = set()
        for number, text in enumerate(texts):
            self._hang(row)
            columns, rows = spans.get(number, _ONE)
            for offset in range(columns if len(row) < _MOST_COLUMNS else 1):
                if rows > 1:
                    self._hanging[len(row)] = (rows - 1, text)
                if columns > 1:
                    wide.add(len(row))
                row.append(text if repeat or offset == 0 else "")
        self._hang(row)
        return row, wide

    def _hang(self, row: list[str]) -> None:
        """Append what reaches down into the next columns from rows above."""
        while len(row) in self._hanging:
            left, text = self._hanging.pop(len(row))
            if left > 1:
                self._hanging[len(row)] = (left - 1, text)
            row.append(text)

    def _add_heads(self, row: Sequence[str]) -> None:
        """Take a row as heads, below those of the rows of heads above it."""
        for place, words in enumerate(row):
            words = " ".join(words.replace(BREAK_IN_CELL, " ").split())
            above = self._heads[place] if place < len(self._heads) else ""
            joined = f"{above} {words}".strip() if words != above else words
            self._heads[place : place + 1] = [joined if len(joined) <= LONGEST_HEAD else ""]


def _span(stated: str | None) -> int:
    """The columns or rows that a cell takes up."""
    return min(int(stated), _WIDEST_SPAN) or 1 if stated and stated.isdecimal() and len(stated) < 10 else 1


def in_one_line(row: str) -> str:
    """A row as it stands, without the lines and the white space inside of its cells."""
    if BREAK_IN_CELL in row:
        row = _BREAKS.sub(" ", row)
    return row.replace(f" {CELL_MARK}", CELL_MARK).replace(f"{CELL_MARK} ", CELL_MARK) if CELL_MARK in row else row


def field_line(name: str, value: str) -> TableLine:
    """A name and its value as a line."""
    name = name.rstrip("：: ")
    return (f"{name}{HEAD_MARK}{value}" if name else value), Block(BlockKind.FIELD, name=name)


def _row(cells: Sequence[str], kind: BlockKind) -> TableLine:
    """A row without heads as a line, which begins with its first cell that is not empty."""
    text, block = joined_row(cells, kind)
    gone = len(text) - len(text.lstrip(CELL_MARK))
    return text[gone:], replace(block, cells=tuple(max(0, edge - gone) for edge in block.cells))


def _heads(written: Sequence[str], placed: Sequence[str]) -> TableLine:
    """A row of heads as it is written, and where in it the head of each column stands that is named there."""
    text, block = _row(written, BlockKind.HEADS)
    spans = {text[start:end]: (start, end) for start, end in block.cell_spans()}
    cells = (edge for head in placed for edge in spans.get(_one_line(head), (0, 0)))
    return text, replace(block, cells=tuple(cells))


def _one_line(text: str) -> str:
    return " ".join(text.replace(BREAK_IN_CELL, " ").split()) if BREAK_IN_CELL in text else text


def _in_line(texts: Sequence[str]) -> list[str]:
    """The cells of a row, of which a long one keeps its lines."""
    if sum(map(len, texts)) <= LONGEST_ROW:
        return [*map(_one_line, texts)]
    return ["\n".join(filter(None, (line.strip() for line in text.split(BREAK_IN_CELL)))) for text in texts]
