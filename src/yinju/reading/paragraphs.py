"""A document's printed lines in reading order → paragraphs: what was only wrapped joined again, tables row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from yinju.reading.lines import Direction, Line
from yinju.reading.structure.headings import starts_with_marker
from yinju.reading.table_rows import TextRow, joint_of, table_lines
from yinju.types import Block, PrintedRun

NARROWEST_COLUMN = 14
"""Type sizes across; lines of anything narrower are the items of a list, not a wrapped paragraph."""

SENTENCE_END = re.compile(r"[。！？；：.!?;:…][」』”’）》】)\]\"']*$")
_Column = tuple[int, Direction, int]
"""The page, direction and number of a column."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Printed lines that belong together, each with its place in `text`; `page_breaks` are places there as well."""

    text: str
    page: int
    size: float
    page_breaks: tuple[int, ...]
    lines: tuple[tuple[int, Line], ...]
    block: Block | None = None
    """What it is, where the page tells; its range within `text`."""


def make_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of all pages, one for each row of a table, in which every cell stands beside its column's head."""
    edges = _column_edges([line for line in lines if not line.row])
    made: list[Paragraph] = []
    tables = 0
    for table, together in groupby(lines, lambda line: line.row.table if line.row else None):
        if table is None:
            made += _join_wrapped_lines([*together], edges)
        else:
            tables += 1
            made += (_as_paragraph(row, tables) for row in table_lines([*together]))
    return made


def _as_paragraph(row: TextRow, group: int) -> Paragraph:
    block = replace(row.block, end=len(row.text), group=group)
    return Paragraph(row.text, row.line.page, row.line.size, (), row.runs, block)


def _join_wrapped_lines(lines: Sequence[Line], edges: dict[_Column, tuple[float, float]]) -> list[Paragraph]:
    """The lines as paragraphs: one that reaches the right edge of its column goes on in the next."""
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is None or not _continues(before, line, edges):
            paragraphs.append(Paragraph(line.text, line.page, line.size, (), ((0, line),)))
            continue
        joint = joint_of(before.text, line.text)
        last = paragraphs[-1]
        place = len(last.text + joint)
        breaks = last.page_breaks + (place,) * (line.page - before.page)
        text = last.text + joint + line.text
        paragraphs[-1] = Paragraph(text, last.page, last.size, breaks, (*last.lines, (place, line)))
    return paragraphs


def _column(line: Line) -> int:
    """A number for lines that begin at nearly the same distance from the left."""
    return round(line.left / max(3 * line.size, 1))


def _column_edges(lines: Sequence[Line]) -> dict[_Column, tuple[float, float]]:
    """The left and right edge of every column of every page."""
    edges: dict[_Column, tuple[float, float]] = {}
    for line in lines:
        key = (line.page, line.direction, _column(line))
        left, right = edges.get(key, (line.left, line.right))
        edges[key] = (min(left, line.left), max(right, line.right))
    return edges


def _continues(before: Line, line: Line, edges: dict[_Column, tuple[float, float]]) -> bool:
    """Whether a line is the rest of the paragraph that the line before it began."""
    if line.direction != before.direction:
        return False
    size, column = line.size, _column(before)
    keys = [(before.page, before.direction, column + shift) for shift in (-1, 0, 1)]
    right = max(edges[key][1] for key in keys if key in edges)
    left = edges[line.page, line.direction, _column(line)][0]
    same_flow = line.page == before.page and -0.5 * size < before.bottom - line.bottom < 2.2 * size
    if not (same_flow or line.page == before.page + 1) or abs(before.size - size) > 0.1 * size:
        return False
    full = before.right > right - 1.6 * size and right - left > NARROWEST_COLUMN * size
    indented = line.left - left > 1.2 * size or line.left - before.left > 1.2 * size
    ended = line.page != before.page and SENTENCE_END.search(before.text) is not None
    return full and not indented and not ended and not starts_with_marker(line.text)


def lay_out(paragraphs: Sequence[Paragraph], pages: int) -> tuple[str, list[int], tuple[int, ...]]:
    """The text, where each paragraph begins in it, and where each page does, pages without text included."""
    starts = []
    page_starts: list[int] = []
    position = 0
    for paragraph in paragraphs:
        starts.append(position)
        page_starts += [position] * (paragraph.page + 1 - len(page_starts))
        page_starts += [position + place for place in paragraph.page_breaks]
        position += len(paragraph.text) + 1
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    page_starts += [len(text)] * (pages - len(page_starts))
    return text, starts, tuple(page_starts)


def printed_runs(paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> Iterator[PrintedRun]:
    """Where every printed line stands in the text."""
    for paragraph, start in zip(paragraphs, starts, strict=True):
        for place, line in paragraph.lines:
            yield PrintedRun(start + place, start + place + len(line.text), line.page + 1, line.first)
