"""What was found for one question → a Reply in the documents' own sentences, without a language model.

In this order: what a table says, what is asked back, the block that is named or the sentences that answer; where
nothing is sure enough, what comes near and what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from yinju.answering.asked import asked_by
from yinju.answering.blocks import named_block, narrowed
from yinju.answering.claims import check_claim
from yinju.answering.clarify import clarification
from yinju.answering.comparison import SURE as COMPARISON_SURE
from yinju.answering.comparison import compare
from yinju.answering.confidence import confidence_of
from yinju.answering.extract import Chosen, choose_sentences, compose, spoken
from yinju.answering.latest import changes, later, original, without_older
from yinju.answering.missing import absent_from, absent_side, unmentioned
from yinju.answering.neighbours import tells_of_others, without_siblings
from yinju.answering.ordinals import SURE as POINT_SURE
from yinju.answering.ordinals import point_of_list
from yinju.answering.reply import Reply, cite, joined
from yinju.answering.sentences import Sentence, describe_sentences
from yinju.answering.sides import compared, names_others
from yinju.answering.tables import reply_from_tables
from yinju.answering.tables.request import read_request
from yinju.messages import language_of, say
from yinju.retrieval import Evidence, Retriever, retrieve
from yinju.retrieval.answer_types import lacks_dimension, lacks_type
from yinju.retrieval.english import is_english
from yinju.retrieval.query import Query
from yinju.text import content_tokens, said_to, script_of, search_form
from yinju.types import BlockKind, Citation, Passage, Statement, Verdict

NEAREST = 3
"""How many passages are shown where nothing answers."""
NEAR_SHARE = 0.35
"""Of the confidence that an answer needs, what a sentence needs to be shown as coming near."""
SIDE_CHARACTERS, SIDE_SURE = 120, 0.5
"""About how much is said of each of two things that are compared, and the least confidence of it."""
ROWS, AS_MUCH = 3, 0.85
"""Rows of a table that are looked at, and the share of what the likeliest sentence holds that they must hold."""
NEAR_HELD = 0.4
"""Of the question's weight, what such a sentence with its neighbours and what stands above it must hold."""
ALONE_HELD, ALONE_MORE = 0.6, 0.3
"""Of a question's weight without what earlier turns add, what its answer's passage holds where it stands alone, and how
much more that is than with what they add."""
TABLE_SURE, TABLE_LACKS = 0.5, 0.7
"""The least confidence of what a table says, and of that it lacks what is asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found, before anything is said."""

    evidence: Evidence
    sentences: tuple[Sentence, ...]
    """Those of the best passages, with how likely each answers."""
    confidence: float
    """That the likeliest of them answers: 0 … 1."""

    @property
    def best(self) -> Sentence | None:
        """The likeliest sentence."""
        return max(self.sentences, key=lambda s: s.probability, default=None)

    def refused(self, below: float) -> bool:
        """Whether there is nothing to answer from: not a passage, or less confidence than wanted."""
        return not self.evidence.ranked or self.confidence < below


def find(retriever: Retriever, question: str) -> Found:
    """The passages found for a question, their sentences, and how sure it is that they answer."""
    return found_in(retrieve(retriever, question))


def found_in(evidence: Evidence) -> Found:
    """What evidence holds for its question."""
    ranked = narrowed(evidence.query, evidence.ranked)
    sentences = without_siblings(evidence.query, describe_sentences(evidence.query, ranked))
    about_something = bool(content_tokens(evidence.query.text))  # 「是什麼？」 alone asks about nothing
    sure = confidence_of(evidence.query, ranked, sentences) if about_something else 0.0
    return Found(evidence, tuple(sentences), sure)


def stands_alone(completed: Found, alone: Found, below: float) -> bool:
    """Whether a question is about something else than the talk before, which has no answer to what it asks.

    `completed` is what it finds with the topic of the talk, `alone` without.
    """
    if alone.refused(below) or alone.best is None or completed.best is None:
        return False
    own, whole = alone.evidence.query, completed.evidence.query
    held, beside = _held(own, alone.best), _held(own, completed.best)
    same = (alone.best.candidate.passage.id, alone.best.number) == (
        completed.best.candidate.passage.id, completed.best.number,
    )  # fmt: skip
    without_topic = same and _held(whole, completed.best) * whole.total <= held * own.total
    return held >= ALONE_HELD and (without_topic or beside < held - ALONE_MORE)


