"""A document's tables and records → questions that one cell of them answers: whose telephone, what it costs, when."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from operator import itemgetter

from yinju.folding import fold
from yinju.suggestions.headings import Example
from yinju.types import Block, BlockKind, Document, Span

EACH = 2
"""How many questions one table makes, about different rows and columns."""
LONGEST_NAME, LONGEST_VALUE = 12, 30
LONGEST_BARE_CODE = 3
"""A code no longer than that tells nothing by itself."""

_DATE = re.compile(r"\d+\s*[年月/.-]\s*\d|\d:\d\d|星期|周[一二三四五六日]|每[日周月年]")
_NUMBER = re.compile(r"[\d〇一二三四五六七八九十百千万]")
_ANY = re.compile("")
_ASKED = (
    (re.compile("价[钱格]?|售价|单价|定价|票价"), _NUMBER, "{name}多少錢？"),
    (re.compile(".*(?:价|费|金额|工资|薪资|补贴|津贴|押金|预算|额)"), _NUMBER, "{name}的{head}是多少？"),
    (re.compile(".*(?:人|店长|主管|讲师|导师|窗口)"), _ANY, "{name}的{head}是誰？"),
    (re.compile(".*(?:电话|分机|手机|号码|邮箱|信箱|e-?mail)"), _ANY, "{name}的{head}是多少？"),
    (re.compile(".*(?:数|量|率|上限|下限|比例|重量|尺寸)"), _NUMBER, "{name}的{head}是多少？"),
    (re.compile("日期|时[间程]"), _DATE, "{name}是什麼時候？"),
    (re.compile(".*(?:日期|时间|日|期限|时程)"), _DATE, "{name}的{head}是什麼時候？"),
    (re.compile("地[点址]|位置|场地|会场"), _ANY, "{name}的{head}在哪裡？"),
    (re.compile("含义|意思|意义"), _ANY, "{name}是什麼意思？"),
    (re.compile("处理|处置|解决|解决办法|处理方[式法]"), _ANY, "{name}怎麼處理？"),
    (re.compile("算法|计算方[式法]|公式"), _ANY, "{name}怎麼算？"),
)  # fmt: skip
"""(a column's folded name, what stands in the cell, the question), those that people ask most first."""
_COMPARES = re.compile("(?:比较|对照|对比)?(?:项目|方面|指标|特点|内容)|规格|参数|比较|")
"""What heads the column of features in a table that compares things, one a column."""
_GROUPS = re.compile("类别|类型|分类|部门|组别|星期|年度|年份|月份|日期|时间|序号|项次")
"""What heads a column of what several rows have in common, or of nothing but their order."""
_CLUMSY = re.compile("[占是有含]|.*的")
_NO_NAME = re.compile(r"[、，,；;：:。！？!?/／]|\d\s*[份個个件人張张元次組组箱盒]$")
"""In a cell that tells several things, or how many of one, and is no name that people ask by."""
_AMOUNT = re.compile(r"约?\d[\d,.]*\s*\D{0,8}")
_GRADE = re.compile(".{0,2}[型级类档种层号]")
"""小型, 一级: of what is told elsewhere."""
_UNIT = re.compile(r"[（(][^）)]*[）)]")
_CODE = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class _Thing:
    """A row or a record: what it is called, and what is said of it."""

    kind: str
    """The name of the column or field that names it."""
    name: str
    values: tuple[tuple[str, str], ...]
    """(column or field, value)."""
    span: Span
    """Where it stands in the document."""

    @property
    def called(self) -> str:
        """Its name; a short code with what it is the code of: 錯誤碼 E1."""
        if _CODE.fullmatch(self.name):
            return f"{self.kind} {self.name} " if len(self.name) <= LONGEST_BARE_CODE else f"{self.name} "
        return f"「{self.name}」" if "的" in self.name else self.name


def cell_questions(document: Document, blocks: Sequence[Block]) -> Iterator[Example]:
    """Up to `EACH` questions of every table, and of the records with the same fields; blocks as `outline_questions`."""
    tables = defaultdict[tuple[object, ...], list[_Thing]](list)
    for thing, table in _rows(document, blocks):
        tables[table].append(thing)
    for things in tables.values():
        names = [thing.name for thing in things]
        known = [thing for thing in things if names.count(thing.name) == 1]
        asked = _compared(known) or _asked(known)
        yield from (Example(q, document.name, *thing.span, 3) for q, thing in asked[:EACH])


def _rows(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[_Thing, tuple[object, ...]]]:
    """Rows and records that have a name, each with what tells its table from others."""
    records = defaultdict[int, list[Block]](list)
    for block in blocks:
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.ROW and block.heads:
            cells = [text[start:end].strip() for start, end in block.cell_spans()]
            pairs = [(_UNIT.sub("", head).strip(), cell) for head, cell in zip(block.heads, cells, strict=False)]
            yield from _named(pairs, (block.start, block.end), ("table", block.group))
        elif block.kind is BlockKind.FIELD and block.record:
            records[block.group].append(block)
    for fields in records.values():
        texts = (document.text[block.start : block.end].partition(block.name) for block in fields)
        pairs = [(name, rest.strip().removeprefix("：").removeprefix(":").strip()) for _, name, rest in texts]
        keys = tuple(name for name, _ in pairs)
        if fields[0].record == pairs[0][1]:
            yield from _named(pairs, (fields[0].start, fields[-1].end), ("records", *keys))


def _named(
    pairs: Sequence[tuple[str, str]], span: Span, table: tuple[object, ...]
) -> Iterator[tuple[_Thing, tuple[object, ...]]]:
    """A row as a thing, where the first cell that tells it from others is a name."""
    named = dropwhile(lambda pair: _GROUPS.fullmatch(fold(pair[0])), pairs)
    (kind, name), *values = [*named] or [("", "")]
    is_name = not (name.isdecimal() or _GRADE.fullmatch(fold(name)) or _NO_NAME.search(name))
    if 2 <= len(name) <= LONGEST_NAME and is_name:
        yield _Thing(kind, name, tuple(values), span), table


def _compared(things: Sequence[_Thing]) -> list[tuple[str, _Thing]]:
    """What of a table that compares things differs between them."""
    if not things or not _COMPARES.fullmatch(fold(things[0].kind)):
        return []
    found = []
    for thing in things:
        heads, cells = [head for head, _ in thing.values], [cell for _, cell in thing.values]
        if any(column.fullmatch(fold(head)) for column, _, _ in _ASKED for head in heads):
            return []
        if len(heads) == 2 and len({*cells}) == 2 and all(heads) and all(cells):
            found.append((f"{heads[0]}和{heads[1]}的{thing.name}有什麼不同？", thing))
        elif len(heads) > 2 and heads[0] and _AMOUNT.fullmatch(fold(cells[0])):
            found.append((f"{heads[0]}的{thing.name}是多少？", thing))
    return found


def _asked(things: Sequence[_Thing]) -> list[tuple[str, _Thing]]:
    """A question for every column that people ask about, what they ask most first, of one row after the other."""
    found = list[tuple[str, _Thing]]()
    for _, place, fits, question in sorted(_askable(things[0]) if things else [], key=itemgetter(0, 1)):
        for thing in things[len(found) :]:
            head, value = thing.values[place]
            if 0 < len(value) <= LONGEST_VALUE and fits.search(fold(value)):
                found.append((question.format(name=thing.called, head=head), thing))
                break
    return found


def _askable(thing: _Thing) -> Iterator[tuple[int, int, re.Pattern[str], str]]:
    """(how much is asked more often, its place, what answers, the question) of the columns that people ask about."""
    for place, (head, _) in enumerate(thing.values):
        kinds = (kind for kind, (column, _, _) in enumerate(_ASKED) if column.fullmatch(fold(head)))
        kind = next(kinds, None)
        if kind is not None and not _CLUMSY.match(head):
            yield kind, place, *_ASKED[kind][1:]
