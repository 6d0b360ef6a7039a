"""Lines and sentences → the lists among them: the points in order, how deep they are, and what leads in to them.

Points begin alike (with a bullet, a number, 第一, 首先), or are lines below a lead-in such as 「可以分五步：」, whose number
says how many they are. Marks within a line, 「分兩種：①…②…」, stay inside its point.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from yinju.folding import fold
from yinju.numerals import NUMERALS, number_of
from yinju.reading.structure.found import FoundBlocks
from yinju.splitting import split_sentences
from yinju.types import Block, BlockKind, Span

SHORT = 120
"""The most characters of a line that is a point by its place alone."""
LONGEST_LABEL = 16
"""Characters before the colon of a point that names itself, 「預算：三萬」."""
MOST_SENTENCES = 60
"""That are looked through for 第二 and 第三."""

_BULLET = r"[-*+][ \t]+|[•・●○▪◆·■□▶►※➢✓☑◎★☆‣⁃][ \t　]*"
_NUMBERED = (
    rf"[（(](?:\d{{1,3}}|[０-９]{{1,3}}|[{NUMERALS}]{{1,4}}|[A-Za-z])[)）][ \t　]*"
    rf"|(?:\d{{1,3}}|[０-９]{{1,3}}|[{NUMERALS}]{{1,4}})(?:[、．)）]|[.](?![\d０-９]))[ \t　]*|[a-zA-Z][.)）、][ \t　]+"
    r"|(?:\d{1,2}\.){1,3}\d{1,2}[.、]?[ \t　]+"
)
_CIRCLED = "①-⑳㉑-㊿❶-❿⓵-⓾㈠-㈩⑴-⒇"
_MARK = re.compile(rf"(?P<bullet>{_BULLET})|(?P<number>{_NUMBERED})|(?P<circled>[{_CIRCLED}])[ \t　]*")
_LETTERS = re.compile(rf"[\d０-９]+|[{NUMERALS}]+|[A-Za-z]|[{_CIRCLED}]")
_TURNS = (
    re.compile("第[一二三四五六七八九十]{1,2}[個个點点項项種种條条步類类波層层]?"),
    re.compile("其?[一二三四五六七八九十]{1,2}[是則则]"),
    re.compile("首先|其次|再次|再者|接著|接着|然後|然后|最後|最后"),
)
_TRIGGER = re.compile(
    rf"^[ \t　]*(?:(?P<mark>{_MARK.pattern})|[^\n]*[:：][ \t　]*$)"
    r"|(?:^[ \t　]*|(?<=[。；;！!？?：:])\s*)(?P<turn>第一|首先|其一|一是|一則|一则)",
    re.MULTILINE,
)
_LABEL = re.compile(r"(?:\*\*)?([^:：，。；！？,;!?*]{1,16})(?:[:：]\*\*|\*\*[:：]|[:：])(?=\s*\S)")
_COUNTED = re.compile(r"([一二两三四五六七八九十]|\d{1,2})大?[个点项种条步类方面件样句关招环阶段层][^,;。]{0,6}:$")
_AS_FOLLOWS = re.compile("(?:如下|以下[^,;。]{0,6}):$")
_LEADS = re.compile(r"[:：][*_\s]*$|(?:如下|如次|以下)[。.]?$")
_CLOSED = re.compile(r"[。.!！;；]$")


def find_lists(found: FoundBlocks) -> Iterator[Block]:
    """The points of every list with two or more, in a group with the line that leads in to them."""
    end = found.body_start
    while trigger := _TRIGGER.search(found.text, end):
        start = found.text.rfind("\n", 0, trigger.end()) + 1
        blocks = [*_list_from(found, max(start, end), trigger)]
        yield from blocks
        end = max(blocks[-1].end if blocks else 0, trigger.end())


def _list_from(found: FoundBlocks, start: int, trigger: re.Match[str]) -> Iterator[Block]:
    """The list that begins at a line, with its lead-in first; nothing where there is none."""
    lines = _Lines(found, start)
    if trigger["turn"]:
        points: Sequence[Block] = _turns(found, max(start, trigger.start()))
        lead = _lead_of_turns(found, start, points[0].start) if points else None
    elif trigger["mark"]:
        points, lead = _marked(lines, 0), lead_above(found, start)
    else:
        lead = lines.span(0)
        points = _below_lead(lines) if lead else []
    if len(points) < 2:
        return
    group = found.new_group()
    if lead and found.is_free(*lead):
        yield Block(BlockKind.PARAGRAPH, *lead, group=group)
    for point in points:
        yield Block(BlockKind.ITEM, point.start, point.end, point.level, point.marker, group, _label(found.text, point))


class _Lines:
    """The free lines from a place on, fetched as they are asked for."""

    def __init__(self, found: FoundBlocks, start: int) -> None:
        self.text = found.text
        self._coming = found.run_from(start, over_blank=True)
        self._spans: list[Span] = []

    def span(self, number: int) -> Span | None:
        """Where the line of a number stands; None after the last."""
        while len(self._spans) <= number:
            following = next(self._coming, None)
            if following is None:
                return None
            self._spans.append(following)
        return self._spans[number]

    def words(self, number: int) -> str:
        """What the line says, empty after the last."""
        span = self.span(number)
        return self.text[slice(*span)] if span else ""

    def indent(self, number: int) -> int:
        """How many columns it is set in."""
        span = self.span(number)
        start = span[0] if span else 0
        before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        return len(before.expandtabs(4)) + before.count("　")


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a line begins with: marks that differ by their number alone are of one kind."""

    kind: str
    number: int
    written: str


