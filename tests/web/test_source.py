"""The source panel without a browser: places found again, text marked and parted, pages, files, and what is refused."""

import asyncio
import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from tests.conftest import ToyEncoder
from tests.reading.printed_pdfs import Sheet, cases, places

from yinju import build_index, open_library
from yinju.conversations import Conversations
from yinju.errors import ReadingError
from yinju.library import Library
from yinju.messages import say
from yinju.reading import PageBoxes, read_document
from yinju.settings import Settings
from yinju.types import Answer, Citation, Document, Span, Verdict
from yinju.web import create_app
from yinju.web.rendering import render
from yinju.web.source.panel import Offer, page_html, place_html
from yinju.web.source.passage import BLOCK, WINDOW, part
from yinju.web.source.place import NEAR, Place, Wanted, find_quote
from yinju.web.source.routes import NARROWEST, WIDEST

SENTENCE = "貓每天要睡十四個小時。"


@pytest.mark.parametrize(
    ("text", "quote", "near", "expected"),
    [
        (f"前言。{SENTENCE}後文。", SENTENCE, 0, 3),
        (f"{SENTENCE}{'字' * 3 * NEAR}{SENTENCE}", SENTENCE, 5, 0),
        (f"{'字' * 3 * NEAR}{SENTENCE}", SENTENCE, 0, 3 * NEAR),
        (f"{'字' * 3 * NEAR}是的。", "是的。", 0, None),
        (f"{SENTENCE}{SENTENCE}", SENTENCE, 0, None),
        ("貓每天要睡十二個小時。", SENTENCE, 0, None),
        ("哈哈哈", "哈哈", 0, None),
        ("文", "", 0, None),
        ("1+1=2。(x", "1+1=2。(", 0, 0),
    ],
)
def test_a_quote_is_found_where_it_is_certain(text: str, quote: str, near: int, expected: int | None) -> None:
    assert find_quote(text, quote, near) == (None if expected is None else (expected, expected + len(quote)))


# Text


def place(text: str, cited: Span, *others: tuple[int, int, int]) -> Place:
    document = read_document(text.encode(), "甲.md")
    also = tuple(Citation(n, "甲.md", "甲", "", None, a, b, "", "", document.sha256) for n, a, b in others)
    return Place(document, cited, others=also, wanted=Wanted(turn=3))


def text_of(place: Place, view: str) -> str:
    """What the panel shows in a view, without its header."""
    return place_html(place, view, Offer(), "zh-Hant").partition("</header>")[2]


def marks(shown: str) -> list[tuple[str, str]]:
    """Each mark's class and the text in it, without the number of an other citation."""
    found = re.findall(r'<mark(?: class="(\w+)")?[^>]*>(.*?)(?:<a [^>]*>.*?</a>)?</mark>', html.unescape(shown), re.S)
    return [(kind, text) for kind, text in found]


def words(shown: str) -> str:
    """The text that is seen, without numbers and buttons."""
    return html.unescape(re.sub(r"<a .*?</a>|<button.*?</button>|<[^>]+>", "", shown))


def test_a_whole_text_marks_what_is_cited_and_what_else_is() -> None:
    shown = text_of(place("甲乙丙丁戊己", (2, 4), (1, 0, 1), (4, 4, 6)), "whole")
    assert marks(shown) == [("other", "甲"), ("", "丙丁"), ("other", "戊己")]
    assert html.unescape(shown).count('href="#src-3-4?document=') == 1
    assert words(shown) == "甲乙丙丁戊己"


def test_citations_that_overlap_share_their_text_out() -> None:
    shown = text_of(place("甲乙丙丁戊己", (2, 4), (1, 1, 5), (2, 2, 4), (3, 4, 6)), "whole")
    assert marks(shown) == [("other", "乙"), ("", "丙丁"), ("other", "戊"), ("other", "己")]


def test_an_excerpt_shows_only_what_is_cited() -> None:
    assert marks(text_of(place("甲乙丙丁戊己", (2, 4), (1, 0, 1)), "text")) == [("", "丙丁")]


