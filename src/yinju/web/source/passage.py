"""A place in a document → the text around it, or all of it in parts, as elements or just as it was read."""

from collections.abc import Iterable, Iterator
from math import ceil
from typing import Any
from urllib.parse import urlencode

from yinju.types import Document, Span
from yinju.web.source.marks import Marks, Stretch
from yinju.web.source.place import Place
from yinju.web.source.rendered import Element, elements

AROUND = 600
"""How much text is shown before and after what is cited, in characters; whole lines are kept where they are short."""
LINE = 400
"""How much further the text goes to end at the end of a line, in characters."""
WINDOW = 50_000
"""How much of a whole text is shown at once, in characters."""
BLOCK = 3_000
"""From this length on, in characters, what follows is a part that is laid out only when it comes into view."""
_LINE_CHARACTERS, _LINE_PIXELS = 28, 28
"""What a line holds and measures, roughly: how tall a part is before it is laid out."""


def excerpt(place: Place) -> dict[str, Any]:
    """What is cited in its surroundings, and whether something is cut off before and after it."""
    document, span = place.document, surroundings(place.document.text, place.seen)
    shown = [*elements(document, span, Marks(Place(document, place.cited)), place.figure)]
    return {"elements": shown, "cut_before": span[0] > 0, "cut_after": span[1] < len(document.text.rstrip())}


def window(place: Place) -> Span:
    """As much of the whole text as is shown at once, around what is cited."""
    start = max(0, min(sum(place.seen) // 2 - WINDOW // 2, len(place.document.text) - WINDOW))
    return start, start + WINDOW


def part(place: Place, wanted: Span, view: str) -> dict[str, Any]:
    """A part of the whole text, its edges moved to line ends, and what loads the parts before and after it.

    It shows all that the answer cites; in the view `raw` its characters as they were read. Only the edge that is not at
    the text's own beginning or end has something to load.
    """
    document, marks = place.document, Marks(place)
    start, end = (_line_end(document.text, edge) for edge in wanted)
    shown = (
        _as_read(document, (start, end), marks)
        if view == "raw"
        else elements(document, (start, end), marks, place.figure)
    )
    return {
        "blocks": [(block, _height(place, (block[0].start, block[-1].end))) for block in _blocks(shown)],
        "earlier": _address(place, (start - WINDOW, start), view) if start else "",
        "later": _address(place, (end, end + WINDOW), view) if end < len(document.text.rstrip()) else "",
    }


def _as_read(document: Document, span: Span, marks: Marks) -> Iterator[Element]:
    """The characters of a range, whole lines at once."""
    start, end = span
    while start < end:
        found = document.text.find("\n", start + BLOCK, end) + 1 or end
        yield Element("raw", start, found, marks.pieces([Stretch(start, found)]))
        start = found


def _blocks(shown: Iterable[Element]) -> Iterator[list[Element]]:
    """The elements in blocks that are long enough to be laid out by themselves."""
    block: list[Element] = []
    for element in shown:
        block.append(element)
        if element.end - block[0].start >= BLOCK:
            yield block
            block = []
    if block:
        yield block


def _line_end(text: str, edge: int) -> int:
    """The end of the line that an edge falls into, the line's break included; an edge outside is the text's own."""
    if not 0 < edge < len(text):
        return min(max(edge, 0), len(text))
    found = text.find("\n", edge - 1, edge + BLOCK)
    return found + 1 if found >= 0 else edge


def _address(place: Place, span: Span, view: str) -> str:
    """What /source/text is asked for a neighbouring part."""
    return address(place, view=view, turn=place.wanted.turn, first=max(span[0], 0), last=span[1])


def address(place: Place, **more: str | int) -> str:
    """The query by which a place is asked for again, as long as its document is the same."""
    wanted = place.wanted
    asked: dict[str, str | int] = {"message": wanted.message, "marker": wanted.marker} if wanted.message else {
        "document": place.document.name, "start": place.cited[0], "end": place.cited[1], "also": wanted.also,
    }  # fmt: skip
    return urlencode(asked | {"version": place.document.sha256[:12]} | more, errors="replace")


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
