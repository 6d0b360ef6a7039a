"""A backup → the libraries that it holds, in the place of those that are there, which are put aside.

All of it is unpacked and checked beside them first. Then documents change places, the indexes are published as any
other, which a server that runs takes over, and SQLite copies chats and users in a transaction each.
"""

import os
import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from yinju.audit import log_of, recorded
from yinju.backup.archive import Digests, Summary, library_and_part, read
from yinju.backup.making import SECRETS, USERS
from yinju.backup.steps import Steps, sync_disk
from yinju.configuration import page_file, read_page_file
from yinju.conversations import Conversations
from yinju.durable import write_json
from yinju.errors import BackupError, IndexBusyError, LibrariesError, YinjuError
from yinju.libraries import ABOUT, CHATS, DELETED, Entry, Libraries
from yinju.reasons import cause_of
from yinju.settings import Settings
from yinju.store.local.adopting import files_of, manifest_in
from yinju.store.local.locking import writer_lock
from yinju.store.local.manifest import MANIFEST
from yinju.store.local.publishing import live_manifest
from yinju.types import Progress
from yinju.users import Users

BUSY_SECONDS = 30.0
"""How long whoever writes an index is waited for."""
RESERVE = 50_000_000
"""Bytes that stay free on the disk."""
UNPACKED = "restoring-"
"""Begins the name of the folder, in that of an index, into which its part of a backup is unpacked."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a library of a backup goes."""

    entry: Entry
    """The one that is there, or that will be."""
    folder: Path
    """Into which it is unpacked, on the disk of its index."""
    documents: Path
    """Into which its documents are, on the disk of those."""
    corpus: Path
    """Where its documents will lie."""


@recorded("restore", "{file}")
def restore(file: Path, settings: Settings, *, replacing: bool = False, progress: Progress | None = None) -> Summary:
    """Have the libraries be what a backup holds; a server that runs answers from that then.

    Libraries that are there are only replaced when told so; what is replaced is put aside, and all is as it was where
    anything fails.

    Raises:
        BackupError: the backup is damaged, cut off or a later Yinju's; something is there; or there is no room.
        IndexBusyError: somebody writes an index.
    """
    libraries = Libraries(settings)
    first, stamp = libraries.first, time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    recover(settings)
    if not replacing and (there := _there(libraries, Users.of(settings).path)):
        raise BackupError("backup.occupied", path=there, file=file)
    made = [path for path in (first.index, *first.index.parents) if not path.exists()]
    try:
        first.index.mkdir(mode=0o700, parents=True, exist_ok=True)
        steps = Steps(first.index)
        with steps.alone() as alone:
            if not alone:
                raise BackupError("backup.restoring", index=first.index)
            return _restored(steps, file, libraries, settings, stamp, progress)
    except (OSError, sqlite3.Error, LibrariesError) as error:
        told = error.__cause__ if isinstance(error, LibrariesError) and error.__cause__ else error
        raise BackupError("backup.unrestored", path=file, why=cause_of(told)) from error
    finally:
        for path in made:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _restored(
    steps: Steps, file: Path, libraries: Libraries, settings: Settings, stamp: str, progress: Progress | None
) -> Summary:  # fmt: skip
    """What the backup is, once all is in its place; where anything fails all is as it was."""
    unpacking = _Unpacking(steps, libraries, stamp)
    try:
        summary, found = read(file, unpacking.take, progress)
        targets = unpacking.checked(found, file)
        with _writing(targets, libraries):
            _put_in_place(steps, targets, libraries, settings, stamp)
            steps.end()
    except BaseException:
        steps.undo()
        raise
    for target in targets:
        shutil.rmtree(target.folder, ignore_errors=True)
    return summary


def recover(settings: Settings) -> bool:
    """Undo a restoration that was cut off; whether there was one."""
    index = Path(settings.index)
    steps = Steps(index)
    if not steps.left_open():
        return False
    with steps.alone() as alone:
        if alone and steps.left_open():
            steps.undo()
            return True
    return False


def _there(libraries: Libraries, users: Path) -> Path | None:
    """Something that a restoration would replace."""
    first = libraries.first
    if first.corpus.is_dir() and any(first.corpus.iterdir()):
        return first.corpus
    there = (first.index / "CURRENT", first.chats, users)
    others = (one.folder for one in libraries.entries()[1:])
    return next((path for path in (*there, *others) if path.exists()), None)


