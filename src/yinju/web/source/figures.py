"""The figures of a document as the page shows them: where their pictures are, and which stand in a range of text."""

from typing import NamedTuple
from urllib.parse import urlencode

from yinju.types import Document, Span

THUMBNAIL, LARGE = 400, 1_600
"""Pixels across of a picture below an answer, and of one in the panel; screens have up to two a CSS pixel."""
NEAR = 400
"""Characters around a figure in which its caption, where it is a line of the text, need not be repeated."""


class ShownFigure(NamedTuple):
    """A figure in its place in the text."""

    at: int
    address: str
    """Of its picture."""
    caption: str
    said: bool
    """Whether its caption stands beside it in the text."""
    size: tuple[int, int]
    wanted: bool
    """Whether the reader asked for this one."""


def figure_address(document: str, number: int, sha256: str, width: int) -> str:
    """The address of the picture of a document's figure."""
    asked = {"document": document, "n": number, "version": sha256[:12], "width": width}
    return f"source/figure?{urlencode(asked, errors='replace')}"


def figures_within(document: Document, span: Span, wanted: int) -> list[ShownFigure]:
    """The figures that stand in a range of a document, in order; those behind all of its text at its end."""
    end = len(document.text.rstrip())
    return [
        ShownFigure(
            one.at, figure_address(document.name, number, document.sha256, LARGE), one.caption,
            one.caption in " ".join(document.text[max(one.at - NEAR, 0) : one.at + NEAR].split()), one.size,
            number == wanted,
        )
        for number, one in enumerate(document.figures)
        if span[0] <= one.at < span[1] or (span[1] <= one.at and end <= span[1])
    ]  # fmt: skip
