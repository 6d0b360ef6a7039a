"""A question and the chat so far → the chat as the answer grows in it; complete answers are kept."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypedDict

from yinju.answering import Stop
from yinju.answering import Turn as Said
from yinju.conversations import MOST_ANSWERS, Conversations, new_id
from yinju.errors import ConversationsError, QuestionError
from yinju.library import Library
from yinju.types import Answer, Citation, ModelFault
from yinju.web.growing import paced
from yinju.web.messages import answer_html, notice_html, question_html, retry_html
from yinju.web.texts import Texts

REMEMBERED = 6
"""How many earlier turns a question may refer to."""

logger = logging.getLogger(__name__)


class Message(TypedDict):
    """One message as the chat shows it; `content` is HTML in a single line."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What questions are answered with."""

    library: Library
    conversations: Conversations
    texts: Texts


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what has come of it so far."""

    number: int
    """In its chat, counted from 1."""
    question: str
    answer: Answer | None = None
    message: str = ""
    """The id under which the answer is kept; empty as long as it is not."""
    notice: str = ""
    """What went wrong."""
    failed: bool = False
    """Whether it may go better when tried again."""

    @property
    def growing(self) -> bool:
        """Whether more is to come."""
        return not self.notice and (self.answer is None or not self.answer.complete)

    def html(self, texts: Texts, last: bool) -> str:
        """The answer's message, empty as long as there is nothing to say."""
        notice = notice_html(self.notice) if self.notice else ""
        if self.answer is None:
            return notice + (retry_html(texts) if self.failed and last else "")
        return answer_html(self.answer, self.number, texts, message=self.message, last=last) + notice


@dataclass(frozen=True, slots=True)
class Conversation:
    """One reader's chat."""

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
    def said(self) -> list[Said]:
        """What a question may refer to, oldest first."""
        return [(turn.question, turn.answer.text) for turn in self.turns[-REMEMBERED:] if turn.answer]

    def adds(self, turn: Turn) -> "Conversation":
        """The chat with one more turn; of very many the first are no longer shown."""
        return replace(self, turns=(*self.turns, turn)[-MOST_ANSWERS:])

    def messages(self, texts: Texts) -> list[Message]:
        """What the chat shows."""
        shown: list[Message] = [{"role": "assistant", "content": notice_html(self.notice)}] if self.notice else []
        for turn in self.turns:
            shown.append({"role": "user", "content": question_html(turn.question)})
            last = turn is self.turns[-1]
            if html := turn.html(texts, last):
                address = f'<span class="kept" id="chat-{self.id}"></span>' if last and self.id else ""
                shown.append({"role": "assistant", "content": html + address})
        return shown


def reopen(desk: Desk, chat: str) -> Conversation:
    """The chat that is kept under an id, or a new one that says why it is new."""
    if not chat:
        return Conversation()
    try:
        kept = desk.conversations.answers(chat)
    except ConversationsError as error:
        logger.error("a chat could not be read: %s", error)
        return Conversation(notice=desk.texts.unreadable_chat)
    if not kept:
        return Conversation(notice=desk.texts.no_chat)
    turns = (Turn(n, k.answer.question, k.answer, k.message) for n, k in enumerate(kept, start=1))
    return Conversation(chat, tuple(turns))


def converse(desk: Desk, before: Conversation, question: str, stop: Stop | None = None) -> Iterator[Conversation]:
    """The chat as it grows: with the question, then with more and more of the answer, or with a notice.

    A blank question changes nothing. Whatever goes wrong is a notice in the chat; what is not the reader's own
    doing is logged as well.
    """
    if question.strip():
        sendable = question.encode("utf-8", "replace").decode("utf-8")
        number = before.turns[-1].number + 1 if before.turns else 1
        yield from _answer(desk, before, _Asked(sendable, number, before.said), stop or Stop())


def ask_again(
    desk: Desk, before: Conversation, stop: Stop | None = None, *, as_typed: bool = False
) -> Iterator[Conversation]:
    """The chat as a new answer to its last question takes the place of the old one.

    `as_typed` asks without regard to earlier turns.
    """
    if before.turns and not before.growing:
        *earlier, last = before.turns
        rest = replace(before, turns=tuple(earlier))
        asked = _Asked(last.question, last.number, [] if as_typed else rest.said, last.message)
        yield from _answer(desk, rest, asked, stop or Stop())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked, which turn of the chat that is, what it may refer to, and the kept answer that it replaces."""

    question: str
    number: int
    history: Sequence[Said]
    replaces: str = ""

    def turn(self, most_characters: int) -> Turn:
        """The turn that it begins; of a question that is too long to be answered it shows the beginning."""
        whole = len(self.question) <= most_characters
        return Turn(self.number, self.question if whole else f"{self.question[:most_characters]}…")


def _answer(desk: Desk, before: Conversation, asked: _Asked, stop: Stop) -> Iterator[Conversation]:
    turn = asked.turn(desk.library.settings.question_characters)
    yield before.adds(turn)
    try:
        yield from paced(_steps(desk, before, asked, turn, stop), stop)
    except QuestionError as error:
        yield before.adds(replace(turn, notice=str(error)))
    except Exception:
        logger.exception("a question could not be answered")
        yield before.adds(replace(turn, notice=desk.texts.broken, failed=True))


def _steps(desk: Desk, before: Conversation, asked: _Asked, turn: Turn, stop: Stop) -> Iterator[Conversation]:
    read: tuple[Citation, ...] = ()
    for answer in desk.library.ask_steps(asked.question, asked.history, stop):
        if answer.complete:
            if answer.fault is ModelFault.STOPPED and not answer.statements:
                answer = replace(answer, citations=read)
            yield _keep(desk, before, replace(turn, answer=answer), answer, asked.replaces)
        else:
            if not (answer.statements or answer.pending):
                read = answer.citations
            yield before.adds(replace(turn, answer=answer))


def _keep(desk: Desk, before: Conversation, turn: Turn, answer: Answer, replaces: str) -> Conversation:
    """The chat with a complete answer, kept if possible, else with a notice."""
    chat = before.id or new_id()
    try:
        message = desk.conversations.keep(chat, answer, replaces)
    except ConversationsError as error:
        logger.warning("an answer is not kept: %s", error)
        return before.adds(replace(turn, notice=desk.texts.unsaved))
    return replace(before, id=chat).adds(replace(turn, message=message))
