"""Search: both scripts, the order of hits, weights by hand, and questions that are only data."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from yinju.embedding import load_encoder
from yinju.errors import QuestionError
from yinju.index.generation import Generation
from yinju.library import build_index
from yinju.search import (
    FEATURES,
    find_candidates,
    held_weights,
    make_query,
    probability,
    rank,
    scorers,
    search,
    token_weights,
    weigh,
)
from yinju.settings import Settings
from yinju.types import Encoder
from yinju.vocabulary import shipped_vocabulary

DOCUMENTS = {
    "貓.md": "# 貓的照顧\n\n貓每天要睡十四個小時。\n\n## 飲水\n\n水碗離飯碗遠一點，貓才肯喝水。\n",
    "狗.txt": "狗每天要散步两次。大型犬的软件项圈要选宽的。\n",
    "茶.txt": "泡綠茶的水溫約八十度，紅茶要用滾水。\n",
}


@pytest.fixture(scope="module")
def real_encoder() -> Encoder:
    return load_encoder("")


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Generation]:
    folder = tmp_path_factory.mktemp("search")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(folder / "corpus", folder / "index", encoder=real_encoder)
    opened = Generation(folder / "index", real_encoder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "document", "phrase"),
    [
        ("貓一天睡多久？", "貓.md", "十四個小時"),
        ("猫一天睡多久？", "貓.md", "十四個小時"),
        ("貓的水碗要放哪裡", "貓.md", "水碗"),
        ("狗每天要散步幾次", "狗.txt", "两次"),
        ("泡绿茶的水温是多少度", "茶.txt", "八十度"),
        ("ＴＥＡ？綠茶水溫", "茶.txt", "八十度"),
    ],
)
def test_right_passage_comes_first(
    generation: Generation, real_encoder: Encoder, question: str, document: str, phrase: str
) -> None:
    first = search(generation, real_encoder, question, 3, Settings())[0]
    assert first.passage.document == document
    assert phrase in first.passage.text


def test_scores_are_probabilities_that_never_rise(generation: Generation, real_encoder: Encoder) -> None:
    hits = search(generation, real_encoder, "貓和狗每天做什麼", 10, Settings())
    scores = [hit.score for hit in hits]
    assert len(hits) > 1
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_top_k_limits_the_hits(generation: Generation, real_encoder: Encoder) -> None:
    assert len(search(generation, real_encoder, "每天", 1, Settings())) == 1


def test_a_question_scores_higher_where_it_is_answered(generation: Generation, real_encoder: Encoder) -> None:
    answered = search(generation, real_encoder, "貓每天要睡幾個小時？", 1, Settings())[0]
    unrelated = search(generation, real_encoder, "比特幣明年會漲到多少美元？", 1, Settings())[0]
    assert answered.score > 0.5 > unrelated.score


@pytest.mark.parametrize("question", ["", "  \n", "？！。…", "🙂", "\u200b"])
def test_nothing_to_search_for_is_refused(generation: Generation, real_encoder: Encoder, question: str) -> None:
    with pytest.raises(QuestionError, match="請輸入問題"):
        make_query(generation, real_encoder, question)


def test_too_long_a_question_names_both_numbers(generation: Generation, real_encoder: Encoder) -> None:
    with pytest.raises(QuestionError, match=r"2001 個字.*2000 個字"):
        make_query(generation, real_encoder, "貓" * 2001)


@pytest.mark.parametrize(
    "decoration",
    ['"{}"', "{} AND NOT 狗", "words:{}", "({}", "{}*^~\\", "'; DROP TABLE passages; -- {}", "{}\x00\x1b[31m"],
)
def test_query_operators_are_only_characters(generation: Generation, real_encoder: Encoder, decoration: str) -> None:
    hits = search(generation, real_encoder, decoration.format("貓每天要睡幾個小時"), 1, Settings())
    assert hits[0].passage.document == "貓.md"


def test_weights_follow_background_and_collection(generation: Generation) -> None:
    weights = token_weights(generation, "綠茶")
    in_one_of_all = math.log1p(len(generation) / 1) / math.log1p(len(generation))
    assert weights["绿茶"] == pytest.approx(shipped_vocabulary().weight("绿茶") * in_one_of_all)
    everywhere = token_weights(generation, "每天")["每天"]
    assert everywhere < shipped_vocabulary().weight("每天")


def test_held_weights_by_hand() -> None:
    assert held_weights("绿茶水温", {"绿茶": 3.0, "红茶": 5.0, "水温": 2.0}).tolist() == [3.0, 0.0, 2.0]


def test_a_latin_word_is_held_only_as_a_whole() -> None:
    weights = {"a": 1.0, "b": 1.0, "phone": 1.0, "15": 1.0, "iphone15": 1.0}
    assert held_weights("a/b测试 iphone15", weights).tolist() == [1.0, 1.0, 0.0, 0.0, 1.0]


def test_every_candidate_has_every_feature(generation: Generation, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "泡綠茶的水溫")
    candidates = find_candidates(generation, query, 20)
    assert {frozenset(candidate.features) for candidate in candidates} == {frozenset(FEATURES)}
    tea = next(c for c in candidates if c.passage.document == "茶.txt")
    assert tea.features["words"] == tea.features["bigrams"] == 1.0
    assert tea.features["window"] == pytest.approx(1.0)
    assert tea.features["known"] == pytest.approx(1.0)


def test_context_counts_where_the_sentence_does_not_say_it(generation: Generation, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "照顧 水碗")
    drinking = next(c for c in find_candidates(generation, query, 20) if "水碗" in c.passage.text)
    assert drinking.features["window"] < drinking.features["window_in_context"]
    assert drinking.features["beyond_context"] == pytest.approx(1.0)


def test_ranking_is_the_shipped_weighted_sum(generation: Generation, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "狗散步")
    candidates = find_candidates(generation, query, 20)
    weights = scorers()["ranker"]["weights"]
    best = max(candidates, key=lambda c: sum(weights[name] * c.features[name] for name in weights))
    assert rank(candidates)[0][0] is best
    assert weigh(best.features, "ranker") == pytest.approx(sum(weights[n] * best.features[n] for n in weights))


@pytest.mark.parametrize(("score", "expected"), [(0.0, 0.5), (math.log(3), 0.75), (-1e9, 0.0), (1e9, 1.0)])
def test_probability_is_the_logistic_function(score: float, expected: float) -> None:
    assert probability(score) == pytest.approx(expected)


def test_shipped_scorers_use_known_features() -> None:
    assert set(scorers()["ranker"]["weights"]) <= set(FEATURES)
    assert set(scorers()["confidence"]["weights"]) <= set(FEATURES)


def test_the_other_region_s_word_is_held_by_the_sentence_that_has_it(tmp_path: Path, real_encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "烘焙.txt").write_text("烤箱先預熱十分鐘。她把食譜寫在部落格，備份在隨身碟。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    opened = Generation(tmp_path / "index", real_encoder)
    for question in ("她的博客", "她的部落格", "U盘里有什么", "隨身碟裡有什麼"):
        query = make_query(opened, real_encoder, question)
        (candidate,) = find_candidates(opened, query, 5)
        assert candidate.features["window"] == pytest.approx(1), question
        assert [row.any() for row in candidate.coverage] == [False, True], question
        assert "部落格，備份在隨身碟" in candidate.passage.text
    opened.close()


def test_an_index_of_rare_characters_finds_them(tmp_path: Path, real_encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "人.txt").write_text("𠮷野家的老闆姓𡈽。\n隔壁賣花。\n", "utf-8")
    (tmp_path / "corpus" / "車.txt").write_text("公車每十分鐘一班。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    opened = Generation(tmp_path / "index", real_encoder)
    assert search(opened, real_encoder, "𡈽是誰", 1, Settings())[0].passage.document == "人.txt"
    opened.close()
