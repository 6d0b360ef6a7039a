"""Numbers as they are written: in front of headings, in running text, in cells."""

import pytest

from yinju.numerals import number_of, range_of, value_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3), ("３", 3), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十九", 39), ("一百零五", 105),
        ("一百一十二", 112), ("百", 100), ("兩百", 200), ("一千二百六十", 1260), ("二〇二四", 2024), ("廿一", 21),
        ("貳拾", 20), ("〇", 0), ("", None), ("a", None), ("三a", None), ("①", None),
        ("三千五", 3500), ("1.5", None), ("一" * 400, None),
    ],
)  # fmt: skip
def test_numbers_have_their_value(written: str, number: int | None) -> None:
    assert number_of(written) == number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十二", 12), ("兩", 2), ("两千三百", 2300), ("二〇二四", 2024), ("3.5 万", 35000), ("3.5萬", 35000),
        ("1,200", 1200), ("三千五", 3500), ("一千二", 1200), ("三万五", 35000), ("两百五", 250), ("一亿二千万", 1.2e8),
        ("1亿2000万", 1.2e8), ("1万5千", 15_000), ("1千5百万", 1.5e7), ("15k", 15_000), ("1.1亿", 1.1e8),
        ("一百零五", 105), ("廿三", 23), ("零点六", 0.6), ("半", 0.5), ("几十", None), ("", None), ("点", None),
    ],
)  # fmt: skip
def test_numbers_in_text_are_read(written: str, value: float | None) -> None:
    assert value_of(written) == value


def test_what_is_no_number_is_told_soon() -> None:
    assert value_of("9" * 5_000 + "x") is None


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        ("3", "5万", (30_000, 50_000)), ("三", "五千", (3_000, 5_000)), ("5000", "1万", (5_000, 10_000)),
        ("3万", "5万", (30_000, 50_000)), ("6", "13", (6, 13)), ("几", "5万", (None, 50_000)),
    ],
)  # fmt: skip
def test_both_ends_of_a_range_are_of_one_scale(low: str, high: str, values: tuple[float | None, float]) -> None:
    assert range_of(low, high) == values
