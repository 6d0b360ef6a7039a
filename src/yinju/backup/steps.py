"""What a restoration changes, step by step: noted before it is done, so that all of it can be undone, killed or not.

Each step changes one thing at once: two files or folders change places, a publication becomes the live one, or SQLite
copies one file over another in a transaction.
"""

import ctypes
import errno
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from yinju.backup.making import copy_sqlite
from yinju.durable import RESTORING, sync, write_json
from yinju.errors import BackupError, YinjuError
from yinju.reasons import cause_of
from yinju.store.local.adopting import adopt, live_pointer
from yinju.store.local.pointer import folder_of, publish_again

_EXCHANGE, _HERE = 2, -100
"""RENAME_EXCHANGE, and AT_FDCWD, of renameat2(2)."""
Kind = Literal["unpack", "exchange", "publish", "sqlite"]


_LIBC = ctypes.CDLL(None, use_errno=True)


class Steps:
    """The steps that were begun, in a file; `undo` takes them back, the last first."""

    def __init__(self, index: Path) -> None:
        """Name the folder of the first index; nothing is done yet."""
        self._index, self._file, self._done = index, index / RESTORING, list[dict[str, Any]]()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether nobody else restores now; nobody does as long as this lasts."""
        folder = os.open(self._index, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
        except BlockingIOError:
            yield False
        finally:
            os.close(folder)

    def left_open(self) -> bool:
        """Whether a restoration was cut off, or is under way."""
        return os.path.exists(self._file) or any(self._unwritten())

    def unpack(self, folder: Path) -> None:
        """Make a folder for what a backup holds."""
        made = [str(path) for path in folder.parents if not path.exists()]
        self._note("unpack", folder=folder, made=made)
        folder.mkdir(mode=0o700, parents=True)

    def exchange(self, one: Path, other: Path) -> None:
        """Have two paths change places, either of which may be nothing."""
        self._note("exchange", one=one, other=other, was=_identity(one))
        exchange(one, other)

    def publish(self, index: Path, source: Path, corpus: Path) -> None:
        """Make the publication in a folder the live one of an index."""
        self._note("publish", index=index, was=live_pointer(index))
        adopt(index, source, corpus)

    def sqlite(self, path: Path, source: Path, aside: Path) -> None:
        """Have a SQLite file hold what another does; what it held is kept aside."""
        if not path.exists():
            self.exchange(path, source)
            return
        self._note("sqlite", path=path, aside=aside)
        part = _part_of(aside)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
        try:
            copy_sqlite(path, part)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # it is damaged, so that nobody uses it
            part.unlink()
            self.exchange(path, source)
            shutil.copyfile(source, aside)
            return
        sync(part)
        part.rename(aside)
        copy_sqlite(source, path)

    def end(self) -> None:
        """All is done: nothing will be undone."""
        for path in (self._file, *self._unwritten()):
            path.unlink(missing_ok=True)
        sync(self._index)

    def _unwritten(self) -> Iterator[Path]:
        """What is left of a file of steps that was never whole."""
        return self._index.glob(f".{RESTORING}.*")

    def undo(self) -> None:
        """Have everything as it was before the first step; what a full disk refuses, once what was unpacked is gone.

        Raises:
            BackupError: something could not be undone, which the next call tries again.
        """
        with suppress(FileNotFoundError):
            self._done = json.loads(self._file.read_bytes())
        left, error = self._undone(self._done[::-1])
        if left:
            left, error = self._undone(left)
        if left:
            raise BackupError("backup.not_undone", index=self._index, why=cause_of(error)) from error
        self.end()

    def _undone(self, steps: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], BaseException]:
        """The steps, the last first, that could not be undone, and why; nothing that others need is removed then."""
        left, why = list[dict[str, Any]](), BaseException()
        for step in steps:
            try:
                if step["kind"] == "unpack" and any(one["kind"] == "exchange" for one in left):
                    left.append(step)
                else:
                    _UNDO[step["kind"]](step)
            except (OSError, sqlite3.Error, YinjuError) as error:
                left.append(step)
                why = error
        return left, why

    def _note(self, kind: Kind, **facts: object) -> None:
        known = {name: str(fact) if isinstance(fact, Path) else fact for name, fact in facts.items()}
        self._done.append({"kind": kind, **known})
        write_json(self._file, self._done)


def _undo_unpack(step: dict[str, Any]) -> None:
    shutil.rmtree(step["folder"], ignore_errors=True)
    with suppress(OSError):  # somebody else has put something there meanwhile
        for folder in step["made"]:
            os.rmdir(folder)


def _undo_exchange(step: dict[str, Any]) -> None:
    one, other = Path(step["one"]), Path(step["other"])
    if _identity(one) != step["was"]:
        other.parent.mkdir(parents=True, exist_ok=True)  # what was unpacked into may be cleared away already
        exchange(one, other)


def _undo_publish(step: dict[str, Any]) -> None:
    index, was, now = Path(step["index"]), step["was"], live_pointer(Path(step["index"]))
    if was is not None:
        if now != (was[0], was[1]):
            publish_again(index, (int(was[0]), str(was[1])))
    elif now is not None:
        for name in ("CURRENT", "CURRENT.new"):
            (index / name).unlink(missing_ok=True)
        adopted = folder_of(index, now[0])
        adopted.rename(adopted.with_name(f"building-{adopted.name}"))


def _undo_sqlite(step: dict[str, Any]) -> None:
    aside, path = Path(step["aside"]), Path(step["path"])
    _part_of(aside).unlink(missing_ok=True)
    if aside.exists():
        if _pages(aside) != _pages(path):
            copy_sqlite(aside, path)
        aside.unlink()


def _part_of(aside: Path) -> Path:
    return aside.with_name(f"{aside.name}.part")


def _pages(path: Path) -> bytes:
    """The SHA-256 of a SQLite file, but for what each transaction changes in its head."""
    with path.open("rb") as file:
        head = file.read(100)
        known = hashlib.sha256(head[:24] + head[28:92])
        while piece := file.read(1 << 20):
            known.update(piece)
    return known.digest()


_UNDO = {"unpack": _undo_unpack, "exchange": _undo_exchange, "publish": _undo_publish, "sqlite": _undo_sqlite}


def _identity(path: Path) -> int:
    """The inode of what is at a path; 0 where nothing is."""
    try:
        return path.lstat().st_ino
    except FileNotFoundError:
        return 0


def exchange(one: Path, other: Path) -> None:
    """Have two paths change places at once; where one is nothing, the other moves there."""
    if not _identity(other):
        one.rename(other)
    elif not _identity(one):
        other.rename(one)
    elif _LIBC.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        number = ctypes.get_errno()
        if number not in (errno.ENOSYS, errno.EINVAL):
            raise OSError(number, os.strerror(number), str(one))
        between = other.with_name(f"{other.name}.between")  # the disk cannot at once
        one.rename(between)
        other.rename(one)
        between.rename(other)
    for folder in {one.parent, other.parent}:
        sync(folder)


def sync_disk(folder: Path) -> None:
    """Have all of the disk that a folder is on safe: quicker than each of many files."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        if _LIBC.syncfs(handle):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)
