"""The settings of the page: who may change them, where each is from, and that a change counts and is kept safely."""

import asyncio
import html
import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.answering.scripted_server import PIECES, ScriptedServer, scripted_server, spoken

from yinju import open_library
from yinju.configuration import page_file
from yinju.library import Library
from yinju.messages import LANGUAGES, say
from yinju.protocols import Encoder
from yinju.settings import Settings, load_settings
from yinju.web import create_app
from yinju.web.setup import storage
from yinju.web.setup.strictness import POINTS, drawn, measured_curve

KEY = "sk-canary-77ac91e0d3"
HERE, BASE = ("127.0.0.1", 50_000), "http://127.0.0.1:7860"


@dataclass
class Page:
    """A page over an index, as the one who sits at its machine has it."""

    client: TestClient
    library: Library

    @property
    def view(self) -> str:
        """The settings as they show."""
        return self.client.get("/view/setup").text

    @property
    def kept(self) -> dict[str, Any]:
        """What the file of the choices holds."""
        return dict(json.loads(page_file(self.library.index).read_text("utf-8")))

    def model(self, address: str, model: str = "", key: str = "") -> int:
        """Set the language model; the status."""
        given = {"address": address, "model": model, "key": key}
        return self.client.put("/setup/model", json=given).status_code

    def choose(self, name: str, value: str) -> int:
        """Choose something else; the status."""
        return self.client.put("/setup/choice", json={"name": name, "value": value}).status_code


def client_of(library: Library, settings: Settings, client: tuple[str, int] = HERE) -> TestClient:
    async def create() -> FastAPI:
        return create_app(library, settings)

    headers = {"accept-language": "en"}
    return TestClient(asyncio.run(create()), BASE, client=client, raise_server_exceptions=False, headers=headers)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and nothing that fixes the encoder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("yinju.configuration.ENV_FILE", ".env")
    monkeypatch.delenv("YINJU_ENCODER")
    monkeypatch.delenv("YINJU_CONFIG")
    return tmp_path


@pytest.fixture
def page(toy_index: Path, encoder: Encoder) -> Iterator[Page]:
    settings = load_settings(toy_index)
    with open_library(toy_index, encoder=encoder, settings=settings) as library, client_of(library, settings) as client:
        yield Page(client, library)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server(script=spoken(lambda _: PIECES)) as opened:
        yield opened


# Who may change them


def asked_by(library: Library, changed: dict[str, Any], client: str = "127.0.0.1", **headers: str) -> list[int]:
    """The status of each request that changes or looks."""
    settings = library.settings.model_copy(update=changed)
    library.settings = settings
    asking = client_of(library, settings, (client, 1))
    asking.headers.update(headers)
    sent = [("POST", "servers"), ("POST", "models"), ("POST", "test"), ("PUT", "model"), ("PUT", "choice"),
            ("DELETE", "choice?name=ocr"), ("DELETE", "deleted")]  # fmt: skip
    body = {"address": "ftp://x", "name": "top_k", "value": "9"}
    return [
        asking.request(method, f"/setup/{path}", json=body if method != "DELETE" else None).status_code
        for method, path in sent
    ]


