"""Every request and response of the page passes here: foreign pages are refused, visitors known, browsers strict."""

from dataclasses import replace
from secrets import token_hex
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yinju.conversations import new_id
from yinju.web.visitor import id_cookie, recognise

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
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}

GRADIO = "/gradio_api/"
NEEDED = ("queue/join", "queue/data", "heartbeat/", "startup-events", "reset", "cancel")
"""The parts of Gradio's interface that the chat uses. The rest (upload, files, proxy, runs) stays shut."""
SHUT = ("/login", "/logout", "/monitoring", "/openapi.json", "/pwa_icon", "/svelte/")
"""Other doors of Gradio's that nobody needs."""


class Guard:
    """Refuses what no reader of the page asks for, tells who asks, and adds `HEADERS` to every response."""

    def __init__(self, app: ASGIApp, language: str) -> None:
        """Stand before an application whose page is in a language, or in each browser's own where it is empty."""
        self.app, self.language = app, language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        headers = Headers(scope=scope)
        visitor, opens = recognise(headers, self.language), scope["path"] == "/"
        if opens:  # the page is the same whatever its address says: what that asks for is read in the browser
            scope = {**scope, "query_string": b""}
        if opens and not visitor.id:
            visitor = replace(visitor, id=new_id())
        scope.setdefault("state", {})["visitor"] = visitor
        refusal = refuse(scope["method"], scope["path"], headers)
        await (refusal or self.app)(scope, receive, _strict(send, id_cookie(visitor.id) if opens else ""))


def _strict(send: Send, cookie: str) -> Send:
    """A `send` that adds `HEADERS` and a cookie, and lets only those inline scripts run that an HTML page came with."""
    nonce = token_hex(16)
    page: list[bytes] = []
    start: Message = {}

    async def send_strictly(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
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
            MutableHeaders(scope=start)["Content-Length"] = str(len(body))
            await send(start)
            await send({"type": "http.response.body", "body": body})

    return send_strictly


LARGEST_BODY = 1_000_000
"""The most bytes of a request that is no upload."""
UPLOAD = "/documents/upload"
"""Counts what it is sent by itself."""


def refuse(method: str, path: str, headers: Headers) -> PlainTextResponse | None:
    """The response to a request that is refused, or None where it may pass."""
    if path.startswith(SHUT) or (path.startswith(GRADIO) and not path.removeprefix(GRADIO).startswith(NEEDED)):
        return PlainTextResponse("Not Found", status_code=404)
    if method not in ("GET", "HEAD", "OPTIONS") and _is_foreign(headers):
        return PlainTextResponse("Forbidden: another site asked for this.", status_code=403)
    if method not in ("GET", "HEAD", "OPTIONS", "DELETE") and path != UPLOAD:
        return _too_large(headers.get("content-length"))
    return None


def _too_large(length: str | None) -> PlainTextResponse | None:
    if length is None or not length.isdecimal():
        return PlainTextResponse("Length Required", status_code=411)
    if int(length) > LARGEST_BODY:
        return PlainTextResponse(f"Content Too Large: {length} bytes, at most {LARGEST_BODY}", status_code=413)
    return None


def _is_foreign(headers: Headers) -> bool:
    """Whether another site's page sent a request; programs that are no browsers send neither header."""
    origin = headers.get("origin")
    if headers.get("sec-fetch-site") == "cross-site" or origin == "null":
        return True
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
