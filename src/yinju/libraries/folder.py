"""A folder of libraries → which there are; one is made, renamed, deleted and brought back.

Whatever is made or deleted is whole or not there: it is prepared under a hidden name, then renamed. A deleted library
is kept in the folder .deleted.
"""

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from yinju.audit import recorded
from yinju.durable import sync, write_json
from yinju.errors import LibrariesError
from yinju.libraries.entry import ABOUT, CHATS, UNREADABLE, Entry, about, checked_title, is_same_title, named_in
from yinju.reasons import Reason, cause_of
from yinju.settings import Settings

DELETED = ".deleted"
_ID_LENGTH = 8
_ID = re.compile(rf"[0-9a-z]{{{_ID_LENGTH}}}")
_UNFINISHED, _LOCK = ".new-", ".lock"


class Libraries:
    """The first library and those in a folder, which is made with the second. Safe for several threads and processes.

    What changes anything raises LibrariesError where it cannot be done or written; all is then as it was.
    """

    def __init__(self, settings: Settings) -> None:
        """Name the folders; nothing is read yet."""
        index = Path(settings.index)
        self.folder = Path(settings.libraries) if settings.libraries else index.absolute().parent / "libraries"
        chats = Path(settings.conversations) if settings.conversations else index / CHATS
        self._first = Entry("", "", Path(settings.corpus), index, chats)

    @property
    def first(self) -> Entry:
        """The library of the settings; it is there whatever its title."""
        with suppress(*UNREADABLE):
            return replace(self._first, title=about(self._first.folder)[0])
        return self._first

    def entries(self) -> list[Entry]:
        """The first, then the others as they were made."""
        others = [found for name in self._names() if (found := self.entry(name))]
        return [self.first, *sorted(others, key=lambda one: (one.created, one.id))]

    def _names(self) -> Sequence[str]:
        with suppress(OSError):
            return os.listdir(self.folder)
        return []

    def has(self, id: str) -> bool:
        """Whether there is a library of that id, at no more than a look at the disk."""
        return not id or (bool(_ID.fullmatch(id)) and (self.folder / id / "corpus").is_dir())

    def entry(self, id: str) -> Entry | None:
        """The library of that id, or None."""
        if not id:
            return self.first
        folder = self.folder / id
        if not self.has(id):
            return None
        found = Entry(id, id, folder / "corpus", folder / "index", folder / "index" / CHATS)
        try:
            title, created = about(folder)
            return replace(found, title=title, created=created)
        except UNREADABLE:
            return replace(found, trouble=Reason("library.unreadable"))

    def named(self, wanted: str) -> Entry:
        """The library of a title or an id.

        Raises:
            LibrariesError: there is none.
        """
        return named_in(self.entries(), wanted)

    @recorded("library_create", "{title}")
    def create(self, title: str) -> Entry:
        """A new library without any document."""
        title, made = checked_title(title), self.folder / f"{_UNFINISHED}{secrets.token_hex(8)}"
        with self.changing():
            self._check_free(title)
            if self.folder.resolve().is_relative_to(self._first.corpus.resolve()):
                raise LibrariesError("library.inside", folder=self.folder, corpus=self._first.corpus)
            for folder in (made, made / "corpus", made / "index"):
                folder.mkdir(mode=0o700)
            write_json(made / ABOUT, {"title": title, "created": time.time()})
            id = _new_id()
            made.rename(self.folder / id)
            sync(self.folder)
        return self._there(id)

    @recorded("library_rename", "{id} → {title}")
    def rename(self, id: str, title: str) -> Entry:
        """Give a library another title."""
        title = checked_title(title)
        with self.changing(makes=bool(id)):
            entry = self._there(id)
            self._check_free(title, id)
            write_json(entry.folder / ABOUT, {"title": title, "created": entry.created})
        return self._there(id)

    @recorded("library_delete", "{id}")
    def delete(self, id: str) -> str:
        """Move a library out of the list, with its documents and chats; what it is kept as."""
        if not id:
            raise LibrariesError("library.first")
        with self.changing():
            entry = self._there(id)
            kept = f"{id}-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{secrets.token_hex(2)}"
            (self.folder / DELETED).mkdir(mode=0o700, exist_ok=True)
            entry.folder.rename(self.folder / DELETED / kept)
            sync(self.folder)
        return kept

    @recorded("library_restore", "{kept}")
    def restore(self, kept: str) -> Entry:
        """Bring back a library that was deleted."""
        id, source = kept[:_ID_LENGTH], self.folder / DELETED / kept
        if kept not in self._deleted():
            raise LibrariesError("library.not_kept")
        with self.changing():
            left = self.folder / id
            if self.has(id):
                raise LibrariesError("library.occupied")
            if left.exists():  # what somebody wrote into it while it was deleted
                left.rename(self.folder / f"{_UNFINISHED}{secrets.token_hex(8)}")
            with suppress(*UNREADABLE):
                self._check_free(about(source)[0], id)
            source.rename(left)
            sync(self.folder)
        return self._there(id)

    def deleted(self) -> list[Entry]:
        """The deleted libraries that are kept, the last first; the id of each is what it is kept as."""
        found = list[Entry]()
        for kept in self._deleted():
            folder = self.folder / DELETED / kept
            with suppress(*UNREADABLE):
                title, created = about(folder)
                index = folder / "index"
                found.append(Entry(kept, title, folder / "corpus", index, index / CHATS, created))
        return sorted(found, key=lambda one: one.id[_ID_LENGTH:], reverse=True)

    def deleted_named(self, wanted: str) -> Entry:
        """The deleted library of a title or of what it is kept as; of several the last.

        Raises:
            LibrariesError: there is none.
        """
        return named_in(self.deleted(), wanted)

    def deleted_size(self) -> int:
        """How many bytes the deleted libraries take."""
        return sum(_size(self.folder / DELETED / kept) for kept in self._deleted())

    @recorded("libraries_empty")
    def empty_deleted(self) -> int:
        """Remove the deleted libraries for good; how many bytes that frees."""
        freed = self.deleted_size()
        if freed or self._deleted():
            with self.changing():
                for kept in self._deleted():  # half a library is never one that can be brought back
                    (self.folder / DELETED / kept).rename(self.folder / f"{_UNFINISHED}{secrets.token_hex(8)}")
                self._clear()
        return freed

    def _deleted(self) -> list[str]:
        with suppress(OSError):
            return [name for name in os.listdir(self.folder / DELETED) if _ID.match(name)]
        return []

    def _there(self, id: str) -> Entry:
        if (entry := self.entry(id)) is None:
            raise unknown_library(id)
        return entry

    def _check_free(self, title: str, but: str | None = None) -> None:
        if any(is_same_title(other, title) for one in self.entries() if one.id != but for other in one.titles):
            raise LibrariesError("library.taken", title=title)

    @contextmanager
    def changing(self, makes: bool = True) -> Iterator[None]:
        """The right to change the list, one process or thread at a time; what was interrupted before is cleared away.

        Where nothing but the first is changed no folder is made for others.
        """
        try:
            if not makes and not self.folder.exists():
                yield
                return
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self.folder / _LOCK).open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._clear()
                yield
        except OSError as error:
            raise LibrariesError("library.unwritten", folder=self.folder, why=cause_of(error)) from error

    def _clear(self) -> None:
        for left in self.folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)


def unknown_library(id: str) -> LibrariesError:
    """That there is no library of an id."""
    return LibrariesError("library.unknown", found=id[:_ID_LENGTH])


def _new_id() -> str:
    """Eight letters and digits at random: 40 bits, never given twice."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(8))


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(parent, name).lstat().st_size
    return total
