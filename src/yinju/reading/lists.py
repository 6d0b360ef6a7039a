"""Points of lists as a format tells of them → lines of text with their numbers, and blocks for those that are lists.

A number does not tell a point from a heading: 「一、總則」 above two paragraphs is one, whatever the format says. So
what the points are is settled at the end, chain by chain, and what may be headings or articles is left to `structure`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yinju.numerals import NUMERALS
from yinju.reading.extract import TextBuilder
from yinju.types import Block, BlockKind

LONGEST_HEADING = 40
"""Characters of a point that may be a heading."""
LONGEST_ASIDE = 400
"""Characters of the paragraphs that go on with a point."""
MOST_AHEAD = 200
"""Points of another list that may be nested in one."""

_WHOLE = re.compile(rf"第\s*(?:[{NUMERALS}]+|[\d０-９]+)\s*[條条章節节編编篇卷款部回]")
"""Markers of what is no point of a list."""
_LEADS = re.compile(r"(?:[:：]|(?:如下|如次|以下)[。.]?)$")
_LABEL = re.compile(r"([^:：，。；！？,;!?]{1,16})(?:：|:(?!\d))(?=\s*\S)")
_CLOSED = re.compile(r"[。；：，、.;:,!?！？]$")
_FULL_WIDTH_ENDS = "、。．：）】〕〉》」』，"
_WINGDINGS = {
    0xB7: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xFC: "✓", 0xFE: "☑", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0x76: "❖",
    0x71: "❑", 0x70: "❐", 0x6F: "❏", 0xAB: "★", 0x9F: "•", 0x9E: "·", 0xB2: "✧", 0xE0: "→", 0xF0: "⇨", 0x77: "◆",
}  # fmt: skip
"""Signs of bullets in fonts of symbols, as they look."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a program draws in front of a paragraph."""

    marker: str
    """The number or sign as people see it."""
    before: str
    """The marker with what parts it from the words."""
    level: int
    """How deep in its list, from 0."""
    list_id: str
    """Points of one list have the same; what the format calls it."""
    number: int = 0
    is_first: bool = False
    """Whether its number begins anew."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A labelled paragraph in the text."""

    start: int
    end: int
    label: Label
    words: str

    @property
    def like_heading(self) -> bool:
        """Whether it could be a heading: short and no sentence."""
        return len(self.words) <= LONGEST_HEADING and not _CLOSED.search(self.words)


def parted(marker: str) -> str:
    """A marker with a space after it, unless it ends with a mark that is as wide as a character itself."""
    return marker if marker.endswith(tuple(_FULL_WIDTH_ENDS)) else f"{marker} "


def bullet_sign(stated: str) -> str:
    """The sign of a bullet: those of fonts of symbols as they look, a picture as •."""
    sign = stated.strip()
    if len(sign) != 1:
        return sign[:3] or "•"
    if sign == "o":
        return "○"
    code = ord(sign)
    return _WINGDINGS.get(code & 0xFF, "•") if 0xF000 <= code <= 0xF0FF or sign in "lnuvqpØü§" else sign


class ListPoints:
    """The labelled paragraphs of one text, which are lines of it from the start and blocks when all are known."""

    def __init__(self, built: TextBuilder) -> None:
        """Begin with none in a text that is being built."""
        self._built = built
        self._points: list[_Point] = []

    def add(self, label: Label, words: str) -> None:
        """Append a paragraph with its label; one that may be an article or chapter is a line without a block.

        An empty one is left out, though its number has been counted.
        """
        if not words.strip():
            return
        start = self._built.length
        for line in f"{label.before}{words.strip()}".split("\n"):
            self._built.add(line)
        if not _WHOLE.match(label.marker):
            self._points.append(_Point(start, self._built.length - 1, label, words.strip()))

    def settle(self) -> None:
        """Give the points of lists their blocks, and the lines that lead in to them."""
        if not self._points:
            return
        self._built.blocks.sort(key=lambda block: block.start)
        text, known = self._built.text, self._built.blocks
        found: list[Block] = []
        for points, gaps in _chains(text, self._points, known):
            if len(points) > 1 and not _are_headings(points, gaps):
                found += self._blocks(text, points, gaps)
        self._built.blocks = sorted((*known, *found), key=lambda block: block.start)

    def _blocks(self, text: str, points: Sequence[_Point], gaps: Sequence[int]) -> Iterator[Block]:
        """The blocks of one list with the line that introduces it; a long stretch of other text parts it in two."""
        ends = [place + 1 for place, gap in enumerate(gaps) if gap > LONGEST_ASIDE]
        for first, last in pairwise((0, *ends, len(points))):
            group = self._built.new_group()
            yield from _lead(text, points[first].start, self._built.blocks, group)
            for place in range(first, last):
                goes_on = place + 1 < last and gaps[place]
                end = len(text[: points[place + 1].start].rstrip()) if goes_on else points[place].end
                yield _item(replace(points[place], end=end), group)


