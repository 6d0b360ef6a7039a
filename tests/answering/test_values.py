"""The part of a statement that most likely is the answer itself."""

import pytest

from yinju.answering.asked import Asked
from yinju.answering.values import likely_span
from yinju.text import search_form


@pytest.mark.parametrize(
    ("question", "statement", "expected"),
    [
        ("書店哪一年開的？", "書店在一九九八年開張，去年搬家。", "一九九八年"),
        ("簽書會辦在幾月幾號？", "簽書會辦在5月12日，地點在二樓。", "5月12日"),
        ("禮盒賣多少錢？", "禮盒每盒賣680元，滿五盒免運。", "680元"),
        ("2020年賣出多少盒？", "2020年賣出三百盒。", "三百盒"),
        ("彩色影印一張多少錢？", "彩色影印一張十元，黑白兩元。", "十元"),
        ("資料保留多少天？", "每 15 分鐘備份一次；保留 35 天。", "35 天"),
        ("試用期多久？", "2024 年 3 月 5 日起，試用期三個月。", "三個月"),
        ("總機電話幾號？", "總機電話 049-277-6318，週一至週五有人接。", "049-277-6318"),
        ("分機多少？", "分機：209", "分機：209"),
        ("午餐自付多少？", "第二十條 午餐自付 6 元。", "6 元"),
        ("哪天截止？", "報名到 2025 年 8 月 24 日為止。", "2025 年 8 月 24 日"),
        ("年齡幾歲以上？", "限 5–12 歲。", "5–12 歲"),
        ("夜間班幾點到幾點？", "夜間班時段改為 18:00–21:00。", "18:00–21:00"),
        ("店裡賣什麼茶？", "店裡賣烏龍茶。", None),
        ("為什麼關門？", "因為2020年虧了很多錢。", None),
        ("一共多少人？", "人很多。", None),
    ],
)
def test_likely_span(question: str, statement: str, expected: str | None) -> None:
    span = likely_span(statement, Asked(search_form(question)))
    assert (statement[slice(*span)] if span else None) == expected
