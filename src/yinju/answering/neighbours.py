"""A question and what was found → the name in it of which the documents have only neighbours: 科目四 beside 科目三.

Three kinds of names are told apart from their neighbours: one word with another number, a thing of another size (7 mm
beside 3 mm and 5 mm), and a cell of a table that stands in other rows than the one which would answer.
"""

import re
from collections.abc import Sequence

from yinju.answering.sentences import Sentence
from yinju.numerals import DIGIT, number_of
from yinju.retrieval import Evidence
from yinju.retrieval.query import Query
from yinju.text import HAN, search_form
from yinju.types import BlockKind

_SIZE = r"mm|cm|km|kg|mg|ml|gb|tb|kw|hz|w|v|l|g|m|吋|寸|英寸|毫米|厘米|公分|公尺|公斤|公克|公升|毫升|千克|克|升|坪"
_SIZED = re.compile(rf"(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>{_SIZE})\s?的?(?P<thing>[{HAN}]{{2,3}})")
_NUMBERED = re.compile(rf"(?P<word>[{HAN}]{{2}})(?P<number>[{DIGIT}十]|[1-9]\d?)(?P<after>[{HAN}a-z\d.:%~/-]?)")
_COUNTS = (
    "个位名人次种款条项步间辆台件页本册张份支瓶盒箱包罐杯片颗粒套双堂节门科家户只头座栋层楼岁级届期班组队部集章场趟"
    "笔单批天日年月周点时分秒元块万亿成折倍度公米厘毫克千吨升坪平字票席桌床号百十两半多几%~.:/-年"
)
"""What makes a number before it an amount, and no part of a name."""
_NO_NAME = frozenset("第的了在是有要到过和跟与或从每前后约共满超近")
"""Characters that a word with a number of its own does not end in."""
SHORTEST_CELL = 2
"""Characters of a cell that a question can name."""


def neighbour(evidence: Evidence, best: Sentence | None) -> str:
    """The name that the question has and the evidence only neighbours of, in search form; empty where there is none."""
    query = evidence.query
    around = [search_form(f"{c.around}\n" + "\n".join(c.sentences)) for c, _ in evidence.ranked]
    return _other_number(query, around) or _other_size(query, around) or _other_cell(query, evidence, best)


def tells_of_others(query: Query, best: Sentence | None) -> bool:
    """Whether a sentence speaks of a word with other numbers alone: of 科目二 and 科目三 where 科目四 is asked."""
    text = search_form(best.candidate.sentences[best.number]) if best else ""
    return bool(_other_number(query, [text]))


def _other_number(query: Query, around: Sequence[str]) -> str:
    """A word with a number, of which the evidence has the word with other numbers alone."""
    for match in _NUMBERED.finditer(query.form):
        word, after = match["word"], match["after"]
        if (after and after in _COUNTS) or (after.isascii() and after.isalnum()) or {*word} & _NO_NAME:
            continue
        numbered = re.compile(rf"{re.escape(word)}\s?(\d+|[{DIGIT}十])(?![{_COUNTS}])")
        found = {number_of(number) for text in around for number in numbered.findall(text)}
        if len(found) > 1 and number_of(match["number"]) not in found:
            return f"{word}{match['number']}"
    return ""


def _other_size(query: Query, around: Sequence[str]) -> str:
    """A thing of a size, which the evidence has in other sizes alone."""
    for match in _SIZED.finditer(query.form):
        thing, unit = re.escape(match["thing"]), re.escape(match["unit"])
        sized = re.compile(rf"{thing}\s?(\d+(?:\.\d+)?)\s?{unit}|(\d+(?:\.\d+)?)\s?{unit}\s?的?{thing}")
        found = {number for text in around for pair in sized.findall(text) for number in pair if number}
        if found and match["number"] not in found:
            return f"{match['number']}{match['unit']}"
    return ""


def _other_cell(query: Query, evidence: Evidence, best: Sentence | None) -> str:
    """A cell that the question names, of other rows of the table whose likeliest row has another in its column."""
    if best is None or best.block is None or best.block.kind is not BlockKind.ROW or not best.block.heads:
        return ""
    heads, own = best.block.heads, _cells(best)
    text = "".join(own)
    for candidate, _ in evidence.ranked:
        passage = candidate.passage
        if passage.document != best.candidate.passage.document:
            continue
        for block in passage.blocks:
            if block.kind is not BlockKind.ROW or block.heads != heads:
                continue
            for place, (start, end) in enumerate(block.cell_spans()):
                cell = search_form(passage.text[block.start + start : block.start + end]).strip()
                named = len(cell) >= SHORTEST_CELL and not re.search(r"\d", cell) and cell in query.form
                if named and cell not in text and place < len(own) and own[place] and own[place] not in query.form:
                    return cell
    return ""


def _cells(sentence: Sentence) -> list[str]:
    """The cells of a row, in search form."""
    block = sentence.block
    assert block is not None
    text = sentence.candidate.passage.text
    return [search_form(text[block.start + start : block.start + end]).strip() for start, end in block.cell_spans()]
