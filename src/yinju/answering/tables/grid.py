"""A table → its columns read, and where each word of a question may stand in it."""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from weakref import WeakKeyDictionary

from yinju.answering.tables.columns import FREE, MEASURED, NIL, NO, YES, Column
from yinju.answering.tables.names import BRACKETS, Name, packed, spoken_names
from yinju.answering.tables.quantities import Measure, Quantity, read_quantity
from yinju.answering.tables.sheets import Sheet, sheets_of, turned
from yinju.folding import fold
from yinju.store.protocol import Snapshot
from yinju.text import search_form

KEPT_DOCUMENTS = 32
"""Documents whose tables are kept."""
MOST_TURNED = 60
"""Rows, and columns, of a table that is also read the other way."""
TURNED = 0.4
"""The share of its rows that must say one thing of all columns."""
LONG = 40
"""Characters of a cell that is shown only where it is asked for, and that is no name."""
_CODE_HEAD = re.compile(
    "号$|编号|代码|代号|条码|号码|电话|手机|分机|传真|学号|工号|邮编|邮递|id|货号|型号|错误码|码$|统编|车牌|账号"
)
_YEAR_HEAD = re.compile("年(?:份|度)?$|年$")
_SCALED_UNIT = re.compile(r"[(\[:,、每为 ](?P<large>[万亿千]|十万|百万)?(?P<unit>元|人民币|新台币|台币|块)")
_LARGE = {"千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "亿": 1e8}
_COUNTING = re.compile("人数|名额|数量|件数|次数|库存|座|天数|时数|分数|名次|年龄|期数|堂数|重量")
"""How columns are called whose numbers are no money, whatever stands above the table."""
_BARE = re.compile(r"[\d,.]+")
_TOTAL = re.compile("合计|总计|小计|共计|总和|总额|总数|合共|total")
_NAMED = re.compile("名$|名称|客户|品项|商品|产品|项目|标题|书$|事项|主题|公司|厂商|课程|物品|户型|款式|农户|同仁|工具")


class Grid:
    """A table made ready for questions."""

    def __init__(self, sheet: Sheet) -> None:
        """Read every cell."""
        self.sheet = sheet
        self.context = "\n".join(_forms([*sheet.context, sheet.document.rpartition("/")[2].rpartition(".")[0]]))
        self.packed_context = packed(self.context)
        heads = _forms(sheet.heads)
        cells = [_forms(row.cells[n] for row in sheet.rows) for n in range(len(heads))]
        self._scales = [_unit_in(f" {_forms([head])[0]}") for head in sheet.heads]
        self.columns = tuple(self._column(n, head, cells[n], cells[0]) for n, head in enumerate(heads))
        self.totals: frozenset[int] = (
            frozenset(n for n, form in enumerate(cells[0]) if _TOTAL.match(form)) if cells else frozenset()
        )
        self.body = frozenset(range(len(sheet.rows))) - self.totals

    def _column(self, number: int, head: str, forms: list[str], names: list[str]) -> Column:
        found = [read_quantity(form) for form in forms]
        filled = [
            q
            for q, form in zip(found, forms, strict=True)
            if form not in NIL and form not in NO and not FREE.fullmatch(form)
        ]
        measures = [q.measure for q in filled if q]
        common = max(set(measures), key=measures.count) if measures else None
        enough = common is not None and measures.count(common) >= MEASURED * len(filled)
        bare = all(form.isdigit() for form in forms if form)
        if not enough or (bare and _CODE_HEAD.search(head)):
            return Column(number, head, tuple(forms), ())
        if bare and _YEAR_HEAD.search(head) and all(1900 <= q.low <= 2100 for q in found if q):
            found = [q and Quantity(Measure.DAY, q.low * 10_000, q.low * 10_000) for q in found]
            common = Measure.DAY
        kept = (q if q and q.measure is common else None for q in found)
        scaled = (q and self._scaled(q, number, names[n]) for n, q in enumerate(kept))
        return Column(number, head, tuple(forms), tuple(scaled))

    def _scaled(self, quantity: Quantity, column: int, name: str) -> Quantity:
        """A number in the unit that its row, its column or the table says, where the cell says none itself."""
        if quantity.measure is not Measure.NUMBER or quantity.unit:
            return quantity
        unit = (column and _unit_in(f" {name}", bracketed=True)) or self._scales[column] or self._unit_over(column)
        if not unit:
            return quantity
        return Quantity(quantity.measure, quantity.low * unit[0], quantity.high * unit[0], "元")

    def _unit_over(self, column: int) -> tuple[float, str] | None:
        """The unit above the table where a column may have it."""
        return None if _COUNTING.search(_forms([self.sheet.heads[column]])[0]) else self._unit_above

    def unit_above(self, row: int, column: int) -> str:
        """The unit of a bare number that nothing but the line above the table says; else empty."""
        unit = self._unit_over(column)
        said = self._scales[column] or _unit_in(f" {self.columns[self.naming].forms[row]}", bracketed=True)
        cell = self.columns[column].forms[row]
        bare = bool(self.columns[column].quantities) and _BARE.fullmatch(cell) is not None
        return unit[1] if unit and bare and not said else ""

    @cached_property
    def _unit_above(self) -> tuple[float, str] | None:
        """The unit that stands above the table, such as 单位：万元: how many of 元 it is, and as it is written."""
        return next((unit for line in self.context.split("\n") if (unit := _unit_in(f" {line}", bracketed=True))), None)

    @cached_property
    def names(self) -> dict[str, list[Name]]:
        """Packed form → what is called so: heads, cells and their parts, also with numbers written otherwise."""
        found: defaultdict[str, list[Name]] = defaultdict(list)
        for column in self.columns:
            raw = fold(self.sheet.heads[column.number])
            for form, whole in dict([*spoken_names(raw, True), *spoken_names(column.head, True)]).items():
                found[form].append(Name(column.number, None, whole))
            parts: defaultdict[tuple[str, bool], set[int]] = defaultdict(set)
            for cell, rows in column.distinct.items():
                for form, whole in spoken_names(cell):
                    parts[form, whole] |= rows
            for (form, whole), held in parts.items():
                found[form].append(Name(column.number, frozenset(held), whole))
        return dict(found)

    @cached_property
    def values(self) -> list[tuple[str, Name]]:
        """Every head and every different cell of words, packed."""
        heads = [(packed(column.head), Name(column.number)) for column in self.columns if column.head]
        cells = (
            (packed(form), Name(column.number, rows))
            for column in self.columns for form, rows in column.distinct.items() if not form.isascii()
        )  # fmt: skip
        return [*heads, *cells]

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that stands in it or above it."""
        cells = (form for column in self.columns for form in (column.head, *column.distinct))
        return frozenset("".join((self.context, *cells)))

    @cached_property
    def postings(self) -> dict[str, list[int]]:
        """Each pair of neighbouring characters → the places in `values` that hold it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for n, (form, _) in enumerate(self.values):
            for pair in {form[i : i + 2] for i in range(len(form) - 1)}:
                found[pair].append(n)
        return dict(found)

    @cached_property
    def name_columns(self) -> list[int]:
        """The columns that name a row: the first, and where that has codes what else is a name, two at most."""
        first = self.columns[self.naming]
        if not first.is_code and not first.quantities:
            return [first.number]
        words = [
            c.number for c in self.columns
            if c.number != first.number and not c.quantities and not c.is_code and not c.is_flag
            and max(map(len, c.forms), default=0) <= LONG
        ]  # fmt: skip
        named = [n for n in words if _NAMED.search(self.columns[n].head)]
        return [first.number, *(named[:2] or words[:1])]

    @cached_property
    def row_words(self) -> str:
        """The heads and headings that say what the rows are, and what most of their names have in common."""
        heads = [self.columns[n].head for n in self.name_columns]
        names = self.columns[self.naming].forms
        common = {c for c in "".join(dict.fromkeys(names[:200])) if 2 * sum(c in n for n in names) > len(names)}
        return "\n".join([*heads, *self.context.split("\n")[-3:], "".join(sorted(common))])

    @property
    def is_turned(self) -> bool:
        """Whether its rows are the columns of the document's table."""
        return bool(self.sheet.rows[0].sources)

    def calls_rows(self, word: str) -> bool:
        """Whether a short word stands for what the rows are: 社 for 社團, 房子 for 房號."""
        stem = word[:1] if word[1:] == "子" else word
        return len(stem) == 1 and not stem.isascii() and stem in self.row_words

    @cached_property
    def naming(self) -> int:
        """The column that names the rows: the first that is no mere count, else the first."""
        return next((c.number for c in self.columns if not c.is_serial and any(c.forms)), 0)

    def holding(self, token: str) -> Iterator[tuple[str, Name]]:
        """The heads and cells that hold a word of two characters or more."""
        listed = [self.postings.get(token[i : i + 2], []) for i in range(len(token) - 1)]
        shortest: list[int] = min(listed, key=len, default=[])
        return (self.values[n] for n in shortest if token in self.values[n][0])


_Kept = OrderedDict[str, tuple[Grid, ...]]
_kept: WeakKeyDictionary[Snapshot, _Kept] = WeakKeyDictionary()


def grids_of(generation: Snapshot, document: str) -> tuple[Grid, ...]:
    """The tables of a document, in reading order; read once while the generation is open, for some have 5,000 rows."""
    kept = _kept.setdefault(generation, OrderedDict())
    found = kept.get(document)
    if found is None:
        found = kept[document] = tuple(_read(generation, document))
        while len(kept) > KEPT_DOCUMENTS:
            kept.popitem(last=False)
    return found


def _read(generation: Snapshot, document: str) -> Iterator[Grid]:
    for sheet in sheets_of(generation, document):
        grid = Grid(sheet)
        yield grid
        columns = [c for c in grid.columns if c.number != grid.naming and c.head]
        if _turns(grid, columns):
            rows = [n for n in sorted(grid.body) if grid.columns[grid.naming].forms[n]]
            yield Grid(turned(sheet, grid.naming, [column.number for column in columns], rows))


def _turns(grid: Grid, columns: Sequence[Column]) -> bool:
    """Whether a table may as well be read the other way: its columns are things, of which each row says one thing."""
    if len(columns) < 2 or not 1 < len(grid.body) <= MOST_TURNED or len(columns) > MOST_TURNED:
        return False
    if not grid.columns[grid.naming].is_unique:
        return False
    alike = sum(_says_one_thing([column.forms[row] for column in columns]) for row in grid.body)
    return alike >= TURNED * len(grid.body)


def _says_one_thing(forms: Sequence[str]) -> bool:
    """Whether cells beside each other measure the same, or all say yes or no."""
    filled = [form for form in forms if form not in NIL and form not in NO and form not in YES]
    found = [read_quantity(form) for form in filled]
    if not filled:
        return any(form in YES or form in NO for form in forms)
    kinds = {(q.measure, q.unit) for q in found if q}
    return len(kinds) == 1 and sum(q is not None for q in found) >= MEASURED * len(filled)


def _forms(words: Iterable[str]) -> list[str]:
    """The search form of each, all made at once."""
    lines = [" ".join(one.split()) for one in words]
    return [form.strip() for form in search_form("\n".join(lines)).split("\n")] if lines else []


def _unit_in(text: str, bracketed: bool = False) -> tuple[float, str] | None:
    """The unit of money that a head or heading says: how many of 元 it is, and as it is written, 万元."""
    where = " ".join(BRACKETS.findall(text)) if bracketed else text
    if not bracketed and "(" not in text and "[" not in text:
        return None
    found = _SCALED_UNIT.search(where) or (re.search("单位", text) and _SCALED_UNIT.search(text)) or None
    return (_LARGE.get(found["large"] or "", 1.0), (found["large"] or "") + found["unit"]) if found else None
