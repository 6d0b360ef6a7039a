"""A file → the HTML of its report: all that is known of how it was read, and its passages, each of which opens."""

from collections.abc import Sequence
from urllib.parse import quote

from yinju.library import Library
from yinju.types import Document, FileOutcome, Passage
from yinju.web.documents.shown import (
    format_name,
    message_html,
    size_text,
    state_html,
    state_name,
    textless_pages,
)
from yinju.web.documents.table import acts_html, pages_html, view_href
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.links import place_href
from yinju.web.source.panel import notice_html
from yinju.web.texts import Texts
from yinju.web.times import time_html

PASSAGES = 20
"""How many passages a page of the preview holds."""
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be", "shift_jis", "euc_kr")
"""Those that can be chosen for a text file."""
HEADINGS = 200
"""How many headings of an outline are shown."""
DEEPEST = 4
"""Headings below this level are set in no further."""
SHOWN_CHARACTERS = 280
"""How much of a passage is shown."""


def report_html(library: Library, name: str, page: int, editable: bool, texts: Texts) -> str:
    """The report of a file, or a notice where there is none of that name."""
    outcome, words = library.outcome(name), texts.documents
    back = f'<p class="back"><a class="go" href="{literal(view_href())}">‹ {literal(words.back)}</a></p>'
    if outcome is None:
        return back + notice_html(words.unknown)
    title = outcome.title or outcome.name
    acts = acts_html(name, texts) if editable else ""
    if library.original(name):
        href = literal(f"/original?{view_href(document=name).partition('&')[2]}")
        acts = f'<a class="button" href="{href}" download>{literal(words.download)}</a>{acts}'
    choice = _encodings_html(library.facts.encodings.get(name, ""), texts) if editable and outcome.encoding else ""
    return (
        f'{back}<article class="report" data-name="{quote(name)}"><header>'
        f'<h2 lang="{language_of(title)}">{one_line(title, 200)}</h2><p class="acts">{acts}</p></header>'
        f"{message_html(outcome.reasons, texts)}{_facts_html(outcome, choice, texts)}"
        f"{_outline_html(library.document(name), texts)}"
        f"{_preview_html(library.passages_of(name), outcome, page, texts)}</article>"
    )


def _facts_html(outcome: FileOutcome, choice: str, texts: Texts) -> str:
    words = texts.documents
    languages = {"zh-Hant": words.in_hant, "zh-Hans": words.in_hans, "en": words.in_english}
    facts = {
        words.name: one_line(outcome.name, 1_000),
        words.state: state_html(state_name(outcome.state), texts),
        words.format: literal(format_name(outcome.format)),
        words.size: literal(_size(outcome.size)),
        words.pages: f"{outcome.pages:,}" if outcome.pages else "",
        words.textless: literal(textless_pages(outcome)),
        words.characters: literal(_characters(outcome, texts)),
        words.passages: f"{outcome.passages:,}",
        words.version: one_line(outcome.facts.version, 60),
        words.issued: literal(outcome.facts.issued),
        words.effective: literal(outcome.facts.effective),
        words.replaces: one_line(outcome.facts.replaces, 120),
        words.language: literal(languages.get(outcome.facts.language, "")),
        words.encoding: f"{literal(outcome.encoding or '')} {choice}".strip(),
        words.added: time_html(outcome.added) if outcome.added else "",
        words.seconds: literal(words.some_seconds.format(number=f"{outcome.seconds:.2f}")) if outcome.seconds else "",
        "SHA-256": f"<code>{literal(outcome.sha256 or '')}</code>" if outcome.sha256 else "",
    }
    lines = "".join(f"<dt>{literal(name)}</dt><dd>{fact}</dd>" for name, fact in facts.items() if fact)
    return f'<h3>{literal(words.report)}</h3><dl class="facts">{lines}</dl>'


def _outline_html(document: Document | None, texts: Texts) -> str:
    """The headings of a document, each set in as deep as it stands and opening its section; nothing without any."""
    sections = [section for section in document.sections if section.headings] if document else []
    if not document or not sections:
        return ""
    entries = (
        f'<li class="depth{min(len(section.headings), DEEPEST)}">'
        f'<a class="cite" href="{literal(place_href(document.name, section.start, section.end, document.sha256))}">'
        f"{one_line(section.headings[-1], 80)}</a></li>"
        for section in sections[:HEADINGS]
    )
    more = "<li>…</li>" if len(sections) > HEADINGS else ""
    title = literal(texts.documents.outline)
    summary = f"<summary>{title}（{len(sections):,}）</summary>"
    return f'<details class="outline">{summary}<ul>{"".join(entries)}{more}</ul></details>'


def _encodings_html(stated: str, texts: Texts) -> str:
    """The choice of the encoding to read a file in."""
    words = texts.documents
    options = "".join(
        f'<option value="{literal(one)}"{" selected" if one == stated else ""}>'
        f"{literal(one or words.encoding_found)}</option>" for one in dict.fromkeys(("", *ENCODINGS, stated))
    )  # fmt: skip
    return f'<select class="encoding" aria-label="{literal(words.encoding_choice)}">{options}</select>'


def _characters(outcome: FileOutcome, texts: Texts) -> str:
    """How many characters were read, and what became of them."""
    if not outcome.indexed + outcome.dropped:
        return ""
    counts = {"read": outcome.indexed + outcome.dropped, "indexed": outcome.indexed, "dropped": outcome.dropped}
    return texts.documents.some_characters.format(**{name: f"{count:,}" for name, count in counts.items()})


def _size(size: int) -> str:
    """A size to read and, where that is another, to the byte."""
    return size_text(size) + (f" ({size:,} B)" if size >= 1_000 else "")


def _preview_html(passages: Sequence[Passage], outcome: FileOutcome, page: int, texts: Texts) -> str:
    if not passages:
        return ""
    page = min(max(page, 1), -(-len(passages) // PASSAGES))
    first = (page - 1) * PASSAGES
    shown = passages[first : first + PASSAGES]
    items = "".join(
        f'<li value="{number}">{_passage_html(passage, outcome, texts)}</li>'
        for number, passage in enumerate(shown, start=first + 1)
    )
    hrefs = [view_href(document=outcome.name, page=other) for other in (page - 1, page + 1)]
    pages = pages_html(hrefs, (first, first + len(shown), len(passages)), texts, "go")
    return f'<h3>{literal(texts.documents.preview)}</h3><ol class="preview">{items}</ol>{pages}'


def _passage_html(passage: Passage, outcome: FileOutcome, texts: Texts) -> str:
    href = place_href(passage.document, passage.start, passage.end, outcome.sha256 or "")
    path = [heading for heading in passage.headings if heading != passage.title]
    where = [one_line(" › ".join(path), 120)] if path else []
    if passage.page:
        where.append(literal(texts.documents.page.format(number=passage.page)))
    place = f'<span class="where">{" · ".join(where)}</span>' if where else ""
    text = one_line(passage.text, SHOWN_CHARACTERS)
    return f'<a class="cite" href="{literal(href)}" lang="{language_of(passage.text)}">{place}<span>{text}</span></a>'
