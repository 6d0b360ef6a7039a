"""The overview's routes: the numbers at once, and the map by itself, since drawing it anew takes a second."""

import logging

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from yinju.conversations import Statistics
from yinju.errors import ConversationsError
from yinju.web.desk import Desk
from yinju.web.escaping import literal
from yinju.web.overview.answers import answers_html
from yinju.web.overview.drawing import drawing_html
from yinju.web.overview.numbers import formats_html, system_html, tiles_html
from yinju.web.texts import Texts
from yinju.web.visitor import visitor_of

logger = logging.getLogger(__name__)


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Serve the view and the map in it."""

    @app.get("/view/overview")
    def view(request: Request) -> HTMLResponse:
        visitor = visitor_of(request)
        return HTMLResponse(view_html(desk, _statistics(desk, visitor.id), visitor.texts))

    @app.get("/overview/map")
    def drawing(request: Request) -> HTMLResponse:
        return HTMLResponse(drawing_html(desk.library.atlas(), visitor_of(request).texts))


def _statistics(desk: Desk, visitor: str) -> Statistics | None:
    try:
        return desk.conversations.statistics(visitor)
    except ConversationsError as error:
        logger.error("the statistics could not be read: %s", error)
        return None


def view_html(desk: Desk, statistics: Statistics | None, texts: Texts) -> str:
    """The view, with a place for the map; without statistics where these cannot be told."""
    words = texts.overview
    told = (
        answers_html(statistics, texts)
        if statistics
        else f'<section class="card wide"><p class="notice" role="alert">{literal(words.untold)}</p></section>'
    )
    drawing = (
        f'<section class="card map wide"><h3>{literal(words.map)}</h3>'
        f'<div class="drawing" data-address="/overview/map" data-failed="{literal(words.map_failed)}" aria-busy="true">'
        f'<p class="hint">{literal(words.map_drawing)}</p></div></section>'
    )
    return (
        f'<div class="room"><h2>{literal(words.label)}</h2>{tiles_html(desk.library, statistics, texts)}'
        f'<div class="cards">{drawing}{told}{formats_html(desk.library, texts)}{system_html(desk.library, texts)}</div>'
        "</div>"
    )
