"""The library → the HTML of the list of documents: what can be cited, and which files are left out and why."""

from collections.abc import Sequence

from yinju.library import Library
from yinju.types import Document, FileOutcome, FileState
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.texts import Texts

MOST = 500
"""How many documents, and how many files left out, are listed."""

FORMATS = {"text": "TXT", "markdown": "Markdown", "html": "HTML", "pdf": "PDF", "docx": "Word"}


def documents_html(library: Library, texts: Texts) -> str:
    """The list of documents."""
    documents = library.documents()
    unread = [o for o in library.outcomes() if o.state in (FileState.SKIPPED, FileState.FAILED)]
    listed = _list_html([_document_html(d, texts) for d in documents[:MOST]], len(documents), texts)
    if unread:
        files = _list_html([_unread_html(o, texts) for o in unread[:MOST]], len(unread), texts)
        listed += f"<h3>{literal(texts.documents.unread)}</h3>{files}"
    count = f'<span class="count">{len(documents)}</span>'
    return f'<h2>{literal(texts.documents.label)} {count}</h2><div class="list">{listed}</div>'


def _list_html(items: Sequence[str], total: int, texts: Texts) -> str:
    rest = total - len(items)
    more = f'<li class="more">{literal(texts.documents.more.format(number=rest))}</li>' if rest else ""
    return f"<ul>{''.join(items)}{more}</ul>"


def _document_html(document: Document, texts: Texts) -> str:
    facts = [FORMATS.get(document.format, document.format)]
    if document.pages is not None:
        facts.append(texts.documents.pages.format(number=document.pages))
    if document.state is FileState.WARNED:
        facts.append(texts.documents.warned)
    message = (
        f'<span class="message">{with_label(texts.documents.warned, document.message)}</span>'
        if document.message
        else ""
    )
    return (
        f'<li lang="{language_of(document.title)}"><span class="title">{one_line(document.title, 120)}</span>'
        f'<span class="facts">{one_line(document.name, 120)} · {literal(" · ".join(facts))}</span>{message}</li>'
    )


def _unread_html(outcome: FileOutcome, texts: Texts) -> str:
    label = texts.documents.skipped if outcome.state is FileState.SKIPPED else texts.documents.failed
    message = with_label(label, outcome.message)
    return f'<li><span class="title">{one_line(outcome.name, 120)}</span><span class="message">{message}</span></li>'


def with_label(label: str, message: str) -> str:
    """A message led by a label, as HTML."""
    return f"{literal(label)}：{literal(message)}"
