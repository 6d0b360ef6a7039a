"""PDF → Extract: the text layer page by page, lines that were only wrapped joined again.

pdfium reads damaged and hostile files; it must run in the child process of `isolation`, never in a server.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import Extract, Heading
from yinju.reading.headings import LONGEST_HEADING, find_headings, starts_with_marker
from yinju.reading.lines import Direction, Line, read_rows
from yinju.reading.order import in_reading_order
from yinju.reasons import Reason
from yinju.types import PrintedRun

HEADING_RATIO = 1.15
"""How much larger than the body a line must be set to be a heading."""
NARROWEST_COLUMN = 14
"""Type sizes across; lines of anything narrower are the items of a list, not a wrapped paragraph."""
FEWEST_CHARACTERS_A_PAGE = 20
"""Below this on average, a text layer is more likely a watermark than the pages' text."""

_PAGE_NUMBER = re.compile(
    r"[-–—~·\s]*(?:第\s*)?\d{1,4}\s*(?:[/／]\s*\d{1,4}\s*)?(?:[頁页]\s*)?(?:[,，/／]?\s*共\s*\d+\s*[頁页])?[-–—~·\s]*"
)
_SENTENCE_END = re.compile(r"[。！？；：.!?;:…][」』”’）》】)\]\"']*$")
_NO_SPACE_NEEDED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’—…\U00020000-\U0003ffff]")
_UNTITLED = re.compile(
    r"untitled|無標題|无标题|microsoft|\.(?:docx?|pdf|indd|pptx?|xlsx?|wps|odt|html?|txt)\b|[\\/]|^\W*$", re.IGNORECASE
)


_Column = tuple[int, Direction, int]
"""The page, direction and number of a column."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Printed lines that belong together, each with its place in `text`; `page_breaks` are places there as well."""

    text: str
    page: int
    size: float
    page_breaks: tuple[int, ...]
    lines: tuple[tuple[int, Line], ...]


