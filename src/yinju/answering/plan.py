"""A turn of the chat → a Plan: what kind of turn it is, and for a question its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from yinju.answering.followup import Turn, resolve
from yinju.text import has_content


class TurnKind(StrEnum):
    """What somebody wants when they write."""

    QUESTION = "question"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    WHO = "who"
    """你是誰: what this is, whether it is a person."""
    HELP = "help"
    """你能做什麼, 怎麼用."""
    UPLOAD = "upload"
    DOCUMENTS = "documents"
    """有哪些文件."""
    DECLINED = "declined"
    """Nonsense, sums, a letter to be written: nothing that documents answer."""
    OUTLINE = "outline"
    """A summary of the collection, a document or a section."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done for a turn."""

    kind: TurnKind
    question: str
    """As it is understood, earlier turns taken in."""
    parts: tuple[str, ...]
    """The questions in it, each of which can be asked alone; one as a rule."""


def read_plan(question: str, history: Sequence[Turn]) -> Plan:
    """The plan of a turn, given the turns before it, oldest first."""
    understood = resolve(question, history) if has_content(question) else question
    return Plan(TurnKind.QUESTION, understood, (understood,))
