"""A question → ranked Hits: keyword and dense candidates, put in order by one small fitted linear scorer.

Every candidate is described by a handful of numbers (`FEATURES`), each made so that more is better. The scorer is
their weighted sum; the weights were fitted by logistic regression on pairs of a right and a wrong passage
(training/fit_scorers.py) and lie in model/scorers.json. A second logistic regression turns the numbers of the best
passage into the probability that it answers at all, which is the score people see.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yinju.errors import QuestionError
from yinju.index.build import embedded_text
from yinju.index.generation import Generation
from yinju.settings import Settings
from yinju.text import bigrams, characters, content_tokens, has_content, search_form, words
from yinju.types import Encoder, Hit, Passage, Reranker, Vectors
from yinju.vocabulary import shipped_model, shipped_vocabulary

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

_KINDS = [
    (re.compile("[几多][少大长久高远重年]|几|多少|何时|哪年|哪一年|什么时候|年份|日期|时间|数量|人口|面积|比例|价格"),
     re.compile(r"\d|[一二三四五六七八九十百千万亿两]{2}|[一二三四五六七八九十百千万两][年月日个位名种次元条天周人]")),
    (re.compile("为什么|为何|原因|为啥|怎么会|何以|因何"), re.compile("因|由于|所以|导致|致使|为了|缘|以便|从而")),
    (re.compile("哪里|哪儿|何处|在哪|哪个地方|地点|位置|哪国|哪个国家|哪座|哪个城市"),
     re.compile("[省市县区州国岛港路街镇乡村站山河湖海]|位于")),
    (re.compile("区别|差别|差异|不同|不一样|相比|比较"),
     re.compile("区别|差别|差异|不同|而|则|反之|相比|一个.*一个")),
    (re.compile("谁|哪位|何人|什么人|名字|叫什么"), re.compile("[·]|先生|女士|人|家|长|帝|王|氏")),
]  # fmt: skip
"""Folded patterns: what asks for a number or date, a reason, a place, a difference or a person, and what the answer
to it holds."""


def token_weights(generation: Generation, text: str) -> dict[str, float]:
    """Each word and bigram that tells what a text is about → how telling it is, here and in Chinese at large.

    The weight is the background inverse document frequency times log(1 + n / df) / log(1 + n) for a token that
    stands in df of the n passages: what every passage of a small collection names, such as the owner, finds none.
    A pair of characters that stands nowhere is left out, for it may only be where two words meet; so is a long word
    that stands nowhere where a pair in it does.
    """
    vocabulary, count = shipped_vocabulary(), len(generation)
    own_words = set(words(text))
    frequencies = {token: generation.keywords.document_frequency(token) for token in content_tokens(text) or own_words}
    weights = {}
    for token, frequency in frequencies.items():
        in_parts = len(token) > 2 and any(frequencies.get(pair) for pair in bigrams(token))
        if frequency or (token in own_words and not in_parts):
            weights[token] = vocabulary.weight(token) * math.log1p(count / max(frequency, 1)) / math.log1p(count)
    return weights


@dataclass(frozen=True)
class Query:
    """A question as it is searched."""

    text: str
    words: list[str]
    bigrams: list[str]
    characters: list[str]
    vector: Vectors
    weights: Mapping[str, float]
    """What the question is about: token → weight, see `token_weights`."""
    known: float
    """The share of that weight that stands anywhere in the collection, 0 … 1."""

    @cached_property
    def folded(self) -> str:
        """The question's search form."""
        return search_form(self.text)

    @cached_property
    def total(self) -> float:
        """The sum of the weights; 0 for a question about nothing."""
        return sum(self.weights.values())

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The bigrams, each once."""
        return frozenset(self.bigrams)

    @cached_property
    def kinds(self) -> list[re.Pattern[str]]:
        """What a sentence holds that gives the kind of thing asked for; empty when the question does not tell."""
        return [answer for question, answer in _KINDS if question.search(self.folded)]


def make_query(generation: Generation, encoder: Encoder, question: str, most_characters: int = 2_000) -> Query:
    """The question made ready for search.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    if len(question) > most_characters:
        raise QuestionError(f"問題有 {len(question)} 個字，上限是 {most_characters} 個字；請縮短後再問一次。")
    if not has_content(question):
        raise QuestionError("請輸入問題：至少要有一個字或一個詞。")
    vector = encoder.encode_queries([question])[0]
    weights = token_weights(generation, question)
    found = sum(weight for token, weight in weights.items() if generation.keywords.document_frequency(token))
    known = _share(found, sum(weights.values()))
    return Query(question, words(question), bigrams(question), characters(question), vector, weights, known)


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

    @property
    def standing(self) -> float:
        """How well it does among the candidates: the ranker's weighted sum, or the log-odds a re-ranker gives it."""
        return self.features["reread"] if "reread" in self.features else weigh(self.features, "ranker")


