"""What formulas come to, worked by hand, and which come to nothing."""

from collections.abc import Iterator

import pytest

from yinju.reading.sheets.formulas import NotWorkedOut, Range, Value, column_letters, evaluate, moved, tokens_of
from yinju.reading.sheets.recalculation import Recalculation, SheetValues

CELLS: dict[tuple[int, int], Value] = {(1, 1): 2.0, (2, 1): 3.0, (3, 1): 4.5, (1, 2): 10.0, (2, 2): "字", (3, 2): None}


def cells(area: Range) -> Iterator[Value]:
    """A1 to A3 are 2, 3 and 4.5; B1 to B3 are 10, a text and empty."""
    return (CELLS.get(place) for place in area.places())


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        *[("A1+A2*A3", 15.5), ("(A1+A2)*A3", 22.5), ("-A1^2", 4.0), ("2^3^2", 64.0), ("A1-A2-A3", -5.5), ("+A1", 2.0)],
        *[("A3/A2%", 150.0), ("50%*10", 5.0), ("1.5E2 + .5", 150.5), ("$A$1*B3", 0.0), ("--A1", 2.0), ("2*-3", -6.0)],
        *[("SUM(A1:A3)", 9.5), ("sum(A1:B3,100)", 119.5), ("SUM(A1,A2)/2", 2.5), ("SUM(A3:A1)", 9.5)],
        *[("PRODUCT(A1:A3)", 27.0), ("AVERAGE(A1:A2)", 2.5), ("COUNT(A1:B3)", 4.0), ("MAX(A1:B3)", 10.0)],
        *[("MIN(A1:A3)-1", 1.0), ("ROUND(AVERAGE(A1:A3),1)", 3.2), ("ROUND(-2.5,0)", -3.0), ("INT(A3)", 4.0)],
        *[("ABS(A1-A3)", 2.5), ("SUMPRODUCT(A1:A2,A2:A3)", 19.5), ("Sheet!A1*2", 4.0), ("'一 月'!A1", 2.0)],
    ],
)
def test_formulas_come_to_numbers(formula: str, result: float) -> None:
    assert evaluate(tokens_of(formula, "表"), cells) == pytest.approx(result)


@pytest.mark.parametrize(
    "formula",
    [
        *["", "IF(A1>0,1,0)", '"字"', "A1&A2", "B2+1", "A1:A3", "A1:A3+1", "SUM(A1:A3", "A1)", "1 2", "A1+", "*A1"],
        *["SUM(,)", "SUM()+", "(1,2)", "VLOOKUP(A1,A1:B3,2)", "#REF!", "A1/B3", "AVERAGE(B2:B3)", "SUM(A1:A3)(A1)"],
        *["SUMPRODUCT(A1:A2,A1:A3)", "SUMPRODUCT(2,3)", "ROUND(A1)", "1+" * 1_000 + "1", "(" * 900, "-" * 900],
    ],
)
def test_other_formulas_come_to_nothing(formula: str) -> None:
    with pytest.raises((NotWorkedOut, ArithmeticError, ValueError)):
        evaluate(tokens_of(formula, "表"), cells)


@pytest.mark.parametrize(
    ("formula", "there"),
    [("A1+$B$2*C$3", "B3+$B$2*D$3"), ("SUM(A1:A3)", "SUM(B3:B5)"), ("LOG10(A1)", "LOG10(B3)"), ("'A1'!A1", "'A1'!B3")],
)
def test_a_shared_formula_moves_with_its_cell(formula: str, there: str) -> None:
    assert moved(formula, 2, 1) == there


def test_columns_are_called_as_people_see_them() -> None:
    assert [column_letters(column) for column in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]


def work(**formulas: str) -> list[float | None]:
    """What formulas in cells of 表 come to, in which A1 is 1 and A2 is 2."""
    values = SheetValues({(1, 1): 1.0, (2, 1): 2.0}, set(), 2, 1)
    own = {("表", int(place[1:]), ord(place[0]) - 64): text for place, text in formulas.items()}
    return [*map(Recalculation(own, {"表": values}.get).result, own)]


def test_formulas_rest_on_each_other() -> None:
    assert work(B1="B2*2", B2="A1+A2", B3="SUM(B1:B2)") == [6.0, 3.0, 9.0]


@pytest.mark.parametrize(
    "formulas",
    [{"B1": "B1"}, {"B1": "B2", "B2": "B1"}, {"B1": "SUM(B:B)"}, {"B1": "IF(1)", "B2": "B1+1"}, {"B1": "無!A1"}],
)
def test_a_circle_and_what_rests_on_nothing_come_to_nothing(formulas: dict[str, str]) -> None:
    assert work(**formulas) == [None] * len(formulas)


def test_a_long_chain_needs_no_recursion() -> None:
    own = {("表", row, 1): f"A{row + 1}+1" for row in range(1, 20_000)} | {("表", 20_000, 1): "1"}
    assert Recalculation(own, lambda _: SheetValues()).result(("表", 1, 1)) == 20_000


def test_work_without_end_is_given_up() -> None:
    own = {("表", row, 2): f"SUM(A$1:A$1048576)+{row}" for row in range(1, 2_000)}
    values = SheetValues({}, set(), 1_048_576, 1)
    work = Recalculation(own, lambda _: values)
    assert [*map(work.result, own)][-1] is None
