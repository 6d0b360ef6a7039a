"""Which encoding a file is in, from its bytes alone."""

import codecs

import pytest

from encoded_files import Outcome, corpus_texts, decode_files, generate_files
from yinju.errors import ReadingError
from yinju.reading.encoding import decode_text
from yinju.reading.likelihood import likelihood
from yinju.reasons import Reason

SIMPLIFIED = (
    "公司规定员工入职满一年以后可以休七天年假，休假之前应当提前三天向主管提出申请，得到同意才能离开岗位；"
    "如果工作繁忙，主管有权请员工改期，但是不得取消。没有休完的假期可以留到下一年使用，也可以换成工资。"
    "新来的同事在试用期内没有年假，只有病假和事假，详细办法请看手册第三章。"
)
TRADITIONAL = (
    "本公司同仁到職滿一年之後可以請七天特別休假，請假前應該先向主管說明理由，經過同意以後才能離開工作地點；"
    "若是業務繁忙，主管可以請同仁改期，但是不能取消。沒有休完的天數可以留到下一年，也可以折算為薪資。"
    "新進同仁在試用期間沒有特別休假，只有病假與事假，詳細的辦法請看手冊第三章。"
)
SCRIPTS_AND_ENCODINGS = [
    (SIMPLIFIED, "gb18030"),
    (TRADITIONAL, "gb18030"),
    (TRADITIONAL, "big5"),
    (SIMPLIFIED, "utf-8"),
    (TRADITIONAL, "utf-16-le"),
    (SIMPLIFIED, "utf-16-be"),
    (SIMPLIFIED + "𠮷", "utf-32-le"),
    ("# A\n" + TRADITIONAL, "utf-32-be"),
]


def windows(text: str, length: int) -> list[str]:
    """Every tenth stretch of a length in a text, so that no test depends on one lucky beginning."""
    return [text[start : start + length] for start in range(0, len(text) - length + 1, 10)]


@pytest.mark.parametrize("length", [10, 30, 100])
@pytest.mark.parametrize(("text", "encoding"), SCRIPTS_AND_ENCODINGS)
def test_short_texts_are_decoded_as_they_were_encoded(text: str, encoding: str, length: int) -> None:
    for stretch in windows(text, length):
        assert decode_text(stretch.encode(encoding)).text == stretch


@pytest.mark.parametrize(("text", "encoding"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5")])
def test_four_characters_are_decoded_nearly_always(text: str, encoding: str) -> None:
    stretches = windows(text, 4)
    right = sum(decode_text(stretch.encode(encoding)).text == stretch for stretch in stretches)
    assert right >= 0.9 * len(stretches)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_text(mark: bytes, encoding: str) -> None:
    decoded = decode_text(mark + "𠮷野家，ABC".encode(encoding))
    assert (decoded.text, decoded.encoding) == ("𠮷野家，ABC", encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_chinese_after_a_long_ascii_head_is_found(encoding: str) -> None:
    text = "id,name,value\n" * 10_000 + "請同仁注意：以上的資料僅供參考。"
    assert decode_text(text.encode(encoding)).text == text


def test_rare_characters_survive_gb18030() -> None:
    text = "這位𠮷先生住在㙍頭村，他說的話大家都明白。"
    assert decode_text(text.encode("gb18030")).text == text


def test_bad_bytes_are_replaced_counted_and_located() -> None:
    decoded = decode_text("很好。".encode() * 20 + b"\xff\xff" + "完。".encode())
    assert (decoded.encoding, decoded.bad, decoded.first_bad) == ("utf-8", 2, 180)
    assert decoded.text.endswith("很好。\ufffd\ufffd完。")
    assert decoded.warnings == (Reason("bad_bytes", {"encoding": decoded.encoding, "bad": 2, "first": 180}),)


def test_the_offset_of_bad_bytes_counts_the_byte_order_mark() -> None:
    assert decode_text(codecs.BOM_UTF8 + "好".encode() * 20 + b"\xff").first_bad == 63


def test_a_text_without_bad_bytes_has_no_warning() -> None:
    assert decode_text(b"plain").warnings == ()


@pytest.mark.parametrize(
    ("data", "code", "part"),
    [
        ("中文".encode() * 3 + b"\xff" * 5, "undecodable", "23 個位元組"),
        (bytes(range(256)) * 20, "unknown_format", "二進位"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, code: str, part: str) -> None:
    with pytest.raises(ReadingError, match=part) as caught:
        decode_text(data)
    assert caught.value.code == code


@pytest.mark.parametrize("declared", ["big5", "no-such-encoding", "rot13", "gb2312", ""])
def test_a_lying_declaration_does_not_win(declared: str) -> None:
    assert decode_text(SIMPLIFIED.encode(), declared).text == SIMPLIFIED
    assert decode_text(SIMPLIFIED.encode("gb18030"), declared).text == SIMPLIFIED


def test_a_true_declaration_adds_an_encoding() -> None:
    text = "Le café est déjà fermé; à bientôt."
    assert decode_text(text.encode("latin-1"), "iso-8859-1").text == text


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_a_little_chinese_in_much_english_is_found(encoding: str) -> None:
    text = "The quick brown fox jumps over the lazy dog, 中文 and so on; see section 3.14 of the manual for more. "
    for padding in ("", "x"):
        assert decode_text((text + padding).encode(encoding)).text == text + padding


def test_frequent_characters_are_likelier_than_rare_ones() -> None:
    assert likelihood("的") > likelihood("躑") > likelihood("龘") > likelihood("\ue000")


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """What becomes of 600 files in eight encodings, of 4 to 10,000 characters."""
    return list(decode_files(list(generate_files(corpus_texts()))))


def test_files_of_thirty_characters_and_more_are_read_exactly_and_without_a_doubt(outcomes: list[Outcome]) -> None:
    long = [outcome for outcome in outcomes if outcome.sample.length >= 30]
    assert len(outcomes) == 600
    assert [one.sample for one in long if not one.exact or one.decoded is None or one.decoded.doubtful] == []


def test_files_of_ten_characters_and_more_are_hardly_ever_misread(outcomes: list[Outcome]) -> None:
    short = [outcome for outcome in outcomes if 10 <= outcome.sample.length < 30]
    assert sum(outcome.exact for outcome in short) >= 0.97 * len(short)


def test_two_encodings_in_one_file_are_told() -> None:
    text = SIMPLIFIED.encode("gb18030") * 3 + TRADITIONAL.encode("big5") * 3
    assert decode_text(text).doubtful


def test_a_stated_encoding_is_taken_as_it_is() -> None:
    assert decode_text("テスト".encode("shift_jis"), forced="shift_jis").text == "テスト"
    with pytest.raises(ReadingError, match="klingon"):
        decode_text(b"x", forced="klingon")
