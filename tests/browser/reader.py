"""A reader at the page in a real Chromium, and the ways to serve it: as app.py does, or in this process."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any, Literal, Protocol
from urllib.error import URLError
from urllib.request import urlopen

import uvicorn
from playwright.sync_api import Locator, Page, Request
from playwright.sync_api import TimeoutError as NotInTime

from yinju import open_library
from yinju.library import Library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web import create_app


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


Scheme = Literal["light", "dark"]
ROOT = Path(__file__).parents[2]
USUAL_PORT = _free_port()
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
START_SECONDS = 60
FINISH_SECONDS = 20
STREAM = "/queue/data?"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"
"""Waits in the page itself, which may be busier than the clock of the test."""
FINISHED = """() => {
    const rows = [...document.querySelectorAll("#chat :is(.user-row, .bot-row)")];
    const last = rows.at(-1);
    return last?.matches(".bot-row") && last.querySelector(".acts, .notice, .retry") && !last.querySelector(".cursor");
}"""
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""Axe's rules whose findings are others in the dark: nothing else of the page changes."""
SCREENSHOTS = os.environ.get("YINJU_SCREENSHOTS")


@dataclass
class Visit:
    """A page and what was heard from it."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    """Requests to any other host."""
    complaints: list[str] = field(default_factory=list)
    """Errors on the console, dialogs, and exceptions nobody caught."""
    streams: set[Request] = field(default_factory=set)
    """What Gradio hears of answers by, as long as it is open."""

    def ready(self) -> None:
        """Wait until one can ask, and the frame stands."""
        self.page.wait_for_selector("#box textarea:not(:disabled)", state="attached")
        self.page.wait_for_selector("#source .body", state="attached")

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

    @property
    def answer(self) -> Locator:
        """The chat's last answer or notice."""
        return self.page.locator("#chat .bot-row").last

    def say(self, question: str) -> None:
        """Send a question, and wait until it stands in the chat."""
        before = self.page.locator("#chat .question").count()
        self.page.fill("#box textarea", question)
        self.page.evaluate(FRAMES)
        self.page.press("#box textarea", "Enter")
        self.page.locator("#chat .question").nth(before).wait_for()

    def finished(self) -> None:
        """Wait until no answer is growing, and the chat will not be drawn once more with what could be asked next."""
        self.page.wait_for_function(FINISHED)
        self.page.locator("#box .submit-button").wait_for()
        end = time.monotonic() + FINISH_SECONDS
        while self.streams and time.monotonic() < end:
            self.page.wait_for_timeout(10)
        assert not self.streams, "an answer is complete, but its stream is open"
        self.page.evaluate("() => new Promise(done => setTimeout(done, 50))")  # in which the last of it is drawn

    def open(self, number: int, marker: int = 1) -> str:
        """Click a citation; the text of the mark that shows once its own source has come."""
        self.page.wait_for_selector(f'a.cite[href^="#src-{number}-{marker}?"]')
        self.page.evaluate("() => document.querySelector('#source .body')?.replaceChildren()")
        with self.page.expect_response(lambda one: "/source?" in one.url) as answered:
            self.page.click(f'a.cite[href^="#src-{number}-{marker}?"]')
        link = self.page.wait_for_selector(f'a.cite[aria-current][href^="#src-{number}-{marker}?"]')
        assert link
        assert answered.value.url.endswith("/source?" + (link.get_attribute("href") or "").partition("?")[2])
        self.page.wait_for_selector("#source mark")
        return self.page.inner_text("#source mark")

    def picture(self, name: str) -> None:
        """Keep a screenshot where YINJU_SCREENSHOTS says."""
        if SCREENSHOTS:
            self.page.wait_for_timeout(250)
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


@dataclass(frozen=True)
class Sample:
    """The sample corpus, served by app.py, and its library."""

    address: str
    index: Path
    library: Library


class Visitor(Protocol):
    """Opens a page at an address; whatever it asks of other hosts or complains of fails the test."""

    def __call__(
        self, address: str, width: int = 1280, height: int = 800, language: str = "zh-TW", same: Visit | None = None,
        inside: bool = True,
    ) -> Visit:  # fmt: skip
        """The page, ready to be asked; in the `same` browser as an earlier one, or in a new one.

        Not `inside`, it is the one that asks who one is.
        """


@contextmanager
def serving(corpus: Path, index: Path, **settings: str) -> Iterator[str]:
    """The address of app.py over a corpus, for as long as it lasts; what it prints goes to `log` beside the index."""
    port = _free_port()
    mine = {"YINJU_CORPUS": str(corpus), "YINJU_INDEX": str(index), "YINJU_PORT": str(port), "YINJU_HOST": "127.0.0.1"}
    program, environment = [sys.executable, "app.py"], os.environ | mine | settings
    log = (index.parent / "log").open("wb")
    process = subprocess.Popen(program, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_served(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(10)
        log.close()


@contextmanager
def hosting(index: Path, encoder: Encoder, settings: Settings, port: int = 0) -> Iterator[str]:
    """The address of a page over an index, served by a thread of this process, for as long as it lasts."""
    with open_library(index, encoder=encoder, settings=settings) as library, _listener(port) as listener:
        server = _Host(library, settings)
        thread = Thread(target=server.host, args=(listener,), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the page cannot be served"
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def _listener(port: int) -> socket.socket:
    """A socket at a port; at none, at the usual one, where a browser knows the page's files, unless that is taken."""
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port or USUAL_PORT))
    except OSError:
        listener.bind(("127.0.0.1", 0))
    return listener


class _Host(uvicorn.Server):
    """A page in a thread, which has an event loop of its own when the page is made: Gradio wants one."""

    def __init__(self, library: Library, settings: Settings) -> None:
        """Keep what the page is made of."""
        super().__init__(uvicorn.Config("", log_level="critical", timeout_graceful_shutdown=0))
        self._library, self._settings = library, settings

    def host(self, listener: socket.socket) -> None:
        """Make the page and serve it."""
        asyncio.run(self._host(listener))

    async def _host(self, listener: socket.socket) -> None:
        self.config.app = create_app(self._library, self._settings)
        await self.serve([listener])


def _wait_until_served(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/health", timeout=5):
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"app.py did not serve {address} within {START_SECONDS} s; exit status {process.poll()}")


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


@cache
def axe() -> str:
    """The source of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def findings(reader: Visit, rules: Sequence[str] = ()) -> list[str]:
    """What is serious or critical, each with the element it was found at; by some rules alone, or by all."""
    if not reader.page.evaluate("() => 'axe' in window"):
        reader.page.evaluate(axe())
    wanted = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found: list[dict[str, Any]] = reader.page.evaluate("wanted => axe.run(document, wanted)", wanted)["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]} {node.get('failureSummary', '')[:200]}"
        for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]
    ]  # fmt: skip


def findings_in_both(reader: Visit) -> list[str]:
    """The findings in light and, by the rules that look at colours, in dark; the page is light again then."""
    found = list[str]()
    schemes: list[tuple[Scheme, Sequence[str]]] = [("dark", OF_COLOURS), ("light", ())]
    for scheme, rules in schemes:
        reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
        reader.page.wait_for_selector("body.dark" if scheme == "dark" else "body:not(.dark)")
        found += findings(reader, rules)
    return found
