"""A Query → Candidates: the passages that may answer, each described by a handful of numbers.

Every number (`FEATURES`) is made so that more is better; what they weigh is said in search.py.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yinju.index.generation import Generation
from yinju.query import Query, share, token_weights
from yinju.text import bigrams, search_form
from yinju.types import Passage

FEATURES = (
    "words", "bigrams", "characters", "heading", "dense",
    "window", "window_in_context", "beyond_context", "passage", "title_asked", "heading_alike", "kind", "known",
)  # fmt: skip
"""words … heading: BM25 relative to the best candidate's, 0 … 1. dense: cosine. The others are shares of the weight of
what the question is about, 0 … 1: window, held by one or two neighbouring sentences; window_in_context, by them or by
their context (title, headings, opening of the document); beyond_context, of what the context does not hold, by them;
passage, by the whole passage; known, by any passage of the collection. title_asked: the share of the title's weight
that the question holds. heading_alike: the square of the Dice coefficient of the question's bigrams and those of the
heading right above the passage, or 0.8 of it for one further up. kind: 1 if a sentence holds what is asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with what speaks for it."""

    passage: Passage
    sentences: list[str]
    """The search form of each sentence."""
    coverage: NDArray[np.float32]
    """(sentences, tokens): the weight of each of the question's tokens that each sentence holds, else 0."""
    context: NDArray[np.float32]
    """(tokens,): the same for title, headings and opening of the document."""
    features: dict[str, float]


def held_weights(form: str, weights: Mapping[str, float]) -> NDArray[np.float32]:
    """The weight of each token that a search form holds, 0 for the others; (tokens,) float32 in the order given."""
    return np.array([weight if _holds(form, token) else 0.0 for token, weight in weights.items()], np.float32)


def _holds(form: str, token: str) -> bool:
    """Whether a text holds a token; a word of letters or digits only as a whole."""
    if not token.isascii():
        return token in form
    return token in form and re.search(rf"(?<![a-z0-9]){re.escape(token)}(?![a-z0-9])", form) is not None


def _relative(scores: Mapping[int, float], number: int) -> float:
    best = max(scores.values(), default=0.0)
    return scores.get(number, 0.0) / best if best > 0 else 0.0


def _alike(asked: frozenset[str], heading: str) -> float:
    """The Dice coefficient of bigrams, squared so that only a heading that nearly is the question counts for much."""
    own = set(bigrams(heading))
    return (2 * len(asked & own) / (len(asked) + len(own))) ** 2 if own else 0.0


def _heading_alike(query: Query, headings: Sequence[str]) -> float:
    return max(
        (_alike(query.pairs, heading) * (1.0 if up == 0 else 0.8) for up, heading in enumerate(reversed(headings))),
        default=0.0,
    )


def _describe(query: Query, passage: Passage, lead: str, title_weights: Mapping[str, float]) -> Candidate:
    """The candidate with all features but those of the legs that found it."""
    weights, total = query.weights, query.total
    sentences = search_form("\n".join(passage.text[start:end] for start, end in passage.sentences)).split("\n")
    searched = ["\n".join([s, *(w for place, w in passage.mended if place == n)]) for n, s in enumerate(sentences)]
    coverage = np.array([held_weights(sentence, weights) for sentence in searched])
    opening = "" if passage.text == lead else lead
    context = held_weights(search_form("\n".join([passage.title, *passage.headings, opening])), weights)
    windows = np.maximum(coverage, np.vstack([coverage[1:], coverage[-1:]]))
    beyond = np.where(context > 0, 0, np.array(list(weights.values()), np.float32))
    title_held = held_weights(query.form, title_weights)
    features = {
        "window": share(float(windows.sum(axis=1).max()), total),
        "window_in_context": share(float(np.maximum(windows, context).sum(axis=1).max()), total),
        "beyond_context": share(float(np.minimum(windows, beyond).sum(axis=1).max()), float(beyond.sum())),
        "passage": share(float(coverage.max(axis=0).sum()), total),
        "title_asked": share(float(title_held.sum()), sum(title_weights.values())),
        "heading_alike": _heading_alike(query, passage.headings),
        "kind": float(any(kind.search(sentence) for kind in query.kinds for sentence in sentences)),
        "known": query.known,
    }
    return Candidate(passage, sentences, coverage, context, features)


def find_candidates(generation: Generation, query: Query, count: int) -> list[Candidate]:
    """The union of the best `count` passages of every leg, described, in the order of their ids."""
    terms = {"words": query.words, "bigrams": query.bigrams, "characters": query.characters,
             "heading": [*query.words, *query.bigrams]}  # fmt: skip
    legs = {field: dict(generation.keywords.search(field, terms[field], count)) for field in terms}
    dense = dict(generation.vectors.search(query.vector, count))
    ids = sorted({*dense, *(number for leg in legs.values() for number in leg)})
    missing = [number for number in ids if number not in dense]
    dense |= zip(missing, (generation.vectors.rows(missing) @ query.vector).tolist(), strict=True)
    passages = generation.storage.passages(ids)
    leads = generation.storage.leads(list({passage.document for passage, _ in passages}))
    titles = {passage.title: token_weights(generation, passage.title) for passage, _ in passages}
    candidates = []
    for passage, _ in passages:
        candidate = _describe(query, passage, leads[passage.document], titles[passage.title])
        candidate.features.update({field: _relative(leg, passage.id) for field, leg in legs.items()})
        candidate.features["dense"] = dense[passage.id]
        candidates.append(candidate)
    return candidates
