"""Whole numbers as they are written in front of headings, articles and points."""

import pytest

from yinju.numerals import number_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3), ("３", 3), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十九", 39), ("一百零五", 105),
        ("一百一十二", 112), ("百", 100), ("兩百", 200), ("一千二百六十", 1260), ("二〇二四", 2024), ("廿一", 21),
        ("貳拾", 20), ("〇", 0), ("", None), ("a", None), ("三a", None), ("①", None),
    ],
)  # fmt: skip
def test_numbers_have_their_value(written: str, number: int | None) -> None:
    assert number_of(written) == number
