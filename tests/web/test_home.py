"""The page before anything is asked, and the finder: documents, chats and views, each in three languages."""

import asyncio
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju import build_index, open_library
from yinju.conversations import Conversations
from yinju.library import Library
from yinju.messages import LANGUAGES, Language, say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Answer, Verdict
from yinju.users import Right
from yinju.web import create_app
from yinju.web.home import TITLES, home_html
from yinju.web.visitor import ID_COOKIE, Visitor

OWNER = "o" * 22
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    for number in range(TITLES + 1):
        (tmp_path / "corpus" / f"第{number}份.txt").write_text(f"倉庫{number}放茶葉。\n", "utf-8")
    (tmp_path / "corpus" / f"{HOSTILE}.txt").write_text("茶要趁熱喝。\n", "utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def library(corpus: Path, tmp_path: Path, encoder: Encoder) -> Iterator[Library]:
    build_index(corpus, tmp_path / "index", encoder=encoder)
    with open_library(tmp_path / "index", encoder=encoder, settings=Settings()) as opened:
        yield opened


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860", cookies={ID_COOKIE: OWNER}) as opened:
        yield opened


def owner(language: Language) -> Visitor:
    """Who may do everything."""
    return Visitor(OWNER, language, rights=frozenset(Right))


def shown(made: str) -> str:
    """What one reads of HTML."""
    return html.unescape(re.sub("<[^>]*>", " ", made))


def addresses(made: str) -> list[str]:
    """Where its links lead."""
    return [html.unescape(found) for found in re.findall('href="([^"]*)"', made)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_shows_the_documents_and_what_to_expect(library: Library, language: Language) -> None:
    made = home_html(library, owner(language))
    assert say("home.documents", language, count=TITLES + 2) in shown(made)
    assert made.count("<li><a href=") == TITLES
    for promise in ("quotes", "admits", "offline"):
        assert say(f"home.{promise}", language) in shown(made)
    assert say("documents.upload", language) in shown(made)
    assert say("home.try", language) in shown(made)
    assert say("home.try", language) not in shown(home_html(library, owner(language), asking=False))
    assert "<img" not in made


def test_a_model_is_named_with_what_it_is_given(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "model_name", f"models/{HOSTILE}")
    made = home_html(library, owner("en"))
    assert say("home.model", "en", model=HOSTILE) in shown(made)
    assert "<img" not in made
    monkeypatch.setattr(Library, "model_name", "")
    assert say("home.model", "en", model=say("frame.model", "en")) in shown(home_html(library, owner("en")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_can_be_uploaded_where_documents_are_closed(
    library: Library, tmp_path: Path, encoder: Encoder, language: Language
) -> None:
    with open_library(tmp_path / "index", encoder=encoder, settings=Settings(read_only=True)) as closed:
        made = home_html(closed, owner(language))
    assert 'class="upload"' not in made
    assert {"zh-Hant": "唯讀", "zh-Hans": "只读", "en": "read-only"}[language] in shown(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_library_begins_with_a_place_to_drop_files(
    tmp_path: Path, encoder: Encoder, language: Language
) -> None:
    (tmp_path / "none").mkdir()
    build_index(tmp_path / "none", tmp_path / "empty", encoder=encoder, may_be_empty=True)
    with open_library(tmp_path / "empty", encoder=encoder, settings=Settings(file_megabytes=7)) as empty:
        made = home_html(empty, owner(language), asking=False)
    for told in (say("home.empty", language), say("home.drop", language), say("home.formats", language, limit=7)):
        assert told in shown(made)
    with open_library(tmp_path / "empty", encoder=encoder, settings=Settings(read_only=True)) as closed:
        made = home_html(closed, owner(language), asking=False)
    assert say("documents.none_to_read", language) in shown(made)
    assert "<button" not in made


def test_the_frame_has_what_scripts_make_copies_of(client: TestClient, library: Library) -> None:
    frame = client.get("/frame").text
    assert {*re.findall('<template id="made-([a-z]+)">', frame)} == {"notice", "upload", "changes"}
    assert 'id="files-to-upload"' in frame
    assert f'data-generation="{library.generation}"' in frame


def test_the_page_s_own_files_are_sent_packed(client: TestClient) -> None:
    for name in ("page.js", "chat.css"):
        assert client.get(f"/ui/{name}", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_views_documents_and_chats_are_found(client: TestClient, library: Library) -> None:
    kept = Conversations(library.index / "conversations.sqlite")
    answer = Answer(f"貓{HOSTILE}", (), (), Verdict.NOTHING, 0.0, "extractive", 0.0)
    kept.keep(OWNER, "mine", answer)
    kept.keep("s" * 22, "other", replace(answer, question="貓熊"))
    views = ["./", "?view=documents", "?view=search", "?view=overview", "?view=libraries"]
    assert addresses(client.get("/find").text) == [*views, "?chat=mine"]
    assert client.get("/find", params={"q": "第"}).text.count("<li>") == 6
    assert addresses(client.get("/find", params={"q": "貓"}).text) == ["?chat=mine"]
    found = client.get("/find", params={"q": HOSTILE}).text
    assert "<img" not in found
    assert found.count("<li>") == 2
    assert say("finder.nothing", "zh-Hant") in shown(client.get("/find", params={"q": "沒有這個"}).text)


def test_a_view_is_found_by_its_name(client: TestClient) -> None:
    assert addresses(client.get("/find", params={"q": "地圖"}).text) == ["?view=overview"]
