"""A picture file → Extract: what was recognised on it, as on the scanned page of a PDF; the picture is its figure.

A picture becomes a PDF in memory whose pages it fills, so that whatever shows, recognises or reads pages does the same
with pictures.
"""

import io
from contextlib import closing, suppress
from dataclasses import replace
from types import MappingProxyType

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from yinju.errors import ReadingError
from yinju.reading.extract import Extract, Scans
from yinju.reading.figures import SMALLEST
from yinju.reading.figures.pictures import frames
from yinju.reading.pdf.extract import read_pages
from yinju.reasons import Reason
from yinju.types import Figure, FigureSource

RESOLUTION = 150
"""Of a picture as a page, in dots an inch: as pages are recognised, so that its own pixels are read."""
MOST_PAGES = 100
"""Pictures in one file that are read, of which TIFF may hold any number."""
MOST_KEPT = 8_000_000
"""Pixels of each as it lies on its page."""
_POINTS, _QUALITY = 72, 95


def extract_picture(data: bytes, scans: Scans = MappingProxyType({})) -> Extract:
    """The text that was recognised on a picture.

    Raises:
        ReadingError: `unreadable`, `too_large`, `empty` where it is a mere sign, `no_text` where none was recognised,
            or nothing was yet.
    """
    with closing(paged(data)) as pdf:
        pages, sizes = len(pdf), [pdf.get_page_size(number) for number in range(len(pdf))]
        try:
            found = read_pages(pdf, scans)
        except ReadingError as error:
            names = {"no_text": "no_text.picture", "no_text.recognized": "no_text.picture_recognized"}
            raise ReadingError(names.get(error.reason.name, error.reason.name), pages=pages) from None
        except pypdfium2.PdfiumError as error:
            raise ReadingError("unreadable.picture", why=str(error)) from error
    figures = (
        Figure(start, FigureSource.REGION, page=page, box=(0.0, 0.0, 1.0, 1.0),
               size=(round(size[0] * RESOLUTION / _POINTS), round(size[1] * RESOLUTION / _POINTS)))
        for page, (start, size) in enumerate(zip(found.page_starts, sizes, strict=True), 1)
    )  # fmt: skip
    kept = tuple(one for one in found.warnings if pages > 1 or one.name != "recognized_pages")
    warnings = kept if pages > 1 else (Reason("recognized_picture"), *kept)
    return replace(found, title="", figures=tuple(figures) if pages <= 2 else (), warnings=warnings)


def paged(data: bytes) -> pypdfium2.PdfDocument:
    """A PDF of a picture, a page for each that the file holds.

    Raises:
        ReadingError: `unreadable`, `too_large`, or `empty` where it is a mere sign.
    """
    pdf = pypdfium2.PdfDocument.new()
    try:
        for picture in frames(data, MOST_PAGES):
            across, down = picture.size
            if min(across, down) < SMALLEST:
                raise ReadingError("empty.picture", across=across, down=down)
            width, height = across * _POINTS / RESOLUTION, down * _POINTS / RESOLUTION
            scale = min(1.0, (MOST_KEPT / (across * down)) ** 0.5)
            if scale < 1:
                picture = picture.resize((round(across * scale), round(down * scale)), reducing_gap=3)
            _add_page(pdf, picture, width, height)
    except BaseException:
        with suppress(pypdfium2.PdfiumError):
            pdf.close()
        raise
    return pdf


def _add_page(pdf: pypdfium2.PdfDocument, picture: Image.Image, width: float, height: float) -> None:
    """A page of a size in points that a picture fills."""
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=_QUALITY, subsampling=0)
    held.seek(0)
    image = pypdfium2.PdfImage.new(pdf)
    image.load_jpeg(held, inline=True, autoclose=False)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    with closing(pdf.new_page(width, height)) as page:
        page.insert_obj(image)
        page.gen_content()
