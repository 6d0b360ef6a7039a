"""The part of a statement that most likely is the answer itself."""

import pytest

from yinju.answering.asked import Asked
from yinju.answering.emphasis import likely_span
from yinju.text import search_form


@pytest.mark.parametrize(
    ("question", "statement", "expected"),
    [
        ("書店哪一年開的？", "書店在一九九八年開張，去年搬家。", "一九九八年"),
        ("簽書會辦在幾月幾號？", "簽書會辦在5月12日，地點在二樓。", "5月12日"),
        ("禮盒賣多少錢？", "禮盒每盒賣680元，滿五盒免運。", "680元"),
        ("2020年賣出多少盒？", "2020年賣出三百盒。", "三百盒"),
        ("彩色影印一張多少錢？", "彩色影印一張十元，黑白兩元。", "十元"),
        ("店裡賣什麼茶？", "店裡賣烏龍茶。", None),
        ("為什麼關門？", "因為2020年虧了很多錢。", None),
        ("一共多少人？", "人很多。", None),
    ],
)
def test_likely_span(question: str, statement: str, expected: str | None) -> None:
    span = likely_span(statement, Asked(search_form(question)))
    assert (statement[slice(*span)] if span else None) == expected
