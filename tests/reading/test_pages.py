"""Pages of PDFs: a range of the text is boxed on the page's image just where its characters are printed."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from tests.reading.printed_pdfs import Glyph, cases, places, sentence
from tests.reading.rare_pdfs import rare_rows

from yinju.errors import ReadingError
from yinju.ingest.originals import printed_ranges
from yinju.reading import PageBoxes, Pages, read_document
from yinju.types import Document

CASES = cases() | {"rare": rare_rows, "rare-in-other-units": lambda: rare_rows(2.5)}
IN_ORDER = CASES.keys() - {"reversed", "columns-left-first", "twice"}
"""All but those whose sentences are numbered from the last, or not by their place alone."""
SLANTING = ("text-turned-30",)
"""No upright box can hold more than one character without holding others."""


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    shown = Pages()
    yield shown
    shown.close()


def boxes_of(pages: Pages, path: Path, document: Document, span: tuple[int, int]) -> list[PageBoxes]:
    ranges = printed_ranges(document.text, document.printed, span)
    return [pages.boxes(path, document.sha256, page, ranges[page]) for page in sorted(ranges)]


def is_boxed(glyph: Glyph, found: list[PageBoxes]) -> bool:
    return any(
        left < glyph.x < right and top < glyph.y < bottom
        for one in found if one.page == glyph.page for left, top, right, bottom in one.boxes
    )  # fmt: skip


def test_there_are_thirty_kinds_of_pdf() -> None:
    assert len(CASES) >= 30


@pytest.mark.parametrize("name", CASES)
def test_boxes_hold_the_cited_characters_and_no_other(name: str, pages: Pages, tmp_path: Path) -> None:
    sheet = CASES[name]()
    path = tmp_path / "甲.pdf"
    path.write_bytes(sheet.pdf())
    document = read_document(path.read_bytes(), "甲.pdf")
    seen: Counter[str] = Counter()
    for number, said in enumerate(sheet.sentences):
        found = list(places(document.text, said))
        assert len(found) == sheet.sentences.count(said), f"{said!r} in {document.text!r}"
        boxes = boxes_of(pages, path, document, found[seen[said]])
        assert boxes[0].page == document.page_at(found[seen[said]][0])
        seen[said] += 1
        boxed = {glyph for glyph in sheet.glyphs if is_boxed(glyph, boxes)}
        assert boxed == {glyph for glyph in sheet.glyphs if glyph.sentence == number}
        assert name in SLANTING or sum(len(one.boxes) for one in boxes) <= 2, "neighbours are one box"


@pytest.mark.parametrize("name", CASES)
def test_a_page_is_read_in_its_order(name: str) -> None:
    sheet = CASES[name]()
    text = read_document(sheet.pdf(), "甲.pdf").text
    order = [next(places(text, said))[0] for said in sheet.sentences]
    if name in IN_ORDER:
        assert order == sorted(order)
    elif name != "twice":
        assert order == sorted(order, reverse=True)


def test_a_sentence_over_lines_columns_or_pages_is_one() -> None:
    for name in ("over-lines", "over-pages", "over-columns"):
        sheet = CASES[name]()
        text = read_document(sheet.pdf(), "甲.pdf").text
        assert all(said in text for said in sheet.sentences), text


def test_a_page_is_named_as_the_document_names_it() -> None:
    document = read_document(CASES["labelled"]().pdf(), "甲.pdf")
    assert document.pages == 5
    assert [document.label_of(page) for page in (1, 2, 3, 4)] == ["i", "ii", "1", "2"]
    plain = read_document(CASES["many-pages"]().pdf(), "甲.pdf")
    assert plain.page_labels == ()
    assert plain.label_of(2) == ""


@pytest.mark.parametrize(("name", "shape"), [("turned-0", (595, 842)), ("turned-90", (842, 595))])
def test_an_image_is_the_page_as_it_is_shown(pages: Pages, tmp_path: Path, name: str, shape: tuple[int, int]) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(CASES[name]().pdf())
    document = read_document(path.read_bytes(), "甲.pdf")
    image = Image.open(io.BytesIO(pages.image(path, document.sha256, 1, 800)))
    assert image.format == "WEBP"
    assert abs(image.width - 800) <= 1
    assert abs(image.width / image.height - shape[0] / shape[1]) < 0.01
    (found,) = boxes_of(pages, path, document, next(places(document.text, sentence(0))))
    left, top, right, bottom = found.boxes[0]
    size = (left * image.width, top * image.height, right * image.width, bottom * image.height)
    shades = image.convert("L").crop(size).tobytes()
    assert min(shades) < 128 < max(shades)


def test_a_page_is_never_too_large(pages: Pages, tmp_path: Path) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(CASES["turned-0"]().pdf())
    sha256 = read_document(path.read_bytes(), "甲.pdf").sha256
    image = Image.open(io.BytesIO(pages.image(path, sha256, 1, 100_000)))
    assert image.width * image.height <= 12_100_000


def test_a_file_that_is_written_anew_is_read_anew(pages: Pages, tmp_path: Path) -> None:
    path, before, after = tmp_path / "甲.pdf", CASES["turned-0"]().pdf(), CASES["two-columns"]().pdf()
    path.write_bytes(before)
    old, new = (hashlib.sha256(data).hexdigest() for data in (before, after))
    image = pages.image(path, old, 1, 300)
    path.write_bytes(after)
    with pytest.raises(ReadingError):
        pages.image(path, old, 1, 300)
    assert pages.image(path, new, 1, 300) != image
    path.unlink()
    with pytest.raises(ReadingError):
        pages.image(path, new, 1, 300)


def test_a_process_that_has_ended_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(CASES["turned-0"]().pdf())
    document, shown = read_document(path.read_bytes(), "甲.pdf"), Pages()
    shown.warm()
    first = shown.image(path, document.sha256, 1, 300)
    assert shown._child._process
    shown._child._process.kill()
    shown._child._process.wait()
    with suppress(ReadingError):
        shown.image(path, document.sha256, 1, 300)
    assert shown.image(path, document.sha256, 1, 300) == first
    shown.close()


@pytest.mark.parametrize(
    ("content", "sha256", "page", "code"),
    [
        (b"", "ab" * 32, 1, "changed"),
        (None, None, 0, "no_page"),
        (None, None, 2, "no_page"),
        (b"%PDF-1.4 damaged", None, 1, "unreadable"),
    ],
)
def test_what_cannot_be_shown_is_told(
    pages: Pages, tmp_path: Path, content: bytes | None, sha256: str | None, page: int, code: str
) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(CASES["turned-0"]().pdf() if content is None else content)
    digest = sha256 or hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(ReadingError) as told:
        pages.image(path, digest, page, 300)
    assert told.value.code == code


def test_a_rare_character_counts_twice_as_pdfium_counts() -> None:
    document = read_document("甲".encode(), "甲.txt")
    assert document.printed == ()
    from yinju.types import PrintedRun

    runs = (PrintedRun(0, 5, 1, 10), PrintedRun(6, 9, 2, 0))
    text = "𠮷野家\U0002a6a5店\n二頁文"
    assert printed_ranges(text, runs, (1, 4)) == {1: [(12, 4)]}
    assert printed_ranges(text, runs, (4, 8)) == {1: [(16, 1)], 2: [(0, 2)]}
    assert printed_ranges(text, runs, (5, 6)) == {}
