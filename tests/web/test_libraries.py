"""Several libraries at one page: each below its own address, none with anything of another; who may change the list."""

import asyncio
import html
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.test_web import PAYLOADS, tags

from yinju import build_index, open_library
from yinju.conversations import Conversations
from yinju.libraries import Entry
from yinju.library import Library
from yinju.messages import LANGUAGES, say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Answer, Verdict
from yinju.web import create_app, desks
from yinju.web.rooms import Rooms
from yinju.web.visitor import ID_COOKIE

HERE, BASE, VISITOR = ("127.0.0.1", 50_000), "http://127.0.0.1:7860", "o" * 22
WEB = Path(desks.__file__).parent
GOLD = "冬天的茶水約九十五度。"


@dataclass
class Page:
    """A page with a first library."""

    client: TestClient
    first: Library
    folder: Path
    app: FastAPI

    @property
    def desks(self) -> desks.Desks:
        """Where the desks of the libraries stand."""
        layers: list[Any] = self.app.user_middleware
        return cast(desks.Desks, next(one.kwargs["desks"] for one in layers if one.cls is Rooms))

    def make(self, title: str) -> str:
        """The address of a new library."""
        made = self.client.post("/libraries", json={"title": title})
        assert made.status_code == 201
        return str(made.json()["address"])

    def add(self, address: str, name: str, text: str) -> None:
        """Put a document into a library, and wait until it is indexed."""
        sent = self.client.post(f"{address}documents/upload", params={"name": name}, content=text.encode())
        assert sent.status_code == 202
        self.settled(address)

    def settled(self, address: str) -> None:
        """Wait until nothing is being read."""
        end = time.monotonic() + 20
        while re.search('data-running="[1-9]|data-behind', self.client.get(f"{address}documents/changes").text):
            assert time.monotonic() < end
            time.sleep(0.02)


def client_of(app: FastAPI, client: tuple[str, int] = HERE) -> TestClient:
    cookies = {ID_COOKIE: VISITOR}
    return TestClient(app, BASE, client=client, cookies=cookies, raise_server_exceptions=False)


