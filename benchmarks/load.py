"""What the page does when many ask at once: a Markdown table, and all figures as JSON with --json FILE.

python benchmarks/load.py [NAME …] [--index FOLDER] [--port N] [--json FILE] serves a copy of corpus/ by app.py in a
process of its own and asks it by the page's own protocol. The names: one, fifty, two-hundred, thousand, tabs, model,
connections; all of them when none is given. --soak MINUTES asks at 30 % of what the server can for so long, with 5 % of
faults, and tells how memory, descriptors and threads went. What is set by YINJU_… in the environment holds.

Re-reading is off but for the second line of `one`, unless YINJU_REREAD is set.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.answering.scripted_server import scripted_server

from page_client import Connection, LostError, Outcome, Reader, new_token

ROOT = Path(__file__).parents[1]
QUESTIONS = [json.loads(line)["question"] for line in (ROOT / "benchmarks/questions.jsonl").open(encoding="utf-8")]
HEALTH_EVERY = 0.2
"""Seconds between two looks at /health."""
OPENING = 20
"""How many pages are opened at once before the questions are asked."""
SETTLING = 120.0
"""Seconds after which memory should be what it was."""


@dataclass
class Server:
    """The page in a process of its own."""

    port: int
    process: psutil.Process
    figures: dict[str, dict[str, object]] = field(default_factory=dict)

    def cpu(self) -> float:
        """Seconds of processor that it has used, with the children it has waited for."""
        used = self.process.cpu_times()
        return float(used.user + used.system + used.children_user + used.children_system)

    def memory(self) -> float:
        """Megabytes that it holds."""
        return float(self.process.memory_info().rss) / 1e6

    def reader(self) -> Reader:
        """A new browser."""
        return Reader("127.0.0.1", self.port)


@contextmanager
def serving(index: Path, port: int = 0, **settings: str) -> Iterator[Server]:
    """app.py over a copy of corpus/, as long as it lasts; what it says goes to a file beside the index."""
    if not port:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
    corpus = index.parent / "corpus"
    if not corpus.exists():
        shutil.copytree(ROOT / "corpus", corpus)
    mine = {"YINJU_CORPUS": str(corpus), "YINJU_INDEX": str(index), "YINJU_PORT": str(port), "YINJU_REREAD": "0"}
    with (index.parent / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=mine | os.environ | settings, stdout=log, stderr=log
        )
        try:
            for _ in range(600):
                with suppress(URLError, OSError):
                    urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
                    break
                assert process.poll() is None, f"the server ended; see {index.parent / 'log'}"
                time.sleep(0.2)
            yield Server(port, psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait(30)


async def opened(server: Server, number: int) -> list[Reader]:
    """So many pages that are open and have asked nothing yet."""
    readers, gate = [server.reader() for _ in range(number)], asyncio.Semaphore(OPENING)

    async def open_one(reader: Reader) -> None:
        async with gate:
            await reader.open()

    await asyncio.gather(*map(open_one, readers))
    return readers


async def watch_health(server: Server, seen: list[float]) -> None:
    """How long /health takes, again and again until this is cancelled."""
    while True:
        connection, begun = Connection("127.0.0.1", server.port), time.monotonic()
        try:
            async with asyncio.timeout(60):
                assert await (await connection.send("GET", "/health", {})).body()
            seen.append(time.monotonic() - begun)
        except (LostError, OSError, TimeoutError):
            seen.append(60.0)
        await connection.close()
        await asyncio.sleep(HEALTH_EVERY)


async def burst(server: Server, readers: Sequence[Reader], within: float = 1.0) -> dict[str, object]:
    """Every reader asks once within so many seconds."""
    before, cpu, health = server.memory(), server.cpu(), list[float]()
    watching = asyncio.create_task(watch_health(server, health))
    begun = time.monotonic()

    async def ask(number: int) -> Outcome:
        await asyncio.sleep(random.uniform(0, within))
        return await readers[number].ask(QUESTIONS[number % len(QUESTIONS)])

    outcomes = await asyncio.gather(*map(ask, range(len(readers))))
    took, used = time.monotonic() - begun, server.cpu() - cpu
    watching.cancel()
    answered = [one for one in outcomes if one.answered]
    return {
        "users": len(readers), "answered": len(answered), "told when to come back": sum(o.refused for o in outcomes),
        "lost": sum(not o.answered and not o.refused for o in outcomes), "mixed": sum(o.mixed() for o in outcomes),
        "saw their place": sum(o.placed for o in outcomes), **spread("answer", [o.seconds for o in answered]),
        **spread("first sign", [o.first for o in outcomes]), "health max s": round(max(health, default=0.0), 2),
        "all done after s": round(took, 1), "CPU-s a question": round(used / max(1, len(answered)), 3),
        "memory before MB": round(before), "memory after MB": round(server.memory()),
        "faults": sorted({f"{o.status} {o.lost}"[:120] for o in outcomes if not o.answered and not o.refused})[:5],
    }  # fmt: skip


def spread(name: str, seconds: Sequence[float]) -> dict[str, object]:
    """Median, 95th percentile and maximum."""
    ordered = sorted(seconds) or [0.0]
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {
        f"{name} p50 s": round(statistics.median(ordered), 2), f"{name} p95 s": round(p95, 2),
        f"{name} max s": round(ordered[-1], 2),
    }  # fmt: skip


async def one(server: Server) -> dict[str, object]:
    """What a question costs: 50 of ten readers, one after another, and once more with all that is then known."""
    cpu = server.cpu()
    readers = await opened(server, 10)
    opening = (server.cpu() - cpu) / 10
    found: dict[str, object] = {"CPU-s a page opened": round(opening, 3)}
    for name in ("", " again"):
        for number, reader in enumerate(readers):  # warm
            await reader.send("ask", [QUESTIONS[100 + number], ""])
        cpu, seconds = server.cpu(), list[float]()
        for number in range(50):
            outcome = await readers[number % 10].send("ask", [QUESTIONS[number], ""])
            assert outcome.answered, outcome
            seconds.append(outcome.seconds)
        found |= {f"CPU-s a question{name}": round((server.cpu() - cpu) / 50, 3), **spread(f"answer{name}", seconds)}
    return found


async def many(server: Server, users: int, settle: bool = False) -> dict[str, object]:
    """So many users within one second."""
    resting = server.memory()
    readers = await opened(server, users)
    found = {"memory at rest MB": round(resting)} | await burst(server, readers)
    for reader in readers:
        await reader.connection.close()
    if settle:
        await asyncio.sleep(SETTLING)
        found["memory 2 min later MB"] = round(server.memory())
    return found


async def tabs(server: Server) -> dict[str, object]:
    """One browser with 20 tabs asks in all of them; another asks once a moment later."""
    readers = await opened(server, 21)
    *many_tabs, other = readers
    for reader in many_tabs:
        reader.cookie = many_tabs[0].cookie
    asked = [asyncio.create_task(reader.ask(QUESTIONS[n])) for n, reader in enumerate(many_tabs)]
    await asyncio.sleep(0.1)
    alone = await other.ask(QUESTIONS[30])
    outcomes = await asyncio.gather(*asked)
    last = max(o.seconds for o in outcomes)
    return {
        "the other's answer s": round(alone.seconds, 2), "the last tab's s": round(last, 2),
        "answered": sum(o.answered for o in [alone, *outcomes]), "mixed": sum(o.mixed() for o in [alone, *outcomes]),
    }  # fmt: skip


async def connections(server: Server) -> dict[str, object]:
    """Headers that come slowly, bodies that stall and thousands that are idle: how long others take meanwhile."""
    reader = (await opened(server, 1))[0]
    found = dict[str, object]()
    post = f"POST /documents/upload?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n".encode()
    stalled = post + b"Content-Length: 900\r\n\r\nx"
    kinds = ("slow headers", 1_100, b"GET / HTTP/1.1\r\nHost: "), ("slow bodies", 300, stalled), ("idle", 3_000, b"")
    for name, number, begun in kinds:
        with ExitStack() as held:
            for _ in range(number):
                with suppress(OSError):
                    one_more = held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
                    one_more.sendall(begun)
                await asyncio.sleep(0)
            outcomes = [await reader.ask(QUESTIONS[n]) for n in range(8)]
            found |= {f"{name} {key}": value for key, value in spread("", [o.seconds for o in outcomes]).items()}
            found[f"{name} lost"] = sum(not o.answered for o in outcomes)
    return found


async def slow_model(server: Server) -> dict[str, object]:
    """One user's 20 tabs have a model that takes ten seconds: how soon others see what was found."""
    readers = await opened(server, 25)
    many_tabs, others = readers[:20], readers[20:]
    for reader in many_tabs:
        reader.cookie = many_tabs[0].cookie
    asked = [asyncio.create_task(reader.send("ask", [QUESTIONS[n], ""])) for n, reader in enumerate(many_tabs)]
    await asyncio.sleep(1.0)
    seen = [await first_passages(reader, QUESTIONS[40 + n]) for n, reader in enumerate(others)]
    for task in asked:
        task.cancel()
    return spread("others' passages", seen)


