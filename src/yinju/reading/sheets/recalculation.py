"""The formulas of a workbook that keep no value → what they come to, each worked out after those it rests on."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yinju.reading.sheets.formulas import NotWorkedOut, Range, Token, Value, evaluate, tokens_of

MOST_STEPS = 5_000_000
"""Cells that are looked at for all formulas of a workbook."""

Cell = tuple[str, int, int]
"""The name of a sheet, a row and a column, from 1."""


@dataclass(slots=True)
class SheetValues:
    """The numbers of a sheet's cells by row and column, and which others hold anything; an error is no number (NaN)."""

    numbers: dict[tuple[int, int], float] = field(default_factory=dict)
    texts: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0


class Recalculation:
    """The formulas without a value of a workbook, and the values of its other cells."""

    def __init__(self, formulas: Mapping[Cell, str], values: Callable[[str], SheetValues | None]) -> None:
        """Take formulas without their equals sign; `values` gives those of a sheet by its name, None for no sheet."""
        self._formulas = formulas
        self._values_of = values
        self._sheets: dict[str, SheetValues | None] = {}
        self._results: dict[Cell, float | None] = {}
        self._steps = MOST_STEPS

    def result(self, cell: Cell) -> float | None:
        """What the formula of a cell comes to; None where that cannot be told, as in a circle."""
        waiting = [cell]
        begun: set[Cell] = set()
        while waiting:
            current = waiting[-1]
            if current in self._results:
                waiting.pop()
                continue
            tokens = tokens_of(self._formulas[current], current[0])
            needed = [] if current in begun else [one for one in self._needed(tokens) if one not in self._results]
            begun.add(current)
            if any(one in begun for one in needed):
                self._results[current] = None
            elif needed:
                waiting += needed
            else:
                self._results[current] = self._worked_out(tokens)
        return self._results[cell]

    def _needed(self, tokens: Sequence[Token]) -> list[Cell]:
        """The cells with formulas that a formula rests on."""
        found: dict[Cell, None] = {}
        for area in tokens:
            if not isinstance(area, Range) or self._steps < 0:
                continue
            self._steps -= min(area.size, len(self._formulas))
            if area.size <= len(self._formulas):
                cells = ((area.sheet, *place) for place in area.places())
                found |= dict.fromkeys(cell for cell in cells if cell in self._formulas)
            else:
                found |= dict.fromkeys(cell for cell in self._formulas if _holds(area, cell))
        return [*found]

    def _worked_out(self, tokens: Sequence[Token]) -> float | None:
        try:
            result = evaluate(tokens, self._cells)
        except (NotWorkedOut, ArithmeticError, ValueError):
            return None
        return result if math.isfinite(result) else None

    def _cells(self, area: Range) -> Iterator[Value]:
        """The values of an area row by row.

        Raises:
            NotWorkedOut: where one of them is a formula that comes to nothing, or too many have been looked at.
        """
        values = self._sheet(area.sheet)
        if values is None:
            raise NotWorkedOut
        if not area.is_single:
            bottom, right = min(area.bottom, values.last_row), min(area.right, values.last_column)
            area = area._replace(bottom=bottom, right=right)
        for place in area.places():
            self._steps -= 1
            if self._steps < 0:
                raise NotWorkedOut
            cell = (area.sheet, *place)
            if cell not in self._formulas:
                yield values.numbers.get(place, "" if place in values.texts else None)
                continue
            result = self._results.get(cell)
            if result is None:
                raise NotWorkedOut
            yield result

    def _sheet(self, name: str) -> SheetValues | None:
        """The values of a sheet, which reach as far as its formulas do."""
        if name not in self._sheets:
            values = self._sheets[name] = self._values_of(name)
            for sheet, row, column in self._formulas if values else ():
                if values and sheet == name:
                    values.last_row = max(row, values.last_row)
                    values.last_column = max(column, values.last_column)
        return self._sheets[name]


def _holds(area: Range, cell: Cell) -> bool:
    sheet, row, column = cell
    return sheet == area.sheet and area.top <= row <= area.bottom and area.left <= column <= area.right
