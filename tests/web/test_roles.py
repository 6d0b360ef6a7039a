"""Every door of the running application × everybody who may knock: what is not in the table here must be shut."""

import asyncio
import json
import re
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import argon2
import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from tests.web.test_doors import Door, doors_of

from yinju import build_index, open_library
from yinju.conversations import Conversations
from yinju.errors import SettingsError, UsersError
from yinju.library import Library
from yinju.messages import LANGUAGES, Language, say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Answer, Citation, Statement, Verdict
from yinju.users import EVERYONE, Role, Users, passwords
from yinju.web import create_app
from yinju.web.access import Access
from yinju.web.forms import STREAM
from yinju.web.guard import Guard
from yinju.web.hosts import allowed_hosts
from yinju.web.login import inside
from yinju.web.server import bind
from yinju.web.visitor import ID_COOKIE, session_cookie

PASSWORD = "correct horse"
EXPECTED = {
    "open": "GET /ui/{path:path}  GET /login  POST /login  GET /health  GET /ready",
    "enter": """
        POST /logout  GET /password  POST /password  GET /assets/{path:path}  GET /static/{path:path}  GET /theme.css
        GET /favicon.ico  GET /robots.txt  GET /manifest.json
    """,
    "read": """
        GET /  GET /config  GET /frame  GET /find  POST /gradio_api/queue/join  GET /gradio_api/queue/data
        GET /shares  POST /shares  DELETE /shares/{token}  GET /share/{token}  POST /share/{token}/continue
        GET /gradio_api/startup-events  POST /gradio_api/reset
        POST /gradio_api/cancel  GET /source  GET /source/text  GET /source/paper  GET /source/page  GET /source/figure
        GET /page  GET /original  GET /view/documents  GET /documents/files  GET /documents/totals  GET /documents/names
        GET /view/search  GET /search  GET /view/overview  GET /overview/map  GET /view/setup  GET /view/libraries
        GET /libraries/menu  GET /scope/options  GET /scope  POST /scope  GET /chats  PATCH /chats/{chat}
        DELETE /chats/{chat}  GET /chats/{chat}/export.{kind}  GET /answer.md  GET /answer.{kind}  POST /judge
    """,
    "edit": """
        GET /documents/changes  POST /documents/upload  DELETE /documents/file  POST /documents/reread
        POST /documents/encoding  POST /documents/restore  POST /documents/retry  POST /documents/rename
        POST /documents/move  POST /documents/tags  POST /documents/remove  POST /documents/tagging
        POST /libraries  PATCH /libraries
    """,
    "manage": """
        DELETE /libraries  POST /libraries/restore  PUT /libraries/allowed  POST /setup/servers
        POST /setup/models  POST /setup/test  PUT /setup/model  PUT /setup/choice  DELETE /setup/choice
        DELETE /setup/deleted
    """,
    "figures": "GET /metrics",
}
LEVELS = [*EXPECTED]
MAY = {"anonymous": 0, "disabled": 0, "expired": 0, "reader": 2, "editor": 3, "admin": 4}
"""Who → up to which of the levels that goes."""
LEVEL_OF = {
    f"{method} {path}": level
    for level, listed in EXPECTED.items()
    for method, path in zip(listed.split()[::2], listed.split()[1::2], strict=True)
}
CITED = Citation(1, "茶.txt", "茶", "", None, 0, 7, "茶要趁熱喝。", "茶要趁熱喝。", "ab" * 32)
ANSWER = Answer("茶呢？", (Statement("祕密的回答。", (1,)),), (CITED,), Verdict.ANSWERED, 0.9, "extractive", 0.01)


class Served(uvicorn.Server):
    """A real server over a library, in a thread."""

    def __init__(self, library: Library, settings: Settings) -> None:
        """Keep what the page is made of."""
        super().__init__(uvicorn.Config("", log_level="critical", timeout_graceful_shutdown=0, proxy_headers=False))
        self.library, self.settings, self.listener = library, settings, bind("127.0.0.1", 0)
        self.app = FastAPI()

    def run_here(self) -> None:
        """Serve, in an event loop of its own."""
        asyncio.run(self._run_here())

    async def _run_here(self) -> None:
        self.config.app = self.app = create_app(self.library, self.settings)
        await self.serve([self.listener])


