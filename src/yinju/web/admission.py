"""Requests before they are let in: a question where there is room in the line, the rest so that questions go first.

What waits is told in the response itself, which costs next to nothing: the line, the threads and the processors are
left to those who are inside.
"""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yinju.messages import say
from yinju.web.addresses import below_library
from yinju.web.asking import asker_of
from yinju.web.forms import CHANGING, JOIN
from yinju.web.guard import GRADIO, UPLOAD
from yinju.web.line import BusyError, Line
from yinju.web.visitor import visitor_of

OTHERS = 24
"""How many requests beside the chat's are worked on at once; of the 40 threads that there are for all, the others stay
free for it."""
MOST_EVENTS = 1_000
"""How many things that are done at pages may wait for Gradio to begin with them."""


class Admission:
    """Lets requests in, or tells when to come back."""

    def __init__(self, app: ASGIApp, line: Line, refused: Callable[[str], None], events: Callable[[], int]) -> None:
        """Stand before an application; `events` tells how much Gradio has before it, `refused` hears of who has to go.

        Which request is a question `Forms` has found.
        """
        self.app, self.line, self._refused, self._events = app, line, refused, events
        self._others = asyncio.Semaphore(OTHERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = below_library(scope)[1]
        if path == JOIN and scope["method"] in CHANGING:
            await (self._busy(Request(scope)) or self.app)(scope, receive, send)
        elif path.startswith(GRADIO) or path == UPLOAD or path in ("/", "/health"):
            await self.app(scope, receive, send)
        else:
            await self._in_turn(scope, receive, send)

    def _busy(self, request: Request) -> JSONResponse | None:
        """The response to something that is done at a page but cannot be now."""
        try:
            if self._events() >= MOST_EVENTS:
                raise BusyError("full", 1)
            if request.scope["state"].get("asks"):
                asker = asker_of(request)
                request.scope["state"]["ticket"] = self.line.expect(asker.id, asker.address)
        except BusyError as busy:
            self._refused(busy.code)
            message = say(f"line.{busy.code}", visitor_of(request).language, seconds=busy.seconds)
            told = {"detail": message, "error": {"code": busy.code, "message": message}}  # the page shows the former
            return JSONResponse(told, 429, {"Retry-After": str(busy.seconds)})
        return None

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Work on a request once there is room, until its answer begins; how slowly that is taken bothers nobody."""
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            if not begun:
                begun = True
                self._others.release()
            await send(message)

        await self._others.acquire()
        try:
            await self.app(scope, receive, send_on)
        finally:
            if not begun:
                self._others.release()
