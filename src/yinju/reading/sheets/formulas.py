"""The text of a formula and the values of the cells it names → the number that it comes to.

Sums, products, means, counts, the highest and the lowest; a formula that holds anything else comes to nothing.
"""

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from yinju.reading.sheets.merged import column_number

LONGEST = 2_000
"""Characters of a formula."""
LAST_ROW = 1_048_576


class Range(NamedTuple):
    """The cells of an area of a sheet; rows and columns are counted from 1."""

    sheet: str
    top: int
    bottom: int
    left: int
    right: int

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def places(self) -> Iterator[tuple[int, int]]:
        """The row and column of each of its cells."""
        return (
            (row, column) for row in range(self.top, self.bottom + 1) for column in range(self.left, self.right + 1)
        )


Value = float | str | None
"""A number, some text, or nothing in an empty cell."""
Token = str | float | Range
Cells = Callable[[Range], Iterator[Value]]

_TOKEN = re.compile(
    r"\s*(?:(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^\W\d][\w.]*))!)?"
    r"(?:\$?(?P<left>[A-Za-z]{1,3})\$?(?P<top>\d{1,7})(?::\$?(?P<right>[A-Za-z]{1,3})\$?(?P<bottom>\d{1,7}))?"
    r"|\$?(?P<first>[A-Za-z]{1,3}):\$?(?P<last>[A-Za-z]{1,3}))(?![\w(!])"
    r"|(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<function>[A-Za-z][A-Za-z0-9.]*)\("
    r"|(?P<sign>[-+*/^%(),]))"
)
_RELATIVE = re.compile(r"('(?:[^']|'')*'!|\"[^\"]*\")|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(!])")
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3, "negate": 4, "%": 5}
_BINARY: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": math.pow,
}  # fmt: skip
_OF_NUMBERS: Mapping[str, Callable[[list[float]], float]] = {
    "SUM(": math.fsum,
    "PRODUCT(": lambda numbers: math.prod(numbers) if numbers else 0.0,
    "AVERAGE(": fmean,
    "COUNT(": lambda numbers: float(len(numbers)),
    "MAX(": lambda numbers: max(numbers, default=0.0),
    "MIN(": lambda numbers: min(numbers, default=0.0),
}
_OF_ONE: Mapping[str, Callable[[float], float]] = {"ABS(": abs, "INT(": math.floor, "(": lambda number: number}


class NotWorkedOut(Exception):
    """A formula does not come to a number here."""


def tokens_of(formula: str, sheet: str) -> list[Token]:
    """The parts of a formula on a sheet; none where it holds anything that is not known."""
    tokens: list[Token] = []
    position, end = 0, len(formula.rstrip())
    while position < end:
        match = _TOKEN.match(formula, position)
        if match is None or end > LONGEST:
            return []
        position = match.end()
        if match["number"]:
            tokens.append(float(match["number"]))
        elif match["function"]:
            tokens.append(f"{match['function'].upper()}(")
        elif match["sign"]:
            tokens.append(match["sign"])
        else:
            tokens.append(_range(match, sheet))
    return tokens


def _range(match: re.Match[str], sheet: str) -> Range:
    own = match["quoted"].replace("''", "'") if match["quoted"] else match["sheet"] or sheet
    if match["first"]:
        columns = sorted((column_number(match["first"]), column_number(match["last"])))
        return Range(own, 1, LAST_ROW, *columns)
    columns = sorted((column_number(match["left"]), column_number(match["right"] or match["left"])))
    return Range(own, *sorted((int(match["top"]), int(match["bottom"] or match["top"]))), *columns)