def _held(query: Query, sentence: Sentence) -> float:
    """Of a question's weight, what the passage of a sentence holds with what stands above it: 0 … 1."""
    passage = sentence.candidate.passage
    said = search_form("\n".join((passage.title, passage.heading, passage.text)))
    return float(query.held(said).sum()) / (query.total or 1.0)


def reply_to(retriever: Retriever, asked: str, found: Found, follows: bool = False) -> Reply:
    """What is said to a question as it was asked, given what was found for it as it is understood.

    A question that `follows` others is not asked back.
    """
    language, below = language_of(asked), retriever.settings.refuse_below
    ranked = found.evidence.ranked
    table = reply_from_tables(retriever, found.evidence, language) if ranked and not ranked[0][0].looked_up else None
    if table and _is_answer(table, found):
        row = _cited(table, found)
        return (row and _overtaken(asked, found, row, table.confidence)) or table
    if table and table.missing and table.confidence >= TABLE_LACKS:
        return table
    plain = bool(ranked) and not follows and not is_english(asked)
    asked_back = clarification(retriever, found.evidence, language) if plain else None
    if asked_back:
        return asked_back
    if comparison := _compared(retriever, asked, found):
        return comparison
    if point := point_of_list(found.evidence.query, ranked):
        return _composed(asked, found, point, POINT_SURE)
    absent = absent_from(retriever.generation, found.evidence)
    if found.refused(below) or absent or (found.best and tells_of_others(found.evidence, found.best)):
        missing = absent or unmentioned(retriever.generation, found.evidence.query, found.best)
        return table if table and table.missing else _refusal(retriever, asked, found, missing, is_other=bool(absent))
    return _extracted(retriever, asked, found)


def _compared(retriever: Retriever, asked: str, found: Found) -> Reply | None:
    """What tells apart the things that a question compares: one passage, each answered by itself, or sentences."""
    sides = compared(found.evidence.query.text)
    if not sides or absent_side(retriever.generation, found.evidence.query):
        return None
    chosen = compare(found.evidence, found.sentences)
    if not chosen and not any(map(names_others, sides)):
        replies = [reply_to(retriever, asked, find(retriever, side), follows=True) for side in sides]
        if all(reply.verdict is Verdict.ANSWERED and reply.confidence >= SIDE_SURE for reply in replies):
            return joined([reply.opening(SIDE_CHARACTERS) for reply in replies])
        chosen = compare(found.evidence, found.sentences, whole=False)
    if not chosen or retriever.settings.refuse_below > COMPARISON_SURE:
        return None
    return _composed(asked, found, chosen, COMPARISON_SURE)


def _holds_as_much(table: Reply, found: Found) -> bool:
    """Whether what a table says holds as much of the question as the likeliest sentence with what stands above it."""
    query, best = found.evidence.query, found.best
    rows = {(c.document, c.start) for c in table.citations}
    if best is None or (best.candidate.passage.document, best.start) in rows:
        return True
    cited = "\n".join(f"{c.title}\n{c.heading}\n{c.passage}" for c in table.citations[:ROWS])
    held = float(query.held(search_form(cited)).sum()) / (query.total or 1.0)
    return held >= AS_MUCH * best.features["whole"]


def _extracted(retriever: Retriever, asked: str, found: Found) -> Reply:
    """The answer in the documents' own sentences, checked as any other."""
    query, storage = found.evidence.query, retriever.generation.documents
    about, ranked = asked_by(query), narrowed(query, found.evidence.ranked)
    chosen = named_block(query, ranked, storage.passage_after)
    if chosen and not ranked[0][0].looked_up and _lacks_type(query, chosen):
        chosen = []  # its fields tell other things
    if not chosen and found.best and (newer := _overtaken(asked, found, found.best, found.confidence)):
        return newer
    if not chosen and found.best and (first := original(query, found.best, found.sentences)):
        chosen = [Chosen(first.candidate.passage, first.number, best=True)]
    if not chosen:
        most = retriever.settings.answer_characters
        chosen = choose_sentences(found.sentences, about, most, storage.passage_after)
        chosen = without_older(query, found.sentences, chosen)
    reply = _composed(asked, found, chosen, found.confidence)
    return _refusal(retriever, asked, found) if _lacks_type(query, chosen) or _is_any_row(query, chosen) else reply


