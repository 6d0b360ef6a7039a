"""At which addresses the page answers: by what is set, however a browser writes them, and to no other page."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from starlette.types import Message, Scope

from yinju.errors import SettingsError
from yinju.library import Library
from yinju.messages import say
from yinju.settings import Settings
from yinju.users import Users
from yinju.web.access import Access
from yinju.web.guard import HEADERS, Guard
from yinju.web.hosts import Address, Hosts, allowed_hosts, is_same_origin, read_address

EVERYWHERE = Settings(host="0.0.0.0", public=True)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("localhost", Address("localhost", None)), ("LocalHost.:7860", Address("localhost", 7860)),
        ("127.0.0.1:1", Address("127.0.0.1", 1)), ("127.0.0.1.", Address("127.0.0.1", None)),
        ("[::1]", Address("::1", None)), ("[0:0:0:0:0:0:0:1]:65535", Address("::1", 65535)),
        ("[FD00::1]:80", Address("fd00::1", 80)), ("my_box-2.lan", Address("my_box-2.lan", None)),
        ("xn--fsq.example", Address("xn--fsq.example", None)),
    ],
)  # fmt: skip
def test_a_host_is_read_however_it_is_written(written: str, address: Address) -> None:
    assert read_address(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "", " ", ".", "a..b", ".a", "a:", ":80", "a:0", "a:65536", "a:1:2", "a:8o", "a:-1", "a:٣", "a b", "a,b", "a/b",
        "user@a", "http://a", "::1", "[::1", "[]", "[::1]x", "[127.0.0.1]", "[1:2]", "[a]", "文件.example", "a\n", "é",
        "a" * 256, "a%00", "127.0.0.1\t", "ﬁ", "1.2.3.4:5, evil.example",
    ],
)  # fmt: skip
def test_what_names_no_host_is_none(written: str) -> None:
    assert read_address(written) is None


def answers(settings: Settings, *written: str) -> list[bool]:
    """Whether the page answers at each host."""
    hosts = allowed_hosts(settings)
    return [(address := read_address(one)) is not None and hosts.answer_at(address) for one in written]


LOOPBACK = ["localhost", "LOCALHOST.:99", "127.0.0.1:7860", "127.8.8.8", "[::1]:7860", "[0::1]"]
FOREIGN = [
    "evil.example", "evil.example:7860", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1.nip.io",
    "notlocalhost", "localhost.localdomain", "127.1", "0177.0.0.1", "2130706433", "0x7f.1",
]  # fmt: skip
LITERALS = ["192.168.1.5", "203.0.113.9:7860", "[fd00::1]", "0.0.0.0"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_on_loopback_only_loopback_is_answered(host: str) -> None:
    assert all(answers(Settings(host=host), *LOOPBACK))
    assert not any(answers(Settings(host=host), *FOREIGN, *LITERALS))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "0::0", ""])
def test_on_every_interface_any_literal_is_answered_and_no_name(host: str) -> None:
    settings = Settings(host=host, public=True)
    assert all(answers(settings, *LOOPBACK, *LITERALS))
    assert not any(answers(settings, *FOREIGN))


def test_on_one_interface_its_own_address_is_answered() -> None:
    assert answers(Settings(host="192.168.1.5", public=True), *LITERALS) == [True, False, False, False]
    assert answers(Settings(host="fd00:0::1", public=True), *LITERALS) == [False, False, True, False]
    assert answers(Settings(host="Box.lan", public=True), "box.lan", "box.lan.:80", "lan") == [True, True, False]


@pytest.mark.parametrize(
    ("hosts", "answered", "refused"),
    [
        ("docs.example", ["docs.example", "DOCS.example.:81"], ["a.docs.example", "example", "docs.example.evil"]),
        ("docs.example:81", ["docs.example:81"], ["docs.example", "docs.example:82"]),
        ("docs.example:443", ["docs.example", "docs.example:443"], ["docs.example:80"]),
        (" a , B.:80,, ", ["a", "a:5", "b", "b:80"], ["b:5", "c"]),
        ("192.168.1.5,fd00::1,[fd00::2]:81", ["192.168.1.5:9", "[fd00::1]", "[fd00::2]:81"], ["[fd00::2]:82"]),
        ("文件.example", ["xn--5nqy36c.example"], ["example"]),
    ],
)
def test_what_is_listed_is_answered_besides(hosts: str, answered: list[str], refused: list[str]) -> None:
    assert all(answers(Settings(hosts=hosts), *answered, *LOOPBACK))
    assert not any(answers(Settings(hosts=hosts), *refused, *FOREIGN))


@pytest.mark.parametrize(
    "part", ["http://docs.example", "*", "*.example", "a..b", "a:x", "a b", "a" * 64 + ".b", "[::1"]
)
def test_a_part_of_the_list_that_is_no_host_is_told(part: str) -> None:
    with pytest.raises(SettingsError) as caught:
        allowed_hosts(Settings(hosts=f"docs.example, {part}"))
    assert f"YINJU_HOSTS has {part!r}" in str(caught.value)
    assert "YINJU_HOSTS=docs.example,192.168.1.5:7860 make chat" in str(caught.value)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "", "192.168.1.5", "box.lan", "127.1", "[::1", "localhost.evil.example"]
)
def test_the_page_is_not_opened_to_others_unasked(host: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        allowed_hosts(Settings(host=host))
    assert f"YINJU_HOST={host!r} is not loopback and there are no users" in str(caught.value)
    for remedy in ("yinju users add NAME --role admin", "unset YINJU_HOST", "YINJU_PUBLIC=1 make chat"):
        assert remedy in str(caught.value)
    allowed_hosts(Settings(host=host, public=True))
    Users(tmp_path / "users.sqlite").add("a")
    allowed_hosts(Settings(host=host, users=str(tmp_path / "users.sqlite")))


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://localhost:7860", "localhost:7860", True), ("HTTP://LocalHost:7860", "localhost.:7860", True),
        ("https://docs.example", "docs.example", True), ("https://docs.example:443", "docs.example", True),
        ("http://docs.example", "docs.example:80", True), ("http://[::1]:7860", "[0::1]:7860", True),
        ("http://localhost:3000", "localhost:7860", False), ("http://127.0.0.1:7860", "localhost:7860", False),
        ("https://docs.example", "docs.example:80", False), ("http://evil.example", "docs.example", False),
        ("null", "localhost", False), ("", "localhost", False), ("localhost", "localhost", False),
        ("file://localhost", "localhost", False), ("http://[", "localhost", False), ("http://a b", "localhost", False),
        ("http://localhost/", "localhost", False), ("http://localhost, http://evil.example", "localhost", False),
    ],
)  # fmt: skip
def test_an_origin_is_ours_where_it_is_the_host_that_was_asked(origin: str, host: str, same: bool) -> None:
    asked = read_address(host)
    assert asked
    assert is_same_origin(origin, asked) is same


# The guard


def told(hosts: Hosts, *headers: tuple[str, str], **scope: object) -> tuple[list[Message], list[Scope]]:
    """What the guard sends, and what it lets pass."""
    sent: list[Message] = []
    passed: list[Scope] = []

    async def behind(scope: Scope, receive: object, send: object) -> None:
        passed.append(scope)

    async def receive() -> Message:
        raise AssertionError("nothing of a request is read before it may pass")

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    asked = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": raw, **scope}
    nobody, settings = Users(Path("/nowhere/users.sqlite")), Settings(language="zh-Hant")
    access = Access(nobody, cast(Library, SimpleNamespace(settings=settings)), settings)
    asyncio.run(Guard(behind, hosts, access)(asked, receive, send))
    return sent, passed


@pytest.mark.parametrize(
    "headers",
    [
        [], [("host", "")], [("host", "evil.example:7860")], [("host", "localhost"), ("host", "evil.example")],
        [("host", "é")], [("host", "evil.example"), ("x-forwarded-host", "localhost"), ("forwarded", "host=localhost")],
        [("host", "evil.example"), ("origin", "http://evil.example")],
    ],
    ids=["none", "empty", "foreign", "two", "garbage", "forwarded", "origin"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_foreign_host_is_answered_by_the_guard_alone(headers: list[tuple[str, str]], kind: str) -> None:
    sent, passed = told(allowed_hosts(Settings()), *headers, type=kind)
    assert passed == []
    start, body = sent
    assert start["status"] == 421
    named = ", ".join(value for name, value in headers if name == "host")
    assert body["body"].decode() == say("frame.misdirected", "zh-Hant", host=named)
    names = {name for name, _ in start["headers"]}
    assert b"set-cookie" not in names
    assert kind == "websocket" or {name.lower().encode() for name in HEADERS} <= names


def test_a_long_host_is_not_said_back_whole() -> None:
    _, body = told(allowed_hosts(Settings()), ("host", "x" * 9_000))[0]
    assert len(body["body"]) < 500


def test_what_is_behind_the_guard_learns_of_no_other_host() -> None:
    headers = [("host", "localhost"), ("x-forwarded-host", "evil.example"), ("x-gradio-server", "http://evil.example")]
    _, (passed,) = told(allowed_hosts(Settings()), *headers, ("accept", "*/*"))
    assert passed["headers"] == [(b"host", b"localhost"), (b"accept", b"*/*")]


def test_a_websocket_of_our_own_is_closed() -> None:
    sent, passed = told(allowed_hosts(EVERYWHERE), ("host", "192.168.1.5:7860"), type="websocket")
    assert (sent, passed) == ([{"type": "websocket.close", "code": 1008}], [])
