"""The pictures and charts of files: which are figures, where they stand, what their captions are, and how they show."""

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from PIL import Image
from tests.figured_files import as_address, pdf_file, picture, slides_file, web_page, word_file

from yinju.errors import ReadingError
from yinju.reading import Pages, read_document
from yinju.reading.figures import settled_figures
from yinju.reading.figures.captions import caption_number, named_numbers, telling
from yinju.reading.figures.settling import MOST_FIGURES, OFTEN
from yinju.types import Document, Figure, FigureSource


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("圖 1：各季銷售額", "1"), ("图3-2 组织架构", "3-2"), ("圖２　流程", "2"), ("（圖 4）", "4"),
        ("附圖一、平面圖", "一"), ("表 1：名單", None),
        ("Figure 2. Sales by region", "2"), ("Fig. 10-1: Flow", "10-1"), ("圖5各月產量", "5"), ("示意圖 3 配線", "3"),
        ("圖書館的開放時間", None), ("圖 1 顯示產量，逐月，下降，而且很快。", None), ("見圖 1", None),
        ("圖 1：" + "長" * 200, None), ("figures are fun", None),
    ],
)  # fmt: skip
def test_a_caption_is_told_by_how_it_begins(line: str, number: str | None) -> None:
    assert caption_number(line) == number


def test_the_numbers_of_figures_are_read_wherever_they_stand() -> None:
    assert [*named_numbers("如圖 1 與圖２-1 所示，另見 Figure 3；圖書館不算。")] == ["1", "2-1", "3"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("電商與門市的通路占比", True), ("Sales by region", True), ("圖片 3", False), ("image1.png", False),
        ("Picture 4", False), ("logo", False), ("一張含有 文字 的圖片\n\n自動產生的描述", False), ("", False),
        ("圖", False),
        ("https://example.com/a", False), ("A screenshot of a phone Description automatically generated", False),
    ],
)  # fmt: skip
def test_a_description_says_something_or_not(said: str, shown: bool) -> None:
    assert bool(telling(said)) is shown


def test_a_caption_is_on_the_side_where_those_of_others_are() -> None:
    """Captions above: the one below a picture belongs to the next."""
    text = "圖 1 甲\n圖 2 乙\n後文。"
    figures = [Figure(6, FigureSource.MEMBER, (name,)) for name in ("a", "b")]
    above = settled_figures(text, (), [Figure(6, FigureSource.MEMBER, ("a",)), Figure(12, FigureSource.MEMBER, ("b",))])
    assert [figure.caption for figure in above.figures] == ["圖 1 甲", "圖 2 乙"]
    assert settled_figures(text, (), figures[:1]).figures[0].number == "2"


def test_the_same_picture_everywhere_and_a_sign_are_no_figures() -> None:
    same = [Figure(0, FigureSource.MEMBER, ("logo",))] * OFTEN
    sign = Figure(0, FigureSource.MEMBER, ("sign",), size=(300, 20))
    assert settled_figures("文。", (), [*same, sign]).figures == ()
    many = (Figure(0, FigureSource.MEMBER, (str(n),), f"第 {n} 張照片的說明") for n in range(10_000))
    assert len(settled_figures("文。", (), many).figures) == MOST_FIGURES


def read(data: bytes, name: str) -> Document:
    return read_document(data, name)


def told(document: Document) -> list[tuple[str, str]]:
    """What follows each figure in the text, and its caption."""
    return [(document.text[figure.at :].partition("\n")[0], figure.caption) for figure in document.figures]


def test_word_pictures_stand_before_their_captions() -> None:
    document = read(word_file(), "a.docx")
    caption, described = "圖 1：各季銷售額的變化", "電商與門市的通路占比"
    assert told(document) == [(caption, caption), (described, described)]
    assert document.text.count(caption) == document.text.count(described) == 1
    assert [section.headings for section in document.sections] == [("銷售",), ("客服",)]
    assert document.text[slice(document.sections[1].start, None)].strip() == "客服的滿意度維持在九成以上。"


def test_a_description_is_not_put_into_a_list() -> None:
    rows = "".join(f"<li>第 {n} 步。</li><img src='{n}.png' alt='第{n}步的畫面截圖說明'>" for n in range(1, 4))
    document = read(f"<html><body><ol>{rows}</ol><p>完。</p></body></html>".encode(), "a.html")
    assert "截圖說明" not in document.text.partition("第 3 步。")[0]
    assert [figure.caption for figure in document.figures] == [f"第{n}步的畫面截圖說明" for n in range(1, 4)]


def test_slides_have_pictures_and_charts_on_their_pages() -> None:
    document = read(slides_file(), "a.pptx")
    assert [(f.source.value, f.page, f.caption) for f in document.figures] == [
        ("member", 1, ""), ("chart", 2, "每月新會員與回流會員"),
    ]  # fmt: skip
    assert "三月｜新會員：260" in document.text