@pytest.mark.parametrize(
    "text", ["# 題\n\n**文**一。\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n", "  甲\t乙\r\n\n\n丙丁戊己 \n"]
)
def test_the_raw_text_is_what_was_read_to_the_character(text: str) -> None:
    shown = place(text, (2, 4), (1, 0, 1))
    assert marks(text_of(shown, "raw")) == [("other", text[0]), ("", text[2:4])]
    assert words(text_of(shown, "raw")) == shown.document.text


LONG = "".join(f"第{number}行記下當天的天氣與溫度。\n" for number in range(40_000))


@pytest.mark.parametrize("view", ["whole", "raw"])
@pytest.mark.parametrize("middle", [0, 300_000, len(LONG) - 10])
def test_a_long_text_comes_in_parts_that_join(middle: int, view: str) -> None:
    text = LONG if view == "raw" else LONG.replace("\n", "")
    shown = place(LONG, (middle, middle + 5))
    whole = html.unescape(text_of(shown, view))
    spans = [tuple(map(int, found)) for found in re.findall(r"first=(\d+)&last=(\d+)", whole)]
    assert len(spans) == (middle > WINDOW) + (middle < len(LONG) - WINDOW)
    parts = {middle: words(whole)}
    assert len(parts[middle]) <= WINDOW + BLOCK
    for first, last in spans:
        parts[first] = words(render("source/part.html", "zh-Hant", **part(shown, (first, last), view)))
    seen = "".join(text for _, text in sorted(parts.items()))
    assert seen in text
    assert len(seen) == sum(map(len, parts.values()))


def test_a_long_text_is_laid_out_where_it_is_seen() -> None:
    shown = text_of(place(LONG, (300_000, 300_010)), "whole")
    near = re.findall(r'<div class="block">', shown)
    assert 1 <= len(near) <= 4
    assert shown.count('class="block far" style="contain-intrinsic-height: auto ') > 10


# Pages


def labelled(label: str) -> Place:
    """A place on the second page, which the document calls by a label."""
    found = place("甲乙丙丁", (1, 3))
    return replace(found, document=replace(found.document, page_starts=(0, 1), page_labels=("1", label)))


def test_a_page_is_an_image_with_boxes_in_fractions() -> None:
    shown = page_html(labelled("ii"), PageBoxes(2, 9, (595, 842), ((0.1, 0.2, 0.5, 0.25),)), 800, "zh-Hant")
    assert 'style="left:10.000%;top:20.000%;width:40.000%;height:5.000%"' in shown
    assert "第 2 頁（ii），共 9 頁" in html.unescape(shown)
    assert "&width=800" in html.unescape(shown)


@pytest.mark.parametrize(("label", "name"), [("", "第 2 頁"), ("2", "第 2 頁"), ("<b>", "第 2 頁（<b>）")])
def test_a_page_s_own_name_stands_beside_its_number(label: str, name: str) -> None:
    shown = page_html(labelled(label), PageBoxes(2, 9, (595, 842), ()), 800, "zh-Hant")
    assert f'data-where="{name}，共 9 頁"' in html.unescape(shown)
    assert "<b>" not in shown
    panel = place_html(labelled(label), "text", Offer(page=True), "zh-Hant")
    assert f'<span class="page">{name}</span>' in html.unescape(panel)
    assert "<b>" not in panel


# Routes


class Shelf:
    """A PDF and a text with an awkward name, indexed and served."""

    def __init__(self, folder: Path) -> None:
        """Write and index the files."""
        self.corpus, self.index = folder / "corpus", folder / "index"
        self.corpus.mkdir()
        self.sheet: Sheet = cases()["turned-90"]()
        self.pdf = self.corpus / "表.pdf"
        self.pdf.write_bytes(self.sheet.pdf())
        (self.corpus / '甲 "乙".txt').write_text("茶要用滾水沖泡。\n", "utf-8")
        build_index(self.corpus, self.index, encoder=ToyEncoder())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def library(shelf: Shelf) -> Iterator[Library]:
    with open_library(shelf.index, encoder=ToyEncoder()) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hant"))

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860") as opened:
        yield opened


@pytest.fixture
def pdf(library: Library) -> Document:
    found = library.document("表.pdf")
    assert found
    return found


