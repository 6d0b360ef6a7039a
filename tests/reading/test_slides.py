"""pptx: slides as pages and headings, shapes in visual order, tables, charts, diagrams and notes."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from tests.reading.edited_archives import as_strict, edited

from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.types import BlockKind

SLIDE = "ppt/slides/slide1.xml"
TITLED, BODY, TITLE_ONLY, BLANK = 0, 1, 5, 6
"""Layouts of python-pptx's template."""
CATEGORY_DATA: Any = CategoryChartData
POINT_DATA: Any = XyChartData
"""python-pptx has no types for these."""


def saved(deck: Any) -> bytes:  # noqa: ANN401 - the class is not what pptx.Presentation names
    """The bytes of a presentation."""
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def deck_of(*slides: tuple[str, str]) -> Any:  # noqa: ANN401
    """A presentation with slides of these titles and texts."""
    deck = Presentation()
    for title, text in slides:
        slide: Any = deck.slides.add_slide(deck.slide_layouts[BODY])
        slide.shapes.title.text = title
        slide.placeholders[1].text = text
    return deck


def slide_of(deck: Any) -> Any:  # noqa: ANN401
    """A new slide without placeholders."""
    return deck.slides.add_slide(deck.slide_layouts[BLANK])


def add_text(shapes: Any, text: str, left: float, top: float) -> None:  # noqa: ANN401
    """Put a text box at a place, in inches."""
    shapes.add_textbox(Inches(left), Inches(top), Inches(1), Inches(1)).text_frame.text = text


def lines_of(data: bytes) -> list[str]:
    """The lines that are read from a presentation."""
    return read_document(data, "a.pptx").text.split("\n")


def test_slides_are_pages_under_their_titles() -> None:
    document = read_document(saved(deck_of(("特休", "滿一年\v七天\n𠮷"), ("事假", "十四天"))), "a.pptx")
    assert document.text == "特休\n滿一年\n七天\n𠮷\n事假\n十四天"
    assert [section.headings for section in document.sections] == [("特休",), ("事假",)]
    assert document.page_starts == (0, document.text.index("事假"))
    assert (document.format, document.title) == ("pptx", "特休")


def test_a_slide_without_title_or_text_is_a_page_but_no_heading() -> None:
    deck = deck_of(("特休", "七天"))
    add_text(slide_of(deck).shapes, "無題", 1, 1)
    for _ in range(2):
        slide_of(deck)
    document = read_document(saved(deck), "a.pptx")
    assert document.text == "特休\n七天\n無題"
    assert document.page_starts == (0, 6, 8, 8)
    assert [section.headings for section in document.sections] == [("特休",)]


def test_hidden_slides_are_read() -> None:
    deck = deck_of(("看得見", "甲"), ("隱藏", "乙"))
    deck.slides[1].element.set("show", "0")
    assert lines_of(saved(deck)) == ["看得見", "甲", "隱藏", "乙"]


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("員工手冊", "員工手冊"),
        ("", "第一章 總則"),
        ("PowerPoint Presentation", "第一章 總則"),
        ("PowerPoint 簡報", "第一章 總則"),
        ("PowerPoint 演示文稿", "第一章 總則"),
        ("投影片 1", "第一章 總則"),
        ("年度簡報", "年度簡報"),
    ],
)
def test_the_title_is_not_a_programs_default(stated: str, title: str) -> None:
    deck = deck_of(("第一章\v總則", "內容"))
    deck.core_properties.title = stated
    assert read_document(saved(deck), "a.pptx").title == title


def test_shapes_are_read_from_top_to_bottom_then_from_left_to_right() -> None:
    deck = Presentation()
    shapes = slide_of(deck).shapes
    for text, left, top in (("丁", 1, 5), ("丙", 5, 3), ("乙", 1, 3.05), ("甲", 4, 1)):
        add_text(shapes, text, left, top)
    assert lines_of(saved(deck)) == ["甲", "乙", "丙", "丁"]


def test_groups_within_groups_stand_in_their_place() -> None:
    deck = Presentation()
    shapes = slide_of(deck).shapes
    add_text(shapes, "下", 1, 6)
    inner = shapes
    for depth in range(40):
        inner = inner.add_group_shape().shapes
        add_text(inner, f"組{depth}", 1, 2 + depth / 100)
    add_text(shapes, "上", 1, 1)
    lines = lines_of(saved(deck))
    assert (lines[0], lines[-1]) == ("上", "下")
    assert sorted(lines[1:-1]) == sorted(f"組{depth}" for depth in range(40))


