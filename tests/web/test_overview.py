"""The overview's routes: numbers of the library and of the answers, the map, and whose words are shown."""

import asyncio
import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from yinju import build_index, open_library
from yinju.atlas import Atlas, MapDocument, MapPoint
from yinju.conversations import Conversations, Statistics
from yinju.library import Library
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Answer, ModelFault, Passage, Statement, Verdict
from yinju.web import create_app
from yinju.web.overview import MOST_LISTED, answers_html, map_html
from yinju.web.visitor import ID_COOKIE

OWNER, STRANGER = "o" * 22, "s" * 22


@pytest.fixture
def library(tmp_path: Path, corpus: Path, encoder: Encoder) -> Iterator[Library]:
    (corpus / "空.txt").write_text("", "utf-8")
    (corpus / "圖.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    build_index(corpus, tmp_path / "index", encoder=encoder)
    with open_library(tmp_path / "index", encoder=encoder, settings=Settings()) as opened:
        yield opened


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860", cookies={ID_COOKIE: OWNER}) as opened:
        yield opened


def tile(shown: str, kind: str) -> str:
    found = re.search(rf'<li class="tile {kind}"><b>([^<]*)</b>', html.unescape(shown))
    assert found, kind
    return found[1]


def test_the_numbers_are_those_of_the_library(client: TestClient, library: Library) -> None:
    shown = client.get("/view/overview").text
    characters = sum(len(document.text) for document in library.documents())
    assert tile(shown, "documents") == "3"
    assert tile(shown, "passages") == str(library.passage_count)
    assert tile(shown, "characters") == f"{characters:,}"
    assert tile(shown, "left-out") == "2"
    assert tile(shown, "generation") == "1"
    assert tile(shown, "answers") == "0"
    assert f'<time data-seconds="{library.built:.0f}">' in shown
    text = html.unescape(shown)
    assert "<dd>toy</dd>" in text
    assert text.count(f"<dd>{say('overview.none', 'zh-Hant')}</dd>") == 2
    assert "Markdown" in text
    assert say("overview.format_as", "zh-Hant", documents=2, passages=2) in text


def test_answers_are_counted_and_words_are_one_s_own(client: TestClient, library: Library) -> None:
    kept = Conversations(library.index / "conversations.sqlite")

    def keep(owner: str, question: str, verdict: Verdict, fault: ModelFault | None = None) -> str:
        statements = (Statement("是。", ()),)
        return kept.keep(owner, owner, Answer(question, statements, (), verdict, 0.9, "extractive", 2.5, None, fault))

    kept.judge(OWNER, keep(OWNER, "我的<問題>", Verdict.ANSWERED), False, "不<夠>")
    keep(OWNER, "另一題", Verdict.NOTHING, ModelFault.SLOW)
    kept.judge(STRANGER, keep(STRANGER, "別人的秘密", Verdict.ANSWERED), True, "別人的話")
    keep(STRANGER, "還有秘密", Verdict.NEAR)
    shown = html.unescape(client.get("/view/overview").text)
    assert tile(shown, "answers") == "4"
    assert f"{say('overview.answered', 'zh-Hant')} <b>2</b> (50%)" in shown
    assert f"{say('overview.near', 'zh-Hant')} <b>1</b> (25%)" in shown
    assert f"{say('overview.nothing', 'zh-Hant')} <b>1</b> (25%)" in shown
    assert f"{say('overview.faults', 'zh-Hant')}</dt><dd>1" in shown
    assert f"{say('overview.helpful', 'zh-Hant')} <b>1</b>" in shown
    assert f"{say('overview.unhelpful', 'zh-Hant')} <b>1</b>" in shown
    assert "我的<問題>" in shown
    assert "不<夠>" in shown
    assert "秘密" not in shown
    assert "別人的話" not in shown


def test_a_program_without_cookies_sees_no_words(client: TestClient, library: Library) -> None:
    kept = Conversations(library.index / "conversations.sqlite")
    kept.keep("", "a", Answer("無主的問題", (), (), Verdict.NOTHING, 0.1, "extractive", 9.0))
    client.cookies.clear()
    assert "無主" not in html.unescape(client.get("/view/overview").text)


def test_chats_that_cannot_be_read_leave_the_rest(client: TestClient, library: Library) -> None:
    (library.index / "conversations.sqlite").write_bytes(b"garbage" * 1_000)
    response = client.get("/view/overview")
    assert response.status_code == 200
    assert say("overview.untold", "zh-Hant") in html.unescape(response.text)
    assert tile(response.text, "documents") == "3"


def test_the_map_has_every_passage(client: TestClient, library: Library) -> None:
    shown = client.get("/overview/map").text
    assert shown.count('class="cite point"') == library.passage_count
    assert shown.count('<g class="document') == 3
    assert shown.count("<button") == 3
    for address in re.findall(r'href="(#src-[^"]+)"', shown):
        assert client.get("/source?" + html.unescape(address).partition("?")[2]).status_code == 200


def atlas(documents: int, passages: int = 1) -> Atlas:
    """As many documents, with names that try to be markup, each with one point."""
    return Atlas(
        tuple(
            MapDocument(
                name, f"<b>{number}</b>", "ab" * 32,
                (MapPoint(Passage(number, name, "t", ("<i>h</i>",), None, 0, 4, '"><s>', ((0, 4),)), 0.25, 0.5),),
                passages + number,
            )
            for number in range(documents) for name in [f'"{number}<x>&.txt']
        ), documents + passages,
    )  # fmt: skip


def test_the_map_by_hand() -> None:
    shown = map_html(atlas(1), "zh-Hant")
    assert '<use href="#atlas-0" x="25.00%" y="50.00%"/>' in shown
    assert html.unescape(shown).count("<b>0</b>") == 3
    assert not re.search("<(b|i|s|x)>", shown)
    assert html.escape(say("overview.map_sampled", "zh-Hant", points=1, passages=2)) in html.unescape(shown)


def test_a_long_legend_is_cut() -> None:
    shown = map_html(atlas(MOST_LISTED + 7), "zh-Hant")
    assert shown.count("<button") == MOST_LISTED
    assert say("overview.more", "zh-Hant", number=7) in html.unescape(shown)
    assert shown.count('<g class="document') == MOST_LISTED + 7
    styles = set(re.findall(r'hue-(\d)" data-place="\d+"[^>]*><a[^>]*><use href="#atlas-(\d)"', shown))
    assert len(styles) == 40


def test_a_map_of_nothing_is_empty() -> None:
    assert "<svg" in map_html(Atlas((), 0), "zh-Hant")


def test_the_days_by_hand() -> None:
    today = datetime.now(UTC).date().isoformat()
    counted = Statistics(4, 1, 0, 0, 0, 0, 0, 1, ((today, 4, 1),), (), ())
    shown = answers_html(counted, "zh-Hant")
    assert shown.count("<li aria-hidden") == 29
    assert 'style="height: 100.0%; --part: 75.0%"' in shown


def test_parts_of_a_whole_by_hand() -> None:
    shown = answers_html(Statistics(4, 0, 1, 0, 0, 3, 1, 1, (), (), ()), "zh-Hant")
    assert '<span class="good" style="width: 75.0%"></span><span class="bad" style="width: 25.0%"></span>' in shown
    assert '<span class="near" style="width: 0.0%"></span>' in shown
    assert f"{say('overview.helpful', 'zh-Hant')} <b>3</b> (75%)" in shown
