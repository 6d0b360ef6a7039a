"""docx: reading order, heading styles, tables, and archives that are not what they seem. Files by python-docx."""

import io
import zipfile
from typing import Any

import docx
import pytest

from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.reading.word import BODY


def saved(document: Any) -> bytes:  # noqa: ANN401 - the class is not what docx.Document names
    """The bytes of a document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def saved_with(document: Any, *paragraphs: str) -> bytes:  # noqa: ANN401
    """The bytes of a document with more paragraphs."""
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def with_body(old: bytes, new: bytes, base: bytes | None = None) -> bytes:
    """A document whose body's XML has been edited."""
    out = io.BytesIO()
    original = io.BytesIO(base or saved(docx.Document()))
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            target.writestr(member.filename, data.replace(old, new) if member.filename == BODY else data)
    return out.getvalue()


def handbook() -> bytes:
    """A document with a title, two levels of headings, a table and a list."""
    document = docx.Document()
    document.core_properties.title = ""
    document.add_paragraph("請假手冊", "Title")
    document.add_paragraph("開頭的話。")
    document.add_heading("特休", 1)
    document.add_paragraph("滿一年七天。")
    document.add_heading("細則", 2)
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, (("年資", "天數"), ("一年\n以上", "七")), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    document.add_paragraph("第一項", "List Bullet")
    document.add_paragraph("一行\n兩行\t欄")
    return saved(document)


def test_blocks_come_in_reading_order() -> None:
    document = read_document(handbook(), "a.docx")
    assert document.text.split("\n") == [
        *("請假手冊", "開頭的話。", "特休", "滿一年七天。", "細則"),
        *("年資｜天數", "一年 以上｜七", "第一項", "一行", "兩行\t欄"),
    ]
    assert [section.headings for section in document.sections] == [
        ("請假手冊",),
        ("請假手冊", "特休"),
        ("請假手冊", "特休", "細則"),
    ]
    assert (document.title, document.format, document.encoding) == ("請假手冊", "docx", None)


def test_the_core_title_wins() -> None:
    document = docx.Document()
    document.core_properties.title = "正式名稱"
    document.add_paragraph("內容。")
    assert read_document(saved(document), "a.docx").title == "正式名稱"


def test_chinese_style_names_and_outline_levels_make_headings() -> None:
    document = docx.Document()
    document.styles.add_style("標題 3", 1)
    document.add_paragraph("中文樣式", "標題 3")
    document.add_paragraph("內容。")
    edited = with_body(
        "<w:r><w:t>大綱".encode(),
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>大綱'.encode(),
        saved_with(document, "大綱層級", "內容。"),
    )
    headings = [section.headings for section in read_document(edited, "a.docx").sections]
    assert headings == [("中文樣式",), ("大綱層級",)]


def test_revisions_and_content_controls() -> None:
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控制項</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>刪去</w:delText></w:r></w:del></w:p>"
    )
    data = with_body(b"<w:body>", b"<w:body>" + body.encode())
    assert read_document(data, "a.docx").text == "控制項\n新增"


def test_headings_are_found_by_marker_without_styles() -> None:
    document = docx.Document()
    data = saved_with(document, "一、申請", "三天前。", "二、核准", "主管。")
    assert [section.headings for section in read_document(data, "a.docx").sections] == [("一、申請",), ("二、核准",)]


@pytest.mark.parametrize(
    ("data", "code", "part"),
    [
        (saved(docx.Document()), "empty", "只有圖片"),
        (handbook()[:2000], "unreadable", "壓縮結構"),
        (with_body(b"</w:body>", b""), "unreadable", "docx"),
        (with_body(b"<w:body>", b"<w:body>" + b"<w:p/>" * 5_000_000), "too_large", "不像正常文件"),
    ],
    ids=["pictures only", "truncated", "bad xml", "bomb"],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str, part: str) -> None:
    with pytest.raises(ReadingError, match=part) as caught:
        read_document(data, "a.docx")
    assert caught.value.code == code


def test_what_the_directory_says_is_checked_before_unpacking() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(BODY, b"<x/>")
        archive.writestr("word/media/a.bmp", b"\0" * 200_000_001)
    with pytest.raises(ReadingError, match="200,000,005"):
        read_document(out.getvalue(), "a.docx")


def test_external_entities_are_not_read() -> None:
    canary = b'<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]><w:document'
    reference = "<w:body><w:p><w:r><w:t>甲&c;</w:t></w:r></w:p>".encode()
    data = with_body(b"<w:document", canary, with_body(b"<w:body>", reference))
    try:
        text = read_document(data, "a.docx").text
    except ReadingError as error:
        text = str(error)
    assert "root:" not in text
