"""A Chromium for each module that tests the page, and visits that must hear of no other host."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, ViewportSize, sync_playwright
from tests.browser.reader import FLAGS, Visit, Visitor


@pytest.fixture(scope="module")  # its event loop must not outlive the browser tests
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    visits: list[Visit] = []

    def open_page(
        address: str, width: int = 1280, height: int = 800, language: str = "zh-TW", same: Visit | None = None
    ) -> Visit:
        size: ViewportSize = {"width": width, "height": height}
        context = same.page.context if same else browser.new_context(viewport=size, locale=language)
        page = context.new_page()
        page.set_default_timeout(20_000)
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
