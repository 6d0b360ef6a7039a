"""A question and the passages found → what a table among them says, or that it lacks something; else None."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from yinju.answering.reply import Reply
from yinju.answering.tables.asking import NAMED, Binding, bind_asks, open_heads
from yinju.answering.tables.findings import Finding
from yinju.answering.tables.grid import Grid, grids_of
from yinju.answering.tables.grounding import Grounding, ground
from yinju.answering.tables.lexicon import TIMED
from yinju.answering.tables.names import packed
from yinju.answering.tables.operations import WHETHER, check, denies, work_out
from yinju.answering.tables.quantities import Measure, read_quantity, same_unit
from yinju.answering.tables.question import Question, Word, read_question
from yinju.answering.tables.sheets import holds_rows
from yinju.answering.tables.wording import tell, tell_lacking, tell_none
from yinju.messages import Language
from yinju.retrieval import Evidence, Retriever

_SUFFIX = frozenset("版型款区级类号班组社店部室馆票费课")
"""What people add to a name that a table has without it."""
GAPS = ("-", "_", ".", " ")
LONGEST = 14
"""Characters of what may be such a name."""
MOST_COMMON = 3
"""Characters up to which a way of writing is too common to tell by itself what table is meant."""
ALIKE = 0.5
"""The share of a column's cells that must be written alike for another to be missed among them."""
_HAN_NUMBER = re.compile("[零一二三四五六七八九十百甲乙丙丁戊]+")
_DESIGNATES = re.compile("[0-9a-z零一二三四五六七八九十甲乙丙丁]")
_TIMED = re.compile(r"(?:\d{1,4}(?:[年日号]|月份?))+|[一二三四五六七八九十]+月|月份")
LOOKED_AT = 40
"""Passages among which tables are looked for."""
MOST_DOCUMENTS = 8
WEAK = 0.8
STRONG = 2.2
"""The weight of a character of a question, see `linking`, that a whole name has; from there a reading is sure."""
TURNED = 3.0
"""What it counts that a table is read with its columns as rows."""
NEARLY, MOST_BESIDE = 0.4, 3
"""How sure a cell is that a question names but for one word, and the characters of that."""
OPEN, SURELY = 6.0, 0.6
"""What it counts that a finding is less sure than that, as a table is that is given whole."""
LEAST = 0.5
"""How sure a table must be to answer."""
FIRST = 5
"""The passages of which one is of the table that is most likely meant."""
FIRST_COUNTS, FOREMOST = 1.5, 0.3
"""What it counts for the choice of a table that one of those is its, and for how sure it is."""


def reply_from_tables(retriever: Retriever, evidence: Evidence, language: Language) -> Reply | None:
    """What a table says to a question; None where none explains each word of it."""
    question = read_question(evidence.query.text)
    read = [
        (place, ground(question, grid)) for place, grid in _grids(retriever, evidence) if may_explain(question, grid)
    ]  # fmt: skip
    findings = [(place, finding) for place, found in read if (finding := read_over(found))]
    place, finding = max(findings, key=_preferred, default=(FIRST, None))
    if finding and (confidence := confidence_of(finding, place < FIRST)) >= LEAST:
        return tell(finding, language, confidence)
    missing = next((name for _, found in read if (name := lacking(found))), "")
    if missing:
        return tell_lacking(missing, language)
    near = next((one for _, found in read if (one := nearly(found))), None)
    if near:
        return tell(near, language, NEARLY)
    return tell_none(language) if any(conflicts(found) for _, found in read) else None


def _preferred(one: tuple[int, Finding]) -> float:
    """How much of the question a table explains, and how well.

    One whose passage was found first counts double, one read with its columns as rows comes behind others, one that is
    given whole last.
    """
    place, finding = one
    explained = sum(_weights(finding.found)) + FIRST_COUNTS * ((place < FIRST) + (place == 0))
    return explained - TURNED * finding.found.grid.is_turned - OPEN * (finding.sure < SURELY)


