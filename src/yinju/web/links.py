"""Citations and places in documents → the addresses that open them.

A link's fragment is `src-<turn>-<n>?message=…&marker=…` for a kept answer, else it carries the place itself:
`src-<turn>-<n>?document=…&start=…&end=…&version=…`. page.js turns it into a request to /source.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from yinju.types import Citation


class Link(NamedTuple):
    """The `[n]` that opens a citation."""

    marker: int
    href: str
    title: str
    """Where it leads."""


def links_to(citations: Sequence[Citation], turn: int, message: str = "") -> Mapping[int, Link]:
    """Marker → what opens that citation of a turn, the first being 1."""
    return {citation.marker: link_to(citation, turn, message) for citation in citations}


def link_to(citation: Citation, turn: int, message: str = "") -> Link:
    """What opens a citation of a turn; `message` is the id under which its answer is kept."""
    target = f"#src-{turn}-{citation.marker}?{urlencode(_asked(citation, message), errors='replace')}"
    return Link(citation.marker, target, " · ".join(part for part in (citation.document, citation.heading) if part))


def figure_href(citation: Citation, number: int, turn: int, message: str = "") -> str:
    """The address by which an a.figure opens a figure of a citation's document; see `link_to`."""
    place = _asked(citation, message) | {"figure": number}
    return f"#src-{turn}-{citation.marker}-{number}?{urlencode(place, errors='replace')}"


def place_href(document: str, start: int, end: int, sha256: str) -> str:
    """The address by which an a.cite opens a range of a document that no answer cites."""
    return f"#src-0-0?{urlencode(_place(document, start, end, sha256), errors='replace')}"


def _asked(citation: Citation, message: str) -> dict[str, str | int]:
    if message:
        return {"message": message, "marker": citation.marker}
    return _place(citation.document, citation.start, citation.end, citation.sha256)


def _place(document: str, start: int, end: int, sha256: str) -> dict[str, str | int]:
    return {"document": document, "start": start, "end": end, "version": sha256[:12]}
