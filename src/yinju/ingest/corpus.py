"""The folder of documents as people change it at the page: files written into it, and moved out of it but kept.

A file is written under a hidden name first, so that one in the folder is always whole; nothing is replaced or unlinked
before it is kept among the deleted files.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from yinju.durable import sync
from yinju.errors import CorpusError, DocumentsError
from yinju.ingest.deleted import DELETED, Deleted, link_or_copy
from yinju.ingest.encodings import move_encoding, state_encoding
from yinju.ingest.files import UNFINISHED, begin_unfinished, find_files
from yinju.ingest.names import checked_name
from yinju.settings import Settings


class Corpus:
    """The folder that an index is built from. Safe across threads and processes."""

    def __init__(self, folder: Path, index: Path, settings: Settings) -> None:
        """Nothing is written yet."""
        self.folder, self._index, self._settings = folder, index, settings
        self._deleted, self._lock = Deleted(index / DELETED), Lock()

    def write(self, name: str) -> "Incoming":
        """A file to be written under a name; a context manager, see `Incoming`.

        Raises:
            DocumentsError: the name cannot be used, the folder is full or cannot be written.
        """
        name = checked_name(name)
        path = self._path_of_new(name)
        with _told():
            self._check_room(path)
            return Incoming(self, name, self._settings.file_megabytes)

    def place(self, written: Path, name: str) -> str:
        """Make a file that was written whole the one of a name; what an earlier one is kept as, or "".

        Raises:
            DocumentsError: the folder is too full for it, or its name was taken meanwhile.
        """
        with self._lock:
            path = self._path_of_new(name)
            self._check_room(path, written)
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = self._deleted.keep(path, name) if path.exists() else ""
            written.replace(path)
            sync(path.parent)
            return kept

    def remove(self, name: str) -> str:
        """Move a file out of the folder; what it is kept as.

        Raises:
            DocumentsError: there is no such file, or it cannot be moved; it is then where it was.
        """
        with _told(), self._lock:
            path = self.path_of(name)
            kept = self._deleted.keep(path, name)
            path.unlink()
            sync(path.parent)
            return kept

    def move(self, name: str, target: str) -> str:
        """Give a file another name or folder, and the encoding stated for it along; the name it has now.

        Raises:
            DocumentsError: there is no such file, the new name cannot be used or is taken, or nothing can be written;
                the file is then where it was.
        """
        target = checked_name(target)
        with _told(), self._lock:
            path, place = self.path_of(name), self._path_of_new(target)
            if os.path.lexists(place):
                raise DocumentsError("move.taken", name=target)
            place.parent.mkdir(parents=True, exist_ok=True)
            move_encoding(self.folder, name, target)
            path.rename(place)
            sync(place.parent)
            sync(path.parent)
            return target

    def restore(self, name: str, kept: str) -> None:
        """Bring back a file that was moved out, unless one of its name is there again.

        Raises:
            DocumentsError: it is not kept, its name is taken, or it cannot be written.
        """
        source, path = self._deleted.path(kept), self._path_of_new(checked_name(name))
        with _told(), self._lock:
            if os.path.lexists(path):
                raise DocumentsError("occupied")
            path.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(source, path)
            sync(path.parent)

    def empty_deleted(self) -> int:
        """Remove the files for good that were moved out; how many bytes that frees.

        Raises:
            DocumentsError: they cannot be removed.
        """
        with _told(), self._lock:
            return self._deleted.empty()

    def state_encoding(self, name: str, encoding: str) -> None:
        """Keep the encoding that a person states for a file; empty for none.

        Raises:
            DocumentsError: there is no such file or encoding, or nothing can be written.
        """
        with _told(), self._lock:
            self.path_of(name)
            state_encoding(self.folder, name, encoding)

    def path_of(self, name: str) -> Path:
        """The file of a name as the index has it.

        Raises:
            DocumentsError: there is none.
        """
        path = self.folder / name
        if not self._is_plain(name, path):
            try:
                path = next(path for known, path, _ in find_files(self.folder, self._index) if known == name)
            except (CorpusError, StopIteration):
                raise DocumentsError("not_there") from None
        if not (path.is_file() or path.is_symlink()):
            raise DocumentsError("not_there")
        return path

    def _is_plain(self, name: str, path: Path) -> bool:
        """Whether a name leads to a file without any link, hidden folder or odd spelling on the way."""
        parts = name.split("/")
        if any(part.startswith(".") or part == "" for part in parts) or "\0" in name or not os.path.lexists(path):
            return False
        parent = path.parent.resolve()
        return parent == self.folder.resolve().joinpath(*parts[:-1]) and not self._is_index(parent)

    def _is_index(self, folder: Path) -> bool:
        return folder.is_relative_to(self._index.resolve())

    def _path_of_new(self, name: str) -> Path:
        """Where a new file goes: every folder on the way lies in the corpus and outside of the index."""
        path = self.folder / name
        try:
            if not self.folder.is_dir():
                raise DocumentsError("no_folder")
            parent = path.parent.resolve()
            taken = path.is_symlink() or path.is_dir() or any(s.exists() and not s.is_dir() for s in path.parents)
        except (OSError, RuntimeError):  # a loop of links
            raise DocumentsError("name.outside", name=name) from None
        if not parent.is_relative_to(self.folder.resolve()) or self._is_index(parent):
            raise DocumentsError("name.outside", name=name)
        if taken:
            raise DocumentsError("name.taken")
        return path

    def _check_room(self, path: Path, written: Path | None = None) -> None:
        """Refuse a file where the others, those that are on their way and those kept deleted leave no room for it.

        One of its name is kept deleted from then on; what was kept too long, or is too much, goes first.
        """
        self._deleted.trim(self._settings.deleted_days, self._settings.deleted_megabytes)
        sizes = dict(self._sizes())
        others = {*sizes} - {path, written}
        if sum(not other.name.startswith(UNFINISHED) for other in others) >= self._settings.corpus_files:
            raise DocumentsError("too_many", limit=self._settings.corpus_files)
        deleted = self._deleted.size()
        if sum(sizes.values()) + deleted > self._settings.corpus_megabytes * 1_000_000:
            held = f"{deleted / 1_000_000:,.1f}"
            raise DocumentsError("quota", limit=self._settings.corpus_megabytes, deleted=held)

    def _sizes(self) -> Iterator[tuple[Path, int]]:
        """Every file below the folder, those still being written among them, with its bytes."""
        for parent, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if not self._is_index(Path(parent, name).resolve())]
            for path in (Path(parent, name) for name in names):
                with suppress(FileNotFoundError):  # gone meanwhile
                    yield path, path.lstat().st_size


class Incoming:
    """A file on its way into the folder: gone if it is not finished. A context manager."""

    def __init__(self, corpus: Corpus, name: str, most_megabytes: int) -> None:
        """Begin a hidden file."""
        self.name, self._corpus, self._most, self._written = name, corpus, most_megabytes, 0
        self._path, self._file = begin_unfinished(corpus.folder)

    def __enter__(self) -> Self:
        """The file itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what was not finished."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        with suppress(OSError):  # what could not be flushed to a full disk
            self._file.close()

    def write(self, piece: bytes) -> None:
        """Add bytes.

        Raises:
            DocumentsError: they are too many, or cannot be written.
        """
        self._written += len(piece)
        if self._written > self._most * 1_000_000:
            raise DocumentsError("too_large.upload", limit=self._most)
        with _told():
            self._file.write(piece)

    def finish(self) -> str:
        """Put the file in its place, safe from a crash; what an earlier one of its name is kept as, or "".

        Raises:
            DocumentsError: it does not fit in, its name is taken, or it cannot be written.
        """
        with _told():
            self._file.flush()
            os.fsync(self._file.fileno())
            return self._corpus.place(self._path, self.name)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the system refuses into an error for people."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise DocumentsError("no_space" if full else "not_writable") from error
