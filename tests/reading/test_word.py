"""docx: reading order, heading styles, tables, and archives that are not what they seem. Files by python-docx."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.reading.edited_archives import as_strict

from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.reading.word.extract import BODY


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


def with_table(document: Any, rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401
    """The document with one more table."""
    table = document.add_table(len(rows), len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return document


def with_notes(base: bytes, footnotes: bytes | None = None) -> bytes:
    """A document with a footnote, referred to by 腳註尾 in its text, and an endnote, by 註尾."""
    space = b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    line = '<w:{0} w:type="separator" w:id="0"><w:p/></w:{0}><w:{0} w:id="1"><w:p><w:r><w:t>{1}</w:t></w:r></w:p>'
    written = {
        "footnote": line.format("footnote", "勞基法</w:t><w:br/><w:t>第 38 條。"),
        "endnote": line.format("endnote", "尾註的話。"),
    }
    base = with_body("腳註尾".encode(), b'</w:t><w:footnoteReference w:id="1"/><w:t>', base)
    base = with_body("註尾".encode(), b'</w:t><w:endnoteReference w:id="1"/><w:t>', base)
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(f'<Relationship Id="n{tag}" Type="{relations}/{tag}s" Target="{tag}s.xml"/>' for tag in written)
    rels = "word/_rels/document.xml.rels"
    end = b"</Relationships>"
    out = io.BytesIO(with_body(end, links.encode() + end, base, rels))
    with zipfile.ZipFile(out, "a") as archive:
        for tag, xml in written.items():
            part = f"<w:{tag}s".encode() + space + f">{xml}</w:{tag}></w:{tag}s>".encode()
            archive.writestr(f"word/{tag}s.xml", footnotes if footnotes and tag == "footnote" else part)
    return out.getvalue()


def with_body(old: bytes, new: bytes, base: bytes | None = None, member: str = BODY) -> bytes:
    """A document whose body's XML, or another member's, has been edited."""
    out = io.BytesIO()
    original = io.BytesIO(base or saved(docx.Document()))
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info.filename, data.replace(old, new) if info.filename == member else data)
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
        *("年資｜天數", "年資：一年 以上｜天數：七", "• 第一項", "一行", "兩行\t欄"),
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


def test_rows_of_a_table_stand_beside_its_heads() -> None:
    document = docx.Document()
    rows = [("假別", "天數", "薪資"), ("事假", "14", "不給"), ("病假", "30", "𠮷")]
    assert read_document(saved(with_table(document, rows)), "a.docx").text.split("\n") == [
        *("假別｜天數｜薪資", "假別：事假｜天數：14｜薪資：不給", "假別：病假｜天數：30｜薪資：𠮷")
    ]


@pytest.mark.parametrize(("stated", "line"), [("", "甲：丙｜乙：丁"), (' w:val="0"', "丙｜丁")])
def test_a_row_marked_as_the_head_is_one(stated: str, line: str) -> None:
    base = saved(with_table(docx.Document(), [("甲", "乙"), ("丙", "丁")]))
    body = zipfile.ZipFile(io.BytesIO(base)).read(BODY)
    before = body[: body.index(b"<w:tc>")]
    data = with_body(before, before + f"<w:trPr><w:tblHeader{stated}/></w:trPr>".encode(), base)
    assert read_document(data, "a.docx").text == f"甲｜乙\n{line}"


def test_merged_cells_keep_their_columns() -> None:
    document = with_table(
        docx.Document(), [("類別", "假別", "天數"), ("有薪", "特休", "7"), ("", "婚假", "8"), ("合計", "", "15")]
    )
    table = document.tables[0]
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    assert read_document(saved(document), "a.docx").text.split("\n") == [
        "類別｜假別｜天數",
        "類別：有薪｜假別：特休｜天數：7",
        "類別：有薪｜假別：婚假｜天數：8",
        "合計｜天數：15",
    ]


def test_a_table_in_a_cell_stays_in_its_cell() -> None:
    document = with_table(docx.Document(), [("外", "")])
    inner = document.tables[0].cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "內一", "內二"
    assert read_document(saved(document), "a.docx").text == "外｜內一 內二"


def test_notes_follow_what_refers_to_them() -> None:
    document = with_table(docx.Document(), [("表註尾",)])
    data = with_notes(saved_with(document, "滿一年七天腳註尾。", "下一段。"))
    assert read_document(data, "a.docx").text.split("\n") == [
        *("表", "[註1] 尾註的話。", "滿一年七天。", "[註2] 勞基法 第 38 條。", "下一段。")
    ]


@pytest.mark.parametrize("member", ["word/theme/theme1.xml", "docProps/core.xml", "word/fontTable.xml"])
def test_damage_in_what_is_not_shown_does_not_matter(member: str) -> None:
    data = with_body(b"</", b"<", saved_with(docx.Document(), "內容。"), member)
    assert read_document(data, "a.docx").text == "內容。"


def test_documents_with_macros_are_read() -> None:
    types = "[Content_Types].xml"
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    data = with_body(kind, macros, saved_with(docx.Document(), "內容。"), types)
    assert read_document(data, "a.docm").text == "內容。"


def test_the_text_of_a_box_is_not_repeated_for_older_readers() -> None:
    space = b' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    box = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>".encode()
    both = b"<mc:AlternateContent" + space + b"<mc:Choice>" + box + b"</mc:Choice><mc:Fallback>" + box
    data = with_body(
        "<w:t>內容。</w:t>".encode(),
        "<w:t>內容。</w:t>".encode() + both + b"</mc:Fallback></mc:AlternateContent>",
        saved_with(docx.Document(), "內容。"),
    )
    assert read_document(data, "a.docx").text == "內容。\n框"


def test_a_damaged_note_makes_a_file_unreadable() -> None:
    with pytest.raises(ReadingError, match="docx") as caught:
        read_document(with_notes(saved_with(docx.Document(), "內容。"), b"<w:footnotes"), "a.docx")
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_truncated_file_is_unreadable(part: float) -> None:
    data = handbook()
    with pytest.raises(ReadingError) as caught:
        read_document(data[: int(len(data) * part)], "a.docx")
    assert caught.value.code == "unreadable"


def test_external_entities_are_not_read() -> None:
    canary = b'<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]><w:document'
    reference = "<w:body><w:p><w:r><w:t>甲&c;</w:t></w:r></w:p>".encode()
    data = with_body(b"<w:document", canary, with_body(b"<w:body>", reference))
    try:
        text = read_document(data, "a.docx").text
    except ReadingError as error:
        text = str(error)
    assert "root:" not in text


def test_strict_open_xml_is_read_like_any_other() -> None:
    assert read_document(as_strict(handbook()), "a.docx").text == read_document(handbook(), "a.docx").text


def test_what_was_moved_stands_where_it_is_now() -> None:
    body = (
        "<w:p><w:moveFrom><w:r><w:t>搬</w:t></w:r></w:moveFrom><w:r><w:t>甲</w:t></w:r></w:p>"
        "<w:p><w:moveTo><w:r><w:t>搬</w:t></w:r></w:moveTo><w:r><w:t>乙</w:t></w:r></w:p>"
    )
    assert read_document(with_body(b"<w:body>", b"<w:body>" + body.encode()), "a.docx").text == "甲\n搬乙"


def test_styles_based_on_a_heading_are_headings_unless_they_say_not() -> None:
    document = docx.Document()
    for name in ("章節", "內文章節"):
        document.styles.add_style(name, 1).base_style = document.styles["Heading 2"]
    properties = document.styles["內文章節"].element.get_or_add_pPr()
    properties.append(properties.makeelement(qn("w:outlineLvl"), {qn("w:val"): "9"}))
    document.add_paragraph("總則", "章節")
    document.add_paragraph("不是標題", "內文章節")
    found = read_document(saved(document), "a.docx")
    assert [(block.name, block.level) for block in found.blocks] == [("總則", 2)]


def test_formulas_are_text() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    body = f"<w:p><w:r><w:t>面積</w:t></w:r><m:oMath {math}><m:r><m:t>a×b</m:t></m:r></m:oMath></w:p>"
    assert read_document(with_body(b"<w:body>", b"<w:body>" + body.encode()), "a.docx").text == "面積a×b"


def test_a_box_in_a_cell_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框一</w:t></w:r></w:p><w:p><w:r><w:t>框二</w:t></w:r></w:p></w:txbxContent>"
    data = saved(with_table(docx.Document(), [("甲", "乙")]))
    edited = with_body("<w:t>乙</w:t>".encode(), f"<w:t>乙</w:t>{box}".encode(), data)
    assert read_document(edited, "a.docx").text == "甲｜乙 框一 框二"
