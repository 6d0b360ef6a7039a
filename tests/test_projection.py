"""The plane: neighbours stay neighbours, equal input gives equal places, and odd input does no harm."""

import numpy as np
import pytest

from yinju.projection import nearest, principal_axes, project
from yinju.types import Vectors


def groups(each: int, count: int, dimension: int = 32) -> Vectors:
    """Unit vectors in groups around directions at right angles, one group after the other."""
    noise = np.random.default_rng(7).normal(0, 0.05, (each * count, dimension))
    vectors = np.repeat(np.eye(count, dimension), each, axis=0) + noise
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_each_group_stays_together() -> None:
    places = project(groups(20, 6))
    found, _ = nearest(places, 10)
    own = np.repeat(np.arange(6), 20)
    assert (own[found] == own[:, None]).mean() > 0.99
    assert places.min() == 0
    assert places.max() == 1


def test_neighbours_are_kept_better_than_by_two_axes() -> None:
    vectors = groups(20, 6)
    wanted, _ = nearest(vectors, 10)

    def kept(places: np.ndarray) -> float:
        found, _ = nearest(places, 10)
        return float(np.mean([len({*a} & {*b}) for a, b in zip(wanted, found, strict=True)])) / 10

    assert kept(project(vectors)) > kept(principal_axes(vectors))


def test_equal_vectors_give_equal_places() -> None:
    vectors = groups(5, 4)
    assert (project(vectors) == project(vectors.copy())).all()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 6, 7])
def test_few_vectors_have_places_too(count: int) -> None:
    places = project(groups(1, max(count, 1))[:count])
    assert places.shape == (count, 2)
    assert ((places >= 0) & (places <= 1)).all()


@pytest.mark.parametrize("vectors", [np.zeros((9, 4), np.float32), np.ones((9, 4), np.float32)])
def test_vectors_that_do_not_differ_share_the_middle(vectors: Vectors) -> None:
    assert (project(vectors) == 0.5).all()


def test_vectors_of_which_most_are_the_same() -> None:
    places = project(np.vstack([np.zeros((30, 8)), np.eye(8)]).astype(np.float32))
    assert np.isfinite(places).all()


def test_nearest_by_hand() -> None:
    found, distances = nearest(np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]]), 2)
    assert found.tolist() == [[1, 2], [0, 2], [1, 0]]
    assert distances.tolist() == [[1, 9], [1, 4], [4, 9]]


@pytest.mark.parametrize("more", [0, 5])
def test_principal_axes_by_hand(more: int) -> None:
    vectors = np.array([[2, 0, 1], [-2, 0, -1], [0, 0.5, 0], [0, -0.5, 0]], np.float32)
    places = principal_axes(np.hstack([vectors, np.zeros((4, more), np.float32)]))
    assert places[:, 0] == pytest.approx([5**0.5, -(5**0.5), 0, 0])
    assert places[:, 1] == pytest.approx([0, 0, 0.5, -0.5])