async def first_passages(reader: Reader, question: str) -> float:
    """Seconds until a citation shows."""
    begun, outcome = time.monotonic(), Outcome(reader.token)
    async for text in reader.events("ask", [question, ""], outcome):
        if 'class="cite"' in text:
            break
    await reader.connection.close()
    return time.monotonic() - begun


@dataclass
class Sample:
    """The server at one moment of a soak."""

    minute: float
    memory: float
    descriptors: int
    threads: int


async def soak(server: Server, minutes: float, pace: float) -> dict[str, object]:
    """So many questions a second for so long, one in twenty a fault."""
    samples, counts = list[Sample](), dict[str, int]()
    begun, tasks = time.monotonic(), set[asyncio.Task[None]]()
    readers = await opened(server, 40)
    while (minute := (time.monotonic() - begun) / 60) < minutes:
        task = asyncio.create_task(_soaked(server, readers, counts))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        if not samples or minute - samples[-1].minute > 0.25:
            process = server.process
            samples.append(Sample(minute, server.memory(), process.num_fds(), process.num_threads()))
        await asyncio.sleep(random.expovariate(pace))
    await asyncio.gather(*tasks)
    steady = [one for one in samples if one.minute > minutes * 0.3] or samples
    return {
        "questions a second": round(pace, 1), **counts, "memory slope MB/h": round(slope(steady) * 60, 1),
        "memory MB": f"{steady[0].memory:.0f} … {steady[-1].memory:.0f}",
        "descriptors": f"{steady[0].descriptors} … {steady[-1].descriptors}",
        "threads": f"{steady[0].threads} … {steady[-1].threads}", "samples": [asdict(one) for one in samples],
    }  # fmt: skip


