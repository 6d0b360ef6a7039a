"""Tables of PDFs: by their rulings or by their columns, wrapped, merged, over pages; and what only looks like one."""

import io
import random
from collections.abc import Callable, Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from drawn_tables import RULED, UNRULED, draw
from pdf_tables import files, measure
from yinju.reading import read_document
from yinju.types import BlockKind, Document

FONT = "STSong-Light"
LEAST_RULED, LEAST_UNRULED = 0.98, 0.95
TABLES = (BlockKind.ROW, BlockKind.HEADS)
LONG = "各部門應於每月五日以前填報上個月的執行情形，逾期者由主管說明原因，並且列入年度考核的參考項目之中"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Drawing:
    """A page on which lines and words are put by hand."""

    def __init__(self) -> None:
        """Open the page."""
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)

    def words(self, x: float, y: float, text: str, size: float = 10) -> None:
        """Put words at a place."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Draw lines over all of a table, down and across."""
        for x in xs:
            self.canvas.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.canvas.line(xs[0], y, xs[-1], y)

    def read(self) -> Document:
        """What is read from the page."""
        self.canvas.save()
        return read_document(self.out.getvalue(), "甲.pdf")


def lines_of(document: Document) -> list[str]:
    return document.text.split("\n")


def rows_of(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in TABLES]


def test_ruled_tables_are_read_cell_by_cell() -> None:
    scores = [measure(drawn) for drawn in files(7, RULED, len(RULED))]
    assert sum(s.cells for s in scores) >= LEAST_RULED * sum(s.of_cells for s in scores)
    assert all(s.paragraphs == s.of_paragraphs for s in scores)


def test_unruled_tables_are_read_by_their_columns() -> None:
    scores = [measure(drawn) for drawn in files(7, UNRULED, len(UNRULED))]
    assert sum(s.cells for s in scores) >= LEAST_UNRULED * sum(s.of_cells for s in scores)
    assert all(s.paragraphs == s.of_paragraphs for s in scores)


@pytest.mark.parametrize("way", ["segments", "three lines", "left"])
def test_every_character_of_a_cell_is_told_where_it_is_printed(way: str) -> None:
    drawn = draw(way, random.Random(3))
    document = read_document(drawn.data, "甲.pdf")
    printed = {place for run in document.printed for place in range(run.start, run.end)}
    for block in document.blocks:
        for start, end in block.cell_spans() if block.kind is BlockKind.ROW else ():
            own = range(block.start + start, block.start + end)
            assert all(place in printed or document.text[place] == " " for place in own)
    starts = [run.start for run in document.printed]
    assert starts == sorted(starts)


def test_cells_merged_across_stand_once_and_those_merged_down_in_every_row() -> None:
    page = Drawing()
    page.grid([60, 160, 260, 360], [700, 680])
    page.canvas.lines([(60, 660, 360, 660), (160, 640, 360, 640), (60, 620, 360, 620), (60, 680, 60, 620)])
    page.canvas.lines([(160, 680, 160, 640), (260, 680, 260, 640), (360, 680, 360, 620), (160, 640, 160, 640)])
    page.canvas.line(60, 640, 60, 620)
    for x, y, text in (
        (65, 686, "部門"), (165, 686, "項目"), (265, 686, "金額"), (65, 666, "研發處"), (165, 666, "設備"),
        (265, 666, "1,200"), (65, 626, "以上金額均含稅"),
    ):  # fmt: skip
        page.words(x, y, text)
    page.words(165, 646, "耗材")
    page.words(265, 646, "300")
    document = page.read()
    assert rows_of(document)[:2] == ["部門｜項目｜金額", "部門：研發處｜項目：設備｜金額：1,200"]


def test_two_rows_of_heads_name_each_column_together() -> None:
    page = Drawing()
    page.grid([60, 160, 260, 360], [660, 640])
    page.canvas.lines([(60, 700, 360, 700), (160, 680, 360, 680), (60, 700, 60, 660), (160, 700, 160, 660)])
    page.canvas.lines([(260, 680, 260, 660), (360, 700, 360, 660)])
    for x, y, text in (
        (65, 676, "項目"), (240, 686, "金額"), (165, 666, "收入"), (265, 666, "支出"),
        (65, 646, "門票"), (165, 646, "900"), (265, 646, "120"),
    ):  # fmt: skip
        page.words(x, y, text)
    assert rows_of(page.read()) == ["項目｜金額 收入｜金額 支出", "項目：門票｜金額 收入：900｜金額 支出：120"]


