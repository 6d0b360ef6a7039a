"""Folders and tags of the documents' view, and what is done to one document or many at once."""

import asyncio
import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju import open_library
from yinju.conversations import Conversations
from yinju.ingest.upkeep import tag
from yinju.library import Library, build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import FileOutcome, FileState, Scope
from yinju.web import create_app
from yinju.web.conversation import Conversation, converse
from yinju.web.desk import Desk, Session
from yinju.web.documents.shelves import Shelf, crumbs, folders_below, tags_among
from yinju.web.documents.table import Listing
from yinju.web.source.place import Place, Wanted, find_place
from yinju.web.visitor import Visitor

TEA, CAT, SALES = "茶/高山茶.md", "猫狗.txt", "營銷.txt"
TAGS = {"a/b/1.txt": ["紅", "綠"], "a/2.txt": ["紅"], "3.txt": ["藍"]}
OUTCOMES = [FileOutcome(name, FileState.INDEXED, passages=1) for name in TAGS]


@pytest.fixture
def library(corpus: Path, tmp_path: Path, encoder: Encoder) -> Iterator[Library]:
    build_index(corpus, tmp_path / "index", encoder=encoder)
    tag(tmp_path / "index", TEA, ["飲料"])
    with open_library(tmp_path / "index", encoder=encoder, settings=Settings(refuse_below=0.0)) as opened:
        yield opened


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860") as opened:
        yield opened


def ended(library: Library, response: Any) -> dict[str, Any]:  # noqa: ANN401 - a response of any client
    """What was said of a request for many, once all of its changes have ended well."""
    assert response.status_code == 202, response.text
    told: dict[str, Any] = response.json()
    known = {change.id: change for change in library.editor().changes()}
    for number in told["changes"]:
        assert library.editor().wait(known[number], 30).stage == "done"
    return told


def test_folders_and_tags_say_how_many_files_each_has() -> None:
    whole, inner = Listing(), Listing(folder="a", tag="紅", q=".txt", page=3)
    assert [(one.name, one.size) for one in folders_below(whole, OUTCOMES)] == [("a", 2)]
    assert folders_below(inner, OUTCOMES) == [
        Shelf("b", "?view=documents&q=.txt&folder=a%2Fb&tag=%E7%B4%85", 1)
    ]  # fmt: skip
    assert [one.name for one in crumbs(Listing(folder="a/b"))] == ["", "a", "b"]
    assert crumbs(Listing(folder="a/b"))[1].href == "?view=documents&folder=a"
    assert [(one.name, one.size, one.chosen) for one in tags_among(inner, OUTCOMES, TAGS)] == [
        ("紅", 2, True), ("綠", 1, False),
    ]  # fmt: skip
    assert "tag" not in tags_among(inner, OUTCOMES, TAGS)[0].href, "the chosen one leads back"
    assert ("沒有", 0) in [(one.name, one.size) for one in tags_among(Listing(tag="沒有"), OUTCOMES, TAGS)]


def test_files_are_listed_by_folder_and_tag(client: TestClient) -> None:
    assert [o.name for o in Listing(folder="a").of(OUTCOMES, TAGS)] == ["a/2.txt", "a/b/1.txt"]
    assert [o.name for o in Listing(folder="a", tag="綠").of(OUTCOMES, TAGS)] == ["a/b/1.txt"]
    assert client.get("/documents/names", params={"folder": "茶"}).json() == {"names": [TEA], "unread": []}
    assert client.get("/documents/names", params={"tag": "飲料", "q": "高山"}).json()["names"] == [TEA]
    assert len(client.get("/documents/names").json()["names"]) == 3
    shown = html.unescape(client.get("/documents/files", params={"tag": "飲料"}).text)
    assert 'class="list tag"' in shown and 'aria-current="true"' in shown and shown.count("<tr data-name") == 1


def test_many_are_moved_and_those_that_cannot_be_are_told(client: TestClient, library: Library, corpus: Path) -> None:
    (corpus / "新").mkdir()
    (corpus / "新" / CAT).write_text("貓。", "utf-8")
    told = ended(library, client.post("/documents/move", json={"names": [TEA, CAT, SALES, SALES], "folder": " 新 / "}))
    assert len(told["changes"]) == 2 and [one["name"] for one in told["refused"]] == [CAT]
    assert told["moved"] == {TEA: "新/高山茶.md", SALES: "新/營銷.txt"}
    assert CAT in told["refused"][0]["why"] and "已經有檔案了" in told["refused"][0]["why"]
    assert {o.name for o in library.outcomes()} == {"新/高山茶.md", "新/營銷.txt", CAT, f"新/{CAT}"}
    assert library.facts.tags == {"新/高山茶.md": ["飲料"]}
    ended(library, client.post("/documents/move", json={"names": ["新/高山茶.md"], "folder": ""}))
    assert (corpus / "高山茶.md").exists()
    outside = client.post("/documents/move", json={"names": [CAT], "folder": "../外"}).json()
    assert outside["changes"] == [] and outside["refused"][0]["name"] == CAT and (corpus / CAT).exists()


