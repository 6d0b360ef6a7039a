"""An aligned claim and source → whether it mixes two clauses of the source that say like things of different ones.

「早餐七点供应，午餐十二点供应」 are parallel: they have words in common, and others that stand in each other's place.
A claim that takes 午餐 from one and 七点 from the other, and leaves out what stands there, is borne out by neither.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, pairwise, permutations

from yinju.answering.claims.alignment import Pair, words_of
from yinju.answering.claims.quantities import agree, same_unit
from yinju.answering.claims.reading import Reading
from yinju.types import Disagreement, Span

MOST_CLAUSES = 12
"""How many clauses of a source are compared with each other."""
LONGEST = 20
"""Tokens of a clause beyond which what it shares with another is no sign that they are parallel."""
_IS = frozenset("是为")
"""A verb that alone makes two clauses parallel."""
_COMMON = 2
"""Telling tokens that two clauses must have in common otherwise."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """What stands in one place in two parallel clauses, as tokens of the source; the value or other words."""

    one: Span
    other: Span
    value: bool


def mixed_clauses(pair: Pair) -> Disagreement | None:
    """What is wrong where a clause of the claim has the subject of one parallel clause and the value of another."""
    spans = [span for span in _clauses(pair.source) if span[1] - span[0] <= LONGEST][:MOST_CLAUSES]
    for own in _clauses(pair.claim):
        held = [_held(pair, own, span) for span in spans]
        if own[1] - own[0] > LONGEST or _told(pair.claim, own) in held:
            continue
        for (n, one), (m, other) in combinations(enumerate(spans), 2):
            if not (held[n] - held[m] and held[m] - held[n]):
                continue
            slots = _slots(pair.source, one, other)
            for first, second in permutations(slots, 2):
                if _is_mixed(pair, own, first, second):
                    quantity = pair.source.quantities[second.other[0]] or pair.source.quantities[first.one[0]]
                    return quantity.disagreement if quantity else Disagreement.NAME
    return None


def is_turned(pair: Pair) -> bool:
    """Whether a claim of one clause says that A is B where a clause of the source says that B is A."""
    own = _clauses(pair.claim)
    sides = _sides(pair.claim, own[0]) if len(own) == 1 else None
    if sides is None:
        return False
    others = filter(None, (_sides(pair.source, span) for span in _clauses(pair.source)))
    return any(sides[0] in right and sides[1] in left for left, right in others)


def _sides(reading: Reading, span: Span) -> tuple[str, str] | None:
    """What stands before and after 是, where there is just one in a clause."""
    places = [place for place in range(*span) if reading.keys[place] in _IS]
    if len(places) != 1 or not span[0] < places[0] < span[1] - 1:
        return None
    return reading.text(span[0], places[0]), reading.text(places[0] + 1, span[1])


def _clauses(reading: Reading) -> list[Span]:
    starts = [i for i, clause in enumerate(reading.clauses) if not i or clause != reading.clauses[i - 1]]
    return list(pairwise([*starts, len(reading.keys)]))


def _held(pair: Pair, own: Span, span: Span) -> set[str | int]:
    """Which of the claim's keys and quantities, by their place, a clause of the source has."""
    keys = set(pair.source.keys[slice(*span)])
    quantities = [q for q in pair.source.quantities[slice(*span)] if q]
    found: set[str | int] = set()
    for i in range(*own):
        quantity = pair.claim.quantities[i]
        if quantity and any(agree(quantity, q) for q in quantities):
            found.add(i)
        elif not quantity and pair.claim.content[i] and pair.claim.keys[i] in keys:
            found.add(pair.claim.keys[i])
    return found


def _told(claim: Reading, own: Span) -> set[str | int]:
    """All of the same: what a clause of the source that says the whole of it has."""
    return {i if claim.quantities[i] else claim.keys[i] for i in range(*own) if claim.quantities[i] or claim.content[i]}


def _slots(source: Reading, one: Span, other: Span) -> Sequence[_Slot]:
    """The places in which two clauses differ; none where they are not parallel."""
    marks = [_marks(source, span) for span in (one, other)]
    blocks = _matching(*marks)
    common = [one[0] + a + k for a, _, size in blocks for k in range(size)]
    telling = sum(bool(source.content[j]) for j in common)
    values = [
        _Slot((one[0] + a + k, one[0] + a + k + 1), (other[0] + b + k, other[0] + b + k + 1), value=True)
        for a, b, size in blocks for k in range(size) if _differ(source, one[0] + a + k, other[0] + b + k)
    ]  # fmt: skip
    if not values and telling < _COMMON and not any(source.keys[j] in _IS for j in common):
        return ()
    others = list(_others(source, one, other, blocks))
    return [*values, *others] if others or not values else [values[0], *_predicates(source, one, other, values[0])]


