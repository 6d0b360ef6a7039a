"""A page that is served while its libraries are backed up and restored: it never fails, and goes on with what came."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from urllib.parse import quote

import httpx2
import pytest
from tests.backup.places import Place
from tests.test_conversations import ANSWER, OWNER

from yinju.audit import log_of
from yinju.backup import back_up, restore
from yinju.conversations import Conversations
from yinju.ingest.build import open_store
from yinju.library import build_index


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Place, str]]:
    """A place, and the address at which a server of its own process serves it."""
    place = Place(tmp_path / "one")
    (place.folder / "corpus").mkdir(parents=True)
    (place.folder / "corpus" / "茶.txt").write_text("甲骨茶要用九十五度的水。\n", "utf-8")
    build_index(place.folder / "corpus", place.folder / "index", settings=place.settings)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "yinju.cli", "chat", "--port", port, "--index", str(place.folder / "index")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as server:
        assert server.stderr
        ready = next(line for line in server.stderr if "http://" in line)
        yield place, re.search(r"http://[\d.:]+", ready)[0]  # type: ignore[index]
        server.kill()


def waited(answer: httpx2.Response, client: httpx2.Client) -> None:
    """Wait until what was accepted is indexed."""
    assert answer.status_code == 202, answer.text
    end = time.monotonic() + 30
    while re.search('data-running="[1-9]', client.get("/documents/changes").text):
        assert time.monotonic() < end
        time.sleep(0.03)


def read_on(address: str, stop: Event) -> int:
    """Ask until told to stop; how often it was answered. Every answer is one."""
    with httpx2.Client(base_url=address, timeout=30) as client:
        asked = 0
        while not stop.is_set():
            for path in (f"/search?q={quote('甲骨茶的水')}", "/documents/files", "/chats", "/health"):
                answer = client.get(path)
                assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
                asked += 1
        return asked


def write_on(address: str, stop: Event, acknowledged: list[str]) -> None:
    """Add documents until told to stop; a name is acknowledged once it is indexed."""
    with httpx2.Client(base_url=address, timeout=30) as client:
        while not stop.is_set():
            name = f"新{len(acknowledged)}.txt"
            waited(
                client.post("/documents/upload", params={"name": name}, content=f"{name}說新的事。".encode()), client
            )
            acknowledged.append(name)


def documents(place: Place) -> set[str]:
    """What can be found there."""
    with closing(open_store(place.folder / "index", place.settings).verify()) as live:
        return {one.name for one in live.documents.documents()}


def generation_of(client: httpx2.Client) -> float:
    """Which publication of the first library is served."""
    told = client.get("/metrics").text
    return float(next(line.split()[1] for line in told.splitlines() if line.startswith("yinju_index_generation ")))


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.full)])
def test_a_page_goes_on_while_it_is_backed_up_and_restored(
    served: tuple[Place, str], tmp_path: Path, rounds: int
) -> None:
    place, address = served
    kept = Conversations(place.folder / "index" / "conversations.sqlite")
    for number in range(rounds):
        stop, acknowledged, chat = Event(), list[str](), f"chat{number}"
        message = kept.keep(OWNER, chat, ANSWER)
        with ThreadPoolExecutor(3) as pool:
            reading = [pool.submit(read_on, address, stop) for _ in range(2)]
            writing = pool.submit(write_on, address, stop, acknowledged)
            try:
                while len(acknowledged) < 2 and not writing.done():
                    time.sleep(0.02)
                before, file = [*acknowledged], tmp_path / f"{number}.tar.gz"
                back_up(file, place.settings)
                later = len(acknowledged) + 1
                kept.keep(OWNER, f"later{number}", ANSWER)
                while len(acknowledged) < later + 1 and not writing.done():
                    time.sleep(0.02)
            finally:
                stop.set()
            writing.result()
            assert min(one.result() for one in reading) >= 4
        other = Place(tmp_path / f"other{number}")
        restore(file, other.settings)
        assert {"茶.txt", *before} <= documents(other) <= {"茶.txt", *acknowledged}
        stop.clear()
        with ThreadPoolExecutor(2) as pool, httpx2.Client(base_url=address) as client:
            reading = [pool.submit(read_on, address, stop) for _ in range(2)]
            try:
                number_before = generation_of(client)
                restore(file, place.settings, replacing=True)
                assert generation_of(client) > number_before
                assert documents(place) == documents(other)
                assert acknowledged[-1] not in client.get("/documents/files").text
            finally:
                stop.set()
            assert min(one.result() for one in reading) >= 4
            assert kept.answers(OWNER, chat)[0].message == message and not kept.answers(OWNER, f"later{number}")
            waited(client.post("/documents/upload", params={"name": "後.txt"}, content="後來的。".encode()), client)
            assert "後.txt" in documents(place)
            waited(client.request("DELETE", "/documents/file", params={"name": "後.txt"}), client)
    log_of(place.settings).check()
