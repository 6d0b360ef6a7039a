"""Tables of Word: names of columns in several rows, forms, frames around text."""

from collections.abc import Sequence
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.reading.test_word import saved, with_table

from yinju.reading import read_document
from yinju.types import BlockKind


def lines(document: Any) -> list[str]:  # noqa: ANN401 - the class is not what docx.Document names
    """The lines that are read from a document."""
    return read_document(saved(document), "a.docx").text.split("\n")


def merged(rows: Sequence[tuple[str, ...]], *areas: tuple[int, int, int, int]) -> Any:  # noqa: ANN401
    """A document with a table in which areas, from one row and column to another, are merged."""
    document = with_table(docx.Document(), rows)
    table = document.tables[0]
    for top, left, bottom, right in areas:
        table.cell(top, left).merge(table.cell(bottom, right))
    return document


def test_names_in_two_rows_name_their_columns_together() -> None:
    rows = [("項目", "金額", ""), ("", "收入", "支出"), ("房租", "0", "9"), ("利息", "1", "0")]
    assert lines(merged(rows, (0, 0, 1, 0), (0, 1, 0, 2))) == [
        *(
            "項目｜金額 收入｜金額 支出",
            "項目：房租｜金額 收入：0｜金額 支出：9",
            "項目：利息｜金額 收入：1｜金額 支出：0",
        )
    ]


def test_names_in_three_rows_below_a_caption() -> None:
    rows = [("收支表", "", "", ""), ("項目", "收支", "", ""), ("", "收入", "", "支出"), ("", "現金", "刷卡", "現金"),
            ("房租", "0", "1", "9")]  # fmt: skip
    areas = ((0, 0, 0, 3), (1, 0, 3, 0), (1, 1, 1, 3), (2, 1, 2, 2))
    assert lines(merged(rows, *areas)) == [
        "收支表",
        "項目｜收支 收入 現金｜收支 收入 刷卡｜收支 支出 現金",
        "項目：房租｜收支 收入 現金：0｜收支 收入 刷卡：1｜收支 支出 現金：9",
    ]


def test_rows_repeated_on_every_page_are_heads_together() -> None:
    document = with_table(docx.Document(), [("甲", "乙"), ("子", "丑"), ("丙", "丁")])
    for row in document.tables[0].rows[:2]:
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    assert lines(document) == ["甲 子｜乙 丑", "甲 子：丙｜乙 丑：丁"]


@pytest.mark.parametrize("wide", [True, False])
def test_a_form_has_a_line_for_each_field(wide: bool) -> None:
    rows = [("姓名", "張小華", "性別", "女"), ("到職日", "2019年8月1日", "電話", ""), ("備註", "略", "", "")]
    document = read_document(saved(merged(rows, *([(2, 1, 2, 3)] if wide else []))), "a.docx")
    assert document.text.split("\n") == [
        *("姓名：張小華", "性別：女", "到職日：2019年8月1日", "電話：", "備註：略"),
    ]
    assert {(block.kind, block.record, block.group) for block in document.blocks} == {(BlockKind.FIELD, "張小華", 2)}
    assert [block.name for block in document.blocks] == ["姓名", "性別", "到職日", "電話", "備註"]


def test_a_form_whose_cells_span_several_columns() -> None:
    rows = [("姓　名", "", "張小華", "", "性別", "女"), ("部門", "", "財務", "", "職稱", "經理")]
    areas = [area for row in (0, 1) for area in ((row, 0, row, 1), (row, 2, row, 3))]
    assert lines(merged(rows, *areas)) == ["姓名：張小華", "性別：女", "部門：財務", "職稱：經理"]


def test_a_table_of_one_column_frames_its_text() -> None:
    document = with_table(docx.Document(), [("甲",), ("",)])
    cell = document.tables[0].cell(1, 0)
    cell.add_paragraph("一、乙")
    inner = cell.add_table(2, 3)
    for place, words in enumerate(("假別", "天數", "薪資", "事假", "14", "不給")):
        inner.cell(place // 3, place % 3).text = words
    assert lines(document) == ["甲", "一、乙", "假別｜天數｜薪資", "假別：事假｜天數：14｜薪資：不給"]