def slope(samples: Sequence[Sample]) -> float:
    """Megabytes a minute, by least squares."""
    if len(samples) < 2:
        return 0.0
    return statistics.linear_regression([s.minute for s in samples], [s.memory for s in samples]).slope


async def _soaked(server: Server, readers: list[Reader], counts: dict[str, int]) -> None:
    """One question or fault, of a reader who is free; some leave and others come."""
    reader = readers.pop(random.randrange(len(readers))) if readers else server.reader()
    kind = random.choice(FAULTS) if random.random() < 0.05 else _asks
    try:
        if not reader.cookie or random.random() < 0.05:
            await reader.connection.close()
            reader = server.reader()
            await reader.open()
        ended = await kind(reader)
    except (LostError, OSError, TimeoutError) as error:
        ended = f"lost: {type(error).__name__}"
    counts[ended] = counts.get(ended, 0) + 1
    if len(readers) < 60:
        readers.append(reader)
    else:
        await reader.connection.close()


async def _asks(reader: Reader) -> str:
    outcome = await reader.ask(random.choice(QUESTIONS))
    return "answered" if outcome.answered else "refused" if outcome.refused else f"lost: {outcome.status}"


async def _leaves(reader: Reader) -> str:
    """In the middle of an answer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.02):
            await reader.ask(random.choice(QUESTIONS))
    await reader.connection.close()
    reader.session = new_token()
    return "left"


async def _asks_nothing(reader: Reader) -> str:
    await reader.send("ask", [" ", ""])
    return "blank"


async def _stops(reader: Reader) -> str:
    await reader.send("stop", [])
    return "stopped"


async def _misasks(reader: Reader) -> str:
    body = random.choice([b'{"data": NaN}', b"{", b'{"data": [], "fn_index": 99, "session_hash": "a"}'])
    response = await reader.connection.send(
        "POST", "/gradio_api/queue/join", {"Content-Type": "application/json"}, body
    )
    await response.body()
    return "misasked" if 400 <= response.status < 500 else f"misasked: {response.status}"


FAULTS: list[Callable[[Reader], Awaitable[str]]] = [_leaves, _asks_nothing, _stops, _misasks]

SCENES: dict[str, Callable[[Server], Awaitable[dict[str, object]]]] = {
    "one": one, "fifty": lambda server: many(server, 50), "two-hundred": lambda server: many(server, 200),
    "thousand": lambda server: many(server, 1_000, settle=True), "tabs": tabs, "connections": connections,
}  # fmt: skip


def measure(names: Sequence[str], index: Path, port: int) -> dict[str, dict[str, object]]:
    """Each scene's figures."""
    found = dict[str, dict[str, object]]()
    with serving(index, port) as server:
        for name in (name for name in names if name in SCENES):
            found[name] = asyncio.run(_awaited(SCENES[name], server))
            show(name, found[name])
    if "one" in names:
        with serving(index, port, YINJU_REREAD="1") as server:
            found["one, re-reading on"] = asyncio.run(_awaited(one, server))
            show("one, re-reading on", found["one, re-reading on"])
    if "model" in names:
        with ExitStack() as opened_here:
            model = opened_here.enter_context(scripted_server(_takes_ten_seconds))
            mine = {"YINJU_LLM_BASE_URL": model.base_url, "YINJU_REFUSE_BELOW": "0"}
            server = opened_here.enter_context(serving(index, port, **mine))
            found["model"] = asyncio.run(_awaited(slow_model, server))
            show("model", found["model"])
    return found


def _takes_ten_seconds(messages: list[dict[str, str]]) -> Iterator[str]:
    for _ in range(100):
        time.sleep(0.1)
        yield ""
    yield "市場區隔。"


async def _awaited(scene: Callable[[Server], Awaitable[dict[str, object]]], server: Server) -> dict[str, object]:
    return await scene(server)


def show(name: str, figures: dict[str, object]) -> None:
    """Lines of the table."""
    for what, figure in figures.items():
        if what != "samples" and figure != []:
            print(f"| {name} | {what} | {figure} |", flush=True)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--soak", type=float, default=0.0, metavar="MINUTES")
    parser.add_argument("--pace", type=float, default=4.0, help="questions a second of the soak")
    arguments = parser.parse_args()
    names = arguments.names or ([] if arguments.soak else [*SCENES, "model"])
    print("| scene | measure | figure |\n|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="yinju-load-") as folder:
        index = arguments.index or Path(folder) / "index"
        found = measure(names, index, arguments.port) if names else {}
        if arguments.soak:
            with serving(index, arguments.port) as server:
                found["soak"] = asyncio.run(soak(server, arguments.soak, arguments.pace))
                show("soak", found["soak"])
    if arguments.json:
        arguments.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