def test_dates_footers_and_slide_numbers_are_left_out() -> None:
    deck = deck_of(("特休", "七天"))
    layout = deck.slide_layouts[BODY]
    for placeholder in layout.placeholders:
        if placeholder.placeholder_format.idx in (10, 11, 12):
            deck.slides[0].shapes.clone_placeholder(placeholder)
            deck.slides[0].placeholders[placeholder.placeholder_format.idx].text = "頁尾"
    assert sum(shape.text == "頁尾" for shape in deck.slides[0].placeholders) == 3
    assert lines_of(saved(deck)) == ["特休", "七天"]


def test_a_slide_number_in_a_text_box_is_left_out_but_other_fields_are_not() -> None:
    field = "<a:fld id='{{1}}' type='{}'><a:t>{}</a:t></a:fld></a:p>"
    fields = (field.format("slidenum", "第9頁")[:-6] + field.format("datetime1", "2026/11/28")).encode()
    data = edited(saved(deck_of(("甲", "乙"))), lambda xml: xml.replace(b"</a:p>", fields), SLIDE)
    assert lines_of(data) == ["甲2026/11/28", "乙2026/11/28"]


def test_notes_follow_the_text_of_their_slide() -> None:
    deck = deck_of(("特休", "七天"), ("事假", "十四天"))
    deck.slides[0].notes_slide.notes_text_frame.text = "講者要說\n請看附件"
    assert lines_of(saved(deck)) == ["特休", "七天", "講者要說", "請看附件", "事假", "十四天"]


def table_deck(rows: list[tuple[str, ...]]) -> tuple[Any, Any]:
    """A presentation with one table, and that table."""
    deck = Presentation()
    frame = slide_of(deck).shapes.add_table(len(rows), len(rows[0]), 0, 0, Inches(5), Inches(2))
    for row, words in zip(frame.table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return deck, frame.table


@pytest.mark.parametrize(("headed", "line"), [(True, "甲：丙｜乙：丁 戊"), (False, "丙｜丁 戊")])
def test_rows_of_a_table_stand_beside_their_heads(headed: bool, line: str) -> None:
    deck, table = table_deck([("甲", "乙"), ("丙", "丁\n戊")])
    table.first_row = headed
    assert lines_of(saved(deck)) == ["甲｜乙", line]


def test_merged_cells_keep_their_columns() -> None:
    deck, table = table_deck([("類別", "假別", "天數"), ("有薪", "特休", "7"), ("", "婚假", "8"), ("合計", "", "15")])
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    assert lines_of(saved(deck)) == [
        "類別｜假別｜天數",
        "類別：有薪｜假別：特休｜天數：7",
        "類別：有薪｜假別：婚假｜天數：8",
        "合計｜天數：15",
    ]


def test_charts_are_read_as_tables() -> None:
    deck = Presentation()
    data: Any = CATEGORY_DATA(number_format="0%")
    data.categories = ["第一季", "第二季"]
    data.add_series("北區", (0.5, 0.25))
    data.add_series("南區", (0.5, None))
    place = (0, 0, Inches(5), Inches(3))
    chart = slide_of(deck).shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "營收"
    assert lines_of(saved(deck)) == ["營收", "｜北區｜南區", "第一季｜北區：50%｜南區：50%", "第二季｜北區：25%"]


def test_charts_of_points_are_read_as_tables() -> None:
    deck = Presentation()
    data: Any = POINT_DATA()
    series = data.add_series("身高")
    series.add_data_point(1, 2.5)
    slide_of(deck).shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, 0, 0, Inches(5), Inches(3), data)
    assert lines_of(saved(deck)) == ["｜身高", "1｜身高：2.5"]


