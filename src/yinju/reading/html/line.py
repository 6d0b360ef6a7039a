"""A line of a page as it is collected."""

from typing import NamedTuple

from yinju.types import HEADING_KINDS, Block


class Line(NamedTuple):
    """A line of a page, what it is where its elements say so, and how many of its characters are links."""

    text: str
    block: Block | None
    linked: int
    goes_on: bool = False
    """Whether it belongs to the same block as the line above it."""
    drawn: str = ""
    """What a browser draws before it: the number of an item."""

    @property
    def level(self) -> int | None:
        """Of a heading; None for any other line."""
        return self.block.level if self.block and self.block.kind in HEADING_KINDS else None
