"""The source panel in a real Chromium: tables, raw text a click away, a low head, readable pages, its edge, paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.reader import Sample, Visit, Visitor, findings, hosting, mark_is_in_view, overflow
from tests.browser.test_source import BOX_IN_VIEW, SIZES, press

from yinju import build_index
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import BlockKind
from yinju.web.links import place_href

pytestmark = pytest.mark.browser

PRICES = """# 茶葉價目

前言 **重點** 與 `code`，詳見 [官網](https://elsewhere.example/)。

> 引文一
> 引文二

| 品名 | 價格 | 產地 | 說明 |
|---|---:|---|---|
| 烏龍茶 | **500** | 南投縣鹿谷鄉 | 焙火較重，適合熱沖，可以回沖五次以上 |
| 紅茶 | 300 | 花蓮縣瑞穗鄉 | 帶蜜香，冷泡也好喝 |
| 綠茶 | 200 | 新北市三峽區 | 炒菁，清爽，水溫不要太高 |

- 第一點
  - 更深一點
- 第二點

1. 先燙壺
2. 再置茶

```py
print("泡三分鐘")
```
"""
CITED = "| 紅茶 | 300 | 花蓮縣瑞穗鄉 | 帶蜜香，冷泡也好喝 |"
SLIDE_MS = 300
"""In which the sheet of a phone has come up."""
FORMATS = ("pdf", "docx", "html", "markdown")


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("panel")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "價目.md").write_text(PRICES, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    with hosting(folder / "index", real_encoder, Settings(refuse_below=0.0)) as served:
        yield served


@pytest.fixture(scope="module")
def href(address: str) -> str:
    start = PRICES.replace("[官網](https://elsewhere.example/)", "官網").index(CITED)
    return place_href("價目.md", start, start + len(CITED), "")


def row_in(sample: Sample, kind: str) -> tuple[str, str]:
    """A document of a format, and what opens a row of a table in it."""
    for document in sample.library.documents():
        passages = sample.library.passages_of(document.name) if document.format == kind else []
        rows = ((p.start + b.start, p.start + b.end) for p in passages for b in p.blocks if b.kind is BlockKind.ROW)
        if row := next(rows, None):
            return document.name, place_href(document.name, *row, document.sha256)
    raise AssertionError(kind)


HEAD = """() => document.querySelector("#source .body").getBoundingClientRect().top
    - document.querySelector("#source").getBoundingClientRect().top"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_markdown_is_rendered_and_its_raw_text_is_a_click_away(
    visit: Visitor, address: str, href: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    press(reader, href)
    reader.page.locator("#source .text mark").first.wait_for()
    page = reader.page
    assert page.locator("#source thead th").all_inner_texts() == ["品名", "價格", "產地", "說明"]
    assert page.locator("#source tbody tr").count() == 3
    assert page.locator("#source td mark").all_inner_texts() == ["紅茶", "300", "花蓮縣瑞穗鄉", "帶蜜香，冷泡也好喝"]
    assert page.locator("#source .text :is(h3, blockquote, strong, code, pre, ul)").count() >= 6
    assert page.locator("#source .text a").count() == 0
    page.wait_for_timeout(SLIDE_MS)
    assert mark_is_in_view(page)
    assert overflow(page) <= 0
    assert findings(reader) == []
    reader.picture(f"panel-rendered-{width}")
    page.click("#source [data-view=whole]")
    page.locator("#source .whole td mark").first.wait_for()
    assert mark_is_in_view(page)
    page.click("#source [data-view=raw]")
    page.locator("#source .raw mark").wait_for()
    assert page.inner_text("#source .raw mark") == CITED
    assert "前言 **重點** 與 `code`" in page.inner_text("#source .raw")
    assert page.locator("#source .raw :is(table, strong, ul)").count() == 0
    assert mark_is_in_view(page)
    assert findings(reader) == []
    reader.picture(f"panel-raw-{width}")


def shown_anew(page: Page, view: Locator) -> None:
    """Choose a view and wait until it has come: what showed before may well have a mark too."""
    page.evaluate("() => document.querySelector('#source .body').firstElementChild.classList.add('earlier')")
    view.click()
    page.locator("#source .body > .earlier").wait_for(state="detached")
    page.locator("#source .body mark").first.wait_for()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_tables_of_every_format_are_tables_below_a_low_head(
    visit: Visitor, sample: Sample, width: int, height: int
) -> None:
    reader = visit(sample.address, width, height)
    for kind in FORMATS:
        name, href = row_in(sample, kind)
        press(reader, href)
        reader.page.locator("#source .file", has_text=name).wait_for()
        assert reader.page.evaluate(HEAD) <= 0.15 * height, name
        for view in reader.page.locator("#source .switch button").all():
            shown_anew(reader.page, view)
            assert reader.page.evaluate(HEAD) <= 0.15 * height, name
        shown_anew(reader.page, reader.page.locator("#source [data-view=whole]"))
        table = reader.page.locator("#source .table").first
        table.scroll_into_view_if_needed()
        assert table.locator("thead th").count() >= 2, name
        assert table.locator("tbody tr").count() >= 2, name
        assert overflow(reader.page) <= 0, name
        reader.picture(f"panel-table-{kind}-{width}")


def page_shows(reader: Visit) -> None:
    """Wait until a page has come and its image is drawn."""
    reader.page.wait_for_function("() => document.querySelector('#source figure img')?.naturalWidth > 0")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_page_opens_so_that_what_is_cited_can_be_read(
    visit: Visitor, sample: Sample, width: int, height: int
) -> None:
    reader = visit(sample.address, width, height)
    press(reader, row_in(sample, "pdf")[1])
    page_shows(reader)
    size = reader.page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("#source .box")].map((box) => box.offsetHeight))"""
    )
    assert size >= 11
    assert reader.page.evaluate(BOX_IN_VIEW)
    left, right = reader.page.evaluate(
        """() => {
            const box = document.querySelector("#source .box").getBoundingClientRect();
            const body = document.querySelector("#source .body").getBoundingClientRect();
            return [box.left - body.left, body.right - box.left];
        }"""
    )
    assert left >= 0 and right > 20
    assert overflow(reader.page) <= 0
    reader.picture(f"panel-page-{width}")
    assert findings(reader) == []


PINCH = """scale => {
    const figure = document.querySelector("#source figure");
    const { left, top } = document.querySelector("#source .body").getBoundingClientRect();
    const finger = (by, identifier) => (
        new Touch({ identifier, target: figure, clientX: left + 60 + by, clientY: top + 90 })
    );
    const send = (type, apart) => figure.dispatchEvent(
        new TouchEvent(type, { touches: [0, apart].map(finger), bubbles: true, cancelable: true })
    );
    send("touchstart", 100);
    send("touchmove", 100 * scale);
}"""


def test_two_fingers_enlarge_a_page(visit: Visitor, sample: Sample) -> None:
    reader = visit(sample.address, 390, 844)
    press(reader, row_in(sample, "pdf")[1])
    page_shows(reader)
    reader.page.click("#source .fit")
    across = "document.querySelector('#source figure').getBoundingClientRect().width"
    fitting = reader.page.evaluate(across)
    reader.page.evaluate(PINCH, 1.7)
    assert reader.page.evaluate(across) == pytest.approx(1.7 * fitting, rel=0.01)
    reader.page.evaluate(PINCH, 9)
    assert reader.page.evaluate(across) == pytest.approx(4 * fitting, rel=0.01)


def width_of(page: Page) -> float:
    return float(page.evaluate("document.querySelector('#source').getBoundingClientRect().width"))


def test_the_panel_is_widened_by_its_edge_and_stays_so(visit: Visitor, address: str, href: str) -> None:
    reader = visit(address)
    press(reader, href)
    reader.page.locator("#source .text mark").first.wait_for()
    usual = width_of(reader.page)
    edge = reader.page.get_by_role("separator", name=say("source.width", "zh-Hant"))
    reader.page.mouse.move(1280 - usual, 400)
    reader.page.mouse.down()
    reader.page.mouse.move(600, 420, steps=4)
    reader.page.mouse.up()
    reader.page.mouse.move(300, 420)
    assert width_of(reader.page) == pytest.approx(680, abs=6)
    edge.press("ArrowRight")
    assert width_of(reader.page) == pytest.approx(648, abs=6)
    expect(edge).to_have_attribute("aria-valuenow", str(round(width_of(reader.page))))
    assert findings(reader) == []
    reader.picture("panel-widened")
    again = visit(address, same=reader)
    press(again, href)
    again.page.locator("#source .text mark").first.wait_for()
    assert width_of(again.page) == pytest.approx(648, abs=6)
    edge = again.page.get_by_role("separator")
    edge.press("End")
    assert width_of(again.page) == pytest.approx(896, abs=6)
    edge.press("Home")
    assert width_of(again.page) == pytest.approx(300, abs=6)
    edge.dblclick()
    assert width_of(again.page) == pytest.approx(usual, abs=6)
    assert again.page.evaluate("localStorage.getItem('yinju-source-width')") is None


def test_a_phone_has_no_edge(visit: Visitor, address: str, href: str) -> None:
    reader = visit(address, 390, 844)
    reader.page.evaluate("localStorage.setItem('yinju-source-width', '700')")
    reader.page.reload()
    reader.ready()
    press(reader, href)
    reader.page.locator("#source .text mark").first.wait_for()
    assert reader.page.locator("#source .edge").is_hidden()
    assert width_of(reader.page) == 390


def test_a_source_is_printed_from_a_page_of_its_own(visit: Visitor, address: str, href: str, tmp_path: Path) -> None:
    reader = visit(address)
    press(reader, href)
    reader.page.locator("#source .text mark").first.wait_for()
    paper = visit_paper(reader)
    assert paper.locator("h1").inner_text() == "茶葉價目"
    assert CITED in paper.inner_text(".quoted")
    assert paper.locator("td mark").count() == 4
    assert re.search(r"20\d\d-\d\d-\d\d", paper.inner_text(".printed"))
    assert paper.evaluate("window.printed") == 1
    paper.pdf(path=tmp_path / "paper.pdf")
    assert (tmp_path / "paper.pdf").stat().st_size > 1_000
    reader.picture("panel-before-paper")
    paper.close()


def visit_paper(reader: Visit) -> Page:
    """The page that is printed, which counts how often it asks to be."""
    reader.page.context.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    with reader.page.context.expect_page() as opened:
        reader.page.click("#source .paper")
    opened.value.wait_for_load_state()
    return opened.value


def test_the_page_can_be_installed(visit: Visitor, address: str) -> None:
    reader = visit(address)
    session = reader.page.context.new_cdp_session(reader.page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == [] and manifest["url"].endswith("/manifest.json")
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in errors if one["errorId"] != "in-incognito"] == []
    session.detach()
