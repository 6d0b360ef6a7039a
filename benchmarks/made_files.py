"""The same made-up content as a file of every format: what was put in is known, so what is read can be compared.

Sentences come from the sample corpus, in an order that a seed decides.
"""

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from pathlib import Path

import docx
import openpyxl
import pptx
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SOURCES = ("新媒体运营与新媒体营销.md", "私域流量运营笔记.md", "微商与微信营销问答.txt", "拾光记账运营会议纪要.txt")
NUMERALS = "一二三四五六七八九十"
HEADS = ("项目", "数量", "负责人")
_SENTENCE = re.compile(r"[\u4e00-\u9fff，、；：“”《》（）\dA-Za-z%]{12,60}[。？！]")


@dataclass(frozen=True)
class Section:
    """A heading, the paragraphs below it, and a table whose first row names its columns."""

    heading: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Content:
    """What is put into every file."""

    title: str
    sections: tuple[Section, ...]


def sentences() -> list[str]:
    """Every plain sentence of some documents of the sample corpus, each once."""
    texts = (path.read_bytes() for path in map(CORPUS.joinpath, SOURCES))
    decoded = (data.decode("utf-8" if _is_utf8(data) else "gb18030") for data in texts)
    found = (sentence for text in decoded for sentence in _SENTENCE.findall(text))
    return [sentence for sentence in dict.fromkeys(found) if sentence[1:2] != "："]  # 問：and 答：make headings


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def make_content(seed: int, sections: int = 5, paragraphs: int = 4) -> Content:
    """Sections of paragraphs of three sentences and a small table each; no sentence stands twice."""
    chance = random.Random(seed)
    pool = sentences()
    chance.shuffle(pool)
    made = []
    for number in range(sections):
        own = tuple("".join(pool.pop() for _ in range(3)) for _ in range(paragraphs))
        count = 40 if number == sections - 1 else 3  # one table is longer than a passage
        names = [pool[(number * 50 + n) % len(pool)][:5].strip("，、；：“”《》（）") + str(n) for n in range(count)]
        rows = tuple(
            (name, str(chance.randrange(10, 9_999)), f"第{number + 1}组{place}号") for place, name in enumerate(names)
        )
        made.append(Section(f"{NUMERALS[number % 10]}、{pool.pop()[:7]}", own, (HEADS, *rows)))
    return Content(f"试验文档{seed}", tuple(made))


def make_pages(seed: int, pages: int) -> Content:
    """A business document: on each page of about 600 characters a heading, paragraphs, and a list or a small table."""
    chance = random.Random(seed)
    pool = sentences()

    def paragraph() -> str:
        return "".join(chance.choices(pool, k=5))

    made = []
    for number in range(1, pages + 1):
        paragraphs = [paragraph() for _ in range(3)]
        rows: tuple[tuple[str, ...], ...] = ()
        if number % 3 == 0:
            rows = (HEADS, *((f"{chance.choice(pool)[:8]}", f"{chance.randrange(9_999)}", f"{n}号") for n in range(6)))
        else:
            paragraphs[1:1] = [f"{n}. {chance.choice(pool)[:30].rstrip('。')}；" for n in range(1, 5)]
        made.append(Section(f"第{number}章 {chance.choice(pool)[:9]}", tuple(paragraphs), rows))
    return Content(f"业务手册{seed}", tuple(made))


def as_text(content: Content) -> str:
    """Plain text: headings by their numerals, cells parted by tabs."""
    lines = [content.title, ""]
    for section in content.sections:
        lines += [section.heading, "", *section.paragraphs, *("\t".join(row) for row in section.rows), ""]
    return "\n".join(lines)


