"""Lines of a key and its value, 「故障代碼: 2099」 → records: what belongs to one thing, and its name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yinju.numerals import NUMERALS, number_of
from yinju.reading.structure.found import FoundBlocks
from yinju.types import Block, BlockKind, Span

LONGEST_NAME = 40
"""Characters of a value that names its record."""
SHORTEST_DEFINITION = 8
"""Characters of what stands beside a term in a glossary."""
FEWEST_DEFINITIONS = 4
"""That are a glossary by themselves; of fewer, or below a lead-in, they are points of a text."""
FEWEST_FIELDS = 3
"""Of a record that stands alone; two where another has the same keys."""

_NUMBER = rf"(?:\d{{1,3}}|[{NUMERALS}]{{1,3}})"
_LISTED = rf"[・•●○▪◆·■□▶►※①-⑳]|{_NUMBER}[.．、)）]|[（(]{_NUMBER}[)）]"
"""What points of a list begin with, which are no fields."""
_PATTERN = (
    rf"[ \t　]*(?!{_LISTED})(?P<mark>\*\*)?(?P<key>[^\s:：，。；！？,;!?|｜<>「」【】*#>-]"
    r"[^\n:：，。；！？,;!?|｜<>「」*]{0,15}?)"
    r"(?:[ \t]*：|[ \t]*:(?!//))(?(mark)(?:\*\*)?|)[ \t　]*(?P<value>[^\n]*)"
)
_FIELD, _FIELD_LINE = re.compile(_PATTERN), re.compile(rf"\n{_PATTERN}")
_NAMING = re.compile(
    "名[稱称]?$|[編编][號号]|代[碼码號号]|型[號号]|品名|[標标][題题]|[項项]目$|姓名|^(?:name|title|id|code)$", re.I
)
_ANNOUNCES = re.compile(rf"以下|如下|下列|[{NUMERALS}\d几幾][个個项項点點条條种種]")
"""What leads in to lines that are like each other, and is no key beside them."""
_CLOSED = tuple("。.！!；;")
_COUNTED = re.compile(rf"[{NUMERALS}]+|\d+")
_NUMBER_KEY = re.compile(r"[\d.]+")


@dataclass(slots=True)
class _Record:
    """Fields that stand together, and the lines that go on with one of them."""

    fields: list[tuple[Span, str, Span]] = field(default_factory=list)
    """Where each stands, its key, and where its value is."""
    others: list[Span] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys in order."""
        return tuple(key for _, key, _ in self.fields)


def find_records(found: FoundBlocks) -> Iterator[Block]:
    """The fields of records: lines of different keys that no blank line parts, or that begin again."""
    records = [record for chunk in _chunks(found) for record in _records_in(found.text, chunk)]
    first_keys = Counter(record.keys[0] for record in records)
    kept = [
        record for record in records
        if len(record.fields) >= FEWEST_FIELDS or (len(record.fields) > 1 and first_keys[record.keys[0]] > 1)
    ]  # fmt: skip
    naming = _naming_keys(found.text, kept)
    for record in kept:
        if _is_counted(found.text, record):
            yield from _told_of(found, record, counted=True)
        elif first_keys[record.keys[0]] == 1 and _is_glossary(found.text, record):
            yield from _told_of(found, record)
        else:
            yield from _blocks_of(found, record, naming.get(record.keys[0], ""))


def join_records(found: FoundBlocks) -> Iterator[Block]:
    """The fields that a format tells of one by one, as a list of descriptions does, as records where keys recur."""
    runs: list[list[Block]] = []
    for block in found.blocks:
        if block.kind is not BlockKind.FIELD or block.name != block.record:
            continue
        if runs and not found.text[runs[-1][-1].end : block.start].strip():
            runs[-1].append(block)
        else:
            runs.append([block])
    records = [record for run in runs for record in _recurring(found.text, run)]
    naming = _naming_keys(found.text, records)
    for record in records:
        yield from _blocks_of(found, record, naming.get(record.keys[0], ""))


def _recurring(text: str, run: Sequence[Block]) -> Iterator[_Record]:
    """The records of fields that follow each other, where the first key of them comes again; else none."""
    if Counter(block.name for block in run)[run[0].name] < 2 or len({block.name for block in run}) < 2:
        return
    records: list[_Record] = []
    for block in run:
        if not records or block.name == run[0].name:
            records.append(_Record())
        words = text[block.start : block.end]
        value = block.start + (len(block.name) if words.startswith(block.name) else 0)
        value += len(text[value : block.end]) - len(text[value : block.end].lstrip(" ：:\n\t　"))
        records[-1].fields.append(((block.start, block.end), block.name, (value, block.end)))
    yield from records


def _is_counted(text: str, record: _Record) -> bool:
    """Whether its keys are one word with numbers that go on, its values sentences: 決議一, 決議二, points of a list."""
    if not all(text[slice(*value)].rstrip().endswith(_CLOSED) for _, _, value in record.fields):
        return False
    numbers = [_COUNTED.search(key) for key in record.keys]
    if len(numbers) < 2 or not all(numbers):
        return False
    words = {key.replace(number[0], "", 1) for key, number in zip(record.keys, numbers, strict=True) if number}
    values = [number_of(number[0]) for number in numbers if number]
    return len(words) == 1 and values == [*range(values[0] or 0, (values[0] or 0) + len(values))]


