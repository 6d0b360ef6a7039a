"""The rows of a table → whether it is a form, whose cells are labels and values in turn, and the fields of its records.

One row alone rarely tells a form from a table of columns, so the first rows are looked at together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from statistics import median

from yinju.reading.field_names import NUMBER, bare_name, can_be_name, is_name, name_two_columns, naming_value

SAMPLE_ROWS = 60
"""Rows by which a table is judged."""
MOST_FIELDS = 200
"""Rows that are waited for until a record's name is known."""

_CERTAIN, _RARE, _MOST = 0.5, 0.34, 0.6
_LONG_TEXT = 8
"""Characters of the usual text beside a name that explains it."""


class _Covered(str):
    """An empty cell that another is merged over."""

    __slots__ = ()


COVERED = _Covered()
"""Stands in the place of a cell that the one to its left is merged over."""


class Layout(Enum):
    """How the cells of a table belong together, where not by columns."""

    RECORDS = auto()
    """Labels and values in turn; together they tell of one thing, or of several one below the other."""
    GLOSSARY = auto()
    """A name and a text in each row, and every row tells of a thing of its own."""


@dataclass(slots=True)
class Record:
    """The fields of one thing, and texts between them that have no label."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    """Label and value of each, the label empty for a text of its own."""

    @property
    def name(self) -> str:
        """What the thing is called; empty where no field says."""
        return naming_value(self.lines)


def form_rows(rows: Sequence[Sequence[str]]) -> tuple[Layout | None, int]:
    """How the first rows of a table are laid out, and how many of them in that way; none where they have columns."""
    filled = [cells for row in rows if any(cells := _cells(row))]
    wide = max((len(cells) for cells in filled), default=0)
    if wide == 2:
        layout = _two_columns(rows)
        return layout, len(rows) if layout else 0
    length = _form_length(rows) if wide > 2 else 0
    return (Layout.RECORDS, length) if length else (None, 0)


def pairs_of(row: Sequence[str]) -> list[tuple[str, str]] | None:
    """The labels and values of a row of a form; None where it is no such row."""
    cells = _cells(row)
    if len(cells) % 2:
        if len(cells) > 2 and not cells[-1]:
            cells = cells[:-1]
        elif len(cells) > 2 and is_name(cells[1]) and (not cells[0] or can_be_name(cells[0])):
            cells = cells[1:]  # a label beside several rows
        elif len(cells) > 4:
            cells = [*cells, ""]  # a place for a photograph
        else:
            return None
    pairs = [(label, value) for label, value in zip(cells[::2], cells[1::2], strict=True) if label or value]
    return pairs if pairs and all(can_be_name(label) for label, _ in pairs) else None


def records_of(rows: Iterable[Sequence[str]], layout: Layout) -> Iterator[Record]:
    """The records of a form's rows: a new one after a blank row, or where the first label comes again."""
    record, first = Record(), ""
    for row in rows:
        cells = [cell for cell in row if cell]
        pairs = pairs_of(row) if len(cells) > 1 or _is_unfilled(row) else None
        names = [bare_name(label) for label, _ in pairs or ()]
        ends = not cells or layout is Layout.GLOSSARY or first in names or len(record.lines) >= MOST_FIELDS
        if ends and record.lines:
            yield record
            record, first = Record(), ""
        if pairs:
            first = first or names[0]
            told = {name for name, _ in record.lines}
            record.lines += ((name, value) for name, (_, value) in zip(names, pairs, strict=True)
                             if value or name not in told)  # fmt: skip
        elif cells:
            record.lines.append(("", " ".join(cells)))
    if record.lines:
        yield record


def _cells(row: Sequence[str]) -> list[str]:
    """The cells of a row that none is merged over, without pairs of empty ones at its end."""
    cells = [cell for cell in row if cell is not COVERED]
    while len(cells) > 2 and not cells[-1] and not cells[-2]:
        del cells[-2:]
    return cells


def _is_unfilled(row: Sequence[str]) -> bool:
    """Whether a row has a label alone whose value is left empty."""
    cells = _cells(row)
    return len(cells) == 2 and is_name(cells[0])


def _share(cells: Iterable[str]) -> float:
    """How many of the cells that hold anything name a field for certain, from 0 to 1."""
    named = [is_name(cell) for cell in cells if cell]
    return sum(named) / len(named) if named else 0.0


def _form_length(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first rows of a table of several columns are a form; 0 where it has columns with heads."""
    labels, values = list[str](), list[str]()
    formed, last = 0, 0
    for place, row in enumerate(rows):
        cells = [cell for cell in _cells(row) if cell]
        if len(cells) < 2:
            continue
        if formed and len(cells) > 2 and _share(cells) > _MOST and all(_cells(row)):
            break  # the heads of a table below the form
        pairs = pairs_of(row)
        own = [label for label, _ in pairs or ()]
        own_values = [value for _, value in pairs or ()]
        if not pairs or _share(own) < _CERTAIN or _share(own_values) > _CERTAIN:
            labels += own or cells[::2]
            values += own_values or cells[1::2]
            continue
        labels += own
        values += own_values
        formed, last = formed + 1, place + 1
    if not formed or _share(labels) < _CERTAIN or _share(values) > _RARE:
        return 0
    multi = [place for place, row in enumerate(rows) if sum(map(bool, row)) > 1]
    below = [place for place in multi if place >= last]
    if not any(len(_cells(rows[place])) > 3 for place in multi if place < last):
        return 0
    headed = bool(below) and _share(_cells(rows[below[0]])) > _CERTAIN
    if formed < _MOST * (len(multi) - (len(below) if headed else 0)):
        return 0
    return last if headed else len(rows)


def _two_columns(rows: Sequence[Sequence[str]]) -> Layout | None:
    """How a table of two columns is laid out."""
    cells = [_cells(row) for row in rows if any(row)]
    pairs = [(row[0], row[1]) for row in cells if len(row) == 2 and row[0]]
    if len(pairs) < 2 or name_two_columns(pairs[0]) or not all(can_be_name(label) for label, _ in pairs):
        return None
    labels, values = [label for label, _ in pairs], [value for _, value in pairs]
    if _share(values) <= _RARE and (min(_share(labels), _share(labels[1:])) >= _CERTAIN or _repeats(rows)):
        return Layout.RECORDS
    texts = [value for value in values if value and not NUMBER.fullmatch(value)]
    if len({*labels}) < len(labels) or len(texts) < _MOST * len(pairs) or is_name(values[0]):
        return None
    usual = median(map(len, texts))
    long = usual >= _LONG_TEXT and usual >= 1.5 * median(map(len, labels))
    return Layout.GLOSSARY if long else None


def _repeats(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the same label begins every stretch between blank rows, of which there are several."""
    begun = [row[0] for before, row in zip([[""], *rows], rows, strict=False) if any(row) and not any(before)]
    return len(begun) > 1 and len({*begun}) == 1
