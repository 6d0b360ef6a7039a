"""Whether a printed line goes on in the one below it: how far lines stand apart, and where their columns end.

The leading is what most full lines of a page have to the line below, whether single or double spaced; what stands
farther apart is another paragraph.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from yinju.reading.pdf.lines import Direction, Line
from yinju.reading.structure.headings import starts_with_marker

NARROWEST_COLUMN = 14
"""Type sizes across; lines of anything narrower are the items of a list, not a wrapped paragraph."""
RAGGED = 1.6
"""In type sizes: by how much a full line of Han characters may end before its column does."""
USUAL_LEADING = 2.2
"""In type sizes; lines no farther apart are taken for wrapped where nothing tells how far they usually are."""
WIDEST_LEADING = 4.0
FARTHER = 1.2
"""How many times the usual leading is another paragraph's."""
FEWEST_EVEN, MOSTLY_EVEN = 4, 0.6
"""Lines below each other, and the share of them that end at one place, by which a column is known."""
BROKEN_SHARE = 0.7
"""Of the width of the page's text, how much a line takes that was broken at a number of characters."""
FEW_SHARE = 0.1
"""Of a column's lines, those that begin at one place are more than a page's head and foot."""
DEEPEST_HANG = 5.0
"""In type sizes: how far the lines below the first of a list's item may be indented."""

SENTENCE_END = re.compile(r"[。！？；：.!?;:…][」』”’）》】)\]\"']*$")
_BULLET = re.compile(r"[•●○■□◆◇▪➢✓*·–—-]\s?|[（(]?[\da-zA-Z一二三四五六七八九十]{1,3}[)）.、．]")
_SIGN = re.compile(r"[•●○■□◆◇▪➢✓▶※☆★]\s?\S")
"""What begins an item and nothing else."""
_KEY = re.compile(r"[^\s：:，。；、（(]{1,12}[：:]\s?\S")
_UNIT = re.compile(r"[!-~]+|.[，。、；：！？」』）》】”’]*", re.DOTALL)
"""What is not parted at the end of a line: a word, or a character with the marks that must not begin one."""

_Column = tuple[int, Direction, int]
"""The page, direction and number of a column."""


class Columns:
    """The columns of a document's lines: where each begins and ends, and the leading of each page."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Measure all lines but those of tables."""
        self._edges: dict[_Column, tuple[float, float]] = {}
        lefts: defaultdict[_Column, Counter[int]] = defaultdict(Counter)
        for line in lines:
            key = (line.page, line.direction, _number(line))
            lefts[key][round(line.left)] += 1
            left, right = self._edges.get(key, (line.left, line.right))
            self._edges[key] = (min(left, line.left), max(right, line.right))
        self._lefts = {key: _usual_left(found) for key, found in lefts.items()}
        self._full: dict[tuple[int, int, int], bool] = {}
        steps = [_step(before, line) for before, line in pairwise(lines)]
        self._right = dict(_even_rights(lines, steps))
        self._steps: dict[tuple[int, float], Counter[float]] = defaultdict(Counter)
        for (before, line), step in zip(pairwise(lines), steps, strict=True):
            if 0.5 < step <= WIDEST_LEADING and before.size == line.size and self.is_full(before, line):
                for page in (line.page, -1):
                    self._steps[page, line.size][round(step, 1)] += 1

    def left(self, line: Line) -> float:
        """Where the column begins in which a line does."""
        return self._lefts[line.page, line.direction, _number(line)]

    def is_full(self, before: Line, line: Line) -> bool:
        """Whether a line ends where its column does, so that what begins the next had no room in it."""
        key = before.page, before.first, line.first
        if key not in self._full:
            self._full[key] = self._ends_with_column(before, line)
        return self._full[key]

    def _ends_with_column(self, before: Line, line: Line) -> bool:
        keys = [(before.page, before.direction, _number(before) + shift) for shift in (-1, 0, 1)]
        right = self._right.get((before.page, before.first), 0.0) or max(
            self._edges[key][1] for key in keys if key in self._edges
        )
        if right - self.left(before) <= NARROWEST_COLUMN * before.size:
            return False
        unit = _UNIT.match(line.text)
        mean = (line.right - line.left) / len(line.text)
        room = max(RAGGED * line.size, (len(unit[0]) + 1) * min(mean, line.size) if unit else 0.0)
        return before.right > right - min(room, (right - self.left(before)) / 3)

    def breaks_off(self, before: Line, line: Line) -> bool:
        """Whether a long line stops amid a sentence short of its column's end, as where lines have so many characters.

        The next one must begin right below it.
        """
        right = self._edges[before.page, before.direction, _number(before)][1]
        long = before.right - before.left >= BROKEN_SHARE * (right - self.left(before))
        below = abs(before.left - line.left) <= 0.5 * line.size and line.bottom < before.bottom
        wide = before.right - before.left > NARROWEST_COLUMN * before.size
        return long and wide and below and not SENTENCE_END.search(before.text)

    def is_even(self, line: Line) -> bool:
        """Whether a line stands in a column whose lines mostly end at one place."""
        return (line.page, line.first) in self._right

    def leading(self, line: Line) -> float:
        """How far full lines stand from the next on a line's page, or else in the document, in type sizes."""
        for page, fewest in ((line.page, 2), (-1, 2), (line.page, 1), (-1, 1)):
            steps = self._steps.get((page, line.size))
            if steps and sum(steps.values()) >= fewest:
                most = max(steps.values())
                return min(step for step, count in steps.items() if 2 * count >= most)
        return USUAL_LEADING / FARTHER


