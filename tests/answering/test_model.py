"""Whatever a server does, an answer ends in time: with its text, or with a fault that says what to do."""

import asyncio
import itertools
import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
import traceback
import tracemalloc
from collections.abc import Iterable, Iterator

import psutil
import pytest
from tests.answering import scripts
from tests.answering.scripted_server import (
    PIECES,
    TEXT,
    Script,
    ScriptedServer,
    Wire,
    delta,
    scripted_server,
    whole_stream,
)

from yinju.answering.llm import background
from yinju.answering.llm import model as model_module
from yinju.answering.llm import server as server_module
from yinju.answering.llm.model import ChatModel, load_model
from yinju.errors import GenerationError, SettingsError
from yinju.protocols import ModelMessage
from yinju.settings import Settings
from yinju.types import ModelFault

QUESTION = [ModelMessage("system", "只根據資料回答。"), ModelMessage("user", "貓睡多久？")]
KEY = "sk-canary-9f31c07ab2d4e6"
FIRST, BETWEEN = 0.35, 0.25
HURRIED: dict[str, str | float] = {"llm_first_token_seconds": FIRST, "llm_between_seconds": BETWEEN}
"""For servers that keep one waiting; all others get the time that a busy machine may need."""
GRACE = 1.0
"""Seconds beyond a limit that a busy machine is given."""
LONG_PIECES = ["泡綠茶的水溫約八十度，", "紅茶要用滾水。"] * 6


def made(server: ScriptedServer | str, **changed: str | float) -> ChatModel:
    """A model at a server, with limits of a few seconds."""
    limits: dict[str, str | float] = {
        "llm_base_url": server if isinstance(server, str) else server.base_url, "llm_model": "m",
        "llm_connect_seconds": 5.0, "llm_first_token_seconds": 5.0, "llm_between_seconds": 5.0,
        "llm_answer_seconds": 20.0,
    }  # fmt: skip
    model = load_model(Settings(**{**limits, **changed}))  # type: ignore[arg-type]
    assert model is not None
    return model


def asked(server: ScriptedServer | str, **changed: str | float) -> tuple[str, GenerationError | None, float]:
    """What is said, the fault, and the seconds it took."""
    start = time.monotonic()
    said, fault = "", None
    try:
        for piece in made(server, **changed).stream(QUESTION):
            said += piece
    except GenerationError as error:
        fault = error
    return said, fault, time.monotonic() - start


def fault_of(server: ScriptedServer | str, **changed: str | float) -> GenerationError:
    """The fault in which an answer without text ends."""
    said, fault, _ = asked(server, **changed)
    assert said == "" and fault is not None
    return fault


