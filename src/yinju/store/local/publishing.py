"""Publications on disk: what the live one consists of, published by one rename, checked, held, cleared away.

index/CURRENT names the live folder below index/generations/; its manifest says which segments below index/segments/
it consists of, what is gone from each, and the size and SHA-256 of every file. A reader holds a shared lock on the
manifest, which keeps the folder and its segments from being cleared away; it never waits for a writer.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from yinju.durable import sync
from yinju.errors import IndexBusyError, IndexDamagedError, IndexMissingError, IndexWriteError
from yinju.store.local.manifest import MANIFEST, Manifest, digest_of, rebuild, write_manifest

KEYWORDS = "keywords"
GENERATIONS, SEGMENTS = "generations", "segments"


def _read_pointer(index: Path) -> tuple[int, str] | None:
    pointer = index / "CURRENT"
    try:
        found = pointer.read_text("utf-8", errors="replace").split()
    except FileNotFoundError:
        interrupted = (index / "CURRENT.new").exists()  # in its first publication
        if not interrupted and any((index / GENERATIONS).glob("[0-9]*")):
            raise IndexDamagedError(f"{pointer} is gone though generations are there; {rebuild(index)}") from None
        return None
    except OSError as error:
        raise IndexDamagedError(f"{pointer} cannot be read ({error.strerror}); {rebuild(index)}") from None
    if len(found) != 2 or not found[0].isdecimal():
        raise IndexDamagedError(f"{pointer} does not name a generation; {rebuild(index)}")
    return int(found[0]), found[1]


def current_number(index: Path) -> int | None:
    """The number of the live publication, or None where nothing was ever published.

    Raises:
        IndexDamagedError: CURRENT cannot be understood, or is gone while publications are there.
    """
    pointer = _read_pointer(index)
    return pointer[0] if pointer else None


def folder_of(index: Path, number: int) -> Path:
    """Where a publication lies."""
    return index / GENERATIONS / f"{number:06d}"


def numbers(index: Path) -> list[int]:
    """The publications that lie there, oldest first."""
    return sorted(int(folder.name) for folder in (index / GENERATIONS).glob("[0-9]*") if folder.name.isdecimal())


def publish(index: Path, folder: Path, manifest: Manifest) -> None:
    """Make a folder the live publication: everything fsynced first, the pointer replaced last."""
    write_manifest(folder, manifest)
    sync_below(folder)
    final = folder_of(index, manifest.generation)
    pointer = _write_pointer(index, manifest.generation, folder / MANIFEST)
    folder.rename(final)
    sync(final.parent)
    pointer.rename(index / "CURRENT")
    sync(index)


def publish_again(index: Path, number: int) -> None:
    """Make a publication that still lies there the live one."""
    _write_pointer(index, number, folder_of(index, number) / MANIFEST).rename(index / "CURRENT")
    sync(index)


def _write_pointer(index: Path, number: int, manifest: Path) -> Path:
    pointer = index / "CURRENT.new"
    pointer.write_text(f"{number} {digest_of(manifest)['sha256']}\n", "utf-8")
    sync(pointer)
    sync(index)
    return pointer


def sync_below(folder: Path) -> None:
    """Have a folder and all below it safe on the disk."""
    for path in (*folder.rglob("*"), folder):
        sync(path)


def clear_unused(index: Path, live: int | None, before: int | None, forget: Callable[[Path], object]) -> None:
    """Remove what interrupted writers left behind, publications of the past, and segments that none names any more.

    The one before the live one stays, to go back to; so do later ones that were gone back from, whose numbers nothing
    else may have. `forget` is called with the folder of each segment before that is removed.
    """
    for folder in (index / GENERATIONS).iterdir():
        if re.fullmatch(r"building-\d{6,}", folder.name):
            shutil.rmtree(folder)
    for number in numbers(index):
        if live is not None and number < live and number != before:
            _clear_publication(folder_of(index, number))
    used = _segments_in_use(index)
    for folder in (index / SEGMENTS).iterdir():
        if re.fullmatch(r"(building-)?\d{6,}-\d+", folder.name) and used is not None and folder.name not in used:
            forget(folder)
            shutil.rmtree(folder)


def _segments_in_use(index: Path) -> set[str] | None:
    """The segments that any publication names; None where one of them cannot be read, which may name any."""
    used: set[str] = set()
    for manifest in (index / GENERATIONS).glob(f"[0-9]*/{MANIFEST}"):
        try:
            used |= {segment["name"] for segment in json.loads(manifest.read_bytes()).get("segments", ())}
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
        shutil.rmtree(folder)


@contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Hold the right to write the index, whose folders are made; the kernel gives it back when the process ends.

    Raises:
        IndexBusyError: another process holds it.
        IndexWriteError: the folder cannot be made or written.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = (index / "writer.lock").open("a+")
    except OSError as error:
        raise _unwritten(index, error) from None
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            owner = file.read().strip() or "unknown"
            raise IndexBusyError(
                f"{index} is being written by process {owner}; wait until it ends, then run the same command again."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            for folder in (GENERATIONS, SEGMENTS):
                (index / folder).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise _unwritten(index, error) from None
        try:
            yield
        finally:
            for folder in (GENERATIONS, SEGMENTS):
                with suppress(OSError):  # it holds something
                    (index / folder).rmdir()


def _unwritten(index: Path, error: OSError) -> IndexWriteError:
    return IndexWriteError(
        f"{index} cannot be written ({error.strerror}); give this user the right to write it, or name another "
        "folder: yinju index CORPUS --index FOLDER"
    )


def hold(index: Path) -> tuple[int, str, BufferedReader]:
    """The number of the live publication, its manifest's digest, and the manifest held open under a shared lock.

    Raises:
        IndexMissingError: nothing was published.
        IndexDamagedError: what CURRENT names is not there.
    """
    while True:
        pointer = _read_pointer(index)
        if pointer is None:
            raise IndexMissingError(f"There is no index in {index}; make one: yinju index CORPUS --index {index}")
        manifest = folder_of(index, pointer[0]) / MANIFEST
        try:
            file = manifest.open("rb")
        except FileNotFoundError:
            if pointer == _read_pointer(index):
                raise IndexDamagedError(f"{manifest} is missing; {rebuild(index)}") from None
            continue
        fcntl.flock(file, fcntl.LOCK_SH)
        if pointer == _read_pointer(index):
            return *pointer, file
        file.close()  # a newer publication came in between, and this one may be going
