"""Office files as packages: parts, what they refer to, and names that lead elsewhere."""

import io
import zipfile

import pytest

from yinju.errors import ReadingError
from yinju.reading.package import Package, Relation
from yinju.reading.unpacking import as_transitional

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def packed(**parts: str) -> bytes:
    """A package of parts by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def relations(*stated: str) -> str:
    """The XML of relations."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f"<Relationship {one}/>" for one in stated)
        + "</Relationships>"
    )


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("styles.xml", "word/styles.xml"),
        ("/word/styles.xml", "word/styles.xml"),
        ("../customXml/a.xml", "customXml/a.xml"),
        ("%E8%A1%A8.xml", "word/表.xml"),
        ("../../../etc/passwd", "etc/passwd"),
    ],
)
@pytest.mark.parametrize("space", [OFFICE, STRICT])
def test_targets_are_names_of_parts(target: str, name: str, space: str) -> None:
    stated = relations(f'Id="r1" Type="{space}/styles" Target="{target}"')
    package = Package(packed(**{"word/_rels/document.xml.rels": stated}))
    assert package.relations("word/document.xml") == [Relation("r1", "styles", name)]
    assert package.related("styles", "word/document.xml") == name


def test_what_is_outside_is_no_part() -> None:
    stated = relations(f'Id="r1" Type="{OFFICE}/hyperlink" Target="http://example.org" TargetMode="External"')
    package = Package(packed(**{"_rels/.rels": stated}))
    assert package.relations() == [] and package.related("hyperlink") is None


def test_a_part_may_refer_to_nothing() -> None:
    assert Package(packed(a="")).relations("a") == []


@pytest.mark.parametrize(
    ("core", "title"),
    [("<dc:title> 手冊 </dc:title>", "手冊"), ("<dc:title/>", ""), ("", ""), ("<dc:title>", "")],
    ids=["title", "nothing", "none", "damaged"],
)
def test_the_title_is_that_of_the_properties(core: str, title: str) -> None:
    stated = relations(f'Id="r1" Type="{PROPERTIES}" Target="a/core.xml"')
    xml = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</p>'
    assert Package(packed(**{"_rels/.rels": stated, "a/core.xml": xml})).title() == title


def test_a_package_without_properties_has_no_title() -> None:
    stated = relations(f'Id="r1" Type="{PROPERTIES}" Target="missing.xml"')
    assert Package(packed()).title() == Package(packed(**{"_rels/.rels": stated})).title() == ""


def test_what_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", bytes(200_000_001))
    with pytest.raises(ReadingError) as caught:
        Package(out.getvalue())
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("strict", "usual"),
    [
        (b'="http://purl.oclc.org/ooxml/wordprocessingml/main"', b"wordprocessingml/2006/main"),
        (b"='http://purl.oclc.org/ooxml/drawingml/main'", b"drawingml/2006/main"),
        (
            b'="http://purl.oclc.org/ooxml/officeDocument/relationships/styles"',
            b"officeDocument/2006/relationships/styles",
        ),
        (b">http://purl.oclc.org/ooxml/wordprocessingml/main<", b">http://purl.oclc.org/ooxml/wordprocessingml/main<"),
        (b"<x/>", b"<x/>"),
    ],
)
def test_strict_names_become_the_usual_ones_where_they_are_attributes(strict: bytes, usual: bytes) -> None:
    assert usual in as_transitional(strict)
