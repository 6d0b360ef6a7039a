"""Names that the documents have only neighbours of: other numbers, other sizes, other rows."""

from collections.abc import Iterator

import pytest
from tests.shelves import library_of

from yinju.answering.extracted import find, reply_to
from yinju.answering.neighbours import neighbour, tells_of_others
from yinju.retrieval import Retriever
from yinju.types import Verdict

COURSE = "# 駕訓須知\n\n科目二補考 140 元，科目三補考 190 元。\n\n科目四通過後當天領證。\n"
RENTAL = "# 裝備租借\n\n防寒衣 3 mm 租一天 300 元。\n\n防寒衣 5 mm 租一天 400 元。\n"
FREIGHT = """# 運價

| 起運港 | 目的港 | 運價 |
|---|---|---|
| 上海 | 大阪 | 340 元 |
| 寧波 | 漢堡 | 3120 元 |
| 寧波 | 東京 | 410 元 |
"""


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    documents = {"駕訓.md": COURSE, "租借.md": RENTAL, "運價.md": FREIGHT}
    with library_of(documents, tmp_path_factory.mktemp("neighbours")) as opened:
        yield opened.answering().retriever


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("科目五補考多少錢", "科目五"),
        ("7mm的防寒衣租一天多少錢", "7mm"),
        ("5mm的防寒衣租一天多少錢", ""),
        ("科目三補考多少錢", ""),
        ("防寒衣租3天多少錢", ""),
        ("寧波到大阪的運價是多少", "宁波"),
        ("上海到大阪的運價是多少", ""),
        ("大阪的運價是多少", ""),
    ],
)
def test_a_name_with_neighbours_alone_is_told(retriever: Retriever, question: str, name: str) -> None:
    found = find(retriever, question)
    assert neighbour(found.evidence, found.best) == name


def test_what_a_sentence_says_of_others_is_no_answer(retriever: Retriever) -> None:
    question = "科目四補考多少錢"
    found = find(retriever, question)
    best = max(found.sentences, key=lambda s: "140" in s.text)
    assert tells_of_others(found.evidence.query, best)
    assert reply_to(retriever, question, found).verdict is not Verdict.ANSWERED
    assert not tells_of_others(find(retriever, "科目三補考多少錢").evidence.query, best)


def test_what_is_missing_is_named(retriever: Retriever) -> None:
    reply = reply_to(retriever, "寧波到大阪的運價是多少", find(retriever, "寧波到大阪的運價是多少"))
    assert reply.verdict is not Verdict.ANSWERED and reply.missing == ("寧波",)
