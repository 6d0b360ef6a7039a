"""Lists and headings of OpenDocument texts with their numbers."""

import pytest
from tests.reading.test_opendocument import NAMES, odt

from yinju.reading import read_document
from yinju.types import BlockKind

NUMBERED = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
    'style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="(" '
    'style:num-suffix=")"/><text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="2"/>'
    '</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
)


def styles(more: str = NUMBERED) -> tuple[str, str]:
    """The part that holds styles."""
    return (
        "styles.xml",
        f"<office:document-styles {NAMES}><office:styles>{more}</office:styles></office:document-styles>",
    )


def list_of(*items: str, style: str = "L", more: str = "") -> str:
    """A list of items, each a paragraph and what is in the item besides."""
    stated = f' text:style-name="{style}"' if style else ""
    inner = "".join(f"<text:list-item><text:p>{item.replace('/', '</text:p>', 1)}</text:list-item>" for item in items)
    return f"<text:list{stated}{more}>{inner}</text:list>"


def lines(body: str, style: tuple[str, str] | None = None) -> list[str]:
    """The lines of a document."""
    return read_document(odt(body, style or styles()), "a.odt").text.split("\n")


def test_points_are_numbered_by_level() -> None:
    inner = list_of("子/" + list_of("丁/", style=""), "丑/", style="")
    body = list_of("甲/" + inner, "乙/", "丙/<text:p>又一段。</text:p>")
    assert lines(body) == ["一、甲", "(1) 子", "1.1 丁", "(2) 丑", "二、乙", "三、丙", "又一段。"]


def test_points_are_blocks_of_one_group_with_what_leads_in() -> None:
    body = "<text:p>文件如下：</text:p>" + list_of("甲/" + list_of("子/", style=""), "乙/")
    document = read_document(odt(body, styles()), "a.odt")
    assert [(block.kind, block.marker, block.level, block.group) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "", 0, 1), (BlockKind.ITEM, "一、", 0, 1), (BlockKind.ITEM, "(1)", 1, 1),
        (BlockKind.ITEM, "二、", 0, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "numbers"),
    [("", "一一"), (' text:continue-numbering="true"', "一二"), (' text:continue-list="x"', "一二")],
)
def test_a_list_begins_anew_unless_it_goes_on(more: str, numbers: str) -> None:
    body = list_of("甲/", more=' xml:id="x"') + "<text:p>中間。</text:p>" + list_of("乙/", more=more)
    assert [line[0] for line in lines(body)] == [numbers[0], "中", numbers[1]]


def test_an_item_may_state_its_number() -> None:
    body = list_of("甲/", "乙/").replace("<text:list-item>", '<text:list-item text:start-value="7">', 1)
    assert lines(body) == ["七、甲", "八、乙"]


def test_bullets_and_lists_without_a_style() -> None:
    assert lines(list_of("甲/", style="B") + list_of("乙/", style="") + list_of("丙/", style="無")) == [
        "• 甲",
        "乙",
        "丙",
    ]


@pytest.mark.parametrize(
    ("stated", "number"),
    [
        *[
            ("1", "1"),
            ("a", "a"),
            ("A", "A"),
            ("i", "i"),
            ("I", "I"),
            ("一, 二, 三, ...", "一"),
            ("甲, 乙, 丙, ...", "甲"),
        ],
        *[("壹, 貳, 參, ...", "壹"), ("①, ②, ③, ...", "①"), ("１, ２, ３, ...", "１"), ("ア, イ, ...", "1")],
    ],
)
def test_ways_of_counting(stated: str, number: str) -> None:
    level = f'<text:list-level-style-number text:level="1" style:num-format="{stated}"/>'
    style = f'<text:list-style style:name="L">{level}</text:list-style>'
    assert lines(list_of("字/"), styles(style)) == [f"{number} 字"]


def test_headings_are_numbered_by_the_outline() -> None:
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="一, 二" '
        'style:num-prefix="第" style:num-suffix="章"/><text:outline-level-style text:level="2" style:num-format=""/>'
        "</text:outline-style>"
    )
    body = "".join(
        f'<text:h text:outline-level="{level}">{words}</text:h>'
        for level, words in ((1, "總則"), (2, "目的"), (1, "罰則"))
    )
    assert lines(body, styles(outline)) == ["第一章 總則", "目的", "第二章 罰則"]


def test_names_over_several_columns_are_joined_with_those_below() -> None:
    def row(*cells: tuple[str, str]) -> str:
        return "<table:table-row>" + "".join(
            f"<table:table-cell{more}><text:p>{words}</text:p></table:table-cell>"
            + "<table:covered-table-cell/>" * ("columns-spanned" in more)
            for words, more in cells
        ) + "</table:table-row>"  # fmt: skip

    tall, wide = ' table:number-rows-spanned="2"', ' table:number-columns-spanned="2"'
    rows = (
        row(("項目", tall), ("金額", wide))
        + row(("", ""), ("收入", ""), ("支出", ""))
        + row(("房租", ""), ("0", ""), ("9", ""))
    )
    assert lines(f"<table:table>{rows}</table:table>") == [
        "項目｜金額 收入｜金額 支出",
        "項目：房租｜金額 收入：0｜金額 支出：9",
    ]
