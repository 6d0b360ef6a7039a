"""A request to an OpenAI-compatible server → its answer's bytes; whatever goes wrong becomes a fault with its reason.

Only the host that is set is spoken to: redirects are not followed, and a loopback address is never sent to a proxy.
httpx2 and not the openai client: that one takes a stream without an end for whole, stops at the first line it cannot
read, holds lines of any length, and its limits start anew with each byte (docs/experiments.md has the figures).
"""

import asyncio
import json
import logging
import math
import re
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from yinju.answering.llm.deltas import report_of
from yinju.errors import GenerationError, SettingsError
from yinju.reasons import Reason
from yinju.settings import Settings
from yinju.types import ModelFault

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response

REPORT_BYTES = 4_000
"""So much is read of what a server says of a fault, and for no longer than `REPORT_SECONDS`."""
REPORT_SECONDS = 1.0
_SHARED = 6
"""So many characters in a row that also stand in a secret are masked."""
_STREAMS = {"text/event-stream", "text/plain", "application/octet-stream", ""}
_CHECK_ADDRESS = Reason("llm.check_address")


class PassingError(GenerationError):
    """A fault that may pass: worth another try after `wait` seconds, None leaving it to the asker."""

    wait: float | None = None
    unwanted: str = ""
    """What of the request the server refuses; to be left out of the next."""


