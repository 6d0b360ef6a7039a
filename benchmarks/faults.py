"""How a language model's faults end, counted: a Markdown table, and exit status 1 where one ends as it should not.

python benchmarks/faults.py [--cut-every N] [--stops N] plays every mode of the tests' scripted server, cuts an answer
of about 2 KB at every byte by a reset and by a clean end, and begins and stops an answer 1,000 times. Takes a minute.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.answering import scripts
from tests.answering.scripted_server import PIECES, TEXT, ScriptedServer, scripted_server, whole_stream

from yinju.answering.llm import model as language_model
from yinju.answering.llm.model import ChatModel, load_model
from yinju.errors import GenerationError
from yinju.protocols import ModelMessage
from yinju.settings import Settings
from yinju.types import ModelFault

QUESTION = [ModelMessage("user", "泡茶的水溫幾度？")]
LONG_PIECES = ["泡綠茶的水溫約八十度，", "紅茶要用滾水。"] * 6
FIRST, BETWEEN = 1.0, 0.5
GROWTH_MEGABYTES, CLOSING_SECONDS = 50, 5


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    case: str
    tried: int
    right: int
    measured: str


def made(server: ScriptedServer, between: float = BETWEEN) -> ChatModel:
    """A model at the server, with limits of about a second."""
    limits = Settings(
        llm_base_url=server.base_url, llm_model="m", llm_first_token_seconds=FIRST, llm_between_seconds=between
    )
    model = load_model(limits)
    assert model is not None
    return model


def asked(server: ScriptedServer) -> tuple[str, ModelFault | None, float]:
    """What is said, the fault in which it ends, and the seconds it took."""
    said, fault, start = "", None, time.monotonic()
    try:
        for piece in made(server).stream(QUESTION):
            said += piece
    except GenerationError as error:
        fault = error.fault
    return said, fault, time.monotonic() - start


def play_modes(case: str, modes: Iterable[str], text: str, fault: ModelFault | None, limit: float) -> Row:
    """How many modes end with this text and fault and leave no connection open; and the longest one took."""
    right, longest, names = 0, 0.0, list(modes)
    for mode in names:
        with scripted_server(mode) as server:
            said, found, seconds = asked(server)
            right += (said, found) == (text, fault) and server.settles(CLOSING_SECONDS)
        longest = max(longest, seconds)
    return Row(case, len(names), right, f"longest {longest:.2f} s, limit {limit:g} s")


def cut_everywhere(every: int) -> Row:
    """How many cut answers are a beginning that is said to be interrupted, or whole."""
    stream, text = whole_stream(LONG_PIECES), "".join(LONG_PIECES)
    end = stream.index(b"\n", stream.index(b'"stop"'))
    tried = right = 0
    for act in ("reset", "end"):
        for place in range(0, len(stream), every):
            with scripted_server(script=scripts.cut_after(stream, place, act)) as server:
                said, fault, _ = asked(server)
            expected = None if place > end else ModelFault.INTERRUPTED
            tried += 1
            right += fault is expected and text.startswith(said) and (fault is not None or said == text)
    return Row("L5 cut, reset and clean", tried, right, f"{len(stream):,} bytes, every {every}")


def stop_often(stops: int) -> Row:
    """How many stopped answers close their connection in time; what sockets, threads and memory grew by."""
    process, slowest, right = psutil.Process(), 0.0, 0
    with scripted_server("stall") as server:
        model = made(server, between=60.0)

        def stop_one() -> float:
            stream = model.stream(QUESTION)
            next(stream)
            start = time.monotonic()
            stream.close()
            assert server.settles(CLOSING_SECONDS)
            return time.monotonic() - start

        for _ in range(50):
            stop_one()
        before = _held(process)
        for _ in range(stops):
            seconds = stop_one()
            slowest, right = max(slowest, seconds), right + (seconds <= CLOSING_SECONDS)
        time.sleep(0.5)
        sockets, threads, megabytes = (now - then for now, then in zip(_held(process), before, strict=True))
    kept = sockets <= 0 and threads <= 0 and megabytes <= GROWTH_MEGABYTES
    measured = f"slowest {slowest * 1000:.0f} ms; {sockets:+.0f} files, {threads:+.0f} threads, {megabytes:+.1f} MB"
    return Row("L7 stopped mid-stream", stops, right if kept else 0, measured)


def _held(process: psutil.Process) -> tuple[float, float, float]:
    return process.num_fds(), threading.active_count(), process.memory_info().rss / 1e6


def main() -> None:
    """Print the table as it is made; exit with 1 where a row is not all right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cut-every", type=int, default=1, help="cut at every Nth byte")
    parser.add_argument("--stops", type=int, default=1_000, help="answers to begin and stop")
    options = parser.parse_args()
    language_model.BACKOFF = 0.0
    half = "".join(PIECES[:2])
    rows: list[Callable[[], Row]] = [
        lambda: play_modes("L4 forgiven", scripts.IN_ORDER, TEXT, None, FIRST),
        lambda: play_modes("L4 malformed", scripts.MALFORMED, "", ModelFault.MALFORMED, FIRST),
        lambda: play_modes("L2 never begins", scripts.SLOW_TO_START, "", ModelFault.SLOW, FIRST),
        lambda: play_modes("L2 stalls", scripts.SLOW_IN_THE_MIDDLE, half, ModelFault.SLOW, BETWEEN),
        lambda: cut_everywhere(options.cut_every),
        lambda: stop_often(options.stops),
    ]
    print("| case | tried | as expected | measured |\n|---|---|---|---|", flush=True)
    failed = False
    for row in (make() for make in rows):
        print(f"| {row.case} | {row.tried:,} | {row.right:,} | {row.measured} |", flush=True)
        failed |= row.right != row.tried
    sys.exit(failed)


if __name__ == "__main__":
    main()
