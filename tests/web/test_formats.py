"""A question is answered from a file of every format, and its citation opens where the answer stands in that file."""

import asyncio
import html
import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from made_files import HEADS, WRITERS, Content, Section
from yinju import build_index, open_library
from yinju.embedding import StaticEncoder
from yinju.library import Library
from yinju.reading import read_document
from yinju.settings import Settings
from yinju.types import Citation
from yinju.web import create_app
from yinju.web.source.blocks import with_blocks
from yinju.web.source.marks import Marks
from yinju.web.source.place import Place
from yinju.web.source.rendered import elements

LENT = dict(
    zip(
        WRITERS,
        "雨伞 帐篷 投影机 自行车 咖啡机 打印机 吸尘器 电钻 梯子 相机 音箱 麦克风 轮椅 缝纫机".split(),
        strict=True,
    )
)
"""Format → what only the file of that format speaks of."""
PAGED = ("pdf", "pptx")


def content(kind: str) -> Content:
    """Two sections; the second one holds what is asked for, and a table."""
    thing, number = LENT[kind], 120 + 15 * list(WRITERS).index(kind)
    keeping = f"{thing}收回以后要先擦干净，再放回仓库的架子上。"
    lending = f"租借{thing}的押金是{number}元，归还时全数退回。"
    rows = tuple(
        (f"{size}{thing}", str(number + n), f"{thing}第{n}组") for n, size in enumerate(("大号", "中号", "小号"))
    )
    return Content(
        f"{thing}出借办法",
        (
            Section(f"一、怎么保管{thing}", (keeping, f"每个季度检查一次{thing}有没有损坏。"), (HEADS, *rows)),
            Section(
                f"二、怎么租借{thing}",
                (f"先在服务台登记姓名和电话。{lending}", f"一次最多借两件{thing}。"),
                (HEADS, *rows),
            ),
        ),
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_encoder: StaticEncoder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("formats")
    corpus = folder / "文件"
    corpus.mkdir()
    for kind, write in WRITERS.items():
        written = write(content(kind))
        data = written.encode() if isinstance(written, str) else written
        (corpus / f"{LENT[kind]}.{kind}").write_bytes(data)
    build_index(corpus, folder / "index", encoder=real_encoder)
    with open_library(folder / "index", encoder=real_encoder) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    async def create() -> FastAPI:
        return create_app(library, Settings(language="zh-Hans"))

    with TestClient(asyncio.run(create()), base_url="http://127.0.0.1:7860") as opened:
        yield opened


def cited(library: Library, question: str, words: str) -> Citation:
    """The citation of an answer that quotes the words."""
    answer = library.ask(question)
    return next(one for one in answer.citations if words in one.quote)


def place_of(citation: Citation) -> dict[str, str | int]:
    """The query for the place that a citation leads to."""
    version = citation.sha256[:12]
    return {"document": citation.document, "start": citation.start, "end": citation.end, "version": version}


def marked(client: TestClient, citation: Citation, view: str) -> tuple[str, str]:
    """The panel that a citation opens, and what is marked in it."""
    response = client.get("/source", params={**place_of(citation), "view": view})
    assert response.status_code == 200
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", response.text, re.S)
    return html.unescape(response.text), html.unescape("".join(marks))


@pytest.mark.parametrize("kind", WRITERS)
def test_a_citation_opens_at_its_sentence(kind: str, library: Library, client: TestClient) -> None:
    thing, number = LENT[kind], 120 + 15 * list(WRITERS).index(kind)
    citation = cited(library, f"租借{thing}的押金是多少？", f"{number}元")
    assert citation.document == f"{thing}.{kind}"
    for view in ("text", "whole", "raw"):
        panel, mark = marked(client, citation, view)
        assert mark == citation.quote or (kind == "csv" and view != "raw")
        assert f"租借{thing}的押金是{number}元" in mark
        assert 'class="notice"' not in panel
        assert f"{thing}.{kind}" in panel
        assert f"怎么租借{thing}" in panel
    assert (citation.page is not None) == (kind in PAGED)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_citation_of_a_table_opens_at_its_row(kind: str, library: Library, client: TestClient) -> None:
    if kind == "csv":
        pytest.skip("its only table is the file itself")
    thing = LENT[kind]
    citation = cited(library, f"中号{thing}的负责人是哪一组？", f"{thing}第1组")
    assert citation.document == f"{thing}.{kind}"
    quotes = [one.quote for one in library.ask(f"中号{thing}的负责人是哪一组？").citations]
    assert not any("大号" in quote or "小号" in quote for quote in quotes), "no other row is said"
    assert all("中号" in quote for quote in quotes if "数量" in quote), "nor are the heads alone"
    assert marked(client, citation, "raw")[1] == citation.quote
    panel, mark = marked(client, citation, "text")
    assert re.search(r'<th scope="col">.*</thead><tbody>.*<td><mark', panel)
    assert f"中号{thing}" in mark
    assert f"{thing}第2组" not in mark


@pytest.mark.parametrize("kind", WRITERS)
def test_an_index_shows_a_document_as_its_reader_found_it(kind: str, library: Library) -> None:
    kept = library.document(f"{LENT[kind]}.{kind}")
    path = library.original(f"{LENT[kind]}.{kind}")
    assert kept and path
    read, whole = read_document(path.read_bytes(), path.name), (0, len(kept.text))
    shown = [
        [one._replace(level=0, end=0) for one in elements(document, whole, Marks(Place(document, (0, 1))))]
        for document in (read, with_blocks(library, kept, whole))
    ]
    assert shown[0] == shown[1]
    assert {"heading", "table"} <= {one.kind for one in shown[0]} or kind == "csv"


def test_a_page_of_a_pdf_opens_with_a_box_over_the_sentence(library: Library, client: TestClient) -> None:
    citation = cited(library, f"租借{LENT['pdf']}的押金是多少？", "押金")
    shown = client.get("/source/page", params={**place_of(citation), "page": citation.page or 0, "width": 500}).text
    assert 1 <= shown.count('class="box"') <= 2
    assert f'data-page="{citation.page}"' in shown
