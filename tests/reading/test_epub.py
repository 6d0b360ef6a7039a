"""epub: the order of the spine, titles by the table of contents, and archives that are not what they seem."""

import io
import time
import zipfile
from urllib.parse import quote

import pytest

from yinju.errors import ReadingError
from yinju.reading import read_document
from yinju.reasons import Reason

CONTAINER = '<c><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></c>'
NCX = (
    "<ncx><navMap><navPoint><navLabel><text>第一章</text></navLabel><content src='a.xhtml#x'/></navPoint></navMap>"
    "</ncx>"
)
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><nav epub:type="toc">'
    '<a href="a.xhtml">第一章</a></nav></html>'
)
ENCRYPTION = '<e><EncryptedData><CipherData><CipherReference URI="{}"/></CipherData></EncryptedData></e>'


def epub(
    *more: tuple[str, str], toc: str = NCX, doctype: str = "", href: str = "b.xhtml", title: str = "書名"
) -> bytes:
    """A book of two chapters; the spine has them in another order than the archive."""
    nav = "properties='nav'" if toc is NAV else ""
    package = (
        f'{doctype}<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{title}</dc:title></metadata>'
        f'<manifest><item id="b" href="{href}"/><item id="a" href="a.xhtml"/>'
        f'<item id="toc" href="toc" {nav}/></manifest>'
        '<spine toc="toc"><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    members = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package,
        "OEBPS/b.xhtml": "<html><head><title/></head><body><h2>第二章</h2><p>乙<a id='x'/>𠮷。</p></body></html>",
        "OEBPS/a.xhtml": "<html><body><p>甲。</p></body></html>",
        "OEBPS/toc": toc,
        **dict(more),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text.encode("utf-8", "surrogateescape"))
    return out.getvalue()


@pytest.mark.parametrize("toc", [NCX, NAV])
def test_chapters_in_order_with_their_titles(toc: str) -> None:
    document = read_document(epub(toc=toc), "a.epub")
    assert document.text == "第一章\n甲。\n第二章\n乙𠮷。"
    assert (document.title, document.format) == ("書名", "epub")
    assert [document.text[section.start : section.end].strip() for section in document.sections] == ["甲。", "乙𠮷。"]
    assert document.sections[0].headings == ("第一章",)


def test_a_chapter_outside_the_archive_is_named_and_the_rest_stays() -> None:
    document = read_document(epub(href="../../../etc/hostname"), "a.epub")
    assert document.text == "第一章\n甲。"
    assert "hostname" in document.message


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_chapter_s_name_that_is_not_marked_as_utf_8_is_found(encoding: str) -> None:
    name = "第二章.xhtml"
    raw = name.encode(encoding)
    data = epub((f"OEBPS/{'x' * len(raw)}", "<html><body><p>丙。</p></body></html>"), href=quote(name))
    assert read_document(data.replace(b"x" * len(raw), raw), "a.epub").text == "第一章\n甲。\n丙。"


def test_bad_bytes_of_a_chapter_are_told_with_its_name() -> None:
    bad = "<html><body><p>" + "清楚的文字。" * 10 + "\udcff</p></body></html>"
    document = read_document(epub(("OEBPS/b.xhtml", bad)), "a.epub")
    assert document.reasons == (
        Reason("bad_bytes", {"encoding": "utf-8", "bad": 1, "first": 195, "inside": "OEBPS/b.xhtml"}),
    )


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'lol'>"
    + "".join(f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def test_entities_are_not_looked_up() -> None:
    outside = "<!DOCTYPE x [<!ENTITY j SYSTEM 'file:///etc/hostname'>]>"
    document = read_document(epub(doctype=outside, title="書&j;名"), "a.epub")
    assert "&j;" in document.title or document.title == "書名"
    assert document.text.startswith("第一章")


def test_entities_that_swell_are_refused_at_once() -> None:
    started = time.process_time()
    with pytest.raises(ReadingError) as caught:
        read_document(epub(doctype=LAUGHS, title="書&j;名"), "a.epub")
    assert caught.value.code == "unreadable"
    assert time.process_time() - started < 1


def test_encrypted_chapters_are_refused_but_not_fonts() -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(epub(("META-INF/encryption.xml", ENCRYPTION.format("OEBPS/a.xhtml"))), "a.epub")
    assert caught.value.reason.name == "encrypted.epub"
    assert read_document(epub(("META-INF/encryption.xml", ENCRYPTION.format("OEBPS/x.ttf"))), "a.epub").text


@pytest.mark.parametrize("member", ["META-INF/container.xml", "OEBPS/book.opf"])
def test_a_damaged_package_is_unreadable(member: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(epub((member, "<x")), "a.epub")
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_a_truncated_archive_is_unreadable(share: float) -> None:
    data = epub()
    with pytest.raises(ReadingError) as caught:
        read_document(data[: int(len(data) * share)], "a.epub")
    assert caught.value.code == "unreadable"
