"""Why a passage was found: the search's own order and scores, and the terms marked in its original characters."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from tests.conftest import WordReranker

from yinju.errors import QuestionError, SettingsError
from yinju.ingest.build import open_store
from yinju.library import Library, build_index, open_library
from yinju.protocols import Encoder
from yinju.retrieval import Retriever
from yinju.retrieval.explain import ExplainedHit, Explanation, Term, explain, joined, term_marks
from yinju.settings import Settings

DOCUMENTS = {
    "行銷.md": "# 行銷入門\n\n行銷不是叫賣。把軟體放進隨身碟送給客人，也是行銷。\n\n## 市場\n\n先做市容場調查。\n",
    "营销.txt": "营销要用软件。U盘里有iPhone15的价目。phone 另算。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("explain")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    with open_library(folder / "index", encoder=real_encoder, settings=Settings()) as opened:
        yield opened


def marked(hit: ExplainedHit) -> list[str]:
    """What is marked in a passage."""
    return [hit.passage.text[start:end] for start, end in hit.marks]


def of(explained: Explanation, document: str) -> list[ExplainedHit]:
    return [hit for hit in explained.hits if hit.passage.document == document]


@pytest.mark.parametrize("question", ["行銷要用什麼軟體？", "U盘", "iphone15", "比特幣", "貓", "怎麼樣"])
def test_order_and_scores_are_those_of_the_search(library: Library, question: str) -> None:
    found = [(hit.passage, hit.score) for hit in library.search(question, 9)]
    assert [(hit.passage, hit.score) for hit in library.explain(question, 9).hits] == found
    assert len(library.explain(question, 1).hits) == 1


@pytest.mark.parametrize("question", ["營銷 軟件 U盤", "营销 软件 U盘", "行銷 軟體 隨身碟", "行销 软体 随身碟"])
def test_both_scripts_and_regions_mark_the_same(library: Library, question: str) -> None:
    explained = library.explain(question, 9)
    first = next(hit for hit in of(explained, "行銷.md") if "叫賣" in hit.passage.text)
    assert marked(first) == ["行銷", "軟體", "隨身碟", "行銷"]
    assert [first.passage.title[slice(*span)] for span in first.title_marks] == ["行銷"]
    assert marked(of(explained, "营销.txt")[0]) == ["营销", "软件", "U盘"]
    assert [term.asked for term in explained.terms] == question.split()


def test_a_latin_word_is_marked_only_as_a_whole(library: Library) -> None:
    assert marked(of(library.explain("phone 营销"), "营销.txt")[0]) == ["营销", "phone"]


def test_a_word_is_marked_in_spite_of_a_stray_character(library: Library) -> None:
    hit = next(hit for hit in library.explain("市場調查").hits if "調查" in hit.passage.text)
    assert hit.passage.mended == ((0, "市场"),)
    assert marked(hit) == ["市容場調查"]
    assert [hit.passage.headings[-1][slice(*span)] for span in hit.heading_marks[-1]] == ["市場"]


def test_the_terms_tell_where_they_stand(library: Library) -> None:
    explained = library.explain("行銷怎麼看待隨身碟和區塊鏈？")
    assert {term.asked: term.known for term in explained.terms if term.asked in ("行銷", "隨身碟")} == {
        "行銷": True, "隨身碟": True,
    }  # fmt: skip
    assert "鏈" in "".join(term.asked for term in explained.terms if not term.known)
    market = next(hit for hit in explained.hits if "調查" in hit.passage.text)
    assert market.held == ()
    assert "行銷" in {term.asked for term in market.held_around}
    assert market.marks == ()


def test_the_telling_sentence_holds_most_of_what_is_asked(library: Library) -> None:
    hit = of(library.explain("軟體 隨身碟"), "行銷.md")[0]
    document = library.document("行銷.md")
    assert document
    assert document.text[slice(*hit.telling)] == "把軟體放進隨身碟送給客人，也是行銷。"
    assert hit.sha256 == document.sha256
    stranger = library.explain("比特幣").hits[0]
    assert stranger.telling == (stranger.passage.start, stranger.passage.end)


def test_the_numbers_are_those_of_the_candidate(library: Library) -> None:
    hit = library.explain("行銷").hits[0]
    assert hit.keyword == pytest.approx(sum(hit.fields.values()) / 3)
    assert set(hit.fields) == {"words", "bigrams", "characters"}
    assert all(0 < value < 1 for value in hit.fields.values())
    assert -1 <= hit.dense <= 1
    assert [share.points for share in hit.shares] == sorted((share.points for share in hit.shares), reverse=True)
    words = next(share for share in hit.shares if share.feature == "words")
    assert words.points == pytest.approx(hit.fields["words"] * words.weight)
    assert hit.reread is None


def test_a_re_ranker_s_opinion_is_told(
    library: Library, real_encoder: Encoder, word_reranker: Callable[[str], WordReranker]
) -> None:
    with closing(open_store(library.index).open()) as opened:
        explained = explain(Retriever(opened, real_encoder, Settings(), word_reranker("調查")), "行銷", 3)
    assert "調查" in explained.hits[0].passage.text
    assert explained.hits[0].reread == pytest.approx(2.197, abs=1e-3)  # ln(0.9 / 0.1)


def test_what_cannot_be_searched_is_refused(library: Library) -> None:
    with pytest.raises(QuestionError):
        library.explain("？！")
    with pytest.raises(QuestionError):
        library.explain("貓" * 2_001)
    with pytest.raises(SettingsError, match="top_k=0"):
        library.explain("貓", 0)


@pytest.mark.parametrize(
    ("text", "tokens", "expected"),
    [
        ("行銷就是營銷", ["营销"], [(0, 2), (4, 6)]),
        ("微\u200b信行銷", ["微信"], [(0, 3)]),
        ("微信行銷", ["微信", "营销"], [(0, 4)]),
        ("５㎏的貓", ["5kg"], [(0, 2)]),
        ("cafe\u0301 貓", ["café"], [(0, 5)]),
        ("a貓b猫", ["猫"], [(1, 2), (3, 4)]),
        ("", ["猫"], []),
        ("貓", [], []),
    ],
)
def test_marks_are_ranges_of_the_original(text: str, tokens: list[str], expected: list[tuple[int, int]]) -> None:
    assert list(term_marks(text, [Term(token, token, True) for token in tokens])) == expected


def test_ranges_that_touch_are_joined() -> None:
    assert joined([(5, 7), (0, 2), (2, 3), (1, 2), (6, 6)]) == ((0, 3), (5, 7))
    assert joined([]) == ()
