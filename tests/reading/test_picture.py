"""Picture files: what is recognised on them is their text, with boxes on the picture; without recognition, why not."""

import io
from pathlib import Path

import pytest
from PIL import Image
from tests.figured_files import picture

from yinju.errors import ReadingError
from yinju.reading import Pages, read_document
from yinju.reading.extract import ScannedLine
from yinju.reading.picture import paged
from yinju.types import Figure, FigureSource, FileState, Scan

WORDS = "夜間十點以後請保持安靜。"
LINE = ScannedLine(WORDS, tuple((0.1 + n * 0.05, 0.4, 0.15 + n * 0.05, 0.5) for n in range(len(WORDS))))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_what_was_recognised_is_the_text_of_a_picture(kind: str) -> None:
    data = picture(600, 400, kind=kind)
    with pytest.raises(ReadingError) as caught:
        read_document(data, "告示.txt")
    assert (caught.value.reason.name, caught.value.reason.facts["pages"]) == ("no_text.picture", 1)
    document = read_document(data, f"告示.{kind.lower()}", scans={1: [LINE]})
    assert (document.text, document.format, document.pages, document.title) == (WORDS, "image", 1, "告示")
    assert document.state is FileState.WARNED and document.scans == (Scan(1, LINE.boxes),)
    assert document.figures == (
        Figure(0, FigureSource.REGION, (), "", "", 1, (0.0, 0.0, 1.0, 1.0), (600, 400)),
    )  # fmt: skip
    with pytest.raises(ReadingError, match="沒有找到字"):
        read_document(data, "告示.png", scans={1: []})


def test_a_picture_lies_as_its_exif_data_say() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right
    with pytest.raises(ReadingError):
        read_document(picture(600, 400, kind="JPEG", exif=exif), "a.jpg")
    pdf = paged(picture(600, 400, kind="JPEG", exif=exif))
    across, down = pdf.get_page_size(0)
    assert across < down
    pdf.close()


def test_every_page_of_a_tiff_is_one() -> None:
    held = io.BytesIO()
    one = Image.open(io.BytesIO(picture(600, 400)))
    one.save(held, "TIFF", save_all=True, append_images=[one, one])
    with pytest.raises(ReadingError) as caught:
        read_document(held.getvalue(), "傳真.tif")
    assert caught.value.reason.facts["pages"] == 3


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (picture(20, 300), "empty.picture"), (picture(600, 400)[:200], "unreadable.picture"),
        (b"GIF89a\0\0 text", "unreadable.picture"),
    ],
    ids=("sign", "cut", "text"),
)  # fmt: skip
def test_what_is_no_picture_of_text_says_why(data: bytes, name: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(data, "a.png")
    assert caught.value.reason.name == name


def test_a_picture_is_shown_as_a_page_with_boxes(tmp_path: Path) -> None:
    path = tmp_path / "告示.png"
    path.write_bytes(picture(600, 400))
    document, pages = read_document(path.read_bytes(), "告示.png", scans={1: [LINE]}), Pages()
    made = Image.open(io.BytesIO(pages.image(path, document.sha256, 1, 300)))
    assert made.size == (300, 200)
    boxes = pages.boxes(path, document.sha256, 1, [(0, 2)], document.scans[0]).boxes
    assert [tuple(round(edge, 2) for edge in box) for box in boxes] == [(0.1, 0.4, 0.2, 0.5)]
    pages.close()
