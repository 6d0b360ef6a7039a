"""What the documents have for a question → its answer as a language model writes it, while it is written.

First what the model reads is shown, then sentence after sentence. Whatever goes wrong, and an answer that the documents
do not bear out, ends in the answer by rules, with the fault named.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from yinju.answering.extracted import NEAREST, whole
from yinju.answering.followup import Turn
from yinju.answering.gathering import Answering, Asked, answer_by_rules, as_answer, look_up, with_copies
from yinju.answering.generated.evidence import Piece, Wanted, cited_passages, gather_evidence
from yinju.answering.generated.generate import Generated, generate
from yinju.answering.generated.prompt import accept_rewrite, answer_messages, rewrite_messages
from yinju.answering.reply import Reply
from yinju.answering.stopping import Stop
from yinju.errors import GenerationError
from yinju.messages import language_of, say
from yinju.protocols import Generator
from yinju.text import Script, script_of
from yinju.types import Answer, Disagreement, ModelFault, Passage, Statement, Verdict

logger = logging.getLogger(__name__)

MOST_SUMMED_UP = 50
"""Pieces that a summary is made of, as far as they fit."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What a model is asked, and what is answered without it."""

    asked: Asked
    by_rules: Answer
    read: tuple[Passage, ...]
    """The best passages, in order."""
    evidence: tuple[Piece, ...]
    summary: bool = False

    @property
    def script(self) -> Script | None:
        """The script it is to be answered in."""
        return script_of(self.asked.question) or script_of(self.asked.plan.question)


def is_left_to_model(answer: Answer) -> bool:
    """Whether a model may answer better than rules: something was found, nothing named is missing or asked back."""
    return answer.verdict is not Verdict.NOTHING and not answer.missing and not answer.options


def answer_by_model(
    using: Answering, asked: Asked, by_rules: Answer, history: Sequence[Turn], stop: Stop
) -> Iterator[Answer]:
    """The answer as it grows, a follow-up as the model rewrites it."""
    assert using.model is not None
    task = _task(using, asked, by_rules)
    yield _read_first(task)
    if asked.understood_as is not None:
        rewritten = _rewritten(using.model, asked.question, history, stop)
        if rewritten and rewritten != asked.plan.question:
            asked = look_up(using, asked.question, replace(asked.plan, question=rewritten, parts=(rewritten,)), True)
            by_rules = answer_by_rules(using, asked)
            if not is_left_to_model(by_rules):
                yield by_rules
                return
            task = _task(using, asked, by_rules)
            yield _read_first(task)
    yield from _generated(using.model, task, stop)


def sum_up(using: Answering, asked: Asked, outline: Answer, stop: Stop) -> Iterator[Answer]:
    """The summary of what an outline was made of; the outline without a model, and of headings alone."""
    request = asked.plan.outline
    headings = request is not None and (request.wants == "headings" or request.of_all)
    if using.model is None or headings or not is_left_to_model(outline):
        yield outline
        return
    read = cited_passages(using.generation.documents, outline, ())
    wanted = Wanted(None, using.settings.llm_evidence_characters, MOST_SUMMED_UP)
    evidence = gather_evidence(using.generation, read, outline, wanted)
    task = _Task(asked, outline, tuple(read), evidence, summary=True)
    yield _read_first(task)
    yield from _generated(using.model, task, stop)


def _task(using: Answering, asked: Asked, by_rules: Answer) -> _Task:
    """What the answer by rules cites comes first, then the best passages of all parts, in turn."""
    ranked = [[candidate.passage for candidate, _ in found.evidence.ranked] for found in asked.parts]
    in_turn = [passage for row in zip_longest(*ranked) for passage in row if passage]
    settings, cited = using.settings, cited_passages(using.generation.documents, by_rules, in_turn)
    best = {passage.id: passage for passage in (*cited, *in_turn)}
    wanted = Wanted(asked.whole.evidence.query, settings.llm_evidence_characters, settings.llm_passages)
    evidence = gather_evidence(using.generation, [*best.values()], by_rules, wanted)
    return _Task(asked, by_rules, tuple(best.values()), evidence)


