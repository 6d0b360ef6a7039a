"""A document's printed lines in reading order → paragraphs: what was only wrapped joined again, tables row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from yinju.reading.pdf.leading import SENTENCE_END, Columns, continues
from yinju.reading.pdf.lines import Line
from yinju.reading.pdf.table_rows import TextRow, joint_of, table_lines
from yinju.types import Block, PrintedRun

__all__ = ["SENTENCE_END", "Paragraph", "lay_out", "make_paragraphs", "printed_runs"]


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
    columns = Columns([line for line in lines if not line.row])
    made: list[Paragraph] = []
    tables = 0
    for table, together in groupby(lines, lambda line: line.row.table if line.row else None):
        if table is None:
            made += _join_wrapped_lines([*together], columns)
        else:
            tables += 1
            made += (_as_paragraph(row, tables) for row in table_lines([*together]))
    return made


def _as_paragraph(row: TextRow, group: int) -> Paragraph:
    block = replace(row.block, end=len(row.text), group=group)
    return Paragraph(row.text, row.line.page, row.line.size, (), row.runs, block)


def _join_wrapped_lines(lines: Sequence[Line], columns: Columns) -> list[Paragraph]:
    """The lines as paragraphs: one that reaches the right edge of its column goes on in the next."""
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is None or not continues(before, line, columns, begun=len(paragraphs[-1].lines) > 1):
            paragraphs.append(Paragraph(line.text, line.page, line.size, (), ((0, line),)))
            continue
        joint = joint_of(before.text, line.text)
        last = paragraphs[-1]
        place = len(last.text + joint)
        breaks = last.page_breaks + (place,) * (line.page - before.page)
        text = last.text + joint + line.text
        paragraphs[-1] = Paragraph(text, last.page, last.size, breaks, (*last.lines, (place, line)))
    return paragraphs


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
    """Where every printed line stands in the text; one whose letters are spaced apart is a run for each of them."""
    for paragraph, start in zip(paragraphs, starts, strict=True):
        for place, line in paragraph.lines:
            begin, first = 0, line.first
            for end, skipped in (*line.skips, (len(line.text), 0)):
                yield PrintedRun(start + place + begin, start + place + end, line.page + 1, first)
                begin, first = end, first + end - begin + skipped
