"""A place in a PDF → the HTML of its page: the image, boxes over what is cited, and what turns and enlarges it."""

from urllib.parse import urlencode

from yinju.reading import PageBoxes
from yinju.types import Document
from yinju.web.escaping import literal
from yinju.web.source.place import Place
from yinju.web.texts import Texts

NARROWEST, WIDEST = 300, 3_600
"""Of a page's image, in pixels."""


def pager_html(texts: Texts) -> str:
    """What turns to the page before or after and enlarges the image; pages.js works it."""
    words = texts.source
    buttons = {
        "previous": ("‹", words.previous_page), "where": None, "next": ("›", words.next_page),
        "smaller": ("−", words.smaller), "fit": (words.fit, ""), "larger": ("+", words.larger),
    }  # fmt: skip
    shown = "".join(
        f'<button type="button" class="{kind}"{_named(button[1])}>{literal(button[0])}</button>' if button
        else f'<span class="{kind}" role="status"></span>' for kind, button in buttons.items()
    )  # fmt: skip
    return f'<div class="pager" role="group" lang="{texts.language}" aria-label="{literal(words.pager)}">{shown}</div>'


def _named(name: str) -> str:
    return f' aria-label="{literal(name)}" title="{literal(name)}"' if name else ""


def leaf_html(place: Place, texts: Texts) -> str:
    """Where the page will lie; pages.js asks /source/page for it by the address."""
    document, (start, end) = place.document, place.cited
    address = _address(document) | {"start": start, "end": end}
    waiting = f'<p class="hint" lang="{texts.language}">{literal(texts.source.loading)}</p>'
    return f'<div class="leaf" data-address="{literal(urlencode(address, errors="replace"))}">{waiting}</div>'


def page_html(place: Place, shown: PageBoxes, width: int, texts: Texts) -> str:
    """A page, its image `width` pixels wide, with a box over each stretch of what is cited on it."""
    document, words = place.document, texts.source
    label = document.label_of(shown.page)
    name = (words.page_label if label else words.page).format(number=shown.page, label=label)
    address = _address(document) | {"page": shown.page, "width": width}
    across, down = shown.size
    image = (
        f'<img src="/page?{literal(urlencode(address, errors="replace"))}" width="{across:.0f}" height="{down:.0f}" '
        f'alt="{literal(words.image.format(title=document.title, page=name))}">'
    )
    boxes = "".join(
        f'<span class="box" style="left:{left:.3%};top:{top:.3%};width:{right - left:.3%};height:{bottom - top:.3%}">'
        "</span>" for left, top, right, bottom in shown.boxes
    )  # fmt: skip
    where = words.page_of.format(page=name, total=shown.pages)
    return (
        f'<figure class="page" data-page="{shown.page}" data-pages="{shown.pages}" data-where="{literal(where)}">'
        f"{image}{boxes}</figure>{_goes_on_html(place, shown.page, texts)}"
    )


def _goes_on_html(place: Place, page: int, texts: Texts) -> str:
    """What turns to the page where the cited sentence goes on; nothing where it ends on this one."""
    first, last = (place.document.page_at(position) or 1 for position in (place.cited[0], place.cited[1] - 1))
    if not first <= page < last:
        return ""
    name = literal(texts.source.goes_on.format(number=page + 1))
    return f'<button type="button" class="goes-on" data-page="{page + 1}" lang="{texts.language}">{name}</button>'


def _address(document: Document) -> dict[str, str | int]:
    return {"document": document.name, "version": document.sha256[:12]}
