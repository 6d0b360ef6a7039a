"""A scripted OpenAI-compatible server on loopback: it says what a test has it say, or fails in one of many ways.

    with scripted_server("stall") as server:                        # one of MODES
    with scripted_server(lambda messages: ["貓", "睡。"]) as server:  # any text, in these pieces
        load_model(Settings(llm_base_url=server.base_url))

Standard library only; HTTP is written by hand, because most of what it says is wrong.
"""

import json
import select
import socket
import struct
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any

TEXT = "貓每天要睡十四個小時。"
PIECES = ("貓每天", "要睡", "十四個小時。")
TICK = 0.02
"""Seconds between two things that a slow server sends."""
MODEL = "scripted-1"

Reply = Callable[[list[dict[str, str]]], Iterable[str]]
"""The conversation → the pieces to say; it may wait or raise between them, and raising ends the stream without end."""


class GoneError(Exception):
    """The client has closed the connection, or the server stops."""


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class Wire:
    """One connection after its request: the ways to answer it, and to misanswer it."""

    def __init__(self, connection: socket.socket, request: Request, number: int) -> None:
        """Take the connection and the number of its request, counted from 1."""
        self._socket, self.request, self.number = connection, request, number
        self._chunked = True

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        try:
            self._socket.sendall(data)
        except OSError:
            raise GoneError from None

    def wait(self, seconds: float | None = None) -> None:
        """Nothing, for so long or until the client goes; raises GoneError as soon as it does."""
        if select.select([self._socket], [], [], seconds)[0]:
            raise GoneError

    def drip(self, data: bytes) -> None:
        """A byte at every tick, and from the beginning again for ever."""
        while True:
            for byte in data:
                self.send(bytes([byte]))
                self.wait(TICK)

    def answer(self, status: str, kind: str, body: bytes, *headers: str) -> None:
        """A whole answer that is not a stream."""
        lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers)
        self.send("\r\n".join((*lines, "Connection: close", "", "")).encode() + body)

    def start(self, framing: str = "Transfer-Encoding: chunked", kind: str = "text/event-stream") -> None:
        """The head of a stream."""
        self._chunked = "chunked" in framing
        self.send(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{framing}\r\n\r\n".encode())

    def body(self, data: bytes) -> None:
        """A part of a stream, as one chunk where it comes in chunks."""
        self.send(b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data)

    def event(self, data: object) -> None:
        """One event; text as it is, anything else as JSON."""
        self.body(f"data: {data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)}\n\n".encode())

    def say(self, *pieces: str) -> None:
        """A delta for each piece of text."""
        for piece in pieces:
            self.event(delta(content=piece))

    def finish(self, reason: str = "stop") -> None:
        """All that belongs at the end of a stream."""
        self.event(delta(reason))
        self.event("[DONE]")
        self.close()

    def close(self) -> None:
        """The end of the body; the connection is closed after that anyway."""
        if self._chunked:
            self.send(b"0\r\n\r\n")

    def reset(self) -> None:
        """RST, in the middle of whatever it is."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise GoneError


Script = Callable[[Wire], None]


def delta(finish: str | None = None, **fields: object) -> dict[str, Any]:
    """A chunk of the protocol with the fields of a delta."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": fields, "finish_reason": finish}],
    }


def whole_stream(pieces: Sequence[str] = PIECES) -> bytes:
    """A whole answer on the wire, head to [DONE], for tests that cut it."""
    events = [delta(role="assistant"), *(delta(content=piece) for piece in pieces), delta("stop"), "[DONE]"]
    parts = [f"data: {e if isinstance(e, str) else json.dumps(e, ensure_ascii=False)}\n\n".encode() for e in events]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def spoken(reply: Reply) -> Script:
    """The script of a server in order, whose model says what `reply` yields."""

    def play(wire: Wire) -> None:
        wire.start()
        wire.event(delta(role="assistant", content=""))
        for piece in reply(wire.request.body["messages"]):
            wire.wait(0)
            wire.say(piece)
        wire.finish()

    return play


@dataclass
class ScriptedServer:
    """A server at work: where it is, and what became of it so far."""

    base_url: str
    play: Script
    models: list[str] = field(default_factory=lambda: [MODEL])
    requests: list[Request] = field(default_factory=list)
    listings: int = 0
    """How often the models were asked for; those requests are not in `requests`."""
    connections: set[socket.socket] = field(default_factory=set, repr=False)
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def open_connections(self) -> int:
        """Connections taken whose client has not gone and whose answer has not ended."""
        with self.lock:
            return len(self.connections)

    def settles(self, seconds: float = 5.0) -> bool:
        """Whether no connection is open any more within that time."""
        end = time.monotonic() + seconds
        while self.open_connections and time.monotonic() < end:
            time.sleep(0.002)
        return not self.open_connections

    def serve(self, connection: socket.socket) -> None:
        """Read one request and play the script; a request for the models is answered in order."""
        try:
            if request := _read_request(connection):
                self._answer(connection, request)
        except (GoneError, OSError):
            pass
        finally:
            connection.close()
            with self.lock:
                self.connections.discard(connection)

    def _answer(self, connection: socket.socket, request: Request) -> None:
        if request.method == "GET" and request.path.endswith("/models"):
            self.listings += 1
            listing = json.dumps({"object": "list", "data": [{"id": name} for name in self.models]})
            return Wire(connection, request, 0).answer("200 OK", "application/json", listing.encode())
        with self.lock:
            self.requests.append(request)
            number = len(self.requests)
        self.play(Wire(connection, request, number))


def _read_request(connection: socket.socket) -> Request | None:
    with connection.makefile("rb") as stream:
        if not (first := stream.readline()):
            return None
        method, path, _ = first.decode().split(" ", 2)
        lines = iter(lambda: stream.readline().decode().strip(), "")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = stream.read(int(headers.get("content-length", 0)))
    return Request(method, path, headers, json.loads(body) if body else {})


def _accept(listener: socket.socket, server: ScriptedServer) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with server.lock:
            server.connections.add(connection)
        Thread(target=server.serve, args=(connection,), name="scripted", daemon=True).start()


@contextmanager
def scripted_server(
    play: str | Reply = "normal", *, script: Script | None = None, models: Sequence[str] = (MODEL,)
) -> Iterator[ScriptedServer]:
    """A server in one of `MODES`, or whose model says what a function replies, or that follows a script of its own."""
    from tests.answering.scripts import MODES

    chosen = script or (MODES[play] if isinstance(play, str) else spoken(play))
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        server = ScriptedServer(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", chosen, list(models))
        accepting = Thread(target=_accept, args=(listener, server), name="scripted-accept", daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            _hang_up(server)


def _hang_up(server: ScriptedServer) -> None:
    with server.lock:
        still_open = list(server.connections)
    for connection in still_open:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue
    assert server.settles(), "a script does not notice that its client has gone"
