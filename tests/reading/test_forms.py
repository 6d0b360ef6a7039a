"""Forms and glossaries: told from tables of columns by all their first rows, and parted into records."""

from collections.abc import Sequence

import pytest

from yinju.reading.extract import TextBuilder
from yinju.reading.field_names import bare_name, can_be_name, is_name, name_two_columns, naming_value
from yinju.reading.forms import COVERED, SAMPLE_ROWS, Layout, form_rows
from yinju.reading.table import table_blocks
from yinju.types import BlockKind

Rows = Sequence[Sequence[str]]
PERSON = [("姓名", "張小華", "性別", "女"), ("出生日期", "", "到職日", "2019年8月1日")]
SIX = [("姓名", "王五", "性別", "男", "年齡", "35"), ("部門", "財務", "職稱", "", "分機", "8123")]
SPREAD = [
    ("姓　　名", COVERED, "張小華", COVERED, "性 別：", "女"),
    ("地址", COVERED, "台北", COVERED, COVERED, COVERED),
]
DEVICE = [("型號", "XK-210"), ("額定功率", "5 kW"), ("重量", "12kg"), ("外形", "200x300")]
TERMS = [("召回", "從索引取出候選段落的一步"), ("重排", "把候選段落依相關程度重新排序"), ("引用", "答案所標的出處位置")]
STAFF = [("姓名", "部門", "職稱", "電話"), ("張三", "財務部", "經理", "8123"), ("李四", "業務部", "專員", "8124")]


def fields(rows: Rows, headed: bool | None = None) -> list[str]:
    """The record and the line of each field of a table."""
    found = table_blocks(rows, headed)
    return [f"{block.record}|{line}" for line, block in found if block.kind is BlockKind.FIELD]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (PERSON, ["張小華|姓名：張小華", "張小華|性別：女", "張小華|出生日期：", "張小華|到職日：2019年8月1日"]),
        (
            SIX,
            ["王五|姓名：王五", "王五|性別：男", "王五|年齡：35", "王五|部門：財務", "王五|職稱：", "王五|分機：8123"],
        ),
        (SPREAD, ["張小華|姓名：張小華", "張小華|性別：女", "張小華|地址：台北"]),
        (DEVICE, ["XK-210|型號：XK-210", "XK-210|額定功率：5 kW", "XK-210|重量：12kg", "XK-210|外形：200x300"]),
        ([("聯絡人", "姓名", "王五", "電話", "1"), ("", "信箱", "a@b", "手機", "2")],
         ["王五|姓名：王五", "王五|電話：1", "王五|信箱：a@b", "王五|手機：2"]),
        (TERMS, [f"{name}|{name}：{text}" for name, text in TERMS]),
    ],
    ids=["four columns", "six columns", "spread out", "two columns", "a label beside rows", "glossary"],
)  # fmt: skip
def test_each_label_stands_beside_its_value(rows: Rows, told: list[str]) -> None:
    assert fields(rows) == told


@pytest.mark.parametrize(
    "rows",
    [
        STAFF,
        STAFF[:2],
        [("術語", "解釋"), *TERMS],
        [("年資", "天數"), ("一年以上", "七天"), ("兩年以上", "十天")],
        [("事假", "14"), ("病假", "30")],
        [("事假", "十四天"), ("病假", "三十天")],
        [("甲", "乙", "丙", "丁"), ("戊", "己", "庚", "辛")],
        [("主題", "會議記錄")],
        [("一月", "100", "二月", "200"), ("三月", "1", "四月", "2")],
    ],
)
def test_a_table_of_columns_is_no_form(rows: Rows) -> None:
    assert form_rows(rows) == (None, 0)


def test_a_place_for_a_photograph_is_a_field_without_a_value() -> None:
    rows = [
        ("姓名", "李明", "性別", "男", "照片"),
        ("出生年月", "1990", "民族", "漢", "照片"),
        ("學歷", "碩士", "電話", "1", ""),
    ]
    assert [line.partition("|")[2] for line in fields(rows)] == [
        *("姓名：李明", "性別：男", "照片：", "出生年月：1990", "民族：漢", "學歷：碩士", "電話：1")
    ]


def test_cells_over_several_columns_have_no_head() -> None:
    rows = [("序號", "品名", "金額"), ("1", "螢幕", "60"), ("合計", COVERED, "60"), ("審批意見", "同意", COVERED)]
    assert [line for line, _ in table_blocks(rows)][2:] == ["合計｜金額：60", "序號：審批意見｜同意"]


