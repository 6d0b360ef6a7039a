"""A question → Evidence: its candidates, put in order by one small fitted linear scorer.

The scorer is the weighted sum of the numbers that describe a candidate; the weights were fitted by logistic regression
on pairs of a right and a wrong passage (training/fit_scorers.py) and lie in model/scorers.json. A second logistic
regression turns the numbers of the best passage into the probability that it answers at all, which is the score people
see. The shipped transformer reads the best candidates anew (deep.py); a re-ranker, where one is set, reads them last.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from threading import Lock
from typing import Any

from yinju.deep import deep_encoder
from yinju.ingest.records import embedded_text
from yinju.protocols import Encoder, Reranker
from yinju.retrieval.candidates import Candidate, find_candidates, unguided
from yinju.retrieval.duplicates import without_copies
from yinju.retrieval.english import in_chinese, is_english
from yinju.retrieval.query import Query, make_query
from yinju.retrieval.repair import repaired
from yinju.settings import Settings
from yinju.store.meanings import Meanings
from yinju.store.protocol import Snapshot
from yinju.types import Hit
from yinju.vocabulary import shipped_model

UNHURRIED, LEAST_READ, CROWDED = 2, 3, 20
"""For so many questions at once all passages are read that are to be; how many at least for each of more; and with more
than how many, those that wait included, none is read."""
LOOKED_UP = 0.97
"""The score of what a question asks for by its number alone."""
MEANT, READ_MEANT = 20, 5
"""How many passages are found by what they mean, and how many of those read that words do not put among the best."""
ENGLISH_PASSAGES = 3
"""How many times as many passages are found by what they mean and read for an English question, which is put into
Chinese word by word."""
NAMED = 0.9
"""The least score of the row, record or definition that a question names and that has a place for what is asked."""


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


Ranked = list[tuple[Candidate, float]]
"""Candidates, best first, each with the probability that it answers, 0 … 1; never rising down the list."""


def in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates best first: by the numbers asked for, by what is named in them, then as the ranker has them."""
    return sorted(candidates, key=lambda c: (-c.designated, -_named(c), -standing(c), c.passage.place))


def _named(candidate: Candidate) -> int:
    """How much of the question the row, record or definition holds that it names and that tells what is asked."""
    return candidate.naming.score if candidate.naming and candidate.naming.tells else 0


def rank(candidates: Sequence[Candidate]) -> Ranked:
    """The candidates in the fitted ranker's order with their fitted probabilities."""
    return _never_rising([(c, _relevance(c)) for c in in_order(candidates)])


def _relevance(candidate: Candidate) -> float:
    """The probability that a candidate answers; certain for what is all that is asked for by number."""
    if candidate.looked_up:
        return LOOKED_UP
    fitted = probability(_odds(candidate))
    return max(NAMED, fitted) if _named(candidate) else fitted


def _odds(candidate: Candidate) -> float:
    """The log-odds that a candidate answers."""
    fitted = weigh(candidate.features, "relevance")
    return (
        weigh(candidate.features | {"relevance": fitted}, "relevance_read") if "read" in candidate.features else fitted
    )


def reread(ranked: Ranked, question: str, passages: int, meant: int) -> Ranked:
    """The candidates, the best `passages` of them put in order anew by what the transformer reads in them.

    Of these up to `meant` are such as only meaning finds.

    A candidate that was read has three features more: read, how near the nearest of its sentences is to the question;
    read_alone, that and half of how near it is as a whole, so far as words are no guide; read_english, read where the
    question is English.
    """
    english = is_english(question)
    read, others = _to_read(ranked, passages, meant)
    found = deep_encoder().cosines(question, [candidate.passage for candidate in read])
    alone, described = unguided(candidate for candidate, _ in ranked), []
    for one, nearness in zip(read, found, strict=True):
        nearest = float(nearness.max(initial=0.0))
        near = {
            "read": nearest, "read_alone": alone * (nearest + (one.meant or 0.0) / 2), "read_english": english * nearest
        }  # fmt: skip
        described.append(replace(one, nearness=nearness, features=one.features | near))
    return _never_rising(rank(described) + others)


