"""Killed at any moment and at every change of the disk: what was acknowledged is there, and the next run mends the rest.

A job is killed with all its processes. Then, without any repair: the folder and the index hold what they held before
an edit or after it, after it where that was told; the next run makes of it what an uninterrupted build does, and
leaves nothing behind that belongs to nobody.
"""

import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.faults.states import (
    Said,
    State,
    all_said,
    copied,
    digests,
    document_text,
    in_folder,
    in_index,
    litter,
    need,
    noted,
    write_folder,
)
from tests.faults.warm import Ended, Warm

from yinju.errors import IndexMissingError
from yinju.library import build_index
from yinju.protocols import Encoder

OPENS_SECONDS = 10
CHANGING = (
    "write", "pwrite64", "writev", "ftruncate", "fallocate", "rename", "renameat", "renameat2", "link", "linkat",
    "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "fsync", "fdatasync",
)  # fmt: skip
"""Every system call that changes what a disk holds, or has it confirmed."""

BEFORE = {f"{name}.txt": document_text(name) for name in ("甲", "乙", "丙", "丁")} | {"舊/戊.md": document_text("戊")}
ADDED = BEFORE | {"己.txt": document_text("己"), "新/庚.md": document_text("庚")}
FEWER = {name: text for name, text in BEFORE.items() if name not in ("甲.txt", "舊/戊.md")}
CHANGED = BEFORE | {"甲.txt": document_text("改過的甲"), "乙.txt": document_text("改過的乙")}
COMMANDS: dict[str, State] = {
    "first build": BEFORE, "add": ADDED, "delete": FEWER, "update": CHANGED, "re-index": CHANGED,
}  # fmt: skip
"""What the folder holds when `yinju index` is run, by the kind of edit; its index holds BEFORE, but at the first."""


@dataclass
class Ground:
    """Copies of a folder with its index, on which jobs come to harm."""

    folder: Path
    warm: Warm
    encoder: Encoder
    whole: dict[frozenset[tuple[str, str]], Said] = field(default_factory=dict)
    """What a folder holds → what its index says when it is built from nothing."""

    def begin(self, kind: str) -> None:
        """Lay out a folder, where a job of a kind is to begin; its place is always the same."""
        place = self.folder / "place"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        copied(self.folder / "base" / "corpus", place / "corpus")
        if kind != "first build":
            copied(self.folder / "base" / "index", place / "index")
        if kind in COMMANDS:
            wanted = COMMANDS[kind]
            for name in BEFORE.keys() - wanted.keys():
                (place / "corpus" / name).unlink()
            changed = {name: text for name, text in wanted.items() if BEFORE.get(name) != text}
            for name, text in changed.items():
                (place / "corpus" / name).parent.mkdir(exist_ok=True)
                (place / "corpus" / name).write_text(text, "utf-8")

    def do(self, kind: str, seed: str = "1", **harm: float | Sequence[str] | None) -> Ended:
        """Run a job of a kind in its place."""
        if kind == "page edits":
            return self.warm.do("page edits", "place/index", seed, **harm)  # type: ignore[arg-type]
        more = ("--rebuild",) if kind == "re-index" else ()
        return self.warm.do("command", "index", "place/corpus", "--index", "place/index", *more, **harm)  # type: ignore[arg-type]

    def judge(self, kind: str, ended: Ended, where: str) -> None:
        """See that nothing acknowledged was lost, and that the next run mends the rest."""
        place = self.folder / "place"
        folders, indexed = self._allowed(kind, ended)
        folder = in_folder(place / "corpus")
        assert folder in folders, f"{where}: the folder holds {sorted(folder)}"
        begun = time.monotonic()
        try:
            found = in_index(place / "index", self.encoder)
        except IndexMissingError:
            found = {}
        assert time.monotonic() - begun < OPENS_SECONDS, where
        assert found in [digests(state) for state in indexed], f"{where}: the index holds {sorted(found)}\n{ended.said}"
        build_index(place / "corpus", place / "index", encoder=self.encoder)
        assert in_index(place / "index", self.encoder) == digests(folder), where
        assert all_said(place / "index").same(self._built_whole(folder)), where
        assert not litter(place) and not [*(self.folder / "temporary").iterdir()], f"{where}: {litter(place)}"

    def _allowed(self, kind: str, ended: Ended) -> tuple[list[State], list[State]]:
        """What the folder may hold and what the index may, by how far the job said it was."""
        if kind in COMMANDS:
            before, after = ({} if kind == "first build" else BEFORE), COMMANDS[kind]
            told = "generation" in ended.said  # the last line of the report
            return [after], [after] if told else [before, after]
        folders, indexed = [BEFORE], [BEFORE]
        for what, state in noted(ended.said):
            if what == "begun":
                folders, indexed = [folders[-1], state], [indexed[-1], state]
            elif what == "kept":
                folders = [state]
            else:
                indexed = [state]
        return folders, indexed

    def _built_whole(self, state: State) -> Said:
        """What an uninterrupted build of a folder says."""
        key = frozenset(state.items())
        if key not in self.whole:
            place = self.folder / "whole"
            write_folder(place / "corpus", state)
            shutil.rmtree(place / "index", ignore_errors=True)
            build_index(place / "corpus", place / "index", encoder=self.encoder)
            self.whole[key] = all_said(place / "index")
        return self.whole[key]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[Ground]:
    """An index of BEFORE, and a warm process."""
    folder = tmp_path_factory.mktemp("kills")
    place = folder / "place"
    write_folder(place / "corpus", BEFORE)
    build_index(place / "corpus", place / "index", encoder=real_encoder)
    place.rename(folder / "base")  # the index knows its folder as what lies at place/corpus
    with Warm(folder) as warm:
        yield Ground(folder, warm, real_encoder)