def extract_pdf(data: bytes) -> Extract:
    """The text of a PDF with the start of every page, and headings by type size or by their markers.

    Raises:
        ReadingError: `encrypted`, `unreadable`, or `no_text` when no page has any.
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            pages = [in_reading_order(read_rows(pdf, number)) for number in range(len(pdf))]
            metadata_title = str(pdf.get_metadata_value("Title")).strip()
    except pypdfium2.PdfiumError as error:
        raise _explain(error) from error
    lines = _without_running_lines(pages)
    if not lines:
        raise ReadingError("no_text", pages=len(pages))
    paragraphs = _join_wrapped_lines(lines)
    text, starts, page_starts = _lay_out(paragraphs, len(pages))
    headings = _find_headings(text, paragraphs, starts)
    title = metadata_title if _is_title(metadata_title) else _largest_line(paragraphs)
    printed = tuple(_runs(paragraphs, starts))
    return Extract(text, headings, title, page_starts=page_starts, warnings=_warn(lines, len(pages)), printed=printed)


def _explain(error: Exception) -> ReadingError:
    """The reason why pdfium refused a file."""
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return ReadingError("encrypted")
    return ReadingError("unreadable.pdf", why=str(error))


def _without_running_lines(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """All lines but page numbers and headers or footers, which stand at an edge of most pages."""
    edges = Counter(key for lines in pages for key in {_edge_key(line) for line in (*lines[:1], *lines[-1:])})
    running = {key for key, count in edges.items() if count >= 3 and 2 * count > len(pages)}
    kept = []
    for lines in pages:
        for position, line in enumerate(lines):
            at_edge = position in (0, len(lines) - 1)
            if not at_edge or not (_PAGE_NUMBER.fullmatch(line.text) or _edge_key(line) in running):
                kept.append(line)
    return kept


def _edge_key(line: Line) -> str:
    """A line without its digits, which is how a running header looks on every page."""
    return re.sub(r"\d+", "#", line.text)


def _join_wrapped_lines(lines: Sequence[Line]) -> list[_Paragraph]:
    """The lines as paragraphs: one that reaches the right edge of its column goes on in the next."""
    edges = _column_edges(lines)
    paragraphs: list[_Paragraph] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is None or not _continues(before, line, edges):
            paragraphs.append(_Paragraph(line.text, line.page, line.size, (), ((0, line),)))
            continue
        joint = "" if _NO_SPACE_NEEDED.match(before.text[-1]) or _NO_SPACE_NEEDED.match(line.text[0]) else " "
        last = paragraphs[-1]
        place = len(last.text + joint)
        breaks = last.page_breaks + (place,) * (line.page - before.page)
        text = last.text + joint + line.text
        paragraphs[-1] = _Paragraph(text, last.page, last.size, breaks, (*last.lines, (place, line)))
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
    ended = line.page != before.page and _SENTENCE_END.search(before.text) is not None
    return full and not indented and not ended and not starts_with_marker(line.text)


def _lay_out(paragraphs: Sequence[_Paragraph], pages: int) -> tuple[str, list[int], tuple[int, ...]]:
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


def _runs(paragraphs: Sequence[_Paragraph], starts: Sequence[int]) -> Iterator[PrintedRun]:
    """Where every printed line stands in the text."""
    for paragraph, start in zip(paragraphs, starts, strict=True):
        for place, line in paragraph.lines:
            yield PrintedRun(start + place, start + place + len(line.text), line.page + 1, line.first)


def _find_headings(text: str, paragraphs: Sequence[_Paragraph], starts: Sequence[int]) -> tuple[Heading, ...]:
    """Lines set larger than the body, a level for each size; with one such line at most, lines with markers as well."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[paragraph.size] += len(paragraph.text)
    body = sizes.most_common(1)[0][0]
    large = [
        (paragraph, start)
        for paragraph, start in zip(paragraphs, starts, strict=True)
        if paragraph.size >= HEADING_RATIO * body and 1 < len(paragraph.text) <= LONGEST_HEADING
    ]
    levels = {size: level for level, size in enumerate(sorted({p.size for p, _ in large}, reverse=True), start=1)}
    by_size = [Heading(min(levels[p.size], 6), p.text, start, start + len(p.text)) for p, start in large]
    if len(by_size) > 1:
        return tuple(by_size)
    titles = [Heading(0, heading.text, heading.start, heading.end) for heading in by_size]
    taken = {heading.start for heading in titles}
    marked = [heading for heading in find_headings(text) if heading.start not in taken]
    return tuple(sorted(titles + marked, key=lambda heading: heading.start))


def _is_title(words: str) -> bool:
    """Whether the title in the metadata is one, not what a program put there."""
    return 2 <= len(words) <= 2 * LONGEST_HEADING and not _UNTITLED.search(words)


def _largest_line(paragraphs: Sequence[_Paragraph]) -> str:
    """The largest line on the first page that has text, the first one of equals; empty when it is a sentence."""
    first_page = [paragraph for paragraph in paragraphs if paragraph.page == paragraphs[0].page]
    text = max(first_page, key=lambda paragraph: paragraph.size).text
    return "" if len(text) > LONGEST_HEADING or _SENTENCE_END.search(text) else text


def _warn(lines: Sequence[Line], pages: int) -> tuple[Reason, ...]:
    """What is missing from the text layer."""
    missing = sorted(set(range(pages)) - {line.page for line in lines})
    warnings = []
    if missing:
        warnings.append(Reason("textless_pages", {"pages": list(_ranges(missing))}))
    if sum(len(line.text) for line in lines) < FEWEST_CHARACTERS_A_PAGE * (pages - len(missing)):
        warnings.append(Reason("little_text"))
    return tuple(warnings)


def _ranges(pages: Sequence[int]) -> Iterator[str]:
    """Page indices as numbers from 1, neighbours as 3–5."""
    first = pages[0]
    for page, following in zip(pages, (*pages[1:], None), strict=True):
        if following != page + 1:
            yield str(page + 1) if page == first else f"{first + 1}–{page + 1}"
            first = following if following is not None else page
