"""vectors.faiss: inner products worked by hand, of all rows or some, and rows that are not rounded twice."""

from pathlib import Path

import numpy as np
import pytest

from yinju.store.local.vectors import SegmentVectors, VectorWriter, merge_hits
from yinju.types import Vectors

ROWS = np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32)
QUERY = np.array([[0.8, 0.6]], np.float32)


def write(path: Path, *parts: Vectors) -> SegmentVectors:
    """The rows of all parts, written and opened."""
    writer = VectorWriter(parts[0].shape[1])
    for part in parts:
        writer.add(part)
    writer.write(path)
    return SegmentVectors(path)


@pytest.fixture
def index(tmp_path: Path) -> SegmentVectors:
    return write(tmp_path / "vectors.faiss", ROWS[:2], ROWS[2:])


def test_scores_are_inner_products_best_first(index: SegmentVectors) -> None:
    (found,) = index.search(QUERY, 3)
    assert [row for row, _ in found] == [1, 0, 2]
    assert [score for _, score in found] == pytest.approx([0.96, 0.8, 0.6], abs=5e-3)


def test_several_queries_have_the_hits_of_each_alone(index: SegmentVectors) -> None:
    both = np.array([[0.8, 0.6], [-1, 0]], np.float32)
    assert index.search(both, 2) == [index.search(one.reshape(1, 2), 2)[0] for one in both]
    assert index.search(both, 2, np.zeros(0, np.int64)) == [[], []]


def test_no_more_than_asked_for_and_no_more_than_there_are(index: SegmentVectors) -> None:
    assert [row for row, _ in index.search(QUERY, 1)[0]] == [1]
    assert len(index.search(QUERY, 10)[0]) == len(index) == 3


@pytest.mark.parametrize(("rows", "found"), [([0, 2], [0, 2]), ([2], [2]), ([], []), ([0, 1, 2], [1, 0, 2])])
def test_only_some_rows_are_looked_at(index: SegmentVectors, rows: list[int], found: list[int]) -> None:
    assert [row for row, _ in index.search(QUERY, 3, np.array(rows, np.int64))[0]] == found


def test_opposite_and_zero_vectors_have_their_own_scores(index: SegmentVectors) -> None:
    row, score = index.search(np.array([[-1, 0]], np.float32), 3)[0][-1]
    assert row == 0 and score == pytest.approx(-1, abs=5e-3)
    assert {score for _, score in index.search(np.zeros((1, 2), np.float32), 3)[0]} == {0.0}


def test_rows_come_in_the_order_asked_for(index: SegmentVectors) -> None:
    np.testing.assert_allclose(index.rows([2, 0]), ROWS[[2, 0]], atol=5e-3)
    assert index.rows([]).shape == (0, 2)


def test_rows_are_as_they_were_but_for_a_byte_s_rounding(tmp_path: Path) -> None:
    random = np.random.default_rng(1).normal(size=(50, 64)).astype(np.float32)
    unit = random / np.linalg.norm(random, axis=1, keepdims=True)
    once = write(tmp_path / "first", unit)
    again = write(tmp_path / "second", once.rows(range(50)))
    step = (unit.max(axis=0) - unit.min(axis=0)) / 255
    assert (np.abs(once.rows(range(50)) - unit) <= step + 1e-3).all()
    assert (np.abs(again.rows(range(50)) - unit) <= 2 * step + 1e-3).all()
    assert [index.search(unit[7:8], 1)[0][0][0] for index in (once, again)] == [7, 7]


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vectors.faiss").write_bytes("不是索引".encode())
    with pytest.raises(RuntimeError):
        SegmentVectors(tmp_path / "vectors.faiss")


def test_hits_of_several_segments_are_one_list() -> None:
    assert merge_hits([[(1, 0.9), (2, 0.1)], [], [(3, 0.5), (4, 0.2)]], 3) == [(1, 0.9), (3, 0.5), (4, 0.2)]