@dataclass
class House:
    """The running application and its users."""

    server: Served
    users: Users
    folder: Path
    base: str
    hidden: str
    """The id of a library that only `owner` may open, and admins."""

    def client(self, who: str = "anonymous") -> httpx2.Client:
        """A browser of somebody, logged in."""
        cookies = {}
        if who == "expired":
            cookies = {"yinju_session": "x" * 43}
        elif who == "disabled":
            self.users.set_disabled("disabled", False)
            cookies = {"yinju_session": self.users.begin_session(self.users.named("disabled").id)}
            self.users.set_disabled("disabled", True)
        elif who != "anonymous":
            cookies = {"yinju_session": self.users.begin_session(self.users.named(who).id)}
        return httpx2.Client(base_url=self.base, cookies=cookies, timeout=30, verify=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("roles")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "茶.txt").write_text("茶要趁熱喝。\n", "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    settings = Settings(corpus=str(folder / "corpus"), index=str(folder / "index"), language="zh-Hant", reread=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        users = Users.of(settings)
        for name, role in [("reader", "reader"), ("editor", "editor"), ("admin", "admin"), ("disabled", "admin"),
                           ("owner", "editor"), ("other", "reader")]:  # fmt: skip
            users.add(name, Role(role), PASSWORD)
        users.set_disabled("disabled", True)
        with open_library(folder / "index", encoder=real_encoder, settings=settings) as library:
            server = Served(library, settings)
            thread = Thread(target=server.run_here, daemon=True)
            thread.start()
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)
            made = House(server, users, folder, f"http://127.0.0.1:{server.listener.getsockname()[1]}", "")
            with made.client("owner") as owner:
                made.hidden = owner.post("/libraries", json={"title": "祕密"}).json()["address"][3:11]
                owner.get(f"/l/{made.hidden}/")
            yield made
            server.should_exit = True
            thread.join(10)


@pytest.fixture(autouse=True)
def forgiven(house: House) -> None:
    """All of this comes from one address, which has failed to log in for nobody yet."""
    with closing(sqlite3.connect(house.users.path)) as database, database:
        database.execute("DELETE FROM failures")


def knock(client: httpx2.Client, door: Door, before: str = "") -> tuple[int, str]:
    """The status and the body of what a door answers; of one that goes on for ever only the status."""
    path = door.path
    for name in door.places:
        path = path.replace(f"{{{name}}}", "a").replace(f"{{{name}:path}}", "a")
    body: dict[str, Any] = {}
    if door.method in ("POST", "PATCH", "PUT"):
        body = {"json": dict.fromkeys(door.body, "a")}
    asked = {**dict.fromkeys(door.asked, "a"), **({"session_hash": "!"} if "session_hash" in door.asked else {})}
    with client.stream(door.method, before + path, params=asked, **body) as response:
        if "event-stream" in response.headers.get("content-type", ""):
            return response.status_code, ""
        return response.status_code, response.read().decode("utf-8", "replace")


def came_of(answer: tuple[int, str]) -> str:
    """What became of a knock: `login` or `role` where it was refused for want of that, else missing or passed."""
    status, body = answer
    assert status < 500, answer
    if status in (401, 403) and body.startswith("{"):
        return str(json.loads(body)["error"]["code"])
    return "missing" if (status, body) == (404, "Not Found") else "passed"


def doors(house: House) -> list[Door]:
    """Every door, once; the one that leads out is the last."""
    found = {(one.method, one.path): one for one in doors_of(house.server.app.routes)}
    return sorted(found.values(), key=lambda door: (door.method, door.path) == ("POST", "/logout"))


def test_the_table_names_doors_that_are_there(house: House) -> None:
    there = {f"{door.method} {door.path}" for door in doors(house)}
    assert LEVEL_OF.keys() <= there
    assert len(there) > len(LEVEL_OF), "others are shut"


@pytest.mark.parametrize("who", MAY)
def test_every_door_opens_to_those_alone_that_may(house: House, who: str) -> None:
    wrong, client = list[str](), house.client(who)
    for door in doors(house):
        level = LEVEL_OF.get(f"{door.method} {door.path}", "closed")
        if level == "figures":  # which it says itself, unless YINJU_METRICS opens it to all
            expected = ("passed",) if who == "admin" else ("missing",)
        elif level == "closed":
            expected = ("missing",) if MAY[who] else ("login",)
        elif LEVELS.index(level) <= MAY[who]:
            expected = ("passed",)
        else:
            expected = ("role",) if MAY[who] else ("login",)
        found = came_of(knock(client, door))
        if found not in expected:
            wrong.append(f"{door.method} {door.path}: {found}, expected {expected}")
    client.close()
    assert wrong == []


