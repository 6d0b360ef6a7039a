"""What a job did to a folder, as strace told it → what would lie there had the power failed at some moment.

Files and folders as a disk may keep them: what was written is safe once its file is fsynced; a name that was given,
taken away or changed is, once a folder of that change is. All else may be lost, each for itself.
"""

import os
import random
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

TRACED = (
    "openat,close,lseek,dup,dup2,dup3,fcntl,write,pwrite64,writev,pwritev,ftruncate,sendfile,copy_file_range,rename,"
    "renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,mkdir,mkdirat,fsync,fdatasync,clone,clone3"
)
OPTIONS = ("-y", "-xx", "-s", "100000000", "-e", f"trace={TRACED}")
"""For strace: whole contents in hexadecimal, and the path of every descriptor."""
Fate = Literal["all lost", "nothing lost", "the last lost", "any lost"]
FATES: tuple[Fate, ...] = ("all lost", "nothing lost", "the last lost", "any lost")
"""What becomes of that which was not confirmed."""

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\w+)(?:<(.*)>)?(?: \(.*\)| E.*)?$", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR = re.compile(r"(AT_FDCWD|\d+)(?:<((?:\\x[0-9a-f]{2}|[^>\\])*)>)?(?:\(deleted\))?")


@dataclass(eq=False)
class File:
    """What is written to a file, and how much of it is safe."""

    data: bytes = b""
    safe: bytes = b""
    versions: list[bytes] = field(default_factory=list)
    """Each content since it was safe, in order."""

    def put(self, data: bytes) -> None:
        """Have another content."""
        self.data = data
        self.versions.append(data)


@dataclass(eq=False)
class Folder:
    """Names in a folder, and those that are safe."""

    names: "dict[str, Node]" = field(default_factory=dict)
    safe: "dict[str, Node]" = field(default_factory=dict)


Node = File | Folder
Change = list[tuple[Folder, str, Node | None]]
"""Names given and taken away at once."""


@dataclass(frozen=True)
class Call:
    """One system call that was done."""

    process: int
    name: str
    arguments: str
    result: int
    path: str
    """Of the descriptor that it gives."""

    def texts(self) -> list[bytes]:
        """Its strings."""
        return [_bytes(found) for found in _TEXT.findall(self.arguments)]

    def descriptors(self) -> list[tuple[str, str]]:
        """The descriptors in it, each with its path, in order."""
        bare = _TEXT.sub('""', self.arguments)
        return [(number, os.fsdecode(_bytes(path))) for number, path in _DESCRIPTOR.findall(bare)]


def calls_in(trace: Path) -> Iterator[Call]:
    """The calls of a trace that succeeded, each where it ended."""
    lines = trace.read_text("latin-1").splitlines()
    begun, whole = dict[str, str](), list[tuple[int, str]]()
    for line in lines:
        thread, _, told = line.partition(" ")
        told = told.strip()
        if told.endswith("<unfinished ...>"):
            begun[thread] = told.removesuffix("<unfinished ...>").rstrip()
            if told.startswith("close("):  # others have the number before this thread is told
                whole.append((int(thread), f"{begun[thread]}) = 0"))
            continue
        if resumed := re.match(r"<\.\.\. (\w+) resumed>", told):
            told = begun.pop(thread) + told[resumed.end() :].lstrip()
            if resumed[1] == "close":
                continue
        whole.append((int(thread), told))
    of = {}
    for thread_number, told in whole:
        if told.startswith("clone") and (found := _CALL.match(told)) and "CLONE_THREAD" in told:
            of[int(found[3])] = thread_number
    for thread_number, told in whole:
        found = _CALL.match(told)
        if found and not found[3].startswith("-") and found[3] != "?":
            process = thread_number
            while process in of:
                process = of[process]
            path = os.fsdecode(_bytes(found[4] or ""))
            yield Call(process, found[1], found[2], int(found[3], 0), path)


