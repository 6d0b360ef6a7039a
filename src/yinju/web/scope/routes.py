"""The requests of the picker: what can be chosen, what is chosen, and what was chosen last in a chat."""

from itertools import groupby
from typing import Annotated, Any

from fastapi import Body, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from yinju.messages import say
from yinju.scopes import scope_of, words_of
from yinju.web.desk import desk_of, library_of
from yinju.web.rendering import render
from yinju.web.scope.options import chips, found
from yinju.web.visitor import visitor_of

PAGE = 50
"""How many options are shown at once."""
CHIPS = 40
"""How many chosen things have a chip of their own; of more the rest is counted."""


def add_routes(app: FastAPI) -> None:
    """Serve what can be chosen and what is."""

    @app.get("/scope/options")
    def options(request: Request, q: str = "", first: int = 0, most: int = PAGE) -> HTMLResponse:
        every, first = found(library_of(request), q[:200]), max(0, first)
        end = first + min(max(1, most), PAGE)
        groups = [(kind, [*group]) for kind, group in groupby(every[first:end], key=lambda option: option.kind)]
        shown = {"groups": groups, "first": first, "left": max(0, len(every) - end)}
        return HTMLResponse(render("scope/options.html", visitor_of(request).language, **shown))

    @app.post("/scope")
    def chosen(request: Request, words: Annotated[dict[str, Any], Body()]) -> HTMLResponse:
        language = visitor_of(request).language
        try:
            scope = scope_of(words)
        except ValueError:
            return HTMLResponse(render("notice.html", language, notice=say("scope.unreadable", language)), 400)
        library = library_of(request)
        count = len(library.within(scope)) if scope else 0
        every = chips(library, scope)
        shown = {"chips": every[:CHIPS], "rest": len(every[CHIPS:]), "count": count}
        return HTMLResponse(render("scope/bar.html", language, **shown))

    @app.get("/scope")
    def kept(request: Request, chat: str) -> JSONResponse:
        return JSONResponse(words_of(desk_of(request).conversations.scope(visitor_of(request).id, chat)))
