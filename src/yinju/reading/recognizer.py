"""The pages of a scan → the lines recognised on them, in a child process kept for that alone.

One page is asked for at a time, so that a page which takes too long or ends the process costs itself alone.
"""

import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from yinju.errors import ReadingError
from yinju.reading.child import Child

MEMORY_BYTES = 4_000_000_000
"""Of address space; the models take up about a quarter of it."""

Recognized = dict[int, list[dict[str, Any]] | None]
"""Page, counted from 1, → its lines as JSON has them; None for a page that could not be read."""


def is_installed() -> bool:
    """Whether the extra `ocr` is there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


class Recognizer:
    """Recognises pages, one after the other. Safe across threads; the process starts with the first page."""

    def __init__(self, max_bytes: int, timeout_seconds: float) -> None:
        """Keep the limits: a file's size, and the time that one page may take."""
        self._max_bytes = max_bytes
        self._child = Child(timeout_seconds, MEMORY_BYTES)
        self._closed = False

    def recognize(
        self, path: str | os.PathLike[str], pages: Sequence[int], told: Callable[[int, int], None] | None = None
    ) -> Recognized:
        """What stands on the pages of a PDF; `told` is called with how many are done, and how many there are.

        Raises:
            ReadingError: `stopped`, once this is closed.
        """
        found: Recognized = {}
        for done, page in enumerate(pages):
            if told:
                told(done, len(pages))
            if self._closed:
                raise ReadingError("stopped")
            request = {"path": os.path.abspath(path), "recognize": page, "max_bytes": self._max_bytes}
            try:
                found[page] = self._child.ask(request)["lines"]
            except ReadingError:
                found[page] = None
        return found

    def close(self) -> None:
        """End the process, and with it what is being recognised."""
        self._closed = True
        self._child.close()
