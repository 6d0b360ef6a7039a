"""Answers, citations and chats ↔ rows of the database."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from yinju.types import Answer, Citation, CitedFigure, Copy, Disagreement, ModelFault, Scope, Statement, Verdict

ANSWER = "question, understood_as, statements, refused, confidence, mode, seconds, fault, unfinished, more"
CITATION = "marker, document, sha256, first, last, page, title, heading, quote, copies, figures"
DAMAGED = Answer("", (), (), Verdict.NOTHING, 0.0, "", 0.0)
"""Stands for an answer whose record is damaged."""
_SETS = ("documents", "folders", "tags", "formats")
"""The fields of a scope that are sets."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was given."""

    message: str
    """Its id."""
    time: float
    """When it was kept, in seconds since 1970."""
    answer: Answer
    """`DAMAGED` where what is kept is not what was given."""
    helpful: bool | None = None
    """What its reader said of it; None where nothing was said."""
    reason: str = ""
    """Why, in the reader's own words."""
    parent: str = ""
    """The id of the answer before it; empty for a first one."""
    versions: tuple[tuple[str, str], ...] = ()
    """(id, question) of every answer that follows the same one, itself included, oldest first."""
    scope: Scope | None = None
    """Where it was asked; None for everywhere."""

    @property
    def damaged(self) -> bool:
        """Whether what it said can no longer be told."""
        return self.answer is DAMAGED


@dataclass(frozen=True, slots=True)
class Chat:
    """One of a visitor's chats."""

    id: str
    title: str
    """The one it was given, else its first question."""
    time: float
    """Of its last answer, in seconds since 1970."""
    answers: int
    """How many the branch holds that shows."""
    damaged: bool = False
    """Whether what is kept of it, its title among that, is not what was."""


def answer_row(answer: Answer) -> tuple[object, ...]:
    """The values of `ANSWER`."""
    said, unfinished = (json.dumps([_as_json(s) for s in part]) for part in (answer.statements, answer.unfinished))
    understood_as = None if answer.understood_as is None else storable(answer.understood_as)
    more = {"verdict": answer.verdict, "missing": answer.missing, "options": answer.options, "hurried": answer.hurried,
            "about": answer.about}  # fmt: skip
    return (storable(answer.question), understood_as, said, answer.refused, answer.confidence, answer.mode,
            answer.seconds, answer.fault, unfinished, json.dumps(more))  # fmt: skip


def citation_row(cited: Citation) -> tuple[object, ...]:
    """The values of `CITATION`; the passage around a quote is not kept."""
    return (cited.marker, cited.document, cited.sha256, cited.start, cited.end, cited.page, cited.title,
            cited.heading, cited.quote, json.dumps([astuple(copy) for copy in cited.copies]),
            json.dumps([astuple(figure) for figure in cited.figures]))  # fmt: skip


def answer_of(row: Sequence[Any], citations: tuple[Citation, ...]) -> Answer:
    """The answer in the values of `ANSWER`."""
    question, understood_as, statements, refused, confidence, mode, seconds, fault, unfinished, kept = row
    verdict = Verdict.NOTHING if refused else Verdict.ANSWERED
    more = {"verdict": verdict, "missing": [], "options": [], "hurried": False, "about": ""} | json.loads(kept)
    return Answer(
        question, _statements(statements), citations, Verdict(more["verdict"]), confidence, mode, seconds,
        understood_as, ModelFault(fault) if fault else None, _statements(unfinished),
        missing=tuple(more["missing"]), options=tuple(more["options"]), hurried=more["hurried"],
        about=more["about"],
    )  # fmt: skip


def citation_of(row: Sequence[Any]) -> Citation:
    """The citation in the values of `CITATION`; its quote stands for its passage."""
    marker, document, sha256, start, end, page, title, heading, quote, copies, figures = row
    others = tuple(Copy(*copy) for copy in json.loads(copies))
    shown = tuple(CitedFigure(number, caption, tuple(size)) for number, caption, size in json.loads(figures))
    return Citation(marker, document, title, heading, page, start, end, quote, quote, sha256, others, shown)


def scope_row(scope: Scope | None) -> str:
    """A scope as it is kept; empty for everywhere."""
    if scope is None:
        return ""
    sets = {name: sorted(kept) for name in _SETS if (kept := getattr(scope, name)) is not None}
    return storable(json.dumps(sets | {"since": scope.since, "until": scope.until}, ensure_ascii=False))


def scope_of(kept: str) -> Scope | None:
    """The scope that was kept."""
    if not kept:
        return None
    given = json.loads(kept)
    return Scope(**{name: frozenset(given[name]) for name in _SETS if name in given}, since=given["since"],
                 until=given["until"])  # fmt: skip


def storable(text: str) -> str:
    """The text without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def marks(row: Sequence[object]) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" * len(row))


def _as_json(statement: Statement) -> dict[str, Any]:
    return {"text": statement.text, "markers": statement.markers, "disagreement": statement.disagreement,
            "emphasis": statement.emphasis, "new_line": statement.new_line, "row": statement.row,
            "worked_out": statement.worked_out}  # fmt: skip


def _statements(text: str) -> tuple[Statement, ...]:
    return tuple(
        Statement(s["text"], tuple(s["markers"]), Disagreement(s["disagreement"]) if s["disagreement"] else None,
                  (s["emphasis"][0], s["emphasis"][1]) if s["emphasis"] else None, s["new_line"],
                  tuple((head, cell) for head, cell in s.get("row", ())), s.get("worked_out", False))
        for s in json.loads(text)
    )  # fmt: skip