def test_one_is_renamed_and_that_can_be_undone(client: TestClient, library: Library) -> None:
    ended(library, client.post("/documents/rename", params={"name": CAT, "to": "動物/猫狗.txt"}))
    shown = html.unescape(client.get("/documents/changes").text)
    assert say("documents.moved", "zh-Hant") in shown and say("documents.undo", "zh-Hant") in shown
    assert 'data-before="%E7%8C%AB%E7%8B%97.txt"' in client.get("/documents/changes").text
    refused = client.post("/documents/rename", params={"name": SALES, "to": TEA})
    assert refused.status_code == 409 and "已經有檔案了" in refused.text
    assert client.post("/documents/rename", params={"name": SALES, "to": "../x.txt"}).status_code == 400
    assert client.post("/documents/rename", params={"name": "沒有", "to": "有.txt"}).status_code == 404


def test_many_are_tagged(client: TestClient, library: Library) -> None:
    form = html.unescape(client.post("/documents/tagging", json={"names": [TEA, CAT]}).text)
    assert 'value="飲料" data-share="some"' in form and "checked" not in form
    ended(library, client.post("/documents/tags", json={"names": [TEA, CAT], "added": ["山", "飲料"], "taken": []}))
    assert library.facts.tags == {TEA: ["山", "飲料"], CAT: ["山", "飲料"]}
    form = html.unescape(client.post("/documents/tagging", json={"names": [TEA, CAT]}).text)
    assert form.count('data-share="all" checked') == 2
    ended(library, client.post("/documents/tags", json={"names": [CAT], "added": [], "taken": ["山"]}))
    assert library.facts.tags == {TEA: ["山", "飲料"], CAT: ["飲料"]}
    told = client.post("/documents/tags", json={"names": [CAT, "沒有"], "added": ["a,b"], "taken": []}).json()
    assert told["changes"] == [] and len(told["refused"]) == 2
    shown = html.unescape(client.get("/view/documents").text)
    assert "#山" in shown and say("documents.tagged", "zh-Hant") in html.unescape(client.get("/documents/changes").text)


def test_many_are_deleted_and_each_can_be_brought_back(client: TestClient, library: Library, corpus: Path) -> None:
    told = ended(library, client.post("/documents/remove", json={"names": [CAT, TEA, "沒有.txt"]}))
    assert len(told["changes"]) == 2 and [one["name"] for one in told["refused"]] == ["沒有.txt"]
    assert {o.name for o in library.outcomes()} == {SALES}
    for change in library.editor().changes():
        response = client.post("/documents/restore", params={"name": change.name, "kept": change.kept})
        assert response.status_code == 202
    assert (corpus / CAT).exists() and (corpus / TEA).exists()


def test_nothing_of_that_is_done_where_it_is_read_only(client: TestClient, library: Library, corpus: Path) -> None:
    library.settings = library.settings.model_copy(update={"read_only": True})
    requests = {
        "move": {"names": [CAT], "folder": "新"}, "remove": {"names": [CAT]},
        "tags": {"names": [CAT], "added": ["新"], "taken": []},
    }  # fmt: skip
    for name, body in requests.items():
        assert client.post(f"/documents/{name}", json=body).status_code == 403, name
    assert client.post("/documents/rename", params={"name": CAT, "to": "新.txt"}).status_code == 403
    assert (corpus / CAT).exists() and library.facts.tags == {TEA: ["飲料"]}
    shown = client.get("/view/documents").text
    assert 'class="ask-chosen"' in shown and 'class="move"' not in shown


def test_a_chat_about_a_document_asks_it_under_its_new_name(client: TestClient, library: Library) -> None:
    session = Session(
        Desk(library, Conversations(library.index / "conversations.sqlite")), Visitor("v" * 22, "zh-Hant")
    )
    *_, chat = converse(session, Conversation(), "泡茶的水幾度？", scope=Scope(frozenset({TEA})))
    ended(library, client.post("/documents/rename", params={"name": TEA, "to": "山/茶.md"}))
    assert session.desk.conversations.scope("v" * 22, chat.id) == Scope(frozenset({"山/茶.md"}))


def test_an_old_citation_opens_at_the_new_name(library: Library, tmp_path: Path) -> None:
    session = Session(Desk(library, Conversations(tmp_path / "chats.sqlite")), Visitor("v" * 22, "zh-Hant"))
    *_, chat = converse(session, Conversation(), "泡茶的水幾度？")
    turn = chat.turns[0]
    assert turn.answer and turn.answer.citations[0].document == TEA
    library.editor().wait(library.editor().move(TEA, "山/茶.md"), 30)
    place = find_place(session, Wanted(message=turn.message, marker=1))
    assert isinstance(place, Place) and (place.document.name, place.notice) == ("山/茶.md", "")
    cited = turn.answer.citations[0]
    linked = Wanted(document=TEA, start=cited.start, end=cited.end, version=cited.sha256[:12])
    place = find_place(session, linked)
    assert isinstance(place, Place) and place.document.name == "山/茶.md"
