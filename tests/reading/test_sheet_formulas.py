"""Formulas of workbooks that keep no value: worked out, or told in the report; forms and heads of sheets."""

import re
from typing import Any

import pytest
from tests.reading.edited_archives import as_strict, edited
from tests.reading.test_sheets import ROWS, SHEET, book, saved, text_of

from yinju.reading import read_document
from yinju.reasons import say
from yinju.types import BlockKind, FileState

BILL = [
    ("項目", "單價", "數量", "小計"),
    ("甲", 10.5, 3, "=B2*C2"),
    ("乙", 20, 2, "=B3*C3"),
    ("合計", None, None, "=SUM(D2:D3)"),
]


def warned(data: bytes) -> list[str]:
    """The cells that a report names as without a value."""
    reasons = read_document(data, "a.xlsx").reasons
    return [str(cell) for reason in reasons for cell in reason.facts["cells"]]  # type: ignore[union-attr]


def test_sums_and_products_are_worked_out() -> None:
    assert text_of(saved(book(a=BILL))).split("\n") == [
        *("項目｜單價｜數量｜小計", "項目：甲｜單價：10.5｜數量：3｜小計：31.5"),
        *("項目：乙｜單價：20｜數量：2｜小計：40", "項目：合計｜小計：71.5"),
    ]
    assert read_document(saved(book(a=BILL)), "a.xlsx").state is FileState.INDEXED


def test_what_is_worked_out_is_shown_by_its_pattern() -> None:
    made = book(a=[("率", "=1/8"), ("日", "=46000+1")])
    made.active["B1"].number_format, made.active["B2"].number_format = "0.0%", "yyyy/m/d"
    assert text_of(saved(made)) == "率｜12.5%\n日｜2025-12-10"


def test_formulas_rest_on_other_sheets_hidden_ones_too() -> None:
    made = book(看=[("合計", "=SUM('藏 著'!A1:A2)+二!A1")], 二=[("=1+1",)])
    hidden = made.create_sheet("藏 著")
    hidden.append([3])
    hidden.append([4])
    hidden.sheet_state = "hidden"
    assert text_of(saved(made)).split("\n")[1] == "合計｜9"


@pytest.mark.parametrize(
    ("formula", "cells"),
    [("=IF(A1>0,1,0)", ["B1"]), ("=B1", ["B1"]), ("=SUM(無!A1)", ["B1"]), ('=A1&"字"', ["B1"]), ("=1/0", ["B1"])],
)
def test_what_cannot_be_worked_out_is_named(formula: str, cells: list[str]) -> None:
    data = saved(book(a=[("值", formula)]))
    assert (warned(data), text_of(data)) == (cells, "值")
    assert read_document(data, "a.xlsx").state is FileState.WARNED


def test_what_rests_on_a_hidden_formula_without_a_value_is_named() -> None:
    made = book(看=[("值", "=藏!A1+1")], 藏=[("=1+1",)])
    made["藏"].sheet_state = "hidden"
    assert warned(saved(made)) == ["B1"]


def test_many_are_named_by_the_first_and_counted() -> None:
    data = saved(book(一=[("值", "=IF(1,2,3)")] * 12, 二=[("值",)]))
    assert warned(data) == [*(f"一!B{row}" for row in range(1, 11)), "…"]
    (reason,) = read_document(data, "a.xlsx").reasons
    assert say(reason).startswith("有 12 個公式沒有存下計算結果，這裡也算不出來：一!B1、一!B2、")
    assert "12 formulas" in say(reason, "en")


@pytest.mark.parametrize(("calculated", "shown"), [(b"0", "值｜0"), (b"1", "值｜5")])
def test_a_nought_beside_a_formula_is_believed_where_formulas_were_worked_out(calculated: bytes, shown: str) -> None:
    value, state = re.compile(rb"<v ?/>|<v></v>"), re.compile(rb'fullCalcOnLoad="1"')
    data = edited(saved(book(a=[("值", "=2+3")])), lambda xml: value.sub(b"<v>0</v>", xml), SHEET)
    data = edited(data, lambda xml: state.sub(b'fullCalcOnLoad="%s"' % calculated, xml), "xl/workbook.xml")
    assert text_of(data) == shown


def test_a_formula_that_came_to_no_text_has_its_value() -> None:
    cell = b'<row r="9"><c r="A9" t="str"><f>IF(1,"","")</f><v></v></c></row></sheetData>'
    data = edited(saved(book(a=ROWS)), lambda xml: xml.replace(b"</sheetData>", cell), SHEET)
    assert warned(data) == []


def test_a_formula_shared_by_cells_moves_with_them() -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><f t="shared" si="0"%s</c></row>'
        % (row, row, row, row, b' ref="B1:B3">A1*2</f>' if row == 1 else b"/>")
        for row in (1, 2, 3)
    )
    whole = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
    data = edited(saved(book(a=ROWS)), lambda xml: whole.sub(b"<sheetData>%s</sheetData>" % rows, xml), SHEET)
    assert text_of(data) == "1｜2\n2｜4\n3｜6"


def test_strict_open_xml_is_read_like_any_other() -> None:
    assert text_of(as_strict(saved(book(a=ROWS)))) == text_of(saved(book(a=ROWS)))


def test_names_in_three_rows_name_their_columns_together() -> None:
    heads: list[tuple[Any, ...]] = [
        ("項目", "收支", None, None),
        (None, "收入", None, "支出"),
        (None, "現金", "刷卡", "現金"),
    ]
    made = book(a=[*heads, ("房租", 0, 1, 9)])
    for cells in ("A1:A3", "B1:D1", "B2:C2"):
        made.active.merge_cells(cells)
    assert text_of(saved(made)).split("\n") == [
        "項目｜收支 收入 現金｜收支 收入 刷卡｜收支 支出 現金",
        "項目：房租｜收支 收入 現金：0｜收支 收入 刷卡：1｜收支 支出 現金：9",
    ]


def test_a_form_is_a_record() -> None:
    document = read_document(
        saved(book(a=[("姓名", "張小華", "性別", "女"), ("部門", "財務", "電話", 8123)])), "a.xlsx"
    )
    assert document.text.split("\n") == ["姓名：張小華", "性別：女", "部門：財務", "電話：8123"]
    assert {(block.kind, block.record) for block in document.blocks} == {(BlockKind.FIELD, "張小華")}


def test_a_sheet_without_heads_keeps_its_columns() -> None:
    document = read_document(saved(book(a=[("甲組", 3, "晴"), ("乙組", 4, "雨")])), "a.xlsx")
    rows = [block for block in document.blocks if block.kind is BlockKind.ROW]
    assert [(row.heads, row.cells) for row in rows] == [((), (0, 2, 3, 4, 5, 6))] * 2


def test_ten_thousand_running_totals_are_worked_out_in_seconds() -> None:
    rows = [(f"第{row}日", row, f"=C{row - 1}+B{row}" if row > 1 else "=B1") for row in range(1, 10_001)]
    assert text_of(saved(book(a=rows))).endswith("第10000日｜10000｜50005000")
