"""Text → sentences, and a sentence that is too long → pieces of it. All positions are characters of the text."""

import re
import unicodedata
from collections.abc import Iterator

from yinju.types import Span

LONG_SENTENCE = 40
"""Characters from which a semicolon ends a sentence."""
LONGEST_LIST_NUMBER = 12
"""Characters, white space included, before the dot of 「1.」."""

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


def cut_long(text: str, start: int, end: int, max_characters: int) -> Iterator[Span]:
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
