"""What is drawn on a page of a PDF, forms gone into → each object with what turns its places into the page's."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from yinju.types import Box

MOST_OBJECTS = 30_000
"""Of one page, those in forms included, that are looked at."""
FINE = 1_000_000
"""How many steps pdfium is asked to divide a page's width and height into."""
DEEPEST = 4
"""Forms in each other."""

Matrix = tuple[float, float, float, float, float, float]
Drawn = tuple[int, int, Matrix | None]
"""An object: its kind, its address for pdfium, and the matrix that turns places of its form into the page's."""

_Call = Callable[..., Any]


def _bare(function: object, result: type, *given: type) -> _Call:
    """A function of pdfium whose pointers are plain numbers: most objects are text, and each is asked for its kind."""
    place = ctypes.cast(function, ctypes.c_void_p)  # type: ignore[arg-type]
    bare: _Call = ctypes.CFUNCTYPE(result, *given)(place.value or 0)
    return bare


_object_of_page = _bare(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_object_of_form = _bare(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_kind_of = _bare(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


def drawn_on(page: pypdfium2.PdfPage, *kinds: int) -> Iterator[Drawn]:
    """The objects of some kinds on a page, in the order of drawing; at most `MOST_OBJECTS` are looked at."""
    left = [MOST_OBJECTS]
    holder = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
    yield from _within(holder, pdfium.FPDFPage_CountObjects, _object_of_page, None, 0, kinds, left)


def _within(
    holder: int, count: _Call, get: _Call, matrix: Matrix | None, depth: int, kinds: tuple[int, ...], left: list[int]
) -> Iterator[Drawn]:  # fmt: skip
    handle = pdfium.FPDF_PAGEOBJECT if depth else pdfium.FPDF_PAGE
    for number in range(min(count(ctypes.cast(holder, handle)), left[0])):
        left[0] -= 1
        one = get(holder, number)
        kind = _kind_of(one)
        if kind in kinds:
            yield kind, one, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = product(matrix_of(ctypes.cast(one, pdfium.FPDF_PAGEOBJECT)), matrix)
            form = pdfium.FPDFFormObj_CountObjects, _object_of_form
            yield from _within(one, *form, inner, depth + 1, kinds, left)
        if left[0] <= 0:
            return


def bounds_of(number: int, matrix: Matrix | None) -> Box | None:
    """An object's left, bottom, right and top on its page; None where it has none."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(ctypes.cast(number, pdfium.FPDF_PAGEOBJECT), left, bottom, right, top):
        return None
    return turned((left.value, bottom.value, right.value, top.value), matrix)


def matrix_of(item: object) -> Matrix:
    """What turns the places of an object into those of what holds it."""
    held = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, held):
        return 1, 0, 0, 1, 0, 0
    return held.a, held.b, held.c, held.d, held.e, held.f


def product(inner: Matrix, outer: Matrix | None) -> Matrix:
    """The matrix that does what `inner` does and then what `outer` does."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def turned(box: Box, matrix: Matrix | None) -> Box:
    """The upright box around what a matrix makes of a box."""
    if matrix is None:
        return box
    across, up = zip(*(moved((x, y), matrix) for x in box[::2] for y in box[1::2]), strict=True)
    return min(across), min(up), max(across), max(up)


def shown_at(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own space as it is shown, in points from the upper left corner."""
    (width, height), across, down = page.get_size(), ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, x, y, across, down)
    return across.value / FINE * width, down.value / FINE * height
