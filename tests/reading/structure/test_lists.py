"""Lists among lines: by bullets, numbers, turns of phrase, or the number that their lead-in announces."""

import pytest

from yinju.reading.structure import find_structure
from yinju.types import BlockKind


def lists_of(text: str) -> list[tuple[str, list[str]]]:
    """The lead-in and the points of each list, in order."""
    found: dict[int, tuple[str, list[str]]] = {}
    for block in find_structure(text, (), "markdown"):
        words = text[block.start : block.end]
        lead, points = found.get(block.group, ("", []))
        if block.kind is BlockKind.ITEM:
            found[block.group] = lead, [*points, words]
        elif block.kind is BlockKind.PARAGRAPH and block.group:
            found[block.group] = words, points
    return [*found.values()]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["先備料：", "- 麵粉", "- 水", "- 鹽", "放一晚。"], [(0, (1, 2, 3))]),
        (["1. 揉麵。", "2. 發酵。", "3. 烘烤。"], [(None, (0, 1, 2))]),
        (["一共分三步：", "揉麵；", "發酵；", "烘烤。", "吃的時候要小心。"], [(0, (1, 2, 3))]),
        (["要注意：", "別太燙；", "別太久；", "別加糖。", "其他隨意。"], [(0, (1, 2, 3))]),
        (["首先量水溫。", "其次洗杯子。", "最後倒茶。", "茶要趁熱喝。"], [(None, (0, 1, 2))]),
        (["（一）買。", "（二）賣。", "收攤。"], [(None, (0, 1))]),
        (["分兩類：", "只有這一行。"], []),
        (["他說：", "你好。", "再見。"], []),
        (["- 只有一點。", "沒有了。"], []),
        (["3.5 公里外有站牌。", "2.5 公里外沒有。"], []),
        (["步驟如下：", "1. 填表。", "2. 匯款。", "- 郵局。", "- 網銀。", "3. 報到。"], [(0, (1, 2, 3, 4, 5))]),
        (["1. 合併。", "2. 夜送。", "1. 換車。", "2. 抽檢。"], [(None, (0, 1)), (None, (2, 3))]),
        (["至少要五個人，崗位如下：", "簽到", "帶位", "收尾"], [(0, (1, 2, 3))]),
        (["計畫如下：", "預算：三萬。", "人力：三個。", "同一時間，照常營業。"], [(0, (1, 2))]),
        (["計畫如下：", "預算三萬。", "人力三個。", "目標一百。"], [(0, (1, 2, 3))]),
        (["-18℃：冷凍。", "-5℃：冷藏。"], []),
        (["● 甲。", "● 乙。"], [(None, (0, 1))]),
        (["① 甲。", "② 乙。", "① 丙。"], [(None, (0, 1))]),
        (["材料：", "", "１．麵粉", "", "２．水"], [(0, (2, 4))]),
        (["優點有兩個：", "便宜。", "又快。", "下一段。"], [(0, (1, 2))]),
        (["優點有五個：", "便宜。", "又快。", "下一段。"], []),
        (["(a) 甲", "(b) 乙"], [(None, (0, 1))]),
        ([], []),
    ],
)
def test_lists_are_found_whole(lines: list[str], expected: list[tuple[int | None, tuple[int, ...]]]) -> None:
    wanted = [("" if lead is None else lines[lead], [lines[n] for n in points]) for lead, points in expected]
    assert lists_of("\n".join(lines)) == wanted


def test_turns_of_phrase_hold_what_explains_them() -> None:
    assert lists_of("可以分兩步：第一，看人。這最難。第二，看事。完了。") == [
        ("可以分兩步：", ["第一，看人。這最難。", "第二，看事。"])
    ]


def test_marks_within_a_line_stay_in_their_point() -> None:
    text = "申請文件：\n1. 身分證。\n2. 證明：①在職；②收入。\n3. 照片兩張。"
    assert lists_of(text) == [("申請文件：", ["1. 身分證。", "2. 證明：①在職；②收入。", "3. 照片兩張。"])]


def test_points_within_points_are_one_level_deeper() -> None:
    text = "- 甲\n  - 子\n  - 丑\n- 乙\n\n一、壹\n（一）細\n（二）目\n二、貳"
    levels = [block.level for block in find_structure(text, (), "markdown") if block.kind is BlockKind.ITEM]
    assert levels == [0, 1, 1, 0, 0, 1, 1, 0]


def test_a_line_set_in_further_goes_on_with_its_point() -> None:
    assert lists_of("- 甲\n  解釋。\n- 乙\n後文。") == [("", ["- 甲\n  解釋。", "- 乙"])]


def test_a_point_knows_its_mark_and_its_label() -> None:
    found = find_structure("1. **預算**：三萬\n2. 人力：三個", (), "markdown")
    assert [(block.marker, block.name) for block in found] == [("1.", "預算"), ("2.", "人力")]
