"""The lines recognised on the image of a page → rows like printed ones, each column after the one before it.

A printed page has its lines in an order of its maker's; what is recognised comes in none, so columns are found here.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import fmean, median

from yinju.folding import HAN
from yinju.reading.extract import ScannedLine
from yinju.reading.pdf.lines import WIDE_GAP, Direction, Line, Row
from yinju.reading.pdf.order import FEWEST_ROWS, SHORTEST_LINE
from yinju.types import Box

UNSURE = 1.5
"""How much taller than most a line must be to be set larger where it has no Han characters to measure by: a
recognised box is up to 1.4 times as tall as its type."""
SAME_SIZE = 0.12
"""By which share a line's size, its length over its full-width characters, may differ from that of most and be the
same; by twice as much where it has fewer than `FEWEST_MEASURED` characters."""
FEWEST_MEASURED = 4
MOST_ACROSS = 0.2
"""Which share of a page's lines may go across a gutter, as headings and pictures' captions do."""
WIDE = dict(zip(":,;?!", "：，；？！", strict=True))
_NARROW = re.compile(f"(?<=[{HAN}])[:,;?!]")
_TALL = 1.5
_HAN = re.compile(f"[{HAN}]")
_ACROSS, _DOWN = (1, 0), (0, -1)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line in its frame, as a printed one, and the boxes of its characters."""

    line: Line
    boxes: tuple[Box, ...]
    height: float
    """Of most of its characters' boxes, in points."""


def scanned_rows(
    lines: Sequence[ScannedLine], page: int, size: tuple[float, float]
) -> tuple[list[Row], tuple[Box, ...]]:
    """The rows of a page, counted from 0 and `size` points large, and the boxes of all characters that they count.

    As in pdfium's count, a character beyond U+FFFF takes up two places.
    """
    if sum(map(_runs_back, lines)) * 2 > len(lines):
        rows, boxes = scanned_rows([upside_down(line) for line in lines], page, size)
        return rows, tuple(map(_upside_down, boxes))
    directions = [_direction(line, size) for line in lines]
    tilt = _tilt([line for line, direction in zip(lines, directions, strict=True) if direction == _ACROSS], size)
    most = max((_ACROSS, _DOWN), key=directions.count)
    pieces = [
        _piece(line, page, size, direction or most, tilt) for line, direction in zip(lines, directions, strict=True)
    ]
    pieces = _of_even_size(pieces)
    ordered: list[Row] = []
    places: list[Box] = []
    for direction in sorted((_ACROSS, _DOWN), key=directions.count, reverse=True):
        for column in _columns([piece for piece in pieces if piece.line.direction == direction]):
            ordered += (_row(row, places) for row in _rows(column))
    return ordered, tuple(places)


def upside_down(line: ScannedLine) -> ScannedLine:
    """The line on a page that is turned by 180 degrees."""
    return ScannedLine(line.text, tuple(map(_upside_down, line.boxes)))


def _upside_down(box: Box) -> Box:
    left, top, right, bottom = (round(1 - edge, 5) for edge in box)
    return right, bottom, left, top


def _runs_back(line: ScannedLine) -> bool:
    """Whether a line ends to the left of where it begins, or above."""
    first, last = line.boxes[0], line.boxes[-1]
    steps = [last[axis] - first[axis] for axis in (0, 1)]
    return max(steps, key=abs) < 0


def settle_sizes(lines: Sequence[Line], pages: Container[int]) -> list[Line]:
    """The lines of a document with one size for those on scanned pages, counted from 0, that are nearly of one size."""
    settled: dict[float, float] = {}
    group: list[float] = []
    for size in [*sorted(line.size for line in lines if line.page in pages), inf]:
        if group and size > group[-1] * (1 + SAME_SIZE / 2):
            settled |= dict.fromkeys(group, round(median(group) * 2) / 2)
            group = []
        group.append(size)
    return [replace(line, size=settled[line.size]) if line.page in pages else line for line in lines]


def _direction(line: ScannedLine, size: tuple[float, float]) -> Direction | None:
    """Whether a line goes across or down; None where a single character does not tell."""
    left, top, right, bottom = _around(line.boxes)
    across, down = (right - left) * size[0], (bottom - top) * size[1]
    if len(line.text) > 1 and down > _TALL * across:
        return _DOWN
    return _ACROSS if len(line.text) > 1 or across > down else None


