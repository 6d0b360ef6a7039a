"""One question of a chat and what has come of it → its two messages; how it stands beside other versions of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from yinju.messages import Language
from yinju.scopes import named
from yinju.types import Answer, Scope
from yinju.web.messages import laid_out
from yinju.web.rendering import render


class Switch(NamedTuple):
    """Which of several versions shows, and the ids of the answers with which those beside it show, round and round."""

    place: int
    """Counted from 1."""
    total: int
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what has come of it so far."""

    number: int
    """In its chat, counted from 1."""
    question: str
    answer: Answer | None = None
    message: str = ""
    """The id under which the answer is kept; empty as long as it is not."""
    parent: str = ""
    """The id of the kept answer before it."""
    versions: tuple[tuple[str, str], ...] = ()
    """(id, question) of every kept answer in its place, on whatever branch, oldest first."""
    helpful: bool | None = None
    """What the visitor said of the answer when the chat was opened."""
    suggestions: tuple[str, ...] = ()
    """Questions that could be asked next."""
    notice: str = ""
    """What went wrong."""
    scope: Scope | None = None
    """Where it was asked; None for everywhere."""
    ahead: int | None = None
    """How many questions are before this one, as long as it waits for its turn."""
    nowhere: bool = False
    """Whether nothing was there to look in."""
    failed: bool = False
    """Whether it may go better when tried again."""

    @property
    def growing(self) -> bool:
        """Whether more is to come."""
        return not self.notice and (self.answer is None or not self.answer.complete)

    @property
    def of_question(self) -> Switch | None:
        """Between what was asked in its place, each with its newest answer; None where nothing else was."""
        newest = {question: message for message, question in self.versions}
        return _switch([*newest.values()], newest.get(self._asked, ""))

    @property
    def of_answer(self) -> Switch | None:
        """Between the answers to its question; None where there is no other."""
        return _switch([message for message, question in self.versions if question == self._asked], self.message)

    @property
    def _asked(self) -> str:
        """Its question as it is kept, empty as long as it is not."""
        return dict(self.versions).get(self.message, "")

    def html(self, language: Language, last: bool = False, chat: str = "") -> tuple[str, str]:
        """The messages of question and answer; nothing of the latter as long as there is nothing to say.

        The last of a chat offers more, and carries the id under which it is kept.
        """
        answer = laid_out(self.answer, self.number, self.message, language) if self.answer else {}
        return (
            render(
                "chat/question.html", language, turn=self, asked_in=named(self.scope, language) if self.scope else ""
            ),
            render("chat/turn.html", language, turn=self, last=last, chat=chat, **answer),
        )


def _switch(messages: Sequence[str], shown: str) -> Switch | None:
    if len(messages) < 2 or shown not in messages:
        return None
    place = messages.index(shown)
    return Switch(place + 1, len(messages), messages[place - 1], messages[(place + 1) % len(messages)])


earlier_html = lru_cache(maxsize=1_000)(Turn.html)
"""The same of turns after which others came: they show anew, and the same, with each piece that is said below."""
