"""The Gradio part of the page: the chat and the question box. The only user of Gradio.

What the chat shows comes from `conversation`; header and source panel stand outside Gradio, in `frame`.
"""

from collections.abc import Iterator
from functools import cache

from fastapi import FastAPI

from yinju.library import Library
from yinju.web.conversation import Conversation, Message, converse
from yinju.web.escaping import literal
from yinju.web.examples import example_questions
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

Shown = tuple[str, list[Message], Conversation]
"""What a listener sets: the question box, the chat, and the reader's conversation."""


def mount_page(app: FastAPI, library: Library, texts: Texts) -> FastAPI:
    """The application with the chat page at /."""
    mounted: FastAPI = gr.mount_gradio_app(
        app, _build_page(library, texts), path="/", theme=_theme(), head=HEAD, footer_links=[], run_history=False,
        ssr_mode=False, show_error=False, enable_monitoring=False, pwa=False, mcp_server=False,
    )  # fmt: skip
    return mounted


def _theme() -> gr.themes.Base:
    return gr.themes.Base(primary_hue="red", neutral_hue="stone", font=FONTS, font_mono=["ui-monospace", "monospace"])


def _build_page(library: Library, texts: Texts) -> gr.Blocks:
    page: gr.Blocks = gr.Blocks(title="引據 Yinju", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        conversation = gr.State(Conversation())
        chat = _chatbot(texts, _examples(library, texts, library.generation))
        box = gr.Textbox(
            placeholder=texts.placeholder, label=texts.placeholder, show_label=False, container=False,
            lines=1, max_lines=5, submit_btn=texts.ask, elem_id="box",
        )  # fmt: skip
        _listen(page, library, texts, chat, box, conversation)
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


def _listen(
    page: gr.Blocks, library: Library, texts: Texts, chat: gr.Chatbot, box: gr.Textbox, state: gr.State
) -> None:
    def ask(question: str, conversation: Conversation) -> Iterator[Shown]:
        for grown in converse(library, texts, conversation, question):
            yield "", list(grown.messages), grown

    def ask_example(conversation: Conversation, chosen: gr.SelectData) -> Iterator[Shown]:
        yield from ask(chosen.value["text"], conversation)

    def refresh() -> gr.Chatbot:
        return gr.Chatbot(examples=_examples(library, texts, library.generation))

    box.submit(
        ask, [box, state], [box, chat, state], api_visibility="private", show_progress="hidden",
        concurrency_limit=READERS_AT_ONCE,
    )  # fmt: skip
    chat.example_select(
        ask_example, [state], [box, chat, state], api_visibility="private", show_progress="hidden",
        concurrency_limit=READERS_AT_ONCE,
    )  # fmt: skip
    page.load(refresh, None, chat, api_visibility="private", show_progress="hidden")
