"""A second library, from the menu to its deletion and back, by key and by click; and nothing of it in the first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect
from tests.browser.reader import Visit, Visitor, findings_in_both, hosting, overflow

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

LEAVE: FilePayload = {
    "name": "請假.txt", "mimeType": "text/plain",
    "buffer": "請假辦法\n\n特休假滿一年有七天。病假一年三十天。婚假八天。\n".encode(),
}  # fmt: skip
TITLE = "<b>員工手冊</b> & 制度"


@pytest.fixture
def address(tmp_path: Path, real_encoder: Encoder) -> Iterator[str]:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "茶.txt").write_text("泡茶\n\n冬天的茶水約九十五度。茶要趁熱喝。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    with hosting(tmp_path / "index", real_encoder, Settings(refuse_below=0.0)) as served:
        yield served


def switch(reader: Visit, title: str) -> None:
    """Go to a library by the menu."""
    reader.page.click("#top .library > button")
    reader.page.get_by_role("menuitem", name=title).click()
    shown = "title => document.querySelector('#top .library > button')?.title === title"
    reader.page.wait_for_function(shown, arg=title)
    reader.ready()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_second_library_has_documents_and_chats_of_its_own(
    visit: Visitor, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    page, first = reader.page, say("libraries.first", "zh-Hant")
    page.focus("#top .library > button")
    page.keyboard.press("Enter")
    expect(page.locator("#libraries .switch").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#make-library input")).to_be_focused()
    page.keyboard.type(first)
    page.keyboard.press("Enter")
    refused = page.locator("#make-library .notice")
    expect(refused).to_contain_text(first)
    expect(page.locator("#make-library input")).to_have_value(first)
    assert [told for told in reader.complaints if "409" not in told] == []
    reader.complaints.clear()  # which Chromium makes of every refusal
    page.keyboard.type(TITLE)
    assert findings_in_both(reader) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/l/*/")
    reader.ready()
    assert (page.title(), page.inner_text("#top .library > button")) == (f"{TITLE} – 引據 Yinju", TITLE)
    page.get_by_text(say("home.empty", "zh-Hant")).wait_for()
    assert overflow(page) <= 0
    page.set_input_files("#files-to-upload", LEAVE)
    page.wait_for_selector("#chat .welcome .own")
    page.click("#top .library > button")
    expect(page.locator("#libraries [aria-current] small")).to_have_text("1 份文件")
    page.keyboard.press("Escape")
    reader.ask("婚假有幾天？", 1)
    reader.finished()
    assert "八天" in reader.open(1)
    there = page.url
    assert "/l/" in there and "chat=" in there
    page.reload()
    reader.ready()
    reader.page.wait_for_selector('a.cite[href^="#src-1-1?"]')

    switch(reader, first)
    assert page.url == f"{address}/"
    page.get_by_role("link", name="泡茶").wait_for()
    page.click("#top button.history")
    page.get_by_text(say("history.none", "zh-Hant")).wait_for()
    page.goto(there.replace(there[len(address) : there.index("?")], "/"))
    reader.ready()
    page.get_by_text(say("chat.no_chat", "zh-Hant")).wait_for()

    page.keyboard.press("Control+k")
    page.fill("#finder input", "員工")
    page.locator("#finder a", has_text="員工手冊").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/l/*/")
    reader.ready()
    page.click("#top .library > button")
    assert findings_in_both(reader) == []
    page.click("#libraries .view-link")
    row = page.locator("#view-libraries li", has_text="員工手冊")
    row.locator(".delete").click()
    expect(page.locator("#delete-library .goes")).to_have_text("1 份文件 · 1 個對話")
    page.click("#delete-library .yes")
    page.wait_for_url(f"{address}/?view=libraries")
    assert findings_in_both(reader) == []
    page.click("#view-libraries .restore")
    expect(row.locator("a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/l/*/")
    reader.ready()
    page.click("#top button.history")
    page.locator("#history .title", has_text="婚假").wait_for()
