"""Merged cells of sheets: what they cover, and names of columns in two rows."""

import pytest

from yinju.reading.forms import COVERED
from yinju.reading.sheets.merged import WIDEST, Area, Rows, column_number, cover, fill_down, join_heads


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384), ("b", 2)])
def test_columns_are_counted_in_letters(letters: str, number: int) -> None:
    assert column_number(letters) == number


@pytest.mark.parametrize("letters", ["", "A1", "ABCD", "甲"])
def test_what_is_no_column_is_an_error(letters: str) -> None:
    with pytest.raises(ValueError, match="no column"):
        column_number(letters)


def test_areas_are_read_as_they_are_stated() -> None:
    assert Area.read("B2:AA5") == (2, 5, 2, 27)
    assert Area.read("") is Area.read("B2") is Area.read("#REF!") is None


def test_a_text_holds_for_the_rows_below_that_hold_others() -> None:
    rows: Rows = {1: ["甲", "一"], 2: ["", "二"], 3: [], 4: ["", "三"], 5: ["", "四"]}
    fill_down(rows, [Area(1, 4, 1, 1)])
    assert rows == {1: ["甲", "一"], 2: ["甲", "二"], 3: [], 4: ["甲", "三"], 5: ["", "四"]}


def test_a_text_in_a_later_column_is_put_behind_empty_cells() -> None:
    rows: Rows = {1: ["甲", "", "丙"], 2: ["乙"]}
    fill_down(rows, [Area(1, 2, 3, 3)])
    assert rows[2] == ["乙", "", "丙"]


def test_a_merged_cell_of_nothing_changes_nothing() -> None:
    rows: Rows = {1: ["甲"], 2: ["乙"], 7: ["丙"]}
    fill_down(rows, [Area(1, 9, 5, 5), Area(3, 4, 1, 1)])
    assert rows == {1: ["甲"], 2: ["乙"], 7: ["丙"]}


def test_two_rows_of_heads_become_one() -> None:
    rows: Rows = {3: ["項目", "金額"], 4: ["項目", "收入", "支出"], 5: ["房租", "0", "9"]}
    join_heads(rows, [Area(3, 4, 1, 1), Area(3, 3, 2, 3)])
    assert rows == {4: ["項目", "金額 收入", "金額 支出"], 5: ["房租", "0", "9"]}


@pytest.mark.parametrize("areas", [[Area(3, 3, 2, 3)], [Area(3, 4, 1, 1)], [Area(1, 2, 1, 1), Area(1, 1, 2, 3)]])
def test_rows_that_are_not_merged_both_ways_stay_two(areas: list[Area]) -> None:
    rows: Rows = {3: ["項目", "金額"], 4: ["項目", "收入", "支出"]}
    join_heads(rows, areas)
    assert rows == {3: ["項目", "金額"], 4: ["項目", "收入", "支出"]}


def test_heads_go_no_further_than_the_columns_below() -> None:
    rows: Rows = {1: ["項目", "金額"], 2: ["項目", "收入"]}
    join_heads(rows, [Area(1, 2, 1, 1), Area(1, 1, 2, 16_384)])
    assert rows == {2: ["項目", "金額 收入"]}


def test_three_rows_of_heads_become_one() -> None:
    rows: Rows = {
        **{1: ["項目", "收支", "", "", ""], 2: ["項目", "收入", "", "支出", ""]},
        **{3: ["項目", "現金", "刷卡", "現金", "刷卡"], 4: ["房租", "0", "1", "2", "3"]},
    }
    areas = [Area(1, 3, 1, 1), Area(1, 1, 2, 5), Area(2, 2, 2, 3), Area(2, 2, 4, 5)]
    assert join_heads(rows, areas) == {3}
    assert rows[3] == ["項目", "收支 收入 現金", "收支 收入 刷卡", "收支 支出 現金", "收支 支出 刷卡"]
    assert [*rows] == [3, 4]


@pytest.mark.parametrize(("third", "joined"), [("1", {2}), ("字", set())])
def test_wide_names_alone_are_heads_above_names_above_numbers(third: str, joined: set[int]) -> None:
    rows: Rows = {1: ["", "收入", "", "支出"], 2: ["月份", "現金", "刷卡", "現金", "刷卡"], 3: ["一月", third, third]}
    assert join_heads(rows, [Area(1, 1, 2, 3), Area(1, 1, 4, 5)]) == joined
    assert len(rows) == 3 - len(joined)


def test_rows_said_to_be_heads_are_joined_whatever_is_merged() -> None:
    rows: Rows = {1: ["甲", "乙"], 2: ["1", "乙"], 3: ["丙", "丁"]}
    assert join_heads(rows, [], 2) == {2}
    assert rows == {2: ["甲 1", "乙"], 3: ["丙", "丁"]}


def test_merged_values_are_no_heads() -> None:
    rows: Rows = {1: ["甲", "5", ""], 2: ["甲", "6", "7"]}
    assert join_heads(rows, [Area(1, 2, 1, 1), Area(1, 1, 2, 3)]) == set()


def test_cells_that_others_are_merged_over_are_marked() -> None:
    rows: Rows = {1: ["甲"], 2: ["乙", "", "丙"], 3: []}
    cover(rows, [Area(1, 1, 1, 3), Area(2, 3, 1, 2), Area(9, 9, 1, 2), Area(1, 1_000_000, 1, 2)])
    assert rows == {1: ["甲", "", ""], 2: ["乙", "", "丙"], 3: []}
    assert [cell is COVERED for cell in (*rows[1], *rows[2])] == [False, True, True, False, True, False]


def test_marking_ends_with_what_a_sheet_can_have() -> None:
    rows: Rows = {number: ["甲"] for number in range(1, 3_000)}
    cover(rows, [Area(number, number, 1, 16_384) for number in rows])
    assert max(map(len, rows.values())) == WIDEST + 1
    assert rows[2_999] == ["甲"]
