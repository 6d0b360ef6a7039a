"""Connections to the page within limits: how long a request may take to arrive, and how many there are at once.

A proxy in front of the page should have limits of its own; these hold without one.
"""

import asyncio
import resource
from collections import OrderedDict
from contextlib import suppress
from ipaddress import ip_address
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 10.0
"""In which a request's headers are to arrive, from the first byte or, for a new connection, from the beginning."""
BODY_SECONDS, BODY_RATE = 30.0, 1_000
"""In which a body is to arrive, and how many bytes earn another second: a file of 60 MB may take a day."""
READ_SECONDS = 60.0
"""For which a reader may take nothing of what it is sent."""
MOST = 2_000
"""Connections at once."""
MOST_OF_ONE = 100
"""From one address, where that is not this machine: a proxy here brings everybody's."""
MOST_WAITING = 256
"""Connections whose request is not whole: of more the oldest is closed, so that newcomers are served."""
SILENT_SECONDS = 1.0
"""For which one of them has been silent before it may be closed for another: many may come at once."""
DESCRIPTORS = 200
"""Open files beside connections."""


def make_room() -> None:
    """Let this process have as many open files as `MOST` connections need, so far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + DESCRIPTORS if hard == resource.RLIM_INFINITY else min(MOST + DESCRIPTORS, hard)
    if soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class LimitedProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 with deadlines for what comes in and goes out, and limits on how many do so at once."""

    waiting: ClassVar["OrderedDict[LimitedProtocol, float]"] = OrderedDict()
    """Connections whose headers are to arrive, the oldest first, each with since when."""
    open: ClassVar[int] = 0
    """How many connections there are."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as uvicorn declares it
        """Nothing is connected yet."""
        super().__init__(*arguments, **options)
        self._deadline: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._begun, self._received = 0.0, 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, or refuse the connection where there are too many."""
        super().connection_made(transport)
        LimitedProtocol.open += 1
        if len(self.connections) > MOST or self._crowded():
            self._refuse(503, "Service Unavailable: too many connections")
            return
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        """Take what has come, and see how long the rest may take."""
        super().data_received(data)
        self._watch(len(data))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        LimitedProtocol.open -= 1
        self._rest()
        self.resume_writing()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Let the connection be idle, as long as uvicorn lets it."""
        self._rest()
        super().on_response_complete()
        if self.timeout_keep_alive_task is None:  # another request had come behind
            self._watch(0)

    def pause_writing(self) -> None:
        """The reader takes less than it is sent: it has so long to go on."""
        super().pause_writing()
        self._stalled = self._stalled or self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The reader goes on."""
        super().resume_writing()
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None

    def _watch(self, size: int) -> None:
        """Expect what is missing of a request, of which so many bytes have just come."""
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            self._await_body(size, first=self._begun == 0.0)
        elif state is not h11.IDLE or self.transport.is_closing():
            self._rest()
        elif self._deadline is None:
            self._await_headers()

    def _await_headers(self) -> None:
        self._expect(HEADER_SECONDS)
        self.waiting[self] = self.loop.time()
        if len(self.waiting) > MOST_WAITING:
            oldest, since = next(iter(self.waiting.items()))
            if self.loop.time() - since > SILENT_SECONDS:
                oldest.expire()

    def _await_body(self, size: int, *, first: bool) -> None:
        self.waiting.pop(self, None)
        if first:
            self._begun, self._received = self.loop.time(), 0
        self._received += size
        self._expect(self._begun + BODY_SECONDS + self._received / BODY_RATE - self.loop.time())

    def _expect(self, seconds: float) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(max(0.0, seconds), self.expire)

    def _rest(self) -> None:
        """Expect nothing."""
        self.waiting.pop(self, None)
        self._begun = 0.0
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def expire(self) -> None:
        """End a connection whose request did not arrive in time."""
        self._rest()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._refuse(408, "Request Timeout: the request did not arrive in time")
        else:
            self.transport.abort()

    def _refuse(self, status: int, said: str) -> None:
        self.connections.discard(self)
        lines = [f"HTTP/1.1 {status} {said.partition(':')[0]}", "Content-Type: text/plain", "Connection: close"]
        head = "\r\n".join([*lines, f"Content-Length: {len(said)}", "Retry-After: 10", "", ""])
        self.transport.write((head + said).encode("ascii"))
        self.transport.close()

    def _crowded(self) -> bool:
        """Whether others of the same address, which is not this machine, have all that one may have."""
        address = self.client[0] if self.client else ""
        with suppress(ValueError):
            if ip_address(address).is_loopback:
                return False
        others = (one.client for one in self.connections if isinstance(one, LimitedProtocol) and one.client)
        return sum(other[0] == address for other in others) > MOST_OF_ONE
