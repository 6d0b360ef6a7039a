"""Killed at any moment and at every change of the disk: what was acknowledged is there, the next run mends the rest.

A job is killed with all its processes. Then, without any repair: the folder and the index hold what they held before
an edit or after it, after it where that was told; the next run makes of it what an uninterrupted build does, and
leaves nothing behind that belongs to nobody.
"""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.faults.ground import KINDS, Ground
from tests.faults.states import need

CHANGING = (
    "write", "pwrite64", "writev", "ftruncate", "fallocate", "rename", "renameat", "renameat2", "link", "linkat",
    "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "fsync", "fdatasync",
)  # fmt: skip
"""Every system call that changes what a disk holds, or has it confirmed."""


FEW = ("first build", "update", "page edits")
"""What is done in short."""


@pytest.mark.parametrize(
    ("kinds", "seed", "points"), [(FEW, 1, 9), pytest.param(KINDS, 19, 1_000, marks=pytest.mark.faults)]
)
def test_a_kill_at_any_time_loses_nothing(ground: Ground, kinds: Sequence[str], seed: int, points: int) -> None:
    print(f"seed {seed}")
    chance, longest, killed = random.Random(seed), dict[str, float](), Counter[str]()
    for number in range(points):
        kind = kinds[number % len(kinds)]
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
    assert killed.total() > points / 4  # a job may be quicker than the first of its kind


@pytest.mark.parametrize(
    ("kinds", "seed", "points"), [(FEW[1:], 2, 4), pytest.param(KINDS, 0, 0, marks=pytest.mark.faults)]
)
def test_a_kill_at_a_change_of_the_disk_loses_nothing(
    ground: Ground, kinds: Sequence[str], seed: int, points: int, tmp_path: Path
) -> None:
    """At so many of the system calls that change the disk, or, where that is 0, at every one."""
    need("strace")
    calls = [(kind, *call) for kind in kinds for call in _changing_calls(ground, kind, tmp_path / "trace")]
    print(f"seed {seed}: {len(calls)} changes of the disk, by kind {dict(Counter(kind for kind, *_ in calls))}")
    chosen = random.Random(seed).sample(calls, points or len(calls))
    killed = 0
    for kind, name, number in chosen:
        ground.begin(kind)
        inject = f"inject={name}:signal=SIGKILL:when={number}"
        ended = ground.do(kind, strace=("-o", "/dev/null", "-e", f"trace={name}", "-e", inject))
        killed += ended.killed
        ground.judge(kind, ended, f"{kind}, killed at {name} {number}")
        print(f"\r{killed} of {len(chosen)} killed", end="", flush=True)
    assert killed >= 0.75 * len(chosen)  # the threads of tantivy may do with one less


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
