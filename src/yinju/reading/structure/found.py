"""The blocks found in a text so far, and which of its lines are still to be told."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from yinju.types import Block, Span

_LEADS = re.compile(r"[:：][*_\s]*$|(?:如下|如次|以下)[。.]?$")


class FoundBlocks:
    """Blocks of one text in reading order, never overlapping."""

    def __init__(self, text: str, known: Iterable[Block] = (), body_start: int = 0) -> None:
        """Begin with those that the file's format tells of; nothing is looked for before `body_start`."""
        self.text = text
        self.body_start = body_start
        self._padded = f"\n{text}"
        self._blocks = sorted(known, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]
        self._groups = max((block.group for block in self._blocks), default=0)

    @property
    def blocks(self) -> Sequence[Block]:
        """All of them in order."""
        return self._blocks

    def lines_with(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where a pattern of a line's beginning matches, which starts with the line break before it.

        So it is quick to search for. Positions are one more than in the text.
        """
        return pattern.finditer(self._padded, self.body_start)

    @property
    def is_told(self) -> bool:
        """Whether hardly anything is left to be told."""
        return sum(block.end - block.start + 1 for block in self._blocks) >= len(self.text) - self.body_start

    def new_group(self) -> int:
        """The number of a list, table or record that no block has yet."""
        self._groups += 1
        return self._groups

    def is_free(self, start: int, end: int) -> bool:
        """Whether no block holds any of a range, which is not empty."""
        if start < self.body_start:
            return False
        place = bisect_right(self._starts, start)
        if place and self._blocks[place - 1].end > start:
            return False
        return place == len(self._starts) or self._starts[place] >= end

    def inside(self, start: int, end: int) -> Sequence[Block]:
        """The blocks that begin in a range, in order."""
        return self._blocks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def add(self, found: Iterable[Block]) -> None:
        """Take in blocks where no other stands."""
        fresh = [block for block in found if block.start < block.end and self.is_free(block.start, block.end)]
        if fresh:
            self._keep([*self._blocks, *fresh])

    def replace(self, changed: Iterable[Block]) -> None:
        """Put blocks in the place of those that begin where they do; add the others."""
        by_start = {block.start: block for block in self._blocks} | {block.start: block for block in changed}
        self._keep(by_start.values())

    def _keep(self, blocks: Iterable[Block]) -> None:
        self._blocks = sorted(blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]

    def free_lines(self, start: int, end: int) -> Iterator[Span]:
        """The lines of a range that no block holds, without white space around them; blank ones are left out."""
        while start < end:
            line = self._line_at(start, end)
            stop = self.text.find("\n", start, end)
            if line and self.is_free(*line):
                yield line
            start = end if stop < 0 else stop + 1

    def run_from(self, start: int, *, over_blank: bool = False) -> Iterator[Span]:
        """The lines from a place on up to the first that is blank, unless `over_blank`, or in a block."""
        end = len(self.text)
        while start < end:
            line = self._line_at(start, end)
            stop = self.text.find("\n", start)
            if not line and not over_blank:
                return
            if line:
                if not self.is_free(*line):
                    return
                yield line
            start = end if stop < 0 else stop + 1

    def lead_above(self, start: int) -> Span | None:
        """The line above a place where it leads in to what follows and is in no block."""
        end = start
        while end and self.text[end - 1].isspace():
            end -= 1
        first = self.text.rfind("\n", 0, end) + 1
        line = self.text[first:end]
        first += len(line) - len(line.lstrip())
        return (first, end) if first < end and _LEADS.search(line) and self.is_free(first, end) else None

    def _line_at(self, start: int, end: int) -> Span | None:
        """The words of the line that begins at a place; None where it is blank."""
        stop = self.text.find("\n", start, end)
        line = self.text[start : end if stop < 0 else stop]
        words = line.strip()
        first = start + len(line) - len(line.lstrip())
        return (first, first + len(words)) if words else None
