"""A question that compares things → the sentences that tell each of them, from one passage where that has all.

Where none has, each side is answered by itself (extracted.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yinju.answering.extract import Chosen
from yinju.answering.sentences import Sentence
from yinju.answering.sides import COMPARES, compared, names_others, told_apart
from yinju.retrieval import Evidence
from yinju.retrieval.candidates import Candidate
from yinju.retrieval.query import Query
from yinju.text import search_form
from yinju.types import BlockKind, Passage

PASSAGES = 8
MOST_CHARACTERS = 320
ROWS = 5
"""Rows of a table that are given."""
SURE = 0.62
"""How sure it is that one passage with all sides tells how they differ."""
AS_LONG = 0.5
"""A column is a side's where its name is part of the side's, or holds it and is at most twice as long."""
LEAST = 2.0
"""The least that a passage must tell of how the sides differ."""
SHARED = 0.5
"""Of what is asked of all sides, what a passage must hold."""

_CONTRAST = re.compile("而|则|却|相反|区别|差别|不同|另一|前者|后者|一部分|比")
_CLAUSE = re.compile("[，,；;：:。]")

Sides = Sequence[NDArray[np.bool_]]


def compare(evidence: Evidence, sentences: Sequence[Sentence], whole: bool = True) -> list[Chosen]:
    """The sentences of one passage that tell the sides of a question apart; empty where none does.

    A `whole` comparison is in a passage that also holds what is asked of all sides.
    """
    texts, sides = compared(evidence.query.text), told_apart(evidence.query)
    candidates = [candidate for candidate, _ in evidence.ranked[:PASSAGES]]
    if rows := _of_table(candidates, texts):
        return rows
    if any(map(names_others, texts)):
        return []
    likely = {(s.candidate.passage.id, s.number): s.probability for s in sentences}
    told = [_Told(evidence.query, c, sides) for c in candidates if _holds_all(c, sides)] if sides else []
    told = [one for one in told if not whole or one.holds_shared(texts)]
    if not told:
        return []
    places = {id(candidate): place for place, candidate in enumerate(candidates)}
    score, best = max(((one.score() - 0.15 * places[id(one.candidate)], one) for one in told), key=lambda one: one[0])
    return _of_passage(best, likely) if score >= LEAST else []


def _of_table(candidates: Sequence[Candidate], texts: Sequence[str]) -> list[Chosen]:
    """The first rows of a table that has a column for each side, one of others for what is not named; else empty."""
    for candidate in candidates if len(texts) > 1 else ():
        passage = candidate.passage
        heads = next((block.heads for block in passage.blocks if block.heads), ())
        named = [next((head for head in heads[1:] if _is_column(head, text)), "") for text in texts]
        each = all(name or names_others(text) for name, text in zip(named, texts, strict=True))
        if each and len(heads) > 2 and len({*filter(None, named)}) == sum(map(bool, named)) > 0:
            return _rows(passage, heads)
    return []


def _rows(passage: Passage, heads: tuple[str, ...]) -> list[Chosen]:
    blocks = passage.blocks_of_sentences()
    rows = [n for n, block in enumerate(blocks) if block and block.heads == heads and block.kind is BlockKind.ROW]
    return [Chosen(passage, number, listed=True) for number in rows[:ROWS]]


def _is_column(head: str, text: str) -> bool:
    """Whether a column is called as a side is: 微信行銷 for 微信營銷的本質, but no 營銷的說法 for 營銷."""
    own, side = (search_form(one).replace(" ", "").removesuffix("的") for one in (head, text))
    return bool(own and side) and (own in side or (side in own and (own.isascii() or len(side) >= AS_LONG * len(own))))


def _held(candidate: Candidate, side: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(sentences,) which of them hold at least one token of a side's own."""
    return np.asarray((candidate.coverage[:, side] > 0).any(axis=1))


def _holds_all(candidate: Candidate, sides: Sides) -> bool:
    return all(_held(candidate, side).any() for side in sides)


@dataclass(frozen=True, slots=True)
class _Told:
    """A passage that names all sides of a question."""

    query: Query
    candidate: Candidate
    sides: Sides

    @property
    def held(self) -> NDArray[np.bool_]:
        """(sides, sentences): which sentence names which side."""
        return np.array([_held(self.candidate, side) for side in self.sides])

    def holds_shared(self, texts: Sequence[str]) -> bool:
        """Whether the passage holds half of what is asked of every side."""
        forms = [search_form(text) for text in texts]
        shared = np.array([all(token in form for form in forms) for token in self.query.weights])
        weights = np.array([*self.query.weights.values()]) * shared
        held = (self.candidate.coverage > 0).any(axis=0) | (self.query.held(self.candidate.around) > 0)
        return float(weights[held].sum()) >= SHARED * float(weights.sum())

    def in_table(self, number: int) -> bool:
        """Whether a sentence is a row, which names a column whatever it says."""
        block = self.candidate.passage.blocks_of_sentences()[number]
        return block is not None and block.kind in (BlockKind.ROW, BlockKind.HEADS)

    def sets_apart(self, number: int) -> bool:
        """Whether a sentence has a clause of its own for every side: 運營向內，營銷向外."""
        clauses = [self.query.held(search_form(c)) > 0 for c in _CLAUSE.split(self.candidate.sentences[number]) if c]
        named = np.array([[bool((clause & side).any()) for side in self.sides] for clause in clauses])
        alone = named[named.sum(axis=1) == 1]
        return bool(len(alone) and alone.any(axis=0).all())

    def contrast(self, number: int) -> float:
        """How much a sentence tells the sides apart: 0 … 2."""
        names_all = bool(self.held[:, number].all()) and not self.in_table(number)
        said = _CONTRAST.search(self.candidate.sentences[number]) is not None
        return (1.5 * self.sets_apart(number) if names_all else 0.5) + 0.5 * said

    def score(self) -> float:
        """How well the passage does: its heading asks for it, sentences name one side each or contrast all."""
        held = self.held
        alone = float(np.mean([(own & (held.sum(axis=0) == 1)).any() for own in held]))
        together = max((self.contrast(n) for n in np.flatnonzero(held.all(axis=0)).tolist()), default=0.0)
        asked = float(COMPARES.search(self.candidate.around) is not None) + self.candidate.features["heading_alike"]
        return 2 * asked + alone + together + self.candidate.features["window_in_context"]


def _of_passage(told: _Told, likely: dict[tuple[int, int], float]) -> list[Chosen]:
    """The sentences of a passage that name a side, the best for each first taken, in reading order."""
    passage, held = told.candidate.passage, told.held
    blocks = passage.blocks_of_sentences()
    usable = np.array([block is None or block.kind is not BlockKind.HEADS for block in blocks], bool)
    usable &= np.array([not text.rstrip("*_` ").endswith(("?", ":")) for text in told.candidate.sentences], bool)
    worth = {
        number: told.contrast(number) + likely.get((passage.id, number), 0.0)
        for number in np.flatnonzero(held.any(axis=0) & usable).tolist()
    }
    if not all((own & usable).any() for own in held):
        return []
    taken: list[int] = []
    for own in held:
        if not any(own[number] for number in taken):
            taken.append(max((n for n in worth if own[n]), key=worth.__getitem__))
    while beside := [n for n in worth if n not in taken and not {n - 1, n + 1}.isdisjoint(taken)]:
        taken.append(max(beside, key=worth.__getitem__))
        if sum(len(passage.sentence(n)) for n in taken) > MOST_CHARACTERS:
            taken.pop()
            break
    return [Chosen(passage, number, listed=blocks[number] is not None) for number in sorted(taken)]
