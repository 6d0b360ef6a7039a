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
    found, place = [], 0
    while place < len(blocks):
        points = _points_at(blocks, place)
        if len(points) > 1:
            lead = place - 1 if place and _group(blocks[place - 1]) == _group(blocks[place]) else None
            found.append(Listing(lead, tuple(points)))
        place += max(len(points), 1)
    return found


def find_enumerations(sentences: Sequence[str], paragraphs: Sequence[Hashable]) -> list[Listing]:
    """The paragraphs that count points within them, ① … ② …, from the first point on; each sentence's is given."""
    found = []
    for _, run in groupby(range(len(sentences)), key=lambda place: paragraphs[place]):
        points = [*dropwhile(lambda place: not _ENUMERATED.search(sentences[place]), run)]
        if len(points) > 1 and sum(len(_ENUMERATED.findall(sentences[place])) for place in points) > 1:
            found.append(Listing(None, tuple(points)))
    return found


def _points_at(blocks: Sequence[Block | None], start: int) -> list[int]:
    """The places from `start` on that are points of one list; empty where none begins."""
    end = start
    while end < len(blocks) and _is_point(blocks[end]) and _group(blocks[end]) == _group(blocks[start]):
        end += 1
    return [*range(start, end)]


def _is_point(block: Block | None) -> bool:
    return block is not None and block.kind in _POINTS and block.group > 0


def _group(block: Block | None) -> int:
    return block.group if block else 0