def asked(shelf: Shelf, document: Document, number: int = 2, **more: str | int) -> dict[str, str | int]:
    """The query for a sentence of the PDF."""
    start, end = next(places(document.text, shelf.sheet.sentences[number]))
    return {"document": document.name, "start": start, "end": end, "version": document.sha256[:12], **more}


def test_a_pdf_shows_its_page_unless_its_text_is_wanted(client: TestClient, shelf: Shelf, pdf: Document) -> None:
    views = [("", "page"), ("page", "page"), ("text", "text"), ("whole", "whole"), ("raw", "raw"), ("x", "page")]
    for view, chosen in views:
        shown = client.get("/source", params=asked(shelf, pdf, view=view)).text
        assert f'data-view="{chosen}" aria-pressed="true"' in shown
        assert shown.count('aria-pressed="true"') == 1
        assert ('class="leaf"' in shown) == (chosen == "page")
        assert shelf.sheet.sentences[2] in html.unescape(shown)
        assert "original?" in shown
    assert say("source.no_page", "zh-Hant") in html.unescape(
        client.get("/source", params=asked(shelf, pdf, failed="true")).text
    )


def test_a_text_has_no_page(client: TestClient) -> None:
    shown = client.get("/source", params={"document": '甲 "乙".txt', "start": 0, "end": 3, "view": "page"}).text
    assert 'data-view="page"' not in shown
    assert 'data-view="text" aria-pressed="true"' in shown
    assert 'class="notice"' not in shown


def test_a_page_comes_with_the_boxes_of_what_is_cited(client: TestClient, shelf: Shelf, pdf: Document) -> None:
    response = client.get("/source/page", params=asked(shelf, pdf, width=500))
    assert response.text.count('class="box"') == 1
    address = html.unescape(re.findall('src="(.*?)"', response.text)[0])
    image = client.get(address)
    assert image.headers["content-type"] == "image/webp"
    assert "immutable" in image.headers["cache-control"]
    assert Image.open(io.BytesIO(image.content)).width == pytest.approx(500, abs=1)
    assert client.get("/source/page", params=asked(shelf, pdf, page=99)).status_code == 404


@pytest.mark.parametrize(("width", "expected"), [(-5, NARROWEST), (10**9, WIDEST)])
def test_an_image_has_a_decent_size(client: TestClient, pdf: Document, width: int, expected: int) -> None:
    place: dict[str, str | int] = {"document": pdf.name, "version": pdf.sha256[:12], "page": 1, "width": width}
    image = Image.open(io.BytesIO(client.get("/page", params=place).content))
    assert image.width == pytest.approx(expected, abs=1)


def test_a_file_is_downloaded_and_never_opened(client: TestClient, shelf: Shelf) -> None:
    response = client.get("/original", params={"document": '甲 "乙".txt'})
    assert response.content == (shelf.corpus / '甲 "乙".txt').read_bytes()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == "attachment; filename*=utf-8''%E7%94%B2%20%22%E4%B9%99%22.txt"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "sandbox"


@pytest.mark.parametrize("path", ["/page", "/original"])
@pytest.mark.parametrize("name", ["沒有.pdf", "../index/CURRENT", "/etc/passwd"])
def test_only_indexed_files_are_given(client: TestClient, path: str, name: str) -> None:
    assert client.get(path, params={"document": name, "version": "", "page": 1}).status_code == 404


def test_a_file_that_changed_is_not_shown(client: TestClient, shelf: Shelf, pdf: Document) -> None:
    before = shelf.pdf.read_bytes()
    shelf.pdf.write_bytes(before + b"\n")
    try:
        shown = client.get("/source", params=asked(shelf, pdf)).text
        assert say("source.no_page", "zh-Hant") in html.unescape(shown)
        assert "original?" not in shown
        place: dict[str, str | int] = {"document": pdf.name, "version": pdf.sha256[:12], "page": 1}
        assert [client.get(path, params=place).status_code for path in ("/page", "/original")] == [404, 404]
        assert client.get("/source/page", params=asked(shelf, pdf)).status_code == 404
    finally:
        shelf.pdf.write_bytes(before)


