"""Libraries that may be served and written meanwhile → one file that holds them as they were at one moment each.

An index is held at one publication, which nobody changes; SQLite files are copied by SQLite; documents are files that
are replaced by rename, each whole.
"""

import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import yinju
from yinju.audit import log_of, recorded
from yinju.backup.archive import Member, Summary, write
from yinju.configuration import page_file, read_page_file
from yinju.durable import sync
from yinju.errors import BackupError, IndexMissingError
from yinju.ingest.files import ENCODINGS, find_files
from yinju.libraries import ABOUT, Entry, Libraries
from yinju.reasons import cause_of
from yinju.settings import Settings
from yinju.store.local.adopting import files_of
from yinju.store.local.manifest import MANIFEST, read_manifest
from yinju.store.local.pointer import GENERATIONS, folder_of
from yinju.store.local.publishing import hold
from yinju.types import Progress
from yinju.users import Users

USERS = "users.sqlite"
"""Who may do what, as a backup calls it."""
UNFINISHED = ".yinju-backup"
"""Begins the names of what is being written beside a backup; the next one in that folder clears away what is left."""
SECRETS = ("llm_api_key",)
"""Settings of the page that a backup holds only when told."""


@dataclass(slots=True)
class _Gathered:
    """What goes into a backup."""

    scratch: Path
    """A folder for copies."""
    members: list[Member] = field(default_factory=list)
    left_out: int = 0


@recorded("backup", "{file}")
def back_up(file: Path, settings: Settings, *, secrets: bool = False, progress: Progress | None = None) -> Summary:
    """Pack every library into a new file; what was acknowledged before it began is in it.

    The key of the language model is left out unless `secrets` are wanted.

    Raises:
        BackupError: the file is there already, or cannot be written; or what is to be packed cannot be read.
        IndexDamagedError, IndexMismatchError: an index cannot be read.
    """
    if settings.store != "local":
        raise BackupError("backup.milvus", found=settings.store)
    libraries = Libraries(settings)
    _check_place(file, libraries)
    try:
        with _part(file) as (part, scratch), ExitStack() as held:
            gathered = _Gathered(scratch)
            for entry in libraries.entries():
                _gather(gathered, entry, settings, secrets, held)
            size = sum(one.size for one in gathered.members)
            if size > (free := shutil.disk_usage(file.absolute().parent).free):
                raise BackupError("backup.full", path=file, needed=_megabytes(size), free=_megabytes(free))
            made = datetime.now(UTC).isoformat(timespec="seconds")
            about = Summary(made, yinju.__version__, size, gathered.left_out)
            with part.open("wb") as opened:
                summary = write(opened, gathered.members, about, progress)
                opened.flush()
                os.fsync(opened.fileno())
            shutil.rmtree(scratch)
            part.rename(file)
            sync(file.absolute().parent)
            return summary
    except (OSError, sqlite3.Error) as error:
        raise BackupError("backup.unwritten", path=file, why=cause_of(error)) from error


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite file as it is at one moment over another, in one transaction of that, whoever uses them."""
    with closing(sqlite3.connect(source, timeout=30)) as before, closing(sqlite3.connect(target, timeout=30)) as after:
        before.backup(after)


def _check_place(file: Path, libraries: Libraries) -> None:
    place = file.absolute().parent.resolve()
    if file.exists():
        raise BackupError("backup.exists", path=file)
    if not place.is_dir():
        raise BackupError("backup.no_folder", path=place)
    for entry in libraries.entries():
        for folder in (entry.corpus, entry.index, libraries.folder):
            if place.is_relative_to(folder.resolve()):
                raise BackupError("backup.inside", path=file, folder=folder)


@contextmanager
def _part(file: Path) -> Iterator[tuple[Path, Path]]:
    """The file that will become the backup, and a folder for copies, both gone then; nobody else makes the same."""
    part, scratch = file.with_name(f"{UNFINISHED}.part"), file.with_name(f"{UNFINISHED}.copies")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("backup.busy", path=file) from None
        if file.exists():
            raise BackupError("backup.exists", path=file)
        try:
            shutil.rmtree(scratch, ignore_errors=True)  # of one that was cut off
            scratch.mkdir(mode=0o700)
            yield part, scratch
        finally:
            part.unlink(missing_ok=True)
            shutil.rmtree(scratch, ignore_errors=True)


def _gather(gathered: _Gathered, entry: Entry, settings: Settings, secrets: bool, held: ExitStack) -> None:
    """Add what a library consists of: its publication, documents, and what is known beside them."""
    place = f"libraries/{entry.id}" if entry.id else "first"
    corpus = _add_index(gathered, entry, place, held) or entry.corpus
    if corpus.is_dir():
        _add_corpus(gathered, corpus, entry.index, place)
    databases = {"chats.sqlite": entry.chats} | ({} if entry.id else {USERS: Users.of(settings).path})
    for name, database in databases.items():
        if database.is_file():
            copy = gathered.scratch / f"{len(gathered.members)}.sqlite"
            copy_sqlite(database, copy)
            gathered.members.append(Member(f"{place}/{name}", copy))
    files = [(ABOUT, entry.folder / ABOUT)]
    if not entry.id:
        files += [(path.name, path) for path in log_of(settings).files()] if not settings.audit else []
        _add_choices(gathered, page_file(entry.index), secrets)
    meanings = (entry.index / "meanings").glob("*.npz")
    files += [(f"index/meanings/{path.name}", path) for path in sorted(meanings)]
    gathered.members += [Member(f"{place}/{name}", path) for name, path in files if path.is_file()]


def _add_index(gathered: _Gathered, entry: Entry, place: str, held: ExitStack) -> Path | None:
    """Add the live publication, which stays where it is as long as it is held; the folder of its documents."""
    try:
        (number, digest), lock = hold(entry.index)
    except IndexMissingError:
        return None
    held.callback(lock.close)
    path = folder_of(entry.index, number) / MANIFEST
    manifest = read_manifest(path, digest, entry.index)
    current = Member(f"{place}/index/CURRENT", content=f"{number} {digest}\n".encode())
    own = Member(f"{place}/index/{GENERATIONS}/{number:06d}/{MANIFEST}", path, sha256=digest)
    gathered.members += [current, own]
    for name, sha256 in files_of(manifest).items():
        gathered.members.append(Member(f"{place}/index/{name}", entry.index / name, sha256=sha256))
    return Path(manifest.facts.corpus) if manifest.facts.corpus else None


def _add_corpus(gathered: _Gathered, corpus: Path, index: Path, place: str) -> None:
    """Add the documents, and what a person stated of their encodings."""
    for _, path, why in find_files(corpus, index):
        if why:
            gathered.left_out += 1
        else:
            gathered.members.append(Member(f"{place}/corpus/{os.path.relpath(path, corpus)}", path))
    if (stated := corpus / ENCODINGS).is_file():
        gathered.members.append(Member(f"{place}/corpus/{ENCODINGS}", stated))


def _add_choices(gathered: _Gathered, path: Path, secrets: bool) -> None:
    chosen = read_page_file(path)
    kept = {name: value for name, value in chosen.items() if secrets or name not in SECRETS}
    if kept:
        gathered.members.append(Member("first/settings.json", content=json.dumps(kept).encode()))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f}"
