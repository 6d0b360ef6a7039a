"""Every request and response of the page passes here: foreign pages are refused, visitors known, browsers strict."""

from contextlib import suppress
from dataclasses import replace
from secrets import token_hex

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yinju.conversations import new_id
from yinju.errors import UsersError
from yinju.messages import Language, say
from yinju.users import Right
from yinju.web.access import Access, refusal, unreadable
from yinju.web.addresses import below_library, id_in
from yinju.web.doors import door_of
from yinju.web.forms import STREAM
from yinju.web.hosts import LONGEST, Address, Hosts, is_same_origin, read_address
from yinju.web.visitor import Visitor, id_cookie, recognise

POLICY = "; ".join([
    "default-src 'self'",
    "script-src 'self' 'nonce-{nonce}'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
])  # fmt: skip

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

GRADIO = "/gradio_api/"
NEEDED = ("queue/join", "queue/data", "startup-events", "reset", "cancel")
"""The parts of Gradio's interface that the chat uses. The rest (upload, files, proxy, runs, heartbeat) stays shut."""
SHUT = ("/login/", "/login_check", "/monitoring", "/openapi.json", "/pwa_icon", "/svelte/")
"""Other doors of Gradio's that nobody needs."""
OF_NOBODY = ("/health", "/ui/")
"""What is the same for whoever asks, also while the file of users is locked."""
UNCHECKED = (b"x-forwarded-host", b"x-gradio-server")
"""Headers in which Gradio looks for the host before it looks at the one that was checked."""


class Guard:
    """Refuses what no reader of the page asks for, tells who asks, and adds `HEADERS` to every response."""

    def __init__(self, app: ASGIApp, hosts: Hosts, access: Access) -> None:
        """Stand before an application that answers at some hosts, and to those who have access."""
        self.app, self.hosts, self.access = app, hosts, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = _host(headers)
        if host is None or not self.hosts.answer_at(host):
            await _misdirected(headers, self._language(headers))(scope, receive, _strict(send))
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        unchecked = self.access.told_by.union(UNCHECKED)
        checked = [(name, value) for name, value in scope["headers"] if name not in unchecked]
        method, asked, address = scope["method"], scope, _address(scope)
        scope, path = below_library({**scope, "headers": checked})
        door = door_of(method, path)
        try:
            visitor = await self._visitor(scope, headers, asked["path"])
        except UsersError as error:
            await unreadable(error, self._language(headers))(scope, receive, _strict(send))
            return
        if door.right is None and id_in(asked["path"]):  # which libraries there are is nobody's business outside
            door = door._replace(right=Right.ENTER)
        opens = path == "/"
        if opens:  # the page is the same whatever its address says: what that asks for is read in the browser
            scope = {**scope, "query_string": b""}
        if opens and not visitor.among_users and not visitor.id:
            visitor = replace(visitor, id=new_id())
        scope.setdefault("state", {}).update(visitor=visitor, door=door)
        refused = refusal(visitor, door, method, address, headers) or refuse(method, path, headers, host)
        cookie = id_cookie(visitor.id) if opens and not visitor.among_users else ""
        sending = _strict(send, cookie, visitor.among_users)
        if visitor.user and path == STREAM and not refused:
            await self._stream(scope, receive, sending, visitor, headers)
        else:
            await (refused or self.app)(scope, receive, sending)

    async def _visitor(self, scope: Scope, headers: Headers, path: str) -> Visitor:
        """Who sent a request; the file of users, which another process may be writing, is waited for in a thread.

        Raises:
            UsersError: the file of users cannot be read.
        """
        if path.startswith(OF_NOBODY):
            return recognise(headers, self.access.language)
        if not self.access.users.path.exists():
            return self.access.visitor(scope, headers)
        return await run_in_threadpool(self.access.visitor, scope, headers)

    async def _stream(self, scope: Scope, receive: Receive, send: Send, visitor: Visitor, headers: Headers) -> None:
        """Send what comes as long as the visitor may come in; whoever is shut out meanwhile hears no more of it."""
        ended = False

        async def send_if_let_in(message: Message) -> None:
            nonlocal ended
            if not ended and not self._is_still_in(scope, headers, visitor):
                ended = True
                await send({**message, "body": b"", "more_body": False})
            if ended:
                raise OSError("shut out")  # as if the connection were closed
            await send(message)

        try:
            await self.app(scope, receive, send_if_let_in)
        except (OSError, ClientDisconnect):
            if not ended:
                raise

    def _is_still_in(self, scope: Scope, headers: Headers, visitor: Visitor) -> bool:
        with suppress(UsersError):
            return self.access.still(visitor, scope, headers)
        return False

    def _language(self, headers: Headers) -> Language:
        return recognise(headers, self.access.language).language


