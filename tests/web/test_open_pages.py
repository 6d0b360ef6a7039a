"""An open page belongs to its visitor: who knows what it calls itself hears, asks, stops and learns nothing there."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

import httpx2
import pytest
from tests.answering.scripted_server import scripted_server
from tests.browser.reader import hosting

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web.forms import CANCEL, JOIN, STREAM
from yinju.web.visitor import ID_COOKIE

ASKED, SECRET = "貓每天睡幾個小時？", "貓每天要睡十四個小時。"
PAGE = "k3x9secret"
ASK = 0
"""Gradio's number of the listener."""


@dataclass
class Room:
    """A page whose model goes on when it may."""

    address: str
    may_end: Event


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Callable[[], Room]]:
    """The page, each time with a model that waits anew."""
    folder, events = tmp_path_factory.mktemp("pages"), [Event()]
    (folder / "corpus").mkdir()
    (folder / "corpus" / "貓.txt").write_text(SECRET, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)

    def slowly(_: list[dict[str, str]]) -> Iterable[str]:
        may_end = events[-1]
        yield "貓每天要睡"
        may_end.wait(20)
        yield "十四個小時。[1]"

    def opened() -> Room:
        events.append(Event())
        return Room(address, events[-1])

    with scripted_server(slowly) as server:
        settings = Settings(llm_base_url=server.base_url, llm_model="m", refuse_below=0.0, language="zh-Hant")
        with hosting(folder / "index", real_encoder, settings) as address:
            yield opened
    for event in events:
        event.set()


@pytest.fixture
def room(rooms: Callable[[], Room]) -> Iterator[Room]:
    opened = rooms()
    yield opened
    opened.may_end.set()


@contextmanager
def browser(room: Room, visitor: str) -> Iterator[httpx2.Client]:
    """A browser with a cookie of its own; none where a visitor has no name."""
    jar = {ID_COOKIE: visitor * 22} if visitor else {}
    with httpx2.Client(base_url=room.address, cookies=jar, timeout=15) as client:
        yield client


def ask(client: httpx2.Client, question: str = ASKED, page: str = PAGE, **headers: str) -> httpx2.Response:
    """Ask as Gradio's page does."""
    body = {"data": [question, ""], "fn_index": ASK, "session_hash": page}
    return client.post(JOIN, content=json.dumps(body), headers={"content-type": "application/json", **headers})


@contextmanager
def heard(client: httpx2.Client, page: str = PAGE) -> Iterator["SimpleQueue[str]"]:
    """What a page is told, as it comes."""
    told: SimpleQueue[str] = SimpleQueue()

    def listen() -> None:
        with client.stream("GET", STREAM, params={"session_hash": page}) as stream:
            for line in stream.iter_lines():
                told.put(line)
        told.put("END")

    thread = Thread(target=listen, daemon=True)
    thread.start()
    yield told
    thread.join(20)
    assert not thread.is_alive()


def until(told: "SimpleQueue[str]", words: str) -> str:
    """All that is told up to some words."""
    lines = [told.get(timeout=20)]
    while words not in lines[-1]:
        lines.append(told.get(timeout=20))
    return "\n".join(lines)


def cancelled(client: httpx2.Client, event: str, page: str = PAGE, **headers: str) -> httpx2.Response:
    """What is said when a page no longer waits."""
    return client.post(CANCEL, json={"session_hash": page, "fn_index": ASK, "event_id": event}, headers=headers)


