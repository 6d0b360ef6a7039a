"""Ranked candidates → the block that a question names, given whole and alone: an article, a record, a field, a row."""

import re
from collections.abc import Sequence

from yinju.answering.extract import Chosen, NextPassage
from yinju.designators import leading_terms
from yinju.retrieval.candidates import Candidate
from yinju.retrieval.naming import Entry, answers_to, is_given, key_of
from yinju.retrieval.query import Query
from yinju.retrieval.retrieve import Ranked
from yinju.text import search_form
from yinju.types import Block, BlockKind, Passage

MOST_PARTS = 40
"""Passages that one article or record is followed through."""
LONGEST_SECTION = 400
"""Characters of a section that is given whole."""
MOST_ALIKE, MOST_SEVERAL = 3, 12
"""Rows or records that a question names alike and that are all given; more where it asks for several."""

_SEVERAL = re.compile(
    "哪些|哪几|所有|全部|各[个种类项自]|分别|几[种类个项位家]|都有|列出|列举|区别|差别|差异|不同|比较|相比|一共|总共|合计"
)
"""Asks for more than one thing of a kind, over search forms."""


def narrowed(query: Query, ranked: Ranked) -> Ranked:
    """The candidates to answer from: where numbers are asked for, those that have as many of them as the best."""
    if not query.lookup.terms or not ranked or not ranked[0][0].designated:
        return ranked
    best = ranked[0][0].designated
    return [(candidate, score) for candidate, score in ranked if candidate.designated == best]


def named_block(query: Query, ranked: Ranked, next_passage: NextPassage) -> list[Chosen]:
    """The sentences of the one block that a question names; empty where it names none, or asks for more."""
    if not ranked:
        return []
    best = ranked[0][0]
    several = _SEVERAL.search(query.form) is not None
    article = _article([c.passage for c, _ in ranked], next_passage) if best.looked_up else []
    section = _section(query, best) if best.looked_up else []
    return article or section or _named_entries(query, ranked, several)


def _named_entries(query: Query, ranked: Ranked, several: bool) -> list[Chosen]:
    """The rows, records and definitions that a question names best, or what it asks of them; else empty."""
    best = ranked[0][0].naming
    if best is None:
        return []
    found = [
        (candidate.passage, entry)
        for candidate, _ in ranked if candidate.naming and candidate.naming.is_as_good_as(best)
        for entry in candidate.naming.entries
    ]  # fmt: skip
    if len(found) > (MOST_SEVERAL if several else MOST_ALIKE):
        return []
    return [one for passage, entry in found for one in _said_of(query, passage, entry, alone=len(found) == 1)]


def _said_of(query: Query, passage: Passage, entry: Entry, alone: bool) -> list[Chosen]:
    """A row whole; of a record the field that is asked for, else all but what the question says itself."""
    owners = _fields_of_sentences(passage)
    fields = list(dict.fromkeys(owner for n in entry.numbers if (owner := owners[n]) is not None))
    if not fields:
        return [Chosen(passage, number, listed=not alone, best=alone) for number in entry.numbers]
    cells = dict(zip(fields, entry.cells, strict=True))
    named = any(is_given(query.text, name) for name in entry.names)
    others = [field for field in fields if not is_given(query.text, cells[field])]
    score = _field_scores(query, others)
    most = max(score.values(), default=0.0)
    wanted = [field for field, own in score.items() if own == most > 0] or (others if named else []) or fields
    numbers = [number for number in entry.numbers if owners[number] in wanted]
    label = "" if named or not entry.headed else passage.headings[-1]
    listed = len(wanted) > 1 or not alone
    return [Chosen(passage, number, listed=listed, label="" if n else label) for n, number in enumerate(numbers)]


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


def _section(query: Query, best: Candidate) -> list[Chosen]:
    """All of a short section whose heading is what a question asks for by number, such as a version's notes."""
    passage = best.passage
    own = {term for heading in passage.headings[-1:] for term in leading_terms(heading)}
    if own.isdisjoint(query.lookup.terms) or len(passage.text) > LONGEST_SECTION:
        return []
    return [Chosen(passage, n, listed=n == 0 or _begins_paragraph(passage, n)) for n in range(len(passage.sentences))]


def _begins_paragraph(passage: Passage, number: int) -> bool:
    return number > 0 and "\n" in passage.text[passage.sentences[number - 1][1] : passage.sentences[number][0]]


def _article_group(passage: Passage) -> int:
    return next((block.group for block in passage.blocks if block.kind is BlockKind.ARTICLE), 0)


def _fields_of_sentences(passage: Passage) -> list[Block | None]:
    """For each sentence the field that it belongs to, with what goes on with that; None for others."""
    owners: list[Block | None] = []
    for block in passage.blocks_of_sentences():
        before = owners[-1] if owners else None
        if block and (block.kind is BlockKind.FIELD or (block.kind is BlockKind.ITEM and block.name)):
            owners.append(block)
        else:
            owners.append(before if block and before and block.group == before.group else None)
    return owners


def _field_scores(query: Query, fields: Sequence[Block]) -> dict[Block, float]:
    """How well the key of each field fits what is asked: the weight of words that few keys hold, and its kind."""
    keys = {field: search_form(key_of(field)) for field in fields}
    held = {token: sum(token in key for key in keys.values()) for token in query.weights}
    heaviest = max(query.weights.values(), default=1.0)
    return {
        field: sum(weight / held[token] for token, weight in query.weights.items()
                   if 2 * held[token] <= max(len(fields), 2) and token in key)
        + (heaviest if answers_to(query.text, key) else 0.0)
        for field, key in keys.items()
    }  # fmt: skip
