"""The Gradio part of the page: the chat and the question box. The only user of Gradio.

What the chat shows comes from `conversation`; header, views and source panel stand outside Gradio, in `frame`. What the
links in a message ask for comes in through a hidden box, as JSON that static/chat.js writes: see `_Listeners.act`.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fastapi import FastAPI

from yinju.library import Library
from yinju.messages import say
from yinju.scopes import read_words
from yinju.suggestions.examples import example_questions
from yinju.web.conversation import Conversation, ask_again, converse, reopen, show_version
from yinju.web.desk import Session, session_of
from yinju.web.forms import Act
from yinju.web.growing import Readers
from yinju.web.home import home_html
from yinju.web.open_chats import OpenChats
from yinju.web.quick_import import without_stubs
from yinju.web.rendering import TEMPLATES

with without_stubs():
    import gradio as gr
    from gradio.components.chatbot import ExampleMessage

READERS_AT_ONCE = 16
"""How many questions are answered at the same time; more wait in line."""
WAITING = 64
IDLE_SECONDS = 0.01
"""After what time Gradio's queue looks again whether there is anything to do; its own millisecond keeps a fifteenth of
a processor busy while nobody asks."""
FONTS = ["system-ui", "sans-serif"]
"""Found on every machine: nothing is fetched. page.css is choosier."""

Shown = tuple[Any, Any]
"""What a listener sets: the question box and the chat; each may be gr.skip()."""
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def mount_page(app: FastAPI) -> FastAPI:
    """The application with the chat page at the root of every library."""
    head = TEMPLATES.get_template("head.html").render()
    page = _build_page()
    app.state.page = page
    app.state.functions = {number: (function.api_name, len(function.inputs)) for number, function in page.fns.items()}
    mounted: FastAPI = gr.mount_gradio_app(
        app, page, path="/", theme=_theme(), head=head, footer_links=[], run_history=False,
        ssr_mode=False, show_error=False, enable_monitoring=False, pwa=False, mcp_server=False,
    )  # fmt: skip
    return mounted


def _theme() -> gr.themes.Base:
    return gr.themes.Base(primary_hue="red", neutral_hue="stone", font=FONTS, font_mono=["ui-monospace", "monospace"])


def _build_page() -> gr.Blocks:
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
        listeners = _Listeners()
        shown = [box, chat]
        asking: dict[str, Any] = {**PRIVATE, "concurrency_limit": READERS_AT_ONCE, "concurrency_id": "ask"}
        box.submit(listeners.ask, [box, scope], shown, **asking)
        chat.example_select(listeners.ask_example, scope, shown, **asking)
        act.change(listeners.act, act, shown, **asking)
        box.stop(listeners.stop, None, None, concurrency_limit=None, **PRIVATE)
        page.load(listeners.open, None, shown, **PRIVATE)
    page.queue(max_size=WAITING, default_concurrency_limit=READERS_AT_ONCE, api_open=False)
    page._queue.sleep_when_free = IDLE_SECONDS
    page._queue.progress_update_sleep_when_free = 1.0  # no listener tells of progress
    return page


@lru_cache(maxsize=64)
def _examples(library: Library, language: str, generation: int) -> list[ExampleMessage]:
    """The example questions, made once for each generation of the index."""
    return [ExampleMessage(text=question) for question in example_questions(library, language)]


class _Listeners:
    """What happens when something is done at a page."""

    def __init__(self) -> None:
        self._readers, self._chats = Readers(), OpenChats()

    def open(self, request: gr.Request) -> Shown:
        """The page in the visitor's language, with the chat that the address names."""
        session = session_of(request)
        return self._opened(session, reopen(session, _chat_in_address(request)), request)

    def ask(self, question: str, scope: str, request: gr.Request) -> Iterator[Shown]:
        """Ask where static/scope.js says."""
        yield from _or_as_it_is(self._ask(question, scope, request))

    def _ask(self, question: str, scope: str, request: gr.Request, as_typed: bool = False) -> Iterator[Shown]:
        reader = _reader(request)
        with self._readers.begin(reader) as stop:
            if stop:
                session = session_of(request)
                current, where = self._current(session, request), read_words(scope)
                states = converse(session, current, question, stop, as_typed=as_typed, scope=where)
                yield from self._show(session, self._readers.seen(reader, stop, states), request, "")

    def ask_example(self, scope: str, request: gr.Request, chosen: gr.SelectData) -> Iterator[Shown]:
        yield from self.ask(chosen.value["text"], scope, request)

    def act(self, act: str, request: gr.Request) -> Iterator[Shown]:
        """What a link or button outside Gradio asks for: {"do": open | show | ask | again | everywhere | …}."""
        wanted = Act.model_validate_json(act)
        if wanted.do == "open":
            session = session_of(request)
            self._readers.leave(_reader(request))
            yield self._opened(session, reopen(session, wanted.chat), request)
        elif wanted.do == "ask":  # it is whole by itself
            yield from _or_as_it_is(self._ask(wanted.question or "", wanted.scope, request, as_typed=True))
        elif wanted.do == "show":
            yield from _or_as_it_is(self._show_version(wanted.message, request))
        else:
            yield from _or_as_it_is(self._ask_again(wanted, request))

    def _ask_again(self, wanted: Act, request: gr.Request) -> Iterator[Shown]:
        reader = _reader(request)
        with self._readers.begin(reader) as stop:
            if stop:
                session = session_of(request)
                before = self._current(session, request)
                how = {"as_typed": wanted.do == "undo", "everywhere": wanted.do == "everywhere"}
                states = ask_again(session, before, stop, number=wanted.turn, question=wanted.question, **how)
                yield from self._show(session, self._readers.seen(reader, stop, states), request)

    def _show_version(self, message: str, request: gr.Request) -> Iterator[Shown]:
        with self._readers.begin(_reader(request)) as stop:
            if stop:
                session = session_of(request)
                yield self._opened(session, show_version(session, self._current(session, request), message), request)

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

    def _show(
        self, session: Session, states: Iterator[Conversation | None], request: gr.Request, written: str | None = None
    ) -> Iterator[Shown]:
        """Each state of the chat; the box is left as it is from the second on, so that one can write meanwhile.

        Once another chat shows, all is left as it is: Gradio sets in the end what came last once more.
        """
        language = session.language
        box: Any = gr.skip() if written is None else gr.Textbox(value=written)
        stoppable = False
        for state in states:
            if state is None:
                yield gr.skip(), gr.skip()
                return
            if state.growing and not stoppable and state.turns[-1].answer:
                box, stoppable = gr.Textbox(submit_btn=False, stop_btn=say("chat.stop", language)), True
            elif stoppable and not state.growing:
                box, stoppable = gr.Textbox(submit_btn=say("chat.ask", language), stop_btn=False), False
            if not state.growing:
                self._chats[_reader(request)] = state
            yield box, state.messages(language)
            box = gr.skip()

    def stop(self, request: gr.Request) -> None:
        """End the reader's answer here."""
        self._readers.stop(_reader(request))


def _or_as_it_is(states: Iterator[Shown]) -> Iterator[Shown]:
    """Each state; where there is none, one that leaves all as it is: without any, Gradio empties what it sets."""
    changed = False
    for state in states:
        changed = True
        yield state
    if not changed:
        yield gr.skip(), gr.skip()


def _reader(request: gr.Request) -> str:
    """Whose request it is: each opened page is a reader of its own, of one library and one visitor: `open_pages`."""
    return str(request.session_hash)


def _chat_in_address(request: gr.Request) -> str:
    return str(request.query_params.get("chat", ""))