def moved(formula: str, rows: int, columns: int) -> str:
    """A formula as it is so many cells further on: what no $ fixes moves along."""

    def place(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        column = column_number(match[3]) + (0 if match[2] else columns)
        row = int(match[5]) + (0 if match[4] else rows)
        return f"{match[2]}{column_letters(column)}{match[4]}{row}" if column > 0 and row > 0 else "#REF!"

    return _RELATIVE.sub(place, formula)


def column_letters(column: int) -> str:
    """How a column is called: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def evaluate(tokens: Sequence[Token], cells: Cells) -> float:
    """What the parts of a formula come to, `cells` giving the values of an area.

    By two stacks, of operands and of operators, as Dijkstra's shunting yard does.

    Raises:
        NotWorkedOut: where they come to nothing; ArithmeticError and ValueError likewise.
    """
    yard = _Yard(cells)
    begins = True  # whether an operand is to come
    for token in tokens:
        if not isinstance(token, str):
            if not begins:
                raise NotWorkedOut
            yard.operands.append(token)
            begins = False
        elif token.endswith("("):
            if not begins:
                raise NotWorkedOut
            yard.opened.append((token, len(yard.operands)))
        elif begins:
            if token not in ("+", "-"):
                raise NotWorkedOut
            yard.opened += [("negate", 0)] if token == "-" else []
        else:
            yard.take(token)
            begins = token not in (")", "%")
    return yard.result()


class _Yard:
    """What is open while a formula is gone through."""

    def __init__(self, cells: Cells) -> None:
        self.operands: list[float | Range] = []
        self.opened: list[tuple[str, int]] = []
        """Operators, and brackets and functions with how many operands there were before them."""
        self._cells = cells

    def take(self, sign: str) -> None:
        """Go on with a sign behind an operand."""
        if sign == "%":
            self._apply_down_to(_STRENGTH[sign])
            self.operands.append(self._number() / 100)
        elif sign in _BINARY:
            self._apply_down_to(_STRENGTH[sign])
            self.opened.append((sign, 0))
        else:
            self._apply_down_to(0)
            if not self.opened or (sign == "," and self.opened[-1][0] == "("):
                raise NotWorkedOut
            if sign == ")":
                name, before = self.opened.pop()
                self.operands[before:] = [self._called(name, self.operands[before:])]

    def result(self) -> float:
        """The number of the whole."""
        self._apply_down_to(0)
        if self.opened or len(self.operands) != 1:
            raise NotWorkedOut
        return self._number()

    def _apply_down_to(self, strength: int) -> None:
        """Apply the operators at the end that bind as strongly or more."""
        while self.opened and _STRENGTH.get(self.opened[-1][0], -1) >= strength:
            sign, _ = self.opened.pop()
            second = self._number()
            self.operands.append(-second if sign == "negate" else _BINARY[sign](self._number(), second))

    def _number(self) -> float:
        """The last operand taken off, as a number: an empty cell is 0."""
        if not self.operands:
            raise NotWorkedOut
        operand = self.operands.pop()
        return self._one(operand)

    def _one(self, operand: float | Range) -> float:
        if not isinstance(operand, Range):
            return operand
        value = next(self._cells(operand)) if operand.is_single else ""
        if isinstance(value, str):
            raise NotWorkedOut
        return value or 0.0

    def _called(self, name: str, operands: Sequence[float | Range]) -> float:
        if name in _OF_NUMBERS:
            return _OF_NUMBERS[name]([number for operand in operands for number in self._numbers(operand)])
        if name in _OF_ONE and len(operands) == 1:
            return _OF_ONE[name](self._one(operands[0]))
        if name == "ROUND(" and len(operands) == 2:
            return _rounded(*map(self._one, operands))
        if name == "SUMPRODUCT(" and operands:
            columns = [[value if isinstance(value, float) else 0.0 for value in self._cells(operand)]
                       for operand in operands if isinstance(operand, Range)]  # fmt: skip
            if len(columns) == len(operands) and len({*map(len, columns)}) == 1:
                return math.fsum(map(math.prod, zip(*columns, strict=True)))
        raise NotWorkedOut

    def _numbers(self, operand: float | Range) -> Iterator[float]:
        if isinstance(operand, Range):
            yield from (value for value in self._cells(operand) if isinstance(value, float))
        else:
            yield operand


def _rounded(number: float, places: float) -> float:
    """A number to so many places, a half away from zero."""
    scale = 10.0 ** int(places)
    return math.copysign(math.floor(abs(number) * scale + 0.5 + 1e-9), number) / scale
