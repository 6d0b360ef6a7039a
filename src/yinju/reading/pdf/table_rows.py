"""The rows of tables on the pages of a PDF → lines of text in which each cell is beside its column's head.

A table that goes on over pages is one: heads that are there again are left out, and a row that no line closes at the
foot of a page goes on in the first of the next.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yinju.reading.pdf.lines import Cell, Line, Table, TableRow
from yinju.reading.table import LONGEST_HEAD, filled_down, headed_row, joined_row, looks_like_heads
from yinju.types import Block, BlockKind

MOST_HEAD_ROWS = 3
WORD_GAP = 0.15
"""In type sizes; runs of a line with a wider gap are words, where they are not of Han characters alone."""

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’—…\U00020000-\U0003ffff"
_NO_SPACE_NEEDED = re.compile(f"[{_WIDE}]")
_PARTED = re.compile(r"[A-Za-z0-9!%),.:;?\]'\"&][A-Za-z0-9(\[$#'\"&]")
"""The characters on either side of a line's end where a space is meant."""
_DIGITS_GO_ON = re.compile(r"[\d,.][\d]")


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row as a line of text, what it is, and where each printed run of its cells stands in it."""

    text: str
    block: Block
    runs: tuple[tuple[int, Line], ...]
    line: Line


_Text = tuple[str, tuple[tuple[int, Line], ...]]
"""The text of a cell, and where each of its printed runs begins."""


def joint_of(before: str, after: str) -> str:
    """What stands between a line and the one that goes on with it: a space where words are parted by spaces."""
    if before[-1] == "-" and before[-2:-1].isalpha():
        return ""
    return "" if _NO_SPACE_NEEDED.match(before[-1]) or _NO_SPACE_NEEDED.match(after[0]) else " "


def join_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document, those of a table that goes on over pages without its heads, as rows of one table."""
    joined: list[Line] = []
    place = 0
    while place < len(lines):
        end = _end_of_table(lines, place)
        own = [*lines[place:end]]
        place = end
        before = joined[-1].row if joined else None
        first = own[0].row
        if before and first and _is_same(before.table, joined[-1].page, first.table):
            own = _continued(joined, own)
        joined += own
    return joined


def _end_of_table(lines: Sequence[Line], place: int) -> int:
    """Where the lines end that are of the same table on one page, or of none."""
    row, end = lines[place].row, place + 1
    while end < len(lines):
        other = lines[end].row
        if (row is None) != (other is None) or (row and other and row.table is not other.table):
            break
        end += 1
    return end


def _is_same(table: Table, page: int, other: Table) -> bool:
    """Whether a table goes on in another on the next page, which has the same columns."""
    if len(table.columns) != len(other.columns) or other.page != page + 1:
        return False
    shifts = [there - here for here, there in zip(table.columns, other.columns, strict=True)]
    return max(shifts) - min(shifts) <= max(table.slack, other.slack)


def _continued(joined: list[Line], own: Sequence[Line]) -> list[Line]:
    """The rows of a page as rows of the table that the last line so far is in; a broken row is made whole there."""
    table = _row(joined[-1]).table
    before = [line for line in joined if line.row and line.row.table is table]
    last, first = _row(joined[-1]), _row(own[0])
    count = _head_rows([_row(line) for line in before]) or 1
    heads = [row_texts(_row(line)) for line in before[:count]]
    own_heads = [row_texts(_row(line)) for line in own[:count]]
    again = own_heads == heads[: len(own_heads)] and any(heads[0])
    if again:
        own = own[count:]
    elif last.table.open_bottom and first.table.open_top and len(before) > count:
        cells = tuple(
            replace(one, lines=one.lines + other.lines) for one, other in zip(last.cells, first.cells, strict=True)
        )
        joined[-1] = replace(joined[-1], row=replace(last, cells=cells))
        own = own[1:]
    bottom = _row(own[-1]).table.open_bottom if own else False
    whole = replace(table, open_bottom=bottom)
    for place in range(len(joined) - len(before), len(joined)):
        joined[place] = replace(joined[place], row=replace(_row(joined[place]), table=whole))
    return [replace(line, row=replace(_row(line), table=whole)) for line in own]


def _row(line: Line) -> TableRow:
    assert line.row is not None
    return line.row


def row_texts(row: TableRow) -> list[str]:
    """The text of each cell."""
    return [cell_text(cell)[0] for cell in row.cells]


def table_lines(lines: Sequence[Line]) -> Iterator[TextRow]:
    """The rows of one table as lines of text: captions, then heads as 甲｜乙, the others as 甲：一｜乙：二."""
    rows = [_row(line) for line in lines]
    texts = [tuple(map(cell_text, row.cells)) for row in rows]
    place = 0
    while place < len(rows) - 1 and _is_caption(rows[place]):
        yield _as_line(lines[place], _whole(texts[place]), Block(BlockKind.CAPTION))
        place += 1
    count = _head_rows(rows[place:])
    heads = _joined_heads(rows[place : place + count], texts[place : place + count])
    if count:
        yield _filled(lines[place], *joined_row([text for text, _ in heads], BlockKind.HEADS), heads)
        place += count
    names = [text if len(text) <= 2 * LONGEST_HEAD else "" for text, _ in heads]
    above: tuple[_Text, ...] = ()
    for line, row, cells in zip(lines[place:], rows[place:], texts[place:], strict=True):
        first = row.cells[0]
        if _is_caption(row) and (first.across == len(row.cells) or (first.lines and not row.table.ruled)):
            yield _as_line(line, _whole(cells), Block(BlockKind.CAPTION))
            continue
        above = own = _with_above(row, cells, above)
        if not names:
            own = tuple(one for one in own if one[0])
        said = [text for text, _ in own]
        text, block = headed_row(said, names) if names else joined_row(said)
        if text:
            yield _filled(line, text, block, own)


