"""Calls that nobody should make, made up for every door of the running application: 4xx, and nothing told of inside."""

import asyncio
import json
import logging
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.web.test_doors import Door, doors_of

from yinju.library import build_index, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web import create_app

VALUES = (
    "", " ", "NaN", "-NaN", "1e999", "-1e999", "-1", "0", "1.5", "99999999999999999999999", "true", "null", "[]", "{}",
    "%00", "%ED%A0%80", "%FF%FE", "%", "%2e%2e%2f", "%E2%80%AE", "%F0%A0%AE%B7", "١٢", "<b>", "'; DROP TABLE chats; --",
    '" OR 1=1', "{{7*7}}", "${7*7}", "a" * 5_000, "茶.txt%00.pdf", "茶.txt", "\u200b", "%0d%0aSet-Cookie: a=b", "NEAR(",
)  # fmt: skip
"""What is given where a name, a number or a choice is wanted; percent signs as they are."""
PIECES: tuple[object, ...] = (
    None, True, -1, 0, 1e308, 10**40, "", "NaN", "\ud800", "\x00", "茶.txt", "a" * 5_000, [], [[]], [None], {},
    {"a": {}}, [1] * 50, ["../secret.txt"], {"do": "ask"}, "{", '{"do": "open", "chat": []}',
)  # fmt: skip
"""What is given where JSON of a certain form is wanted."""
RAW = (
    b"", b"{", b"[", b"]", b"nul", b"NaN", b'{"a": NaN}', b'{"a": 1e999}', b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}",
    b"\x00" * 50, b"[" * 50_000, b'{"a":' * 5_000, b'"\\ud800"', b'{"names": {"$ne": 1}}', b"--x\r\n\r\n--x--",
    b'{"a": 1, "a": 2}',
)  # fmt: skip
KINDS = (
    "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "",
    "application/json; charset=x", "application/x-www-form-urlencoded", "application/octet-stream", "x" * 500,
)  # fmt: skip
FIELDS = (
    "names",
    "name",
    "folder",
    "added",
    "data",
    "fn_index",
    "session_hash",
    "event_data",
    "message",
    "said",
    "title",
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW")
STREAMS = re.compile(r"queue/data|heartbeat")
"""What stays open for a page that is named as pages are."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a corpus and its index lie."""
    return tmp_path_factory.mktemp("calls")


@pytest.fixture(scope="module")
def client(folder: Path, real_encoder: Encoder) -> Iterator[TestClient]:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "茶.txt").write_text("茶要趁熱喝。", "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)

    async def create() -> FastAPI:
        return create_app(library, library.settings)

    with open_library(folder / "index", encoder=real_encoder, settings=Settings(reread=False)) as library:
        app = asyncio.run(create())
        with TestClient(app, "http://127.0.0.1:7860", raise_server_exceptions=False) as opened:
            yield opened


def call(door: Door, chance: random.Random) -> tuple[str, str, dict[str, str], bytes]:
    """Method, address, headers and body of a call that is wrong in one way or several."""
    path = door.path
    for name in door.places:
        filled = re.compile(rf"\{{{name}(:path)?\}}")
        path = filled.sub(lambda _: quote(_value(door, chance), safe="%"), path)
    asked = [f"{name}={quote(_value(door, chance), safe='%')}" for name in door.asked if chance.random() < 0.8]
    method = chance.choice(METHODS) if chance.random() < 0.15 else door.method
    headers = {"content-type": chance.choice(KINDS) if chance.random() < 0.4 else KINDS[0]}
    headers |= {"accept-language": chance.choice(["zh-TW", "en", "x" * 300, ";q=9", "*"])}
    return method, f"{path}?{'&'.join(asked)}", headers, b"" if method in ("GET", "HEAD") else _body(door, chance)


def _value(door: Door, chance: random.Random) -> str:
    values = [one for one in VALUES if not re.fullmatch(r"[\w-]+", one)] if STREAMS.search(door.path) else VALUES
    return chance.choice(values)


def _body(door: Door, chance: random.Random) -> bytes:
    if chance.random() < 0.4:
        return chance.choice(RAW)
    names = chance.sample(FIELDS, 4) if chance.random() < 0.5 else [*door.body, *FIELDS[:3]]
    return json.dumps({name: chance.choice(PIECES) for name in names}).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("seed", "calls"), [(6, 100), *(pytest.param(seed, 300, marks=pytest.mark.faults) for seed in range(60, 70))]
)
def test_no_call_is_the_server_s_fault(
    client: TestClient, folder: Path, caplog: pytest.LogCaptureFixture, seed: int, calls: int
) -> None:
    """Each door has its turn; in full ten times three hundred calls."""
    assert isinstance(client.app, FastAPI)
    chance, statuses, doors = random.Random(seed), Counter[int](), [*doors_of(client.app.routes)]
    chance.shuffle(doors)
    print(f"seed {seed}, {len(doors)} doors")
    for number in range(calls):
        method, address, headers, body = call(doors[number % len(doors)], chance)
        with caplog.at_level(logging.ERROR):
            response = client.request(method, address, headers=headers, content=body, follow_redirects=False)
        where = (
            f"seed {seed}, number {number}: {method} {address[:300]} {headers} {body[:300]!r}: {response.status_code}"
        )
        statuses[response.status_code] += 1
        assert response.status_code < 500, f"{where}\n{caplog.text[-3_000:]}"
        assert "Traceback" not in response.text + caplog.text, f"{where}\n{caplog.text[-3_000:]}"
        assert str(folder) not in response.text and "site-packages" not in response.text, where
    print(dict(sorted(statuses.items())))
    assert (folder / "corpus" / "茶.txt").read_text("utf-8") == "茶要趁熱喝。"
