"""A question and the chat so far → the chat with the answer in it, one statement at a time."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypedDict

from yinju.errors import QuestionError
from yinju.library import Library
from yinju.types import Answer
from yinju.web.messages import answer_steps, notice_html, question_html
from yinju.web.texts import Texts

TURNS = 6
"""How many earlier turns a question may refer to."""

logger = logging.getLogger(__name__)


class Message(TypedDict):
    """One message as the chat shows it; `content` is HTML in a single line."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """One reader's chat: what is shown, and what later questions may refer to."""

    messages: tuple[Message, ...] = ()
    turns: tuple[tuple[str, str], ...] = ()
    """(question, answer text) of the last turns, oldest first."""

    def shows(self, role: Literal["user", "assistant"], content: str) -> "Conversation":
        """The chat with one more message."""
        return replace(self, messages=(*self.messages, {"role": role, "content": content}))

    def remembers(self, question: str, answer: str) -> "Conversation":
        """The chat with one more turn that can be referred to."""
        return replace(self, turns=(*self.turns, (question, answer))[-TURNS:])


def converse(library: Library, texts: Texts, conversation: Conversation, question: str) -> Iterator[Conversation]:
    """The chat as it grows: with the question, then with each statement of the answer, or with a notice.

    A blank question changes nothing. Whatever goes wrong is a notice in the chat; what is not the reader's own
    doing is logged as well.
    """
    if not question.strip():
        return
    asked = conversation.shows("user", question_html(question))
    yield asked
    try:
        answer = library.ask(question, history=conversation.turns)
        yield from _answer(library, texts, asked, answer)
    except QuestionError as error:
        yield asked.shows("assistant", notice_html(str(error)))
    except Exception:
        logger.exception("a question could not be answered")
        yield asked.shows("assistant", notice_html(texts.broken))


def _answer(library: Library, texts: Texts, asked: Conversation, answer: Answer) -> Iterator[Conversation]:
    remembered = asked.remembers(answer.question, answer.text)
    number = sum(message["role"] == "user" for message in asked.messages)
    for html in answer_steps(answer, number, _versions(library, answer), texts):
        yield remembered.shows("assistant", html)


def _versions(library: Library, answer: Answer) -> dict[str, str]:
    cited = {name: library.document(name) for name in {citation.document for citation in answer.citations}}
    return {name: document.sha256 for name, document in cited.items() if document}
