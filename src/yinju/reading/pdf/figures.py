"""The pictures and drawings of a PDF's pages → its figures, each before the paragraph that follows it.

A picture is one that the page holds. A drawing is told by its caption: lines and areas right above or below it, where
no text runs. Either is shown as that part of the page, so that its labels are on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from yinju.reading.figures.captions import caption_number
from yinju.reading.pdf.lines import Line
from yinju.reading.pdf.objects import bounds_of, drawn_on, shown_at
from yinju.reading.pdf.paragraphs import Paragraph
from yinju.types import Box, Figure, FigureSource

SMALLEST = 36.0
"""Points: the shorter side of a picture or drawing."""
UNNAMED = 72.0
"""Points: the shorter side of a picture without a caption; smaller ones are logos, portraits of authors and signs."""
WHOLE = 0.75
"""The share of a page from which on a picture is its ground, or the page was scanned."""
NEAR = 45.0
"""Points between a picture and its caption."""
FEWEST_PATHS = 4
"""Lines and areas of a drawing."""
MOST_PICTURES = 200
"""On one page; more are pieces of a drawing."""
MOST_DRAWINGS = 12
"""On one page that are looked for."""
SHORT = 14
"""Characters: up to these a line between lines and areas may be a label of a drawing."""
_SLACK = 3.0
_PIXELS = 4 / 3
"""Of a point, at 96 to the inch."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A printed line, and where the paragraph that it is in begins and ends in the text."""

    line: Line
    start: int
    end: int
    is_caption: bool

    @property
    def box(self) -> Box:
        """Where it is printed, in points of the page."""
        return self.line.left, self.line.bottom, self.line.right, self.line.bottom + self.line.size


def find_figures(
    pdf: pypdfium2.PdfDocument, paragraphs: Sequence[Paragraph], starts: Sequence[int], left_out: Iterable[int]
) -> Iterator[Figure]:
    """The figures of all pages but some, counted from 0, in the order of the text."""
    pages = _lines_by_page(paragraphs, starts)
    end = starts[-1] + len(paragraphs[-1].text) if paragraphs else 0
    following = end
    found = list[Figure]()
    without = {*left_out}
    for number in reversed(range(len(pdf))):
        lines = pages.get(number, [])
        if number not in without:
            with closing(pdf[number]) as page, suppress(pypdfium2.PdfiumError):
                found += _on_page(page, number, lines, following)
        following = min((placed.start for placed in lines), default=following)
    yield from sorted(found, key=lambda figure: figure.at)