@pytest.mark.parametrize("who", ["anonymous", "disabled"])
def test_outside_it_is_not_told_which_libraries_there_are(house: House, who: str) -> None:
    with house.client(who) as client:
        for door in doors(house):
            there, missing = (knock(client, door, f"/l/{id}") for id in (house.hidden, "aaaaaaaa"))
            assert came_of(there) == "login" and there == missing, door


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_a_library_that_is_not_open_to_one_is_as_one_that_is_not_there(house: House, who: str) -> None:
    with house.client(who) as client:
        for door in doors(house):
            if door.path in ("/logout", "/login"):
                continue
            there, missing = (knock(client, door, f"/l/{id}") for id in (house.hidden, "aaaaaaaa"))
            assert _plain(there, house.hidden) == _plain(missing, "aaaaaaaa"), door
            assert there[0] in (403, 404, 405), door
        for path in ("/libraries/menu", "/view/libraries", "/frame"):
            assert "祕密" not in client.get(path).text and house.hidden not in client.get(path).text
        assert "祕密" not in client.get("/find", params={"q": "祕"}).text
        changed = client.patch("/libraries", json={"id": house.hidden, "title": "我的"})
        lost = client.patch("/libraries", json={"id": "aaaaaaaa", "title": "我的"})
        assert _plain((changed.status_code, changed.text), house.hidden) == _plain(
            (lost.status_code, lost.text), "a" * 8
        )
    for owner in ("owner", "admin"):
        with house.client(owner) as client:
            assert client.get(f"/l/{house.hidden}/frame").status_code == 200
            assert "祕密" in client.get("/libraries/menu").text


def _plain(answer: tuple[int, str], id: str) -> tuple[int, str]:
    """An answer without the id that was asked for, and without the permit of the page's scripts."""
    return answer[0], re.sub(r"nonce=\w+", "", answer[1].replace(id, "?"))


def test_a_locked_file_of_users_keeps_nothing_else_waiting(house: House) -> None:
    with closing(sqlite3.connect(house.users.path, isolation_level=None)) as writing, house.client("reader") as client:
        assert client.get("/frame").status_code == 200
        writing.execute("BEGIN EXCLUSIVE")
        with ThreadPoolExecutor(1) as waiting, httpx2.Client(base_url=house.base, timeout=3) as other:
            asked = waiting.submit(client.get, "/frame")
            try:
                assert (other.get("/health").status_code, other.get("/ui/page.css").status_code) == (200, 200)
                assert not asked.done(), "the one that needs the file waits"
            finally:
                writing.execute("ROLLBACK")
            assert asked.result().status_code == 200


@pytest.mark.parametrize("settings", [{"trusted_proxies": "127.0.0.1"}, {"users": "users.sqlite"}])
def test_where_users_are_meant_a_lost_file_opens_nothing(
    house: House, settings: dict[str, str], tmp_path: Path
) -> None:
    meant = Settings(index=str(tmp_path / "index"), **settings)  # type: ignore[arg-type]
    assert Access(Users(tmp_path / "no.sqlite"), house.server.library, meant).has_users
    open_to_all = meant.model_copy(update={"public": True})
    assert not Access(Users(tmp_path / "no.sqlite"), house.server.library, open_to_all).has_users


def test_an_admin_says_in_the_page_who_may_open_a_library(house: House) -> None:
    with house.client("admin") as admin, house.client("other") as other:
        asked = {"id": house.hidden, "names": " owner， @Law、other ,"}
        try:
            assert admin.put("/libraries/allowed", json=asked).status_code == 204
            assert "data-allowed=" in admin.get("/view/libraries").text
            assert other.get(f"/l/{house.hidden}/frame").status_code == 200
            assert "data-allowed=" not in other.get("/view/libraries").text
            told = admin.put("/libraries/allowed", json={"id": house.hidden, "names": "owner, nobody"})
            assert (told.status_code, "nobody" in told.text) == (400, True)
            assert other.get(f"/l/{house.hidden}/frame").status_code == 200, "all is as it was"
            assert admin.put("/libraries/allowed", json={"id": "aaaaaaaa", "names": ""}).status_code == 404
        finally:
            house.users.open_to(house.hidden, ["owner"])
        assert other.get(f"/l/{house.hidden}/frame").status_code == 404


