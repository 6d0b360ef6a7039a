"""A page's printed lines → the same in the order they are read in, whatever order they were printed in.

Some programs print two columns row by row. What stands in one row is then lines of two texts, unless it is a table:
there, one column at least holds words rather than lines. Others print the last line first.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import fmean

from yinju.reading.pdf.lines import Line, Row

FEWEST_ROWS = 4
"""Fewer rows that fall apart are taken for chance."""
SHORTEST_LINE = 8
"""Characters on average; a column of anything shorter belongs to a table."""


def in_reading_order(rows: Sequence[Row]) -> list[Line]:
    """The lines of a page: its columns one after the other, and each from its first line to its last."""
    together = (list(group) for _, group in groupby(_in_columns(rows), lambda line: line.direction))
    return [line for group in together for line in (_turned(group) if _is_backward(group) else group)]


def _in_columns(rows: Sequence[Row]) -> list[Line]:
    """The lines, those of the first column before those of the second, between lines that go over all columns."""
    gutters = _gutters(rows)
    if not gutters:
        return [replace(line, cells=tuple(pieces)) if len(pieces) > 1 else line for line, pieces in rows]
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    ordered: list[Line] = []
    for line, pieces in rows:
        places = [_column_of(piece, gutters) for piece in pieces]
        if None in places or len({*places}) < len(places):
            ordered += [one for column in columns for one in column] + [line]
            columns = [[] for _ in columns]
            continue
        for piece, place in zip(pieces, places, strict=True):
            columns[place or 0].append(piece)
    return ordered + [one for column in columns for one in column]


def _gutters(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Where nothing is printed between columns, from left to right; none where the page has one column or a table."""
    counts = Counter(len(pieces) for _, pieces in rows if len(pieces) > 1)
    if not counts or len({line.direction for line, _ in rows}) > 1:
        return []
    number = counts.most_common(1)[0][0]
    columns = list(zip(*(pieces for _, pieces in rows if len(pieces) == number), strict=True))
    if len(columns[0]) < FEWEST_ROWS or min(fmean(len(one.text) for one in c) for c in columns) < SHORTEST_LINE:
        return []
    gutters = [
        (max(one.right for one in left), min(one.left for one in right))
        for left, right in pairwise(columns)
    ]  # fmt: skip
    return gutters if all(left < right for left, right in gutters) else []


def _column_of(line: Line, gutters: Sequence[tuple[float, float]]) -> int | None:
    """The column a line stands in; None where it goes over a gutter."""
    place = sum(line.left >= right for _, right in gutters)
    return place if place == len(gutters) or line.right <= gutters[place][1] else None


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
