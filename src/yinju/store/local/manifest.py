"""The manifest of a publication: what it consists of, and the size and SHA-256 of every file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from yinju.errors import IndexDamagedError, IndexMismatchError
from yinju.reasons import Reason, cause_of, remedy_for
from yinju.store.protocol import StoreFacts
from yinju.store.tuning import Tuned

FORMAT = 14
"""Raised whenever the files of a publication change their meaning."""
MANIFEST = "manifest.json"

Digests = Mapping[str, Mapping[str, Any]]
"""Path below a folder → size and sha256."""
Pointer = tuple[int, str]
"""A publication: its number, and the SHA-256 of its manifest."""
Checked = Mapping[tuple[int, ...], str]
"""A file that was read, as the disk tells it from others and from itself after a change → its SHA-256."""


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment as a manifest names it."""

    name: str
    """Of its folder."""
    files: int
    """Of how many files it tells how they ended, those that are gone included."""
    passages: int
    """How many it holds, those of files that are gone included."""
    gone: tuple[str, ...]
    """The files that it says no more of."""
    digests: Digests


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a publication consists of."""

    generation: int
    before: Pointer | None
    """The publication that it was made from, which is kept to go back to."""
    documents: int
    passages: int
    facts: StoreFacts
    segments: tuple[SegmentEntry, ...]
    keywords: Digests
    """Of the keyword index in the publication's own folder, where the store keeps one there."""
    store: str = "local"
    """Which store finds the passages: local or milvus."""
    tuned: Tuned | None = None
    """How far vectors are searched; None where all of them are."""


def rebuild(index: Path) -> Reason:
    """What a person can do about an index that cannot be used, as the end of a message."""
    return Reason("index.rebuild", {"index": str(index)})


def unreadable(path: Path, error: OSError, index: Path) -> IndexDamagedError:
    """That a file of an index cannot be read, and what mends it."""
    remedy = remedy_for(path, error, rebuild(index))
    if isinstance(error, IsADirectoryError):
        return IndexDamagedError("index.is_folder", path=path, remedy=remedy)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return IndexDamagedError("index.file_missing", path=path, remedy=remedy)
    return IndexDamagedError("index.unreadable.why", path=path, why=cause_of(error), remedy=remedy)


def digests_below(folder: Path, known: Digests | None = None) -> dict[str, Mapping[str, Any]]:
    """Path → size and SHA-256 of every file below a folder; of files `known` under the same name only the size."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and name != MANIFEST:
            same = known and name in known and known[name]["size"] == path.stat().st_size and path.suffix != ".json"
            found[name] = known[name] if known and same else digest_of(path)
    return found


def digest_of(path: Path) -> dict[str, Any]:
    """The size and SHA-256 of a file."""
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def check_files(folder: Path, files: Digests, index: Path, known: Checked) -> Checked:
    """See that every file is what a manifest says; one that is known, and was not written since, is not read again.

    Raises:
        IndexDamagedError: one is missing, cut off or changed.
    """
    checked: dict[tuple[int, ...], str] = {}
    for name, expected in files.items():
        path = folder / name
        try:
            stat = path.stat()
            file = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
            found = expected if known.get(file) == expected["sha256"] else digest_of(path)
        except OSError as error:
            raise unreadable(path, error, index) from None
        checked[file] = expected["sha256"]
        if found != expected:
            raise IndexDamagedError(
                "index.file_damaged", path=path, size=found["size"], found=found["sha256"][:12],
                expected_size=expected["size"], expected=expected["sha256"][:12], remedy=rebuild(index),
            )  # fmt: skip
    return checked


def check_sizes(folder: Path, files: Digests, index: Path) -> None:
    """See that no file was cut off since it was checked: one that is read as memory would end the process.

    Raises:
        IndexDamagedError: one is missing or has another size.
    """
    for name, expected in files.items():
        try:
            size = (folder / name).stat().st_size
        except OSError as error:
            raise unreadable(folder / name, error, index) from None
        if size != expected["size"]:
            check_files(folder, {name: expected}, index, {})


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest into the folder of its publication."""
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text, "utf-8")


def read_manifest(path: Path, digest: str, index: Path) -> Manifest:
    """What a publication consists of.

    Raises:
        IndexDamagedError: the manifest is missing, or not the one that was published.
        IndexMismatchError: another format version wrote it.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error, index) from None
    if (found := hashlib.sha256(content).hexdigest()) != digest:
        raise IndexDamagedError(
            "index.manifest_damaged", path=path, found=found, expected=digest, remedy=rebuild(index)
        )
    try:
        read: dict[str, Any] = json.loads(content)
        version = read.pop("format")
        manifest = _manifest(read) if version == FORMAT else None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise IndexDamagedError("index.unreadable", path=path, remedy=rebuild(index)) from None
    if manifest is None:
        raise IndexMismatchError("index.format", found=str(version), expected=FORMAT, remedy=rebuild(index))
    return manifest


def tags_in(path: Path) -> dict[str, list[str]]:
    """The tags that people gave, as the manifest of whatever format says; none where it cannot be read."""
    try:
        tags = json.loads(path.read_bytes())["facts"]["tags"]
        return {str(name): [str(tag) for tag in own] for name, own in tags.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _manifest(read: dict[str, Any]) -> Manifest:
    """What JSON says; ValueError, TypeError or KeyError where that is no manifest."""
    segments = tuple(SegmentEntry(**{**one, "gone": tuple(one["gone"])}) for one in read.pop("segments"))
    number, digest = read.pop("before") or (0, "")
    before = (int(number), str(digest)) if number else None
    tuned = Tuned(**own) if (own := read.pop("tuned", None)) else None
    facts = StoreFacts(**read.pop("facts"))
    manifest = Manifest(facts=facts, segments=segments, before=before, tuned=tuned, **read)
    if not all(isinstance(one, dict) for one in (manifest.keywords, *(entry.digests for entry in segments))):
        raise TypeError("digests")
    return manifest
