"""The same made-up blocks in a file of every format: headings, lists, tables, records, articles, questions.

Numbers are typed in every format, and drawn by the program as well in those whose programs draw them.
"""

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

import docx
import openpyxl
import pptx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from pptx.oxml import parse_xml as parse_slide_xml
from pptx.text.text import TextFrame
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from made_files import NUMERALS, sentences

Row = tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A line above others; `text` holds its number."""

    text: str
    level: int


@dataclass(frozen=True)
class Point:
    """A point of a list: its number or sign as people see it, what it says, and how deep it is."""

    marker: str
    text: str
    depth: int = 0


@dataclass(frozen=True)
class Listed:
    """A lead-in and its points, their markers typed or drawn by the program."""

    kind: str
    lead: str
    points: tuple[Point, ...]
    drawn: bool = False


@dataclass(frozen=True)
class Table:
    """Rows below the names of their columns."""

    heads: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Records:
    """Things told of by the same keys each, the first of which is its name."""

    records: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class Article:
    """An article of house rules, with its points."""

    marker: str
    text: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Exchange:
    """A question and its answer."""

    question: str
    answer: str


Piece = Heading | Listed | Table | Records | Article | Exchange


@dataclass(frozen=True)
class Blocks:
    """What is put into every file."""

    title: str
    pieces: tuple[Piece, ...]


_TYPED = (
    lambda n: f"{n}.", lambda n: f"（{NUMERALS[n - 1]}）", lambda n: "①②③④⑤⑥⑦⑧⑨"[n - 1],
    lambda n: f"{NUMERALS[n - 1]}、", lambda n: f"({n})", lambda n: f"{n}、",
)  # fmt: skip
_LEADS = (
    "申请时要准备下列文件：",
    "办理的步骤如下：",
    "每天要检查以下几项：",
    "有下列情形之一的，不予受理：",
    "分为以下几类：",
)


def make_blocks(seed: int) -> Blocks:
    """A document of every kind of block, in an order that the seed decides."""
    chance = random.Random(seed)
    pool = sentences()
    chance.shuffle(pool)

    def short() -> str:
        return pool.pop()[:-1][:24].rstrip("，、；：“《（")

    lists = [_list("typed", short, chance, style) for style in chance.sample(_TYPED, 3)]
    lists += [_nested("nested", short, chance, drawn=False), _bullets("bullets", short, chance, drawn=False)]
    drawn = [_list("drawn", short, chance, _TYPED[0], drawn=True), _nested("drawn nested", short, chance, drawn=True)]
    drawn.append(_bullets("drawn bullets", short, chance, drawn=True))
    parts: list[list[Piece]] = [
        [*lists], [*drawn], [_table(short, chance)], [_records(chance)], [*_articles(short, chance)],
        [Exchange(f"{short()}吗？", pool.pop()) for _ in range(4)],
    ]  # fmt: skip
    chance.shuffle(parts)
    pieces: list[Piece] = []
    for number, part in enumerate(parts, start=1):
        pieces.append(Heading(f"第{NUMERALS[number - 1]}章 {short()[:8]}", 1))
        for place, piece in enumerate(part, start=1):
            if isinstance(piece, Listed):
                pieces.append(Heading(f"{number}.{place} {short()[:8]}", 2))
            pieces.append(piece)
    return Blocks(f"试验文档{seed}", tuple(pieces))


def _list(
    kind: str, short: Callable[[], str], chance: random.Random, style: Callable[[int], str], drawn: bool = False
) -> Listed:
    points = tuple(Point(style(n), f"{short()}；") for n in range(1, chance.randint(3, 6) + 1))
    return Listed(kind, chance.choice(_LEADS), points, drawn)


def _nested(kind: str, short: Callable[[], str], chance: random.Random, drawn: bool) -> Listed:
    points: list[Point] = []
    for n in range(1, 4):
        points.append(Point(f"{n}.", short()))
        points += (Point(f"({k})", short(), 1) for k in range(1, chance.randint(2, 3) + 1))
    return Listed(kind, chance.choice(_LEADS), tuple(points), drawn)


def _bullets(kind: str, short: Callable[[], str], chance: random.Random, drawn: bool) -> Listed:
    points = tuple(Point("•", short()) for _ in range(chance.randint(3, 5)))
    return Listed(kind, chance.choice(_LEADS), points, drawn)


def _table(short: Callable[[], str], chance: random.Random) -> Table:
    rows = ((short()[:6] + str(n), f"{chance.randint(10, 999)}", f"{n}号库", short()[:12]) for n in range(6))
    return Table(("品名", "数量", "存放地点", "说明"), tuple(rows))


def _records(chance: random.Random) -> Records:
    codes = chance.sample(range(1000, 9999), 5)
    parts = ("主电机", "油泵", "风扇", "料筒", "传感器")
    return Records(tuple(
        (("故障代码", str(code)), ("故障名称", f"{part}{chance.choice(('过热', '过载', '缺相'))}"),
         ("故障原因", f"{chance.choice(('积灰', '磨损', '松动'))}超过{chance.randint(2, 30)}天"),
         ("处理方法", f"更换{chance.choice(('继电器', '密封圈', '编码器'))}并检查线圈"))
        for code, part in zip(codes, parts, strict=True)
    ))  # fmt: skip


def _articles(short: Callable[[], str], chance: random.Random) -> Iterator[Article]:
    for number in range(1, 7):
        points = tuple(Point(f"（{NUMERALS[n]}）", f"{short()}；") for n in range(3)) if number % 3 == 0 else ()
        yield Article(f"第{NUMERALS[number - 1]}条", f"{short()}{'，应当符合下列要求：' if points else '。'}", points)


def typed(piece: Piece, heading: Callable[[Heading], str] = lambda one: one.text) -> Iterator[str]:
    """The lines of a piece as somebody types them; a blank one after each record, question and list."""
    if isinstance(piece, Heading):
        yield from ("", heading(piece), "")
    elif isinstance(piece, Listed):
        yield piece.lead
        yield from (
            f"{'    ' * p.depth}{p.marker}{'' if p.marker[-1] in '）、' else ' '}{p.text}" for p in piece.points
        )
        yield ""
    elif isinstance(piece, Table):
        yield from ("\t".join(row) for row in (piece.heads, *piece.rows))
        yield ""
    elif isinstance(piece, Records):
        for record in piece.records:
            yield from (f"{key}：{value}" for key, value in record)
            yield ""
    elif isinstance(piece, Article):
        yield f"{piece.marker}　{piece.text}"
        yield from (f"{point.marker}{point.text}" for point in piece.points)
    else:
        yield from (f"问：{piece.question}", f"答：{piece.answer}", "")


def as_text(content: Blocks) -> str:
    """Plain text."""
    return "\n".join([content.title, *(line for piece in content.pieces for line in typed(piece))])


def as_markdown(content: Blocks) -> str:
    """Markdown with its own headings, lists and tables."""
    lines = [f"# {content.title}", ""]
    for piece in content.pieces:
        if isinstance(piece, Table):
            lines += [f"| {' | '.join(row)} |" for row in (piece.heads, ("---",) * len(piece.heads), *piece.rows)]
        elif isinstance(piece, Listed) and piece.drawn:
            signs = ("-" if point.marker == "•" else point.marker.strip("().") + "." for point in piece.points)
            lines += [piece.lead, ""]
            lines += [f"{'   ' * p.depth}{sign} {p.text}" for p, sign in zip(piece.points, signs, strict=True)]
        else:
            for line in typed(piece, lambda one: f"{'#' * (one.level + 1)} {one.text}"):
                lines += [line] if isinstance(piece, Records | Listed) else [line, ""]
        lines.append("")
    return "\n".join(lines)


def as_html(content: Blocks) -> str:
    """A web page with lists that the browser numbers, lists of descriptions, and questions that unfold."""
    body = "\n".join(_html(piece) for piece in content.pieces)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{content.title}</title></head><body>"
        f"<h1>{content.title}</h1>{body}</body></html>"
    )


def _html(piece: Piece) -> str:
    if isinstance(piece, Heading):
        return f"<h{piece.level + 1}>{escape(piece.text)}</h{piece.level + 1}>"
    if isinstance(piece, Table):
        heads = "".join(f"<th>{escape(cell)}</th>" for cell in piece.heads)
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in piece.rows)
        return f"<table><tr>{heads}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    if isinstance(piece, Records):
        return "".join(
            f"<dl>{''.join(f'<dt>{escape(key)}</dt><dd>{escape(value)}</dd>' for key, value in record)}</dl>"
            for record in piece.records
        )
    if isinstance(piece, Listed) and piece.drawn:
        return f"<p>{escape(piece.lead)}</p>{_html_list(piece.points)}"
    if isinstance(piece, Exchange):
        return f"<details><summary>{escape(piece.question)}</summary><p>{escape(piece.answer)}</p></details>"
    return "".join(f"<p>{escape(line.strip())}</p>" for line in typed(piece) if line)


def _html_list(points: Sequence[Point]) -> str:
    tag = "ul" if points[0].marker == "•" else "ol"
    inner, place = "", 0
    while place < len(points):
        below = place + 1
        while below < len(points) and points[below].depth > points[place].depth:
            below += 1
        nested = _html_list(points[place + 1 : below]) if below > place + 1 else ""
        inner += f"<li>{escape(points[place].text)}{nested}</li>"
        place = below
    return f"<{tag}>{inner}</{tag}>"


_NUMBERING = (
    '<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{first}"/><w:lvlText w:val="{sign}"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
)


def as_docx(content: Blocks) -> bytes:
    """A Word document whose lists Word numbers, with a table of two columns for each record."""
    document = docx.Document()
    document.add_paragraph(content.title, "Title")
    for piece in content.pieces:
        if isinstance(piece, Heading):
            document.add_heading(piece.text, piece.level)
        elif isinstance(piece, Table):
            _word_table(document, [piece.heads, *piece.rows])
        elif isinstance(piece, Records):
            for record in piece.records:
                _word_table(document, record)
                document.add_paragraph("")
        elif isinstance(piece, Listed) and piece.drawn:
            document.add_paragraph(piece.lead)
            number = _word_numbering(document, piece)
            for point in piece.points:
                properties = document.add_paragraph(point.text)._p.get_or_add_pPr()
                numbered = properties.get_or_add_numPr()
                numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = point.depth, number
        else:
            for line in filter(None, typed(piece)):
                document.add_paragraph(line)
    return _saved(document.save)


def _word_numbering(document: WordDocument, piece: Listed) -> int:
    """Make a numbering of its own for a list; gives its number."""
    root = document.part.numbering_part.element
    number = 500 + len(root.findall(qn("w:abstractNum")))
    bullets = piece.points[0].marker == "•"
    made = _NUMBERING.format(
        ns=nsdecls("w"), id=number, first="bullet" if bullets else "decimal", sign="•" if bullets else "%1."
    )
    root.insert(0, parse_xml(made))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return number


def _word_table(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def as_pptx(content: Blocks) -> bytes:
    """Slides whose lists are numbered by the program; a slide for each heading."""
    presentation = pptx.Presentation()
    presentation.core_properties.title = content.title
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text, body = content.title, slide.placeholders[1].text_frame
    for piece in content.pieces:
        if isinstance(piece, Heading):
            slide = presentation.slides.add_slide(presentation.slide_layouts[1])
            slide.shapes.title.text = piece.text
            body = slide.placeholders[1].text_frame
        elif isinstance(piece, Table):
            size = [pptx.util.Inches(n) for n in (1, 4, 8, 3)]
            table = slide.shapes.add_table(len(piece.rows) + 1, len(piece.heads), *size).table
            for place, row in enumerate((piece.heads, *piece.rows)):
                for column, text in enumerate(row):
                    table.cell(place, column).text = text
        elif isinstance(piece, Listed) and piece.drawn:
            _slide_line(body, piece.lead)
            for point in piece.points:
                _slide_line(body, point.text, point)
        else:
            for line in typed(piece):
                _slide_line(body, line)
    return _saved(presentation.save)


def _slide_line(body: TextFrame, text: str, point: Point | None = None) -> None:
    """Add a paragraph without a sign, or with the one that the program draws for a point."""
    paragraph = body.paragraphs[0] if not body.text else body.add_paragraph()  # type: ignore[no-untyped-call]
    paragraph.text = text
    properties = paragraph._p.get_or_add_pPr()
    paragraph.level = point.depth if point else 0
    drawn = "<a:buNone{}/>"
    if point:
        kind = "arabicParenBoth" if point.depth else "arabicPeriod"
        drawn = '<a:buChar{} char="•"/>' if point.marker == "•" else f'<a:buAutoNum{{}} type="{kind}"/>'
    space = ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    properties.append(parse_slide_xml(drawn.format(space)))


def as_sheets(content: Blocks) -> bytes:
    """A workbook with a sheet for each outer heading; what is no table is a line in its first column."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = book.create_sheet(content.title)
    for piece in content.pieces:
        if isinstance(piece, Heading) and piece.level == 1:
            sheet = book.create_sheet(piece.text)
        elif isinstance(piece, Table):
            for row in (piece.heads, *piece.rows):
                sheet.append(row)
        elif isinstance(piece, Records):
            for record in piece.records:
                for field in record:
                    sheet.append(field)
                sheet.append([])
        else:
            for line in typed(piece):
                sheet.append([line] if line else [])
    return _saved(book.save)


