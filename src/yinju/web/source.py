"""A citation's place → the HTML of the source panel: whose text it is, and the cited sentence marked within it."""

import re
from itertools import pairwise

from yinju.types import Document, Section, Span
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.texts import Texts

AROUND = 600
"""How much text is shown before and after what is cited, in characters; whole lines are kept where they are short."""
LINE = 400
"""How much further the text goes to end at the end of a line, in characters."""


def source_html(document: Document, cited: Span, texts: Texts) -> str:
    """The panel for a cited range of a document; the range must lie within the text and hold something."""
    start, end = cited
    first, last = surroundings(document.text, cited)
    before = _passage_html(document, (first, start))
    after = _passage_html(document, (end, last))
    mark = f'<mark tabindex="-1" title="{literal(texts.cited)}">{literal(document.text[start:end])}</mark>'
    opening = '<span class="cut">…</span>\n' if first else ""
    closing = '\n<span class="cut">…</span>' if last < len(document.text.rstrip()) else ""
    return (
        f'<article class="source" lang="{language_of(document.text)}">{_head_html(document, start, texts)}'
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


def _head_html(document: Document, start: int, texts: Texts) -> str:
    section = section_at(document, start)
    page = document.page_at(start)
    place = [f'<span class="file">{one_line(document.name, 120)}</span>']
    if page is not None:
        place.append(f'<span class="page">{literal(texts.page.format(number=page))}</span>')
    path = [heading for heading in (section.headings if section else ()) if heading != document.title]
    headings = f'<p class="headings">{one_line(" › ".join(path), 200)}</p>' if path else ""
    title = f"<h2>{one_line(document.title, 120)}</h2>"
    return f'<header>{title}<p class="place">{" · ".join(place)}</p>{headings}</header>'


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
