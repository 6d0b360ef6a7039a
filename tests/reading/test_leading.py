"""Wrapped lines are joined however far apart they stand, and what only stands below each other is not."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from yinju.reading import read_document
from yinju.types import Document

FONT, SIZE, LEFT, WIDTH = "MSung-Light", 12.0, 72.0, 36
LEADINGS = (1.0, 1.2, 1.5, 1.8, 2.0, 2.2, 2.5, 3.0)
LONG = (
    "本公司員工到職滿半年後即可享有特別休假三天，滿一年者七天，滿兩年者十天，之後每年依照法令的規定逐年增加，"
    "至多三十天為止，並且應該在年度結束以前全部休完，沒有休完的部分折算為工資發給員工本人。"
)
OTHER = (
    "申請休假應於三日以前填寫申請單，經直屬主管核准之後送交人事部門登記，未經核准而缺勤的視為曠職，"
    "曠職期間的工資不予發給，連續曠職三日以上的依照工作規則的規定辦理。"
)
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Page:
    """A PDF on which paragraphs are set in lines of one width."""

    def __init__(self, leading: float) -> None:
        """Open the page; `leading` in type sizes."""
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out)
        self.leading, self.y = leading, 780.0

    def line(self, words: str, left: float = LEFT, size: float = SIZE, spacing: float = 0) -> None:
        """Print one line."""
        if self.y < 60:
            self.canvas.showPage()
            self.y = 780.0
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(left, self.y, words, charSpace=spacing)
        self.y -= self.leading * size

    def paragraph(self, words: str, first: float = 2 * SIZE, hang: float = 0, after: float = 0) -> None:
        """Its first line indented by so many points, the others by `hang`."""
        begin, indent = 0, first
        while begin < len(words):
            fitting = WIDTH - round(indent / SIZE)
            self.line(words[begin : begin + fitting], LEFT + indent)
            begin, indent = begin + fitting, hang
        self.y -= after

    def read(self) -> Document:
        """What is read from the pages."""
        self.canvas.save()
        return read_document(self.out.getvalue(), "a.pdf")


def lines_of(document: Document) -> list[str]:
    return document.text.split("\n")


@pytest.mark.parametrize("leading", LEADINGS)
def test_paragraphs_are_whole_at_any_leading(leading: float) -> None:
    page, said = Page(leading), [LONG, OTHER, "以上各條自公布日施行。", OTHER, LONG]
    for words in said:
        page.paragraph(words)
    assert lines_of(page.read()) == said


@pytest.mark.parametrize("leading", LEADINGS)
def test_numbered_articles_are_whole_with_hanging_lines_or_without(leading: float) -> None:
    said = [f"{number}、{words}" for number, words in enumerate((LONG, OTHER, LONG), start=1)]
    for hang in (0, 2 * SIZE):
        page = Page(leading)
        for words in said:
            page.paragraph(words, first=0, hang=hang)
        assert lines_of(page.read()) == said


@pytest.mark.parametrize("leading", (1.0, 1.5, 2.0))
def test_paragraphs_without_indent_are_parted_by_the_room_between_them(leading: float) -> None:
    page, said = Page(leading), [LONG[:71] + "。", OTHER[:71] + "。", LONG[:71] + "。"]
    for words in said:
        page.paragraph(words, first=0, after=SIZE)
    assert lines_of(page.read()) == said


@pytest.mark.parametrize("leading", LEADINGS)
def test_short_lines_stay_lines(leading: float) -> None:
    page = Page(leading)
    poem = ["床前明月光", "疑是地上霜", "舉頭望明月", "低頭思故鄉"]
    items = ["一、總則", "二、請假的種類與天數", "三、附則"]
    for words in (*poem, *items):
        page.line(words)
    page.paragraph(LONG)
    assert lines_of(page.read()) == [*poem, *items, LONG]


@pytest.mark.parametrize("leading", (1.5, 2.5))
def test_a_paragraph_goes_on_over_pages(leading: float) -> None:
    page, said = Page(leading), [LONG + OTHER] * 9
    for words in said:
        page.paragraph(words)
    document = page.read()
    assert (document.pages or 0) > 1
    assert lines_of(document) == said


def test_a_heading_is_no_part_of_what_stands_below() -> None:
    page = Page(1.5)
    page.line("員工請假與休假管理辦法施行細則及其附件總說明", size=18)
    page.paragraph(LONG)
    assert lines_of(page.read())[1:] == [LONG]


def test_latin_words_at_ragged_ends_are_joined_by_spaces() -> None:
    page = Page(2.4)
    text = "The committee published the recommendations on international cooperation yesterday"
    words = text.split()
    for begin in range(0, len(words), 5):
        page.line(" ".join(words[begin : begin + 5]))
    assert lines_of(page.read()) == [text]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("目　錄", "目錄"), ("申 請 書", "申請書"), ("關 於 發 布 《辦 法》 的 通 知", "關於發布《辦法》的通知"),
        ("第一章　總　則", "第一章　總則"), ("王小明 李大同", "王小明 李大同"), ("甲部 ABC 2024", "甲部 ABC 2024"),
    ],
)  # fmt: skip
def test_blanks_that_only_space_letters_are_left_out(printed: str, read: str) -> None:
    page = Page(2)
    page.line(printed)
    page.line("　　" + LONG[:20])
    assert lines_of(page.read())[0] == read


def test_letters_spaced_apart_stay_boxed_one_by_one() -> None:
    page = Page(2)
    page.line("申 請 書 一 份")
    document = page.read()
    assert document.text == "申請書一份"
    assert [(run.start, run.end, run.first) for run in document.printed] == [(n, n + 1, 2 * n) for n in range(5)]


def test_lines_of_a_form_are_not_joined() -> None:
    page = Page(1.5)
    rows = [
        ("姓名：王小明", "電話：0912345678", "日期：2024年3月1日"),
        ("住址：臺北市", "傳真：0223456789", "單位：研究發展處第二組"),
    ]
    for row in rows:
        for number, words in enumerate(row):
            page.canvas.setFont(FONT, SIZE)
            page.canvas.drawString(LEFT + 150 * number, page.y, words)
        page.y -= 20
    assert len(lines_of(page.read())) == 2
