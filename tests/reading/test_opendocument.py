"""odt: structure, tables, and archives that are not what they seem."""

import io
import time
import zipfile

import pytest

from yinju.errors import ReadingError
from yinju.reading import read_document

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in [("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")]
)
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'lol'>"
    + "".join(f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY j SYSTEM 'file:///etc/hostname'>]>"


def odt(body: str, *more: tuple[str, str], doctype: str = "") -> bytes:
    """An OpenDocument text."""
    out = io.BytesIO()
    content = f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body>"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", f"{doctype}{content}</office:document-content>")
        for name, text in more:
            made.writestr(name, text)
    return out.getvalue()


META = (
    "meta.xml",
    '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>手冊</dc:title></m>',
)


def test_structure() -> None:
    body = (
        "<text:tracked-changes><text:p>刪掉</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">題<text:s text:c="3"/>目</text:h>'
        "<text:p>甲<text:tab/><text:span>𠮷</text:span><text:line-break/>乙<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>註。</text:p></text:note-body></text:note>丙</text:p>"
        "<text:list><text:list-item><text:p>項</text:p></text:list-item></text:list>"
    )
    document = read_document(odt(body, META), "a.odt")
    assert document.text.split("\n") == ["題 目", "甲\t𠮷", "乙丙", "註。", "項"]
    assert (document.title, document.format) == ("手冊", "odt")
    assert [(section.headings, section.start) for section in document.sections] == [(("題 目",), 3)]


def test_a_table_with_heads() -> None:
    def row(*cells: str) -> str:
        return (
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
            + '<table:table-cell table:number-columns-repeated="999999999"/></table:table-row>'
        )

    head = f"<table:table-header-rows>{row('甲', '乙')}</table:table-header-rows>"
    document = read_document(odt(f"<table:table>{head}{row('一', '二')}</table:table>"), "a.odt")
    assert document.text.split("\n") == ["甲｜乙", "甲：一｜乙：二"]


def test_entities_are_not_looked_up() -> None:
    assert read_document(odt("<text:p>甲&j;乙</text:p>", doctype=OUTSIDE), "a.odt").text == "甲乙"


def test_entities_that_swell_are_refused_at_once() -> None:
    started = time.process_time()
    with pytest.raises(ReadingError) as caught:
        read_document(odt("<text:p>甲&j;乙</text:p>", doctype=LAUGHS), "a.odt")
    assert caught.value.code == "unreadable"
    assert time.process_time() - started < 1


def test_an_encrypted_document_is_refused() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:x"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
        "</m:manifest>"
    )
    with pytest.raises(ReadingError) as caught:
        read_document(odt("<text:p>甲</text:p>", ("META-INF/manifest.xml", manifest)), "a.odt")
    assert caught.value.reason.name == "encrypted.odt"


@pytest.mark.parametrize("body", ["<text:p>", "<text:section>" * 5000 + "</text:section>" * 5000])
def test_damaged_xml_is_unreadable(body: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(odt(body), "a.odt")
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_a_truncated_archive_is_unreadable(share: float) -> None:
    data = odt("<text:p>甲</text:p>")
    with pytest.raises(ReadingError) as caught:
        read_document(data[: int(len(data) * share)], "a.odt")
    assert caught.value.code == "unreadable"


def test_a_damaged_statement_of_its_type_is_unreadable() -> None:
    data = bytearray(odt("<text:p>甲</text:p>"))
    start = data.index(b"mimetype") + len(b"mimetype")
    data[start : start + 10] = b"\xff" * 10
    with pytest.raises(ReadingError) as caught:
        read_document(bytes(data), "a.odt")
    assert caught.value.reason.name == "unreadable.zip"


def test_a_bomb_is_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(odt("x" * 30_000_000), "a.odt")
    assert caught.value.code == "too_large"