def confidence_of(finding: Finding, foremost: bool) -> float:
    """How surely a table answers, one of the first passages if `foremost`: 0 … 1."""
    weights = _weights(finding.found)
    strength = sum(weights) / max(1, len(weights)) + FOREMOST * foremost
    return round(finding.sure * min(1.0, max(0.0, strength - WEAK) / (STRONG - WEAK)), 3)


def _weights(found: Grounding) -> list[float]:
    """The weight of each character of the question that stands for something."""
    return [*{n: sense.weight for sense in found.senses for n in sense.places}.values()]


def read_over(found: Grounding) -> Finding | None:
    """What a table says to a question that is read over it; None where it does not explain each word."""
    if all(sense.is_amount for sense in found.senses):
        return None
    if found.grid.is_turned and (WHETHER.search(found.question.form) or not (found.cells or found.request.ranking)):
        return None
    bound = bind_asks(found)
    if bound is None or still_unexplained(found, bound):
        return None
    checked = check(found)
    return checked if checked or found.conflict else work_out(found, bound)


def nearly(found: Grounding) -> Finding | None:
    """The cell of a row and a column that a question both names, where one word of it is explained by nothing."""
    bound = None if found.conflict or found.unmet or found.grid.is_turned else bind_asks(found)
    left = still_unexplained(found, bound) if bound is not None else []
    if bound is None or len(left) != 1 or len(left[0].text) > MOST_BESIDE or left[0].text.isascii() or denies(found):
        return None
    rows = any(cell.is_whole and cell.column == found.grid.naming for cell in found.cells)
    finding = work_out(found, bound) if rows and any(head.weight >= NAMED for head in open_heads(found)) else None
    return (
        replace(finding, beside=found.question.said(left[0].start, left[0].end))
        if finding and not finding.lacks and len(finding.rows) == 1
        else None
    )


def conflicts(found: Grounding) -> bool:
    """Whether a table explains each word, but has no row with all that is named."""
    if not found.conflict or found.grid.is_turned or found.unmet:
        return False
    bound = bind_asks(found)
    return bound is not None and not still_unexplained(found, bound)


def may_explain(question: Question, grid: Grid) -> bool:
    """Whether a table has a character of all words but one that it must explain: quickly told."""
    lacking = sum(
        not any(characters <= grid.characters for characters in word) for word in question.wanted
    )  # fmt: skip
    return lacking <= 1


def _grids(retriever: Retriever, evidence: Evidence) -> Iterator[tuple[int, Grid]]:
    """The tables of the documents found, each with the place of its first passage among those found."""
    places = {candidate.passage.id: n for n, (candidate, _) in enumerate(evidence.ranked)}
    documents = dict.fromkeys(
        candidate.passage.document for candidate, _ in evidence.ranked[:LOOKED_AT] if holds_rows(candidate.passage)
    )
    for document in [*documents][:MOST_DOCUMENTS]:
        for grid in grids_of(retriever.generation, document):
            yield min((places[n] for n in grid.sheet.passages if n in places), default=len(places)), grid


def still_unexplained(found: Grounding, bound: Sequence[Binding]) -> list[Word]:
    """The words that neither the table nor what is asked explains: not verbs beside a word that asks, 誰負責."""
    left = list[Word]()
    asked = "\n".join(found.grid.columns[n].head for binding in bound for n in binding.columns)
    timed = "\n".join(
        found.grid.columns[n].head
        for b in bound for n in b.columns if b.ask.kind and b.ask.kind.name in ("time", "duration", "weekday")
    )  # fmt: skip
    ends = {place for binding in bound for place in binding.ask.span}
    units = {
        n for b in bound if b.ask.is_count and b.columns for n in range(b.ask.span[1], b.ask.span[1] + len(b.ask.unit))
    }
    for word in found.unexplained:
        if units.issuperset(word.places):
            continue
        beside = word.start in ends or word.end in ends
        loose = word.is_verb or (len(word.text) == 1 and word.tag[:1] in ("u", "p", "d", "z"))
        if beside and (loose or word.text in TIMED or {*word.text} <= {*asked} or any(c in timed for c in word.text)):
            continue
        if _beside_name(found, word):
            continue
        left.append(word)
    return left


