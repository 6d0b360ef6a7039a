"""Numbers in the ways that programs count."""

import pytest

from yinju.numerals import number_of
from yinju.reading.number_formats import MOST, shown_in

NUMBERS = (1, 10, 12, 20, 101, 110, 1005)


@pytest.mark.parametrize(
    ("way", "shown"),
    [
        ("decimal", "1 10 12 20 101 110 1005"),
        ("chineseCounting", "一 十 十二 二十 一〇一 一一〇 一〇〇五"),
        ("chineseCountingThousand", "一 十 十二 二十 一百零一 一百一十 一千零五"),
        ("taiwaneseCounting", "一 十 十二 二十 一〇一 一一〇 一〇〇五"),
        ("taiwaneseCountingThousand", "一 十 十二 二十 一百零一 一百一十 一千零五"),
        ("ideographDigital", "一 一〇 一二 二〇 一〇一 一一〇 一〇〇五"),
        ("japaneseCounting", "一 十 十二 二十 百一 百十 千五"),
        ("ideographTraditional", "甲 癸 12 20 101 110 1005"),
        ("ideographZodiac", "子 酉 亥 20 101 110 1005"),
        ("ideographLegalTraditional", "壹 壹拾 壹拾貳 貳拾 壹佰零壹 壹佰壹拾 壹仟零伍"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾贰 贰拾 壹佰零壹 壹佰壹拾 壹仟零伍"),
        ("decimalFullWidth", "１ １０ １２ ２０ １０１ １１０ １００５"),
        ("decimalEnclosedCircle", "① ⑩ ⑫ ⑳ 101 110 1005"),
        ("decimalEnclosedCircleChinese", "① ⑩ ⑫ ⑳ 101 110 1005"),
        ("decimalZero", "01 10 12 20 101 110 1005"),
        ("lowerLetter", "a j l t wwww fffff 1005"),
        ("upperLetter", "A J L T WWWW FFFFF 1005"),
        ("upperRoman", "I X XII XX CI CX MV"),
        ("lowerRoman", "i x xii xx ci cx mv"),
        ("ordinal", "1st 10th 12th 20th 101st 110th 1005th"),
        ("somethingNew", "1 10 12 20 101 110 1005"),
    ],
)
def test_numbers_are_written_in_a_way(way: str, shown: str) -> None:
    assert " ".join(shown_in(number, way) for number in NUMBERS) == shown


@pytest.mark.parametrize("way", ["chineseCounting", "chineseCountingThousand", "ideographLegalTraditional"])
def test_what_is_written_is_read_as_the_same_number(way: str) -> None:
    assert [number_of(shown_in(number, way)) for number in range(1, 1200)] == [*range(1, 1200)]


def test_no_number_is_drawn_by_none() -> None:
    assert shown_in(3, "none") == ""


@pytest.mark.parametrize("number", [0, -1, MOST + 1])
def test_what_no_list_counts_to_is_written_in_digits(number: int) -> None:
    assert shown_in(number, "chineseCountingThousand") == str(number)
