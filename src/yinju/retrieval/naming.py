"""A question and a passage → the rows, records and definitions in it that the question names by what stands in them.

「主油泵過熱怎麼處理」 names the row with that cell, and asks for what its column 處理方法 holds. A cell counts
only whole: rows that resemble each other share most of their characters, so that rankers of words mix them up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from yinju.retrieval.asked_types import COLUMN_KINDS, TYPES
from yinju.text import content_tokens, search_form, spans_of, words
from yinju.types import Block, BlockKind, Passage, Span
from yinju.vocabulary import shipped_vocabulary

FEWEST_CHARACTERS, FEWEST_DIGITS = 2, 3
"""Of a cell that a question is searched for, and of one that is a number without a unit."""
MOST_CHARACTERS = 60
EXPLAINED = 0.6
"""Of the characters that a question is about and an entry holds, the share that whole cells have."""
MOST_MISSING = 2
"""Characters that a question may say beyond what the entry that answers it holds."""
CODED = 3
"""How many times as much a record's own code tells, as E7: a question may say more beside it."""
LIGHT = 2.0
"""The weight in Chinese at large below which a word, such as 需要, asks for nothing."""

_MORE = (
    (re.compile("什么是|是什么|何谓|什么意思|指什么|指的是|啥"), re.compile("定义|释义|说明|解释|含义|描述|简介")),
    (re.compile("怎么|怎样|如何|咋"), COLUMN_KINDS["way"].heads),
)
"""What else asks for what fields hold, and how these are called; in a table it asks for nothing of one column."""
_BESIDE = 2
"""Characters on each side of such words that say the same once more: the 吃 of 怎么吃."""
_MEASURED = re.compile("(?:多少|几)个?([一-鿿]{1,3})")
_COUNTS = re.compile("几[个名位人件种]|多少[个名位人件种]")
"""Asks for a number of something, so that what the question says beyond an entry is what is counted."""
_ATTRIBUTE = re.compile("的(?P<asked>[^的是为有,?。]+)")
_ASKING = re.compile("哪一?[一-鿿]|谁|什么|多少|怎么样?|怎样|如何|为什么")
_BEFORE_ASKING = re.compile("(.)(?:是|为|有|在|要)?(?:多少|几|什么|哪|谁|何)")
_CODE = re.compile(r"(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*\d)[a-z0-9-]+")
_EDGES = "《》「」『』“”\"'*`()[]【】。;;,:!? \t|"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, a record or a definition, in search forms."""

    numbers: tuple[int, ...]
    """Its sentences in their passage."""
    keys: tuple[str, ...]
    """What its columns or fields are called."""
    cells: tuple[str, ...]
    """What stands in them."""
    names: tuple[str, ...] = ()
    """What it is called, where that may stand in none of them."""
    headed: bool = False
    """Whether the heading above it is its name."""

    @property
    def is_definition(self) -> bool:
        """Whether it is a key alone with what that means, so that it is asked for by its key."""
        return bool(self.keys) and self.keys == self.names


@dataclass(frozen=True, slots=True)
class Naming:
    """How a question names the entries of a passage."""

    entries: tuple[Entry, ...]
    """Those that it names best, all alike."""
    score: int
    """Characters of the question that each of them holds: cells whole, and what else it says."""
    tells: bool
    """Whether they hold what is asked."""
    whole: int
    """Characters of the question that stand in cells whole."""

    def is_as_good_as(self, other: "Naming") -> bool:
        """Whether a question names both alike."""
        return (self.score, self.tells, self.whole) == (other.score, other.tells, other.whole)


def entries_of(passage: Passage) -> tuple[Entry, ...]:
    """The entries of a passage in reading order."""
    if all(block.kind not in (BlockKind.ROW, BlockKind.FIELD) and not block.name for block in passage.blocks):
        return ()
    return _entries(passage.text, passage.sentences, passage.blocks, passage.headings)


@lru_cache(maxsize=8_192)
def _entries(
    text: str, sentences: tuple[Span, ...], blocks: tuple[Block, ...], headings: tuple[str, ...]
) -> tuple[Entry, ...]:
    found: list[Entry] = []
    bare = Passage(0, "", "", headings, None, 0, len(text), text, sentences, blocks=blocks)
    numbered = [(number, block) for number, block in enumerate(bare.blocks_of_sentences()) if block]
    for _, same in groupby(numbered, key=lambda one: (one[1].kind is BlockKind.ROW and one[0], one[1].group)):
        group = [*same]
        kind = group[0][1].kind
        if kind is BlockKind.ROW:
            found.append(_row(text, *group[0]))
        elif any(block.kind is BlockKind.FIELD for _, block in group):
            found.append(_record(text, group, ""))
        elif any(block.kind is BlockKind.ITEM and block.name for _, block in group):
            items = [one for one in group if one[1].kind is BlockKind.ITEM and one[1].name]
            found += (_record(text, same_item, key_of(block)) for block, same_item in _by_block(items))
            if headings and len({block for _, block in items}) > 1:
                found.append(_record(text, group, headings[-1]))
    return tuple(found)


def _by_block(items: Iterable[tuple[int, Block]]) -> Iterator[tuple[Block, list[tuple[int, Block]]]]:
    return ((block, [*same]) for block, same in groupby(items, key=lambda one: one[1]))


def key_of(block: Block) -> str:
    """What a field or a point calls itself, without marks of emphasis."""
    return block.name.strip("*_ ")


def _value(text: str, block: Block) -> str:
    """What a field or a point says after its key."""
    words = text[block.start : block.end]
    return words.partition(key_of(block))[2].lstrip(" :：*_\t　") if block.name else words


def _row(text: str, number: int, block: Block) -> Entry:
    cells = [text[block.start + start : block.start + end] for start, end in block.cell_spans()]
    return Entry((number,), _forms(block.heads), _forms(cells))


def _record(text: str, group: Sequence[tuple[int, Block]], name: str) -> Entry:
    """A record of fields or points; one alone is a definition, whose key is its name."""
    blocks = [*dict.fromkeys(block for _, block in group if block.name)]
    keys, values = _forms(map(key_of, blocks)), _forms(_value(text, block) for block in blocks)
    names = _forms(one for one in (name, *dict.fromkeys(block.record for block in blocks)) if one)
    headed = name != "" and len(blocks) > 1
    return Entry(tuple(number for number, _ in group), keys, values, names if len(blocks) > 1 else keys, headed)


def _forms(words: Iterable[str]) -> tuple[str, ...]:
    """The search form of each, without marks around it."""
    lines = [" ".join(one.split()) for one in words]
    return tuple(one.strip(_EDGES) for one in search_form("\n".join(lines)).split("\n")) if lines else ()


@dataclass(frozen=True, slots=True)
class _Question:
    """A question's search form, and where in it stands what it is about."""

    form: str
    tokens: tuple[tuple[str, Span], ...]
    content: frozenset[int]


