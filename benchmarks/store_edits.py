"""A small store with a history, what it says and what lies beside it; its edits, in processes that come to harm.

python benchmarks/store_edits.py is such a process: it reads jobs from its input, a line each, does each in a fork of
its own, and says how that ended. `Workshop` starts it and hands it jobs.
"""

import errno
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from yinju.errors import IndexMissingError
from yinju.ingest import upkeep
from yinju.ingest.build import facts_for
from yinju.ingest.entries import divide
from yinju.ingest.records import terms_of
from yinju.reading import read_document
from yinju.settings import Settings
from yinju.store.local import segment_writing, vectors
from yinju.store.local.store import LocalStore
from yinju.store.protocol import IngestedFile, Snapshot
from yinju.types import Progress, Vectors

WORDS = ("貓山", "茶水", "書車", "新年", "狗年")


class Counter:
    """An encoder by hand: how often each of ten characters stands in a text, scaled to length 1."""

    name, fingerprint, dimension, meaning_from = "counter", "counter-1", 10, 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (n, 10) float32."""
        counts = np.array([[text.count(one) for one in "".join(WORDS)] for text in texts], np.float32).reshape(-1, 10)
        return np.asarray(counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9), np.float32)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The same vectors as for questions."""
        return self.encode_queries(texts)


ENCODER, SETTINGS = Counter(), Settings(passage_characters=60)
FACTS = facts_for(ENCODER, SETTINGS)


def text_of(name: str, version: int = 1) -> str:
    """A text of three passages, another for each version."""
    first, second, third = (WORDS[(ord(name[0]) + version + place) % len(WORDS)] for place in range(3))
    parts = (f"## 第{word}節\n\n{name}的第{version}版談{word}，{word * 9}。\n" for word in (first, second, third))
    return f"# {name}第{version}版\n\n" + "\n".join(parts)


def ingested(name: str, text: str) -> IngestedFile:
    """A file as ingestion hands it over."""
    file = divide(read_document(text.encode(), name), SETTINGS)
    file.vectors = ENCODER.encode_documents([passage.text for passage in file.passages])
    return file


def write(index: Path, changes: Mapping[str, str | None], anew: bool = False) -> int:
    """Write files anew, remove those without a text, and publish."""
    files = {name: text if text is None else ingested(name, text) for name, text in changes.items()}
    with LocalStore(index).writer(FACTS if anew or not (index / "CURRENT").exists() else None, anew=anew) as writer:
        for name, file in files.items():
            if file is None:
                writer.remove(name)
            else:
                writer.add(file)
        return writer.publish()


LIVE = {"a.md": 1, "b.md": 2, "d.md": 1, "e.md": 1, "f.md": 1}
"""What the small store holds in the end, by version."""


def make(index: Path) -> Path:
    """A store at its fourth publication: three segments, documents replaced and removed, a tag."""
    history = ({"a.md": 1, "b.md": 1, "c.md": 1, "d.md": 1}, {"b.md": 2, "e.md": 1}, {"c.md": 0, "f.md": 1})
    for changes in history:
        write(index, {name: text_of(name, version) if version else None for name, version in changes.items()})
    upkeep.tag(index, "a.md", ["甲"])
    return index


def _merge(index: Path) -> None:
    segment_writing.MOST_SEGMENTS = 2
    LocalStore(index).compact(terms_of)


def _tune(index: Path) -> None:
    vectors.FEW = 1
    LocalStore(index).tune(lambda snapshot: ENCODER.encode_queries(WORDS), 0)


EDITS: dict[str, Callable[[Path], object]] = {
    "first build": lambda index: write(index, {"a.md": text_of("a.md"), "新.md": text_of("新.md")}, anew=True),
    "add": lambda index: write(index, {"新.md": text_of("新.md")}),
    "replace": lambda index: write(index, {"a.md": text_of("a.md", 3), "b.md": text_of("b.md", 3)}),
    "remove": lambda index: write(index, {"d.md": None, "f.md": None}),
    "tag": lambda index: upkeep.tag(index, "b.md", ["乙"]),
    "put together": _merge,
    "compact": lambda index: LocalStore(index).compact(terms_of, whole=True),
    "roll back": lambda index: LocalStore(index).rollback(),
    "tune": _tune,
    "rebuild": lambda index: write(index, {"a.md": text_of("a.md", 4)}, anew=True),
}


def state(index: Path) -> str | None:
    """All that a store says, as one digest; None where there is none."""
    try:
        opened = LocalStore(index).open()
    except IndexMissingError:
        return None
    with closing(opened):
        return said(opened)


def said(snapshot: Snapshot) -> str:
    """All that a snapshot says, as one digest: texts, passages, vectors, what words and vectors find, tags."""
    documents, ids = snapshot.documents, [number for number, _ in snapshot.documents.places()]
    found = [sorted(number for number, _ in snapshot.keywords.search("bigrams", [word], 999)) for word in WORDS]
    near = [sorted(snapshot.vectors.search(ENCODER.encode_queries([word]), len(ids))[0]) for word in WORDS]
    whole = [
        [asdict(document) for document in documents.documents()],
        [(name, outcome.state, outcome.sha256, outcome.passages) for name, outcome in documents.outcomes().items()],
        [asdict(passage) for passage in documents.passages(ids)],
        snapshot.vectors.rows(ids).tolist(), found, near, sorted(snapshot.facts.tags.items()), snapshot.facts.settings,
    ]  # fmt: skip
    return sha256(repr(whole).encode("utf-8", "surrogatepass")).hexdigest()


