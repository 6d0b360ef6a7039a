"""What a table says → statements with their citations: the figure first, then the rows that it comes from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from yinju.answering.reply import Reply, cite
from yinju.answering.tables.findings import WHOLE, Figure, Finding
from yinju.answering.tables.grid import LONG, Grid
from yinju.answering.tables.names import Role
from yinju.answering.tables.quantities import read_quantity
from yinju.folding import Script, script_of
from yinju.messages import Language, say
from yinju.reading.table import CELL_MARK, HEAD_MARK
from yinju.text import said_to
from yinju.types import Citation, Statement, Verdict

LACKING = 0.8
"""How sure it is that what a table has no place for is nowhere."""
FEW = 3
"""Rows shown of more than `WHOLE`, and citations of a figure whose rows are not shown."""
_TERSE = re.compile(r"[0-9A-Za-z.,]{1,5}")
"""A name of a row that says little without what its column is called."""
_BRACKETS = re.compile(r"[（(\[].*?[）)\]]")


@dataclass(slots=True)
class _Draft:
    """A reply while it is put together."""

    finding: Finding
    language: Language
    script: Script | None
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    _markers: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def grid(self) -> Grid:
        return self.finding.found.grid

    def marker(self, row: int, column: int = 0) -> int:
        """The marker of the citation of a cell's row, which is made where there is none."""
        own = self.grid.sheet.rows[row].source(column)
        key = own.passage.id, own.start
        if key not in self._markers:
            self._markers[key] = len(self.citations) + 1
            self.citations.append(cite(own.passage, own.start, own.end, self._markers[key]))
        return self._markers[key]

    def markers(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[int, ...]:
        """The markers of some cells, each once."""
        return tuple(dict.fromkeys(self.marker(row, column) for row in rows for column in columns or [0]))

    def said(self, text: str) -> str:
        """Words of the document in the asker's script."""
        asker = self.finding.found.question.text
        return said_to(asker, self.script, text) if self.script else text

    def head(self, column: int) -> str:
        """What a column is called."""
        return self.grid.sheet.heads[column]

    def unit(self, row: int, column: int) -> str:
        """The unit that stands above the table for a bare number, in brackets."""
        unit = self.grid.unit_above(row, column) if column in self.finding.columns else ""
        return f"（{self.said(unit)}）" if unit else ""

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self.grid.sheet.rows[row].cells[column]


def tell(finding: Finding, language: Language, confidence: float) -> Reply:
    """The reply that says a finding."""
    draft = _Draft(finding, language, script_of(finding.found.question.text))
    shown = _shown(finding)
    columns = _columns(draft, shown)
    lead = "table.empty" if finding.lacks else "near.missing"
    missing = draft.said(finding.lacks or finding.beside)
    if missing:
        draft.statements.append(Statement(say(lead, language, missing=missing), ()))
    for figure in finding.figures[:WHOLE]:
        _tell_figure(draft, figure, shown)
    _tell_rows(draft, shown, columns)
    if shown and len(shown) < len(finding.rows):
        rest = say("table.more", language, count=len(finding.rows) - len(shown))
        draft.statements.append(Statement(rest, (), new_line=True))
    verdict = Verdict.NEAR if missing else Verdict.ANSWERED
    named = (missing,) if missing else ()
    return Reply(verdict, tuple(draft.statements), tuple(draft.citations), confidence, named)


def tell_none(language: Language) -> Reply:
    """The reply that no row of a table has all that a question names."""
    return Reply(Verdict.NOTHING, (Statement(say("table.none", language), ()),), (), LACKING)


def tell_lacking(missing: str, language: Language) -> Reply:
    """The reply that a table has other things of a kind, but not the one asked for."""
    said = Statement(say("table.lacks", language, missing=missing), ())
    return Reply(Verdict.NOTHING, (said,), (), LACKING, (missing,))


def _shown(finding: Finding) -> tuple[int, ...]:
    """The rows that are shown: all of a few, some of many, none of a figure over all of a long table or of values."""
    if finding.values or (len(finding.figures) > 1 and finding.figures[0].name):
        return ()
    if len(finding.rows) <= WHOLE:
        return finding.rows
    if finding.figures and len(finding.rows) >= len(finding.found.grid.body):
        return ()
    return finding.rows[: FEW if finding.figures else WHOLE]


def _columns(draft: _Draft, rows: Sequence[int]) -> list[int]:
    """The columns that are shown: what names a row, what is asked, else by what it was picked, else all."""
    finding, grid = draft.finding, draft.grid
    found = finding.found
    asked = [n for n in finding.columns if n != grid.naming]
    names = grid.name_columns
    picked = [cell.column for cell in found.cells]
    if not asked and not finding.figures and grid.naming in picked:
        named = [c for c in found.cells if c.column == grid.naming and (c.is_whole or c.is_amount)]
        if named and len(rows) <= FEW:
            return [column.number for column in grid.columns if any(map(column.forms.__getitem__, rows))]
    by = [n for n in picked if n not in names] if not asked or len(rows) > 1 or grid.naming not in picked else []
    short = [n for n in by if all(len(draft.cell(row, n)) <= LONG for row in rows)]
    if asked and len(rows) == 1:
        told = grid.naming in picked and not any(ask.is_which for ask in found.request.asks)
        names = names[: 1 if told else 2]
    return list(dict.fromkeys((*names, *short, *asked)))


def _tell_rows(draft: _Draft, rows: Sequence[int], columns: Sequence[int]) -> None:
    """A line for each row; one for all where they say the same."""
    grid, finding = draft.grid, draft.finding
    asked = [n for n in columns if n in finding.columns and n != grid.naming]
    coded = [c.column for c in finding.found.cells if c.is_whole and grid.columns[c.column].is_code]
    if not finding.columns and coded and grid.naming not in coded:  # what a code means: what all its rows say
        asked = [n for n in range(len(grid.columns)) if len({draft.cell(row, n) for row in rows}) == 1]
    same = _same_in_all(draft, rows, asked)
    if same and grid.naming not in finding.columns and not finding.figures:
        columns, rows = same, rows[:1]
    for row in rows:
        filled = [n for n in columns if draft.cell(row, n)]
        pieces, emphasis, length = list[str](), None, 0
        for n in filled:
            cell = draft.said(draft.cell(row, n))
            label = draft.said(draft.head(n))
            terse = {*columns[1:]}.isdisjoint(grid.name_columns) and _TERSE.fullmatch(cell) is not None
            bare = not label or label == cell or (n == columns[0] and not terse)
            piece = cell if bare else f"{label}{HEAD_MARK}{cell}"
            if n in finding.columns and n != columns[0] and emphasis is None and len(rows) == 1:
                emphasis = (length + len(piece) - len(cell), length + len(piece))
            piece += draft.unit(row, n)
            length += len(piece) + len(CELL_MARK)
            pieces.append(piece)
        kept = tuple((draft.said(draft.head(n)), draft.said(draft.cell(row, n))) for n in columns)
        markers = draft.markers([row], [n for n in filled if n != grid.naming])
        line = bool(draft.statements) or len(rows) > 1
        draft.statements.append(Statement(CELL_MARK.join(pieces), markers, emphasis=emphasis, new_line=line, row=kept))


def _same_in_all(draft: _Draft, rows: Sequence[int], asked: Sequence[int]) -> list[int]:
    """The columns that say it, where more rows than one all say the same of what is asked."""
    if len(rows) < 2 or not asked:
        return []
    first = tuple(draft.cell(rows[0], n) for n in asked)
    if any(tuple(draft.cell(row, n) for n in asked) != first for row in rows):
        return []
    picked = [
        cell.column for cell in draft.finding.found.cells
        if cell.role is Role.CELL and len({draft.cell(row, cell.column) for row in rows}) == 1
    ]  # fmt: skip
    return list(dict.fromkeys((*picked, *sorted(asked, key=lambda n: bool(draft.grid.columns[n].quantities)))))


def _tell_figure(draft: _Draft, figure: Figure, shown: Sequence[int]) -> None:
    """The sentence of a figure; it cites the rows shown, else the first of its own."""
    finding, language = draft.finding, draft.language
    cited = [row for row in shown if row in figure.rows] or [*figure.rows[: WHOLE if finding.values else FEW]]
    unit = draft.said(finding.unit) if finding.unit and language != "en" else ""
    unit = unit or say("table.kinds" if finding.values else "table.rows", language)
    head = draft.said(_BRACKETS.sub("", draft.head(figure.column))) if figure.column >= 0 else ""
    measured = draft.said(_unit_of(draft.grid, figure)) if figure.column >= 0 else ""
    text = say(
        figure.key, language, count=f"{len(figure.rows):,}", unit=unit, column=head, name=draft.said(figure.name),
        value=shown_value(figure.value, measured), whole=shown_value(figure.other, measured),
        share=f"{100 * figure.value / figure.other:.1f}%".replace(".0%", "%") if figure.other else "",
        values=say("comma", language).join(draft.said(value) for value in finding.values),
    )  # fmt: skip
    markers = draft.markers(cited, [figure.column] if figure.column >= 0 else [])
    draft.statements.append(Statement(text, markers, new_line=bool(draft.statements), worked_out=True))


def _unit_of(grid: Grid, figure: Figure) -> str:
    """The unit of a figure: its column's, else that of the first of its cells."""
    column = grid.columns[figure.column]
    quantity = read_quantity(column.forms[figure.rows[0]]) if figure.rows else None
    return column.unit or (quantity.unit if quantity else "")


def shown_value(value: float, unit: str = "") -> str:
    """A number as people write it: 18,240 元, 12.5 %."""
    number = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".rstrip()
