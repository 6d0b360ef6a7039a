"""A page of a PDF → the lines that RapidOCR recognises on its image; runs in the child process of `child`.

Its models for Chinese, Latin letters and digits come with its wheel; nothing is fetched.
"""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import ScannedLine
from yinju.reading.pdf.scans import scanned_line, upside_down
from yinju.types import Box

RESOLUTION = 150
"""Of the image that is read, in dots an inch; see docs/experiments.md."""
MOST_PIXELS = 6_000_000
LONGEST_SIDE = 1_280
"""Of the image in which lines are looked for, in pixels: a third of the time, and as many lines are found."""
MOST_THREADS = 4
FAINTEST = 8
"""Between the lightest and the darkest of a page, of 255; less shows nothing."""
SURE = 0.85
"""Mean score below which a page may lie upside down: then it is about 0.6, else 0.99."""
_POINTS = 72


def recognize_page(pdf: pypdfium2.PdfDocument, page: int) -> list[ScannedLine]:
    """The lines on a page, counted from 1, in no order; none on a page that shows nothing.

    Raises:
        ReadingError: `no_page`, or `unreadable` where it cannot be shown.
    """
    if not 1 <= page <= len(pdf):
        raise ReadingError("no_page", number=page, pages=len(pdf))
    try:
        with closing(pdf[page - 1]) as shown:
            across, down = shown.get_size()
            scale = min(RESOLUTION / _POINTS, (MOST_PIXELS / (across * down)) ** 0.5)
            image = shown.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as error:
        raise ReadingError("unreadable.page", why=str(error)) from error
    low, high = image.convert("L").getextrema()
    return _either_way_up(image) if high - low > FAINTEST else []


def _either_way_up(image: Any) -> list[ScannedLine]:  # noqa: ANN401 - of Pillow
    """The lines on an image as it is, or turned upside down where they are read better so."""
    found = _recognize(image)
    if found.mean < SURE:
        turned = _recognize(image.rotate(180))
        if turned.sum > found.sum:
            return [upside_down(line) for line in turned.lines]
    return found.lines


@cache
def _engine() -> Any:  # noqa: ANN401 - rapidocr has no types
    from rapidocr import RapidOCR

    threads = min(os.cpu_count() or 1, MOST_THREADS)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


@dataclass(frozen=True, slots=True)
class _Recognized:
    """The lines on an image, and how sure RapidOCR is of their characters: the mean and the sum over them."""

    lines: list[ScannedLine]
    mean: float
    sum: float


def _recognize(image: Any) -> _Recognized:  # noqa: ANN401 - of Pillow
    import numpy as np

    pixels = np.asarray(image)[:, :, ::-1]  # RapidOCR expects blue, green, red
    found = _engine()(pixels, use_cls=False, return_word_box=True, return_single_char_box=True)
    texts = found.txts or ()
    lines = (
        scanned_line(text, _boxes(text, characters, image.size))
        for text, characters in zip(texts, (found.word_results or ())[: len(texts)], strict=True)
    )
    sure = sum(score * len(text) for text, score in zip(texts, found.scores or (), strict=True))
    return _Recognized([line for line in lines if line], sure / max(sum(map(len, texts)), 1), sure)


def _boxes(text: str, characters: Sequence[tuple[str, float, Any]], size: tuple[int, int]) -> list[Box | None]:
    """The box of each character of a line, as RapidOCR has them for all but spaces."""
    places = iter(characters)
    return [None if character.isspace() else _box(next(places)[2], size) for character in text]


def _box(corners: Sequence[Sequence[float]], size: tuple[int, int]) -> Box:
    across = [x / size[0] for x, _ in corners]
    down = [y / size[1] for _, y in corners]
    left, top, right, bottom = (round(edge, 5) for edge in (min(across), min(down), max(across), max(down)))
    return left, top, right, bottom
