"""A column of a table: what stands in it, what it measures, whether it groups rows or names them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from yinju.answering.tables.quantities import Measure, Quantity

MEASURED = 0.6
"""The share of a column's filled cells that must be quantities of one kind for it to measure anything."""
FEWEST_REPEATED = 0.9
"""The share of different values from which a column does not group rows."""
NIL = frozenset(["", "-", "—", "–", "--", "/", "n/a", "na", "无", "暂无", "未填", "不详", "待定", "没有"])
FREE = re.compile("免费|免收|不收|不收费|免缴|免|不用钱|赠送|零元")
YES = frozenset("有 是 √ ✓ ✔ v y yes 可 可以 含 o ○ 提供 支持 需 需要 要".split())
NO = frozenset("无 没有 不适用 否 × ✗ ✘ x n no 不可 不可以 不含 不提供 不支持 不需 不需要 免 不要 —".split())
_SERIAL = re.compile("序号?|项次|编号|no.?|#|次序|序列")


@dataclass(frozen=True)
class Column:
    """A column of a table, over search forms."""

    number: int
    head: str
    forms: tuple[str, ...]
    """What stands in each row."""
    quantities: tuple[Quantity | None, ...]
    """What each cell measures, in one unit where the table says units; empty for a column of words or codes."""

    @cached_property
    def measure(self) -> Measure | None:
        """What most of its cells measure; None for words and codes."""
        return next((q.measure for q in self.quantities if q), None)

    @cached_property
    def unit(self) -> str:
        """The unit that its cells have, where it is the same."""
        units = {q.unit for q in self.quantities if q}
        return units.pop() if len(units) == 1 else ""

    @cached_property
    def distinct(self) -> dict[str, frozenset[int]]:
        """What stands in it → its rows, in the order of the first."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for n, form in enumerate(self.forms):
            if form:
                found[form].append(n)
        return {form: frozenset(rows) for form, rows in found.items()}

    @cached_property
    def repeats(self) -> bool:
        """Whether its values group rows: several have the same."""
        filled = sum(map(bool, self.forms))
        return filled > 2 and len(self.distinct) < FEWEST_REPEATED * filled and not self.quantities

    @cached_property
    def is_short(self) -> bool:
        """Whether its values are a handful of characters or pairs of them: 南, 北; 甲, 乙; 空置, 已租."""
        return 1 < len(self.distinct) <= 8 and all(len(f) <= 3 for f in self.distinct) and not self.quantities

    @cached_property
    def is_unique(self) -> bool:
        """Whether each row has its own."""
        return len(self.distinct) == len(self.forms)

    @cached_property
    def is_flag(self) -> bool:
        """Whether it only says yes or no."""
        return 0 < len(self.distinct) <= 4 and all(form in YES or form in NO for form in self.distinct)

    @cached_property
    def is_serial(self) -> bool:
        """Whether it only counts the rows."""
        counted = self.forms == tuple(str(n) for n in range(1, len(self.forms) + 1))
        return counted or (_SERIAL.fullmatch(self.head) is not None and all(f.isdigit() for f in self.forms if f))

    @cached_property
    def is_code(self) -> bool:
        """Whether its cells are codes or numbers that count nothing."""
        coded = sum(form.isascii() and any(map(str.isdigit, form)) for form in self.forms)
        return not self.quantities and coded > MEASURED * max(1, sum(map(bool, self.forms)))

    def says(self, row: int, yes: bool) -> bool:
        """Whether a cell of a column of flags says yes, or no."""
        return self.forms[row] in (YES if yes else NO)

    def is_nil(self, row: int) -> bool:
        """Whether nothing stands in a cell."""
        return self.forms[row] in NIL

    def is_free(self, row: int) -> bool:
        """Whether a cell says that it costs nothing."""
        quantity = self.quantities[row] if self.quantities else None
        return (quantity is not None and quantity.high == 0) or FREE.search(self.forms[row]) is not None
