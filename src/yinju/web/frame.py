"""The library → what stands around the chat: the header with the list of documents, and the empty source panel."""

from yinju.library import Library
from yinju.web.documents import documents_html
from yinju.web.escaping import literal, one_line
from yinju.web.texts import Texts


def frame_html(library: Library, texts: Texts) -> str:
    """The header and the source panel; page.js puts them into the page, where they stay."""
    return _header_html(documents_html(library, texts), library.model_name, texts) + _panel_html(texts)


def _header_html(documents: str, model: str | None, texts: Texts) -> str:
    brand = f'<div class="brand"><h1>引據 <span>Yinju</span></h1><p>{literal(texts.promise)}</p></div>'
    named = "" if model is None else f'<span class="model" title="{literal(texts.model)}">{_model(model, texts)}</span>'
    again = f'<a class="new" href="/">{literal(texts.new_chat)}</a>'
    return f'<header id="top" lang="{texts.language}">{brand}<nav>{named}{again}{documents}</nav></header>'


def _model(name: str, texts: Texts) -> str:
    return one_line(name.rstrip("/").rsplit("/", 1)[-1], 40) if name else literal(texts.model)


def _panel_html(texts: Texts) -> str:
    name = literal(texts.source)
    close = f'<button type="button" class="close">{literal(texts.close)}</button>'
    trouble = f'data-unreachable="{literal(texts.unreachable)}"'
    hint = f'<p class="hint">{literal(texts.source_hint)}</p>'
    return (
        f'<aside id="source" lang="{texts.language}" aria-label="{name}" {trouble}>'
        f'<div class="bar"><h2>{name}</h2>{close}</div>'
        f'<div class="body" role="region" aria-label="{name}" aria-live="polite" tabindex="0">{hint}</div></aside>'
    )