@lru_cache(maxsize=64)
def _read(question: str) -> _Question:
    form = search_form(question)
    tokens = tuple((token, span) for token in content_tokens(question) for span in spans_of(token, form))
    own, weight = {*words(question)}, shipped_vocabulary().weight
    telling = frozenset(n for token, span in tokens if token in own and weight(token) >= LIGHT for n in range(*span))
    asking = frozenset(n for match in _ASKING.finditer(form) for n in range(*match.span()))
    return _Question(form, tokens, telling - asking)


def named_entries(question: str, passage: Passage) -> Naming | None:
    """What of a passage a question names; None where it names nothing, or is mostly about something else."""
    entries = entries_of(passage)
    if not entries:
        return None
    asked = _read(question)
    around = _forms((passage.title, *passage.headings))
    named = [(_named(asked, entry, around), entry) for entry in entries]
    best = max((own for own, _ in named), default=_UNNAMED)
    return Naming(tuple(entry for own, entry in named if own == best), *best) if best > _UNNAMED else None


_UNNAMED = (0, False, 0)


def _named(asked: _Question, entry: Entry, around: Sequence[str]) -> tuple[int, bool, int]:
    """See `Naming`: how many characters it holds, whether it tells what is asked, how many are whole cells."""
    cells = entry.names if entry.is_definition else (*entry.names, *entry.cells)
    covered = {n for cell in cells for span in _whole(cell, asked.form) for n in range(*span)}
    if not covered:
        return _UNNAMED
    told = "\n".join((*entry.names, *entry.keys, *entry.cells, *around))
    spans = (range(*span) for token, span in asked.tokens if _with_unit(asked.form, token, span) in told)
    held = {n for span in spans if covered.isdisjoint(span) for n in span}
    held |= {*_asked_with(asked.form, entry)} - covered
    missing = asked.content - covered - held
    coded = CODED if any(_CODE.fullmatch(name) and next(_whole(name, asked.form), None) for name in entry.names) else 1
    if coded * len(covered) < EXPLAINED * (coded * len(covered) + len(missing)):
        return _UNNAMED
    tells = len(missing) <= coded * MOST_MISSING and not _lacks(asked.form, max(covered) + 1, missing)
    tells = tells and not (missing and _COUNTS.search(asked.form))
    whole = len(covered) - entry.is_definition  # the name of a thing says more than what a field of it is called
    return len(covered) + len(held & asked.content), tells, whole


