"""A generation: one immutable state of the index on disk, checked by its manifest and published by one rename.

index/CURRENT names the live folder below index/generations/. A reader holds a shared lock on the manifest, which
keeps the folder from being cleared away; it never waits for a writer.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import Any

from yinju.errors import IndexBusyError, IndexDamagedError, IndexMismatchError, IndexMissingError, IndexWriteError
from yinju.index.files import sync
from yinju.index.keywords import KeywordIndex
from yinju.index.storage import Storage
from yinju.index.vectors import VectorIndex
from yinju.protocols import Encoder
from yinju.segmentation import segmenter

FORMAT = 9
"""Raised whenever the files of a generation change their meaning."""

_KEYS = {"generation", "settings", "documents", "passages", "encoder", "files"}
DOCUMENTS, KEYWORDS, VECTORS, MANIFEST = "documents.sqlite", "keywords", "vectors.faiss", "manifest.json"


def rebuild(index: Path) -> str:
    """What a person can do about an index that cannot be used, as the end of a message."""
    return f"make the index anew: yinju index CORPUS --index {index} --rebuild"


def _read_pointer(index: Path) -> tuple[int, str] | None:
    pointer = index / "CURRENT"
    try:
        found = pointer.read_text("utf-8", errors="replace").split()
    except FileNotFoundError:
        interrupted = (index / "CURRENT.new").exists()  # in its first publication
        if not interrupted and any((index / "generations").glob("[0-9]*")):
            raise IndexDamagedError(f"{pointer} is gone though generations are there; {rebuild(index)}") from None
        return None
    except OSError as error:
        raise IndexDamagedError(f"{pointer} cannot be read ({error.strerror}); {rebuild(index)}") from None
    if len(found) != 2 or not found[0].isdecimal():
        raise IndexDamagedError(f"{pointer} does not name a generation; {rebuild(index)}")
    return int(found[0]), found[1]


def current_number(index: Path) -> int | None:
    """The number of the live generation, or None where nothing was ever published.

    Raises:
        IndexDamagedError: CURRENT cannot be understood, or is gone while generations are there.
    """
    pointer = _read_pointer(index)
    return pointer[0] if pointer else None


def folder_of(index: Path, number: int) -> Path:
    """Where a generation lies."""
    return index / "generations" / f"{number:06d}"


def _digest(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def write_manifest(folder: Path, facts: dict[str, Any]) -> None:
    """Seal a generation's folder: every file's size and SHA-256 beside the given facts."""
    files = {str(p.relative_to(folder)): _digest(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    text = json.dumps({"format": FORMAT, **facts, "files": files}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text, "utf-8")


def publish(index: Path, folder: Path, number: int) -> None:
    """Make a sealed folder the live generation: everything fsynced first, the pointer replaced last."""
    for path in (*folder.rglob("*"), folder):
        sync(path)
    pointer = index / "CURRENT.new"
    pointer.write_text(f"{number} {_digest(folder / MANIFEST)['sha256']}\n", "utf-8")
    sync(pointer)
    sync(index)
    final = folder_of(index, number)
    folder.rename(final)
    sync(final.parent)
    pointer.rename(index / "CURRENT")
    sync(index)


def clear_unused(index: Path, live: int) -> None:
    """Remove what interrupted builds left behind and generations that nobody reads any more."""
    for folder in (index / "generations").iterdir():
        if re.fullmatch(r"building-\d{6,}", folder.name):
            shutil.rmtree(folder)
        elif re.fullmatch(r"\d{6,}", folder.name) and folder != folder_of(index, live):
            _clear_generation(folder)


def _clear_generation(folder: Path) -> None:
    """Remove a generation unless somebody reads it; a folder without a manifest is not ours to touch."""
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
        (index / "generations").mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (index / "writer.lock").open("a+")
    except OSError as error:
        raise IndexWriteError(
            f"{index} cannot be written ({error.strerror}); give this user the right to write it, or name another "
            "folder: yinju index CORPUS --index FOLDER"
        ) from None
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
        yield


class Generation:
    """An opened generation, checked against its manifest; close it to let it be cleared away."""

    def __init__(self, index: Path, encoder: Encoder | None = None, *, to_search: bool = False) -> None:
        """Open the live generation; with an encoder given, only if it made the vectors.

        `to_search` asks that its words were cut as a question's words are now.

        Raises:
            IndexMissingError: nothing was published in that folder.
            IndexDamagedError: a file is missing, cut off or changed.
            IndexMismatchError: another format version, another encoder or other words made it.
        """
        self.number, digest, self._lock = _hold(index)
        weakref.finalize(self, self._lock.close)  # when its last user lets go of it without closing it
        self.folder = folder_of(index, self.number)
        try:
            self.manifest = _read_manifest(self.folder / MANIFEST, digest)
            if encoder is not None:
                _check_encoder(self.manifest["encoder"], encoder, index)
            if to_search:
                _check_words(self.manifest["settings"], index)
            _check_files(self.folder, self.manifest["files"])
            self.storage = Storage(self.folder / DOCUMENTS)
            self.vectors = VectorIndex(self.folder / VECTORS)
            self.keywords = KeywordIndex(self.folder / KEYWORDS)
            self._check_counts(index)
        except BaseException:
            self._lock.close()
            raise

    def __len__(self) -> int:
        """The number of passages."""
        return int(self.manifest["passages"])

    @property
    def built(self) -> float:
        """When it was built, in seconds since 1970."""
        return (self.folder / MANIFEST).stat().st_mtime

    def _check_counts(self, index: Path) -> None:
        found = {DOCUMENTS: self.storage.passage_count(), VECTORS: len(self.vectors), KEYWORDS: len(self.keywords)}
        for name, count in found.items():
            if count != len(self):
                raise IndexDamagedError(
                    f"{self.folder / name} holds {count} passages, its manifest says {len(self)}; {rebuild(index)}"
                )

    def close(self) -> None:
        """Let go of the files."""
        self.storage.close()
        self._lock.close()


def _hold(index: Path) -> tuple[int, str, BufferedReader]:
    """The live generation, its manifest's digest, and the manifest held open under a shared lock."""
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
        file.close()  # a newer generation was published in between, and this one may be going


