"""A document's printed lines in reading order → paragraphs: what was only wrapped joined again, tables row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yinju.reading.lines import Direction, Line
from yinju.reading.structure.headings import starts_with_marker
from yinju.reading.table import FEWEST_ROWS, headed_row, joined_row, looks_like_heads
from yinju.types import Block, BlockKind, PrintedRun

NARROWEST_COLUMN = 14
"""Type sizes across; lines of anything narrower are the items of a list, not a wrapped paragraph."""
STRAIGHT = 1.0
"""How far the cells of one column may be out of line, in type sizes."""

SENTENCE_END = re.compile(r"[。！？；：.!?;:…][」』”’）》】)\]\"']*$")
_NO_SPACE_NEEDED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’—…\U00020000-\U0003ffff]")

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
    edges = _column_edges(lines)
    made: list[Paragraph] = []
    begin = place = tables = 0
    while place < len(lines):
        rows = _table_at(lines, place)
        if len(rows) < FEWEST_ROWS:
            place += 1
            continue
        tables += 1
        made += [*_join_wrapped_lines(lines[begin:place], edges), *_table_rows(rows, tables)]
        begin = place = place + len(rows)
    return made + _join_wrapped_lines(lines[begin:], edges)


def _table_at(lines: Sequence[Line], place: int) -> Sequence[Line]:
    """The lines from a place on that are rows of one table: of as many cells each, which stand in straight columns."""
    count, end = len(lines[place].cells), place
    while count > 1 and end < len(lines) and len(lines[end].cells) == count and _are_straight(lines[place], lines[end]):
        end += 1
    return lines[place:end]


def _are_straight(one: Line, other: Line) -> bool:
    """Whether the cells of two rows stand below each other: with their left edges, right edges or middles."""
    return all(
        min(abs(a.left - b.left), abs(a.right - b.right), abs(a.left + a.right - b.left - b.right) / 2)
        <= STRAIGHT * max(a.size, b.size)
        for a, b in zip(one.cells, other.cells, strict=True)
    )


def _table_rows(rows: Sequence[Line], group: int) -> Iterator[Paragraph]:
    first, second = ([cell.text for cell in row.cells] for row in rows[:2])
    heads = first if looks_like_heads(first, second) else []
    for number, row in enumerate(rows):
        words = [cell.text for cell in row.cells]
        is_heads = heads and not number
        text, block = joined_row(words, BlockKind.HEADS) if is_heads else headed_row(words, heads)
        cells = tuple((start, cell) for (start, _), cell in zip(block.cell_spans(), row.cells, strict=True))
        yield Paragraph(text, row.page, row.size, (), cells, replace(block, end=len(text), group=group))


def _join_wrapped_lines(lines: Sequence[Line], edges: dict[_Column, tuple[float, float]]) -> list[Paragraph]:
    """The lines as paragraphs: one that reaches the right edge of its column goes on in the next."""
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is None or not _continues(before, line, edges):
            paragraphs.append(Paragraph(line.text, line.page, line.size, (), ((0, line),)))
            continue
        joint = "" if _NO_SPACE_NEEDED.match(before.text[-1]) or _NO_SPACE_NEEDED.match(line.text[0]) else " "
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
