"""Records: lines of keys and values that belong to one thing."""

import pytest

from yinju.reading.structure import find_structure
from yinju.types import BlockKind


def records(text: str) -> list[tuple[str, list[str]]]:
    """The name of each record and its keys."""
    found: dict[int, tuple[str, list[str]]] = {}
    for block in find_structure(text, (), "text"):
        if block.kind is BlockKind.FIELD:
            name, keys = found.get(block.group, (block.record, []))
            found[block.group] = name, [*keys, block.name]
    return [*found.values()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("品名: 甲\n價格: 3\n\n品名: 乙\n價格: 4", [("甲", ["品名", "價格"]), ("乙", ["品名", "價格"])]),
        ("品名：甲\n單價：3\n產地：台\n品名：乙\n單價：4\n產地：中",
         [("甲", ["品名", "單價", "產地"]), ("乙", ["品名", "單價", "產地"])]),
        ("時間：週三\n地點：三樓\n主持：王", [("", ["時間", "地點", "主持"])]),
        ("類別: 茶\n編號: A1\n\n類別: 茶\n編號: A2", [("A1", ["類別", "編號"]), ("A2", ["類別", "編號"])]),
        ("甲：你好\n乙：你好\n甲：再見\n乙：再見", []),
        ("注意：小心。\n提醒：慢走。", []),
        ("網址 http://a.b\n時刻 10:30", []),
        ("說明文字。\n電話：1\n地址：2\n傳真：3", [("", ["電話", "地址", "傳真"])]),
    ],
)  # fmt: skip
def test_records_are_told(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert records(text) == expected


def test_a_line_without_a_key_goes_on_with_its_record() -> None:
    text = "品名: 甲\n說明: 好喝\n也好看\n價格: 3"
    found = find_structure(text, (), "text")
    assert [text[block.start : block.end] for block in found] == text.split("\n")
    assert len({block.group for block in found}) == 1


def test_keys_that_count_on_are_the_points_of_a_list() -> None:
    text = "會議\n\n決議一：隊費每年 1,200 元。\n決議二：晨騎 05:40 集合。\n決議三：改騎山線。\n"
    points = [block for block in find_structure(text, (), "text") if block.kind is BlockKind.ITEM]
    assert [point.marker for point in points] == ["決議一", "決議二", "決議三"]
    assert len({point.group for point in points}) == 1
    assert not [block for block in find_structure(text, (), "text") if block.record]


def test_keys_that_jump_are_fields() -> None:
    assert not [
        block
        for block in find_structure("甲\n\n樓層一：倉庫\n樓層三：辦公室\n樓層四：餐廳\n", (), "text")
        if block.marker
    ]