def _around(boxes: Sequence[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _tilt(lines: Sequence[ScannedLine], size: tuple[float, float]) -> float:
    """By how much lines fall on their way to the right, in points a point: that of most."""
    ends = ((_middle(line.boxes[0], size), _middle(line.boxes[-1], size)) for line in lines if len(line.boxes) > 7)
    falls = [(end[1] - start[1]) / (end[0] - start[0]) for start, end in ends if end[0] > start[0]]
    return median(falls) if falls else 0.0


def _middle(box: Box, size: tuple[float, float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2 * size[0], (box[1] + box[3]) / 2 * size[1]


def _piece(line: ScannedLine, page: int, size: tuple[float, float], direction: Direction, tilt: float) -> _Piece:
    """A recognised line as a printed one: in points, upwards, turned straight, in the frame of its direction."""
    left, top, right, bottom = (edge * size[axis % 2] for axis, edge in enumerate(_around(line.boxes)))
    along, across = (0, 1) if direction == _ACROSS else (1, 0)
    height = median((box[across + 2] - box[across]) * size[across] for box in line.boxes)
    if direction == _ACROSS:
        foot = _middle(line.boxes[0], size)[1] + height / 2 - tilt * left
        frame = left + tilt * top, right + tilt * bottom, size[1] - foot
    else:
        frame = top - size[1], bottom - size[1], left
    units = sum(0.5 if character.isascii() else 1.0 for character in line.text)
    length = (line.boxes[-1][along + 2] - line.boxes[0][along]) * size[along]
    type_size = length / units if _HAN.search(line.text) else 0.0
    return _Piece(Line(page, line.text, *frame, type_size, 0, direction), line.boxes, height)


def _of_even_size(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The lines with their sizes evened out: nearly as large as most is as large, and so is one of no known size."""
    measured = [piece for piece in pieces for _ in piece.line.text if piece.line.size]
    body = median(piece.line.size for piece in measured) if measured else 12.0
    tall = median(piece.height for piece in measured or pieces) if pieces else body

    def even(piece: _Piece) -> float:
        ratio = piece.line.size / body
        if not ratio:
            ratio = piece.height / tall if piece.height > UNSURE * tall else 1.0
        same = SAME_SIZE if len(piece.line.text) >= FEWEST_MEASURED else 2 * SAME_SIZE
        return body * (1 if abs(ratio - 1) < same else ratio)

    return [replace(piece, line=replace(piece.line, size=even(piece))) for piece in pieces]


def _columns(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """The lines of a page in runs that are read one after the other, each in one column or across all."""
    gutter = _gutter(pieces)
    if gutter is None:
        yield [*pieces]
        return
    sides: tuple[list[_Piece], list[_Piece]] = ([], [])
    for piece in sorted(pieces, key=lambda piece: -piece.line.bottom):
        if piece.line.left < gutter < piece.line.right:
            yield from (column for side in sides for column in _columns(side))
            yield [piece]
            sides = ([], [])
        else:
            sides[piece.line.left >= gutter].append(piece)
    yield from (column for side in sides for column in _columns(side))


def _gutter(pieces: Sequence[_Piece]) -> float | None:
    """The middle of the widest gap that has columns of text on both sides; None where the lines stand in one."""
    best, widest = None, 0.0
    edges = sorted({piece.line.right for piece in pieces})
    for edge in edges:
        before = [piece.line for piece in pieces if piece.line.right <= edge]
        after = [piece.line for piece in pieces if piece.line.left >= edge]
        if min(len(before), len(after)) < FEWEST_ROWS or len(pieces) - len(before) - len(after) > MOST_ACROSS * len(
            pieces
        ):
            continue
        if min(fmean(len(line.text) for line in side) for side in (before, after)) < SHORTEST_LINE:
            continue
        gap = min(line.left for line in after) - edge
        if gap > max(widest, 0.8 * before[0].size):
            best, widest = edge + gap / 2, gap
    return best


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """The lines of a column in rows from its first to its last, each from its beginning to its end."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.line.bottom):
        if rows and abs(rows[-1][0].line.bottom - piece.line.bottom) <= 0.5 * piece.line.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.line.left) for row in rows]


def _row(pieces: Sequence[_Piece], boxes: list[Box]) -> Row:
    """A row as a line and its pieces; the boxes of its characters are appended to those of the page."""
    cells: list[Line] = []
    text, first, before = "", len(boxes), None
    for piece in pieces:
        line = piece.line
        gap = (line.left - before.right) / line.size if before else 0.0
        joint = " " if gap > WIDE_GAP or (before and _are_words(before.text, line.text)) else ""
        if joint:
            boxes.append(boxes[-1])
        line = replace(line, first=len(boxes))
        for character, box in zip(line.text, piece.boxes, strict=True):
            boxes += [box] * (1 + (character > "\uffff"))
        if cells and gap <= WIDE_GAP:
            cells[-1] = replace(cells[-1], text=cells[-1].text + joint + line.text, right=line.right)
        else:
            cells.append(line)
        text, before = text + joint + line.text, line
    whole = replace(cells[0], text=text, right=cells[-1].right, first=first, size=max(line.size for line in cells))
    return whole, cells


def _are_words(one: str, other: str) -> bool:
    """Whether two pieces of a line are apart because words are, as those in Latin letters."""
    return one[-1].isascii() and other[0].isascii() and one[-1].isalnum() and other[0].isalnum()


def scanned_line(text: str, boxes: Sequence[Box | None]) -> ScannedLine | None:
    """A line of the characters and boxes given, a space taking none of its own; None where there is no character.

    A mark after a Han character is a wide one, as it was printed: the two are recognised as one.
    """
    kept: list[tuple[str, Box]] = []
    for character, box in zip(text, boxes, strict=True):
        if box is not None:
            kept.append((character, box))
        elif kept:
            _, (_, top, right, bottom) = kept[-1]
            kept.append((character, (right, top, right, bottom)))
    while kept and kept[-1][0].isspace():
        kept.pop()
    written = _NARROW.sub(lambda mark: WIDE[mark[0]], "".join(character for character, _ in kept))
    return ScannedLine(written, tuple(box for _, box in kept)) if kept else None
