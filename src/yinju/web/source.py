"""A citation → the HTML of the source panel: whose text it is, and the cited sentence marked within it.

Where a document is no longer what was cited, the panel says so, and shows what was quoted then.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from yinju.library import Library
from yinju.types import Citation, Document, Section, Span
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.texts import Texts

AROUND = 600
"""How much text is shown before and after what is cited, in characters; whole lines are kept where they are short."""
LINE = 400
"""How much further the text goes to end at the end of a line, in characters."""


NEAR = 2_000
"""How far a sentence may have moved, in characters, to be told from others that say the same."""
TELLING = 10
"""From this length on, in characters, a sentence that stands once in a document is known wherever it stands."""


def cited_html(library: Library, citation: Citation, texts: Texts) -> str:
    """The panel for a kept citation: in its document, if that still says so, else as it was quoted."""
    document, place = library.document(citation.document), (citation.start, citation.end)
    if document is None:
        return _quote_html(citation, texts.source.deleted, texts)
    if document.sha256 == citation.sha256 and document.text[slice(*place)] == citation.quote:
        return source_html(document, place, texts)
    found = find_quote(document.text, citation.quote, citation.start)
    if found is None:
        return _quote_html(citation, texts.source.edited, texts)
    return source_html(document, found, texts, texts.source.moved)


def find_quote(text: str, quote: str, near: int) -> Span | None:
    """Where a quote stands in a text: the only place within `NEAR` characters, else the only one of all, else None."""
    places = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)] if quote else []
    close = [place for place in places if abs(place - near) <= NEAR]
    known = close or (places if len(quote) >= TELLING else [])
    return (known[0], known[0] + len(quote)) if len(known) == 1 else None


def source_html(document: Document, cited: Span, texts: Texts, notice: str = "") -> str:
    """The panel for a cited range of a document; the range must lie within the text and hold something."""
    start, end = cited
    first, last = surroundings(document.text, cited)
    before = _passage_html(document, (first, start))
    after = _passage_html(document, (end, last))
    mark = _mark_html(document.text[start:end], texts)
    opening = '<span class="cut">…</span>\n' if first else ""
    closing = '\n<span class="cut">…</span>' if last < len(document.text.rstrip()) else ""
    head = _head_html(_place_in(document, start), texts, notice)
    return (
        f'<article class="source" lang="{language_of(document.text)}">{head}'
        f'<div class="text">{opening}{before}{mark}{after}{closing}</div></article>'
    )


def notice_html(notice: str) -> str:
    """The panel when there is nothing to show but a notice."""
    return f'<p class="notice" role="alert">{literal(notice)}</p>'


def surroundings(text: str, cited: Span) -> Span:
    """The range shown around a cited one: about `AROUND` characters more on each side, ending at line ends."""
    start, end = max(cited[0] - AROUND, 0), min(cited[1] + AROUND, len(text))
    line_start = text.rfind("\n", max(start - LINE, 0), start)
    if start - LINE <= 0 and line_start < 0:
        start = 0
    elif line_start >= 0:
        start = line_start + 1
    line_end = text.find("\n", end, end + LINE)
    if line_end >= 0:
        end = line_end
    elif end + LINE >= len(text):
        end = len(text)
    return start + _blank_before(text[start : cited[0]]), end - _blank_after(text[cited[1] : end])


def _blank_before(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def _blank_after(text: str) -> int:
    return len(text) - len(text.rstrip())


def section_at(document: Document, position: int) -> Section | None:
    """The section that holds a position; None where no heading stands above it."""
    return next((section for section in document.sections if section.start <= position < section.end), None)


def _quote_html(citation: Citation, notice: str, texts: Texts) -> str:
    """The panel for what was quoted, without its document."""
    path = tuple(heading for heading in citation.heading.split(" › ") if heading)
    head = _head_html(_Place(citation.title, citation.document, citation.page, path), texts, notice)
    mark = _mark_html(citation.quote, texts)
    return (
        f'<article class="source" lang="{language_of(citation.quote)}">{head}<div class="text">{mark}</div></article>'
    )


def _mark_html(quote: str, texts: Texts) -> str:
    return f'<mark tabindex="-1" title="{literal(texts.source.cited)}">{literal(quote)}</mark>'


class _Place(NamedTuple):
    """Whose text is shown, and from where in it."""

    title: str
    name: str
    page: int | None
    headings: tuple[str, ...]


def _place_in(document: Document, start: int) -> _Place:
    section = section_at(document, start)
    return _Place(document.title, document.name, document.page_at(start), section.headings if section else ())


def _head_html(place: _Place, texts: Texts, notice: str) -> str:
    facts = [f'<span class="file">{one_line(place.name, 120)}</span>']
    if place.page is not None:
        facts.append(f'<span class="page">{literal(texts.source.page.format(number=place.page))}</span>')
    path = [heading for heading in place.headings if heading != place.title]
    headings = f'<p class="headings">{one_line(" › ".join(path), 200)}</p>' if path else ""
    told = f'<p class="notice" role="status" lang="{texts.language}">{literal(notice)}</p>' if notice else ""
    title = f"<h2>{one_line(place.title, 120)}</h2>"
    return f'<header>{title}<p class="place">{" · ".join(facts)}</p>{headings}{told}</header>'


def _passage_html(document: Document, span: Span) -> str:
    """A range of the text as HTML, lines that are headings set apart."""
    inner = {edge for s in document.sections for edge in (s.start, s.end) if span[0] < edge < span[1]}
    return "".join(_piece_html(document, piece) for piece in pairwise(sorted({*span, *inner})))


def _piece_html(document: Document, piece: Span) -> str:
    text = document.text[piece[0] : piece[1]]
    html = literal(text)
    if section_at(document, piece[0]) or not text.strip() or not document.sections:
        return html
    return re.sub(r"[^\n]+", r'<strong class="heading">\g<0></strong>', html)