@pytest.mark.parametrize(
    ("changed", "client", "headers"),
    [
        ({"public": True}, "127.0.0.1", {}),
        ({"read_only": True}, "127.0.0.1", {}),
        ({}, "192.168.1.9", {}),
        ({}, "127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        ({}, "127.0.0.1", {"via": "1.1 proxy"}),
        ({}, "127.0.0.1", {"x-forwarded-proto": "https"}),
        ({}, "127.0.0.1", {"cf-connecting-ip": "192.0.2.7"}),
        ({"hosts": "docs.example"}, "127.0.0.1", {"host": "docs.example"}),
    ],
)
def test_nobody_else_may_change_or_probe_anything(
    page: Page, changed: dict[str, Any], client: str, headers: dict[str, str]
) -> None:
    assert asked_by(page.library, changed, client, **headers) == [403] * 7
    assert not page_file(page.library.index).exists()


def test_who_may_not_change_them_sees_no_form_and_no_address(page: Page, server: ScriptedServer) -> None:
    page.model(server.base_url, "甲", KEY)
    away = client_of(page.library, page.library.settings, ("192.168.1.9", 1)).get("/view/setup").text
    assert "甲" in away and not re.search("<form|<select|class=.find", away)
    assert server.base_url not in html.unescape(away) and KEY not in html.unescape(away)
    assert away.count("disabled") == 5  # the slider, its points, the switch


# The language model


def test_a_model_is_in_use_once_it_is_saved_and_not_after_it_is_removed(page: Page, server: ScriptedServer) -> None:
    assert say("frame.without_model", "en") in html.unescape(page.view)
    assert page.model(f" {server.base_url}/ ", "甲:7b", KEY) == 204
    assert page.library.model_name == "甲:7b"
    page.library.ask("泡茶的水約幾度？")
    assert [one.headers["authorization"] for one in server.requests] == [f"Bearer {KEY}"]
    assert 'data-has-model="yes"' in page.view and server.base_url in html.unescape(page.view)
    assert load_settings(page.library.index).llm_model == "甲:7b"
    assert page.model("") == 204
    assert page.library.model_name is None and page.kept == {}
    page.library.ask("泡茶的水約幾度？")
    assert len(server.requests) == 1


def test_a_question_ends_with_the_model_it_began_with(page: Page, server: ScriptedServer) -> None:
    page.model(server.base_url, "甲")
    using = page.library.answering()
    page.model("")
    assert using.model is not None and page.library.answering().model is None


def test_the_key_is_kept_for_this_user_alone_and_never_shown(page: Page, server: ScriptedServer) -> None:
    page.model(server.base_url, "甲", KEY)
    file = page_file(page.library.index)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert KEY in file.read_text("utf-8")
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".settings")] == []
    shown = [page.view, page.client.get("/frame").text, page.client.get("/chats").text]
    assert not any(KEY in html.unescape(text) for text in shown)
    assert say("setup.key.kept", "en") in html.unescape(page.view)


def test_a_key_stays_with_its_address(page: Page, server: ScriptedServer) -> None:
    page.model(server.base_url, "甲", KEY)
    assert page.model(server.base_url, "乙") == 204
    assert page.kept["llm_api_key"] == KEY
    with scripted_server(script=spoken(lambda _: PIECES)) as other:
        asked = {"address": other.base_url, "model": "甲", "key": ""}
        assert page.client.post("/setup/test", json=asked).status_code == 200
        page.model(other.base_url, "甲")
        page.library.ask("泡茶的水約幾度？")
        assert not any("authorization" in request.headers for request in other.requests)
    assert page.kept["llm_api_key"] == ""


