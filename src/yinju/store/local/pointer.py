"""index/CURRENT, which names the live publication: read, written by one rename, made out where it is lost."""

import re
from pathlib import Path

from yinju.durable import sync
from yinju.errors import IndexDamagedError, IndexMissingError, IndexWriteError
from yinju.reasons import cause_of
from yinju.store.local.manifest import MANIFEST, Pointer, digest_of, rebuild, unreadable

GENERATIONS = "generations"
"""The folder of publications, below that of the index."""


def read_pointer(index: Path) -> Pointer | None:
    """What CURRENT says; where it is gone, what was whole on the disk before it was to be named there."""
    pointer = index / "CURRENT"
    try:
        found = _pointer_in(pointer)
    except FileNotFoundError:
        next_one = _pointer_in(index / "CURRENT.new") if (index / "CURRENT.new").is_file() else None
        if next_one and _is_whole(index, next_one):
            return next_one
        if numbers(index):
            raise IndexDamagedError("index.pointer_gone", path=pointer, remedy=rebuild(index)) from None
        return None
    except NotADirectoryError:
        raise IndexMissingError("index.no_folder", index=index) from None
    except OSError as error:
        raise unreadable(pointer, error, index) from None
    if found is None:
        raise IndexDamagedError("index.pointer_odd", path=pointer, remedy=rebuild(index))
    return found


def _pointer_in(file: Path) -> Pointer | None:
    """The publication that a file names; None where it names none."""
    words = file.read_text("utf-8", errors="replace").split()
    return (int(words[0]), words[1]) if len(words) == 2 and re.fullmatch(r"\d{1,18}", words[0]) else None


def _is_whole(index: Path, publication: Pointer) -> bool:
    """Whether the manifest of a publication is the one that was to be published: all else was on the disk before."""
    manifest = folder_of(index, publication[0]) / MANIFEST
    return manifest.is_file() and digest_of(manifest)["sha256"] == publication[1]


def current_number(index: Path) -> int | None:
    """The number of the live publication, or None where nothing was ever published.

    Raises:
        IndexDamagedError: CURRENT cannot be understood, or is gone while publications are there.
        IndexMissingError: the index is a file.
    """
    pointer = read_pointer(index)
    return pointer[0] if pointer else None


def folder_of(index: Path, number: int) -> Path:
    """Where a publication lies."""
    return index / GENERATIONS / f"{number:06d}"


def check_replaceable(index: Path) -> None:
    """See that CURRENT can be replaced, before anything is written.

    Raises:
        IndexDamagedError: a folder stands in its place.
    """
    if (pointer := index / "CURRENT").is_dir():
        raise unreadable(pointer, IsADirectoryError(), index)


def numbers(index: Path) -> list[int]:
    """The publications that lie there, oldest first."""
    return sorted(int(folder.name) for folder in (index / GENERATIONS).glob("[0-9]*") if folder.name.isdecimal())


def publish_again(index: Path, publication: Pointer) -> None:
    """Make a publication that still lies there the live one."""
    try:
        write_pointer(index, publication).rename(index / "CURRENT")
    except OSError:
        (index / "CURRENT.new").unlink(missing_ok=True)
        raise
    confirm(index)


def confirm(index: Path) -> None:
    """Have what CURRENT names now safe on the disk.

    Raises:
        IndexWriteError: the disk does not say so, though readers see it already.
    """
    try:
        sync(index)
    except OSError as error:
        raise IndexWriteError("index.unconfirmed", index=index, why=cause_of(error)) from error


def write_pointer(index: Path, publication: Pointer) -> Path:
    """A file that names a publication, safe on the disk, to be renamed to CURRENT."""
    number, digest = publication
    pointer = index / "CURRENT.new"
    pointer.write_text(f"{number} {digest}\n", "utf-8")
    sync(pointer)
    sync(index)
    return pointer


def end_pointing(index: Path) -> None:
    """Do what an interrupted writer did not: name what is whole, or drop what was to be named."""
    if (index / "CURRENT").exists():
        (index / "CURRENT.new").unlink(missing_ok=True)
    elif read_pointer(index):
        (index / "CURRENT.new").rename(index / "CURRENT")
        sync(index)
