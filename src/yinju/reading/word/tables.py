"""A table of a docx → its rows of cells, names over several columns joined with those below them."""

from collections.abc import Callable, Iterator
from typing import Any

from yinju.reading.sheets.merged import Area, Rows, cover, fill_down, join_heads

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_WORD}val"
_CONTROL, _CONTENT = f"{_WORD}sdt", f"{_WORD}sdtContent"
_MOST_COLUMNS = 63
"""Word has no wider tables."""


def read_table(table: Any, words: Callable[[Any], str]) -> tuple[list[list[str]], bool | None]:  # noqa: ANN401
    """The rows of a table, whose cells say what `words` tells of them, and whether the first of them names the columns.

    The text of cells merged downwards is repeated where it is short.
    """
    rows: Rows = {}
    areas: list[Area] = []
    open_areas: dict[int, Area] = {}
    marked, above_all = 0, True
    for number, row in enumerate(table_children(table, f"{_WORD}tr"), 1):
        above_all = above_all and _is_marked_head(row)
        marked += above_all
        cells, reaching = _row(row, words, number, open_areas)
        areas += (area for left, area in open_areas.items() if reaching.get(left) is not area and _is_merged(area))
        open_areas = reaching
        rows[number] = cells if any(cells) else []
    areas += filter(_is_merged, open_areas.values())
    fill_down(rows, areas)
    captions = [number for number, row in rows.items() if number <= marked and sum(map(bool, row)) == 1]
    joined = join_heads(rows, areas, marked if marked > 1 and not captions else 0)
    cover(rows, areas)
    first = next((number for number, row in rows.items() if sum(map(bool, row)) > 1), 0)
    return [*rows.values()], True if marked or (first and first in joined) else None


def is_frame(table: Any) -> bool:  # noqa: ANN401
    """Whether a table has one column only, and so frames what it holds."""
    return not any(sum(1 for _ in table_children(row, f"{_WORD}tc")) > 1 for row in table_children(table, f"{_WORD}tr"))


def table_children(parent: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table or the cells of a row, those inside content controls included."""
    for child in parent.iterchildren(tag, _CONTROL):
        if child.tag == tag:
            yield child
        else:
            yield from child.iterfind(f"{_CONTENT}/{tag}")


def _row(
    row: Any,  # noqa: ANN401
    words: Callable[[Any], str],
    number: int,
    above: dict[int, Area],
) -> tuple[list[str], dict[int, Area]]:
    """The cells of a row, wide ones followed by empty ones; and the areas that they are in, by their first column."""
    cells = [""] * _stated_number(row.find(f"{_WORD}trPr/{_WORD}gridBefore"), 0)
    areas: dict[int, Area] = {}
    for cell in table_children(row, f"{_WORD}tc"):
        properties = cell.find(f"{_WORD}tcPr")
        merged = properties.find(f"{_WORD}vMerge") if properties is not None else None
        span = _stated_number(properties.find(f"{_WORD}gridSpan") if properties is not None else None, 1)
        left = len(cells) + 1
        goes_on = merged is not None and merged.get(_VALUE) != "restart" and left in above
        top = above[left].top if goes_on else number
        areas[left] = Area(top, number, left, left + max(span, 1) - 1)
        if goes_on:
            above[left] = areas[left]
        cells += [words(cell), *[""] * (span - 1)]
    return cells, areas


def _is_merged(area: Area) -> bool:
    return area.right > area.left or area.bottom > area.top


def _is_marked_head(row: Any) -> bool:  # noqa: ANN401
    """Whether a row is said to be repeated above the table on every page."""
    mark = row.find(f"{_WORD}trPr/{_WORD}tblHeader")
    return mark is not None and mark.get(_VALUE) not in ("0", "false")


def _stated_number(element: Any, usual: int) -> int:  # noqa: ANN401
    """The number of columns that an element states, else the usual one."""
    stated = element.get(_VALUE, "") if element is not None else ""
    return min(int(stated), _MOST_COLUMNS) if stated.isdecimal() else usual
