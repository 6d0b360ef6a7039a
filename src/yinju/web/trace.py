"""Every request passes here first: it gets an id, a line in the log, and who sent it, for what is recorded of changes.

A route that changes something and of which nothing was recorded is recorded by its name, so that none can be forgotten.
"""

import logging
import time
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yinju.audit import Acting, AuditLog, Somebody, acting, record
from yinju.web.guard import GRADIO, NEEDED
from yinju.web.visitor import hashed

UNRECORDED = {
    "PATCH /chats/{chat}": "a reader's own chat",
    "DELETE /chats/{chat}": "a reader's own chat",
    "POST /share/{token}/continue": "a reader's own chat",
    "POST /logout": "ends a session of one's own",
    "POST /judge": "of a reader's own answer",
    "POST /scope": "changes nothing",
    "POST /documents/tagging": "changes nothing",
    "POST /setup/servers": "changes nothing",
    "POST /setup/models": "changes nothing",
    "POST /setup/test": "changes nothing",
    GRADIO: "a question, which is its reader's own",
}
"""The requests beside GET that are not recorded, and why."""
TRIED = 403
"""Status of what somebody tried who may not; of strangers, who could fill the record, only attempts to log in count."""

logger = logging.getLogger(__name__)


class Trace:
    """Gives each request its id; logs it, and records what it changes."""

    def __init__(self, app: ASGIApp, log: AuditLog) -> None:
        """Stand before everything else."""
        self.app, self.log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state: dict[str, Any] = scope.setdefault("state", {})
        current, begun, status = Acting(self.log, lambda: somebody(state), token_hex(4)), time.monotonic(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with acting(current):
            try:
                await self.app(scope, receive, watched)
            finally:
                action = f"{scope['method']} {_route(scope)}"
                if self._is_forgotten(action, status, current):
                    outcome = "done" if status < 400 else str(status)
                    await run_in_threadpool(record, action, outcome=outcome)
                _log(action, status, time.monotonic() - begun)

    def _is_forgotten(self, action: str, status: int, current: Acting) -> bool:
        """Whether a change that was made, or tried by who may not, is still to be recorded."""
        method, path = action.split(" ", 1)
        if method in ("GET", "HEAD", "OPTIONS") or current.recorded or action in UNRECORDED or path.startswith(GRADIO):
            return False
        return 0 < status < 400 or status == TRIED


def somebody(state: Mapping[str, Any]) -> Somebody:
    """Who sent a request: a user's name, or a short hash of the browser's id; and the id of the library it is about."""
    visitor = state.get("visitor")
    user = visitor.user if visitor else None
    return user.name if user else hashed(visitor.id) if visitor else "", state.get("library", "")


async def note_route(request: Request) -> None:
    """Have the trace know by which route a request was answered: a path may hold an id or a name."""
    request.state.route = request.scope["route"].path


def _route(scope: Scope) -> str:
    """The template of the route that answered; of Gradio's own the beginning, and nothing of any other path."""
    door = scope["state"].get("door")
    if named := scope["state"].get("route") or (door and door.template):
        return str(named)
    if GRADIO in (path := scope["path"]):
        return GRADIO + next((one for one in NEEDED if path.partition(GRADIO)[2].startswith(one)), "")
    return path if path == "/" else "-"


def _log(action: str, status: int, seconds: float) -> None:
    method, path = action.split(" ", 1)
    facts = {"method": method, "route": path, "status": status, "ms": round(seconds * 1000)}
    logger.info("%s %s %d %d ms", *facts.values(), extra={"facts": facts})
