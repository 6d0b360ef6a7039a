"""An aligned claim and source, and what can be asked of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from yinju.answering.claims.quantities import agree
from yinju.answering.claims.reading import Reading
from yinju.types import Span

_OPEN_GAP = 5
"""How far, at the end of a sentence, what may stand in a word's place reaches."""


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
