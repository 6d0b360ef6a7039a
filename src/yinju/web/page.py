"""The Gradio part of the page: the chat and the question box. The only user of Gradio.

What the chat shows comes from `conversation`; header and source panel stand outside Gradio, in `frame`. The links in a
message that ask again press hidden buttons here; page.js does that.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI

from yinju.library import Library
from yinju.web.conversation import Conversation, Desk, ask_again, converse, reopen
from yinju.web.escaping import literal
from yinju.web.examples import example_questions
from yinju.web.growing import Readers
from yinju.web.quick_import import without_stubs
from yinju.web.texts import Texts

with without_stubs():
    import gradio as gr
    from gradio.components.chatbot import ExampleMessage

READERS_AT_ONCE = 16
"""How many questions are answered at the same time; more wait in line."""
WAITING = 64
HEAD = '<link rel="stylesheet" href="/page.css"><script src="/page.js" defer></script>'
FONTS = ["system-ui", "sans-serif"]
"""Found on every machine: nothing is fetched. page.css is choosier."""

Shown = tuple[Any, Any, Any]
"""What a listener sets: the question box, the chat, and the reader's conversation; each may be gr.skip()."""
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def mount_page(app: FastAPI, desk: Desk) -> FastAPI:
    """The application with the chat page at /."""
    mounted: FastAPI = gr.mount_gradio_app(
        app, _build_page(desk), path="/", theme=_theme(), head=HEAD, footer_links=[], run_history=False,
        ssr_mode=False, show_error=False, enable_monitoring=False, pwa=False, mcp_server=False,
    )  # fmt: skip
    return mounted


def _theme() -> gr.themes.Base:
    return gr.themes.Base(primary_hue="red", neutral_hue="stone", font=FONTS, font_mono=["ui-monospace", "monospace"])


def _build_page(desk: Desk) -> gr.Blocks:
    texts = desk.texts
    page: gr.Blocks = gr.Blocks(title="引據 Yinju", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        conversation = gr.State(Conversation())
        chat = _chatbot(texts, _examples(desk.library, texts, desk.library.generation))
        box = gr.Textbox(
            placeholder=texts.placeholder, label=texts.placeholder, show_label=False, container=False,
            lines=1, max_lines=5, submit_btn=texts.ask, elem_id="box",
        )  # fmt: skip
        retry = gr.Button(texts.retry, elem_id="retry", visible="hidden")
        undo = gr.Button(texts.undo, elem_id="undo", visible="hidden")
        listeners = _Listeners(desk)
        shown = [box, chat, conversation]
        asking: dict[str, Any] = {**PRIVATE, "concurrency_limit": READERS_AT_ONCE, "concurrency_id": "ask"}
        box.submit(listeners.ask, [box, conversation], shown, **asking)
        chat.example_select(listeners.ask_example, [conversation], shown, **asking)
        retry.click(listeners.retry, [conversation], shown, **asking)
        undo.click(listeners.undo, [conversation], shown, **asking)
        box.stop(listeners.stop, None, None, concurrency_limit=None, **PRIVATE)
        page.load(listeners.open, None, [chat, conversation], **PRIVATE)
        page.unload(listeners.leave)
    page.queue(max_size=WAITING, default_concurrency_limit=READERS_AT_ONCE, api_open=False)
    return page


def _chatbot(texts: Texts, examples: list[ExampleMessage]) -> gr.Chatbot:
    return gr.Chatbot(
        label=texts.chat, show_label=False, elem_id="chat", height="100%", container=False, buttons=[],
        latex_delimiters=[], feedback_options=None, allow_file_downloads=False, group_consecutive_messages=False,
        placeholder=f'<div class="welcome">{literal(texts.welcome)}</div>',
        examples=examples, layout="bubble",
    )  # fmt: skip


@cache
def _examples(library: Library, texts: Texts, generation: int) -> list[ExampleMessage]:
    """The example questions, made once for each generation of the index."""
    return [ExampleMessage(text=question) for question in example_questions(library, texts.language)]


class _Listeners:
    """What happens when something is done at a page; `readers` knows whose answer is growing."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._readers = desk, Readers()

    def ask(self, question: str, conversation: Conversation, request: gr.Request) -> Iterator[Shown]:
        with self._readers.begin(_reader(request)) as stop:
            if stop:
                before = self._current(conversation, request)
                yield from self._show(converse(self._desk, before, question, stop), "")

    def ask_example(self, conversation: Conversation, request: gr.Request, chosen: gr.SelectData) -> Iterator[Shown]:
        yield from self.ask(chosen.value["text"], conversation, request)

    def retry(self, conversation: Conversation, request: gr.Request) -> Iterator[Shown]:
        yield from self._ask_again(conversation, request, as_typed=False)

    def undo(self, conversation: Conversation, request: gr.Request) -> Iterator[Shown]:
        yield from self._ask_again(conversation, request, as_typed=True)

    def _ask_again(self, conversation: Conversation, request: gr.Request, *, as_typed: bool) -> Iterator[Shown]:
        with self._readers.begin(_reader(request)) as stop:
            if stop:
                before = self._current(conversation, request)
                yield from self._show(ask_again(self._desk, before, stop, as_typed=as_typed), None)

    def _current(self, conversation: Conversation, request: gr.Request) -> Conversation:
        """The reader's conversation, read again where the server was started anew since the page was opened."""
        return conversation if conversation.turns else reopen(self._desk, _chat_in_address(request))

    def _show(self, states: Iterator[Conversation], written: str | None) -> Iterator[Shown]:
        """Each state of the chat; the box is left as it is from the second on, so that one can write meanwhile."""
        texts = self._desk.texts
        box: Any = gr.skip() if written is None else gr.Textbox(value=written)
        stoppable = False
        for state in states:
            if state.growing and not stoppable and state.turns[-1].answer:
                box, stoppable = gr.Textbox(submit_btn=False, stop_btn=texts.stop), True
            elif stoppable and not state.growing:
                box = gr.Textbox(submit_btn=texts.ask, stop_btn=False)
            yield box, state.messages(texts), gr.skip() if state.growing else state
            box = gr.skip()

    def stop(self, request: gr.Request) -> None:
        """End the reader's answer here."""
        self._readers.stop(_reader(request))

    def leave(self, request: gr.Request) -> None:
        """End the answer of a reader who has closed the page."""
        self._readers.stop(_reader(request))

    def open(self, request: gr.Request) -> tuple[gr.Chatbot, Conversation]:
        """The chat that the address names, and the examples of today."""
        desk, conversation = self._desk, reopen(self._desk, _chat_in_address(request))
        examples = _examples(desk.library, desk.texts, desk.library.generation)
        shown: list[Any] = [*conversation.messages(desk.texts)]
        return gr.Chatbot(value=shown, examples=examples), conversation


def _reader(request: gr.Request) -> str:
    """Whose request it is: each opened page is a reader of its own."""
    return request.session_hash or ""


def _chat_in_address(request: gr.Request) -> str:
    return str(request.query_params.get("chat", ""))