def as_markdown(content: Content) -> str:
    """Markdown with a pipe table in every section."""
    lines = [f"# {content.title}", ""]
    for section in content.sections:
        lines += [f"## {section.heading}", ""]
        for paragraph in section.paragraphs:
            lines += [paragraph, ""]
        if section.rows:
            head, *rows = (f"| {' | '.join(row)} |" for row in section.rows)
            lines += [head, "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def as_html(content: Content) -> str:
    """A web page with navigation around it, which is not part of the content."""
    parts = []
    for section in content.sections:
        parts.append(f"<h2>{escape(section.heading)}</h2>")
        parts += [f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs]
        if section.rows:
            head, *rows = section.rows
            parts.append(f"<table><tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>")
            parts += [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows]
            parts.append("</table>")
    body = "\n".join(parts)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{escape(content.title)}</title></head><body>"
        f"<nav>首页 关于</nav><h1>{escape(content.title)}</h1>{body}<footer>页脚</footer></body></html>"
    )


def as_docx(content: Content) -> bytes:
    """A Word document with heading styles, running header and page number aside."""
    document = docx.Document()
    document.core_properties.title = content.title
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_paragraph(content.title, "Title")
    for section in content.sections:
        document.add_heading(section.heading, 1)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
        table = document.add_table(len(section.rows), len(HEADS)) if section.rows else None
        for row, cells in zip(table.rows if table else (), section.rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    return _saved(document.save)


def as_pptx(content: Content) -> bytes:
    """Slides with a title, a paragraph in each body, and a table."""
    presentation = pptx.Presentation()
    presentation.core_properties.title = content.title
    for section in content.sections:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = section.heading
        slide.placeholders[1].text = "\n".join(section.paragraphs)
        if not section.rows:
            continue
        size = [pptx.util.Inches(n) for n in (1, 5, 8, 2)]
        table = slide.shapes.add_table(len(section.rows), len(HEADS), *size).table
        for place, row in enumerate(section.rows):
            for column, text in enumerate(row):
                table.cell(place, column).text = text
    return _saved(presentation.save)


def as_xlsx(content: Content) -> bytes:
    """A workbook with a sheet for each section: its paragraphs, and its table after a blank row."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for section in content.sections:
        sheet = workbook.create_sheet(section.heading)
        for paragraph in section.paragraphs:
            sheet.append([paragraph])
        sheet.append([])
        for row in section.rows:
            sheet.append(list(row))
    return _saved(workbook.save)


def as_pdf(content: Content, font: str = "", paged: bool = False) -> bytes:
    """A PDF set in lines of 38 characters, with a running header and page numbers; `paged` breaks before a heading.

    Its font, if none that reportlab knows is given, is only named in it.
    """
    if not font:
        font = "STSong-Light"
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    canvas.setTitle(content.title)
    page, y = 1, 0.0

    def line(text: str, size: float, *cells: str) -> None:
        nonlocal page, y
        if y < 90:
            if y:
                canvas.showPage()
                page += 1
            canvas.setFont(font, 9)
            canvas.drawString(70, 810, "内部资料 请勿外传")
            canvas.drawString(290, 30, f"第 {page} 页")
            y = 770
        canvas.setFont(font, size)
        for place, one in enumerate((text, *cells)):
            canvas.drawString(70 + 150 * place, y, one)
        y -= size * 1.7

    line(content.title, 20)
    for section in content.sections:
        y = min(y, 80) if paged else y
        line(section.heading, 16)
        for paragraph in section.paragraphs:
            whole = "\u3000\u3000" + paragraph
            for start in range(0, len(whole), 38):
                line(whole[start : start + 38], 12)
        for row in section.rows:
            line(row[0], 12, *row[1:])
    canvas.save()
    return written.getvalue()


def as_csv(content: Content) -> str:
    """Every paragraph a row beside the heading it stands below."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("章节", "编号", "内容"))
    for section in content.sections:
        writer.writerows((section.heading, n, paragraph) for n, paragraph in enumerate(section.paragraphs, start=1))
    return out.getvalue()


def as_json(content: Content) -> str:
    """A list of records with a title, a text and a table's rows."""
    records = [
        {
            "title": section.heading, "content": "\n".join(section.paragraphs),
            "rows": [dict(zip(HEADS, row, strict=True)) for row in section.rows[1:]],
        }
        for section in content.sections
    ]  # fmt: skip
    return json.dumps(records, ensure_ascii=False, indent=1)


def as_epub(content: Content) -> bytes:
    """A book with a chapter for each section."""
    chapters = [as_html(Content(content.title, (section,))) for section in content.sections]
    names = [f"{number}.xhtml" for number in range(len(chapters))]
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(names)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/'
        f'1.1/"><dc:title>{escape(content.title)}</dc:title></metadata><manifest>{items}</manifest>'
        f"<spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile '
        'full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/book.opf": package}
    members |= {f"OEBPS/{name}": chapter for name, chapter in zip(names, chapters, strict=True)}
    return _zipped({name: text.encode() for name, text in members.items()})


def as_mail(content: Content) -> bytes:
    """A mail whose body is plain text, with a Markdown file attached that holds the second half."""
    half = len(content.sections) // 2
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = content.title, "甲 <a@example.org>", "乙 <b@example.org>"
    message.set_content(as_text(Content(content.title, content.sections[:half])))
    attached = as_markdown(Content(content.title, content.sections[half:]))
    message.add_attachment(attached.encode(), maintype="text", subtype="markdown", filename="附件.md")
    return message.as_bytes()


def as_rtf(content: Content) -> bytes:
    """RTF with every character beyond ASCII as its number, tables as rows of cells."""

    def escaped(text: str) -> str:
        units = text.encode("utf-16-le")
        codes = (int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2))
        return "".join(chr(code) if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?" for code in codes)

    parts = [f"{{\\info{{\\title {escaped(content.title)}}}}}"]
    for section in content.sections:
        parts.append(f"\\pard\\b {escaped(section.heading)}\\b0\\par")
        parts += [f"\\pard {escaped(paragraph)}\\par" for paragraph in section.paragraphs]
        for row in section.rows:
            edges = "".join(f"\\cellx{3000 * n}" for n in range(1, len(row) + 1))
            cells = "".join(f"\\intbl {escaped(cell)}\\cell " for cell in row)
            parts.append(f"\\trowd{edges}{cells}\\row")
    return ("{\\rtf1\\ansi\\ansicpg936\\uc1 " + "\n".join(parts) + "}").encode("ascii")


def as_odt(content: Content) -> bytes:
    """An OpenDocument text with headings and tables."""
    parts = [f'<text:h text:outline-level="1">{escape(content.title)}</text:h>']
    for section in content.sections:
        parts.append(f'<text:h text:outline-level="2">{escape(section.heading)}</text:h>')
        parts += [f"<text:p>{escape(paragraph)}</text:p>" for paragraph in section.paragraphs]
        if section.rows:
            head, *rows = (f"<table:table-row>{''.join(map(_odt_cell, row))}</table:table-row>" for row in section.rows)
            heads = f"<table:table-header-rows>{head}</table:table-header-rows>"
            parts.append(f"<table:table>{heads}{''.join(rows)}</table:table>")
    space = "urn:oasis:names:tc:opendocument:xmlns"
    text = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0" '
        f'xmlns:table="{space}:table:1.0"><office:body><office:text>{"".join(parts)}</office:text></office:body>'
        "</office:document-content>"
    )
    members = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": text.encode()}
    return _zipped(members)


def _odt_cell(text: str) -> str:
    return f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>"


def as_zip(content: Content) -> bytes:
    """An archive of a Word document and a text file, half of the content in each."""
    half = len(content.sections) // 2
    first, second = (Content(content.title, part) for part in (content.sections[:half], content.sections[half:]))
    return _zipped({"上半.docx": as_docx(first), "资料/下半.txt": as_text(second).encode("gb18030")})


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


WRITERS: dict[str, Callable[[Content], bytes]] = {
    "txt": lambda content: as_text(content).encode("gb18030"),
    "md": lambda content: as_markdown(content).encode(),
    "html": lambda content: as_html(content).encode(),
    "pdf": as_pdf,
    "docx": as_docx,
    "pptx": as_pptx,
    "xlsx": as_xlsx,
    "csv": lambda content: as_csv(content).encode("utf-8-sig"),
    "json": lambda content: as_json(content).encode(),
    "epub": as_epub,
    "eml": as_mail,
    "rtf": as_rtf,
    "odt": as_odt,
    "zip": as_zip,
}
"""The ending of a file's name → what makes its bytes."""