def _with_above(row: TableRow, own: Sequence[_Text], above: Sequence[_Text]) -> tuple[_Text, ...]:
    """The cells of a row with the short text of those above it that go on beside it."""
    if not above:
        return tuple(own)
    continued = [place for place, cell in enumerate(row.cells) if cell.continued]
    texts = filled_down([text for text, _ in own], [text for text, _ in above], continued)
    return tuple(
        one if text == one[0] else over for text, one, over in zip(texts, own, above, strict=True)
    )  # fmt: skip


def _is_caption(row: TableRow) -> bool:
    """Whether a row holds one cell only, which stands first or goes over others."""
    filled = [cell for cell in row.cells if cell.lines]
    rest = any(cell.continued for cell in row.cells)
    return len(row.cells) > 1 and len(filled) == 1 and not rest and (filled[0].across > 1 or bool(row.cells[0].lines))


def _head_rows(rows: Sequence[TableRow]) -> int:
    """How many rows at the top of a table name its columns; 0 where none does."""
    if len(rows) < 2:
        return 0
    count = 1
    while count < min(MOST_HEAD_ROWS, len(rows) - 1):
        above, below = rows[count - 1], rows[count]
        wide = any(
            cell.lines and 1 < cell.across < len(above.cells)
            and sum(bool(one.lines) for one in below.cells[place : place + cell.across]) > 1
            for place, cell in enumerate(above.cells)
        )  # fmt: skip
        named = all(not _is_amount(text) for text in row_texts(below))
        if not ((wide and named) or any(cell.continued for cell in below.cells)):
            break
        count += 1
    if count >= len(rows):
        return 0
    first, second = rows[0], rows[count]
    if count > 1 and not (first.marked and second.marked):
        return count
    texts, following = row_texts(first), row_texts(second)
    told = first.marked and not second.marked and sum(map(bool, texts)) > 1
    return count if told or looks_like_heads(texts, following) else 0


def _is_amount(text: str) -> bool:
    return re.fullmatch(r"[+\-−(（]?[\d.,%％/:：\-]+[)）%％元]?", text) is not None


def _joined_heads(rows: Sequence[TableRow], texts: Sequence[Sequence[_Text]]) -> list[_Text]:
    """The name of each column: what stands above it in all rows of heads, from the uppermost down."""
    heads: list[_Text] = []
    for row, own in zip(rows, texts, strict=True):
        wide = list(own)
        for place, cell in enumerate(row.cells):
            for other in range(place + 1, min(place + cell.across, len(wide))):
                wide[other] = own[place]
        heads = [_both(above, below) for above, below in zip(heads, wide, strict=True)] if heads else wide
    return heads


def _both(above: _Text, below: _Text) -> _Text:
    if not below[0] or above[0] == below[0]:
        return above
    if not above[0]:
        return below
    shift = len(above[0]) + 1
    return f"{above[0]} {below[0]}", (*above[1], *((place + shift, line) for place, line in below[1]))


def _whole(texts: Sequence[_Text]) -> _Text:
    """The cells of a row as one."""
    whole: _Text = ("", ())
    for one in texts:
        whole = _both(whole, one) if one[0] else whole
    return whole


def _as_line(line: Line, own: _Text, block: Block) -> TextRow:
    return TextRow(own[0], block, own[1], line)


def _filled(line: Line, text: str, block: Block, own: Sequence[_Text]) -> TextRow:
    """A line of text with its cells' runs in their places."""
    runs = [
        (start + place, run) for (start, end), (_, parts) in zip(block.cell_spans(), own, strict=False) if end > start
        for place, run in parts
    ]  # fmt: skip
    return TextRow(text, block, tuple(runs), line)


def cell_text(cell: Cell) -> _Text:
    """The text of a cell, its lines joined, and where each printed run begins in it."""
    text, runs = "", []
    widest = max((line[-1].right - line[0].left for line in cell.lines), default=0.0)
    wide_enough = False
    for line in cell.lines:
        for number, run in enumerate(line):
            if text and number:
                text += _between(line, number)
            elif text:
                text += _line_joint(text, run.text, wide_enough)
            runs.append((len(text), run))
            text += run.text
        wide_enough = line[-1].right - line[0].left > widest - line[-1].size
    return text, tuple(runs)


def _line_joint(before: str, after: str, full: bool) -> str:
    """What stands between the lines of a cell: a space between Latin words, none in a number or a name with hyphens."""
    if not _PARTED.match(before[-1] + after[0]) or (full and _DIGITS_GO_ON.match(before[-1] + after[0])):
        return ""
    return " "


def _between(line: Sequence[Line], number: int) -> str:
    """What stands between two runs of a line: a space where there is one that does not only space letters apart."""
    before, run = line[number - 1], line[number]
    gap = (run.left - before.right) / max(run.size, 1.0)
    wide = _NO_SPACE_NEEDED.match(before.text[-1]) and _NO_SPACE_NEEDED.match(run.text[0])
    if wide and all(len(one.text) == 1 for one in line):
        return ""
    return " " if gap > WORD_GAP * (1.5 if wide else 1) else ""
