"""JSON, JSON Lines and comma-separated values → Extract: a line for each field, beside its name.

A record that asks and answers, or that has a title over a text, becomes a heading with the text below it.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from yinju.reading.extract import Extract, TextBuilder
from yinju.reading.field_names import naming_value
from yinju.reading.table import HEAD_MARK, headed_row
from yinju.types import Block, BlockKind

HEADING_LEVEL = 2
LONGEST_HEADING = 200
LONG_VALUE = 200
"""Characters from which on a value keeps its line breaks in any case."""
LONGEST_NAME = 100
"""Characters of the joined keys before a value; of more, only the last key stays."""
LONGEST_CELL = 60
"""Characters of a value in a record that is a row of a table."""
SHORT_ITEM = 30
"""Characters up to which the items of a list share one line."""

FEWEST_FIELDS = 2
"""Of a record; an object of one text is no more than that."""

_CHECKED_RECORDS = 5
_SAMPLE = 50_000
_SAMPLE_ROWS = 100
_DELIMITERS = ",\t;|"
_STATED_DELIMITER = re.compile(r"sep=(.)\n", re.IGNORECASE)
_HIGHEST_FIELD_LIMIT = 2**31 - 1
_TITLES = frozenset(("title", "標題", "标题", "題名", "题名"))
_PAIRS = (
    ({"question", "q", "問題", "问题", "提問", "提问", "問", "问"}, {"answer", "answers", "a", "答案", "回答", "答"}),
    ({"instruction", "指令"}, {"output", "response", "輸出", "输出"}),
    ({"prompt"}, {"completion", "response"}),
    (_TITLES, {"content", "text", "body", "內容", "内容", "正文", "內文"}),
)
"""Names of the field that heads a record, and of the field that is its text."""


class _Number(str):
    """A number as the file spells it, so that 1.50 is not cited as 1.5."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_float=_Number, parse_int=_Number, parse_constant=_Number, strict=False)
_BLANK = re.compile(r"\s*")


def is_json(text: str) -> bool:
    """Whether a text is a JSON object or list, or begins with several objects one after the other."""
    start = _skip_blank(text, 0)
    if not text.startswith(("{", "["), start):
        return False
    try:
        value, end = _DECODER.raw_decode(text, start)
        end = _skip_blank(text, end)
        for _ in range(_CHECKED_RECORDS):
            if end == len(text):
                return True
            following, after = _DECODER.raw_decode(text, end)
            if not (isinstance(value, dict) and isinstance(following, dict)):
                return False
            end = _skip_blank(text, after)
    except (ValueError, RecursionError):
        return False
    return True


def extract_json(text: str) -> Extract:
    """The strings of a JSON text as lines of key and value; numbers too, where a record holds nothing nested."""
    built = TextBuilder()
    for value in _read_values(text):
        _add_value(built, value)
    return Extract(built.text, tuple(built.blocks))


def extract_csv(text: str) -> Extract:
    """The rows of a table as lines, each cell beside the head of its column."""
    csv.field_size_limit(_HIGHEST_FIELD_LIMIT)
    stated = _STATED_DELIMITER.match(text)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else _sniff_delimiter(text)
    built = TextBuilder()
    heads = [cell.strip() for cell in next((row for row in _rows(text, delimiter) if any(row)), [])]
    if _heading_keys(heads):
        for row in islice((row for row in _rows(text, delimiter) if any(row)), 1, None):
            _add_value(built, {heads[place] if place < len(heads) else "": cell for place, cell in enumerate(row)})
    else:
        built.add_table(_rows(text, delimiter))
    return Extract(built.text, tuple(built.blocks))


def _read_values(text: str) -> Iterator[Any]:
    """The JSON values of a text one after the other; a line that is none is given as it stands."""
    position = _skip_blank(text, 0)
    while position < len(text):
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = text.find("\n", position)
            end = len(text) if end < 0 else end
            value = text[position:end]
        yield value
        position = _skip_blank(text, end)


@dataclass(slots=True)
class _Owner:
    """The object that values belong to."""

    kind: BlockKind | None = None
    """What its values are; None where they are lines of text only."""
    record: str = ""
    """What it is called."""
    group: int = 0


_NO_OWNER = _Owner()


def _add_value(built: TextBuilder, value: object) -> None:
    """Append what a JSON value holds, depth first and without recursion."""
    waiting: list[tuple[str, object, _Owner]] = [("", value, _NO_OWNER)]
    last = _NO_OWNER
    while waiting:
        name, value, owner = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(reversed([*_fields(built, name, value, owner)]))
        elif isinstance(value, list) and _are_rows(value):
            group = built.new_group()
            for record in value:
                line, row = headed_row([_cell(cell) for cell in record.values()], [*record])
                built.add(line, replace(row, group=group))
        elif isinstance(value, list):
            strings = [item for item in value if isinstance(item, str) and not isinstance(item, _Number)]
            nested = [item for item in value if isinstance(item, dict | list)]
            if strings and all(len(item) <= SHORT_ITEM and "\n" not in item for item in strings):
                strings = ["、".join(item.strip() for item in strings if item.strip())]
            waiting.extend(("", item, owner) for item in reversed(nested))
            waiting.append((name, "\n".join(strings), owner))
        elif isinstance(value, bool | str):
            if owner is not last and owner.kind is BlockKind.FIELD:
                owner.group = built.new_group()  # a group's blocks follow each other
            last = owner
            _add_text(built, name, _cell(value) if isinstance(value, bool) else value, owner)