def test_nobody_logs_in_where_there_are_no_users(page: Page, toy_index: Path) -> None:
    led = page.client.post("/login", data={"name": "a", "password": "b"}, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/")
    assert not (toy_index / "users.sqlite").exists()


def test_a_key_of_elsewhere_does_not_go_to_an_address_of_the_page(
    folder: Path, toy_index: Path, encoder: Encoder, server: ScriptedServer
) -> None:
    (folder / ".env").write_text(f"YINJU_LLM_BASE_URL=http://127.0.0.1:9/v1\nYINJU_LLM_API_KEY={KEY}\n")
    settings = load_settings(toy_index)
    with open_library(toy_index, encoder=encoder, settings=settings) as library, client_of(library, settings) as client:
        page = Page(client, library)
        assert say("setup.from.env_file", "en") in html.unescape(page.view)
        page.model(server.base_url, "甲")
        library.ask("泡茶的水約幾度？")
        assert "authorization" not in server.requests[0].headers
        assert page.client.delete("/setup/choice?name=model").status_code == 204
        assert library.settings.llm_api_key.get_secret_value() == KEY
        assert page.model("") == 204 and library.model_name is None, "none at all, whatever .env says"


@pytest.mark.parametrize("fixed", ["LLM_BASE_URL", "LLM_API_KEY"])
def test_what_the_environment_says_of_the_model_is_fixed(
    toy_index: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, fixed: str, folder: Path
) -> None:
    (folder / ".env").write_text("YINJU_LLM_BASE_URL=http://127.0.0.1:9/v1\n")
    monkeypatch.setenv(f"YINJU_{fixed}", "http://127.0.0.1:9/v1" if fixed == "LLM_BASE_URL" else KEY)
    settings = load_settings(toy_index)
    with open_library(toy_index, encoder=encoder, settings=settings) as library, client_of(library, settings) as client:
        page = Page(client, library)
        assert f"unset YINJU_{fixed}" in html.unescape(page.view) and "<form" not in page.view
        assert page.model("http://127.0.0.1:8/v1") == 409
        asked = {"address": "http://127.0.0.1:8/v1", "model": "", "key": ""}
        assert page.client.post("/setup/test", json=asked).status_code == 409


@pytest.mark.parametrize("address", ["ftp://x", "127.0.0.1:11434", "http://", "http://x/v1/chat/completions", "x" * 9])
def test_an_address_that_cannot_be_used_is_told(page: Page, address: str) -> None:
    told = page.client.put("/setup/model", json={"address": address, "model": "", "key": ""})
    assert (told.status_code, told.text) == (400, say("setup.bad_address", "en"))
    assert not page_file(page.library.index).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_test_tells_the_time_and_what_came(page: Page, server: ScriptedServer, language: str) -> None:
    page.client.cookies.set("yinju_language", language)
    asked = {"address": server.base_url, "model": "<b>甲", "key": ""}
    shown = page.client.post("/setup/test", json=asked).text
    assert re.search(r"<b>甲.*\d\.\d\d", html.unescape(shown)) and "<b>" not in shown
    assert "".join(PIECES) in html.unescape(shown)
    assert server.requests[0].body["messages"][0]["content"] == say("setup.trial", language)  # type: ignore[arg-type]
    assert page.library.model_name is None


@pytest.mark.parametrize(("mode", "fault", "step"), [
    ("unauthorised", "unauthorised", "key"), ("html", "malformed", "address"), ("refused", "unreachable", "open"),
])  # fmt: skip
def test_a_test_that_fails_says_what_to_do(page: Page, mode: str, fault: str, step: str) -> None:
    def play(wire: Any) -> None:  # noqa: ANN401
        if mode == "unauthorised":
            wire.answer("401 Unauthorized", "application/json", b'{"error": "<img src=x onerror=1>"}')
        else:
            wire.answer("200 OK", "text/html", b"<img src=x onerror=1>")

    with scripted_server(script=play) as server:
        address = "http://127.0.0.1:9/v1" if mode == "refused" else server.base_url
        shown = page.client.post("/setup/test", json={"address": address, "model": "甲", "key": KEY}).text
    said = html.unescape(shown)
    assert say("setup.failed", "en", fault=say(f"fault.{fault}", "en")) in said
    assert say(f"setup.step.{step}", "en") in said
    assert "<img" not in shown and KEY not in said


def test_models_are_listed_as_text(page: Page, server: ScriptedServer) -> None:
    server.models[:] = ["甲", '"><img src=x onerror=1>']
    shown = page.client.post("/setup/models", json={"address": server.base_url, "key": ""}).text
    assert shown.count("<button") == 2 and "<img" not in shown
    assert page.client.post("/setup/models", json={"address": " ", "key": ""}).status_code == 400


def test_servers_are_looked_for_when_asked(page: Page, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.base_url.split(":")[2].split("/")[0])
    monkeypatch.setattr("yinju.answering.llm.trial.USUAL", (("LM Studio", port),))
    server.models[:] = ["<甲>"]
    assert page.view and server.listings == 0
    shown = page.client.post("/setup/servers").text
    assert server.listings == 1
    assert server.base_url in html.unescape(shown) and "LM Studio" in shown and "<甲>" not in shown
    monkeypatch.setattr("yinju.answering.llm.trial.USUAL", (("Ollama", 9),))
    assert say("setup.found.none", "en") in html.unescape(page.client.post("/setup/servers").text)


# The other settings


def test_strictness_counts_at_once(page: Page) -> None:
    assert page.choose("refuse_below", "1") == 204
    assert page.library.ask("猫一天睡几个小时？").refused
    assert page.choose("refuse_below", "0") == 204
    assert not page.library.ask("猫一天睡几个小时？").refused
    assert 'value="0.0"' in html.unescape(page.view)
    assert page.client.delete("/setup/choice?name=refuse_below").status_code == 204
    assert page.library.settings.refuse_below == Settings().refuse_below


def test_encoder_and_recognition_count_from_the_next_start(page: Page) -> None:
    assert say("setup.next_start", "en") not in page.view
    assert page.choose("encoder", "yinju") == page.choose("ocr", "off") == 204
    assert (page.library.settings.encoder, page.library.settings.ocr) == ("auto", True)
    found = load_settings(page.library.index)
    assert (found.encoder, found.ocr) == ("yinju", False)
    assert html.unescape(page.view).count(say("setup.next_start", "en")) == 2


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("encoder", "evil/model", 400), ("ocr", "1", 400), ("refuse_below", "1.5", 400), ("refuse_below", "nan", 400),
        ("refuse_below", "x", 400), ("public", "1", 400), ("llm_api_key", "x", 400), ("top_k", "9", 400),
    ],
)  # fmt: skip
def test_nothing_else_can_be_chosen(page: Page, name: str, value: str, status: int) -> None:
    assert page.choose(name, value) == status
    assert not page_file(page.library.index).exists()


