"""The page before anything is asked: over documents, over none, read-only; what is dropped on it can be asked about."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect
from tests.browser.reader import Sample, Visitor, findings_in_both, hosting, overflow
from tests.browser.test_documents import FILES, change, drop

from yinju import build_index
from yinju.messages import Language, say
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

SIZES = [(1280, 800), (390, 844)]
WISHES: dict[Language, str] = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "en": "en-US"}


@pytest.fixture
def empty(tmp_path: Path, real_encoder: Encoder) -> Path:
    (tmp_path / "none").mkdir()
    build_index(tmp_path / "none", tmp_path / "index", encoder=real_encoder, may_be_empty=True)
    return tmp_path / "index"


@pytest.fixture
def address(empty: Path, real_encoder: Encoder) -> Iterator[str]:
    with hosting(empty, real_encoder, Settings(refuse_below=0.0)) as served:
        yield served


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", WISHES)
def test_the_home_page_leads_to_documents_and_has_the_whole_width(
    visit: Visitor, sample: Sample, language: Language, width: int, height: int
) -> None:
    reader = visit(sample.address, width, height, language=WISHES[language])
    page = reader.page
    page.get_by_text(say("home.offline", language)).wait_for()
    reader.picture(f"home-{language}-{width}")
    assert page.locator("#source").is_hidden()
    assert page.evaluate("document.querySelector('#chat .welcome h2').getBoundingClientRect().top > 64")
    assert page.evaluate("document.querySelector('gradio-app').clientWidth") == width
    assert overflow(page) <= 0
    assert page.locator("#chat .example").count() == 4
    assert page.locator("#top .brand p").evaluate("told => told.scrollWidth - told.clientWidth") <= 0
    named = page.locator("#chat .welcome .own li a").first
    title = named.inner_text()
    named.click()
    page.locator("#view-documents .report h2", has_text=title.rstrip("…")).wait_for()
    assert len(page.context.pages) == 1
    page.go_back()
    page.get_by_role("link", name=say("home.all", language)).click()
    page.wait_for_selector("#view-documents tbody tr")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_files_dropped_on_an_empty_home_page_can_be_asked_about(
    visit: Visitor, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    page = reader.page
    page.locator("#chat .welcome .drop").wait_for()
    reader.picture(f"home-empty-{width}")
    assert findings_in_both(reader) == []
    drop(page, {"貓熊.txt": FILES["貓熊.txt"], "壞掉.pdf": FILES["壞掉.pdf"]}, "#chat .welcome .drop")
    change(page, "貓熊.txt", say("documents.indexed", "zh-Hant"))
    change(page, "壞掉.pdf", "PDF 已損壞")
    page.get_by_role("heading", name=say("home.documents", "zh-Hant", count=1)).wait_for()
    expect(page.locator("#chat .welcome .own li")).to_have_count(1)
    expect(page.locator("#chat .welcome .drop")).to_have_count(0)
    reader.picture(f"home-dropped-{width}")
    assert findings_in_both(reader) == []
    page.locator("#chat .changes .clear").click()
    expect(page.locator("#chat .changes")).to_be_hidden()
    reader.ask("大熊貓每天吃多少竹子？", 1)
    assert "三十公斤" in reader.open(1)


def test_files_are_chosen_and_the_keyboard_stays_at_the_button(visit: Visitor, address: str) -> None:
    reader = visit(address)
    page = reader.page
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name=say("home.choose", "zh-Hant")).press("Enter")
    chosen.value.set_files([FilePayload(name="水獺.docx", mimeType="", buffer=FILES["水獺.docx"])])
    page.get_by_role("heading", name=say("home.documents", "zh-Hant", count=1)).wait_for()
    expect(page.locator("#chat button.upload")).to_be_focused()
    page.fill("#box textarea", "水獺愛吃什麼？")
    drop(page, {"貓熊.txt": FILES["貓熊.txt"]}, "#chat .welcome")
    page.get_by_role("heading", name=say("home.documents", "zh-Hant", count=2)).wait_for()
    assert page.input_value("#box textarea") == "水獺愛吃什麼？"


@pytest.mark.parametrize("language", WISHES)
def test_a_read_only_home_page_offers_no_upload_and_says_why(
    visit: Visitor, empty: Path, real_encoder: Encoder, language: Language
) -> None:
    with hosting(empty, real_encoder, Settings(read_only=True)) as served:
        reader = visit(served, language=WISHES[language])
        said = {"zh-Hant": "唯讀", "zh-Hans": "只读", "en": "read-only"}[language]
        reader.page.locator("#chat .welcome", has_text=said).wait_for()
        assert reader.page.locator("#chat .welcome button").count() == 0
        drop(reader.page, {"a.txt": b"x"}, "#chat .welcome")
        reader.picture(f"home-read-only-{language}")