class Disk:
    """A folder as it was before, to which calls are done."""

    def __init__(self, root: Path) -> None:
        """What lies there now is all safe."""
        self.root, self._top = root, _read(root)
        self._waiting: list[Change] = []
        self._open: dict[tuple[int, str], list[object]] = {}
        """(process, descriptor) → the node, where the next write goes, whether always to the end."""

    def do(self, call: Call) -> bool:
        """Do a call; whether it changed anything here."""
        act = getattr(self, f"_{call.name}", None)
        return bool(act(call)) if act else False

    def lost(self, target: Path, fate: Fate, chance: random.Random) -> None:
        """Write what would lie there after a loss of power."""
        keep = {"all lost": 0, "nothing lost": len(self._waiting)}.get(fate, chance.randint(0, len(self._waiting)))
        kept = [*self._waiting[:keep]]
        if fate == "any lost":
            kept = [change for change in self._waiting if chance.random() < 0.5]
        names: dict[int, dict[str, Node]] = {}
        for change in kept:
            for folder, name, node in change:
                own = names.setdefault(id(folder), dict(folder.safe))
                own.pop(name, None)
                if node is not None:
                    own[name] = node
        shutil.rmtree(target, ignore_errors=True)
        _write(target, self._top, lambda folder: names.get(id(folder), folder.safe), _content(fate, chance))

    def now(self, target: Path) -> None:
        """Write what lies there for whoever reads it now."""
        shutil.rmtree(target, ignore_errors=True)
        _write(target, self._top, lambda folder: folder.names, lambda file: file.data)

    def _find(self, path: str) -> Node | None:
        node: Node | None = self._top
        for part in Path(os.path.relpath(path, self.root)).parts:
            if part == ".." or not isinstance(node, Folder):
                return None
            node = node.names.get(part)
        return node

    def _place(self, path: str) -> tuple[Folder, str] | None:
        parent = self._find(os.path.dirname(path))
        return (parent, os.path.basename(path)) if isinstance(parent, Folder) else None

    def _paths(self, call: Call) -> list[str]:
        """The paths that a call names, in order, wherever they begin."""
        starts = [path for number, path in call.descriptors() if number == "AT_FDCWD" or path.startswith("/")]
        texts = [os.fsdecode(text) for text in call.texts()]
        starts += [str(self.root.parent)] * (len(texts) - len(starts))
        return [os.path.normpath(os.path.join(*pair)) for pair in zip(starts, texts, strict=False)]

    def _change(self, *changes: tuple[str, Node | None]) -> bool:
        done: Change = []
        for path, node in changes:
            if place := self._place(path):
                folder, name = place
                folder.names.pop(name, None)
                if node is not None:
                    folder.names[name] = node
                done.append((folder, name, node))
        if done:
            self._waiting.append(done)
        return bool(done)

    def _openat(self, call: Call) -> bool:
        (path,) = self._paths(call)
        node, changed = self._find(path), False
        if node is None and "O_CREAT" in call.arguments:
            node = File()
            changed = self._change((path, node))
        if isinstance(node, File) and "O_TRUNC" in call.arguments and node.data:
            node.put(b"")
            changed = True
        if node is not None:
            self._open[call.process, str(call.result)] = [node, 0, "O_APPEND" in call.arguments]
        return changed

    def _close(self, call: Call) -> bool:
        self._open.pop((call.process, call.descriptors()[0][0]), None)
        return False

    def _dup(self, call: Call) -> bool:
        if opened := self._open.get((call.process, call.descriptors()[0][0])):
            self._open[call.process, str(call.result)] = opened
        return False

    _dup2 = _dup3 = _dup

    def _fcntl(self, call: Call) -> bool:
        return self._dup(call) if "F_DUPFD" in call.arguments else False

    def _lseek(self, call: Call) -> bool:
        if opened := self._open.get((call.process, call.descriptors()[0][0])):
            opened[1] = call.result
        return False

    def _written(self, call: Call, data: bytes, at: int | None = None) -> bool:
        opened = self._open.get((call.process, call.descriptors()[0][0]))
        if opened is None or not isinstance(file := opened[0], File):
            return False
        place = at if at is not None else len(file.data) if opened[2] else int(str(opened[1]))
        file.put(file.data[:place].ljust(place, b"\0") + data + file.data[place + len(data) :])
        if at is None:
            opened[1] = place + len(data)
        return True

    def _write(self, call: Call) -> bool:
        return self._written(call, b"".join(call.texts())[: call.result])

    _writev = _write

    def _pwrite64(self, call: Call) -> bool:
        return self._written(call, call.texts()[0][: call.result], int(call.arguments.rpartition(", ")[2]))

    def _sendfile(self, call: Call) -> bool:
        source = next(iter(call.descriptors()[1:]))[1]
        node, opened = self._find(source), self._open.get((call.process, call.descriptors()[0][0]))
        data = node.data if isinstance(node, File) else Path(source).read_bytes()
        place = int(str(opened[1])) if opened else 0  # what is copied is copied from the beginning
        return self._written(call, data[place : place + call.result])

    def _ftruncate(self, call: Call) -> bool:
        opened = self._open.get((call.process, call.descriptors()[0][0]))
        size = int(call.arguments.rpartition(", ")[2])
        if opened is None or not isinstance(file := opened[0], File) or len(file.data) == size:
            return False
        file.put(file.data[:size].ljust(size, b"\0"))
        return True

    def _rename(self, call: Call) -> bool:
        old, new = self._paths(call)
        return self._change((old, None), (new, self._find(old)))

    _renameat = _renameat2 = _rename

    def _link(self, call: Call) -> bool:
        old, new = self._paths(call)
        return self._change((new, self._find(old)))

    _linkat = _link

    def _unlink(self, call: Call) -> bool:
        return self._change((self._paths(call)[0], None))

    _unlinkat = _rmdir = _unlink

    def _mkdir(self, call: Call) -> bool:
        return self._change((self._paths(call)[0], Folder()))

    _mkdirat = _mkdir

    def _fsync(self, call: Call) -> bool:
        opened = self._open.get((call.process, call.descriptors()[0][0]))
        node = opened[0] if opened else None
        if isinstance(node, File):
            node.safe, node.versions = node.data, []
        elif isinstance(node, Folder):
            waiting, self._waiting = self._waiting, []
            for change in waiting:
                if any(folder is node for folder, _, _ in change):
                    _keep(change)
                else:
                    self._waiting.append(change)
        return node is not None

    _fdatasync = _fsync


