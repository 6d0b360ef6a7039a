"""From a question to its highlighted source in two actions, as a newcomer does it; makes the README's pictures.

make pictures runs this file with YINJU_SCREENSHOTS=docs/images.
"""

import pytest
from tests.browser.reader import Sample, Visitor, mark_is_in_view

pytestmark = pytest.mark.browser


def test_from_the_question_to_its_source_in_two_actions(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address)
    reader.page.click("#chat .example >> nth=0")
    reader.page.click('a.cite[href^="#src-1-1?"]')
    reader.page.wait_for_selector("#source mark")
    assert mark_is_in_view(reader.page)
    reader.finished()
    reader.picture("answer")


@pytest.mark.parametrize(("width", "height", "name"), [(1280, 800, "pdf"), (390, 844, "pdf-phone")])
def test_a_pdf_opens_at_its_page(visit: Visitor, sample: Sample, width: int, height: int, name: str) -> None:
    reader = visit(sample.address, width, height)
    reader.ask("活动怎么分级？", 1)
    reader.finished()
    link = reader.page.locator('#chat a.cite[title^="活动策划手册.pdf"]').first
    link.click()
    reader.page.wait_for_selector("#source .box")
    reader.page.wait_for_function("() => document.querySelector('#source img')?.complete")
    reader.picture(name)


@pytest.mark.parametrize("view", ["documents", "search&q=微信和微博有什麼不同？", "overview"])
def test_the_views_of_the_sample_corpus(visit: Visitor, sample: Sample, view: str) -> None:
    reader = visit(f"{sample.address}/?view={view}")
    name = view.partition("&")[0]
    reader.page.wait_for_selector(f"#view-{name}:not([aria-busy]) *")
    reader.page.wait_for_timeout(500)
    reader.picture(name)
