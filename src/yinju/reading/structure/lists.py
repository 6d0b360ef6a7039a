"""Lines that begin with a mark → lists: the points in order, how deep they are, and what leads in to them.

Marks within a line, 「分兩種：①…②…」, stay inside its point.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from yinju.numerals import NUMERALS, number_of
from yinju.reading.structure.found import FoundBlocks
from yinju.types import Block, BlockKind, Span

LONGEST_LABEL = 16
"""Characters before the colon of a point that names itself, 「預算：三萬」."""

_BULLET = r"[-*+][ \t]+|[•・●○▪◆·■□▶►※➢✓☑◎★☆‣⁃][ \t　]*"
_NUMBERED = (
    rf"[（(](?:\d{{1,3}}|[０-９]{{1,3}}|[{NUMERALS}]{{1,4}}|[A-Za-z])[)）][ \t　]*"
    rf"|(?:\d{{1,3}}|[０-９]{{1,3}}|[{NUMERALS}]{{1,4}})(?:[、．)）]|[.](?![\d０-９]))[ \t　]*|[a-zA-Z][.)）、][ \t　]+"
    r"|(?:\d{1,2}\.){1,3}\d{1,2}[.、]?[ \t　]+"
)
_CIRCLED = "①-⑳㉑-㊿❶-❿⓵-⓾㈠-㈩⑴-⒇"
_MARK = re.compile(rf"(?P<bullet>{_BULLET})|(?P<number>{_NUMBERED})|(?P<circled>[{_CIRCLED}])[ \t　]*")
_LETTERS = re.compile(rf"[\d０-９]+|[{NUMERALS}]+|[A-Za-z]|[{_CIRCLED}]")
_SIGNS = rf"-*+•・●○▪◆·■□▶►※➢✓☑◎★☆‣⁃（(\d０-９{NUMERALS}a-zA-Z{_CIRCLED}"
"""What a mark can begin with: most lines begin with something else, which is quick to tell."""
_MARKED_LINE = re.compile(rf"\n(?P<indent>[ \t　]*)(?=[{_SIGNS}])(?P<mark>{_MARK.pattern})(?=[^\n])")
_LABEL = re.compile(rf"(?:\*\*)?([^:：，。；！？,;!?*\n]{{1,{LONGEST_LABEL}}})(?:\*\*)?[:：](?:\*\*)?(?=\s*\S)")


class Mark(NamedTuple):
    """What a line begins with: marks that differ by their number alone are of one kind."""

    kind: str
    number: int
    written: str


class _Line(NamedTuple):
    """A line that begins with a mark, from its mark on, and how many columns it is set in."""

    start: int
    end: int
    indent: int
    mark: Mark


def find_lists(found: FoundBlocks) -> Iterator[Block]:
    """The points of every list with two or more, in a group with the line that leads in to them."""
    lines = [*_marked_lines(found)]
    place = 0
    while place < len(lines):
        points, taken = _points(found.text, lines, place)
        if len(points) > 1:
            yield from list_blocks(found, points, found.lead_above(points[0].start))
        place += taken


def list_blocks(found: FoundBlocks, points: Sequence[Block], lead: Span | None) -> Iterator[Block]:
    """The blocks of one list: its lead-in, where it has one that is free, and its points, each with its label."""
    group = found.new_group()
    if lead and found.is_free(*lead):
        yield Block(BlockKind.PARAGRAPH, *lead, group=group)
    for point in points:
        label = _label(found.text, point)
        yield Block(BlockKind.ITEM, point.start, point.end, point.level, point.marker, group, label)


def has_label(text: str, start: int) -> bool:
    """Whether what begins at a place calls itself something before a colon."""
    return _LABEL.match(text, start) is not None


def is_marked(text: str, start: int) -> bool:
    """Whether a line that begins at a place begins with a mark."""
    return _MARK.match(text, start) is not None


def _marked_lines(found: FoundBlocks) -> Iterator[_Line]:
    """The free lines that begin with a mark, in order."""
    text = found.text
    for match in found.lines_with(_MARKED_LINE):
        mark = _read_mark(match["mark"].strip(), match["bullet"] is not None)
        start, end = match.start("mark") - 1, text.find("\n", match.end() - 1)
        end = len(text) if end < 0 else end
        if mark and found.is_free(start, end):
            indent = match["indent"]
            columns = len(indent.expandtabs(4)) + indent.count("　") if indent else 0
            yield _Line(start, end if text[end - 1] > " " else start + len(text[start:end].rstrip()), columns, mark)


@lru_cache(maxsize=4096)
def _read_mark(written: str, is_bullet: bool) -> Mark | None:
    """The kind and the number of a mark; None for what only looks like one."""
    if is_bullet:
        return Mark(written, 0, written)
    numbers = [*_LETTERS.finditer(written)]
    if not numbers:
        return None
    last = numbers[-1]  # of 3.2.1 only the 1 counts
    kind = written[: last.start()] + _kind_of(last) + written[last.end() :]
    return Mark(kind, _value(last.group()), written)


def _kind_of(letters: re.Match[str]) -> str:
    first = letters.group()[0]
    return "1" if first.isdecimal() else "一" if first in NUMERALS else "a" if first.isascii() else "①"


def _rank(kind: str) -> int:
    """How far down a kind of mark stands as a rule: 一、 above （一） above 1. above (1) above ① above a."""
    bracketed = kind[-1] in ")）"
    if "一" in kind:
        return 1 if bracketed else 0
    if "1" in kind:
        return 3 if bracketed else 2
    return 4 if "①" in kind else 5


def _value(written: str) -> int:
    number = number_of(written)
    if number is not None:
        return number
    code = ord(written.lower())
    return code - ord("a") + 1 if written.isascii() else code


def _points(text: str, lines: Sequence[_Line], first: int) -> tuple[list[Block], int]:
    """The points of the list that begins with a line, none where it is no list, and how many lines they take up.

    A list ends at a line without a mark that is not set in, at a number no higher than the last, and where marks begin
    that stand above its own.
    """
    opened = lines[first]
    points: list[Block] = []
    path: list[tuple[str, int]] = []
    last, place = 0, first
    while place < len(lines):
        line = lines[place]
        if points:
            goes_on = _goes_on(text, points[-1].end, line.start, path[-1][1])
            at_base = line.indent <= path[0][1] + 1
            if goes_on is None or (at_base and _begins_anew(opened.mark, line.mark, last)):
                break
            points[-1] = points[-1].placed(points[-1].start, goes_on)
        level = _level(path, line.mark.kind, line.indent)
        last = line.mark.number if level == 0 else last
        points.append(Block(BlockKind.ITEM, line.start, line.end, level, line.mark.written))
        place += 1
    end = _indented_until(text, points[-1].end, len(text), path[-1][1])
    points[-1] = points[-1].placed(points[-1].start, end)
    is_list = max(Counter(point.level for point in points).values()) > 1
    return (points if is_list else []), place - first


def _begins_anew(opened: Mark, mark: Mark, last: int) -> bool:
    """Whether a mark at the level of a list's first begins another list."""
    if mark.kind == opened.kind:
        return 0 < mark.number <= last
    return _rank(mark.kind) < _rank(opened.kind)


