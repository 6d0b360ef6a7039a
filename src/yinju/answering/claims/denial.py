"""An aligned claim and source → whether one denies what the other says, or says its opposite."""

from collections import Counter
from collections.abc import Collection

from yinju.answering.claims.alignment import Pair, words_of
from yinju.answering.claims.polarity import BOUND, NEGATION, Polarity
from yinju.answering.claims.reading import Reading
from yinju.segmentation import tag_of
from yinju.types import Disagreement

_SCOPE = 5
"""Tokens after a negation among which it is looked for what it is about."""
_WIDER = 5
"""How many tokens a bound, such as 以上, may stand further away than what it takes the place of."""


def wrong_polarity(pair: Pair) -> Disagreement | None:
    """NEGATION where, in some clause, the claim and the source do not say no equally often, up to double negation."""
    flips: Counter[int] = Counter()
    silent: Counter[int] = Counter()  # of what the source has in other words, if it has it
    judged: set[int] = set()
    for first, last, polarity in pair.claim.polarities:
        clause = pair.claim.clauses[first]
        opposed = _opposed(pair, first, last, polarity) if polarity.axis != NEGATION else None
        if opposed is not None:
            flips[clause] += 1
            judged.add(opposed)
        elif polarity.negates and not _is_said_alike(pair, first, last):
            (flips if _scope(pair.claim, last, pair.placed) else silent)[clause] += 1
    for first, last, polarity in pair.source.polarities:
        said = any(j in pair.back for j in range(first, last) if pair.source.keys[j] != "有")
        if not polarity.negates or said or first in judged:
            continue
        scope = _scope(pair.source, last, pair.taken)
        meant = pair.claim.clauses[pair.back[scope[0]]] if scope else _denied(pair, first, last)
        if meant is not None and silent[meant]:
            silent[meant] -= 1
        elif meant is not None:
            flips[meant] += 1
    return Disagreement.NEGATION if any(count % 2 for count in flips.values()) else None


def _denied(pair: Pair, first: int, last: int) -> int | None:
    """The clause of the claim that says, in other words or another order, what a negation of the source is about."""
    source, size = pair.source, len(pair.source.keys)
    if last >= size or source.clauses[last] != source.clauses[first]:
        return None
    meant = pair.elsewhere(last) if last not in pair.taken else None
    if meant is not None:
        return pair.claim.clauses[meant]
    word = next((span for span in words_of(source) if span[0] == last), None)
    before, after = pair.solid(source, first, -1), pair.solid(source, word[1] - 1, 1) if word else None
    if word is None or before is None or after is None or word[1] - word[0] < 2:
        return None
    alone = source.text(*word)
    verb = tag_of(alone).startswith("v") and alone not in pair.claim.form
    if not verb or source.keys[word[1]] in "的地" or source.clauses[before] != source.clauses[after]:
        return None
    sides = [pair.back.get(j, pair.elsewhere(j)) for j in (before, after)]
    clauses = {pair.claim.clauses[i] for i in sides if i is not None}
    return clauses.pop() if None not in sides and len(clauses) == 1 else None


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
    return _opposed_in_clause(pair, first, last, polarity) if aligned == {-1} else None


def _opposed_in_clause(pair: Pair, first: int, last: int, polarity: Polarity) -> int | None:
    """The same for a word of two characters anywhere in the clause of the source that the claim's clause stands for."""
    facing = pair.facing(pair.claim.clauses[first])
    others = [
        (begin, other.side)
        for begin, stop, other in pair.source.polarities
        if other.axis == polarity.axis and pair.source.clauses[begin] == facing and stop - begin > 1
        and pair.taken.isdisjoint(range(begin, stop))
    ]  # fmt: skip
    return others[0][0] if last - first > 1 and len(others) == 1 and others[0][1] != polarity.side else None