@pytest.fixture
def page(tmp_path: Path, encoder: Encoder) -> Iterator[Page]:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "茶.txt").write_text(f"{GOLD}\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=encoder)
    settings = Settings(corpus=str(tmp_path / "corpus"), index=str(tmp_path / "index"), language="zh-Hant")

    async def create() -> FastAPI:
        return create_app(library, settings)

    with open_library(tmp_path / "index", encoder=encoder, settings=settings) as library:
        app = asyncio.run(create())
        with client_of(app) as client:
            yield Page(client, library, tmp_path, app)


def test_a_new_library_is_empty_and_each_has_its_own_documents(page: Page) -> None:
    there = page.make("咖啡")
    assert re.fullmatch("/l/[a-z0-9]{8}/", there)
    page.add(there, "豆.txt", "咖啡豆要現磨。")
    lists = [html.unescape(page.client.get(f"{address}view/documents").text) for address in ("/", there)]
    assert [[name in listed for name in ("茶.txt", "豆.txt")] for listed in lists] == [[True, False], [False, True]]
    own = page.folder / "libraries" / there[3:11]
    assert sorted(path.name for path in own.iterdir()) == ["corpus", "index", "library.json"]
    assert [path.name for path in (page.folder / "corpus").iterdir()] == ["茶.txt"]


ASKED: dict[str, str | int] = {"document": "茶.txt", "start": 0, "end": 5}


@pytest.mark.parametrize("door", ["source", "source/text", "source/paper", "original", "view/documents", "search"])
def test_no_document_is_read_through_another_library_s_address(page: Page, door: str) -> None:
    there = page.make("咖啡")
    version = page.first.documents()[0].sha256[:12]
    asked = {**ASKED, "version": version, "q": "茶水"}
    found, kept = (page.client.get(f"{address}{door}", params=asked) for address in ("/", there))
    assert "冬天的茶" in html.unescape(re.sub("<[^>]*>", "", found.text))
    assert "冬天的茶" not in html.unescape(re.sub("<[^>]*>", "", kept.text))


def test_a_chat_is_one_library_s(page: Page) -> None:
    there = page.make("咖啡")
    first = Conversations(page.first.index / "conversations.sqlite")
    message = first.keep(VISITOR, "mine", Answer("冬天呢", (), (), Verdict.NOTHING, 0.0, "extractive", 0.1))
    doors = [("GET", "chats/mine/export.md"), ("GET", f"answer.md?message={message}"), ("DELETE", "chats/mine")]
    assert "冬天呢" not in page.client.get(f"{there}chats").text
    for method, door in doors:
        assert page.client.request(method, f"{there}{door}").status_code == 404
    assert page.client.post(f"{there}judge", json={"message": message, "said": "up"}).status_code == 404
    for method, door in doors:
        assert page.client.request(method, f"/{door}").status_code in (200, 204)


def test_what_gradio_serves_names_the_library_and_its_files_are_those_of_all(page: Page) -> None:
    there = page.make("咖啡")
    shown = page.client.get(there).text
    assert f'"root":"{BASE}{there[:-1]}"' in shown
    files = re.findall(r'"(/assets/[^"]+)"', shown)
    assert len(files) == 2 and "./assets/" not in shown
    assert [page.client.get(file).status_code for file in files] == [200, 200]
    assert page.client.get(f"{there}config").json()["root"] == f"{BASE}{there[:-1]}"
    assert page.client.post(f"{there}gradio_api/upload").status_code == 404
    assert page.client.get(there[:-1], follow_redirects=False).headers["location"] == there


def test_every_address_in_a_library_is_relative() -> None:
    """But for those of files that are the same for all, of libraries themselves, and of what is about a user."""
    same = r"ui/|login\b|logout\b|password\b|oidc\b"
    own = rf"""(?:"|'|`)/(?!{same}|"|'|`)[\w?]|go\(["'`]/|href="/"|(?:href|src|data-address)="/(?!{same})"""
    found = [
        (path.name, line)
        for path in [*WEB.glob("static/*.js"), *WEB.rglob("templates/**/*.html")]
        for line in path.read_text("utf-8").splitlines()
        if re.search(own, line)
    ]
    assert sorted(name for name, _ in found) == ["libraries.js", "password.html", "shut.html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_no_library_that_is_said_with_a_way_to_the_others(page: Page, language: str) -> None:
    page.client.cookies.set("yinju_language", language)
    for id in ("aaaaaaaa", "..%2findex", "%2e%2e", "x" * 300, "<b>"):
        shown = page.client.get(f"/l/{id}/")
        assert shown.status_code == 404
        assert say("libraries.unknown", language) in html.unescape(shown.text) or "Not Found" in shown.text  # type: ignore[arg-type]
        assert page.client.get(f"/l/{id}/documents/files").status_code == 404
        assert page.client.post(f"/l/{id}/documents/upload?name=a.txt", content=b"a").status_code == 404
    missing = page.client.get("/l/aaaaaaaa/").text
    assert f'<html lang="{language}">' in missing and 'href="/?view=libraries"' in missing
    assert not (page.folder / "libraries").exists()


def test_a_damaged_library_says_so_and_takes_no_other_down(page: Page) -> None:
    there, other = page.make("咖啡"), page.make("水")
    page.add(there, "豆.txt", "咖啡豆要現磨。")
    page.client.get(other)
    id = there[3:11]
    page.desks.close(id)
    (page.folder / "libraries" / id / "index" / "CURRENT").write_text("?", "utf-8")
    shut = page.client.get(there)
    assert (shut.status_code, say("libraries.shut", "zh-Hant") in shut.text) == (500, True)
    assert 'href="/?view=libraries"' in shut.text
    assert ["CURRENT" in client_of(page.app, who).get(there).text for who in (HERE, ("192.168.1.9", 1))] == [
        True,
        False,
    ]
    assert page.client.get(f"{there}frame").status_code == 500
    assert [page.client.get(address).status_code for address in ("/", other)] == [200, 200]
    assert say("libraries.unread", "zh-Hant") in page.client.get("/view/libraries").text


def test_a_library_is_brought_up_to_date_behind_its_page(page: Page) -> None:
    there = page.make("咖啡")
    corpus = page.folder / "libraries" / there[3:11] / "corpus"
    for number in range(3):
        (corpus / f"{number}.txt").write_text(f"第{number}種咖啡豆要現磨。", "utf-8")
    assert page.client.get(there).status_code == 200
    page.settled(there)
    assert "3 份文件" in page.client.get(f"{there}documents/totals").text
    page.desks.close(there[3:11])
    (corpus / "0.txt").unlink()
    (corpus / "1.txt").write_text("另一種咖啡。", "utf-8")
    page.client.get(there)
    page.settled(there)
    told = html.unescape(page.client.get(f"{there}documents/changes").text)
    assert ["0.txt" in told, "1.txt" in told, "2.txt" in told] == [True, True, False]
    assert "2 份文件" in page.client.get(f"{there}documents/totals").text


def test_a_library_is_renamed_deleted_and_brought_back(page: Page) -> None:
    there = page.make("咖啡")
    id = there[3:11]
    page.add(there, "豆.txt", "咖啡豆要現磨。")
    assert page.client.patch("/libraries", json={"id": id, "title": "咖 啡"}).status_code == 204
    assert page.client.patch("/libraries", json={"title": "家"}).status_code == 204
    listed = html.unescape(page.client.get("/view/libraries").text)
    assert 'data-title="咖 啡" data-goes="1 份文件 · 0 個對話"' in listed and 'data-title="家"' in listed
    kept = page.client.delete("/libraries", params={"id": id}).json()["kept"]
    assert [page.client.get(f"{there}{door}").status_code for door in ("", "frame")] == [404, 404]
    assert "咖 啡" in page.client.get("/view/libraries").text
    assert page.client.post("/libraries/restore", json={"kept": kept}).json() == {"address": there}
    assert "豆.txt" in html.unescape(page.client.get(f"{there}view/documents").text)
    page.client.delete("/libraries", params={"id": id})
    assert say("setup.storage.deleted_libraries", "zh-Hant") in page.client.get("/view/setup").text
    assert page.client.delete("/setup/deleted").status_code == 200
    assert say("setup.storage.deleted_libraries", "zh-Hant") not in page.client.get("/view/setup").text
    assert page.client.post("/libraries/restore", json={"kept": kept}).status_code == 404


def test_what_is_asked_wrongly_is_told(page: Page) -> None:
    page.make("咖啡")
    asked = [
        page.client.post("/libraries", json={"title": title}) for title in ("", "字" * 61, "咖啡", "a\u202eb")
    ]  # fmt: skip
    assert [one.status_code for one in asked] == [400, 400, 409, 400]
    assert all(one.headers["content-type"].startswith("text/plain") and one.text.endswith("。") for one in asked)
    assert page.client.delete("/libraries").status_code == 409
    assert page.client.delete("/libraries?id=aaaaaaaa").status_code == 404


@pytest.mark.parametrize(
    ("changed", "client", "header"),
    [
        ({"read_only": True}, HERE, ""), ({"public": True}, HERE, ""), ({}, ("192.168.1.9", 1), ""),
        ({}, HERE, "x-forwarded-for"),
    ],
)  # fmt: skip
def test_nobody_else_changes_the_list(
    page: Page, changed: dict[str, bool], client: tuple[str, int], header: str
) -> None:
    there = page.make("咖啡")
    page.first.settings = page.first.settings.model_copy(update=changed)
    other = client_of(page.app, client)
    other.headers.update({header: "1.2.3.4"} if header else {})
    assert [
        other.post("/libraries", json={"title": "水"}).status_code,
        other.patch("/libraries", json={"id": there[3:11], "title": "水"}).status_code,
        other.delete("/libraries", params={"id": there[3:11]}).status_code,
        other.post("/libraries/restore", json={"kept": "x"}).status_code,
    ] == [403] * 4
    frame, view = (other.get(door).text for door in ("/frame", "/view/libraries"))
    assert "make-library" not in re.sub("<dialog.*?</dialog>", "", frame) and "<button" not in view
    assert "咖啡" in view and "咖啡" in frame


def test_settings_are_those_of_all(page: Page) -> None:
    there, later = page.make("咖啡"), page.make("水")
    page.client.get(there)
    assert page.client.put(f"{there}setup/choice", json={"name": "refuse_below", "value": "0.9"}).status_code == 204
    opened = page.desks
    assert page.first.settings.refuse_below == 0.9
    assert [opened.of(address[3:11]).library.settings.refuse_below for address in (there, later)] == [0.9, 0.9]
    assert say("setup.for_all", "zh-Hant") in page.client.get(f"{there}view/setup").text


def test_libraries_that_nobody_asks_for_are_closed(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = page.desks
    made = [page.make(f"第{number}個")[3:11] for number in range(4)]
    for id in made:
        opened.of(id)
        page.settled(f"/l/{id}/")
    assert len([*opened]) == 5
    monkeypatch.setattr(desks, "MOST_OPEN", 2)
    monkeypatch.setattr(desks, "LEAST_SECONDS", 0.0)
    opened.of(page.make("再一個")[3:11])
    end = time.monotonic() + 10
    while len([*opened]) > 3 and time.monotonic() < end:
        time.sleep(0.02)
    assert len([*opened]) == 3, "the first, the last two"
    assert opened.of(made[0]).library.search("水") == []


def test_a_library_is_opened_while_others_answer(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = page.desks
    there, real = page.make("咖啡"), opened._library
    seen = list[int]()

    def slow(entry: Entry) -> Library:
        seen.append(page.client.get("/frame").status_code)
        return real(entry)

    monkeypatch.setattr(opened, "_library", slow)
    assert page.client.get(there).status_code == 200
    assert seen == [200]


def test_a_hostile_title_is_nothing_but_text(page: Page) -> None:
    """Whatever can be a title: what shows nothing is refused."""
    page.make("咖啡")

    def shown(title: str) -> list[str]:
        assert page.client.patch("/libraries", json={"title": title}).status_code == 204
        pieces = [page.client.get(door).text for door in ("/libraries/menu", "/view/libraries", "/frame")]
        assert all(html.unescape(piece).count(f'title="{title}"') == 1 for piece in pieces)
        return [tag for piece in pieces for tag in tags(piece)]

    tame = shown("好")
    for payload in PAYLOADS:
        title = " ".join(re.sub(r"[\x00-\x1f\u202a-\u202e\\]", " ", payload)[:60].split())
        assert shown(title) == tame
