"""Encodings declared wrongly, stated by a person, mixed in one file, or of other languages: told, not guessed."""

import random
from dataclasses import replace

import pytest
from tests.reading.test_encoding import SCRIPTS_AND_ENCODINGS, SIMPLIFIED, TRADITIONAL

from encoded_files import corpus_texts, generate_files
from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.reading.encoding import Decoded, decode_text, known_encoding
from yinju.reading.html import declared_encoding
from yinju.reasons import Reason

CANTONESE = "佢哋喺度做嘢㗎，搭𨋢上去，𠹌都嚟埋，嗰啲嘅嘢冇人知。"
JAPANESE = (
    "会社の規程により、社員は入社後一年で有給休暇を取得できます。申請は三日前までに上司へ提出してください。"
    "システム管理者はサーバーのバックアップを毎週実施し、その結果を報告書にまとめるものとする。"
)
KOREAN = (
    "회사 규정에 따라 직원은 입사 후 일 년이 지나면 연차 휴가를 사용할 수 있습니다. 신청서는 삼 일 전까지 "
    "관리자에게 제출해 주십시오. 사용하지 않은 휴가는 다음 해로 넘기거나 급여로 바꿀 수 있습니다."
)


def windows(text: str, length: int) -> list[str]:
    """Every tenth stretch of a length in a text, so that no test depends on one lucky beginning."""
    return [text[start : start + length] for start in range(0, len(text) - length + 1, 10)]


def flagged(data: bytes) -> bool:
    """Whether bytes are refused, or read with a doubt."""
    try:
        return decode_text(data).doubtful
    except ReadingError:
        return True


def test_a_seed_gives_the_same_files() -> None:
    texts = corpus_texts()
    first, again, other = (list(generate_files(texts, seed)) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("big5", "gbk", SIMPLIFIED),
        ("gb2312", "big5", TRADITIONAL),
        ("utf-8", "gb18030", TRADITIONAL),
        ("iso-8859-1", "big5", TRADITIONAL),
        ("shift_jis", "utf-8", SIMPLIFIED),
        ("utf-16", "gbk", SIMPLIFIED),
        *((odd, "gbk", SIMPLIFIED) for odd in ("idna", "punycode", "unicode_escape", "undefined")),
    ],
)
def test_a_page_that_states_a_wrong_encoding_is_read_right(declared: str, encoding: str, text: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'.encode(encoding)
    assert declared_encoding(page) == declared
    document = read_document(page, "a.html")
    assert (document.text.strip(), document.reasons) == (text, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("這位𠮷先生住在㐂村，他的朋友叫䶮𪚥。", "gb18030"),
        ("西安的𰻞𰻞面很好吃，𠮷野家的饭也不错。", "gb18030"),
        (CANTONESE, "big5hkscs"),
        ("呢個係香港嘅電梯，叫做𨋢，唔該晒㗎。", "big5hkscs"),
    ],
)
def test_characters_that_only_the_larger_standard_has_are_read(text: str, encoding: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        text.encode({"gb18030": "gbk", "big5hkscs": "big5"}[encoding])
    assert decode_text(text.encode(encoding)) == Decoded(text, encoding)


@pytest.mark.parametrize(("text", "encoding"), [*SCRIPTS_AND_ENCODINGS[:4], (CANTONESE, "big5hkscs")])
def test_chinese_after_100_kb_of_ascii_is_read_without_a_doubt(text: str, encoding: str) -> None:
    whole = "date;place;count\r\n" * 6_000 + text
    decoded = decode_text(whole.encode(encoding))
    assert (decoded.text == whole, decoded.warnings) == (True, ())


@pytest.mark.parametrize(("text", "encoding"), SCRIPTS_AND_ENCODINGS)
def test_line_ends_stay_as_they_are(text: str, encoding: str) -> None:
    lines = text.replace("，", "，\r\n")
    assert decode_text(lines.encode(encoding)) == Decoded(lines, encoding.replace("big5", "big5hkscs"))


@pytest.mark.parametrize(("text", "encoding"), SCRIPTS_AND_ENCODINGS[:4])
def test_bad_bytes_are_counted_and_located_in_every_encoding(text: str, encoding: str) -> None:
    line = f"{text}\n".encode(encoding)
    decoded = decode_text(b"\xff\n".join([line, line, line, line * 7]))
    assert (decoded.bad, decoded.first_bad, decoded.doubtful) == (3, len(line), False)
    assert decoded.text == f"{text}\n\ufffd\n" * 3 + f"{text}\n" * 7


def test_a_replacement_character_that_was_written_is_not_a_bad_byte() -> None:
    decoded = decode_text("原文就有\ufffd這個字，後面還有很多很多的字。".encode() * 4 + b"\xff")
    assert decoded.bad == 1


@pytest.mark.parametrize("many", [10, 1_000])
@pytest.mark.parametrize(
    ("text", "encoding", "other", "other_encoding"),
    [
        (SIMPLIFIED, "gb18030", TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "big5hkscs", SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gb18030", SIMPLIFIED, "utf-8"),
        (TRADITIONAL, "utf-8", TRADITIONAL, "big5hkscs"),
    ],
)
def test_a_part_in_another_encoding_is_flagged(
    text: str, encoding: str, other: str, other_encoding: str, many: int
) -> None:
    lines, foreign = f"{text}\n".encode(encoding) * many, f"{other[:60]}\n".encode(other_encoding)
    decoded = decode_text(lines + foreign + lines)
    doubt = Reason("doubtful_encoding", {"encoding": encoding, "other": other_encoding})
    assert (decoded.encoding, decoded.warnings[-1]) == (encoding, doubt)


@pytest.mark.parametrize("size", [300, 3_000, 60_000])
def test_random_bytes_are_refused(size: int) -> None:
    chance = random.Random(size)
    for _ in range(5):
        with pytest.raises(ReadingError):
            decode_text(chance.randbytes(size))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (KOREAN, "euc_kr"), ("It’s the firm’s “plan”. ", "cp1252")],
)
def test_other_languages_are_flagged(text: str, encoding: str) -> None:
    assert flagged((text * 3).encode(encoding))
    assert all(flagged(stretch.encode(encoding)) for stretch in windows(text, 30))


