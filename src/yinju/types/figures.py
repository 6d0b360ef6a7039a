"""The figures of a document: where each stands in its text, and where in its file the picture is found again.

No picture is kept in an index: what a figure shows is taken from the original file whenever it is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from yinju.types.basics import Box


class FigureSource(StrEnum):
    """Where the picture of a figure comes from."""

    MEMBER = "member"
    """A file within the document's own, which is an archive."""
    INLINE = "inline"
    """A picture that stands in a web page as text."""
    FILE = "file"
    """A file beside the document, in the same folder of documents."""
    REGION = "region"
    """A part of a page."""
    CHART = "chart"
    """The data of a chart, from which it is drawn."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture or chart of a document."""

    at: int
    """Where it stands in the text: before the character there, which begins a line, or at the text's end."""
    source: FigureSource
    path: tuple[str, ...] = ()
    """The names to follow: of archives within the file from outside to inside, then of the picture; of a `FILE` its
    path from the document's folder, of an `INLINE` one its number among the page's, from 0."""
    caption: str = ""
    """In one line, as the text has it; empty where nothing tells what it shows."""
    number: str = ""
    """By which the text speaks of it, of 圖 3-1 that is 3-1; empty without any."""
    page: int | None = None
    """Physical, counted from 1."""
    box: Box | None = None
    """Of a `REGION`: where on its page."""
    size: tuple[int, int] = (0, 0)
    """Width and height as it is shown, in pixels; 0, 0 where that is not known."""


def pack_figures(figures: Iterable[Figure]) -> list[Any]:
    """Figures as lists that JSON keeps small."""
    return [[f.at, f.source.value, f.path, f.caption, f.number, f.page, f.box, f.size] for f in figures]


def unpack_figures(packed: Sequence[Any]) -> tuple[Figure, ...]:
    """The figures that `pack_figures` packed, once they have been JSON."""
    return tuple(
        Figure(at, FigureSource(source), tuple(path), caption, number, page, tuple(box) if box else None, tuple(size))
        for at, source, path, caption, number, page, box, size in packed
    )
