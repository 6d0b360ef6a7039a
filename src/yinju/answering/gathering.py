"""A question with its plan → what the documents have for it, and the answer in their own words, part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from yinju.answering.extracted import Found, find, found_in, reply_to, stands_alone
from yinju.answering.plan import Plan
from yinju.answering.reply import Reply, joined
from yinju.protocols import Generator
from yinju.retrieval import Evidence, Retriever
from yinju.retrieval.duplicates import copies_of
from yinju.settings import Settings
from yinju.store.protocol import Snapshot
from yinju.text import without_courtesy
from yinju.types import Answer, Citation, Verdict


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers are made with."""

    retriever: Retriever
    model: Generator | None = None
    known: Mapping[str, Evidence] = field(default_factory=dict)
    """What was found before, by the question it was found for: it is not looked for again."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.retriever.settings

    @property
    def generation(self) -> Snapshot:
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


def look_up(using: Answering, question: str, plan: Plan, follows: bool = False) -> Asked:
    """What a question and each of its parts find."""
    whole = _found(using, plan.question)
    if plan.alone and stands_alone(whole, alone := _found(using, plan.alone), using.settings.refuse_below):
        whole, plan, follows = alone, plan.as_alone, False
    parts = plan.parts if len(plan.parts) > 1 else ()
    return Asked(question, plan, (whole, *(_found(using, text) for text in parts)), follows)


def _found(using: Answering, text: str) -> Found:
    known = using.known.get(text)
    return found_in(known) if known else find(using.retriever, text)


def answer_by_rules(using: Answering, asked: Asked) -> Answer:
    """The answer in the documents' own words, part by part where each is answered."""
    replies = [reply_to(using.retriever, asked.question, found, asked.follows) for found in asked.parts]
    parts = replies[1:]
    answered = [reply for reply in parts if reply.verdict is Verdict.ANSWERED]
    alone = replies[0].verdict is not Verdict.ANSWERED or asked.plan.compares
    if parts and (len(answered) == len(parts) or (answered and alone)):
        return as_answer(asked, joined(parts))
    return as_answer(asked, replies[0])


def as_answer(asked: Asked, reply: Reply) -> Answer:
    """A reply to what was asked, as it is given."""
    return Answer(
        asked.question, reply.statements, with_copies(asked, reply.citations), reply.verdict, reply.confidence,
        "extractive", 0.0, asked.understood_as, missing=reply.missing, options=reply.options,
        hurried=any(found.evidence.hurried for found in asked.parts), about=reply.about,
    )  # fmt: skip


def with_copies(asked: Asked, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations, each with where else the documents say the same."""
    candidates = [candidate for found in asked.parts for candidate, _ in found.evidence.ranked]
    return tuple(replace(citation, copies=copies_of(citation, candidates)) for citation in citations)
