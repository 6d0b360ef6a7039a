"""A page of a PDF → its image, and the boxes of characters on it; runs in the child process of `child`.

Places are fractions of the page as it is shown, turned and cropped: 0, 0 is its upper left corner, 1, 1 the opposite.
"""

import base64
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.detect import detect_binary_format
from yinju.reading.figures.pictures import made_anew
from yinju.reading.pdf.objects import shown_at
from yinju.reading.picture import paged
from yinju.types import Box

MOST_PIXELS = 12_000_000
QUALITY = 85
"""Of WebP, 0 … 100."""
MOST_SCALE = 6.0
"""Pixels a point: a small figure is not blown up."""


def open_pdf(data: bytes, sha256: str | None) -> pypdfium2.PdfDocument:
    """The PDF in the bytes of a file, or one made of its picture, where these have the digest expected.

    Raises:
        ReadingError: `changed` where the file is not the one expected, or `unreadable`.
    """
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise ReadingError("changed")
    if detect_binary_format(data) == "image":
        return paged(data)
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadingError("unreadable.page", why=str(error)) from error


def answer_page(pdf: pypdfium2.PdfDocument, request: dict[str, Any]) -> dict[str, Any]:
    """What is asked of a page: its `image` at a `width` in pixels, or the `boxes` of `ranges` of its characters.

    The image may be of a `region` alone. The characters of a page that was recognised come with the request as
    `scanned`, each as its box.

    Raises:
        ReadingError: `no_page` or `unreadable`.
    """
    number = request["page"]
    if not 1 <= number <= len(pdf):
        raise ReadingError("no_page", number=number, pages=len(pdf))
    try:
        with closing(pdf[number - 1]) as page:
            facts = {"pages": len(pdf), "size": page.get_size()}
            if "region" in request:
                image = _region(page, request["region"], request["width"], request["kind"])
                return facts | {"picture": base64.b64encode(image).decode()}
            if "width" in request:
                return facts | {"image": base64.b64encode(_image(page, request["width"])).decode()}
            if "scanned" in request:
                return facts | {"boxes": list(_scanned_boxes(page, request["scanned"]))}
            return facts | {"boxes": list(_boxes(page, request["ranges"]))}
    except pypdfium2.PdfiumError as error:
        raise ReadingError("unreadable.page", why=str(error)) from error


def warm_up() -> None:
    """Show an empty page, so that all that a page needs is loaded."""
    with closing(pypdfium2.PdfDocument.new()) as pdf, closing(pdf.new_page(100, 100)) as page:
        _image(page, 100)


def _image(page: pypdfium2.PdfPage, width: int) -> bytes:
    """The page as WebP, `width` pixels wide or as wide as `MOST_PIXELS` allow."""
    across, down = page.get_size()
    scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
    image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    held = io.BytesIO()
    image.save(held, "WEBP", quality=QUALITY, method=0)
    return held.getvalue()


def _region(page: pypdfium2.PdfPage, region: Box, width: int, kind: str) -> bytes:
    """A part of the page as webp or png, `width` pixels wide or as wide as `MOST_PIXELS` allow."""
    across, down = page.get_size()
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in region)
    wide, high = (right - left) * across, (bottom - top) * down
    if wide < 1 or high < 1:
        raise ReadingError("no_figure", why=str(region))
    scale = min(width / wide, MOST_SCALE, (MOST_PIXELS / (wide * high)) ** 0.5)
    crop = left * across, (1 - bottom) * down, (1 - right) * across, top * down
    image = page.render(scale=scale, crop=crop, rev_byteorder=True).to_pil().convert("RGB")
    return made_anew(image, width, kind)


def _boxes(page: pypdfium2.PdfPage, ranges: Iterable[tuple[int, int]]) -> Iterator[Box]:
    """The boxes of (first, count) ranges of characters, one for each stretch that stands together."""
    across, down = page.get_size()
    with closing(page.get_textpage()) as characters:
        total = characters.count_chars()
        found = (
            _box(page, characters, index)
            for first, count in ranges
            for index in range(first, min(first + count, total))
        )
        for left, top, right, bottom in _joined(box for box in found if box):
            yield left / across, top / down, right / across, bottom / down


def _scanned_boxes(page: pypdfium2.PdfPage, characters: Iterable[Sequence[float]]) -> Iterator[Box]:
    """The boxes of recognised characters, one for each stretch that stands together."""
    across, down = page.get_size()
    placed = ((left * across, top * down, right * across, bottom * down) for left, top, right, bottom in characters)
    for left, top, right, bottom in _joined(box for box in placed if box[0] < box[2]):
        yield left / across, top / down, right / across, bottom / down


def _box(page: pypdfium2.PdfPage, characters: pypdfium2.PdfTextPage, index: int) -> Box | None:
    """Where one character is shown, in points; None where it takes up no room."""
    left, bottom, right, top = characters.get_charbox(index, loose=True)
    corners = [shown_at(page, x, y) for x in (left, right) for y in (bottom, top)]
    x, y = zip(*corners, strict=True)
    box = min(x), min(y), max(x), max(y)
    return box if box[0] < box[2] and box[1] < box[3] else None


def _joined(boxes: Iterable[Box]) -> Iterator[Box]:
    """Boxes that follow each other in a line, across or down, as one."""
    whole: Box | None = None
    for box in boxes:
        if whole and _in_line(whole, box):
            whole = _around(whole, box)
        else:
            if whole:
                yield whole
            whole = box
    if whole:
        yield whole


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _in_line(whole: Box, box: Box) -> bool:
    """Whether a box goes on where others end: beside them in a row, or below them in a column.

    In a slanting line none does: what is around two characters would be around others as well.
    """
    around = _around(whole, box)
    for along, across in ((0, 1), (1, 0)):
        gap = max(box[along] - whole[along + 2], whole[along] - box[along + 2])
        widest = max(_extent(whole, across), _extent(box, across))
        if gap < 1.5 * max(_extent(box, along), _extent(box, across)) and _extent(around, across) < 1.25 * widest:
            return True
    return False


def _extent(box: Box, axis: int) -> float:
    return box[axis + 2] - box[axis]
