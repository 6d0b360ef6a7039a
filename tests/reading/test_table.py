"""Rows of cells as lines: captions, heads, what is beside them, and numbers as cells show them."""

from collections.abc import Iterable, Iterator, Sequence

import pytest

from yinju.reading.table import filled_down, headed_row, joined_row, looks_like_heads, shown_number, table_blocks

LEAVE = [("假別", "天數", "薪資"), ("事假", "14", "不給"), ("病假", "30", "半薪")]


def lines(rows: Iterable[Sequence[str]], headed: bool | None = None) -> Iterator[str]:
    """The lines of a table, each block of which holds in its cells what the row does."""
    for line, block in table_blocks(rows, headed):
        assert all(line[start:end].strip() == line[start:end] for start, end in block.cell_spans())
        yield line


def test_each_row_stands_beside_its_heads() -> None:
    assert [*lines(LEAVE)] == [
        "假別｜天數｜薪資",
        "假別：事假｜天數：14｜薪資：不給",
        "假別：病假｜天數：30｜薪資：半薪",
    ]


def test_rows_said_to_have_no_heads_are_only_joined() -> None:
    assert [*lines(LEAVE[:2], False)] == ["假別｜天數｜薪資", "事假｜14｜不給"]


def test_rows_said_to_have_heads_have_them_whatever_they_look_like() -> None:
    assert [*lines([("1", "2"), ("甲", "乙")], True)] == ["1｜2", "1：甲｜2：乙"]


def test_blank_rows_and_white_space_are_left_out() -> None:
    assert [*lines([("", " "), ("姓名", "分 \n機 "), ("", ""), ("𠮷田", "12")])] == [
        "姓名｜分 機",
        "姓名：𠮷田｜分 機：12",
    ]


def test_a_table_of_nothing_has_no_lines() -> None:
    assert [*lines([])] == [*lines([("", "")])] == []


def test_a_row_alone_is_joined() -> None:
    assert [*lines([("甲", "", "乙", "")], True)] == ["甲｜｜乙"]


@pytest.mark.parametrize("headed", [None, True])
def test_rows_of_one_cell_above_the_heads_are_captions(headed: bool | None) -> None:
    rows = [("請假天數", "", ""), *LEAVE[:2]]
    assert [*lines(rows, headed)] == ["請假天數", "假別｜天數｜薪資", "假別：事假｜天數：14｜薪資：不給"]


def test_rows_of_a_first_cell_alone_stand_without_a_head() -> None:
    assert [*lines([*LEAVE[:2], ("註：依勞基法。", "", "")])][-1] == "註：依勞基法。"


def test_a_cell_without_a_head_or_equal_to_it_stands_alone() -> None:
    assert headed_row(["甲", "天數", "丙", "丁"], ["", "天數", "薪資"])[0] == "甲｜天數｜薪資：丙｜丁"


def test_only_empty_cells_at_the_end_are_left_out_of_a_joined_row() -> None:
    assert joined_row(["", "甲", "", "乙", ""])[0] == "｜甲｜｜乙"


@pytest.mark.parametrize(
    ("first", "second", "heads"),
    [
        (("姓名", "分機", "部門"), ("王", "12", "財務"), True),
        (("年", "月", "日"), ("2026", "11", "28"), True),
        (("姓名", "分機"), ("王小明", "8123"), True),
        (("姓名", "王小明"), ("部門", "財務"), False),
        (("", "一月", "二月"), ("甲", "3", "4"), True),
        (("項目", "2023", "2024"), ("營收", "100", "200"), True),
        (("項目", "112年度", "113年度"), ("營收", "100", "200"), True),
        (("王", "2023", "財務"), ("李", "2024", "總務"), False),
        (("王", "12", "財務"), ("李", "13", "總務"), False),
        (("甲", "甲", "乙"), ("1", "2", "3"), False),
        (("甲", "", "", "乙"), ("1", "2", "3", "4"), False),
        (("姓名", "電話", ""), ("王", "無", "已離職"), False),
        (("長" * 31, "短", "中"), ("1", "2", "3"), False),
        (("單欄",), ("1",), False),
    ],
)
def test_heads_are_told_from_values(first: tuple[str, ...], second: tuple[str, ...], heads: bool) -> None:
    assert looks_like_heads(first, second) is heads


def test_short_text_of_a_cell_merged_downwards_is_repeated() -> None:
    above = ["病假", "長" * 31, "三"]
    assert filled_down(["", "", "", "四"], above, [0, 1, 3]) == ["病假", "", "", "四"]


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (2.0, "General", "2"),
        (0.1 + 0.2, "General", "0.3"),
        (0.5, "0%", "50%"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (0, "0%", "0%"),
        (85.3333333, "#,##0.00", "85.33"),
        (12.5, "0.00", "12.5"),
        (1234567, "#,##0", "1234567"),
        (0.5, '0.0"%"', "0.5"),
        (-0.001, "0.00", "0"),
        (7, "000", "007"),
        (0.000012, "0.00E+00", "1.2e-05"),
        (10**20, "0", "100000000000000000000"),
        (1e300, "0.00", "1e+300"),
        (1.5, "", "1.5"),
    ],
)
def test_numbers_are_shown_as_in_their_cell(value: float, pattern: str, shown: str) -> None:
    assert shown_number(value, pattern) == shown


@pytest.mark.parametrize(
    ("second", "line"),
    [
        (("部門：", "財務", "電話：", "8123"), "電話：8123"),
        (("趙六", "財務", "女", "8123"), "姓名：趙六｜王五：財務｜性別：女｜男：8123"),
    ],
    ids=["form", "table"],
)
def test_a_form_of_names_beside_values_has_no_heads(second: tuple[str, ...], line: str) -> None:
    assert [*lines([("姓名", "王五", "性別", "男"), second])][-1] == line


def test_field_names_alone_are_heads() -> None:
    assert looks_like_heads(("姓名", "部門", "職稱", "備註"), ("王五", "財務部門", "部門經理", "無備註"))
