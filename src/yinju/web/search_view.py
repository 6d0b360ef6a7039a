"""A question → the HTML of the search view: the passages found, their scores as bars, and why each was found."""

from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from yinju.errors import QuestionError
from yinju.library import Library
from yinju.messages import say as say_key
from yinju.reasons import say
from yinju.retrieval.explain import ExplainedHit, Explanation, Term
from yinju.types import Span
from yinju.web.desk import Desk
from yinju.web.escaping import language_of, literal, one_line
from yinju.web.links import place_href
from yinju.web.source.panel import notice_html
from yinju.web.texts import Texts
from yinju.web.visitor import visitor_of

COUNTS = (5, 10, 20, 50)
"""How many passages can be asked for; what is none of them is the second."""


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Serve the view, and what is found by itself."""

    @app.get("/view/search")
    def view(request: Request, q: str = "", top_k: str = "") -> HTMLResponse:
        return HTMLResponse(view_html(desk.library, q, _count(top_k), visitor_of(request).texts))

    @app.get("/search")
    def found(request: Request, q: str = "", top_k: str = "") -> HTMLResponse:
        return HTMLResponse(found_html(desk.library, q, _count(top_k), visitor_of(request).texts))


def _count(wanted: str) -> int:
    return next((count for count in COUNTS if str(count) == wanted), COUNTS[1])


def view_html(library: Library, question: str, top_k: int, texts: Texts) -> str:
    """The view; with what is found where something is asked."""
    words = texts.search
    counts = "".join(f"<option{' selected' if count == top_k else ''}>{count}</option>" for count in COUNTS)
    field = (
        f'<input type="search" name="q" value="{literal(question)}" placeholder="{literal(words.placeholder)}" '
        f'aria-label="{literal(words.placeholder)}" autocomplete="off" enterkeyhint="search">'
    )
    choice = f'<label>{literal(words.count)} <select name="top_k">{counts}</select></label>'
    form = f'<form role="search">{field}{choice}<button class="primary">{literal(words.submit)}</button></form>'
    found = found_html(library, question, top_k, texts) if question else ""
    return (
        f'<div class="room"><h2>{literal(words.label)}</h2><p class="about">{literal(words.about)}</p>{form}'
        f'<div class="found" aria-live="polite">{found}</div>{_legend_html(texts)}</div>'
    )


def _legend_html(texts: Texts) -> str:
    words = texts.search
    meanings = (
        (words.final, words.final_means),
        (words.dense, words.dense_means),
        (words.keyword, words.keyword_means),
    )
    items = "".join(f"<dt>{literal(name)}</dt><dd>{literal(meaning)}</dd>" for name, meaning in meanings)
    return f'<details class="numbers"><summary>{literal(words.numbers)}</summary><dl>{items}</dl></details>'


def found_html(library: Library, question: str, top_k: int, texts: Texts) -> str:
    """What is found, best first; a notice where nothing is, or where the question is blank or too long."""
    try:
        explained = library.explain(question, top_k)
    except QuestionError as error:
        return notice_html(say(error.reason, texts.language))
    if not explained.hits:
        return notice_html(texts.search.nothing)
    hits = "".join(_hit_html(hit, rank, explained.terms, texts) for rank, hit in enumerate(explained.hits, start=1))
    return f'{_summary_html(explained, texts)}<ol class="hits">{hits}</ol>'


def _summary_html(explained: Explanation, texts: Texts) -> str:
    found = literal(texts.search.found.format(number=len(explained.hits)))
    unknown = [term for term in explained.terms if not term.known]
    missing = _terms_html("unknown", texts.search.unknown, unknown) if unknown else ""
    return f'<p class="summary">{found}</p>{missing}'


def _hit_html(hit: ExplainedHit, rank: int, terms: Sequence[Term], texts: Texts) -> str:
    words, passage = texts.search, hit.passage
    href = place_href(passage.document, *hit.telling, hit.sha256)
    number = f'<span class="rank" aria-label="{literal(words.rank.format(number=rank))}">{rank}</span>'
    title = f'<h3 lang="{language_of(passage.title)}">{marked_html(passage.title, hit.title_marks)}</h3>'
    facts = [_headings_html(hit), *([literal(words.page.format(number=passage.page))] if passage.page else [])]
    facts.append(f'<span class="file">{one_line(passage.document, 80)}</span>')
    place = f'<p class="place">{" · ".join(filter(None, facts))}</p>'
    link = f'<a class="cite button" href="{literal(href)}">{literal(words.open)}</a>'
    return (
        f'<li class="hit"><header>{number}<div>{title}{place}</div>{link}</header>{_meters_html(hit, texts)}'
        f'<p class="passage" lang="{language_of(passage.text)}">{marked_html(passage.text, hit.marks)}</p>'
        f"{_matches_html(hit, terms, texts)}{_shares_html(hit, texts)}</li>"
    )


def _headings_html(hit: ExplainedHit) -> str:
    pairs = zip(hit.passage.headings, hit.heading_marks, strict=True)
    path = " › ".join(marked_html(heading, marks) for heading, marks in pairs if heading != hit.passage.title)
    return f'<span lang="{language_of(hit.passage.heading)}">{path}</span>' if path else ""


def marked_html(text: str, marks: Sequence[Span]) -> str:
    """A text as HTML with some of its ranges marked; they must be in order and not overlap."""
    parts, done = [], 0
    for start, end in marks:
        parts += [literal(text[done:start]), f'<mark class="term">{literal(text[start:end])}</mark>']
        done = end
    return "".join([*parts, literal(text[done:])])


def _meters_html(hit: ExplainedHit, texts: Texts) -> str:
    words = texts.search
    return (
        '<div class="meters">'
        + meter_html("final", words.final, hit.score)
        + meter_html("dense", words.dense, hit.dense, least=-1)
        + meter_html("keyword", words.keyword, hit.keyword)
        + "</div>"
    )


def meter_html(kind: str, name: str, value: float, least: int = 0) -> str:
    """A number up to 1 as a bar with its name; nothing of the bar is filled at 0 and below."""
    filled = f"{max(0.0, min(1.0, value)):.1%}"
    shown = f"{value:.2f}".replace("-", "−")
    values = f'aria-valuemin="{least}" aria-valuemax="1" aria-valuenow="{value:.3f}" aria-valuetext="{shown}"'
    bar = f'<span class="bar"><span style="width: {filled}"></span></span><span class="number">{shown}</span>'
    return (
        f'<div class="meter {kind}" role="meter" aria-label="{literal(name)}" {values}>'
        f'<span class="name">{literal(name)}</span>{bar}</div>'
    )


def _matches_html(hit: ExplainedHit, terms: Sequence[Term], texts: Texts) -> str:
    words = texts.search
    if not hit.held and not hit.held_around:
        return f'<p class="terms likeness">{literal(words.by_likeness)}</p>'
    absent = [term for term in terms if term.known and term not in (*hit.held, *hit.held_around)]
    groups = (
        ("held", words.held, hit.held), ("around", words.held_around, hit.held_around), ("absent", words.absent, absent)
    )  # fmt: skip
    return "".join(_terms_html(kind, lead, group) for kind, lead, group in groups if group)


def _terms_html(kind: str, lead: str, terms: Sequence[Term]) -> str:
    shown = " ".join(f'<b lang="{language_of(term.asked)}">{one_line(term.asked, 40)}</b>' for term in terms)
    return f'<p class="terms {kind}"><span class="lead">{literal(lead)}</span> {shown}</p>'


def _shares_html(hit: ExplainedHit, texts: Texts) -> str:
    words = texts.search
    rows = [
        (
            say_key(f"search.features.{s.feature}", texts.language),
            f"{s.value:.2f}",
            f"{s.weight:.1f}",
            f"{s.points:+.2f}",
        )
        for s in hit.shares
    ]
    rows.append((words.total, "", "", f"{sum(share.points for share in hit.shares):+.2f}"))
    if hit.reread is not None:
        rows.append((words.reread, "", "", f"{hit.reread:+.2f}"))
    head = "".join(
        f'<th scope="col">{literal(name)}</th>' for name in (words.feature, words.value, words.weight, words.points)
    )
    body = "".join(
        f'<tr><th scope="row">{literal(name)}</th>{"".join(f"<td>{literal(cell)}</td>" for cell in cells)}</tr>'
        for name, *cells in rows
    )
    table = f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    return f"<details><summary>{literal(words.weighed)}</summary>{table}</details>"
