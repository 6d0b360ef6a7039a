"""The likeliest sentence → the one that says the same of a later date: the last decision, mail or version wins.

Within one document: where its parts are dated or numbered in order, such as minutes, a thread of mails, notes of
versions, or where a sentence says that it changes the other (改為, 延到, 降為). In another document only what says so
and is of a later day, as minutes in a file for each meeting are. Two documents of one title are told apart before
(retrieval/lookup.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yinju.answering.extract import Chosen
from yinju.answering.neighbours import is_named
from yinju.answering.sentences import Sentence
from yinju.numerals import NUMERALS, number_of
from yinju.retrieval.query import Query
from yinju.text import fold, search_form
from yinju.types import BlockKind

ALIKE = 0.8
"""Of what the likeliest sentence holds of the question, the share that another must hold to be of the same thing."""
AS_NEAR = 0.1
"""How far behind the likeliest sentence's nearness to the question that of another may stay to be of the same thing."""
OPENING = 24
"""Characters of a sentence in which its own date stands."""
OLDEST = 50
"""A year, of either era, is more than this; what is less is a version, 1.3.1."""
LEAST = 0.3
"""Of the question's weight, what a sentence must hold at least."""

_PAST = re.compile(
    r"原本|原来|本来|一开始|最早|最初|初稿|草案|先前|之前|以前|当初|那[次场天封]|旧|第[一二三四五六七八九十\d]+[次回场届版]|"
    r"\d+[月/]\d+|[一二三四五六七八九十\d]+月[一二三四五六七八九十\d]*[日号]?(?:那|的会|的)|历次|每次|各次|改过|变化|差|比较|不同"
)
"""Asks for what held once, or for all that did."""
_ORIGINAL = re.compile("原本|原来|原定|原先|本来|一开始|最早|最初|当初")
"""Asks for what held before it was changed."""
_N = rf"(?:[{NUMERALS}]{{1,4}}|\d{{1,4}})"
_MEETING = re.compile(rf"第\s*(?P<number>{_N})\s*[次回届场]")
_DATE = re.compile(rf"(?<!\d)(?:(?P<year>{_N})\s*[年/.-]\s*)?(?P<month>{_N})\s*[月/.-]\s*(?P<day>{_N})(?!\d)")
_CHANGED = re.compile(
    "改[为成到由在用]|[调更]整?[为升降正]|修[正订]为|[延移搬]到|延[至长后]|缩短为|提[早前]到|换成|[降增升减]为|不再"
)
"""Says that something is otherwise than it was, in search form."""
_QUOTED = re.compile(r"^\s*((?:>\s?)+)")


@dataclass(frozen=True, slots=True)
class _Age:
    """When a part of a document was written, as far as it tells; later is more."""

    kind: str
    value: tuple[int, ...]


def later(query: Query, best: Sentence, sentences: Sequence[Sentence]) -> Sentence | None:
    """The latest sentence that says of another time what the best does; None where it is that, or the old is asked."""
    if _PAST.search(query.form) or best.features["own"] < LEAST or is_named(query, best):
        return None
    is_row = _is_row(best)  # whose date is what it tells, not when it was written
    own, changed = None if is_row else _age_of(best), changes(best)
    rivals: list[tuple[tuple[int, ...], Sentence]] = []
    for sentence in sentences:
        if not _is_rival(sentence, best):
            continue
        if sentence.candidate.passage.document != best.candidate.passage.document:
            days = _day_of(best), _day_of(sentence)
            if changes(sentence) and days[0] and days[1] and days[1] > days[0]:
                rivals.append((days[1], sentence))
            continue
        if is_row and _is_row(sentence):
            continue
        age = _age_of(sentence)
        if own and age and age.kind == own.kind:
            if age.value > own.value:
                rivals.append((age.value, sentence))
        elif not changed and changes(sentence) and sentence.start > best.start:
            rivals.append((age.value if age else (), sentence))
    return max(rivals, key=lambda one: (one[0], one[1].features["own"]))[1] if rivals else None


