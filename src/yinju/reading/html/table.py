"""The cells of a page's table as they come → lines in which each stands beside the heads of its columns."""

import re
from collections.abc import Mapping, Sequence

from yinju.reading.table import CELL_MARK, LONGEST_HEAD, headed_row

BREAK_IN_CELL = "\x1f"
_CELL_EDGE = f" {BREAK_IN_CELL}{CELL_MARK}"
_MOST_COLUMNS = 1_000
_WIDEST_SPAN = 100
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_BETWEEN = "\x1d"
_ONE = (1, 1)


class Table:
    """What is known of an open table: the heads of its columns, and the cells of the row being read."""

    def __init__(self) -> None:
        """Start without heads."""
        self.in_head = False
        self._heads: list[str] = []
        self._body_begun = False
        self._starts: list[int] = []
        self._all_heads = True
        self._spans: dict[int, tuple[int, int]] = {}  # number of a cell → its columns and rows, where more than one
        self._torn = False
        self._hanging: dict[int, tuple[int, str]] = {}  # column → rows below that its cell still reaches into, text

    def open_cell(self, tag: str, attributes: Mapping[str, str], start: int) -> None:
        """Begin a cell at piece `start` of the line, where the one before ends."""
        if attributes:
            span = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
            if span != _ONE:
                self._spans[len(self._starts)] = span
        self._all_heads = self._all_heads and tag == "th"
        self._starts.append(start)

    def tear_row(self) -> None:
        """Note that the line ended before its row did, so that its cells can no longer be told apart."""
        self._torn = self._torn or bool(self._starts)
        self._starts.clear()

    def end_row(self, line: Sequence[str]) -> str | None:
        """The row as a line with heads, or None where it stays as it is; a row of heads is remembered."""
        starts, all_heads, spans, torn = self._starts, self._all_heads, self._spans, self._torn
        self._starts, self._all_heads, self._spans, self._torn = [], True, {}, False
        if torn or (self._body_begun and not self._heads):
            return None
        ends = [*starts[1:], len(line)]
        cells = _BETWEEN.join(["".join(line[start:end]) for start, end in zip(starts, ends, strict=False)])
        texts = [text.strip(_CELL_EDGE) for text in _SPACES.sub(" ", cells).split(_BETWEEN)]
        if not any(texts):
            return None
        are_heads = not self._body_begun and (self.in_head or all_heads)
        if are_heads and len(texts) == 1:  # a caption across the table
            return None
        wide: set[int] = set()
        if spans or self._hanging:
            texts, wide = self._placed(texts, spans, repeat=are_heads)
        if are_heads:
            self._add_heads(texts)
            return None
        self._body_begun = True
        if not self._heads:
            return None
        heads = ["" if place in wide else head for place, head in enumerate(self._heads)] if wide else self._heads
        return headed_row(texts, heads)[0]

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
