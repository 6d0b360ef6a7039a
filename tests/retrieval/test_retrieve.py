"""Search: both scripts, the order of hits, questions that are only data, and a re-ranker's second opinion."""

import math
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.protocols import Encoder
from yinju.retrieval.candidates import FEATURES, find_candidates
from yinju.retrieval.query import make_query
from yinju.retrieval.retrieve import (
    CROWD,
    LEAST_READ,
    Retriever,
    as_many_as,
    probability,
    rank,
    rerank,
    retrieve,
    scorers,
    search,
    standing,
    weigh,
)
from yinju.settings import Settings
from yinju.store.protocol import Snapshot
from yinju.store.scoped import ScopedSnapshot
from yinju.types import Scope

if TYPE_CHECKING:
    from tests.conftest import WordReranker


@pytest.fixture
def retriever(generation: Snapshot, real_encoder: Encoder) -> Retriever:
    """What finds passages about cats, dogs and tea."""
    return Retriever(generation, real_encoder, Settings())


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
def test_right_passage_comes_first(retriever: Retriever, question: str, document: str, phrase: str) -> None:
    first = search(retriever, question, 3)[0]
    assert first.passage.document == document
    assert phrase in first.passage.text


def test_scores_are_probabilities_that_never_rise(retriever: Retriever) -> None:
    hits = search(retriever, "貓和狗每天做什麼", 10)
    scores = [hit.score for hit in hits]
    assert len(hits) > 1
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_top_k_limits_the_hits(retriever: Retriever) -> None:
    assert len(search(retriever, "每天", 1)) == 1


def test_a_question_scores_higher_where_it_is_answered(retriever: Retriever) -> None:
    answered = search(retriever, "貓每天要睡幾個小時？", 1)[0]
    unrelated = search(retriever, "比特幣明年會漲到多少美元？", 1)[0]
    assert answered.score > 0.5 > unrelated.score


def scoped(retriever: Retriever, names: set[str]) -> Retriever:
    """A retriever over some documents alone."""
    return replace(retriever, generation=ScopedSnapshot(retriever.generation, Scope(frozenset(names))))


def test_only_the_documents_named_are_looked_in(retriever: Retriever) -> None:
    question = "貓每天要睡幾個小時？"
    assert search(retriever, question, 9)[0].passage.document == "貓.md"
    for names in ({"狗.txt"}, {"狗.txt", "茶.txt"}):
        found = retrieve(scoped(retriever, names), question).ranked
        assert {candidate.passage.document for candidate, _ in found} == names
    assert retrieve(scoped(retriever, set()), question).ranked == []


def test_evidence_keeps_the_question_as_it_is_searched(retriever: Retriever) -> None:
    evidence = retrieve(retriever, "貓每天要睡幾個小時？", k=2)
    assert evidence.query.text == "貓每天要睡幾個小時？"
    assert len(evidence.ranked) == 2 < len(retrieve(retriever, "貓每天要睡幾個小時？").ranked)


@pytest.mark.parametrize(
    "decoration",
    ['"{}"', "{} AND NOT 狗", "words:{}", "({}", "{}*^~\\", "'; DROP TABLE passages; -- {}", "{}\x00\x1b[31m"],
)
def test_query_operators_are_only_characters(retriever: Retriever, decoration: str) -> None:
    hits = search(retriever, decoration.format("貓每天要睡幾個小時"), 1)
    assert hits[0].passage.document == "貓.md"


def test_ranking_is_the_shipped_weighted_sum(generation: Snapshot, real_encoder: Encoder) -> None:
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
    assert set(scorers()["relevance"]["weights"]) <= set(FEATURES)