def as_pdf(content: Blocks) -> bytes:
    """A PDF in lines of 38 characters, headings larger, points set in, tables by columns."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    canvas.setTitle(content.title)
    y = 780.0

    def line(cells: Sequence[str], size: float = 12, left: float = 70) -> None:
        nonlocal y
        if y < 70:
            canvas.showPage()
            y = 780.0
        canvas.setFont("STSong-Light", size)
        for place, cell in enumerate(cells):
            canvas.drawString(left + 120 * place, y, cell)
        y -= size * 1.7

    line([content.title], 20)
    for piece in content.pieces:
        if isinstance(piece, Heading):
            line([piece.text], 18 - 2 * piece.level)
        elif isinstance(piece, Table):
            for row in (piece.heads, *piece.rows):
                line(row)
        else:
            for whole in typed(piece):
                words = whole.strip()
                for start in range(0, max(len(words), 1), 36):
                    line([words[start : start + 36]], left=70 + 3 * (len(whole) - len(whole.lstrip())))
    canvas.save()
    return written.getvalue()


def by_parts(content: Blocks) -> Iterator[tuple[Heading, list[Piece]]]:
    """Each outer heading with the pieces below it."""
    parts: list[tuple[Heading, list[Piece]]] = []
    for piece in content.pieces:
        if isinstance(piece, Heading) and piece.level == 1:
            parts.append((piece, []))
        else:
            parts[-1][1].append(piece)
    yield from parts


def _apart(content: Blocks) -> tuple[list[Table], list[Records], list[Exchange], list[tuple[str, str]]]:
    """Tables, records, exchanges, and everything else as titles with typed text."""
    tables = [piece for piece in content.pieces if isinstance(piece, Table)]
    records = [piece for piece in content.pieces if isinstance(piece, Records)]
    exchanges = [piece for piece in content.pieces if isinstance(piece, Exchange)]
    texts = []
    for heading, pieces in by_parts(content):
        rest = [piece for piece in pieces if isinstance(piece, Heading | Listed | Article)]
        if rest:
            texts.append((heading.text, "\n".join(line for piece in rest for line in typed(piece)).strip()))
    return tables, records, exchanges, texts


def as_csv_files(content: Blocks) -> dict[str, bytes]:
    """Four files of comma-separated values: a table, records in rows, questions, and titles with texts."""
    tables, records, exchanges, texts = _apart(content)
    heads = [key for key, _ in records[0].records[0]]
    files: dict[str, list[Sequence[str]]] = {
        "表": [tables[0].heads, *tables[0].rows],
        "记录": [heads, *([value for _, value in record] for record in records[0].records)],
        "问答": [("问题", "答案"), *((one.question, one.answer) for one in exchanges)],
        "文章": [("标题", "内容"), *texts],
    }
    made = {}
    for name, rows in files.items():
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        made[f"{name}.csv"] = out.getvalue().encode("utf-8-sig")
    return made


def as_json(content: Blocks) -> dict[str, bytes]:
    """Four files of objects, as the files of comma-separated values."""
    tables, records, exchanges, texts = _apart(content)
    files = {
        "表": [dict(zip(tables[0].heads, row, strict=True)) for row in tables[0].rows],
        "记录": [dict(record) for record in records[0].records],
        "问答": [{"问题": one.question, "答案": one.answer} for one in exchanges],
        "文章": [{"标题": title, "内容": text} for title, text in texts],
    }
    return {f"{name}.json": json.dumps(made, ensure_ascii=False).encode() for name, made in files.items()}


def as_epub(content: Blocks) -> bytes:
    """A book of one chapter."""
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/'
        f'1.1/"><dc:title>{content.title}</dc:title></metadata><manifest><item id="c" href="c.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile '
        'full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/book.opf": package}
    return _zipped(
        {name: text.encode() for name, text in members.items()} | {"OEBPS/c.xhtml": as_html(content).encode()}
    )


def as_mail(content: Blocks) -> bytes:
    """A mail with one body of plain text."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = content.title, "a@example.org", "b@example.org"
    message.set_content(as_text(content), cte="base64")
    return message.as_bytes()