def leftovers(index: Path, edit: str = "") -> list[str]:
    """What lies in the folder of a store that belongs to no publication that is live or can be gone back to.

    What was gone back from stays until the next edit.
    """
    allowed, live = {"seen.json", "writer.lock"}, None
    if (index / "CURRENT").exists():
        live = int((index / "CURRENT").read_text().split()[0])
        allowed |= {"CURRENT", "generations", "segments"}
    for number in (live, _before(index, live)) if live else ():
        folder = f"generations/{number or 0:06d}"
        if not (index / folder).exists():
            continue
        manifest = json.loads((index / folder / "manifest.json").read_bytes())
        files = {f"{folder}/keywords/{name}" for name in manifest["keywords"]}
        for one in manifest["segments"]:
            files |= {f"segments/{one['name']}/{name}" for name in one["digests"]}
        files |= {f"{folder}/manifest.json"}
        allowed |= files | {str(parent) for file in files for parent in Path(file).parents}
    reading = re.compile(r"generations/\d+/keywords/\.tantivy-meta\.lock")  # tantivy's readers make one, and let it be
    found = (str(path.relative_to(index)) for path in index.rglob("*"))
    left = sorted(path for path in found if path not in allowed and not reading.fullmatch(path))
    return [path for path in left if edit != "roll back" or not path.startswith("generations/000004")]


def _before(index: Path, live: int | None) -> int | None:
    manifest = json.loads((index / f"generations/{live:06d}/manifest.json").read_bytes())
    before = manifest["before"]
    return int(before[0]) if isinstance(before, list) else before


@dataclass(frozen=True)
class Harm:
    """What befalls an edit: one of these, or nothing."""

    kill_at: int | None = None
    """Killed at its so many-th step: mkdir, rename, link, open to write, fsync, unlink, rmdir."""
    kill_after: float | None = None
    """Killed after seconds."""
    full_at: int | None = None
    """No step but unlink and rmdir succeeds any more from the so many-th on."""
    largest: int | None = None
    """No file can grow beyond as many bytes."""


@dataclass(frozen=True)
class Ended:
    """How an edit ended."""

    killed: bool
    seconds: float = 0.0
    steps: int = 0
    error: str = ""
    """The class of the error and its message; empty where there was none."""


class Workshop:
    """A process that does edits in forks of its own; use as a context manager."""

    def __enter__(self) -> "Workshop":
        """Start it."""
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )
        return self

    def __exit__(self, *error: object) -> None:
        """End it."""
        self._process.communicate()

    def begin(self, edit: str, index: Path, harm: Harm = Harm()) -> None:
        """Have an edit begun."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([edit, str(index), asdict(harm)]) + "\n")
        self._process.stdin.flush()

    def end(self) -> Ended:
        """How the edit that was begun ended."""
        assert self._process.stdout
        return Ended(**json.loads(self._process.stdout.readline()))

    def do(self, edit: str, index: Path, harm: Harm = Harm()) -> Ended:
        """How an edit ended."""
        self.begin(edit, index, harm)
        return self.end()


class _Steps:
    """Counts what an edit does to the disk, and harms it at one of its steps."""

    UNDOING = ("os.remove", "os.rmdir")

    def __init__(self, index: str, harm: Harm) -> None:
        self.count, self._index, self._harm = 0, index, harm
        sys.addaudithook(self._hear)
        self._sync = os.fsync
        os.fsync = self._fsync  # type: ignore[assignment]  # which no audit event tells of

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        own = event in ("os.mkdir", "os.rename", "os.link", *self.UNDOING)
        if own or (writes and self._index in str(arguments[0])):
            self._step(event)

    def _fsync(self, handle: int) -> None:
        self._step("fsync")
        self._sync(handle)

    def _step(self, event: str) -> None:
        self.count += 1
        if self.count == self._harm.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._harm.full_at and self.count >= self._harm.full_at and event not in self.UNDOING:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _do(edit: str, index: str, harm: Harm, ready: int) -> None:
    """Do an edit in this process, and say how it ended; a kill says it by itself."""
    steps, error = _Steps(index, harm), ""
    if harm.largest is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (harm.largest, harm.largest))
    os.write(ready, b"\n")
    started = time.perf_counter()
    try:
        EDITS[edit](Path(index))
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"
    os.write(ready, json.dumps(asdict(Ended(False, time.perf_counter() - started, steps.count, error))).encode())


def _serve() -> None:
    for line in sys.stdin:
        edit, index, told = json.loads(line)
        harm = Harm(**told)
        reading, ready = os.pipe()
        if not (child := os.fork()):
            _do(edit, index, harm, ready)
            os._exit(0)
        os.close(ready)
        with open(reading, "rb") as answer:
            answer.readline()
            if harm.kill_after is not None:
                time.sleep(harm.kill_after)
                os.kill(child, signal.SIGKILL)
            said_last = answer.read()
        os.waitpid(child, 0)
        print(said_last.decode() if said_last else json.dumps(asdict(Ended(True))), flush=True)


if __name__ == "__main__":
    ingested("a.md", text_of("a.md"))  # the dictionary is there before the first fork
    _serve()