def _is_glossary(text: str, record: _Record) -> bool:
    """Whether each of the fields tells of a thing of its own, at length: its key is what that is called."""
    told = [text[slice(*value)].rstrip() for _, _, value in record.fields]
    return all(
        len(one) >= SHORTEST_DEFINITION and len(one) > len(key) and not _NAMING.search(key)
        for one, key in zip(told, record.keys, strict=True)
    ) and 2 * sum(one.endswith(_CLOSED) or len(one) > LONGEST_NAME for one in told) > len(told)


def _told_of(found: FoundBlocks, record: _Record, counted: bool = False) -> Iterator[Block]:
    """Every field as a record of its own, with the lines that go on with it; the points of one list below a lead-in.

    So are keys that are `counted`: each is the number that its point begins with.
    """
    group, lead = found.new_group(), found.lead_above(record.fields[0][0][0])
    if lead:
        yield Block(BlockKind.PARAGRAPH, *lead, group=group)
    apart = not counted and lead is None and len(record.fields) >= FEWEST_DEFINITIONS
    spans = sorted([*((span, key) for span, key, _ in record.fields), *((span, "") for span in record.others)])
    name = ""
    for span, key in spans:
        group, name = (found.new_group() if apart else group, key) if key else (group, name)
        kind = (BlockKind.FIELD if apart else BlockKind.ITEM) if key else BlockKind.PARAGRAPH
        marker, called = (key, "") if counted else ("", key)
        yield Block(
            kind, *_stripped(found.text, span), group=group, name=called, marker=marker, record=name if apart else ""
        )


def _chunks(found: FoundBlocks) -> Iterator[list[Span]]:
    """Runs of two lines or more, neither blank nor in a block, of which the first has a key."""
    end = found.body_start
    for match in found.lines_with(_FIELD_LINE):
        start, stop = match.start(), match.end() - 1
        if start >= end and found.is_free(start, stop):
            chunk = list(found.run_from(start))
            if not match["value"] and _ANNOUNCES.search(match["key"]):
                chunk = chunk[1:]
            end = chunk[-1][1] + 1 if chunk else stop
            if len(chunk) > 1:
                yield chunk


def _records_in(text: str, chunk: Sequence[Span]) -> Iterator[_Record]:
    """The records of a chunk of lines, a new one wherever the first key comes again; none where it is no such chunk."""
    records = [_Record()]
    for span in chunk:
        match = _FIELD.fullmatch(text, *span)
        if match is None or not match["value"] or _NUMBER_KEY.fullmatch(match["key"]):
            records[-1].others.append(span)
            continue
        key = " ".join(match["key"].split())
        if key in records[-1].keys:
            if key != records[0].keys[0]:
                return
            records.append(_Record())
        records[-1].fields.append((span, key, match.span("value")))
    others, fields = (sum(len(part) for part in parts) for parts in
                      ([r.others for r in records], [r.fields for r in records]))  # fmt: skip
    speaks = len(records) > 1 and len(records[0].fields) < FEWEST_FIELDS  # a dialogue
    if fields > others and not speaks:
        yield from (record for record in records if record.fields)


def _naming_keys(text: str, records: Sequence[_Record]) -> dict[str, str]:
    """First key of records of a kind → the key whose values tell them apart; empty where none does."""
    kinds: dict[str, list[_Record]] = {}
    for record in records:
        kinds.setdefault(record.keys[0], []).append(record)
    return {first: _naming_key(text, alike) for first, alike in kinds.items()}


def _naming_key(text: str, records: Sequence[_Record]) -> str:
    keys = [key for key in records[0].keys if all(key in record.keys for record in records)]
    named = [key for key in keys if _NAMING.search(key)]
    for key in named + (keys if len(records) > 1 else []):
        values = [_value(text, record, key) for record in records]
        if all(0 < len(value) <= LONGEST_NAME and not value.endswith(_CLOSED) for value in values) and len(
            {*values}
        ) == len(values):
            return str(key)
    return ""


def _value(text: str, record: _Record, key: str) -> str:
    return next((text[slice(*value)].strip() for _, own, value in record.fields if own == key), "")


def _blocks_of(found: FoundBlocks, record: _Record, naming: str) -> Iterator[Block]:
    group, name = found.new_group(), _value(found.text, record, naming)
    lead = found.lead_above(record.fields[0][0][0])
    if lead:
        yield Block(BlockKind.PARAGRAPH, *lead, group=group, record=name)
    for span, key, _ in record.fields:
        yield Block(BlockKind.FIELD, *_stripped(found.text, span), group=group, name=key, record=name)
    for span in record.others:
        yield Block(BlockKind.PARAGRAPH, *_stripped(found.text, span), group=group, record=name)


def _stripped(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())
