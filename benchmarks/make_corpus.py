"""Makes the binary and legacy-encoded sample documents: `benchmarks/corpus/*.md` → `corpus/`.

A source is named after what it becomes: `name.pdf.md`, `name.docx.md`, and `name.gbk.txt.md` or `name.big5.txt.md` for
text in that encoding. Sources use `#` headings, `-` and `1.` lists, `|` tables and one paragraph a line.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml.ns import qn
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = REPOSITORY / "benchmarks" / "corpus"
CORPUS = REPOSITORY / "corpus"
DEFAULT_FONT = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
FONT_NAME = "CJK"
FIXED_DATE = datetime(2024, 1, 1)  # so that a second run changes no bytes that the libraries let us fix
LATIN_RUN = re.compile(r"[\u0000-\u2e7f]+")  # Droid Sans Fallback has no Latin letters, digits or ASCII marks
BLOCK = re.compile(r"(?P<heading>#{1,3}) +|(?P<bullet>- +)|(?P<number>\d+\. +)|(?P<table>\|)")
HEADING_SIZES = {1: 20, 2: 15, 3: 12}
BODY_SIZE = 10.5
DOCX_LIST_STYLES = {"bullet": "List Bullet", "number": "List Number"}


class Block(NamedTuple):
    """One line of a source: its kind, its heading level (0 for no heading) and its text without the marker."""

    kind: str
    level: int
    text: str


def parse_blocks(markdown: str) -> Iterator[Block]:
    """Yields the non-empty lines of a source as blocks, in order."""
    for line in filter(None, map(str.strip, markdown.splitlines())):
        match = BLOCK.match(line)
        if match is None or match.lastgroup is None:
            yield Block("paragraph", 0, line)
        elif match.lastgroup == "table":
            if not re.fullmatch(r"[|\s:-]+", line):
                yield Block("table", 0, line)
        else:
            yield Block(match.lastgroup, len(match["heading"] or ""), line[match.end() :])


def split_row(line: str) -> list[str]:
    """Returns the cells of a `| a | b |` line."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def mark_latin(text: str) -> str:
    """Returns reportlab markup in which runs that the CJK font lacks are set in Helvetica."""
    return LATIN_RUN.sub(lambda run: f'<font name="Helvetica">{run[0]}</font>', escape(text))


def paragraph_style(size: float, **options: Any) -> ParagraphStyle:  # noqa: ANN401 - reportlab's own keywords
    """Returns a CJK-wrapped style of the given size in points."""
    return ParagraphStyle("", fontName=FONT_NAME, fontSize=size, leading=size * 1.6, wordWrap="CJK", **options)


def pdf_table(rows: list[list[str]]) -> Table:
    """Returns a ruled, full-width table, its first row shaded."""
    style = paragraph_style(BODY_SIZE - 1)
    cells = [[Paragraph(mark_latin(cell), style) for cell in row] for row in rows]
    table = Table(cells, colWidths=[160 * mm / len(rows[0])] * len(rows[0]), spaceBefore=6, spaceAfter=10)
    whole, header = ((0, 0), (-1, -1)), ((0, 0), (-1, 0))
    table.setStyle(
        [("GRID", *whole, 0.5, colors.grey), ("BACKGROUND", *header, colors.whitesmoke), ("VALIGN", *whole, "TOP")]
    )
    return table


def pdf_flowables(blocks: Iterator[Block]) -> Iterator[Flowable]:
    """Yields the reportlab flowables of a document, in order."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind == "table":
            yield pdf_table([split_row(block.text) for block in group])
            continue
        for number, (_, level, text) in enumerate(group, start=1):
            if kind == "heading":
                style = paragraph_style(HEADING_SIZES[level], spaceBefore=10, spaceAfter=6, keepWithNext=1)
                yield Paragraph(mark_latin(text), style)
            else:
                prefix = {"bullet": "・", "number": f"{number}. "}.get(kind, "")
                indent = 0 if kind == "paragraph" else 12
                yield Paragraph(mark_latin(prefix + text), paragraph_style(BODY_SIZE, leftIndent=indent, spaceAfter=5))
        if kind != "heading":  # a spacer there would part the heading from its text at a page end
            yield Spacer(0, 4)


def draw_page_number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Draws the page number in the middle of the footer."""
    canvas.setFont("Helvetica", 9)
    canvas.drawCentredString(A4[0] / 2, 12 * mm, f"- {document.page} -")


def write_pdf(markdown: str, target: Path, font: Path) -> None:
    """Writes the source as an A4 PDF with the font embedded and page numbers in the footer."""
    pdfmetrics.registerFont(TTFont(FONT_NAME, str(font)))
    document = SimpleDocTemplate(
        str(target), pagesize=A4, leftMargin=25 * mm, rightMargin=25 * mm, title=target.stem, invariant=1
    )
    flowables = list(pdf_flowables(parse_blocks(markdown)))
    document.build(flowables, onFirstPage=draw_page_number, onLaterPages=draw_page_number)


def write_docx(markdown: str, target: Path) -> None:
    """Writes the source as a Word document with real heading, list and table styles."""
    document = Document()
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Microsoft JhengHei")
    for kind, group in groupby(parse_blocks(markdown), key=lambda block: block.kind):
        if kind == "table":
            rows = [split_row(block.text) for block in group]
            table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            continue
        for _, level, text in group:
            if level:
                document.add_heading(text, level)
            else:
                document.add_paragraph(text, style=DOCX_LIST_STYLES.get(kind))
    document.core_properties.author, document.core_properties.title = "Yinju", target.stem
    document.core_properties.created = document.core_properties.modified = FIXED_DATE
    document.save(str(target))
    reset_zip_dates(target)


def reset_zip_dates(path: Path) -> None:
    """Rewrites a zip archive with every member dated 1980, so that a second run gives the same bytes."""
    with ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def write_text(markdown: str, target: Path, encoding: str) -> None:
    """Writes the source without heading marks; raises UnicodeEncodeError where the encoding lacks a character."""
    target.write_bytes(re.sub(r"^#+ +", "", markdown, flags=re.MULTILINE).encode(encoding))


def make_document(source: Path, font: Path) -> Path:
    """Writes the document that the source's name asks for and returns its path."""
    name = source.name.removesuffix(".md")
    markdown = source.read_text(encoding="utf-8")
    stem, *encoding, kind = name.split(".")
    target = CORPUS / f"{stem}.{kind}"
    if kind == "pdf":
        write_pdf(markdown, target, font)
    elif kind == "docx":
        write_docx(markdown, target)
    elif kind == "txt" and encoding:
        write_text(markdown, target, encoding[0])
    else:
        raise ValueError(f"{source}: expected a name ending in .pdf.md, .docx.md or .<encoding>.txt.md")
    return target


def main() -> None:
    """Makes every document that has a source in `benchmarks/corpus/`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--font", type=Path, default=DEFAULT_FONT, help="TrueType font with Chinese glyphs")
    font: Path = parser.parse_args().font
    if not font.is_file():
        sys.exit(f"No font at {font}: install fonts-droid-fallback, or name a Chinese .ttf file with --font PATH.")
    CORPUS.mkdir(exist_ok=True)
    for source in sorted(SOURCES.glob("*.md")):
        print(make_document(source, font).relative_to(REPOSITORY))


if __name__ == "__main__":
    main()
