"""PDF → Extract: the text layer page by page, lines that were only wrapped joined again.

pdfium reads damaged and hostile files; it must run in the child process of `child`, never in a server.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from types import MappingProxyType

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import TITLE_LEVEL, Extract, Scans, count_characters, heading
from yinju.reading.pdf.figures import find_figures
from yinju.reading.pdf.lines import Line, Row
from yinju.reading.pdf.order import in_reading_order
from yinju.reading.pdf.paragraphs import SENTENCE_END, Paragraph, lay_out, make_paragraphs, printed_runs
from yinju.reading.pdf.printed import read_rows, with_unruled
from yinju.reading.pdf.scans import scanned_rows, settle_sizes
from yinju.reading.pdf.table_rows import join_tables
from yinju.reading.structure.headings import LONGEST_HEADING
from yinju.reasons import Reason
from yinju.types import Block, Box, Scan

HEADING_RATIO = 1.15
"""How much larger than the body a line must be set to be a heading."""
FEWEST_CHARACTERS_A_PAGE = 20
"""Below this on average, a text layer is more likely a watermark than the pages' text."""
COVERED = 0.5
"""The share of a page from which on a picture on it is taken for a scan, where there is hardly any text."""

_PAGE_NUMBER = re.compile(
    r"[-–—~·\s]*(?:第\s*)?\d{1,4}\s*(?:[/／]\s*\d{1,4}\s*)?(?:[頁页]\s*)?(?:[,，/／]?\s*共\s*\d+\s*[頁页])?[-–—~·\s]*"
)
_DIGITS = re.compile(r"\d+")
_UNTITLED = re.compile(
    r"untitled|anonymous|unspecified|無標題|无标题|microsoft|\.(?:docx?|pdf|indd|pptx?|xlsx?|wps|odt|html?|txt)\b|[\\/]|^\W*$",
    re.IGNORECASE,
)


def extract_pdf(data: bytes, scans: Scans = MappingProxyType({})) -> Extract:
    """The text of a PDF with the start of every page, with headings by type size and the rows of tables.

    Of pages in `scans` it is the lines that were recognised there, whatever else is printed on them.

    Raises:
        ReadingError: `encrypted`, `unreadable`, or `no_text` when no page has any.
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            return read_pages(pdf, scans)
    except pypdfium2.PdfiumError as error:
        raise _explain(error) from error


def read_pages(pdf: pypdfium2.PdfDocument, scans: Scans) -> Extract:
    """As `extract_pdf`, of an open one.

    Raises:
        pypdfium2.PdfiumError: a page cannot be read.
        ReadingError: `no_text`.
    """
    boxes: dict[int, tuple[Box, ...]] = {}
    pages = [in_reading_order(_rows(pdf, number, scans, boxes)) for number in range(len(pdf))]
    covered = {number for number, lines in enumerate(pages) if _count(lines) < FEWEST_CHARACTERS_A_PAGE
               and number + 1 not in scans and _is_covered(pdf, number)}  # fmt: skip
    lines = _without_running_lines(pages) or [line for page in pages for line in page if line.page not in covered]
    if not lines:
        raise ReadingError("no_text.recognized" if scans else "no_text", pages=len(pages))
    if scans:
        lines = settle_sizes(lines, {page - 1 for page in scans})
    lines = join_tables(lines)
    paragraphs = make_paragraphs(lines)
    text, starts, page_starts = lay_out(paragraphs, len(pages))
    metadata_title = str(pdf.get_metadata_value("Title")).strip()
    with_text = {line.page for line in lines} - covered
    textless = tuple(number + 1 for number in range(len(pages)) if number not in with_text)
    labels = [pdf.get_page_label(number) for number in range(len(pdf))]
    return Extract(
        text, _find_blocks(paragraphs, starts),
        metadata_title if _is_title(metadata_title) else _largest_line(paragraphs),
        page_starts=page_starts, printed=tuple(printed_runs(paragraphs, starts)),
        dropped=_count(line for page in pages for line in page) - _count(lines),
        warnings=tuple(_warnings(lines, textless, scans)), textless=textless,
        scans=tuple(Scan(page, characters) for page, characters in boxes.items()),
        figures=tuple(find_figures(pdf, paragraphs, starts, {*covered, *(page - 1 for page in scans)})),
        page_labels=tuple(labels) if any(label not in ("", str(n)) for n, label in enumerate(labels, 1)) else (),
    )  # fmt: skip


def _rows(pdf: pypdfium2.PdfDocument, number: int, scans: Scans, boxes: dict[int, tuple[Box, ...]]) -> list[Row]:
    """The lines of a page, counted from 0: those recognised on it, whose `boxes` are then kept, or the printed ones."""
    recognized = scans.get(number + 1)
    if not recognized:
        return read_rows(pdf, number)
    with closing(pdf[number]) as page:
        rows, boxes[number + 1] = scanned_rows(recognized, number, page.get_size())
    return with_unruled([(row, row[1]) for row in rows])


def _count(lines: Iterable[Line]) -> int:
    return sum(count_characters(line.text) for line in lines)


def _explain(error: Exception) -> ReadingError:
    """The reason why pdfium refused a file."""
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return ReadingError("encrypted")
    return ReadingError("unreadable.pdf", why=str(error))


def _without_running_lines(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """All lines but page numbers and headers or footers, which stand at an edge of most pages.

    A table is one of these as a whole or not at all: that its heads are on every page makes them no header.
    """
    keys = [_edge_keys(lines) for lines in pages]
    edges = Counter(
        key for lines, own in zip(pages, keys, strict=True) for key in {own[p] for p in _edge_places(lines)}
    )
    running = {key for key, count in edges.items() if count >= 3 and 2 * count > len(pages)}
    kept = []
    for lines, own in zip(pages, keys, strict=True):
        dropped = {
            own[place] for place in _edge_places(lines)
            if own[place] in running or (not lines[place].row and _PAGE_NUMBER.fullmatch(lines[place].text))
        }  # fmt: skip
        places = {place for place in _edge_places(lines) if own[place] in dropped}
        tables = {id(row.table) for place in places if (row := lines[place].row)}
        kept += [
            line for place, line in enumerate(lines)
            if place not in places and not (line.row and id(line.row.table) in tables)
        ]  # fmt: skip
    return kept


def _edge_places(lines: Sequence[Line]) -> set[int]:
    """Which lines of a page are its first, last, uppermost and lowest: some programs print the footer first."""
    if not lines:
        return set()
    by_height = sorted(range(len(lines)), key=lambda place: lines[place].bottom)
    return {0, len(lines) - 1, by_height[0], by_height[-1]}


def _edge_keys(lines: Sequence[Line]) -> list[str]:
    """Each line without its digits, which is how a running header looks on every page; of a table, all of it."""
    tables: dict[int, str] = {}
    for line in lines:
        if line.row:
            tables[id(line.row.table)] = tables.get(id(line.row.table), "") + line.text
    return [_DIGITS.sub("#", tables[id(line.row.table)] if line.row else line.text) for line in lines]


def _find_blocks(paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> tuple[Block, ...]:
    """The headings and the rows of tables, in order."""
    rows = [p.block.shifted(start) for p, start in zip(paragraphs, starts, strict=True) if p.block]
    return tuple(sorted(rows + _find_headings(paragraphs, starts), key=lambda block: block.start))


def _find_headings(paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> list[Block]:
    """Lines set larger than the body, a level for each size; a single one is the title."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[paragraph.size] += len(paragraph.text)
    body = sizes.most_common(1)[0][0]
    large = [
        (paragraph, start)
        for paragraph, start in zip(paragraphs, starts, strict=True)
        if not paragraph.block and paragraph.size >= HEADING_RATIO * body and 1 < len(paragraph.text) <= LONGEST_HEADING
    ]
    levels = {size: level for level, size in enumerate(sorted({p.size for p, _ in large}, reverse=True), start=1)}
    alone = len(large) == 1
    return [
        heading(TITLE_LEVEL if alone else min(levels[p.size], 6), p.text, start, start + len(p.text))
        for p, start in large
    ]


