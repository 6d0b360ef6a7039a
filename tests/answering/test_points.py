"""The points of an answer, whatever they are written as."""

import pytest

from yinju.answering.followup.resolve import LONGEST_POINT, find_points


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("1. 先燙壺。[1]\n2. 放茶葉。[2]", ["先燙壺", "放茶葉"]),
        ("- **綠茶**：八十度\n- **紅茶**：一百度", ["綠茶：八十度", "紅茶：一百度"]),
        ("第一，先選品；第二，再加人。", ["先選品", "再加人"]),
        ("一是人手，二是錢。[1]", ["人手", "錢"]),
        ("首先燙壺，其次放茶，最後注水。", ["燙壺", "放茶", "注水"]),
        ("选品看三点：自己用过、复购快、售后少。[1]", ["自己用过", "复购快", "售后少"]),
        ("最常見的有四種：地理、人口、心理與行為。", ["地理", "人口", "心理", "行為"]),
        ("微博開放。[1]微信封閉。[2]", ["微博開放", "微信封閉"]),
        ("只有一句。[1]", []),
        ("", []),
    ],
)
def test_points(answer: str, points: list[str]) -> None:
    assert find_points(answer) == points


def test_a_list_of_another_length_is_not_the_one_asked_for() -> None:
    assert find_points("商務運營：談合作、簽合約、追進度。[1]", 5) == []
    assert find_points("商務運營：談合作、簽合約、追進度。[1]", 3) == ["談合作", "簽合約", "追進度"]


def test_a_point_is_cut_where_it_is_long() -> None:
    assert [len(point) for point in find_points(f"1. {'長' * 99}\n2. 短")] == [LONGEST_POINT, 1]
