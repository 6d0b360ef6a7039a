"""A query and its ranked candidates → how sure it is that the documents answer.

One logistic regression over `CONFIDENCE_FEATURES` of the best passage, fitted by training/fit_scorers.py on questions
that their documents answer, on the same questions where the answer is taken away, on questions that sound close to a
document which does not answer them, and on questions asked of other documents. It reads nothing of the encoder that
searches, so that it means the same with any.
"""

import re

import numpy as np

from yinju.answering.asked import MONEY
from yinju.answering.likeness import likeness
from yinju.retrieval.candidates import Candidate
from yinju.retrieval.query import Query, share
from yinju.retrieval.retrieve import LOOKED_UP, NAMED, Ranked, probability, weigh
from yinju.text import words
from yinju.vocabulary import shipped_vocabulary

UNMET = 0.05
"""How sure an answer is where nothing found has the number that was asked for."""

MET, REST_SHARE = 0.6, 0.33
"""How sure it is at least where every number asked for is met, and this share of the rest of the question is held."""

_TAKEN_OVER = (
    "window", "window_in_context", "passage_in_context", "words", "bigrams", "characters", "title_asked", "known",
)  # fmt: skip
CONFIDENCE_FEATURES = (
    *_TAKEN_OVER, "likeness", "held", "held_near", "missing", "rest_held", "ahead", "lacks_money", "lacks_year",
)  # fmt: skip
"""Of the best passage. Those of `candidates.FEATURES`, and:
likeness: the highest cosine of one of its sentences with the question, by the shipped model.
held, held_near: the share of the question's words, each by how telling it is in Chinese at large, that the passage or
its context holds, or two neighbouring sentences or the context do. missing: the share of the question's weight that the
heaviest token has which neither holds. rest_held: of what the context does not hold, the share that two neighbouring
sentences do. ahead: how far it is before the next passage, in weighted score. lacks_money, lacks_year: the question
asks for that, and the passage holds none but the question's own."""

_MONEY = (
    MONEY,
    re.compile(
        r"(\d|[一二三四五六七八九十百千万两])+\.?\d*.{0,2}(元|块|万|亿|美元|日圆|英镑|欧元|马克|%|费|成)|免费|折|百分"
    ),
)
_YEAR = (re.compile("哪年|哪一年|何年|几年"), re.compile(r"\d{2,4}年|世纪|年代|[一二三四五六七八九〇]{2,4}年|年"))
"""Over search forms: what asks for it, and what gives it."""


def confidence_of(query: Query, ranked: Ranked) -> float:
    """The probability that the best passage answers, 0 … 1; 0 where there is none.

    Where a re-ranker has read the passage, its log-odds and the fitted ones count half each.
    """
    if not ranked:
        return 0.0
    best, lookup = ranked[0][0], query.lookup
    if best.looked_up:
        return LOOKED_UP
    if lookup.strict and not best.designated:
        return UNMET
    odds = weigh(describe_best(query, [candidate for candidate, _ in ranked]), "confidence")
    found = probability((odds + best.features["reread"]) / 2 if "reread" in best.features else odds)
    met = best.designated == len(lookup.terms) > 0 and best.features["passage_in_context"] >= REST_SHARE
    named = best.naming is not None and best.naming.tells
    return max(found, MET if met else 0.0, NAMED if named else 0.0)


def describe_best(query: Query, candidates: list[Candidate]) -> dict[str, float]:
    """The features of the first of some candidates, by name."""
    best = candidates[0]
    found = {name: best.features[name] for name in _TAKEN_OVER}
    scores = [weigh(candidate.features, "ranker") for candidate in candidates[:2]]
    found["ahead"] = scores[0] - (scores[1] if len(scores) > 1 else 0.0)
    found["likeness"] = max((dense for dense, _ in likeness(query.text, best.searched)), default=0.0)
    text = "\n".join(best.sentences)
    for name, (asks, gives) in (("lacks_money", _MONEY), ("lacks_year", _YEAR)):
        given = any(match.group() not in query.form for match in gives.finditer(text))
        found[name] = float(asks.search(query.form) is not None and not given)
    return found | _held(query, best)


def _held(query: Query, candidate: Candidate) -> dict[str, float]:
    """What of the question the passage holds, and what it misses."""
    own, vocabulary = set(words(query.text)), shipped_vocabulary()
    weights = np.array([*query.weights.values()], np.float64)
    at_large = np.array([vocabulary.weight(t) if t in own else 0.0 for t in query.weights], np.float64)
    coverage, context = candidate.coverage, candidate.context
    if not len(weights) or not len(coverage):
        return dict.fromkeys(("held", "held_near", "missing"), 0.0) | {"rest_held": 1.0}
    pairs = np.maximum(coverage, np.vstack([coverage[1:], np.zeros_like(coverage[:1])]))
    near = np.maximum(pairs, context)
    best = near[int(near.sum(1).argmax())] > 0
    whole = np.maximum(coverage.max(0), context) > 0
    rest = weights * (context <= 0)
    return {
        "held": share(float((at_large * whole).sum()), float(at_large.sum())),
        "held_near": share(float((at_large * best).sum()), float(at_large.sum())),
        "missing": share(float((weights * ~whole).max()), float(weights.sum())),
        "rest_held": share(float(((pairs > 0) * rest).sum(1).max()), float(rest.sum())) if rest.any() else 1.0,
    }