def _goes_on(text: str, end: int, start: int, indent: int) -> int | None:
    """Where a point ends that another follows; None where the list is over before that."""
    if start - end == 1 or not text[end:start].strip():
        return end
    line = text.rfind("\n", end, start) + 1
    stop = _indented_until(text, end, line - 1, indent)
    return stop if not text[stop:line].strip() else None


def _indented_until(text: str, end: int, limit: int, indent: int) -> int:
    """The end of the last line below a place that is set in further than a mark's column, and so goes on with it."""
    place = end
    while place < limit:
        stop = text.find("\n", place + 1, limit)
        stop = limit if stop < 0 else stop
        line = text[place + 1 : stop]
        words = line.lstrip(" \t　")
        if words and len(line[: len(line) - len(words)].expandtabs(4)) <= indent + 1:
            break
        end = place + 1 + len(line.rstrip()) if words else end
        place = stop
    return end


def _level(path: list[tuple[str, int]], kind: str, indent: int) -> int:
    """How deep a point is that begins with a mark of a kind; `path` is left at it."""
    same = [depth for depth, (own, at) in enumerate(path) if own == kind and abs(at - indent) <= 1]
    if same:
        del path[same[-1] + 1 :]
    else:
        while path and path[-1][1] > indent + 1:
            path.pop()
        path.append((kind, indent))
    return len(path) - 1


def _label(text: str, point: Block) -> str:
    """What a point calls itself before a colon; empty where it does not."""
    words = text[point.start : point.end]
    mark = _MARK.match(words) if point.marker else None
    label = _LABEL.match(words, mark.end() if mark else 0)
    return label[1].strip() if label else ""
