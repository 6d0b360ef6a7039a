"""The library → what stands around the chat: header, drawer of chats, the views' places, source panel, dialogs."""

from yinju.library import Library
from yinju.web.dialogs import dialogs_html
from yinju.web.escaping import literal, one_line
from yinju.web.history import drawer_html
from yinju.web.source.panel import panel_html
from yinju.web.texts import LANGUAGES, Texts

VIEWS = ("chat", "documents", "search", "overview")
"""The first is Gradio's; what the others show comes from /view/<name> each time they are opened."""


def frame_html(library: Library, texts: Texts) -> str:
    """Header, places for the views, and the source panel; page.js puts them into the page, where they stay."""
    header, chats = _header_html(library.model_name, texts), drawer_html(texts)
    return header + chats + _views_html(texts) + panel_html(texts) + dialogs_html(texts)


def _header_html(model: str | None, texts: Texts) -> str:
    words = texts.frame
    brand = f'<div class="brand"><h1>引據 <span>Yinju</span></h1><p>{literal(words.promise)}</p></div>'
    views = "".join(
        f'<a href="/?view={view}" class="view-link {view}">{literal(_name(view, texts))}</a>' for view in VIEWS
    )
    nav = f'<nav class="views" aria-label="{literal(words.views)}">{views}</nav>'
    history = f'<button type="button" class="history" aria-expanded="false">{literal(texts.history.label)}</button>'
    again = f'<a class="new" href="/">{literal(words.new_chat)}</a>'
    tools = f'<div class="tools">{_model_html(model, texts)}{history}{again}{_settings_html(texts)}</div>'
    trouble = f'data-unreachable="{literal(words.unreachable)}"'
    return f'<header id="top" lang="{texts.language}" {trouble}>{brand}{nav}{tools}</header>'


def _name(view: str, texts: Texts) -> str:
    return str(getattr(texts.frame, view))


def _model_html(name: str | None, texts: Texts) -> str:
    if name is None:
        return ""
    shown = one_line(name.rstrip("/").rsplit("/", 1)[-1], 40) if name else literal(texts.frame.model)
    return f'<span class="model" title="{literal(texts.frame.model)}">{shown}</span>'


def _settings_html(texts: Texts) -> str:
    """The choice of language and of light or dark; page.js marks what is chosen and follows a change."""
    words = texts.frame
    languages = "".join(_language_html(one, one is texts) for one in LANGUAGES.values())
    themes = (("", words.theme_system), ("light", words.theme_light), ("dark", words.theme_dark))
    shades = "".join(f'<option value="{value}">{literal(name)}</option>' for value, name in themes)
    return (
        f'<details class="settings"><summary>{literal(words.settings)}</summary><div class="list">'
        f'<label>{literal(words.language)} <select class="language">{languages}</select></label>'
        f'<label>{literal(words.theme)} <select class="theme">{shades}</select></label></div></details>'
    )


def _language_html(texts: Texts, chosen: bool) -> str:
    mark = " selected" if chosen else ""
    return f'<option value="{texts.language}" lang="{texts.language}"{mark}>{literal(texts.name)}</option>'


def _views_html(texts: Texts) -> str:
    return "".join(
        f'<section class="view" id="view-{view}" lang="{texts.language}" aria-label="{literal(_name(view, texts))}" '
        'tabindex="-1" hidden></section>' for view in VIEWS[1:]
    )  # fmt: skip