def _is_answer(table: Reply, found: Found) -> bool:
    """Whether what a table says is sure enough, tells of what is asked, and has the units of what is asked for."""
    sure = table.verdict is Verdict.ANSWERED and table.confidence >= TABLE_SURE and _holds_as_much(table, found)
    said = "\n".join((*(s.text for s in table.statements), *(f"{c.quote}\n{c.heading}" for c in table.citations)))
    return sure and not lacks_dimension(search_form(said), found.evidence.query.form)


def _cited(table: Reply, found: Found) -> Sentence | None:
    """The sentence that is the one row which a table answers with; None where there are more, or it was not read.

    None too where the answer is worked out of it.
    """
    if len(table.citations) != 1 or any(statement.worked_out for statement in table.statements):
        return None
    row = table.citations[0]
    read = (s for s in found.sentences if s.candidate.passage.document == row.document)
    return next((s for s in read if s.start == row.start), None)


def _overtaken(asked: str, found: Found, older: Sentence, sure: float) -> Reply | None:
    """What is said where a later part of the document takes the place of a sentence, which is named as replaced."""
    query = found.evidence.query
    newer = later(query, older, found.sentences)
    if newer is None:
        return None
    chosen = [Chosen(newer.candidate.passage, newer.number, best=True)]
    if _lacks_type(query, chosen):
        return None
    reply = _composed(asked, found, chosen, sure)
    if not changes(newer):
        return reply
    passage, number = older.candidate.passage, older.number
    replaced = Statement(say("replaced", language_of(asked)), (2,), new_line=True)
    cited = cite(passage, *passage.sentences[number], 2)
    return replace(reply, statements=(*reply.statements, replaced), citations=(*reply.citations, cited))


def _lacks_type(query: Query, chosen: Sequence[Chosen]) -> bool:
    """Whether what is chosen and the headings above it give nothing of the type that a question asks for."""
    return lacks_type(search_form("\n".join(f"{one.text}\n{one.passage.heading}" for one in chosen)), query.form)


def _is_any_row(query: Query, chosen: Sequence[Chosen]) -> bool:
    """Whether a question ranks the rows of a table, which was not worked out, and what is chosen are just some."""
    rows = all(one.block is not None and one.block.kind is BlockKind.ROW for one in chosen)
    request = read_request(query.form) if rows else None
    if request is None or request.ranking is None:
        return False
    most = query.form[slice(*request.ranked_at)]
    return most not in search_form("\n".join(f"{one.text}\n{one.passage.heading}" for one in chosen))


def _composed(asked: str, found: Found, chosen: Sequence[Chosen], sure: float) -> Reply:
    """Chosen sentences as statements, each checked against its source as any other."""
    statements, citations = compose(asked, asked_by(found.evidence.query), chosen)
    checked = tuple(
        replace(statement, disagreement=check_claim(statement.text, [one.passage]).disagreement)
        for statement, one in zip(statements, chosen, strict=True)
    )
    return Reply(Verdict.ANSWERED, checked, citations, sure)


def _refusal(
    retriever: Retriever, asked: str, found: Found, missing: tuple[str, ...] = (), is_other: bool = False
) -> Reply:
    """That the documents do not say it, with the likeliest sentence where one comes near, or tells of another."""
    language, best = language_of(asked), found.best
    named = {"missing": "、".join(missing)} if missing else {}
    sure = found.confidence >= NEAR_SHARE * retriever.settings.refuse_below
    close = best is not None and sure and best.features["near"] >= NEAR_HELD
    if best is None or not (close or is_other):
        notice = Statement(say("nothing.missing" if missing else "nothing", language, **named), ())
        nearest = [candidate.passage for candidate, _ in found.evidence.ranked[:NEAREST]]
        return Reply(Verdict.NOTHING, (notice,), whole(nearest), found.confidence, missing)
    notice = Statement(say("near.missing" if missing else "near", language, **named), ())
    script, said = script_of(asked), spoken(best.text, block=best.block)
    text = said_to(asked, script, said) if script else said
    passage = best.candidate.passage
    cited = cite(passage, *passage.sentences[best.number], 1)
    statements = (notice, Statement(text, (1,), new_line=True))
    return Reply(Verdict.NEAR, statements, (cited,), found.confidence, missing)


def whole(passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The citations of whole passages, numbered in their order."""
    return tuple(cite(passage, 0, len(passage.text), n) for n, passage in enumerate(passages, start=1))
