"""A document → its tables, each whole: rows over all passages of the document, and records with the same keys."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from yinju.reading.table import CELL_MARK
from yinju.retrieval.naming import key_of
from yinju.store.protocol import Snapshot
from yinju.types import Block, BlockKind, Document, Passage

ALIKE = 0.6
"""The share of keys that records have in common to be rows of one table."""
LONGEST_LINE = 60
"""Characters of a line above a table that may say what it is about."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and where it stands."""

    passage: Passage
    start: int
    end: int
    """Its range in the passage's text."""
    cells: tuple[str, ...]
    """One a column, in the document's own characters; empty where there is nothing."""
    section: str = ""
    """The line across the table that it stands below."""
    sources: tuple["Row", ...] = ()
    """Of a row that is a column of the document's table: for each of its cells the row that this stands in."""

    def source(self, column: int) -> "Row":
        """The row of the document in which a cell stands."""
        return self.sources[column] if self.sources else self


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as its document has it."""

    document: str
    context: tuple[str, ...]
    """What says what it is about: title, headings, captions, the line above."""
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    is_records: bool = False
    """Whether each row is a record of `key: value` lines."""

    @cached_property
    def passages(self) -> frozenset[int]:
        """The ids of the passages that it stands in."""
        return frozenset(own.passage.id for row in self.rows for own in (row.sources or (row,)))


def sheets_of(generation: Snapshot, document: str) -> Iterator[Sheet]:
    """The tables of a document, in reading order."""
    passages = generation.documents.passages_of(document)
    kept = generation.documents.document(document) if any(map(holds_rows, passages)) else None
    if kept:
        yield from _merged([*_tables(kept, passages)])
        yield from _records(document, passages)


def holds_rows(passage: Passage) -> bool:
    """Whether a passage holds anything of a table or of a record."""
    return any(block.kind in (BlockKind.ROW, BlockKind.FIELD) for block in passage.blocks)


def _tables(document: Document, passages: Sequence[Passage]) -> Iterator[Sheet]:
    """The tables of rows, by their group."""
    found: defaultdict[int, list[tuple[Passage, Block]]] = defaultdict(list)
    for passage in passages:
        for block in passage.blocks:
            if block.kind in (BlockKind.ROW, BlockKind.HEADS, BlockKind.CAPTION) and block.group:
                found[block.group].append((passage, block))
    for placed in found.values():
        heads, rows, captions, above = tuple[str, ...](), list[Row](), list[str](), 0
        for passage, block in placed:
            if block.kind is BlockKind.ROW and block.cells:
                rows.append(_row(document.text, passage, block, captions[-1] if rows and captions else ""))
                heads = max(heads, block.heads, key=lambda one: sum(map(bool, one)))
            elif block.kind is BlockKind.CAPTION:
                captions.append(passage.text[block.start : block.end])
                above = len(captions) if not rows else above
        if rows:
            yield _sheet(document.name, [*_context(*placed[0]), *captions[:above]], heads, rows)


def _context(passage: Passage, block: Block) -> list[str]:
    """What stands above a table: title, headings but what the passage goes on with, and the line before it."""
    said = CELL_MARK.join(block.heads)
    above = passage.text[: block.start].rstrip().rpartition("\n")[2].strip()
    lines = [passage.title, *passage.headings, above if len(above) <= LONGEST_LINE else ""]
    return [line for line in dict.fromkeys(lines) if line and line != said]


def _row(text: str, passage: Passage, block: Block, section: str) -> Row:
    """A row with its cells, also those that the end of its passage cuts off."""
    start = passage.start + block.start
    cells = tuple(text[start + first : start + last] for first, last in block.cell_spans())
    return Row(passage, block.start, block.end, cells, section)


def _sheet(
    document: str, context: Sequence[str], heads: Sequence[str], rows: Sequence[Row], *, is_records: bool = False
) -> Sheet:
    """The table with as many cells in each row as it has columns."""
    width = max(len(heads), *(len(row.cells) for row in rows))
    filled = (replace(row, cells=(*row.cells, *[""] * (width - len(row.cells)))) for row in rows)
    return Sheet(document, tuple(context), (*heads, *[""] * (width - len(heads))), tuple(filled), is_records)


def _merged(sheets: list[Sheet]) -> Iterator[Sheet]:
    """The tables, those that go on after a page's end as one: the same heads below the same headings."""
    for (heads, above), same in groupby(sheets, key=lambda sheet: (sheet.heads, sheet.rows[0].passage.headings[:-1])):
        group = [*same]
        if len(group) == 1 or not any(heads) or not above:
            yield from group
            continue
        rows = tuple(row for sheet in group for row in sheet.rows)
        context = tuple(dict.fromkeys(line for sheet in group for line in sheet.context))
        yield Sheet(group[0].document, context, heads, rows)


