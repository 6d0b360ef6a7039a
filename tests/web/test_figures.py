"""Figures at the page without a browser: below answers, in their place in the source, as pictures, and in exports."""

import asyncio
import html
import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2  # type: ignore[import-untyped]
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from tests.figured_files import pdf_file, picture, slides_file, web_page, word_file

from yinju import build_index, open_library
from yinju.conversations import Conversations, KeptAnswer
from yinju.export import export, pictures_of
from yinju.ingest.originals import Originals
from yinju.library import Library
from yinju.messages import say
from yinju.printing import answer_json
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Answer, Figure, FigureSource
from yinju.web import create_app
from yinju.web.messages import answer_html
from yinju.web.source.chart import chart_svg, drawn_chart

HOSTILE = "圖 7：<img src=x onerror=alert(1)>的通路占比"
NO_OCR = Settings(language="zh-Hant", ocr=False)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures") / "corpus"
    (folder / "img").mkdir(parents=True)
    (folder / "報告.docx").write_bytes(word_file(HOSTILE))
    (folder / "會員.pptx").write_bytes(slides_file())
    (folder / "茶園.pdf").write_bytes(pdf_file())
    (folder / "步道.html").write_text(web_page(), "utf-8")
    (folder / "img" / "map.png").write_bytes(picture(300, 220, "green"))
    (folder.parent / "secret.png").write_bytes(picture())
    (folder / "外.html").write_text(
        "<html><body><p>鑰匙放在門墊下面。</p><img src='../secret.png' alt='不該看到的圖片內容'></body></html>", "utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def library(corpus: Path, real_encoder: Encoder) -> Iterator[Library]:
    build_index(corpus, corpus.parent / "index", encoder=real_encoder, settings=NO_OCR)
    with open_library(corpus.parent / "index", encoder=real_encoder, settings=NO_OCR) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, NO_OCR)

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860") as opened:
        yield opened


def shown_below(answer: Answer) -> list[str]:
    return [figure.caption for citation in answer.citations for figure in citation.figures]


@pytest.mark.parametrize(
    ("question", "captions"),
    [
        ("第三季的銷售額是多少？", ["圖 1：各季銷售額的變化"]),
        ("三月的新會員有多少人？", ["每月新會員與回流會員"]),
        ("梯田的面積哪裡增加最多？", ["圖 2 各坡梯田的面積（公頃）"]),
        ("環山步道全長多少？", ["環山步道路線圖"]),
        ("客服的滿意度如何？", []),
    ],
)
def test_an_answer_has_the_figures_of_what_it_cites(library: Library, question: str, captions: list[str]) -> None:
    answer = library.ask(question)
    assert [one for one in shown_below(answer) if one in captions] == captions
    assert len(shown_below(answer)) <= 3 and (captions or not shown_below(answer))
    kept = [one.get("figures", ()) for one in answer_json(answer)["citations"]]
    assert [figure["caption"] for figures in kept for figure in figures] == shown_below(answer)


