"""The routes of a visitor's chats: found, renamed, deleted, exported and judged by their owner alone."""

import asyncio
import html
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju.conversations import Conversations
from yinju.conversations.store import MOST_CHATS
from yinju.export import MEDIA_TYPES, ExportError
from yinju.library import Library
from yinju.messages import say
from yinju.settings import Settings
from yinju.types import Answer, Citation, Disagreement, Statement, Verdict
from yinju.web import create_app
from yinju.web.visitor import ID_COOKIE

OWNER, STRANGER = "o" * 22, "s" * 22
CITED = Citation(1, "甲/乙.pdf", "乙", "乙 › 飲水", 3, 10, 14, "貓*要*喝水。", "…", "ab" * 32)
ANSWER = Answer(
    "貓要什麼？<b>",
    (Statement("貓要[喝]水。", (1,)), Statement("也要睡。", (), Disagreement.UNFOUND, new_line=True)),
    (CITED,), Verdict.ANSWERED, 0.9, "extractive", 0.01,
)  # fmt: skip


@pytest.fixture
def kept(toy_index: Path) -> Conversations:
    return Conversations(toy_index / "conversations.sqlite")


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860", cookies={ID_COOKIE: OWNER}) as opened:
        yield opened


def test_a_chat_is_listed_renamed_exported_and_deleted(client: TestClient, kept: Conversations) -> None:
    kept.keep(OWNER, "a", ANSWER)
    assert say("history.none", "zh-Hant") not in client.get("/chats").text
    shown = html.unescape(client.get("/chats", params={"chat": "a"}).text)
    assert "貓要什麼？<b>" in shown
    assert 'aria-current="true"' in shown
    assert say("history.nothing", "zh-Hant") in html.unescape(client.get("/chats", params={"q": "狗"}).text)
    assert client.patch("/chats/a", json={"title": "貓的事"}).status_code == 204
    assert "貓的事" in client.get("/chats").text
    markdown = client.get("/chats/a/export.md")
    assert markdown.headers["content-disposition"].startswith("attachment; ")
    assert markdown.text.startswith("# 貓的事\n\n## 貓要什麼？\\<b\\>\n")
    exported = json.loads(client.get("/chats/a/export.json").text)
    assert exported["title"] == "貓的事"
    assert exported["answers"][0]["citations"][0]["quote"] == CITED.quote
    assert client.delete("/chats/a").status_code == 204
    assert say("history.none", "zh-Hant") in html.unescape(client.get("/chats").text)


def test_another_visitors_chat_does_not_exist(client: TestClient, kept: Conversations) -> None:
    message = kept.keep(STRANGER, "a", ANSWER)
    asked = [
        client.patch("/chats/a", json={"title": "x"}), client.delete("/chats/a"), client.get("/chats/a/export.md"),
        client.get("/chats/a/export.pdf"), client.get("/answer.md", params={"message": message}),
        client.get("/answer.docx", params={"message": message}),
        client.post("/judge", json={"message": message, "said": "up"}),
        client.get("/source", params={"message": message, "marker": 1}),
    ]  # fmt: skip
    never = [
        client.patch("/chats/b", json={"title": "x"}), client.delete("/chats/b"), client.get("/chats/b/export.md"),
        client.get("/chats/b/export.pdf"), client.get("/answer.md", params={"message": "b"}),
        client.get("/answer.docx", params={"message": "b"}),
        client.post("/judge", json={"message": "b", "said": "up"}),
        client.get("/source", params={"message": "b", "marker": 1}),
    ]  # fmt: skip
    assert [(r.status_code, r.text) for r in asked] == [(404, r.text) for r in never]
    assert "貓" not in client.get("/chats").text
    assert kept.answers(STRANGER, "a")[0].helpful is None


@pytest.mark.parametrize(("said", "helpful"), [("up", True), ("down", False), ("", None), ("nonsense", None)])
def test_an_answer_is_judged(client: TestClient, kept: Conversations, said: str, helpful: bool | None) -> None:
    message = kept.keep(OWNER, "a", ANSWER)
    assert client.post("/judge", json={"message": message, "said": said, "reason": "因為"}).status_code == 204
    (found,) = kept.answers(OWNER, "a")
    assert (found.helpful, found.reason) == (helpful, "因為")


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"message": 1}', '{"message": "a", "said": []}', "\xff"])
def test_a_judgement_that_is_none_is_refused(client: TestClient, body: str) -> None:
    response = client.post("/judge", content=body.encode("latin-1"), headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)


def test_a_file_of_chats_that_cannot_be_read_is_told(client: TestClient, kept: Conversations, toy_index: Path) -> None:
    kept.keep(OWNER, "a", ANSWER)
    (toy_index / "conversations.sqlite").write_bytes(b"garbage" * 1_000)
    response = client.get("/chats")
    assert response.status_code == 500
    assert response.text == say("history.trouble", "zh-Hant")
    assert str(toy_index) not in response.text


@pytest.mark.parametrize(("kind", "beginning"), [("md", b"# "), ("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")])
def test_an_answer_and_a_chat_are_exported(
    client: TestClient, kept: Conversations, kind: str, beginning: bytes
) -> None:
    message = kept.keep(OWNER, "a", ANSWER)
    exported = [client.get(f"/chats/a/export.{kind}")]
    if kind != "md":  # which is what is copied, without a head
        exported.append(client.get(f"/answer.{kind}", params={"message": message}))
    for response in exported:
        assert response.status_code == 200
        assert response.headers["content-type"] == MEDIA_TYPES[kind]
        assert response.content.startswith(beginning)
        attached = f"attachment; filename=\"chat.{kind}\"; filename*=UTF-8''{quote('貓要什麼？<b>')}.{kind}"
        assert response.headers["content-disposition"] == attached
    assert client.get("/chats/a/export.exe").status_code == client.get("/answer.exe?message=x").status_code == 404
    listed = html.unescape(client.get("/chats").text)
    assert f'href="chats/a/export.{kind}">{say(f"history.export_{kind}", "zh-Hant")}</a>' in listed


def test_a_pdf_that_cannot_be_made_is_told(
    client: TestClient, kept: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ExportError("export.no_font")

    kept.keep(OWNER, "a", ANSWER)
    monkeypatch.setattr("yinju.web.history.export", fail)
    response = client.get("/chats/a/export.pdf")
    assert (response.status_code, response.text) == (503, say("export.no_font", "zh-Hant"))


def test_an_old_chat_is_exported_under_the_name_it_was_given(client: TestClient, kept: Conversations) -> None:
    kept.keep(OWNER, "old", ANSWER)
    kept.rename(OWNER, "old", "最早的")
    for number in range(MOST_CHATS):
        kept.keep(OWNER, f"later {number}", ANSWER)
    assert client.get("/chats/old/export.md").text.startswith("# 最早的\n")
