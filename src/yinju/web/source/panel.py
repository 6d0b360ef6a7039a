"""A place → the HTML of the source panel: whose text it is, ways to see it, and the passage or page itself."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from yinju.types import Citation, Copy, Document, Section
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.links import place_href
from yinju.web.source.pages import leaf_html, pager_html
from yinju.web.source.passage import excerpt_html, mark_html, whole_html
from yinju.web.source.place import Place, Quoted
from yinju.web.texts import Texts

VIEWS = ("page", "text", "whole")
"""The page of a PDF, the passage in its surroundings, and the whole text."""


class Offer(NamedTuple):
    """What can be done with a document beside reading its text."""

    page: bool = False
    """Whether its pages can be shown."""
    original: bool = False
    """Whether its file can be downloaded."""


def notice_html(notice: str) -> str:
    """The panel when there is nothing to show but a notice."""
    return f'<p class="notice" role="alert">{literal(notice)}</p>'


def quoted_html(quoted: Quoted, texts: Texts) -> str:
    """The panel for what was quoted, without its document."""
    citation = quoted.citation
    head = _head_html(_facts(citation), quoted.notice, "", texts)
    mark = mark_html(citation.quote, texts)
    return (
        f'<article class="source" lang="{language_of(citation.quote)}">{head}<div class="text">{mark}</div></article>'
    )


def place_html(place: Place, view: str, offer: Offer, texts: Texts, notice: str = "") -> str:
    """The panel for a place, as one of `VIEWS`, with what else is offered."""
    document, tools = place.document, _tools_html(place.document, view, offer, texts)
    if view == "page":
        quote = mark_html(document.text[slice(*place.cited)], texts)
        tools += f'<p class="quote">{quote}</p>{pager_html(texts)}'
        body = leaf_html(place, texts)
    else:
        body = whole_html(place, texts) if view == "whole" else excerpt_html(place, texts)
    tools = _copies_html(place.copies, texts) + tools
    head = _head_html(_facts_of(place), notice or place.notice, tools, texts)
    return f'<article class="source" lang="{language_of(document.text)}">{head}{body}</article>'


def _copies_html(copies: Sequence[Copy], texts: Texts) -> str:
    """Links to where else the same text stands."""
    if not copies:
        return ""
    links = "".join(
        f'<li><a class="cite" href="{literal(place_href(copy.document, copy.start, copy.end, copy.sha256))}">'
        f"{one_line(copy.document, 80)}{_page_html(copy.page, texts)}</a></li>" for copy in copies
    )  # fmt: skip
    name = literal(texts.source.copies)
    return f'<div class="copies" lang="{texts.language}"><p>{name}</p><ul>{links}</ul></div>'


def _page_html(page: int | None, texts: Texts) -> str:
    return "" if page is None else f" · {literal(texts.source.page.format(number=page))}"


def _tools_html(document: Document, view: str, offer: Offer, texts: Texts) -> str:
    """The choice of view, and the download."""
    words = texts.source
    names = {"page": words.page_view, "text": words.text_view, "whole": words.whole_view}
    buttons = "".join(
        f'<button type="button" data-view="{one}" aria-pressed="{str(one == view).lower()}">{literal(name)}</button>'
        for one, name in names.items() if one != "page" or offer.page
    )  # fmt: skip
    switch = f'<div class="switch" role="group" aria-label="{literal(words.views)}">{buttons}</div>'
    return f'<div class="tools" lang="{texts.language}">{switch}{_download_html(document, offer, texts)}</div>'


def _download_html(document: Document, offer: Offer, texts: Texts) -> str:
    if not offer.original:
        return ""
    address = urlencode({"document": document.name, "version": document.sha256[:12]}, errors="replace")
    return f'<a class="button download" href="/original?{literal(address)}">{literal(texts.source.download)}</a>'


class _Facts(NamedTuple):
    """Whose text is shown, and from where in it."""

    title: str
    name: str
    page: int | None
    headings: tuple[str, ...]
    label: str = ""
    """What the document itself calls the page, where that is not its number."""


def _facts_of(place: Place) -> _Facts:
    document, start = place.document, place.cited[0]
    section = section_at(document, start)
    headings = section.headings if section else ()
    page = document.page_at(start)
    return _Facts(document.title, document.name, page, headings, document.label_of(page) if page else "")


def _facts(citation: Citation) -> _Facts:
    path = tuple(heading for heading in citation.heading.split(" › ") if heading)
    return _Facts(citation.title, citation.document, citation.page, path)


def section_at(document: Document, position: int) -> Section | None:
    """The section that holds a position; None where no heading stands above it."""
    return next((section for section in document.sections if section.start <= position < section.end), None)


def _head_html(facts: _Facts, notice: str, tools: str, texts: Texts) -> str:
    place = [f'<span class="file">{one_line(facts.name, 120)}</span>']
    if facts.page is not None:
        named = texts.source.page_label if facts.label else texts.source.page
        place.append(f'<span class="page">{literal(named.format(number=facts.page, label=facts.label))}</span>')
    path = [heading for heading in facts.headings if heading != facts.title]
    headings = f'<p class="headings">{one_line(" › ".join(path), 200)}</p>' if path else ""
    told = f'<p class="notice" role="status" lang="{texts.language}">{literal(notice)}</p>' if notice else ""
    title = f"<h2>{one_line(facts.title, 120)}</h2>"
    return f'<header>{title}<p class="place">{" · ".join(place)}</p>{headings}{told}{tools}</header>'