def _rewritten(model: Generator, question: str, history: Sequence[Turn], stop: Stop) -> str | None:
    """The follow-up as the model rewrites it; None where it cannot or what it says is none."""
    pieces = model.stream(rewrite_messages(question, history))
    try:
        with stop.stopping(pieces):
            said = "".join(stop.until(pieces))
    except GenerationError:
        return None  # the answer will tell of the trouble, if it lasts
    return None if stop.stopped else accept_rewrite(said, question, history)


def _generated(model: Generator, task: _Task, stop: Stop) -> Iterator[Answer]:
    """The model's answer as it grows; the one by rules where the model fails or says what is not borne out."""
    grown, question = Generated(), task.asked.plan.question
    pieces = model.stream(answer_messages(question, task.evidence, task.script, task.summary))
    try:
        with stop.stopping(pieces):
            for grown in generate((task.asked.question, question), task.script, task.evidence, stop.until(pieces)):
                if grown.statements or grown.pending:
                    yield _growing(task, grown)
    except GenerationError as error:
        logger.warning("%s", error)
        yield _fallen_back(task, grown, error.fault)
        return
    if stop.stopped:
        said = replace(_growing(task, grown), statements=_said(grown), complete=True, pending="")
        yield replace(said, fault=ModelFault.STOPPED)
    elif grown.looped or not (grown.borne_out or grown.declined):
        fault = ModelFault.UNSUPPORTED if grown.statements and not grown.looped else ModelFault.MALFORMED
        logger.warning("%s", GenerationError(fault, f"llm.unused.{fault}"))
        yield _fallen_back(task, Generated() if grown.looped else grown, fault)
    elif grown.declined:
        yield _declined(task, grown)
    else:
        yield replace(_growing(task, grown), complete=True, pending="")


def _read_first(task: _Task) -> Answer:
    """What the model is going to read, before it says anything."""
    passages = [piece.passage for piece in task.evidence if piece.passage]
    reading = Reply(Verdict.ANSWERED, (), whole(passages), task.by_rules.confidence)
    return replace(as_answer(task.asked, reading), mode="generated", complete=False)


def _growing(task: _Task, grown: Generated) -> Answer:
    """What a model has said so far, by its own verdict; where it tells none, by that of the rules."""
    verdict, statements = grown.verdict if grown.told else task.by_rules.verdict, grown.statements
    if verdict is Verdict.NEAR and not grown.declines and statements:
        first = replace(statements[0], new_line=True)
        statements = (Statement(say("near", language_of(task.asked.question)), ()), first, *statements[1:])
    reply = Reply(
        verdict, statements, grown.citations, task.by_rules.confidence, grown.missing, grown.options
    )  # fmt: skip
    return replace(as_answer(task.asked, reply), mode="generated", complete=False, pending=grown.pending)


def _said(grown: Generated) -> tuple[Statement, ...]:
    """All that was said so far, the last sentence unfinished and unchecked."""
    unfinished = Statement(grown.pending, (), Disagreement.UNCHECKED)
    return (*grown.statements, *([unfinished] if grown.pending else []))


def _fallen_back(task: _Task, grown: Generated, fault: ModelFault) -> Answer:
    """The answer by rules, with what the model had said kept beside it."""
    own = task.by_rules
    placed = Reply(own.verdict, own.statements, own.citations).renumbered(len(grown.citations) + 1)
    return replace(
        own, fault=fault, unfinished=_said(grown), statements=placed.statements,
        citations=(*with_copies(task.asked, grown.citations), *placed.citations),
    )  # fmt: skip


def _declined(task: _Task, grown: Generated) -> Answer:
    """What a model says that finds no answer in what it reads: the passages that came nearest."""
    named = {"missing": "、".join(grown.missing)} if grown.missing else {}
    said = say("nothing.missing" if named else "nothing", language_of(task.asked.question), **named)
    nearest = whole(task.read[:NEAREST])
    reply = Reply(Verdict.NOTHING, (Statement(said, ()),), nearest, task.by_rules.confidence, grown.missing)
    return replace(as_answer(task.asked, reply), mode="generated")
