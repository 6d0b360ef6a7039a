"""What of a question the documents do not have: numbers before things, in the asker's words, none said otherwise."""

from collections.abc import Iterator

import pytest
from tests.shelves import library_of

from yinju.answering.extracted import Found, find
from yinju.answering.missing import MOST, absent_from, unmentioned, unmet_numbers
from yinju.retrieval import Retriever

DOCUMENTS = {
    "公園.md": "# 公園須知\n\n第一條 犬隻進入公園須繫繩。\n\n第二條 2024年起羽球場每小時收費 200 元。\n",
    "會員.csv": "等級,年費,停車\n銀髮會員,600,免費\n學生會員,500,半價\n金卡會員,2400,免費\n",
}


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """What finds passages of a park."""
    with library_of(DOCUMENTS, tmp_path_factory.mktemp("missing")) as opened:
        yield opened.answering().retriever


def _missing(retriever: Retriever, found: Found) -> tuple[str, ...]:
    absent = absent_from(retriever.generation, found.evidence)
    return absent or unmentioned(retriever.generation, found.evidence.query, found.best)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("第五十條說了什麼", ("第五十條",)),
        ("第五十条说了什么", ("第五十条",)),
        ("XK-210A 型的羽球場怎麼收費", ("XK-210A",)),
        ("2023年羽球場每小時收費多少", ("2023年",)),
        ("公園裡的游泳池幾點開", ("游泳池",)),
        ("公园里的游泳池几点开", ("游泳池",)),
        ("鑽石會員的年費多少", ("鑽石會員",)),
        ("游泳池幾樓", ("游泳池",)),
        ("羽球場和溜冰場的收費有什麼不同", ("溜冰場",)),
        ("第一條說了什麼", ()),
        ("2024年羽球場每小時收費多少", ()),
        ("學生會員的年費多少", ()),
        ("狗狗進公園要繫繩嗎", ()),
        ("羽球場的收費標準和注意事項", ()),
        ("羽球場的優點和壞處", ()),
    ],
)
def test_what_the_documents_do_not_have(retriever: Retriever, question: str, missing: tuple[str, ...]) -> None:
    found = find(retriever, question)
    assert _missing(retriever, found) == missing


def test_a_number_is_named_before_things(retriever: Retriever) -> None:
    found = find(retriever, "第九條的游泳池和溜冰場")
    assert _missing(retriever, found) == ("第九條",)


def test_few_things_are_named(retriever: Retriever) -> None:
    found = find(retriever, "游泳池、溜冰場和籃球場在哪裡")
    missing = _missing(retriever, found)
    assert len(missing) == MOST == 2
    assert set(missing) < {"游泳池", "溜冰場", "籃球場", "籃球", "溜冰"}


def test_numbers_are_unmet_only_where_none_is_met(retriever: Retriever) -> None:
    for question, unmet in (("第三條是什麼", ("第三條",)), ("第二條是什麼", ()), ("羽球場收費", ())):
        assert unmet_numbers(retriever.generation, find(retriever, question).evidence) == unmet
