"""A claim aligned to a source → what they disagree in: numbers, polarity, names, or words that are not there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from yinju.answering.claims.alignment import Pair, align, words_of
from yinju.answering.claims.attribution import wrong_name
from yinju.answering.claims.denial import wrong_polarity
from yinju.answering.claims.parallel import is_turned, mixed_clauses
from yinju.answering.claims.quantities import Quantity, agree, find_quantities, same_unit, same_value
from yinju.answering.claims.reading import Reading
from yinju.types import Disagreement

LEAST_COVERED = 0.5
"""The share of a claim's telling tokens that must stand in the source."""
LEAST_CLAUSE = 0.34
"""The same for each clause that has enough of them to be judged."""
_CODE = re.compile(r"(?<![a-z0-9])[a-z]+[- ]?\d[a-z0-9]*(?:-[a-z0-9]+)*[a-z](?![a-z0-9])")
"""A code that ends in a letter, which no number tells apart; over search forms."""
CLAUSE = 4
"""Telling tokens from which a clause is judged by itself."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a claim stands to one stretch of a source."""

    disagreement: Disagreement | None
    covered: float
    """The share of the claim's telling tokens that the source holds: 0 … 1."""
    whole: bool
    """Whether it holds at least half of each of the claim's clauses."""


def compare(claim: Reading, source: Reading, context: str, passage: str = "") -> Comparison:
    """What a claim and a stretch of a source disagree in, the gravest first, and how much of it stands there.

    `context` may supply a subject that the source leaves out; `passage` is all around it. Both are search forms.
    """
    places = align(claim, source)
    back = {j: i for i, j in enumerate(places) if j >= 0}
    pair = Pair(claim, source, places, frozenset(back), context, passage, frozenset(back.values()), back)
    covered = _covered(pair)
    share = _share(covered, range(len(covered)), claim)
    whole = all(sum(held) * 2 >= len(held) for held in _by_clause(claim, covered))
    if share < LEAST_COVERED:
        return Comparison(Disagreement.UNFOUND, share, whole)
    wrong = _wrong_quantity(pair) or mixed_clauses(pair) or wrong_polarity(pair)
    wrong = wrong or _wrong_code(pair)
    found = wrong or (None if is_turned(pair) else wrong_name(pair)) or _missing_clause(pair, covered)
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
    for known, group in groupby(range(len(covered)), key=covered.__getitem__):
        places = list(group)
        if not known and len(places) > 1 and pair.claim.text(places[0], places[-1] + 1) in pair.context:
            for i in places:
                covered[i] = True
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
        return None
    beside = held is not None and (pair.beside(i, j, 1) or pair.beside(i, j, -1))
    loose = quantity.vague and quantity.unit != "clock"  # 8:40 may be of either half of the day, but is no other time
    if not beside:
        free = [q for k, q in enumerate(pair.source.quantities) if q and (k not in pair.taken or k == j)]
        around = find_quantities(pair.context) if held is None else []
        if loose or any(agree(quantity, q) for q in [*free, *around]):
            return None
    if held is not None and beside and loose and not same_unit(quantity, held):
        return None
    others = [q for q in pair.source.quantities if q]
    return (
        Disagreement.UNIT
        if any(same_value(quantity, q) for q in others) and not _differs(quantity, held)
        else quantity.disagreement
    )


def _wrong_code(pair: Pair) -> Disagreement | None:
    """NAME where the source tells of another model or code than the claim: XK-210A is not XK-210B."""
    own, said = _codes(pair.claim.form), _codes(pair.source.form)
    known = said if said - own else said | _codes(pair.context)
    return Disagreement.NAME if own - known else None


def _codes(form: str) -> frozenset[str]:
    return frozenset(re.sub("[- ]", "", code[0]) for code in _CODE.finditer(form))


def _differs(quantity: Quantity, held: Quantity | None) -> bool:
    return held is not None and not same_value(quantity, held)
