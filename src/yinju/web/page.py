"""The Gradio part of the page: the chat and the question box. The only user of Gradio.

What the chat shows comes from `conversation`; header, views and source panel stand outside Gradio, in `frame`. What the
links in a message ask for comes in through a hidden box, as JSON that static/chat.js writes: see `_Listeners.act`.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from functools import lru_cache
from typing import Any

from fastapi import FastAPI

from yinju.answering import Stop
from yinju.library import Library
from yinju.messages import say
from yinju.scopes import read_words
from yinju.suggestions.examples import example_questions
from yinju.web.asking import Grown, Questions, asker_of
from yinju.web.conversation import Conversation, ask_again, converse, reopen, show_version
from yinju.web.desk import Session, session_of
from yinju.web.forms import Act
from yinju.web.home import home_html
from yinju.web.open_chats import OpenChats
from yinju.web.quick_import import without_stubs
from yinju.web.rendering import TEMPLATES

with without_stubs():
    import gradio as gr
    from gradio.components.chatbot import ExampleMessage

AT_ONCE = 1_000
"""How many things that are done at pages Gradio begins with. Questions wait in a line of their own, see `line`."""
PAGES = 100
"""Of how many pages Gradio remembers how they differ from a new one; it does not need to."""
IDLE_SECONDS = 0.01
"""After what time Gradio's queue looks again whether there is anything to do; its own millisecond keeps a fifteenth of
a processor busy while nobody asks."""
FONTS = ["system-ui", "sans-serif"]
"""Found on every machine: nothing is fetched. page.css is choosier."""

Shown = tuple[Any, Any]
"""What a listener sets: the question box and the chat; each may be gr.skip()."""
AS_IT_IS: Shown = (gr.skip(), gr.skip())
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def mount_page(app: FastAPI, questions: Questions) -> FastAPI:
    """The application with the chat page at the root of every library."""
    head = TEMPLATES.get_template("head.html").render()
    page = _build_page(_Listeners(questions))
    app.state.page, app.state.events = page, page._queue.__len__
    app.state.functions = {number: (function.api_name, len(function.inputs)) for number, function in page.fns.items()}
    mounted: FastAPI = gr.mount_gradio_app(
        app, page, path="/", theme=_theme(), head=head, footer_links=[], run_history=False,
        ssr_mode=False, show_error=False, enable_monitoring=False, pwa=False, mcp_server=False,
    )  # fmt: skip
    for dependency in (one for route in page.app.routes for one in getattr(route, "dependencies", ())):
        page.app.dependency_overrides[dependency.dependency] = _let_in
    return mounted


async def _let_in() -> None:
    """Let everybody in, as Gradio does where it has no users, but without a thread for each request: see `guard`."""


def _theme() -> gr.themes.Base:
    return gr.themes.Base(primary_hue="red", neutral_hue="stone", font=FONTS, font_mono=["ui-monospace", "monospace"])


def _build_page(listeners: "_Listeners") -> gr.Blocks:
    """The page without a word: those of the visitor's language come with `_Listeners.open`, and then one can ask."""
    page: gr.Blocks = gr.Blocks(title="引據 Yinju", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        chat = gr.Chatbot(
            show_label=False, elem_id="chat", height="100%", container=False, buttons=[], latex_delimiters=[],
            feedback_options=None, allow_file_downloads=False, group_consecutive_messages=False, layout="bubble",
        )  # fmt: skip
        box = gr.Textbox(
            show_label=False, container=False, lines=1, max_lines=5, submit_btn=False, elem_id="box", interactive=False
        )
        act, scope = (gr.Textbox(elem_id=name, visible="hidden") for name in ("act", "scope"))
        shown = [box, chat]
        box.submit(listeners.ask, [box, scope], shown, **PRIVATE)
        chat.example_select(listeners.ask_example, scope, shown, **PRIVATE)
        act.change(listeners.act, act, shown, **PRIVATE)
        box.stop(listeners.stop, None, None, **PRIVATE)
        page.load(listeners.open, None, shown, **PRIVATE)
    _without_waiting(page)
    return page


def _without_waiting(page: gr.Blocks) -> None:
    """Have Gradio begin at once with whatever is done at a page, and count nothing."""
    page.queue(max_size=None, default_concurrency_limit=None, api_open=False)
    queue = page._queue
    queue.max_thread_count = AT_ONCE
    queue.sleep_when_free = IDLE_SECONDS
    queue.progress_update_sleep_when_free = 1.0  # no listener tells of progress
    queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize  # else a table of all events is made anew after each of them
    queue.ANALYTICS_MAX_EVENTS = 1
    page.state_session_capacity = PAGES


@lru_cache(maxsize=64)
def _examples(library: Library, language: str, generation: int) -> list[ExampleMessage]:
    """The example questions, made once for each generation of the index."""
    return [ExampleMessage(text=question) for question in example_questions(library, language)]


Make = Callable[[Session, Conversation, Stop], Iterator[Conversation]]
"""What is done with the page's chat → its states."""


class _Listeners:
    """What happens when something is done at a page."""

    def __init__(self, questions: Questions) -> None:
        self._questions, self.readers, self._chats = questions, questions.readers, OpenChats()

    def open(self, request: gr.Request) -> Shown:
        """The page in the visitor's language, with the chat that the address names."""
        session = session_of(request)
        return self._opened(session, reopen(session, _chat_in_address(request)), request)

    async def ask(self, question: str, scope: str, request: gr.Request) -> AsyncIterator[Shown]:
        """Ask where static/scope.js says."""
        async for shown in self._ask(question, scope, request):
            yield shown

    def _ask(self, question: str, scope: str, request: gr.Request, as_typed: bool = False) -> AsyncIterator[Shown]:
        def make(session: Session, current: Conversation, stop: Stop) -> Iterator[Conversation]:
            return converse(session, current, question, stop, as_typed=as_typed, scope=read_words(scope))

        return self._grow(request, make, "")

    async def ask_example(self, scope: str, request: gr.Request, chosen: gr.SelectData) -> AsyncIterator[Shown]:
        async for shown in self._ask(chosen.value["text"], scope, request):
            yield shown

    async def act(self, act: str, request: gr.Request) -> AsyncIterator[Shown]:
        """What a link or button outside Gradio asks for: {"do": open | show | ask | again | everywhere | …}."""
        wanted = Act.model_validate_json(act)
        if wanted.do == "open":
            self.readers.leave(_reader(request))
            yield await asyncio.to_thread(self._open, wanted.chat, request)
        elif wanted.do == "show":
            yield await asyncio.to_thread(self._show_version, wanted.message, request)
        else:
            whole = wanted.do == "ask"  # by itself
            states = self._ask(wanted.question or "", wanted.scope, request, as_typed=True) if whole else None
            async for shown in states or self._ask_again(wanted, request):
                yield shown

    def _open(self, chat: str, request: gr.Request) -> Shown:
        session = session_of(request)
        return self._opened(session, reopen(session, chat), request)

    def _ask_again(self, wanted: Act, request: gr.Request) -> AsyncIterator[Shown]:
        def make(session: Session, before: Conversation, stop: Stop) -> Iterator[Conversation]:
            how = {"as_typed": wanted.do == "undo", "everywhere": wanted.do == "everywhere"}
            return ask_again(session, before, stop, number=wanted.turn, question=wanted.question, **how)

        return self._grow(request, make)

    def _show_version(self, message: str, request: gr.Request) -> Shown:
        with self.readers.begin(_reader(request)) as stop:
            if not stop:
                return AS_IT_IS
            session = session_of(request)
            return self._opened(session, show_version(session, self._current(session, request), message), request)

    async def _grow(self, request: gr.Request, make: Make, written: str | None = None) -> AsyncIterator[Shown]:
        """A new answer, as it grows; where none does, or another grows already, all is left as it is.

        Without any state Gradio would empty what it sets.
        """
        changed, reader = False, _reader(request)
        with self.readers.begin(reader) as stop:
            if stop:
                session, first, states = await asyncio.to_thread(self._begun, request, make, stop)
                if first:
                    changed = True
                    growing = self._questions.answer(asker_of(request), first, states, stop, session.language)
                    async with aclosing(self._show(session, growing, request, stop, written)) as shown:
                        async for one in shown:
                            yield one
        if not changed:
            yield AS_IT_IS

    def _begun(
        self, request: gr.Request, make: Make, stop: Stop
    ) -> tuple[Session, Conversation | None, Iterator[Conversation]]:
        """Who asks, the chat with the question, and how it goes on; None for the second where nothing is asked."""
        session = session_of(request)
        states = make(session, self._current(session, request), stop)
        return session, next(states, None), states

    def _current(self, session: Session, request: gr.Request) -> Conversation:
        """The page's chat, read again where it was forgotten, as when the server was started anew."""
        known = self._chats[_reader(request)]
        return known if known.turns else reopen(session, _chat_in_address(request))

    def _opened(self, session: Session, conversation: Conversation, request: gr.Request) -> Shown:
        self._chats[_reader(request)] = conversation
        language, library = session.language, session.desk.library
        placeholder = say("chat.placeholder", language)
        box = gr.Textbox(
            label=placeholder, placeholder=placeholder, submit_btn=say("chat.ask", language), stop_btn=False,
            interactive=True,
        )  # fmt: skip
        shown: list[Any] = [*conversation.messages(language)]
        examples = _examples(library, language, library.generation)
        chat = gr.Chatbot(
            value=shown, label=say("frame.chat", language), examples=examples,
            placeholder=home_html(library, session.visitor, asking=bool(examples)),
        )  # fmt: skip
        return box, chat

    async def _show(
        self, session: Session, growing: Grown, request: gr.Request, stop: Stop, written: str | None
    ) -> AsyncGenerator[Shown, None]:
        """Each state of the chat; the box is left as it is from the second on, so that one can write meanwhile.

        Once another chat shows, all is left as it is: Gradio sets in the end what came last once more.
        """
        language, reader = session.language, _reader(request)
        box: Any = gr.skip() if written is None else gr.update(value=written)
        stoppable = False
        async with aclosing(growing):
            async for state in growing:
                if not self.readers.sees(reader, stop):
                    yield AS_IT_IS
                    return
                last = state.turns[-1]
                if state.growing and not stoppable and (last.answer or last.ahead is not None):
                    box, stoppable = gr.update(submit_btn=False, stop_btn=say("chat.stop", language)), True
                elif stoppable and not state.growing:
                    box, stoppable = gr.update(submit_btn=say("chat.ask", language), stop_btn=False), False
                if not state.growing:
                    self._chats[reader] = state
                yield box, await asyncio.to_thread(state.messages, language)
                box = gr.skip()

    def stop(self, request: gr.Request) -> None:
        """End the reader's answer here."""
        self.readers.stop(_reader(request))


def _reader(request: gr.Request) -> str:
    """Whose request it is: each opened page is a reader of its own, of one library and one visitor: `open_pages`."""
    return str(request.session_hash)


def _chat_in_address(request: gr.Request) -> str:
    return str(request.query_params.get("chat", ""))