def test_a_page_that_ends_its_reader_is_no_error_of_the_server(
    client: TestClient, library: Library, shelf: Shelf, pdf: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*arguments: object) -> PageBoxes:
        raise ReadingError("changed")

    monkeypatch.setattr(library, "page_boxes", crash)
    assert client.get("/source/page", params=asked(shelf, pdf)).status_code == 404


def kept(library: Library, shelf: Shelf, pdf: Document, **changed: str) -> str:
    """The message of an answer that cites two sentences of the PDF and one that is gone."""
    citations = []
    for marker in (1, 2):
        start, end = next(places(pdf.text, shelf.sheet.sentences[marker]))
        quote = pdf.text[start:end]
        citations.append(Citation(marker, pdf.name, pdf.title, "", 1, start, end, quote, quote, pdf.sha256))
    citations.append(replace(citations[0], marker=3, quote="不在了的一句話。", sha256="old"))
    citations = [replace(citation, **changed) for citation in citations]  # type: ignore[arg-type]
    answer = Answer("問", (), tuple(citations), Verdict.NOTHING, 0.1, "extractive", 0.01)
    return Conversations(library.index / "conversations.sqlite").keep("", "chat", answer)


def test_a_kept_citation_opens_its_page_and_the_whole_text(
    client: TestClient, library: Library, shelf: Shelf, pdf: Document
) -> None:
    message = kept(library, shelf, pdf)
    assert 'class="leaf"' in client.get("/source", params={"message": message, "marker": 1}).text
    shown = client.get("/source", params={"message": message, "marker": 1, "view": "whole", "turn": 7}).text
    assert sorted(kind for kind, _ in marks(shown)) == ["", "other"]
    assert f"#src-7-2?message={message}&marker=2" in html.unescape(shown)
    gone = client.get("/source", params={"message": message, "marker": 3}).text
    assert say("source.edited", "zh-Hant") in html.unescape(gone)
    assert client.get("/source/text", params={"message": message, "marker": 3}).status_code == 409


def test_a_page_is_shown_only_of_the_file_that_was_cited(
    client: TestClient, library: Library, shelf: Shelf, pdf: Document
) -> None:
    message = kept(library, shelf, pdf, sha256="old")
    shown = client.get("/source", params={"message": message, "marker": 1}).text
    assert say("source.moved", "zh-Hant") in html.unescape(shown)
    assert 'class="leaf"' not in shown
    assert 'data-view="page"' not in shown


def test_an_answer_that_is_not_kept_names_what_else_it_cites(client: TestClient, shelf: Shelf, pdf: Document) -> None:
    start, end = next(places(pdf.text, shelf.sheet.sentences[4]))
    also = f"5.{start}.{end} 6.9.9 7.0.99999999 x"
    shown = client.get("/source", params=asked(shelf, pdf, view="whole", also=also, turn=2)).text
    assert sorted(kind for kind, _ in marks(shown)) == ["", "other"]
    assert "#src-2-5?document=" in html.unescape(shown)


# On paper


def test_a_source_is_printed_with_its_place_and_nothing_around(client: TestClient, shelf: Shelf, pdf: Document) -> None:
    shown = html.unescape(client.get("/source/paper", params=asked(shelf, pdf)).text)
    sentence = shelf.sheet.sentences[2]
    assert f"<h1>{pdf.title}</h1>" in shown and "表.pdf" in shown and "第 1 頁" in shown
    assert shown.count(sentence) == 2 and sentence in "".join(text for _, text in marks(shown))
    assert re.search(r"列印於 20\d\d-\d\d-\d\d \d\d:\d\d", shown)
    assert not re.search("<(button|nav|form|header)", shown)


def test_what_was_quoted_of_a_source_that_is_gone_is_printed(
    client: TestClient, library: Library, shelf: Shelf, pdf: Document
) -> None:
    message = kept(library, shelf, pdf, document="沒了.pdf", quote="不在了的<一>句話。", sha256="0" * 64)
    shown = html.unescape(client.get("/source/paper", params={"message": message, "marker": 1}).text)
    assert say("source.deleted", "zh-Hant") in shown
    assert "不在了的<一>句話。" in shown and "沒了.pdf" in shown
    assert client.get("/source/paper", params={"document": "沒有.pdf"}).status_code == 404
