"""A reader at the page of the real app.py, in a real Chromium: asks, opens the sources, meets hostile documents."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
START_SECONDS = 60
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"
"""Waits in the page itself, which may be busier than the clock of the test."""
SCREENSHOTS = os.environ.get("YINJU_SCREENSHOTS")

pytestmark = pytest.mark.browser

HOSTILE = """# <script>alert('標題')</script>貓咪是什麼？

貓咪最愛的顏色是<script>alert(1)</script><img src=x onerror=alert(2)>藍綠色</mark></div><svg onload=alert(3)>。
![圖](https://canary.example/a.png) [連](javascript:alert(4)) https://canary.example <iframe src=//canary.example>。
<form action="https://canary.example"><button>送出</button></form><style>@import url(//canary.example/b.css)</style>。
"""


@dataclass
class Visit:
    """A page and what was heard from it."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    """Requests to any other host."""
    complaints: list[str] = field(default_factory=list)
    """Errors on the console, dialogs, and exceptions nobody caught."""

    def ask(self, question: str, number: int) -> None:
        """Send a question, and wait for the first citation of the chat's answer of that number."""
        self.page.fill("#box textarea", question)
        self.page.evaluate(FRAMES)  # Gradio takes the text over in a later frame; no person is as quick
        self.page.press("#box textarea", "Enter")
        try:
            self.page.wait_for_function("() => document.querySelector('#box textarea').value === ''", timeout=10_000)
        except NotInTime:  # the page was busier still: the question stands in the box, and a person presses again
            self.page.press("#box textarea", "Enter")
        self.page.wait_for_selector(f'a.cite[href^="#src-{number}-1?"]')

    def open(self, number: int, marker: int = 1) -> str:
        """Click a citation; the text of the mark that shows."""
        self.page.click(f'a.cite[href^="#src-{number}-{marker}?"]')
        link = self.page.wait_for_selector(f'a.cite[aria-current][href^="#src-{number}-{marker}?"]')
        assert link
        self.page.wait_for_selector("#source mark")
        return self.page.inner_text("#source mark")

    def picture(self, name: str) -> None:
        """Keep a screenshot where YINJU_SCREENSHOTS says."""
        if SCREENSHOTS:
            self.page.wait_for_timeout(250)
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


class Visitor(Protocol):
    """Opens a page at an address; whatever it asks of other hosts or complains of fails the test."""

    def __call__(self, address: str, width: int = 1280, height: int = 800) -> Visit:
        """The page, ready to be asked."""


@contextmanager
def serving(corpus: Path, index: Path, **settings: str) -> Iterator[str]:
    """The address of app.py over a corpus, for as long as it lasts."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mine = {"YINJU_CORPUS": str(corpus), "YINJU_INDEX": str(index), "YINJU_PORT": str(port), "YINJU_HOST": "127.0.0.1"}
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=os.environ | mine | settings)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_served(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_served(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/health", timeout=5):
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"app.py did not serve {address} within {START_SECONDS} s; exit status {process.poll()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def sample(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(ROOT / "corpus", tmp_path_factory.mktemp("sample") / "index") as address:
        yield address


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "<img src=x onerror=alert(5)>.txt").write_text(HOSTILE, encoding="utf-8")
    with serving(corpus, folder / "index", YINJU_REFUSE_BELOW="0") as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    visits: list[Visit] = []

    def open_page(address: str, width: int = 1280, height: int = 800) -> Visit:
        page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        visited = Visit(page, address)
        visits.append(visited)
        page.on("request", lambda request: _note_foreign(visited, request.url))
        page.on("console", lambda message: visited.complaints.extend([message.text] * (message.type == "error")))
        page.on("pageerror", lambda error: visited.complaints.append(str(error)))
        page.on("dialog", lambda dialog: _note_dialog(visited, dialog))
        page.goto(address)
        page.wait_for_selector("#box textarea")
        page.wait_for_selector("#source .hint", state="attached")
        return visited

    yield open_page
    for visited in visits:
        visited.page.context.close()
        assert visited.foreign == []
        assert visited.complaints == []


def _note_dialog(visited: Visit, dialog: Dialog) -> None:
    visited.complaints.append(dialog.message)
    dialog.dismiss()


def _note_foreign(visited: Visit, url: str) -> None:
    if not url.startswith((f"{visited.address}/", "data:", "blob:")):
        visited.foreign.append(url)


def mark_is_in_view(page: Page) -> bool:
    """Whether the first line of the mark can be seen: nothing lies over it, and the window holds it."""
    return bool(
        page.evaluate(
            """() => {
                const box = document.querySelector("#source mark").getClientRects()[0];
                const top = document.elementFromPoint(box.x + 5, box.y + box.height / 2);
                return top !== null && top.closest("mark") !== null;
            }"""
        )
    )


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_an_answer_in_the_other_script_opens_its_source(visit: Visitor, sample: str) -> None:
    reader = visit(sample)
    reader.picture("desktop-welcome")
    assert reader.page.locator("#chat .example").count() == 4
    reader.ask("市场区隔是什么？", 1)
    assert "[1]" in reader.page.inner_text("#chat .answer")
    original = (ROOT / "corpus" / "行銷名詞問與答.txt").read_text(encoding="utf-8")
    assert reader.open(1) in original
    assert mark_is_in_view(reader.page)
    assert "行銷名詞問與答.txt" in reader.page.inner_text("#source .file")
    assert reader.page.evaluate("document.activeElement.tagName") == "MARK"
    reader.picture("desktop-source")


def test_citations_of_every_message_open_by_click_and_key(visit: Visitor, sample: str) -> None:
    reader = visit(sample)
    reader.ask("市場區隔是什麼？", 1)
    reader.ask("转化率怎么算？", 2)
    second = reader.open(2)
    first = reader.open(1)
    assert first != second
    reader.page.focus('a.cite[href^="#src-2-1?"]')
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector('a.cite[aria-current][href^="#src-2-1?"]')
    reader.page.locator("#source mark", has_text=second).wait_for()
    assert mark_is_in_view(reader.page)


def test_a_refusal_shows_what_came_nearest(visit: Visitor, sample: str) -> None:
    reader = visit(sample)
    reader.ask("火星上有幾座城市？", 1)
    assert "沒有找到" in reader.page.inner_text("#chat .refusal")
    assert reader.page.locator("#chat .nearest li").count() == 3
    assert reader.open(1, 3)
    reader.picture("desktop-refusal")


def test_an_example_is_asked_by_a_click(visit: Visitor, sample: str) -> None:
    reader = visit(sample)
    question = reader.page.inner_text("#chat .example >> nth=0").strip()
    reader.page.click("#chat .example >> nth=0")
    reader.page.wait_for_selector('a.cite[href^="#src-1-1?"]')
    assert reader.page.inner_text("#chat .question") == question


def test_the_documents_are_listed(visit: Visitor, sample: str) -> None:
    reader = visit(sample)
    reader.page.click("details.documents summary")
    assert reader.page.locator("details.documents li").count() == 14
    reader.picture("desktop-documents")
    reader.page.keyboard.press("Escape")
    assert not reader.page.locator("details.documents .list").is_visible()


def test_a_phone_shows_the_source_as_a_sheet(visit: Visitor, sample: str) -> None:
    reader = visit(sample, 390, 844)
    reader.picture("phone-welcome")
    assert overflow(reader.page) <= 0
    reader.ask("市场区隔是什么？", 1)
    reader.picture("phone-answer")
    reader.open(1)
    reader.page.wait_for_timeout(250)
    assert mark_is_in_view(reader.page)
    assert overflow(reader.page) <= 0
    reader.picture("phone-source")
    reader.page.click("#source .close")
    reader.page.locator("#source").wait_for(state="hidden")
    assert reader.page.evaluate("document.activeElement.className") == "cite"
    reader.open(1)
    reader.page.mouse.click(195, 120)
    reader.page.locator("#source").wait_for(state="hidden")


def test_enter_while_composing_sends_nothing(visit: Visitor, sample: str) -> None:
    reader = visit(sample)
    reader.page.fill("#box textarea", "shichang")
    reader.page.evaluate(
        """() => document.querySelector("#box textarea").dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    reader.page.wait_for_timeout(400)
    assert reader.page.input_value("#box textarea") == "shichang"
    assert reader.page.locator("#chat .question").count() == 0


def test_a_hostile_document_does_nothing(visit: Visitor, hostile: str) -> None:
    reader = visit(hostile)
    reader.page.click("details.documents summary")
    reader.page.keyboard.press("Escape")
    reader.ask("貓咪最愛的顏色是什麼？<img src=x onerror=alert(6)>**粗**", 1)
    assert reader.page.inner_text("#chat .question").endswith("<img src=x onerror=alert(6)>**粗**")
    assert reader.open(1) in HOSTILE
    assert "<svg onload=alert(3)>" in reader.page.inner_text("#source .text")
    reader.page.wait_for_timeout(300)
    alive = ":is(img, script, svg, iframe, form, style, button, a:not(.cite, .new))"
    assert reader.page.locator(f":is(#chat .message, #source .body, #top) {alive}").count() == 0
    reader.picture("hostile")
