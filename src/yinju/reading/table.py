"""Rows of cells → lines of text in which every cell stands beside the head of its column.

So a row can be found, read and cited by itself, however far from the head of its table.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import accumulate, chain, islice, zip_longest

from yinju.reading.field_names import NUMBER, PERIOD, is_name, name_two_columns
from yinju.reading.forms import COVERED, SAMPLE_ROWS, Layout, Record, form_rows, records_of
from yinju.types import Block, BlockKind

CELL_MARK = "｜"
HEAD_MARK = "："
LONGEST_HEAD = 30
"""Characters; a longer cell at the top of a column is no name for it."""

FEWEST_ROWS = 3
"""Of a table in plain text, its heads included."""

_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
"""What a number's pattern holds beside its digits."""
_DECIMALS = re.compile(r"\.([0#?]+)")
_MOST_DECIMALS = 10
_MOST_DIGITS = 15


TableLine = tuple[str, Block]
"""A line of text and what it is, its place still to be set."""


def table_blocks(rows: Iterable[Sequence[str]], headed: bool | None = None) -> Iterator[TableLine]:
    """A line for each row that holds anything: captions, then the heads as 甲｜乙, the others as 甲：一｜乙：二.

    Whether the first row below captions holds the heads is what `headed` says, else what it looks like. The fields of a
    form have a line each, 甲：一, and a group for each record, counted from 1; all else has the group 0.
    """
    flat: Iterator[list[str]] = ([cell if cell is COVERED else " ".join(cell.split()) for cell in row] for row in rows)
    if headed is None:
        sample = [*islice(flat, SAMPLE_ROWS)]
        layout, length = form_rows(sample)
        flat = chain(sample[length:], flat)
        if layout:
            formed = chain(sample, flat) if length == len(sample) else sample[:length]
            yield from _form_blocks(records_of(formed, layout), layout)
    yield from _column_blocks((row for row in flat if any(row)), headed)


def _form_blocks(records: Iterable[Record], layout: Layout) -> Iterator[TableLine]:
    """A line for each field of a form; a text before the first is its caption."""
    for number, record in enumerate(records, 1):
        begun = False
        name = record.lines[0][0] if layout is Layout.GLOSSARY else record.name
        for label, value in record.lines:
            begun = begun or bool(label)
            if not begun:
                yield value, Block(BlockKind.CAPTION)
            elif label:
                yield f"{label}{HEAD_MARK}{value}", Block(BlockKind.FIELD, group=number, name=label, record=name)
            else:
                yield value, Block(BlockKind.PARAGRAPH, group=number, record=name)


def _column_blocks(filled: Iterator[list[str]], headed: bool | None) -> Iterator[TableLine]:
    """The lines of a table whose cells belong together by columns, of rows that hold anything."""
    first = next(filled, None)
    while first is not None and _is_caption(first, headed):
        yield "".join(first), Block(BlockKind.CAPTION)
        first = next(filled, None)
    if first is None:
        return
    second = next(filled, None)
    heads = first if second and (looks_like_heads(first, second) if headed is None else headed) else []
    yield joined_row(first, BlockKind.HEADS if heads else BlockKind.ROW)
    for row in chain([second] if second else [], filled):
        across = len(heads) > 1 and row[0] and not any(row[1:])
        yield (row[0], Block(BlockKind.CAPTION)) if across else headed_row(row, _heads_of(row, heads))


def _heads_of(row: Sequence[str], heads: Sequence[str]) -> Sequence[str]:
    """The heads of a row's columns; a cell over several columns has none of them, unless that is as wide."""
    if not heads or "" not in row or not any(cell is COVERED for cell in row):
        return heads
    after = zip((*row[1:], ""), (*heads[1:], ""), strict=False)
    return ["" if cell is COVERED and name else head for head, (cell, name) in zip(heads, after, strict=False)]


def row_as_read(text: str, block: Block | None) -> str:
    """A sentence as people read it: where it is a whole row of a table, each cell beside its column's name."""
    if block is None or not block.heads or len(text) != block.end - block.start:
        return text
    return headed_row([text[start:end] for start, end in block.cell_spans()], block.heads)[0]


def headed_row(row: Sequence[str], heads: Sequence[str]) -> TableLine:
    """A row as one line, each cell that holds anything beside the head of its column where there is one."""
    pieces, cells, length = list[str](), list[int](), 0
    for head, cell in zip_longest(heads, row, fillvalue=""):
        if not cell:
            cells += (0, 0)
            continue
        label = f"{head}{HEAD_MARK}" if head and head != cell else ""
        start = length + len(label)
        length = start + len(cell) + len(CELL_MARK)
        cells += (start, start + len(cell))
        pieces.append(label + cell)
    return CELL_MARK.join(pieces), Block(BlockKind.ROW, heads=tuple(heads), cells=tuple(cells))


def joined_row(row: Sequence[str], kind: BlockKind = BlockKind.ROW) -> TableLine:
    """A row as one line without heads; empty cells at its end are left out."""
    ends = accumulate(len(cell) + 1 for cell in row)
    spans = ((end - 1 - len(cell), end - 1) if cell else (0, 0) for cell, end in zip(row, ends, strict=True))
    return CELL_MARK.join(row).rstrip(CELL_MARK), Block(kind, cells=tuple(chain.from_iterable(spans)))


def looks_like_heads(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a table's first row names its columns: short, different words or periods over a row of values.

    One cell of it may be empty. Two columns are as often names and values from the first row on, so there the words
    must say so, or a number or another word stand below the name of a value.
    """
    named = [cell for cell in first if cell]
    if len(named) < max(2, len(first) - 1) or len({*named}) < len(named):
        return False
    if any(len(cell) > LONGEST_HEAD or (NUMBER.fullmatch(cell) and not PERIOD.fullmatch(cell)) for cell in named):
        return False
    if any(PERIOD.fullmatch(above) and PERIOD.fullmatch(below) for above, below in zip(first, second, strict=False)):
        return False
    if len(named) > 2 or not first[0] or name_two_columns(first):
        return True
    if len(second) > 1 and NUMBER.fullmatch(second[1]):
        return not is_name(second[0])
    return len(first) == 2 and is_name(first[1]) and not any(map(is_name, second))


def filled_down(row: Sequence[str], above: Sequence[str], continued: Iterable[int]) -> list[str]:
    """The row with the text above it in the places where a cell merged downwards goes on; long text is not repeated."""
    places = {*continued}
    return [
        over if place in places and not cell and len(over) <= LONGEST_HEAD else cell
        for place, (cell, over) in enumerate(zip_longest(row, above[: len(row)], fillvalue=""))
    ]


def shown_number(value: float, pattern: str) -> str:
    """A number as a cell with this pattern shows it: 0.125 is 12.5% by 0.0%; 7 is 007 by 000; 2.0 is 2 by any other."""
    if pattern in ("", "General") and "e" not in (text := f"{value:.{_MOST_DIGITS}g}"):
        return "0" if text == "-0" else text
    digits = _digits(pattern)
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


@lru_cache
def _digits(pattern: str) -> str:
    """What a number's pattern has without literals, for numbers above zero."""
    return _LITERALS.sub("", pattern.partition(";")[0])


def _is_caption(row: Sequence[str], headed: bool | None) -> bool:
    """Whether a row above a table's heads holds one cell only, which in a table said to have heads is its first."""
    return sum(map(bool, row)) == 1 and (not headed or (len(row) > 1 and row[0] != ""))
