"""Which numbered paragraphs are points of a list, how deep they are, what leads in to them, which are left alone."""

import pytest
from tests.reading.numbered_documents import abstract, level, num, numbered, paragraph

from yinju.reading.lists import bullet_sign, parted
from yinju.reading.word import extract_docx
from yinju.types import BlockKind

NUMBERING = (
    abstract(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "(%2)")),
    abstract(1, level(0, "bullet", "•")),
    abstract(2, level(0, "chineseCounting", "第%1條")),
    *(num(number + 1, number) for number in range(3)),
)


def blocks(*body: str) -> list[str]:
    """What the format tells of a document, a line for each block: kind, group, level, and its words."""
    found = extract_docx(numbered(body, NUMBERING))
    return [
        f"{block.kind[0]}{block.group}{block.level} {found.text[block.start : block.end]}" for block in found.blocks
    ]


def test_points_and_what_leads_in_to_them_are_one_group() -> None:
    assert blocks(paragraph("別的話。"), paragraph("應備文件如下："), paragraph("身分證", 1), paragraph("印章", 1)) == [
        *("p10 應備文件如下：", "i10 一、身分證", "i10 二、印章")
    ]


def test_points_of_deeper_levels_and_of_lists_between_are_nested() -> None:
    body = [
        paragraph("甲。", 1),
        paragraph("子。", 1, 1),
        paragraph("乙。", 1),
        paragraph("點。", 2),
        paragraph("丙。", 1),
    ]
    assert blocks(*body) == ["i10 一、甲。", "i11 (1) 子。", "i10 二、乙。", "i11 • 點。", "i10 三、丙。"]


def test_another_list_right_below_is_a_group_of_its_own() -> None:
    body = [paragraph("甲。", 1), paragraph("乙。", 1), paragraph("點。", 2), paragraph("點點。", 2)]
    assert blocks(*body) == ["i10 一、甲。", "i10 二、乙。", "i20 • 點。", "i20 • 點點。"]


def test_a_paragraph_amid_a_list_goes_on_with_its_point() -> None:
    body = [paragraph("先關閉電源。", 1), paragraph("等五分鐘。"), paragraph("再打開機蓋。", 1)]
    assert blocks(*body) == ["i10 一、先關閉電源。\n等五分鐘。", "i10 二、再打開機蓋。"]


@pytest.mark.parametrize(
    "body",
    [
        [paragraph("總則", 1), paragraph("這是本文。"), paragraph("罰則", 1), paragraph("這也是。")],
        [paragraph("只有一點", 1)],
        [paragraph("為本公司之規定。", 3), paragraph("自公布日施行。", 3)],
    ],
    ids=["headings", "one alone", "articles"],
)
def test_what_may_be_more_than_a_point_is_left_to_others(body: list[str]) -> None:
    assert blocks(*body) == []


def test_an_article_is_made_of_its_number() -> None:
    found = extract_docx(
        numbered([paragraph("依下列標準：", 3), paragraph("甲。", 1), paragraph("乙。", 1)], NUMBERING)
    )
    assert found.text == "第一條 依下列標準：\n一、甲。\n二、乙。"
    assert [block.kind for block in found.blocks] == [BlockKind.ITEM] * 2


def test_points_are_called_by_what_stands_before_their_colon() -> None:
    found = extract_docx(numbered([paragraph("預算：三萬", 1), paragraph("自 20:30 起", 1)], NUMBERING))
    assert [(block.name, block.marker) for block in found.blocks] == [("預算", "一、"), ("", "二、")]


def test_a_point_of_several_lines_is_one_block() -> None:
    assert blocks(paragraph("甲\n乙", 1), paragraph("丙", 1)) == ["i10 一、甲\n乙", "i10 二、丙"]


@pytest.mark.parametrize(
    ("stated", "sign"),
    [("", "•"), ("\uf0a7", "▪"), ("\uf0b7", "•"), ("\uf001", "•"), ("o", "○"), ("n", "■"), ("※", "※"), ("→→→→", "→→→")],
)
def test_bullets_are_what_they_look_like(stated: str, sign: str) -> None:
    assert bullet_sign(stated) == sign


@pytest.mark.parametrize(
    ("marker", "before"), [("1.", "1. "), ("一、", "一、"), ("（一）", "（一）"), ("第一條", "第一條 ")]
)
def test_wide_marks_need_no_space(marker: str, before: str) -> None:
    assert parted(marker) == before


def test_ten_thousand_points_are_settled_in_a_moment() -> None:
    body = [paragraph("字。", 1 + number % 2) for number in range(10_000)]
    assert len(blocks(*body)) == 9_999
