"""The characters of a page of a PDF → its printed lines, across or down, and the pieces they fall into at wide gaps.

Places are in a line's own frame: x the way it is read, y opposed to where its next line stands. So a column of vertical
text, and text turned on its side, are lines like any other.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from yinju.types import Box

Direction = tuple[int, int]
"""Where a line's next character stands: a step of 1 along one of the page's axes, y upwards."""

WIDE_GAP = 1.5
"""In type sizes; no space between words is as wide."""
UNEVEN = 0.45
"""In type sizes: how far the middles of neighbours in a line may stand above each other, raised figures too."""
CELL_GAP = 0.55
"""In type sizes; what stands nearer together is in one cell of a table without rulings."""

_LINES = re.compile(r"[^\r\n]+")
_BLANKS = re.compile(r"\s+")
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
    row: "TableRow | None" = None
    """The row of a table that it stands for."""
    skips: tuple[tuple[int, int], ...] = ()
    """Places in the text, in order, before which some of the page's characters are left out, and how many."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its printed lines, each of one run of the page's characters or several."""

    lines: tuple[tuple[Line, ...], ...] = ()
    across: int = 1
    """How many columns it goes over; those it covers beside the first hold empty cells."""
    continued: bool = False
    """Whether it is the rest of a cell that is merged downwards and begins in a row above."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the rows of one table on one page have in common."""

    page: int
    columns: tuple[float, ...]
    """The edges of its columns, from left to right."""
    open_top: bool = False
    """Whether no line closes it above, so that its first row may be the rest of one on the page before."""
    open_bottom: bool = False
    slack: float = 4.0
    """Points by which the edges of columns may be elsewhere where it goes on; more where they are not drawn."""
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: a cell for each column."""

    table: Table
    cells: tuple[Cell, ...]
    marked: bool = False
    """Whether it is set apart from the rows below it, by its ground or its type, as heads are."""


Gap = tuple[tuple[int, int], float]
"""Where blanks stand in a line, and how far they part what is before and behind them, in type sizes."""

Row = tuple[Line, Sequence[Line]]
"""A line, and the pieces it falls into at wide gaps; a single one where there are none."""


class Characters:
    """The characters of one page by their places, as pdfium counts them; a box or size is asked for once."""

    def __init__(self, page: pypdfium2.PdfTextPage) -> None:
        """Keep the page, which must stay open."""
        self._page = page.raw  # of the helper's own object, every call would have to look it up
        self._count = page.count_chars()
        self._boxes: dict[int, Box] = {}
        self._sizes: dict[int, float] = {}
        self.hyphens: set[int] = set()
        """Those that end lines, where pdfium leaves the line break out."""

    def text(self) -> str:
        """As many characters as pdfium counts."""
        codes = self._codes()
        if _ODD.isdisjoint(codes) and max(codes, default=0) <= 0x10FFFF:
            return "".join(map(chr, codes))
        self.hyphens = {index for index, code in enumerate(codes) if code in _HYPHENS}
        return "".join(map(_character, codes))

    def _codes(self) -> list[int]:
        """The code of each character: all at once where pdfium's text has as many, as it nearly always has."""
        page, count = self._page, self._count
        held = (ctypes.c_ushort * (count + 1))()
        if pdfium.FPDFText_GetText(page, 0, count, held) == count + 1:
            return list(held[:count])
        code_at = pdfium.FPDFText_GetUnicode
        return [code_at(page, index) for index in range(count)]

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

    def font(self, index: int) -> str:
        """The name of a character's font and its weight, which tell heads set in bold type."""
        name, flags = ctypes.create_string_buffer(64), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._page, index, name, len(name), flags)
        return f"{name.value!r} {pdfium.FPDFText_GetFontWeight(self._page, index)}"


Stretch = tuple[int, str]
"""The first of some characters that follow each other on a page, and what they say."""


