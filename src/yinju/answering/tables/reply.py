"""A question and the passages found → what a table among them says, or None where no table is asked."""

from collections.abc import Iterator
from dataclasses import replace

from yinju.answering.reply import Reply
from yinju.answering.tables.asking import NAMED, bind_asks, open_heads
from yinju.answering.tables.findings import Finding
from yinju.answering.tables.grid import Grid, grids_of
from yinju.answering.tables.grounding import Grounding, ground
from yinju.answering.tables.operations import WHETHER, check, denies, work_out
from yinju.answering.tables.question import Question, read_question
from yinju.answering.tables.sheets import holds_rows
from yinju.answering.tables.unexplained import lacking, still_unexplained
from yinju.answering.tables.wording import tell, tell_lacking, tell_none
from yinju.messages import Language
from yinju.retrieval import Evidence, Retriever

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
