"""The blocks of a document: typed ranges of its text, made once by whoever reads the file.

Lines that no block holds are paragraphs of one line each, so that a plain text needs no blocks at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from yinju.types.basics import Span


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADS = "heads"
    """The row of a table that names its columns."""
    ROW = "row"
    FIELD = "field"
    QUESTION = "question"
    ANSWER = "answer"
    ARTICLE = "article"
    NOTE = "note"
    CAPTION = "caption"
    CODE = "code"


HEADING_KINDS = (BlockKind.HEADING, BlockKind.QUESTION)
"""What stands above the text that follows it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A range of a document's text, or of a passage's, that is one thing; blocks never overlap."""

    kind: BlockKind
    start: int = 0
    end: int = 0
    level: int = 0
    """Of a heading: 1 is outermost, 0 the document's title. Of an item: how deep in its list, from 0."""
    marker: str = ""
    """The number or sign it begins with, as people see it: 第三條, 3.2.1, （一）, •."""
    group: int = 0
    """The list, table, record, article or question with its answer that it belongs to, counted from 1; 0 for none.

    A group's blocks follow each other. A paragraph in the group of a list introduces it.
    """
    name: str = ""
    """Of a heading: its words without markup; of a field: its key; of an item: its label, 預算 in 「預算：三萬」."""
    record: str = ""
    """The name of the thing that a field tells about."""
    heads: tuple[str, ...] = ()
    """Of a row: the name of each column, empty where it has none."""
    cells: tuple[int, ...] = ()
    """Of a row: start and end of each cell, counted from the block's start, one pair a column; empty cells are 0, 0."""

    def placed(self, start: int, end: int, group: int | None = None) -> "Block":
        """The same block at another place, and in another group where one is given; quicker than `replace`."""
        group = self.group if group is None else group
        return Block(
            self.kind, start, end, self.level, self.marker, group, self.name, self.record, self.heads, self.cells
        )

    def shifted(self, by: int) -> "Block":
        """The same block in a text in which it stands `by` characters later."""
        return self.placed(self.start + by, self.end + by)

    def cell_spans(self) -> Iterator[Span]:
        """Where each cell of a row stands, counted from the block's start."""
        return zip(self.cells[::2], self.cells[1::2], strict=True)


def filled_in(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a text with the paragraphs between them, those of one line each."""
    place = 0
    for block in (*blocks, None):
        start = block.start if block else len(text)
        for match in re.finditer(r"[^\n]*\S", text[place:start]):
            words = match.group().lstrip()
            yield Block(BlockKind.PARAGRAPH, place + match.end() - len(words), place + match.end())
        if block:
            yield block
            place = block.end


_KINDS = tuple(BlockKind)


def pack_blocks(blocks: Iterable[Block]) -> list[Any]:
    """Blocks as lists that JSON keeps small: the different heads of tables first, then a list for each block."""
    heads: dict[tuple[str, ...], int] = {(): 0}
    packed = []
    for b in blocks:
        number = heads.setdefault(b.heads, len(heads))
        row: list[Any] = [
            _KINDS.index(b.kind),
            b.start,
            b.end,
            b.level,
            b.group,
            b.marker,
            b.name,
            b.record,
            number,
            b.cells,
        ]
        while not row[-1]:
            row.pop()
        packed.append(row)
    return [[*heads], packed] if packed else []


def unpack_blocks(packed: Sequence[Any]) -> tuple[Block, ...]:
    """The blocks that `pack_blocks` packed."""
    if not packed:
        return ()
    heads = [tuple(one) for one in packed[0]]
    return tuple(_unpacked(row, heads) for row in packed[1])


_EMPTY: tuple[Any, ...] = (0, 0, 0, 0, 0, "", "", "", 0, ())


def _unpacked(row: Sequence[Any], heads: Sequence[tuple[str, ...]]) -> Block:
    kind, start, end, level, group, marker, name, record, number, cells = [*row, *_EMPTY[len(row) :]]
    return Block(_KINDS[kind], start, end, level, marker, group, name, record, heads[number], tuple(cells))
