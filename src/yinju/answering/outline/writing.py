"""Sections → statements of an outline in the asker's script, each with its citation."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from yinju.answering.extract import spoken
from yinju.answering.outline.key_sentences import chosen, item_labels, record_names
from yinju.answering.outline.sections import Line, Section
from yinju.answering.reply import Reply, cite
from yinju.folding import HAN
from yinju.messages import Language, say
from yinju.text import said_to, script_of
from yinju.types import BlockKind, Citation, Statement, Verdict

DOCUMENT = 450
"""Characters of an outline of a document."""
SHORTEST = 24
"""The least room for what stands below a heading, in characters."""
LONGEST_NAME = 14
"""Characters of a cell that is a name."""
FORMS = (BlockKind.ROW, BlockKind.HEADS, BlockKind.FIELD)
"""Rows of tables and fields of records, such as who was there."""
MOST_NAMES = 10
"""Names in a row."""
MOST_PARTS = 14
"""Headings in one outline."""
TABLE_SHARE = 0.5
"""From this share of a section on, its table stands for it."""

_QUESTION = re.compile(r"^(?:[問问]|Q)\s*\d*\s*[:：.、]\s*")
_NUMBERING = re.compile(
    r"^\s*(?:(?:[問问]|Q)\s*\d*\s*[:：.、]|第\s*[\d〇一二三四五六七八九十百]+\s*[章節节篇部條条點点回講讲课課]|[（(]?[一二三四五六七八九十百\d]+(?:[.．]\d+)*(?:[)）、.．](?!\d)|\s))\s*[、:：]?\s*"
)
_WRAPPED = re.compile(rf"(?<=[{HAN}，。；：、])\s*\n\s*(?=[{HAN}（「《])")


@dataclass
class Writer:
    """An outline as it grows."""

    question: str
    language: Language
    weights: Mapping[str, float] = field(default_factory=dict)
    """Of the words of the document, see `sections.Outlined`."""
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def lead(self, key: str, **values: object) -> None:
        """A sentence of Yinju's own, on a line of its own."""
        said = say(key, self.language, **values)
        self.statements.append(Statement(said, (), new_line=bool(self.statements)))

    def put(self, text: str, line: Line, begins: bool = True, before: str = "") -> None:
        """What a line of the document says, and where it stands; what stands before it is said as it is."""
        passage, marker = line.passage, len(self.citations) + 1
        self.citations.append(cite(passage, line.start, line.end, marker))
        row = tuple((self.own(head), self.own(cell)) for head, cell in _cells(line))
        self.statements.append(Statement(before + self.own(text), (marker,), new_line=begins, row=row))

    def own(self, text: str) -> str:
        """A text in the asker's script."""
        script = script_of(self.question)
        return said_to(self.question, script, text) if script else text

    def reply(self, about: str = "") -> Reply | None:
        """All that was written, `about` a whole document where it is; None where nothing of a document was."""
        if not self.citations:
            return None
        return Reply(Verdict.ANSWERED, tuple(self.statements), tuple(self.citations), about=about)