def test_a_head_as_wide_as_the_cells_below_is_theirs() -> None:
    rows = [("時間", "學校", COVERED, "學位"), ("2012", "甲大", COVERED, "學士"), ("2015", "乙大", COVERED, "碩士")]
    assert [line for line, _ in table_blocks(rows)][1] == "時間：2012｜學校：甲大｜學位：學士"


def test_a_table_said_to_have_heads_is_no_form() -> None:
    assert fields(PERSON, True) == []


def test_the_columns_below_a_form_have_their_own_heads() -> None:
    rows = [("申請人", "王五", "部門", "財務部"), ("日期", "2024-1-1", "單號", "A-1"),
            ("品名", "數量", "單價", "金額"), ("螢幕", "2", "30", "60")]  # fmt: skip
    assert [f"{block.kind} {block.group} {line}" for line, block in table_blocks(rows)] == [
        *("field 1 申請人：王五", "field 1 部門：財務部", "field 1 日期：2024-1-1", "field 1 單號：A-1"),
        *("heads 0 品名｜數量｜單價｜金額", "row 0 品名：螢幕｜數量：2｜單價：30｜金額：60"),
    ]


@pytest.mark.parametrize("parted", [True, False])
def test_a_blank_row_or_the_first_label_again_begins_another_record(parted: bool) -> None:
    rows = [
        ("故障代碼", "2099"),
        ("原因", "磨損"),
        *([("", "")] if parted else []),
        ("故障代碼", "2100"),
        ("原因", "過熱"),
    ]
    built = TextBuilder()
    built.add_table(rows)
    assert [(block.record, block.group) for block in built.blocks] == [("2099", 2)] * 2 + [("2100", 3)] * 2


def test_texts_across_a_form_are_its_caption_or_belong_to_its_record() -> None:
    rows = [("基本資料", COVERED, COVERED, COVERED), *PERSON, ("以上屬實。", COVERED, COVERED, COVERED)]
    found = [*table_blocks(rows)]
    assert (found[0][1].kind, found[0][1].group) == (BlockKind.CAPTION, 0)
    assert (found[-1][1].kind, found[-1][1].group, found[-1][1].record) == (BlockKind.PARAGRAPH, 1, "張小華")


def test_a_long_form_goes_on_beyond_the_rows_that_it_is_judged_by() -> None:
    rows = [row for number in range(SAMPLE_ROWS) for row in (("姓名", f"員工{number}"), ("電話", f"{number}"))]
    told = fields(rows)
    assert len(told) == 2 * SAMPLE_ROWS
    assert told[-1] == f"員工{SAMPLE_ROWS - 1}|電話：{SAMPLE_ROWS - 1}"


def test_blank_rows_are_no_form() -> None:
    assert form_rows([]) == form_rows([("", ""), ()]) == (None, 0)
    assert [*table_blocks([("", ""), ()])] == []


def test_layouts_have_their_lengths() -> None:
    assert (form_rows(PERSON), form_rows(TERMS)) == ((Layout.RECORDS, 2), (Layout.GLOSSARY, 3))


@pytest.mark.parametrize(
    ("cell", "could", "does"),
    [
        *[("姓名", True, True), ("緊急聯絡人：", True, True), ("任何事:", True, True), ("金額（元）", True, True)],
        *[("張小華", True, False), ("2019年8月1日", False, False), ("第1日期", True, False), ("8123", False, False)],
        *[("", False, False), ("長" * 31, False, False), ("說明，很長。", False, False), ("※", False, False)],
    ],
)
def test_labels_are_told_from_values(cell: str, could: bool, does: bool) -> None:
    assert (can_be_name(cell), is_name(cell)) == (could, does)


@pytest.mark.parametrize(("cell", "name"), [("姓　名", "姓　名"), ("姓 名：", "姓名"), ("E-mail 信箱", "E-mail 信箱")])
def test_labels_spread_out_are_put_together(cell: str, name: str) -> None:
    assert bare_name(cell) == name


@pytest.mark.parametrize(
    ("first", "names"),
    [(("項目", "說明"), True), (("專有名詞", "定義"), True), (("姓名", "王五"), False), (("項目",), False)],
)
def test_words_that_name_two_columns(first: tuple[str, ...], names: bool) -> None:
    assert name_two_columns(first) is names


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ([("編號", "A-1"), ("姓名", "王五")], "王五"),
        ([("編號", "A-1"), ("專案名稱", "甲案")], "甲案"),
        ([("電話", "1"), ("編號", "A-1")], "A-1"),
        ([("電話", "1")], ""),
        ([("name", "x" * 61), ("id", "7")], "7"),
    ],
)
def test_a_record_is_called_by_its_name_else_its_number(told: list[tuple[str, str]], name: str) -> None:
    assert naming_value(told) == name
