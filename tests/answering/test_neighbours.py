"""Names that the documents have only neighbours of: other numbers, other sizes, other rows."""

from collections.abc import Iterator

import pytest
from tests.shelves import library_of

from yinju.answering.extracted import find, reply_to
from yinju.answering.neighbours import neighbour, tells_of_others
from yinju.retrieval import Retriever
from yinju.types import Verdict

COURSE = "# 駕訓須知\n\n科目二補考 140 元，科目三補考 190 元。\n\n科目四：當天領證，在大廳。科目十二 30 元。\n"
RENTAL = "# 裝備租借\n\n防寒衣 3 mm 租一天 300 元。\n\n防寒衣 5 mm 租一天 400 元。\n"
FREIGHT = """# 運價

| 起運港 | 目的港 | 運價 |
|---|---|---|
| 上海 | 大阪 | 340 元 |
| 寧波 | 漢堡 | 3120 元 |
| 寧波 | 東京 | 410 元 |
"""
HOTEL = """# 訂房

星期一至星期五 9:00–17:00 開門。30kg 的行李免費。

| 房型 | 早餐 | 取消 |
|---|---|---|
| 標準房 | 不含 | 收費 |
| 豪華房 | 含 | 免費 |
"""


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    documents = {"駕訓.md": COURSE, "租借.md": RENTAL, "運價.md": FREIGHT, "訂房.md": HOTEL}
    with library_of(documents, tmp_path_factory.mktemp("neighbours")) as opened:
        yield opened.answering().retriever


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("科目五補考多少錢", "科目五"),
        ("7mm的防寒衣租一天多少錢", "7mm"),
        ("5mm的防寒衣租一天多少錢", ""),
        ("科目三補考多少錢", ""),
        ("科目四什麼時候領證", ""),
        ("科目12多少錢", ""),
        ("科目十一多少錢", "科目十一"),
        ("星期三開門嗎", ""),
        ("20kg的行李可以帶嗎", ""),
        ("防寒衣租3天多少錢", ""),
        ("上海到大阪的運價是多少", ""),
        ("大阪的運價是多少", ""),
    ],
)
def test_a_name_with_neighbours_alone_is_told(retriever: Retriever, question: str, name: str) -> None:
    found = find(retriever, question)
    assert neighbour(found.evidence) == name


def test_what_a_sentence_says_of_others_is_no_answer(retriever: Retriever) -> None:
    question = "科目四補考多少錢"
    found = find(retriever, question)
    best = max(found.sentences, key=lambda s: "140" in s.text)
    assert tells_of_others(found.evidence, best)
    assert reply_to(retriever, question, found).verdict is not Verdict.ANSWERED
    assert not tells_of_others(find(retriever, "科目三補考多少錢").evidence, best)


@pytest.mark.parametrize(
    ("question", "is_other"), [("寧波到大阪的運價是多少", True), ("上海到大阪的運價是多少", False)]
)
def test_a_row_of_another_name_is_no_answer(retriever: Retriever, question: str, is_other: bool) -> None:
    found = find(retriever, question)
    row = next(s for s in found.sentences if "大阪" in s.text)
    assert tells_of_others(found.evidence, row) is is_other
    assert (reply_to(retriever, question, found).verdict is Verdict.ANSWERED) is not is_other


def test_a_value_of_other_rows_names_none(retriever: Retriever) -> None:
    found = find(retriever, "標準房可以免費取消嗎")
    row = next(s for s in found.sentences if "標準房" in s.text)
    assert not tells_of_others(found.evidence, row)
