"""A question that compares: its sides told apart, a sentence for each, nothing where a side is not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.shelves import library_of

from yinju.answering.comparison import APART, SURE, Comparison, compare, compared
from yinju.answering.extracted import find
from yinju.retrieval import Retriever

DOCUMENTS = {
    "行銷.md": "# 社群入門\n\n## 兩個平台\n\n微博營銷靠公開傳播，內容誰都看得到。微信營銷靠熟人圈，內容只給好友看。\n\n"
    "## 團購\n\n團購要先湊滿人數。\n",
    "直播.md": "# 直播間\n\n直播要準備燈光和麥克風。\n",
}


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """What finds passages of a course."""
    with library_of(DOCUMENTS, tmp_path_factory.mktemp("comparison")) as opened:
        yield opened.answering().retriever


def sides_of(retriever: Retriever, question: str) -> list[set[str]]:
    """For each side the tokens that are its own."""
    query = find(retriever, question).evidence.query
    tokens = [*query.weights]
    return [{token for token, own in zip(tokens, side, strict=True) if own} for side in compared(query)]


def told(retriever: Retriever, question: str) -> Comparison | None:
    found = find(retriever, question)
    return compare(found.evidence, found.sentences)


def test_what_both_are_called_tells_neither_apart(retriever: Retriever) -> None:
    for question in ("微博營銷和微信營銷有什麼區別", "微博营销与微信营销有什么不同？"):
        one, other = sides_of(retriever, question)
        assert "微博" in one and "微信" in other
        assert "营销" not in one | other
        assert not one & other


@pytest.mark.parametrize(
    "question", ["微博營銷是什麼", "微博營銷和微信營銷是什麼", "有什麼區別", "營銷和營銷有什麼區別"]
)
def test_where_nothing_is_compared_there_are_no_sides(retriever: Retriever, question: str) -> None:
    assert sides_of(retriever, question) == []
    assert told(retriever, question) is None


def test_one_passage_that_tells_all_sides_is_enough(retriever: Retriever) -> None:
    comparison = told(retriever, "微信營銷和微博營銷有什麼區別")
    assert comparison is not None and comparison.confidence == SURE
    assert [one.text for one in comparison.chosen] == [
        "微博營銷靠公開傳播，內容誰都看得到。", "微信營銷靠熟人圈，內容只給好友看。",
    ]  # fmt: skip


def test_sides_in_several_passages_are_told_one_by_one(retriever: Retriever) -> None:
    comparison = told(retriever, "團購和直播有什麼不同")
    assert comparison is not None and comparison.confidence == APART
    assert [one.text for one in comparison.chosen] == ["團購要先湊滿人數。", "直播要準備燈光和麥克風。"]


def test_a_side_that_is_not_there_compares_nothing(retriever: Retriever) -> None:
    assert len(sides_of(retriever, "微博營銷和抖音營銷有什麼區別")) == 2
    assert told(retriever, "微博營銷和抖音營銷有什麼區別") is None


def test_a_table_with_a_column_for_each_side_is_given(tmp_path: Path) -> None:
    plans = "# 方案\n\n| 項目 | 基本方案 | 進階方案 |\n|---|---|---|\n| 空間 | 5 GB | 50 GB |\n| 人數 | 3 | 20 |\n"
    with library_of({"方案.md": plans, "茶.md": "# 茶\n\n綠茶的水溫約八十度。\n"}, tmp_path) as opened:
        comparison = told(opened.answering().retriever, "基本方案和進階方案有什麼差別")
    assert comparison is not None and comparison.confidence == SURE
    assert [one.text for one in comparison.chosen] == ["| 空間 | 5 GB | 50 GB |", "| 人數 | 3 | 20 |"]
