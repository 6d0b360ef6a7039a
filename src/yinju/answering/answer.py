"""A question → an Answer: resolve a follow-up, search, decide whether the documents answer, then extract or generate.

With a language model the answer grows: first the passages found, then sentence after sentence. Whatever goes wrong with
the model ends in the extracted answer, with the fault named.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from yinju.answering.asked import asked_by
from yinju.answering.blocks import named_block, narrowed
from yinju.answering.claims import check_claim
from yinju.answering.confidence import confidence_of
from yinju.answering.extract import choose_sentences, compose
from yinju.answering.followup import Turn
from yinju.answering.generated.generate import Generated, generate
from yinju.answering.generated.prompt import accept_rewrite, answer_messages, rewrite_messages
from yinju.answering.plan import read_plan
from yinju.answering.reply import cite, language_of
from yinju.answering.sentences import Sentence, describe_sentences
from yinju.answering.stopping import Stop
from yinju.errors import GenerationError
from yinju.index.generation import Generation
from yinju.messages import say
from yinju.protocols import Generator
from yinju.retrieval import Evidence, Ranked, Retriever, retrieve
from yinju.retrieval.duplicates import copies_of
from yinju.retrieval.query import Query
from yinju.settings import Settings
from yinju.text import content_tokens, script_of
from yinju.types import Answer, Citation, Disagreement, ModelFault, Passage, Scope, Statement, Verdict

logger = logging.getLogger(__name__)

NEAREST = 3
"""How many passages a refusal shows."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers are made with."""

    retriever: Retriever
    model: Generator | None = None
    scope: Scope | None = None

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.retriever.settings

    @property
    def generation(self) -> Generation:
        """The documents as they are indexed."""
        return self.retriever.generation


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found, before anything is said."""

    question: str
    """As it was asked."""
    evidence: Evidence
    sentences: list[Sentence]
    """Those of the best passages, with how likely each answers."""
    confidence: float

    @property
    def query(self) -> Query:
        """The question as it is searched."""
        return self.evidence.query

    @property
    def ranked(self) -> Ranked:
        """The passages found, best first."""
        return self.evidence.ranked

    @property
    def understood_as(self) -> str | None:
        """The question as searched, where that is another."""
        return self.query.text if self.query.text != self.question else None

    def refused(self, below: float) -> bool:
        """Whether there is nothing to answer from: not a passage, or less confidence than wanted."""
        return not self.ranked or self.confidence < below


def answer_steps(
    using: Answering, question: str, history: Sequence[Turn], stop: Stop | None = None
) -> Iterator[Answer]:
    """The answer as it grows; the last one is complete. Without a model there is only that one.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    started, stop = time.perf_counter(), stop or Stop()
    plan = read_plan(question, history)
    found = find(using, question, plan.question)
    for answer in _steps(using, found, history, stop):
        yield replace(_with_digests(using, answer), seconds=time.perf_counter() - started)


def find(using: Answering, question: str, searched: str) -> Found:
    """The passages found for a question as it is searched, and how sure it is that they answer."""
    evidence = retrieve(using.retriever, searched, using.scope)
    described = describe_sentences(evidence.query, evidence.ranked)
    about_something = bool(content_tokens(searched))  # 「是什麼？」 alone asks about nothing
    sure = confidence_of(evidence.query, evidence.ranked, described) if about_something else 0.0
    return Found(question, evidence, described, sure)


def _steps(using: Answering, found: Found, history: Sequence[Turn], stop: Stop) -> Iterator[Answer]:
    if using.model is None or found.refused(using.settings.refuse_below):
        yield _extracted(using, found)
        return
    yield _read_first(using, found)
    if found.understood_as is not None:
        rewritten = _rewritten(using.model, found.question, history, stop)
        if rewritten and rewritten != found.query.text:
            found = find(using, found.question, rewritten)
            if found.refused(using.settings.refuse_below):
                yield _extracted(using, found)
                return
            yield _read_first(using, found)
    yield from _generated(using, using.model, found, stop)


def _rewritten(model: Generator, question: str, history: Sequence[Turn], stop: Stop) -> str | None:
    """The follow-up as the model rewrites it; None where it cannot or what it says is none."""
    pieces = model.stream(rewrite_messages(question, history))
    try:
        with stop.stopping(pieces):
            said = "".join(stop.until(pieces))
    except GenerationError:
        return None  # the answer will tell of the trouble, if it lasts
    return None if stop.stopped else accept_rewrite(said, question, history)