def test_where_the_first_library_is_shut_its_page_leads_to_another(house: House) -> None:
    house.users.deny("", [EVERYONE])
    try:
        with house.client("owner") as client:
            led = client.get("/")
            assert (led.status_code, led.headers["location"]) == (303, f"/l/{house.hidden}/")
            assert client.get("/frame").status_code == 404
            assert client.get("/theme.css").status_code == 200
        with house.client("reader") as client:
            shut = client.get("/")
            assert shut.status_code == 404 and say("users.nothing_open", "zh-Hant") in shut.text
            assert 'action="/logout"' in shut.text
    finally:
        house.users.allow("", [EVERYONE])


def test_a_chat_is_its_users_and_nobody_elses(house: House) -> None:
    kept = Conversations(house.folder / "index" / "conversations.sqlite")
    owner, cookie = house.users.named("owner"), "o" * 22
    message = kept.keep(owner.id, "mine", ANSWER)
    before = kept.keep(cookie, "before", ANSWER)
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/chats/{chat}/export.md", {}), ("GET", "/chats/{chat}/export.json", {}),
        ("GET", "/answer.md?message={message}", {}), ("GET", "/answer.docx?message={message}", {}),
        ("POST", "/judge", {"message": "{message}", "said": "up"}), ("PATCH", "/chats/{chat}", {"title": "x"}),
        ("GET", "/source?message={message}&marker=1", {}), ("GET", "/source/paper?message={message}&marker=1", {}),
        ("DELETE", "/chats/{chat}", {}),
    ]  # fmt: skip
    for who, chat, kept_as in [
        ("reader", "mine", message), ("admin", "mine", message), ("other", "mine", message),
        ("owner", "before", before), ("owner", "mine", message),
    ]:  # fmt: skip
        with house.client(who) as client:
            client.cookies.set(ID_COOKIE, cookie)
            listed = client.get("/chats").text
            assert ("chat=mine" in listed, "chat=before" in listed) == (who == "owner", False)
            for method, path, body in asked:
                named = {key: value.format(message=kept_as) for key, value in body.items()}
                given = named or None
                found = client.request(method, path.format(chat=chat, message=kept_as), json=given)
                mine = (who, chat) == ("owner", "mine")
                assert (found.status_code in (200, 204)) == mine, (who, method, path, found.status_code)
                if not mine:
                    lost = client.request(method, path.format(chat="z", message="z"), json=given)
                    assert found.status_code == lost.status_code and found.text == lost.text, path


def test_a_page_leads_to_the_login_and_back(house: House) -> None:
    with house.client() as client:
        client.headers["accept"] = "text/html"
        led = client.get("/?view=documents&chat=a b")
        assert led.status_code == 303
        assert led.headers["location"] == "/login?next=/%3Fview%3Ddocuments%26chat%3Da%2520b"
        assert "set-cookie" not in led.headers
        page = client.get(led.headers["location"])
        assert page.status_code == 200 and 'value="&#47;&#63;view' in page.text
        form = {"name": " READER", "password": PASSWORD, "next": "/?view=documents"}
        opened = client.post("/login", data=form)
        assert (opened.status_code, opened.headers["location"]) == (303, "/?view=documents")
        cookie = opened.headers["set-cookie"]
        assert cookie.startswith("yinju_session=") and cookie.endswith("; HttpOnly; SameSite=Lax")
        assert client.get("/frame").status_code == 200
        assert "set-cookie" not in client.get("/").headers
        assert client.get("/login?next=/find").headers["location"] == "/find"
        session = client.cookies["yinju_session"]
        client.post("/login", data=form)
        assert client.cookies["yinju_session"] != session and house.users.of_session(session) is None
        session = client.cookies["yinju_session"]
        assert client.post("/logout").headers["location"] == "/login"
        assert house.users.of_session(session) is None and "yinju_session" not in client.cookies


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https://evil.example", "\\\\evil.example", "/\t/evil.example", "/\n", "evil",
     "javascript:alert(1)", "", "/" + "a" * 3_000, "/a\\b", "/ /evil.example", "///evil.example", "http:evil.example"],
)  # fmt: skip
def test_no_login_leads_to_another_site(house: House, wanted: str) -> None:
    assert inside(wanted) == "/"
    with house.client() as client:
        led = client.post("/login", data={"name": "reader", "password": PASSWORD, "next": wanted})
        assert led.headers["location"] == "/"
        assert client.get("/login", params={"next": wanted}).headers["location"] == "/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_is_said_in_the_visitors_language(house: House, language: Language) -> None:
    with house.client() as client:
        client.cookies.set("yinju_language", language)
        told = client.get("/frame")
        assert (told.status_code, told.headers["www-authenticate"]) == (401, "Bearer")
        assert told.json() == {"error": {"code": "login", "message": say("request.login", language)}}
        wrong = client.post("/login", data={"name": "<b>nobody", "password": "x", "next": "/find"})
        assert wrong.status_code == 401 and "<b>nobody" not in wrong.text
        assert f'<html lang="{language}">' in wrong.text and wrong.headers["cache-control"] == "no-store"
    with house.client("reader") as client:
        client.cookies.set("yinju_language", language)
        told = client.request("DELETE", "/documents/file", params={"name": "茶.txt"})
        assert (told.status_code, told.json()["error"]["message"]) == (403, say("request.role", language))


