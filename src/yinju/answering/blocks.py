"""Ranked candidates → the block that a question names, given whole and alone: an article, a record, a field, a row."""

import re
from collections.abc import Mapping, Sequence

from yinju.answering.asked import Asked, Kind
from yinju.answering.extract import Chosen, NextPassage
from yinju.candidates import Candidate
from yinju.query import Query
from yinju.search import Ranked
from yinju.text import search_form
from yinju.types import Block, BlockKind, Passage

MOST_PARTS = 40
"""Passages that one article or record is followed through."""
FEWEST_CHARACTERS = 2
"""Of a name that a question is searched for."""
RECORDS = 3
"""How many of the best passages are looked through for what the question names."""
ROW_SHARE = 0.5
"""Of the weight of what is asked, what a row must hold to be given alone."""

_SEVERAL = re.compile(
    "哪些|哪几|所有|全部|各[个种类项自]|分别|几[种类个项位家]|都有|列出|列举|区别|差别|差异|不同|比较|相比|一共|总共|合计"
)
"""Asks for more than one thing of a kind, over search forms."""
_KEYS: Mapping[Kind, re.Pattern[str]] = {
    "time": re.compile("日期|时间|年份|期限|时限|周期|频率|期间|工期|时长|日$|年$"),
    "number": re.compile("数量|金额|价|费|率|额|人数|次数|规格|容量|面积|重量|长度|电压|功率|温度|号码"),
    "place": re.compile("地点|地址|位置|场所|产地|籍贯|部门|单位"),
    "person": re.compile("姓名|人$|人员|主管|主任|经理|老师|作者|教师"),
    "reason": re.compile("原因|理由|成因|事由"),
    "way": re.compile("方法|办法|方式|步骤|措施|处理|流程|对策|解决|做法|建议|用法"),
}
"""Kind of question → how the key of a field is called that answers it, over search forms."""


def narrowed(query: Query, ranked: Ranked) -> Ranked:
    """The candidates to answer from: where numbers are asked for, none but those that have as many of them as the best."""
    if not query.lookup.terms or not ranked or not ranked[0][0].designated:
        return ranked
    best = ranked[0][0].designated
    return [(candidate, score) for candidate, score in ranked if candidate.designated == best]


def named_block(query: Query, asked: Asked, ranked: Ranked, next_passage: NextPassage) -> list[Chosen]:
    """The sentences of the one block that a question names; empty where it names none, or asks for more."""
    if not ranked:
        return []
    best = ranked[0][0]
    if best.looked_up:
        return _article([c.passage for c, _ in ranked], next_passage) or _record(query, asked, best)
    several = _SEVERAL.search(query.form) is not None
    candidates = [candidate for candidate, _ in ranked[:RECORDS]]
    record = _named_record(query, candidates) or (best if _is_record(best.passage) and not several else None)
    if record:
        return _record(query, asked, record)
    return [] if several else _row(query, candidates)


def _article(passages: Sequence[Passage], next_passage: NextPassage) -> list[Chosen]:
    """All sentences of the article that the first passage is or goes on with; empty where it is none."""
    group = next((block.group for block in passages[0].blocks if block.group), 0)
    part = next((p for p in passages if p.document == passages[0].document and _article_group(p) == group), None)
    chosen: list[Chosen] = []
    for _ in range(MOST_PARTS if group else 0):
        if part is None or (chosen and (not part.blocks or part.blocks[0].group != group)):
            break
        blocks = part.blocks_of_sentences()
        chosen += (
            Chosen(part, number, listed=block.kind is BlockKind.ITEM or _begins_paragraph(part, number))
            for number, block in enumerate(blocks) if block and block.group == group
        )  # fmt: skip
        part = next_passage(part)
    return chosen


def _begins_paragraph(passage: Passage, number: int) -> bool:
    return number > 0 and "\n" in passage.text[passage.sentences[number - 1][1] : passage.sentences[number][0]]


