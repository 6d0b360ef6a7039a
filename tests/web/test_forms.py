"""What cannot be used of what is sent to the page is a 4xx with a code and a sentence, and no traceback."""

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju.library import build_index, open_library
from yinju.messages import LANGUAGES, say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web import create_app
from yinju.web.forms import JOIN, STREAM, RequestFault, read_json

ASK, CHOOSE, ACT = 0, 1, 2
"""Gradio's numbers of listeners."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[TestClient]:
    folder, settings = tmp_path_factory.mktemp("forms"), Settings(refuse_below=0.0)
    (folder / "corpus").mkdir()
    (folder / "corpus" / "貓.txt").write_text("貓每天睡十四個小時。", "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)

    async def create() -> FastAPI:
        return create_app(library, settings)

    with open_library(folder / "index", encoder=real_encoder, settings=settings) as library:
        app = asyncio.run(create())
        with TestClient(app, "http://127.0.0.1:7860", raise_server_exceptions=False) as opened:
            yield opened


def sent(client: TestClient, path: str, body: str, language: str = "zh-TW") -> tuple[int, dict[str, Any]]:
    """The status and the error of a response."""
    headers = {"content-type": "application/json", "accept-language": language}
    got = client.post(path, content=body.encode("utf-8", "surrogatepass"), headers=headers)
    return got.status_code, got.json()["error"] if got.status_code >= 400 else {}


def joined(listener: int, *data: str, **more: str) -> str:
    """A body as Gradio's page sends it; data as JSON."""
    fields = {"session_hash": '"page"', "fn_index": str(listener), "data": f"[{', '.join(data)}]"} | more
    return "{" + ", ".join(f'"{name}": {value}' for name, value in fields.items()) + "}"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/judge", "{", 400, "no_json"),
        ("/judge", '{"message": NaN, "said": "up"}', 400, "number"),
        ("/judge", '{"message": -1e999, "said": "up"}', 400, "number"),
        ("/judge", '{"message": "\\ud800", "said": "up"}', 400, "character"),
        ("/judge", '{"said": "up"}', 422, "missing"),
        ("/judge", "[" * 100_000, 400, "no_json"),
        ("/scope", "[1e999]", 400, "number"),
        ("/documents/move", '{"names": [1], "folder": "x"}', 422, "wrong"),
        (JOIN, "[]", 422, "wrong"),
        (JOIN, joined(ASK, '"x"', '""', session_hash='""'), 422, "wrong"),
        (JOIN, joined(ASK, '"x"', '""', session_hash='"../x"'), 422, "wrong"),
        (JOIN, joined(ASK, '"x"', '""', fn_index="1e999"), 400, "number"),
        (JOIN, joined(ASK, '"x"', '""', fn_index="true"), 422, "wrong"),
        (JOIN, joined(ASK, '"x"'), 422, "wrong"),
        (JOIN, joined(ASK, "NaN", '""'), 400, "number"),
        (JOIN, joined(ASK, "{}", '""'), 422, "wrong"),
        (JOIN, joined(99, '"x"'), 422, "wrong"),
        (JOIN, joined(CHOOSE, '""', event_data='{"value": 1}'), 422, "wrong"),
        (JOIN, joined(ASK, '"x"', '"[1]"'), 422, "wrong"),
        (JOIN, joined(ASK, '"x"', json.dumps('{"tags": ["\\ud800"]}')), 422, "wrong"),
        (JOIN, joined(ACT, '"{"'), 400, "no_json"),
        (JOIN, joined(ACT, '"{}"'), 422, "missing"),
        (JOIN, joined(ACT, "null"), 400, "no_json"),
        (JOIN, joined(ACT, r'"{\"do\": \"dance\"}"'), 422, "wrong"),
        (JOIN, joined(ACT, r'"{\"do\": \"ask\"}"'), 422, "wrong"),
        (JOIN, joined(ACT, r'"{\"do\": \"again\", \"turn\": NaN}"'), 422, "wrong"),
        (JOIN, joined(ACT, r'"{\"do\": \"open\", \"chat\": []}"'), 422, "wrong"),
    ],
)
def test_what_cannot_be_used_is_told(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str, body: str, status: int, code: str
) -> None:
    with caplog.at_level(logging.ERROR):
        got, error = sent(client, path, body)
    assert (got, error["code"]) == (status, code)
    assert error["message"].endswith("。") and "Traceback" not in caplog.text


def test_it_is_told_in_the_reader_s_language(client: TestClient) -> None:
    for language, wanted in zip(("zh-TW", "zh-CN", "en"), LANGUAGES, strict=True):
        assert sent(client, "/judge", "{", language)[1]["message"] == say("request.no_json", wanted)
    asked = client.get("/source", params={"document": "x", "start": "nan"}, headers={"accept-language": "en"})
    assert (asked.status_code, asked.json()["error"]["field"]) == (422, "start")
    assert asked.json()["error"]["message"] == say("request.wrong", "en", field="start", found="nan")


@pytest.mark.parametrize("kind", ["Application/JSON", "application/vnd.api+json; charset=utf-8"])
def test_json_is_checked_by_whatever_name_it_comes(client: TestClient, kind: str) -> None:
    body = b'{"message": "\\ud800", "said": "up"}'
    told = client.post("/judge", content=body, headers={"content-type": kind})
    assert (told.status_code, told.json()["error"]["code"]) == (400, "character")


def test_a_stream_without_a_page_is_refused_at_once(client: TestClient) -> None:
    for session in ("", "../x", "x" * 99):
        assert client.get(STREAM, params={"session_hash": session}).status_code == 422


def test_nothing_may_be_sent_where_nothing_is_wanted(client: TestClient) -> None:
    got = client.post("/setup/servers", headers={"content-type": "application/json"})
    assert got.status_code in (200, 403)


def test_what_can_be_used_passes(client: TestClient) -> None:
    for body in (
        joined(ASK, '"貓\\ud800"', '""'), joined(ACT, r'"{\"do\": \"open\", \"chat\": \"\", \"number\": 3}"'),
        joined(ASK, '"貓每天睡幾個小時？"', "null", event_data="null", trigger_id="7"),
    ):  # fmt: skip
        assert sent(client, JOIN, body)[0] == 200


@pytest.mark.parametrize("body", [b"1e308", b"-0.0", b'{"a": [1, 2.5, null, "x"]}'])
def test_numbers_that_are_some_are_read(body: bytes) -> None:
    read_json(body)


def test_bytes_that_are_no_text_are_no_json() -> None:
    with pytest.raises(RequestFault):
        read_json(b"\xff\xfe")
