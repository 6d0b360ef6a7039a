"""Reading a source in a real Chromium: pages of PDFs with boxes, steps between citations, whole texts, originals."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.reader import ROOT, Visit, Visitor, findings, hosting, mark_is_in_view, overflow
from tests.reading.printed_pdfs import Sheet, cases, places

from scanned_files import Scanner, scan
from yinju import build_index, open_library
from yinju.messages import say
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.web.links import place_href
from yinju.web.source.passage import WINDOW

pytestmark = pytest.mark.browser

PRINTED = ("turned-90-cropped", "turned-180-moved", "two-columns", "vertical", "over-lines", "text-turned-90")
LINES = [f"第{number}行記下當天的天氣與溫度，供日後查對。\n" for number in range(1, 24_001)]
POINTS = "1. 貓每天要睡十四個小時。\n2. 貓的水碗要離飯碗遠一點。\n3. 長毛貓每天梳一次毛。\n4. 貓砂每天清一次。\n"
ADVICE = f"\n## 注意事項\n\n照顧貓要注意以下幾點：\n\n{POINTS}\n## 其他\n\n"
LONG = "".join([*LINES[:12_000], ADVICE, *LINES[12_000:]])
QUESTION = "照顧貓要注意哪些事項？"
FOOD = "飼料開封以後最多放四十五天，要裝進密封桶裡。\n"
SIZES = ((1280, 800), (390, 844))


class Shelf:
    """An index of files of every kind, and what is printed in those made here."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        """Write the files and index them."""
        self.corpus, self.index, self.encoder = folder / "corpus", folder / "index", encoder
        self.corpus.mkdir()
        self.sheets: dict[str, Sheet] = {}
        for name in (*PRINTED, "over-pages", "labelled"):
            sheet = self.sheets[name] = cases()[name]()
            (self.corpus / f"{name}.pdf").write_bytes(sheet.pdf())
        printed = (self.corpus / "two-columns.pdf").read_bytes()
        (self.corpus / "掃描.pdf").write_bytes(scan(printed, Scanner(150, tilt=0.3)))
        (self.corpus / "貓.md").write_text(LONG, "utf-8")
        for place in ("", "備份", "<img src=x>"):
            (self.corpus / place).mkdir(exist_ok=True)
            (self.corpus / place / "飼料.txt").write_text(FOOD, "utf-8")
        shutil.copy(ROOT / "corpus" / "數據指標入門.pdf", self.corpus)
        shutil.copy(ROOT / "corpus" / "青禾茶行內容行事曆.docx", self.corpus)
        build_index(self.corpus, self.index, encoder=encoder)
        with open_library(self.index, encoder=encoder) as library:
            self.documents = {document.name: document for document in library.documents()}

    def href(self, name: str, wanted: str, nth: int = 0) -> str:
        """What a link to a text in a document has as its href."""
        document = self.documents[name]
        start, end = list(places(document.text, wanted))[nth]
        return place_href(name, start, end, document.sha256)


@pytest.fixture(scope="module")
def shelf(browser: Browser, tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"), real_encoder)


@pytest.fixture(scope="module")
def address(shelf: Shelf) -> Iterator[str]:
    with hosting(shelf.index, shelf.encoder, Settings(refuse_below=0.0)) as served:
        yield served


def press(reader: Visit, href: str) -> None:
    """Follow a link with that href, as any room of the page may have one."""
    reader.page.evaluate(
        """href => {
            document.getElementById("put")?.remove();
            const link = document.createElement("a");
            Object.assign(link, { id: "put", className: "cite", textContent: "[1]" });
            link.setAttribute("href", href);
            link.style.position = "absolute";
            document.querySelector("gradio-app").append(link);
            link.click();
        }""",
        href,
    )


def page_shows(reader: Visit, number: int) -> None:
    """Wait until the image of a page has come and its first box is in view."""
    reader.page.wait_for_function(
        """number => {
            const figure = document.querySelector(`#source figure[data-page="${number}"]`);
            return figure?.querySelector("img").naturalWidth > 0 && !document.querySelector("#source .leaf[aria-busy]");
        }""",
        arg=number,
    )


UNDER_BOXES = """points => {
    const image = document.querySelector("#source figure img").getBoundingClientRect();
    const boxes = [...document.querySelectorAll("#source .box")].map((box) => box.getBoundingClientRect());
    return points.map(([x, y]) => {
        const left = image.left + x * image.width, top = image.top + y * image.height;
        return boxes.some((box) => box.left < left && left < box.right && box.top < top && top < box.bottom);
    });
}"""
BOX_IN_VIEW = """() => {
    const box = document.querySelector("#source .box").getBoundingClientRect();
    const body = document.querySelector("#source .body").getBoundingClientRect();
    return box.top >= body.top && box.bottom <= body.bottom + 1;
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_boxes_on_the_screen_lie_over_the_cited_characters(
    visit: Visitor, shelf: Shelf, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    for name in PRINTED:
        sheet = shelf.sheets[name]
        number = len(sheet.sentences) - 1
        press(reader, shelf.href(f"{name}.pdf", sheet.sentences[number]))
        reader.page.locator("#source .file", has_text=f"{name}.pdf").wait_for()
        page_shows(reader, 1)
        assert reader.page.evaluate(BOX_IN_VIEW), name
        assert "".join(reader.page.inner_text("#source mark").split()) == sheet.sentences[number]
        under = reader.page.evaluate(UNDER_BOXES, [[glyph.x, glyph.y] for glyph in sheet.glyphs])
        assert under == [glyph.sentence == number for glyph in sheet.glyphs], name
        reader.picture(f"page-{name}-{width}")
        assert overflow(reader.page) <= 0


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_sentence_is_boxed_on_a_scan(visit: Visitor, shelf: Shelf, address: str, width: int, height: int) -> None:
    reader = visit(address, width, height)
    sheet = shelf.sheets["two-columns"]
    press(reader, shelf.href("掃描.pdf", sheet.sentences[9]))
    reader.page.locator("#source .file", has_text="掃描.pdf").wait_for()
    page_shows(reader, 1)
    assert reader.page.evaluate(BOX_IN_VIEW)
    *wanted, stop = (glyph for glyph in sheet.glyphs if glyph.sentence == 9)
    seen = [glyph for glyph in sheet.glyphs if glyph != stop]  # the ink of a full stop is not in its square's middle
    assert reader.page.evaluate(UNDER_BOXES, [[g.x, g.y] for g in seen]) == [g in wanted for g in seen]
    reader.picture(f"scan-{width}")
    assert overflow(reader.page) <= 0


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_all_places_of_a_copied_text_are_listed_and_open(visit: Visitor, address: str, width: int, height: int) -> None:
    reader = visit(address, width, height)
    reader.ask("飼料開封以後可以放多久？", 1)
    assert reader.answer.locator("a.cite").count() == 1, "the same text is said once"
    reader.open(1)
    links = reader.page.locator("#source .copies a")
    names = {reader.page.inner_text("#source .file"), *links.all_inner_texts()}
    assert names == {"飼料.txt", "備份/飼料.txt", "<img src=x>/飼料.txt"}
    reader.picture(f"copies-{width}")
    assert overflow(reader.page) <= 0
    if width < 800:
        reader.page.click("#source .close")
    for place, name in enumerate(links.all_inner_texts()):
        reader.open(1)
        links.nth(place).click()
        reader.page.wait_for_function("name => document.querySelector('#source .file').textContent === name", arg=name)
        assert reader.page.inner_text("#source mark") == FOOD.strip()
        if width < 800:  # the sheet lies over the chat
            reader.page.click("#source .close")


def test_pages_are_turned_and_named_as_they_are(visit: Visitor, shelf: Shelf, address: str) -> None:
    reader = visit(address)
    press(reader, shelf.href("labelled.pdf", shelf.sheets["labelled"].sentences[4]))
    page_shows(reader, 2)
    where = reader.page.locator("#source .pager .where")
    assert where.inner_text() == "第 2 頁（ii），共 5 頁"
    assert reader.page.locator("#source .box").count() == 1
    reader.page.click("#source .pager .next")
    page_shows(reader, 3)
    assert where.inner_text() == "第 3 頁（1），共 5 頁"
    assert reader.page.locator("#source .box").count() == 0
    assert reader.page.get_attribute("#source figure img", "alt") == say(
        "source.image", "zh-Hant", title=reader.page.inner_text("#source .bar h2"), page="第 3 頁（1）"
    )
    for number in (2, 1):
        reader.page.click("#source .pager .previous")
        page_shows(reader, number)
    assert reader.page.get_attribute("#source .pager .previous", "aria-disabled") == "true"
    reader.page.click("#source .pager .previous", force=True)
    assert reader.page.get_attribute("#source figure", "data-page") == "1"


def test_a_sentence_that_goes_on_overleaf_is_followed(visit: Visitor, shelf: Shelf, address: str) -> None:
    reader = visit(address)
    sheet = shelf.sheets["over-pages"]
    number = next(glyph.sentence for glyph in sheet.glyphs if glyph.y > 0.88)
    press(reader, shelf.href("over-pages.pdf", sheet.sentences[number]))
    page_shows(reader, 1)
    for page in (1, 2):
        glyphs = [glyph for glyph in sheet.glyphs if glyph.page == page]
        under = reader.page.evaluate(UNDER_BOXES, [[glyph.x, glyph.y] for glyph in glyphs])
        assert under == [glyph.sentence == number for glyph in glyphs]
        if page == 1:
            reader.page.click("#source .goes-on")
            page_shows(reader, 2)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_page_is_enlarged_and_fits_again(visit: Visitor, shelf: Shelf, address: str, width: int, height: int) -> None:
    reader = visit(address, width, height)
    sheet = shelf.sheets["two-columns"]
    press(reader, shelf.href("two-columns.pdf", sheet.sentences[9]))
    page_shows(reader, 1)
    across = "document.querySelector('#source figure').getBoundingClientRect().width"
    reader.page.click("#source .pager .fit")
    fitting = reader.page.evaluate(across)
    for _ in range(3):
        reader.page.click("#source .pager .larger")
    assert reader.page.evaluate(across) == pytest.approx(2 * fitting, rel=0.01)
    reader.page.wait_for_function(
        "least => document.querySelector('#source figure img').naturalWidth >= least", arg=1.9 * fitting
    )
    under = reader.page.evaluate(UNDER_BOXES, [[glyph.x, glyph.y] for glyph in sheet.glyphs])
    assert under == [glyph.sentence == 9 for glyph in sheet.glyphs]
    assert overflow(reader.page) <= 0
    reader.picture(f"page-enlarged-{width}")
    reader.page.click("#source .pager .smaller")
    assert reader.page.evaluate(across) == pytest.approx(1.5 * fitting, rel=0.01)
    reader.page.click("#source .pager .fit")
    assert reader.page.evaluate(across) == pytest.approx(fitting, rel=0.01)
    reader.page.keyboard.press("+")
    assert reader.page.evaluate(across) == pytest.approx(1.25 * fitting, rel=0.01)


def test_a_pdf_is_read_as_text_as_well(visit: Visitor, shelf: Shelf, address: str) -> None:
    reader = visit(address)
    sheet = shelf.sheets["two-columns"]
    press(reader, shelf.href("two-columns.pdf", sheet.sentences[9]))
    page_shows(reader, 1)
    reader.page.click("#source [data-view=text]")
    reader.page.locator("#source .text mark").wait_for()
    assert mark_is_in_view(reader.page)
    press(reader, shelf.href("vertical.pdf", shelf.sheets["vertical"].sentences[2]))
    reader.page.locator("#source .file", has_text="vertical.pdf").wait_for()
    assert reader.page.locator("#source .leaf").count() == 0, "the reader's choice holds for the next citation"
    reader.page.click("#source [data-view=page]")
    page_shows(reader, 1)


def test_a_page_that_cannot_be_shown_gives_way_to_its_text(visit: Visitor, shelf: Shelf, address: str) -> None:
    path, sheet = shelf.corpus / "over-lines.pdf", shelf.sheets["over-lines"]
    whole, href = path.read_bytes(), shelf.href("over-lines.pdf", sheet.sentences[1])
    reader = visit(address)
    path.write_bytes(whole + b"\n")
    press(reader, href)
    reader.page.locator("#source .notice", has_text=say("source.no_page", "zh-Hant")).wait_for()
    assert mark_is_in_view(reader.page)
    assert reader.page.locator("#source .download").count() == 0
    path.write_bytes(whole)
    reader.page.route(
        lambda url: "/page?" in url and "/source/" not in url,
        lambda route: route.fulfill(status=200, body="no image", content_type="image/webp"),
    )
    press(reader, shelf.href("over-lines.pdf", sheet.sentences[2]))
    reader.page.locator("#source mark", has_text=sheet.sentences[2][:10]).wait_for()
    reader.page.locator("#source .notice", has_text=say("source.no_page", "zh-Hant")).wait_for()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_citations_are_gone_through(visit: Visitor, address: str, width: int, height: int) -> None:
    reader = visit(address, width, height)
    reader.ask(QUESTION, 1)
    reader.finished()
    assert reader.open(1, 2) == "1. 貓每天要睡十四個小時。"
    count = reader.page.locator("#source .count")
    assert count.inner_text() == "2 / 5"
    for button, marker, said in (("on", 3, "2. "), ("on", 4, "3. "), ("back", 3, "2. ")):
        reader.page.click(f"#source .steps .{button}")
        reader.page.locator("#source .count", has_text=f"{marker} / 5").wait_for()
        reader.page.locator("#source mark", has_text=said).wait_for()
        assert mark_is_in_view(reader.page)
        assert reader.page.locator("a.cite[aria-current]").count() == 1
    reader.picture(f"steps-{width}")
    reader.page.focus("#source .body")
    for key, marker in (("ArrowRight", 4), ("]", 5), ("]", 5), ("[", 4), ("ArrowLeft", 3)):
        reader.page.keyboard.press(key)
        reader.page.locator("#source .count", has_text=f"{marker} / 5").wait_for()
        reader.page.locator("#source mark", has_text=f"{marker - 1}. ").wait_for()
    assert reader.page.evaluate("document.activeElement.tagName") == "MARK"


def test_number_keys_open_citations_of_the_newest_answer(visit: Visitor, address: str) -> None:
    reader = visit(address)
    reader.ask(QUESTION, 1)
    reader.finished()
    reader.page.focus("#box textarea")
    reader.page.keyboard.press("3")
    assert reader.page.input_value("#box textarea") == "3"
    assert reader.page.locator("#source mark").count() == 0
    reader.page.fill("#box textarea", "")
    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("4")
    reader.page.locator("#source mark", has_text="3. 長毛貓").wait_for()
    assert mark_is_in_view(reader.page)
    reader.page.keyboard.press("9")
    reader.page.keyboard.press("2")
    reader.page.locator("#source mark", has_text="1. 貓每天").wait_for()
    reader.page.keyboard.press("Escape")
    assert reader.page.evaluate("document.activeElement.className") == "cite"


def test_a_resting_pointer_opens_a_citation_and_leaves_the_keyboard(visit: Visitor, address: str) -> None:
    reader = visit(address)
    reader.ask(QUESTION, 1)
    reader.finished()
    reader.page.hover('a.cite[href^="#src-1-2?"]')
    reader.page.wait_for_timeout(500)
    assert reader.page.locator("#source").is_hidden()  # it would take its place from under the pointer
    reader.open(1, 4)
    reader.page.evaluate("document.activeElement.blur()")
    reader.page.hover('a.cite[href^="#src-1-3?"]')
    reader.page.mouse.move(5, 400)
    reader.page.hover('a.cite[href^="#src-1-2?"]')
    reader.page.locator("#source mark", has_text="1. 貓每天").wait_for()
    assert mark_is_in_view(reader.page)
    assert reader.page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_whole_document_shows_all_that_the_answer_cites(
    visit: Visitor, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    reader.ask(QUESTION, 1)
    reader.finished()
    reader.open(1, 3)
    reader.page.click("#source [data-view=whole]")
    reader.page.locator("#source .whole mark:not(.other)").wait_for()
    others = reader.page.locator("#source mark.other")
    assert others.count() == 4
    assert [text[-3:] for text in others.all_inner_texts()] == ["[1]", "[2]", "[4]", "[5]"]
    in_view = """() => {
        const mark = document.querySelector("#source mark:not(.other)").getClientRects()[0];
        return document.elementFromPoint(mark.x + 5, mark.y + mark.height / 2)?.closest("mark") !== null;
    }"""
    assert reader.page.evaluate(in_view)
    reader.picture(f"whole-{width}")
    others.last.click(position={"x": 12, "y": 8})
    reader.page.locator("#source .count", has_text="5 / 5").wait_for()
    reader.page.locator("#source .whole mark:not(.other)", has_text="4. 貓砂").wait_for()
    assert reader.page.evaluate(in_view)


def test_a_long_document_comes_in_parts(visit: Visitor, address: str) -> None:
    reader = visit(address)
    reader.ask(QUESTION, 1)
    reader.finished()
    reader.open(1, 1)
    reader.page.click("#source [data-view=raw]")
    whole = reader.page.locator("#source .whole")
    whole.locator(".block").first.wait_for()
    length = "() => document.querySelector('#source .whole').textContent.length"
    assert WINDOW - 5_000 < reader.page.evaluate(length) < WINDOW + 5_000
    top = "() => document.querySelector('#source mark:not(.other)').getBoundingClientRect().top"
    for kind in ("earlier", "later"):
        reader.page.locator(f"#source .more.{kind}").scroll_into_view_if_needed()
        while reader.page.locator(f"#source .more.{kind}").count():
            before = reader.page.evaluate(length)
            reader.page.click(f"#source .more.{kind}")
            reader.page.wait_for_function(
                "before => document.querySelector('#source .whole').textContent.length > before", arg=before
            )
    shown = reader.page.evaluate("document.querySelector('#source .whole').textContent")
    for marker in range(1, 6):
        shown = shown.replace(f"\u2060[{marker}]", "").replace(f"[{marker}]", "")
    assert shown.strip() == LONG.strip()
    assert reader.page.locator("#source mark.other").count() == 4
    assert reader.page.evaluate(top) is not None


def test_the_original_is_downloaded_as_it_is(visit: Visitor, shelf: Shelf, address: str) -> None:
    reader = visit(address)
    press(reader, shelf.href("數據指標入門.pdf", "數據"))
    page_shows(reader, 1)
    with reader.page.expect_download() as download:
        reader.page.click("#source .download")
    assert download.value.suggested_filename == "數據指標入門.pdf"
    assert Path(download.value.path()).read_bytes() == (shelf.corpus / "數據指標入門.pdf").read_bytes()


def test_an_old_chat_opens_pages_too(visit: Visitor, shelf: Shelf, address: str) -> None:
    reader = visit(address)
    reader.ask("轉化率怎麼算？", 1)
    reader.finished()
    reader.page.wait_for_function("() => location.search.includes('chat=')")
    again = visit(reader.page.url, same=reader)
    link = again.page.wait_for_selector('a.cite[href^="#src-1-1?message="]')
    assert link
    link.click()
    again.page.locator("#source .leaf figure").wait_for()
    number = int(again.page.get_attribute("#source figure", "data-page") or 0)
    page_shows(again, number)
    assert again.page.evaluate(BOX_IN_VIEW)
    assert again.page.inner_text("#source header .page") == say("page", "zh-Hant", number=number)
    again.picture("page-of-a-kept-citation")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_way_to_see_a_source_is_accessible(
    visit: Visitor, shelf: Shelf, address: str, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    press(reader, shelf.href("over-pages.pdf", shelf.sheets["over-pages"].sentences[0]))
    page_shows(reader, 1)
    for theme in ("light", "dark"):
        reader.page.evaluate("theme => localStorage.setItem('yinju-theme', theme)", theme)
        reader.page.evaluate("theme => document.body.classList.toggle('dark', theme === 'dark')", theme)
        assert findings(reader) == []
        reader.picture(f"page-{theme}-{width}")
    reader.page.click("#source [data-view=whole]")
    reader.page.locator("#source .whole mark").wait_for()
    assert findings(reader) == []