def _predicates(source: Reading, one: Span, other: Span, value: _Slot) -> Iterator[_Slot]:
    """The words nearest to two values, the ones before them rather, as in 成立于1998年 and 2005年上市."""
    nearest: list[Span] = []
    for clause, against, place in ((one, other, value.one[0]), (other, one, value.other[0])):
        words = [word for word in words_of(source) if clause[0] <= word[0] and word[1] <= clause[1]]
        own = [w for w in words if source.content[w[0]] and source.text(*w) not in source.text(*against)]
        before = [word for word in own if word[1] <= place]
        nearest += before[-1:] or own[:1]
    if len(nearest) == len((one, other)):
        yield _Slot(nearest[0], nearest[1], value=False)


def _marks(source: Reading, span: Span) -> tuple[str, ...]:
    """A clause's keys, with the kind of a quantity in the place of it."""
    return tuple(
        f"#{q.unit}{q.ordinal}{q.disagreement}" if (q := source.quantities[j]) else source.keys[j] for j in range(*span)
    )


@lru_cache(maxsize=2048)
def _matching(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[int, int, int], ...]:
    return tuple((a, b, size) for a, b, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())


def _differ(source: Reading, j: int, k: int) -> bool:
    """Whether two tokens are values of one kind that are not the same."""
    one, other = source.quantities[j], source.quantities[k]
    return bool(one and other and not one.vague and not other.vague and same_unit(one, other) and not agree(one, other))


def _others(source: Reading, one: Span, other: Span, blocks: Sequence[tuple[int, int, int]]) -> Iterator[_Slot]:
    """The places between what two clauses have in common, to whole words, where both tell something."""
    a = b = 0
    for start, begin, size in blocks:
        first, second = (one[0] + a, one[0] + start), (other[0] + b, other[0] + begin)
        if any(source.content[slice(*first)]) and any(source.content[slice(*second)]):
            yield _Slot(_to_words(source, first, one), _to_words(source, second, other), value=False)
        a, b = start + size, begin + size


def _to_words(source: Reading, span: Span, clause: Span) -> Span:
    """A range to whole words, a single character with the one before it."""
    touched = [word for word in words_of(source) if word[0] < span[1] and word[1] > span[0]]
    first, last = touched[0][0], touched[-1][1]
    if last - first == 1 and first > clause[0] and source.content[first - 1] and len(source.keys[first]) == 1:
        first -= not source.keys[first].isascii()
    return first, last


def _is_mixed(pair: Pair, own: Span, first: _Slot, second: _Slot) -> bool:
    """Whether a clause has of one place what the one clause says, and of the other place what the other says."""
    return (
        _says(pair, own, first.one, first.other)
        and _says(pair, own, second.other, second.one)
        and not _touches(pair, own, first.other, first.one)
        and not _touches(pair, own, second.one, second.other)
    )


def _says(pair: Pair, own: Span, span: Span, instead: Span) -> bool:
    """Whether a clause of the claim has a value, or a word that does not stand in the other place."""
    quantity = pair.source.quantities[span[0]]
    if quantity and span[1] - span[0] == 1:
        return any(q is not None and agree(q, quantity) for q in pair.claim.quantities[slice(*own)])
    text, other, whole = pair.claim.text(*own), pair.source.text(*instead), pair.source.text(*span)
    words = [pair.source.text(*w) for w in words_of(pair.source) if span[0] <= w[0] and w[1] <= span[1]]
    telling = [word for word in words if len(word) > 1 and word not in other]
    if whole.isascii() and whole in pair.claim.keys[slice(*own)]:
        return True
    return (len(whole) > 1 and whole in text and whole not in other) or any(word in text for word in telling)


def _touches(pair: Pair, own: Span, span: Span, instead: Span) -> bool:
    """Whether a clause of the claim has anything that tells this place from the other."""
    others, keys = set(pair.source.keys[slice(*instead)]), set(pair.claim.keys[slice(*own)])
    for j in range(*span):
        quantity = pair.source.quantities[j]
        if quantity:
            if any(q is not None and agree(q, quantity) for q in pair.claim.quantities[slice(*own)]):
                return True
        elif pair.source.content[j] and pair.source.keys[j] in keys - others:
            return True
    return False