def _to_read(ranked: Ranked, passages: int, meant: int) -> tuple[list[Candidate], Ranked]:
    """The candidates to be read, as many as `passages`, and the others: the best by words, `meant` by meaning alone."""
    meant = min(meant, passages // 2)
    by_meaning = sorted((c for c, _ in ranked[passages - meant :] if c.meant), key=lambda c: -(c.meant or 0.0))
    chosen = {id(candidate) for candidate in by_meaning[:meant]}
    first = passages - len(chosen)
    read = [c for c, _ in ranked[:first]] + [c for c, _ in ranked[first:] if id(c) in chosen]
    return read, [(c, score) for c, score in ranked[first:] if id(c) not in chosen]


def rerank(ranked: Ranked, question: str, reranker: Reranker | None, count: int) -> Ranked:
    """The `count` best candidates in the re-ranker's order, then the others; as they are without a re-ranker.

    A re-read candidate has one feature more: reread, the log-odds of the re-ranker's score. Its probability has the
    mean of these and the fitted confidence's, so that either may carry or refuse an answer.
    """
    if reranker is None:
        return ranked
    read = [candidate for candidate, _ in ranked[:count]]
    scores = reranker.scores(question, [embedded_text(candidate.passage) for candidate in read])
    reread: Ranked = []
    for score, candidate in sorted(zip(scores.tolist(), read, strict=True), key=lambda pair: -pair[0]):
        odds = _log_odds(score)
        described = replace(candidate, features=candidate.features | {"reread": odds})
        reread.append((described, probability((_odds(candidate) + odds) / 2)))
    return _never_rising(reread + ranked[count:])


def standing(candidate: Candidate) -> float:
    """How well it does among the candidates: the ranker's sum, with what was read, or a re-ranker's log-odds."""
    features = candidate.features
    if "reread" in features:
        return features["reread"]
    ranker = weigh(features, "ranker")
    return weigh(features | {"ranker": ranker}, "ranker_read") if "read" in features else ranker


def _never_rising(scored: Ranked) -> Ranked:
    lowest = accumulate((score for _, score in scored), min)
    return [(candidate, score) for (candidate, _), score in zip(scored, lowest, strict=True)]


def _log_odds(score: float) -> float:
    score = min(max(score, 1e-6), 1 - 1e-6)
    return math.log(score / (1 - score))


@dataclass(frozen=True, slots=True)
class Retriever:
    """What passages are found with."""

    generation: Snapshot
    encoder: Encoder
    settings: Settings
    reranker: Reranker | None = None
    meanings: Meanings | None = None
    """What the transformer has read of the passages; None where it reads none."""

    @property
    def meaning_read(self) -> float:
        """Of what share of the passages that is, 0 … 1; 1 where it reads none."""
        every = max(len(self.generation), 1)
        return len(self.meanings.of(self.generation.documents)) / every if self.meanings else 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question."""

    query: Query
    ranked: Ranked
    hurried: bool = False
    """Whether fewer passages were read than otherwise, because others were asking too."""


def as_searched(question: str, generation: Snapshot) -> str:
    """A question in the words that are searched: in Chinese, typing errors mended."""
    if is_english(question):
        return in_chinese(question, generation).chinese or question
    return repaired(question, generation).question


class Crowd:
    """How many questions are being read for, and how many wait to be."""

    def __init__(self) -> None:
        """Nobody asks."""
        self._lock, self._questions = Lock(), 0

    def wait(self, more: int) -> None:
        """Let so many more wait, or fewer: who has a line of them says so."""
        with self._lock:
            self._questions += more

    @property
    def is_large(self) -> bool:
        """Whether each question is to cost no more than it must: more ask than any passage is read for."""
        return self._questions > CROWDED

    @contextmanager
    def one_more(self) -> Iterator[int]:
        """How many there are with this one, while it lasts."""
        self.wait(1)
        try:
            yield self._questions
        finally:
            self.wait(-1)


CROWD = Crowd()
"""Of this process, whose processors they share."""


def as_many_as(passages: int, questions: int) -> int:
    """How many passages are read for each of so many questions: fewer, as they share the cores; at last none."""
    if questions <= UNHURRIED:
        return passages
    return min(passages, max(LEAST_READ, UNHURRIED * passages // questions)) if questions <= CROWDED else 0


def retrieve(using: Retriever, question: str, k: int = 0) -> Evidence:
    """The passages that may answer a question, best first: the only way to passages.

    At most `k`; all that were looked at where it is 0.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    settings = using.settings
    asked, english = as_searched(question, using.generation), is_english(question)
    query = make_query(using.generation, using.encoder, asked, settings.question_characters)
    read_as, times = (question, ENGLISH_PASSAGES) if english else (query.text, 1)
    meant = _meant(using, read_as, MEANT * times)
    candidates = find_candidates(using.generation, query, max(settings.candidates, k), meant)
    ranked, hurried = without_copies(rank(candidates)), False
    if settings.reread and ranked:
        with CROWD.one_more() as questions:
            most = as_many_as(settings.reread_passages, questions)
            hurried = most < settings.reread_passages
            passages = max(most * times, settings.rerank_candidates if using.reranker else 0)
            ranked = reread(ranked, read_as, passages, READ_MEANT * times) if passages else ranked
    ranked = rerank(ranked, query.text, using.reranker, settings.rerank_candidates)
    return Evidence(query, ranked[:k] if k else ranked, hurried)


def _meant(using: Retriever, question: str, count: int) -> dict[int, float]:
    """The passages whose meaning is nearest to the question's, with their cosines; none where meaning is not read."""
    if using.meanings is None or not using.settings.reread:
        return {}
    return dict(using.meanings.of(using.generation.documents).search(deep_encoder().question(question), count))


def search(using: Retriever, question: str, k: int) -> list[Hit]:
    """The `k` passages that best answer a question, best first; a low score says that they hardly do.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    return [Hit(c.passage, score, c.copies) for c, score in retrieve(using, question, k).ranked]
