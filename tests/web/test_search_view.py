"""The search view's routes: what is found with its numbers, notices, and text that stays text."""

import asyncio
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju import open_library
from yinju.library import Library
from yinju.messages import LANGUAGES, Language, say
from yinju.protocols import Encoder
from yinju.retrieval.retrieve import scorers
from yinju.settings import Settings
from yinju.web import create_app
from yinju.web.rendering import TEMPLATES
from yinju.web.search_view import parts_of


@pytest.fixture(scope="module")
def library(built: str, real_encoder: Encoder) -> Iterator[Library]:
    with open_library(f"{built}/shipped", encoder=real_encoder, settings=Settings()) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings())

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860") as opened:
        yield opened


class _Elements(HTMLParser):
    """What elements and attributes a fragment has, as a browser reads it."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.names, self.attributes = set[str](), set[str]()
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def text_of(fragment: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", fragment))


def test_the_view_begins_empty(client: TestClient) -> None:
    shown = client.get("/view/search").text
    assert '<form role="search">' in shown
    assert '<div class="found" aria-live="polite"></div>' in shown
    assert "<option selected>10</option>" in shown


def test_the_view_comes_with_what_the_address_asks(client: TestClient, library: Library) -> None:
    shown = client.get("/view/search", params={"q": "高山茶<b>", "top_k": "5"}).text
    assert 'value="高山茶&#60;b&#62;"' in shown
    assert "<option selected>5</option>" in shown
    assert shown.count('<li class="hit">') == len(library.explain("高山茶<b>", 5).hits)
    assert client.get("/search", params={"q": "高山茶<b>", "top_k": "5"}).text in shown


def test_a_hit_shows_its_numbers_terms_and_place(client: TestClient, library: Library) -> None:
    shown = client.get("/search", params={"q": "營銷人的区块链"}).text
    first = shown.split('<li class="hit">')[1]
    hit = library.explain("營銷人的区块链", 10).hits[0]
    assert f'aria-valuenow="{hit.score:.3f}"' in first
    assert f'aria-valuenow="{hit.dense:.3f}"' in first
    assert f'aria-valuenow="{hit.keyword:.3f}"' in first
    assert '<mark class="term">營銷</mark>' in first or '<mark class="term">行銷</mark>' in first
    unknown = shown.split('<ol class="hits">')[0]
    assert "区块" in text_of(unknown)
    assert "營銷" not in text_of(unknown)
    address = re.search(r'href="([^"]+)"', first)
    assert address
    opened = client.get("/source?" + html.unescape(address[1]).partition("?")[2])
    assert opened.status_code == 200
    assert "<mark" in opened.text


@pytest.mark.parametrize("wanted", ["", "0", "-1", "7", "1e9", "十", "5; DROP"])
def test_a_count_that_is_none_of_the_choices_is_the_usual_one(client: TestClient, wanted: str) -> None:
    shown = client.get("/view/search", params={"q": "茶", "top_k": wanted})
    assert shown.status_code == 200
    assert "<option selected>10</option>" in shown.text


@pytest.mark.parametrize(
    ("question", "said"),
    [("   ", ("請輸入問題", "请输入问题", "Please write")), ("茶" * 2_001, ("2001", "2001", "2001")),
     ("\x00\u200b", ("請輸入問題", "请输入问题", "Please write"))],
)  # fmt: skip
def test_what_cannot_be_searched_is_told_in_every_language(
    client: TestClient, question: str, said: tuple[str, ...]
) -> None:
    for language, words in zip(LANGUAGES, said, strict=True):
        response = client.get("/search", params={"q": question}, headers={"accept-language": language})
        assert words in response.text.replace(",", "")
        assert 'class="notice"' in response.text
        assert response.status_code == 200


def test_nothing_of_a_question_is_markup(client: TestClient) -> None:
    hostile = "<img src=x onerror=alert(1)>\"' onfocus=alert(1) 茶 </mark><script>"
    for address in ("/search", "/view/search"):
        shown = _Elements(client.get(address, params={"q": hostile}).text)
        assert not shown.names & {"img", "script"}
        assert not any(name.startswith("on") for name in shown.attributes)


def test_marks_by_hand() -> None:
    parts = [(part, marked) for part, marked in parts_of("a<b>行銷\n", [(1, 4), (4, 6)]) if part]
    assert parts == [("a", False), ("<b>", True), ("行銷", True), ("\n", False)]
    assert list(parts_of("貓", [])) == [("貓", False)]


@pytest.mark.parametrize(
    ("value", "filled", "shown"), [(0.256, "25.6%", "0.26"), (-0.3, "0.0%", "−0.30"), (1.0, "100.0%", "1.00")]
)
def test_a_meter_by_hand(value: float, filled: str, shown: str) -> None:
    made = vars(TEMPLATES.get_template("search/meter.html").module)["meter"]("dense", "語意", value, least=-1)
    assert f"width: {filled}" in made
    assert f'<span class="number">{shown}</span>' in made
    assert f'aria-valuenow="{value:.3f}"' in made


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_the_ranker_adds_up_has_a_name(language: Language) -> None:
    for feature in scorers()["ranker"]["weights"]:
        assert say(f"search.features.{feature}", language)
