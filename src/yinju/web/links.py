"""Citations → the `[n]` that opens them, and lists of passages with them.

A link's fragment is `src-<turn>-<n>?message=…&marker=…` for a kept answer, else it carries the place itself:
`src-<turn>-<n>?document=…&start=…&end=…&version=…`. page.js turns it into a request to /source.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from yinju.types import Citation
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.rendering import TEMPLATES

QUOTED_CHARACTERS = 60
"""How much of a listed passage is shown, in characters."""

Links = Mapping[int, str]
"""Marker → the HTML of its link."""


class Link(NamedTuple):
    """The `[n]` that opens a citation."""

    marker: int
    href: str
    title: str
    """Where it leads."""


def link_to(citation: Citation, turn: int, message: str = "") -> Link:
    """What opens a citation of a turn; `message` is the id under which its answer is kept."""
    place: dict[str, str | int] = {"message": message, "marker": citation.marker}
    if not message:
        place = _place(citation.document, citation.start, citation.end, citation.sha256)
    target = f"#src-{turn}-{citation.marker}?{urlencode(place, errors='replace')}"
    return Link(citation.marker, target, " · ".join(part for part in (citation.document, citation.heading) if part))


def links_to(citations: Sequence[Citation], turn: int, message: str = "") -> Links:
    """A link for each citation of a turn, the first being 1; `message` is the id under which its answer is kept."""
    return {citation.marker: link_html(citation, turn, message) for citation in citations}


def link_html(citation: Citation, turn: int, message: str = "") -> str:
    """The `[n]` that opens a citation; its title says where it leads."""
    _, target, title = link_to(citation, turn, message)
    marker = literal(f"[{citation.marker}]")
    return f'<a class="cite" href="{literal(target)}" title="{one_line(title, 200)}">{marker}</a>'


def place_href(document: str, start: int, end: int, sha256: str) -> str:
    """The href, not escaped yet, by which an a.cite opens a range of a document that no answer cites."""
    return f"#src-0-0?{urlencode(_place(document, start, end, sha256), errors='replace')}"


TEMPLATES.globals["place_href"] = place_href


def _place(document: str, start: int, end: int, sha256: str) -> dict[str, str | int]:
    return {"document": document, "start": start, "end": end, "version": sha256[:12]}


def passages_html(lead: str, citations: Sequence[Citation], links: Links) -> str:
    """A list of passages, below a line that leads it where there is one; nothing without passages."""
    if not citations:
        return ""
    items = "".join(f"<li>{_passage_html(citation, links[citation.marker])}</li>" for citation in citations)
    above = f'<p class="lead">{literal(lead)}</p>' if lead else ""
    return f'{above}<ul class="nearest">{items}</ul>'


def _passage_html(citation: Citation, link: str) -> str:
    where = " › ".join(dict.fromkeys(part for part in (citation.title, *citation.heading.split(" › ")) if part))
    quote = one_line(citation.quote, QUOTED_CHARACTERS)
    return (
        f'<span class="where" lang="{language_of(where)}">{one_line(where, 80)}</span> {link}'
        f'<br><span class="quote" lang="{language_of(citation.quote)}">{quote}</span>'
    )