def _address(scope: Scope) -> str:
    """The path and the query of a request, as it asks for them."""
    path, query = str(scope["path"]), scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _host(headers: Headers) -> Address | None:
    """The address that a request names as its host; None where it names none, several, or one that cannot be."""
    named = headers.getlist("host")
    return read_address(named[0]) if len(named) == 1 else None


def _misdirected(headers: Headers, language: Language) -> PlainTextResponse:
    named = ", ".join(headers.getlist("host"))[:LONGEST]
    return PlainTextResponse(say("frame.misdirected", language, host=named), status_code=421)


def _strict(send: Send, cookie: str = "", among_users: bool = False) -> Send:
    """A `send` that adds `HEADERS` and a cookie, and lets only those inline scripts run that an HTML page came with.

    What one of several users is sent, no cache between here and the browser keeps for another.
    """
    nonce = token_hex(16)
    page: list[bytes] = []
    start: Message = {}

    async def send_strictly(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
            if among_users:
                headers.setdefault("Cache-Control", "private")
            if cookie:
                headers.append("Set-Cookie", cookie)
            if headers.get("content-type", "").startswith("text/html"):
                start.update(message)
                return
        if not start:
            await send(message)
            return
        page.append(message.get("body", b""))
        if not message.get("more_body"):
            body = b"".join(page).replace(b"<script", b"<script nonce=" + nonce.encode())
            body = body.replace(b'="./assets/', b'="/assets/')  # Gradio's files, the same for all libraries
            MutableHeaders(scope=start)["Content-Length"] = str(len(body))
            await send(start)
            await send({"type": "http.response.body", "body": body})

    return send_strictly


LARGEST_BODY = 1_000_000
"""The most bytes of a request that is no upload."""
LONGEST_NAME = 255
"""Of a part of an address, in bytes: no file's is longer, and Gradio's doors to its files fail over one that is."""
UPLOAD = "/documents/upload"
"""Counts what it is sent by itself."""


def refuse(method: str, path: str, headers: Headers, host: Address) -> PlainTextResponse | None:
    """The response to a request at one of our hosts that is refused, or None where it may pass."""
    shut = path.startswith(SHUT) or (path.startswith(GRADIO) and not path.removeprefix(GRADIO).startswith(NEEDED))
    if shut or any(len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME for part in path.split("/")):
        return PlainTextResponse("Not Found", status_code=404)
    if method not in ("GET", "HEAD", "OPTIONS") and _is_foreign(headers, host):
        return PlainTextResponse("Forbidden: another site asked for this.", status_code=403)
    if method not in ("GET", "HEAD", "OPTIONS", "DELETE") and path != UPLOAD:
        return _too_large(headers)
    return None


def _too_large(headers: Headers) -> PlainTextResponse | None:
    length = headers.get("content-length")
    if length is not None and "transfer-encoding" in headers:  # of which only one would be believed
        return PlainTextResponse("Bad Request: Content-Length and Transfer-Encoding", status_code=400)
    if length is None or not length.isdecimal():
        return PlainTextResponse("Length Required", status_code=411)
    if int(length) > LARGEST_BODY:
        return PlainTextResponse(f"Content Too Large: {length} bytes, at most {LARGEST_BODY}", status_code=413)
    return None


def _is_foreign(headers: Headers, host: Address) -> bool:
    """Whether another site's page sent a request; programs that are no browsers send neither header.

    The host being one of ours, the origin is one of ours too where it is the same. Another one of ours is foreign: what
    else this machine serves at another port is no page of Yinju's.
    """
    if headers.get("sec-fetch-site") == "cross-site":
        return True
    return not all(is_same_origin(origin, host) for origin in headers.getlist("origin"))
