"""The power fails in the middle of an edit: what was acknowledged is on the disk, whatever was not confirmed is lost.

A kill cannot show that: what a killed process has written the system still has. Here strace records what a job does to
the disk; for a moment of it the folder is made anew with what was fsynced by then, and of all else nothing, all, the
first, or any part; what an edit had acknowledged by then must be there.
"""

import random
import shutil
from pathlib import Path

import pytest
from tests.faults.disk import FATES, OPTIONS, Call, Disk, calls_in, contents
from tests.faults.ground import KINDS, Ground
from tests.faults.states import copied, need, noted
from tests.faults.warm import Ended

from yinju.conversations import Conversations


def traced(ground: Ground, kind: str, trace: Path) -> tuple[Disk, list[Call]]:
    """What lay there before a job, and what the job did."""
    ground.begin(kind)
    shutil.rmtree(ground.folder / f"before {kind}", ignore_errors=True)
    copied(ground.folder / "place", ground.folder / f"before {kind}")
    ended = ground.do(kind, "3", strace=("-o", str(trace), *OPTIONS))
    assert ended.status == 0, ended.said
    return _disk(ground.folder, kind), [*calls_in(trace)]


def _disk(folder: Path, kind: str) -> Disk:
    disk = Disk(folder / f"before {kind}")
    disk.root = folder / "place"
    return disk


def said_by(call: Call) -> str:
    """What a call writes to the standard output."""
    to_output = call.name == "write" and call.descriptors()[0][0] == "1"
    return b"".join(call.texts()).decode() if to_output else ""


@pytest.mark.parametrize(
    ("kind", "seed", "points"),
    [
        ("update", 3, 2), ("page edits", 3, 3),
        *(pytest.param(kind, 33, 40, marks=pytest.mark.faults) for kind in KINDS),
    ],
)  # fmt: skip
def test_a_loss_of_power_takes_nothing_acknowledged(
    ground: Ground, kind: str, seed: int, points: int, tmp_path: Path
) -> None:
    need("strace")
    disk, calls = traced(ground, kind, tmp_path / "trace")
    chance, place = random.Random(f"{seed} {kind}"), ground.folder / "place"
    moments = [number for number, call in enumerate(calls) if disk.do(call) or said_by(call)]
    disk.now(tmp_path / "now")
    assert contents(tmp_path / "now") == contents(place), "the record is not what was done"
    print(f"seed {seed}: {len(moments)} moments of {kind}")
    disk, said, done = _disk(ground.folder, kind), "", 0
    for point, moment in enumerate(sorted(chance.sample(moments, points))):
        for call in calls[done : moment + 1]:
            disk.do(call)
            said += said_by(call)
        done, fate = moment + 1, FATES[point % len(FATES)]
        disk.lost(place, fate, chance)
        where = f"{kind}, seed {seed}, {fate} after call {moment}: {calls[moment].name}"
        ground.judge(kind, Ended(0, said, 0.0), where)
        print(f"\r{point + 1} points", end="", flush=True)


@pytest.mark.parametrize(("seed", "points"), [(4, 12), pytest.param(44, 200, marks=pytest.mark.faults)])
def test_a_loss_of_power_takes_no_chat_that_was_kept(ground: Ground, seed: int, points: int, tmp_path: Path) -> None:
    need("strace")
    ground.begin("chats")
    place, before = ground.folder / "place", ground.folder / "before chats"
    shutil.rmtree(before, ignore_errors=True)
    copied(place, before)
    ended = ground.warm.do("keep chats", "place/index", "4", strace=("-o", str(tmp_path / "trace"), *OPTIONS))
    assert ended.status == 0 and len(list(noted(ended.said))) == 4, ended.said
    calls, chance, disk = [*calls_in(tmp_path / "trace")], random.Random(seed), _disk(ground.folder, "chats")
    moments = [number for number, call in enumerate(calls) if disk.do(call) or said_by(call)]
    print(f"seed {seed}: {len(moments)} moments")
    disk, said, done = _disk(ground.folder, "chats"), "", 0
    for point, moment in enumerate(sorted(chance.choices(moments, k=points))):
        for call in calls[done : moment + 1]:
            disk.do(call)
            said += said_by(call)
        done, fate = moment + 1, FATES[point % len(FATES)]
        disk.lost(place, fate, chance)
        kept = Conversations(place / "index" / "conversations.sqlite")
        told = {message: text for _, own in noted(said) for message, text in own.items()}
        found = {message: answer.text for message in told if (answer := kept.answer("o" * 22, message))}
        assert found == told, f"seed {seed}, {fate} after call {moment}: {calls[moment].name}"
        kept.chats("o" * 22)
