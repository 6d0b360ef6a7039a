"""A printed line whose letters are spaced apart → the same without the blanks that only space them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yinju.folding import HAN
from yinju.reading.pdf.lines import WIDE_GAP, Gap, Line

MOSTLY = 0.6
"""The share of neighbouring Han characters with a blank between them from which on a line is spaced."""
UNEVEN, SLACK = 1.4, 0.15
"""By how much the widest of even gaps may be wider than the narrowest: so many times, and so many type sizes."""
FARTHEST = 6.0
"""In type sizes: how far the two characters of a line of two may stand apart, as those of 目 錄."""

_HAN = re.compile(f"[{HAN}]")
_WIDE = re.compile(f"[{HAN}\u3001-\u3020\uff01-\uff60]")
_MARKER = re.compile(r"第.{1,4}[章節节編编篇部條条]|[一二三四五六七八九十\d]{1,3}[、.．]|附[錄录件].?")


def close_up(line: Line, words: str, gaps: Sequence[Gap]) -> Line:
    """The line, of these characters as pdfium counts them, without the blanks that only space its letters."""
    if not gaps or len(words) != len(line.text):  # what pdfium counts as two characters
        return line
    if len(gaps) == 1 and len(words) != 2 + gaps[0][0][1] - gaps[0][0][0]:
        return line
    kept = list(_blanks(words, gaps))
    if not kept:
        return line
    text, skips, begin = "", [], 0
    for start, end in kept:
        text += words[begin:start]
        skips.append((len(text), end - start))
        begin = end
    return replace(line, text=text + words[begin:], skips=tuple(skips))


def _blanks(words: str, gaps: Sequence[Gap]) -> Iterator[tuple[int, int]]:
    """Where the blanks stand that only space letters."""
    between = [
        (span, gap) for span, gap in gaps if _HAN.match(words[span[0] - 1]) and _HAN.match(words[span[1]])
    ]  # fmt: skip
    together = len(re.findall(f"(?<=[{HAN}])[{HAN}]", words))
    wide = [gap for _, gap in between]
    if len(between) > 1 and len(between) >= MOSTLY * (len(between) + together) and _are_even(wide):
        yield from (
            span for span, gap in gaps
            if _WIDE.match(words[span[0] - 1]) and _WIDE.match(words[span[1]]) and gap <= max(wide) + SLACK
        )  # fmt: skip
        return
    tokens = [0, *(edge for span, _ in gaps for edge in span), len(words)]
    single = [
        end - start == 1 and bool(_HAN.match(words[start]))
        for start, end in zip(tokens[::2], tokens[1::2], strict=True)
    ]
    place = 0
    while place < len(single):
        end = place
        while end < len(single) and single[end]:
            end += 1
        own = [gap for _, gap in gaps[place : max(place, end - 1)]]
        opened = place == 0 or _MARKER.fullmatch(words[: gaps[place - 1][0][0]])
        if own and ((len(own) > 1 and _are_even(own)) or (opened and end == len(single) and max(own) < FARTHEST)):
            yield from (span for span, _ in gaps[place : end - 1])
        place = max(end, place + 1)


def _are_even(gaps: Sequence[float]) -> bool:
    return max(gaps) <= min(UNEVEN * min(gaps) + SLACK, WIDE_GAP)