def test_what_stands_below_an_answer_opens_the_source_at_the_figure(library: Library, client: TestClient) -> None:
    shown = html.unescape(answer_html(library.ask("第三季的銷售額是多少？"), 1, "zh-Hant"))
    link = re.search(r'<a class="figure" href="(#src-1-1-0\?([^"]+))"', shown)
    source = re.search(r'<img src="(source/figure[^"]+)" alt="圖 1：各季銷售額的變化" loading="lazy"', shown)
    assert link and source
    got = client.get(f"/{source[1]}")
    assert (got.status_code, got.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in got.headers["cache-control"] and Image.open(io.BytesIO(got.content)).size[0] <= 400
    panel = client.get(f"/source?{link[2]}").text
    assert panel.count('<figure class="figure wanted"') == 1
    before, _, after = panel.partition('<figure class="figure wanted"')
    assert "一千二百萬元" in before and "圖 1：各季銷售額的變化" in html.unescape(after)


def test_hostile_captions_are_nothing_but_words(library: Library, client: TestClient) -> None:
    answer = library.ask("實體門市的比重如何？")
    assert HOSTILE in shown_below(answer)
    shown = answer_html(answer, 1, "zh-Hant")
    assert "<img src=x" not in shown and HOSTILE in html.unescape(shown)
    chart = client.get("/source/figure", params=wanted(library, "會員.pptx", 1))
    assert (
        chart.headers["content-type"] == "image/svg+xml"
        and "default-src 'none'" in chart.headers["content-security-policy"]
    )
    assert "<b>" not in chart.text and "新會員" in chart.text and "-45" in html.unescape(chart.text)


def wanted(library: Library, name: str, number: int) -> dict[str, str | int]:
    document = library.document(name)
    assert document
    return {"document": name, "n": number, "version": document.sha256[:12], "width": 300}


def test_a_picture_beside_a_page_is_shown_and_none_outside_of_the_folder(library: Library, client: TestClient) -> None:
    assert client.get("/source/figure", params=wanted(library, "步道.html", 0)).status_code == 200
    assert library.figures("外.html") == ()
    document = library.document("外.html")
    assert document
    out, inside = (Figure(0, FigureSource.FILE, (path,)) for path in ("../secret.png", "img/map.png"))
    originals, corpus = Originals(), library.facts.corpus
    assert originals.beside(corpus, document, out) is None and originals.beside(corpus, document, inside)


@pytest.mark.parametrize("change", [{"n": 99}, {"n": -1}, {"version": "0" * 12}, {"document": "沒有.docx"}])
def test_what_is_not_there_is_refused(library: Library, client: TestClient, change: dict[str, str | int]) -> None:
    assert client.get("/source/figure", params=wanted(library, "報告.docx", 0) | change).status_code == 404


def test_a_file_that_is_gone_leaves_the_caption(corpus: Path, library: Library, client: TestClient) -> None:
    path, aside = corpus / "img" / "map.png", corpus.parent / "aside.png"
    path.rename(aside)
    try:
        refused = client.get("/source/figure", params=wanted(library, "步道.html", 0))
        assert refused.status_code == 404 and say("source.no_figure", "zh-Hant") in html.unescape(refused.text)
        os.symlink(corpus.parent / "secret.png", path)
        assert client.get("/source/figure", params=wanted(library, "步道.html", 0)).status_code == 404
        path.unlink()
    finally:
        aside.rename(path)
    assert shown_below(library.ask("環山步道全長多少？"))


def test_a_kept_answer_keeps_its_figures(library: Library, tmp_path: Path) -> None:
    kept, answer = Conversations(tmp_path / "kept.sqlite"), library.ask("第三季的銷售額是多少？")
    message = kept.keep("visitor", "chat", answer)
    again = kept.kept("visitor", message)
    assert again and [c.figures for c in again.answer.citations] == [c.figures for c in answer.citations]


def test_exports_have_the_figures(library: Library) -> None:
    answers = [library.ask("第三季的銷售額是多少？"), library.ask("三月的新會員有多少人？")]
    kept = [KeptAnswer("a", 0.0, answer) for answer in answers]
    word = export("docx", "圖", kept, "zh-Hant", pictures_of(library, chart_svg))
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 2
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word)).paragraphs)
    assert "圖 1：各季銷售額的變化［1］" in text and "每月新會員與回流會員［1］" in text
    assert "圖 1：各季銷售額的變化［1］" in export("md", "圖", kept, "zh-Hant").decode()
    pdf = pypdfium2.PdfDocument(export("pdf", "圖", kept, "zh-Hant", pictures_of(library, chart_svg)))
    pictures = [one for page in pdf for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    assert len(pictures) == 2
    pdf.close()


@pytest.mark.parametrize(
    ("kind", "values", "shapes"),
    [
        ("bar", [1, 2, 3], 3), ("lying", [1, None, -3], 2), ("pie", [1, 1, 2], 3), ("line", [1, 5, 2], 4),
        ("area", [0, 0, 0], 4), ("dots", [1e9, 2, 3], 3), ("bar", [None, None, None], 0),
    ],
)  # fmt: skip
def test_charts_of_every_kind_are_drawn(kind: str, values: list[float | None], shapes: int) -> None:
    data = {
        "kind": kind, "title": "標題" * 50, "stacked": False, "across": "月", "up": "人", "names": ["1", "2", "9"],
        "series": [{"name": "<甲>", "kind": kind, "values": values}],
    }  # fmt: skip
    drawn = drawn_chart(data)
    assert len(drawn.shapes) == shapes and len(drawn.title) <= 40
    assert all(0 <= one.x <= drawn.width and 0 <= one.y <= drawn.height for one in drawn.shapes)
