"""Sentences described by numbers: the scorer's sums by hand, what a question asks for, the longest common run."""

import numpy as np
import pytest

from yinju.answering.asked import MANY, Asked
from yinju.answering.sentences import (
    PASSAGES,
    SENTENCE_FEATURES,
    describe_sentences,
    fitted,
    matrix,
    probabilities,
    with_types,
)
from yinju.protocols import Encoder
from yinju.retrieval.answer_types import asked_types
from yinju.retrieval.asked_types import GROUPS
from yinju.retrieval.candidates import find_candidates
from yinju.retrieval.query import make_query
from yinju.retrieval.retrieve import rank
from yinju.store.protocol import Snapshot
from yinju.text import longest_run, search_form


@pytest.mark.parametrize(
    ("question", "text", "length"),
    [("abcd", "xbcdx", 3), ("貓狗", "狗貓", 1), ("", "a", 0), ("a", "", 0), ("甲乙", "甲乙", 2)],
)
def test_longest_run(question: str, text: str, length: int) -> None:
    assert longest_run(question, text) == length


@pytest.mark.parametrize(
    ("question", "groups", "many"),
    [
        ("為什麼要先備料？", {"reason", "what"}, False),
        ("店是哪一年開的？", {"day", "choice"}, False),
        ("一盒多少錢？", {"money", "number"}, False),
        ("門市在哪裡？", {"place", "choice"}, False),
        ("店長是誰？", {"person"}, False),
        ("紅茶和綠茶有什麼不同？", {"difference", "points", "what"}, True),
        ("有哪些步驟？", {"points", "choice"}, True),
        ("怎麼泡茶？", {"way"}, True),
        ("茶是什麼？", {"what"}, False),
        ("可以退貨嗎？", {"whether"}, False),
        ("說說茶", set(), False),
    ],
)
def test_what_questions_ask_for(question: str, groups: set[str], many: bool) -> None:
    form = search_form(question)
    assert ({kind.group for kind in asked_types(form)}, Asked(form).many) == (groups, many)
    assert groups <= {*GROUPS}


def test_what_stands_beside_the_asking_word() -> None:
    asked = Asked(search_form("電視劇的歌收錄在哪張專輯？"))
    assert {"收录", "专辑"} <= asked.beside
    assert asked.head == "专辑"
    assert (Asked("说说茶").beside, Asked("说说茶").head) == (frozenset(), "")
    assert not MANY.search("茶是什么")


def test_every_sentence_of_the_best_passages_has_every_feature(generation: Snapshot, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "貓每天要睡幾個小時？")
    ranked = rank(find_candidates(generation, query, 20))
    sentences = describe_sentences(query, ranked)
    assert sum(len(candidate.sentences) for candidate, _ in ranked[:PASSAGES]) == len(sentences)
    assert all(set(sentence.features) == set(SENTENCE_FEATURES) for sentence in sentences)
    assert sum(sentence.probability for sentence in sentences) == pytest.approx(1)
    assert max(sentences, key=lambda s: s.probability).text == "貓每天要睡十四個小時。"
    assert describe_sentences(query, []) == []


def test_probabilities_are_the_softmax_of_the_fitted_scores() -> None:
    asked, net = Asked("茶是什么?"), fitted("sentence")
    features = np.eye(2, len(SENTENCE_FEATURES))
    rows = with_types(features, asked)
    assert rows.shape == (2, len(SENTENCE_FEATURES) + len(GROUPS))
    assert rows[:, len(SENTENCE_FEATURES) :].sum() == 2
    scores = [row @ net["linear"] + np.tanh(row @ net["inner"] + net["bias"]) @ net["outer"] for row in rows]
    expected = np.exp(scores[0]) / (np.exp(scores[0]) + np.exp(scores[1]))
    assert probabilities(features, asked, net)[0] == pytest.approx(expected)
    assert probabilities(matrix([]), asked, net).shape == (0,)
