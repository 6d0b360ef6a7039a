"""Figures in a real Chromium: below the answer that cites what is beside them, and in their place in the source."""

from collections.abc import Iterator

import pytest
from tests.browser.reader import Visitor, findings, hosting, overflow
from tests.figured_files import pdf_file, picture, slides_file, web_page, word_file

from yinju import build_index
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

HOSTILE = "圖 7：<img src=x onerror=alert(1)>**粗**的通路占比"
SIZES = ((1280, 800), (390, 844))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("figures")
    corpus = folder / "corpus"
    (corpus / "img").mkdir(parents=True)
    (corpus / "報告.docx").write_bytes(word_file(HOSTILE))
    (corpus / "會員.pptx").write_bytes(slides_file())
    (corpus / "茶園.pdf").write_bytes(pdf_file())
    (corpus / "步道.html").write_text(web_page(), "utf-8")
    (corpus / "img" / "map.png").write_bytes(picture(300, 220, "green"))
    build_index(corpus, folder / "index", encoder=real_encoder, settings=Settings(ocr=False))
    with hosting(folder / "index", real_encoder, Settings(ocr=False)) as address:
        yield address


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_figure_is_shown_below_the_answer_and_large_in_its_place(
    address: str, visit: Visitor, width: int, height: int
) -> None:
    visited = visit(address, width, height)
    page = visited.page
    visited.ask("第三季的銷售額是多少？", 1)
    visited.finished()
    thumbnail = page.locator("#chat a.figure")
    page.wait_for_function("() => document.querySelector('#chat a.figure img')?.naturalWidth > 0")
    assert thumbnail.locator("img").first.get_attribute("alt") == "圖 1：各季銷售額的變化"
    visited.picture(f"figure-answer-{width}")
    thumbnail.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#source figure.wanted img')?.naturalWidth > 300")
    assert page.evaluate("() => document.activeElement.matches('#source figure.wanted')")
    page.wait_for_function("() => document.getAnimations().length === 0")  # the sheet of a phone comes from below
    box = page.locator("#source figure.wanted img").bounding_box()
    assert box and box["width"] > 250 and 0 <= box["y"] < height - 100
    assert "一千二百萬元" in page.inner_text("#source mark")
    assert overflow(page) <= 0
    visited.picture(f"figure-panel-{width}")
    assert findings(visited) == []
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.matches('#chat a.figure')")


def test_charts_pdfs_and_hostile_captions(address: str, visit: Visitor) -> None:
    visited = visit(address)
    page = visited.page
    visited.ask("三月的新會員有多少人？", 1)
    visited.finished()
    page.wait_for_function("() => document.querySelector('#chat a.figure img')?.naturalWidth > 0")
    visited.picture("figure-chart")
    page.click("#chat a.figure")
    page.wait_for_function("() => document.querySelector('#source figure.wanted img')?.naturalWidth > 300")
    visited.picture("figure-chart-panel")
    visited.ask("梯田的面積哪裡增加最多？", 2)
    visited.finished()
    page.wait_for_function("() => [...document.querySelectorAll('#chat a.figure img')].at(-1).naturalWidth > 0")
    visited.picture("figure-pdf")
    visited.ask("實體門市的比重如何？", 3)
    visited.finished()
    hostile = page.locator("#chat a.figure", has_text="圖 7")
    assert hostile.locator(".caption").inner_text() == HOSTILE
    assert hostile.locator("strong, b").count() == 0
    hostile.click()
    page.wait_for_selector("#source figure.wanted")
    visited.picture("figure-hostile")
