"""A turn of the chat → an Answer: its plan, then what is said to each part of it, by rules or by a language model.

With a language model the answer grows: first the passages found, then sentence after sentence. Whatever goes wrong with
the model ends in the extracted answer, with the fault named.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest

from yinju.answering.extracted import NEAREST, Found, find, found_in, reply_to, whole
from yinju.answering.followup import Turn
from yinju.answering.generated.generate import Generated, generate
from yinju.answering.generated.prompt import accept_rewrite, answer_messages, rewrite_messages
from yinju.answering.outline import reply_with_outline
from yinju.answering.plan import Plan, TurnKind, read_plan
from yinju.answering.reply import Reply, joined, language_of
from yinju.answering.stopping import Stop
from yinju.answering.turns import reply_to_turn
from yinju.errors import GenerationError
from yinju.index.generation import Generation
from yinju.messages import say
from yinju.protocols import Generator
from yinju.retrieval import Evidence, Retriever
from yinju.retrieval.duplicates import copies_of
from yinju.retrieval.query import check_question
from yinju.settings import Settings
from yinju.text import script_of, without_courtesy
from yinju.types import Answer, Citation, Disagreement, ModelFault, Passage, Scope, Statement, Verdict

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers are made with."""

    retriever: Retriever
    model: Generator | None = None
    scope: Scope | None = None
    known: Mapping[str, Evidence] = field(default_factory=dict)
    """What was found before, by the question it was found for: it is not looked for again."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.retriever.settings

    @property
    def generation(self) -> Generation:
        """The documents as they are indexed."""
        return self.retriever.generation


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its plan, and what its parts found."""

    question: str
    """As it was asked."""
    plan: Plan
    parts: tuple[Found, ...]
    """The whole question first; then each of its parts, where there are several."""

    follows: bool = False
    """Whether questions were asked before."""

    @property
    def whole(self) -> Found:
        """What the whole question found."""
        return self.parts[0]

    @property
    def understood_as(self) -> str | None:
        """The question as searched, where that is another."""
        searched = self.whole.evidence.query.text if self.parts else self.plan.question
        return searched if searched != without_courtesy(self.question) else None


def answer_steps(
    using: Answering, question: str, history: Sequence[Turn], stop: Stop | None = None
) -> Iterator[Answer]:
    """The answer as it grows; the last one is complete. Without a model there is only that one.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    started = time.perf_counter()
    check_question(question, using.settings.question_characters)
    for answer in _steps(using, question, history, stop or Stop()):
        yield replace(_with_digests(using, answer), seconds=time.perf_counter() - started)


def _steps(using: Answering, question: str, history: Sequence[Turn], stop: Stop) -> Iterator[Answer]:
    plan, language = read_plan(question, history), language_of(question)
    if plan.kind not in (TurnKind.QUESTION, TurnKind.OUTLINE):
        reply = reply_to_turn(plan.kind, question, using.retriever, language, using.scope)
        yield _answer(Asked(question, plan, ()), reply)
        return
    if plan.outline:
        outline = reply_with_outline(using.retriever, plan.outline, question, language, using.scope)
        if outline:
            yield _answer(Asked(question, plan, ()), outline)
            return
    asked = look_up(using, question, plan, follows=bool(history))
    if using.model is None or asked.whole.refused(using.settings.refuse_below):
        yield _by_rules(using, asked)
    else:
        yield from _by_model(using, using.model, asked, history, stop)


def look_up(using: Answering, question: str, plan: Plan, follows: bool = False) -> Asked:
    """What a question and each of its parts find."""
    texts = [plan.question, *(plan.parts if len(plan.parts) > 1 else ())]
    return Asked(question, plan, tuple(_found(using, text) for text in texts), follows)


def _found(using: Answering, text: str) -> Found:
    known = using.known.get(text)
    return found_in(known) if known else find(using.retriever, text, using.scope)


def _by_rules(using: Answering, asked: Asked) -> Answer:
    """The answer in the documents' own words, part by part where each is answered."""
    replies = [reply_to(using.retriever, asked.question, found, asked.follows) for found in asked.parts]
    parts = replies[1:]
    answered = [reply for reply in parts if reply.verdict is Verdict.ANSWERED]
    alone = replies[0].verdict is not Verdict.ANSWERED or asked.plan.compares
    if parts and (len(answered) == len(parts) or (answered and alone)):
        return _answer(asked, joined(parts))
    return _answer(asked, replies[0])


def _rewritten(model: Generator, question: str, history: Sequence[Turn], stop: Stop) -> str | None:
    """The follow-up as the model rewrites it; None where it cannot or what it says is none."""
    pieces = model.stream(rewrite_messages(question, history))
    try:
        with stop.stopping(pieces):
            said = "".join(stop.until(pieces))
    except GenerationError:
        return None  # the answer will tell of the trouble, if it lasts
    return None if stop.stopped else accept_rewrite(said, question, history)


