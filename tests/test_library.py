"""The façade: build, open, search, ask; safe for threads, and never on an index that is gone."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import yinju
from yinju.errors import IndexDamagedError, IndexMissingError, QuestionError
from yinju.settings import Settings
from yinju.types import Answer, Document, FileState, Hit, IngestReport

if TYPE_CHECKING:
    from tests.conftest import ToyEncoder, WordReranker


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    """An index of the small corpus at its first generation, by the shipped encoder."""
    return shutil.copytree(built / "shipped", tmp_path / "index")


@pytest.fixture
def library(index: Path) -> Iterator[yinju.Library]:
    with yinju.open_library(index) as opened:
        yield opened


def test_the_public_interface(corpus: Path, tmp_path: Path) -> None:
    report = yinju.build_index(str(corpus), str(tmp_path / "index"))
    assert isinstance(report, IngestReport)
    assert [outcome.state for outcome in report.outcomes] == [FileState.INDEXED] * 3
    library = yinju.open_library(str(tmp_path / "index"))
    hits = library.search("微商是什麼？", top_k=2)
    assert isinstance(hits[0], Hit) and len(hits) == 2
    assert hits[0].passage.document == "營銷.txt" and 0 <= hits[1].score <= hits[0].score <= 1
    answer = library.ask("那它在哪裡賣東西？", history=[("微商是什麼？", "…")])
    assert isinstance(answer, Answer)
    assert (answer.refused, answer.mode) == (not answer.text, "extractive") and 0 <= answer.confidence <= 1
    assert "微商是在微信裡賣東西的人。" in [citation.quote for citation in answer.citations]
    assert [document.name for document in library.documents()] == ["營銷.txt", "猫狗.txt", "茶/高山茶.md"]


def test_a_re_ranker_serves_search_and_answers(
    library: yinju.Library, index: Path, word_reranker: "type[WordReranker]"
) -> None:
    question, reader = "泡茶的水要幾度？", word_reranker("清晨", 0.99)
    assert "清晨" not in library.search(question)[0].passage.text
    settings = Settings(rerank_candidates=3, refuse_below=1.0)
    with yinju.open_library(index, reranker=reader, settings=settings) as other:
        assert (library.reranker_name, other.reranker_name, other.device) == (None, "word", None)
        assert "清晨" in other.search(question)[0].passage.text
        answer = other.ask(question)
        assert answer.refused and answer.citations
        assert answer.confidence != library.ask(question).confidence
    assert (reader.read[0], len(reader.read)) == (question, 4)


def test_documents_and_outcomes(library: yinju.Library, corpus: Path) -> None:
    document = library.document("營銷.txt")
    assert isinstance(document, Document)
    assert document.text == (corpus / "營銷.txt").read_text("utf-8")
    assert (document.encoding, document.pages, document.state) == ("utf-8", None, FileState.INDEXED)
    assert library.document("沒有.txt") is None
    assert [outcome.name for outcome in library.outcomes()] == [document.name for document in library.documents()]
    assert (library.generation, library.passage_count, library.encoder.name) == (1, 4, "yinju-static")


def test_quotes_are_the_documents_own_characters(library: yinju.Library) -> None:
    for question in ("猫一天睡几个小时？", "貓一天睡幾個小時？", "泡茶的水要幾度？", "火星上有海嗎？"):
        for citation in library.ask(question).citations:
            document = library.document(citation.document)
            assert document is not None
            assert citation.quote == document.text[citation.start : citation.end] != ""
            assert citation.quote in citation.passage


def test_both_scripts_find_the_same(library: yinju.Library) -> None:
    for traditional, simplified in (("貓睡多久？", "猫睡多久？"), ("高山茶種在哪裡？", "高山茶种在哪里？")):
        assert library.search(traditional) == library.search(simplified)


@pytest.mark.parametrize(
    "noise", ['"', "AND ", "NOT (", "* OR ", "words:", "'; DROP TABLE passages; --", "NEAR(", "\\", "\0"]
)
def test_nothing_typed_is_an_operator(library: yinju.Library, noise: str) -> None:
    assert library.search(noise + "高山茶")[0].passage.document == "茶/高山茶.md"


@pytest.mark.parametrize("question", ["", "  ", "？！", "😀", "\ud800"])
def test_an_empty_question_is_refused(library: yinju.Library, question: str) -> None:
    for call in (library.search, library.ask):
        with pytest.raises(QuestionError, match="請輸入問題"):
            call(question)


def test_a_long_question_is_refused_with_the_limit(index: Path) -> None:
    library = yinju.open_library(index, settings=Settings(question_characters=10))
    assert library.search("茶" * 10)
    with pytest.raises(QuestionError, match="11 個字，上限是 10 個字"):
        library.ask("茶" * 11)


def test_a_lone_surrogate_is_no_trouble(library: yinju.Library) -> None:
    assert library.ask("\ud800微商是什麼？").citations[0].document == "營銷.txt"


def test_top_k(index: Path) -> None:
    library = yinju.open_library(index, settings=Settings(top_k=1))
    assert (len(library.search("茶水")), len(library.search("茶水", 3))) == (1, 3)


def test_an_index_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="yinju index CORPUS --index"):
        yinju.open_library(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_the_next_generation_is_followed(library: yinju.Library, index: Path, corpus: Path) -> None:
    assert library.search("企鵝")[0].passage.document != "企鵝.txt"
    (corpus / "企鵝.txt").write_text("企鵝住在南方的冰上。", "utf-8")
    yinju.build_index(corpus, index)
    assert library.search("企鵝")[0].passage.document == "企鵝.txt"
    assert (library.generation, library.passage_count) == (2, 5)


def test_an_index_that_breaks_is_an_error_not_an_empty_answer(library: yinju.Library, index: Path) -> None:
    assert library.search("茶")
    (index / "CURRENT").unlink()
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        library.search("茶")


def test_threads_ask_while_the_index_is_built_anew(corpus: Path, tmp_path: Path, encoder: "ToyEncoder") -> None:
    """Every answer comes from one generation: the number in its text is that of its title."""

    def write(number: int) -> None:
        for name in ("甲", "乙"):
            (corpus / f"{name}.md").write_text(f"# 版本{number}\n\n企鵝第{number}號住在冰上，{name}說。\n", "utf-8")
        yinju.build_index(corpus, tmp_path / "index", encoder=encoder)

    write(0)
    library, done = yinju.open_library(tmp_path / "index", encoder=encoder), threading.Event()
    errors: list[BaseException] = []
    asked = [0] * 8

    def ask(thread: int) -> None:
        try:
            while not done.is_set():
                found = [hit.passage for hit in library.search("企鵝住在哪裡？", 2)]
                assert len({passage.title for passage in found}) == 1
                assert f"第{found[0].title.removeprefix('版本')}號" in found[0].text
                assert library.ask("企鵝住在哪裡？").citations
                assert library.documents()
                asked[thread] += 1
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for number in range(1, 4):
        write(number)
    done.set()
    for thread in threads:
        thread.join()
    assert (errors, library.generation) == ([], 4)
    assert all(asked)
