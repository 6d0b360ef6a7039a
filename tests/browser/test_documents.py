"""The view of the documents, over real files: dropped, followed, asked about, deleted, brought back and read again."""

import io
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import FilePayload, Page, expect
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from tests.browser.reader import Visit, Visitor, hosting, overflow

from yinju import build_index
from yinju.messages import Language, say
from yinju.protocols import Encoder
from yinju.settings import Settings

pytestmark = pytest.mark.browser

SIZES = [(1280, 800), (390, 844)]
DROP = """async ([files, place]) => {
    const transfer = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
    }
    const view = document.querySelector(place);
    for (const type of ["dragenter", "dragover", "drop"])
        view.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def word_file(text: str) -> bytes:
    """A docx of one heading and one paragraph."""
    written, document = io.BytesIO(), docx.Document()
    document.add_heading("水獺", 1)
    document.add_paragraph(text)
    document.save(written)
    return written.getvalue()


def pdf_file(*pages: str) -> bytes:
    """A PDF with a line on each page; none where it is empty."""
    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    written = io.BytesIO()
    canvas = Canvas(written)
    for text in pages:
        canvas.setFont("MSung-Light", 14)
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


FILES = {
    "貓熊.txt": "大熊猫每天要吃三十公斤竹子。\n大熊猫住在四川的山里。\n".encode("gb18030"),
    "水獺.docx": word_file("水獺一天要吃自己體重的兩成，最愛吃魚。"),
    "企鵝.pdf": pdf_file("國王企鵝能潛到三百公尺深的海裡找魚吃。牠們住在島上。", ""),
    "壞掉.pdf": b"%PDF-1.7 broken",
    "空的.txt": b"",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "貓.md").write_text(
        "# 貓的照顧\n\n貓每天要睡十四個小時。\n\n## 飲水\n\n水碗離飯碗遠一點。\n", "utf-8"
    )
    (tmp_path / "corpus" / "掃描.pdf").write_bytes(pdf_file(""))
    return tmp_path / "corpus"


@pytest.fixture
def index(corpus: Path, tmp_path: Path, real_encoder: Encoder) -> Path:
    build_index(corpus, tmp_path / "index", encoder=real_encoder)
    return tmp_path / "index"


@pytest.fixture
def address(index: Path, real_encoder: Encoder) -> Iterator[str]:
    with hosting(index, real_encoder, Settings(file_megabytes=1, refuse_below=0.0)) as served:
        yield served


def shown(reader: Visit) -> Page:
    """The page once the view shows."""
    reader.page.wait_for_selector("#view-documents:is(:has(.files), :has(.report)):not([aria-busy])")
    return reader.page


def drop(page: Page, files: dict[str, bytes], place: str = "#view-documents") -> None:
    """Drop files on the view, or another place, as a person does."""
    page.evaluate(DROP, [[[name, b64encode(content).decode()] for name, content in files.items()], place])


def row(page: Page, name: str) -> str:
    """What the table tells of a file, once it is there."""
    return page.locator("#view-documents tbody tr", has_text=name).inner_text()


def change(page: Page, name: str, state: str) -> None:
    """Wait until the latest change of a file is told to be at a state."""
    expect(page.locator(".changes li", has_text=name).first).to_contain_text(state)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_many_files_are_dropped_and_each_tells_how_it_ends(
    visit: Visitor, address: str, corpus: Path, width: int, height: int
) -> None:
    reader = visit(f"{address}/?view=documents", width, height)
    page = shown(reader)
    reader.picture(f"documents-{width}-before")
    assert "都沒有可提取的文字" in row(page, "掃描.pdf")
    drop(page, FILES | {"太大.txt": bytes(1_000_001)})
    for name, state in {
        "貓熊.txt": say("documents.indexed", "zh-Hant"), "水獺.docx": say("documents.indexed", "zh-Hant"),
        "企鵝.pdf": say("documents.warned", "zh-Hant"), "壞掉.pdf": "PDF 已損壞",
        "空的.txt": "檔案是空的", "太大.txt": "1 MB 的上限",
    }.items():  # fmt: skip
        change(page, name, state)
    expect(page.locator(".changes .sum")).to_have_text(say("documents.done", "zh-Hant", done=6, total=6))
    expect(page.locator("#view-documents tbody tr")).to_have_count(7)
    for told in ("gb18030", "TXT"):
        assert told in row(page, "貓熊.txt")
    assert (corpus / "貓熊.txt").read_bytes() == FILES["貓熊.txt"]
    assert not (corpus / "太大.txt").exists()
    assert overflow(page) == 0
    reader.picture(f"documents-{width}-after")
    page.reload()
    reader.ready()
    shown(reader)
    change(page, "企鵝.pdf", say("documents.warned", "zh-Hant"))
    page.click(".changes .clear")
    expect(page.locator(".changes")).to_be_hidden()
    page.reload()
    reader.ready()
    shown(reader)
    expect(page.locator(".changes")).to_be_hidden()


def test_files_are_chosen_by_the_button_and_they_can_be_asked_about(visit: Visitor, address: str) -> None:
    reader = visit(f"{address}/?view=documents")
    page = shown(reader)
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name=say("documents.upload", "zh-Hant")).click()
    chosen.value.set_files([FilePayload(name=n, mimeType="", buffer=FILES[n]) for n in ("貓熊.txt", "水獺.docx")])
    change(page, "貓熊.txt", say("documents.indexed", "zh-Hant"))
    change(page, "水獺.docx", say("documents.indexed", "zh-Hant"))
    page.get_by_role("button", name=say("scope.about_these", "zh-Hant")).click()
    expect(page.locator("#asked-in .chip .name")).to_have_text(["水獺", "貓熊"])
    expect(page.locator("#box textarea")).to_be_focused()
    reader.ask("大熊貓每天吃多少竹子？", 1)
    assert "三十公斤" in reader.open(1)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_deleted_document_is_never_cited_again_until_it_is_brought_back(
    visit: Visitor, address: str, index: Path, corpus: Path, width: int, height: int
) -> None:
    reader = visit(address, width, height)
    reader.ask("貓每天睡幾個小時？", 1)
    reader.finished()
    assert "十四" in reader.answer.inner_text()
    reader.page.click("#top .view-link.documents")
    page = shown(reader)
    page.get_by_role("button", name=f"{say('delete', 'zh-Hant')} 貓.md").click()
    expect(page.locator("#delete-document")).to_contain_text("貓.md")
    reader.picture(f"documents-{width}-delete")
    page.keyboard.press("Escape")
    expect(page.locator("#delete-document")).to_be_hidden()
    assert (corpus / "貓.md").exists()
    page.get_by_role("button", name=f"{say('delete', 'zh-Hant')} 貓.md").press("Enter")
    page.locator("#delete-document button.yes").click()
    change(page, "貓.md", say("documents.removed", "zh-Hant"))
    expect(page.locator("tbody tr", has_text="貓.md")).to_have_count(0)
    assert not (corpus / "貓.md").exists()
    assert [path.name.partition("-")[2][12:] for path in (index / "deleted").iterdir()] == ["-貓.md"]
    page.click("#top .view-link.chat")
    reader.say("貓每天睡幾個小時？")
    reader.finished()
    assert "十四" not in reader.answer.inner_text()
    assert reader.answer.locator("a.cite").count() == 0
    reader.open(1)
    assert say("source.deleted", "zh-Hant") in page.inner_text("#source")
    if width < 860:
        page.locator("#source .close").click()
    page.click("#top .view-link.documents")
    shown(reader)
    page.get_by_role("button", name=f"{say('documents.undo', 'zh-Hant')} 貓.md").click()
    expect(page.locator("tbody tr", has_text="貓.md")).to_have_count(1)
    assert (corpus / "貓.md").exists()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_report_tells_all_and_its_passages_open_in_the_panel(
    visit: Visitor, address: str, width: int, height: int
) -> None:
    reader = visit(f"{address}/?view=documents", width, height)
    page = shown(reader)
    page.get_by_role("link", name="貓的照顧").click()
    page.wait_for_selector("#view-documents .report")
    assert "SHA-256" not in page.inner_text("#view-documents .report")
    page.click("#view-documents .technical summary")
    assert re.search(r"SHA-256\s+[0-9a-f]{64}", page.inner_text("#view-documents .technical"))
    reader.picture(f"documents-{width}-report")
    page.locator(".preview a.cite").last.click()
    page.wait_for_selector("#source mark")
    assert "水碗離飯碗遠一點" in page.inner_text("#source mark")
    reader.picture(f"documents-{width}-passage")
    if width < 860:
        page.locator("#source .close").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=say("documents.download", "zh-Hant")).first.click()
    assert download.value.suggested_filename == "貓.md"
    page.get_by_role("button", name=f"{say('documents.reread', 'zh-Hant')} 貓.md").click()
    shown(reader)
    change(page, "貓.md", say("documents.indexed", "zh-Hant"))
    assert overflow(page) == 0


def test_the_table_is_sorted_filtered_and_the_address_keeps_it(visit: Visitor, address: str) -> None:
    reader = visit(f"{address}/?view=documents")
    page = shown(reader)
    names = page.locator("#view-documents tbody th a")
    page.get_by_role("link", name=say("documents.size", "zh-Hant")).click()
    expect(page.locator("th.size")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("th.size a")).to_be_focused()
    first = names.all_inner_texts()
    page.keyboard.press("Enter")
    expect(page.locator("th.size")).to_have_attribute("aria-sort", "descending")
    assert names.all_inner_texts() == first[::-1]
    page.fill("#view-documents .filter", "照顧")
    expect(names).to_have_count(1)
    page.reload()
    reader.ready()
    shown(reader)
    expect(names).to_have_count(1)
    assert page.input_value("#view-documents .filter") == "照顧"
    page.fill("#view-documents .filter", "沒有這個")
    expect(page.locator("#view-documents .empty")).to_have_text(say("documents.nothing", "zh-Hant"))


def test_a_broken_connection_is_told_and_the_file_can_be_sent_again(visit: Visitor, address: str) -> None:
    reader = visit(f"{address}/?view=documents")
    page = shown(reader)
    page.route("**/documents/upload*", lambda route: route.abort())
    drop(page, {"貓熊.txt": FILES["貓熊.txt"]})
    change(page, "貓熊.txt", "上傳中斷")
    page.unroute("**/documents/upload*")
    page.get_by_role("button", name=f"{say('documents.retry', 'zh-Hant')} 貓熊.txt").click()
    change(page, "貓熊.txt", say("documents.indexed", "zh-Hant"))
    reader.complaints[:] = [told for told in reader.complaints if "ERR_FAILED" not in told]


@pytest.mark.parametrize(("wishes", "language"), [("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans"), ("en-US", "en")])
def test_read_only_it_offers_nothing_that_changes_things_in_any_language(
    visit: Visitor, index: Path, real_encoder: Encoder, wishes: str, language: Language
) -> None:
    with hosting(index, real_encoder, Settings(read_only=True)) as served:
        reader = visit(f"{served}/?view=documents", language=wishes)
        page = shown(reader)
        said = {"zh-TW": "唯讀", "zh-CN": "只读", "en-US": "read-only"}[wishes]
        assert said in page.inner_text("#view-documents")
        assert page.locator("#view-documents button:not(.ask-chosen, .found, .none)").count() == 0
        assert {"zh-TW": "沒有可提取的文字", "zh-CN": "没有可提取的文字", "en-US": "holds text"}[wishes] in row(
            page, "掃描.pdf"
        )
        assert say("documents.failed", language) in row(page, "掃描.pdf")
        drop(page, {"a.txt": b"x"})
        page.get_by_role("link", name="貓的照顧").click()
        page.wait_for_selector("#view-documents .report")
        assert page.locator("#view-documents button:not(.ask, .ask-about)").count() == 0
        reader.picture(f"documents-read-only-{wishes}")


def test_an_empty_folder_says_how_to_begin(visit: Visitor, tmp_path: Path, real_encoder: Encoder) -> None:
    (tmp_path / "none").mkdir()
    build_index(tmp_path / "none", tmp_path / "index", encoder=real_encoder, may_be_empty=True)
    with hosting(tmp_path / "index", real_encoder, Settings()) as served:
        reader = visit(f"{served}/?view=documents")
        page = shown(reader)
        expect(page.locator("#view-documents .empty")).to_have_text(say("documents.none", "zh-Hant"))
        reader.picture("documents-empty")
        drop(page, {"水獺.docx": FILES["水獺.docx"]})
        expect(page.locator("#view-documents tbody tr")).to_have_count(1)


def test_a_page_over_an_empty_folder_leads_to_the_documents(
    visit: Visitor, tmp_path: Path, real_encoder: Encoder
) -> None:
    (tmp_path / "none").mkdir()
    build_index(tmp_path / "none", tmp_path / "index", encoder=real_encoder, may_be_empty=True)
    with hosting(tmp_path / "index", real_encoder, Settings()) as served:
        reader = visit(served)
        assert say("home.empty", "zh-Hant") in reader.page.inner_text("#chat .welcome")
        reader.say("有什麼文件？")
        reader.finished()
        assert reader.page.locator("#chat a.cite").count() == 0
        reader.picture("documents-empty-chat")


def test_a_text_is_read_again_in_the_encoding_that_is_chosen(visit: Visitor, address: str, corpus: Path) -> None:
    reader = visit(f"{address}/?view=documents")
    page = shown(reader)
    drop(page, {"貓熊.txt": FILES["貓熊.txt"]})
    change(page, "貓熊.txt", say("documents.indexed", "zh-Hant"))
    page.get_by_role("link", name="貓熊").last.click()
    page.get_by_label(say("documents.encoding_choice", "zh-Hant")).select_option("cp950")
    expect(page.locator("#view-documents tbody tr", has_text="貓熊.txt")).to_contain_text("cp950")
    assert (corpus / ".yinju-encodings").read_text("utf-8") == "貓熊.txt = cp950\n"
    page.get_by_role("link", name="貓熊").last.click()
    expect(page.get_by_label(say("documents.encoding_choice", "zh-Hant"))).to_have_value("cp950")
    reader.picture("documents-encoding")