def _read_manifest(path: Path, digest: str) -> dict[str, Any]:
    content = path.read_bytes()
    try:
        manifest: dict[str, Any] = json.loads(content)
        version = manifest["format"]
        if version == FORMAT and not manifest.keys() >= _KEYS:
            raise KeyError(*_KEYS - manifest.keys())
        if version == FORMAT and not {DOCUMENTS, VECTORS, f"{KEYWORDS}/meta.json"} <= manifest["files"].keys():
            raise KeyError("files")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise IndexDamagedError(f"{path} cannot be read; {rebuild(path.parents[2])}") from None
    if version != FORMAT:
        raise IndexMismatchError(
            f"The index has format {version}, this Yinju reads format {FORMAT}; {rebuild(path.parents[2])}"
        )
    if (found := hashlib.sha256(content).hexdigest()) != digest:
        raise IndexDamagedError(
            f"{path} is damaged: SHA-256 {found[:12]}…, expected {digest[:12]}…; {rebuild(path.parents[2])}"
        )
    return manifest


def _check_encoder(made_by: dict[str, Any], encoder: Encoder, index: Path) -> None:
    if made_by["fingerprint"] != encoder.fingerprint:
        raise IndexMismatchError(
            f"The index was made by {made_by['name']} ({made_by['fingerprint']}, {made_by['dimension']} dimensions), "
            f"the encoder in use is {encoder.name} ({encoder.fingerprint}, {encoder.dimension} dimensions); "
            f"set YINJU_ENCODER back, or {rebuild(index)}"
        )


def segmented_by() -> dict[str, str]:
    """What decides how texts are cut into words, as a manifest keeps it."""
    return {"dictionary": segmenter().dictionary, "regional": segmenter().regional}


def _check_words(made_by: dict[str, Any], index: Path) -> None:
    now = segmented_by()
    made, used = (settings.get("dictionary") or "none" for settings in (made_by, now))
    again = f"yinju index CORPUS --index {index}"
    if made != used:
        raise IndexMismatchError(
            f"The index was made with another user dictionary ({made}) than the one in use ({used}); "
            f"set YINJU_DICTIONARY back, or bring the index in line with it: {again}"
        )
    if made_by.get("regional") != now["regional"]:
        raise IndexMismatchError(
            f"The index was made with another table of regional words than this Yinju has; bring it in line: {again}"
        )


def _check_files(folder: Path, files: dict[str, dict[str, Any]]) -> None:
    for name, expected in files.items():
        path = folder / name
        if not path.exists():
            raise IndexDamagedError(f"{path} is missing; {rebuild(folder.parents[1])}")
        if (found := _digest(path)) != expected:
            raise IndexDamagedError(
                f"{path} is damaged: {found['size']} bytes, SHA-256 {found['sha256'][:12]}…, expected "
                f"{expected['size']} bytes, {expected['sha256'][:12]}…; {rebuild(folder.parents[1])}"
            )