class _Unpacking:
    """Puts the members of a backup beside what they will replace."""

    def __init__(self, steps: Steps, libraries: Libraries, stamp: str) -> None:
        """Nothing is unpacked yet."""
        self._steps, self._libraries, self._stamp = steps, libraries, stamp
        self.targets: dict[str, _Target] = {}

    def take(self, name: str, size: int, summary: Summary) -> IO[bytes]:
        """The new file that a member goes into.

        Raises:
            BackupError: there is no room for it, or for all of them.
        """
        library, part = library_and_part(name)
        if library not in self.targets:
            self.targets[library] = self._target(library)
            self._check_room(summary.bytes if len(self.targets) == 1 else size)
        target = self.targets[library]
        below, _, rest = part.partition("/")
        path = target.documents / rest if below == "corpus" else target.folder / part
        if size > RESERVE // 10:
            self._check_room(size)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600), "wb")
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise ValueError(f"{name!a} cannot be beside the others") from error

    def _target(self, library: str) -> _Target:
        entry, folder = self._libraries.entry(library), self._libraries.folder
        if entry is None:  # made under a name that is none, and moved there as a whole
            new, corpus = folder / f".{UNPACKED}{library}-{self._stamp}", folder / library / "corpus"
            entry = Entry(library, "", new / "corpus", new / "index", new / "index" / CHATS)
            self._steps.unpack(new)
        else:
            live = None
            with suppress(YinjuError):  # it may be damaged, which is why it is replaced
                live = live_manifest(entry.index)
            corpus = Path(live.facts.corpus) if live and live.facts.corpus else entry.corpus
            entry = replace(entry, corpus=corpus)
            for left in entry.index.glob(f"{UNPACKED}*/"):
                shutil.rmtree(left, ignore_errors=True)
        if any(one.resolve().is_relative_to(entry.corpus.resolve()) for one in (entry.index, folder)):
            raise BackupError("backup.nested", path=entry.index, corpus=corpus)
        unpacked = entry.index / f"{UNPACKED}{self._stamp}"
        documents = entry.corpus.with_name(f"{entry.corpus.name}.before-{self._stamp}")
        for path in (unpacked, documents):
            self._steps.unpack(path)
        return _Target(entry, unpacked, documents, corpus)

    def _check_room(self, needed: int) -> None:
        place = self._libraries.first.index
        free = shutil.disk_usage(place).free
        if needed + RESERVE > free:
            raise BackupError("backup.no_room", path=place, needed=_megabytes(needed), free=_megabytes(free))

    def checked(self, found: Digests, file: Path) -> list[_Target]:
        """Where each library goes, once its index is known to be whole.

        Raises:
            BackupError: it is not.
        """
        of_library = defaultdict[str, dict[str, str]](dict)
        for name, (_, sha256) in found.items():
            library, part = library_and_part(name)
            of_library[library][part] = sha256
        for library, target in self.targets.items():
            try:
                manifest = manifest_in(target.folder / "index")
                Conversations(target.folder / "chats.sqlite").chat_count()
                if (path := target.folder / USERS).is_file():
                    users = Users(path)
                    users.end_sessions()  # what was ended since then does not begin anew
                    if not users.accounts():  # it would open to everybody what is for users alone by now
                        path.unlink()
                read_page_file(target.folder / "settings.json")
            except YinjuError as error:
                raise BackupError("backup.part", path=file, why=error.reason) from error
            except ValueError as error:
                raise BackupError("backup.damaged", path=file, why="settings.json") from error
            needed = {f"index/{name}": sha256 for name, sha256 in files_of(manifest).items()} if manifest else {}
            if not needed.items() <= of_library[library].items():
                raise BackupError("backup.damaged", path=file, why=f"{MANIFEST} of {library or 'first'}")
            for folder in (target.folder, target.documents):
                sync_disk(folder)
        return [*self.targets.values()]


@contextmanager
def _writing(targets: list[_Target], libraries: Libraries) -> Iterator[None]:
    """The right to write every index there is, and to change the list of libraries."""
    until = time.monotonic() + BUSY_SECONDS
    with ExitStack() as held:
        if len(targets) > 1 or libraries.folder.exists():
            held.enter_context(libraries.changing())
        for target in targets:
            while True:
                try:
                    held.enter_context(writer_lock(target.entry.index))
                    break
                except IndexBusyError:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.1)
        yield


def _put_in_place(
    steps: Steps, targets: list[_Target], libraries: Libraries, settings: Settings, stamp: str
) -> None:  # fmt: skip
    """Do all that changes anything."""
    kept = {target.entry.id for target in targets}
    for entry in libraries.entries()[1:]:
        if entry.id not in kept:
            deleted = libraries.folder / DELETED
            deleted.mkdir(mode=0o700, exist_ok=True)
            steps.exchange(entry.folder, deleted / f"{entry.id}-{stamp}-0000")
    for target in targets:
        _place(steps, target, settings, stamp)
        if target.entry.folder.name.startswith(f".{UNPACKED}"):
            shutil.rmtree(target.folder)
            steps.exchange(libraries.folder / target.entry.id, target.entry.folder)


def _place(steps: Steps, target: _Target, settings: Settings, stamp: str) -> None:
    """Have one library be what was unpacked."""
    entry, folder = target.entry, target.folder
    for name, path in ((ABOUT, entry.folder / ABOUT), ("settings.json", page_file(entry.index))):
        if (folder / name).is_file():
            if name != ABOUT:
                _keep_secrets(folder / name, path)
            steps.exchange(path, folder / name)
            _keep_aside(folder / name, path, stamp)
    for source in (folder / "index" / "meanings").glob("*.npz"):
        (entry.index / "meanings").mkdir(mode=0o700, exist_ok=True)
        if not (there := entry.index / "meanings" / source.name).exists():
            source.rename(there)
    if not entry.id and not (log := log_of(settings)).files():
        for source in folder.glob("audit*.jsonl"):
            source.rename(log.path.with_name(source.name))
    steps.exchange(entry.corpus, target.documents)
    if (folder / "index" / "CURRENT").is_file():
        steps.publish(entry.index, folder / "index", target.corpus)
    for name, path in ((USERS, Users.of(settings).path), ("chats.sqlite", entry.chats)):
        if (folder / name).is_file() and not (entry.id and name == USERS):
            steps.sqlite(path, folder / name, path.with_name(f"{path.name}.before-{stamp}"))


def _keep_secrets(new: Path, now: Path) -> None:
    """Give the restored choices the secrets that are in force and that the backup does not hold."""
    chosen, present = read_page_file(new), read_page_file(now)
    write_json(new, {name: present[name] for name in SECRETS if name in present} | chosen)


def _keep_aside(old: Path, path: Path, stamp: str) -> None:
    if old.is_file():
        shutil.copyfile(old, path.with_name(f"{path.name}.before-{stamp}"))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f}"
