"""The rows of a sheet and its merged cells → the same rows, each with the words that a reader sees beside it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple, Self

from yinju.reading.table import filled_down

Rows = dict[int, list[str]]
"""The number of a row, from 1 → its cells; in rising order."""

_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


class Area(NamedTuple):
    """A merged cell: its first and last row and column, from 1."""

    top: int
    bottom: int
    left: int
    right: int

    @classmethod
    def read(cls, stated: str) -> Self | None:
        """The area stated as B2:C5, or None where nothing is."""
        found = _AREA.fullmatch(stated)
        return cls(int(found[2]), int(found[4]), column_number(found[1]), column_number(found[3])) if found else None


def column_number(letters: str) -> int:
    """The number of a column from 1: A is 1, AA is 27.

    Raises:
        ValueError: when it is no column's name.
    """
    if not re.fullmatch("[A-Za-z]{1,3}", letters):
        raise ValueError(f"no column {letters}")
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def fill_down(rows: Rows, areas: Sequence[Area]) -> None:
    """Repeat the short texts of cells merged downwards in every row with other text that they cover."""
    begun: dict[int, list[Area]] = defaultdict(list)
    for area in areas:
        if area.bottom > area.top:
            begun[area.top].append(area)
    ends: dict[int, int] = {}
    above: list[str] = []
    for number, row in rows.items():
        covered = [column - 1 for column, end in ends.items() if end >= number] if row else []
        if covered:
            row += [""] * (max(covered) + 1 - len(row))
            row[:] = filled_down(row, above, covered)
        ends |= {area.left: area.bottom for area in begun.get(number, ()) if area.left <= len(row)}
        above = row or above


def join_heads(rows: Rows, areas: Sequence[Area]) -> None:
    """Make one of two rows that name columns together: some names go over both rows, others over several columns.

    項目｜金額, with 收入｜支出 below 金額 and 項目 beside them, is 項目｜金額 收入｜金額 支出.
    """
    tall = {area.top for area in areas if area.bottom == area.top + 1}
    wide: dict[int, list[Area]] = defaultdict(list)
    for area in areas:
        if area.top == area.bottom and area.top in tall:
            wide[area.top].append(area)
    for top, across in wide.items():
        upper, lower = rows.get(top), rows.get(top + 1)
        if not upper or not lower:
            continue
        for area in across:
            row_end = min(area.right, len(lower))
            upper += [""] * (row_end - len(upper))
            upper[area.left : row_end] = [upper[area.left - 1]] * (row_end - area.left)
        pairs = zip_longest(upper, lower, fillvalue="")
        rows[top + 1] = [above if above == below else f"{above} {below}".strip() for above, below in pairs]
        del rows[top]
