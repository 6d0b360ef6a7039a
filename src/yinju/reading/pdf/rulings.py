"""A page of a PDF → the lines that are drawn on it, across and down, however its maker drew them.

A ruling may be a stroke, one side of a stroked or filled rectangle, or a filled rectangle that is itself as thin as a
line; what is drawn as many short pieces is one ruling. Everything else that is drawn is left out.
"""

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from yinju.reading.pdf.lines import Direction, framed
from yinju.types import Box

MOST_OBJECTS = 30_000
"""Of one page, those in forms included, that are looked at."""
MOST_POINTS = 30_000
"""Of all paths of one page; a drawing has more, a table does not."""
DEEPEST = 4
"""Forms in each other."""
THIN = 3.2
"""Points; anything wider is an area, and lines no further apart are one, as double lines are."""
SHORTEST = 5.0
"""Points; a line that is shorter once its pieces are joined rules nothing."""
PAGE_WIDE = 0.93
"""The share of a page's width and height from which on an area is the page's ground."""
_WHITE = 250

_Call = Callable[..., Any]


def _bare(function: object, result: type, *given: type) -> _Call:
    """A function of pdfium whose pointers are plain numbers: most objects are text, and each is asked for its kind."""
    place = ctypes.cast(function, ctypes.c_void_p)  # type: ignore[arg-type]
    bare: _Call = ctypes.CFUNCTYPE(result, *given)(place.value or 0)
    return bare


_object_of_page = _bare(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_object_of_form = _bare(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_kind_of = _bare(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)

_Matrix = tuple[float, float, float, float, float, float]


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
    _collect(
        drawn, ctypes.cast(page.raw, ctypes.c_void_p).value or 0, pdfium.FPDFPage_CountObjects, _object_of_page, None, 0
    )
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
    """What is drawn on one page: thin boxes and coloured areas, and how much was looked at."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.areas: list[Box] = []
        self.objects = 0
        self.points = 0


def _collect(drawn: _Drawn, holder: int, count: _Call, get: _Call, matrix: _Matrix | None, depth: int) -> None:
    """Add the paths of a page or of a form on it, whose places `matrix` turns into the page's."""
    handle = pdfium.FPDF_PAGEOBJECT if depth else pdfium.FPDF_PAGE
    path, form = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM
    for number in range(min(count(ctypes.cast(holder, handle)), MOST_OBJECTS - drawn.objects)):
        drawn.objects += 1
        one = get(holder, number)
        kind = _kind_of(one)
        if kind == path:
            _add_path(drawn, one, matrix)
        elif kind == form and depth < DEEPEST:
            inner = _product(_matrix_of(ctypes.cast(one, pdfium.FPDF_PAGEOBJECT)), matrix)
            _collect(drawn, one, pdfium.FPDFFormObj_CountObjects, _object_of_form, inner, depth + 1)
        if drawn.objects >= MOST_OBJECTS or drawn.points >= MOST_POINTS:
            return


def _add_path(drawn: _Drawn, number: int, matrix: _Matrix | None) -> None:
    """Add a path's straight lines along the axes; of a coloured area, the area."""
    drawn.points += 1
    path = ctypes.cast(number, pdfium.FPDF_PAGEOBJECT)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    bounds = _turned((left.value, bottom.value, right.value, top.value), matrix)
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


def _strokes(drawn: _Drawn, path: object, matrix: _Matrix | None) -> Iterator[Box]:
    """The straight parts of a path that run along an axis of the page."""
    of_object = _product(_matrix_of(path), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    begun = last = (0.0, 0.0)
    for number in range(min(pdfium.FPDFPath_CountSegments(path), MOST_POINTS - drawn.points)):
        drawn.points += 1
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved((x.value, y.value), of_object)
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


def _matrix_of(item: object) -> _Matrix:
    held = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, held):
        return 1, 0, 0, 1, 0, 0
    return held.a, held.b, held.c, held.d, held.e, held.f


def _product(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    """The matrix that does what `inner` does and then what `outer` does."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(point: tuple[float, float], matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _turned(box: Box, matrix: _Matrix | None) -> Box:
    if matrix is None:
        return box
    corners = [_moved((x, y), matrix) for x in box[::2] for y in box[1::2]]
    return _around(
        (min(x for x, _ in corners), min(y for _, y in corners)),
        (max(x for x, _ in corners), max(y for _, y in corners)),
    )


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
