"""The described sentences of a question → how sure it is that the best of them answers it.

One logistic regression over `CONFIDENCE_FEATURES`, fitted by training/fit_answers.py on questions as people type them
that documents answer or only come close to, and on questions asked of other documents. It reads nothing of the encoder
that searches, so that it means the same with any.
"""

import re
from collections.abc import Sequence

import numpy as np

from yinju.answering.sentences import Sentence, are_read
from yinju.designators import asked_designators
from yinju.retrieval.answer_types import asked_types, giving_types
from yinju.retrieval.asked_types import GROUPS
from yinju.retrieval.candidates import Candidate
from yinju.retrieval.query import Query, share
from yinju.retrieval.retrieve import LOOKED_UP, NAMED, Ranked, probability, weigh
from yinju.text import search_form, words
from yinju.vocabulary import shipped_vocabulary

UNMET = 0.05
"""How sure an answer is where nothing found has the number that was asked for."""

MET, REST_SHARE = 0.6, 0.2
"""How sure it is at least where every number asked for is met, and this share of the rest of the question is held."""

_OF_SENTENCE = (
    "own", "near", "whole", "unmet", "heaviest", "nouns", "heaviest_noun", "heaviest_other", "ordinals", "heading",
    "lead", "characters", "echo", "run", "wording", "dense", "meaning", "passage", "is_row", "is_field", "is_heads",
    "is_article", "asks", "open", "length",
)  # fmt: skip
_OF_PASSAGE = (
    "words", "bigrams", "characters", "window_in_context", "passage_in_context", "known", "heading_alike",
    "title_asked", "kind",
)  # fmt: skip
_OF_QUESTION = (
    "typed_miss", "typed_near_miss", "probability", "margin", "held", "held_near", "missing", "rest_held", "ahead",
    "unmet_codes", "strict_miss", "named", "designated", "missing_weight", "held_weight",
)  # fmt: skip
CONFIDENCE_FEATURES = (
    *(f"sentence_{name}" for name in _OF_SENTENCE), *(f"passage_{name}" for name in _OF_PASSAGE), *_OF_QUESTION,
    *(f"asks_{group}" for group in GROUPS),
)  # fmt: skip
"""sentence_…: of the likeliest sentence, see `sentences.SENTENCE_FEATURES`; passage_…: of its passage, see
`candidates.FEATURES`.
typed_miss, typed_near_miss: a type of thing is asked for, and the sentence, or it with its neighbours, gives none.
probability, margin: the sentence's, and how far its logarithm is before the next sentence's.
held, held_near: the share of the question's words, each by how telling it is in Chinese at large, that the passage or
its context holds, or two neighbouring sentences or the context do. missing: the share of the question's weight that the
heaviest token has which neither holds. rest_held: of what the context does not hold, the share that two neighbouring
sentences do. ahead: how far the passage is before the next, in weighted score. unmet_codes: numbers and Latin words of
the question that the passage lacks. strict_miss: it is not what is asked for by number. named: it has an entry that the
question names; designated: it is what is asked for by number. missing_weight, held_weight: what is missing and what the
sentence holds, as the logarithm of 1 + its weight.
asks_…: the question asks for a thing of that type."""

READ_FEATURES = (*CONFIDENCE_FEATURES, "read", "read_behind", "read_margin", "read_above")
"""Those where the transformer read the passages. read, read_behind: the likeliest sentence's, see
`sentences.READ_FEATURES`; read_margin: how far its nearness is before that of the nearest other sentence; read_above:
before their mean."""

_CODE = re.compile(r"[a-z]*\d[a-z0-9.\-]*|[a-z]{2,}")


def confidence_of(query: Query, ranked: Ranked, sentences: Sequence[Sentence]) -> float:
    """The probability that the likeliest sentence answers, 0 … 1; 0 where there is none.

    Where a re-ranker has read the passage, its log-odds and the fitted ones count half each.
    """
    if not ranked or not sentences:
        return 0.0
    best, lookup = ranked[0][0], query.lookup
    if best.looked_up:
        return LOOKED_UP
    if lookup.strict and not best.designated and not spells(query, best):
        return UNMET
    odds = weigh(describe_best(query, ranked, sentences), "confidence_read" if are_read(sentences) else "confidence")
    found = probability((odds + best.features["reread"]) / 2 if "reread" in best.features else odds)
    met = best.designated == len(lookup.terms) > 0 and best.features["passage_in_context"] >= REST_SHARE
    named = best.naming is not None and best.naming.tells
    return max(found, MET if met else 0.0, NAMED if named else 0.0)


def spells(query: Query, candidate: Candidate) -> bool:
    """Whether a passage says every number and code that is asked for just so, though it is called by none of them."""
    found = spelt(query, "\n".join(candidate.sentences))
    return bool(found) and all(found)


def spelt(query: Query, form: str) -> list[bool]:
    """Of each number and code that is asked for whether it stands just so in a text, in search form."""
    asked = (search_form(query.text[one.start : one.end]) for one in asked_designators(query.text) if one.strict)
    codes = (re.escape("".join(one.split()).rstrip("版本号")) for one in asked)
    return [re.search(rf"(?<![a-z0-9.]){code}(?![a-z0-9]|\.\d)", form.replace(" ", "")) is not None for code in codes]


def describe_best(query: Query, ranked: Ranked, sentences: Sequence[Sentence]) -> dict[str, float]:
    """The features of the likeliest of some sentences, by name."""
    ordered = sorted(sentences, key=lambda s: -s.probability)
    best = ordered[0]
    candidate, own = best.candidate, best.features
    found = {f"sentence_{name}": own[name] for name in _OF_SENTENCE}
    found |= {f"passage_{name}": candidate.features[name] for name in _OF_PASSAGE}
    asked, typed = {kind.group for kind in asked_types(query.form)}, float(bool(giving_types(query.form)))
    found |= {f"asks_{group}": float(group in asked) for group in GROUPS}
    runner_up = ordered[1].probability if len(ordered) > 1 else 1e-9
    others = [weigh(other.features, "ranker") for other, _ in ranked if other is not candidate]
    text = "\n".join((*candidate.sentences, candidate.around))
    if are_read(sentences):
        others_read = [s.features["read"] for s in ordered[1:]] or [0.0]
        found |= {
            "read": own["read"], "read_behind": own["read_behind"], "read_margin": own["read"] - max(others_read),
            "read_above": own["read"] - float(np.mean(others_read)),
        }  # fmt: skip
    return found | _held(query, candidate) | {
        "typed_miss": typed * (1 - own["typed"]),
        "typed_near_miss": typed * (1 - own["typed_near"]),
        "probability": best.probability,
        "margin": float(np.log(max(best.probability, 1e-9) / max(runner_up, 1e-9))),
        "ahead": weigh(candidate.features, "ranker") - max(others, default=0.0),
        "unmet_codes": float(sum(code not in text for code in {*_CODE.findall(query.form)})),
        "strict_miss": float(query.lookup.strict and not candidate.designated),
        "designated": float(candidate.designated > 0),
        "named": float(candidate.naming is not None and candidate.naming.tells),
        "missing_weight": float(np.log1p(own["unmet"] * query.total)),
        "held_weight": float(np.log1p(own["own"] * query.total)),
    }  # fmt: skip


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
