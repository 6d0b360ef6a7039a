"""Cells → numbers, days and times; the numbers of questions, and what meets them."""

from math import inf

import pytest

from yinju.answering.tables.amounts import asked_quantities, meets
from yinju.answering.tables.quantities import Measure, read_quantity, same_unit, weekday_of
from yinju.text import search_form


@pytest.mark.parametrize(
    ("cell", "low", "high", "unit"),
    [
        ("1,200", 1200, 1200, ""), ("600 公尺", 600, 600, "公尺"), ("每餐 58", 58, 58, ""),
        ("NT$ 3,000", 3000, 3000, ""),
        ("−12 ℃ 以下", -inf, -12, "°c"), ("8–15 天", 8, 15, "天"), ("6 至 13 岁", 6, 13, "岁"),
        ("20 人以上", 20, inf, "人"),
        ("1.5 万", 15000, 15000, ""), ("30%", 30, 30, "%"), ("3,200元/月", 3200, 3200, "元"), ("兩年", 2, 2, "年"),
        ("3万–5万元", 30000, 50000, "元"), ("約 20 分鐘", 20, 20, "分钟"),
    ],
)  # fmt: skip
def test_numbers(cell: str, low: float, high: float, unit: str) -> None:
    quantity = read_quantity(search_form(cell))
    assert quantity is not None and quantity.measure is Measure.NUMBER
    assert (quantity.low, quantity.high, quantity.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "cell", ["", "D250901", "A5 横线", "0900-551-301", "—", "第一節", "育嬰留停至 2026-01-31，代理人某"]
)
def test_no_quantities(cell: str) -> None:
    assert read_quantity(search_form(cell)) is None


@pytest.mark.parametrize(
    ("cell", "measure", "low", "high"),
    [
        ("2025-09-01", Measure.DAY, 20250901, 20250901), ("114年9月1日", Measure.DAY, 20250901, 20250901),
        ("9 月 12 日", Measure.DAY, 912, 912), ("十月六日", Measure.DAY, 1006, 1006),
        ("2025-03-01 ~ 2025-03-05", Measure.DAY, 20250301, 20250305),
        ("07:20–07:40", Measure.CLOCK, 440, 460), ("17:00 后入场", Measure.CLOCK, 1020, 1020),
    ],
)  # fmt: skip
def test_days_and_times(cell: str, measure: Measure, low: float, high: float) -> None:
    quantity = read_quantity(search_form(cell))
    assert quantity is not None and (quantity.measure, quantity.low, quantity.high) == (measure, low, high)


@pytest.mark.parametrize(
    ("question", "cells", "others"),
    [
        ("一千以上的", ["1,000", "1,500"], ["999", "—"]), ("超過三千的", ["3,001"], ["3,000"]),
        ("不到二十人的", ["19 人"], ["20 人", "19 元"]), ("买10天的", ["8–15 天"], ["1–3 天", "16–30 天"]),
        ("4到7天", ["4–7 天"], ["1–5 天"]), ("租一年", ["12 个月以上"], ["6–11 个月"]),
        ("一周以内的", ["5 天", "1 周"], ["10 天", "2 周"]),
        ("半公斤以上的", ["600 克", "1.2 kg"], ["300 克", "12 公分"]),
        ("3到5万", ["3万–5万", "2–6 万元"], ["4–6 万"]),
        ("9月24号的", ["2025-09-24", "9 月 24 日"], ["2025-09-25", "2025-10-24"]),
        ("九月", ["2025-09-02"], ["2025-10-02"]),
        ("9月20号以后", ["2025-09-20", "2025-10-01"], ["2025-09-19"]), ("2024年", ["2024-02-19"], ["2025-02-19"]),
        ("11点半那个", ["11:30", "11:00–12:00"], ["10:30"]), ("下午三點", ["15:00"], ["03:00"]),
        ("19点以后", ["19:00", "20:30"], ["18:59"]),
    ],
)  # fmt: skip
def test_what_meets_a_question(question: str, cells: list[str], others: list[str]) -> None:
    (bound,) = asked_quantities(search_form(question))
    for expected, told in ((True, cells), (False, others)):
        for cell in told:
            quantity = read_quantity(search_form(cell))
            assert (quantity is not None and meets(quantity, bound)) is expected, cell


@pytest.mark.parametrize("question", ["订单D250923", "第五節", "P1级", "N-A5", "XK-210B多少錢"])
def test_codes_and_places_are_no_numbers(question: str) -> None:
    assert asked_quantities(search_form(question)) == []


def test_units_and_days_of_the_week() -> None:
    assert same_unit("kg", "公斤") and same_unit("块", "元") and same_unit("", "天") and same_unit("年", "个月")
    assert not same_unit("天", "元") and not same_unit("kg", "km")
    assert weekday_of(20250901) == "一" and weekday_of(20250907) == "日" and weekday_of(901) == ""