def test_code_english_and_utf_8_are_never_doubtful() -> None:
    for text in (JAPANESE, KOREAN, CANTONESE, "龘靐齉爩", "It’s “déjà vu”: ½ €", "for i in range(8):\n\tpass\n", "ok"):
        assert decode_text(text.encode()) == Decoded(text, "utf-8")


@pytest.mark.parametrize(
    ("text", "encoding", "forced", "named"),
    [
        (SIMPLIFIED, "gbk", "GBK", "gbk"),
        (SIMPLIFIED, "gb18030", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "Big5", "big5"),
        (CANTONESE, "big5hkscs", " big5-hkscs ", "big5hkscs"),
        ("１～２‧", "cp950", "cp950", "cp950"),
        (JAPANESE, "shift_jis", "Shift_JIS", "shift_jis"),
        (KOREAN, "utf-8", "UTF8", "utf-8"),
        (TRADITIONAL, "utf-16-le", "utf-16-le", "utf-16-le"),
        ("\ufeff" + TRADITIONAL, "utf-16-le", "utf-16-le", "utf-16-le"),
        ("\ufeff" + TRADITIONAL, "utf-16-be", "utf-16", "utf-16-be"),
        ("\ufeff" + TRADITIONAL, "utf-8", "utf-8", "utf-8"),
    ],
)
def test_an_encoding_that_a_person_names_is_used(text: str, encoding: str, forced: str, named: str) -> None:
    decoded = decode_text(text.encode(encoding), "utf-8", forced)
    assert decoded == Decoded(text.removeprefix("\ufeff"), named)


def test_bad_bytes_of_a_forced_encoding_are_counted() -> None:
    decoded = decode_text(TRADITIONAL.encode("big5") + b"\n\xff\n", forced="big5")
    assert (decoded.bad, decoded.first_bad) == (1, len(TRADITIONAL.encode("big5")) + 1)
    with pytest.raises(ReadingError, match="超過 5 %"):
        decode_text(SIMPLIFIED.encode("gbk"), forced="utf-8")


@pytest.mark.parametrize("name", ["gb-9", "base64", "rot13", "idna", "unicode_escape", "編碼", "a\0b", ""])
def test_a_name_of_no_encoding_is_refused(name: str) -> None:
    assert known_encoding(name) is None
    with pytest.raises(ReadingError, match="沒有名為") as caught:
        decode_text(b"text", forced=name)
    assert caught.value.reason == Reason("unknown_encoding", {"name": name})


def test_a_document_is_read_in_the_encoding_that_is_named() -> None:
    data = JAPANESE.encode("shift_jis")
    document = read_document(data, "a.txt", encoding="shift_jis")
    assert (document.text, document.encoding, document.reasons) == (JAPANESE, "shift_jis", ())


def test_both_warnings_are_given() -> None:
    decoded = replace(Decoded("", "gb18030", 2, 7), doubtful=True, runner_up="big5hkscs")
    assert [reason.name for reason in decoded.warnings] == ["bad_bytes", "doubtful_encoding"]