def _generated(using: Answering, model: Generator, found: Found, stop: Stop) -> Iterator[Answer]:
    """The model's answer as it grows; the extracted one where the model fails or says nothing that is borne out."""
    passages = _passages(using, found)
    script = script_of(found.question) or script_of(found.query.text)
    grown = Generated()
    pieces = model.stream(answer_messages(found.query.text, passages, script))
    try:
        with stop.stopping(pieces):
            for grown in generate(found.question, script, passages, stop.until(pieces)):
                if grown.statements or grown.pending:
                    yield _growing(found, grown)
    except GenerationError as error:
        logger.warning("the language model did not answer: %s", error)
        yield _fallen_back(using, found, grown, error.fault)
        return
    if stop.stopped:
        said = replace(_growing(found, grown), statements=_said(grown), complete=True, pending="")
        yield replace(said, fault=ModelFault.STOPPED)
    elif grown.declined:
        yield _refusal(found, "generated")
    elif not grown.borne_out:
        fault = ModelFault.UNSUPPORTED if grown.statements else ModelFault.MALFORMED
        logger.warning("the language model's answer is not used: %s", fault)
        yield _fallen_back(using, found, grown, fault)
    else:
        yield replace(_growing(found, grown), complete=True, pending="")


def _passages(using: Answering, found: Found) -> list[Passage]:
    return [candidate.passage for candidate, _ in found.ranked[: using.settings.llm_passages]]


def _read_first(using: Answering, found: Found) -> Answer:
    """What the model is going to read, before it says anything."""
    return replace(_answer(found, (), _whole(_passages(using, found))), mode="generated", complete=False)


def _growing(found: Found, grown: Generated) -> Answer:
    answer = _answer(found, grown.statements, grown.citations)
    return replace(answer, mode="generated", complete=False, pending=grown.pending)


def _said(grown: Generated) -> tuple[Statement, ...]:
    """All that was said so far, the last sentence unfinished and unchecked."""
    unfinished = Statement(grown.pending, (), Disagreement.UNCHECKED)
    return (*grown.statements, *([unfinished] if grown.pending else []))


def _fallen_back(using: Answering, found: Found, grown: Generated, fault: ModelFault) -> Answer:
    """The extracted answer, with what the model had said kept beside it."""
    answer = _extracted(using, found, len(grown.citations) + 1)
    return replace(
        answer, fault=fault, unfinished=_said(grown),
        citations=(*_with_copies(found, grown.citations), *answer.citations),
    )  # fmt: skip


def _extracted(using: Answering, found: Found, first_marker: int = 1) -> Answer:
    """The answer in the documents' own sentences, checked as any other, or a refusal."""
    if found.refused(using.settings.refuse_below):
        return _refusal(found, "extractive")
    asked, storage = asked_by(found.query), using.generation.storage
    evidence = narrowed(found.query, found.ranked)
    whole = named_block(found.query, evidence, storage.passage_after)
    chosen = whole or choose_sentences(
        describe_sentences(found.query, evidence), asked, using.settings.answer_characters, storage.passage_after
    )
    statements, citations = compose(found.question, asked, chosen, first_marker)
    checked = tuple(
        replace(statement, disagreement=check_claim(statement.text, [one.passage]).disagreement)
        for statement, one in zip(statements, chosen, strict=True)
    )
    return _answer(found, checked, citations)


def _refusal(found: Found, mode: str) -> Answer:
    """No answer, but the passages that came nearest."""
    nearest = [candidate.passage for candidate, _ in found.ranked[:NEAREST]]
    notice = Statement(say("nothing", language_of(found.question)), ())
    return replace(_answer(found, (notice,), _whole(nearest)), verdict=Verdict.NOTHING, mode=mode)


def _whole(passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The citations of whole passages, numbered in their order."""
    return tuple(cite(passage, 0, len(passage.text), n) for n, passage in enumerate(passages, start=1))


def _answer(found: Found, statements: tuple[Statement, ...], citations: tuple[Citation, ...]) -> Answer:
    return Answer(
        found.question, statements, _with_copies(found, citations), Verdict.ANSWERED, found.confidence, "extractive",
        0.0, found.understood_as,
    )  # fmt: skip


def _with_copies(found: Found, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations, each with where else the documents say the same."""
    candidates = [candidate for candidate, _ in found.ranked]
    return tuple(replace(citation, copies=copies_of(citation, candidates)) for citation in citations)


def _with_digests(using: Answering, answer: Answer) -> Answer:
    """The answer whose citations say which version of their documents they mean."""
    copies = chain.from_iterable(citation.copies for citation in answer.citations)
    named = {citation.document for citation in answer.citations} | {copy.document for copy in copies}
    digests = using.generation.storage.digests([*named])
    cited = tuple(
        replace(
            citation, sha256=digests[citation.document],
            copies=tuple(replace(copy, sha256=digests[copy.document]) for copy in citation.copies),
        )
        for citation in answer.citations
    )  # fmt: skip
    return replace(answer, citations=cited)
