"""What the files of a folder held when they were last read: seen.json, kept beside what is published.

A file is read again only where its inode, size, time of change or time of status change is another. Whoever sets a
file's time back cannot set back the last of these. What the file says is only ever compared with what is published:
without it, or where it cannot be read, everything is read once.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from yinju.errors import ReadingError
from yinju.ingest.files import find_files
from yinju.reading.unchanged import read_unchanged
from yinju.types import FileOutcome

SEEN = "seen.json"
RACY_SECONDS = 2.0
"""A file that was written less than this before it was read may be written again within the same tick of a clock."""


class Stamp(NamedTuple):
    """A file as the disk tells it from others, and from itself after a change."""

    inode: int
    size: int
    modified: int
    """In nanoseconds, as the next."""
    changed: int

    @classmethod
    def of(cls, path: Path) -> "Stamp":
        """What the disk says of a file now; OSError where it is gone."""
        status = path.stat()
        return cls(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


class SeenFiles:
    """The SHA-256 of each file of a folder, as it was last read, for as long as the file is the same."""

    def __init__(self, index: Path, corpus: Path, *, trusted: bool = True) -> None:
        """What the index knows of the folder; nothing where that is not to be `trusted`."""
        self._path, self._corpus = index / SEEN, str(corpus.resolve())
        self._before = self._read() if trusted else {}
        self._now: dict[str, tuple[Stamp, str]] = {}

    def _read(self) -> Mapping[str, tuple[Stamp, str]]:
        try:
            kept = json.loads(self._path.read_bytes())
            files = kept["files"] if kept["corpus"] == self._corpus else {}
            return {name: (Stamp(*map(int, stamp)), str(sha256)) for name, (*stamp, sha256) in files.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def sha256(self, name: str, path: Path) -> str | None:
        """The SHA-256 of a file that is as it was seen, or None."""
        if name not in self._before:
            return None
        stamp, sha256 = self._before[name]
        with suppress(OSError):
            if Stamp.of(path) == stamp:
                self._now[name] = stamp, sha256
                return sha256
        return None

    def note(self, name: str, path: Path, sha256: str, started: float) -> None:
        """Keep what a file held, reading which was `started` in seconds since 1970, if it has long been the same."""
        with suppress(OSError):
            stamp = Stamp.of(path)
            if max(stamp.modified, stamp.changed) / 1e9 + RACY_SECONDS < started:
                self._now[name] = stamp, sha256

    def save(self) -> None:
        """Have the next build know the files that were seen; where that cannot be written, it reads them again."""
        new = self._path.with_suffix(".new")
        if self._now == self._before:
            with suppress(OSError):  # what an interrupted build left
                new.unlink(missing_ok=True)
            return
        files = {name: [*stamp, sha256] for name, (stamp, sha256) in sorted(self._now.items())}
        try:
            new.write_text(json.dumps({"corpus": self._corpus, "files": files}, ensure_ascii=False), "utf-8")
            os.replace(new, self._path)
        except (OSError, ValueError):
            with suppress(OSError):
                new.unlink()


def differing(corpus: Path, index: Path, known: Mapping[str, FileOutcome]) -> Iterator[tuple[str, bool]]:
    """Each file that is not what an index knows of it, and whether it is there; those that are gone come last.

    Raises:
        CorpusError: the folder is missing or cannot be listed.
    """
    seen, found = SeenFiles(index, corpus), set[str]()
    for name, path, skipped in find_files(corpus, index):
        found.add(name)
        if name not in known or not (skipped or known[name].sha256 == (seen.sha256(name, path) or _sha256(path))):
            yield name, True
    yield from ((name, False) for name in sorted(known.keys() - found))


def _sha256(path: Path) -> str:
    """The SHA-256 of a file; empty where it cannot be read."""
    with suppress(OSError, ReadingError):
        return read_unchanged(path, lambda file: hashlib.file_digest(file, "sha256").hexdigest())
    return ""
