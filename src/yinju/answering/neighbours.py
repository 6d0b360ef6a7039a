"""A question and what was found → the name in it of which the documents have only neighbours: 科目四 beside 科目三.

Three kinds of names are told apart from their neighbours: one word with another number, a thing of another size (7 mm
beside 3 mm and 5 mm), and a cell that names rows of a table, other ones than the row which would answer.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from yinju.answering.confidence import spelt
from yinju.answering.sentences import Sentence
from yinju.numerals import DIGIT, number_of
from yinju.retrieval import Evidence
from yinju.retrieval.answer_types import asked_types
from yinju.retrieval.query import Query
from yinju.text import HAN, search_form
from yinju.types import Block, BlockKind, Passage

FEWEST = 2
"""Other numbers, or other sizes, of which neighbours are told: one alone may be an example, or a limit."""
SHORTEST_CELL = 2
"""Characters of a cell that a question can name."""

_SIZE = r"mm|cm|km|kg|mg|ml|gb|tb|kw|hz|吋|寸|英寸|毫米|厘米|公分|公尺|公斤|公克|公升|毫升|千克"
_SIZED = re.compile(rf"(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>{_SIZE})\s?的?(?P<thing>[{HAN}]{{2,3}})")
_COUNTS = re.escape(
    "个位名人次种款条项步间辆台件页本册张份支瓶盒箱包罐杯片颗粒套双堂节门科家户只头座栋层楼岁级届期班组队部集章场趟笔单"
    "批天日号年月周点时分秒元块百千万亿成折倍度公米厘毫克斤吨升坪平字票席桌床两半几%~.:/-"
)
"""What makes a number before it an amount, and no part of a name."""
_NUMBER = rf"(?:\d{{1,3}}(?!\d)|[{DIGIT}十百]{{1,4}}(?![{DIGIT}十百]))"
_NUMBERED = re.compile(rf"(?P<word>[{HAN}]{{2}})(?P<number>{_NUMBER})(?![{_COUNTS}a-z]|多(?!少))")
_RANGE = re.compile("[至到~-]")
_NO_NAME = frozenset("第的了在是有要到过和跟与或从每前后约共满超近期周拜")
"""Characters that a word with a number of its own does not hold: 每三, 滿五, 星期三."""


def neighbour(evidence: Evidence) -> str:
    """The name that the question has and the evidence only neighbours of, in search form; empty where there is none."""
    query = evidence.query
    around = ["\n".join((c.around, *c.sentences)) for c, _ in evidence.ranked]
    return _other_number(query, around) or _other_size(query, around)


def tells_of_others(evidence: Evidence, best: Sentence) -> bool:
    """Whether a sentence speaks of neighbours alone, though documents have what is asked for elsewhere.

    Of 科目二 and 科目三 where 科目四 is asked; the row from 上海 to 大阪 where that from 寧波 to 大阪 is.
    """
    said = best.candidate.sentences[best.number]
    return bool(_other_number(evidence.query, [said])) or _is_other_row(evidence, best)


def is_named(query: Query, sentence: Sentence) -> bool:
    """Whether a question names a sentence by its version, number or code, and so means no other."""
    return any(spelt(query, sentence.candidate.sentences[sentence.number]))


def without_siblings(query: Query, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, the points and rows beside one that the question names by its code no longer likely."""
    groups = {_group(s) for s in sentences if _group(s) and is_named(query, s)}
    if not groups:
        return [*sentences]
    kept = [replace(s, probability=0.0) if _group(s) in groups and not is_named(query, s) else s for s in sentences]
    whole = sum(s.probability for s in kept) or 1.0
    return [replace(s, probability=s.probability / whole) for s in kept]


def _group(sentence: Sentence) -> tuple[int, int] | None:
    """The list or table that a sentence is a point or row of."""
    block = sentence.block
    listed = block is not None and block.group > 0 and block.kind in (BlockKind.ITEM, BlockKind.ROW)
    return (sentence.candidate.passage.id, block.group) if listed and block else None


def _other_number(query: Query, around: Iterable[str]) -> str:
    """A word with a number, of which texts have the word with other numbers alone; none where they give a range."""
    texts = "\n".join(around)
    for match in _NUMBERED.finditer(query.form):
        word = match["word"]
        if {*word} & _NO_NAME:
            continue
        found = [*re.finditer(rf"{re.escape(word)}\s?({_NUMBER})(?P<after>.?)", texts)]
        numbers = {number_of(one[1]) for one in found if not re.match(f"[{_COUNTS}]", one["after"])}
        ranges = any(_RANGE.match(one["after"]) for one in found)
        spelt = {number_of(one[1]) for one in found}
        if len(numbers) >= FEWEST and not ranges and number_of(match["number"]) not in spelt:
            return f"{word}{match['number']}"
    return ""


def _other_size(query: Query, around: Iterable[str]) -> str:
    """A thing of a size, which texts have in several other sizes alone."""
    texts = "\n".join(around)
    for match in _SIZED.finditer(query.form):
        unit = re.escape(match["unit"])
        for thing in dict.fromkeys((match["thing"], match["thing"][:2])):
            sized = re.compile(rf"{thing}\s?(\d+(?:\.\d+)?)\s?{unit}|(\d+(?:\.\d+)?)\s?{unit}\s?的?{thing}")
            found = {float(number) for pair in sized.findall(texts) for number in pair if number}
            if len(found) >= FEWEST and float(match["number"]) not in found:
                return f"{match['number']}{match['unit']}"
    return ""


def _is_other_row(evidence: Evidence, best: Sentence) -> bool:
    """Whether a row has another name in a column than the question, which names one of other rows."""
    whether = any(kind.name == "whether" for kind in asked_types(evidence.query.form))  # names a value, 可以免费取消吗
    if whether or best.block is None or best.block.kind is not BlockKind.ROW or not best.block.heads:
        return False
    own = _cells(best.candidate.passage, best.block)
    rows = [
        _cells(candidate.passage, block) for candidate, _ in evidence.ranked for block in candidate.passage.blocks
        if candidate.passage.document == best.candidate.passage.document and block.kind is BlockKind.ROW
        and block.heads == best.block.heads
    ]  # fmt: skip
    names, asked = _names(rows), evidence.query.form
    return any(
        place in names and len(cell) >= SHORTEST_CELL and cell in asked and cell not in "".join(own)
        and place < len(own) and own[place] and own[place] not in asked
        for row in rows for place, cell in enumerate(row)
    )  # fmt: skip


def _names(rows: list[list[str]]) -> set[int]:
    """The columns that tell rows apart by name: those before the first that holds figures."""
    named = set()
    for place in range(min(map(len, rows), default=0)):
        cells = [row[place] for row in rows if row[place]]
        if not any(re.search(r"^[^a-z]*\d", cell) for cell in cells):
            named.add(place)
        elif named:
            break
    return named


def _cells(passage: Passage, block: Block) -> list[str]:
    """The cells of a row, in search form."""
    text = passage.text
    return [search_form(text[block.start + start : block.start + end]).strip() for start, end in block.cell_spans()]
