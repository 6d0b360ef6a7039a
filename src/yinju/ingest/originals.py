"""A document's name → the file it was read from, so long as that still holds what was read."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from yinju.types import Document, PrintedRun, Span

CharacterRange = tuple[int, int]
"""The first of a page's characters, as pdfium counts them, and how many."""


class Originals:
    """The files in the folder that an index was built from. Safe across threads."""

    def __init__(self) -> None:
        """Nothing is looked at yet."""
        self._lock = Lock()
        self._known: dict[Path, tuple[int, int, str]] = {}

    def path(self, corpus: str | None, document: Document) -> Path | None:
        """The file of a document, or None where it is gone, changed, or was never in a folder."""
        if corpus is None:
            return None
        folder = Path(corpus)
        path = folder / document.name
        try:
            inside = path.resolve(strict=True).is_relative_to(folder.resolve())
            return path if inside and path.is_file() and self._sha256(path) == document.sha256 else None
        except (OSError, RuntimeError, ValueError):
            return None

    def _sha256(self, path: Path) -> str:
        status = path.stat()
        with self._lock:
            modified, size, digest = self._known.get(path, (0, -1, ""))
        if (modified, size) != (status.st_mtime_ns, status.st_size):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            with self._lock:
                self._known[path] = status.st_mtime_ns, status.st_size, digest
        return digest


def printed_ranges(text: str, runs: Iterable[PrintedRun], span: Span) -> dict[int, list[CharacterRange]]:
    """Page → which of its characters a range of a document's text is printed with.

    pdfium counts a character beyond U+FFFF as two.
    """
    found: dict[int, list[CharacterRange]] = {}
    for run in runs:
        start, end = max(span[0], run.start), min(span[1], run.end)
        if start < end:
            before, held = (_units(text[a:b]) for a, b in ((run.start, start), (start, end)))
            found.setdefault(run.page, []).append((run.first + before, held))
    return found


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
