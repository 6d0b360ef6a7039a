"""What describes a passage: weights by hand, every feature, and each region's words."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from yinju.ingest.build import open_store
from yinju.library import build_index
from yinju.protocols import Encoder
from yinju.retrieval.candidates import FEATURES, find_candidates, held_weights
from yinju.retrieval.query import make_query
from yinju.store.protocol import FIELDS, Snapshot


def test_held_weights_by_hand() -> None:
    assert held_weights("绿茶水温", {"绿茶": 3.0, "红茶": 5.0, "水温": 2.0}).tolist() == [3.0, 0.0, 2.0]


def test_a_latin_word_is_held_only_as_a_whole() -> None:
    weights = {"a": 1.0, "b": 1.0, "phone": 1.0, "15": 1.0, "iphone15": 1.0}
    assert held_weights("a/b测试 iphone15", weights).tolist() == [1.0, 1.0, 0.0, 0.0, 1.0]


def test_every_candidate_has_every_feature(generation: Snapshot, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "泡綠茶的水溫")
    candidates = find_candidates(generation, query, 20)
    assert {frozenset(candidate.features) for candidate in candidates} == {frozenset(FEATURES)}
    tea = next(c for c in candidates if c.passage.document == "茶.txt")
    assert all(0 < tea.features[field] < 1 for field in FIELDS)
    assert tea.features["window"] == tea.features["passage_in_context"] == pytest.approx(1.0)
    assert {candidate.features["meaning_alone"] for candidate in candidates} == {0.0}
    assert tea.features["known"] == pytest.approx(1.0)


def test_context_counts_where_the_sentence_does_not_say_it(generation: Snapshot, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "照顧 水碗")
    drinking = next(c for c in find_candidates(generation, query, 20) if "水碗" in c.passage.text)
    assert drinking.features["window"] < drinking.features["window_in_context"]
    assert drinking.features["window_in_context"] == pytest.approx(1.0)


def test_meaning_decides_where_no_passage_holds_what_is_asked(generation: Snapshot, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "休息")
    candidates = find_candidates(generation, query, 20)
    assert {candidate.features["passage_in_context"] for candidate in candidates} == {0.0}
    likeness = {c.passage.text[:2]: c.features["meaning_alone"] for c in candidates}
    start = real_encoder.meaning_from
    passages = dict(zip(likeness, generation.vectors.rows([c.passage.id for c in candidates])[:, start:], strict=True))
    asked = query.vector[start:] / np.linalg.norm(query.vector[start:])
    for opening, vector in passages.items():
        assert likeness[opening] == pytest.approx(float(vector @ asked / np.linalg.norm(vector)), abs=1e-3)


def test_the_kind_of_thing_asked_for_counts_where_the_words_are(generation: Snapshot, real_encoder: Encoder) -> None:
    query = make_query(generation, real_encoder, "貓每天睡幾個小時")
    by_text = {c.passage.text[:2]: c.features["kind"] for c in find_candidates(generation, query, 20)}
    assert by_text["貓每"] > by_text["狗每"]


def test_the_other_region_s_word_is_held_by_the_sentence_that_has_it(tmp_path: Path, real_encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "烘焙.txt").write_text("烤箱先預熱十分鐘。她把食譜寫在部落格，備份在隨身碟。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    opened = open_store(tmp_path / "index").open()
    for question in ("她的博客", "她的部落格", "U盘里有什么", "隨身碟裡有什麼"):
        query = make_query(opened, real_encoder, question)
        (candidate,) = find_candidates(opened, query, 5)
        assert candidate.features["window"] == pytest.approx(1), question
        assert [row.any() for row in candidate.coverage] == [False, True], question
        assert "部落格，備份在隨身碟" in candidate.passage.text
    opened.close()


def test_a_question_without_meaning_brings_no_passage_by_meaning(tmp_path: Path, real_encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    for number in range(30):
        (tmp_path / "corpus" / f"{number}.txt").write_text(f"第{number}號貓愛睡覺。\n", "utf-8")
    build_index(tmp_path / "corpus", tmp_path / "index", encoder=real_encoder)
    with closing(open_store(tmp_path / "index").open()) as opened:
        nonsense, sleep = (make_query(opened, real_encoder, question) for question in ("zzqqxxyy", "貓的睡眠"))
        assert not nonsense.meaning.any() and sleep.meaning.any()
        assert len(find_candidates(opened, nonsense, 5)) == 5, "by form alone"
        assert {candidate.features["meaning"] for candidate in find_candidates(opened, nonsense, 5)} == {0.0}
        assert all(candidate.features["meaning"] > 0 for candidate in find_candidates(opened, sleep, 5))
