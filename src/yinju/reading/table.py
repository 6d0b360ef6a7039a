"""Rows of cells → lines of text in which every cell stands beside the head of its column.

So a row can be found, read and cited by itself, however far from the head of its table.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, groupby, zip_longest

from yinju.types import TableBody

CELL_MARK = "｜"
HEAD_MARK = "："
LONGEST_HEAD = 30
"""Characters; a longer cell at the top of a column is no name for it."""

FEWEST_ROWS = 3
"""Of a table in plain text, its heads included."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NUMBER = re.compile(r"[+\-−]?(?=[^\d]*\d)[\d.,:/％%年月日時时元$￥¥\s-]+")
_PERIOD = re.compile(r"(?:19|20)\d\d|\d{2,4}\s*年度?|\d{1,2}\s*月份?")
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
"""What a number's pattern holds beside its digits."""
_DECIMALS = re.compile(r"\.([0#?]+)")
_MOST_DECIMALS = 10
_MOST_DIGITS = 15


def table_lines(rows: Iterable[Sequence[str]], headed: bool | None = None) -> Iterator[str]:
    """A line for each row that holds anything: captions, then the heads as 甲｜乙, the others as 甲：一｜乙：二.

    Whether the first row below captions holds the heads is what `headed` says, else what it looks like.
    """
    flat = ([" ".join(cell.split()) for cell in row] for row in rows)
    filled = (row for row in flat if any(row))
    first = next(filled, None)
    while first is not None and _is_caption(first, headed):
        yield "".join(first)
        first = next(filled, None)
    if first is None:
        return
    yield joined(first)
    second = next(filled, None)
    if second is None:
        return
    heads = first if (looks_like_heads(first, second) if headed is None else headed) else []
    for row in chain([second], filled):
        across = len(heads) > 1 and row[0] and not any(row[1:])
        yield row[0] if across else headed_line(row, heads)


def headed_line(row: Sequence[str], heads: Sequence[str]) -> str:
    """A row as one line, each cell that holds anything beside the head of its column where there is one."""
    named = (
        f"{heads[place]}{HEAD_MARK}{cell}" if place < len(heads) and heads[place] and heads[place] != cell else cell
        for place, cell in enumerate(row) if cell
    )  # fmt: skip
    return CELL_MARK.join(named)


def joined(row: Sequence[str]) -> str:
    """A row as one line without heads; empty cells at its end are left out."""
    return CELL_MARK.join(row).rstrip(CELL_MARK)


def looks_like_heads(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a table's first row names its columns: short, different words or periods over a row of values.

    One cell of it may be empty. Two columns are as often names and values from the first row on, so there the second
    must hold a number below words.
    """
    named = [cell for cell in first if cell]
    if len(named) < max(2, len(first) - 1) or len({*named}) < len(named):
        return False
    if any(len(cell) > LONGEST_HEAD or (_NUMBER.fullmatch(cell) and not _PERIOD.fullmatch(cell)) for cell in named):
        return False
    if any(_PERIOD.fullmatch(above) and _PERIOD.fullmatch(below) for above, below in zip(first, second, strict=False)):
        return False
    return len(named) > 2 or not first[0] or (len(second) > 1 and _NUMBER.fullmatch(second[1]) is not None)


def filled_down(row: Sequence[str], above: Sequence[str], continued: Iterable[int]) -> list[str]:
    """The row with the text above it in the places where a cell merged downwards goes on; long text is not repeated."""
    places = {*continued}
    return [
        over if place in places and not cell and len(over) <= LONGEST_HEAD else cell
        for place, (cell, over) in enumerate(zip_longest(row, above[: len(row)], fillvalue=""))
    ]


def shown_number(value: float, pattern: str) -> str:
    """A number as a cell with this pattern shows it: 0.125 is 12.5% by 0.0%; 7 is 007 by 000; 2.0 is 2 by any other."""
    digits = _LITERALS.sub("", pattern.partition(";")[0])
    usual = value == 0 or 10**-_MOST_DIGITS < abs(value) < 10**_MOST_DIGITS
    if not math.isfinite(value) or not usual or "E" in digits:
        return f"{value:.{_MOST_DIGITS}g}" if isinstance(value, float) else str(value)
    number = Decimal(f"{value:.{_MOST_DIGITS}g}") * (100 if "%" in digits else 1)
    stated = _DECIMALS.search(digits)
    if stated or "%" in digits:
        places = min(len(stated[1]), _MOST_DECIMALS) if stated else 0
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if digits.strip("0") == "" and text.isdecimal():
        text = text.zfill(len(digits))
    return ("0" if text == "-0" else text) + ("%" if "%" in digits else "")


def _is_caption(row: Sequence[str], headed: bool | None) -> bool:
    """Whether a row above a table's heads holds one cell only, which in a table said to have heads is its first."""
    return sum(map(bool, row)) == 1 and (not headed or (len(row) > 1 and row[0] != ""))


def find_tables(text: str, between: str) -> tuple[TableBody, ...]:
    """The tables of a plain text, whose cells are parted by a mark: three lines or more of as many cells, under heads.

    A line of dashes below the heads, as in Markdown, belongs to them.
    """
    tables: list[TableBody] = []
    lines = [(match.start(), match.end(), _cells(match.group(), between)) for match in _LINE.finditer(text)]
    for count, group in groupby(lines, lambda line: len(line[2])):
        rows = [row for row in group if not _is_rule(row[2])]
        if count > 1 and len(rows) >= FEWEST_ROWS and looks_like_heads(rows[0][2], rows[1][2]):
            tables.append(TableBody(rows[1][0], rows[-1][1], joined(rows[0][2])))
    return tuple(tables)


def _cells(line: str, between: str) -> list[str]:
    return [" ".join(cell.split()) for cell in line.strip().strip(between).split(between)]


def _is_rule(cells: Sequence[str]) -> bool:
    return all(re.fullmatch(r":?-+:?", cell) for cell in cells)