def _is_title(words: str) -> bool:
    """Whether the title in the metadata is one, not what a program put there."""
    return 2 <= len(words) <= 2 * LONGEST_HEADING and not _UNTITLED.search(words)


def _largest_line(paragraphs: Sequence[Paragraph]) -> str:
    """The largest line on the first page that has text, the first one of equals; empty when it is a sentence."""
    first_page = [paragraph for paragraph in paragraphs if paragraph.page == paragraphs[0].page]
    text = max(first_page, key=lambda paragraph: paragraph.size).text
    return "" if len(text) > LONGEST_HEADING or SENTENCE_END.search(text) else text


def _is_covered(pdf: pypdfium2.PdfDocument, number: int) -> bool:
    """Whether one picture takes up most of a page."""
    with closing(pdf[number]) as page:
        across, down = page.get_size()
        pictures = (one.get_bounds() for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
        return any((right - left) * (top - bottom) > COVERED * across * down for left, bottom, right, top in pictures)


def _warnings(lines: Sequence[Line], textless: Sequence[int], scans: Scans) -> Iterator[Reason]:
    """What is missing from the text layer, and what was recognised instead."""
    kinds = {
        "recognized_pages": [page for page in sorted(scans) if scans[page] and page not in textless],
        "blank_pages": [page for page in sorted(scans) if scans[page] == [] or (scans[page] and page in textless)],
        "unrecognized_pages": [page for page in sorted(scans) if scans[page] is None],
        "textless_pages": [page for page in textless if page not in scans],
    }
    for name, pages in kinds.items():
        if pages:
            yield Reason(name, {"pages": list(_ranges(pages))})
    printed = [line for line in lines if line.page + 1 not in scans]
    if sum(len(line.text) for line in printed) < FEWEST_CHARACTERS_A_PAGE * len({line.page for line in printed}):
        yield Reason("little_text")


def _ranges(pages: Sequence[int]) -> Iterator[str]:
    """Numbers of pages, neighbours as 3–5."""
    first = pages[0]
    for page, following in zip(pages, (*pages[1:], None), strict=True):
        if following != page + 1:
            yield str(page) if page == first else f"{first}–{page}"
            first = following if following is not None else page
