"""PDFs that lie, loop or swell: each ends in a stated way, in time, and is no success where pages were lost."""

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from tests.reading.hostile_files import (
    PRINTED,
    deep_tree,
    flate_bomb,
    good_pdf,
    looped_tree,
    lzw_bomb,
    made_pdf,
    many_pages,
    nested_forms,
    one_page,
    stream,
)  # fmt: skip
from tests.reading.printed_pdfs import sentence
from tests.reading.test_pdf import BODY, make_pdf

from yinju.errors import ReadingError
from yinju.reading import Reader, read_document
from yinju.types import Document, FileState

SECONDS, MEMORY_BYTES = 30.0, 1_000_000_000
SOON = 5.0
"""What swells is given less time, so that this is over soon."""
POINTS = 20
"""At how many places a file is cut off."""
GOOD = good_pdf()
PAGES = 12


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(timeout_seconds=SECONDS, memory_bytes=MEMORY_BYTES) as shared:
        yield shared


def ended(reader: Reader, folder: Path, data: bytes) -> Document | ReadingError:
    """The document that a PDF is read as, or why it is not; a reader that lives goes on after it."""
    (folder / "a.pdf").write_bytes(data)
    try:
        return reader.read(folder / "a.pdf", "a.pdf")
    except ReadingError as error:
        return error
    finally:
        (folder / "b.txt").write_text("內容。", "utf-8")
        assert reader.read(folder / "b.txt", "b.txt").text == "內容。"


def numbered_pages(count: int) -> bytes:
    """A PDF whose tree comes first and whose pages each say a sentence of their own."""
    kids = b" ".join(b"%d 0 R" % (2 * number + 3) for number in range(count))
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)]
    for number in range(count):
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]%s/Contents %d 0 R>>" % (font, 2 * number + 4))
        objects.append(stream(PRINTED.replace(b"One", b"Sheet %s of paper," % (b"abcdefghijkl"[number : number + 1]))))
    return made_pdf(*objects)


@pytest.mark.parametrize("whole", [GOOD, numbered_pages(PAGES)], ids=["tree last", "tree first"])
def test_d10_a_truncated_pdf_is_refused_or_names_what_is_lost(whole: bytes) -> None:
    full = read_document(whole, "a.pdf")
    for point in range(1, POINTS + 1):
        try:
            found = read_document(whole[: len(whole) * point // (POINTS + 1)], "a.pdf")
        except ReadingError as error:
            assert error.code in ("unreadable", "no_text", "unknown_format", "empty"), point
        else:
            assert found.text == full.text or found.state is FileState.WARNED, point


LIES: dict[str, Callable[[], bytes]] = {
    "circular /Prev": lambda: GOOD.replace(b"trailer\n<<", b"trailer\n<< /Prev %s " % _table()),
    "huge /Size": lambda: re.sub(rb"/Size \d+", b"/Size 2147483647", GOOD),
    "/Size beyond 64 bits": lambda: re.sub(rb"/Size \d+", b"/Size 99999999999999999999", GOOD),
    "no %%EOF": lambda: GOOD.replace(b"%%EOF", b""),
    "no startxref": lambda: GOOD[: GOOD.rindex(b"startxref")],
    "startxref far out": lambda: re.sub(rb"startxref\s+\d+", b"startxref\n99999999", GOOD),
}


def _table() -> bytes:
    found = re.search(rb"startxref\s+(\d+)", GOOD)
    assert found
    return found[1]


@pytest.mark.parametrize("lie", LIES)
def test_d10_a_lie_about_its_own_layout_loses_nothing(reader: Reader, tmp_path: Path, lie: str) -> None:
    data, full = LIES[lie](), read_document(GOOD, "a.pdf")
    assert data != GOOD
    found = ended(reader, tmp_path, data)
    assert isinstance(found, Document)
    assert (found.text, found.pages) == (full.text, full.pages)


@pytest.mark.parametrize(("count", "stated"), [(3, 100_000), (3, 2_000_000_000), (50, 5)])
def test_d10_a_lie_about_the_number_of_pages_is_no_plain_success(
    reader: Reader, tmp_path: Path, count: int, stated: int
) -> None:
    found = ended(reader, tmp_path, many_pages(count, stated))
    if isinstance(found, Document) and found.state is FileState.INDEXED:
        shown = min(count, stated)  # where a file states fewer than it holds, that is what a browser shows of it
        assert found.pages == shown and found.text.count("One page of a book") == shown


SWELLING: dict[str, Callable[[], bytes]] = {
    "Flate": lambda: flate_bomb(200_000_000),
    "Flate twice": lambda: one_page(stream(_flate_twice(), b"[/FlateDecode/FlateDecode]")),
    "LZW": lambda: lzw_bomb(100),
    "run lengths": lambda: one_page(stream(b"\x81 " * 2_000_000 + b"\x80", b"/RunLengthDecode")),
    "forms in forms": lambda: nested_forms(20),
    "a tree that holds itself": looped_tree,
    "a deep tree": lambda: deep_tree(20_000),
    "lists in lists": lambda: made_pdf(b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 200_000 + b"]" * 200_000 + b">>"),
    "2,000 pages": lambda: many_pages(2_000),
    "20,000 pages": lambda: many_pages(20_000),
}


def _flate_twice() -> bytes:
    return zlib.compress(zlib.compress(b" " * 100_000_000, 1), 1)


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.full) if kind == "20,000 pages" else kind for kind in SWELLING]
)
def test_d10_what_swells_or_has_no_end_is_stopped_with_a_reason(tmp_path: Path, kind: str) -> None:
    with Reader(timeout_seconds=SOON, memory_bytes=MEMORY_BYTES) as hurried:
        found = ended(hurried, tmp_path, SWELLING[kind]())
    if isinstance(found, ReadingError):
        assert found.code in ("unreadable", "no_text", "timed_out", "out_of_memory", "crashed", "too_large")
        assert str(found).endswith("。")
    else:
        assert found.text.strip()


def test_d9_a_password_and_scanned_pages_are_told() -> None:
    """Each of the five: needs a password, has an owner's only, is scanned, is so in part, has a watermark alone."""
    pages = [[BODY]] * 4 + [[]] * 2
    with pytest.raises(ReadingError) as caught:
        read_document(make_pdf(pages, encryption=StandardEncryption("secret")), "a.pdf")
    assert (caught.value.code, "密碼" in str(caught.value)) == ("encrypted", True)
    owned = read_document(make_pdf([[BODY]], encryption=StandardEncryption("", ownerPassword="owner")), "a.pdf")
    assert (owned.text, owned.state) == (BODY, FileState.INDEXED)
    with pytest.raises(ReadingError, match="2 頁") as caught:
        read_document(make_pdf([[], []]), "a.pdf")
    assert caught.value.code == "no_text"
    text = [[sentence(3 * number + line) for line in range(3)] for number in range(40)]
    part = read_document(make_pdf([*text, *[[]] * 10]), "a.pdf")
    assert (part.state, "41–50" in part.message) == (FileState.WARNED, True)
    marked = read_document(make_pdf([["機密"], ["草稿甲"]]), "a.pdf")
    assert marked.state is FileState.WARNED
