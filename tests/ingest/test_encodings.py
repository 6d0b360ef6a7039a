"""The encodings that a person states for files of a folder."""

from pathlib import Path

import pytest

from yinju.errors import DocumentsError, EncodingsError
from yinju.ingest.encodings import read_overrides, state_encoding
from yinju.ingest.files import ENCODINGS as FILE
from yinju.reading import Reader
from yinju.reasons import Reason, say

LINES = """\
\ufeff# what the old system wrote
notes/*.txt = gbk
  第[一二]章.txt  =  Big5-HKSCS

notes/new.txt = utf-8
a=b.txt = cp950
"""


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("notes/old.txt", "gbk"),
        ("notes/deep/old.txt", "gbk"),
        ("notes/new.txt", "utf-8"),
        ("第二章.txt", "Big5-HKSCS"),
        ("第三章.txt", None),
        ("a=b.txt", "cp950"),
        ("NOTES/old.txt", None),
        ("# what the old system wrote", None),
    ],
)
def test_the_last_line_that_fits_a_name_states_its_encoding(tmp_path: Path, name: str, encoding: str | None) -> None:
    (tmp_path / FILE).write_text(LINES, "utf-8")
    assert read_overrides(tmp_path)(name) == encoding


def test_nothing_is_stated_without_the_file(tmp_path: Path) -> None:
    assert read_overrides(tmp_path)("a.txt") is None
    assert read_overrides(tmp_path / "missing")("a.txt") is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a.txt = gbk\n\nb.txt", f"Line 3 of .* {FILE}, is “b.txt”.*write it as name = encoding"),
        (b"= gbk", "Line 1 of .* is “= gbk”"),
        (b"a.txt =", "Line 1 of .* is “a.txt =”"),
        (b"# one\na.txt = gb-9", "Line 2 .* names the encoding “gb-9”, which there is not.*such as gb18030"),
        (b"a.txt = base64", "Line 1 .* names the encoding “base64”"),
        (b"a.txt = idna", "Line 1 .* names the encoding “idna”"),
        ("檔.txt = gbk".encode("big5"), "is no UTF-8 \\(at byte 0\\).*save it as UTF-8"),
    ],
)
def test_an_error_says_where_what_was_found_and_what_is_expected(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(EncodingsError, match=message):
        read_overrides(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(EncodingsError, match=f"{FILE}, cannot be opened"):
        read_overrides(tmp_path)


DAMAGED = [
    (b"# one\nnonsense", Reason("encodings.line", {"line": 2, "found": "nonsense"})),
    (b"a.txt = gb-9", Reason("encodings.name", {"line": 1, "found": "gb-9"})),
    ("檔.txt = gbk".encode("big5"), Reason("encodings.bytes", {"first": 0})),
]


@pytest.mark.parametrize(("data", "reason"), DAMAGED)
def test_a_damaged_file_is_told_at_the_page_and_left_as_it_is(tmp_path: Path, data: bytes, reason: Reason) -> None:
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(EncodingsError) as found:
        read_overrides(tmp_path)
    assert found.value.reason == reason and FILE in say(reason)
    with pytest.raises(DocumentsError) as told:
        state_encoding(tmp_path, "a.txt", "gbk")
    assert told.value.reason == reason and (tmp_path / FILE).read_bytes() == data


def test_what_is_stated_reaches_the_child_that_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("日本語の文書です。".encode("shift_jis"))
    (tmp_path / FILE).write_text("*.txt = shift_jis", "utf-8")
    with Reader() as reader:
        document = reader.read(path, "a.txt", encoding=read_overrides(tmp_path)("a.txt"))
    assert (document.text, document.encoding, document.reasons) == ("日本語の文書です。", "shift_jis", ())


def test_what_is_stated_at_the_page_holds_until_it_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("# mine\n*.txt = big5\n", "utf-8")
    state_encoding(tmp_path, "a[1].txt", "gbk")
    state_encoding(tmp_path, "a[1].txt", "gb18030")
    stated = read_overrides(tmp_path)
    assert (stated("a[1].txt"), stated("a1.txt")) == ("gb18030", "big5")
    assert (tmp_path / FILE).read_text("utf-8") == "# mine\n*.txt = big5\na[[]1].txt = gb18030\n"
    state_encoding(tmp_path, "a[1].txt", "")
    assert read_overrides(tmp_path)("a[1].txt") == "big5"


def test_no_encoding_is_stated_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(DocumentsError, match="klingon"):
        state_encoding(tmp_path, "a.txt", "klingon")
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("name", ["#甲.txt", " 甲.txt", "甲\n乙.txt", "甲\u2028乙.txt", "甲 = 乙.txt", "甲.txt "])
def test_any_name_of_a_file_can_be_stated(tmp_path: Path, name: str) -> None:
    state_encoding(tmp_path, name, "gb18030")
    assert read_overrides(tmp_path)(name) == "gb18030"
    state_encoding(tmp_path, name, "")
    assert read_overrides(tmp_path)(name) is None