def stretches_of(characters: Characters) -> list[Stretch]:
    """The lines of a page's text, without the blanks around them, in the order of printing."""
    text = characters.text()
    lines = [found for match in _LINES.finditer(text) if (found := _without_blanks(match.start(), match.group()))]
    if not characters.hyphens:
        return lines
    cuts = sorted(characters.hyphens)
    parts = []
    for first, words in lines:
        edges = [0, *(cut + 1 - first for cut in cuts if first <= cut < first + len(words)), len(words)]
        parts += [_without_blanks(first + a, words[a:b]) for a, b in pairwise(edges)]
    return [part for part in parts if part]


_HYPHENS = frozenset({0xFFFE, 0x02})
_ODD = _HYPHENS | {0}


@cache
def _character(code: int) -> str:
    """One character of pdfium's, which has hyphens at line ends as U+FFFE, and rare characters as two surrogates."""
    if code in _HYPHENS:
        return "-"
    return " " if code == 0 or code > 0x10FFFF else chr(code)


def _without_blanks(first: int, text: str) -> Stretch | None:
    """Where a line's first character is, and its text; None for white space alone."""
    words = text.strip()
    return (first + text.index(words), words) if words else None


def directions_of(characters: Characters, stretches: Sequence[Stretch]) -> list[Direction]:
    """The direction of each line; one of a single character is taken to go as most of the page does."""
    known = [_direction(characters, first, first + len(words) - 1) for first, words in stretches]
    most = Counter(direction for direction in known if direction).most_common(1)
    return [direction or (most[0][0] if most else _RIGHT) for direction in known]


def _direction(characters: Characters, first: int, last: int) -> Direction | None:
    """The axis along which the last character stands from the first; None where they are at the same place."""
    here, there = characters.box(first), characters.box(last)
    across, up = (there[axis] + there[axis + 2] - here[axis] - here[axis + 2] for axis in (0, 1))
    if across == up == 0:
        return None
    return max(_DIRECTIONS, key=lambda direction: direction[0] * across + direction[1] * up)


def gaps_of(characters: Characters, stretch: Stretch, direction: Direction) -> list[Gap]:
    """The blanks of a line; those between characters that do not stand at one height part them widely."""
    first, words = stretch
    return [
        (match.span(), _gap(characters, first + match.start() - 1, first + match.end(), direction))
        for match in _BLANKS.finditer(words)
    ]


def cut_line(stretch: Stretch, gaps: Sequence[Gap], least: float) -> Iterator[tuple[Stretch, list[Gap]]]:
    """The parts of a line between gaps that are wider than `least`, each with the gaps in it."""
    first, words = stretch
    edges = [0, *(edge for span, gap in gaps if gap > least for edge in span), len(words)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        own = [((a - start, b - start), gap) for (a, b), gap in gaps if start < a and b < end]
        yield (first + start, words[start:end]), own


def measure(
    characters: Characters, page: int, stretch: Stretch, direction: Direction, size: float | None = None
) -> Line:
    """Some characters that follow each other as a line in the frame of its direction; of a `size` if it is known."""
    first, words = stretch
    last = first + len(words) - 1
    left, bottom, right, _ = framed(characters.box(first), direction)
    if last > first:
        right = framed(characters.box(last), direction)[2]
    if size is None:
        size = round(sorted(characters.size(index) for index in (first, (first + last) // 2, last))[1] * 2) / 2
    words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Line(page, words, left, right, bottom, size, first, direction)


def _gap(characters: Characters, before: int, after: int, direction: Direction) -> float:
    """How far two characters of a line stand apart, in type sizes."""
    one, other = framed(characters.box(before), direction), framed(characters.box(after), direction)
    size = max(characters.size(before), 0.1)
    if abs(one[1] + one[3] - other[1] - other[3]) > 2 * UNEVEN * size:
        return math.inf
    return (other[0] - one[2]) / size


def framed(box: Box, direction: Direction) -> Box:
    """A box's left, bottom, right and top in the frame of its line."""
    x, y = direction
    left, bottom, right, top = box
    start, end = x * left + y * bottom, x * right + y * top
    low, high = x * bottom - y * left, x * top - y * right
    return min(start, end), min(low, high), max(start, end), max(low, high)
