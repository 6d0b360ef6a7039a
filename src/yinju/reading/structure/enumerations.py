"""Sentences from 第一 to 第三, and lines below 「可以分五步：」 → lists whose points bear no mark."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from yinju.folding import fold
from yinju.numerals import number_of
from yinju.reading.structure.found import FoundBlocks
from yinju.reading.structure.lists import has_label, is_marked, list_blocks
from yinju.splitting import split_sentences
from yinju.types import Block, BlockKind, Span

SHORT = 120
"""The most characters of a line that is a point by its place alone, and the most such lines."""
MOST_SENTENCES = 60
"""That are looked through for 第二 and 第三."""
FARTHEST = 2
"""Sentences that may stand between two turns."""

_TURNS = (
    re.compile("第[一二三四五六七八九十]{1,2}[個个點点項项種种條条步類类波層层]?"),
    re.compile("其?[一二三四五六七八九十]{1,2}[是則则]"),
    re.compile("首先|其次|再次|再者|接著|接着|然後|然后|最後|最后"),
)
_FIRST_TURN = re.compile("第一|首先|其一|一是|一則|一则")
_BEFORE_TURN = re.compile(r"(?:^|[\n。；;！!？?：:])[ \t　]*$")
_COLON = re.compile(r"[:：][ \t　]*\n")
_COUNTED = re.compile(r"([一二两三四五六七八九十]|\d{1,2})大?[个点项种条步类方面件样句关招环阶段层][^,;。]{0,6}:$")
_AS_FOLLOWS = re.compile("(?:如下|以下[^,;。]{0,6}):$")
_CLOSED = re.compile(r"[。.!！;；]$")


def find_turns(found: FoundBlocks) -> Iterator[Block]:
    """Lists of sentences that begin with 第一, 第二 or 首先, 其次, each with what explains it, in one or more lines."""
    end = found.body_start
    if not any(turn in found.text for turn in _FIRST_TURN.pattern.split("|")):  # far quicker than to search for it
        return
    for turn in _FIRST_TURN.finditer(found.text, found.body_start):
        start = turn.start()
        before = found.text[max(0, start - 8) : start]
        if start < end or not _BEFORE_TURN.search(before) or not found.is_free(start, start + 1):
            continue
        points = _turns(found, start)
        if len(points) > 1:
            yield from list_blocks(found, points, _lead_of_turns(found, start))
            end = points[-1].end


def find_lines_below_leads(found: FoundBlocks) -> Iterator[Block]:
    """Lists of lines that one ending in a colon announces: as many as it says, lines alike, or ended by semicolons."""
    end = found.body_start
    for colon in _COLON.finditer(found.text, found.body_start):
        start = max(found.text.rfind("\n", 0, colon.start()) + 1, found.body_start)
        if start < end or is_marked(found.text, colon.end()) or not found.is_free(start, colon.start() + 1):
            continue
        lead, *lines = islice(found.run_from(start, over_blank=True), 2 * MOST_SENTENCES)
        points = _below_lead(found.text, fold(found.text[slice(*lead)][-40:]), lines)
        if len(points) > 1:
            yield from list_blocks(found, points, lead)
            end = points[-1].end


def _lead_of_turns(found: FoundBlocks, start: int) -> Span | None:
    """The sentence before 第一 in its line, or else the line above, where it leads in to it."""
    line = found.text.rfind("\n", 0, start) + 1
    before = split_sentences(found.text[line:start])
    if not before:
        return found.lead_above(line)
    first, last = (line + edge for edge in before[-1])
    return (first, last) if found.text[last - 1] in ":：" and found.is_free(first, last) else None


def _turns(found: FoundBlocks, start: int) -> list[Block]:
    """Sentences from 第一 to the last 第n, each with what explains it."""
    spans: list[Span] = []
    for first, last in found.run_from(found.text.rfind("\n", 0, start) + 1, over_blank=True):
        sentences = ((first + a, first + b) for a, b in split_sentences(found.text[first:last]))
        spans += ((max(a, start), b) for a, b in sentences if b > start)
        if len(spans) > MOST_SENTENCES:
            break
    words = [found.text[first:last].lstrip() for first, last in spans]
    turn = next((turn for turn in _TURNS if words and turn.match(words[0])), None)
    if turn is None:
        return []
    marked = [0]
    for place in range(1, len(spans)):
        if turn.match(words[place]):
            marked.append(place)
        elif place - marked[-1] > FARTHEST:
            break
    ends = [spans[place - 1][1] for place in marked[1:]] + [spans[marked[-1]][1]]
    markers = [match.group() for place in marked if (match := turn.match(words[place]))]
    return [
        Block(BlockKind.ITEM, spans[place][0], end, marker=marker)
        for place, end, marker in zip(marked, ends, markers, strict=True)
    ]


def _below_lead(text: str, lead: str, lines: Sequence[Span]) -> list[Block]:
    """The points below a lead-in, folded, among the lines that follow it."""
    short = [*takewhile(lambda span: span[1] - span[0] <= SHORT, lines)]
    if told := _told(lead):
        return _points(short[:told]) if len(short) >= told else []
    if _AS_FOLLOWS.search(lead) and short:
        kind = _line_kind(text, short[0])
        return _points([*takewhile(lambda span: _line_kind(text, span) == kind, short)])
    ended = [*takewhile(lambda span: text[span[1] - 1] in ";；", short)]
    return _points([*ended, *lines[len(ended) : len(ended) + 1]]) if ended and len(ended) < len(lines) else []


def _points(spans: Sequence[Span]) -> list[Block]:
    return [Block(BlockKind.ITEM, start, end) for start, end in spans]


def _told(lead: str) -> int | None:
    """How many points a lead-in announces; None where it does not tell."""
    counted = _COUNTED.search(lead)
    return number_of(counted[1]) if counted else None


def _line_kind(text: str, span: Span) -> tuple[bool, bool]:
    """Whether a line begins with a label, 預算：…, and whether it ends as a sentence does."""
    return has_label(text, span[0]), _CLOSED.search(text[slice(*span)]) is not None