def held_weights(folded: str, weights: Mapping[str, float]) -> NDArray[np.float32]:
    """The weight of each token that a folded text holds, 0 for the others; (tokens,) float32 in the order given."""
    return np.array([weight if _holds(folded, token) else 0.0 for token, weight in weights.items()], np.float32)


def _holds(folded: str, token: str) -> bool:
    """Whether a text holds a token; a word of letters or digits only as a whole."""
    if not token.isascii():
        return token in folded
    return token in folded and re.search(rf"(?<![a-z0-9]){re.escape(token)}(?![a-z0-9])", folded) is not None


def _relative(scores: Mapping[int, float], number: int) -> float:
    best = max(scores.values(), default=0.0)
    return scores.get(number, 0.0) / best if best > 0 else 0.0


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


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
    title_held = held_weights(query.folded, title_weights)
    features = {
        "window": _share(float(windows.sum(axis=1).max()), total),
        "window_in_context": _share(float(np.maximum(windows, context).sum(axis=1).max()), total),
        "beyond_context": _share(float(np.minimum(windows, beyond).sum(axis=1).max()), float(beyond.sum())),
        "passage": _share(float(coverage.max(axis=0).sum()), total),
        "title_asked": _share(float(title_held.sum()), sum(title_weights.values())),
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


@cache
def scorers() -> dict[str, dict[str, Any]]:
    """The fitted weights that ship with the package, by scorer."""
    loaded: dict[str, dict[str, Any]] = json.loads((shipped_model() / "scorers.json").read_text("utf-8"))
    return loaded


def weigh(features: Mapping[str, float], scorer: str) -> float:
    """The weighted sum of features under one of the shipped scorers."""
    fitted = scorers()[scorer]
    weights: dict[str, float] = fitted["weights"]
    return float(fitted.get("bias", 0.0)) + sum(weight * features[name] for name, weight in weights.items())


def probability(score: float) -> float:
    """The logistic function: a weighted sum as a probability, 0 … 1."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, score))))


def rank(candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """The candidates, best first, each with the probability that it answers, 0 … 1; never rising down the list."""
    ordered = sorted(candidates, key=lambda c: (-weigh(c.features, "ranker"), c.passage.id))
    ranked: list[tuple[Candidate, float]] = []
    for candidate in ordered:
        score = probability(weigh(candidate.features, "confidence"))
        ranked.append((candidate, min(score, ranked[-1][1]) if ranked else score))
    return ranked


def rerank(
    ranked: Sequence[tuple[Candidate, float]], question: str, reranker: Reranker | None, count: int
) -> list[tuple[Candidate, float]]:
    """The `count` best candidates in the re-ranker's order, then the others; as they are without a re-ranker.

    A re-read candidate has one feature more: reread, the log-odds of the re-ranker's score. Its probability, 0 … 1,
    has the mean of these and the fitted confidence's, so that either may carry or refuse an answer. It still never
    rises down the list.
    """
    if reranker is None:
        return list(ranked)
    read = [candidate for candidate, _ in ranked[:count]]
    scores = reranker.scores(question, [embedded_text(candidate.passage) for candidate in read])
    both = [
        (replace(candidate, features={**candidate.features, "reread": (odds := _log_odds(score))}),
         probability((weigh(candidate.features, "confidence") + odds) / 2))
        for score, candidate in sorted(zip(scores.tolist(), read, strict=True), key=lambda pair: -pair[0])
    ] + list(ranked[count:])  # fmt: skip
    lowest = accumulate((score for _, score in both), min)
    return [(candidate, score) for (candidate, _), score in zip(both, lowest, strict=True)]


def _log_odds(score: float) -> float:
    score = min(max(score, 1e-6), 1 - 1e-6)
    return math.log(score / (1 - score))


def search(
    generation: Generation, encoder: Encoder, question: str, top_k: int, settings: Settings,
    reranker: Reranker | None = None,
) -> list[Hit]:  # fmt: skip
    """The `top_k` passages that best answer a question, best first; empty when nothing shares a word with it.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    query = make_query(generation, encoder, question, settings.question_characters)
    ranked = rank(find_candidates(generation, query, max(settings.candidates, top_k)))
    ranked = rerank(ranked, query.text, reranker, settings.rerank_candidates)
    return [Hit(candidate.passage, score) for candidate, score in ranked[:top_k]]