def _beside_name(found: Grounding, word: Word) -> bool:
    """Whether a character is what people add to a name, 版 or 區, or what they do with the thing: 刷信用卡."""
    follows = (
        len(word.text) == 1
        and word.text in _SUFFIX
        and any(sense.span[1] == word.start and sense.is_whole for sense in found.senses)
    )
    return follows or (
        (word.is_verb or (len(word.text) == 1 and word.tag[:1] == "z"))
        and any(sense.span[0] == word.end and sense.is_whole for sense in found.senses)
    )


def lacking(found: Grounding) -> str:
    """The code, number, day or numbered name that a table should have and has not; empty where it lacks more or less.

    All else that the question says is explained, and others written alike stand in the table.
    """
    if found.conflict:
        return ""
    called = next((name for name in _called(found)), "")
    bound = bind_asks(found)
    if bound is None or called:
        return called
    spans = [*_spans(found, still_unexplained(found, bound))]
    text = found.question.form[slice(*spans[0])] if len(spans) == 1 else ""
    if not 0 < len(text) <= LONGEST or not _DESIGNATES.search(text):
        return ""
    said, shape = found.question.said(*spans[0]), shape_of(text)
    anchored = any(b.ask.kind for b in bound) or any(not sense.is_amount for sense in found.senses)
    if any(shape in shapes for shapes in _shapes(found.grid)):
        return said if anchored or len(shape) > MOST_COMMON else ""
    return said if anchored and _is_amount_of(found.grid, text) else ""


def _is_amount_of(grid: Grid, text: str) -> bool:
    """Whether something is a number in a unit of a column, or a day where one has days."""
    quantity = read_quantity(text)
    if quantity and quantity.unit and any(same_unit(c.unit, quantity.unit) for c in grid.columns if c.unit):
        return True
    return _TIMED.fullmatch(text) is not None and any(c.measure is Measure.DAY for c in grid.columns)


def shape_of(text: str) -> str:
    """How a name is written: digits as 0, letters as a, Chinese numbers as 一."""
    text = _HAN_NUMBER.sub("一", packed(text))
    return re.sub("[a-z]", "a", re.sub("[0-9]", "0", text))


def _called(found: Grounding) -> Iterator[str]:
    """What stands beside the name of the first column and is written as its cells are, but is none: F 河段."""
    grid = found.grid
    shapes = _common(grid.columns[grid.naming].distinct)
    edges = {place for head in found.heads if head.column == grid.naming and head.is_whole for place in head.span}
    for start, end in _spans(found, found.unexplained):
        if edges & {start, end} and shape_of(found.question.form[start:end]) in shapes:
            yield found.question.said(start, end)


def _spans(found: Grounding, words: Iterable[Word]) -> Iterator[tuple[int, int]]:
    """The stretches of the question that are words nothing explains, or amounts that no cell meets."""
    left = {n for span in found.unmet for n in range(*span)} | {n for word in words for n in word.places}
    form, start = found.question.form, -1
    for place in range(len(form) + 1):
        if place in left or (start >= 0 and form[place : place + 1] in GAPS and place + 1 in left):
            start = place if start < 0 else start
        elif start >= 0:
            yield start, place
            start = -1


def _shapes(grid: Grid) -> Iterator[frozenset[str]]:
    """How the cells of each column of names or codes are written, and the heads."""
    for column in grid.columns:
        if column.number == grid.naming or column.is_code or column.is_short:
            yield _common(column.distinct)
    yield frozenset(shape_of(column.head) for column in grid.columns if _DESIGNATES.search(column.head))


def _common(forms: Iterable[str]) -> frozenset[str]:
    """The ways of writing that names of a column have in common; also without the character behind their number."""
    counts: dict[str, int] = {}
    forms = [*forms]
    for form in forms:
        counts[shape_of(form)] = counts.get(shape_of(form), 0) + 1
    kept = {
        shape for shape, count in counts.items() if _DESIGNATES.search(shape) and count >= min(ALIKE * len(forms), 2)
    }
    return frozenset(kept | {f"{shape}{end}" for shape in kept for end in "房号楼班级室座桌"})
