"""The disk is full in the middle of an edit: it is said, the index there answers as before, nothing is left over."""

import json
import re
from collections import Counter

import pytest
from tests.faults.full_disk import LONG
from tests.faults.ground import BEFORE, COMMANDS, Ground
from tests.faults.states import State, digests, need_namespaces
from tests.faults.warm import Warm

from yinju.messages import say

EDITS = ("add", "upload", "chat", "first build", "re-index")
TOLD = r"No space left on device\): about [\d,.]+ MB are needed, [\d,.]+ MB are free; make room"
"""What a command says."""

TOLD_LINE = r'^\["(?:tried|after|again)".*'


def before_and_after(kind: str) -> tuple[State | None, State]:
    """What the index holds before an edit and after it."""
    before = None if kind == "first build" else digests(BEFORE)
    after = COMMANDS.get(kind, BEFORE | ({"新.txt": LONG} if kind == "upload" else {}))
    return before, digests(after)


@pytest.mark.parametrize("points", [4, pytest.param(50, marks=pytest.mark.faults)])
def test_a_full_disk_is_told_and_harms_nothing(ground: Ground, points: int) -> None:
    """There is room for nothing, up to three times what an edit leaves: it needs more while it is made."""
    need_namespaces("-rm")
    refused: Counter[str] = Counter()
    with Warm(ground.folder, "unshare", "-rm") as warm:
        assert warm.do("mount").status == 0
        for number in range(points):
            kind, share = EDITS[number % len(EDITS)], 3 * (number // len(EDITS) / max(points // len(EDITS) - 1, 1)) ** 3
            ended = warm.do("full disk", kind, share)
            where = f"{kind} with {share:.0%} of its room: {ended.said[-2_000:]}"
            assert ended.status == 0, where
            tried, after, again, in_the_end = map(
                json.loads, re.findall(r'^\["(?:tried|after|again)".*', ended.said, re.M)
            )
            before, done = before_and_after(kind)
            if tried[1]["refused"]:
                refused[kind] += 1
                assert _is_told(kind, tried[1]["said"], ended.said), where
                assert after[1] == before, where
            else:
                assert after[1] == done, where
            assert after[3] == [], where
            assert not again[1]["refused"] and in_the_end[1] == done and in_the_end[3] == [], where
        print(f"\r{number + 1} points", end="", flush=True)
    print(f"{refused.total()} of {points} were refused: {dict(refused)}")
    assert {*refused} == {*EDITS[:points]}


def _is_told(kind: str, said: str, printed: str) -> bool:
    if kind == "chat":
        return said == say("chat.unsaved", "en")
    if kind == "upload":
        return "The disk is full and nothing was written" in said or "index_unwritten" in said
    return bool(re.search(TOLD, printed)) and "Traceback" not in printed
