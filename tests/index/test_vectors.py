"""vectors.faiss: inner products worked by hand, and rows that stay the same from one generation to the next."""

from pathlib import Path

import numpy as np
import pytest

from yinju.index.vectors import VectorIndex, write_vectors

ROWS = np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32)
QUERY = np.array([0.8, 0.6], np.float32)


@pytest.fixture
def index(tmp_path: Path) -> VectorIndex:
    write_vectors(tmp_path / "vectors.faiss", ROWS)
    return VectorIndex(tmp_path / "vectors.faiss")


def test_scores_are_inner_products_best_first(index: VectorIndex) -> None:
    found = index.search(QUERY, 3)
    assert [row for row, _ in found] == [1, 0, 2]
    assert [score for _, score in found] == pytest.approx([0.96, 0.8, 0.6], abs=1e-3)


def test_no_more_than_asked_for_and_no_more_than_there_are(index: VectorIndex) -> None:
    assert [row for row, _ in index.search(QUERY, 1)] == [1]
    assert len(index.search(QUERY, 10)) == len(index) == 3


def test_opposite_and_zero_vectors_have_their_own_scores(index: VectorIndex) -> None:
    row, score = index.search(np.array([-1, 0], np.float32), 3)[-1]
    assert row == 0 and score == pytest.approx(-1)
    assert {score for _, score in index.search(np.zeros(2, np.float32), 3)} == {0.0}


def test_rows_come_in_the_order_asked_for(index: VectorIndex) -> None:
    np.testing.assert_allclose(index.rows([2, 0]), ROWS[[2, 0]], atol=1e-3)
    assert index.rows([]).shape == (0, 2)


def test_rows_taken_over_are_not_rounded_again(tmp_path: Path) -> None:
    random = np.random.default_rng(1).normal(size=(50, 8)).astype(np.float32)
    write_vectors(tmp_path / "first", random / np.linalg.norm(random, axis=1, keepdims=True))
    write_vectors(tmp_path / "second", VectorIndex(tmp_path / "first").rows(list(range(50))))
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vectors.faiss").write_bytes("不是索引".encode())
    with pytest.raises(RuntimeError):
        VectorIndex(tmp_path / "vectors.faiss")
