"""A turn of the chat → an Answer: its plan, then what is said to each part of it, by rules or by a language model.

The plan, and what it answers itself, needs no model: chat, what is asked back, what is missing, a list of headings.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from yinju.answering.by_model import answer_by_model, is_left_to_model, sum_up
from yinju.answering.figures import with_figures
from yinju.answering.followup import Turn
from yinju.answering.gathering import Answering, Asked, answer_by_rules, as_answer, look_up
from yinju.answering.outline import reply_with_outline
from yinju.answering.plan import TurnKind, read_plan
from yinju.answering.stopping import Stop
from yinju.answering.turns import reply_to_turn
from yinju.messages import language_of
from yinju.retrieval.query import check_question
from yinju.types import Answer

__all__ = ["Answering", "answer_steps"]


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
        told = with_figures(using.generation.documents, _with_digests(using, answer))
        yield replace(told, seconds=time.perf_counter() - started)


def _steps(using: Answering, question: str, history: Sequence[Turn], stop: Stop) -> Iterator[Answer]:
    plan, language = read_plan(question, history), language_of(question)
    if plan.kind not in (TurnKind.QUESTION, TurnKind.OUTLINE):
        reply = reply_to_turn(plan.kind, question, using.retriever, language)
        yield as_answer(Asked(question, plan, ()), reply)
        return
    if plan.outline:
        outline = reply_with_outline(using.retriever, plan.outline, question, language)
        if outline:
            asked = Asked(question, plan, ())
            for answer in sum_up(using, asked, as_answer(asked, outline), stop):
                yield replace(answer, about=outline.about)
            return
    asked = look_up(using, question, plan, follows=bool(history))
    answer = answer_by_rules(using, asked)
    if using.model is not None and is_left_to_model(answer):
        yield from answer_by_model(using, asked, answer, history, stop)
    else:
        yield answer


def _with_digests(using: Answering, answer: Answer) -> Answer:
    """The answer whose citations say which version of their documents they mean."""
    copies = chain.from_iterable(citation.copies for citation in answer.citations)
    named = {citation.document for citation in answer.citations} | {copy.document for copy in copies}
    digests = using.generation.documents.digests([*named])
    cited = tuple(
        replace(
            citation, sha256=digests[citation.document],
            copies=tuple(replace(copy, sha256=digests[copy.document]) for copy in citation.copies),
        )
        for citation in answer.citations
    )  # fmt: skip
    return replace(answer, citations=cited)