def test_what_is_given_in_python_stays(toy_index: Path, encoder: Encoder) -> None:
    settings = Settings(refuse_below=0.0)
    with open_library(toy_index, encoder=encoder, settings=settings) as library, client_of(library, settings) as client:
        page = Page(client, library)
        assert say("setup.from.given", "en") in html.unescape(page.view)
        assert page.choose("refuse_below", "0.9") == 409
        assert page.choose("ocr", "off") == 204
        assert library.settings.refuse_below == 0.0


def test_settings_that_cannot_be_kept_are_as_they_were(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("yinju.durable.os.fsync", full)
    told = page.client.put("/setup/choice", json={"name": "refuse_below", "value": "0.1"})
    assert (told.status_code, "No space left on device" in told.text) == (500, True)
    assert page.library.settings.refuse_below == Settings().refuse_below
    assert [path for path in page.library.index.iterdir() if "chosen" in path.name] == []


# The curve and the space


def test_the_curve_is_measured_at_even_steps() -> None:
    curve = measured_curve()
    assert len(curve.answered) == len(curve.refused) == 51
    assert min(curve.answerable, curve.unanswerable) >= 20
    assert all(before >= after for before, after in pairwise(curve.answered))
    assert all(before <= after for before, after in pairwise(curve.refused))
    assert curve.answered[0] > curve.answered[-1] and 0 <= min(curve.answered + curve.refused) <= 1
    assert Settings().refuse_below in {value for _, value in POINTS}


def test_a_curve_is_drawn_left_to_right_with_1_at_the_top() -> None:
    assert drawn([1, 0.5, 0]) == "0.0,0.0 160.0,60.0 320.0,120.0"


def test_storage_is_counted_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Page) -> None:
    corpus = Path(str(page.library.facts.corpus))
    chats = page.library.index / "conversations.sqlite"
    chats.write_bytes(b"x" * 700)
    before = storage.storage_of(page.library, chats)
    assert before["originals"] == sum(path.stat().st_size for path in corpus.rglob("*") if path.is_file())
    assert (before["conversations"], before["deleted"]) == (700, 0) and "cache" not in before
    (page.library.index / "deleted").mkdir()
    (page.library.index / "deleted" / f"20260101T000000Z-{'a' * 12}-茶.txt").write_bytes(b"x" * 900)
    after = storage.storage_of(page.library, chats)
    assert (after["deleted"], after["index"]) == (900, before["index"])
    assert "900 B" in page.view
    told = page.client.delete("/setup/deleted")
    assert told.text == say("setup.emptied", "en", size="900 B")
    assert storage.storage_of(page.library, chats)["deleted"] == 0
