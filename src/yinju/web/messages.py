"""Answers → the HTML of chat messages. Every `[n]` is a link that carries the place it opens, so it needs no memory.

A link's fragment is `src-<message>-<n>?document=…&start=…&end=…&version=…`; page.js turns it into a request to /source.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from yinju.types import Answer, Citation, Statement
from yinju.web.escaping import language_of, literal, one_line, with_breaks
from yinju.web.texts import Texts

NEAREST_CHARACTERS = 60
"""How much of a passage a refusal shows, in characters."""

Versions = Mapping[str, str]
"""Document name → its SHA-256 when the answer was given."""


def question_html(question: str) -> str:
    """A question as a message."""
    return f'<div class="question">{with_breaks(question)}</div>'


def notice_html(notice: str) -> str:
    """A short notice as a message."""
    return f'<div class="notice">{with_breaks(notice)}</div>'


def answer_steps(answer: Answer, message: int, versions: Versions, texts: Texts) -> Iterator[str]:
    """The message as it grows, one statement a step; a refusal is one step. `message` is its number in the chat."""
    links = {c.marker: link_html(c, message, versions.get(c.document, "")) for c in answer.citations}
    lead = _understood_html(answer, texts)
    if answer.refused:
        yield f'<div class="refusal">{lead}{_refusal_html(answer.citations, links, texts)}</div>'
        return
    language = language_of(answer.text)
    body = ""
    for statement in answer.statements:
        body += _statement_html(statement, links)
        yield f'<div class="answer" lang="{language}">{lead}<p>{body}</p></div>'


def link_html(citation: Citation, message: int, version: str) -> str:
    """The `[n]` that opens a citation; its title says where it leads."""
    place = {"document": citation.document, "start": citation.start, "end": citation.end, "version": version[:12]}
    target = f"#src-{message}-{citation.marker}?{urlencode(place)}"
    title = " · ".join(part for part in (citation.document, citation.heading) if part)
    marker = literal(f"[{citation.marker}]")
    return f'<a class="cite" href="{literal(target)}" title="{one_line(title, 200)}">{marker}</a>'


def _statement_html(statement: Statement, links: Mapping[int, str]) -> str:
    markers = "".join(links.get(marker, "") for marker in statement.markers)
    return f'<span class="statement">{with_breaks(statement.text)}{markers}</span>'


def _understood_html(answer: Answer, texts: Texts) -> str:
    if answer.understood_as is None:
        return ""
    return f'<p class="understood">{with_breaks(texts.understood.format(question=answer.understood_as))}</p>'


def _refusal_html(nearest: Sequence[Citation], links: Mapping[int, str], texts: Texts) -> str:
    said = f"<p>{literal(texts.refused)}</p>"
    if not nearest:
        return said
    items = "".join(f"<li>{_nearest_html(citation, links[citation.marker])}</li>" for citation in nearest)
    return f'{said}<p class="lead">{literal(texts.nearest)}</p><ul class="nearest">{items}</ul>'


def _nearest_html(citation: Citation, link: str) -> str:
    where = " › ".join(dict.fromkeys(part for part in (citation.title, *citation.heading.split(" › ")) if part))
    quote = one_line(citation.quote, NEAREST_CHARACTERS)
    return (
        f'<span class="where" lang="{language_of(where)}">{one_line(where, 80)}</span> {link}'
        f'<br><span class="quote" lang="{language_of(citation.quote)}">{quote}</span>'
    )
