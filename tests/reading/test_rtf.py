"""rtf: encodings, headings, tables, and files that are not what they seem."""

import pytest

from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.types import BlockKind


def escaped(text: str, encoding: str) -> str:
    """A text as escaped bytes."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def rtf(body: str, head: str = "\\ansicpg936{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\f0 ") -> bytes:
    """An RTF file."""
    return f"{{\\rtf1\\ansi{head}{body}}}".encode("ascii")


@pytest.mark.parametrize(
    ("page", "charset", "encoding"),
    [(936, 134, "gbk"), (950, 136, "cp950"), (950, 0, "cp950"), (54936, 134, "gbk"), (936, 79, "big5")],
)
def test_escaped_bytes_are_decoded(page: int, charset: int, encoding: str) -> None:
    head = f"\\ansicpg{page}{{\\fonttbl{{\\f0\\fnil\\fcharset{charset} x;}}}}\\f0 "
    text = "中文功能\n規定"
    body = "\\par ".join(escaped(line, encoding) for line in text.split("\n"))
    assert read_document(rtf(body, head), "a.rtf").text == text


def test_characters_survive_line_breaks_and_unescaped_second_bytes() -> None:
    assert read_document(rtf("\\'d6\r\n\\'d0\\'81A\\'ce\\'c4"), "a.rtf").text == "中丄文".replace(
        "丄", b"\x81A".decode("gbk")
    )


def test_rare_characters_come_in_halves() -> None:
    assert read_document(rtf("\\u-10174?\\u-8265?x"), "a.rtf").text == "𠮷x"


def test_title_headings_and_rows_are_found() -> None:
    row = "\\trowd\\cellx1\\cellx2 {}\\cell {}\\cell\\row"
    info = f"{{\\info{{\\title {escaped('手册', 'gbk')}}}}}"
    cells = [("a", "b"), ("c", "1"), ("d", "2")]
    body = (
        info
        + "\\pard\\outlinelevel0 Head\\par\\pard before | x\\par"
        + "".join(row.format(*pair) for pair in cells)
        + "\\pard after\\par"
    )
    document = read_document(rtf(body), "a.rtf")
    assert document.title == "手册"
    assert document.text.split("\n") == ["Head", "before | x", "a｜b", "a：c｜b：1", "a：d｜b：2", "after"]
    assert [(s.headings, s.start) for s in document.sections] == [(("Head",), 4)]


def test_footnotes_follow_what_refers_to_them() -> None:
    row = "\\trowd\\cellx1\\cellx2\\intbl c{\\*\\footnote 3}\\cell d\\cell\\row"
    body = (
        "a{\\super\\chftn{\\footnote \\pard\\plain {\\i 1}\\{\\}}}b\\par x{\\footnote 2}\\par "
        + row
        + "\\pard e{\\footnote 4}"
    )
    assert read_document(rtf(body), "a.rtf").text.split("\n") == [
        *("ab", "[註1] 1{}", "x", "[註2] 2", "c [註3] 3｜d", "e", "[註4] 4")
    ]


@pytest.mark.parametrize("note", ["{\\footnote b", "{\\footnote", "{\\footnote {b}"])
def test_a_footnote_that_does_not_end_is_read_to_the_end(note: str) -> None:
    assert read_document(rtf("a" + note)[:-1], "a.rtf").text.startswith("a\n[註1]")


def test_binary_pictures_are_left_out() -> None:
    data = rtf("a{\\pict\\bin4 ????}b").replace(b"????", b"}\xff{\0")
    assert read_document(data, "a.rtf").text == "ab"


def test_raw_characters_are_read_as_well() -> None:
    data = b"{\\rtf1\\ansi " + "請假要先填寫申請單。".encode() + b"}"
    assert read_document(data, "a.rtf").text == "請假要先填寫申請單。"


@pytest.mark.parametrize("data", [b"{\\rtf1", b"{\\rtf1}", b"{\\rtf1{\\*\\x", b"{\\rtf1\\u99999999 "])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError):
        read_document(data, "a.rtf")


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_a_truncated_file_gives_what_is_left(share: float) -> None:
    data = rtf("abc\\par " * 50)
    assert "abc" in read_document(data[: int(len(data) * share)], "a.rtf").text


def test_numbers_of_lists_are_kept() -> None:
    item = "{{\\listtext\\pard\\plain {}\\tab}}\\pard\\ls1\\ilvl{} {}\\par "
    points = (("1.", 0, "a"), ("a)", 1, "b"), ("b)", 1, "c"), ("2.", 0, "d"), ("1.", 0, "e"), ("2.", 0, "f"))
    body = "As follows:\\par " + "".join(item.format(*point) for point in points) + "end\\par"
    document = read_document(rtf(body), "a.rtf")
    assert document.text.split("\n") == ["As follows:", "1. a", "a) b", "b) c", "2. d", "1. e", "2. f", "end"]
    assert [(block.kind, block.marker, block.level, block.group) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "", 0, 1),
        *((BlockKind.ITEM, marker, level, 1 + (place > 3)) for place, (marker, level, _) in enumerate(points)),
    ]


@pytest.mark.parametrize("group", ["\\pntext", "\\*\\listtext", "\\listtext"])
def test_a_number_may_stand_in_groups_of_several_names(group: str) -> None:
    number = escaped("一、", "gbk")
    body = f"{{{group} {number}\\tab}}{escaped('甲', 'gbk')}\\par x"
    assert read_document(rtf(body), "a.rtf").text == "一、甲\nx"


def test_numbers_stand_before_headings_and_in_cells() -> None:
    number = "{\\listtext 1.\\tab}"
    assert read_document(rtf(f"{number}\\outlinelevel0 Head\\par x"), "a.rtf").text == "1. Head\nx"
    row = f"\\trowd\\cellx1\\cellx2 {number}\\ilvl0 a\\cell b\\cell\\row"
    assert read_document(rtf(row), "a.rtf").text == "1. a｜b"


@pytest.mark.parametrize("number", ["1. a", f"{'x' * 60}\\tab a", ""])
def test_what_is_no_number_stays_in_the_line(number: str) -> None:
    assert read_document(rtf(f"{{\\listtext {number}}}b\\par c"), "a.rtf").text.startswith(number[:3] or "b")
