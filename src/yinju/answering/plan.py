"""A turn of the chat → a Plan: what kind of turn it is, and for a question its parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from yinju.answering.followup import Turn, understand
from yinju.answering.outline import OutlineRequest, outline_request
from yinju.answering.parts import asks, split_parts
from yinju.answering.sides import compared
from yinju.answering.turns import TurnKind, turn_of
from yinju.text import has_content, without_courtesy

__all__ = ["Plan", "TurnKind", "read_plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done for a turn."""

    kind: TurnKind
    question: str
    """As it is understood, earlier turns taken in."""
    parts: tuple[str, ...]
    """The questions in it, each of which can be asked alone; one as a rule."""
    outline: OutlineRequest | None = None
    """What an outline is asked of; where nothing is called so, it is a question like any other."""
    alone: str = ""
    """The question without what earlier turns add, where it may be about something else; empty where it is not."""

    @property
    def as_alone(self) -> "Plan":
        """The plan of the question without what earlier turns add."""
        return Plan(self.kind, self.alone, _parts(self.alone))

    @property
    def compares(self) -> bool:
        """Whether its parts are the sides of a comparison."""
        return self.parts == compared(self.question)


def read_plan(question: str, history: Sequence[Turn]) -> Plan:
    """The plan of a turn, given the turns before it, oldest first."""
    kind = turn_of(question, history)
    if kind is not TurnKind.QUESTION:
        return Plan(kind, question, (question,))
    asked = without_courtesy(question)
    earlier = [turn for turn in history if turn_of(turn[0]) is TurnKind.QUESTION]
    meaning = understand(asked, earlier) if has_content(asked) else None
    understood = meaning.question if meaning else asked
    outline = outline_request(understood)
    alone = asked if meaning and meaning.guessed and understood != asked else ""
    return Plan(TurnKind.OUTLINE if outline else kind, understood, _parts(understood), outline, alone)


def _parts(question: str) -> tuple[str, ...]:
    """The questions in one; what compares is one, 做運營的跟做營銷的分別管什麼, unless a side asks something itself."""
    parts, sides = split_parts(question), compared(question)
    if len(parts) == 1 and any(map(asks, sides)):
        return sides  # 志工保多少，跟旅行險的意外身故比哪個多
    return (question,) if len(sides) == len(parts) else parts