def _mark(words: str) -> _Mark | None:
    match = _MARK.match(words)
    if not match:
        return None
    written = match.group().strip()
    if match["bullet"]:
        return _Mark(written, 0, written) if len(match.group()) < len(words) else None
    numbers = [*_LETTERS.finditer(written)]
    if not numbers:
        return None
    last = numbers[-1]  # of 3.2.1 only the 1 counts
    kind = written[: last.start()] + _kind_of(last) + written[last.end() :]
    return _Mark(kind, _value(last.group()), written)


def _kind_of(letters: re.Match[str]) -> str:
    first = letters.group()[0]
    return "1" if first.isdecimal() else "一" if first in NUMERALS else "a" if first.isascii() else "①"


def _value(written: str) -> int:
    number = number_of(written)
    if number is not None:
        return number
    code = ord(written.lower())
    return code - ord("a") + 1 if written.isascii() else code


def _marked(lines: _Lines, first: int) -> list[Block]:
    """Points that begin alike, with what stands below each, up to a line without a mark or of no higher number.

    A line without a mark that is set in further than its point goes on with it.
    """
    opened = _mark(lines.words(first))
    if opened is None:
        return []
    points: list[Block] = []
    path: list[tuple[str, int]] = []
    last, place = 0, first
    while span := lines.span(place):
        mark, indent = _mark(lines.words(place)), lines.indent(place)
        if mark is None:
            if not points or indent <= path[-1][1] + 1:
                break
            points[-1] = replace(points[-1], end=span[1])
        else:
            at_base = not path or (mark.kind == opened.kind and indent <= path[0][1] + 1)
            if at_base and points and mark.number and mark.number <= last:
                break
            level = _level(path, mark.kind, indent)
            last = mark.number if level == 0 else last
            points.append(Block(BlockKind.ITEM, *span, level, mark.written))
        place += 1
    levels = Counter(point.level for point in points)
    return points if levels and max(levels.values()) > 1 else []


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


def lead_above(found: FoundBlocks, start: int) -> Span | None:
    """The line above a place where it leads in to what follows."""
    end = start
    while end and found.text[end - 1].isspace():
        end -= 1
    first = found.text.rfind("\n", 0, end) + 1
    line = found.text[first:end]
    first += len(line) - len(line.lstrip())
    return (first, end) if first < end and _LEADS.search(line) and found.is_free(first, end) else None


