"""A backup as a file: a tar in gzip whose first member says what it is, whose last what all the others hold.

Whatever reads one takes it for hostile: only regular files of known names pass, none twice, none large without room,
and nothing counts before the last member and the checksum of gzip have said that all is there.
"""

import gzip
import hashlib
import io
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import yinju
from yinju.errors import BackupError
from yinju.types import Progress

FORMAT = 1
"""Raised whenever the members change their meaning."""
FIRST, LAST = "yinju-backup.json", "manifest.json"
LARGEST_HEADER = 64_000_000
"""Bytes of what is no file: the first and the last member, and long names."""
PIECE = 1 << 20
_NAMED = re.compile(
    r"(?P<library>first|libraries/[0-9a-z]{8})/(?P<part>corpus/.+|index/(?:CURRENT|generations/\d{6,18}/.+|"
    r"segments/\d{6,18}-\d+/[^/]+|meanings/[^/]+)|chats\.sqlite|users\.sqlite|settings\.json|library\.json|"
    r"audit(?:-\d{6,})?\.jsonl)", re.DOTALL,
)  # fmt: skip
_WRONG = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError, KeyError, TypeError, AttributeError,
          RecursionError, OverflowError)  # fmt: skip

Digests = Mapping[str, tuple[int, str]]
"""Name of a member → size and SHA-256."""
Take = Callable[[str, int, "Summary"], IO[bytes] | None]
"""Where a member of a name and a size goes; None for nowhere."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file that goes into a backup."""

    name: str
    path: Path | None = None
    """Where it lies; None where its content is given."""
    content: bytes = b""
    sha256: str = ""
    """What it must be, where that is known; of others it is whatever is read."""

    @property
    def size(self) -> int:
        """How many bytes it has now; none where it is gone."""
        with suppress(FileNotFoundError):
            return self.path.stat().st_size if self.path else len(self.content)
        return 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a backup is."""

    made: str
    """When, in UTC as ISO 8601."""
    version: str
    """The Yinju that made it."""
    bytes: int
    """About how many it takes unpacked."""
    left_out: int = 0
    """How many files were left out, as they could not be read."""
    files: int = 0


def write(file: IO[bytes], members: Iterable[Member], made: Summary, progress: Progress | None = None) -> Summary:
    """Pack members into an open file, a library's documents that are gone meanwhile left out.

    Raises:
        OSError: it cannot be written, or a member not read.
        BackupError: a member is not what it must be.
    """
    known, done = dict[str, dict[str, Any]](), 0
    with (
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1, filename="") as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        about = {"format": FORMAT, "yinju": yinju.__version__, "made": made.made, "bytes": made.bytes}
        _add(tar, FIRST, json.dumps(about).encode())
        for member in members:
            try:
                source = member.path.open("rb") if member.path else io.BytesIO(member.content)
            except FileNotFoundError:
                if member.sha256:
                    raise
                continue  # deleted meanwhile
            with source:
                size = source.seek(0, io.SEEK_END)
                source.seek(0)
                read = _Hashing(source)
                tar.addfile(_header(member.name, size), read)
            if member.sha256 and read.sha256 != member.sha256:
                raise BackupError("backup.source_damaged", path=str(member.path))
            known[member.name] = {"size": size, "sha256": read.sha256}
            done += size
            if progress:
                progress(min(done, made.bytes) // 1_000, made.bytes // 1_000 + 1, "backup")
        _add(tar, LAST, json.dumps({"files": known, "left_out": made.left_out}).encode())
    return Summary(made.made, yinju.__version__, done, made.left_out, len(known))


class _Hashing:
    """Reads a file, and knows the SHA-256 of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._hash = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._hash.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    tar.addfile(_header(name, len(content)), io.BytesIO(content))


def check(path: Path, progress: Progress | None = None) -> Summary:
    """What a backup is, all of which was read.

    Raises:
        BackupError: it is damaged, cut off, no backup, or a later Yinju's.
        OSError: it cannot be read.
    """
    return read(path, lambda name, size, summary: None, progress)[0]


