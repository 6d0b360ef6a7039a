"""Bytes → Document: what every format has in common, and every way in which a file can be refused."""

import hashlib
import io
import re
import zipfile
from itertools import chain

import pytest

from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.types import FileState


def archive(*names: str) -> bytes:
    """A zip file with empty members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


REFUSED = [
    (b"", "a.txt", "empty", "空的"),
    (b" \r\n\t", "a.txt", "empty", "空白"),
    ("\u3000\n".encode(), "a.md", "empty", "空白"),
    (b"\xef\xbb\xbf", "a.txt", "empty", "空的"),
    (b"\xff\xfe", "a.txt", "empty", "空的"),
    (b"<html><script>var a = 1;</script></html>", "a.html", "empty", "網頁"),
    (b"\x7fELF\x02\x01\x01\0", "a.txt", "unknown_format", "ELF"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.pdf", "unreadable", "圖片"),
    (b"\x89PNG\r\n\x1a\n", "a.txt", "unreadable", "圖片"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "unknown_format", "舊版 Office"),
    (bytes(range(256)) * 4, "a.txt", "unknown_format", "二進位"),
    (archive("xl/workbook.xml"), "a.docx", "unreadable", "xlsx"),
    (archive("ppt/presentation.xml"), "a.pptx", "unreadable", "pptx"),
    (archive(), "a.docx", "empty", "壓縮檔"),
    (b"PK\x05\x06" + bytes(18), "a.zip", "empty", "壓縮檔"),
    (b"<?xml version='1.0'?><svg/>", "a.svg", "unknown_format", "XML"),
    (b"PK\x03\x04 broken", "a.docx", "unreadable", "壓縮結構"),
    (archive("word/document.xml"), "a.docx", "unreadable", "docx"),
    (b"%PDF-1.7 broken", "a.txt", "unreadable", "PDF"),
    ("很好。".encode() * 3 + b"\xff" * 4, "a.txt", "undecodable", "UTF-8"),
    (b"x" * 1001, "a.txt", "too_large", "1,001"),
]


@pytest.mark.parametrize(
    ("data", "name", "code", "part"), REFUSED, ids=[f"{one[3]} {n}" for n, one in enumerate(REFUSED)]
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, code: str, part: str) -> None:
    limit = 1000 if code == "too_large" else 100_000_000
    with pytest.raises(ReadingError) as caught:
        read_document(data, name, max_bytes=limit)
    assert caught.value.code == code
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_text_becomes_a_document() -> None:
    data = "第一行。\r\n第二行。\r第三行。".encode()
    document = read_document(data, "資料/說明.txt")
    assert document.text == "第一行。\n第二行。\n第三行。"
    assert (document.name, document.title, document.format) == ("資料/說明.txt", "說明", "text")
    assert (document.encoding, document.size, document.pages) == ("utf-8", len(data), None)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.state, document.message) == (FileState.INDEXED, "")
    assert [(section.headings, section.start, section.end) for section in document.sections] == [((), 0, 14)]


def test_controls_become_spaces_and_text_keeps_its_length() -> None:
    document = read_document("這裡\0有\x1b[1m雜訊，但是仍然讀得懂。\t好".encode(), "a.txt")
    assert document.text == "這裡 有 [1m雜訊，但是仍然讀得懂。\t好"


def test_bad_bytes_warn_with_count_and_place() -> None:
    document = read_document("清楚的文字。".encode() * 10 + b"\xff", "a.txt")
    assert document.state is FileState.WARNED
    assert "1 處" in document.message and "位元組 180" in document.message


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (rb"{\rtf1{\info{\title \u-10240?a}}\pard hello\par}", "a.rtf"),
        (rb'[{"title": "\ud800", "content": "\ud800"}, {"a\ud800": 1, "b": "\u0007"}]', "a.json"),
        ("鍵\t值\n甲\x00\t1\n乙\t2\n丙\t3\n".encode(), "\x1b\n\ud800.txt"),
    ],
)
def test_halves_of_characters_and_controls_are_nowhere_in_a_document(data: bytes, name: str) -> None:
    document = read_document(data, name)
    headings = [heading for section in document.sections for heading in section.headings]
    for text in (document.title, document.text, *headings, *chain.from_iterable(b.heads for b in document.blocks)):
        assert not re.search(r"[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]", text)


def test_content_decides_before_the_name() -> None:
    page = "<!DOCTYPE html><title>頁</title><h1>標題</h1><p>內容".encode()
    assert read_document(page, "a.txt").format == "html"
    assert read_document("# 標題\n內容".encode(), "A.MD").format == "markdown"
    assert read_document("# 不是標題\n內容".encode(), "a.txt").format == "text"
    assert read_document(b"a <b> c", "a.txt").format == "text"
    assert read_document("GIF8 是一種圖片格式".encode(), "a.txt").format == "text"


@pytest.mark.parametrize("text", ["前言。\n1. 甲\n文。\n2. 乙\n文。", "題名\n\n一、甲\n文\n二、乙\n文", "沒有標題"])
def test_sections_and_headings_cover_the_text(text: str) -> None:
    document = read_document(text.encode(), "a.txt")
    rest = text
    for section in reversed(document.sections):
        rest = rest[: section.start] + rest[section.end :]
    for heading in {heading for section in document.sections for heading in section.headings}:
        rest = rest.replace(heading, "", 1)
    assert rest.strip() == ""