def _by_model(
    using: Answering, model: Generator, asked: Asked, history: Sequence[Turn], stop: Stop
) -> Iterator[Answer]:
    """The answer of a language model as it grows, a follow-up as the model rewrites it."""
    yield _read_first(using, asked)
    if asked.understood_as is not None:
        rewritten = _rewritten(model, asked.question, history, stop)
        if rewritten and rewritten != asked.plan.question:
            asked = look_up(using, asked.question, replace(asked.plan, question=rewritten, parts=(rewritten,)))
            if asked.whole.refused(using.settings.refuse_below):
                yield _by_rules(using, asked)
                return
            yield _read_first(using, asked)
    yield from _generated(using, model, asked, stop)


def _generated(using: Answering, model: Generator, asked: Asked, stop: Stop) -> Iterator[Answer]:
    """The model's answer as it grows; the extracted one where the model fails or says nothing that is borne out."""
    passages = _passages(using, asked)
    script = script_of(asked.question) or script_of(asked.plan.question)
    grown = Generated()
    pieces = model.stream(answer_messages(asked.plan.question, passages, script))
    try:
        with stop.stopping(pieces):
            for grown in generate(asked.question, script, passages, stop.until(pieces)):
                if grown.statements or grown.pending:
                    yield _growing(asked, grown)
    except GenerationError as error:
        logger.warning("the language model did not answer: %s", error)
        yield _fallen_back(using, asked, grown, error.fault)
        return
    if stop.stopped:
        said = replace(_growing(asked, grown), statements=_said(grown), complete=True, pending="")
        yield replace(said, fault=ModelFault.STOPPED)
    elif grown.declined:
        yield _declined(using, asked)
    elif not grown.borne_out:
        fault = ModelFault.UNSUPPORTED if grown.statements else ModelFault.MALFORMED
        logger.warning("the language model's answer is not used: %s", fault)
        yield _fallen_back(using, asked, grown, fault)
    else:
        yield replace(_growing(asked, grown), complete=True, pending="")


def _passages(using: Answering, asked: Asked) -> list[Passage]:
    """What the model reads: the best passages of all parts, in turn."""
    ranked = [[candidate.passage for candidate, _ in found.evidence.ranked] for found in asked.parts]
    in_turn = (passage for row in zip_longest(*ranked) for passage in row if passage)
    return list({passage.id: passage for passage in in_turn}.values())[: using.settings.llm_passages]


def _read_first(using: Answering, asked: Asked) -> Answer:
    """What the model is going to read, before it says anything."""
    reading = Reply(Verdict.ANSWERED, (), whole(_passages(using, asked)), asked.whole.confidence)
    return replace(_answer(asked, reading), mode="generated", complete=False)


def _growing(asked: Asked, grown: Generated) -> Answer:
    answer = _answer(asked, Reply(grown.verdict, grown.statements, grown.citations, asked.whole.confidence))
    return replace(answer, mode="generated", complete=False, pending=grown.pending)


def _said(grown: Generated) -> tuple[Statement, ...]:
    """All that was said so far, the last sentence unfinished and unchecked."""
    unfinished = Statement(grown.pending, (), Disagreement.UNCHECKED)
    return (*grown.statements, *([unfinished] if grown.pending else []))


def _fallen_back(using: Answering, asked: Asked, grown: Generated, fault: ModelFault) -> Answer:
    """The extracted answer, with what the model had said kept beside it."""
    reply = _by_rules(using, asked)
    placed = Reply(reply.verdict, reply.statements, reply.citations).renumbered(len(grown.citations) + 1)
    return replace(
        reply, fault=fault, unfinished=_said(grown), statements=placed.statements,
        citations=(*_with_copies(asked, grown.citations), *placed.citations),
    )  # fmt: skip


def _declined(using: Answering, asked: Asked) -> Answer:
    """What a model says that finds no answer in what it reads: the passages that came nearest."""
    notice = Statement(say("nothing", language_of(asked.question)), ())
    nearest = whole(_passages(using, asked)[:NEAREST])
    reply = Reply(Verdict.NOTHING, (notice,), nearest, asked.whole.confidence)
    return replace(_answer(asked, reply), mode="generated")


def _answer(asked: Asked, reply: Reply) -> Answer:
    return Answer(
        asked.question, reply.statements, _with_copies(asked, reply.citations), reply.verdict, reply.confidence,
        "extractive", 0.0, asked.understood_as, missing=reply.missing, options=reply.options,
    )  # fmt: skip


def _with_copies(asked: Asked, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations, each with where else the documents say the same."""
    candidates = [candidate for found in asked.parts for candidate, _ in found.evidence.ranked]
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
