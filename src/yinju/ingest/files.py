"""A folder → the files in it, each with the reason why it is passed over, if any."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from yinju.errors import CorpusError

ENCODINGS = ".yinju-encodings"
"""The name of the file in which a person states the encodings of others."""
UNFINISHED = ".yinju-upload-"
"""Begins the name of a file that is still being written into the folder; whoever writes it holds a lock on it."""


def find_files(corpus: Path, apart: Path | None = None) -> Iterator[tuple[str, Path, str | None]]:
    """Every file below a folder as (name, path, why it is passed over or None), by name; links are not followed out.

    A folder that cannot be listed stands there like a file. The folder `apart`, such as an index kept below its
    corpus, is left out.

    Raises:
        CorpusError: the folder is missing or cannot be listed.
    """
    if not corpus.is_dir():
        raise CorpusError("corpus.no_folder", corpus=corpus)
    if not os.access(corpus, os.R_OK | os.X_OK):
        raise CorpusError("corpus.unreadable", corpus=corpus)
    root, left_out = corpus.resolve(), apart.resolve() if apart else None
    found: list[tuple[str, str | None]] = []

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # a folder that is gone meanwhile holds nothing
            found.append((error.filename, "unreadable"))

    for folder, subfolders, files in os.walk(corpus, onerror=note):
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and Path(folder, name).resolve() != left_out
        )
        links = [name for name in subfolders if os.path.islink(os.path.join(folder, name))]
        for name in [*files, *links]:
            if not name.startswith(UNFINISHED) and name != ENCODINGS:
                path = os.path.join(folder, name)
                found.append((path, _why_skipped(path, root)))
    found.sort(key=lambda file: file[0].split(os.sep))
    names = _names([os.path.relpath(path, corpus) for path, _ in found])
    return iter(sorted((name, Path(path), why) for name, (path, why) in zip(names, found, strict=True)))


def begin_unfinished(folder: Path) -> tuple[Path, BinaryIO]:
    """A new hidden file, locked so that `clear_unfinished` leaves it alone."""
    while True:
        path = folder / f"{UNFINISHED}{token_hex(8)}"
        file = path.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return path, file
        file.close()  # it was cleared away before it was locked


def clear_unfinished(corpus: Path) -> None:
    """Remove what writers that were interrupted left behind in a folder; nothing where it may not be written."""
    for path in corpus.glob(f"{UNFINISHED}*"):
        with suppress(OSError), path.open("rb") as file:  # BlockingIOError: it is still being written
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def _names(paths: Sequence[str]) -> list[str]:
    """The paths as names; bytes that are no UTF-8, which no database takes, as they are escaped.

    Where another file is called as the escapes are spelled, the backslashes are doubled until none is.
    """
    spelled = [os.fsencode(path).decode("utf-8", "backslashreplace") for path in paths]
    taken = {name for name, path in zip(spelled, paths, strict=True) if name == path}
    names = []
    for name, path in zip(spelled, paths, strict=True):
        while name != path and name in taken:
            name = name.replace("\\", "\\\\")
        taken.add(name)
        names.append(name)
    return names


def _why_skipped(path: str, root: Path) -> str | None:
    if os.path.basename(path).startswith("."):
        return "hidden"
    try:
        if os.path.islink(path) and not Path(path).resolve(strict=True).is_relative_to(root):
            return "link"
        mode = os.stat(path).st_mode
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError in Python 3.11
        return "unreadable" if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG else "link"
    if stat.S_ISDIR(mode):
        return "linked_folder"
    if not stat.S_ISREG(mode):
        return "special"
    return None if os.access(path, os.R_OK) else "unreadable"