def _lines_by_page(paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> Mapping[int, list[_Placed]]:
    pages: dict[int, list[_Placed]] = {}
    for paragraph, start in zip(paragraphs, starts, strict=True):
        for _, line in paragraph.lines:
            is_caption = not line.row and line.direction == (1, 0) and caption_number(line.text) is not None
            placed = _Placed(line, start, start + len(paragraph.text), is_caption)
            pages.setdefault(line.page, []).append(placed)
    return pages


def _on_page(page: pypdfium2.PdfPage, number: int, lines: Sequence[_Placed], following: int) -> Iterator[Figure]:
    """The figures of one page; one that no line follows stands before what follows the page."""
    captions = [placed for placed in lines if placed.is_caption]
    pictures, paths = _drawn(page, with_paths=bool(captions))
    for box in pictures:
        caption = min(captions, key=lambda placed: _gap(placed.box, box), default=None)
        if caption is not None and _gap(caption.box, box) <= NEAR:
            captions.remove(caption)
        else:
            caption = None
            if min(box[2] - box[0], box[3] - box[1]) < UNNAMED:
                continue
        yield from _figure(page, number, box, caption, lines, following)
    for caption in captions[:MOST_DRAWINGS]:
        drawing = _drawing(caption, paths, lines)
        if drawing and not any(_overlap(drawing, box) for box in pictures):
            yield from _figure(page, number, drawing, caption, lines, following)


def _figure(
    page: pypdfium2.PdfPage, number: int, box: Box, caption: _Placed | None, lines: Sequence[_Placed], following: int
) -> Iterator[Figure]:
    """The figure in a box of a page; none where that lies outside of what is shown."""
    across, down = page.get_size()
    corners = [shown_at(page, x, y) for x, y in ((box[0], box[1]), (box[2], box[3]))]
    (left, right), (top, bottom) = (sorted(edges) for edges in zip(*corners, strict=True))
    left, right = (min(max(edge / across, 0.0), 1.0) for edge in (left, right))
    top, bottom = (min(max(edge / down, 0.0), 1.0) for edge in (top, bottom))
    size = round((right - left) * across * _PIXELS), round((bottom - top) * down * _PIXELS)
    if min(size) < SMALLEST * _PIXELS - 1:
        return
    region = tuple(round(edge, 4) for edge in (left, top, right, bottom))
    at = _place(box, caption, lines, following)
    words = " ".join(caption.line.text.split()) if caption else ""
    own = caption_number(words) or ""
    place = region[0], region[1], region[2], region[3]
    yield Figure(at, FigureSource.REGION, (), words, own, number + 1, place, size)


def _place(box: Box, caption: _Placed | None, lines: Sequence[_Placed], following: int) -> int:
    """Where a figure stands in the text: at its caption, else before the first paragraph below it in its column."""
    if caption:
        return caption.start if caption.box[1] < box[1] else caption.end + 1
    middle = (box[1] + box[3]) / 2
    below = [placed for placed in lines if placed.box[3] < middle and _beside(placed.box, box) > 0]
    return min((placed.start for placed in below), default=following)


def _drawn(page: pypdfium2.PdfPage, *, with_paths: bool) -> tuple[list[Box], list[Box]]:
    """Where a page has pictures, their pieces joined, and lines and areas; in points of the page."""
    across, down = page.get_size()
    areas = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING) if with_paths else ()
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, *areas)
    pictures, paths = list[Box](), list[Box]()
    for kind, one, matrix in drawn_on(page, *kinds):
        box = bounds_of(one, matrix)
        if box is None:
            continue
        if (box[2] - box[0]) * (box[3] - box[1]) <= WHOLE * across * down:
            (pictures if kind == pdfium.FPDF_PAGEOBJ_IMAGE else paths).append(box)
    if len(pictures) > MOST_PICTURES:
        return [], paths
    large = [box for box in _joined(pictures) if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST]
    return [box for box in large if (box[2] - box[0]) * (box[3] - box[1]) <= WHOLE * across * down], paths


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Boxes that touch as one: many programs cut a picture into strips."""
    joined: list[Box] = []
    for box in boxes:
        while touching := next((other for other in joined if _touch(other, box)), None):
            joined.remove(touching)
            box = _around(touching, box)
        joined.append(box)
    return joined


def _touch(one: Box, other: Box) -> bool:
    """Whether two boxes are strips of one picture: side by side, with as long an edge in common."""
    if _gap(one, other) > 1.0:
        return False
    for axis in (0, 1):
        if abs(one[axis] - other[axis]) <= 1.0 and abs(one[axis + 2] - other[axis + 2]) <= 1.0:
            return True
    return _overlap(one, other)


def _drawing(caption: _Placed, paths: Sequence[Box], lines: Sequence[_Placed]) -> Box | None:
    """The box of the drawing that a caption belongs to, above it or else below it; None where nothing is drawn."""
    _, bottom, _, top = caption.box
    running = [placed.box for placed in lines if placed is not caption and _is_running(placed)]
    roofs = [box[1] for box in running if box[1] >= top - _SLACK and _beside(box, caption.box) > 0]
    floors = [box[3] for box in running if box[3] <= bottom + _SLACK and _beside(box, caption.box) > 0]
    for low, high, near in ((top, min(roofs, default=1e6), top), (max(floors, default=-1e6), bottom, bottom)):
        inside = [box for box in paths if low - _SLACK <= box[1] and box[3] <= high + _SLACK]
        group = _connected(inside, caption.box)
        if len(group) < FEWEST_PATHS:
            continue
        labels = [placed.box for placed in lines if not _is_running(placed) and placed is not caption]
        whole = group[0]
        for box in group:
            whole = _around(whole, box)
        for box in labels:
            if low - _SLACK <= box[1] and box[3] <= high + _SLACK and _gap(box, whole) <= 1.5 * (box[3] - box[1]):
                whole = _around(whole, box)
        whole = whole[0] - _SLACK, whole[1] - _SLACK, whole[2] + _SLACK, whole[3] + _SLACK
        is_tall = whole[3] - whole[1] >= 1.4 * SMALLEST and whole[2] - whole[0] >= 2 * SMALLEST
        if is_tall and min(abs(whole[1] - near), abs(whole[3] - near)) <= NEAR:
            return whole
    return None


def _connected(paths: Sequence[Box], caption: Box) -> list[Box]:
    """The paths in the column of a caption; rules across it alone are none of a drawing."""
    own = [box for box in paths if _beside(box, caption) > 0 or _beside(box, caption) > -2 * SMALLEST]
    upright = [box for box in own if box[3] - box[1] > _SLACK]
    return own if upright else []


def _is_running(placed: _Placed) -> bool:
    """Whether a line is one of running text, of a table or another caption, where no drawing goes on."""
    return placed.line.row is not None or placed.is_caption or len(placed.line.text) > SHORT


def _beside(one: Box, other: Box) -> float:
    """By how much two boxes overlap across; less than 0 by how far they are apart."""
    return min(one[2], other[2]) - max(one[0], other[0])


def _gap(one: Box, other: Box) -> float:
    """How far two boxes are apart."""
    across = max(one[0], other[0]) - min(one[2], other[2])
    up = max(one[1], other[1]) - min(one[3], other[3])
    return max(across, up, 0.0)


def _overlap(one: Box, other: Box) -> bool:
    return all(max(one[axis], other[axis]) < min(one[axis + 2], other[axis + 2]) for axis in (0, 1))


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
