"""A question → the hits of its search, each with what speaks for it and where the question's terms stand in it.

Nothing is ranked here: order and scores are retrieve.py's, the numbers are those that describe each candidate.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from yinju.retrieval.candidates import Candidate
from yinju.retrieval.query import Query, places
from yinju.retrieval.retrieve import Retriever, retrieve, scorers
from yinju.store.protocol import FIELDS, Snapshot
from yinju.text import located_form
from yinju.types import Passage, Span


@dataclass(frozen=True, slots=True)
class Term:
    """Something that a question is about: a word, or a pair of characters that no found word of it covers."""

    token: str
    """As it is searched."""
    asked: str
    """As it stands in the question."""
    known: bool
    """Whether it stands anywhere in the collection."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one number adds to the ranker's sum."""

    feature: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        """The value times its weight."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A passage that was found, and why."""

    passage: Passage
    score: float
    """As `library.search` gives it: 0 … 1."""
    sha256: str
    """Of its document's file."""
    dense: float
    """The cosine of the question's and the passage's vectors: −1 … 1."""
    fields: Mapping[str, float]
    """The BM25 score of words, bigrams and characters, each as a share of the highest that is possible: 0 … 1."""
    shares: tuple[Share, ...]
    """What the fitted ranker added up, most first."""
    reread: float | None
    """The log-odds that a re-ranker gave it; None where none read it."""
    held: tuple[Term, ...]
    """The terms that stand in the passage."""
    held_around: tuple[Term, ...]
    """The terms that stand only in its title, its headings or the opening of its document."""
    marks: tuple[Span, ...]
    """Where terms stand in the passage's text, in order, not touching each other."""
    title_marks: tuple[Span, ...]
    heading_marks: tuple[tuple[Span, ...], ...]
    """The same for its title, and for each heading."""
    telling: Span
    """Of its sentences the one that holds most of what is asked, as a range of its document; all where none does."""

    @property
    def keyword(self) -> float:
        """The mean of the three fields' shares, 0 … 1."""
        return fmean(self.fields.values())


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was searched for, and what was found."""

    terms: tuple[Term, ...]
    hits: tuple[ExplainedHit, ...]


def explain(using: Retriever, question: str, k: int) -> Explanation:
    """The hits of `search` for the same arguments, explained.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    found, generation = retrieve(using, question, k), using.generation
    query, ranked = found.query, found.ranked
    terms = _terms(generation, query, [candidate for candidate, _ in ranked])
    digests = generation.documents.digests(list({candidate.passage.document for candidate, _ in ranked}))
    hits = (_explained(candidate, score, query, terms, digests) for candidate, score in ranked)
    return Explanation(tuple(terms), tuple(hits))


def _terms(generation: Snapshot, query: Query, candidates: Sequence[Candidate]) -> list[Term]:
    """What is asked for, in its order: words, and of the pairs those that hold a character which none before does."""
    form, located = located_form(query.text)
    own = set(query.terms["words"])
    terms, covered = list[tuple[int, Term]](), set[int]()
    for place, token in sorted(enumerate(query.weights), key=lambda pair: pair[1] not in own):
        spans = list(places(form, token))
        characters = {i for span in spans for i in range(*span)}
        if token not in own and characters and characters <= covered:
            continue
        held = any(c.coverage[:, place].any() or c.context[place] for c in candidates)
        known = held or generation.keywords.document_frequency(token) > 0
        covered |= characters if known else set()
        asked = query.text[slice(*_origin(located, spans[0]))] if spans else token
        terms.append((spans[0][0] if spans else len(form), Term(token, asked, known)))
    return [term for _, term in sorted(terms, key=lambda pair: pair[0])]


def _origin(located: Sequence[Span], span: Span) -> Span:
    """The range of a text from which a range of its search form comes."""
    return located[span[0]][0], located[span[1] - 1][1]


def _explained(
    candidate: Candidate, score: float, query: Query, terms: Sequence[Term], digests: Mapping[str, str]
) -> ExplainedHit:
    passage, features = candidate.passage, candidate.features
    column = {token: place for place, token in enumerate(query.weights)}
    held = [term for term in terms if candidate.coverage[:, column[term.token]].any()]
    around = [term for term in terms if term not in held and candidate.context[column[term.token]]]
    weights: dict[str, float] = scorers()["ranker"]["weights"]
    shares = (Share(name, features[name], weight) for name, weight in weights.items())
    return ExplainedHit(
        passage, score, digests[passage.document], features["dense"], {field: features[field] for field in FIELDS},
        tuple(sorted(shares, key=lambda share: -share.points)), features.get("reread"), tuple(held), tuple(around),
        _passage_marks(passage, terms), term_marks(passage.title, terms),
        tuple(term_marks(heading, terms) for heading in passage.headings), _telling(candidate),
    )  # fmt: skip


def _passage_marks(passage: Passage, terms: Sequence[Term]) -> tuple[Span, ...]:
    found: list[Span] = []
    for number, (start, end) in enumerate(passage.sentences):
        mended = [word for place, word in passage.mended if place == number]
        marks = term_marks(passage.text[start:end], terms, mended)
        found += [(start + first, start + last) for first, last in marks]
    return joined(found)


def term_marks(text: str, terms: Iterable[Term], mended: Iterable[str] = ()) -> tuple[Span, ...]:
    """Where terms stand in a text, in order, joined where they touch.

    Of the words that a stray character breaks apart in it, those that hold a term are found in spite of it.
    """
    form, located = located_form(text)
    tokens = [term.token for term in terms]
    found = [span for token in tokens for span in places(form, token)]
    broken = (".?".join(map(re.escape, word)) for word in mended if any(token in word for token in tokens))
    found += [match.span() for pattern in broken for match in re.finditer(pattern, form)]
    return joined(_origin(located, span) for span in found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The ranges in order, those that overlap or touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _telling(candidate: Candidate) -> Span:
    passage, held = candidate.passage, candidate.coverage.sum(axis=1)
    if not held.any():
        return passage.start, passage.end
    start, end = passage.sentences[int(np.argmax(held))]
    return passage.start + start, passage.start + end
