"""Files that were deleted or replaced at the page, kept below the folder of the index so that nothing is lost."""

import hashlib
import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

from yinju.durable import sync
from yinju.errors import DocumentsError
from yinju.ingest.files import begin_unfinished

DELETED = "deleted"
"""The folder's name in that of the index."""
_KEPT_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}-[^/\0]+")
_TIME = "%Y%m%dT%H%M%SZ"
_NAME_BYTES = 150
"""How much of a file's name stands in that of its copy."""


class Deleted:
    """The folder of deleted files, named by the time, their SHA-256 and their names."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written yet."""
        self._folder = folder

    def keep(self, path: Path, name: str) -> str:
        """Have a second link to a file, or a copy of it, here; what it is called."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flat = name.replace("/", "_").encode()[-_NAME_BYTES:].decode("utf-8", "ignore")
        kept = f"{time.strftime(_TIME, time.gmtime())}-{_digest(path)[:12]}-{flat}"
        with suppress(FileExistsError):  # the same content went within the same second
            link_or_copy(path, self._folder / kept)
        sync(self._folder)
        return kept

    def path(self, kept: str) -> Path:
        """Where a deleted file lies.

        Raises:
            DocumentsError: it is not here.
        """
        path = self._folder / kept
        if not _KEPT_NAME.fullmatch(kept) or not path.is_file():
            raise DocumentsError("not_kept")
        return path

    def size(self) -> int:
        """How many bytes the deleted files take; none those that the folder of documents still holds."""
        return sum(status.st_size for path in self._kept() if (status := path.lstat()).st_nlink == 1)

    def trim(self, days: int, most_megabytes: int) -> None:
        """Remove for good what was deleted more than some days ago, and the oldest of what takes too much room."""
        left, oldest = self.size(), time.strftime(_TIME, time.gmtime(time.time() - days * 86_400))
        for path in sorted(self._kept()):
            if path.name >= oldest and left <= most_megabytes * 1_000_000:
                return
            left -= path.lstat().st_size if path.lstat().st_nlink == 1 else 0
            path.unlink()

    def empty(self) -> int:
        """Remove every deleted file for good; how many bytes that frees."""
        freed = self.size()
        for path in self._kept():
            path.unlink()
        return freed

    def _kept(self) -> list[Path]:
        return [path for path in self._folder.glob("*") if _KEPT_NAME.fullmatch(path.name)]


def link_or_copy(source: Path, target: Path) -> None:
    """The same file under a second name, or where there can be none, as on another disk, a copy that is whole."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        part, file = begin_unfinished(target.parent)
        try:
            with file, source.open("rb") as content:
                shutil.copyfileobj(content, file)
                file.flush()
                os.fsync(file.fileno())
                part.rename(target)
        finally:
            part.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    if path.is_symlink():
        return hashlib.sha256(os.fsencode(path.readlink())).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