def as_rtf(content: Blocks) -> bytes:
    """RTF as a word processor writes it: outline levels, tables, and the drawn numbers beside their paragraphs."""

    def escaped(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in text)

    def table(rows: Sequence[Sequence[str]]) -> str:
        edges = "".join(f"\\cellx{3000 * n}" for n in range(1, len(rows[0]) + 1))
        lines = ("".join(f"\\intbl {escaped(cell)}\\cell " for cell in row) for row in rows)
        return "".join(f"\\trowd{edges}{line}\\row\n" for line in lines)

    parts = [f"{{\\info{{\\title {escaped(content.title)}}}}}"]
    for piece in content.pieces:
        if isinstance(piece, Heading):
            parts.append(f"\\pard\\outlinelevel{piece.level - 1}\\b {escaped(piece.text)}\\b0\\par")
        elif isinstance(piece, Table):
            parts.append(table([piece.heads, *piece.rows]))
        elif isinstance(piece, Records):
            parts += [f"{table(record)}\\pard\\par" for record in piece.records]
        elif isinstance(piece, Listed) and piece.drawn:
            parts.append(f"\\pard {escaped(piece.lead)}\\par")
            parts += [
                f"\\pard{{\\listtext {escaped(p.marker)}\\tab}}\\ls1\\ilvl{p.depth} {escaped(p.text)}\\par"
                for p in piece.points
            ]  # fmt: skip
        else:
            parts += [f"\\pard {escaped(line)}\\par" for line in typed(piece)]
    return ("{\\rtf1\\ansi\\uc1 " + "\n".join(parts) + "}").encode("ascii")


