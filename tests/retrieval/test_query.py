"""A question made ready: what is refused, and what its words weigh."""

import math
from collections.abc import Mapping

import pytest

from yinju.errors import QuestionError
from yinju.protocols import Encoder
from yinju.retrieval.query import (
    APART_SHARE,
    ASKING_SHARE,
    ASPECT_SHARE,
    PAIR_SHARE,
    REWORDED,
    make_query,
    token_weights,
)
from yinju.store.protocol import Snapshot
from yinju.text import search_form
from yinju.vocabulary import shipped_vocabulary


@pytest.mark.parametrize("question", ["", "  \n", "？！。…", "🙂", "\u200b"])
def test_nothing_to_search_for_is_refused(generation: Snapshot, real_encoder: Encoder, question: str) -> None:
    with pytest.raises(QuestionError, match="請輸入問題"):
        make_query(generation, real_encoder, question)


def test_too_long_a_question_names_both_numbers(generation: Snapshot, real_encoder: Encoder) -> None:
    with pytest.raises(QuestionError, match=r"2001 個字.*2000 個字"):
        make_query(generation, real_encoder, "貓" * 2001)


def test_weights_follow_background_and_collection(generation: Snapshot) -> None:
    weights = token_weights(generation, "綠茶")
    in_one_of_all = math.log1p(len(generation) / 1) / math.log1p(len(generation))
    assert weights["绿茶"] == pytest.approx(shipped_vocabulary().asked_weight("绿茶") * in_one_of_all)
    assert weights.keys() == {"绿茶"}, "the pair is weighed, not its characters too"
    everywhere = token_weights(generation, "每天")["每天"]
    assert everywhere < shipped_vocabulary().asked_weight("每天")


def test_a_pair_that_is_no_word_weighs_half_and_a_pair_that_stands_nowhere_nothing(generation: Snapshot) -> None:
    weights = token_weights(generation, "水碗離飯")
    assert weights["碗离"] == pytest.approx(PAIR_SHARE * shipped_vocabulary().asked_weight("碗离"), rel=0.01)
    assert "水碗" in weights and not {"水", "碗"} & weights.keys()
    assert token_weights(generation, "狗碗").keys() == {"狗", "碗"}


def test_a_word_that_stands_nowhere_shares_its_weight_with_its_characters(generation: Snapshot) -> None:
    weight = shipped_vocabulary().asked_weight
    absent = token_weights(generation, "人工智能")
    assert absent.keys() == {"人工智能", "人", "工", "智"}, "能 tells nothing"
    assert absent["人工智能"] == pytest.approx((1 - APART_SHARE) * weight("人工智能"))
    assert sum(absent.values()) == pytest.approx(weight("人工智能"))
    assert absent["智"] / absent["人"] == pytest.approx(weight("智") / weight("人"))


def test_a_long_word_that_stands_nowhere_weighs_by_what_no_found_pair_holds(generation: Snapshot) -> None:
    assert token_weights(generation, "大型犬").keys() == {"大型犬", "大型", "型犬"}
    absent, weight = token_weights(generation, "红茶馆"), shipped_vocabulary().asked_weight("红茶馆")
    assert absent["红茶馆"] == pytest.approx((1 - APART_SHARE) * weight / 3), "红茶 stands in one passage"
    assert sum(absent[c] for c in "红茶馆") == pytest.approx(APART_SHARE * weight / 3)


def weights_of(generation: Snapshot, encoder: Encoder, question: str) -> Mapping[str, float]:
    return make_query(generation, encoder, question).weights


def test_words_that_only_ask_weigh_less(generation: Snapshot, real_encoder: Encoder) -> None:
    plain = token_weights(generation, "綠茶多少錢，有什麼好處")
    asked = weights_of(generation, real_encoder, "綠茶多少錢，有什麼好處")
    assert asked["绿茶"] == plain["绿茶"]
    assert asked["钱"] == pytest.approx(ASKING_SHARE * plain["钱"]), "多少錢 asks for a sum"
    assert asked["好处"] == pytest.approx(ASPECT_SHARE * plain["好处"])
    assert weights_of(generation, real_encoder, "多少錢")["钱"] == token_weights(generation, "多少錢")["钱"]
    with_money = weights_of(generation, real_encoder, "綠茶的錢，要多少錢")
    assert with_money["钱"] == token_weights(generation, "綠茶的錢，要多少錢")["钱"], "the first does not only ask"


def test_what_is_said_in_other_words_counts_less(generation: Snapshot, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "狗喝綠茶")
    place = {token: n for n, token in enumerate(query.weights)}
    same, other, none = (query.held(search_form(text)) for text in ("狗散步", "犬只散步", "貓散步"))
    assert same[place["狗"]] == pytest.approx(query.weights["狗"])
    assert other[place["狗"]] == pytest.approx(REWORDED * query.weights["狗"])
    assert none[place["狗"]] == 0
    assert same[place["绿茶"]] == other[place["绿茶"]] == 0


def test_sentences_hold_together_what_each_holds_alone(generation: Snapshot, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "狗喝綠茶要 iPhone 多少錢")
    forms = [search_form(text) for text in ("狗散步", "犬只散步", "綠茶很貴", "貓", "", "phone 和 iphone")]
    assert query.held_by_each(forms).tolist() == [query.held(form).tolist() for form in forms]
    assert query.held_by_each([]).shape == (0, len(query.weights))


def test_keywords_are_what_the_question_is_about(generation: Snapshot, real_encoder: Encoder) -> None:
    terms = make_query(generation, real_encoder, "請問我的貓要喝多少水").terms
    assert terms["words"] == ["猫", "喝", "水"]
    assert terms["characters"] == ["猫", "喝", "水"]
    assert {"请问", "我的", "多少"} <= set(terms["bigrams"])
    assert make_query(generation, real_encoder, "是什麼").terms["words"] == ["是", "什么"]
