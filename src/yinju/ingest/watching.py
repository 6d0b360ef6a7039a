"""A folder → a signal whenever what it holds has changed and is at rest again."""

import time
from collections.abc import Iterator
from pathlib import Path

from yinju.ingest.files import find_files

SECONDS = 2.0
"""Between two looks; a file that is still being written differs from one to the next."""

Snapshot = list[tuple[str, int, int]]


def changes_of(corpus: Path, index: Path, seconds: float = SECONDS) -> Iterator[None]:
    """One item for each time that files were added, changed or removed, once none has for `seconds`; without end.

    Raises:
        CorpusError: the folder is gone.
    """
    known = before = _look(corpus, index)
    while True:
        time.sleep(seconds)
        now = _look(corpus, index)
        if now == before and now != known:
            known = now
            yield
        before = now


def _look(corpus: Path, index: Path) -> Snapshot:
    """Name, size and time of change of every file; those that are gone meanwhile are left out."""
    found: Snapshot = []
    for name, path, _ in find_files(corpus, index):
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((name, status.st_size, status.st_mtime_ns))
    return found
