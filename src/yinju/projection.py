"""Vectors → their places on a plane, where near ones stay near: exact t-SNE (van der Maaten and Hinton 2008).

It begins with the two principal axes, so that equal vectors always give equal places. Of 10 nearest neighbours it keeps
five to ten times as many as these axes do: docs/experiments.md.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from yinju.types import Vectors

Places = NDArray[np.float64]
"""(n, 2): each from 0 to 1."""

PERPLEXITY = 10.0
"""About how many neighbours each one is drawn to."""
NEIGHBOURS = 30
"""How many are looked at for that: three times as many, as usual."""
STEPS, EXAGGERATED_STEPS, EXAGGERATION = 180, 60, 12.0
"""In the first steps neighbours are drawn together many times as strongly, so that groups find each other."""
LEAST_RATE = 2.0
"""Of learning; more lets a handful of points fly apart."""
LEAST_FORCE = 1e-12
_BLOCK = 32
"""How many are pushed apart from all others at a time: so few that it fits a cache and BLAS wakes no second thread."""


class _Pairs(NamedTuple):
    """Neighbours, and how strongly each pair is drawn together; over all pairs this sums to 1/2."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    strength: NDArray[np.float64]


def project(vectors: Vectors) -> Places:
    """The places of (n, d) vectors; alike ones close together, in the middle where there is but one."""
    count = len(vectors)
    if count < 2:
        return np.full((count, 2), 0.5)
    places = principal_axes(vectors)
    if count > 5 and np.ptp(places) > 0:
        places = _settle(places / np.std(places[:, 0]) * 1e-2, _neighbours(vectors))
    return _framed(places)


def principal_axes(vectors: Vectors) -> Places:
    """(n, 2): the vectors along the two axes in which they differ most, the farthest on each at its positive end."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    if len(centred) < centred.shape[1]:  # the same places from the smaller matrix
        values, own = np.linalg.eigh(centred @ centred.T)
        places = own[:, :-3:-1] * np.sqrt(np.maximum(values[:-3:-1], 0))
    else:
        places = centred @ np.linalg.eigh(centred.T @ centred)[1][:, :-3:-1]
    farthest = places[np.abs(places).argmax(axis=0), [0, 1]]
    return np.asarray(places * np.where(farthest < 0, -1.0, 1.0))


def nearest(vectors: Vectors | Places, count: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Of each vector the `count` others nearest to it, nearest first, and their squared distances."""
    lengths = np.einsum("ij,ij->i", vectors, vectors)
    distances = np.maximum(lengths[:, None] + lengths - 2 * (vectors @ vectors.T), 0).astype(np.float64)
    np.fill_diagonal(distances, np.inf)
    found = np.argpartition(distances, count - 1, axis=1)[:, :count]
    order = np.argsort(np.take_along_axis(distances, found, axis=1), axis=1, kind="stable")
    found = np.take_along_axis(found, order, axis=1)
    return found, np.take_along_axis(distances, found, axis=1)


def _neighbours(vectors: Vectors) -> _Pairs:
    count = min(NEIGHBOURS, len(vectors) - 1)
    found, distances = nearest(vectors, count)
    strengths = _strengths(distances, min(PERPLEXITY, count / 3)) / (2 * len(vectors))
    return _Pairs(np.repeat(np.arange(len(vectors)), count), found.ravel(), strengths.ravel())


def _strengths(distances: NDArray[np.float64], perplexity: float) -> NDArray[np.float64]:
    """(n, k) shares that fall off with the squared distance, so fast that each row's perplexity is the one given."""
    low, high = np.zeros(len(distances)), np.full(len(distances), np.inf)
    rate = 1 / np.maximum(distances.mean(axis=1), 1e-9)
    shares = np.zeros_like(distances)
    for _ in range(40):
        shares = np.exp(-(distances - distances[:, :1]) * rate[:, None])
        shares /= shares.sum(axis=1, keepdims=True)
        entropy = -(shares * np.log(np.maximum(shares, LEAST_FORCE))).sum(axis=1)
        wide = entropy > np.log(perplexity)
        low, high = np.where(wide, rate, low), np.where(wide, high, rate)
        rate = np.where(np.isinf(high), rate * 2, (low + high) / 2)
    return shares


def _settle(places: Places, pairs: _Pairs) -> Places:
    """The places after gradient descent with momentum, each coordinate at a pace of its own."""
    speed, gains = np.zeros_like(places), np.ones_like(places)
    rate = max(len(places) / EXAGGERATION, LEAST_RATE)
    for step in range(STEPS):
        early = step < EXAGGERATED_STEPS
        gradient = 4 * (_drawn(places, pairs) * (EXAGGERATION if early else 1.0) - _pushed(places))
        gains = np.maximum(np.where(np.sign(gradient) == np.sign(speed), gains * 0.8, gains + 0.2), 0.01)
        speed = (0.5 if early else 0.8) * speed - rate * gains * gradient
        places = places + speed
        places -= places.mean(axis=0)
    return places


def _drawn(places: Places, pairs: _Pairs) -> Places:
    """The pull of neighbours on each."""
    apart = places[pairs.one] - places[pairs.other]
    pull = apart * (pairs.strength / (1 + np.einsum("ij,ij->i", apart, apart)))[:, None]
    count = len(places)
    axes = [np.bincount(pairs.one, along, count) - np.bincount(pairs.other, along, count) for along in pull.T]
    return np.stack(axes, axis=1)


def _pushed(places: Places) -> Places:
    """The push of all others on each; single precision is enough for a sum of so many."""
    own = places.astype(np.float32)
    lengths = np.einsum("ij,ij->i", own, own)
    ones = np.ones_like(lengths)
    left, right = np.c_[-2 * own, lengths + 1, ones], np.c_[own, ones, lengths].T.copy()
    weighed = np.c_[ones, own]
    total, sums = -float(len(own)), np.empty_like(weighed)
    for start in range(0, len(own), _BLOCK):
        closeness = np.reciprocal(left[start : start + _BLOCK] @ right)  # 1 / (1 + squared distance)
        total += float(closeness.sum())
        closeness *= closeness
        sums[start : start + _BLOCK] = closeness @ weighed
    return np.asarray((sums[:, :1] * own - sums[:, 1:]) / max(total, LEAST_FORCE), np.float64)


def _framed(places: Places) -> Places:
    """The places with each axis spread from 0 to 1; in the middle along an axis in which they do not differ."""
    least, spread = places.min(axis=0), np.ptp(places, axis=0)
    return np.where(spread > 0, (places - least) / np.where(spread > 0, spread, 1), 0.5)