def test_another_site_logs_nobody_in_or_out(house: House) -> None:
    with house.client("reader") as client:
        for path, form in (("/login", {"name": "reader", "password": PASSWORD}), ("/logout", {}), ("/password", {})):
            foreign = client.post(path, data=form, headers={"origin": "https://evil.example"})
            assert foreign.status_code == 403 and "set-cookie" not in foreign.headers
        assert client.get("/frame").status_code == 200


def test_after_too_many_failures_one_is_told_when_to_come_back(house: House) -> None:
    house.users.add("locked", password=PASSWORD)
    with house.client() as client:
        for _ in range(40):
            told = client.post("/login", data={"name": "locked", "password": "wrong"})
            if told.status_code == 429:
                break
        assert 1 <= int(told.headers["retry-after"]) <= 900
        assert client.post("/login", data={"name": "locked", "password": PASSWORD}).status_code == 429


def test_one_changes_ones_own_password(house: House) -> None:
    house.users.add("changing", password=PASSWORD)
    with house.client("changing") as client, house.client("changing") as elsewhere:
        new = f"{PASSWORD} 2"
        for present, first, second, status in [
            ("wrong", new, new, 401), (PASSWORD, new, "other", 400), (PASSWORD, "short", "short", 400),
            (PASSWORD, new, new, 303),
        ]:  # fmt: skip
            form = {"present": present, "new": first, "again": second}
            assert client.post("/password", data=form).status_code == status
        assert client.get("/frame").status_code == 200
        assert elsewhere.get("/frame").status_code == 401
        assert client.post("/login", data={"name": "changing", "password": new}).status_code == 303


def test_a_program_comes_in_by_its_token(house: House) -> None:
    token = house.users.new_token("reader")
    with house.client() as client:
        client.headers["authorization"] = f"Bearer {token}"
        assert client.get("/chats").status_code == 200
        assert client.post("/setup/servers").status_code == 403
        house.users.revoke("reader", token)
        assert client.get("/chats").status_code == 401
    with house.client("admin") as client:
        for wrong in ("Bearer x", f"Basic {token}", f"Bearer {token}"):
            assert client.get("/chats", headers={"authorization": wrong}).status_code == 401, "no cookie counts then"


def test_who_is_shut_out_is_out_with_the_next_request(house: House) -> None:
    house.users.add("leaving", Role.EDITOR, PASSWORD)
    with house.client("leaving") as client:
        assert client.get("/documents/changes").status_code == 200
        Users(house.users.path).set_role("leaving", Role.READER)
        assert client.get("/documents/changes").status_code == 401
    with house.client("leaving") as client:
        assert client.get("/documents/changes").status_code == 403
        Users(house.users.path).remove("leaving")
        assert client.get("/frame").status_code == 401


def test_an_answer_that_is_being_sent_ends_for_who_is_shut_out(house: House) -> None:
    """Through the guard itself, before something that streams without end."""
    account = house.users.add("watching", password=PASSWORD)
    cookie = f"yinju_session={house.users.begin_session(account.id)}"
    sent: list[Message] = []

    async def streaming(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in range(100):
            if number == 3:
                Users(house.users.path).set_disabled("watching", True)
            await send({"type": "http.response.body", "body": b"%d " % number, "more_body": True})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"cookie", cookie.encode())]
    asked = {"type": "http", "method": "GET", "path": STREAM, "query_string": b"", "headers": headers}
    access = Access(house.users, house.server.library, house.server.settings)
    asyncio.run(Guard(streaming, allowed_hosts(house.server.settings), access)(asked, receive, send))
    assert b"".join(message.get("body", b"") for message in sent) == b"0 1 2 "
    assert sent[-1]["more_body"] is False


