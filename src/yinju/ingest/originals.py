"""A document's name → the file it was read from, so long as that still holds what was read, and what is shown of it."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

from yinju.reading import Chart, PageBoxes, Pages
from yinju.reading.documents import MAX_BYTES
from yinju.store.protocol import Snapshot
from yinju.types import Document, Figure, FigureSource, PrintedRun, Span

MOST_KEPT, WIDEST_KEPT = 200, 800
"""Figures of which pictures up to so many pixels wide are remembered: those below an answer come again and again."""

CharacterRange = tuple[int, int]
"""The first of a page's characters, as pdfium counts them, and how many."""


class Originals:
    """The files in the folder that an index was built from, their pages and figures. Safe across threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        """Nothing is looked at yet; a file up to so large is shown."""
        self._pages = Pages(max_bytes)
        self._kept_figure = lru_cache(maxsize=MOST_KEPT)(self._pages.figure)
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

    def original(self, live: Snapshot, name: str) -> Path | None:
        """The file of a document by its name."""
        document = live.documents.document(name)
        return self.path(live.facts.corpus, document) if document else None

    def image(self, live: Snapshot, name: str, page: int, width: int) -> bytes | None:
        """As `Library.page_image`, of the documents that are live."""
        document, path = live.documents.document(name), self.original(live, name)
        return self._pages.image(path, document.sha256, page, width) if path and document else None

    def boxes(self, live: Snapshot, name: str, page: int, span: Span) -> PageBoxes | None:
        """As `Library.page_boxes`, of the documents that are live."""
        document, path = live.documents.document(name), self.original(live, name)
        if not document or not path:
            return None
        printed = printed_ranges(document.text, live.documents.printed(name), span)
        scan = next(iter(live.documents.scans(name, page)), None)
        return self._pages.boxes(path, document.sha256, page, printed.get(page, []), scan)

    def figure(self, live: Snapshot, name: str, number: int, width: int, kind: str) -> bytes | Chart | None:
        """As `Library.figure_image`, of the documents that are live."""
        document, figures = live.documents.document(name), live.documents.figures(name)
        path = self.original(live, name)
        if not document or not path or not 0 <= number < len(figures):
            return None
        figure = figures[number]
        if figure.source is FigureSource.FILE:
            beside = self.beside(live.facts.corpus, document, figure)
            return self._pages.figure(beside, None, figure, width, kind) if beside else None
        show = self._kept_figure if width <= WIDEST_KEPT else self._pages.figure
        return show(path, document.sha256, figure, width, kind)

    def beside(self, corpus: str | None, document: Document, figure: Figure) -> Path | None:
        """The picture file that a document refers to; None where it is gone or outside of the folder."""
        return _beside(Path(corpus), document, figure) if corpus is not None else None

    def warm(self, live: Snapshot) -> None:
        """Start what shows pages ahead of the first, where there are any: it then comes at once."""
        if live.documents.has_pages():
            self._pages.warm()

    def close(self) -> None:
        """End what shows pages."""
        self._pages.close()

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


def with_figures_there(document: Document, folder: Path) -> Document:
    """The document without figures in files beside it that are not there: pages are often kept without theirs."""
    there = tuple(
        one for one in document.figures
        if one.source is not FigureSource.FILE or _beside(folder, document, one) is not None
    )  # fmt: skip
    return document if there == document.figures else replace(document, figures=there)


def _beside(folder: Path, document: Document, figure: Figure) -> Path | None:
    try:
        path = ((folder / document.name).parent / figure.path[0]).resolve(strict=True)
        hidden = any(part.startswith(".") for part in path.relative_to(folder.resolve()).parts)
        return path if path.is_file() and not hidden else None
    except (OSError, RuntimeError, ValueError):
        return None


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
