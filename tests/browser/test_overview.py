"""The overview over the sample corpus: its numbers, and the map as it is looked at, pointed at and read by keyboard."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from tests.browser.reader import Sample, Visit, Visitor, mark_is_in_view, overflow

from yinju.conversations import Conversations
from yinju.messages import Language, say
from yinju.types import Answer, Statement, Verdict
from yinju.web.visitor import ID_COOKIE

pytestmark = pytest.mark.browser

WIDTHS = [(1280, 800), (390, 844)]
STRANGER = "s" * 22


def keep(index: Path, owner: str, question: str, seconds: float, verdict: Verdict = Verdict.ANSWERED) -> str:
    answer = Answer(question, (Statement("貓要喝水。", ()),), (), verdict, 0.9, "extractive", seconds)
    return Conversations(index / "conversations.sqlite").keep(owner, f"chat of {owner}", answer)


def drawn(reader: Visit) -> None:
    reader.page.wait_for_selector("#view-overview .drawing:not([aria-busy]) .point", state="attached")


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_every_passage_is_a_point_and_every_document_is_named(
    visit: Visitor, sample: Sample, width: int, height: int
) -> None:
    reader = visit(f"{sample.address}/?view=overview", width, height)
    drawn(reader)
    reader.picture(f"overview-{width}")
    page = reader.page
    assert page.locator("#view-overview .point").count() == sample.library.passage_count
    assert page.locator("#view-overview .legend button").count() == len(sample.library.documents())
    assert page.locator("#view-overview .tile.passages b").inner_text() == f"{sample.library.passage_count:,}"
    assert overflow(page) <= 0
    boxes = page.locator("#view-overview .names text:not(.apart)").evaluate_all(
        "names => names.map(n => n.getBoundingClientRect()).map(box => [box.left, box.top, box.right, box.bottom])"
    )
    apart = [a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1] for a in boxes for b in boxes if a is not b]
    assert len(boxes) >= 4
    assert all(apart)
    page.locator("#view-overview .drawing").scroll_into_view_if_needed()
    reader.picture(f"map-{width}")


def test_a_point_is_named_and_opens_its_passage(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=overview")
    drawn(reader)
    point = reader.page.locator("#view-overview .point").nth(40)
    point.scroll_into_view_if_needed()
    point.hover(force=True)
    tip = reader.page.locator("#view-overview .tip")
    tip.wait_for()
    shown = reader.page.evaluate("() => document.querySelector('#view-overview .point:hover').getAttribute('href')")
    place = {name: values[0] for name, values in parse_qs(shown.partition("?")[2]).items()}
    document = sample.library.document(place["document"])
    assert document
    assert document.title in tip.inner_text()
    reader.picture("map-tip")
    reader.page.mouse.down()
    reader.page.mouse.up()
    reader.page.wait_for_selector("#source mark")
    passage = document.text[int(place["start"]) : int(place["end"])]
    assert reader.page.locator("#source mark").first.inner_text().split() == passage.split()
    reader.page.wait_for_timeout(300)
    assert mark_is_in_view(reader.page)
    reader.picture("map-source")
    assert reader.page.locator("#view-overview .point[aria-current]").count() == 1


def test_a_finger_opens_a_passage_on_a_phone(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=overview", 390, 844)
    drawn(reader)
    point = reader.page.locator("#view-overview .point").nth(3)
    point.scroll_into_view_if_needed()
    point.click(force=True)
    reader.page.wait_for_selector("#source mark")
    reader.page.wait_for_timeout(300)
    assert mark_is_in_view(reader.page)
    reader.picture("map-source-390")
    reader.page.keyboard.press("Escape")
    reader.page.locator("#source").wait_for(state="hidden")


def test_the_map_is_read_by_keyboard(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=overview")
    drawn(reader)
    page = reader.page
    assert page.locator('#view-overview .point[tabindex="0"]').count() == 1
    page.locator("#view-overview .point").first.focus()
    at = "() => { const box = document.activeElement.getBoundingClientRect(); return [box.x, box.y]; }"
    before = page.evaluate(at)
    page.keyboard.press("ArrowRight")
    after = page.evaluate(at)
    assert after[0] > before[0]
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(at)[0] < after[0]
    page.keyboard.press("End")
    focused = "() => [...document.querySelectorAll('#view-overview .point')].indexOf(document.activeElement)"
    assert page.evaluate(focused) == page.locator("#view-overview .point").count() - 1
    page.locator("#view-overview .tip").wait_for()
    reader.picture("map-keyboard")
    assert page.locator('#view-overview .point[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")
    page.wait_for_selector("#source mark")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == page.locator("#view-overview .point").count() - 1
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.legend') !== null")


def test_documents_are_highlighted(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=overview")
    drawn(reader)
    page = reader.page
    buttons = page.locator("#view-overview .legend button")
    for number in (0, 2):
        buttons.nth(number).click()
        assert buttons.nth(number).get_attribute("aria-pressed") == "true"
    dimmed = "groups => groups.filter(group => Number(getComputedStyle(group).opacity) < 0.5).length"
    documents = page.locator("#view-overview .document")
    assert documents.evaluate_all(dimmed) == documents.count() - 2
    page.locator("#view-overview .drawing").scroll_into_view_if_needed()
    reader.picture("map-chosen")
    for number in (0, 2):
        buttons.nth(number).click()
    assert documents.evaluate_all(dimmed) == 0


@pytest.mark.parametrize(
    ("language", "wishes", "width"), [("zh-Hant", "zh-TW", 1280), ("zh-Hans", "zh-CN", 1280), ("en", "en-US", 390)]
)
def test_numbers_are_everybody_s_and_words_one_s_own(
    visit: Visitor, sample: Sample, language: Language, wishes: str, width: int
) -> None:
    index = sample.index
    reader = visit(f"{sample.address}/?view=overview", width, language=wishes)
    owner = next(c["value"] for c in reader.page.context.cookies() if c["name"] == ID_COOKIE)
    conversations = Conversations(index / "conversations.sqlite")
    conversations.judge(owner, keep(index, owner, "<b>我問的很慢</b>", 12.5), False, "漏了<i>一點</i>")
    keep(index, owner, "沒有的事", 0.2, Verdict.NOTHING)
    keep(index, owner, "差一點的事", 0.2, Verdict.NEAR)
    conversations.judge(STRANGER, keep(index, STRANGER, "鄰居的秘密", 99.0), True, "鄰居的話")
    reader.page.reload()
    drawn(reader)
    view = reader.page.locator("#view-overview")
    statistics = conversations.statistics(owner)
    assert view.locator(".tile.answers b").inner_text() == str(statistics.answers)
    share = "part => part.getBoundingClientRect().width / part.parentElement.getBoundingClientRect().width"
    for kind, number in (("near", statistics.near), ("bad", statistics.nothing)):
        part = view.locator(f".answering .stack .{kind}")
        assert part.evaluate(share) == pytest.approx(number / statistics.answers, abs=0.02)
    assert say("overview.answered", language) in view.locator(".answering .key").inner_text()
    assert "<b>我問的很慢</b>" in view.locator(".slowest").inner_text()
    assert say("seconds", language, number="12.50") in view.locator(".slowest").inner_text()
    assert "漏了<i>一點</i>" in view.locator(".feedback").inner_text()
    assert "鄰居的" not in view.inner_text()
    assert view.locator(".days li[aria-label]").count() == len(statistics.days)
    view.locator(".answering").scroll_into_view_if_needed()
    reader.picture(f"overview-{language}")


def test_dark(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=overview")
    reader.page.click("#top .settings summary")
    reader.page.select_option("#top .theme", "dark")
    drawn(reader)
    reader.page.locator("#view-overview .drawing").scroll_into_view_if_needed()
    reader.picture("overview-dark")
    fill = "() => getComputedStyle(document.querySelector('#view-overview .hue-0 use')).fill"
    assert reader.page.evaluate(fill) == "rgb(120, 180, 243)"


def test_a_map_that_does_not_come_is_told(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
    reader.page.route("**/overview/map", lambda route: route.abort())
    reader.page.click("#top .advanced > button")
    reader.page.click("#top .view-link.overview")
    reader.page.get_by_text(say("overview.map_failed", "zh-Hant")).wait_for()
    reader.complaints.clear()  # the request that was cut off