def _are_rows(values: Sequence[object]) -> bool:
    """Whether records are the rows of a table: two or more, of the same fields, each of a few words."""
    first = values[0] if len(values) > 1 else None
    if not isinstance(first, dict) or len(first) < 2 or _heading_keys(first):
        return False
    return all(
        isinstance(record, dict) and [*record] == [*first] and all(map(_is_cell, record.values())) for record in values
    )


def _is_cell(value: object) -> bool:
    return value is None or isinstance(value, bool) or (isinstance(value, str) and len(value) <= LONGEST_CELL)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(value.split()) if isinstance(value, str) else ""


def _fields(
    built: TextBuilder, name: str, record: Mapping[str, object], outer: _Owner
) -> Iterator[tuple[str, object, _Owner]]:
    """The names and values of a record's fields, once the one that heads it has been appended."""
    pair = _heading_keys(record)
    heading = record[pair[0]] if pair else None
    if pair and isinstance(heading, str) and 0 < len(words := " ".join(heading.split())) <= LONGEST_HEADING:
        asks = pair[0].strip().casefold() not in _TITLES
        kind = BlockKind.QUESTION if asks else BlockKind.HEADING
        group = built.new_group() if asks else 0
        built.add(words, Block(kind, level=HEADING_LEVEL, name=words, group=group))
        own, answer = _Owner(record=words), _Owner(BlockKind.ANSWER if asks else None, words, group)
    else:
        pair, own = None, _owner(record, outer, bool(name))
        answer = own
    flat = not any(isinstance(value, dict | list) for value in record.values())
    for key, value in record.items():
        if pair and key == pair[0]:
            continue
        if flat or not isinstance(value, bool | _Number):
            is_text = pair is not None and key == pair[1]
            yield "" if is_text else _joined_name(name, key), value, answer if is_text else own


def _owner(record: Mapping[str, object], outer: _Owner, is_field: bool) -> _Owner:
    """What a record's values belong to: itself where it has several, called by what names it or what it is in.

    One without a name of its own that is a field of another is a part of that.
    """
    words = [(key, value) for key, value in record.items() if isinstance(value, str) and value.strip()]
    if len(words) < FEWEST_FIELDS or outer.kind is BlockKind.ANSWER or (outer is not _NO_OWNER and outer.kind is None):
        return _Owner(record=outer.record)
    name = naming_value([(" ".join(key.split()), " ".join(value.split())) for key, value in words])
    if is_field and not name and outer.kind is BlockKind.FIELD:
        return outer
    return _Owner(BlockKind.FIELD, name or outer.record)


def _heading_keys(keys: Iterable[str]) -> tuple[str, str] | None:
    """The keys of the field that heads a record and of the one that is its text, or None."""
    known = {key.strip().casefold(): key for key in keys}
    for headings, texts in _PAIRS:
        heading = next((key for name, key in known.items() if name in headings), None)
        text = next((key for name, key in known.items() if name in texts), None)
        if heading is not None and text is not None:
            return heading, text
    return None


def _joined_name(outer: str, key: str) -> str:
    """The name of a field within a field, shortened to its own key where it would grow too long."""
    key = " ".join(key.split())
    name = f"{outer}.{key}" if outer and key else outer or key
    return name if len(name) <= LONGEST_NAME else key[:LONGEST_NAME]


def _add_text(built: TextBuilder, name: str, value: str, owner: _Owner = _NO_OWNER) -> None:
    """Append a field's value below or beside its name; a long one keeps its lines."""
    lines = [line for line in value.splitlines() if line.strip()]
    if not lines:
        return
    if len(value) < LONG_VALUE and len(lines) == 1:
        lines = [" ".join(lines[0].split())]
    if name:
        lines[0] = f"{name}{HEAD_MARK}{lines[0].strip()}"
    kind = owner.kind if name or owner.kind is BlockKind.ANSWER else None
    built.add_lines(lines, Block(kind, group=owner.group, name=name, record=owner.record) if kind else None)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a table; without a delimiter a row is a line."""
    if not delimiter:
        return ([line] for line in text.split("\n"))
    source = io.StringIO(text, newline="")
    if _has_open_quote(text, delimiter):
        return csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(source, delimiter=delimiter)


def _has_open_quote(text: str, delimiter: str) -> bool:
    """Whether a quotation mark opens a field that never ends, so that the marks must be plain text."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _sniff_delimiter(text: str) -> str:
    """The delimiter that gives most rows the same number of cells; empty when none does for half of them."""
    sample = text[:_SAMPLE]
    best, best_score = "", (0.5, 0)
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in islice(reader, _SAMPLE_ROWS) if any(row))
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        score = (count / widths.total(), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _skip_blank(text: str, position: int) -> int:
    """The place of the next character that is no white space."""
    found = _BLANK.match(text, position)
    return found.end() if found else position
