"""A question or an answer, however far it has come → the HTML of its chat message."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from yinju.messages import Language, say
from yinju.printing import parted, unnamed
from yinju.types import Answer, Statement, Verdict
from yinju.web.documents.table import view_href
from yinju.web.links import links_to
from yinju.web.rendering import render


def question_html(question: str, turn: int, language: Language) -> str:
    """A question as a message, which can be asked otherwise; `turn` is its number in the chat."""
    return render("chat/question.html", language, question=question.strip(), number=turn)


def answer_html(answer: Answer, turn: int, language: Language, *, message: str = "", last: bool = False) -> str:
    """An answer as a message; `turn` is its number in the chat, `message` the id under which it is kept.

    The last answer of a chat can be asked for again.
    """
    return render("chat/answer.html", language, last=last, **laid_out(answer, turn, message, language))


def laid_out(answer: Answer, turn: int, message: str, language: Language) -> dict[str, Any]:
    """What chat/answer.html needs to know of an answer."""
    said: Sequence[Statement] = answer.statements
    if answer.verdict is Verdict.NOTHING and not said:
        said = [Statement(say("nothing", language), ())]
    return {
        "answer": answer, "links": links_to(answer.citations, turn, message), "missing": unnamed(answer),
        "said": _quoting(said) if answer.verdict is Verdict.NEAR else [(False, parted(said))],
        "unfinished": parted(answer.unfinished), "guide": view_href(document=answer.about) if answer.about else "",
    }  # fmt: skip


def _quoting(statements: Sequence[Statement]) -> list[tuple[bool, list[list[Statement]]]]:
    """What is said of what comes near, and that itself, to be quoted, in which nothing stands out."""
    return [
        (quoted, parted(replace(statement, emphasis=None) for statement in group))
        for quoted, group in groupby(statements, key=lambda statement: bool(statement.markers))
    ]