def _article_group(passage: Passage) -> int:
    return next((block.group for block in passage.blocks if block.kind is BlockKind.ARTICLE), 0)


def _named_record(query: Query, candidates: Sequence[Candidate]) -> Candidate | None:
    """The first candidate that is a record whose name the question holds, or whose number it asks for."""
    for candidate in candidates:
        block = next((block for block in candidate.passage.blocks if block.kind is BlockKind.FIELD), None)
        if block and block.record and _is_named(query, candidate):
            return candidate
    return None


def _is_named(query: Query, candidate: Candidate) -> bool:
    """Whether a question names a record by its name or its number."""
    names = {block.record for block in candidate.passage.blocks if block.record}
    return candidate.designated > 0 or any(_holds(query, name) for name in names)


def _names_record(passage: Passage, field: Block) -> bool:
    """Whether a field only says what its record is called."""
    value = passage.text[field.start : field.end].partition(field.name)[2].lstrip(" :：*")
    return bool(field.record) and value.strip() == field.record


def _holds(query: Query, name: str) -> bool:
    form = search_form(name)
    return len(form) >= FEWEST_CHARACTERS and form in query.form


def _is_record(passage: Passage) -> bool:
    return any(block.kind is BlockKind.FIELD for block in passage.blocks)


def _record(query: Query, asked: Asked, candidate: Candidate) -> list[Chosen]:
    """The field that a question asks for, or all of the record where it asks for none of them."""
    passage = candidate.passage
    owners = _fields_of_sentences(passage)
    fields = list(dict.fromkeys(owner for owner in owners if owner is not None))
    if not fields:
        return []
    named = [field for field in fields if not _names_record(passage, field)] if _is_named(query, candidate) else []
    score = _field_scores(query, asked, named or fields)
    most = max(score.values())
    wanted = [field for field, own in score.items() if own == most] if most > 0 else fields
    numbers = [number for number, owner in enumerate(owners) if owner in wanted]
    return [Chosen(passage, number, listed=len(wanted) > 1) for number in numbers]


def _fields_of_sentences(passage: Passage) -> list[Block | None]:
    """For each sentence the field that it belongs to, with what goes on with that; None for others."""
    owners: list[Block | None] = []
    for block in passage.blocks_of_sentences():
        before = owners[-1] if owners else None
        if block and block.kind is BlockKind.FIELD:
            owners.append(block)
        else:
            owners.append(before if block and before and block.group == before.group else None)
    return owners


def _field_scores(query: Query, asked: Asked, fields: Sequence[Block]) -> dict[Block, float]:
    """How well the key of each field fits what is asked: the weight of words that few keys hold, and its kind."""
    keys = {field: search_form(field.name) for field in fields}
    held = {token: sum(token in key for key in keys.values()) for token in query.weights}
    kind = _KEYS.get(asked.kind)
    heaviest = max(query.weights.values(), default=1.0)
    return {
        field: sum(weight / held[token] for token, weight in query.weights.items()
                   if 2 * held[token] <= len(fields) and token in key)
        + (heaviest if kind and kind.search(key) else 0.0)
        for field, key in keys.items()
    }  # fmt: skip


def _row(query: Query, candidates: Sequence[Candidate]) -> list[Chosen]:
    """The row that holds more of what is asked than any other, its columns' names included; empty where none stands out."""
    held = sorted(
        (
            (float(candidate.coverage[number].sum()), -place, candidate, number)
            for place, candidate in enumerate(candidates)
            for number, block in enumerate(candidate.passage.blocks_of_sentences())
            if block and block.kind is BlockKind.ROW
        ),
        key=lambda row: row[:2],
        reverse=True,
    )
    if not held or held[0][0] < ROW_SHARE * query.total or held[0][2] is not candidates[0]:
        return []
    if len(held) > 1 and held[1][0] == held[0][0]:
        return []
    return [Chosen(held[0][2].passage, held[0][3], best=True)]