class ModelServer:
    """An OpenAI-compatible server's address and what is needed to speak to it; its secrets are in no text it makes."""

    def __init__(self, settings: Settings) -> None:
        """Check the address and the key, without a look at the network.

        Raises:
            SettingsError: one of them cannot be used.
        """
        url = _checked(settings.llm_base_url.strip())
        key = settings.llm_api_key.get_secret_value().strip()
        if not all("!" <= character <= "~" for character in key):
            raise SettingsError("llm.key")
        self.address = without_credentials(settings.llm_base_url.strip()).rstrip("/")
        login = f"{unquote(url.username or '')}:{unquote(url.password or '')}" if url.username or url.password else ""
        basic = b64encode(login.encode()).decode()
        self._secrets = [key, basic, login.partition(":")[2], url.password or ""]
        self._headers = {"Accept-Encoding": "identity", "Content-Type": "application/json"}
        if key or login:
            self._headers["Authorization"] = f"Bearer {key}" if key else f"Basic {basic}"
        self._connect_seconds = settings.llm_connect_seconds
        self._trust_environment = not _is_loopback(url.hostname or "")

    def client(self) -> "AsyncClient":
        """A client for one answer, to be closed by the caller; without a limit other than for connecting.

        Raises:
            GenerationError: the environment's proxies or certificates cannot be used.
        """
        import httpx2

        for logger in map(logging.getLogger, ("httpx2", "httpcore2")):
            logger.setLevel(max(logger.level, logging.WARNING))  # below, they log what a server echoes, keys included
        try:
            return httpx2.AsyncClient(
                headers=self._headers,
                timeout=httpx2.Timeout(None, connect=self._connect_seconds),
                trust_env=self._trust_environment,
                verify=_certificates(),
            )
        except (ImportError, OSError, ValueError):
            pass
        raise self.fault(ModelFault.UNREACHABLE, Reason("llm.proxy"), Reason("llm.mend_proxy"))

    @asynccontextmanager
    async def exchange(
        self, client: "AsyncClient", path: str, body: object = None
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """The bytes of a successful answer as they come: to GET without a body, else to POST, which streams.

        Raises:
            GenerationError: there is no such answer, or it breaks off; PassingError where trying again may help.
        """
        import httpx2

        content = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        method, answered = ("GET" if body is None else "POST"), False
        try:
            async with client.stream(method, f"{self.address}/{path}", content=content) as response:
                answered = True
                if response.status_code != 200:
                    raise await self._refusal(response)
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                packed = response.headers.get("content-encoding", "identity").strip().lower()
                if packed != "identity" or (body is not None and kind not in _STREAMS):
                    what = kind if packed == "identity" else Reason("llm.packed", {"packed": packed, "type": kind})
                    found = _with_report(Reason("llm.kind", {"kind": what}), await _report(response))
                    raise self.fault(ModelFault.MALFORMED, found, _CHECK_ADDRESS)
                yield response.aiter_raw()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise self._broken(error, answered) from None

    def fault(self, fault: ModelFault, found: Reason, remedy: Reason) -> GenerationError:
        """The error for an answer that does not come: what was found, and what to do."""
        return GenerationError(fault, "llm.trouble", **self._facts(found, remedy))

    def _passing(self, fault: ModelFault, found: Reason, remedy: Reason) -> "PassingError":
        return PassingError(fault, "llm.trouble", **self._facts(found, remedy))

    def _facts(self, found: Reason, remedy: Reason) -> dict[str, str | Reason]:
        """What is told, without secrets."""
        address = mask(self.address, self._secrets)
        return {"address": address, "found": self._masked(found), "remedy": self._masked(remedy)}

    def _masked(self, reason: Reason) -> Reason:
        facts = reason.facts.items()
        return Reason(reason.name, {
            name: mask(fact, self._secrets) if isinstance(fact, str)
            else self._masked(fact) if isinstance(fact, Reason) else fact for name, fact in facts
        })  # fmt: skip

    async def _refusal(self, response: "Response") -> GenerationError:
        status = response.status_code
        if status in {401, 403}:
            found = Reason("llm.key_refused" if self._secrets[0] else "llm.key_wanted", {"status": status})
            return self.fault(ModelFault.UNAUTHORISED, found, Reason("llm.set_key"))
        report = await _report(response)
        found = _with_report(Reason("llm.status", {"status": status}), report)
        if status == 429 or status >= 500:
            kind = ModelFault.BUSY if status == 429 else ModelFault.FAILED
            error = self._passing(kind, found, Reason("llm.ask_later" if status == 429 else "llm.see_log_later"))
            error.wait = _seconds(response.headers.get("retry-after", ""))
            return error
        if status == 400 and "temperature" in report:
            error = self._passing(ModelFault.FAILED, found, Reason("llm.other_model"))
            error.wait, error.unwanted = 0.0, "temperature"
            return error
        if status < 400:
            return self.fault(ModelFault.FAILED, Reason("llm.moved", {"status": status}), Reason("llm.set_address"))
        return self.fault(ModelFault.FAILED, found, Reason("llm.check_names", {"address": self.address}))

    def _broken(self, error: Exception, answered: bool) -> GenerationError:
        """The fault behind an error of the connection."""
        import httpx2

        said = " ".join(str(error).split())[:200] or type(error).__name__
        if isinstance(error, httpx2.ConnectTimeout):
            late = Reason("llm.no_connection", {"seconds": self._connect_seconds})
            return self.fault(ModelFault.UNREACHABLE, late, _CHECK_ADDRESS)
        if isinstance(error, httpx2.ConnectError):
            return self._passing(ModelFault.UNREACHABLE, Reason("llm.unreachable", {"why": said}), _CHECK_ADDRESS)
        if isinstance(error, httpx2.NetworkError) or re.search("without sending|closed connection", said):
            found = Reason("llm.broken" if answered else "llm.hung_up")
            return self._passing(ModelFault.INTERRUPTED, found, Reason("llm.ask_again"))
        return self.fault(ModelFault.MALFORMED, Reason("llm.no_http", {"why": said}), _CHECK_ADDRESS)


def without_credentials(url: str) -> str:
    """The address without what stands before an @, which may be a password."""
    return re.sub(r"^([A-Za-z+.-]*://)?.*@", r"\1", url)


def mask(text: str, secrets: Iterable[str]) -> str:
    """The text with *** for every stretch of `_SHARED` or more characters of a secret, and for short secrets whole."""
    hidden = [False] * len(text)
    for secret in filter(None, secrets):
        size = min(_SHARED, len(secret))
        for piece in {secret[start : start + size] for start in range(len(secret) - size + 1)}:
            for found in re.finditer(f"(?={re.escape(piece)})", text):
                hidden[found.start() : found.start() + size] = [True] * size
    shown = (("*" if hide else character) for hide, character in zip(hidden, text, strict=True))
    return re.sub(r"\*{4,}", "***", "".join(shown))


def _checked(base_url: str) -> SplitResult:
    shown = without_credentials(base_url)
    try:
        url = urlsplit(base_url)
        whole = url.scheme in {"http", "https"} and bool(url.hostname) and (url.port is None or url.port > 0)
    except ValueError:
        whole = False
    if not whole or not base_url.isprintable() or " " in base_url:
        raise SettingsError("llm.url", found=repr(shown))
    if url.query or url.fragment or url.path.rstrip("/").endswith("/chat/completions"):
        raise SettingsError("llm.url_more", found=repr(shown.partition("?")[0]))
    return url


@cache
def _certificates() -> ssl.SSLContext:
    """The authorities whose certificates are believed; read once, which takes 20 ms."""
    import httpx2

    return httpx2.create_ssl_context()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


async def _report(response: "Response") -> str:
    """What the body says in plain words, at most 200 characters; empty where it says nothing in time."""
    import httpx2

    kind = response.headers.get("content-type", "text/plain")
    if "content-encoding" in response.headers or not re.match("text/|application/.*json", kind):
        return ""
    body = bytearray()
    with suppress(TimeoutError, httpx2.HTTPError):
        async with asyncio.timeout(REPORT_SECONDS):
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > REPORT_BYTES:
                    break
    text = body[:REPORT_BYTES].decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        text = report_of(json.loads(text))
    text = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    return "".join(filter(str.isprintable, text))[:200]


def _with_report(found: Reason, report: str) -> Reason:
    return Reason("llm.with_report", {"found": found, "report": report}) if report else found


def _seconds(retry_after: str) -> float | None:
    """What a Retry-After header asks for: a number of seconds or a date; None where it says neither."""
    with suppress(ValueError):
        wait = float(retry_after)
        return max(0.0, wait) if math.isfinite(wait) else None
    with suppress(ValueError, TypeError):
        when = parsedate_to_datetime(retry_after)
        return max(0.0, (when - datetime.now(UTC)).total_seconds())
    return None
