"""A page of a PDF → the lines that are drawn on it, across and down, however its maker drew them.

A ruling may be a stroke, one side of a stroked or filled rectangle, or a filled rectangle that is itself as thin as a
line; what is drawn as many short pieces is one ruling. Everything else that is drawn is left out.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from yinju.reading.pdf.lines import Direction, framed
from yinju.reading.pdf.objects import Matrix, bounds_of, drawn_on, matrix_of, moved, product
from yinju.types import Box

MOST_POINTS = 30_000
"""Of all paths of one page; a drawing has more, a table does not."""
THIN = 3.2
"""Points; anything wider is an area, and lines no further apart are one, as double lines are."""
SHORTEST = 5.0
"""Points; a line that is shorter once its pieces are joined rules nothing."""
PAGE_WIDE = 0.93
"""The share of a page's width and height from which on an area is the page's ground."""
_WHITE = 250


class Ruling(NamedTuple):
    """A straight line: its distance from the axis it runs along, and where it begins and ends."""

    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rulings:
    """The lines of a page in the frame of its text: places of those across rise upwards, of those down rightwards."""

    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]
    grounds: tuple[Box, ...] = ()
    """Coloured areas."""


def read_rulings(page: pypdfium2.PdfPage, direction: Direction) -> Rulings | None:
    """The lines on a page whose text goes in a direction; None where there are too few for a table."""
    drawn = _Drawn()
    width, height = page.get_size()
    for _, one, matrix in drawn_on(page, pdfium.FPDF_PAGEOBJ_PATH):
        _add_path(drawn, one, matrix)
        if drawn.points >= MOST_POINTS:
            break
    boxes = [framed(box, direction) for box in drawn.boxes]
    areas = [framed(box, direction) for box in drawn.areas]
    widest, tallest = PAGE_WIDE * max(width, height), PAGE_WIDE * min(width, height)
    areas = [a for a in areas if not (max(_extents(a)) > widest and min(_extents(a)) > tallest)]
    sides = [side for area in areas for side in _sides(area)]
    across = [Ruling((b[1] + b[3]) / 2, b[0], b[2]) for b in boxes + sides if b[2] - b[0] >= b[3] - b[1]]
    down = [Ruling((b[0] + b[2]) / 2, b[1], b[3]) for b in boxes + sides if b[2] - b[0] < b[3] - b[1]]
    if len(across) < 2:
        return None
    return Rulings(tuple(_joined(across)), tuple(_joined(down)), tuple(areas))


class _Drawn:
    """What is drawn on one page: thin boxes and coloured areas, and how many points were looked at."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.areas: list[Box] = []
        self.points = 0


def _add_path(drawn: _Drawn, number: int, matrix: Matrix | None) -> None:
    """Add a path's straight lines along the axes; of a coloured area, the area."""
    drawn.points += 1
    path = ctypes.cast(number, pdfium.FPDF_PAGEOBJECT)
    bounds = bounds_of(number, matrix)
    if bounds is None:
        return
    long, thin = max(_extents(bounds)), min(_extents(bounds))
    if long <= 1.0:
        return
    if thin <= THIN:
        drawn.boxes.append(bounds)
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, filled, stroked)
    if stroked.value:
        drawn.boxes += _strokes(drawn, path, matrix)
    if filled.value and _is_coloured(path) and _is_rectangle(path):
        drawn.areas.append(bounds)
    elif filled.value and not stroked.value and not _is_rectangle(path):
        drawn.boxes += _thin_parts(list(_strokes(drawn, path, matrix)))


def _strokes(drawn: _Drawn, path: object, matrix: Matrix | None) -> Iterator[Box]:
    """The straight parts of a path that run along an axis of the page."""
    of_object = product(matrix_of(path), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    begun = last = (0.0, 0.0)
    for number in range(min(pdfium.FPDFPath_CountSegments(path), MOST_POINTS - drawn.points)):
        drawn.points += 1
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = moved((x.value, y.value), of_object)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and _is_straight(last, point):
            yield _around(last, point)
        if pdfium.FPDFPathSegment_GetClose(segment) and _is_straight(point, begun):
            yield _around(point, begun)
        last = point


def _thin_parts(sides: Sequence[Box]) -> Iterator[Box]:
    """The sides of rectangles filled as one path, where they are the outlines of lines: each beside its opposite."""
    for one, other in zip(sides[::2], sides[1::2], strict=False):
        if (
            min(_extents((min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))))
            <= THIN
        ):
            yield one if max(_extents(one)) > max(_extents(other)) else other


def _is_coloured(path: object) -> bool:
    """Whether an area is filled with anything but white, and can be seen."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *parts):
        return False
    *colour, alpha = (part.value for part in parts)
    return alpha > 0 and min(colour) < _WHITE


def _is_rectangle(path: object) -> bool:
    """Whether a path has no more points than one rectangle."""
    return bool(pdfium.FPDFPath_CountSegments(path) <= 5)


def _sides(box: Box) -> Iterator[Box]:
    left, bottom, right, top = box
    yield from ((left, bottom, right, bottom), (left, top, right, top))
    yield from ((left, bottom, left, top), (right, bottom, right, top))


def _extents(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _is_straight(one: tuple[float, float], other: tuple[float, float]) -> bool:
    along = [abs(a - b) for a, b in zip(one, other, strict=True)]
    return min(along) <= 0.5 < max(along)


def _around(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _joined(rulings: Iterable[Ruling]) -> Iterator[Ruling]:
    """The lines with pieces that follow each other as one, and those side by side as near as double lines are."""
    groups: list[list[Ruling]] = []
    for one in sorted(rulings):
        if groups and one.place - groups[-1][0].place <= THIN:
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        place = sum(one.place for one in group) / len(group)
        start = end = None
        for one in sorted(group, key=lambda one: one.start):
            if start is None or end is None:
                start, end = one.start, one.end
            elif one.start <= end + THIN:
                end = max(end, one.end)
            else:
                if end - start >= SHORTEST:
                    yield Ruling(place, start, end)
                start, end = one.start, one.end
        if start is not None and end is not None and end - start >= SHORTEST:
            yield Ruling(place, start, end)
