"""zip: the documents in an archive below their names, and archives that are not what they seem."""

import io
import tracemalloc
import zipfile
import zlib

import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.reading.printed_pdfs import cases

from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.reading.archive import MAX_MEMBERS
from yinju.reasons import LANGUAGES, Reason, say
from yinju.reasons.reason import Fact


def packed(*members: tuple[str, bytes]) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


def named_in(encoding: str, name: str) -> bytes:
    """An archive whose one member's name is in an old encoding, not marked as UTF-8."""
    raw = name.encode(encoding)
    plain = "x" * len(raw)
    return packed((plain, "內文。".encode())).replace(plain.encode(), raw)


def test_members_stand_below_their_names_in_order() -> None:
    data = packed(
        ("b.txt", "第二。".encode()),
        ("a.md", "---\ntitle: t\n---\n# 甲\n\n𠮷文\n".encode()),
        (".x/c.txt", b"hidden"),
        ("__MACOSX/a.md", b"hidden"),
        ("d/.DS_Store", b"hidden"),
    )
    document = read_document(data, "a.zip")
    assert document.text == "a.md\n# 甲\n\n𠮷文\nb.txt\n第二。"
    assert [section.headings for section in document.sections] == [("a.md",), ("a.md", "甲"), ("b.txt",)]
    assert document.text[document.sections[1].start : document.sections[1].end].strip() == "𠮷文"
    assert (document.format, document.reasons) == ("zip", ())


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_unmarked_names_are_decoded(encoding: str) -> None:
    assert read_document(named_in(encoding, "使用說明.txt"), "a.zip").text.startswith("使用說明.txt\n")


def test_unreadable_members_are_named_and_the_rest_stays() -> None:
    data = packed(("a.txt", "好文。".encode()), *((f"{n:02}.png", b"\x89PNG\r\n\x1a\n") for n in range(25)))
    document = read_document(data, "a.zip")
    assert document.text == "a.txt\n好文。"
    assert [reason.name for reason in document.reasons] == ["inner_unread"]
    names = document.reasons[0].facts["names"]
    assert isinstance(names, list) and (len(names), names[0], names[-1]) == (21, "00.png", "…")


def test_a_warning_names_the_member_that_it_is_about() -> None:
    bad = "清楚的文字。".encode() * 10 + b"\xff"
    inner = packed(("深.txt", bad), ("圖.png", b"\x89PNG\r\n\x1a\n"))
    document = read_document(packed(("好.txt", "好文。".encode()), ("壞.txt", bad), ("內.zip", inner)), "a.zip")
    facts: dict[str, Fact] = {"encoding": "utf-8", "bad": 1, "first": 180}
    assert document.reasons == (
        Reason("bad_bytes", {**facts, "inside": "內.zip › 深.txt"}),
        Reason("inner_unread", {"names": ["圖.png"], "inside": "內.zip"}),
        Reason("bad_bytes", {**facts, "inside": "壞.txt"}),
    )
    told = [say(document.reasons[2], language) for language in LANGUAGES]
    assert [one.partition("壞.txt")[::2] for one in told] == [
        ("「", f"」：{say(Reason('bad_bytes', facts))}"),
        ("“", f"”：{say(Reason('bad_bytes', facts), 'zh-Hans')}"),
        ("“", f"”: {say(Reason('bad_bytes', facts), 'en')}"),
    ]


def test_of_very_many_warnings_some_are_counted() -> None:
    bad = "清楚的文字。".encode() * 10 + b"\xff"
    document = read_document(packed(*((f"{n:02}.txt", bad) for n in range(25))), "a.zip")
    assert len(document.reasons) == 21
    assert document.reasons[-1] == Reason("more_warnings", {"count": 5})


def test_a_member_with_a_password_is_named() -> None:
    data = bytearray(packed(("a.txt", b"secret"), ("b.txt", "好文。".encode())))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "a.txt" in read_document(bytes(data), "a.zip").message


def test_archives_are_read_two_deep() -> None:
    inner = packed(("最內.txt", "深處。".encode()))
    for _ in range(2):
        inner = packed(("x.zip", inner), ("y.txt", "文。".encode()))
    assert "深處。" in read_document(inner, "a.zip").text
    document = read_document(packed(("x.zip", inner), ("y.txt", "文。".encode())), "a.zip")
    assert "深處。" not in document.text and "x.zip" in document.message


def test_nothing_readable_is_an_empty_archive() -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(packed(("a.png", b"\x89PNG\r\n\x1a\n")), "a.zip")
    assert caught.value.reason.name == "empty.zip"


def lying(data: bytes, member: bytes, stated: int, crc: int | None = None) -> bytes:
    """The archive with another size of a member in its directory and before the member itself."""
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        start = made.index(member, made.index(mark)) if mark != b"PK\x01\x02" else made.rindex(member)
        at = made.rindex(mark, 0, start) + place
        made[at + 8 : at + 12] = stated.to_bytes(4, "little")
        if crc is not None:
            made[at : at + 4] = crc.to_bytes(4, "little")
    return bytes(made)


SIZES = [(1, None), (3, zlib.crc32(b"abc")), (300, None), (3_000_000, None)]


@pytest.mark.parametrize(("stated", "crc"), SIZES)
def test_a_member_whose_size_is_another_than_stated_is_unreadable(stated: int, crc: int | None) -> None:
    alone = lying(packed(("a.txt", b"abc" * 500)), b"a.txt", stated, crc)
    with pytest.raises(ReadingError) as caught:
        read_document(alone, "a.zip")
    assert caught.value.reason.name == "unreadable.zip" and "a.txt" in str(caught.value.reason.facts["why"])
    both = lying(packed(("a.txt", b"abc" * 500), ("b.txt", "好文。".encode())), b"a.txt", stated, crc)
    document = read_document(both, "a.zip")
    assert document.text == "b.txt\n好文。" and "a.txt" in document.message


def test_a_member_that_unpacks_to_more_than_stated_takes_no_memory() -> None:
    data = lying(packed(("a.txt", b"x" * 100_000_000)), b"a.txt", 1_000)
    tracemalloc.start()
    with pytest.raises(ReadingError):
        read_document(data, "a.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_too_many_members_are_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(packed(*((f"{n}.txt", b"x") for n in range(MAX_MEMBERS + 1))), "a.zip")
    assert caught.value.reason.name == "too_large.members"


def test_a_bomb_is_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(packed(("a.txt", b"x" * 30_000_000)), "a.zip")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_truncated_archive_is_unreadable(share: float) -> None:
    data = packed(("a.txt", b"abc" * 100), ("b.txt", b"def" * 100))
    with pytest.raises(ReadingError) as caught:
        read_document(data[: int(len(data) * share)], "a.zip")
    assert caught.value.code == "unreadable"


def test_scanned_pages_of_a_pdf_inside_are_told_with_the_way_to_read_them() -> None:
    pdf, blank = pypdfium2.PdfDocument(cases()["turned-0"]().pdf()), io.BytesIO()
    pdf.new_page(595, 842)
    pdf.save(blank)
    (reason,) = read_document(packed(("合約.pdf", blank.getvalue())), "甲.zip").reasons
    assert reason == Reason("textless_inside", {"pages": ["2"], "inside": "合約.pdf"})
    assert say(reason).startswith("「合約.pdf」：第 2 頁沒有可提取的文字")
