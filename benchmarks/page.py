"""How quick the page is in a real Chromium: a Markdown table.

python benchmarks/page.py [--turns N] [--tabs N] serves corpus/ and measures, each over several rounds: the first load
by a browser that has nothing yet, until one can ask; typing below a chat of N turns, from the press of a key until it
is heard and until it is drawn; and N tabs of one browser that ask at once, until the last has its answer.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser.reader import FLAGS, ROOT, Visit, hosting

from yinju import build_index, open_library
from yinju.conversations import Conversations
from yinju.embedding import load_encoder
from yinju.protocols import Encoder
from yinju.settings import Settings

ROUNDS = 5
KEYS = 40
QUESTIONS = ("市場區隔是什麼？", "轉化率怎麼算？", "什麼是品牌定位？", "微商是什麼？", "行銷漏斗有哪些階段？")

WATCH = """() => {
    window.keys = { heard: [], drawn: [] };
    document.querySelector("#box textarea").addEventListener("keydown", (event) => {
        const pressed = event.timeStamp;
        window.keys.heard.push(performance.now() - pressed);
        requestAnimationFrame(() => setTimeout(() => window.keys.drawn.push(performance.now() - pressed)));
    }, true);
}"""


def opened(browser: Browser, address: str) -> Visit:
    """The page in a browser that has nothing yet, once one can ask."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-TW").new_page()
    page.goto(address)
    visit = Visit(page, address)
    visit.ready()
    return visit


def first_load(browser: Browser, address: str) -> tuple[float, float]:
    """The median seconds until one can ask, and the most bytes."""
    seconds, sizes = [], []
    for _ in range(ROUNDS):
        page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-TW").new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        session.on("Network.loadingFinished", lambda event, to=received: to.append(event["encodedDataLength"]))
        started = time.monotonic()
        page.goto(address)
        Visit(page, address).ready()
        seconds.append(time.monotonic() - started)
        page.wait_for_timeout(1_000)
        sizes.append(sum(received))
        page.context.close()
    return statistics.median(seconds), max(sizes)


def typing(page: Page) -> tuple[list[float], list[float]]:
    """Milliseconds from each press of a key until it is heard, and until it is drawn."""
    page.evaluate(WATCH)
    page.focus("#box textarea")
    for _ in range(KEYS):
        page.keyboard.press("a")
        page.wait_for_timeout(60)  # a quick typist
    times = page.evaluate("() => window.keys")
    return times["heard"], times["drawn"]


def long_chat(browser: Browser, address: str, index: Path, encoder: Encoder, turns: int) -> Visit:
    """A chat of many turns, open."""
    visit = opened(browser, address)
    visitor = next(c["value"] for c in visit.page.context.cookies() if c["name"] == "yinju_visitor")
    with open_library(index, encoder=encoder) as library:
        answers = [library.ask(question) for question in QUESTIONS]
    kept = Conversations(index / "conversations.sqlite")
    for number in range(turns):
        kept.keep(visitor, f"long-{turns}", answers[number % len(answers)])
    visit.page.goto(f"{address}/?chat=long-{turns}")
    visit.ready()
    visit.page.wait_for_selector(f'a.cite[href^="#src-{turns}-1?"]')
    visit.page.wait_for_timeout(1_000)
    return visit


def ask_at_once(browser: Browser, address: str, tabs: int) -> tuple[float, int]:
    """Seconds until the last of many tabs has its answer, and how many have another's."""
    first = opened(browser, address)
    pages = [first.page, *(first.page.context.new_page() for _ in range(tabs - 1))]
    for number, page in enumerate(pages):
        if number:
            page.goto(address)
        Visit(page, address).ready()
        page.fill("#box textarea", f"{QUESTIONS[number % len(QUESTIONS)]}（{number}）")
    started = time.monotonic()
    for page in pages:
        page.press("#box textarea", "Enter")
    mixed = 0
    for number, page in enumerate(pages):
        Visit(page, address).finished()
        asked = page.locator("#chat .question").all_text_contents()
        mixed += asked != [f"{QUESTIONS[number % len(QUESTIONS)]}（{number}）"]
    return time.monotonic() - started, mixed


@contextmanager
def served(encoder: Encoder) -> Iterator[tuple[str, Path]]:
    """The address of the page over corpus/, and its index."""
    with tempfile.TemporaryDirectory(prefix="yinju-page-") as folder:
        build_index(ROOT / "corpus", folder, encoder=encoder)
        with hosting(Path(folder), encoder, Settings(refuse_below=0.0)) as address:
            yield address, Path(folder)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--tabs", type=int, default=20)
    arguments = parser.parse_args()
    encoder = load_encoder("")
    with served(encoder) as (address, index), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print("| measure | figure |\n|---|---|")
        seconds, size = first_load(browser, address)
        print(f"| first load until one can ask | {seconds:.1f} s, {size / 1_000:.0f} KB |")
        for turns in (1, arguments.turns):
            heard, drawn = typing(long_chat(browser, address, index, encoder, turns).page)
            figures = f"heard {statistics.median(heard):.0f} ms (max {max(heard):.0f}), drawn "
            figures += f"{statistics.median(drawn):.0f} ms (max {max(drawn):.0f})"
            print(f"| a key below a chat of {turns} turns | {figures} |")
        seconds, mixed = ask_at_once(browser, address, arguments.tabs)
        print(f"| {arguments.tabs} tabs that ask at once | last answer after {seconds:.1f} s, {mixed} mixed |")
        browser.close()


if __name__ == "__main__":
    main()
