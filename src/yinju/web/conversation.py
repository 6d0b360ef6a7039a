"""A question and the chat so far → the chat as the answer grows in it; complete answers are kept."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypedDict

from yinju.answering import Stop
from yinju.answering import Turn as Said
from yinju.conversations import MOST_ANSWERS, KeptAnswer, new_id
from yinju.errors import ConversationsError, IndexDamagedError, QuestionError
from yinju.messages import Language, say
from yinju.reasons import say_all
from yinju.retrieval import CROWD
from yinju.scopes import named
from yinju.suggestions.examples import next_questions
from yinju.types import Answer, Citation, ModelFault, Scope
from yinju.web.desk import Session
from yinju.web.rendering import render
from yinju.web.turn import Turn, earlier_html
from yinju.web.visitor import hashed

REMEMBERED = 6
"""How many earlier turns a question may refer to."""

logger = logging.getLogger(__name__)


class Message(TypedDict):
    """One message as the chat shows it; `content` is HTML in a single line."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """One visitor's chat."""

    id: str = ""
    """Under which it is kept; empty as long as none of its answers is."""
    turns: tuple[Turn, ...] = ()
    notice: str = ""
    """What is to be said before all."""

    @property
    def growing(self) -> bool:
        """Whether its last answer grows."""
        return bool(self.turns) and self.turns[-1].growing

    @property
    def leaf(self) -> str:
        """The id of its last answer that is kept, which the next will follow; empty where there is none."""
        return next((turn.message for turn in reversed(self.turns) if turn.message), "")

    @property
    def said(self) -> list[Said]:
        """What a question may refer to, oldest first."""
        return [(turn.question, turn.answer.text) for turn in self.turns[-REMEMBERED:] if turn.answer]

    def last(self, **changed: Any) -> "Conversation":  # noqa: ANN401 - what a turn has
        """The chat with its last turn otherwise."""
        return replace(self, turns=(*self.turns[:-1], replace(self.turns[-1], **changed)))

    def adds(self, turn: Turn) -> "Conversation":
        """The chat with one more turn; of very many the first are no longer shown."""
        return replace(self, turns=(*self.turns, turn)[-MOST_ANSWERS:])

    def messages(self, language: Language) -> list[Message]:
        """What the chat shows."""
        shown = list[Message]()
        if self.notice:
            shown.append({"role": "assistant", "content": render("chat/notice.html", language, notice=self.notice)})
        for turn in self.turns:
            last = turn is self.turns[-1]
            question, answer = turn.html(language, last, self.id) if last else earlier_html(turn, language)
            shown.append({"role": "user", "content": question})
            if answer:
                shown.append({"role": "assistant", "content": answer})
        return shown


def reopen(session: Session, chat: str) -> Conversation:
    """The visitor's chat that is kept under an id, or a new one that says why it is new."""
    if not chat:
        return Conversation()
    try:
        kept = session.desk.conversations.answers(session.visitor.id, chat)
        whole = session.desk.conversations.is_whole(chat)
    except ConversationsError as error:
        logger.error("a chat could not be read: %s", error, extra=_about(session))
        return Conversation(notice=say("chat.unreadable_chat", session.language))
    if not kept:
        return Conversation(notice=say("chat.no_chat", session.language))
    turns = [_kept_turn(number, answer, session.language) for number, answer in enumerate(kept, start=1)]
    if not kept[-1].damaged:
        suggestions = _suggested(session, kept[-1].answer, _questions(turns), kept[-1].scope)
        turns[-1] = replace(turns[-1], suggestions=suggestions)
    return Conversation(chat, tuple(turns), "" if whole else say("chat.damaged_chat", session.language))


def show_version(session: Session, before: Conversation, message: str) -> Conversation:
    """The chat on the branch that holds an answer, with all that followed it; as it was where there is no such one."""
    try:
        shown = session.desk.conversations.show(session.visitor.id, before.id, message)
    except ConversationsError as error:
        logger.error("a chat's other branch could not be shown: %s", error, extra=_about(session))
        return before
    return reopen(session, before.id) if shown else before


def _kept_turn(number: int, kept: KeptAnswer, language: Language) -> Turn:
    answer = kept.answer
    known = kept.message, kept.parent, kept.versions, kept.helpful
    if kept.damaged:
        told = say("chat.damaged_question", language), None, *known
        return Turn(number, *told, notice=say("chat.damaged", language))
    return Turn(number, answer.question, answer, *known, scope=kept.scope)


def _questions(turns: Sequence[Turn]) -> list[str]:
    return [turn.question for turn in turns]


def converse(
    session: Session, before: Conversation, question: str, stop: Stop | None = None, *, as_typed: bool = False,
    scope: Scope | None = None,
) -> Iterator[Conversation]:  # fmt: skip
    """The chat as it grows: with the question, then with more and more of the answer, or with a notice.

    A blank question changes nothing. Whatever goes wrong is a notice in the chat; what is not the visitor's own
    doing is logged as well. `as_typed` asks without regard to earlier turns, a scope in some documents alone.
    """
    if question.strip():
        number = before.turns[-1].number + 1 if before.turns else 1
        asked = _Asked(_sendable(question), number, [] if as_typed else before.said, before.leaf, scope=scope)
        yield from _answer(session, before, asked, stop or Stop())


