"""PDF: pages, wrapped lines, headings, and files that cannot be read. The files are made here by reportlab."""

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.reading.pdf.extract import _PAGE_NUMBER, _ranges
from yinju.reading.pdf.lines import _character
from yinju.types import Document, FileState

FONT = "MSung-Light"
LINE = 36
BODY = (
    "本公司員工到職滿半年後即可享有特別休假三天，滿一年者七天，滿兩年者十天，之後每年依照法令的規定逐年增加，"
    "至多三十天為止。"
)
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def make_pdf(
    pages: Sequence[Sequence[str]], footer: str = "", title: str = "", encryption: StandardEncryption | None = None
) -> bytes:
    """A PDF of wrapped paragraphs, the first line of each indented; one that begins with # is set large."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=encryption)
    canvas.setTitle(title)
    for number, paragraphs in enumerate(pages, start=1):
        height = 780
        for paragraph in paragraphs:
            large = paragraph.startswith("#")
            canvas.setFont(FONT, 18 if large else 12)
            words = paragraph.removeprefix("#") if large else "　　" + paragraph
            for start in range(0, len(words), LINE):
                canvas.drawString(72, height, words[start : start + LINE])
                height -= 32 if large else 20
        canvas.setFont(FONT, 9)
        canvas.drawString(290, 30, footer.format(number))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def page_texts(document: Document) -> list[str]:
    """The text of every page."""
    ends = (*document.page_starts[1:], len(document.text))
    return [document.text[start:end] for start, end in zip(document.page_starts, ends, strict=True)]


def test_wrapped_lines_are_joined_and_page_numbers_dropped() -> None:
    document = read_document(make_pdf([[BODY, BODY], ["短段。", BODY]], footer="第 {} 頁"), "a.pdf")
    assert document.text == "\n".join([BODY, BODY, "短段。", BODY])
    assert document.pages == 2
    assert page_texts(document) == [f"{BODY}\n{BODY}\n", f"短段。\n{BODY}"]
    assert document.state is FileState.INDEXED


def test_a_paragraph_goes_on_over_the_page() -> None:
    first, rest = "字" * (LINE - 2), "尾" * 10
    out = io.BytesIO()
    canvas = Canvas(out)
    for words, left in ((first, 96), (rest, 72)):
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 800, "文" * LINE) if words == first else None
        canvas.drawString(left, 780, words)
        canvas.showPage()
    canvas.save()
    document = read_document(out.getvalue(), "a.pdf")
    assert document.text.endswith(first + rest)
    assert document.text[document.page_starts[1] :] == rest


def test_pages_without_text_are_named_and_keep_their_place() -> None:
    document = read_document(make_pdf([[], [BODY], [], [], [BODY], []]), "a.pdf")
    assert document.state is FileState.WARNED
    assert "第 1、3–4、6 頁" in document.message
    assert page_texts(document) == ["", BODY + "\n", "", "", BODY, ""]
    assert [document.page_at(document.text.index(BODY)), document.page_at(document.text.rindex(BODY))] == [2, 5]


def test_headings_are_the_lines_set_larger() -> None:
    document = read_document(make_pdf([["#請假辦法", BODY], ["#罰則", BODY]]), "a.pdf")
    assert [section.headings for section in document.sections] == [("請假辦法",), ("罰則",)]
    assert document.title == "請假辦法"


def test_headings_are_found_by_marker_where_no_line_is_larger() -> None:
    document = read_document(make_pdf([["一、申請", BODY, "二、核准", BODY]]), "a.pdf")
    assert [section.headings for section in document.sections] == [("一、申請",), ("二、核准",)]


@pytest.mark.parametrize(
    ("title", "expected"), [("人事手冊", "人事手冊"), ("Microsoft Word - a.docx", "檔"), ("untitled", "檔")]
)
def test_the_title_in_the_metadata_is_used_when_sensible(title: str, expected: str) -> None:
    assert read_document(make_pdf([[BODY]], title=title), "檔.pdf").title == expected


def test_a_running_header_is_dropped() -> None:
    document = read_document(make_pdf([[f"人事手冊 {n}", BODY] for n in range(4)]), "a.pdf")
    assert "人事手冊" not in document.text


def test_a_watermark_alone_is_flagged() -> None:
    document = read_document(make_pdf([["草稿甲"], ["機密"]]), "a.pdf")
    assert document.state is FileState.WARNED and "浮水印" in document.message


def test_a_pdf_with_only_an_owner_password_is_read() -> None:
    data = make_pdf([[BODY]], encryption=StandardEncryption("", ownerPassword="owner"))
    assert read_document(data, "a.pdf").text == BODY


@pytest.mark.parametrize(
    ("data", "code", "part"),
    [
        (make_pdf([[], []]), "no_text", "2 頁"),
        (make_pdf([[BODY]], encryption=StandardEncryption("secret")), "encrypted", "密碼"),
        (make_pdf([[BODY]])[:400], "unreadable", "損壞"),
    ],
    ids=["scan", "password", "truncated"],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str, part: str) -> None:
    with pytest.raises(ReadingError, match=part) as caught:
        read_document(data, "a.pdf")
    assert caught.value.code == code


@pytest.mark.parametrize(
    "line", ["3", "- 3 -", "第 3 頁", "第3页 共10页", "3 / 10", "3/10", "第 3 頁，共 10 頁", "— 12 —"]
)
def test_a_page_number_in_any_dress(line: str) -> None:
    assert _PAGE_NUMBER.fullmatch(line)


@pytest.mark.parametrize("line", ["第三頁", "2024 年", "3 天", "共識", "第 3 章"])
def test_no_page_number(line: str) -> None:
    assert not _PAGE_NUMBER.fullmatch(line)


def test_rare_characters_come_as_surrogates_and_are_put_together() -> None:
    assert "".join(map(_character, [0xD842, 0xDFB7])).encode("utf-16-le", "surrogatepass").decode("utf-16-le") == "𠮷"
    assert "".join(map(_character, [0xFFFE, 0, 0x110000])) == "-  "


def test_ranges_of_pages() -> None:
    assert list(_ranges([1, 3, 4, 5, 7])) == ["1", "3–5", "7"]
