"""Who cannot be let in now is told when to come back; what watches over the page learns how it is."""

import asyncio
import html
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event, Thread

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.web.test_forms import ACT, ASK, joined

from yinju.library import Library, build_index, open_library
from yinju.messages import LANGUAGES, say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web import admission, create_app
from yinju.web.forms import JOIN
from yinju.web.line import Line

MACHINE = ("127.0.0.1", 50_000)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("admission")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "貓.txt").write_text("貓每天睡十四個小時。", "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    settings = Settings(refuse_below=0.0, questions_at_once=1, questions_waiting=1, reread=False)
    with open_library(folder / "index", encoder=real_encoder, settings=settings) as opened:
        yield opened


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, library.settings)

    with TestClient(asyncio.run(create()), "http://127.0.0.1:7860", client=MACHINE) as opened:
        opened.get("/")  # which gives it its cookie
        yield opened


def line_of(client: TestClient) -> Line:
    line: Line = client.app.state.questions.line  # type: ignore[attr-defined]
    return line


def asked(client: TestClient, listener: int, *data: str, language: str = "zh-TW") -> tuple[int, str, str]:
    """Status, Retry-After and what is said, of something that is done at the page."""
    headers = {"content-type": "application/json", "accept-language": language}
    got = client.post(JOIN, content=joined(listener, *data), headers=headers)
    return got.status_code, got.headers.get("retry-after", ""), got.json().get("detail", "")


def test_a_full_line_is_told_with_when_to_come_back_and_the_question_stays(client: TestClient) -> None:
    with ExitStack() as places:
        places.enter_context(line_of(client).place("a"))
        places.enter_context(line_of(client).place("b"))
        for language, wanted in zip(("zh-TW", "zh-CN", "en"), LANGUAGES, strict=True):
            status, after, said = asked(client, ASK, '"貓？"', '""', language=language)
            assert (status, said) == (429, say("line.full", wanted, seconds=after))
        assert asked(client, ACT, r'"{\"do\": \"ask\", \"question\": \"貓？\"}"')[0] == 429
        assert asked(client, ACT, r'"{\"do\": \"open\", \"chat\": \"\"}"')[0] == 200
        assert b'yinju_refused_total{why="full"} 4.0' in client.get("/metrics").content
    assert asked(client, ASK, '"貓？"', '""')[0] == 200


def test_gradio_s_own_words_never_show(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "MOST_EVENTS", 0)
    assert asked(client, ACT, r'"{\"do\": \"open\", \"chat\": \"\"}"')[::2] == (
        429, say("line.full", "zh-Hant", seconds=1)
    )  # fmt: skip


def test_an_answer_shows_after_the_place_in_line(client: TestClient) -> None:
    held = line_of(client).place("a")
    held.__enter__()
    assert asked(client, ASK, '"貓每天睡幾個小時？"', '""')[0] == 200
    shown = ""
    with client.stream("GET", "/gradio_api/queue/data?session_hash=page") as stream:
        for text in stream.iter_text():
            if say("line.next", "zh-Hant") in text and held:
                held.__exit__(None, None, None)
                held = None  # type: ignore[assignment]
            shown += text
    assert 'class=\\"line\\"' in shown.partition("process_completed")[0]
    assert "十四個小時" in html.unescape(shown)
    figures = client.get("/metrics").text
    assert 'yinju_questions_total{mode="extractive",verdict="answered"} 1.0' in figures
    assert "貓" not in figures


def test_many_slow_requests_leave_threads_to_questions(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than there are threads at all."""
    entered, held, ended = [0], Event(), [0]

    def wait(*_: object) -> str:
        entered[0] += 1
        held.wait(60)
        ended[0] += 1
        return ""

    monkeypatch.setattr("yinju.web.documents.routes.view_html", wait)
    slow = [Thread(target=client.get, args=("/view/documents",)) for _ in range(60)]
    for one in slow:
        one.start()
    while entered[0] < admission.OTHERS:
        assert client.get("/health").json() == {"status": "ok"}
    assert asked(client, ACT, r'"{\"do\": \"show\", \"message\": \"x\"}"')[0] == 200
    assert "process_completed" in client.get("/gradio_api/queue/data?session_hash=page").text
    assert (entered[0], ended[0]) == (admission.OTHERS, 0)
    held.set()
    for one in slow:
        one.join()
    assert ended[0] == 60


def test_ready_says_why_not(client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/ready").json() == {"ready": True}
    current = library.index / "CURRENT"
    kept = current.read_bytes()
    current.write_bytes(b"99\n")
    try:
        got = client.get("/ready")
        assert (got.status_code, got.json()["ready"]) == (503, False)
        assert got.json()["reason"].startswith("index")
    finally:
        current.write_bytes(kept)
    monkeypatch.setattr(library, "settings", library.settings.model_copy(update={"reread": True}))
    monkeypatch.setattr("yinju.web.health.is_loaded", lambda: False)
    assert client.get("/ready").json()["reason"] == "encoder"
    line_of(client).close()
    assert client.get("/ready").json() == {"ready": False, "reason": "stopping"}
    assert client.get("/health").status_code == 200


def test_figures_are_for_who_sits_here_unless_the_settings_say_otherwise(client: TestClient, library: Library) -> None:
    text = client.get("/metrics").text
    for wanted in ("yinju_documents 1.0", 'yinju_files{state="indexed"} 1.0', "yinju_waiting 0.0", "process_open_fds"):
        assert wanted in text
    assert client.get("/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404


def test_figures_for_all_where_the_settings_say_so(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "settings", library.settings.model_copy(update={"metrics": True}))
    assert client.get("/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 200
