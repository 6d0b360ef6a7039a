"""A text with blocks and what is to be replaced in it → the text as people see it, its blocks where they then stand."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from yinju.types import Block

Edit = tuple[int, int, str]
"""Start and end of a stretch, and what stands in its place."""


def apply_edits(text: str, blocks: Sequence[Block], edits: Sequence[Edit]) -> tuple[str, tuple[Block, ...]]:
    """The edited text and its blocks; edits are in order and do not overlap. A block without text is left out."""
    if not edits:
        return text, tuple(blocks)
    pieces, place = list[str](), 0
    for start, end, words in edits:
        pieces += (text[place:start], words)
        place = end
    pieces.append(text[place:])
    moved = moves(edits)
    placed = (replace(block, start=moved(block.start), end=moved(block.end)) for block in blocks)
    return "".join(pieces), tuple(block for block in placed if block.start < block.end)


def moves(edits: Sequence[Edit]) -> Callable[[int], int]:
    """From a place in a text to where that is once the text is edited."""
    starts = [start for start, _, _ in edits]
    shifts = [*accumulate((len(words) - (end - start) for start, end, words in edits), initial=0)]

    def moved(position: int) -> int:
        number = bisect_right(starts, position) - 1
        if number < 0:
            return position
        start, end, words = edits[number]
        if position >= end:
            return position + shifts[number + 1]
        return start + shifts[number] + min(position - start, len(words))

    return moved
