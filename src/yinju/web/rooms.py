"""A request below /l/<id> → the library of that id, which the routes get as if there were no other."""

import logging
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from yinju.errors import YinjuError, told
from yinju.messages import say
from yinju.users import Right
from yinju.web.addresses import below_library, id_in, library_href
from yinju.web.desks import Desks
from yinju.web.rendering import render
from yinju.web.visitor import Visitor, visitor_of

logger = logging.getLogger(__name__)


class Rooms:
    """Puts the desk of the library that is asked into each request; where there is none, says so."""

    def __init__(self, app: ASGIApp, desks: Desks) -> None:
        """Stand before the application that serves every library."""
        self.app, self.desks = app, desks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        id, (scope, path) = id_in(scope["path"]), below_library(scope)
        scope["state"] |= {"library": id, "desk": partial(self.desks.of, id)}
        refusal, visitor, door = None, scope["state"]["visitor"], scope["state"]["door"]
        there = not id or await run_in_threadpool(self.desks.libraries.has, id)
        if (id or door.is_of_library) and not (there and visitor.may_open(id)):
            refusal = await run_in_threadpool(self._shut, id, Request(scope), path)
        elif path == "":
            refusal = RedirectResponse(library_href(id))
        elif id and path == "/":
            refusal = await run_in_threadpool(self._opened, id, Request(scope))
        await (refusal or self.app)(scope, receive, send)

    def _shut(self, id: str, request: Request, path: str) -> Response:
        """What is answered where there is no such library for a visitor; from the first one's page a way to another."""
        visitor = visitor_of(request)
        if id or path != "/":
            return _unknown(request, path)
        others = [one.id for one in self.desks.libraries.entries() if one.id and visitor.may_open(one.id)]
        if others:
            return RedirectResponse(library_href(others[0]), 303)
        return _page(visitor, "users.nothing_open", status=404)

    def _opened(self, id: str, request: Request) -> Response | None:
        """What is answered where a library cannot be opened; None where it is open now."""
        try:
            self.desks.of(id)
        except (YinjuError, OSError) as error:
            logger.error("library %s cannot be opened: %s", id, error)
            language = visitor_of(request).language
            learns_paths = visitor_of(request).may(Right.MANAGE)
            why = told(error, language) if learns_paths else say("frame.index_trouble", language)
            return _page(visitor_of(request), "libraries.shut", told=why, status=500)
        return None


def _unknown(request: Request, path: str) -> Response:
    """That there is no such library: as a page to whoever opens one, else in a sentence."""
    visitor = visitor_of(request)
    if request.method == "GET" and path in ("", "/"):
        return _page(visitor, "libraries.unknown", status=404)
    return PlainTextResponse(say("libraries.unknown", visitor.language), 404)


def _page(visitor: Visitor, key: str, status: int, told: str = "") -> HTMLResponse:
    shown = {"key": key, "told": told, "user": visitor.user}
    return HTMLResponse(render("libraries/shut.html", visitor.language, **shown), status)
