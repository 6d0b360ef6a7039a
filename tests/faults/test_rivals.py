"""Two that write at once: one does, the other is told who or comes after it; afterwards all is there, and once."""

import random
import re
import time
from collections import Counter

import pytest
from tests.faults.ground import ADDED, BEFORE, Ground
from tests.faults.states import digests, in_folder, in_index, litter, noted
from tests.faults.warm import Ended, Job, Warm

from yinju.library import build_index, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings

INDEX = Job("command", ["index", "place/corpus", "--index", "place/index"])
REBUILD = Job("command", ["index", "place/corpus", "--index", "place/index", "--rebuild"])
BUSY = re.compile(r"is being written by process \d+; wait until it ends")
UPLOADS = 8


def begun_apart(first: Warm, job: Job, other: Warm, rival: Job, chance: random.Random) -> tuple[Ended, Ended]:
    """How two jobs ended of which one began some time after the other."""
    first.begin(job)
    time.sleep(chance.choice([0.0, chance.uniform(0, 1.0)]))
    other.begin(rival)
    return first.end(), other.end()


@pytest.mark.parametrize(("seed", "rounds"), [(5, 2), pytest.param(50, 50, marks=pytest.mark.faults)])
def test_of_two_that_write_none_harms_the_other(ground: Ground, seed: int, rounds: int) -> None:
    print(f"seed {seed}")
    chance, ended_as = random.Random(seed), Counter[str]()
    with Warm(ground.folder) as other:
        for number in range(rounds):
            edits = number % 2 == 1
            ground.begin("page edits" if edits else "add")
            rival = Job("page edits", ["place/index", f"{seed}-{number}"]) if edits else chance.choice([INDEX, REBUILD])
            one, two = begun_apart(ground.warm, INDEX, other, rival, chance)
            where = f"seed {seed}, round {number}: {one.said}\n{two.said}"
            told = [ended for ended in (one, two) if ended.status]
            assert len(told) < 2 and all(BUSY.search(ended.said) for ended in told), where
            assert two.status == 0 or not edits, f"the page does not wait: {where}"
            ended_as[f"{'page edits' if edits else 'a command'}, {'one told' if told else 'both done'}"] += 1
            state = [told for what, told in noted(two.said) if what == "indexed"][-1] if edits else ADDED
            place = ground.folder / "place"
            assert in_folder(place / "corpus") == state, where
            assert in_index(place / "index", ground.encoder) == digests(state), where
            build_index(place / "corpus", place / "index", encoder=ground.encoder)
            assert not litter(place), where
    print(f"{rounds} rounds: {dict(ended_as)}")


def test_uploads_that_come_together_are_all_there(ground: Ground, real_encoder: Encoder) -> None:
    ground.begin("page edits")
    place = ground.folder / "place"
    with Warm(ground.folder) as other, open_library(place / "index", settings=Settings(reread=False)) as library:
        other.begin(REBUILD)
        texts = {f"一起{number}.txt": f"第{number}份談茶水。" for number in range(UPLOADS)}
        changes = [library.add(name, [text.encode()]) for name, text in texts.items()]
        ended = other.end()
        for change in changes:
            library.editor().wait(change)
    assert ended.status == 0 or BUSY.search(ended.said), ended.said
    assert in_index(place / "index", real_encoder) == digests(BEFORE | texts)
