"""The view of the libraries, and the requests that make, rename, delete and bring one back."""

import logging
from typing import Annotated

from fastapi import Body, Depends, FastAPI, Request, params
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from yinju.errors import LibrariesError
from yinju.reasons import say
from yinju.web.addresses import library_href
from yinju.web.desk import id_of
from yinju.web.desks import Desks
from yinju.web.libraries.view import switching, view_html
from yinju.web.rendering import render
from yinju.web.visitor import may_change_settings, visitor_of

STATUS = {
    "library.closed": 403, "library.unknown": 404, "library.not_kept": 404, "library.taken": 409,
    "library.occupied": 409, "library.first": 409, "library.inside": 409, "library.unwritten": 500,
}  # fmt: skip
"""Reason → status; any other is the fault of what was asked."""

logger = logging.getLogger(__name__)

Text = Annotated[str, Body(embed=True)]


def add_routes(app: FastAPI, desks: Desks) -> None:
    """Serve the view, and what it is asked to do."""

    def may_change(request: Request) -> bool:
        return may_change_settings(request, desks.first.library.settings)

    def allowed(request: Request) -> None:
        if not may_change(request):
            raise LibrariesError("library.closed")

    @app.get("/view/libraries")
    def view(request: Request) -> HTMLResponse:
        language = visitor_of(request).language
        return HTMLResponse(view_html(desks.libraries, id_of(request), may_change(request), language))

    @app.get("/libraries/menu")
    def menu(request: Request) -> HTMLResponse:
        language = visitor_of(request).language
        shown = switching(desks.libraries, id_of(request), may_change(request), language)
        return HTMLResponse(render("libraries/menu.html", language, **shown))

    _add_changes(app, desks, Depends(allowed))

    @app.exception_handler(LibrariesError)
    def refused(request: Request, error: LibrariesError) -> PlainTextResponse:
        status = STATUS.get(error.reason.name, 400)
        if status >= 500:
            logger.error("%s failed: %s (%s)", request.scope["route"].path, error, error.__cause__)
        return PlainTextResponse(say(error.reason, visitor_of(request).language), status)


def _add_changes(app: FastAPI, desks: Desks, allowed: params.Depends) -> None:
    """Serve what changes the list."""
    libraries = desks.libraries

    @app.post("/libraries", dependencies=[allowed])
    def create(title: Text) -> JSONResponse:
        return JSONResponse({"address": library_href(libraries.create(title).id)}, 201)

    @app.patch("/libraries", dependencies=[allowed])
    def rename(title: Text, id: Text = "") -> Response:
        libraries.rename(id, title)
        return Response(status_code=204)

    @app.delete("/libraries", dependencies=[allowed])
    def delete(id: str = "") -> JSONResponse:
        return JSONResponse({"kept": desks.delete(id) if id else libraries.delete(id)})

    @app.post("/libraries/restore", dependencies=[allowed])
    def restore(kept: Text) -> JSONResponse:
        return JSONResponse({"address": library_href(libraries.restore(kept).id)})
