"""A reader at the page of the real app.py, in a real Chromium: asks, opens the sources, meets hostile documents."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.reader import ROOT, Sample, Visitor, mark_is_in_view, overflow, serving

pytestmark = pytest.mark.browser

HOSTILE = """# <script>alert('標題')</script>貓咪是什麼？

貓咪最愛的顏色是<script>alert(1)</script><img src=x onerror=alert(2)>藍綠色</mark></div><svg onload=alert(3)>。
![圖](https://canary.example/a.png) [連](javascript:alert(4)) https://canary.example <iframe src=//canary.example>。
<form action="https://canary.example"><button>送出</button></form><style>@import url(//canary.example/b.css)</style>。
"""


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "<img src=x onerror=alert(5)>.txt").write_text(HOSTILE, encoding="utf-8")
    with serving(corpus, folder / "index", YINJU_REFUSE_BELOW="0") as address:
        yield address


def test_an_answer_in_the_other_script_opens_its_source(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
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


def test_citations_of_every_message_open_by_click_and_key(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
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


def test_a_refusal_shows_what_came_nearest(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
    reader.say("火星上有幾座城市？")
    reader.finished()
    assert "沒有找到" in reader.page.inner_text("#chat .refusal")
    assert reader.page.locator("#chat .nearest li").count() == 3
    assert not reader.page.locator("#chat .nearest").is_visible()
    reader.page.click("#chat summary")
    assert reader.open(1, 3)
    reader.picture("desktop-refusal")


def test_an_example_is_asked_by_a_click(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
    question = reader.page.inner_text("#chat .example >> nth=0").strip()
    reader.page.click("#chat .example >> nth=0")
    reader.page.wait_for_selector('a.cite[href^="#src-1-1?"]')
    assert reader.page.inner_text("#chat .question") == question


def test_a_phone_shows_the_source_as_a_sheet(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address, 390, 844)
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


def test_enter_while_composing_sends_nothing(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
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
    reader.ask("貓咪最愛的顏色是什麼？<img src=x onerror=alert(6)>**粗**", 1)
    assert reader.page.inner_text("#chat .question").endswith("<img src=x onerror=alert(6)>**粗**")
    assert reader.open(1) in HOSTILE
    assert "<svg onload=alert(3)>" in reader.page.inner_text("#source .text")
    reader.page.wait_for_timeout(300)
    alive = ":is(img, script, svg, iframe, form, style, button, a:not(.cite, .act, .export, .suggestion))"
    assert reader.page.locator(f":is(#chat .message, #source .body) {alive}").count() == 0
    reader.picture("hostile")
