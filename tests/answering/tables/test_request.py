"""What a question wants: asking words, ranking, sums, shares, differences."""

import pytest

from yinju.answering.tables.request import read_request
from yinju.text import search_form


@pytest.mark.parametrize(
    ("question", "descends", "first", "count"),
    [
        ("最貴的是哪個", True, 1, 1), ("最便宜的兩間", False, 1, 2), ("總分前三名", True, 1, 3),
        ("第二高的是誰", True, 2, 1),
        ("最早的一班", False, 1, 1), ("最資深的是誰", False, 1, 1), ("銷量最高的前五個", True, 1, 5),
    ],
)  # fmt: skip
def test_rankings(question: str, descends: bool, first: int, count: int) -> None:
    ranking = read_request(search_form(question)).ranking
    assert ranking is not None and (ranking.descends, ranking.first, ranking.count) == (descends, first, count)


@pytest.mark.parametrize("question", ["最多可以借幾本", "一天最多收多少", "至少要幾個人", "最晚幾點到"])
def test_limits_are_no_rankings(question: str) -> None:
    assert read_request(search_form(question)).ranking is None


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("加起來多少錢", "totals"), ("平均多少", "averages"), ("兩個差多少", "differs"), ("甲比乙貴多少", "differs"),
        ("占總額幾成", "shares"), ("有什麼不同", "compares"), ("每個部門幾個人", "each"), ("有哪些", "lists"),
    ],
)  # fmt: skip
def test_operations(question: str, wanted: str) -> None:
    assert getattr(read_request(search_form(question)), wanted) is True


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("多少錢", ["money"]), ("誰負責", ["person"]), ("打幾號分機", ["phone"]), ("星期幾上課", ["weekday"]),
        ("在哪裡 幾點開始", ["place", "time"]), ("要多久", ["duration"]),
    ],
)  # fmt: skip
def test_kinds(question: str, kinds: list[str]) -> None:
    assert [ask.kind.name for ask in read_request(search_form(question)).asks if ask.kind] == kinds


def test_counting_and_choosing() -> None:
    (ask,) = read_request(search_form("有幾張訂單")).asks
    assert ask.is_count and ask.unit.startswith("张")
    (ask,) = read_request(search_form("是哪幾張單")).asks
    assert ask.is_which and not ask.is_count
    assert not read_request(search_form("哪個專案經理")).totals and not read_request(search_form("業務總監")).totals