def _lead_of_turns(found: FoundBlocks, line: int, start: int) -> Span | None:
    """The sentence before 第一 in its line, which begins at `line`, or else the line above, where it leads in to it."""
    before = split_sentences(found.text[line:start])
    if not before:
        return lead_above(found, line)
    first, last = (line + edge for edge in before[-1])
    return (first, last) if found.text[last - 1] in ":：" and found.is_free(first, last) else None


def _below_lead(lines: _Lines) -> list[Block]:
    """The points below a lead-in: marked, turned, as many as it says, alike, or each ended by a semicolon."""
    if _mark(lines.words(1)):
        return _marked(lines, 1)
    lead = fold(lines.words(0)[-40:])
    if told := _told(lead):
        spans = [*_short_lines(lines, told)]
        return _plain(spans) if len(spans) == told else []
    if _AS_FOLLOWS.search(lead):
        kind = _line_kind(lines.words(1))
        alike = takewhile(lambda span: _line_kind(lines.text[slice(*span)]) == kind, _short_lines(lines, SHORT))
        return _plain([*alike])
    ended = [*takewhile(lambda span: lines.text[span[1] - 1] in ";；", _short_lines(lines, SHORT))]
    after = lines.span(len(ended) + 1)
    return _plain([*ended, after]) if ended and after else []


def _plain(spans: Sequence[Span]) -> list[Block]:
    return [Block(BlockKind.ITEM, start, end) for start, end in spans]


def _told(lead: str) -> int | None:
    """How many points a lead-in announces; None where it does not tell."""
    counted = _COUNTED.search(lead)
    return number_of(counted[1]) if counted else None


def _short_lines(lines: _Lines, most: int) -> Iterator[Span]:
    """The lines below the first, at most so many, up to a long one."""
    for number in range(1, most + 1):
        span = lines.span(number)
        if span is None or span[1] - span[0] > SHORT:
            return
        yield span


def _line_kind(words: str) -> tuple[bool, bool]:
    """Whether a line begins with a label, 預算：…, and whether it ends as a sentence does."""
    return _LABEL.match(words) is not None, _CLOSED.search(words) is not None


def _turns(found: FoundBlocks, start: int) -> list[Block]:
    """Sentences from 第一 to the last 第n, each with what explains it, whether in lines of their own or not."""
    end = start
    spans: list[Span] = []
    for first, last in found.run_from(found.text.rfind("\n", 0, start + 1) + 1, over_blank=True):
        spans += ((first + a, first + b) for a, b in split_sentences(found.text[first:last]) if first + b > start)
        end = last
        if len(spans) > MOST_SENTENCES:
            break
    if not spans:
        return []
    words = [found.text[first:last].lstrip() for first, last in spans]
    turn = next((turn for turn in _TURNS if turn.match(words[0])), None)
    if turn is None:
        return []
    marked = [0]
    for place in range(1, len(spans)):
        if turn.match(words[place]):
            marked.append(place)
        elif place - marked[-1] > 2:
            break
    ends = [spans[place - 1][1] for place in marked[1:]] + [spans[marked[-1]][1]]
    return [Block(BlockKind.ITEM, spans[place][0], stop, marker=_turn_of(turn, words[place]))
            for place, stop in zip(marked, ends, strict=True)] if end else []  # fmt: skip


def _turn_of(turn: re.Pattern[str], words: str) -> str:
    match = turn.match(words)
    return match.group() if match else ""


def _label(text: str, point: Block) -> str:
    """What a point calls itself before a colon; empty where it does not."""
    words = text[point.start : point.end]
    mark = _MARK.match(words) if point.marker else None
    label = _LABEL.match(words, mark.end() if mark else 0)
    return label[1].strip() if label else ""
