"""A request below /l/<id> → the library of that id, which the routes get as if there were no other."""

import logging
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from yinju.errors import YinjuError, told
from yinju.messages import say
from yinju.web.addresses import below_library, id_in, library_href
from yinju.web.desks import Desks
from yinju.web.rendering import render
from yinju.web.visitor import may_change_settings, visitor_of

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
        refusal = None
        if id and not await run_in_threadpool(self.desks.libraries.has, id):
            refusal = _unknown(Request(scope), path)
        elif path == "":
            refusal = RedirectResponse(library_href(id))
        elif id and path == "/":
            refusal = await run_in_threadpool(self._opened, id, Request(scope))
        await (refusal or self.app)(scope, receive, send)

    def _opened(self, id: str, request: Request) -> Response | None:
        """What is answered where a library cannot be opened; None where it is open now."""
        try:
            self.desks.of(id)
        except (YinjuError, OSError) as error:
            logger.error("library %s cannot be opened: %s", id, error)
            language = visitor_of(request).language
            at_the_machine = may_change_settings(request, self.desks.first.library.settings)  # others learn no paths
            why = told(error, language) if at_the_machine else say("frame.index_trouble", language)
            return HTMLResponse(render("libraries/shut.html", language, key="libraries.shut", told=why), 500)
        return None


def _unknown(request: Request, path: str) -> Response:
    """That there is no such library: as a page to whoever opens one, else in a sentence."""
    language = visitor_of(request).language
    if request.method == "GET" and path in ("", "/"):
        return HTMLResponse(render("libraries/shut.html", language, key="libraries.unknown", told=""), 404)
    return PlainTextResponse(say("libraries.unknown", language), 404)
