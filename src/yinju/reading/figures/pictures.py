"""The bytes of a picture from a stranger → a picture of ours, made anew; runs in the child process of `child`.

What is served is never what the file holds: it is decoded within limits, turned as its EXIF data say, made smaller, and
written anew. Formats that are programs for drawing (SVG, EMF, WMF) are not read.
"""

import io
import struct
import warnings
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from yinju.errors import ReadingError

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
"""As Pillow calls them."""
MOST_PIXELS = 60_000_000
"""Of a picture that is decoded; at four bytes each a sixth of the memory that the process has."""
MOST_SHOWN = 12_000_000
"""Pixels of a picture that is served."""
LONGEST = 16_383
"""Pixels of a side, as WebP has it."""
QUALITY = 85
"""Of WebP, 0 … 100."""
PLAIN = 8
"""Between the lightest and the darkest, of 255; a picture with less shows nothing."""

Image.MAX_IMAGE_PIXELS = None  # `opened_picture` looks at the size itself, before anything is decoded

_DAMAGE = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError,
    OverflowError, ZeroDivisionError, struct.error, NotImplementedError, AttributeError,
)  # fmt: skip
"""What Pillow raises on a picture that is damaged or is not what it seems."""


def opened_picture(data: bytes) -> Image.Image:
    """The picture in some bytes, not decoded yet.

    Raises:
        ReadingError: `unreadable.picture`, or `too_large.picture` where it has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except _DAMAGE as error:
        raise ReadingError("unreadable.picture", why=_why(error)) from error
    across, down = picture.size
    if across * down > MOST_PIXELS:
        raise ReadingError("too_large.picture", across=across, down=down, limit=MOST_PIXELS)
    return picture


def upright(picture: Image.Image) -> Image.Image:
    """A picture as it is looked at: decoded, turned as its EXIF data say, on white where it is transparent.

    Raises:
        ReadingError: `unreadable.picture`.
    """
    try:
        turned = ImageOps.exif_transpose(picture)
        if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
            turned = turned.convert("RGBA")
            ground = Image.new("RGBA", turned.size, "white")
            return Image.alpha_composite(ground, turned).convert("RGB")
        if turned.mode.startswith("I;16") or turned.mode in ("I", "F"):
            turned = ImageOps.autocontrast(turned.convert("F").point(lambda value: value / 256).convert("L"))
        return turned.convert("RGB")
    except _DAMAGE as error:
        raise ReadingError("unreadable.picture", why=_why(error)) from error


def frames(data: bytes, most: int) -> Iterator[Image.Image]:
    """The pictures of a file, of which TIFF may hold several, each as `upright`; at most so many.

    Raises:
        ReadingError: as `opened_picture`.
    """
    picture = opened_picture(data)
    if picture.format != "TIFF":
        yield upright(picture)
        return
    try:
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= most:
                return
            if frame.size[0] * frame.size[1] > MOST_PIXELS:
                across, down = frame.size
                raise ReadingError("too_large.picture", across=across, down=down, limit=MOST_PIXELS)
            yield upright(frame)
    except _DAMAGE as error:
        raise ReadingError("unreadable.picture", why=_why(error)) from error


def made_anew(picture: Image.Image, width: int, kind: str) -> bytes:
    """A picture at most `width` pixels wide, as webp, jpeg or png."""
    across, down = picture.size
    scale = min(1.0, width / across, (MOST_SHOWN / (across * down)) ** 0.5, LONGEST / max(across, down))
    size = max(1, round(across * scale)), max(1, round(down * scale))
    shown = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    held = io.BytesIO()
    options: dict[str, dict[str, Any]] = {"webp": {"quality": QUALITY, "method": 2}, "jpeg": {"quality": QUALITY}}
    shown.save(held, kind.upper(), **options.get(kind, {}))
    return held.getvalue()


def is_plain(data: bytes) -> bool:
    """Whether a picture shows nothing but one colour; False where it cannot be read."""
    try:
        low, high = upright(opened_picture(data)).convert("L").getextrema()
    except ReadingError:
        return False
    assert isinstance(low, int | float) and isinstance(high, int | float)
    return high - low <= PLAIN


def _why(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
