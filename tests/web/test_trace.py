"""Every request has its line in the log, and every route that changes something its line in the record of changes."""

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Route

from yinju import build_index, logs, open_library
from yinju.audit import AuditLog, log_of
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.users import Role, Users
from yinju.web import create_app
from yinju.web.guard import GRADIO
from yinju.web.trace import UNRECORDED
from yinju.web.visitor import ID_COOKIE, hashed

VISITOR, SECRET = "o" * 22, "sk-canary-9f31"
QUESTION = "王小明的薪水是多少？"


@dataclass
class Page:
    """A page on this machine, and the record of what is changed at it."""

    client: TestClient
    app: FastAPI
    log: AuditLog
    folder: Path

    def told(self) -> list[tuple[str, str, str, str]]:
        """Who, action, target and outcome of each line."""
        return [(one["who"], one["action"], one["target"], one["outcome"]) for one in self.log.entries()]


@pytest.fixture
def page(tmp_path: Path, encoder: Encoder) -> Iterator[Page]:
    (tmp_path / "corpus").mkdir()
    for name in ("甲.txt", "乙.txt", "丙.txt"):
        (tmp_path / "corpus" / name).write_text(f"{name}的茶水約九十五度。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=encoder)
    settings = Settings(corpus=str(tmp_path / "corpus"), index=str(tmp_path / "index"), language="zh-Hant")
    with open_library(tmp_path / "index", encoder=encoder, settings=settings) as library:

        async def create() -> FastAPI:
            return create_app(library, settings)

        app = asyncio.run(create())
        how = {"client": ("127.0.0.1", 50_000), "cookies": {ID_COOKIE: VISITOR}, "raise_server_exceptions": False}
        with TestClient(app, "http://127.0.0.1:7860", **how) as client:  # type: ignore[arg-type]
            yield Page(client, app, log_of(settings), tmp_path)


def changes(page: Page) -> dict[str, tuple[str, str]]:
    """What is done by each route that changes something → the action and the target that are recorded of it."""
    done, sent = dict[str, tuple[str, str]](), page.client.request

    def act(route: str, action: str, target: str, path: str = "", **how: object) -> str:
        method, template = route.split(" ", 1)
        before = page.told()
        answered = sent(method, path or template, **how)  # type: ignore[arg-type]
        assert answered.status_code < 400, (route, answered.text)
        (new,) = page.told()[len(before) :]
        assert new == (hashed(VISITOR), action, target, "done"), route
        done[route] = action, target
        return str(answered.text)

    name = {"name": "新.txt"}
    act("POST /documents/upload", "document_add", "新.txt", params=name, content="新的茶。".encode())
    act("POST /documents/reread", "document_reread", "甲.txt", params={"name": "甲.txt"})
    act(
        "POST /documents/encoding", "document_encoding", "甲.txt: utf-8", params={"name": "甲.txt", "encoding": "utf-8"}
    )
    act("POST /documents/rename", "document_move", "乙.txt → 丁.txt", params={"name": "乙.txt", "to": "丁.txt"})
    act("POST /documents/move", "document_move", "丁.txt → 夾/丁.txt", json={"names": ["丁.txt"], "folder": "夾"})
    tags = {"names": ["甲.txt"], "added": ["茶"], "taken": []}
    act("POST /documents/tags", "document_tag", "甲.txt: +['茶'] −[]", json=tags)
    act("DELETE /documents/file", "document_remove", "甲.txt", params={"name": "甲.txt"})
    kept = next((page.folder / "index" / "deleted").iterdir()).name
    act("POST /documents/restore", "document_restore", "甲.txt", params={"name": "甲.txt", "kept": kept})
    act("POST /documents/remove", "document_remove", "丙.txt", json={"names": ["丙.txt"]})
    made = act("POST /libraries", "library_create", "茶葉", json={"title": "茶葉"})
    id = json.loads(made)["address"].split("/")[2]
    act("PATCH /libraries", "library_rename", f"{id} → 咖啡", json={"title": "咖啡", "id": id})
    gone = json.loads(act("DELETE /libraries", "library_delete", id, params={"id": id}))["kept"]
    act("POST /libraries/restore", "library_restore", gone, json={"kept": gone})
    model = {"address": "http://127.0.0.1:9/v1", "model": "m", "key": SECRET}
    act("PUT /setup/model", "settings_change", "llm_base_url, llm_model, llm_api_key", json=model)
    act("PUT /setup/choice", "settings_change", "refuse_below", json={"name": "refuse_below", "value": "0.4"})
    act("DELETE /setup/choice", "settings_forget", "refuse_below", params={"name": "refuse_below"})
    before = page.told()
    assert sent("DELETE", "/setup/deleted").status_code == 200
    assert [one[1] for one in page.told()[len(before) :]] == ["deleted_empty", "libraries_empty"]
    return done | {"DELETE /setup/deleted": ("deleted_empty", "")}


def test_every_route_that_changes_something_is_recorded_or_is_said_why_not(page: Page) -> None:
    routes = [one for one in page.app.routes if isinstance(one, Route)]  # Gradio's are mounted
    there = {f"{method} {one.path}" for one in routes for method in one.methods or ()}
    ours = {one for one in there if not one.startswith(("GET ", "HEAD "))}
    recorded = {*changes(page)}
    of_users = {"POST /login", "POST /password", "PUT /libraries/allowed"}  # see tests/users
    by_name = {"POST /shares", "DELETE /shares/{token}"}
    assert ours - recorded - UNRECORDED.keys() - of_users - by_name - {"POST /documents/retry"} == set()
    assert len(recorded) > 15 and recorded <= ours and {*UNRECORDED} - {GRADIO} <= ours
    page.log.check()
    assert SECRET not in page.log.path.read_text("utf-8")


def test_a_route_of_which_nothing_was_recorded_is_recorded_by_its_name(page: Page) -> None:
    @page.app.post("/new/{name}")
    def new(name: str) -> str:
        return name

    page.app.router.routes.insert(0, page.app.router.routes.pop())
    assert page.client.post("/new/王小明", content=b"").status_code == 200
    assert page.told() == [(hashed(VISITOR), "POST /new/{name}", "", "done")]


def test_what_somebody_tries_who_may_not_is_recorded_and_what_is_malformed_is_not(page: Page) -> None:
    page.client.post("/libraries", json={"title": "先有紀錄"})
    page.client.request("DELETE", "/setup/deleted", headers={"X-Forwarded-For": "1.2.3.4"})
    page.client.post("/libraries", json={})
    page.client.request("DELETE", "/documents/file", params={"name": "沒有.txt"})
    assert [one[1:] for one in page.told()[1:]] == [
        ("DELETE /setup/deleted", "", "403"), ("document_remove", "沒有.txt", "not_there"),
    ]  # fmt: skip


def test_strangers_cannot_fill_the_record_until_what_was_done_is_gone(page: Page) -> None:
    page.client.post("/libraries", json={"title": "先有紀錄"})
    Users(page.folder / "index" / "users.sqlite").add("boss", Role.ADMIN, "a long password")
    wanted = {"name": "😀" * 1_000, "password": "x"}
    statuses = [page.client.post("/login", data=wanted).status_code for _ in range(14)]
    assert statuses[:10] == [401] * 10 and 429 in statuses
    assert page.client.post("/libraries", json={"title": "x"}).status_code == 401
    assert page.told()[1:] == [("-", "login", "😀" * 200, "login.wrong")] * statuses.count(401)


def test_a_request_is_a_line_without_names_or_questions(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    root, ours = logging.getLogger(), logging.getLogger("yinju")
    handlers, level = [*root.handlers], ours.level
    try:
        logs.begin("en", Settings(log_format="json", log_level="info"))
        for path in (f"/view/search?q={QUESTION}", f"/find?q={QUESTION}", f"/chats/{SECRET}/export.md", f"/{SECRET}"):
            page.client.get(path)
        page.client.get("/", headers={"Host": "evil.example"})
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    finally:
        root.handlers = handlers
        ours.setLevel(level)
    told = [(one["method"], one["route"], one["status"]) for one in lines if one["event"] == "yinju.web.trace"]
    assert told == [
        ("GET", "/view/search", 200), ("GET", "/find", 200), ("GET", "/chats/{chat}/export.{kind}", 404),
        ("GET", "-", 404), ("GET", "/", 421),
    ]  # fmt: skip
    assert {one["who"] for one in lines[:-1]} == {hashed(VISITOR)} and len({one["request"] for one in lines}) == 5
    assert not any(word in str(lines) for word in (QUESTION, SECRET, VISITOR))
