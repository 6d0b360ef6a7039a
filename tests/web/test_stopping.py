"""The page is asked to end while a language model speaks: app.py in a process, readers by the page's own protocol."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.answering.scripted_server import scripted_server

from page_client import Outcome, Reader
from yinju.conversations import Conversations
from yinju.messages import say
from yinju.types import ModelFault

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
ASKED = "貓每天睡幾個小時？"


@dataclass
class Page:
    """The page in a process."""

    process: subprocess.Popen[bytes]
    port: int

    def reader(self) -> Reader:
        """A browser."""
        return Reader("127.0.0.1", self.port)


@contextmanager
def page(folder: Path, model: str, stop_seconds: float) -> Iterator[Page]:
    """The page over one document, with a language model, once it is ready."""
    (folder / "corpus").mkdir()
    (folder / "corpus" / "貓.txt").write_text("貓每天睡十四個小時。", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    mine = {
        "YINJU_CORPUS": str(folder / "corpus"), "YINJU_INDEX": str(folder / "index"), "YINJU_PORT": str(port),
        "YINJU_LLM_BASE_URL": model, "YINJU_REFUSE_BELOW": "0", "YINJU_REREAD": "0", "YINJU_HOST": "127.0.0.1",
        "YINJU_STOP_SECONDS": str(stop_seconds),
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=os.environ | mine, stdout=log, stderr=log)
    try:
        end = time.monotonic() + START_SECONDS
        while b"127.0.0.1" not in (folder / "log").read_bytes():
            assert process.poll() is None and time.monotonic() < end, (folder / "log").read_text("utf-8")
            time.sleep(0.05)
        yield Page(process, port)
    finally:
        process.kill()
        process.wait()


Script = Callable[[Page, Event, Event], Coroutine[Any, Any, Outcome]]


def played(script: Script, folder: Path, stop_seconds: float) -> tuple[Outcome, int, float]:
    """What comes of a question while the page is asked to end, its exit status, and how long that took."""
    speaking, more = Event(), Event()

    def speak(messages: list[dict[str, str]]) -> Iterator[str]:
        yield "貓每天睡十四個小時。[1]\n"
        speaking.set()
        while not more.wait(0.05):
            yield ""  # which tells whether anybody still listens
        yield "就是這樣。[1]"

    with scripted_server(speak) as model, page(folder, model.base_url, stop_seconds) as served:
        outcome = asyncio.run(script(served, speaking, more))
        begun = time.monotonic()
        status = served.process.wait(20)
        more.set()
    assert "Traceback" not in (folder / "log").read_text("utf-8")
    return outcome, status, time.monotonic() - begun


async def asked(served: Page, speaking: Event) -> tuple[Reader, Reader, asyncio.Task[Outcome]]:
    """A reader whose answer grows, and another whose page is open."""
    first, other = served.reader(), served.reader()
    await first.open()
    await other.open()
    task = asyncio.create_task(first.send("ask", [ASKED, ""]))
    assert await asyncio.to_thread(speaking.wait, 20)
    await asyncio.sleep(0.2)
    return first, other, task


def test_an_answer_that_grows_comes_to_its_end_and_nothing_else_begins(tmp_path: Path) -> None:
    async def script(served: Page, speaking: Event, more: Event) -> Outcome:
        first, other, task = await asked(served, speaking)
        served.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.5)
        ready = json.loads(await other.get("/ready"))
        assert ready == {"ready": False, "reason": "stopping"}
        late = await other.ask(ASKED)
        assert late.refused and say("line.ending", "zh-Hant") in late.text
        with pytest.raises(OSError):
            await asyncio.open_connection("127.0.0.1", served.port)
        more.set()
        await task
        await asyncio.gather(first.connection.close(), other.connection.close())
        return task.result()

    outcome, status, _ = played(script, tmp_path, 30)
    assert outcome.answered and "就是這樣" in outcome.text
    assert say("chat.stopped", "zh-Hant") not in outcome.text
    assert status == 0


@pytest.mark.parametrize(("stop_seconds", "signals"), [(0.3, 1), (60.0, 2)])
def test_what_does_not_end_in_time_is_stopped_and_kept(tmp_path: Path, stop_seconds: float, signals: int) -> None:
    visitors = list[str]()

    async def script(served: Page, speaking: Event, more: Event) -> Outcome:
        reader, other, task = await asked(served, speaking)
        visitors.append(reader.cookie.partition("=")[2])
        for _ in range(signals):
            served.process.send_signal(signal.SIGINT)
            await asyncio.sleep(0.3)
        await task
        await asyncio.gather(reader.connection.close(), other.connection.close())
        return task.result()

    outcome, status, seconds = played(script, tmp_path, stop_seconds)
    assert (status, seconds < 10) == (0, True)
    if signals == 1:  # with a second signal nothing is waited for
        assert outcome.answered and say("chat.stopped", "zh-Hant") in outcome.text
        kept = Conversations(tmp_path / "index" / "conversations.sqlite")
        (chat,) = kept.chats(visitors[0])
        assert kept.answers(visitors[0], chat.id)[0].answer.fault is ModelFault.STOPPED
