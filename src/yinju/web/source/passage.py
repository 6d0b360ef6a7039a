"""A place in a document → the HTML of the text around it, or of all of it, what is cited marked."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import ceil
from urllib.parse import urlencode

from yinju.types import Citation, Document, Span
from yinju.web.escaping import literal
from yinju.web.links import link_html
from yinju.web.source.place import Place
from yinju.web.texts import Texts

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


def excerpt_html(place: Place, texts: Texts) -> str:
    """The cited range in its surroundings."""
    text, span = place.document.text, surroundings(place.document.text, place.cited)
    opening = '<span class="cut">…</span>\n' if span[0] else ""
    closing = '\n<span class="cut">…</span>' if span[1] < len(text.rstrip()) else ""
    shown = _marked_html(Place(place.document, place.cited), span, texts)
    return f'<div class="text">{opening}{shown}{closing}</div>'


def whole_html(place: Place, texts: Texts) -> str:
    """The whole text, or as much of it as is shown at once around what is cited, with all that the answer cites."""
    text, middle = place.document.text, sum(place.cited) // 2
    start = max(0, min(middle - WINDOW // 2, len(text) - WINDOW))
    return f'<div class="text whole">{part_html(place, (start, start + WINDOW), texts)}</div>'


def part_html(place: Place, wanted: Span, texts: Texts) -> str:
    """A part of the whole text, its edges moved to line ends, between what loads the parts before and after it.

    Only the edge that is not at the text's own beginning or end has something to load.
    """
    text = place.document.text
    start, end = (_line_end(text, edge) for edge in wanted)
    blocks = "".join(_block_html(place, block, texts) for block in _blocks(text, (start, end)))
    earlier = _more_html("earlier", texts.source.earlier, place, (start - WINDOW, start)) if start else ""
    later = _more_html("later", texts.source.later, place, (end, end + WINDOW)) if end < len(text.rstrip()) else ""
    return earlier + blocks + later


def _line_end(text: str, edge: int) -> int:
    """The end of the line that an edge falls into, the line's break included; an edge outside is the text's own."""
    if not 0 < edge < len(text):
        return min(max(edge, 0), len(text))
    found = text.find("\n", edge - 1, edge + BLOCK)
    return found + 1 if found >= 0 else edge


def _more_html(kind: str, name: str, place: Place, span: Span) -> str:
    """A button for a neighbouring part; its address is what /source/text is asked."""
    wanted = place.wanted
    asked = {"message": wanted.message, "marker": wanted.marker} if wanted.message else {
        "document": place.document.name, "start": place.cited[0], "end": place.cited[1], "also": wanted.also,
    }  # fmt: skip
    asked |= {"version": place.document.sha256[:12], "turn": wanted.turn, "first": max(span[0], 0), "last": span[1]}
    address = literal(urlencode(asked, errors="replace"))
    return f'<button type="button" class="more {kind}" data-address="{address}">{literal(name)}</button>'


def _blocks(text: str, span: Span) -> Iterator[Span]:
    """The range in blocks of whole lines."""
    start = span[0]
    while start < span[1]:
        found = text.find("\n", start + BLOCK, span[1])
        end = found + 1 if found >= 0 else span[1]
        yield start, end
        start = end


def _block_html(place: Place, block: Span, texts: Texts) -> str:
    """A block of the whole text; one far from what is cited is as tall as it will be, roughly, until it is seen."""
    html = _marked_html(place, block, texts)
    if block[0] < place.cited[1] + BLOCK and place.cited[0] - BLOCK < block[1]:
        return f'<div class="block">{html}</div>'
    lines = place.document.text[slice(*block)].split("\n")
    height = sum(max(1, ceil(len(line) / _LINE_CHARACTERS)) for line in lines) * _LINE_PIXELS
    return f'<div class="block far" style="contain-intrinsic-height: auto {height}px">{html}</div>'


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


def mark_html(quote: str, texts: Texts) -> str:
    """What is cited, as HTML that can be brought into view and into focus."""
    return f'<mark tabindex="-1" title="{literal(texts.source.cited)}">{literal(quote)}</mark>'


def _marked_html(place: Place, span: Span, texts: Texts) -> str:
    """A range of the text: what is cited in one mark, what else the answer cites in others with their numbers."""
    document = place.document
    shown = []
    for owner, (start, end) in _owned(place, span):
        if owner is None:
            shown.append(_passage_html(document, (start, end)))
        elif owner.marker:
            shown.append(_other_html(owner, document.text[start:end], place, texts))
        else:
            shown.append(mark_html(document.text[start:end], texts))
    return "".join(shown)


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


def _other_html(other: Citation, text: str, place: Place, texts: Texts) -> str:
    name = literal(texts.source.other.format(number=other.marker))
    link = link_html(other, place.wanted.turn, place.wanted.message)
    return f'<mark class="other" title="{name}">{literal(text)}{link}</mark>'


def _passage_html(document: Document, span: Span) -> str:
    """A range of the text as HTML, lines that are headings set apart."""
    if not document.sections:
        return literal(document.text[slice(*span)])
    starts = [section.start for section in document.sections]
    first = max(bisect_right(starts, span[0]) - 1, 0)
    near = document.sections[first : bisect_right(starts, span[1])]
    inner = {edge for s in near for edge in (s.start, s.end) if span[0] < edge < span[1]}
    return "".join(_piece_html(document, piece, starts) for piece in pairwise(sorted({*span, *inner})))


def _piece_html(document: Document, piece: Span, starts: Sequence[int]) -> str:
    text = document.text[slice(*piece)]
    section = bisect_right(starts, piece[0]) - 1
    if not text.strip() or (section >= 0 and piece[0] < document.sections[section].end):
        return literal(text)
    return re.sub(r"[^\n]+", r'<strong class="heading">\g<0></strong>', literal(text))
