"""A PDF's path → images of its pages and boxes on them, made in a child process kept for them alone."""

import base64
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from yinju.errors import ReadingError
from yinju.reading.child import Child
from yinju.reading.documents import MAX_BYTES
from yinju.types import Box, Figure, Scan

TIMEOUT_SECONDS = 10.0
MEMORY_BYTES = 1_500_000_000

Chart = dict[str, Any]
"""What a chart is drawn from; see `figures.charts.drawn_data`."""


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """Where something stands on a page."""

    page: int
    """Physical, counted from 1."""
    pages: int
    """How many the document has."""
    size: tuple[float, float]
    """Width and height as it is shown, in points."""
    boxes: tuple[Box, ...]


class Pages:
    """Shows pages of PDFs. Safe across threads, one page after the other; the process starts with the first."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        """Keep the limit of a file's size."""
        self._max_bytes = max_bytes
        self._child = Child(TIMEOUT_SECONDS, MEMORY_BYTES)

    def image(self, path: str | os.PathLike[str], sha256: str, page: int, width: int) -> bytes:
        """A page as a WebP image, about `width` pixels wide.

        Raises:
            ReadingError: `changed`, `no_page`, `unreadable`, `timed_out`, `out_of_memory`, `crashed` and others.
        """
        return base64.b64decode(self._child.ask(self._request(path, sha256, page) | {"width": width})["image"])

    def boxes(
        self, path: str | os.PathLike[str], sha256: str, page: int, ranges: Sequence[tuple[int, int]],
        scan: Scan | None = None,
    ) -> PageBoxes:  # fmt: skip
        """Where (first, count) ranges of a page's characters stand, as pdfium counts them or the page's scan does.

        Raises:
            ReadingError: as `image`.
        """
        asked: dict[str, Any] = {"ranges": list(ranges)}
        if scan:
            asked = {"scanned": [box for first, count in ranges for box in scan.boxes[first : first + count]]}
        found = self._child.ask(self._request(path, sha256, page) | asked)
        boxes = tuple((left, top, right, bottom) for left, top, right, bottom in found["boxes"])
        return PageBoxes(page, found["pages"], tuple(found["size"]), boxes)

    def figure(
        self, path: str | os.PathLike[str], sha256: str | None, figure: Figure, width: int, kind: str = "webp"
    ) -> bytes | Chart:
        """A figure as a picture of a kind, webp or png, at most `width` pixels wide, or what it is drawn from.

        Raises:
            ReadingError: `no_figure` where it is not in the file, and others as `image`.
        """
        asked = {"source": figure.source.value, "names": figure.path, "page": figure.page, "region": figure.box,
                 "width": width, "kind": kind}  # fmt: skip
        request = {"path": os.path.abspath(path), "sha256": sha256, "max_bytes": self._max_bytes, "figure": asked}
        found = self._child.ask(request)
        return found["chart"] if "chart" in found else base64.b64decode(found["picture"])

    def warm(self) -> None:
        """Start the process ahead of the first page, which then comes at once."""
        with suppress(ReadingError):
            self._child.ask({"page": None})

    def close(self) -> None:
        """End the process."""
        self._child.close()

    def _request(self, path: str | os.PathLike[str], sha256: str, page: int) -> dict[str, str | int]:
        return {"path": os.path.abspath(path), "sha256": sha256, "page": page, "max_bytes": self._max_bytes}