def ask_again(
    session: Session, before: Conversation, stop: Stop | None = None, *, number: int | None = None,
    question: str | None = None, as_typed: bool = False, everywhere: bool = False,
) -> Iterator[Conversation]:  # fmt: skip
    """The chat as a new answer begins a branch beside that of one turn, the last if none is named.

    With a question given, that is asked instead; a blank one, or a turn that is not there, changes nothing. `as_typed`
    asks without regard to earlier turns. It is asked where the turn was, or `everywhere`.
    """
    first = number if number is not None else before.turns[-1].number if before.turns else 0
    left = [turn for turn in before.turns if turn.number >= first]
    if before.growing or not left or left[0].number != first or (question is not None and not question.strip()):
        return
    rest = replace(before, turns=tuple(turn for turn in before.turns if turn.number < first))
    asked = left[0].question if question is None else _sendable(question)
    beside = next((turn for turn in left if turn.message), Turn(first, asked, parent=rest.leaf))
    scope = None if everywhere else left[0].scope
    again = _Asked(asked, first, [] if as_typed else rest.said, beside.parent, beside.versions, scope)
    yield from _answer(session, rest, again, stop or Stop())


def _sendable(question: str) -> str:
    """The question without lone surrogates, which no page can be sent."""
    return question.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked and where, which turn of the chat that is, what it may refer to, its place among the answers."""

    question: str
    number: int
    history: Sequence[Said]
    parent: str
    versions: tuple[tuple[str, str], ...] = ()
    """As the turn that it begins has them, before its own answer is kept."""
    scope: Scope | None = None

    def turn(self, most_characters: int) -> Turn:
        """The turn that it begins; of a question that is too long to be answered it shows the beginning."""
        whole = len(self.question) <= most_characters
        return Turn(
            self.number, self.question if whole else f"{self.question[:most_characters]}…", parent=self.parent,
            versions=self.versions, scope=self.scope,
        )  # fmt: skip


def _answer(session: Session, before: Conversation, asked: _Asked, stop: Stop) -> Iterator[Conversation]:
    turn = asked.turn(session.desk.library.settings.question_characters)
    if session.desk.library.settings.log_questions:
        logger.info("asked: %s", turn.question, extra=_about(session))
    yield before.adds(turn)
    if asked.scope and not session.desk.library.within(asked.scope):
        notice = say("scope.nothing_asked", session.language, names=named(asked.scope, session.language))
        yield before.adds(replace(turn, notice=notice, nowhere=True))
        return
    try:
        yield from _steps(session, before, asked, turn, stop)
    except QuestionError as error:
        yield before.adds(replace(turn, notice=say_all([error.reason], session.language)))
    except IndexDamagedError as error:
        logger.error("a question could not be answered: %s", error, extra=_about(session))
        yield before.adds(replace(turn, notice=say("frame.index_trouble", session.language), failed=True))
    except Exception:
        logger.exception("a question could not be answered", extra=_about(session))
        yield before.adds(replace(turn, notice=say("chat.broken", session.language), failed=True))


def _about(session: Session) -> dict[str, str]:
    """Whose question a line of the log is about, and in which library: Gradio asks behind the request."""
    return {"who": hashed(session.visitor.id), "library": session.desk.library.index.absolute().parent.name}


def _steps(session: Session, before: Conversation, asked: _Asked, turn: Turn, stop: Stop) -> Iterator[Conversation]:
    read: tuple[Citation, ...] = ()
    for answer in session.desk.library.ask_steps(asked.question, asked.history, stop, asked.scope):
        if answer.complete:
            if answer.fault is ModelFault.STOPPED and not answer.statements:
                answer = replace(answer, citations=read)
            yield _end(session, before, replace(turn, answer=answer), answer)
        else:
            if not (answer.statements or answer.pending):
                read = answer.citations
            yield before.adds(replace(turn, answer=answer))


def _end(session: Session, before: Conversation, turn: Turn, answer: Answer) -> Conversation:
    """The chat with a complete answer, kept if possible, else with a notice; and with what could be asked next."""
    chat = before.id or new_id()
    try:
        message = session.desk.conversations.keep(session.visitor.id, chat, answer, turn.parent, turn.scope)
        versions = (*turn.versions, (message, answer.question))
        before, turn = replace(before, id=chat), replace(turn, message=message, versions=versions)
    except ConversationsError as error:
        logger.warning("an answer is not kept: %s", error, extra=_about(session))
        turn = replace(turn, notice=say("chat.unsaved", session.language))
    suggestions = _suggested(session, answer, [*_questions(before.turns), turn.question], turn.scope)
    return before.adds(replace(turn, suggestions=suggestions))


def _suggested(session: Session, answer: Answer, asked: Sequence[str], scope: Scope | None) -> tuple[str, ...]:
    """What could be asked next in its scope; nothing after an answer that was stopped, or that asks back itself.

    Nothing either while many ask: what is suggested is tried first, which costs as much as a question.
    """
    if answer.fault is ModelFault.STOPPED or answer.options or CROWD.is_large:
        return ()
    return next_questions(session.desk.library, answer, asked, scope)