def _usual_left(lefts: Counter[int]) -> float:
    """Where the lines of a column begin farthest left, a lone one aside, such as the head of a page."""
    fewest = max(2, lefts.total() * FEW_SHARE)
    return min((left for left, count in lefts.items() if count >= fewest), default=min(lefts))


def _even_rights(lines: Sequence[Line], steps: Sequence[float]) -> Iterator[tuple[tuple[int, int], float]]:
    """Page and first character of lines that stand below each other and mostly end at one place → that place.

    It need not be where other lines of the page end, which may begin at the same place and be longer.
    """
    begin = 0
    for number in range(1, len(lines) + 1):
        if (
            number < len(lines)
            and 0.5 < steps[number - 1] <= WIDEST_LEADING
            and (abs(lines[number].left - lines[begin].left) <= 3 * lines[begin].size)
        ):
            continue
        run = lines[begin:number]
        if len(run) < FEWEST_EVEN:
            begin = number
            continue
        right = max(line.right for line in run)
        even = sum(line.right > right - RAGGED * line.size for line in run)
        if even >= MOSTLY_EVEN * len(run):
            yield from (((line.page, line.first), right) for line in run)
        begin = number


def _number(line: Line) -> int:
    """A number for lines that begin at nearly the same distance from the left."""
    return round(line.left / max(3 * line.size, 1))


def _step(before: Line, line: Line) -> float:
    """How far a line stands below another in the same column, in type sizes; 0 where it is in another."""
    beside = before.direction == line.direction and before.left < line.right and line.left < before.right
    return (before.bottom - line.bottom) / max(line.size, 1.0) if beside and before.page == line.page else 0.0


def continues(before: Line, line: Line, columns: Columns, begun: bool) -> bool:
    """Whether a line is the rest of the paragraph that the line before it is in, and has `begun` above that."""
    if line.direction != before.direction or abs(before.size - line.size) > 0.1 * line.size:
        return False
    if not _follows(before, line, columns) or not (columns.is_full(before, line) or columns.breaks_off(before, line)):
        return False
    if _is_tabular(before) or _is_tabular(line) or _is_indented(before, line, columns, begun):
        return False
    if _SIGN.match(line.text) or (_KEY.match(line.text) and _KEY.match(before.text)):
        return False
    parted = line.page != before.page or line.bottom > before.bottom + line.size
    return not (parted and SENTENCE_END.search(before.text)) and not starts_with_marker(line.text)


def _follows(before: Line, line: Line, columns: Columns) -> bool:
    """Whether a line stands as far below another as in a paragraph, or at the top of the next column or page."""
    if line.page != before.page:
        return line.page == before.page + 1
    if line.left >= before.right and line.bottom > before.bottom + line.size:
        return columns.is_even(before) and columns.is_even(line)
    step = (before.bottom - line.bottom) / max(line.size, 1.0)
    return -0.5 < step <= FARTHER * columns.leading(line) + 0.05


def _is_indented(before: Line, line: Line, columns: Columns, begun: bool) -> bool:
    """Whether a line begins as a paragraph's first does; not one that stands under the words of a list's item."""
    inward, size = line.left - before.left, line.size
    if begun and abs(inward) <= 0.5 * size and line.page == before.page:
        return False
    if not begun and 0 < inward <= DEEPEST_HANG * size and _BULLET.match(before.text):
        return False
    return line.left - columns.left(line) > 1.2 * size or inward > 1.2 * size


def _is_tabular(line: Line) -> bool:
    """Whether a line falls into pieces as a form's does; not one whose marker stands apart."""
    if not line.cells:
        return False
    first = line.cells[0].text
    return len(line.cells) > 2 or not (_BULLET.fullmatch(first) or starts_with_marker(first))
