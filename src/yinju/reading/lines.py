"""A page of a PDF → its printed lines in reading order, across or down, also where they were printed last line first.

Places are in a line's own frame: x the way it is read, y opposed to where its next line stands. So a column of vertical
text, and text turned on its side, are lines like any other.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, pairwise

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

Direction = tuple[int, int]
"""Where a line's next character stands: a step of 1 along one of the page's axes, y upwards."""

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


def read_lines(pdf: pypdfium2.PdfDocument, number: int) -> list[Line]:
    """The printed lines of one page, counted from 0, in reading order."""
    with closing(pdf[number]) as page, closing(page.get_textpage()) as characters:
        codes = [pdfium.FPDFText_GetUnicode(characters, i) for i in range(characters.count_chars())]
        text = "".join(_character(code) for code in codes)
        stretches = [found for match in re.finditer(r"[^\r\n]+", text) if (found := _without_blanks(match))]
        directions = _directions(characters, stretches)
        lines = [_measure(characters, number, *one) for one in zip(stretches, directions, strict=True)]
    return in_reading_order(lines)


def _character(code: int) -> str:
    """One character of pdfium's, which has hyphens at line ends as U+FFFE, and rare characters as two surrogates."""
    if code in (0xFFFE, 0x02):
        return "-"
    return " " if code == 0 or code > 0x10FFFF else chr(code)


def _without_blanks(match: re.Match[str]) -> tuple[int, str] | None:
    """A line's first character and its text; None for white space alone."""
    words = match.group().strip()
    return (match.start() + match.group().index(words), words) if words else None


def _directions(characters: pypdfium2.PdfTextPage, stretches: Sequence[tuple[int, str]]) -> list[Direction]:
    """The direction of each line; one of a single character is taken to go as most of the page does."""
    known = [_direction(characters, first, first + len(words) - 1) for first, words in stretches]
    most = Counter(direction for direction in known if direction).most_common(1)
    return [direction or (most[0][0] if most else _RIGHT) for direction in known]


def _direction(characters: pypdfium2.PdfTextPage, first: int, last: int) -> Direction | None:
    """The axis along which the last character stands from the first; None where they are at the same place."""
    here, there = (characters.get_charbox(index, loose=True) for index in (first, last))
    across, up = (there[axis] + there[axis + 2] - here[axis] - here[axis + 2] for axis in (0, 1))
    if across == up == 0:
        return None
    return max(_DIRECTIONS, key=lambda direction: direction[0] * across + direction[1] * up)


def _measure(characters: pypdfium2.PdfTextPage, page: int, stretch: tuple[int, str], direction: Direction) -> Line:
    first, words = stretch
    last = first + len(words) - 1
    left, bottom, _ = _framed(characters, first, direction)
    right = _framed(characters, last, direction)[2]
    sizes = sorted(_type_size(characters, index) for index in (first, (first + last) // 2, last))
    words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Line(page, words, left, right, bottom, round(sizes[1] * 2) / 2, first, direction)


def _framed(characters: pypdfium2.PdfTextPage, index: int, direction: Direction) -> tuple[float, float, float]:
    """A character's left, bottom and right in the frame of its line."""
    x, y = direction
    left, bottom, right, top = characters.get_charbox(index, loose=True)
    along = sorted((x * left + y * bottom, x * right + y * top))
    above = min(x * bottom - y * left, x * top - y * right)
    return along[0], above, along[1]


def _type_size(characters: pypdfium2.PdfTextPage, index: int) -> float:
    """The size a character is printed at: that of its font, scaled by its matrix, where many programs keep it."""
    matrix = pdfium.FS_MATRIX()
    scaled = pdfium.FPDFText_GetMatrix(characters, index, matrix)
    return float(pdfium.FPDFText_GetFontSize(characters, index) * (math.hypot(matrix.c, matrix.d) if scaled else 1))


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines as they were printed, but those printed last line first turned round."""
    together = (list(group) for _, group in groupby(lines, lambda line: line.direction))
    return [line for group in together for line in (_turned(group) if _is_backward(group) else group)]


def _is_backward(lines: Sequence[Line]) -> bool:
    """Whether most lines stand above the one printed before them in the same column."""
    pairs = [(one, other) for one, other in pairwise(lines) if _share_column(one, other)]
    rises = sum(other.bottom - one.bottom > 0.5 * one.size for one, other in pairs)
    falls = sum(one.bottom - other.bottom > 0.5 * one.size for one, other in pairs)
    return rises >= 2 and rises > 2 * falls


def _share_column(one: Line, other: Line) -> bool:
    return one.left < other.right and other.left < one.right


def _turned(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines the other way round; pieces of one line keep their order."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(line.bottom - rows[-1][-1].bottom) <= 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in reversed(rows):
        yield from row
