"""Every figure in the README: python benchmarks/run.py [--data FOLDER] → a Markdown table on standard output.

The folder holds labelled questions in SQuAD format; without it (or YINJU_DATA) only the shipped questions are asked.
"""

import argparse
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean, median

import psutil

import yinju
from yinju.evaluation import load_questions
from yinju.settings import load_settings

REPOSITORY = Path(__file__).resolve().parent.parent
QUESTIONS = REPOSITORY / "benchmarks" / "questions.jsonl"
YINJU = [sys.executable, "-m", "yinju.cli"]
SHOWN = ("recall@1", "recall@5", "mrr@10", "answer_contains", "answer_characters", "refusal_auroc",
         "false_answer_rate", "coverage")  # fmt: skip


def row(what: str, figure: str) -> None:
    """Print one line of the table at once."""
    print(f"| {what} | {figure} |", flush=True)


def measure_questions(what: str, file: Path, *options: str) -> None:
    """Ask a labelled set and print what `yinju evaluate` says of it."""
    done = subprocess.run([*YINJU, "evaluate", str(file), "--json", *options], stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    row(what, ", ".join(f"{name} {found[name]:.3f}" for name in SHOWN if name in found))


def measure_cold_ask(index: Path) -> None:
    """Time and memory of one question from nothing, the median of five."""
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([*YINJU, "ask", "微商是什麼？", "--index", str(index)], stdout=subprocess.DEVNULL, check=True)
        seconds.append(time.perf_counter() - started)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    row("cold `yinju ask`", f"{median(seconds):.2f} s, {memory:.0f} MB at most")


def measure_warm_ask(index: Path) -> None:
    """Milliseconds of search and answer for each of the shipped questions, in one process."""
    with yinju.open_library(index) as library:
        questions = load_questions(QUESTIONS).questions
        library.ask(questions[0].question)
        times = sorted(library.ask(asked.question).seconds * 1000 for asked in questions)
    p95 = times[int(len(times) * 0.95)]
    row(
        "a question over the sample corpus",
        f"median {median(times):.0f} ms, p95 {p95:.0f} ms, mean {fmean(times):.0f} ms",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_page(index: Path, port: int) -> Iterator[psutil.Process]:
    """The page as `make chat` starts it once installed."""
    environment = os.environ | {"YINJU_INDEX": str(index), "YINJU_PORT": str(port)}
    process = psutil.Popen([sys.executable, "app.py"], cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def measure_page(index: Path) -> None:
    """Seconds until the page answers, the median of three, and the memory it then takes."""
    seconds, memory = [], 0.0
    for _ in range(3):
        port, started = _free_port(), time.perf_counter()
        with running_page(index, port) as process:
            while process.poll() is None:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                    break
                except OSError:
                    time.sleep(0.05)
            seconds.append(time.perf_counter() - started)
            memory = max(memory, process.memory_info().rss / 1024 / 1024)
    row("page answering after `make chat`", f"{median(seconds):.1f} s, {memory:.0f} MB")


def main() -> None:
    """Measure everything."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path(load_settings().data or "."), help="labelled questions")
    data: Path = arguments.parse_args().data
    print("| measure | figure |\n|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        yinju.build_index(REPOSITORY / "corpus", index)
        measure_questions("`benchmarks/questions.jsonl`", QUESTIONS, "--index", str(index))
        measure_cold_ask(index)
        measure_warm_ask(index)
        measure_page(index)
    for name, other in (("drcd-dev", "cmrc2018-trial"), ("cmrc2018-trial", "drcd-dev")):
        file = data / f"{name}.json"
        if file.exists():
            measure_questions(name, file, "--unanswerable", str(data / f"{other}.json"))
            measure_questions(f"{name}, questions in the other script", file, "--other-script")


if __name__ == "__main__":
    main()
