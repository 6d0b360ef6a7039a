"""Vectors of passages by their ids, beside what is published: kept, found, restricted, damaged, put together."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from yinju.embedding import unit
from yinju.store.meanings import FOLDER, Meanings
from yinju.store.protocol import Names
from yinju.types import Vectors


class Numbers:
    """Documents of which only the ids are asked."""

    def __init__(self, *ids: int) -> None:
        """These."""
        self._ids = np.array(ids, np.int64)

    def ids(self, within: Names | None = None) -> np.ndarray:
        """As they were given."""
        return self._ids


def vectors(count: int, seed: int = 1) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(count, 384)).astype(np.float32))


def search(meanings: Meanings, ids: Sequence[int], vector: Vectors, count: int = 3) -> list[tuple[int, float]]:
    documents = Numbers(*ids)
    return meanings.of(documents).search(vector, count)  # type: ignore[arg-type]


def test_what_was_added_is_found_by_its_id_with_its_cosine(tmp_path: Path) -> None:
    meanings, own = Meanings(tmp_path, "m"), vectors(50)
    assert search(meanings, range(50), own[0]) == [] and not (tmp_path / FOLDER).exists()
    with meanings.adding() as may:
        assert may
        meanings.add([7 * n for n in range(30)], own[:30])
        meanings.add([7 * n for n in range(30, 50)], own[30:])
    for n in (0, 29, 30, 49):
        found = search(meanings, [7 * n for n in range(50)], own[n], 50)
        assert found[0][0] == 7 * n and found[0][1] == pytest.approx(1, abs=0.01) and len(found) == 50
        assert [score for _, score in found] == pytest.approx(sorted(own @ own[n], reverse=True), abs=0.01)
    assert meanings.missing(np.array([0, 1, 343, 350])).tolist() == [1, 350]
    assert search(Meanings(tmp_path, "other"), range(50), own[0]) == []


def test_a_vector_stands_for_another_id_as_well(tmp_path: Path) -> None:
    meanings, own = Meanings(tmp_path, "m"), vectors(20)
    with meanings.adding():
        meanings.add(range(10), own[:10])
        meanings.add(range(10, 20), own[10:])
        meanings.copy({3: 103, 15: 115, 99: 199})
    assert search(meanings, [103, 115], own[3])[0][0] == 103 and search(meanings, [103, 115], own[15])[0][0] == 115
    assert meanings.missing(np.array([3, 103, 115, 199])).tolist() == [199]


def test_only_passages_of_the_documents_asked_are_found(tmp_path: Path) -> None:
    meanings, own = Meanings(tmp_path, "m"), vectors(20)
    with meanings.adding():
        meanings.add(range(20), own)
    assert search(meanings, [3, 5, 99], own[4], 9) == [
        hit for hit in search(meanings, range(20), own[4], 20) if hit[0] in (3, 5)
    ]
    documents = Numbers(3, 5, 99)
    assert len(meanings.of(documents)) == 2  # type: ignore[arg-type]
    assert meanings.of(documents) is meanings.of(documents)  # type: ignore[arg-type]
    assert search(meanings, [], own[4]) == []


def test_one_adds_at_a_time(tmp_path: Path) -> None:
    with Meanings(tmp_path, "m").adding() as first, Meanings(tmp_path, "m").adding() as second:
        assert (first, second) == (True, False)
    with Meanings(tmp_path, "m").adding() as again:
        assert again


@pytest.mark.parametrize("harm", ["cut", "bit", "empty", "other"])
def test_a_damaged_file_is_as_if_it_were_never_there(tmp_path: Path, harm: str) -> None:
    own = vectors(40)
    with Meanings(tmp_path, "m").adding():
        Meanings(tmp_path, "m").add(range(20), own[:20])
        Meanings(tmp_path, "m").add(range(20, 40), own[20:])
    path = min((tmp_path / FOLDER).glob("m-*.npz"))
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(flipped) // 2] ^= 4
    path.write_bytes({"cut": whole[:99], "bit": bytes(flipped), "empty": b"", "other": b"PK" * 50}[harm])
    meanings = Meanings(tmp_path, "m")
    assert meanings.missing(np.arange(40)).tolist() == [*range(20)]
    assert not path.exists() and search(meanings, range(40), own[30], 1)[0][0] == 30


def test_no_flipped_bit_is_read_as_something_else(tmp_path: Path) -> None:
    own = vectors(2)
    with Meanings(tmp_path, "m").adding():
        Meanings(tmp_path, "m").add([5, 6], own)
    (path,) = (tmp_path / FOLDER).glob("m-*.npz")
    whole, right = path.read_bytes(), search(Meanings(tmp_path, "m"), [5, 6], own[0])
    for bit in range(0, len(whole) * 8, 11):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        assert search(Meanings(tmp_path, "m"), [5, 6], own[0]) in (right, [])


def test_many_files_become_one_without_what_is_gone(tmp_path: Path) -> None:
    meanings, own = Meanings(tmp_path, "m"), vectors(40)
    with meanings.adding():
        for n in range(0, 40, 2):
            meanings.add([n, n + 1], own[n : n + 2])
        reading = Meanings(tmp_path, "m")
        assert len(reading.parts()) == 20
        meanings.tidy(np.arange(30))
    assert len(meanings.parts()) == len(reading.parts()) == 1
    assert reading.missing(np.arange(40)).tolist() == [*range(30, 40)]
    assert search(reading, range(40), own[12], 1)[0][0] == 12
