"""The pictures of a page as they are met → its figures: those among the text that stays, none from another machine."""

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from yinju.errors import ReadingError
from yinju.reading.html.stretches import Stretch
from yinju.types import Figure, FigureSource

MOST_PICTURES = 5_000
"""Of one page that are looked at."""
MOST_INLINE = 30_000_000
"""Characters of a picture that stands in the page as text."""
_INLINE = re.compile(r"\s*data:image/(?:png|jpe?g|gif|bmp|webp|tiff)\s*(?:;[^,]{0,100})?;\s*base64\s*,", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\|/|#|$)", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(?:png|jpe?g|gif|bmp|webp|tiff?|jfif)$", re.IGNORECASE)
_SIDE = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*")
_SMALL = 4_000
"""Bytes; a picture of more than one colour takes more, or is a sign."""


class _Met(NamedTuple):
    """A picture: before which line it stands, and the innermost part of the page that it stands in."""

    line: int
    stretch: Stretch | None
    figure: Figure


class Pictures:
    """The pictures of one page as they come."""

    def __init__(self) -> None:
        """Start without any."""
        self._met: list[_Met] = []
        self._inline = 0

    def meet(
        self, attributes: Mapping[str, str], line: int, opened: Sequence[tuple[int, Stretch | str]], *, shown: bool
    ) -> None:
        """Take in an img before a line, in elements that are open; of those that are not shown only that they are."""
        source = attributes.get("src", "")
        number = self._inline
        self._inline += is_inline(source)
        if not shown or len(self._met) >= MOST_PICTURES:
            return
        stretch = next((one for _, one in reversed(opened) if isinstance(one, Stretch)), None)
        said, size = attributes.get("alt", "") or attributes.get("title", ""), _stated_size(attributes)
        if is_inline(source):
            size = size if min(size) else _inline_size(source)
            figure = Figure(0, FigureSource.INLINE, (str(number),), said, size=size)
        elif path := beside(source):
            figure = Figure(0, FigureSource.FILE, (path,), said, size=size)
        else:
            return
        self._met.append(_Met(line, stretch, figure))

    def figures(self, starts: Sequence[int], out: Sequence[bool]) -> Iterator[Figure]:
        """The figures: `starts` has where each line begins in the text, one more than there are lines."""
        for line, stretch, figure in self._met:
            inside = out[stretch.first : stretch.last] if stretch else ()
            around = out[max(line - 1, 0) : line + 1]
            if not (inside and all(inside)) and not (around and all(around)):
                yield Figure(starts[line], figure.source, figure.path, figure.caption, size=figure.size)


def is_inline(source: str) -> bool:
    """Whether the address of a picture is itself a picture that can be shown."""
    return len(source) <= MOST_INLINE and _INLINE.match(source) is not None


def inline_bytes(source: str) -> bytes:
    """The bytes of a picture in its address; empty where they are damaged."""
    try:
        return base64.b64decode("".join(unquote(source.partition(",")[2]).split()), validate=False)
    except (binascii.Error, ValueError):
        return b""


def beside(source: str) -> str:
    """The path of a picture from the folder of what refers to it; empty where it is no picture of this machine's."""
    if len(source) > 1_000 or _ELSEWHERE.match(source):
        return ""
    path = posixpath.normpath(unquote(re.split(r"[?#]", source.strip())[0]))
    harmless = "\\" not in path and path.isprintable() and not path.startswith("/")
    return path if harmless and _PICTURE_FILE.search(path) else ""


def _stated_size(attributes: Mapping[str, str]) -> tuple[int, int]:
    sides = [_SIDE.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
    across, down = (int(side[1]) if side else 0 for side in sides)
    return (across or down, down or across)


def _inline_size(source: str) -> tuple[int, int]:
    """How large an inline picture is; 0, 0 where that cannot be told, 1, 1 of one that shows nothing."""
    from yinju.reading.figures.pictures import is_plain, opened_picture

    data = inline_bytes(source)
    try:
        across, down = opened_picture(data).size
    except ReadingError:
        return 1, 1
    return (1, 1) if len(data) <= _SMALL and is_plain(data) else (across, down)
