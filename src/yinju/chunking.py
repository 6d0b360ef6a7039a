"""Document → Passages: stretches of one section, cut between sentences, small enough to read at a glance.

All positions are characters of `Document.text`; a passage's sentences are positions in the passage.
"""

import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from yinju.errors import SettingsError
from yinju.types import Document, Passage, Section, Span

MAX_CHARACTERS = 400
FEWEST_MAX_CHARACTERS = 20
LONG_SENTENCE = 40
"""Characters from which a semicolon ends a sentence."""
LONGEST_LIST_NUMBER = 12
"""Characters, white space included, before the dot of 「1.」."""
PARAGRAPH_SHARE = 0.6
"""A passage may end early at a paragraph's end from this share of the length aimed at."""
_HEADING_SEARCH = 2_000

_CLOSERS = "」』”’）》】〉〕）｣﹂﹄︶︾︼﹀︺\\])\"'*`"
_FULL_STOPS = "。！？｡︒︕︖﹗﹖"
_END = re.compile(
    r"\n"
    rf"|(?:[{_FULL_STOPS}]|[!?](?![A-Za-z0-9=&/])|…)[{_FULL_STOPS}!?…]*(?:[{_CLOSERS}]| [」』”’）》】])*"
    rf"|(?P<dot>\.)(?![A-Za-z0-9.,，、；：;:])[{_CLOSERS}]*"
    r"|(?P<semicolon>[；;︔﹔])"
)
_PAUSE = re.compile(r"[，、；：,;:､︐︑︓︔﹐﹑﹔﹕]")
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Za-z]|e\.g|i\.e|etc|vs|cf|al|Mr|Mrs|Ms|Dr|Prof|No|Fig|Vol|St|Inc|Ltd|Co)$"
)
_LIST_NUMBER = re.compile(r"\s*[（(]?(?:\d{1,3}(?:\.\d{1,3})*|[一二三四五六七八九十]{1,3}|[A-Za-z])$")
_BRACKETS = frozenset("）》】〉〕︶︾︼﹀︺])")
_LATIN_PAUSE = re.compile(r"\s")
_SINGLE_JOINER = "\u200d"


def chunk_document(document: Document, max_characters: int = MAX_CHARACTERS) -> list[Passage]:
    """The document's passages in order, numbered from 0, none longer than `max_characters`.

    A heading without text, and without headings below it, is a passage itself, so that it can be found.

    Raises:
        SettingsError: when `max_characters` is below 20.
    """
    if max_characters < FEWEST_MAX_CHARACTERS:
        raise SettingsError(f"max_characters is {max_characters}, expected at least {FEWEST_MAX_CHARACTERS}")
    passages: list[Passage] = []
    following = (*document.sections[1:], None)
    for section, after in zip(document.sections, following, strict=True):
        start, end = section.start, section.end
        if not document.text[start:end].strip():
            if after is not None and len(after.headings) > len(section.headings) and _is_above(section, after):
                continue
            start, end = _heading_line(document.text, section)
        units = _units(document.text, start, end, max_characters)
        for first, last in _pack(document.text, units, max_characters):
            passages.append(_passage(document, section, units[first:last], len(passages)))
    return passages


def split_sentences(text: str) -> list[Span]:
    """The sentences of a text as ranges without white space around them, holding every other character."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group() == "\n" or _ends_sentence(text, start, match):
            _append_stripped(spans, text, start, match.end())
            start = match.end()
    _append_stripped(spans, text, start, len(text))
    return spans


def _append_stripped(spans: list[Span], text: str, start: int, end: int) -> None:
    """Append a range without the white space at its ends, if anything is left of it."""
    words = text[start:end]
    stripped = words.strip()
    if stripped:
        start += len(words) - len(words.lstrip())
        spans.append((start, start + len(stripped)))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the marks found end the sentence that began at `start`."""
    mark = match.group()
    if match["semicolon"]:
        return match.end() - start >= LONG_SENTENCE
    after = text[match.end() : match.end() + 1]
    if match["dot"]:
        before = text[max(start, match.start() - 8) : match.start()]
        if match.start() - start <= LONGEST_LIST_NUMBER and _LIST_NUMBER.match(text[start : match.start()]):
            return False
        return not _ABBREVIATION.search(before) and (not after or after.isspace() or before[-1:] > "\u2e7f")
    if _PAUSE.match(after):
        return False
    # 《你好嗎？》 and （是嗎？） are parts of a sentence that goes on; a quotation's end is a good place to stop.
    return not (_BRACKETS.intersection(mark) and after and not after.isspace())


