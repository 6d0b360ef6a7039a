"""The blocks of sentences in reading order → the lists and tables among them, each whole, with what leads in to it."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import dropwhile, groupby

from yinju.types import Block, BlockKind

_ENUMERATED = re.compile(r"[①-⑳]|[（(][一二三四五六七八九十\d]{1,2}[)）]")
"""Begins a point within a paragraph."""
_POINTS = (BlockKind.ITEM, BlockKind.ROW)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list within a sequence of sentences, by their places in it."""

    lead: int | None
    """What leads in to it; None where nothing does."""
    points: tuple[int, ...]
    """In order, at least two."""

    @property
    def places(self) -> tuple[int, ...]:
        """Lead-in and points."""
        return self.points if self.lead is None else (self.lead, *self.points)


def find_lists(blocks: Sequence[Block | None]) -> list[Listing]:
    """The lists among sentences, given the block of each; they do not overlap."""
    found = []
    for group, run in groupby(range(len(blocks)), key=lambda place: _list_of(blocks[place])):
        points = tuple(run)
        if group and len(points) > 1:
            before = blocks[points[0] - 1] if points[0] else None
            found.append(Listing(points[0] - 1 if before and before.group == group else None, points))
    return found


def _list_of(block: Block | None) -> int:
    """The list or table that a block is a point or row of; 0 where it is none."""
    return block.group if block and block.kind in _POINTS else 0


def find_enumerations(sentences: Sequence[str], paragraphs: Sequence[Hashable]) -> list[Listing]:
    """The paragraphs that count points within them, ① … ② …, from the first point on; each sentence's is given."""
    found = []
    for _, run in groupby(range(len(sentences)), key=lambda place: paragraphs[place]):
        points = [*dropwhile(lambda place: not _ENUMERATED.search(sentences[place]), run)]
        if len(points) > 1 and sum(len(_ENUMERATED.findall(sentences[place])) for place in points) > 1:
            found.append(Listing(None, tuple(points)))
    return found