def gone(what: str = "", seconds: float = 3.0) -> bool:
    """Whether nothing is left being said, and no thread of this name, within that time."""
    end = time.monotonic() + seconds

    def left() -> bool:
        return bool(asyncio.all_tasks(background._loop())) or any(t.name == what for t in threading.enumerate())

    while left() and time.monotonic() < end:
        time.sleep(0.005)
    return not left()


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Short waits between tries, no proxies, and nothing left at the end."""
    monkeypatch.setattr(model_module, "BACKOFF", 0.01)
    monkeypatch.setattr(server_module, "REPORT_SECONDS", 0.05)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    yield
    assert gone()


# In order


@pytest.mark.parametrize("mode", scripts.IN_ORDER)
def test_what_can_be_understood_is_told_whole(mode: str) -> None:
    with scripted_server(mode) as server:
        assert asked(server)[:2] == (TEXT, None)
        assert server.settles()


def test_the_server_is_asked_for_a_stream_at_temperature_0() -> None:
    with scripted_server() as server:
        assert asked(server, llm_api_key=KEY)[0] == TEXT
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    messages = [{"role": "system", "content": "只根據資料回答。"}, {"role": "user", "content": "貓睡多久？"}]
    assert request.body == {"model": "m", "messages": messages, "temperature": 0, "stream": True}


def test_signs_of_the_template_end_the_answer_and_the_connection() -> None:
    def reply(messages: list[dict[str, str]]) -> Iterable[str]:
        yield from ("<|im_start|>", "assistant\n", "貓睡。", "<|im_", "end|>\n<|im_start|>user\n")
        yield from itertools.repeat("狗呢？")

    with scripted_server(reply) as server:
        assert asked(server)[:2] == ("\n貓睡。", None)
        assert server.settles()


def test_an_answer_of_nothing_but_signs_is_none() -> None:
    with scripted_server(lambda messages: ["<|im_end|>", "user"]) as server:
        assert fault_of(server).fault is ModelFault.MALFORMED


def test_pieces_are_told_as_they_come() -> None:
    held = threading.Event()

    def reply(messages: list[dict[str, str]]) -> Iterable[str]:
        yield "貓"
        held.wait(5)
        yield "睡"

    with scripted_server(reply) as server:
        stream = made(server).stream(QUESTION)
        assert next(stream) == "貓"
        held.set()
        assert list(stream) == ["睡"]


def test_half_characters_of_a_question_are_replaced() -> None:
    with scripted_server() as server:
        assert "".join(made(server).stream([ModelMessage("user", "\ud842貓")])) == TEXT
    assert server.requests[0].body["messages"][0]["content"] == "?貓"


def test_a_model_without_a_name_is_the_first_listed_asked_for_once() -> None:
    with scripted_server(models=("甲", "乙")) as server:
        model = made(server, llm_model="")
        assert model.name == ""
        for _ in range(3):
            assert "".join(model.stream(QUESTION)) == TEXT
    assert (model.name, server.listings) == ("甲", 1)
    assert {request.body["model"] for request in server.requests} == {"甲"}


def test_a_server_that_lists_no_model_says_so() -> None:
    with scripted_server(models=()) as server:
        fault = fault_of(server, llm_model="")
    assert fault.fault is ModelFault.MALFORMED
    assert "YINJU_LLM_MODEL" in str(fault)


def test_temperature_is_left_out_for_a_model_that_knows_none() -> None:
    def script(wire: Wire) -> None:
        mode = "400_temperature" if "temperature" in wire.request.body else "normal"
        scripts.MODES[mode](wire)

    with scripted_server(script=script) as server:
        model = made(server)
        assert ["".join(model.stream(QUESTION)) for _ in range(2)] == [TEXT, TEXT]
    assert ["temperature" in request.body for request in server.requests] == [True, False, False]


def test_a_reader_of_long_answers_stops_at_the_limit() -> None:
    def endless(messages: list[dict[str, str]]) -> Iterable[str]:
        while True:
            yield "貓睡狗跑"

    with scripted_server(endless) as server:
        assert asked(server, llm_answer_characters=10)[:2] == ("貓睡狗跑貓睡狗跑貓睡", None)
        assert server.settles(1.0)


# Malformed, slow, refusing, broken off


@pytest.mark.parametrize("mode", scripts.MALFORMED)
def test_what_cannot_be_understood_is_malformed(mode: str) -> None:
    with scripted_server(mode) as server:
        fault = fault_of(server)
        assert fault.fault is ModelFault.MALFORMED
        assert server.base_url in str(fault) and "YINJU_LLM_BASE_URL" in str(fault)
        assert len(str(fault)) < 500 and "\n" not in str(fault)
        assert len(server.requests) == 1
        assert server.settles()


def test_an_endless_line_takes_little_memory() -> None:
    with scripted_server("long_line_without_end") as server:
        asked(server)
        tracemalloc.start()
        try:
            assert fault_of(server).fault is ModelFault.MALFORMED
            assert tracemalloc.get_traced_memory()[1] < 8_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("mode", scripts.SLOW_TO_START)
def test_a_server_that_never_begins_is_left_in_time(mode: str) -> None:
    with scripted_server(mode) as server:
        said, fault, seconds = asked(server, **HURRIED)
        assert said == "" and fault is not None and fault.fault is ModelFault.SLOW
        assert "YINJU_LLM_FIRST_TOKEN_SECONDS" in str(fault)
        assert FIRST - 0.05 <= seconds <= FIRST + GRACE
        assert server.settles(1.0)


@pytest.mark.parametrize("mode", scripts.SLOW_IN_THE_MIDDLE)
def test_a_server_that_stalls_is_left_in_time(mode: str) -> None:
    with scripted_server(mode) as server:
        said, fault, seconds = asked(server, **HURRIED)
        assert said == "".join(PIECES[:2]) and fault is not None and fault.fault is ModelFault.SLOW
        assert "YINJU_LLM_BETWEEN_SECONDS" in str(fault)
        assert BETWEEN - 0.05 <= seconds <= BETWEEN + GRACE
        assert server.settles(1.0)


@pytest.mark.parametrize("field", ["content", "reasoning_content"])
def test_the_whole_answer_has_a_limit_too(field: str) -> None:
    def script(wire: Wire) -> None:
        wire.start()
        while True:
            wire.event(delta(**{field: "貓"}))
            wire.wait(0.02)

    with scripted_server(script=script) as server:
        said, fault, seconds = asked(server, llm_answer_seconds=0.7)
        assert set(said) == ({"貓"} if field == "content" else set())
        assert fault is not None and fault.fault is ModelFault.SLOW
        assert "YINJU_LLM_ANSWER_SECONDS" in str(fault)
        assert 0.65 <= seconds <= 0.7 + GRACE


def test_thoughts_are_life() -> None:
    def script(wire: Wire) -> None:
        wire.start()
        for _ in range(3):
            wire.event(delta(reasoning_content="想"))
            wire.wait(0.3)
        wire.say(*PIECES)
        wire.finish()

    with scripted_server(script=script) as server:
        assert asked(server, llm_first_token_seconds=0.6, llm_between_seconds=0.6)[:2] == (TEXT, None)


@pytest.mark.parametrize(
    ("mode", "kind", "requests"),
    [
        ("401", ModelFault.UNAUTHORISED, 1), ("403", ModelFault.UNAUTHORISED, 1), ("400", ModelFault.FAILED, 1),
        ("404", ModelFault.FAILED, 1), ("429", ModelFault.BUSY, 3), ("429_now", ModelFault.BUSY, 3),
        ("429_date", ModelFault.BUSY, 3), ("429_nonsense", ModelFault.BUSY, 3), ("429_late", ModelFault.BUSY, 1),
        ("429_far_date", ModelFault.BUSY, 1), ("500", ModelFault.FAILED, 3), ("502", ModelFault.FAILED, 3),
        ("503", ModelFault.FAILED, 3), ("500_endless", ModelFault.FAILED, 3), ("error_in_stream", ModelFault.FAILED, 1),
        ("400_temperature", ModelFault.FAILED, 3), ("no_answer", ModelFault.INTERRUPTED, 3),
        ("reset_at_once", ModelFault.INTERRUPTED, 3), ("after_thoughts", ModelFault.INTERRUPTED, 1),
    ],
)  # fmt: skip
def test_a_refusal_is_told_after_few_tries(mode: str, kind: ModelFault, requests: int) -> None:
    with scripted_server(mode) as server:
        assert fault_of(server).fault is kind
        assert len(server.requests) == requests


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("401", "YINJU_LLM_API_KEY"), ("404", "model 'x' not found"), ("400", "context too long"), ("429", "slow down"),
        ("500", "out of memory"), ("502", "502 Bad Gateway；"), ("error_in_stream", "CUDA out of memory"),
        ("html_page", "text/html，不是 text/event-stream：請登入"),
    ],
)  # fmt: skip
def test_a_refusal_quotes_the_server(mode: str, said: str) -> None:
    with scripted_server(mode) as server:
        assert said in str(fault_of(server))


@pytest.mark.parametrize("mode", ["429_then_normal", "503_then_normal", "no_answer_then_normal"])
def test_trouble_that_passes_is_tried_again(mode: str) -> None:
    with scripted_server(mode) as server:
        assert asked(server)[:2] == (TEXT, None)
        assert len(server.requests) == 3


def test_all_tries_together_stay_within_the_limit_of_the_first_token() -> None:
    def script(wire: Wire) -> None:
        if wire.number == 1:
            wire.answer("503 Busy", "text/plain", b"", f"Retry-After: {FIRST * 0.6}")
        else:
            wire.wait()

    with scripted_server(script=script) as server:
        _, fault, seconds = asked(server, **HURRIED)
        assert fault is not None and fault.fault is ModelFault.SLOW
        assert seconds <= FIRST + GRACE and len(server.requests) == 2


def test_one_asker_who_waits_does_not_hold_up_another() -> None:
    def script(wire: Wire) -> None:
        late = wire.request.body["messages"][0]["content"] == "late" and wire.number == 1
        scripts.MODES["normal"](wire) if not late else wire.answer("429 Busy", "text/plain", b"", "Retry-After: 2")

    with scripted_server(script=script) as server:
        model = made(server, llm_first_token_seconds=10.0)
        waiting = model.stream([ModelMessage("user", "late")])
        reader = threading.Thread(target=lambda: list(waiting))
        reader.start()
        while not server.requests:
            time.sleep(0.005)
        start = time.monotonic()
        assert "".join(model.stream(QUESTION)) == TEXT
        assert time.monotonic() - start < 1.0 and reader.is_alive()
        waiting.close()
        reader.join(1.0)
        assert not reader.is_alive()


@pytest.mark.parametrize("mode", ["reset", "incomplete_chunk", "clean_end", "short_of_length"])
def test_an_answer_that_breaks_off_is_not_asked_for_again(mode: str) -> None:
    with scripted_server(mode) as server:
        said, fault, _ = asked(server)
        assert said == "".join(PIECES[:2])
        assert fault is not None and fault.fault is ModelFault.INTERRUPTED and "不完整" in str(fault)
        assert len(server.requests) == 1


def test_a_report_of_a_fault_after_text_keeps_the_text() -> None:
    with scripted_server("error_after_text") as server:
        said, fault, _ = asked(server)
    assert said == "".join(PIECES[:2]) and fault is not None and "engine died" in str(fault)


@pytest.mark.parametrize("act", ["reset", "end"])
def test_a_stream_cut_anywhere_is_a_beginning_or_whole(act: str) -> None:
    stream, text = whole_stream(LONG_PIECES), "".join(LONG_PIECES)
    every = int(os.environ.get("YINJU_TEST_EVERY_BYTE", "41"))
    whole = stream.index(b"\n", stream.index(b'"stop"'))
    for place in range(0, len(stream), every):
        with scripted_server(script=scripts.cut_after(stream, place, act)) as server:
            said, fault, _ = asked(server)
        assert text.startswith(said), place
        assert (fault is None) == (said == text and place > whole), (place, fault)
        assert fault is None or fault.fault is ModelFault.INTERRUPTED, (place, fault)


# The way to the server


def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    fault = fault_of(f"http://127.0.0.1:{port}/v1")
    assert fault.fault is ModelFault.UNREACHABLE
    assert "連不上" in str(fault) and "YINJU_LLM_BASE_URL" in str(fault)


def test_an_unknown_host_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*arguments: object, **options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    fault = fault_of("http://nowhere.invalid/v1")
    assert fault.fault is ModelFault.UNREACHABLE and "not known" in str(fault)


def test_a_look_up_that_hangs_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: free.wait(10))
    _, fault, seconds = asked("http://nowhere.invalid/v1", llm_connect_seconds=0.2)
    free.set()
    assert fault is not None and fault.fault is ModelFault.UNREACHABLE and "0.2 秒" in str(fault)
    assert seconds < 0.2 + GRACE


def test_a_host_that_takes_no_connection_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        _, fault, seconds = asked(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", llm_connect_seconds=0.2)
        for filler in fillers:
            filler.close()
    assert fault is not None and fault.fault is ModelFault.UNREACHABLE
    assert seconds < 0.2 + GRACE


@pytest.mark.parametrize("mode", ["not_http", "silent"])
def test_a_server_without_tls_is_unreachable_by_https(mode: str) -> None:
    def answer(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1_000)
            if mode == "not_http":
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.recv(1_000)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=answer, args=(listener,))
        server.start()
        fault = fault_of(f"https://127.0.0.1:{listener.getsockname()[1]}/v1", llm_connect_seconds=0.3)
        server.join()
    assert fault.fault is ModelFault.UNREACHABLE


def test_a_redirect_is_not_followed() -> None:
    with scripted_server() as other:
        away = f"Location: {other.base_url}/chat/completions"
        with scripted_server(script=lambda wire: wire.answer("307 Moved", "text/plain", b"", away)) as server:
            fault = fault_of(server, llm_api_key=KEY)
        assert fault.fault is ModelFault.FAILED and "不跟過去" in str(fault)
        assert other.requests == []


def test_a_loopback_address_is_not_sent_to_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_server() as proxy, scripted_server() as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url.removesuffix("/v1"))
        assert asked(server)[0] == asked(server.base_url.replace("127.0.0.1", "localhost"))[0] == TEXT
        assert proxy.requests == []


def test_any_other_address_goes_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_server() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url.removesuffix("/v1"))
        assert asked("http://model.invalid/v1")[0] == TEXT
    assert proxy.requests[0].path == "http://model.invalid/v1/chat/completions"


def test_a_proxy_that_cannot_be_used_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", f"gopher://user:{KEY}@127.0.0.1:1")
    fault = fault_of("http://model.invalid/v1")
    assert fault.fault is ModelFault.UNREACHABLE and "ALL_PROXY" in str(fault) and KEY not in str(fault)


# Closing


def test_closing_ends_the_connection_at_once() -> None:
    with scripted_server("stall") as server:
        stream = made(server, llm_between_seconds=60.0).stream(QUESTION)
        assert next(stream) == PIECES[0]
        start = time.monotonic()
        stream.close()
        assert server.settles(1.0) and time.monotonic() - start < 1.0
        stream.close()
        assert list(stream) == []


@pytest.mark.parametrize("mode", ["silent", "head_only", "stall", "dripping_head", "empty_deltas_flood", "429"])
def test_another_thread_may_close_while_one_waits(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_module, "BACKOFF", 60.0)
    with scripted_server(mode) as server:
        stream = made(server, llm_first_token_seconds=600.0, llm_answer_seconds=600.0).stream(QUESTION)
        said: list[str] = []
        reader = threading.Thread(target=lambda: said.extend(stream))
        reader.start()
        while not server.requests:
            time.sleep(0.005)
        time.sleep(0.05)
        stream.close()
        reader.join(1.0)
        assert not reader.is_alive() and server.settles(1.0)


def test_closing_before_the_first_word_asks_nothing() -> None:
    with scripted_server() as server:
        stream = made(server).stream(QUESTION)
        stream.close()
        assert list(stream) == [] and server.requests == []


def test_a_stream_left_behind_closes_itself() -> None:
    with scripted_server("stall") as server:
        stream = made(server, llm_between_seconds=60.0).stream(QUESTION)
        next(stream)
        del stream
        assert server.settles(1.0)


def test_a_generator_around_it_closes_it() -> None:
    with scripted_server("stall") as server:
        model = made(server, llm_between_seconds=60.0)

        def told() -> Iterator[str]:
            yield from model.stream(QUESTION)

        story = told()
        next(story)
        story.close()  # type: ignore[attr-defined]
        assert server.settles(1.0)


@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), RuntimeError("can't start new thread")])
def test_a_machine_without_files_or_threads_left_says_so(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted() -> asyncio.AbstractEventLoop:
        raise error

    stream = made("http://127.0.0.1:1/v1").stream(QUESTION)
    with monkeypatch.context() as patched, pytest.raises(GenerationError) as caught:
        patched.setattr(background, "_loop", exhausted)
        next(stream)
    assert str(error.args[-1]) in caught.value.said("en")
    stream.close()
    assert list(stream) == []


def test_many_stopped_answers_leave_nothing_behind() -> None:
    process = psutil.Process()
    with scripted_server("stall") as server:
        model = made(server, llm_between_seconds=60.0)

        def ask_and_stop() -> None:
            stream = model.stream(QUESTION)
            next(stream)
            stream.close()

        ask_and_stop()
        assert server.settles() and gone()
        before = process.num_fds(), threading.active_count()
        for _ in range(300):
            ask_and_stop()
        assert server.settles() and gone() and gone("scripted")
        assert process.num_fds() <= before[0] and threading.active_count() <= before[1]


# Settings and secrets


def test_without_an_address_there_is_no_model() -> None:
    assert load_model(Settings()) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"llm_model": "qwen3"}, "unset YINJU_LLM_MODEL"),
        ({"llm_api_key": KEY}, "unset YINJU_LLM_API_KEY"),
        ({"llm_base_url": "127.0.0.1:11434/v1"}, "YINJU_LLM_BASE_URL='127.0.0.1:11434/v1' is no http or https"),
        ({"llm_base_url": "ftp://host/v1"}, "YINJU_LLM_BASE_URL='ftp://host/v1' is no http or https"),
        ({"llm_base_url": "http:///v1"}, "http://127.0.0.1:11434/v1"),
        ({"llm_base_url": "http://host:0/v1"}, "http://127.0.0.1:11434/v1"),
        ({"llm_base_url": "http://host:port/v1"}, "http://127.0.0.1:11434/v1"),
        ({"llm_base_url": "http://[::1/v1"}, "http://127.0.0.1:11434/v1"),
        ({"llm_base_url": "http://a host/v1"}, "unset YINJU_LLM_BASE_URL"),
        ({"llm_base_url": "http://host/v1/chat/completions"}, "before /chat/completions"),
        ({"llm_base_url": f"http://host/v1?key={KEY}"}, "unset YINJU_LLM_BASE_URL"),
        ({"llm_base_url": f"gopher://me:{KEY}@host/v1"}, "'gopher://host/v1'"),
        ({"llm_base_url": f"http://me:{KEY}/x@host/v1"}, "'http://host/v1'"),
        ({"llm_base_url": "http://host/v1", "llm_api_key": f"{KEY}\n{KEY}"}, "YINJU_LLM_API_KEY"),
        ({"llm_base_url": "http://host/v1", "llm_api_key": f"{KEY}鑰"}, "unset YINJU_LLM_API_KEY"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_a_remedy(changed: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_model(Settings(**changed))  # type: ignore[arg-type]
    assert said in str(caught.value) and KEY[:9] not in str(caught.value)


def test_credentials_of_the_address_are_used_and_not_shown() -> None:
    with scripted_server("404") as server:
        model_url = server.base_url.replace("//", f"//me:{KEY}@")
        fault = fault_of(model_url)
        assert KEY not in repr(made(model_url)) + str(fault) and server.base_url in str(fault)
    assert server.requests[0].headers["authorization"].startswith("Basic ")


def echoes(key: str) -> dict[str, Script]:
    """Servers that say the key in every place there is."""
    body = json.dumps({"error": {"message": f"Incorrect API key provided: {key}. Also {key[:12]}…{key[-9:]}"}}).encode()
    said = {
        f"status_{status}": _whole(f"{status} Status {key}", body, key) for status in (302, 400, 401, 404, 429, 500)
    }
    return said | {
        "page": _whole("200 OK", f"<html>{key}</html>".encode(), key, "text/html"),
        "in_stream": lambda wire: (wire.start(), wire.body(b"data: " + body + b"\n\n"))[0],
        "odd_line": lambda wire: (wire.start(), wire.body(key.encode() + b"\n"), wire.close())[0],
        "type": lambda wire: wire.answer("200 OK", f"text/{key}", b""),
        "status_line": lambda wire: wire.send(f"{key}\r\n\r\n".encode()),
        "chunk_header": lambda wire: (wire.start(), wire.send(f"{key}\r\n".encode()))[0],
    }


def _whole(status: str, body: bytes, key: str, kind: str = "application/json") -> Script:
    return lambda wire: wire.answer(status, kind, body, f"X-Echo: {key}", f"Location: http://{key}/")


@pytest.mark.parametrize("name", echoes(KEY))
@pytest.mark.parametrize("key", [KEY, "hunter2"])
def test_the_key_is_in_no_error_and_no_log(name: str, key: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), scripted_server(script=echoes(key)[name]) as server:
        fault = fault_of(server, llm_api_key=key)
        model = made(server, llm_api_key=key)
    told = [str(fault), repr(fault), *traceback.format_exception(fault), caplog.text, repr(model), str(model)]
    pieces = {key[start : start + 6] for start in range(len(key) - 5)}
    assert not [(piece, text) for piece in pieces for text in told if piece in text]
    assert any(f"Bearer {key}" == request.headers["authorization"] for request in server.requests)


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    program = "import sys, yinju.answering.llm.model as m\nm.load_model(m.Settings(llm_base_url='http://h/v1'))\n"
    program += "print({'httpx2', 'openai'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