def test_an_index_of_rare_characters_finds_them(tmp_path: Path, real_encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "人.txt").write_text("𠮷野家的老闆姓𡈽。\n隔壁賣花。\n", "utf-8")
    (tmp_path / "corpus" / "車.txt").write_text("公車每十分鐘一班。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    opened = open_store(tmp_path / "index").open()
    assert search(Retriever(opened, real_encoder, Settings()), "𡈽是誰", 1)[0].passage.document == "人.txt"
    opened.close()


@pytest.mark.parametrize(("questions", "read"), [(1, 10), (2, 10), (3, 6), (5, 4), (20, 3), (21, 0)])
def test_the_more_ask_at_once_the_fewer_passages_are_read_for_each(questions: int, read: int) -> None:
    assert as_many_as(10, questions) == read
    assert as_many_as(2, questions) == (2 if read else 0)


def test_who_asks_among_many_is_told_that_fewer_were_read(retriever: Retriever) -> None:
    calm = retrieve(retriever, "每天要做什麼")
    with ExitStack() as others:
        for _ in range(9):
            others.enter_context(CROWD.one_more())
        busy = retrieve(retriever, "每天要做什麼")
    again = retrieve(retriever, "每天要做什麼")
    assert [found.hurried for found in (calm, busy, again)] == [False, True, False]
    read = [sum("read" in c.features for c, _ in found.ranked) for found in (calm, busy, again)]
    assert read[0] == read[2] > read[1] == LEAST_READ


def test_without_a_re_ranker_nothing_changes(generation: Snapshot, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "貓的水碗要放哪裡")
    ranked = rank(find_candidates(generation, query, 20))
    assert rerank(ranked, query.text, None, 20) == ranked


def test_a_re_ranker_puts_its_favourite_first(
    generation: Snapshot, real_encoder: Encoder, word_reranker: "type[WordReranker]"
) -> None:
    query = make_query(generation, real_encoder, "貓的水碗要放哪裡")
    ranked = rank(find_candidates(generation, query, 20))
    assert len(ranked) == 4
    reader = word_reranker("八十度")
    again = rerank(ranked, query.text, reader, 20)
    assert reader.read[0] == "貓的水碗要放哪裡"
    assert "貓的照顧\n貓的照顧\n飲水\n水碗離飯碗遠一點，貓才肯喝水。" in reader.read
    tea = next(candidate for candidate, _ in ranked if candidate.passage.document == "茶.txt")
    rest = [candidate.passage for candidate, _ in ranked if candidate is not tea]
    assert [candidate.passage for candidate, _ in again] == [tea.passage, *rest]
    assert [standing(c) for c, _ in again] == pytest.approx([math.log(9)] + [-math.log(9)] * 3, abs=1e-5)
    expected = probability((weigh(tea.features, "relevance") + math.log(9)) / 2)
    assert again[0][1] == pytest.approx(expected, abs=1e-6)
    scores = [score for _, score in again]
    assert scores == sorted(scores, reverse=True)


def test_a_re_ranker_reads_the_best_alone(
    generation: Snapshot, real_encoder: Encoder, word_reranker: "type[WordReranker]"
) -> None:
    query = make_query(generation, real_encoder, "貓的水碗要放哪裡")
    ranked = rank(find_candidates(generation, query, 20))
    reader = word_reranker(ranked[1][0].passage.text)
    again = rerank(ranked, query.text, reader, 2)
    assert len(reader.read) == 3
    assert [c.passage for c, _ in again] == [ranked[i][0].passage for i in (1, 0, 2, 3)]
    assert ["reread" in candidate.features for candidate, _ in again] == [True, True, False, False]
    assert rerank([], query.text, reader, 2) == []


@pytest.mark.parametrize("sure", [0.0, 1.0])
def test_a_re_ranker_may_be_certain(
    generation: Snapshot, real_encoder: Encoder, word_reranker: "type[WordReranker]", sure: float
) -> None:
    query = make_query(generation, real_encoder, "貓的水碗要放哪裡")
    ranked = rank(find_candidates(generation, query, 20))
    assert all(0 < score < 1 for _, score in rerank(ranked, query.text, word_reranker("。", sure), 20))
