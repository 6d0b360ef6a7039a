"""A file's path → what is made of its bytes, all of which it had at one time."""

import os
from collections.abc import Callable
from io import BufferedReader
from typing import TypeVar

from yinju.errors import ReadingError

CHANGING = "unreadable.changing"
"""The reason for which a file fails that somebody writes while it is read, and again when it is read anew."""

_TRIES = 2
"""How often a file is read that changes meanwhile."""

Made = TypeVar("Made")
Check = Callable[[os.stat_result], None]


def read_unchanged(
    path: str | os.PathLike[str], read: Callable[[BufferedReader], Made], check: Check | None = None
) -> Made:
    """What `read` makes of the open file; it is asked once more where somebody wrote the file meanwhile.

    Never waits on a pipe or a device; `check` may refuse the file before it is read.

    Raises:
        OSError: when the file cannot be opened or read, or is gone.
        ReadingError: `unreadable` when it changed again, and what `check` raises.
    """
    for _ in range(_TRIES):
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            before = os.fstat(descriptor)
            if check:
                check(before)
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                made = read(file)
            if version(before) == version(os.fstat(descriptor)) == version(os.stat(path)):
                return made
        finally:
            os.close(descriptor)
    raise ReadingError(CHANGING)


def version(status: os.stat_result) -> tuple[int, ...]:
    """What is another for a file that was written or replaced since."""
    return status.st_ino, status.st_size, status.st_mtime_ns