def _keep(change: Change) -> None:
    for folder, name, node in change:
        folder.safe.pop(name, None)
        if node is not None:
            folder.safe[name] = node


def _content(fate: Fate, chance: random.Random) -> Callable[[File], bytes]:
    """What a file holds after a loss of power: what was safe, or that and some of the rest, or zeros in its place."""

    def content(file: File) -> bytes:
        if fate == "all lost" or not file.versions:
            return file.safe
        if fate == "nothing lost":
            return file.data
        written = chance.choice([file.safe, *file.versions])
        return written if chance.random() < 0.7 else bytes(len(written))

    return content


def _read(path: Path) -> Folder:
    """What lies in a folder, safe; hard links are one file."""
    known: dict[int, File] = {}

    def read(place: Path) -> Node:
        if place.is_dir():
            names = {one.name: read(one) for one in place.iterdir()}
            return Folder(names, dict(names))
        data = place.read_bytes()
        return known.setdefault(place.stat().st_ino, File(data, data))

    found = read(path)
    assert isinstance(found, Folder)
    return found


def _write(
    target: Path, folder: Folder, names: Callable[[Folder], Mapping[str, Node]], content: Callable[[File], bytes]
) -> None:
    written: dict[int, Path] = {}

    def write(place: Path, node: Node) -> None:
        if isinstance(node, Folder):
            place.mkdir(parents=True, exist_ok=True)
            for name, below in names(node).items():
                write(place / name, below)
        elif id(node) in written:
            os.link(written[id(node)], place)
        else:
            place.write_bytes(content(node))
            written[id(node)] = place

    write(target, folder)


def _bytes(told: str) -> bytes:
    return bytes.fromhex(told.replace("\\x", "")) if "\\x" in told else told.encode("latin-1")


def contents(folder: Path) -> dict[str, bytes]:
    """Path → content of every file below a folder."""
    files: Iterable[Path] = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