def over_pages(repeated: bool, closed: bool) -> Document:
    """A table of which the second row goes on at the top of the next page."""
    page = Drawing()
    columns, heads = [60.0, 160.0, 360.0], ("編號", "說明", "金額")
    xs = [*columns, 460.0]

    def row(y: float, cells: Sequence[str]) -> None:
        for x, text in zip(columns, cells, strict=True):
            page.words(x + 4, y + 6, text)

    page.grid(xs, [140, 120, 100])
    row(120, heads)
    row(100, ("A-1", "第一筆", "1,000"))
    for x in xs:
        page.canvas.line(x, 100, x, 60)
    row(76, ("A-2", "第二筆的說明寫得比較長", "2,000"))
    if closed:
        page.canvas.line(xs[0], 60, xs[-1], 60)
    page.canvas.showPage()
    top = 780.0
    if repeated:
        page.grid(xs, [top, top - 20])
        row(top - 20, heads)
        top -= 20
    for x in xs:
        page.canvas.line(x, top, x, top - 20)
    if closed:
        page.canvas.line(xs[0], top, xs[-1], top)
    row(top - 20, ("" if not closed else "A-4", "所以寫到下一頁", "" if not closed else "4,000"))
    page.grid(xs, [top - 20, top - 40])
    row(top - 40, ("A-3", "第三筆", "3,000"))
    return page.read()


def test_a_table_goes_on_over_pages_without_its_heads_again() -> None:
    document = over_pages(repeated=True, closed=True)
    assert rows_of(document) == [
        "編號｜說明｜金額", "編號：A-1｜說明：第一筆｜金額：1,000",
        "編號：A-2｜說明：第二筆的說明寫得比較長｜金額：2,000",
        "編號：A-4｜說明：所以寫到下一頁｜金額：4,000", "編號：A-3｜說明：第三筆｜金額：3,000",
    ]  # fmt: skip
    assert document.dropped == len("編號說明金額")
    assert len({block.group for block in document.blocks if block.kind in TABLES}) == 1


def test_a_row_that_no_line_closes_goes_on_on_the_next_page() -> None:
    assert rows_of(over_pages(repeated=False, closed=False))[2:] == [
        "編號：A-2｜說明：第二筆的說明寫得比較長所以寫到下一頁｜金額：2,000", "編號：A-3｜說明：第三筆｜金額：3,000",
    ]  # fmt: skip


def boxed_paragraph(page: Drawing) -> None:
    page.canvas.rect(55, 640, 480, 70)
    for number in range(3):
        page.words(60, 690 - 18 * number, LONG[12 * number : 12 * number + 40])


def underlines(page: Drawing) -> None:
    for number, words in enumerate(("姓名", "日期", "地點", "事由")):
        page.words(60, 700 - 24 * number, words)
        page.canvas.line(90, 698 - 24 * number, 300, 698 - 24 * number)


def page_border(page: Drawing) -> None:
    page.canvas.rect(20, 20, 555, 800)
    page.canvas.line(20, 780, 575, 780)
    page.words(60, 790, "內部文件")
    for number in range(6):
        page.words(60, 700 - 18 * number, LONG[:42])


def two_columns(page: Drawing) -> None:
    page.canvas.line(297, 760, 297, 500)
    for number in range(12):
        page.words(60, 740 - 18 * number, LONG[number : number + 22])
        page.words(310, 740 - 18 * number, LONG[number + 3 : number + 25])


def contents(page: Drawing) -> None:
    for number in range(8):
        page.words(60, 700 - 20 * number, f"第{'一二三四五六七八'[number]}章　總則與名詞的定義" + "." * 60)
        page.words(500, 700 - 20 * number, str(3 + 4 * number))


def numbered_list(page: Drawing) -> None:
    for number in range(6):
        page.words(60, 700 - 20 * number, f"{number + 1}.")
        page.words(85, 700 - 20 * number, LONG[number : number + 20])


def chart(page: Drawing) -> None:
    page.grid([100 + 40 * n for n in range(8)], [700 - 30 * n for n in range(6)])
    for number in range(6):
        page.words(70, 697 - 30 * number, str(100 - 20 * number))
    for number in range(8):
        page.words(95 + 40 * number, 530, f"{number + 1}月")


@pytest.mark.parametrize(
    "drawing", [boxed_paragraph, underlines, page_border, two_columns, contents, numbered_list, chart]
)
def test_what_only_looks_like_a_table_is_none(drawing: Callable[[Drawing], None]) -> None:
    page = Drawing()
    drawing(page)
    assert rows_of(page.read()) == []


def test_a_page_of_countless_lines_is_read_in_time() -> None:
    page = Drawing()
    chance = random.Random(5)
    for _ in range(40_000):
        x, y = chance.uniform(0, 590), chance.uniform(0, 840)
        page.canvas.line(x, y, x + chance.choice((0, 40)), y)
    page.words(60, 700, LONG[:30])
    assert lines_of(page.read()) == [LONG[:30]]
