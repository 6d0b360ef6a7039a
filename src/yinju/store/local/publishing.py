"""Publications on disk: what the live one consists of, published by one rename, checked, held, cleared away.

index/CURRENT names the live folder below index/generations/; its manifest says which segments below index/segments/
it consists of, what is gone from each, and the size and SHA-256 of every file. A reader holds a shared lock on the
manifest, which keeps the folder and its segments from being cleared away; it never waits for a writer.
"""

import errno
import fcntl
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from yinju.durable import sync
from yinju.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, IndexWriteError
from yinju.reasons import cause_of
from yinju.store.local.manifest import (
    MANIFEST,
    Manifest,
    Pointer,
    digest_of,
    read_manifest,
    tags_in,
    unreadable,
    write_manifest,
)
from yinju.store.local.pointer import (
    GENERATIONS,
    confirm,
    current_number,
    end_pointing,
    folder_of,
    numbers,
    read_pointer,
    write_pointer,
)

KEYWORDS = "keywords"
SEGMENTS = "segments"


def next_number(index: Path) -> int:
    """A number that nothing there has: no publication, no segment, nor what CURRENT names though it is gone."""
    segments = (re.fullmatch(r"(?:building-)?(\d{6,})-\d+", path.name) for path in (index / SEGMENTS).iterdir())
    used = [0, *numbers(index), *(int(found[1]) for found in segments if found)]
    with suppress(IndexDamagedError):
        used.append(current_number(index) or 0)
    return max(used) + 1


def live_manifest(index: Path) -> Manifest | None:
    """What the live publication consists of; None where nothing was published.

    Raises:
        IndexDamagedError, IndexMismatchError: that cannot be told.
    """
    pointer = read_pointer(index)
    return read_manifest(folder_of(index, pointer[0]) / MANIFEST, pointer[1], index) if pointer else None


def tags_left(index: Path) -> dict[str, list[str]]:
    """The tags that people gave documents, of the live publication or, where none can be told, of the last."""
    with suppress(IndexDamagedError):
        if number := current_number(index):
            return tags_in(folder_of(index, number) / MANIFEST)
    return tags_in(folder_of(index, max(numbers(index), default=0)) / MANIFEST)


def publish(index: Path, folder: Path, manifest: Manifest) -> None:
    """Make a folder the live publication: everything fsynced first, the pointer replaced last."""
    write_manifest(folder, manifest)
    sync_below(folder)
    final = folder_of(index, manifest.generation)
    pointer = write_pointer(index, (manifest.generation, digest_of(folder / MANIFEST)["sha256"]))
    try:
        folder.rename(final)
        sync(final.parent)
        pointer.rename(index / "CURRENT")
    except OSError:
        with suppress(OSError):
            pointer.unlink(missing_ok=True)
        shutil.rmtree(final, ignore_errors=True)  # nobody can have read it
        raise
    confirm(index)


def sync_below(folder: Path) -> None:
    """Have a folder and all below it safe on the disk."""
    for path in (*folder.rglob("*"), folder):
        sync(path)


def clear_unused(index: Path, forget: Callable[[Path], object]) -> None:
    """Remove what interrupted writers left behind, publications of the past, and segments that none names any more.

    The one before the live one stays, to go back to; so do later ones that were gone back from, whose numbers nothing
    else may have. Where it cannot be told which is live, only what was never published goes. `forget` is called with
    the folder of each segment before that is removed.
    """
    for folder in (*(index / GENERATIONS).iterdir(), *(index / SEGMENTS).iterdir()):
        if re.fullmatch(r"building-\d{6,}(-\d+)?", folder.name):
            if folder.parent.name == SEGMENTS:
                forget(folder)
            shutil.rmtree(folder)
    try:
        live = live_manifest(index)
    except (IndexDamagedError, IndexMismatchError):
        return
    before, _ = live.before if live and live.before else (None, "")
    for number in numbers(index):
        if live is None or (number < live.generation and number != before):
            _clear_publication(folder_of(index, number))
    end_pointing(index)
    used = _files_in_use(index)
    if used is None:
        return
    for folder in (index / SEGMENTS).iterdir():
        if not re.fullmatch(r"\d{6,}-\d+", folder.name):
            continue
        if folder.name not in used:
            forget(folder)
            shutil.rmtree(folder)
            continue
        for path in folder.glob("sketches.*"):  # which a segment may gain later
            if path.name not in used[folder.name]:
                path.unlink()


def _files_in_use(index: Path) -> dict[str, set[str]] | None:
    """The segments that any publication names, and their files; None where one cannot be read, which may name any."""
    used: dict[str, set[str]] = {}
    for manifest in (index / GENERATIONS).glob(f"[0-9]*/{MANIFEST}"):
        try:
            for segment in json.loads(manifest.read_bytes()).get("segments", ()):
                used.setdefault(segment["name"], set()).update(segment["digests"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
    return used


def _clear_publication(folder: Path) -> None:
    """Remove a publication unless somebody reads it; a folder without a manifest is not ours to touch."""
    try:
        file = (folder / MANIFEST).open()
    except OSError:
        return
    with file, suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        going = folder.rename(folder.with_name(f"building-{folder.name}"))
        sync(going.parent)  # if interrupted, even by a loss of power, it goes next time
        shutil.rmtree(going)


@contextmanager
def telling_why(index: Path, needed: Callable[[], int] | None = None) -> Iterator[None]:
    """What a disk that is full, or a right that is lacking, comes to; FAISS and tantivy say it as the last two.

    `needed` tells about how many bytes are being written, all in all.

    Raises:
        IndexWriteError: one of these.
    """
    try:
        yield
    except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:
        free = _megabytes(shutil.disk_usage(index).free)
        if needed and _is_full(error):
            why, about = os.strerror(errno.ENOSPC), _megabytes(needed())
            raise IndexWriteError("index.full", index=index, why=why, needed=about, free=free) from error
        raise IndexWriteError("index.unwritten", index=index, why=cause_of(error), free=free) from error


def _is_full(error: BaseException) -> bool:
    """Whether it is for want of room, in the words of the system, SQLite, tantivy or FAISS."""
    number, said = getattr(error, "errno", None), str(error).lower()
    return number in (errno.ENOSPC, errno.EDQUOT) or "no space left" in said or "is full" in said


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f}"


def hold(index: Path, publication: Pointer | None = None) -> tuple[Pointer, BufferedReader]:
    """The live publication, or another, and its manifest held open under a shared lock.

    Raises:
        IndexMissingError: nothing was published.
        IndexDamagedError: what CURRENT names is not there.
    """
    while True:
        pointer = publication or read_pointer(index)
        if pointer is None:
            raise IndexMissingError("index.missing", index=index)
        manifest = folder_of(index, pointer[0]) / MANIFEST
        try:
            file = manifest.open("rb")
        except OSError as error:
            if pointer == (publication or read_pointer(index)):
                raise unreadable(manifest, error, index) from None
            continue
        fcntl.flock(file, fcntl.LOCK_SH)
        if pointer == (publication or read_pointer(index)):
            return pointer, file
        file.close()  # a newer publication came in between, and this one may be going