KINDS = (*COMMANDS, "page edits")


@pytest.mark.parametrize(("seed", "points"), [(1, 12), pytest.param(19, 1_000, marks=pytest.mark.faults)])
def test_a_kill_at_any_time_loses_nothing(ground: Ground, seed: int, points: int) -> None:
    print(f"seed {seed}")
    chance, longest, killed = random.Random(seed), dict[str, float](), Counter[str]()
    for number in range(points):
        kind = KINDS[number % len(KINDS)]
        if kind not in longest:
            ground.begin(kind)
            ended = ground.do(kind)
            assert ended.status == 0, ended.said
            ground.judge(kind, ended, f"{kind}, not killed")
            longest[kind] = ended.seconds
        ground.begin(kind)
        after = chance.uniform(0, longest[kind] * 1.05)
        ended = ground.do(kind, f"{seed}-{number}", kill_after=after)
        killed[kind] += ended.killed
        assert ended.killed or ended.status == 0, ended.said
        ground.judge(kind, ended, f"{kind} of seed {seed}, point {number}, killed after {after:.4f} s")
        print(f"\r{number + 1} points, killed before their end: {dict(killed)}", end="", flush=True)
    assert killed.total() > points / 2


@pytest.mark.parametrize(("seed", "points"), [(2, 10), pytest.param(0, 0, marks=pytest.mark.faults)])
def test_a_kill_at_a_change_of_the_disk_loses_nothing(ground: Ground, seed: int, points: int, tmp_path: Path) -> None:
    """At so many of the system calls that change the disk, or, where that is 0, at every one."""
    need("strace")
    calls = [(kind, *call) for kind in KINDS for call in _changing_calls(ground, kind, tmp_path / "trace")]
    print(f"seed {seed}: {len(calls)} changes of the disk, by kind {dict(Counter(kind for kind, *_ in calls))}")
    chosen = random.Random(seed).sample(calls, points) if points else calls
    killed = 0
    for kind, name, number in chosen:
        ground.begin(kind)
        inject = f"inject={name}:signal=SIGKILL:when={number}"
        ended = ground.do(kind, strace=("-o", "/dev/null", "-e", f"trace={name}", "-e", inject))
        killed += ended.killed
        ground.judge(kind, ended, f"{kind}, killed at {name} {number}")
        print(f"\r{killed} of {len(chosen)} killed", end="", flush=True)
    assert killed > 0.9 * len(chosen)  # the threads of tantivy may do with one less


def _changing_calls(ground: Ground, kind: str, trace: Path) -> list[tuple[str, int]]:
    """Each call of a job that changes the disk, as strace counts them: by name, and for each thread of its own."""
    ground.begin(kind)
    ended = ground.do(kind, strace=("-o", str(trace), "-e", f"trace={','.join(CHANGING)}"))
    assert ended.status == 0, ended.said
    counts: Counter[tuple[str, str]] = Counter()
    for line in trace.read_text("utf-8", errors="replace").splitlines():
        thread, _, call = line.partition(" ")
        name, opened, _ = call.strip().partition("(")
        if opened and name in CHANGING:
            counts[thread, name] += 1
    most = {name: max(n for (_, own), n in counts.items() if own == name) for _, name in counts}
    return [(name, number) for name, count in most.items() for number in range(1, count + 1)]
