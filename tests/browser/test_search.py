"""The search view over the sample corpus: bars equal the numbers, terms are marked in both scripts, places open."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from tests.browser.reader import Sample, Visit, Visitor, mark_is_in_view, overflow

from yinju.messages import Language, say

pytestmark = pytest.mark.browser

QUESTION = "微商跟微信行銷有什麼關係？"
WIDTHS = [(1280, 800), (390, 844)]


def search(reader: Visit, question: str) -> None:
    """Ask by keyboard, and wait for what is found."""
    reader.page.wait_for_selector("#view-search form")
    reader.page.fill("#view-search input", question)
    with reader.page.expect_response(lambda response: "/search?" in response.url):
        reader.page.press("#view-search input", "Enter")
    reader.page.wait_for_selector("#view-search .found:not([aria-busy]) > *")


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_what_is_found_is_what_the_library_finds(visit: Visitor, sample: Sample, width: int, height: int) -> None:
    reader = visit(f"{sample.address}/?view=search", width, height)
    search(reader, QUESTION)
    reader.picture(f"search-{width}")
    reader.page.evaluate("() => document.querySelectorAll('.hit details').forEach(one => { one.open = true; })")
    found = sample.library.explain(QUESTION, 10)
    cards = reader.page.locator("#view-search .hit")
    assert cards.count() == len(found.hits) == 10
    assert cards.locator(".passage").all_text_contents() == [hit.passage.text for hit in found.hits]
    assert cards.locator(".rank").all_inner_texts() == [str(rank) for rank in range(1, 11)]
    for number, hit in enumerate(found.hits):
        for kind, value in (("final", hit.score), ("dense", hit.dense), ("keyword", hit.keyword)):
            meter = cards.nth(number).locator(f".meter.{kind}")
            assert meter.locator(".number").inner_text() == f"{value:.2f}".replace("-", "−")
            shares = "bar => bar.firstChild.getBoundingClientRect().width / bar.getBoundingClientRect().width"
            filled = meter.locator(".bar").evaluate(shares)
            assert filled == pytest.approx(max(value, 0), abs=0.02)
            assert meter.get_attribute("role") == "meter"
            assert float(meter.get_attribute("aria-valuenow") or "") == pytest.approx(value, abs=0.001)
    names = [say("search.final", "zh-Hant"), say("search.dense", "zh-Hant"), say("search.keyword", "zh-Hant")]
    assert [m.get_attribute("aria-label") for m in cards.first.get_by_role("meter").all()] == names
    assert overflow(reader.page) <= 0


@pytest.mark.parametrize("question", ["營銷", "营销", "行銷", "行销"])
def test_terms_are_marked_in_both_scripts_and_regions_words(visit: Visitor, sample: Sample, question: str) -> None:
    reader = visit(f"{sample.address}/?view=search&top_k=20&q={quote(question)}")
    reader.page.wait_for_selector("#view-search .hit")
    marked = set(reader.page.locator("#view-search .passage mark.term").all_text_contents())
    assert {"行銷", "营销", "營銷"} <= marked <= {"行銷", "营销", "營銷", "行销"}
    assert reader.page.locator("#view-search .held b").first.inner_text() == question


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_a_click_opens_the_telling_sentence(visit: Visitor, sample: Sample, width: int, height: int) -> None:
    reader = visit(f"{sample.address}/?view=search&q={quote(QUESTION)}", width, height)
    card = reader.page.locator("#view-search .hit").nth(1)
    card.get_by_text(say("search.open", "zh-Hant")).click()
    reader.page.wait_for_selector("#source mark")
    hit = sample.library.explain(QUESTION, 10).hits[1]
    document = sample.library.document(hit.passage.document)
    assert document
    shown = reader.page.locator("#source mark").first.inner_text()
    assert shown.split() == document.text[slice(*hit.telling)].split()
    reader.page.wait_for_timeout(300)
    assert mark_is_in_view(reader.page)
    reader.picture(f"search-source-{width}")
    reader.page.keyboard.press("Escape")
    reader.page.locator("#source").wait_for(state="hidden")
    assert card.locator("a.cite").evaluate("link => link === document.activeElement")


def test_the_address_keeps_the_question(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=search")
    search(reader, "訂價")
    search(reader, "拾光記帳")
    asked = parse_qs(urlsplit(reader.page.url).query)
    assert asked == {"view": ["search"], "q": ["拾光記帳"], "top_k": ["10"]}
    first = reader.page.locator("#view-search .passage").first.text_content()
    reader.page.reload()
    reader.page.wait_for_selector("#view-search .hit")
    assert reader.page.locator("#view-search .passage").first.text_content() == first
    assert reader.page.locator("#view-search input").input_value() == "拾光記帳"
    reader.page.go_back()
    reader.page.wait_for_function("() => document.querySelector('#view-search input')?.value === '訂價'")
    assert "訂價" in reader.page.locator("#view-search mark.term").first.inner_text()


def test_the_number_of_passages_can_be_chosen(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=search&q={quote('營銷')}")
    reader.page.wait_for_selector("#view-search .hit")
    with reader.page.expect_response(lambda response: "top_k=20" in response.url):
        reader.page.select_option("#view-search select", "20")
    reader.page.locator("#view-search .hit").nth(19).wait_for()
    assert "top_k=20" in reader.page.url


def test_words_that_no_document_has_are_told(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=search")
    search(reader, "微信裡的區塊鏈挖礦")
    assert "挖礦" in reader.page.inner_text("#view-search .unknown")
    assert "微信" not in reader.page.inner_text("#view-search .unknown")


@pytest.mark.parametrize(("language", "wishes"), [("zh-Hant", "zh-TW"), ("zh-Hans", "zh-CN"), ("en", "en-US")])
def test_notices_in_every_language(visit: Visitor, sample: Sample, language: Language, wishes: str) -> None:
    reader = visit(f"{sample.address}/?view=search", language=wishes)
    blank = {"zh-Hant": "請輸入問題", "zh-Hans": "请输入问题", "en": "Please write a question"}[language]
    search(reader, "？！")
    assert blank in reader.page.inner_text("#view-search .notice")
    search(reader, "長" * 2_001)
    assert "2001" in reader.page.inner_text("#view-search .notice")
    search(reader, "<b>&\"'{q}</b>")
    assert reader.page.locator("#view-search .found > *").count()
    search(reader, QUESTION)
    card = reader.page.locator("#view-search .hit").first
    card.locator("summary").click()
    assert say("search.features.words", language) in card.inner_text()
    assert card.locator("tbody tr").count() == 11
    reader.picture(f"search-{language}")


def test_dark(visit: Visitor, sample: Sample) -> None:
    reader = visit(f"{sample.address}/?view=search")
    reader.page.click("#top .settings summary")
    reader.page.select_option("#top .theme", "dark")
    search(reader, QUESTION)
    reader.picture("search-dark")
    assert reader.page.evaluate("getComputedStyle(document.querySelector('mark.term')).color") == "rgb(255, 244, 207)"
