"""A file's path → Document, read in a child process, so that a file which ends or eats that costs itself alone."""

import os
import queue
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from yinju.errors import ReadingError
from yinju.reading.child import Child
from yinju.reading.documents import MAX_BYTES
from yinju.reading.recognizer import Recognizer
from yinju.reading.transfer import unpack_document
from yinju.reading.unchanged import CHANGING
from yinju.types import Document

TIMEOUT_SECONDS = 60.0
MEMORY_BYTES = 1_500_000_000
"""Of address space, all of the child together."""


class Reader:
    """Reads files, as many at once as it has child processes; a context manager that ends them. Safe across threads."""

    def __init__(
        self,
        *,
        max_bytes: int = MAX_BYTES,
        timeout_seconds: float = TIMEOUT_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        processes: int = 1,
        recognizes: bool = False,
    ) -> None:
        """Keep the limits, which hold for each process; one starts when a file finds all others at work.

        Pages without text are recognised where it `recognizes`, each within `timeout_seconds`.
        """
        self._max_bytes = max_bytes
        self._recognizer = Recognizer(max_bytes, timeout_seconds) if recognizes else None
        self._children = [Child(timeout_seconds, memory_bytes) for _ in range(processes)]
        self._free: queue.LifoQueue[Child] = queue.LifoQueue()
        for child in self._children:
            self._free.put(child)

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child processes."""
        self.close()

    def read(
        self,
        path: str | os.PathLike[str],
        name: str,
        encoding: str | None = None,
        told: Callable[[int, int], None] | None = None,
    ) -> Document:
        """The document in a file; `encoding` is what a person says a text is in.

        `told` is called with how many pages are recognised, and how many there are to be, whenever one more is.

        Raises:
            ReadingError: any of `read_document`, and `not_a_file`, `timed_out`, `out_of_memory`, `crashed`.
        """
        request = {"path": os.path.abspath(path), "name": name, "max_bytes": self._max_bytes, "encoding": encoding}
        pages: Sequence[int]
        document = None
        try:
            document = self._ask(request)
        except ReadingError as error:
            if error.code != "no_text" or not self._recognizer:
                raise
            pages = range(1, int(str(error.reason.facts["pages"])) + 1)
        else:
            if not document.textless or not self._recognizer:
                return document
            pages = document.textless
        read = self._ask(request | {"scans": self._recognizer.recognize(path, pages, told)})
        if document and document.sha256 != read.sha256:  # the pages recognised are perhaps not those read
            raise ReadingError(CHANGING)
        return read

    def _ask(self, request: dict[str, Any]) -> Document:
        child = self._free.get()
        try:
            return unpack_document(child.ask(request)["document"])
        finally:
            self._free.put(child)

    @property
    def recognizes(self) -> bool:
        """Whether pages without text are recognised."""
        return self._recognizer is not None

    def close(self) -> None:
        """End the child processes at once; the next file would start another."""
        for child in self._children:
            child.close()
        if self._recognizer:
            self._recognizer.close()


def read_file(
    path: str | os.PathLike[str],
    name: str,
    *,
    max_bytes: int = MAX_BYTES,
    timeout_seconds: float = TIMEOUT_SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Document:
    """The document in one file, read in a child process of its own; for many files, keep a `Reader`.

    Raises:
        ReadingError: as `Reader.read`.
    """
    with Reader(max_bytes=max_bytes, timeout_seconds=timeout_seconds, memory_bytes=memory_bytes) as reader:
        return reader.read(path, name)
