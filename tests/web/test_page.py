"""What the page's listeners set; where nothing is to be said they leave all as it is, and never set nothing at all."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from yinju.conversations import Conversations
from yinju.library import open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web.desk import Desk
from yinju.web.page import _Listeners
from yinju.web.quick_import import without_stubs
from yinju.web.visitor import Visitor

with without_stubs():
    import gradio as gr

ASKED = "猫一天睡几个小时？"
AS_IT_IS = [(gr.skip(), gr.skip())]
BLANK = ["", "  ", "\n", "\u3000\t"]


@pytest.fixture
def listeners(toy_index: Path, encoder: Encoder) -> Iterator[_Listeners]:
    with open_library(toy_index, encoder=encoder, settings=Settings(refuse_below=0.0)) as library:
        yield _Listeners(Desk(library, Conversations(toy_index / "conversations.sqlite")))


@pytest.fixture
def page() -> gr.Request:
    """As much of a request of an opened page as is looked at."""
    state = SimpleNamespace(visitor=Visitor("v" * 22, "zh-Hant"))
    return cast(gr.Request, SimpleNamespace(session_hash="a page", query_params={}, state=state))


@pytest.mark.parametrize("question", BLANK)
def test_a_blank_question_leaves_all_as_it_is(listeners: _Listeners, page: gr.Request, question: str) -> None:
    assert list(listeners.ask(question, page)) == AS_IT_IS
    *_, (_, chat) = listeners.ask(ASKED, page)
    assert list(listeners.ask(question, page)) == AS_IT_IS
    assert list(listeners.act('{"do": "edit", "turn": 1, "question": " "}', page)) == AS_IT_IS
    *_, (_, longer) = listeners.ask("狗呢？", page)
    assert [len(chat), len(longer)] == [2, 4]


def test_what_is_asked_while_an_answer_grows_leaves_all_as_it_is(listeners: _Listeners, page: gr.Request) -> None:
    growing = listeners.ask(ASKED, page)
    next(growing)
    assert list(listeners.ask("狗呢？", page)) == AS_IT_IS
    assert list(listeners.act('{"do": "again"}', page)) == AS_IT_IS
    *_, (_, chat) = growing
    assert len(chat) == 2


def test_a_chat_that_was_left_does_not_come_back(listeners: _Listeners, page: gr.Request) -> None:
    """What could be asked next is looked for when the answer shows already: one may have gone on by then."""
    left = listeners.ask(ASKED, page)
    next(left)
    ((_, new),) = listeners.act('{"do": "open", "chat": ""}', page)
    assert new.value == []
    assert list(left) == AS_IT_IS
    *_, (_, chat) = listeners.ask("狗呢？", page)
    assert len(chat) == 2


def test_an_answer_that_is_not_there_is_not_given_anew(listeners: _Listeners, page: gr.Request) -> None:
    assert list(listeners.act('{"do": "again"}', page)) == AS_IT_IS


def test_a_branch_is_shown_again_but_not_while_an_answer_grows(listeners: _Listeners, page: gr.Request) -> None:
    list(listeners.ask(ASKED, page))
    list(listeners.act('{"do": "edit", "turn": 1, "question": "狗呢？"}', page))
    chat = listeners._chats["a page"]
    (first, _), (second, _) = chat.turns[0].versions
    assert chat.turns[0].message == second
    ((_, shown),) = listeners.act(json.dumps({"do": "show", "message": first}), page)
    assert ASKED in shown.value[0]["content"][0]["text"]
    growing = listeners.ask("狗呢？", page)
    next(growing)
    assert list(listeners.act(json.dumps({"do": "show", "message": second}), page)) == AS_IT_IS
    *_, (_, longer) = growing
    assert len(longer) == 4
