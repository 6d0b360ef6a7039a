"""Requests of the source panel → its HTML, images of pages, and original files."""

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from yinju.errors import ConversationsError, ReadingError
from yinju.library import Library
from yinju.messages import say
from yinju.types import Document, Span
from yinju.web.desk import Session, library_of, session_of
from yinju.web.rendering import render
from yinju.web.source.blocks import with_blocks
from yinju.web.source.figure_routes import add_figures
from yinju.web.source.panel import VIEWS, Offer, page_html, paper_html, place_html, quoted_html
from yinju.web.source.passage import BLOCK, WINDOW, part, surroundings, window
from yinju.web.source.place import PAGED, NowhereError, Place, Quoted, Wanted, find_place, has_page
from yinju.web.visitor import visitor_of

logger = logging.getLogger(__name__)

KEPT = {"Cache-Control": "private, max-age=86400, immutable"}
"""An image's address names the version of its document."""
NARROWEST, WIDEST = 300, 3_600
"""Of a page's image, in pixels."""

Asked = Annotated[Wanted, Depends()]


def add_routes(app: FastAPI) -> None:
    """Serve the panel, as text and as pages, and the files."""
    _add_text(app)
    _add_pages(app)
    _add_original(app)
    add_figures(app)

    @app.exception_handler(NowhereError)
    def nowhere(request: Request, error: NowhereError) -> HTMLResponse:
        language = visitor_of(request).language
        return HTMLResponse(render("notice.html", language, notice=say(error.notice, language)), error.status)


def _add_text(app: FastAPI) -> None:
    @app.get("/source")
    def source(request: Request, wanted: Asked, view: str = "", failed: bool = False) -> HTMLResponse:
        session = session_of(request)
        place = _find(session, wanted)
        if isinstance(place, Quoted):
            return HTMLResponse(quoted_html(place, session.language))
        return HTMLResponse(_shown(session, place, view, failed))

    @app.get("/source/text")
    def text(request: Request, wanted: Asked, view: str = "whole", first: int = 0, last: int = WINDOW) -> HTMLResponse:
        session = session_of(request)
        place = _find(session, wanted)
        if isinstance(place, Quoted) or not place.document.sha256.startswith(wanted.version):
            raise NowhereError("source.changed", 409)
        span = first, min(last, first + WINDOW)
        return HTMLResponse(
            render("source/part.html", session.language, **part(_blocked(session, place, span, view), span, view))
        )

    @app.get("/source/paper")
    def paper(request: Request, wanted: Asked) -> HTMLResponse:
        session = session_of(request)
        place = _find(session, wanted)
        if isinstance(place, Place):
            place = _blocked(session, place, surroundings(place.document.text, place.seen))
        return HTMLResponse(paper_html(place, session.language, datetime.now()))


def _blocked(session: Session, place: Place, span: Span, view: str = "text") -> Place:
    """The place in its document with the blocks of a range, where the view shows any."""
    if view in ("page", "raw"):
        return place
    return replace(place, document=with_blocks(session.desk.library, place.document, (span[0], span[1] + BLOCK)))


def _shown(session: Session, place: Place, view: str, failed: bool) -> str:
    """The panel in the view asked for; a PDF's page where none is, its text where that has failed."""
    document = place.document
    original = session.desk.library.original(document.name) is not None
    offer = Offer(page=has_page(session.desk.library, place), original=original)
    chosen = view if view in VIEWS else "page" if place.figure < 0 else "text"
    if chosen == "page" and (failed or not offer.page):
        chosen, failed = "text", failed or (document.format in PAGED and not place.notice)
    span = surroundings(document.text, place.seen) if chosen == "text" else window(place)
    place = _blocked(session, place, span, chosen)
    return place_html(place, chosen, offer, session.language, "source.no_page" if failed else "")


def _find(session: Session, wanted: Wanted) -> Place | Quoted:
    try:
        return find_place(session, wanted)
    except ConversationsError as error:
        logger.error("a citation could not be read: %s", error)
        raise NowhereError("source.trouble", 500) from error


def _add_pages(app: FastAPI) -> None:
    @app.get("/source/page")
    def page(request: Request, wanted: Asked, page: int = 0, width: int = NARROWEST) -> HTMLResponse:
        session = session_of(request)
        place = _find(session, wanted)
        if isinstance(place, Quoted):
            raise NowhereError("source.no_page", 404)
        document = place.document
        number = page or document.page_at(place.cited[0]) or 1
        try:
            shown = session.desk.library.page_boxes(document.name, number, place.cited)
        except ReadingError as error:
            raise _no_page(document, number, error) from error
        if shown is None:
            raise NowhereError("source.no_page", 404)
        return HTMLResponse(page_html(place, shown, _pixels(width), session.language))

    @app.get("/page")
    def image(request: Request, document: str, version: str, page: int, width: int = NARROWEST) -> Response:
        library = library_of(request)
        found = _document(library, document, version)
        try:
            content = library.page_image(found.name, page, _pixels(width))
        except ReadingError as error:
            raise _no_page(found, page, error) from error
        if content is None:
            raise NowhereError("source.no_page", 404)
        return Response(content, media_type="image/webp", headers=KEPT)


def _no_page(document: Document, number: int, error: ReadingError) -> NowhereError:
    logger.warning("page %d of %s cannot be shown: %s (%s)", number, document.sha256[:12], error, error.code)
    return NowhereError("source.no_page", 404)


def _pixels(width: int) -> int:
    return min(max(width, NARROWEST), WIDEST)


def _document(library: Library, name: str, version: str) -> Document:
    found = library.document(name)
    if found is None or not found.sha256.startswith(version):
        raise NowhereError("source.no_document", 404)
    return found


def _add_original(app: FastAPI) -> None:
    @app.get("/original")
    def original(request: Request, document: str, version: str = "") -> Response:
        library = library_of(request)
        found = _document(library, document, version)
        path = library.original(found.name)
        if path is None:
            return PlainTextResponse(say("source.no_original", visitor_of(request).language), 404)
        return FileResponse(
            path, media_type="application/octet-stream", filename=PurePosixPath(found.name).name,
            headers={"Content-Security-Policy": "sandbox", "Cache-Control": "no-store"},
        )  # fmt: skip
