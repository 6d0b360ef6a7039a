"""What is said without a model: answered, near or nothing by how sure it is; tables first; what is missing is named."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.shelves import library_of

from yinju.answering.extracted import NEAR_SHARE, NEAREST, find, reply_to
from yinju.messages import say
from yinju.retrieval import Retriever
from yinju.types import Verdict

DOCUMENTS = {
    "書店.md": "# 山嵐書店\n\n營業時間為上午十點到晚上八點。會員買書打九折。東門店的電話常常忙線。\n\n"
    "## 退換\n\n買錯的書七天內可以退換。\n",
    "分店.csv": "分店,電話,店長\n東門店,02-2345-6789,陳大明\n西門店,02-2345-1111,林小華\n",
    "公告.md": "# 路跑公告\n\n- **時間**：早上六點集合。\n- **贈品**：毛巾一條。\n",
}
QUESTION = "買錯的書幾天內可以退換？"


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """What finds passages of a bookshop."""
    with library_of(DOCUMENTS, tmp_path_factory.mktemp("extracted")) as opened:
        yield opened.answering().retriever


def test_what_is_sure_enough_is_answered(retriever: Retriever) -> None:
    below = retriever.settings.refuse_below
    reply = reply_to(retriever, QUESTION, replace(find(retriever, QUESTION), confidence=below))
    assert (reply.verdict, reply.confidence, reply.missing) == (Verdict.ANSWERED, below, ())
    assert reply.statements[0].text == "買錯的書七天內可以退換。"
    assert reply.statements[0].markers == (1,)
    assert (reply.citations[0].quote, reply.citations[0].heading) == ("買錯的書七天內可以退換。", "山嵐書店 › 退換")


def test_what_is_less_sure_is_shown_as_near(retriever: Retriever) -> None:
    for share in (NEAR_SHARE, 0.99):
        confidence = share * retriever.settings.refuse_below
        reply = reply_to(retriever, QUESTION, replace(find(retriever, QUESTION), confidence=confidence))
        assert (reply.verdict, reply.confidence) == (Verdict.NEAR, confidence)
        notice, nearest = reply.statements
        assert (notice.text, notice.markers) == (say("near", "zh-Hant"), ())
        assert (nearest.text, nearest.markers, nearest.new_line) == ("買錯的書七天內可以退換。", (1,), True)
        assert [citation.quote for citation in reply.citations] == [nearest.text]


def test_what_is_near_is_said_without_markup(retriever: Retriever) -> None:
    question = "路跑的贈品是什麼"
    found = replace(find(retriever, question), confidence=0.99 * retriever.settings.refuse_below)
    reply = reply_to(retriever, question, found)
    assert [statement.text for statement in reply.statements[1:]] == ["贈品：毛巾一條。"]
    assert reply.citations[0].quote == "- **贈品**：毛巾一條。"


def test_what_is_not_near_either_shows_whole_passages(retriever: Retriever) -> None:
    confidence = 0.99 * NEAR_SHARE * retriever.settings.refuse_below
    reply = reply_to(retriever, QUESTION, replace(find(retriever, QUESTION), confidence=confidence))
    assert reply.verdict is Verdict.NOTHING
    assert [statement.text for statement in reply.statements] == [say("nothing", "zh-Hant")]
    assert 0 < len(reply.citations) <= NEAREST
    assert all(citation.quote == citation.passage for citation in reply.citations)


def test_what_holds_little_of_the_question_is_not_near(retriever: Retriever) -> None:
    question = "今天的股市漲跌和匯率走勢如何"
    found = replace(find(retriever, question), confidence=0.99 * retriever.settings.refuse_below)
    assert reply_to(retriever, question, found).verdict is Verdict.NOTHING


@pytest.mark.parametrize(
    ("question", "missing", "notice"),
    [
        ("第五十條說了什麼", "第五十條", "「第五十條」"),
        ("XK-210A 要怎麼退換", "XK-210A", "「XK-210A」"),
        ("第五十条说了什么", "第五十条", "没有提到“第五十条”"),
    ],
)
def test_what_is_missing_is_named_in_the_asker_s_words(
    retriever: Retriever, question: str, missing: str, notice: str
) -> None:
    reply = reply_to(retriever, question, find(retriever, question))
    assert reply.verdict in (Verdict.NEAR, Verdict.NOTHING)
    assert reply.missing == (missing,)
    assert notice in reply.statements[0].text


@pytest.mark.parametrize("question", ["退換的電話幾號", "退換的信箱是什麼"])
def test_sentences_without_the_type_that_is_asked_for_answer_nothing(retriever: Retriever, question: str) -> None:
    found = find(retriever, question)
    assert reply_to(retriever, question, replace(found, confidence=0.9), follows=True).verdict is not Verdict.ANSWERED


def test_a_table_is_asked_before_sentences(retriever: Retriever) -> None:
    question = "東門店的電話是多少"
    found = find(retriever, question)
    assert any("常常忙線" in sentence.text for sentence in found.sentences), "sentences of it are found as well"
    reply = reply_to(retriever, question, found)
    assert reply.verdict is Verdict.ANSWERED
    assert [citation.document for citation in reply.citations] == ["分店.csv"]
    (said,) = reply.statements
    assert "02-2345-6789" in said.text and "02-2345-1111" not in said.text
    assert "陳大明" not in said.text, "a table says no more than what is asked"


@pytest.mark.parametrize("question", ["是什麼？", "為什麼呢"])
def test_a_question_about_nothing_is_not_sure_of_anything(retriever: Retriever, question: str) -> None:
    assert find(retriever, question).confidence == 0.0
    assert find(retriever, question).refused(0.01)


def test_the_likeliest_sentence_is_the_best(retriever: Retriever) -> None:
    found = find(retriever, QUESTION)
    assert found.best is not None and found.best.text == "買錯的書七天內可以退換。"
    assert not found.refused(found.confidence) and found.refused(found.confidence + 0.01)
    nothing = replace(found, sentences=(), evidence=replace(found.evidence, ranked=[]))
    assert nothing.best is None and nothing.refused(0.0)


def test_some_row_is_no_answer_to_which_is_first(retriever: Retriever) -> None:
    question = "電話最好打的分店是哪一家"
    reply = reply_to(retriever, question, replace(find(retriever, question), confidence=0.9))
    assert reply.verdict is not Verdict.ANSWERED