def test_a_damaged_file_of_users_lets_nobody_in(house: House) -> None:
    content = house.users.path.read_bytes()
    with house.client("admin") as client:
        aside = house.users.path.with_name("aside")
        house.users.path.rename(aside)
        try:
            house.users.path.write_bytes(b"x" * len(content))
            assert [client.get(path).status_code for path in ("/", "/frame", "/login", "/ready")] == [503] * 4
            assert client.get("/health").status_code == 200, "it lives"
            house.users.path.unlink()
            assert client.get("/frame").status_code == 503
        finally:
            aside.rename(house.users.path)
        assert client.get("/frame").status_code == 200


def test_a_fault_of_the_file_is_told_without_its_path(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(users: Users, *_: object) -> None:
        raise UsersError("user.file", path=users.path, why="disk I/O error")

    with house.client() as client, house.client("admin") as admin:
        monkeypatch.setattr(Users, "login", fail)
        monkeypatch.setattr(Users, "open_to", fail)
        for told in (
            client.post("/login", data={"name": "reader", "password": PASSWORD}),
            admin.put("/libraries/allowed", json={"id": house.hidden, "names": ""}),
        ):
            assert told.json()["error"]["message"] == say("request.users", "zh-Hant")
            assert (told.status_code, "users.sqlite" in told.text) == (503, False)


def test_a_reader_is_shown_nothing_that_it_may_not_do(house: House) -> None:
    with house.client("reader") as client:
        frame, documents = client.get("/frame").text, client.get("/view/documents").text
        assert "files-to-upload" not in frame and 'class="make-library"' not in client.get("/libraries/menu").text
        assert 'class="upload"' not in documents and say("documents.upload", "zh-Hant") not in documents
        assert "<form" not in client.get("/view/setup").text
        assert "reader" in frame and 'action="/logout"' in frame
    with house.client("editor") as client:
        assert "files-to-upload" in client.get("/frame").text
        assert 'class="delete"' not in client.get("/view/libraries").text


def test_where_others_could_reach_the_page_users_must_be_there_and_stay(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "茶.txt").write_text("茶要趁熱喝。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=encoder)
    settings = Settings(index=str(tmp_path / "index"), host="0.0.0.0", trusted_proxies="127.0.0.1")
    with open_library(tmp_path / "index", encoder=encoder, settings=settings) as library:
        with pytest.raises(SettingsError):
            create_app(library, settings)
        users = Users.of(settings)
        users.add("a", password=PASSWORD)
        server = Served(library, settings)
        thread = Thread(target=server.run_here, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        base = f"http://127.0.0.1:{server.listener.getsockname()[1]}"
        assert httpx2.get(f"{base}/frame").status_code == 401
        told = {"x-forwarded-proto": "https", "x-forwarded-for": "198.51.100.9"}
        form = {"name": "a", "password": PASSWORD}
        opened = httpx2.post(f"{base}/login", data=form, headers=told)
        assert opened.headers["set-cookie"].startswith("__Host-yinju_session=")
        assert opened.headers["set-cookie"].endswith("; Secure")
        cookie = opened.headers["set-cookie"].split(";")[0]
        assert httpx2.get(f"{base}/frame", headers={**told, "cookie": cookie}).status_code == 200
        plain = cookie.removeprefix("__Host-")
        assert httpx2.get(f"{base}/frame", headers={**told, "cookie": plain}).status_code == 401
        httpx2.post(f"{base}/login", data={**form, "password": "wrong"}, headers=told)
        with closing(sqlite3.connect(users.path)) as database:
            assert database.execute("SELECT name, place FROM failures").fetchall() == [("a", "198.51.100.9")]
        users.remove("a")
        assert httpx2.get(f"{base}/frame").status_code == 401, "it is not open to everybody then"
        server.should_exit = True
        thread.join(10)


def test_a_cookie_over_https_is_no_other_page_s_to_set() -> None:
    assert session_cookie("t", True) == (
        "__Host-yinju_session=t; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure"
    )
    assert session_cookie("", False) == "yinju_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"


def test_a_route_that_nobody_put_into_the_table_is_shut(house: House) -> None:
    """The running application's own table, with a route more."""
    app = house.server.app
    app.router.routes.insert(0, Route("/new", lambda request: None))
    try:
        for who, status in (("anonymous", 401), ("reader", 404), ("admin", 404)):
            with house.client(who) as client:
                assert client.get("/new").status_code == status
    finally:
        del app.router.routes[0]
