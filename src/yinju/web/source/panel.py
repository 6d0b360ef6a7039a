"""A place → the HTML of the source panel: whose text it is, ways to see it, and the passage or page itself."""

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from yinju.messages import Language
from yinju.reading import PageBoxes
from yinju.types import Document, Section
from yinju.web.rendering import render
from yinju.web.source.passage import address, excerpt, part, window
from yinju.web.source.place import Place, Quoted

VIEWS = ("page", "text", "whole", "raw")
"""The page of a PDF, the passage in its surroundings, the whole text, and its characters just as they were read."""


class Offer(NamedTuple):
    """What can be done with a document beside reading its text."""

    page: bool = False
    """Whether its pages can be shown."""
    original: bool = False
    """Whether its file can be downloaded."""


class _Facts(NamedTuple):
    """Whose text is shown, and from where in it."""

    title: str
    name: str
    page: int | None
    headings: tuple[str, ...]
    label: str = ""
    """What the document itself calls the page, where that is not its number."""


def quoted_html(quoted: Quoted, language: Language) -> str:
    """The panel for what was quoted, without its document."""
    facts, quote = _quoted_facts(quoted), quoted.citation.quote
    return render("source/quoted.html", language, facts=facts, notice=quoted.notice, quote=quote)


def place_html(place: Place, view: str, offer: Offer, language: Language, notice: str = "") -> str:
    """The panel for a place, as one of `VIEWS`, with what else is offered; `notice` is the key of what to say of it."""
    document, (start, end) = place.document, place.cited
    body = {} if view == "page" else excerpt(place) if view == "text" else part(place, window(place), view)
    return render(
        "source/place.html", language, facts=_facts(place), notice=notice or place.notice, place=place, view=view,
        views=[one for one in VIEWS if one != "page" or offer.page], quote=document.text[start:end],
        original=_address(document) if offer.original else "",
        leaf=_address(document, start=start, end=end), paper=address(place), **body,
    )  # fmt: skip


def paper_html(place: Place | Quoted, language: Language, printed: datetime) -> str:
    """A page of its own to be printed: what is cited in its surroundings, and when that was; nothing of the app."""
    if isinstance(place, Quoted):
        shown: dict[str, Any] = {"facts": _quoted_facts(place), "quote": place.citation.quote, "elements": []}
    else:
        shown = {"facts": _facts(place), "quote": place.document.text[slice(*place.cited)], **excerpt(place)}
    date = f"{printed:%Y-%m-%d %H:%M}"
    return render("source/paper.html", language, notice=place.notice, date=date, **shown)


def page_html(place: Place, shown: PageBoxes, width: int, language: Language) -> str:
    """A page, its image `width` pixels wide, with a box over each stretch of what is cited on it."""
    document, number = place.document, shown.page
    first, last = (document.page_at(position) or 1 for position in (place.cited[0], place.cited[1] - 1))
    return render(
        "source/page.html", language, shown=shown, title=document.title, label=document.label_of(number),
        image=_address(document, page=number, width=width), next=number + 1 if first <= number < last else 0,
    )  # fmt: skip


def _address(document: Document, **more: int) -> str:
    return urlencode({"document": document.name, "version": document.sha256[:12], **more}, errors="replace")


def _quoted_facts(quoted: Quoted) -> _Facts:
    citation = quoted.citation
    path = tuple(heading for heading in citation.heading.split(" › ") if heading)
    return _Facts(citation.title, citation.document, citation.page, path)


def _facts(place: Place) -> _Facts:
    document, start = place.document, place.cited[0]
    section = section_at(document, start)
    page = document.page_at(start)
    label = document.label_of(page) if page else ""
    return _Facts(document.title, document.name, page, section.headings if section else (), label)


def section_at(document: Document, position: int) -> Section | None:
    """The section that holds a position; None where no heading stands above it."""
    return next((section for section in document.sections if section.start <= position < section.end), None)
