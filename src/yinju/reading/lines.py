"""A page of a PDF → its printed lines, across or down, and the pieces they fall into at wide gaps.

Places are in a line's own frame: x the way it is read, y opposed to where its next line stands. So a column of vertical
text, and text turned on its side, are lines like any other.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from yinju.types import Box

Direction = tuple[int, int]
"""Where a line's next character stands: a step of 1 along one of the page's axes, y upwards."""

WIDE_GAP = 1.5
"""In type sizes; no space between words is as wide."""

_RIGHT: Direction = (1, 0)
_DIRECTIONS: tuple[Direction, ...] = (_RIGHT, (0, 1), (-1, 0), (0, -1))


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; positions and `size` (of its type) in points, in its own frame."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    size: float
    first: int
    """The page's character, as pdfium counts them, with which it begins."""
    direction: Direction = _RIGHT
    cells: tuple["Line", ...] = ()
    """The pieces it falls into at wide gaps, where these may be the cells of a table."""


Row = tuple[Line, Sequence[Line]]
"""A line, and the pieces it falls into at wide gaps; a single one where there are none."""


class _Characters:
    """The characters of one page by their places, as pdfium counts them; a box or size is asked for once."""

    def __init__(self, page: pypdfium2.PdfTextPage) -> None:
        """Keep the page, which must stay open."""
        self._page = page.raw  # of the helper's own object, every call would have to look it up
        self._count = page.count_chars()
        self._boxes: dict[int, Box] = {}
        self._sizes: dict[int, float] = {}

    def text(self) -> str:
        """As many characters as pdfium counts."""
        page, code_at = self._page, pdfium.FPDFText_GetUnicode
        return "".join(_character(code_at(page, index)) for index in range(self._count))

    def box(self, index: int) -> Box:
        """A character's left, bottom, right and top, its font's ascent and descent included.

        Raises:
            pypdfium2.PdfiumError: when it has none.
        """
        known = self._boxes.get(index)
        if known is None:
            rect = pdfium.FS_RECTF()
            if not pdfium.FPDFText_GetLooseCharBox(self._page, index, rect):
                raise pypdfium2.PdfiumError("Failed to get charbox.")
            known = self._boxes[index] = rect.left, rect.bottom, rect.right, rect.top
        return known

    def size(self, index: int) -> float:
        """The size a character is printed at: that of its font, scaled by its matrix, where many programs keep it."""
        known = self._sizes.get(index)
        if known is None:
            matrix = pdfium.FS_MATRIX()
            scaled = pdfium.FPDFText_GetMatrix(self._page, index, matrix)
            size = float(pdfium.FPDFText_GetFontSize(self._page, index))
            known = self._sizes[index] = size * (math.hypot(matrix.c, matrix.d) if scaled else 1)
        return known


def read_rows(pdf: pypdfium2.PdfDocument, number: int) -> list[Row]:
    """The printed lines of one page, counted from 0, in the order of printing."""
    with closing(pdf[number]) as page, closing(page.get_textpage()) as text_page:
        characters = _Characters(text_page)
        stretches = [
            found for match in re.finditer(r"[^\r\n]+", characters.text()) if (found := _without_blanks(match))
        ]
        directions = _directions(characters, stretches)
        return [
            _row(characters, number, stretch, direction)
            for stretch, direction in zip(stretches, directions, strict=True)
        ]


@cache
def _character(code: int) -> str:
    """One character of pdfium's, which has hyphens at line ends as U+FFFE, and rare characters as two surrogates."""
    if code in (0xFFFE, 0x02):
        return "-"
    return " " if code == 0 or code > 0x10FFFF else chr(code)


def _without_blanks(match: re.Match[str]) -> tuple[int, str] | None:
    """A line's first character and its text; None for white space alone."""
    words = match.group().strip()
    return (match.start() + match.group().index(words), words) if words else None


def _directions(characters: _Characters, stretches: Sequence[tuple[int, str]]) -> list[Direction]:
    """The direction of each line; one of a single character is taken to go as most of the page does."""
    known = [_direction(characters, first, first + len(words) - 1) for first, words in stretches]
    most = Counter(direction for direction in known if direction).most_common(1)
    return [direction or (most[0][0] if most else _RIGHT) for direction in known]


def _direction(characters: _Characters, first: int, last: int) -> Direction | None:
    """The axis along which the last character stands from the first; None where they are at the same place."""
    here, there = characters.box(first), characters.box(last)
    across, up = (there[axis] + there[axis + 2] - here[axis] - here[axis + 2] for axis in (0, 1))
    if across == up == 0:
        return None
    return max(_DIRECTIONS, key=lambda direction: direction[0] * across + direction[1] * up)


def _row(characters: _Characters, page: int, stretch: tuple[int, str], direction: Direction) -> Row:
    """A line, and the same cut where a gap in it is wide."""
    line = _measure(characters, page, stretch, direction)
    first, words = stretch
    cuts = [
        match for match in re.finditer(r"\s+", words)
        if _gap(characters, first + match.start() - 1, first + match.end(), direction) > WIDE_GAP
    ]  # fmt: skip
    if not cuts:
        return line, [line]
    edges = [0, *(edge for match in cuts for edge in match.span()), len(words)]
    parts = [(first + start, words[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return line, [_measure(characters, page, part, direction) for part in parts]


def _measure(characters: _Characters, page: int, stretch: tuple[int, str], direction: Direction) -> Line:
    first, words = stretch
    last = first + len(words) - 1
    left, bottom, _ = _framed(characters.box(first), direction)
    right = _framed(characters.box(last), direction)[2]
    size = sorted(characters.size(index) for index in (first, (first + last) // 2, last))[1]
    words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Line(page, words, left, right, bottom, round(size * 2) / 2, first, direction)


def _gap(characters: _Characters, before: int, after: int, direction: Direction) -> float:
    """How far two characters of a line stand apart, in type sizes."""
    apart = _framed(characters.box(after), direction)[0] - _framed(characters.box(before), direction)[2]
    return apart / max(characters.size(before), 0.1)


def _framed(box: Box, direction: Direction) -> tuple[float, float, float]:
    """A box's left, bottom and right in the frame of its line."""
    x, y = direction
    left, bottom, right, top = box
    start, end = x * left + y * bottom, x * right + y * top
    above = min(x * bottom - y * left, x * top - y * right)
    return min(start, end), above, max(start, end)
