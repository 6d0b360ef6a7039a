"""Any file of an index cut, flipped, zeroed, shuffled, grown or gone: found before a wrong answer; nothing crashes."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.faults.ground import CHANGED, Ground
from tests.faults.states import write_folder

from yinju.conversations import Conversations
from yinju.library import Library, build_index, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings

PAGE = 4_096
Damage = Callable[[bytes, random.Random], bytes | None]
"""What a file holds → what it holds then; None where it is gone."""


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.choice([0, 1, 16, 100, len(data) - 1, chance.randrange(len(data))])]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 40])):
        bit = chance.randrange(8 * len(data))
        changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    page = chance.randrange(-(-len(data) // PAGE)) * PAGE
    return data[:page] + bytes(len(data[page : page + PAGE])) + data[page + PAGE :]


def _swapped(data: bytes, chance: random.Random) -> bytes:
    size = PAGE if len(data) > 2 * PAGE else max(len(data) // 3, 1)
    pages = [data[at : at + size] for at in range(0, len(data), size)]
    one, other = chance.randrange(len(pages)), chance.randrange(len(pages))
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


DAMAGES: dict[str, Damage] = {
    "cut": _cut, "flipped": _flipped, "zeroed": _zeroed, "swapped": _swapped,
    "grown": lambda data, chance: data + chance.randbytes(chance.choice([1, PAGE])), "gone": lambda data, chance: None,
}  # fmt: skip


def lived_in(ground: Ground, encoder: Encoder) -> Path:
    """An index with a history: three segments, something deleted, tags, a chat."""
    corpus, index = ground.folder / "lived" / "corpus", ground.folder / "lived" / "index"
    ground.begin("page edits")
    (ground.folder / "place").rename(ground.folder / "lived")
    write_folder(corpus, CHANGED)
    build_index(corpus, index, encoder=encoder)
    with open_library(index, encoder=encoder, settings=Settings(reread=False)) as library:
        _edit(library)
    return index


def _edit(library: Library) -> None:
    editor = library.editor()
    for change in (
        library.add("辛.txt", ["辛談新年。".encode()]),
        library.remove("丙.txt"),
        editor.tag("丁.txt", ["紅"]),
    ):
        editor.wait(change)
    Conversations(library.index / "conversations.sqlite").keep("o" * 22, "chat", library.ask("茶水要幾度？"))


def of_live(index: Path) -> set[str]:
    """The files that the live publication is made of."""
    number = int((index / "CURRENT").read_text().split()[0])
    folder = f"generations/{number:06d}"
    manifest = json.loads((index / folder / "manifest.json").read_bytes())
    words = {f"{folder}/keywords/{name}" for name in manifest["keywords"]}
    segments = {f"segments/{one['name']}/{name}" for one in manifest["segments"] for name in one["digests"]}
    return {"CURRENT", f"{folder}/manifest.json", *words, *segments}


@pytest.mark.parametrize(("seed", "times"), [(8, 24), pytest.param(89, 2_000, marks=pytest.mark.faults)])
def test_damage_is_found_before_a_wrong_answer(ground: Ground, real_encoder: Encoder, seed: int, times: int) -> None:
    index, chance, found = lived_in(ground, real_encoder), random.Random(seed), Counter[str]()
    files, live = sorted(path for path in index.rglob("*") if path.is_file()), of_live(index)
    right = ground.warm.do("answers", "lived/index").said
    assert '"held"' in right, right
    print(f"seed {seed}, {len(files)} files, {len(live)} of them live")
    for number in range(times):
        path, kind = files[number % len(files)], chance.choice([*DAMAGES])
        name, data = path.relative_to(index).as_posix(), path.read_bytes()
        changed = DAMAGES[kind](data, chance) if data else b"x"
        linked = path.stat().st_ino in {(index / one).stat().st_ino for one in live} and changed is not None
        with damaged(path, changed):
            ended = ground.warm.do("answers", "lived/index")
            where = f"{name} {kind}, seed {seed}, number {number}: {ended.said[-600:]}"
            assert ended.status == 0, where
            same = changed == data or (name == "CURRENT" and (changed or b"").split() == data.split())
            matters = (name in live or linked) and not same
            found[_outcome(ended.said, right, path, where, matters)] += 1
            assert not matters or (path.read_bytes() if path.exists() else None) == changed, f"{where}: written over"
        print(f"\r{number + 1} damages: {dict(found)}", end="", flush=True)
    assert ground.warm.do("answers", "lived/index").said == right


@contextmanager
def damaged(path: Path, content: bytes | None) -> Iterator[None]:
    """Have a file hold something else under all its names, or be gone under this one, for a while."""
    data, away = path.read_bytes(), path.with_name("away")
    if content is None:
        path.rename(away)
    else:
        path.write_bytes(content)
    yield
    if content is None:
        away.rename(path)
    else:
        path.write_bytes(data)


def _outcome(said: str, right: str, path: Path, where: str, matters: bool) -> str:
    """How a start over a damaged file went: refused by name with the remedy, or nothing that is answered from."""
    if matters:
        told = json.loads(said).get("refused", "")
        assert told.startswith(("IndexDamagedError", "IndexMismatchError")) and "--rebuild" in told, where
        assert path.name in told or path.name == "CURRENT", where
        return "refused"
    assert said == right, where
    return "not answered from"
