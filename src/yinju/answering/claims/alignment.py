"""A claim's and a source's tokens → which token of the source each of the claim's stands for, and what that tells."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yinju.answering.claims.quantities import agree
from yinju.answering.claims.reading import Reading
from yinju.types import Span

_OPEN_GAP = 5
"""How far, at the end of a sentence, what may stand in a word's place reaches."""
SKIP = 0.01
"""What passing over one token of the source costs: a claim's tokens are looked for close together."""
_RELATED = 0.1
"""What two quantities that differ bring: they are aligned where nothing better is at hand."""
_ALONE, _BEFORE, _AFTER = 0.4, 0.35, 0.25
"""The parts of a token's weight that count by itself, and where the token before and the one after are the same too."""
SHORT_CLAUSE = 4
"""Tokens that tell something, a quantity for two, below which a clause is looked for together with the next one."""
MOVED = 1.5
"""How much more weight must be found for clauses in another order to be preferred."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a source with the alignment between them."""

    claim: Reading
    source: Reading
    places: list[int]
    taken: frozenset[int]
    """The tokens of the source that are aligned to."""
    context: str
    """What may supply a subject: title, headings and the sentence before, as search forms."""
    passage: str
    """All that is around the source, as a search form."""
    placed: frozenset[int]
    """The tokens of the claim that are aligned."""
    back: dict[int, int]
    """The source's token → the claim's."""

    def gap(self, first: int, last: int) -> Span:
        """The source's tokens between what stands before and after a range of the claim; may be empty."""
        before = next((self.places[i] for i in range(first - 1, -1, -1) if self.places[i] >= 0), None)
        after = next((self.places[i] for i in range(last, len(self.places)) if self.places[i] >= 0), None)
        if before is None and after is None:
            return 0, 0
        start = before + 1 if before is not None else max(0, (after or 0) - _OPEN_GAP - (last - first))
        end = after if after is not None else min(len(self.source.keys), start + _OPEN_GAP + last - first)
        return (start, end) if start <= end else (0, 0)

    def solid(self, reading: Reading, place: int, step: int) -> int | None:
        """The nearest token on one side that tells something, or None at the end of the sentence."""
        place += step
        while 0 <= place < len(reading.keys):
            if reading.content[place] or reading.quantities[place]:
                return place
            place += step
        return None

    def beside(self, i: int, j: int, step: int) -> bool:
        """Whether the telling neighbours of two aligned tokens are aligned as well."""
        own, other = self.solid(self.claim, i, step), self.solid(self.source, j, step)
        return own is not None and other is not None and self.places[own] == other

    def elsewhere(self, j: int) -> int | None:
        """The claim's token that says, in another order, what a source's does that is not aligned; None for none."""
        quantity = self.source.quantities[j]
        free = (i for i, place in enumerate(self.places) if place < 0)
        if quantity:
            return next((i for i in free if (q := self.claim.quantities[i]) and agree(q, quantity)), None)
        word = next((self.source.text(a, b) for a, b in words_of(self.source) if a <= j < b), "")
        spans = [span for span in words_of(self.claim) if self.claim.text(*span) == word and len(word) > 1]
        return next((a for a, b in spans if all(self.places[i] < 0 for i in range(a, b))), None)

    def facing(self, clause: int) -> int | None:
        """The source's clause that most of a claim's clause is aligned to."""
        places = [j for i, j in enumerate(self.places) if j >= 0 and self.claim.clauses[i] == clause]
        counted = Counter(self.source.clauses[j] for j in places).most_common(1)
        return counted[0][0] if counted else None


def words_of(reading: Reading) -> Iterator[Span]:
    """The ranges of tokens that are one word."""
    start = 0
    for place in range(1, len(reading.words) + 1):
        if place == len(reading.words) or reading.words[place] != reading.words[start]:
            yield start, place
            start = place


def words_in(reading: Reading, first: int, last: int) -> list[str]:
    """The words that a range of tokens touches."""
    return [reading.text(a, b) for a, b in words_of(reading) if a < last and b > first]


def align(claim: Reading, source: Reading) -> list[int]:
    """For each token of the claim the source's token, or -1; clauses may come in another order."""
    scores = _scores(claim, source)
    size = len(claim.keys)
    whole, found = _in_order(scores)
    groups = _groups(claim)
    if len(groups) == 1 or found + 0.5 >= float(claim.weights.sum()):
        return whole
    parts = [_in_order(scores[first:last]) for first, last in groups]
    if sum(part[1] for part in parts) < found + MOVED:
        return whole
    moved = [place for part in parts for place in part[0]]
    return moved if len(moved) == size else whole


def _scores(claim: Reading, source: Reading) -> NDArray[np.float64]:
    """What aligning each token of the claim to each of the source brings; 0 where they differ."""
    same = claim.codes[:, None] == source.codes[None, :]
    related = np.zeros(same.shape, bool)
    own = [(i, q) for i, q in enumerate(claim.quantities) if q]
    others = [(j, q) for j, q in enumerate(source.quantities) if q]
    for i, quantity in own:
        same[i, :] = False
        for j, other in others:
            same[i, j] = agree(quantity, other)
            related[i, j] = not same[i, j] and quantity.disagreement == other.disagreement
    for j, _ in others:
        for i, held in enumerate(claim.quantities):
            if held is None:
                same[i, j] = False
    before, after = np.zeros(same.shape), np.zeros(same.shape)
    before[1:, 1:] = same[:-1, :-1] | related[:-1, :-1]
    after[:-1, :-1] = same[1:, 1:] | related[1:, 1:]
    near = _ALONE + _BEFORE * before + _AFTER * after
    weights = claim.weights.astype(np.float64)
    scores: NDArray[np.float64] = np.where(same, weights[:, None] * near, np.where(related, _RELATED * near, 0.0))
    return scores


def _in_order(scores: NDArray[np.float64]) -> tuple[list[int], float]:
    """The best alignment that keeps the order, and what it brings; the source may begin and end anywhere."""
    size, width = scores.shape
    best = np.zeros((size + 1, width + 1))
    ramp = SKIP * np.arange(width + 1)
    for i in range(size):
        row = best[i].copy()
        np.maximum(row[1:], best[i, :-1] + scores[i], out=row[1:], where=scores[i] > 0)
        best[i + 1] = np.maximum.accumulate(row + ramp) - ramp
    places = [-1] * size
    i, j = size, int(best[size].argmax())
    found = float(best[size, j])
    while i and j:
        if best[i, j] <= best[i - 1, j] + 1e-9:
            i -= 1
        elif scores[i - 1, j - 1] > 0 and best[i, j] <= best[i - 1, j - 1] + scores[i - 1, j - 1] + 1e-9:
            places[i - 1] = j - 1
            i, j = i - 1, j - 1
        else:
            j -= 1
    return places, found


def _groups(claim: Reading) -> Sequence[tuple[int, int]]:
    """The claim's clauses as ranges of tokens, a short one with the one after it."""
    groups: list[tuple[int, int]] = []
    start = 0
    size = len(claim.keys)
    for place in range(1, size + 1):
        ends = place == size or claim.clauses[place] != claim.clauses[place - 1]
        if not ends:
            continue
        quantities = sum(q is not None for q in claim.quantities[start:place])
        if int(claim.content[start:place].sum()) + 2 * quantities >= SHORT_CLAUSE:
            groups.append((start, place))
            start = place
        elif place == size and groups:
            groups[-1] = (groups[-1][0], size)
        elif place == size:
            groups.append((start, size))
    return groups
