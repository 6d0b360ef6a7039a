"""One Chromium for all that tests the page, the sample corpus at app.py, and visits that must hear of no other host."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, expect, sync_playwright
from tests.browser.reader import FLAGS, ROOT, STREAM, Sample, Visit, Visitor, serving

from yinju import open_library
from yinju.protocols import Encoder

Ear = Callable[[Any], None]


class Contexts:
    """Browser contexts, each lent to one visitor at a time: as if new, but with the page's own files at hand.

    Its first page is lent with it, empty: a page in a process of its own would have to compile all scripts anew, which
    is half of what a visit costs.
    """

    def __init__(self, browser: Browser) -> None:
        """None is open yet."""
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    def lend(self, language: str) -> BrowserContext:
        """A context that nobody uses, without any cookie, its page empty."""
        free = self._free.setdefault(language, [])
        return free.pop() if free else self._browser.new_context(locale=language)

    def take_back(self, context: BrowserContext, language: str) -> None:
        """Forget all that a visitor did."""
        for number, page in enumerate(context.pages):
            if page.url.startswith("http"):
                page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            if number:
                page.close()
            else:
                _empty(page)
        context.clear_cookies()
        context.clear_permissions()
        self._free[language].append(context)


def _empty(page: Page) -> None:
    """Undo what a test may do to a page itself."""
    page.unroute_all()
    page.emulate_media(color_scheme="null", media="null", reduced_motion="null")
    page.mouse.move(0, 0)
    page.goto("about:blank")


@pytest.fixture(scope="session")  # its event loop goes on to the end, so these tests are the last
def browser() -> Iterator[Browser]:
    """Chromium, in a locale that every machine has: in one that is not installed it saves no file by a Chinese name."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    return Contexts(browser)


@pytest.fixture(scope="session")
def sample(browser: Browser, tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Sample]:
    index = tmp_path_factory.mktemp("sample") / "index"
    with serving(ROOT / "corpus", index) as address, open_library(index, encoder=real_encoder) as library:
        yield Sample(address, index, library)


@pytest.fixture
def visit(contexts: Contexts, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    if "address" in request.fixturenames:
        request.getfixturevalue("address")  # a server outlives the pages that it serves
    visits: list[Visit] = []
    lent: list[tuple[BrowserContext, str]] = []
    heard: list[tuple[Page, str, Ear]] = []

    def open_page(
        address: str, width: int = 1280, height: int = 800, language: str = "zh-TW", same: Visit | None = None,
        inside: bool = True,
    ) -> Visit:  # fmt: skip
        context = same.page.context if same else contexts.lend(language)
        page = context.pages[0] if context.pages and not same else context.new_page()
        if not same:
            lent.append((context, language))
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)
        visited = Visit(page, address.partition("/?")[0])
        visits.append(visited)
        for event, hear in _ears(visited).items():
            page.on(event, hear)  # type: ignore[call-overload]
            heard.append((page, event, hear))
        page.goto(address)
        if inside:
            visited.ready()
        return visited

    yield open_page
    for page, event, hear in heard:
        page.remove_listener(event, hear)
    for context, language in lent:
        contexts.take_back(context, language)
    for visited in visits:
        assert visited.foreign == []
        assert visited.complaints == []


def _ears(visited: Visit) -> dict[str, Ear]:
    """What listens to a page, by what it listens to."""
    return {
        "request": lambda request: _note_request(visited, request),
        "requestfinished": lambda request: visited.streams.discard(request),
        "requestfailed": lambda request: visited.streams.discard(request),
        "console": lambda message: visited.complaints.extend([message.text] * (message.type == "error")),
        "pageerror": lambda error: visited.complaints.append(str(error)),
        "dialog": lambda dialog: _note_dialog(visited, dialog),
    }


def _note_dialog(visited: Visit, dialog: Dialog) -> None:
    visited.complaints.append(dialog.message)
    dialog.dismiss()


def _note_request(visited: Visit, request: Request) -> None:
    if not request.url.startswith((f"{visited.address}/", "data:", "blob:")):
        visited.foreign.append(request.url)
    if STREAM in request.url:
        visited.streams.add(request)
