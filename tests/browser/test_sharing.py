"""A reader shares a chat, another reads it, opens its sources, prints it and goes on in a chat of their own."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.reader import Sample, Visit, Visitor, findings_in_both, overflow

from yinju.messages import say

pytestmark = pytest.mark.browser

ASKED = "市场区隔是什么？"


def link_of(reader: Visit) -> str:
    """The address of a new link to the chat that shows, made as a person does it."""
    page = reader.page
    page.click("#top button.history")
    page.locator("#history .more").first.click()
    page.locator("#history .share:visible").click()
    page.click("#share .make .yes")
    address = page.locator("#share .links a").first.evaluate("link => link.href")
    assert isinstance(address, str)
    return address


def opened(visit: Visitor, sample: Sample, address: str, width: int = 1280, height: int = 800) -> Visit:
    """Another reader, at a link."""
    other = visit(sample.address, width, height)
    other.page.goto(address)
    other.page.locator("main#chat").wait_for()
    return other


def texts(page: Page, selector: str) -> str:
    """What stands at a place."""
    return page.locator(selector).first.inner_text()


def test_a_chat_is_shared_read_continued_and_revoked(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
    reader.ask(ASKED, 1)
    reader.finished()
    address = link_of(reader)
    assert reader.page.locator("#share .copy-link").first.evaluate("e => e === document.activeElement")
    other = opened(visit, sample, address)
    assert texts(other.page, "main#chat .user h2") == ASKED
    assert other.page.locator("main#chat .verdict.answered").count() == 1
    assert other.page.locator("main#chat :is(.acts, .act, .suggestion)").count() == 0
    cite = other.page.locator("main#chat .answer a.cite").first
    cite.click()
    other.page.wait_for_selector("#source mark")
    assert cite.get_attribute("aria-current") == "true"
    quote = texts(other.page, "main#chat .cited blockquote")
    assert texts(other.page, "#source mark")[:10] == quote[:10]
    other.page.click("#source .close")
    other.page.click("#top .continue")
    other.ready()
    expect(other.page.locator("#chat .question").first).to_have_text(ASKED)
    assert "?chat=" in other.page.url and "/share/" not in other.page.url
    other.say("再說一次：什麼是市場區隔？")
    other.finished()
    assert other.page.locator("#chat .question").count() == 2
    reader.page.click("#share .revoke")
    expect(reader.page.locator("#share .links")).to_have_text(say("share.none", "zh-Hant"))
    response = other.page.goto(address)
    assert response and response.status == 404
    other.complaints.clear()  # the browser's own word for a 404


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_page_and_the_dialog_have_no_serious_finding(
    visit: Visitor, sample: Sample, width: int, height: int
) -> None:
    reader = visit(sample.address, width, height)
    reader.ask(ASKED, 1)
    reader.finished()
    address = link_of(reader)
    found = {"dialog": findings_in_both(reader)}
    reader.picture(f"share-dialog-{width}")
    other = opened(visit, sample, address, width, height)
    found["page"] = findings_in_both(other)
    assert overflow(other.page) <= 0
    other.picture(f"shared-{width}")
    other.page.locator("main#chat .answer a.cite").first.click()
    other.page.wait_for_selector("#source mark")
    found["source"] = findings_in_both(other)
    other.picture(f"shared-source-{width}")
    assert {state: faults for state, faults in found.items() if faults} == {}


def test_what_is_printed_is_the_chat_alone(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
    reader.ask(ASKED, 1)
    reader.finished()
    other = opened(visit, sample, link_of(reader))
    other.page.emulate_media(media="print", color_scheme="dark")
    for hidden in ("#source", "#top .tools"):
        assert not other.page.locator(hidden).is_visible()
    assert other.page.locator("main#chat .cited blockquote").first.is_visible()
    height = other.page.evaluate(
        "[document.querySelector('main#chat').scrollHeight, document.querySelector('main#chat').clientHeight]"
    )
    assert height[0] <= height[1] + 1, "nothing is cut off"