def _with_unit(form: str, token: str, span: Span) -> str:
    """A word of a question, a number with the character that says of what."""
    return form[span[0] : span[1] + 1].rstrip(" ?的是") if token.isdecimal() else token


def _lacks(form: str, after: int, missing: AbstractSet[int]) -> bool:
    """Whether what is missing is a number or the attribute that is asked for: 售价 in 「X的售价」 and 「X售价多少」."""
    if any(form[place].isdigit() for place in missing):
        return True
    attribute = _ATTRIBUTE.search(form, after)
    if attribute and not missing.isdisjoint(range(*attribute.span("asked"))):
        return True
    return any(match.start(1) in missing for match in _BEFORE_ASKING.finditer(form))


def _whole(cell: str, form: str) -> Iterator[Span]:
    """Where a cell stands in a question, a number or a word of letters only as a whole."""
    least = FEWEST_DIGITS if cell.isdecimal() else FEWEST_CHARACTERS
    if not least <= len(cell) <= MOST_CHARACTERS:
        return
    start = form.find(cell)
    while start >= 0:
        end = start + len(cell)
        if not (_joined(form[start - 1 : start], cell[0]) or _joined(cell[-1], form[end : end + 1])):
            yield start, end
        start = form.find(cell, end)


def _joined(before: str, after: str) -> bool:
    """Whether two neighbouring characters are of one number or one word of letters."""
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _asked_with(form: str, entry: Entry) -> Iterator[int]:
    """Where a question says with what words it asks, so far as a column's name or a cell's unit answers them."""
    for (start, end), own in _asked_keys(form):
        if any(own.search(one) for one in entry.keys):
            beside = re.search(f"[^的是为有在]{{0,{_BESIDE}}}$", form[:start])
            yield from range(beside.start() if beside else start, end + _BESIDE)
    for match in _MEASURED.finditer(form):
        units = (match[1][:length] for length in (3, 2, 1))
        unit = next((u for u in units if any(re.search(rf"[\d一二三四五六七八九十两]{u}", c) for c in entry.cells)), "")
        if unit:
            yield from range(match.start() - 1, match.start(1) + len(unit))


@lru_cache(maxsize=64)
def _asked_keys(form: str) -> tuple[tuple[Span, re.Pattern[str]], ...]:
    """Where a question asks for what columns or fields hold, and how these are called, over search forms."""
    typed = ((one.words, COLUMN_KINDS[name].heads) for one in TYPES for name in one.columns)
    return tuple((match.span(), heads) for asks, heads in (*typed, *_MORE) if (match := asks.search(form)))


def is_given(question: str, cell: str) -> bool:
    """Whether a question holds a cell or a name, both in search form, whole."""
    return next(_whole(cell, search_form(question)), None) is not None


def answers_to(question: str, name: str) -> bool:
    """Whether a column or field is called, in search form, like what a question asks with: 处理方法 for 怎么修."""
    return any(own.search(name) for _, own in _asked_keys(search_form(question)))
