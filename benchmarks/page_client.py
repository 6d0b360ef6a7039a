"""The page's protocol without a browser: many readers at once, each with a connection and cookies of its own.

HTTP/1.1 by hand on asyncio, so that a thousand readers cost less than the server that answers them.
"""

import asyncio
import json
import re
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

TIMEOUT = 120.0
"""Seconds after which an answer counts as lost."""
ENDED = 'class="act copy'
"""What stands below every answer that is whole."""


class LostError(Exception):
    """The server did not answer as HTTP has it."""


@dataclass
class Connection:
    """One connection to the server, opened when it is needed and used again as long as it lasts."""

    host: str
    port: int
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> "Response":
        """The head of what is answered; one more attempt where a connection had been closed meanwhile."""
        for last in (self._streams is None, True):
            if self._streams is None:
                self._streams = await asyncio.open_connection(self.host, self.port, limit=1 << 22)
            reader, writer = self._streams
            lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Content-Length: {len(body)}"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            try:
                writer.write("\r\n".join([*lines, "", ""]).encode() + body)
                head = await reader.readuntil(b"\r\n\r\n")
            except (OSError, asyncio.IncompleteReadError) as error:
                await self.close()
                if last:
                    raise LostError(f"{method} {path}: {type(error).__name__}") from None
                continue
            first, *rest = head.decode("latin-1").split("\r\n")
            named = [line.partition(":") for line in rest if line]
            return Response(self, int(first.split()[1]), [(name.lower(), value.strip()) for name, _, value in named])
        raise LostError(path)

    async def close(self) -> None:
        """Close it."""
        streams, self._streams = self._streams, None
        if streams:
            streams[1].close()
            with suppress(OSError):
                await streams[1].wait_closed()


@dataclass
class Response:
    """What is answered; its body comes in pieces."""

    connection: Connection
    status: int
    headers: list[tuple[str, str]]

    def header(self, name: str) -> str:
        """The first header of a name; empty where there is none."""
        return next((value for known, value in self.headers if known == name), "")

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes."""
        assert self.connection._streams
        reader = self.connection._streams[0]
        try:
            if self.header("transfer-encoding") == "chunked":
                while size := int(await reader.readuntil(b"\r\n"), 16):
                    yield (await reader.readexactly(size + 2))[:-2]
                await reader.readexactly(2)
            elif size := int(self.header("content-length") or 0):
                yield await reader.readexactly(size)
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            await self.connection.close()
            raise LostError(f"a body was cut off: {type(error).__name__}") from None
        if self.header("connection") == "close":
            await self.connection.close()

    async def body(self) -> bytes:
        """The whole body."""
        return b"".join([piece async for piece in self.pieces()])


@dataclass
class Outcome:
    """What came of a question."""

    token: str
    status: int = 0
    """Of HTTP; 0 where the connection failed."""
    seconds: float = 0.0
    """Until the answer was whole, or was refused."""
    first: float = 0.0
    """Until the first sign: the question in the chat, its place, or a refusal."""
    placed: bool = False
    """Whether it was told how many are before it."""
    retry_after: str = ""
    text: str = ""
    """All that was sent of the chat."""
    lost: str = ""
    """What went wrong."""

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return not self.lost and self.status == 200 and ENDED in self.text

    @property
    def refused(self) -> bool:
        """Whether the reader was told when to come back."""
        return not self.lost and self.status in (429, 503) and self.retry_after.isdecimal()

    def mixed(self) -> bool:
        """Whether another's question stands in what was sent."""
        return any(found != self.token for found in re.findall(r"tok[0-9a-f]{12}", self.text))


def new_token() -> str:
    """What one reader's questions hold and no other's do."""
    return f"tok{secrets.token_hex(6)}"


@dataclass
class Reader:
    """A browser with the page open."""

    host: str
    port: int
    token: str = field(default_factory=new_token)
    session: str = field(default_factory=lambda: secrets.token_hex(6))
    cookie: str = ""
    functions: dict[str, int] = field(default_factory=dict)
    """Name → number of Gradio's listeners."""

    def __post_init__(self) -> None:
        """Connect when something is sent."""
        self.connection = Connection(self.host, self.port)

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Content-Type": "application/json", "Accept-Language": "zh-TW"}

    async def open(self) -> None:
        """Load the page and what it shows at first."""
        response = await self.connection.send("GET", "/", {"Accept-Language": "zh-TW"})
        text = (await response.body()).decode()
        if response.status != 200:
            raise LostError(f"GET /: {response.status}")
        self.cookie = response.header("set-cookie").partition(";")[0]
        found = re.search(r"window\.gradio_config = (\{.*?\});</script>", text, re.DOTALL)
        config = json.loads(found[1]) if found else json.loads(await self.get("/config"))
        self.functions = {one["api_name"]: one["id"] for one in config["dependencies"]}
        opened = await self.send("open", [])
        if not opened.text:
            raise LostError(f"the page does not open: {opened.status} {opened.lost}")

    async def get(self, path: str) -> bytes:
        """The body at an address."""
        return await (await self.connection.send("GET", path, self._headers())).body()

    async def ask(self, question: str, timeout: float = TIMEOUT) -> Outcome:
        """Ask a question, and wait until its answer is whole."""
        return await self.send("ask", [f"{question}（{self.token}）", ""], timeout)

    async def send(self, name: str, data: list[str], timeout: float = TIMEOUT) -> Outcome:
        """What comes of something that is done at the page."""
        outcome, begun = Outcome(self.token), time.monotonic()
        try:
            async with asyncio.timeout(timeout):
                async for text in self.events(name, data, outcome):
                    outcome.first = outcome.first or time.monotonic() - begun
                    outcome.placed |= 'class="line"' in text
                    outcome.text += text
        except (LostError, OSError, TimeoutError) as error:
            outcome.lost = f"{type(error).__name__}: {error}"
            await self.connection.close()
        outcome.seconds = time.monotonic() - begun
        outcome.first = outcome.first or outcome.seconds
        return outcome

    async def events(self, name: str, data: list[str], outcome: Outcome) -> AsyncIterator[str]:
        """What is sent to the chat after something was done, as it comes."""
        asked = {"data": data, "fn_index": self.functions[name], "session_hash": self.session, "event_data": None}
        body = json.dumps(asked).encode()
        joined = await self.connection.send("POST", "/gradio_api/queue/join", self._headers(), body)
        outcome.status, outcome.retry_after = joined.status, joined.header("retry-after")
        said = (await joined.body()).decode()
        if joined.status != 200:
            yield said
            return
        path = f"/gradio_api/queue/data?session_hash={self.session}"
        stream = await self.connection.send("GET", path, self._headers())
        if stream.status != 200:
            raise LostError(f"the stream does not open: {stream.status}")
        held = b""
        async for piece in stream.pieces():
            *whole, held = (held + piece).split(b"\n\n")
            for event in whole:
                if text := _text_of(json.loads(event.removeprefix(b"data: "))):
                    yield text


def _text_of(event: dict[str, Any]) -> str:
    """What an event says of the chat; nothing where it says none."""
    if event["msg"] == "unexpected_error" or event.get("success") is False:
        raise LostError(str(event)[:300])
    data = (event.get("output") or {}).get("data") or []
    return "".join(_strings(data)) if event["msg"].startswith("process_") else ""


def _strings(data: Any) -> list[str]:  # noqa: ANN401 - what JSON may be
    if isinstance(data, str):
        return [data]
    with suppress(AttributeError):
        data = list(data.values())
    return [text for one in data for text in _strings(one)] if isinstance(data, list) else []
