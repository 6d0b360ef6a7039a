"""The rows of a sheet and its merged cells → the same rows, each with the words that a reader sees beside it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from yinju.reading.field_names import NUMBER, PERIOD
from yinju.reading.forms import COVERED
from yinju.reading.table import filled_down

Rows = dict[int, list[str]]
"""The number of a row, from 1 → its cells; in rising order."""

MOST_HEAD_ROWS = 5
"""Rows that name columns together."""
WIDEST = 200
"""Columns of a cell that others are marked as covered by."""
MOST_COVERED = 1_000_000
"""Cells of a sheet that are so marked."""

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


def join_heads(rows: Rows, areas: Sequence[Area], stated: int = 0) -> set[int]:
    """Make one row of several that name columns together, and return the numbers of the rows made so.

    項目｜金額, with 收入｜支出 below 金額 and 項目 beside them, is 項目｜金額 收入｜金額 支出. `stated` is how
    many of the first rows the format says are heads.
    """
    by_top: dict[int, list[Area]] = defaultdict(list)
    for area in areas:
        if area.bottom - area.top < MOST_HEAD_ROWS:
            by_top[area.top].append(area)
    joined = set()
    for top in sorted({*by_top, *([next(iter(rows))] if stated > 1 and rows else [])}):
        if top not in rows:
            continue
        bottom = _last_head_row(rows, by_top, top, stated if top == next(iter(rows)) else 0)
        if bottom > top and all(number in rows for number in range(top, bottom + 1)):
            _join(rows, by_top, top, bottom)
            joined.add(bottom)
    return joined


def _last_head_row(rows: Rows, by_top: Mapping[int, Sequence[Area]], top: int, stated: int) -> int:
    """The last of the rows that name columns together with the one at `top`; `top` itself where it stands alone."""
    tall = {area.bottom for area in by_top.get(top, ()) if area.bottom > top}
    bottom = top + stated - 1 if stated > 1 else max(tall, default=top)
    wide = [area for number in range(top, bottom + 1) for area in by_top.get(number, ()) if area.right > area.left]
    if stated > 1:
        return bottom
    if tall:
        below = any(area.bottom < bottom for area in wide)
        return (
            bottom if below and not any(_has_number(rows.get(number, [])) for number in range(top, bottom + 1)) else top
        )
    return top + 1 if wide and _is_divided(rows, wide, top) else top


def _is_divided(rows: Rows, wide: Sequence[Area], top: int) -> bool:
    """Whether a row of wide cells, and nothing else, stands above names of their parts, and numbers below those."""
    upper, lower, third = (rows.get(number, []) for number in (top, top + 1, top + 2))
    covered = {place for area in wide for place in range(area.left - 1, min(area.right, len(lower)))}
    if len(wide) < 2 or any(cell for place, cell in enumerate(upper) if place not in covered and place > 0):
        return False
    below = [lower[place] for place in sorted(covered)]
    return bool(below) and all(below) and not _has_number(lower) and _has_number(third)


def _has_number(row: Sequence[str]) -> bool:
    return any(NUMBER.fullmatch(cell) for cell in row if not PERIOD.fullmatch(cell))


def _join(rows: Rows, by_top: Mapping[int, Sequence[Area]], top: int, bottom: int) -> None:
    """Put what the cells of several rows say of a column into the last of them."""
    width = max(len(rows[number]) for number in range(top, bottom + 1))
    names: list[list[str]] = [[] for _ in range(width)]
    for number in range(top, bottom + 1):
        row = rows[number] + [""] * (width - len(rows[number]))
        for area in by_top.get(number, ()):
            if area.left <= width:
                end = min(area.right, width)
                row[area.left : end] = [row[area.left - 1]] * (end - area.left)
        for name, cell in zip(names, row, strict=True):
            name += [cell] if cell and cell not in name else []
        if number < bottom:
            del rows[number]
    rows[bottom] = [" ".join(name) for name in names]


def cover(rows: Rows, areas: Iterable[Area]) -> None:
    """Mark the cells that wide ones are merged over, so that they are no empty ones."""
    left = MOST_COVERED
    for area in areas:
        if area.right == area.left or area.bottom - area.top > MOST_HEAD_ROWS:
            continue
        for number in range(area.top, area.bottom + 1):
            row = rows.get(number)
            if row and len(row) >= area.left:
                row += [""] * (min(area.right, area.left + WIDEST) - len(row))
                for place in range(area.left, min(area.right, area.left + WIDEST, len(row))):
                    row[place] = row[place] or COVERED
                left -= area.right - area.left
        if left < 0:
            return
