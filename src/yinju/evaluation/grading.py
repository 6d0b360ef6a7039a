"""A FreeQuestion and its Answer → good, partial or bad, and why; all of them → measures.

Good is an answer with the facts, from the right source, with nothing wrong beside and not padded; partial is one with
half of them, or with all of them and a fault. A refusal is right where the documents do not answer.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import fmean
from typing import Any

from yinju.evaluation.free import Alternatives, Expectation, FreeQuestion
from yinju.evaluation.wording import comparable, says_one
from yinju.library import Library
from yinju.types import Answer, Progress, Verdict

NEAR_MISS = "nearmiss"
"""The kind of a question that is close to the documents, which do not answer it."""

_SAYING = "提及|提到|写|说|记载|载明|规定|涉及|列出|找到|答案|信息|资讯|资料|记录|说明|数据"
_UNSAID = re.compile(
    rf"(?:没有|并未|未|没|不曾)[^,。!?]{{0,8}}(?:{_SAYING})|(?:找|查|看)不到|(?:无法|不能)[^,。!?]{{0,6}}(?:得知|确定|回答)"
    "|not?(?:be|been)?(?:mention|state|found|said|say|given|information)|(?:don|doesn)['’]t(?:say|mention|state)"
)
"""That the documents do not have it, said in the answer's own words, in comparable form."""
_SORRY = re.compile("抱歉|对不起|不好意思|(?:找|查)不到|没有?能?找到|sorry")
_WHICH = re.compile("哪|请问|还是|(?:你|您)是?(?:指|想问|要问|说的是)|which|doyoumean")


class Mark(StrEnum):
    """How good an answer is."""

    GOOD = "good"
    PARTIAL = "partial"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Graded:
    """A question with its answer, how good that is and why."""

    asked: FreeQuestion
    answer: Answer
    mark: Mark
    why: str
    """What is wrong, or what made it good where that is not plain; may be empty."""

    @property
    def names_missing(self) -> bool:
        """Whether the answer says what the documents lack."""
        told = "\n".join([_text(self.answer), *self.answer.missing])
        return says_one(comparable(told), [self.asked.missing])


def grade(asked: FreeQuestion, answer: Answer) -> Graded:
    """How good an answer is."""
    by_expectation = {
        Expectation.ANSWER: _answered, Expectation.REFUSE: _refused, Expectation.CHAT: _chatted,
        Expectation.CLARIFY: _clarified,
    }  # fmt: skip
    mark, why = by_expectation[asked.expect](asked, answer, comparable(_text(answer)))
    return Graded(asked, answer, mark, why)


def grade_all(library: Library, questions: Sequence[FreeQuestion], progress: Progress | None = None) -> list[Graded]:
    """Every question asked, after those before it, and its answer graded."""
    graded = []
    for asked in questions:
        history = [(question, "") for question in asked.history]
        graded.append(grade(asked, library.ask(asked.question, history)))
        if progress:
            progress(len(graded), len(questions), "evaluate")
    return graded


def _text(answer: Answer) -> str:
    """What is said, without markers, a line each."""
    return "\n".join(statement.text for statement in answer.statements)


def _count(said: str, facts: Sequence[Alternatives]) -> int:
    return sum(says_one(said, alternatives) for alternatives in facts)


def _padded(asked: FreeQuestion, answer: Answer) -> str:
    """That an answer is too long; empty where it is not."""
    length = len(re.sub(r"\s", "", _text(answer)))
    return f"{length} characters, at most {asked.max_chars}" if length > (asked.max_chars or length) else ""


def _from_source(asked: FreeQuestion, answer: Answer) -> bool:
    """Whether a citation is of a document wanted, and its passage or quote holds the phrase."""
    return not asked.cite or any(
        cited.document == document and says_one(comparable(f"{cited.passage}\n{cited.quote}"), [phrase])
        for document, phrase in asked.cite for cited in answer.citations
    )  # fmt: skip


def _good_unless(fault: str, why: str = "") -> tuple[Mark, str]:
    return (Mark.PARTIAL, fault) if fault else (Mark.GOOD, why)


def _answered(asked: FreeQuestion, answer: Answer, said: str) -> tuple[Mark, str]:
    if answer.refused or not said:
        return _shown_near(asked, answer, said)
    count, padded = _count(said, asked.must), _padded(asked, answer)
    wrong = [phrase for phrase in asked.must_not if says_one(said, [phrase])]
    faults = [f"{count} facts of {asked.need}"] if count < asked.need else []
    faults += [f"says {phrase}" for phrase in wrong]
    faults += [] if _from_source(asked, answer) else ["another source"]
    why = "; ".join([*faults, *([padded] if padded else [])])
    if not why:
        return Mark.GOOD, ""
    half = count > 0 and 2 * count >= asked.need
    return (Mark.PARTIAL if half and (count >= asked.need or not wrong) else Mark.BAD), why


