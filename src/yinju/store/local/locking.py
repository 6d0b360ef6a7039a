"""The right to write an index: one process at a time holds it, and who writes nothing leaves nothing behind."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from yinju.errors import IndexBusyError, IndexWriteError
from yinju.reasons import cause_of
from yinju.store.local.pointer import GENERATIONS
from yinju.store.local.publishing import SEGMENTS, telling_why

LOCK = "writer.lock"


@contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Hold the right to write the index, whose folders are made; the kernel gives it back when the process ends.

    Where nothing was written, nothing is left behind: not even the folder of the index, if it was made here.

    Raises:
        IndexBusyError: another process holds it.
        IndexWriteError: the folder cannot be made or written.
    """
    made = [folder for folder in (index, *index.parents) if not os.path.exists(folder)]
    with _locked(index) as file:
        try:
            with telling_why(index):
                file.truncate(0)
                file.write(str(os.getpid()).encode())
                for folder in (GENERATIONS, SEGMENTS):
                    (index / folder).mkdir(mode=0o700, exist_ok=True)
            yield
        finally:
            for folder in (GENERATIONS, SEGMENTS):
                with suppress(OSError):  # it holds something
                    (index / folder).rmdir()
            file.truncate(0)
            with suppress(OSError):  # somebody else has put something there meanwhile
                if [path.name for path in index.iterdir()] == [LOCK]:
                    (index / LOCK).unlink()
                    for path in made:
                        path.rmdir()


def _locked(index: Path) -> FileIO:
    """The file whose lock is the right to write; see `writer_lock` for the errors."""
    while True:
        try:
            index.mkdir(parents=True, exist_ok=True)
            lock = (index / LOCK).open("a+b", buffering=0)
        except (FileExistsError, NotADirectoryError):
            raise IndexWriteError("index.no_folder", index=index) from None
        except OSError as error:
            raise IndexWriteError("index.unwritable", index=index, why=cause_of(error)) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with lock:
                raise IndexBusyError("index.busy", index=index, process=_owner(lock)) from None
        if os.fstat(lock.fileno()).st_nlink:
            return lock
        lock.close()  # another has removed it before it was locked


def _owner(lock: FileIO) -> str:
    """The process that holds the lock, which says so as soon as it does."""
    for _ in range(20):
        lock.seek(0)
        if owner := lock.read().decode("ascii", "replace").strip():
            return owner
        time.sleep(0.01)
    return "?"
