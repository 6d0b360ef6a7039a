"""A question → the HTML of the search view: the passages found, their scores as bars, and why each was found."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from yinju.errors import QuestionError
from yinju.library import Library
from yinju.retrieval.explain import ExplainedHit, Explanation
from yinju.types import Span
from yinju.web.desk import library_of
from yinju.web.rendering import render
from yinju.web.visitor import visitor_of

COUNTS = (5, 10, 20, 50)
"""How many passages can be asked for; what is none of them is the second."""


def add_routes(app: FastAPI) -> None:
    """Serve the view, and what is found by itself."""

    @app.get("/view/search")
    def view(request: Request, q: str = "", top_k: str = "") -> HTMLResponse:
        count, language = _count(top_k), visitor_of(request).language
        found = _found(library_of(request), q, count) if q else {}
        return HTMLResponse(
            render("search/view.html", language, question=q, counts=COUNTS, count=count, asked=bool(q), **found)
        )

    @app.get("/search")
    def found(request: Request, q: str = "", top_k: str = "") -> HTMLResponse:
        found = _found(library_of(request), q, _count(top_k))
        return HTMLResponse(render("search/found.html", visitor_of(request).language, **found))


def _count(wanted: str) -> int:
    return next((count for count in COUNTS if str(count) == wanted), COUNTS[1])


def _found(library: Library, question: str, top_k: int) -> dict[str, Any]:
    """What is found, best first; nothing, and why, where the question is blank or too long."""
    try:
        explained, refused = library.explain(question, top_k), []
    except QuestionError as error:
        explained, refused = Explanation((), ()), [error.reason]
    hits = [
        (hit, _headings(hit), [t for t in explained.terms if t.known and t not in (*hit.held, *hit.held_around)])
        for hit in explained.hits
    ]
    unknown = [term for term in explained.terms if not term.known]
    return {"hits": hits, "unknown": unknown, "refused": refused, "parts_of": parts_of}


def _headings(hit: ExplainedHit) -> list[tuple[str, Sequence[Span]]]:
    """The headings above a passage, its title aside, each with what of it is marked."""
    pairs = zip(hit.passage.headings, hit.heading_marks, strict=True)
    return [(heading, marks) for heading, marks in pairs if heading != hit.passage.title]


def parts_of(text: str, marks: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """A text in parts, each with whether it is marked; marks must be in order and not overlap."""
    done = 0
    for start, end in marks:
        yield text[done:start], False
        yield text[start:end], True
        done = end
    yield text[done:], False
