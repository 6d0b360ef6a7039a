"""What the page's listeners set; where nothing is to be said they leave all as it is, and never set nothing at all."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from yinju.conversations import Conversations
from yinju.library import open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web.asking import Questions
from yinju.web.desk import Desk
from yinju.web.line import Line
from yinju.web.metrics import Metrics
from yinju.web.page import Shown, _Listeners
from yinju.web.quick_import import without_stubs
from yinju.web.visitor import Visitor

with without_stubs():
    import gradio as gr

ASKED = "猫一天睡几个小时？"
AS_IT_IS = [(gr.skip(), gr.skip())]
BLANK = ["", "  ", "\n", "\u3000\t"]


Look = Callable[[AsyncIterator[Shown]], list[Shown]]


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """Runs what a test awaits in one event loop."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def shown(runner: asyncio.Runner) -> Look:
    """All that a listener sets, or sets from now on."""

    async def all_of_them(states: AsyncIterator[Shown]) -> list[Shown]:
        return [state async for state in states]

    return lambda states: runner.run(all_of_them(states))


def begin(states: AsyncIterator[Shown], runner: asyncio.Runner) -> None:
    """See the first thing that a listener sets."""

    async def first() -> Shown:
        return await anext(states)

    runner.run(first())


@pytest.fixture
def listeners() -> _Listeners:
    return _Listeners(Questions(Line(Settings()), Metrics()))


@pytest.fixture
def page(toy_index: Path, encoder: Encoder) -> Iterator[gr.Request]:
    """As much of a request of an opened page as is looked at."""
    with open_library(toy_index, encoder=encoder, settings=Settings(refuse_below=0.0)) as library:
        desk = Desk(library, Conversations(toy_index / "conversations.sqlite"))
        state = SimpleNamespace(visitor=Visitor("v" * 22, "zh-Hant"), library="", desk=lambda: desk)
        asked = SimpleNamespace(session_hash="a page", query_params={}, state=state, client=None)
        yield cast(gr.Request, asked)


@pytest.mark.parametrize("question", BLANK)
def test_a_blank_question_leaves_all_as_it_is(
    listeners: _Listeners, page: gr.Request, question: str, shown: Look
) -> None:
    assert shown(listeners.ask(question, "", page)) == AS_IT_IS
    *_, (_, chat) = shown(listeners.ask(ASKED, "", page))
    assert shown(listeners.ask(question, "", page)) == AS_IT_IS
    assert shown(listeners.act('{"do": "edit", "turn": 1, "question": " "}', page)) == AS_IT_IS
    *_, (_, longer) = shown(listeners.ask("狗呢？", "", page))
    assert [len(chat), len(longer)] == [2, 4]


def test_what_is_asked_while_an_answer_grows_leaves_all_as_it_is(
    listeners: _Listeners, page: gr.Request, shown: Look, runner: asyncio.Runner
) -> None:
    growing = listeners.ask(ASKED, "", page)
    begin(growing, runner)
    assert shown(listeners.ask("狗呢？", "", page)) == AS_IT_IS
    assert shown(listeners.act('{"do": "again"}', page)) == AS_IT_IS
    *_, (_, chat) = shown(growing)
    assert len(chat) == 2


def test_a_chat_that_was_left_does_not_come_back(
    listeners: _Listeners, page: gr.Request, shown: Look, runner: asyncio.Runner
) -> None:
    """What could be asked next is looked for when the answer shows already: one may have gone on by then."""
    left = listeners.ask(ASKED, "", page)
    begin(left, runner)
    ((_, new),) = shown(listeners.act('{"do": "open", "chat": ""}', page))
    assert new.value == []
    assert shown(left) == AS_IT_IS
    *_, (_, chat) = shown(listeners.ask("狗呢？", "", page))
    assert len(chat) == 2


def test_an_answer_that_is_not_there_is_not_given_anew(listeners: _Listeners, page: gr.Request, shown: Look) -> None:
    assert shown(listeners.act('{"do": "again"}', page)) == AS_IT_IS


def test_a_branch_is_shown_again_but_not_while_an_answer_grows(
    listeners: _Listeners, page: gr.Request, shown: Look, runner: asyncio.Runner
) -> None:
    shown(listeners.ask(ASKED, "", page))
    shown(listeners.act('{"do": "edit", "turn": 1, "question": "狗呢？"}', page))
    chat = listeners._chats["a page"]
    (first, _), (second, _) = chat.turns[0].versions
    assert chat.turns[0].message == second
    ((_, version),) = shown(listeners.act(json.dumps({"do": "show", "message": first}), page))
    assert ASKED in version.value[0]["content"][0]["text"]
    growing = listeners.ask("狗呢？", "", page)
    begin(growing, runner)
    assert shown(listeners.act(json.dumps({"do": "show", "message": second}), page)) == AS_IT_IS
    *_, (_, longer) = shown(growing)
    assert len(longer) == 4