def as_odt(content: Blocks) -> bytes:
    """An OpenDocument text with lists of its own styles."""
    parts = []
    for piece in content.pieces:
        if isinstance(piece, Heading):
            parts.append(f'<text:h text:outline-level="{piece.level}">{escape(piece.text)}</text:h>')
        elif isinstance(piece, Table):
            parts.append(_odt_table([piece.heads, *piece.rows], headed=True))
        elif isinstance(piece, Records):
            parts += [f"{_odt_table(record, headed=False)}<text:p/>" for record in piece.records]
        elif isinstance(piece, Listed) and piece.drawn:
            style = "B" if piece.points[0].marker == "•" else "N"
            parts.append(f"<text:p>{escape(piece.lead)}</text:p>")
            parts.append(_odt_list(piece.points, f' text:style-name="{style}"'))
        else:
            parts += [f"<text:p>{escape(line)}</text:p>" for line in typed(piece)]
    space = "urn:oasis:names:tc:opendocument:xmlns"
    styles = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="(" '
        'style:num-suffix=")"/></text:list-style><text:list-style style:name="B"><text:list-level-style-bullet '
        'text:level="1" text:bullet-char="•"/></text:list-style>'
    )
    text = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0" '
        f'xmlns:style="{space}:style:1.0" xmlns:table="{space}:table:1.0"><office:automatic-styles>{styles}'
        f'</office:automatic-styles><office:body><office:text><text:h text:outline-level="1">{content.title}</text:h>'
        f"{''.join(parts)}</office:text></office:body></office:document-content>"
    )
    return _zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": text.encode()})


