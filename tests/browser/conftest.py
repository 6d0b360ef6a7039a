"""One Chromium for all that tests the page, the sample corpus at app.py, and visits that must hear of no other host."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, expect, sync_playwright
from tests.browser.reader import FLAGS, ROOT, Sample, Visit, Visitor, serving

from yinju import open_library
from yinju.protocols import Encoder


class Contexts:
    """Browser contexts, each lent to one visitor at a time: as if new, but with the page's own files at hand."""

    def __init__(self, browser: Browser) -> None:
        """None is open yet."""
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    def lend(self, language: str) -> BrowserContext:
        """A context that nobody uses, without any cookie or page."""
        free = self._free.setdefault(language, [])
        return free.pop() if free else self._browser.new_context(locale=language)

    def take_back(self, context: BrowserContext, language: str) -> None:
        """Forget all that a visitor did."""
        for page in context.pages:
            if page.url.startswith("http"):
                page.evaluate("localStorage.clear()")
            page.close()
        context.clear_cookies()
        context.clear_permissions()
        self._free[language].append(context)


@pytest.fixture(scope="session")  # its event loop goes on to the end, so these tests are the last
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
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

    def open_page(
        address: str, width: int = 1280, height: int = 800, language: str = "zh-TW", same: Visit | None = None
    ) -> Visit:
        context = same.page.context if same else contexts.lend(language)
        if not same:
            lent.append((context, language))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)
        visited = Visit(page, address.partition("/?")[0])
        visits.append(visited)
        page.on("request", lambda request: _note_foreign(visited, request.url))
        page.on("console", lambda message: visited.complaints.extend([message.text] * (message.type == "error")))
        page.on("pageerror", lambda error: visited.complaints.append(str(error)))
        page.on("dialog", lambda dialog: _note_dialog(visited, dialog))
        page.goto(address)
        visited.ready()
        return visited

    yield open_page
    for context, language in lent:
        contexts.take_back(context, language)
    for visited in visits:
        assert visited.foreign == []
        assert visited.complaints == []


def _note_dialog(visited: Visit, dialog: Dialog) -> None:
    visited.complaints.append(dialog.message)
    dialog.dismiss()


def _note_foreign(visited: Visit, url: str) -> None:
    if not url.startswith((f"{visited.address}/", "data:", "blob:")):
        visited.foreign.append(url)