def room_below(parts: Sequence[Section], most: int = DOCUMENT) -> int:
    """How many characters of each section an outline of `most` altogether says; all where there is no section."""
    shown = parts[:MOST_PARTS]
    return max(SHORTEST, (most - sum(len(part.heading) for part in shown)) // len(shown)) if shown else most


def write_headings(writer: Writer, parts: Sequence[Section], most: int, key: Collection[Line] = ()) -> None:
    """Each heading with what it is about, in `most` characters altogether; headings alone where that is 0.

    Of very many headings those are given first that have a `key` sentence below, which is said in any case.
    """
    room, told_apart = room_below(parts, most) if most else 0, _told_apart(parts)
    shown = _shown(parts, key)
    for part in shown:
        first = next(part.lines(), None)
        about = [*_about(writer, part, room, told_apart, key)] if room else []
        if about:
            for number, (text, line) in enumerate(about):
                writer.put(text if number else labelled(part.heading, text), line, begins=not number)
        elif first:
            writer.put(part.heading, first)
    if len(parts) > len(shown):
        writer.lead("outline.rest", count=len(parts) - len(shown))


def _told_apart(parts: Sequence[Section]) -> bool:
    """Whether subheadings say what a section is about, and are not those of a form, such as 報告 and 決議."""
    below = [part.heading for section in parts for part in section.parts]
    return len(below) == len({*below})


def _shown(parts: Sequence[Section], key: Collection[Line]) -> list[Section]:
    """As many of the sections as an outline gives, in their order."""
    places = {line.place for line in key}
    first = sorted(range(len(parts)), key=lambda n: places.isdisjoint(line.place for line in parts[n].lines()))
    return [parts[n] for n in sorted(first[:MOST_PARTS])]


def _about(
    writer: Writer, section: Section, room: int, told_apart: bool, key: Collection[Line]
) -> Iterator[tuple[str, Line]]:
    """What a section is about: what stands for it, with its key sentences, or the sentences that tell most."""
    name = names_of(section, room, told_apart, writer.language)
    if name:
        yield name
        places = {line.place for line in section.lines()}
        yield from ((said(line), line) for line in key if line.place in places)
    else:
        yield from ((said(line), line) for line in chosen(section, writer.weights, room, key))


def names_of(section: Section, room: int, told_apart: bool, language: Language) -> tuple[str, Line] | None:
    """What stands for a section, and where that begins: its subheadings, its records, its table; maybe nothing."""
    lines = [*section.lines()]
    rows = [line for line in lines if line.kind is BlockKind.ROW]
    records = record_names(lines)
    subheads = [line for line in lines if line.is_subhead]
    if told_apart and len(section.parts) > 1:
        names = [without_number(part.heading) for part in section.parts]
        return joined_names(names, room, language), lines[0]
    if len(labels := item_labels(section)) > 2:
        return joined_names([label for label, _ in labels], room, language), labels[0][1]
    if len(subheads) > 1:
        return joined_names([without_number(said(line)) for line in subheads], room, language), subheads[0]
    if records:
        return joined_names([name for name, _ in records], room, language), records[0][1]
    return (table_said(rows, room, language), rows[0]) if is_table(lines) else None


def is_table(lines: Sequence[Line]) -> bool:
    """Whether the rows of tables are most of some lines."""
    rows = [line for line in lines if line.kind is BlockKind.ROW]
    return len(rows) > 1 and _written(rows) >= TABLE_SHARE * _written(lines)


def write_whole(writer: Writer, section: Section, lines: Sequence[Line], most: int = 0) -> None:
    """Lines of a section in reading order, the first of each subsection after its heading.

    Where there is `most`, its tables are said in a sentence each, and the fields of its records left out.
    """
    opening = {id(next(part.lines(), None)): part.heading for _, part in section.all_parts()}
    tables = {id(table[0]): table for table in tables_of(lines)} if most else {}
    for line in lines:
        label = opening.get(id(line), "")
        if id(line) in tables:
            writer.put(labelled(label, table_said(tables[id(line)], most // 4, writer.language)), line)
        elif line.kind is not BlockKind.HEADS and not (most and line.kind in FORMS):
            writer.put(labelled(label, said(line, listed=True)), line, begins=bool(label) or line.begins_block)


def tables_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The rows of each table among some lines."""
    rows = (line for line in lines if line.kind is BlockKind.ROW)
    return [[*table] for _, table in groupby(rows, key=lambda line: line.block.heads if line.block else ())]


def write_points(writer: Writer, section: Section, most: int, key: Collection[Line] = ()) -> None:
    """The tables of a section in a sentence each, and the sentences that tell most, in `most` characters.

    Its `key` sentences are among them.
    """
    lines = [*section.lines()]
    for table in tables_of(lines):
        writer.put(table_said(table, most // 4, writer.language), table[0])
    if records := record_names(lines):
        writer.put(joined_names([name for name, _ in records], most, writer.language), records[0][1])
    told = {line.place: line for line in (*chosen(section, writer.weights, most, key), *key)}
    for place in sorted(told):
        writer.put(said(told[place]), told[place])


def labelled(heading: str, text: str) -> str:
    """What is said of a heading, after it."""
    label = label_of(heading)
    return f"{label}{'' if label.endswith(('？', '?')) else '：'}{text}" if label else text


def label_of(heading: str) -> str:
    """A heading as it stands before what is said of it: without the sign of a question, in one line."""
    return _QUESTION.sub("", " ".join(heading.split())).rstrip("：:")


def without_number(heading: str) -> str:
    """A heading without what counts it: 開放時間 of 「第一章 開放時間」."""
    return " ".join((_NUMBERING.sub("", heading) or heading).split())


def joined_names(names: Sequence[str], room: int, language: Language) -> str:
    """Names in a row, as many as have room, and how many there are where not all have."""
    shown = list[str]()
    for name in names[:MOST_NAMES]:
        if shown and sum(map(len, shown)) + len(shown) + len(name) > room:
            break
        shown.append(name)
    comma = say("comma", language)
    some = "".join(name if name.endswith(("?", "？")) else name + comma for name in shown).removesuffix(comma)
    return some if len(shown) == len(names) else say("outline.of_many", language, some=some, count=len(names))


def table_said(rows: Sequence[Line], room: int, language: Language) -> str:
    """What a table tells of what: the names in its first columns, and what the others are called."""
    cells = [[(head, " ".join(cell.split())) for head, cell in _cells(row)] for row in rows]
    column = next((n for n in range(min(2, len(cells[0]))) if _names(row[n][1] for row in cells if len(row) > n)), 0)
    names = [*dict.fromkeys(row[column][1] for row in cells if len(row) > column and row[column][1])]
    heads = joined_names([head for n, (head, _) in enumerate(cells[0]) if head and n != column], room, language)
    return say("outline.rows", language, heads=heads, names=joined_names(names, room - len(heads), language))


def _names(cells: Iterable[str]) -> bool:
    """Whether the cells of a column are names: short, and most with Han characters."""
    found = [bool(re.search(f"[{HAN}]", cell)) and 2 <= len(cell) <= LONGEST_NAME for cell in cells]
    return sum(found) * 2 > len(found)


def said(line: Line, listed: bool = False) -> str:
    """A line as it is said: without markup, in one line."""
    return " ".join(_WRAPPED.sub("", spoken(line.text, listed, line.block)).split())


def length(lines: Iterable[Line]) -> int:
    """Characters of some lines; of the rows of tables, which are drawn as such, those of their cells."""
    return sum(sum(len(cell) for _, cell in _cells(line)) or len(line.text) for line in lines)


def _written(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _cells(line: Line) -> list[tuple[str, str]]:
    """Each cell of a row with the name of its column; empty for other lines."""
    block = line.block
    if block is None or block.kind is not BlockKind.ROW:
        return []
    words = line.passage.text[block.start : block.end]
    return [(head, words[a:b]) for head, (a, b) in zip(block.heads, block.cell_spans(), strict=False)]