def _chains(text: str, points: Sequence[_Point], known: Sequence[Block]) -> Iterator[tuple[list[_Point], list[int]]]:
    """The points that may be one list each, with the characters that stand between them."""
    place = 0
    while place < len(points):
        chain, gaps = [points[place]], list[int]()
        while place + len(chain) < len(points):
            point = points[place + len(chain)]
            gap = _gap(text, chain[-1].end, point.start, known)
            if gap is None or not _goes_on(chain[0].label, points, place + len(chain), gap):
                break
            chain.append(point)
            gaps.append(gap)
        place += len(chain)
        yield _nested(chain), gaps


def _gap(text: str, start: int, end: int, known: Sequence[Block]) -> int | None:
    """How many characters stand between two points, notes aside; None where a block of another kind parts them."""
    if end - start <= 1:
        return 0
    first = bisect_left(known, start, key=_start)
    held = known[first : bisect_left(known, end, key=_start)]
    if any(block.kind is not BlockKind.NOTE for block in held):
        return None
    length = len(text[start:end].strip())
    return (0 if sum(block.end - block.start + 1 for block in held) >= length else None) if held else length


def _start(block: Block) -> int:
    return block.start


def _goes_on(first: Label, points: Sequence[_Point], place: int, gap: int) -> bool:
    """Whether a point belongs to the list before it: one of the same that counts on, or of one nested in it."""
    own = points[place].label
    if own.list_id == first.list_id:
        return not gap or not own.is_first
    if gap:
        return False
    coming = (points[number].label for number in range(place, min(place + MOST_AHEAD, len(points))))
    again = next((label for label in coming if label.list_id == first.list_id), None)
    return again is not None and not again.is_first


def _nested(chain: Sequence[_Point]) -> list[_Point]:
    """The points with their levels counted from the outermost; those of another list are a level deeper."""
    own = chain[0].label.list_id
    least = min(point.label.level for point in chain if point.label.list_id == own)
    return [
        replace(point, label=replace(point.label, level=point.label.level - least
                                     if point.label.list_id == own else point.label.level + 1))
        for point in chain
    ]  # fmt: skip


def _are_headings(points: Sequence[_Point], gaps: Sequence[int]) -> bool:
    """Whether points at the outermost level mostly have text of their own below them and look like headings."""
    outer = [place for place, point in enumerate(points[:-1]) if point.label.level == 0]
    like = [place for place in outer if gaps[place] > (0 if points[place].like_heading else LONGEST_ASIDE)]
    return bool(like) and 2 * len(like) >= len(outer)


def _lead(text: str, start: int, known: Sequence[Block], group: int) -> Iterator[Block]:
    """The line above a list where it introduces it and is nothing else."""
    end = len(text[:start].rstrip())
    first = text.rfind("\n", 0, end) + 1
    line = text[first:end]
    place = bisect_left(known, end, key=_start)
    taken = place > 0 and known[place - 1].end > first
    if line and _LEADS.search(line) and not _WHOLE.match(line) and not taken:
        yield Block(BlockKind.PARAGRAPH, first, end, group=group)


def _item(point: _Point, group: int) -> Block:
    label = _LABEL.match(point.words)
    name = label[1].strip() if label else ""
    return Block(BlockKind.ITEM, point.start, point.end, point.label.level, point.label.marker, group, name)