def _records(document: str, passages: Sequence[Passage]) -> Iterator[Sheet]:
    """The tables that records make: two or more with the same keys."""
    tables: list[tuple[set[str], list[tuple[Row, dict[str, str]]]]] = []
    for (_, _), group in groupby(_fields(passages), key=lambda one: (one[0].id, one[1].group)):
        together = [*group]
        passage = together[0][0]
        values = {key_of(block): _value(p, block, end) for p, block, end in together}
        first, last = together[0][1], together[-1]
        name = first.record if first.record and first.record not in values.values() else ""
        row = Row(passage, first.start, last[2], (name,))
        alike = (table for table in tables if len(table[0] & {*values}) >= ALIKE * len(table[0] | {*values}))
        keys, rows = next(alike, (set[str](), list[tuple[Row, dict[str, str]]]()))
        if not rows:
            tables.append((keys, rows))
        keys.update(values)
        rows.append((row, values))
    yield from (_record_sheet(document, rows) for _, rows in tables if len(rows) > 1)


def _fields(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Block, int]]:
    """Every field of a record, with where its value ends: what goes on with it belongs to it."""
    for passage in passages:
        fields = [n for n, block in enumerate(passage.blocks) if block.kind is BlockKind.FIELD and block.group]
        for n in fields:
            last = n
            while last + 1 < len(passage.blocks) and _goes_on(passage.blocks[n], passage.blocks[last + 1]):
                last += 1
            yield passage, passage.blocks[n], passage.blocks[last].end


def _goes_on(field: Block, after: Block) -> bool:
    return after.group == field.group and after.kind is not BlockKind.FIELD


def _value(passage: Passage, block: Block, end: int) -> str:
    said = passage.text[block.start : end].partition(key_of(block))[2]
    return " ".join(said.lstrip(" :：*_\t　").split())


def _record_sheet(document: str, records: Sequence[tuple[Row, dict[str, str]]]) -> Sheet:
    """The records as a table: their keys are its heads, in front the names that no field says."""
    keys = list(dict.fromkeys(key for _, values in records for key in values))
    named = any(row.cells[0] for row, _ in records)
    first = records[0][0].passage
    context = [first.title, *(h for h in first.headings if all(h in row.passage.headings for row, _ in records))]
    rows = [
        Row(row.passage, row.start, row.end, ((row.cells[0],) if named else ()) + tuple(v.get(k, "") for k in keys))
        for row, v in records
    ]
    return _sheet(document, context, (*([""] if named else []), *keys), rows, is_records=True)


def turned(sheet: Sheet, naming: int, columns: Sequence[int], rows: Sequence[int]) -> Sheet:
    """The table with what its columns are called as rows, and its rows as columns."""
    kept = [sheet.rows[n] for n in rows]
    heads = ("", *(row.cells[naming] for row in kept))
    made = [
        Row(kept[0].passage, kept[0].start, kept[0].end, (sheet.heads[n], *(row.cells[n] for row in kept)),
            sources=(kept[0], *kept))
        for n in columns
    ]  # fmt: skip
    return Sheet(sheet.document, sheet.context, heads, tuple(made))
