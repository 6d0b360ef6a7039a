"""The images of a Markdown text that are files beside it → its figures, each with where its markup begins."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yinju.reading.html.pictures import beside
from yinju.types import Figure, FigureSource, Span

_IMAGE = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,300})\]\(\s*<?(?P<source>[^()\s<>]{1,500})>?(?:\s+[\"'(][^\n]{0,300}?)?\)"
    r"|<img\b(?P<tag>[^<>\n]{1,2000})>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\b(?P<name>src|alt)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')", re.IGNORECASE)


class Image(NamedTuple):
    """An image, and where its markup begins."""

    start: int
    path: str
    said: str


def find_images(text: str, body_start: int, code: Sequence[Span]) -> list[Image]:
    """The images of a text that are pictures in files beside it, outside of its blocks of code, in order."""
    if "](" not in text and "<img" not in text:
        return []
    return [one for one in _images(text, body_start) if not any(start <= one.start < end for start, end in code)]


def _images(text: str, body_start: int) -> Iterator[Image]:
    for match in _IMAGE.finditer(text, body_start):
        if text.count("`", text.rfind("\n", 0, match.start()) + 1, match.start()) % 2:
            continue  # within a span of code
        source, said = match["source"] or "", match["alt"] or ""
        if match["tag"]:
            stated = {one["name"].lower(): one["a"] or one["b"] or "" for one in _ATTRIBUTE.finditer(match["tag"])}
            source, said = stated.get("src", ""), stated.get("alt", "")
        if path := beside(source):
            yield Image(match.start(), path, said)


def figures_at(text: str, images: Sequence[Image], places: Sequence[int]) -> tuple[Figure, ...]:
    """The figures of images whose words, if any, now stand at places of a text: before their line, or after it."""
    return tuple(
        Figure(_line_at(text, place), FigureSource.FILE, (image.path,), image.said)
        for image, place in zip(images, places, strict=True)
    )


def _line_at(text: str, place: int) -> int:
    """The place itself where a line begins there, else where the next one does."""
    if place == 0 or text.startswith("\n", place - 1):
        return place
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1