def test_the_text_of_a_diagram_is_read() -> None:
    diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    frame = (
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='9' name='圖'/><p:cNvGraphicFramePr/><p:nvPr/>"
        "</p:nvGraphicFramePr><p:xfrm><a:off x='0' y='0'/><a:ext cx='9' cy='9'/></p:xfrm><a:graphic>"
        f"<a:graphicData uri='{diagram}'><dgm:relIds xmlns:dgm='{diagram}' xmlns:r='{links}' r:dm='d1'/>"
        "</a:graphicData></a:graphic></p:graphicFrame></p:spTree>"
    )
    end = b"</Relationships>"
    link = f"<Relationship Id='d1' Type='{links}/diagramData' Target='../diagrams/data1.xml'/>".encode()
    data = edited(saved(deck_of(("流程", ""))), lambda xml: xml.replace(b"</p:spTree>", frame.encode()), SLIDE)
    out = io.BytesIO(edited(data, lambda xml: xml.replace(end, link + end), "ppt/slides/_rels/slide1.xml.rels"))
    words = "http://schemas.openxmlformats.org/drawingml/2006/main"
    points = "".join(f"<a:p><a:r><a:t>{word}</a:t></a:r></a:p>" for word in ("申請", "核准"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("ppt/diagrams/data1.xml", f"<d xmlns:a='{words}'>{points}</d>")
    assert lines_of(out.getvalue()) == ["流程", "申請", "核准"]


def test_of_alternatives_the_first_with_text_is_read_once() -> None:
    space = b" xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"

    def offered(xml: bytes) -> bytes:
        start, end = xml.rindex(b"<p:sp>"), xml.rindex(b"</p:sp>") + len(b"</p:sp>")
        choice = b"<mc:Choice Requires='a14'>" + xml[start:end] + b"</mc:Choice>"
        fallback = b"<mc:Fallback>" + xml[start:end].replace("公式".encode(), "圖".encode()) + b"</mc:Fallback>"
        whole = b"<mc:AlternateContent" + space + b">" + choice + fallback + b"</mc:AlternateContent>"
        return xml[:start] + whole + xml[end:]

    assert lines_of(edited(saved(deck_of(("甲", "公式"))), offered, SLIDE)) == ["甲", "公式"]


def test_shows_and_templates_are_read() -> None:
    data = edited(
        saved(deck_of(("甲", "乙"))),
        lambda xml: xml.replace(b"presentationml.presentation.main", b"presentationml.slideshow.main"),
        "[Content_Types].xml",
    )
    assert lines_of(data) == ["甲", "乙"]


@pytest.mark.parametrize("deck", [Presentation(), deck_of(("", " \n"))], ids=["no slides", "blank slide"])
def test_a_presentation_without_text_is_empty(deck: Any) -> None:  # noqa: ANN401
    with pytest.raises(ReadingError) as caught:
        read_document(saved(deck), "a.pptx")
    assert caught.value.code == "empty"


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_truncated_file_is_unreadable(part: float) -> None:
    data = saved(deck_of(("甲", "乙")))
    with pytest.raises(ReadingError) as caught:
        read_document(data[: int(len(data) * part)], "a.pptx")
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize(
    "member", [SLIDE, "ppt/presentation.xml", "[Content_Types].xml", "ppt/_rels/presentation.xml.rels"]
)
@pytest.mark.parametrize("edit", [lambda xml: xml[: len(xml) // 2], lambda _: b"", lambda _: b"<x/>"])
def test_a_damaged_member_is_unreadable(member: str, edit: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ReadingError, match="pptx") as caught:
        read_document(edited(saved(deck_of(("甲", "乙"))), edit, member), "a.pptx")
    assert caught.value.code == "unreadable"


def test_a_bomb_is_refused() -> None:
    blanks = b"<p:spTree>" + b" " * 21_000_000
    data = edited(saved(deck_of(("甲", "乙"))), lambda xml: xml.replace(b"<p:spTree>", blanks), SLIDE)
    with pytest.raises(ReadingError, match="不像正常文件") as caught:
        read_document(data, "a.pptx")
    assert caught.value.code == "too_large"


def test_external_entities_are_not_read() -> None:
    canary = b'<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]><p:sld '
    data = edited(
        saved(deck_of(("甲", "乙"))), lambda xml: xml.replace(b"<p:sld ", canary).replace(b"<a:t>", b"<a:t>&c;"), SLIDE
    )
    try:
        text = "\n".join(lines_of(data))
    except ReadingError as error:
        text = str(error)
    assert "root:" not in text


def test_strict_open_xml_is_read_like_any_other() -> None:
    data = saved(deck_of(("題目", "甲\n乙")))
    assert read_document(as_strict(data), "a.pptx").text == read_document(data, "a.pptx").text == "題目\n甲\n乙"


def with_mark(paragraph: Any, mark: str, level: int = 0, start: int | None = None) -> None:  # noqa: ANN401
    """Give a paragraph a way of counting, or a bullet of one character."""
    paragraph.level = level
    properties = paragraph._p.get_or_add_pPr()
    tag, name = ("buChar", "char") if len(mark) == 1 else ("buAutoNum", "type")
    element = properties.makeelement(f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{tag}", {name: mark})
    if start is not None:
        element.set("startAt", str(start))
    properties.append(element)


@pytest.mark.parametrize(
    ("way", "start", "drawn"),
    [
        ("arabicPeriod", None, ["1. 甲", "2. 乙"]),
        ("arabicParenBoth", 9, ["(9) 甲", "(10) 乙"]),
        ("arabicPlain", None, ["1 甲", "2 乙"]),
        ("alphaLcParenR", None, ["a) 甲", "b) 乙"]),
        ("romanUcPeriod", 3, ["III. 甲", "IV. 乙"]),
        ("ea1ChsPlain", None, ["一 甲", "二 乙"]),
        ("ea1ChtPeriod", 10, ["十. 甲", "十一. 乙"]),
        ("circleNumDbPlain", None, ["① 甲", "② 乙"]),
        ("arabicDbPeriod", None, ["１. 甲", "２. 乙"]),
        ("unheardOf", None, ["1 甲", "2 乙"]),
        ("•", None, ["• 甲", "• 乙"]),
    ],
)
def test_numbers_and_bullets_are_drawn(way: str, start: int | None, drawn: list[str]) -> None:
    deck = deck_of(("題目", "甲\n乙"))
    for paragraph in deck.slides[0].placeholders[1].text_frame.paragraphs:
        with_mark(paragraph, way, start=start)
    document = read_document(saved(deck), "a.pptx")
    assert document.text.split("\n")[1:] == drawn
    assert [(block.kind, block.marker) for block in document.blocks[1:]] == [
        (BlockKind.ITEM, line.split(" ")[0]) for line in drawn
    ]


def test_numbers_of_deeper_levels_begin_anew_and_a_first_line_leads_in() -> None:
    deck = deck_of(("題目", "步驟如下：\n甲\n子\n丑\n乙\n寅"))
    _, *paragraphs = deck.slides[0].placeholders[1].text_frame.paragraphs
    for paragraph, level in zip(paragraphs, (0, 1, 1, 0, 1), strict=True):
        with_mark(paragraph, "alphaLcPeriod" if level else "arabicPeriod", level)
    document = read_document(saved(deck), "a.pptx")
    assert document.text.split("\n")[2:] == ["1. 甲", "a. 子", "b. 丑", "2. 乙", "a. 寅"]
    assert [(block.kind, block.level, block.group) for block in document.blocks[1:]] == [
        (BlockKind.PARAGRAPH, 0, 1), *((BlockKind.ITEM, level, 1) for level in (0, 1, 1, 0, 1))
    ]  # fmt: skip


def test_bullets_of_the_layout_make_points_without_being_written_out() -> None:
    document = read_document(saved(deck_of(("題目", "甲\n乙"), ("又一", "丙\n丁"))), "a.pptx")
    assert document.text == "題目\n甲\n乙\n又一\n丙\n丁"
    assert [block.group for block in document.blocks if block.kind is BlockKind.ITEM] == [1, 1, 2, 2]


def test_a_form_is_none_of_heads_though_most_tables_are_said_to_have_a_first_row() -> None:
    deck = Presentation()
    slide: Any = deck.slides.add_slide(deck.slide_layouts[BLANK])
    table = slide.shapes.add_table(2, 4, 0, 0, Inches(5), Inches(1)).table
    for place, words in enumerate(("姓名", "張小華", "性別", "女", "部門", "財務", "電話", "8123")):
        table.cell(place // 4, place % 4).text = words
    assert read_document(saved(deck), "a.pptx").text == "姓名：張小華\n性別：女\n部門：財務\n電話：8123"
