"""A place in a document → the text around it, or all of it, in pieces: what is cited, headings, what else is cited."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby, pairwise
from math import ceil
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from yinju.types import Citation, Document, Span
from yinju.web.links import Link, link_to
from yinju.web.source.place import Place

AROUND = 600
"""How much text is shown before and after what is cited, in characters; whole lines are kept where they are short."""
LINE = 400
"""How much further the text goes to end at the end of a line, in characters."""
WINDOW = 200_000
"""How much of a whole text is shown at once, in characters."""
BLOCK = 3_000
"""From this length on, in characters, the next line begins a part that is laid out only when it comes into view."""
_LINE_CHARACTERS, _LINE_PIXELS = 28, 28
"""What a line holds and measures, roughly: how tall a part is before it is laid out."""


class Piece(NamedTuple):
    """A stretch of a document's text that is shown in one way."""

    kind: Literal["text", "heading", "cited", "other"]
    text: str
    link: Link | None = None
    """What opens the other citation that it belongs to."""


def excerpt(place: Place) -> dict[str, Any]:
    """The cited range in its surroundings, in pieces, and whether something is cut off before and after it."""
    text, span = place.document.text, surroundings(place.document.text, place.cited)
    shown = [*_pieces(Place(place.document, place.cited), span)]
    return {"pieces": shown, "cut_before": span[0] > 0, "cut_after": span[1] < len(text.rstrip())}


def whole(place: Place) -> dict[str, Any]:
    """The whole text, or as much of it as is shown at once around what is cited, with all that the answer cites."""
    start = max(0, min(sum(place.cited) // 2 - WINDOW // 2, len(place.document.text) - WINDOW))
    return part(place, (start, start + WINDOW))


def part(place: Place, wanted: Span) -> dict[str, Any]:
    """A part of the whole text, its edges moved to line ends, and what loads the parts before and after it.

    Only the edge that is not at the text's own beginning or end has something to load.
    """
    text = place.document.text
    start, end = (_line_end(text, edge) for edge in wanted)
    return {
        "blocks": [([*_pieces(place, block)], _height(place, block)) for block in _blocks(text, (start, end))],
        "earlier": _address(place, (start - WINDOW, start)) if start else "",
        "later": _address(place, (end, end + WINDOW)) if end < len(text.rstrip()) else "",
    }


def _line_end(text: str, edge: int) -> int:
    """The end of the line that an edge falls into, the line's break included; an edge outside is the text's own."""
    if not 0 < edge < len(text):
        return min(max(edge, 0), len(text))
    found = text.find("\n", edge - 1, edge + BLOCK)
    return found + 1 if found >= 0 else edge


def _address(place: Place, span: Span) -> str:
    """What /source/text is asked for a neighbouring part."""
    wanted = place.wanted
    asked = {"message": wanted.message, "marker": wanted.marker} if wanted.message else {
        "document": place.document.name, "start": place.cited[0], "end": place.cited[1], "also": wanted.also,
    }  # fmt: skip
    asked |= {"version": place.document.sha256[:12], "turn": wanted.turn, "first": max(span[0], 0), "last": span[1]}
    return urlencode(asked, errors="replace")


def _blocks(text: str, span: Span) -> Iterator[Span]:
    """The range in blocks of whole lines."""
    start = span[0]
    while start < span[1]:
        found = text.find("\n", start + BLOCK, span[1])
        end = found + 1 if found >= 0 else span[1]
        yield start, end
        start = end


def _height(place: Place, block: Span) -> int:
    """How tall a block far from what is cited will be, roughly, in pixels, until it is seen; 0 for one near it."""
    if block[0] < place.cited[1] + BLOCK and place.cited[0] - BLOCK < block[1]:
        return 0
    lines = place.document.text[slice(*block)].split("\n")
    return sum(max(1, ceil(len(line) / _LINE_CHARACTERS)) for line in lines) * _LINE_PIXELS


def surroundings(text: str, cited: Span) -> Span:
    """The range shown around a cited one: about `AROUND` characters more on each side, ending at line ends."""
    start, end = max(cited[0] - AROUND, 0), min(cited[1] + AROUND, len(text))
    line_start = text.rfind("\n", max(start - LINE, 0), start)
    if start - LINE <= 0 and line_start < 0:
        start = 0
    elif line_start >= 0:
        start = line_start + 1
    line_end = text.find("\n", end, end + LINE)
    if line_end >= 0:
        end = line_end
    elif end + LINE >= len(text):
        end = len(text)
    return start + _blank_before(text[start : cited[0]]), end - _blank_after(text[cited[1] : end])


def _blank_before(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def _blank_after(text: str) -> int:
    return len(text) - len(text.rstrip())


def _pieces(place: Place, span: Span) -> Iterator[Piece]:
    """A range of the text: what is cited is one piece, what else the answer cites others with their links."""
    document, wanted = place.document, place.wanted
    for owner, (start, end) in _owned(place, span):
        if owner is None:
            yield from _plain(document, (start, end))
        elif owner.marker:
            yield Piece("other", document.text[start:end], link_to(owner, wanted.turn, wanted.message))
        else:
            yield Piece("cited", document.text[start:end])


def _owned(place: Place, span: Span) -> Iterator[tuple[Citation | None, Span]]:
    """The range in pieces, each with the citation it belongs to; what is cited itself has the marker 0."""
    document = place.document
    itself = Citation(0, document.name, document.title, "", None, *place.cited, "", "")
    citations = [c for c in (itself, *place.others) if c.start < span[1] and span[0] < c.end]
    inner = {edge for c in citations for edge in (c.start, c.end) if span[0] < edge < span[1]}
    pieces = pairwise(sorted({*span, *inner}))

    def owner(piece: Span) -> Citation | None:
        return next((c for c in citations if c.start <= piece[0] and piece[1] <= c.end), None)

    for citation, group in groupby(pieces, owner):
        together = list(group)
        yield citation, (together[0][0], together[-1][1])


def _plain(document: Document, span: Span) -> Iterator[Piece]:
    """A range of the text in which nothing is cited, lines that are headings apart."""
    starts = [section.start for section in document.sections]
    first = max(bisect_right(starts, span[0]) - 1, 0)
    near = document.sections[first : bisect_right(starts, span[1])]
    inner = {edge for s in near for edge in (s.start, s.end) if span[0] < edge < span[1]}
    for start, end in pairwise(sorted({*span, *inner})):
        text, section = document.text[start:end], bisect_right(starts, start) - 1
        if not starts or (section >= 0 and start < document.sections[section].end):
            yield Piece("text", text)
        else:
            lines = re.findall(r"[^\r\n]+|[\r\n]+", text)
            yield from (Piece("heading" if text.strip() and line.strip("\r\n") else "text", line) for line in lines)