@pytest.mark.parametrize("stranger", ["s", ""], ids=["another browser", "no cookie"])
def test_who_knows_the_name_of_a_page_hears_and_stops_nothing(room: Room, stranger: str) -> None:
    """As it was before: the stream gave question and answer to whoever knew the name, and a stop stopped it."""
    with browser(room, "o") as owner, browser(room, stranger) as other:
        event = ask(owner).json()["event_id"]
        with heard(owner) as told:
            seen = until(told, "process_generating")
            tries = [other.get(STREAM, params={"session_hash": PAGE}), cancelled(other, event)]
            never = [other.get(STREAM, params={"session_hash": "n0page"}), cancelled(other, event, "n0page")]
            assert [one.status_code for one in tries] == [404, 404]
            assert [one.content for one in tries] == [one.content for one in never]
            assert other.get(f"/gradio_api/heartbeat/{PAGE}").status_code == 404
            assert not any(ASKED in one.text or "貓" in one.text or event in one.text for one in tries)
            room.may_end.set()
            seen += until(told, "END")
        assert "十四個小時" in shown(seen)


def shown(told: str) -> str:
    """What is told, without the references for marks."""
    return "".join(json.dumps(json.loads(line[6:]), ensure_ascii=False)
                   for line in told.splitlines() if line.startswith("data: "))  # fmt: skip


def test_who_asks_by_the_name_of_another_s_page_asks_at_one_of_its_own(room: Room) -> None:
    room.may_end.set()
    with browser(room, "o") as owner, browser(room, "s") as other:
        ask(owner)
        with heard(owner) as mine:
            first = until(mine, "END")
        assert ask(other, "它喝水嗎？").status_code == 200
        with heard(other) as theirs:
            second = until(theirs, "END")
        ask(owner, "再說一次：貓每天睡幾個小時？")
        with heard(owner) as mine:
            third = until(mine, "END")
    assert "貓每天睡幾個小時" in shown(first) and "它喝水嗎" in shown(second)
    assert "貓" not in shown(second).split("它喝水嗎")[0], "the other's chat begins with the other's question"
    assert shown(third).count("貓每天睡幾個小時") >= 2 and "它喝水嗎" not in shown(third)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/vnd.api+json", "Application/JSON", "application/problem+json", ""]
)
def test_no_kind_of_body_passes_as_another_s(room: Room, kind: str) -> None:
    """FastAPI reads several kinds as JSON: whatever is read, the name of the page counts with the cookie."""
    with browser(room, "o") as owner, browser(room, "s") as other:
        event = ask(owner).json()["event_id"]
        with heard(owner) as told:
            until(told, "process_generating")
            headers = {"content-type": kind}
            body = json.dumps({"session_hash": PAGE, "fn_index": ASK, "event_id": event})
            assert other.post(CANCEL, content=body, headers=headers).status_code == 404
            assert ask(other, "別人的？", **headers).status_code in (200, 422)
            room.may_end.set()
            assert "別人的" not in shown(until(told, "END"))


def test_a_name_given_twice_is_one_of_the_visitor_s_own(room: Room) -> None:
    with browser(room, "o") as owner, browser(room, "t") as other:
        event = ask(owner).json()["event_id"]
        with heard(owner) as told:
            until(told, "process_generating")
            assert other.get(f"{STREAM}?session_hash=mine&session_hash={PAGE}").status_code == 404
            assert other.get(f"{STREAM}?session_hash={PAGE}&session_hash=mine").status_code == 404
            twice = f'{{"session_hash": "mine", "session_hash": "{PAGE}", "fn_index": 0, "event_id": "{event}"}}'
            headers = {"content-type": "application/json"}
            assert other.post(CANCEL, content=twice, headers=headers).status_code == 404
            room.may_end.set()
            until(told, "END")


def test_the_visitor_s_own_stop_ends_it(room: Room) -> None:
    with browser(room, "o") as owner:
        event = ask(owner).json()["event_id"]
        with heard(owner) as told:
            until(told, "process_generating")
            assert cancelled(owner, "another").status_code == 404
            assert cancelled(owner, event).json() == {"success": True}
            until(told, "END")


def test_what_the_stranger_is_told_is_in_the_reader_s_language(room: Room) -> None:
    with browser(room, "t") as other:
        error: dict[str, Any] = other.get(STREAM, params={"session_hash": PAGE}).json()["error"]
    assert error == {"code": "no_page", "message": say("request.no_page", "zh-Hant")}