def read(path: Path, take: Take, progress: Progress | None = None) -> tuple[Summary, Digests]:
    """Hand every member to where `take` says; what the backup is and what its members are, which all were checked.

    What was taken counts only once this returns. See `check` for the errors.
    """
    try:
        with path.open("rb") as file, gzip.GzipFile(fileobj=file) as packed:
            stream = _Forward(packed)
            with tarfile.TarFile(fileobj=stream, mode="r", errors="surrogateescape") as tar:  # type: ignore[arg-type]
                summary, found = _first(tar, path), dict[str, tuple[int, str]]()
                while (header := tar.next()) is not None and header.name != LAST:
                    name = _checked(header, found)
                    found[name] = header.size, _copied(tar, header, take(name, header.size, summary))
                    tar.members.clear()  # type: ignore[attr-defined]
                    if progress:
                        progress(stream.tell() // 1_000, max(summary.bytes, stream.tell()) // 1_000 + 1, "restore")
                if header is None:
                    raise EOFError("cut off")
                last = json.loads(_content(tar, header))
            while packed.read(PIECE):  # the checksum of gzip is at the end
                pass
        known = {name: (one["size"], one["sha256"]) for name, one in last["files"].items()}
        if known != found:
            wrong = sorted({*known.items()} ^ {*found.items()})
            raise ValueError(f"{len(wrong)} files are not as listed, such as {wrong[0][0]!a}")
        return Summary(summary.made, summary.version, summary.bytes, int(last["left_out"]), len(found)), found
    except _WRONG as error:
        why = " ".join(str(error).split())[:200] or type(error).__name__
        raise BackupError("backup.damaged", path=path, why=why) from error


def library_and_part(name: str) -> tuple[str, str]:
    """The library that a member is of, empty for the first, and which part of it."""
    found = _NAMED.fullmatch(name)
    assert found
    return found["library"].removeprefix("first").removeprefix("libraries/"), found["part"]


def _first(tar: tarfile.TarFile, path: Path) -> Summary:
    header = tar.next()
    if header is None or header.name != FIRST:
        raise ValueError("no backup of Yinju's")
    about = json.loads(_content(tar, header))
    if about["format"] != FORMAT:
        raise BackupError("backup.format", path=path, found=str(about["format"])[:20], expected=FORMAT,
                          version=str(about.get("yinju"))[:20])  # fmt: skip
    return Summary(str(about["made"])[:40], str(about["yinju"])[:20], max(0, int(about["bytes"])))


def _checked(header: tarfile.TarInfo, found: Digests) -> str:
    """The name of a member that may be taken."""
    name = header.name
    if header.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or header.issparse():
        raise ValueError(f"{name!a} is no regular file")
    parts = name.split("/")
    if not _NAMED.fullmatch(name) or any(part in ("", ".", "..") or "\0" in part for part in parts):
        raise ValueError(f"{name!a} is no name of a file in a backup")
    if name in found or header.size < 0:
        raise ValueError(f"{name!a} is there twice, or has no size")
    return name


def _content(tar: tarfile.TarFile, header: tarfile.TarInfo) -> bytes:
    if header.size > LARGEST_HEADER or not header.isreg():
        raise ValueError(f"{header.name!a} is too large")
    file = tar.extractfile(header)
    return file.read() if file else b""


def _copied(tar: tarfile.TarFile, header: tarfile.TarInfo, target: IO[bytes] | None) -> str:
    """The SHA-256 of a member, written to where it goes."""
    source, digest, left = tar.extractfile(header), hashlib.sha256(), header.size
    assert source
    try:
        while left:
            piece = source.read(min(PIECE, left))
            if not piece:
                raise EOFError("cut off")
            digest.update(piece)
            left -= len(piece)
            if target:
                target.write(piece)
    finally:
        if target:
            target.close()
    return digest.hexdigest()


class _Forward:
    """What tarfile reads from: forward only, and never very much at once, whatever a header claims."""

    def __init__(self, source: gzip.GzipFile) -> None:
        self._source, self._place = source, 0

    def read(self, size: int) -> bytes:
        if size > LARGEST_HEADER:
            raise tarfile.ReadError("a header is too large")
        piece = self._source.read(size)
        self._place += len(piece)
        return piece

    def tell(self) -> int:
        return self._place

    def seek(self, place: int) -> None:
        if place < self._place:
            raise tarfile.StreamError("backwards")
        while self._place < place:
            if not self.read(min(PIECE, place - self._place)):
                return
