"""What a question compares, and the words that tell each thing from the others."""

import time
from collections.abc import Iterator

import pytest
from tests.shelves import library_of

from yinju.answering.extracted import find
from yinju.answering.sides import compared, names_others, told_apart
from yinju.retrieval import Retriever

SIDES = [
    ("微博營銷與微信營銷的區別", ["微博營銷", "微信營銷"]),
    ("運營,營銷,策劃有什麼區別", ["運營", "營銷", "策劃"]),
    ("微信營銷和微商,兩者有何區別", ["微信營銷", "微商"]),
    ("拉坯和彩繪是不是一回事", ["拉坯", "彩繪"]),
    ("傳統營銷好做還是微信營銷好做", ["傳統營銷", "微信營銷"]),
    ("微博營銷和微信運營有什麼區別", ["微博營銷", "微信運營"]),
    ("宏拓跟巨岩的報價和保固差多少", ["宏拓的報價和保固", "巨岩的報價和保固"]),
    ("P1和P2响应时间差别", ["P1响应时间", "P2响应时间"]),
    ("境内和境外的意外医疗免赔额有什么差别", ["境内的意外医疗免赔额", "境外的意外医疗免赔额"]),
    ("露營新規定跟舊的差在哪", ["露營新規定", "露營舊規定"]),
    ("順嶺跟吉野的運費哪個便宜", ["順嶺的運費", "吉野的運費"]),
    ("早班晚班上班时间差别", ["早班上班时间", "晚班上班时间"]),
    ("微信營銷比起傳統的到底不同在哪", ["微信營銷", "傳統的"]),
    ("微商是不是就是微信營銷啊", ["微商", "微信營銷"]),
    ("運營 行銷 企劃 這三個到底差在哪", ["運營", "行銷", "企劃"]),
    ("微信營銷 微商 這倆有啥不同", ["微信營銷", "微商"]),
    ("做運營的跟做營銷的還有做策劃的 分別管什麼", ["做運營的", "做營銷的", "做策劃的"]),
    ("新媒體那邊 運營和營銷不一樣嗎", ["運營", "營銷"]),
    ("大家說的運營跟行銷是同一件事嗎", ["運營", "行銷"]),
    ("公貓和母貓，結紮的價錢差多少", ["公貓結紮的價錢", "母貓結紮的價錢"]),
    ("無人機打藥跟人工比差在哪", ["無人機打藥", "人工"]),
    ("拍子和球拍放在一起有什麼不同", ["拍子", "球拍"]),
    ("順嶺和吉野一箱運費哪家比較便宜", ["順嶺一箱運費", "吉野一箱運費"]),
    ("訂閱號和服務號哪個適合賣貨", ["訂閱號", "服務號"]),
    ("云雀3比云雀2贵多少", ["云雀3", "云雀2"]),
    ("白金卡和金卡年费差多少", ["白金卡年费", "金卡年费"]),
    ("志工每人保多少意外險，跟旅行險的意外身故比哪個多", ["志工每人保多少意外險", "旅行險的意外身故"]),
]
NOTHING_COMPARED = [
    "為什麼今年比去年少收了",
    "84消毒液和水的比例是多少",
    "哪個部門最大",
    "單人房多少錢",
    "不同意要填哪張表",
    "",
    "比",
]


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """What finds passages of a course."""
    course = "# 社群入門\n\n微博營銷靠公開傳播。微信營銷靠熟人圈。在微信做運營要天天回覆。\n"
    with library_of({"行銷.md": course}, tmp_path_factory.mktemp("sides")) as opened:
        yield opened.answering().retriever


def own_words(retriever: Retriever, question: str) -> list[set[str]]:
    query = find(retriever, question).evidence.query
    tokens = [*query.weights]
    return [{token for token, own in zip(tokens, side, strict=True) if own} for side in told_apart(query)]


@pytest.mark.parametrize(("question", "sides"), SIDES)
def test_sides_of_a_comparison(question: str, sides: list[str]) -> None:
    assert compared(question) == tuple(sides)


@pytest.mark.parametrize("question", NOTHING_COMPARED)
def test_nothing_is_compared(question: str) -> None:
    assert compared(question) == ()


def test_what_both_are_called_tells_neither_apart(retriever: Retriever) -> None:
    for question in ("微博營銷和微信營銷有什麼區別", "微博营销与微信营销有什么不同？"):
        one, other = own_words(retriever, question)
        assert "微博" in one and "微信" in other
        assert "营销" not in one | other
        assert not one & other


def test_a_thing_is_told_by_its_nouns(retriever: Retriever) -> None:
    assert own_words(retriever, "微博營銷和微信運營有什麼區別") == [{"微博"}, {"微信"}]


@pytest.mark.parametrize("question", ["微博營銷是什麼", "微博營銷和微信營銷是什麼", "營銷和營銷有什麼區別"])
def test_where_nothing_is_compared_there_are_no_sides(retriever: Retriever, question: str) -> None:
    assert own_words(retriever, question) == []


def test_what_is_not_named_is_only_others() -> None:
    assert [side for side in ("其他的平台", "在別的平台上", "別家銀行", "微信", "其實") if names_others(side)] == [
        "其他的平台", "在別的平台上", "別家銀行",
    ]  # fmt: skip


@pytest.mark.parametrize("question", ["和" * 300 + "差在哪", "比" * 300, "\ud800跟？差在哪" * 20, "，" * 300 + "區別"])
def test_nothing_fails_or_takes_long(question: str) -> None:
    started = time.perf_counter()
    assert isinstance(compared(question), tuple)
    assert time.perf_counter() - started < 2
