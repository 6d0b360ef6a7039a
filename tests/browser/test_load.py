"""How much the page loads, that tabs do not mix, and that a very long chat is whole; how quick: benchmarks/page.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession
from tests.browser.reader import FRAMES, Visit, Visitor, hosting

from yinju import build_index, open_library
from yinju.conversations import Conversations
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

LARGEST_LOAD = 400_000
"""The most bytes that a browser that has nothing yet is sent until one can ask."""
TABS = 8
"""More than the six connections that a browser has for one server."""
TURNS = 200


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("load")
    (folder / "corpus").mkdir()
    for number in range(TABS):
        (folder / "corpus" / f"{number}.txt").write_text(
            f"編號{number}{number}號的倉庫存放第{number}批茶葉。\n", "utf-8"
        )
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    return folder / "index"


@pytest.fixture(scope="module")
def address(index: Path, real_encoder: Encoder) -> Iterator[str]:
    with hosting(index, real_encoder, Settings(refuse_below=0.0)) as served:
        yield served


def count_bytes(session: CDPSession) -> list[float]:
    """A list that grows by what comes over the wire."""
    received: list[float] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    return received


def test_the_first_load_is_small(visit: Visitor, address: str) -> None:
    reader = visit(address)
    session = reader.page.context.new_cdp_session(reader.page)
    received = count_bytes(session)
    session.send("Network.clearBrowserCache")
    reader.page.reload()
    reader.ready()
    reader.page.wait_for_selector("#chat .welcome")
    reader.page.evaluate(FRAMES)
    session.detach()
    assert 100_000 < sum(received) <= LARGEST_LOAD


def test_tabs_do_not_mix(visit: Visitor, address: str) -> None:
    first = visit(address)
    tabs: list[Visit] = [first, *(visit(address, same=first) for _ in range(TABS - 1))]
    for number, tab in enumerate(tabs):
        tab.page.fill("#box textarea", f"編號{number}{number}號的倉庫存放什麼？")
    for tab in tabs:
        tab.page.press("#box textarea", "Enter")
    for number, tab in enumerate(tabs):
        tab.finished()
        assert f"第{number}批茶葉" in (tab.answer.text_content() or "")
        assert tab.page.locator("#chat .question").all_text_contents() == [f"編號{number}{number}號的倉庫存放什麼？"]
    assert len({tab.page.url for tab in tabs}) == TABS


def test_a_chat_of_two_hundred_turns_is_whole_and_goes_on(
    visit: Visitor, address: str, index: Path, real_encoder: Encoder
) -> None:
    reader = visit(address)
    visitor = next(c["value"] for c in reader.page.context.cookies() if c["name"] == "yinju_visitor")
    with open_library(index, encoder=real_encoder, settings=Settings(refuse_below=0.0)) as library:
        answer = library.ask("編號11號的倉庫存放什麼？")
    kept = Conversations(index / "conversations.sqlite")
    for _ in range(TURNS):
        kept.keep(visitor, "long", answer)
    reader.page.goto(f"{address}/?chat=long")
    reader.ready()
    reader.page.wait_for_selector(f'a.cite[href^="#src-{TURNS}-1?"]')
    assert reader.page.locator("#chat .question").count() == TURNS
    reader.ask("編號22號的倉庫存放什麼？", TURNS + 1)
    assert reader.open(TURNS + 1).startswith("編號22號")
    assert reader.page.locator("#chat .question").count() == TURNS
