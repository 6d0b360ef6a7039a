"""How sure an answer is: features by hand, more where the passage says more, none for nothing."""

from dataclasses import replace

import pytest

from yinju.answering.confidence import CONFIDENCE_FEATURES, READ_FEATURES, UNMET, confidence_of, describe_best
from yinju.answering.sentences import describe_sentences
from yinju.protocols import Encoder
from yinju.retrieval import Evidence, Retriever, retrieve
from yinju.retrieval.retrieve import LOOKED_UP, probability, scorers, weigh
from yinju.settings import Settings
from yinju.store.protocol import Snapshot


@pytest.fixture
def retriever(generation: Snapshot, real_encoder: Encoder) -> Retriever:
    """What finds passages about cats, dogs and tea."""
    return Retriever(generation, real_encoder, Settings())


def sure_of(evidence: Evidence) -> float:
    query, ranked = evidence.query, evidence.ranked
    return confidence_of(query, ranked, describe_sentences(query, ranked))


def described(evidence: Evidence) -> dict[str, float]:
    query, ranked = evidence.query, evidence.ranked
    return describe_best(query, ranked, describe_sentences(query, ranked))


def test_the_shipped_scorer_weighs_these_features() -> None:
    assert set(scorers()["confidence"]["weights"]) == set(CONFIDENCE_FEATURES)
    assert set(scorers()["confidence_read"]["weights"]) == set(READ_FEATURES)


def test_without_reading_anew_words_alone_are_weighed(retriever: Retriever) -> None:
    plain = replace(retriever, settings=retriever.settings.model_copy(update={"reread": False}))
    evidence = retrieve(plain, "貓每天要睡幾個小時？")
    assert set(described(evidence)) == set(CONFIDENCE_FEATURES)
    assert 0 < sure_of(evidence) < 1


def test_nothing_found_is_nothing_sure(retriever: Retriever) -> None:
    evidence = retrieve(retriever, "貓")
    assert confidence_of(evidence.query, [], []) == 0.0
    assert confidence_of(evidence.query, evidence.ranked, []) == 0.0


def test_what_is_answered_is_surer(retriever: Retriever) -> None:
    below = retriever.settings.refuse_below
    assert (
        sure_of(retrieve(retriever, "貓每天要睡幾個小時？"))
        > below
        > sure_of(retrieve(retriever, "火星上有幾個隕石坑？"))
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("貓每天睡多少錢？", {"typed_miss": 1.0, "asks_money": 1.0, "asks_span": 0.0}),
        ("貓每天要睡幾個小時？", {"typed_miss": 0.0, "typed_near_miss": 0.0, "asks_span": 1.0, "missing": 0.0}),
        ("貓睡覺", {"typed_miss": 0.0, "unmet_codes": 0.0}),
        ("貓 XK-210A 睡覺", {"unmet_codes": 2.0, "strict_miss": 1.0, "designated": 0.0}),
    ],
)
def test_features_by_hand(retriever: Retriever, question: str, expected: dict[str, float]) -> None:
    best = described(retrieve(retriever, question))
    assert set(best) == set(READ_FEATURES)
    assert {name: best[name] for name in expected} == expected


def test_of_two_sentences_the_margin_is_the_logarithm_of_their_ratio(retriever: Retriever) -> None:
    evidence = retrieve(retriever, "貓每天要睡幾個小時？")
    sentences = describe_sentences(evidence.query, evidence.ranked)[:2]
    weighed = [replace(s, probability=chance) for s, chance in zip(sentences, (0.2, 0.6), strict=True)]
    best = describe_best(evidence.query, evidence.ranked, weighed)
    assert best["margin"] == pytest.approx(1.0986, abs=1e-4)  # ln(0.6 / 0.2)
    assert best["probability"] == 0.6


def test_what_has_another_number_hardly_answers(retriever: Retriever) -> None:
    assert sure_of(retrieve(retriever, "第五十條說貓每天要睡幾個小時？")) == UNMET


def test_what_is_looked_up_is_certain(retriever: Retriever) -> None:
    evidence = retrieve(retriever, "貓每天要睡幾個小時？")
    (best, score), *rest = evidence.ranked
    assert sure_of(replace(evidence, ranked=[(replace(best, looked_up=True), score), *rest])) == LOOKED_UP


def test_a_re_ranker_counts_half(retriever: Retriever) -> None:
    evidence = retrieve(retriever, "貓每天要睡幾個小時？")
    (best, score), *rest = evidence.ranked
    read = replace(evidence, ranked=[(replace(best, features=best.features | {"reread": -2.0}), score), *rest])
    fitted = weigh(described(read), "confidence_read")
    assert sure_of(read) == pytest.approx(probability((fitted - 2.0) / 2))