def _is_above(section: Section, other: Section) -> bool:
    """Whether a section's headings are the first of another's."""
    return other.headings[: len(section.headings)] == section.headings


def _heading_line(text: str, section: Section) -> Span:
    """Where the innermost heading of a section without text stands."""
    if not section.headings:
        return section.start, section.end
    search_start = max(0, section.start - _HEADING_SEARCH)
    found = text.rfind(section.headings[-1], search_start, section.start)
    if found >= 0:
        return found, found + len(section.headings[-1])
    # Markup inside the heading hides its words: take the line.
    end = search_start + len(text[search_start : section.start].rstrip())
    return text.rfind("\n", 0, end) + 1, end


def _units(text: str, start: int, end: int, max_characters: int) -> list[Span]:
    """The sentences of a range, each one over the maximum cut into pieces."""
    units: list[Span] = []
    for first, last in split_sentences(text[start:end]):
        if last - first <= max_characters:
            units.append((start + first, start + last))
        else:
            units.extend(_pieces(text, start + first, start + last, max_characters))
    return units


def _pieces(text: str, start: int, end: int, max_characters: int) -> Iterator[Span]:
    """A long sentence in pieces, cut after a comma, else at a space, else between two characters."""
    while end - start > max_characters:
        cut = _cut(text, start, start + max_characters)
        stripped = text[start:cut].rstrip()
        yield start, start + len(stripped)
        start = cut + len(text[cut : cut + max_characters]) - len(text[cut : cut + max_characters].lstrip())
    if start < end:
        yield start, end


def _cut(text: str, start: int, limit: int) -> int:
    """The best place to cut a sentence in the second half of what may be taken of it."""
    middle = (start + limit) // 2
    for pause in (_PAUSE, _LATIN_PAUSE):
        places = [match.end() for match in pause.finditer(text, middle, limit)]
        if places:
            return places[-1]
    for place in range(limit, middle, -1):
        before, after = text[place - 1], text[place]
        if not unicodedata.category(after).startswith("M") and _SINGLE_JOINER not in (before, after):
            return place
    return limit


def _pack(text: str, units: Sequence[Span], max_characters: int) -> Iterator[Span]:
    """Ranges of units that make a passage each: of nearly even length, ending with a paragraph where that can be."""
    first = 0
    while first < len(units):
        start = units[first][0]
        left = units[-1][1] - start
        if left <= max_characters:
            yield first, len(units)
            return
        goal = left / math.ceil(left / max_characters)
        last = first + 1
        while last < len(units) and units[last][1] - start <= max_characters:
            last += 1
        ends = range(first + 1, last + 1)
        paragraphs = [
            end
            for end in ends
            if units[end - 1][1] - start >= PARAGRAPH_SHARE * goal and _is_paragraph_end(text, units, end)
        ]
        best = min(paragraphs or ends, key=lambda end: abs(units[end - 1][1] - start - goal))
        yield first, best
        first = best


def _is_paragraph_end(text: str, units: Sequence[Span], end: int) -> bool:
    """Whether a line ends between the unit before `end` and the one at it."""
    return end >= len(units) or "\n" in text[units[end - 1][1] : units[end][0]]


@lru_cache(maxsize=100_000)
def _span(start: int, end: int) -> Span:
    """A range, the same object for all that are alike: of short lines there are millions."""
    return start, end


def _passage(document: Document, section: Section, units: Sequence[Span], number: int) -> Passage:
    """The passage that some sentences make; one that begins amid a table's rows stands below their columns' names."""
    start, end = units[0][0], units[-1][1]
    before = bisect_right(document.tables, start, key=lambda table: table.start)
    heads = tuple(table.heads for table in document.tables[max(before - 1, 0) : before] if start < table.end)
    return Passage(
        id=number,
        document=document.name,
        title=document.title,
        headings=section.headings + heads,
        page=document.page_at(start),
        start=start,
        end=end,
        text=document.text[start:end],
        sentences=tuple(_span(first - start, last - start) for first, last in units),
    )