def test_a_sheet_has_its_charts_with_their_titles() -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet("業績")
    for row, cells in enumerate([("月份", "營收"), ("一月", 10), ("二月", 30)]):
        sheet.write_row(row, 0, cells)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"categories": "=業績!$A$2:$A$3", "values": "=業績!$B$2:$B$3"})
    chart.set_title({"name": "各月營收的走勢"})
    sheet.insert_chart("D2", chart)
    book.close()
    document = read(held.getvalue(), "a.xlsx")
    assert told(document) == [("各月營收的走勢", "各月營收的走勢")]
    last = document.blocks[-1]
    assert document.text[last.end :] == "\n各月營收的走勢", "the title is no part of the last row"


def test_a_chart_without_saved_values_is_no_figure() -> None:
    book = Workbook()
    for row in [("月份", "營收"), ("一月", 10), ("二月", 30)]:
        book.active.append(row)
    chart = BarChart()
    chart.title = "各月營收的走勢"
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    book.active.add_chart(chart, "D2")
    held = io.BytesIO()
    book.save(held)
    document = read(held.getvalue(), "a.xlsx")
    assert document.figures == ()
    assert document.text.endswith("\n月份：二月｜營收：30")


def test_pages_have_pictures_and_drawings_with_captions() -> None:
    document = read(pdf_file(), "a.pdf")
    pictures = {figure.number: figure for figure in document.figures}
    assert [*pictures] == ["1", "2"]  # the logo is none
    assert [pictures[n].caption for n in ("1", "2")] == ["圖 1 各月產量的變化", "圖 2 各坡梯田的面積（公頃）"]
    for figure in pictures.values():
        assert document.text.startswith(figure.caption, figure.at) and figure.box
    left, top, right, bottom = pictures["2"].box or (0, 0, 0, 0)
    assert left < 110 / 595 and right > 330 / 595 and top < 1 - 385 / 842 and 1 - 250 / 842 < bottom < 1 - 240 / 842
    logos = [figure for figure in read(pdf_file(pages=4), "a.pdf").figures if not figure.number]
    assert logos == []


def test_web_pictures_are_beside_the_page_or_in_it_and_never_elsewhere() -> None:
    document = read(web_page().encode(), "a/步道.html")
    assert [(f.source.value, f.path, f.caption) for f in document.figures] == [
        ("file", ("img/map.png",), "環山步道路線圖"), ("inline", ("0",), "步道各段的海拔高度剖面"),
    ]  # fmt: skip
    assert "example" not in repr(document.figures)


def test_markdown_images_are_files_beside_it() -> None:
    text = (
        "# 步道\n\n環山步道全長五公里。\n\n![環山步道的路線](img/map.png '題')\n\n"
        "最高點在![圖片](b.jpg)第二座涼亭。\n\n`![碼](c.png)`\n\n```\n![碼](d.png)\n```\n\n"
        "![遠](https://example.com/e.png) <img src='f.gif' alt='步道的高度剖面'>\n"
    )
    document = read(text.encode(), "a.md")
    assert [(f.path, f.caption) for f in document.figures] == [
        (("img/map.png",), "環山步道的路線"), (("b.jpg",), ""), (("f.gif",), "步道的高度剖面"),
    ]  # fmt: skip
    assert document.text.startswith("環山步道的路線\n", document.figures[0].at)
    assert document.text.count("環山步道的路線") == 1 and "![" not in document.text.partition("`")[0]


@pytest.mark.parametrize(
    ("lines", "captions"),
    [
        ("![各種沖泡器具](a.png)\n圖2 標準沖泡器具一覽", ["圖2 標準沖泡器具一覽"]),
        ("![各種沖泡器具](a.png)\n\n**图2 标准冲泡器具一览**", ["图2 标准冲泡器具一览"]),
        ("![圖2 器具](a.png)\n*圖2 標準沖泡器具一覽*", ["圖2 標準沖泡器具一覽"]),
        ("![各種沖泡器具](a.png)\n![圖2 濾杯的構造](b.png)", ["各種沖泡器具", "圖2 濾杯的構造"]),
        ("![圖1 沖泡器具](a.png)\n\n圖2 的濾杯較小，如下所示。", ["圖1 沖泡器具"]),
    ],
)  # fmt: skip
def test_a_caption_in_markdown_wins_over_the_description(lines: str, captions: list[str]) -> None:
    document = read(f"# 沖泡\n\n器具有三種。\n\n{lines}\n\n水溫為九十度。\n".encode(), "a.md")
    assert [figure.caption for figure in document.figures] == captions


