"""What the parser of one format found in a file: its text, the blocks its format tells of, and warnings.

Every parser gives the same value, so that titles, blocks, sections and warnings are settled in one place.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from yinju.reading.table import table_blocks
from yinju.reasons import Reason
from yinju.types import HEADING_KINDS, Block, BlockKind, Box, DocumentFacts, Figure, PrintedRun, Scan, Section

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")

TITLE_LEVEL = 0
"""The level of a document's own title, above its outermost headings."""


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """One line as it was recognised, with the box of each of its characters."""

    text: str
    boxes: tuple[Box, ...]


Scans = Mapping[int, Sequence[ScannedLine] | None]
"""Page, counted from 1, → the lines recognised on its image, in no order; None where that failed."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file and what its format says of it; `warnings` are for the reader."""

    text: str
    blocks: tuple[Block, ...] = ()
    """In reading order; lines in none are still to be told from each other by `structure`."""
    title: str = ""
    body_start: int = 0
    """Where the text begins that is worth searching: after the front matter of Markdown."""
    encoding: str | None = None
    page_starts: tuple[int, ...] = ()
    warnings: tuple[Reason, ...] = ()
    printed: tuple[PrintedRun, ...] = ()
    dropped: int = 0
    """How many characters, white space aside, the parser left out: what stands on every page."""
    scans: tuple[Scan, ...] = ()
    """The pages whose text was recognised on their image."""
    figures: tuple[Figure, ...] = ()
    """In the order of the text; their captions are what the format itself says they show."""
    textless: tuple[int, ...] = ()
    """Physical pages, counted from 1, of which nothing could be read."""
    page_labels: tuple[str, ...] = ()
    """What a document itself calls its pages; empty where that is their number."""
    facts: DocumentFacts = field(default_factory=DocumentFacts)
    """What the format itself says of the document as a whole."""


def plain_lines(text: str) -> str:
    """The text with every line end as one newline and other control characters as spaces."""
    return without_controls(_LINE_ENDS.sub("\n", text))


def without_controls(text: str) -> str:
    """The text, as long as before, with control characters but tabs and newlines as spaces."""
    return _CONTROLS.sub(" ", text)


def count_characters(text: str) -> int:
    """How many characters a text has, white space aside."""
    return len("".join(text.split()))


def heading(level: int, words: str, start: int = 0, end: int = 0) -> Block:
    """A heading's block; its words stand in one line, whatever markup or line breaks the text has."""
    return Block(BlockKind.HEADING, start, end, level, name=" ".join(words.split()))


def headings_of(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that head sections, in order."""
    return [block for block in blocks if block.kind in HEADING_KINDS]


def divide_into_sections(text: str, blocks: Sequence[Block], body_start: int = 0) -> tuple[Section, ...]:
    """The stretches between headings with the path of headings above each; a heading without body gives an empty one.

    Text before the first heading becomes a section without headings.
    """
    headings = headings_of(blocks)
    sections = []
    first = headings[0].start if headings else len(text)
    if text[body_start:first].strip():
        sections.append(Section((), body_start, first))
    path: list[Block] = []
    for number, heading in enumerate(headings):
        path = [above for above in path if above.level < heading.level] + [heading]
        end = headings[number + 1].start if number + 1 < len(headings) else len(text)
        sections.append(Section(tuple(above.name for above in path), heading.end, end))
    return tuple(sections)


class TextBuilder:
    """Collects lines into one text while keeping the places of blocks in it."""

    def __init__(self) -> None:
        """Start with no text."""
        self._lines: list[str] = []
        self._length = 0
        self._groups = 0
        self.blocks: list[Block] = []
        self.figures: list[Figure] = []
        """Those met so far, each before the line that was added next."""

    def add(self, line: str, block: Block | None = None, group: int | None = None) -> None:
        """Append a line, as what `block` says it is, in a group; white space alone is left out."""
        line = line.strip()
        if not line:
            return
        if block is not None:
            self.blocks.append(block.placed(self._length, self._length + len(line), group))
        self._lines.append(line)
        self._length += len(line) + 1

    def go_on(self, line: str, block: Block) -> None:
        """Append a line that belongs to the block above it, where that ends the text; else as a block of its own."""
        line = line.rstrip()
        above = self.blocks[-1] if self.blocks else None
        if not line or above is None or above.end != self._length - 1 or above.kind is not block.kind:
            self.add(line, block)
            return
        self.blocks[-1] = above.placed(above.start, self._length + len(line))
        self._lines.append(line)
        self._length += len(line) + 1

    def add_lines(self, lines: Iterable[str], block: Block | None = None) -> None:
        """Append lines that are one block together."""
        start = self._length
        for line in lines:
            self.add(line)
        if block is not None and self._length > start:
            self.blocks.append(block.placed(start, self._length - 1))

    def add_heading(self, line: str, level: int) -> None:
        """Append a line as a heading."""
        self.add(line, heading(level, line))

    def add_table(self, rows: Iterable[Sequence[str]], headed: bool | None = None) -> None:
        """Append a table, a line for each row, or for each field of a form; `headed` as for `table_blocks`."""
        table, group, record = self.new_group(), 0, 0
        for line, block in table_blocks(rows, headed):
            if block.group and block.group != record:
                group, record = self.new_group(), block.group
            self.add(line, block, group if block.group else table)

    def new_group(self) -> int:
        """The number of a list, table or record that no block has yet."""
        self._groups += 1
        return self._groups

    @property
    def first_heading(self) -> str:
        """The words of the first heading; empty without any."""
        return next((block.name for block in self.blocks if block.kind is BlockKind.HEADING), "")

    @property
    def length(self) -> int:
        """Where the next line will begin in the text."""
        return self._length

    @property
    def text(self) -> str:
        """The lines added so far."""
        return "\n".join(self._lines)
