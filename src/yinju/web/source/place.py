"""What a reader asks to see → the place of it in a document as that is now, or what was quoted of it then."""

import re
from dataclasses import dataclass, field, replace

from yinju.library import Library
from yinju.types import Answer, Citation, Copy, Document, Span
from yinju.web.desk import Session

PAGED = ("pdf", "image")
"""Formats whose pages can be shown."""
NEAR = 2_000
"""How far a sentence may have moved, in characters, to be told from others that say the same."""
TELLING = 10
"""From this length on, in characters, a sentence that stands once in a document is known wherever it stands."""

_OTHER = re.compile(r"(\d{1,6})\.(\d{1,9})\.(\d{1,9})", re.ASCII)


class NowhereError(Exception):
    """What is asked for cannot be shown; the catalogue has a notice of it."""

    def __init__(self, notice: str, status: int) -> None:
        """Keep the key of what to say, and the status of the response that says it."""
        super().__init__(notice)
        self.notice, self.status = notice, status


@dataclass(frozen=True, slots=True)
class Wanted:
    """The query of a request: a kept citation by its message and marker, else a place in a document."""

    message: str = ""
    marker: int = 0
    document: str = ""
    start: int = -1
    end: int = -1
    version: str = ""
    """How the document's SHA-256 begins."""
    turn: int = 0
    """The number of the answer in its chat."""
    also: str = ""
    """marker.start.end of each other citation of an answer that is not kept, parted by spaces."""
    figure: int = -1
    """The number of the figure that is to be in view, of the version that was cited."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cited range of a document; it lies within the text and holds something."""

    document: Document
    cited: Span
    notice: str = ""
    """The key of what to say where the document is no longer what was cited."""
    others: tuple[Citation, ...] = ()
    """What else the answer cites of the document, each where it stands now."""
    wanted: Wanted = field(default_factory=Wanted)
    copies: tuple[Copy, ...] = ()
    """Where else the documents said the same when it was cited."""
    figure: int = -1
    """The number of the figure of the document that is to be in view."""

    @property
    def seen(self) -> Span:
        """The range that is brought into view: what is cited, with the figure where that is near, or that alone."""
        start, end = self.cited
        if not 0 <= self.figure < len(self.document.figures):
            return self.cited
        at = self.document.figures[self.figure].at
        return (min(at, start), max(at, end)) if start - NEAR <= at <= end + NEAR else (at, at)


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is left of a citation whose document does not hold it any more."""

    citation: Citation
    notice: str
    """The key of what to say of it."""


def find_place(session: Session, wanted: Wanted) -> Place | Quoted:
    """The place that is asked for.

    Raises:
        NowhereError: there is no such citation, document or range, or the document is another than the one meant.
    """
    if wanted.message:
        return _kept_place(session, wanted)
    found = session.desk.library.cited_document(wanted.document, wanted.version)
    if found is None:
        raise NowhereError("source.no_document", 404)
    if not found.sha256.startswith(wanted.version):
        raise NowhereError("source.changed", 409)
    if not 0 <= wanted.start < wanted.end <= len(found.text):
        raise NowhereError("source.bad_range", 400)
    found = replace(found, figures=session.desk.library.figures(found.name))
    others = _others(found, wanted)
    return Place(found, (wanted.start, wanted.end), others=others, wanted=wanted, figure=wanted.figure)


def _others(document: Document, wanted: Wanted) -> tuple[Citation, ...]:
    """The other citations that a request names, those outside the document left out."""
    named = (tuple(map(int, found.groups())) for found in _OTHER.finditer(wanted.also))
    return tuple(
        Citation(marker, document.name, document.title, "", None, start, end, "", "", document.sha256)
        for marker, start, end in named if start < end <= len(document.text)
    )  # fmt: skip


def _kept_place(session: Session, wanted: Wanted) -> Place | Quoted:
    answer = session.desk.answer(session.visitor.id, wanted.message)
    citation = _marked(answer, wanted.marker)
    if answer is None or citation is None:
        raise NowhereError("source.no_citation", 404)
    document = session.desk.library.cited_document(citation.document, citation.sha256)
    if document is None:
        return Quoted(citation, "source.deleted")
    cited = cited_now(document, citation)
    if cited is None:
        return Quoted(citation, "source.edited")
    others = tuple(
        replace(other, start=span[0], end=span[1]) for other in answer.citations
        if other is not citation and other.document == citation.document and (span := cited_now(document, other))
    )  # fmt: skip
    notice = "" if document.sha256 == citation.sha256 else "source.moved"
    document = replace(document, figures=session.desk.library.figures(document.name))
    return Place(document, cited, notice, others, wanted, citation.copies, _figure_now(document, citation, wanted))


def _figure_now(document: Document, citation: Citation, wanted: Wanted) -> int:
    """The number that a figure of a citation has now: in another version of its document it is told by its caption."""
    if document.sha256 == citation.sha256:
        return wanted.figure
    caption = next((figure.caption for figure in citation.figures if figure.number == wanted.figure), "")
    return next((n for n, figure in enumerate(document.figures) if caption and figure.caption == caption), -1)


def _marked(answer: Answer | None, marker: int) -> Citation | None:
    return next((c for c in answer.citations if c.marker == marker), None) if answer else None


def cited_now(document: Document, citation: Citation) -> Span | None:
    """Where a document says what was cited of it; None where that is gone or cannot be told."""
    place = citation.start, citation.end
    if document.sha256 == citation.sha256 and document.text[slice(*place)] == citation.quote:
        return place
    return find_quote(document.text, citation.quote, citation.start)


def find_quote(text: str, quote: str, near: int) -> Span | None:
    """Where a quote stands in a text: the only place within `NEAR` characters, else the only one of all, else None."""
    places = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)] if quote else []
    close = [place for place in places if abs(place - near) <= NEAR]
    known = close or (places if len(quote) >= TELLING else [])
    return (known[0], known[0] + len(quote)) if len(known) == 1 else None


def has_page(library: Library, place: Place) -> bool:
    """Whether the cited characters can be shown on the page of a PDF, or a picture, that is still the one cited."""
    document = place.document
    return document.format in PAGED and not place.notice and library.original(document.name) is not None