def _shown_near(asked: FreeQuestion, answer: Answer, said: str) -> tuple[Mark, str]:
    """A refusal of what can be answered is bad, but where all of it is shown as near."""
    first = comparable("".join(cited.quote for cited in answer.citations[:1]))
    held = all(says_one(said, one) or says_one(first, one) for one in asked.must)
    if answer.verdict is Verdict.NEAR and held and _from_source(asked, answer):
        return Mark.PARTIAL, "shown as near"
    return Mark.BAD, "refused"


def _refused(asked: FreeQuestion, answer: Answer, said: str) -> tuple[Mark, str]:
    if answer.refused or _UNSAID.search(said):
        return Mark.GOOD, "refused"
    if asked.correct and _count(said, asked.correct) == len(asked.correct):
        return _good_unless(_padded(asked, answer), "set right")
    return Mark.BAD, "answered"


def _chatted(asked: FreeQuestion, answer: Answer, said: str) -> tuple[Mark, str]:
    count = _count(said, asked.must)
    if not said or _SORRY.search(said):
        return Mark.BAD, "nothing said"
    if answer.citations and not asked.may_cite:
        return Mark.BAD, "passages shown"
    if count < asked.need:
        return (Mark.PARTIAL if count and 2 * count >= asked.need else Mark.BAD), f"{count} facts of {asked.need}"
    return _good_unless(_padded(asked, answer))


def _clarified(asked: FreeQuestion, answer: Answer, said: str) -> tuple[Mark, str]:
    offered = _count(comparable("\n".join([_text(answer), *answer.options])), [(option,) for option in asked.options])
    if len(answer.options) > 1 or (_WHICH.search(said) and ("?" in said or "请" in said)):
        return Mark.GOOD, "asked back"
    if answer.refused:
        shown = comparable("\n".join(cited.quote for cited in answer.citations))
        most = max(offered, _count(shown, [(option,) for option in asked.options]))
        return _good_unless("" if most > 1 else "refused without options", "refused, options shown")
    if offered < 2:
        return Mark.BAD, "one reading as if it were the only one"
    fault = _padded(asked, answer) or ("" if 2 * offered >= len(asked.options) else "some options")
    return _good_unless(fault, "options given")


def _share(held: Iterable[bool]) -> float | None:
    values = list(held)
    return fmean(values) if values else None


def free_measures(graded: Sequence[Graded]) -> dict[str, Any]:
    """Shares of what they are about, 0 … 1, left out where there is nothing of it; and how each kind was graded."""
    answerable = [one for one in graded if one.asked.expect is Expectation.ANSWER]
    refusable = [one for one in graded if one.asked.expect is Expectation.REFUSE]
    shares = {
        "good": _share(one.mark is Mark.GOOD for one in graded),
        "partial": _share(one.mark is Mark.PARTIAL for one in graded),
        "answerable_good": _share(one.mark is Mark.GOOD for one in answerable),
        "false_answers": _share(one.mark is Mark.BAD for one in refusable),
        "wrong_refusals": _share(one.answer.refused for one in answerable),
        "near_or_nothing": _share(one.answer.refused for one in refusable if one.asked.kind == NEAR_MISS),
        "missing_named": _share(one.names_missing for one in refusable if one.asked.missing),
    }
    measured = {name: value for name, value in shares.items() if value is not None}
    return {"questions": len(graded), **measured, "kinds": _kinds(graded)}


def _kinds(graded: Sequence[Graded]) -> dict[str, dict[str, int]]:
    counted = Counter((one.asked.kind, one.mark) for one in graded)
    kinds = dict.fromkeys(one.asked.kind for one in graded)
    marks = {kind: {str(mark): counted[kind, mark] for mark in Mark} for kind in kinds}
    return {kind: {"questions": sum(row.values()), **row} for kind, row in marks.items()}


def graded_json(graded: Graded) -> dict[str, Any]:
    """A graded answer, to be read by eye."""
    asked, answer = graded.asked, graded.answer
    return {
        "kind": asked.kind, "question": asked.question, "history": list(asked.history), "expect": asked.expect,
        "grade": graded.mark, "why": graded.why, "verdict": answer.verdict, "answer": _text(answer),
        "missing": list(answer.missing), "options": list(answer.options),
        "confidence": round(answer.confidence, 4), "understood_as": answer.understood_as,
        "citations": [[cited.document, cited.quote] for cited in answer.citations],
    }  # fmt: skip


def write_graded(graded: Iterable[Graded], file: Path) -> None:
    """Write every graded answer, a line of JSON each."""
    lines = (json.dumps(graded_json(one), ensure_ascii=False) + "\n" for one in graded)
    file.write_bytes("".join(lines).encode("utf-8", "backslashreplace"))
