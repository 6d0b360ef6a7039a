"""Headings of plain text: runs of numbered lines, their levels, and the lists that are none."""

import pytest

from yinju.reading import read_document
from yinju.reading.extract import headings_of
from yinju.reading.structure.headings import find_headings
from yinju.reading.text import find_title

Outline = list[tuple[int, str]]


def outline(text: str) -> Outline:
    """The levels and words of the headings found."""
    headings = find_headings(text)
    assert all(text[heading.start : heading.end].strip() == heading.name for heading in headings)
    return [(heading.level, heading.name) for heading in headings]


NESTED = """1. 什麼是社區團購
就是鄰居一起買東西。
2. 團長做哪些事,會不會很累呢,聽說要搬貨,請有經驗的人說明,謝謝大家。
收單、點貨、通知取貨。
3. 怎樣選品
要點一:看季節
夏天賣西瓜。
要點二:看距離
近的新鮮。
結語
選品就是選人。
4. 兩種平台的差別
一、收費不同
前者抽成。
二、服務不同
後者送貨。
5. 還有什麼要注意
收據要留下。"""


def test_markers_nest_in_the_order_of_their_first_appearance() -> None:
    assert outline(NESTED) == [
        (1, "1. 什麼是社區團購"),
        (1, "2. 團長做哪些事,會不會很累呢,聽說要搬貨,請有經驗的人說明,謝謝大家。"),
        (1, "3. 怎樣選品"),
        (2, "要點一:看季節"),
        (2, "要點二:看距離"),
        (2, "結語"),
        (1, "4. 兩種平台的差別"),
        (2, "一、收費不同"),
        (2, "二、服務不同"),
        (1, "5. 還有什麼要注意"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "第一章 總則\n第一節 目的\n為了管理。\n第二節 範圍\n全體同仁。\n第二章　假別\n特休等。\n附錄A 表格\n略",
            [(1, "第一章 總則"), (2, "第一節 目的"), (2, "第二節 範圍"), (1, "第二章　假別"), (1, "附錄A 表格")],
        ),
        (
            "一、申請\n（一）期限\n三天前。\n（二）方式\n線上。\n二、核准\n主管核准",
            [(1, "一、申請"), (2, "（一）期限"), (2, "（二）方式"), (1, "二、核准")],
        ),
        (
            "1. 概述\n文\n1.1 背景\n文\n1.2 目標\n文\n2. 方法\n文",
            [(1, "1. 概述"), (2, "1.1 背景"), (2, "1.2 目標"), (1, "2. 方法")],
        ),
        (
            "問：可以退貨嗎？\n答：七天內可以。\nQ2: 運費誰付？\n買家付。",
            [(1, "問：可以退貨嗎？"), (1, "Q2: 運費誰付？")],
        ),
        ("十九、甲\n文\n二十、乙\n文\n二十一、丙\n文", [(1, "十九、甲"), (1, "二十、乙"), (1, "二十一、丙")]),
    ],
)
def test_every_kind_of_marker(text: str, expected: Outline) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "需要準備：\n1. 身分證\n2. 照片\n3. 印章\n請在週五前交齊。",
        "1. 先打開設定頁面，再按下一步。\n畫面會變。\n2. 輸入密碼，按確定。\n完成。",
        "2024. 年度報告\n文\n3.14 是圓周率\n1.5倍",
        "第三章我們將討論這個問題的由來與發展，請先讀完前兩章。",
        "第一章 總則 ........ 3\n第二章 假別 ........ 8",
        "1. 只有一條\n文",
        "",
    ],
)
def test_lists_sentences_and_contents_are_body(text: str) -> None:
    assert outline(text) == []


def test_a_list_inside_a_numbered_section_does_not_break_the_count() -> None:
    text = "1. 準備\n1. 紙\n2. 筆\n都要自己帶。\n2. 開始\n先寫名字。\n3. 結束\n交卷。"
    assert (1, "2. 開始") in outline(text) and (1, "3. 結束") in outline(text)
    assert not any("筆" in words for _, words in outline(text))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("員工請假辦法\n\n第一章 總則\n文", "員工請假辦法"),
        ("《採購須知》\n採購前先詢價。", "《採購須知》"),
        ("員工請假辦法\n沒有空行就分不清", ""),
        ("這一行是句子。\n\n文", ""),
        ("1. 編號\n\n文", ""),
        ("字" * 41 + "\n\n文", ""),
        ("只有一行\n\n", ""),
        ("", ""),
    ],
)
def test_the_first_line_is_a_title_only_when_it_stands_apart(text: str, title: str) -> None:
    found = find_title(text)
    assert (found.name if found else "") == title


def test_a_title_stands_above_every_heading() -> None:
    document = read_document("請假辦法\n\n第一章 總則\n文\n第二章 假別\n文".encode(), "a.txt")
    assert [heading.level for heading in headings_of(document.blocks)] == [0, 1, 1]
    assert document.title == "請假辦法"