def test_an_archive_tells_its_own_pictures() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("頁/步道.html", web_page())
        archive.writestr("頁/img/map.png", picture())
        archive.writestr("報告.docx", word_file())
        archive.writestr("外.html", "<html><body><p>文字很多。</p><img src='../../etc/passwd.png'></body></html>")
    document = read(held.getvalue(), "a.zip")
    assert [figure.path for figure in document.figures] == [
        ("報告.docx", "word/media/image1.png"), ("報告.docx", "word/media/image2.png"), ("頁/img/map.png",),
        ("頁/步道.html", "0"),
    ]  # fmt: skip


# How they are shown


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    shown = Pages()
    yield shown
    shown.close()


def shown(pages: Pages, folder: Path, data: bytes, name: str, number: int, width: int = 600) -> Image.Image:
    path = folder / name
    path.write_bytes(data)
    document = read(data, name)
    made = pages.figure(path, document.sha256, document.figures[number], width)
    assert isinstance(made, bytes)
    opened = Image.open(io.BytesIO(made))
    assert opened.format == "WEBP"
    return opened


@pytest.mark.parametrize(
    ("data", "name", "number", "size"),
    [
        (word_file(), "a.docx", 0, (320, 200)), (slides_file(), "a.pptx", 0, (400, 300)),
        (web_page().encode(), "a.html", 1, (300, 200)),
    ],
    ids=("docx", "pptx", "html"),
)  # fmt: skip
def test_a_picture_is_made_anew(
    pages: Pages, tmp_path: Path, data: bytes, name: str, number: int, size: tuple[int, int]
) -> None:
    assert shown(pages, tmp_path, data, name, number).size == size
    assert shown(pages, tmp_path, data, name, number, 100).size[0] == 100


def test_a_part_of_a_page_is_shown(pages: Pages, tmp_path: Path) -> None:
    document = read(pdf_file(), "a.pdf")
    numbers = [n for n, figure in enumerate(document.figures) if figure.number == "1"]
    made = shown(pages, tmp_path, pdf_file(), "a.pdf", numbers[0])
    red, green, blue = made.convert("RGB").getpixel((made.width // 4, made.height // 2))  # type: ignore[misc]
    assert abs(red - 70) < 12 and abs(green - 130) < 12 and abs(blue - 180) < 12  # steelblue


def test_a_chart_gives_its_data(pages: Pages, tmp_path: Path) -> None:
    (tmp_path / "a.pptx").write_bytes(slides_file())
    document = read(slides_file(), "a.pptx")
    chart = pages.figure(tmp_path / "a.pptx", document.sha256, document.figures[1], 600)
    assert isinstance(chart, dict)
    assert (chart["kind"], chart["names"]) == ("bar", ["一月", "二月", "三月"])
    assert [one["values"] for one in chart["series"]] == [[120, 180, 260], [20, 30, -45]]


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it has ten thousand million pixels."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(1_000_000))) + part(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(), "too_large"), (picture()[:300], "unreadable"), (b"<svg onload='alert(1)'/>", "unreadable"),
        (b"\xd7\xcd\xc6\x9a" + bytes(100), "unreadable"), (picture(20, 20), "no_figure"), (b"", "unreadable"),
    ],
    ids=("bomb", "cut", "svg", "wmf", "sign", "empty"),
)  # fmt: skip
def test_a_hostile_picture_costs_itself_alone(pages: Pages, tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    with pytest.raises(ReadingError) as caught:
        pages.figure(path, None, Figure(0, FigureSource.FILE, ("a.png",)), 600)
    assert caught.value.code == code
    path.write_bytes(picture())
    assert pages.figure(path, None, Figure(0, FigureSource.FILE, ("a.png",)), 600)


def test_what_is_not_there_or_changed_is_not_shown(pages: Pages, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file())
    sha256 = read(word_file(), "a.docx").sha256
    for names in (("word/media/no.png",), ("../../etc/passwd",), ("word/document.xml",)):
        with pytest.raises(ReadingError):
            pages.figure(path, sha256, Figure(0, FigureSource.MEMBER, names), 600)
    with pytest.raises(ReadingError) as caught:
        pages.figure(path, "0" * 64, Figure(0, FigureSource.MEMBER, ("word/media/image1.png",)), 600)
    assert caught.value.code == "changed"


def test_a_picture_in_a_page_is_looked_at_before_it_is_taken() -> None:
    plain = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(plain, "PNG")
    broken = f"data:image/png;base64,{base64.b64encode(b'no picture').decode()}"
    images = "".join(
        f"<img src='{source}' alt='說明寫得很清楚的圖'>" for source in (as_address(plain.getvalue()), broken)
    )
    assert read(f"<html><body><p>文字。</p>{images}</body></html>".encode(), "a.html").figures == ()
