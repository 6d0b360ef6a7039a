"""A large store is searched by sketches: how far is chosen by what is found, and kept; a small one looks at all."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from yinju.errors import IndexDamagedError, IndexMissingError, IndexWriteError
from yinju.ingest.entries import divide
from yinju.ingest.records import terms_of
from yinju.reading import read_document
from yinju.settings import Settings
from yinju.store.local import vectors
from yinju.store.local.segment_writing import SegmentWriter
from yinju.store.local.store import LocalStore
from yinju.store.local.vectors import SKETCHES, SegmentVectors, VectorWriter
from yinju.store.protocol import Hits, IngestedFile, Snapshot, StoreFacts
from yinju.store.tuning import EFFORTS, ENOUGH, RECALL, Trade, Tuned, choose
from yinju.types import Scope, Vectors

DIMENSION, FILES = 64, 8
FACTS = StoreFacts({"name": "toy", "fingerprint": "toy-1", "dimension": DIMENSION}, {})


def unit(seed: int, count: int) -> Vectors:
    """Unit vectors of chance, always the same."""
    made = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def file_of(number: int) -> IngestedFile:
    """A file of some hundred passages, with vectors of its own."""
    text = "\n\n".join(
        f"第{number}份第{part}段，說的是{part * 7 % 97}號和{number * part % 89}號。" for part in range(120)
    )
    file = divide(read_document(text.encode(), f"{number % 3}/{number}.txt"), Settings(passage_characters=20))
    return replace(file, vectors=unit(number, len(file.passages)))


def asked(snapshot: Snapshot) -> Vectors:
    """Vectors near those of some passages, which have that of a file's each."""
    rows = snapshot.vectors.rows([number for number, _ in snapshot.documents.places()][::9])
    near = rows + 0.08 * np.random.default_rng(5).normal(size=rows.shape).astype(np.float32)
    return np.asarray(near / np.linalg.norm(near, axis=1, keepdims=True), np.float32)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalStore:
    """Of several segments, in which every one of some rows is large."""
    monkeypatch.setattr(vectors, "FEW", 10)
    monkeypatch.setattr(SegmentWriter, "sealed", 300)
    made = LocalStore(tmp_path / "store")
    with made.writer(FACTS) as writer:
        for number in range(FILES):
            writer.add(file_of(number))
        writer.publish()
    return made


def hits(store: LocalStore, queries: Vectors, count: int = 20, *names: str) -> list[Hits]:
    """What is found of what is live."""
    with closing(store.open()) as snapshot:
        within = frozenset(names) if names else None
        return snapshot.vectors.search(queries, count, within)


def sketched(store: LocalStore) -> list[bool]:
    """Whether each segment has sketches."""
    with closing(store.open()) as snapshot:
        return [SKETCHES in entry.digests for entry in snapshot.manifest.segments]


def tuned(store: LocalStore) -> Tuned | None:
    """How far what is live is searched."""
    with closing(store.open()) as snapshot:
        return snapshot.tuned


def test_all_is_looked_at_up_to_a_size(store: LocalStore) -> None:
    before, exact = store.current(), hits(store, unit(99, 9))
    assert store.tune(asked, exact=2_000) == [] and store.current() == before
    assert tuned(store) is None and not any(sketched(store)) and hits(store, unit(99, 9)) == exact


