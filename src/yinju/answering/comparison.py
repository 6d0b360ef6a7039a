"""A question that compares things → the sentences that tell each of them, from one passage where that has all.

「微博營銷和微信營銷有什麼區別」 has the sides 微博 and 微信: what both are called, 營銷, does not tell them apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yinju.answering.extract import Chosen
from yinju.answering.followup.phrases import members_of
from yinju.answering.followup.words import read_phrase
from yinju.answering.sentences import Sentence
from yinju.retrieval import Evidence
from yinju.retrieval.candidates import Candidate
from yinju.retrieval.query import Query, places
from yinju.text import search_form
from yinju.types import BlockKind, Span

COMPARES = re.compile(
    "区别|差别|差异|不同|不一样|差在|差多少|差哪|怎么分|分别管|分别是|相比|比起|一样[吗么]?|同一[件回个]|"
    "哪一?[个种边家款].{0,4}(?:好|便宜|贵|多|少|大|小|快|慢|强|划算|适合|重要|更)|是不是就是"
)
"""Over search forms: asks how things differ."""
_JOINED = str.maketrans(", ，　", "、、、、")
PASSAGES = 8
MOST_CHARACTERS = 320
ROWS = 5
"""Rows of a table that are given."""
SURE, APART = 0.62, 0.5
"""How sure it is that one passage with all sides tells how they differ, and that sentences of several do."""

_CONTRAST = re.compile("而|则|却|相反|区别|差别|不同|另一|前者|后者|是.{2,30}是|像|管的是|问的是|一部分|比")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What tells the sides of a question."""

    chosen: tuple[Chosen, ...]
    confidence: float


def compared(query: Query) -> tuple[NDArray[np.bool_], ...]:
    """For each side of a comparison which of the question's tokens are its own; empty where nothing is compared."""
    if not COMPARES.search(query.form):
        return ()
    read = (members_of(read_phrase(text)) for text in (query.text, query.text.translate(_JOINED)))
    spans = max(read, key=len)  # what is set side by side may stand apart by commas or spaces
    found = [placed for placed in (_form_span(query, span) for span in spans) if placed]
    if len(found) < 2:
        return ()
    held = np.array([[_within(query, token, span) for token in query.weights] for span in found], bool)
    own = held & ~held.all(axis=0)
    return tuple(own) if own.any(axis=1).all() else ()


def _form_span(query: Query, span: Span) -> Span | None:
    form = search_form(query.text[span[0] : span[1]])
    return next(places(query.form, form), None) if form else None


def _within(query: Query, token: str, span: Span) -> bool:
    return any(span[0] <= start and end <= span[1] for start, end in places(query.form, token))


def compare(evidence: Evidence, sentences: Sequence[Sentence]) -> Comparison | None:
    """The sentences that tell the sides of a question apart; None where nothing is compared or a side is not there."""
    sides = compared(evidence.query)
    if not sides:
        return None
    if rows := _of_table(evidence, sides):
        return Comparison(tuple(rows), SURE)
    likely = {(s.candidate.passage.id, s.number): s.probability for s in sentences}
    candidates = [candidate for candidate, _ in evidence.ranked[:PASSAGES]]
    scored = [(_score(c, sides, place), c) for place, c in enumerate(candidates) if _holds_all(c, sides)]
    if scored:
        best = max(scored, key=lambda one: one[0])[1]
        chosen = _of_passage(best, sides, likely)
        return Comparison(tuple(chosen), SURE) if chosen else None
    return _of_several(candidates, sides)


def _of_table(evidence: Evidence, sides: Sequence[NDArray[np.bool_]]) -> list[Chosen]:
    """The first rows of a table that has a column for each side; empty where none has."""
    for candidate, _ in evidence.ranked[:PASSAGES]:
        passage, heads = candidate.passage, [block.heads for block in candidate.passage.blocks if block.heads]
        if not heads:
            continue
        columns = [evidence.query.held(search_form(head)) > 0 for head in heads[0]]
        if all(any((held & side).any() for held in columns) for side in sides):
            blocks = passage.blocks_of_sentences()
            rows = [n for n, block in enumerate(blocks) if block and block.heads == heads[0]]
            rows = [n for n in rows if (block := blocks[n]) is not None and block.kind is BlockKind.ROW]
            return [Chosen(passage, number, listed=True) for number in rows[:ROWS]]
    return []


def _held(candidate: Candidate, side: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(sentences,) which of them hold at least one token of a side's own."""
    return np.asarray((candidate.coverage[:, side] > 0).any(axis=1))


def _holds_all(candidate: Candidate, sides: Sequence[NDArray[np.bool_]]) -> bool:
    return all(_held(candidate, side).any() for side in sides)


def _score(candidate: Candidate, sides: Sequence[NDArray[np.bool_]], place: int) -> float:
    """How well a passage tells the sides apart: its heading asks for it, sentences name one each or contrast both."""
    held = np.array([_held(candidate, side) for side in sides])
    alone = float(np.mean([(own & (held.sum(axis=0) == 1)).any() for own in held]))
    together = [candidate.sentences[number] for number in np.flatnonzero(held.all(axis=0)).tolist()]
    contrast = float(any(_CONTRAST.search(text) for text in together))
    heading = candidate.around
    asked = float(COMPARES.search(heading) is not None) + candidate.features["heading_alike"]
    return 2 * asked + alone + contrast + candidate.features["window_in_context"] - 0.15 * place


def _of_passage(
    candidate: Candidate, sides: Sequence[NDArray[np.bool_]], likely: dict[tuple[int, int], float]
) -> list[Chosen]:
    """The sentences of a passage that name a side, the best for each first taken, in reading order."""
    passage = candidate.passage
    blocks = passage.blocks_of_sentences()
    held = np.array([_held(candidate, side) for side in sides])
    usable = np.array([block is None or block.kind is not BlockKind.HEADS for block in blocks], bool)
    usable &= np.array([not text.rstrip("*_` ").endswith(("?", ":")) for text in candidate.sentences], bool)

    def worth(number: int) -> float:
        contrast = _CONTRAST.search(candidate.sentences[number]) is not None
        return float(held[:, number].sum()) + contrast + likely.get((passage.id, number), 0.0)

    taken: list[int] = []
    for own in held:
        if not any(own[number] for number in taken):
            best = max(np.flatnonzero(own & usable).tolist(), key=worth, default=None)
            taken += [best] if best is not None else []
    if not all(own[taken].any() for own in held):
        return []
    for number in sorted(np.flatnonzero(held.any(axis=0) & usable).tolist(), key=lambda n: -worth(n)):
        length = sum(len(passage.sentence(n)) for n in {*taken, number})
        beside = any(abs(number - n) == 1 for n in taken)
        if number not in taken and beside and length <= MOST_CHARACTERS:
            taken.append(number)
    return [Chosen(passage, number, listed=blocks[number] is not None) for number in sorted(taken)]


def _of_several(candidates: Sequence[Candidate], sides: Sequence[NDArray[np.bool_]]) -> Comparison | None:
    """For each side the sentence that holds most of the question, wherever it stands."""
    chosen: list[Chosen] = []
    for side in sides:
        rows = [
            (float(c.coverage[n].sum()) - 0.1 * place, place, n)
            for place, c in enumerate(candidates) for n in np.flatnonzero(_held(c, side)).tolist()
        ]  # fmt: skip
        if not rows:
            return None
        _, place, number = max(rows)
        chosen.append(Chosen(candidates[place].passage, number, listed=True))
    return Comparison(tuple(chosen), APART)
