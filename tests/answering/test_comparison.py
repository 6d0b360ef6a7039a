"""A question that compares: its sides told apart, a sentence for each, nothing where a side is not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.shelves import library_of

from yinju.answering.comparison import compare
from yinju.answering.extracted import find, reply_to
from yinju.retrieval import Retriever
from yinju.types import Verdict

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


def told(retriever: Retriever, question: str) -> list[str]:
    found = find(retriever, question)
    return [one.text for one in compare(found.evidence, found.sentences)]


def test_where_nothing_is_compared_nothing_is_told(retriever: Retriever) -> None:
    assert told(retriever, "微博營銷和微信營銷是什麼") == []


def test_one_passage_that_tells_all_sides_is_enough(retriever: Retriever) -> None:
    comparison = told(retriever, "微信營銷和微博營銷有什麼區別")
    assert comparison == [
        "微博營銷靠公開傳播，內容誰都看得到。", "微信營銷靠熟人圈，內容只給好友看。",
    ]  # fmt: skip


def test_sides_in_several_passages_are_answered_one_by_one(retriever: Retriever) -> None:
    question = "團購和直播要準備的有什麼不同"
    assert told(retriever, question) == []
    reply = reply_to(retriever, question, find(retriever, question))
    assert reply.verdict is Verdict.ANSWERED
    assert [statement.text for statement in reply.statements] == ["團購要先湊滿人數。", "直播要準備燈光和麥克風。"]
    assert [citation.document for citation in reply.citations] == ["行銷.md", "直播.md"]


def test_a_side_that_is_not_there_compares_nothing(retriever: Retriever) -> None:
    question = "微博營銷和抖音營銷有什麼區別"
    assert told(retriever, question) == []
    assert reply_to(retriever, question, find(retriever, question)).missing == ("抖音",)


def test_a_sentence_with_a_clause_for_each_comes_before_one_that_names_both(tmp_path: Path) -> None:
    text = "# 兩件事\n\n## 結合\n\n運營要帶一點營銷思維。\n\n## 分工\n\n運營向內，營銷向外。\n"
    with library_of({"分工.md": text, "茶.md": "# 茶\n\n綠茶的水溫約八十度。\n"}, tmp_path) as opened:
        comparison = told(opened.answering().retriever, "運營和營銷有什麼區別")
    assert comparison == ["運營向內，營銷向外。"]


def test_others_are_another_column(tmp_path: Path) -> None:
    text = "# 平台\n\n| 項目 | 微信 | QQ |\n|---|---|---|\n| 裝置 | 手機 | 電腦 |\n"
    with library_of({"平台.md": text, "茶.md": "# 茶\n\n綠茶的水溫約八十度。\n"}, tmp_path) as opened:
        comparison = told(opened.answering().retriever, "微信和其他的平台有什麼區別")
        assert told(opened.answering().retriever, "微博和其他的平台有什麼區別") == []
    assert comparison == ["| 裝置 | 手機 | 電腦 |"]


def test_a_table_with_a_column_for_each_side_is_given(tmp_path: Path) -> None:
    plans = "# 方案\n\n| 項目 | 基本方案 | 進階方案 |\n|---|---|---|\n| 空間 | 5 GB | 50 GB |\n| 人數 | 3 | 20 |\n"
    with library_of({"方案.md": plans, "茶.md": "# 茶\n\n綠茶的水溫約八十度。\n"}, tmp_path) as opened:
        comparison = told(opened.answering().retriever, "基本方案和進階方案有什麼差別")
    assert comparison == ["| 空間 | 5 GB | 50 GB |", "| 人數 | 3 | 20 |"]