def test_nothing_there_cannot_be_tuned(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        LocalStore(tmp_path / "none").tune(asked, exact=0)
    assert not (tmp_path / "none").exists()


def test_the_least_effort_is_chosen_that_finds_enough(store: LocalStore) -> None:
    exact = hits(store, queries := asked(store.open()))
    trades = store.tune(asked, exact=100, again=True)
    efforts, recalls = [one.effort for one in trades], [one.recall for one in trades]
    assert efforts == [*EFFORTS[: len(efforts) - 1], 0] and recalls[-2] >= ENOUGH
    assert recalls == sorted(recalls) and recalls[-1] == 1 and all(one.milliseconds > 0 for one in trades)
    chosen = tuned(store)
    assert chosen and chosen.recall >= RECALL and all(sketched(store))
    assert next(one.effort for one in trades if one.recall >= RECALL) == chosen.effort
    found = hits(store, queries)
    same = [
        len({row for row, _ in own} & {row for row, _ in whole}) / 20 for own, whole in zip(found, exact, strict=True)
    ]
    assert np.mean(same) == pytest.approx(chosen.recall, abs=1e-3)
    scores, near = dict(found[0]), dict(exact[0])
    assert all(scores[number] == pytest.approx(near[number], abs=1e-5) for number in scores.keys() & near.keys())
    assert [score for _, score in found[0]] == sorted(scores.values(), reverse=True)


def test_more_can_be_wanted_and_is_kept(store: LocalStore) -> None:
    store.tune(asked, exact=100)
    store.tune(asked, exact=100, wanted=0.5)
    assert (own := tuned(store)) and (own.effort, own.wanted) == (EFFORTS[0], 0.5)
    number = store.current()
    assert store.tune(asked, exact=100) == [] and store.current() == number
    assert store.tune(asked, exact=100, again=True) and tuned(store) == own and store.current() == number


def test_what_was_chosen_is_kept_over_edits_and_when_put_together(store: LocalStore) -> None:
    store.tune(asked, exact=100)
    chosen = tuned(store)
    with store.writer() as writer:
        writer.add(file_of(FILES))
        writer.remove("0/0.txt")
        writer.publish()
    assert tuned(store) == chosen and all(sketched(store)) and store.tune(asked, exact=100) == []
    gone = {number for number, name in store.open().documents.places() if name == "0/0.txt"}
    assert not gone and len(hits(store, unit(0, 5), 30)[0]) == 30
    store.compact(terms_of, whole=True)
    assert tuned(store) == chosen and all(sketched(store))
    new = unit(FILES, 1)
    (number, cosine), *_ = hits(store, new)[0]
    assert store.open().documents.passages([number])[0].document == f"{FILES % 3}/{FILES}.txt"
    assert cosine == pytest.approx(1, abs=0.02)


def test_going_back_is_to_what_was_chosen_then(store: LocalStore) -> None:
    first = store.current()
    with store.writer() as writer:
        writer.remove("0/0.txt")
        writer.publish()
    exact = hits(store, unit(99, 5))
    store.tune(asked, exact=100)
    assert tuned(store)
    assert store.rollback() == first and tuned(store) is None
    assert store.tune(asked, exact=100) and tuned(store)
    assert len(exact) == 5


def test_it_is_measured_anew_once_there_is_much_more(store: LocalStore) -> None:
    store.tune(asked, exact=100)
    with store.writer() as writer:
        for number in range(FILES, FILES + 4):
            writer.add(file_of(number))
        writer.publish()
    assert store.tune(asked, exact=100)
    assert (own := tuned(store)) and own.passages == len(store.open())
    assert store.tune(asked, exact=10_000) == [] and tuned(store) is None


def test_a_few_passages_more_or_less_are_no_reason_to_measure_anew(store: LocalStore) -> None:
    """As where documents come and go in a store that has about as many as are all looked at."""
    count = len(store.open())
    store.tune(asked, exact=count - 1)
    own, number = tuned(store), store.current()
    assert own and store.tune(asked, exact=count) == [] and (tuned(store), store.current()) == (own, number)
    assert store.tune(asked, exact=count * 4 // 3 + 1) == [] and tuned(store) is None


def test_no_other_document_is_found_in_a_scope(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    names = sorted(store.open().documents.within(Scope(folders=frozenset({"1"}))))
    exact = hits(store, unit(99, 20), 20, *names)
    store.tune(asked, exact=100)
    for few in (10, 10_000):  # by sketches, and by all of its few rows
        monkeypatch.setattr(vectors, "FEW", few)
        found = hits(store, unit(99, 20), 20, *names)
        documents = {p.document for own in found for p in store.open().documents.passages([row for row, _ in own])}
        assert documents == {*names}
        assert np.mean([{*dict(a)} == {*dict(b)} for a, b in zip(found, exact, strict=True)]) > 0.9


def cut(data: bytes) -> bytes:
    """Half of it."""
    return data[: len(data) // 2]


@pytest.mark.parametrize("damage", [cut, lambda data: b"", lambda data: data[:-1] + b"?"])
def test_damaged_sketches_are_refused_and_what_is_open_goes_on(
    store: LocalStore, damage: Callable[[bytes], bytes]
) -> None:
    store.tune(asked, exact=100)
    opened = store.open()
    expected = opened.vectors.search(unit(99, 3), 20)
    path = next(store.index.rglob(SKETCHES))
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(IndexDamagedError, match=SKETCHES):
        LocalStore(store.index).open()
    assert opened.vectors.search(unit(99, 3), 20) == expected


def test_a_disk_that_is_full_leaves_all_as_it_was(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: SegmentVectors, path: Path) -> None:
        path.write_bytes(b"half")
        raise RuntimeError("No space left on device")

    before = store.current()
    with monkeypatch.context() as patched:
        patched.setattr(SegmentVectors, "write_sketches", fail)
        with pytest.raises(IndexWriteError, match="No space left"):
            store.tune(asked, exact=100)
    assert not [*store.index.rglob("sketches*")] and store.current() == before and tuned(store) is None
    assert store.tune(asked, exact=100) and tuned(store)


def test_sketches_of_the_same_rows_are_the_same(tmp_path: Path) -> None:
    writer = VectorWriter(DIMENSION)
    writer.add(unit(1, 50))
    writer.write(tmp_path / "vectors.faiss")
    for name in "ab":
        SegmentVectors(tmp_path / "vectors.faiss").write_sketches(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(("wanted", "effort"), [(0.7, 50), (0.9, 100), (0.95, 200), (0.99, 0)])
def test_all_are_looked_at_where_nothing_less_will_do(wanted: float, effort: int) -> None:
    trades = [Trade(50, 0.8, 1), Trade(100, 0.92, 2), Trade(200, 0.97, 3), Trade(0, 1.0, 9)]
    assert choose(trades, wanted, 1_000).effort == effort