def original(query: Query, best: Sentence, sentences: Sequence[Sentence]) -> Sentence | None:
    """What held before the best sentence changed it, in the same document, where that is asked: 原本哪天上線."""
    if not _ORIGINAL.search(query.form) or not changes(best) or _ORIGINAL.search(search_form(best.text)):
        return None
    document = best.candidate.passage.document
    before = [s for s in sentences if s.candidate.passage.document == document and s.start < best.start]
    return next((s for s in reversed(before) if not changes(s) and _is_rival(s, best)), None)


def _is_row(sentence: Sentence) -> bool:
    return sentence.block is not None and sentence.block.kind is BlockKind.ROW


def changes(sentence: Sentence) -> bool:
    """Whether a sentence says that something is otherwise than it was."""
    return _CHANGED.search(sentence.candidate.sentences[sentence.number]) is not None


def without_older(query: Query, sentences: Sequence[Sentence], chosen: Sequence[Chosen]) -> list[Chosen]:
    """What was chosen but for what a later part of the same document, chosen as well, says of the same thing."""
    if _PAST.search(query.form):
        return [*chosen]
    described = {(s.candidate.passage.id, s.number): s for s in sentences}
    own = [(one, described.get((one.passage.id, one.number))) for one in chosen]
    aged = [(one, s, _age_of(s)) for one, s in own if s]
    old = [
        one for one, s, age in aged
        if age and not one.listed and any(
            other.passage.document == one.passage.document and later_age and later_age.kind == age.kind
            and later_age.value > age.value and t.features["near"] >= ALIKE * s.features["near"]
            for other, t, later_age in aged
        )
    ]  # fmt: skip
    return [one for one in chosen if one not in old]


def _is_rival(sentence: Sentence, best: Sentence) -> bool:
    """Whether a sentence is of the same thing and gives the same type."""
    holds, typed = sentence.features, best.features["typed"]
    own, wanted = (s.candidate.coverage[s.number] for s in (sentence, best))
    shared = float(wanted[own > 0].sum())
    near = holds.get("read", 0.0) >= best.features.get("read", 0.0) - AS_NEAR
    return near and shared >= ALIKE * float(wanted.sum()) and holds["typed"] >= typed and not holds["asks"]


def _age_of(sentence: Sentence) -> _Age | None:
    """From the headings above it, or how deep a mail is quoted."""
    passage = sentence.candidate.passage
    line = passage.text[: passage.sentences[sentence.number][0]].rpartition("\n")[2]
    quoted = _QUOTED.match(f"{line}{sentence.text}")
    if quoted or passage.document.endswith((".eml", ".mbox", ".msg")):
        return _Age("mail", (-(quoted[1].count(">") if quoted else 0),))
    for said in (sentence.text[:OPENING], *reversed(passage.headings)):
        folded = fold(said)
        if meeting := _MEETING.search(folded):
            return _Age("meeting", (number_of(meeting["number"]) or 0,))
        if days := _days_in(folded):
            return _Age("date" if days[0][0] else "day", days[0])
    return None


def _day_of(sentence: Sentence) -> tuple[int, ...] | None:
    """The day, with its year, that a sentence or what stands above it, its title or its file's name is of."""
    passage = sentence.candidate.passage
    above = (sentence.text[:OPENING], *reversed(passage.headings), passage.title, passage.document)
    return next((day for said in above for day in _days_in(fold(said)) if day[0]), None)


def _days_in(folded: str) -> list[tuple[int, ...]]:
    """The days in a text as (year, month, day), the year 0 where none is said."""
    found = list[tuple[int, ...]]()
    for date in _DATE.finditer(folded):
        year, month, day = (number_of(date[part] or "0") or 0 for part in ("year", "month", "day"))
        if (not year or year > OLDEST) and 1 <= month <= 12 and 1 <= day <= 31:
            found.append((year, month, day))
    return found
