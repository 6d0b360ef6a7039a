"""A claim aligned to a source → what they disagree in: numbers, polarity, names, or words that are not there."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from yinju.answering.claims.alignment import align
from yinju.answering.claims.attribution import wrong_name
from yinju.answering.claims.pairing import Pair, words_of
from yinju.answering.claims.polarity import BOUND, NEGATION, Polarity
from yinju.answering.claims.quantities import Quantity, agree, find_quantities, same_unit, same_value
from yinju.answering.claims.reading import Reading
from yinju.types import Disagreement

LEAST_COVERED = 0.5
"""The share of a claim's telling tokens that must stand in the source."""
LEAST_CLAUSE = 0.34
"""The same for each clause that has enough of them to be judged."""
CLAUSE = 4
"""Telling tokens from which a clause is judged by itself."""
_SCOPE = 5
"""Tokens after a negation among which it is looked for what it is about."""
_WIDER = 3
"""How many tokens a bound, such as 以上, may stand further away than what it takes the place of."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a claim stands to one stretch of a source."""

    disagreement: Disagreement | None
    covered: float
    """The share of the claim's telling tokens that the source holds: 0 … 1."""
    whole: bool
    """Whether it holds at least half of each of the claim's clauses."""


def compare(claim: Reading, source: Reading, context: str) -> Comparison:
    """What a claim and a stretch of a source disagree in, the gravest first, and how much of it stands there."""
    places = align(claim, source)
    back = {j: i for i, j in enumerate(places) if j >= 0}
    pair = Pair(claim, source, places, frozenset(back), context, frozenset(back.values()), back)
    covered = _covered(pair)
    share = _share(covered, range(len(covered)), claim)
    whole = all(sum(held) * 2 >= len(held) for held in _by_clause(claim, covered))
    if share < LEAST_COVERED:
        return Comparison(Disagreement.UNFOUND, share, whole)
    found = _wrong_quantity(pair) or _wrong_polarity(pair) or wrong_name(pair) or _missing_clause(pair, covered)
    return Comparison(found, share, whole)


def _share(covered: Sequence[bool], places: Sequence[int], claim: Reading) -> float:
    telling = [covered[i] for i in places if claim.content[i]]
    return sum(telling) / len(telling) if telling else 1.0


def _by_clause(claim: Reading, covered: Sequence[bool]) -> Iterator[list[bool]]:
    """For each clause, which of its tokens other than function words the source holds."""
    for number in dict.fromkeys(claim.clauses):
        places = [i for i, clause in enumerate(claim.clauses) if clause == number]
        yield [covered[i] for i in places if claim.content[i] or claim.quantities[i]]


def _covered(pair: Pair) -> list[bool]:
    """Which of the claim's tokens stand in the source or, as whole words, in what is around it."""
    covered = [j >= 0 for j in pair.places]
    for first, last in words_of(pair.claim):
        missing = [i for i in range(first, last) if not covered[i]]
        text = pair.claim.text(first, last)
        if missing and (text in pair.source.form or (last - first > 1 and text in pair.context)):
            covered[first:last] = [True] * (last - first)
    return covered


def _missing_clause(pair: Pair, covered: Sequence[bool]) -> Disagreement | None:
    for number in dict.fromkeys(pair.claim.clauses):
        places = [i for i, clause in enumerate(pair.claim.clauses) if clause == number]
        telling = sum(bool(pair.claim.content[i]) for i in places)
        if telling >= CLAUSE and _share(covered, places, pair.claim) < LEAST_CLAUSE:
            return Disagreement.UNFOUND
    return None


def _wrong_quantity(pair: Pair) -> Disagreement | None:
    judged = (_judge_quantity(pair, i, quantity) for i, quantity in enumerate(pair.claim.quantities) if quantity)
    return next((found for found in judged if found), None)


