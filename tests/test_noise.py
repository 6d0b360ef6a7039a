"""Stray characters and spaces: which words they break, that such a passage is found, and that the original stays."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yinju.ingest.build import open_store
from yinju.library import build_index, open_library
from yinju.noise import mended_words
from yinju.settings import Settings
from yinju.text import search_form

if TYPE_CHECKING:
    from tests.conftest import ToyEncoder

CLEAN = [
    "週末的市集賣陶器，也賣手工肥皂。",
    "請在七天內把書還給圖書館，逾期每天收五元。",
    "会议室可以提前两周预订，取消请告诉前台。",
    "春天播种，秋天收割，冬天修理农具。",
]
NOISY = {
    "活動.txt": "老街的活動以宣傳為主，先做市容場調查，再決定擺攤的位置。\n",
    "陶窯.txt": "柴窯的燒製溫回度很高，陶土先陰乾三天，再用松木慢答慢升溫。\n",
    "渡船.txt": "河口的渡版輪每半小時一班，颱風天停權駛，票價二十元。\n",
    "书店.txt": "这家书店每月办一次读内书会，会容员买书打九折。\n",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先做市容場調查", ["市场"]),
        ("低成內本投入", ["低成本"]),
        ("微信營容銷平台", ["营销"]),
        ("河口的渡版輪每半小時一班", ["轮渡"]),
        ("票價\u200b二\u200b十元，燒製溫回\u200b度很高", ["温度"]),
        ("溫回度高，溫答度低", ["温度"]),
        ("", []),
        ("度", []),
        ("marketing 2024", []),
        ("溫，度", []),
        ("搖一搖，找不到，兩千零一十人", []),
        ("如何找 到這些因素", ["找到"]),
        ("這是一個很長的句 子，下一 步", ["句子", "一步"]),
        ("陶土先陰\u3000乾三天", ["阴干"]),
        ("第一章 總則，陳大文 李小明 王美麗", []),
        ("在 目前 頁面 的 選單", []),
        ("運 營 的 核 心", []),
    ],
)
def test_a_word_broken_by_one_character_or_space_is_mended(text: str, expected: list[str]) -> None:
    assert mended_words(text) == expected


@pytest.mark.parametrize("text", CLEAN)
def test_nothing_is_mended_in_a_clean_sentence(text: str) -> None:
    assert mended_words(text) == []


def test_hardly_anything_is_mended_in_the_sample_corpus(tmp_path: Path) -> None:
    build_index(Path(__file__).parents[1] / "corpus", tmp_path / "index")
    opened = open_store(tmp_path / "index").open()
    passages = opened.documents.passages([n for n, _ in opened.documents.places()])
    opened.close()
    assert sum(len(passage.mended) for passage in passages) < 0.0025 * sum(len(passage.text) for passage in passages)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of four noisy documents among clean ones."""
    folder = tmp_path_factory.mktemp("noisy")
    (folder / "corpus").mkdir()
    for name, text in [*NOISY.items(), *((f"{i}.txt", text) for i, text in enumerate(CLEAN))]:
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index")
    return folder / "index"


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("市場調查", "活動.txt"),
        ("市场怎么调查？", "活動.txt"),
        ("溫度", "陶窯.txt"),
        ("溫度高不高？", "陶窯.txt"),
        ("渡輪", "渡船.txt"),
        ("渡轮多久一班？", "渡船.txt"),
        ("停駛", "渡船.txt"),
        ("讀書會", "书店.txt"),
        ("会员买书打几折？", "书店.txt"),
    ],
)
def test_a_broken_word_finds_its_passage(index: Path, question: str, document: str) -> None:
    with open_library(index, settings=Settings(refuse_below=0.0)) as library:
        hits = library.search(question, 1)
        answer = library.ask(question)
    assert [hit.passage.document for hit in hits] == [document]
    assert hits[0].passage.text == NOISY[document].strip()  # the stray characters are shown where they stand
    cited = answer.citations[0]
    assert (cited.document, cited.quote) == (document, NOISY[document][cited.start : cited.end])


def test_what_is_mended_is_kept_by_sentence(index: Path) -> None:
    opened = open_store(index).open()
    passages = {
        passage.document: passage for passage in opened.documents.passages([n for n, _ in opened.documents.places()])
    }
    assert passages["渡船.txt"].mended == ((0, "轮渡"), (0, "停驶"))
    assert all(passage.mended == () for name, passage in passages.items() if name not in NOISY)
    for passage in passages.values():
        for number, word in passage.mended:
            start, end = passage.sentences[number]
            assert word not in search_form(passage.text[start:end])
    opened.close()


def test_what_is_mended_is_taken_over_with_an_unchanged_document(tmp_path: Path, encoder: "ToyEncoder") -> None:
    (tmp_path / "a.txt").write_text(NOISY["渡船.txt"], "utf-8")
    build_index(tmp_path, tmp_path / "index", encoder=encoder)
    (tmp_path / "b.txt").write_text(CLEAN[0], "utf-8")
    report = build_index(tmp_path, tmp_path / "index", encoder=encoder)
    assert [outcome.reused for outcome in report.outcomes] == [True, False]
    with open_library(tmp_path / "index", encoder=encoder) as library:
        assert library.search("停駛", 1)[0].passage.mended == ((0, "轮渡"), (0, "停驶"))
