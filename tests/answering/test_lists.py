"""Lists among sentences: by bullets, numbers, turns of phrase, table rows, or the number their lead-in announces."""

import pytest

from yinju.answering.lists import Listing, find_lists


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["先備料：", "- 麵粉", "- 水", "- 鹽", "放一晚。"], [Listing(0, (1, 2, 3))]),
        (["1. 揉麵。", "2. 發酵。", "3. 烘烤。"], [Listing(None, (0, 1, 2))]),
        (["一共分三步：", "揉麵；", "發酵；", "烘烤。", "吃的時候要小心。"], [Listing(0, (1, 2, 3))]),
        (["要注意：", "別太燙；", "別太久；", "別加糖。", "其他隨意。"], [Listing(0, (1, 2, 3))]),
        (["價目：", "大小｜價錢", "大杯｜五十元", "小杯｜三十元", "週一公休。"], [Listing(0, (1, 2, 3))]),
        (["首先量水溫。", "其次洗杯子。", "最後倒茶。", "茶要趁熱喝。"], [Listing(None, (0, 1, 2))]),
        (["第一，看人。", "這最難。", "第二，看事。", "完了。"], [Listing(None, (0, 1, 2))]),
        (["（一）買。", "（二）賣。", "收攤。"], [Listing(None, (0, 1))]),
        (["分兩類：", "只有這一行。"], []),
        (["他說：", "你好。", "再見。"], []),
        (["- 只有一點。", "沒有了。"], []),
        (["3.5 公里外有站牌。", "2.5 公里外沒有。"], []),
        (["步驟如下：", "1. 填表。", "2. 匯款。", "- 郵局。", "- 網銀。", "3. 報到。"], [Listing(0, (1, 2, 3, 4, 5))]),
        (["1. 合併。", "2. 夜送。", "1. 換車。", "2. 抽檢。"], [Listing(None, (0, 1)), Listing(None, (2, 3))]),
        (["至少要五個人，崗位如下：", "簽到", "帶位", "收尾"], [Listing(0, (1, 2, 3))]),
        (["計畫如下：", "預算：三萬。", "人力：三個。", "同一時間，照常營業。"], [Listing(0, (1, 2))]),
        (["崗位如下：", "簽到 一人", "帶位 兩人", "簽到不得兼任。"], [Listing(0, (1, 2))]),
        (["計畫如下：", "預算三萬。", "人力三個。", "目標一百。"], [Listing(0, (1, 2, 3))]),
        (["-18℃：冷凍。", "-5℃：冷藏。"], []),
        (["● 甲。", "● 乙。"], [Listing(None, (0, 1))]),
        (["① 甲。", "② 乙。", "① 丙。"], [Listing(None, (0, 1))]),
        ([], []),
    ],
)
def test_lists_are_found_whole(lines: list[str], expected: list[Listing]) -> None:
    assert find_lists(lines, [True] * len(lines)) == expected


def test_further_sentences_of_a_point_stay_with_it() -> None:
    sentences = ["- 看店。", "從早到晚。", "- 送貨。", "下雨也送。", "老闆不在。"]
    assert find_lists(sentences, [True, False, True, False, True]) == [Listing(None, (0, 1, 2, 3))]


def test_a_lead_in_brings_as_many_points_as_it_says() -> None:
    sentences = ["優點有兩個：", "便宜。", "又快。", "下一段。"]
    assert find_lists(sentences, [True] * 4) == [Listing(0, (1, 2))]
    assert find_lists(["優點有五個：", *sentences[1:]], [True] * 4) == []


def test_places_hold_the_lead_in() -> None:
    assert Listing(0, (1, 2)).places == (0, 1, 2)
    assert Listing(None, (1, 2)).places == (1, 2)
