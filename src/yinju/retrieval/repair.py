"""A question → the question as it is searched: typing errors of sound and shape mended, 微薄 as 微博, 錄營 as 露營.

A word may be wrong that stands nowhere in the collection. It is put right where one character exchanged for one that is
said alike or looks alike, or the whole word for one that is said alike, makes a word of the collection, and where this
is likely: by how ordinary the question becomes, by what stands beside it, and by whether the word is found where the
rest of the question is. What the documents say themselves, names, codes and quoted words stay.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from yinju.retrieval.guesses import Guess, guesses
from yinju.store.protocol import Keywords, Snapshot
from yinju.text import bigrams, content_tokens, convert, located_form, script_of, words

BIAS, WEIGHTS = -2.3, {
    "gain": 0.24, "share": 0.46, "weight": 0.33, "long": 1.84, "two characters": -4.17, "pair": -3.21,
    "unknown pair": -4.2, "accent": -1.2, "shape": 0.04, "both": 0.62, "word typed": -2.48, "weight typed": 0.09,
    "character stands": -0.41, "character is empty": -0.93, "typed so": -1.3, "meant so": 3.11, "at edge": 1.44,
    "beside empty": -0.77, "fits": 3.44, "fits best": 1.08, "nothing else": 1.45, "rivals": -0.86,
}  # fmt: skip
"""What a guess is judged by, in log-odds, fitted by training/fit_repair.py on four collections and questions."""
LEAST = 0.5
"""The log-odds from which on a guess is searched: few questions hold an error, more of those it was fitted on did."""

HOLDING = 100
"""How many of the passages that hold a word are looked at."""
ALL_BUT = 0.95
"""From this share of the best score on a passage is as good as the best."""
LONGEST = 120
"""Characters of a question that is looked at: what is longer was copied, not typed."""


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a question, and what is searched in its place."""

    asked: str
    searched: str
    """In the script of the question."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A question as it is searched."""

    question: str
    """As it was asked where nothing is changed."""
    changes: tuple[Change, ...] = ()


def repaired(question: str, generation: Snapshot) -> Repair:
    """The question with every word put right that is more likely to be a typing error than not."""
    if len(question) > LONGEST:
        return Repair(question)
    form, origins = located_form(question)
    script = script_of(question)
    pieces, changes, done = [], list[Change](), 0
    for guess in _chosen(form, generation.keywords):
        start, end = origins[guess.start][0], origins[guess.end - 1][1]
        if end - start == len(guess.word):  # not where a region's word was read as another
            word = convert(guess.word, script) if script else guess.word
            changes.append(Change(question[start:end], word))
            pieces += [question[done:start], word]
            done = end
    return Repair("".join([*pieces, question[done:]]), tuple(changes))


def _chosen(form: str, keywords: Keywords) -> list[Guess]:
    """The likely guesses in the order of their places, the best first of those that overlap.

    What is chosen counts as asked for when the rest is judged: 微薄 beside 微信 is the likelier 微博.
    """
    chosen, left = list[Guess](), judged(form, guesses(form, keywords), keywords)
    while best := max(left, key=score, default=None):
        if score(best) < LEAST:
            break
        chosen.append(best)
        form = form[: best.start] + best.word + form[best.end :]
        left = judged(form, [guess for guess in left if not guess.overlaps(best)], keywords)
    return sorted(chosen, key=lambda guess: guess.start)


def score(guess: Guess) -> float:
    """The log-odds that a guess is what was meant."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in guess.features.items())


def judged(form: str, found: Sequence[Guess], keywords: Keywords) -> list[Guess]:
    """The guesses with how well the passages that hold their words fit the rest of the question."""
    with_context = []
    for guess in found:
        rest = _standing(form[: guess.start] + " " + form[guess.end :], keywords)
        around = rest or [part for other in found if not guess.overlaps(other) for part in words(other.word)]
        rivals = {other.word for other in found if guess.overlaps(other)}
        hopeless = score(guess) + sum(WEIGHTS[name] for name in ("fits", "fits best", "nothing else")) < LEAST
        fit = 0.0 if hopeless or not around else _fit(keywords, guess.word, around)
        features = {"fits": fit, "fits best": float(fit > ALL_BUT), "nothing else": float(not rest),
                    "rivals": math.log(len(rivals))}  # fmt: skip
        with_context.append(replace(guess, features={**guess.features, **features}))
    return with_context


def _standing(form: str, keywords: Keywords) -> list[str]:
    """The words that tell what a text is about and stand in the collection."""
    return [token for token in content_tokens(form) if keywords.frequency_in("words", token)]


def _fit(keywords: Keywords, word: str, around: Sequence[str]) -> float:
    """The best BM25 score for some words of a passage that holds another, as a share of the best of all, 0 … 1."""
    holding = [number for number, _ in keywords.search("bigrams", bigrams(word), HOLDING)]
    best = max((score for _, score in keywords.search("words", around, 1)), default=0.0)
    return max(keywords.scores("words", around, holding).values(), default=0.0) / best if best else 0.0
