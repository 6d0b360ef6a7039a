"""The page by keyboard: menus, shortcuts, the finder, the order of Tab; and the names that a screen reader hears."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.reader import Sample, Visit, Visitor, findings_in_both

from yinju.messages import Language, say

pytestmark = pytest.mark.browser

SIZES = [(1280, 800), (390, 844)]
WISHES: dict[Language, str] = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "en": "en-US"}
ROOM = """() => {
    const at = document.activeElement;
    const rooms = ["#top", "#history", ".view", "#chat", "#asked-in", "#box", "#source"];
    return rooms.find(room => at.closest(room)) ?? at.className;
}"""


def answered(reader: Visit) -> Page:
    """A question, its answer and a source."""
    reader.ask("市场区隔是什么？", 1)
    reader.finished()
    reader.open(1)
    return reader.page


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_chat_s_menu_is_used_by_keyboard(visit: Visitor, sample: Sample, width: int, height: int) -> None:
    reader = visit(sample.address, width, height)
    reader.ask("微商是什麼？", 1)
    reader.finished()
    page = reader.page
    page.click("#top button.history")
    more = page.locator("#history .more").first
    more.focus()
    page.keyboard.press("Enter")
    items = page.locator("#history [role=menu]:popover-open [role=menuitem]")
    expect(items.first).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "true")
    reader.picture(f"menu-{width}")
    assert findings_in_both(reader) == []
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(items.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")
    assert page.locator("#history").is_visible()
    page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    page.keyboard.press("Enter")
    page.fill("dialog#rename input", "改過的名字")
    page.keyboard.press("Enter")
    expect(page.locator("#history .title").first).to_have_text("改過的名字")
    expect(page.locator("#history .more").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(items.first).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.click("dialog#delete .yes")
    expect(page.locator("#history .title", has_text="改過的名字")).to_have_count(0)
    expect(page.locator("#history").locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#top button.history")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_search_and_map_are_in_a_menu_in_plain_words(visit: Visitor, sample: Sample, width: int, height: int) -> None:
    reader = visit(sample.address, width, height)
    page = reader.page
    page.get_by_role("button", name=say("frame.advanced", "zh-Hant")).click()
    reader.picture(f"advanced-{width}")
    assert findings_in_both(reader) == []
    page.get_by_role("menuitem", name=say("frame.search", "zh-Hant")).click()
    page.locator("#view-search h2", has_text=say("frame.search", "zh-Hant")).wait_for()
    assert page.get_attribute("#top .view-link.search", "aria-current") == "page"
    assert page.locator("#view-search .meter").count() == 0
    page.fill("#view-search input", "微商是什麼？")
    page.press("#view-search input", "Enter")
    page.wait_for_selector("#view-search .hit")
    assert not page.locator("#view-search .meter").first.is_visible()
    page.locator("#view-search .hit summary").first.click()
    assert page.locator("#view-search .meter").first.is_visible()
    reader.picture(f"search-details-{width}")


def test_slash_question_mark_and_escape(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
    page = answered(reader)
    page.locator("#source mark").focus()
    page.keyboard.press("/")
    expect(page.locator("#box textarea")).to_be_focused()
    page.keyboard.type("/?1")
    assert page.input_value("#box textarea") == "/?1"
    assert not page.locator("dialog#keys").is_visible()
    page.locator("#source .body").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    reader.picture("keys")
    assert findings_in_both(reader) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()
    assert page.locator("#source").is_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    page.click("#top .view-link.documents")
    page.wait_for_selector("#view-documents tbody tr")
    page.locator("#view-documents").focus()
    page.keyboard.press("/")
    expect(page.locator("#box textarea")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_finder_opens_a_document_a_chat_and_a_view(visit: Visitor, sample: Sample, width: int, height: int) -> None:
    reader = visit(sample.address, width, height)
    page = answered(reader)
    chat = page.url
    title = sample.library.documents()[0].title
    for wanted, opened in (
        (title[:4], "#view-documents .report"), (say("frame.overview", "zh-Hant"), "#view-overview .tiles"),
        ("市场区隔", "#chat .question"),
    ):  # fmt: skip
        page.keyboard.press("Control+k")
        expect(page.locator("#finder input")).to_be_focused()
        with page.expect_response(lambda one: "/find?q=%" in one.url):
            page.keyboard.insert_text(wanted)
        expect(page.locator("#finder li").first).to_be_visible()
        if opened.startswith("#view-documents"):
            reader.picture(f"finder-{width}")
            assert findings_in_both(reader) == []
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator(opened).first.wait_for()
        assert page.locator("#finder").is_hidden()
    page.wait_for_function("chat => location.href === chat", arg=chat)
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    assert page.locator("#finder").is_hidden()


def test_tab_goes_through_the_page_in_the_order_in_which_it_is_read(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
    page = answered(reader)
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }")
    page.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); }")
    rooms: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        room = page.evaluate(ROOM)
        rooms += [room] if [room] != rooms[-1:] else []
        if room == "#source":
            break
    assert rooms == ["skip", "#top", "#chat", "#asked-in", "#box", "#source"]
    page.locator("a.skip").focus()
    assert page.locator("a.skip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "log"


@pytest.mark.parametrize("language", WISHES)
def test_every_name_is_in_the_readers_language(visit: Visitor, sample: Sample, language: Language) -> None:
    """In Chinese nothing is named in Latin letters alone, save what is a name; in English none of ours is Chinese."""
    reader = visit(sample.address, language=WISHES[language])
    page = reader.page
    page.get_by_text(say("home.offline", language)).wait_for()
    heard = spoken(page)
    answered(reader)
    heard += spoken(page)
    page.click("#top button.history")
    page.locator("#history .more").first.wait_for()
    heard += spoken(page)
    page.keyboard.press("Escape")
    if language == "en":
        own = {say(key, other) for key in ("frame.chat", "chat.ask", "home.try") for other in WISHES if other != "en"}
        assert not own & {*heard}
        assert "chatbot conversation" not in heard
        return
    names = r"English|Yinju|Markdown|Word|PDF|[\w.-]+\.(txt|md|pdf|html|docx)"
    known = re.compile(rf"[\W\d_]*|.*[\u4e00-\u9fff].*|{names}", re.S)
    assert [name for name in heard if not known.fullmatch(name)] == []


def spoken(page: Page) -> list[str]:
    """The names of the accessibility tree, of what is no text itself."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    silent = {"StaticText", "InlineTextBox", "LineBreak", "ListMarker", "RootWebArea"}
    return [
        node["name"]["value"] for node in nodes
        if not node.get("ignored") and node["role"]["value"] not in silent and node.get("name", {}).get("value")
    ]  # fmt: skip