def _odt_list(points: Sequence[Point], style: str = "") -> str:
    inner, place = "", 0
    while place < len(points):
        below = place + 1
        while below < len(points) and points[below].depth > points[place].depth:
            below += 1
        nested = _odt_list(points[place + 1 : below]) if below > place + 1 else ""
        inner += f"<text:list-item><text:p>{escape(points[place].text)}</text:p>{nested}</text:list-item>"
        place = below
    return f"<text:list{style}>{inner}</text:list>"


def _odt_table(rows: Sequence[Sequence[str]], headed: bool) -> str:
    made = [
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>' for c in row)}"
        "</table:table-row>"
        for row in rows
    ]
    if headed:
        made[0] = f"<table:table-header-rows>{made[0]}</table:table-header-rows>"
    return f"<table:table>{''.join(made)}</table:table>"


def as_zip(content: Blocks) -> bytes:
    """An archive of a Word document and a text, each with half of the chapters."""
    parts = [[heading, *pieces] for heading, pieces in by_parts(content)]
    first, second = (
        Blocks(content.title, tuple(piece for part in half for piece in part))
        for half in (parts[: len(parts) // 2], parts[len(parts) // 2 :])
    )
    return _zipped({"上半.docx": as_docx(first), "下半.txt": as_text(second).encode()})


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


def write_blocks(kind: str, content: Blocks) -> dict[str, bytes]:
    """The files that hold some content in a format, by name."""
    if kind in _SEVERAL:
        return _SEVERAL[kind](content)
    return {f"{content.title}.{kind}": _ONE[kind](content)}


_ONE: dict[str, Callable[[Blocks], bytes]] = {
    "txt": lambda content: as_text(content).encode(), "md": lambda content: as_markdown(content).encode(),
    "html": lambda content: as_html(content).encode(), "pdf": as_pdf, "docx": as_docx, "pptx": as_pptx,
    "xlsx": as_sheets, "epub": as_epub, "eml": as_mail, "rtf": as_rtf, "odt": as_odt, "zip": as_zip,
}  # fmt: skip
_SEVERAL: dict[str, Callable[[Blocks], dict[str, bytes]]] = {"csv": as_csv_files, "json": as_json}
FORMATS = (*_ONE, *_SEVERAL)
DRAWING = ("md", "html", "docx", "pptx", "epub", "rtf", "odt", "zip")
"""Formats whose programs draw numbers."""
