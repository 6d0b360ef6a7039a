"""Ranked candidates → the sentences that answer, whole and in reading order, each with its citation.

A sentence is described by `SENTENCE_FEATURES`; the fitted scorer "sentence" weighs them. The best one is given, and
with it those that come close.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yinju.candidates import Candidate
from yinju.query import Query
from yinju.search import Ranked, standing, weigh
from yinju.text import convert, script_of
from yinju.types import Citation, Passage, Statement

PASSAGES = 3
"""How many of the best passages sentences are chosen from."""

MARGIN = 1.0
"""How far, in weighted score, a sentence may stay behind the best and still be given: docs/experiments.md."""

CLOSING = tuple("。!?.;…」』”’)》】")
"""Marks that end a sentence, folded or not."""

SCRAP = 6
"""A line of fewer characters without closing punctuation is no answer."""

_MARKUP = re.compile(r"^\s*(?:(?:[-*+•・]|\d+[.、)])\s+|答[:：]\s*)|\*\*|`")

SENTENCE_FEATURES = (
    "own", "before", "after", "context", "kind", "passage", "runner_up", "length", "position", "echo", "wording",
    "open",
)  # fmt: skip
"""own: the share of the question's weight that the sentence holds; before, after: what its neighbours hold more;
context: what title, headings and the document's opening hold more; kind: it holds the kind of thing asked for;
passage: how far its passage stays behind the best, in weighted score; runner_up: it is not of the best passage;
length: in hundreds of characters; position: how far down its passage, 0 … 1; echo: the share of its characters that
the question holds; wording: the share of the question's bigrams, whatever they mean, that the sentence holds; open: it
ends without a closing mark, as table rows and titles do."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be part of an answer."""

    candidate: Candidate
    number: int
    """Its place among the sentences of its passage."""
    features: dict[str, float]

    @property
    def text(self) -> str:
        """The sentence's original characters."""
        start, end = self.candidate.passage.sentences[self.number]
        return self.candidate.passage.text[start:end]


def describe_sentences(query: Query, ranked: Ranked) -> list[Sentence]:
    """Every sentence of the best passages with its features; empty without passages."""
    if not ranked:
        return []
    best = standing(ranked[0][0])
    described = []
    for place, (candidate, _) in enumerate(ranked[:PASSAGES]):
        behind = min(0.0, standing(candidate) - best)  # the order may be a re-ranker's
        for number in range(len(candidate.sentences)):
            features = _features(query, candidate, number) | {"passage": behind, "runner_up": float(place > 0)}
            described.append(Sentence(candidate, number, features))
    return described


def _features(query: Query, candidate: Candidate, number: int) -> dict[str, float]:
    total = query.total or 1.0
    coverage, text = candidate.coverage, candidate.sentences[number]
    own = coverage[number]
    before = coverage[number - 1] if number else np.zeros_like(own)
    after = coverage[number + 1] if number + 1 < len(coverage) else np.zeros_like(own)
    return {
        "own": float(own.sum()) / total,
        "before": float(np.maximum(before - own, 0).sum()) / total,
        "after": float(np.maximum(after - own, 0).sum()) / total,
        "context": float(np.maximum(candidate.context - own, 0).sum()) / total,
        "kind": float(any(kind.search(text) for kind in query.kinds)),
        "length": min(len(text), 200) / 100,
        "position": number / len(coverage),
        "echo": sum(character in query.characters for character in text) / max(len(text), 1),
        "open": float(not text.endswith(CLOSING)),
        "wording": sum(pair in text for pair in query.pairs) / max(len(query.pairs), 1),
    }


def _is_scrap(sentence: Sentence) -> bool:
    """Whether a line is too short to say anything of what is asked, such as a stray word of a scraped page."""
    return len(sentence.text) < SCRAP and bool(sentence.features["open"]) and sentence.features["own"] < 0.5


def choose_sentences(sentences: Sequence[Sentence], most_characters: int) -> list[Sentence]:
    """The best sentences within the limit, those of better passages first, each passage's in reading order.

    One sentence that stands out answers alone; the less sure the choice, the more sentences. At least one where any is.
    """
    scores = {id(s): weigh(s.features, "sentence") for s in sentences if not _is_scrap(s)}
    ordered = sorted((s for s in sentences if id(s) in scores), key=lambda s: -scores[id(s)]) or list(sentences[:1])
    chosen: list[Sentence] = []
    used = 0
    for sentence in ordered:
        length = len(sentence.text)
        fits = used + length <= most_characters and scores[id(sentence)] >= scores[id(ordered[0])] - MARGIN
        if not chosen or (fits and all(sentence.text != other.text for other in chosen)):
            chosen.append(sentence)
            used += length
    places = list(dict.fromkeys(id(s.candidate) for s in sentences))
    return sorted(chosen, key=lambda s: (places.index(id(s.candidate)), s.number))


def cite(passage: Passage, start: int, end: int, marker: int) -> Citation:
    """The citation of a range of a passage's text."""
    return Citation(
        marker, passage.document, passage.title, passage.heading, passage.page,
        passage.start + start, passage.start + end, passage.text[start:end], passage.text,
    )  # fmt: skip


def spoken(text: str) -> str:
    """A sentence as it is said: without the bullet, number, 「答：」 or emphasis that its document writes it with."""
    return _MARKUP.sub("", text) or text


def compose(question: str, sentences: Sequence[Sentence]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """The sentences as statements in the asker's script, and where each stands in its document."""
    script = script_of(question)
    statements, citations = [], []
    for marker, sentence in enumerate(sentences, start=1):
        said, own = spoken(sentence.text), script_of(sentence.text)
        text = convert(said, script) if script and own and own != script else said
        statements.append(Statement(text, (marker,)))
        passage = sentence.candidate.passage
        citations.append(cite(passage, *passage.sentences[sentence.number], marker))
    return tuple(statements), tuple(citations)
