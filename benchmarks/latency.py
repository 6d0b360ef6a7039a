"""How quick the page is with a language model, in a real Chromium: a Markdown table.

python benchmarks/latency.py [--rounds N] asks N questions over corpus/ by the keyboard. A scripted server says a piece
every 30 ms; page and server share a clock. What is measured: from the Enter key to the first passage in the page, from
the sending of a piece to its being in the page, and from the stop button to the model's connection being closed.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.answering.scripted_server import ScriptedServer, scripted_server
from tests.browser.reader import FLAGS, FRAMES, ROOT, hosting

from yinju import build_index
from yinju.embedding import load_encoder
from yinju.settings import Settings

QUESTIONS = ("市場區隔是什麼？", "轉化率怎麼算？", "什麼是品牌定位？", "微商是什麼？", "行銷漏斗有哪些階段？")
PIECES, EVERY, THINKING = 60, 0.03, 0.5
"""How many pieces an answer has, and the seconds between them and before the first."""

WATCH = """() => {
    window.times = { pieces: {} };
    const noteEnter = (event) => { if (event.key === "Enter") window.times.enter = Date.now(); };
    document.addEventListener("keydown", noteEnter, true);
    new MutationObserver(() => {
        const now = Date.now(), answers = document.querySelectorAll("#chat .bot-row");
        const answer = answers.length ? answers[answers.length - 1] : null;
        if (!answer || document.querySelectorAll("#chat .user-row").length !== answers.length) return;
        if (answer.querySelector("a.cite")) window.times.passages ??= now;
        for (const [piece] of answer.textContent.matchAll(/詞[0-9]+節/g)) window.times.pieces[piece] ??= now;
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@dataclass
class Talker:
    """A model that says numbered pieces, and when it said each."""

    sent: dict[str, float] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def reply(self, messages: list[dict[str, str]]) -> Iterable[str]:
        """Pieces at their times, every fifth ending a sentence."""
        time.sleep(THINKING)
        for place in range(1, PIECES + 1):
            piece = f"詞{next(self.numbers)}節"
            self.sent[piece] = time.time() * 1_000
            yield piece + ("。" if place % 5 == 0 else "")
            time.sleep(EVERY)


@contextmanager
def opened(server: ScriptedServer) -> Iterator[Page]:
    """The page over corpus/ with the server's model, in Chromium."""
    encoder = load_encoder("")
    settings = Settings(llm_base_url=server.base_url, llm_model="scripted", refuse_below=0.0)
    with tempfile.TemporaryDirectory(prefix="yinju-latency-") as folder:
        build_index(ROOT / "corpus", folder, encoder=encoder)
        with sync_playwright() as playwright, hosting(Path(folder), encoder, settings) as address:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = chromium.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address)
            page.wait_for_selector("#source .body", state="attached")
            page.evaluate(WATCH)
            yield page
            chromium.close()


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter."""
    page.evaluate("() => { window.times.passages = null; window.times.pieces = {}; }")
    page.fill("#box textarea", question)
    page.evaluate(FRAMES)
    page.press("#box textarea", "Enter")


def measure(rounds: int) -> dict[str, list[float]]:
    """Milliseconds by what was measured."""
    talker = Talker()
    found: dict[str, list[float]] = {"Enter → passages": [], "piece sent → in the page": [], "stop → closed": []}
    with scripted_server(talker.reply) as server, opened(server) as page:
        for number in range(rounds):
            talker.sent.clear()
            ask(page, QUESTIONS[number % len(QUESTIONS)])
            page.wait_for_selector("#box .stop-button")
            page.wait_for_selector("#box .submit-button")
            times = page.evaluate("window.times")
            found["Enter → passages"].append(times["passages"] - times["enter"])
            found["piece sent → in the page"] += [times["pieces"][piece] - sent for piece, sent in talker.sent.items()]
        for number in range(rounds):
            ask(page, QUESTIONS[number % len(QUESTIONS)])
            page.wait_for_selector("#chat .pending")
            page.click("#box .stop-button")
            clicked = time.monotonic()
            server.settles(5)
            found["stop → closed"].append((time.monotonic() - clicked) * 1_000)
            page.wait_for_selector("#box .submit-button")
    return found


def row(name: str, values: Sequence[float]) -> str:
    """A line of the table."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"| {name} | {len(ordered)} | {statistics.median(ordered):.0f} | {high:.0f} | {ordered[-1]:.0f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    found = measure(parser.parse_args().rounds)
    print("| milliseconds | n | median | p95 | max |\n|---|---|---|---|---|")
    print("\n".join(row(name, values) for name, values in found.items()))


if __name__ == "__main__":
    main()