def _judge_quantity(pair: Pair, i: int, quantity: Quantity) -> Disagreement | None:
    j = pair.places[i]
    held = pair.source.quantities[j] if j >= 0 else None
    if held is not None and agree(quantity, held):
        return quantity.disagreement if _out_of_place(pair, i, j, quantity) else None
    beside = held is not None and (pair.beside(i, j, 1) or pair.beside(i, j, -1))
    if not beside:
        free = [q for k, q in enumerate(pair.source.quantities) if q and (k not in pair.taken or k == j)]
        around = find_quantities(pair.context) if held is None else []
        if quantity.vague or any(agree(quantity, q) for q in [*free, *around]):
            return None
    if held is not None and beside and quantity.vague and not same_unit(quantity, held):
        return None
    others = [q for q in pair.source.quantities if q]
    return (
        Disagreement.UNIT
        if any(same_value(quantity, q) for q in others) and not _differs(quantity, held)
        else quantity.disagreement
    )


def _differs(quantity: Quantity, held: Quantity | None) -> bool:
    return held is not None and not same_value(quantity, held)


def _out_of_place(pair: Pair, i: int, j: int, quantity: Quantity) -> bool:
    """Whether the words around a quantity belong, in the source, to another one that the claim leaves out."""
    if pair.beside(i, j, 1) or pair.beside(i, j, -1):
        return False
    for step in (-1, 1):
        own = pair.solid(pair.claim, i, step)
        while own is not None and pair.places[own] < 0:
            own = pair.solid(pair.claim, own, step)
        if own is None:
            continue
        other = pair.places[own]
        between = range(min(other, j) + 1, max(other, j)) if (other - j) * step > 0 else range(0)
        for k in between:
            skipped = pair.source.quantities[k]
            if skipped is None or k in pair.taken:
                continue
            if skipped.disagreement == quantity.disagreement and same_unit(quantity, skipped):
                return True
    return False


def _wrong_polarity(pair: Pair) -> Disagreement | None:
    """NEGATION where, in some clause, the claim and the source do not say no equally often, up to double negation."""
    flips: Counter[int] = Counter()
    judged: set[int] = set()
    for first, last, polarity in pair.claim.polarities:
        clause = pair.claim.clauses[first]
        opposed = _opposed(pair, first, last, polarity) if polarity.axis != NEGATION else None
        if opposed is not None:
            flips[clause] += 1
            judged.add(opposed)
        elif polarity.negates and not _is_said_alike(pair, first, last) and _scope(pair.claim, last, pair.placed):
            flips[clause] += 1
    for first, last, polarity in pair.source.polarities:
        said = any(j in pair.back for j in range(first, last) if pair.source.keys[j] != "有")
        scope = _scope(pair.source, last, pair.taken)
        if polarity.negates and scope and not said and first not in judged:
            flips[pair.claim.clauses[pair.back[scope[0]]]] += 1
    return Disagreement.NEGATION if any(count % 2 for count in flips.values()) else None


def _scope(reading: Reading, place: int, aligned: Collection[int]) -> list[int]:
    """The aligned ones of what a negation before `place` is about: the first telling token or, without one, any."""
    near = []
    for token in range(place, min(place + _SCOPE, len(reading.keys))):
        if reading.clauses[token] != reading.clauses[place - 1]:
            break
        if reading.content[token] or reading.quantities[token]:
            return [token] if token in aligned else []
        near.append(token)
    return [token for token in near if token in aligned]


def _is_said_alike(pair: Pair, first: int, last: int) -> bool:
    """Whether the source has the same negation, and of the same thing."""
    places = [pair.places[i] for i in range(first, last) if pair.claim.keys[i] != "有" and pair.places[i] >= 0]
    scope = _scope(pair.claim, last, pair.placed)
    return bool(places) and (not scope or 0 < pair.places[scope[0]] - places[0] <= _SCOPE + 2)


def _opposed(pair: Pair, first: int, last: int, polarity: Polarity) -> int | None:
    """Where the source says the opposite word in the place of the claim's; None where it does not."""
    aligned = {pair.places[i] for i in range(first, last)}
    start, end = pair.gap(first, last)
    wider = _WIDER if polarity.axis == BOUND else 0
    for begin, stop, other in pair.source.polarities:
        if other.axis != polarity.axis:
            continue
        over = not aligned.isdisjoint(range(begin, stop))
        near = start - wider <= begin and stop <= end + wider and pair.taken.isdisjoint(range(begin, stop))
        if over or (near and -1 in aligned):
            return begin if other.side != polarity.side else None
    return None
