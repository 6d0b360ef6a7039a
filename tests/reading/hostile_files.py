"""Files made to harm whoever reads them: archives that swell, XML that fetches, PDFs that are not what they say."""

import re
import zlib

from tests.reading.edited_archives import edited

from made_files import WRITERS, make_content

SWELLING = {
    "docx": ("word/document.xml", "<w:body>", "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"),
    "pptx": ("ppt/slides/slide1.xml", "<a:p>", "<a:r><a:t>甲</a:t></a:r>"),
    "xlsx": ("xl/worksheets/sheet1.xml", "<sheetData>", '<row><c t="inlineStr"><is><t>甲</t></is></c></row>'),
    "epub": ("OEBPS/0.xhtml", "<body>", "<p>甲</p>"),
    "odt": ("content.xml", "<office:text>", "<text:p>甲</text:p>"),
    "zip": ("资料/下半.txt", "", "甲\n"),
}
"""Format → the member that swells, after which text, and what stands there a great many times."""
TEXTS = {
    "docx": ("word/document.xml", "<w:t>"), "pptx": ("ppt/slides/slide1.xml", "<a:t>"),
    "xlsx": ("xl/sharedStrings.xml", "<t>"), "epub": ("OEBPS/0.xhtml", "<p>"), "odt": ("content.xml", "<text:p>"),
}  # fmt: skip
"""Format → the member that holds the text, and after what it does."""

_CONTENT = make_content(0, 2, 1)
PRINTED = b"BT /F 12 Tf 72 700 Td (One page of a book that says something of its own) Tj ET"
_FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]" + _FONT + b"/Contents %d 0 R>>"
_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def bomb(kind: str, size: int) -> bytes:
    """A small document one part of which unpacks to so many bytes."""
    member, after, piece = SWELLING[kind]

    def swell(content: bytes) -> bytes:
        return content.replace(after.encode(), (after + piece * (size // len(piece.encode()))).encode(), 1)

    return edited(WRITERS[kind](_CONTENT), swell, member)


def with_entity(kind: str, declared: str, encoding: str = "utf-8") -> bytes:
    """A document whose text begins with the entity &e;, after declarations; without `kind` the XML of a page alone."""
    if kind in ("html", "xhtml", "svg"):
        root = {"svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>前&e;後</text></svg>'}.get(
            kind, '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>前&e;後</p></body></html>'
        )
        name = "svg" if kind == "svg" else "html"
        return f'<?xml version="1.0"?>\n<!DOCTYPE {name} [{declared}]>\n{root}'.encode(encoding)
    member, after = TEXTS[kind]

    def declare(content: bytes) -> bytes:
        text = re.sub(r"^\s*<\?xml[^>]*\?>|<!doctype[^>]*>", "", content.decode(), flags=re.IGNORECASE)
        root = re.match(r"\s*<([\w:]+)", text)
        assert root and after in text
        text = text.replace(after, f"{after}前&e;後", 1)
        return f'<?xml version="1.0"?><!DOCTYPE {root[1]} [{declared}]>{text}'.encode(encoding)

    return edited(WRITERS[kind](_CONTENT), declare, member)


def good_pdf() -> bytes:
    """A PDF of several pages without fault."""
    return WRITERS["pdf"](make_content(0, 4, 3))


def made_pdf(*objects: bytes) -> bytes:
    """A PDF of objects numbered from 1, the first of which is its catalog."""
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def stream(content: bytes, filters: bytes = b"[]") -> bytes:
    """A stream as an object."""
    return b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(content), filters, content)


def one_page(content: bytes) -> bytes:
    """A PDF of a page that is printed by one object."""
    return made_pdf(_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE % 4, content)


def flate_bomb(size: int) -> bytes:
    """A page whose printing unpacks to so many bytes of nothing."""
    return one_page(stream(zlib.compress(PRINTED + b" " * size, 1), b"/FlateDecode"))


def lzw_bomb(rounds: int) -> bytes:
    """A page whose printing unpacks to 7 MB of nothing in 6 KB, so many times over."""
    codes = [(256, 9), (32, 9), *((257 + n, max(9, (258 + n).bit_length())) for n in range(1, 3_800))]
    bits = "".join(f"{code:0{min(width, 12)}b}" for code, width in codes)
    bits += "0" * (-len(bits) % 8)
    packed_run = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return one_page(stream(packed_run * rounds, b"/LZWDecode"))


def many_pages(count: int, stated: int | None = None) -> bytes:
    """A PDF of pages in one flat tree, which may state another number of them."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(count))
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count if stated is None else stated)
    return made_pdf(_CATALOG, tree, stream(PRINTED), *[_PAGE % 3] * count)


def looped_tree() -> bytes:
    """A PDF whose tree of pages holds itself."""
    tree = b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 100000>>"
    return made_pdf(_CATALOG, tree, _PAGE % 4, stream(PRINTED))


def deep_tree(depth: int) -> bytes:
    """A PDF whose one page lies below so many others."""
    levels = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(depth)]
    return made_pdf(_CATALOG, *levels, _PAGE % (depth + 3), stream(PRINTED))


def nested_forms(depth: int) -> bytes:
    """A page that draws a form ten times, which draws another ten times, and so on."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</A %d 0 R>>>>/Length %d>>"
    form += b"stream\n%s\nendstream"
    drawn = b"/A Do " * 10
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>"
    forms = [form % (number + 6, len(drawn), drawn) for number in range(depth)]
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return made_pdf(_CATALOG, tree, page, stream(drawn), *forms, form % (5, len(PRINTED), PRINTED))
