"""How sure an answer is: the same features as the scorer's, more where the passage says more, none for nothing."""

from dataclasses import replace

import pytest

from yinju.answering.confidence import CONFIDENCE_FEATURES, confidence_of, describe_best
from yinju.index.generation import Generation
from yinju.protocols import Encoder
from yinju.retrieval.candidates import find_candidates
from yinju.retrieval.query import make_query
from yinju.retrieval.retrieve import probability, rank, scorers, weigh


def test_the_shipped_scorer_weighs_these_features() -> None:
    assert set(scorers()["confidence"]["weights"]) == set(CONFIDENCE_FEATURES)


def test_nothing_found_is_nothing_sure(generation: Generation, real_encoder: Encoder) -> None:
    assert confidence_of(make_query(generation, real_encoder, "貓"), []) == 0.0


def test_what_is_answered_is_surer(generation: Generation, real_encoder: Encoder) -> None:
    def sure(question: str) -> float:
        query = make_query(generation, real_encoder, question)
        return confidence_of(query, rank(find_candidates(generation, query, 20)))

    assert sure("貓每天要睡幾個小時？") > 0.6 > 0.3 > sure("火星上有幾個隕石坑？")


@pytest.mark.parametrize(
    ("question", "feature", "expected"),
    [
        ("貓每天睡多少錢？", "lacks_money", 1.0),
        ("貓每天睡幾個小時？", "lacks_money", 0.0),
        ("貓哪一年睡覺？", "lacks_year", 1.0),
        ("貓睡覺", "missing", 0.0),
    ],
)
def test_features_by_hand(
    generation: Generation, real_encoder: Encoder, question: str, feature: str, expected: float
) -> None:
    query = make_query(generation, real_encoder, question)
    best = describe_best(query, [candidate for candidate, _ in rank(find_candidates(generation, query, 20))])
    assert set(best) == set(CONFIDENCE_FEATURES)
    if feature == "missing":
        assert 0 <= best[feature] < 1
    else:
        assert best[feature] == expected


def test_a_re_ranker_counts_half(generation: Generation, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "貓每天要睡幾個小時？")
    (best, score), *rest = rank(find_candidates(generation, query, 20))
    read = replace(best, features=best.features | {"reread": -2.0})
    fitted = weigh(describe_best(query, [read, *(candidate for candidate, _ in rest)]), "confidence")
    assert confidence_of(query, [(read, score), *rest]) == pytest.approx(probability((fitted - 2.0) / 2))
