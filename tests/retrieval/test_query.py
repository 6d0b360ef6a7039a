"""A question made ready: what is refused, and what its words weigh."""

import math

import pytest

from yinju.errors import QuestionError
from yinju.index.generation import Generation
from yinju.protocols import Encoder
from yinju.retrieval.query import PAIR_SHARE, make_query, token_weights
from yinju.vocabulary import shipped_vocabulary


@pytest.mark.parametrize("question", ["", "  \n", "？！。…", "🙂", "\u200b"])
def test_nothing_to_search_for_is_refused(generation: Generation, real_encoder: Encoder, question: str) -> None:
    with pytest.raises(QuestionError, match="請輸入問題"):
        make_query(generation, real_encoder, question)


def test_too_long_a_question_names_both_numbers(generation: Generation, real_encoder: Encoder) -> None:
    with pytest.raises(QuestionError, match=r"2001 個字.*2000 個字"):
        make_query(generation, real_encoder, "貓" * 2001)


def test_weights_follow_background_and_collection(generation: Generation) -> None:
    weights = token_weights(generation, "綠茶")
    in_one_of_all = math.log1p(len(generation) / 1) / math.log1p(len(generation))
    assert weights["绿茶"] == pytest.approx(shipped_vocabulary().weight("绿茶") * in_one_of_all)
    assert weights.keys() == {"绿茶"}, "the pair is weighed, not its characters too"
    everywhere = token_weights(generation, "每天")["每天"]
    assert everywhere < shipped_vocabulary().weight("每天")


def test_a_pair_that_is_no_word_weighs_half_and_a_pair_that_stands_nowhere_nothing(generation: Generation) -> None:
    weights = token_weights(generation, "水碗離飯")
    assert weights["碗离"] == pytest.approx(PAIR_SHARE * shipped_vocabulary().weight("碗离"), rel=0.01)
    assert "水碗" in weights and not {"水", "碗"} & weights.keys()
    assert token_weights(generation, "狗碗").keys() == {"狗", "碗"}


def test_a_long_word_that_stands_nowhere_weighs_by_what_no_found_pair_holds(generation: Generation) -> None:
    assert token_weights(generation, "大型犬").keys() == {"大型犬", "大型", "型犬"}
    assert token_weights(generation, "人工智能") == {"人工智能": shipped_vocabulary().weight("人工智能")}
    absent = token_weights(generation, "红茶馆")
    assert absent["红茶馆"] == pytest.approx(shipped_vocabulary().weight("红茶馆") / 3), "红茶 stands in one passage"


def test_keywords_are_what_the_question_is_about(generation: Generation, real_encoder: Encoder) -> None:
    terms = make_query(generation, real_encoder, "請問我的貓要喝多少水").terms
    assert terms["words"] == ["猫", "喝", "水"]
    assert terms["characters"] == ["猫", "喝", "水"]
    assert {"请问", "我的", "多少"} <= set(terms["bigrams"])
    assert make_query(generation, real_encoder, "是什麼").terms["words"] == ["是", "什么"]
