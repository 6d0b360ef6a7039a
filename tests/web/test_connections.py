"""Connections that come slowly, stall or are too many: they end, and everybody else is served."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from threading import Thread

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from yinju.web import connections
from yinju.web.connections import LimitedProtocol

Connect = Callable[[bytes], socket.socket]
WHOLE = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LARGE = 40_000_000


async def _application(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body, then says how long it was; /large sends much."""
    if scope["type"] != "http":
        return
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
        if message["type"] == "http.disconnect":
            return
    body = b"x" * LARGE if scope["path"] == "/large" else str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """Opens a connection to a server with short limits, and sends the beginning of a request."""
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.3)
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(connections, "READ_SECONDS", 0.3)
    monkeypatch.setattr(connections, "MOST_WAITING", 40)
    server = uvicorn.Server(uvicorn.Config(_application, http=LimitedProtocol, ws="none", log_level="critical"))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    with ExitStack() as opened:

        def connected(begun: bytes) -> socket.socket:
            one = opened.enter_context(socket.create_connection(listener.getsockname(), timeout=10))
            one.sendall(begun)
            return one

        while not server.started:
            time.sleep(0.01)
        yield connected
    server.should_exit = True
    thread.join()


def said(one: socket.socket) -> bytes:
    """All that comes until the connection ends."""
    found = b""
    with suppress(ConnectionError):
        while piece := one.recv(65_536):
            found += piece
    return found


def answer(one: socket.socket) -> bytes:
    """What comes up to the end of a body of one byte."""
    found = b""
    while not found[:-1].endswith(b"\r\n\r\n"):
        found += one.recv(1)
    return found


def test_headers_and_bodies_that_do_not_arrive_end_in_time(connect: Connect) -> None:
    post = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
    slow = [connect(begun) for begun in (b"", b"GET / HT", WHOLE[:-2], post, post + b"some")]
    assert [said(one)[:12] for one in slow] == [b"HTTP/1.1 408"] * 5


def test_a_byte_now_and_then_does_not_help(connect: Connect) -> None:
    dripping = connect(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n")
    begun = time.monotonic()
    with suppress(ConnectionError):
        while time.monotonic() - begun < 5:
            dripping.sendall(b".")
            time.sleep(0.05)
    assert time.monotonic() - begun < 4


def test_what_comes_fast_enough_is_waited_for(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_RATE", 100)
    one = connect(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\nConnection: close\r\n\r\n")
    for _ in range(8):
        one.sendall(b"x" * 50)
        time.sleep(0.1)
    assert said(one).endswith(b"\r\n\r\n400")


def test_a_connection_is_used_again_and_may_rest_between(connect: Connect) -> None:
    one = connect(WHOLE)
    assert answer(one).endswith(b"0")
    time.sleep(0.6)  # longer than headers may take
    one.sendall(WHOLE[:9])
    time.sleep(0.1)
    one.sendall(WHOLE[9:])
    assert answer(one).endswith(b"0")


def test_half_sent_requests_keep_nobody_out(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADER_SECONDS", 60.0)
    monkeypatch.setattr(connections, "SILENT_SECONDS", 0.0)
    half = [connect(b"GET / HTTP/1.1\r\n") for _ in range(120)]
    assert connect(WHOLE).recv(99).startswith(b"HTTP/1.1 200")
    assert [said(one)[:12] for one in half[:80]] == [b"HTTP/1.1 408"] * 80
    half[-1].sendall(b"Host: a\r\n\r\n")
    assert answer(half[-1]).startswith(b"HTTP/1.1 200")


def test_of_many_that_come_at_once_none_is_sent_away(connect: Connect) -> None:
    come = [connect(b"") for _ in range(120)]
    for one in come:
        one.sendall(WHOLE)
    assert {answer(one)[9:12] for one in come} == {b"200"}


def test_a_request_behind_another_has_a_deadline_too(connect: Connect) -> None:
    post = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
    assert b"HTTP/1.1 408" in said(connect(WHOLE + post))
    assert b"HTTP/1.1 200" in said(connect(WHOLE + b"GET / HT")), "it rests, and then ends"


def test_a_reader_that_takes_nothing_is_let_go(connect: Connect) -> None:
    one = connect(WHOLE.replace(b"/ ", b"/large "))
    time.sleep(1)
    assert 0 < len(said(one)) < LARGE


def test_too_many_connections_are_told_so(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 5)
    held = [connect(WHOLE) for _ in range(5)]
    assert all(map(answer, held))
    refused = said(connect(WHOLE))
    assert refused.startswith(b"HTTP/1.1 503") and b"Retry-After" in refused
    held[0].close()
    time.sleep(0.1)
    assert connect(WHOLE).recv(99).startswith(b"HTTP/1.1 200")


def test_one_address_has_its_share_unless_it_is_this_machine(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_OF_ONE", 3)
    assert [connect(WHOLE).recv(12)[9:] for _ in range(6)] == [b"200"] * 6
    monkeypatch.setattr("uvicorn.protocols.http.h11_impl.get_remote_addr", lambda _: ("192.0.2.7", 9))
    assert [connect(WHOLE).recv(12)[9:] for _ in range(5)] == [b"200"] * 3 + [b"503"] * 2
