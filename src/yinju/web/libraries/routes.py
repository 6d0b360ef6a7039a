"""The view of the libraries, and the requests that make, rename, delete and bring one back."""

import logging
import re
from typing import Annotated

from fastapi import Body, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from yinju.errors import LibrariesError, UsersError
from yinju.libraries import unknown_library
from yinju.reasons import say
from yinju.users import Users
from yinju.web.access import is_unreadable, unreadable
from yinju.web.addresses import library_href
from yinju.web.desk import id_of
from yinju.web.desks import Desks
from yinju.web.libraries.view import switching, view_html
from yinju.web.rendering import render
from yinju.web.visitor import visitor_of

STATUS = {
    "library.unknown": 404, "library.not_kept": 404, "library.taken": 409,
    "library.occupied": 409, "library.first": 409, "library.inside": 409, "library.unwritten": 500,
}  # fmt: skip
"""Reason → status; any other is the fault of what was asked."""

logger = logging.getLogger(__name__)

Text = Annotated[str, Body(embed=True)]


def add_routes(app: FastAPI, desks: Desks, users: Users) -> None:
    """Serve the view, and what it is asked to do."""

    @app.get("/view/libraries")
    def view(request: Request) -> HTMLResponse:
        return HTMLResponse(view_html(desks.libraries, id_of(request), visitor_of(request), users))

    @app.get("/libraries/menu")
    def menu(request: Request) -> HTMLResponse:
        visitor = visitor_of(request)
        shown = switching(desks.libraries, id_of(request), visitor)
        return HTMLResponse(render("libraries/menu.html", visitor.language, **shown))

    _add_changes(app, desks, users)

    @app.exception_handler(UsersError)
    def unchanged(request: Request, error: UsersError) -> Response:
        language = visitor_of(request).language
        return unreadable(error, language) if is_unreadable(error) else PlainTextResponse(error.said(language), 400)

    @app.exception_handler(LibrariesError)
    def refused(request: Request, error: LibrariesError) -> PlainTextResponse:
        status = STATUS.get(error.reason.name, 400)
        if status >= 500:
            logger.error("%s failed: %s (%s)", request.url.path, error, error.__cause__)
        return PlainTextResponse(say(error.reason, visitor_of(request).language), status)


def _add_changes(app: FastAPI, desks: Desks, users: Users) -> None:
    """Serve what changes the list; a library that is not open to who asks is none."""
    libraries = desks.libraries

    @app.post("/libraries")
    def create(request: Request, title: Text) -> JSONResponse:
        made, user = libraries.create(title), visitor_of(request).user
        if user:
            users.allow(made.id, [user.name])
        return JSONResponse({"address": library_href(made.id)}, 201)

    @app.patch("/libraries")
    def rename(request: Request, title: Text, id: Text = "") -> Response:
        if not visitor_of(request).may_open(id):
            raise unknown_library(id)
        libraries.rename(id, title)
        return Response(status_code=204)

    @app.delete("/libraries")
    def delete(id: str = "") -> JSONResponse:
        return JSONResponse({"kept": desks.delete(id) if id else libraries.delete(id)})

    @app.put("/libraries/allowed")
    def allow(request: Request, names: Text, id: Text = "") -> Response:
        if visitor_of(request).user is None or libraries.entry(id) is None:
            raise unknown_library(id)
        users.open_to(id, [name for part in re.split("[,，、;；]", names) if (name := part.strip())])
        return Response(status_code=204)

    @app.post("/libraries/restore")
    def restore(kept: Text) -> JSONResponse:
        return JSONResponse({"address": library_href(libraries.restore(kept).id)})
