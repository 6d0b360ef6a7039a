"""Lines in the order they are read in: columns printed row by row, tables that stay tables, pages printed backward."""

from collections.abc import Sequence

import pytest

from yinju.reading.pdf.lines import Direction, Line, Row
from yinju.reading.pdf.order import in_reading_order


def line(text: str, left: float, bottom: float, direction: Direction = (1, 0)) -> Line:
    return Line(0, text, left, left + 10 * len(text), bottom, 10, 0, direction)


def row(bottom: float, *pieces: tuple[str, float]) -> Row:
    """A printed line with its pieces, each at a distance from the left."""
    lines = [line(text, left, bottom) for text, left in pieces]
    whole = Line(0, " ".join(text for text, _ in pieces), lines[0].left, lines[-1].right, bottom, 10, 0)
    return whole, lines


def words(rows: Sequence[Row]) -> list[str]:
    return [line.text for line in in_reading_order(rows)]


LEFT, RIGHT = "左欄的一行一共十個字的", "右欄的一行一共十個字的"
COLUMNS = [row(100 - 12 * n, (f"{LEFT}{n}", 0), (f"{RIGHT}{n}", 200)) for n in range(4)]


def test_columns_printed_row_by_row_are_read_one_by_one() -> None:
    assert words(COLUMNS) == [*(f"{LEFT}{n}" for n in range(4)), *(f"{RIGHT}{n}" for n in range(4))]


def test_a_line_over_all_columns_parts_them() -> None:
    title, foot = row(120, ("標題寫得很長很長，從左到右一直寫到右欄的上面去", 0)), row(40, ("頁尾" * 15, 0))
    assert words([title, *COLUMNS, foot]) == [title[0].text, *words(COLUMNS), foot[0].text]


def test_a_column_may_end_before_the_other() -> None:
    rest = row(40, ("右欄還有一行", 200))
    assert words([*COLUMNS, rest]) == [*words(COLUMNS), "右欄還有一行"]


@pytest.mark.parametrize(
    "rows",
    [
        COLUMNS[:3],
        [row(100 - 12 * n, ("名稱", 0), (f"說明寫得長一些也還是同一列的{n}", 200)) for n in range(6)],
        [row(100 - 12 * n, (f"{LEFT}{n}", 0), (f"{RIGHT}{n}", 115 + 90 * (n % 2))) for n in range(6)],
    ],
    ids=["few rows", "a table", "gaps that do not stand below each other"],
)
def test_other_rows_stay_whole(rows: Sequence[Row]) -> None:
    assert words(rows) == [whole.text for whole, _ in rows]


def test_a_page_printed_backward_is_turned_and_pieces_of_a_row_are_not() -> None:
    lines = [line("五", 0, 10), line("三", 0, 30), line("四", 12, 30.5), line("二", 0, 50), line("一", 0, 70)]
    assert words([(one, [one]) for one in lines]) == ["一", "二", "三", "四", "五"]


@pytest.mark.parametrize("bottoms", [(50, 30, 10), (10, 30), (10, 50, 30, 5)])
def test_a_page_that_only_jumps_is_not(bottoms: Sequence[float]) -> None:
    lines = [line(str(bottom), 0, bottom) for bottom in bottoms]
    assert words([(one, [one]) for one in lines]) == [str(bottom) for bottom in bottoms]


def test_each_direction_is_turned_by_itself() -> None:
    across = [line(str(bottom), 0, bottom) for bottom in (50, 30, 10)]
    down = [line(str(bottom), 0, bottom, (0, -1)) for bottom in (15, 35, 55)]
    assert words([(one, [one]) for one in across + down]) == ["50", "30", "10", "55", "35", "15"]
