"""A Query → Candidates: the passages that may answer, each described by a handful of numbers.

Every number (`FEATURES`) is made so that more is better; what they weigh is said in retrieve.py.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from yinju.ingest.records import context_of
from yinju.retrieval.lookup import Lookup
from yinju.retrieval.naming import Naming, named_entries
from yinju.retrieval.query import Query, holds, share, token_weights
from yinju.store.protocol import FIELDS, Hits, Snapshot, VectorSearch
from yinju.text import bigrams, fold, search_form
from yinju.types import Passage, Vectors

FEATURES = (
    *FIELDS, "dense", "meaning", "meaning_alone", "window", "window_in_context", "passage_in_context",
    "title_asked", "heading_alike", "kind", "known",
)  # fmt: skip
"""words, bigrams, characters: BM25 of the passage in its context, as a share of the highest score possible.
dense: cosine of the vectors; meaning: of the parts of them that tell meaning.
window, window_in_context, passage_in_context: shares of the weight of what the question is about, held by one or two
neighbouring sentences, by them or by their context (title, headings, opening of the document), by the whole passage or
its context. title_asked: the share of the title's weight that the question holds.
heading_alike: the square of the Dice coefficient of the question's bigrams and those of the heading right above the
passage, or 0.8 of it for one further up.
kind: window_in_context of those sentences alone that hold the kind of thing asked for.
known: the share of the weight that any passage of the collection holds.
meaning_alone: meaning, so far as words are no guide: as it is where no passage holds anything of what the question is
about, and falling to 0 where one holds two fifths."""

_BESIDE = ThreadPoolExecutor(os.cpu_count(), "yinju-search")
"""FAISS and tantivy search while another thread goes on with Python."""

GUIDED = 0.4
"""From this share of what a question is about in one passage on, words alone guide the search: docs/experiments.md."""


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
    copies: tuple[Passage, ...] = ()
    """Passages that are the same text."""
    designated: int = 0
    """How many of the numbers that the question asks for it is, or speaks of where more is asked."""
    looked_up: bool = False
    """Whether it is all that the question asks for."""
    naming: Naming | None = None
    """The rows, records or definitions in it that the question names."""
    meant: float | None = None
    """Its cosine to the question, as the transformer read it whole; None where it was not found by that."""
    nearness: NDArray[np.float32] | None = None
    """(sentences,): how near each is to the question in meaning, as the transformer reads it; None where it did not."""

    @property
    def around(self) -> str:
        """The search form of its title and headings."""
        return _form("\n".join((self.passage.title, *self.passage.headings)))

    @property
    def searched(self) -> list[str]:
        """The search form of each sentence, with the words in it that stray characters break apart."""
        return with_mended(self.passage, self.sentences)


def with_mended(passage: Passage, sentences: Sequence[str]) -> list[str]:
    """The search forms of a passage's sentences, each followed by the words that are mended in it, a line each."""
    return ["\n".join([s, *(word for n, word in passage.mended if n == place)]) for place, s in enumerate(sentences)]


def held_weights(form: str, weights: Mapping[str, float]) -> NDArray[np.float32]:
    """The weight of each token that a search form holds, 0 for the others; (tokens,) float32 in the order given."""
    return np.array([weight if holds(form, token) else 0.0 for token, weight in weights.items()], np.float32)


def _forms(passage: Passage) -> tuple[str, ...]:
    """The search forms of a passage's sentences: as ingestion kept them, else worked out."""
    return _split(passage.form) if passage.form else _folded(passage.lines, passage.form == "")


@lru_cache(maxsize=16_384)
def _split(form: str) -> tuple[str, ...]:
    return tuple(form.split("\n"))


@lru_cache(maxsize=16_384)
def _folded(lines: str, is_all: bool) -> tuple[str, ...]:
    """The search forms of lines, of which folding may be all."""
    return _split(fold(lines) if is_all else search_form(lines))


@lru_cache(maxsize=16_384)
def _pairs(heading: str) -> frozenset[str]:
    return frozenset(bigrams(heading))


@lru_cache(maxsize=16_384)
def _form(text: str) -> str:
    return search_form(text)


def _alike(asked: frozenset[str], heading: str) -> float:
    """The Dice coefficient of bigrams, squared so that only a heading that nearly is the question counts for much."""
    own = _pairs(heading)
    return (2 * len(asked & own) / (len(asked) + len(own))) ** 2 if own else 0.0


def _heading_alike(query: Query, headings: Sequence[str]) -> float:
    return max(
        (_alike(query.pairs, heading) * (1.0 if up == 0 else 0.8) for up, heading in enumerate(reversed(headings))),
        default=0.0,
    )


def _describe(
    query: Query, passages: Sequence[Passage], leads: Mapping[str, str], titles: Mapping[str, float]
) -> list[Candidate]:
    """The candidates with all features but those of the ways they were found by; all are compared with it at once.

    leads: the text of each document's first passage; titles: `title_asked` of each title.
    """
    if not passages:
        return []
    sentences = [[*_forms(passage)] for passage in passages]
    searched = [*chain.from_iterable(map(with_mended, passages, sentences))]
    ends = np.cumsum([*map(len, sentences)])
    starts = ends - [*map(len, sentences)]
    coverage = _with_names(passages, starts, query.held_by_each(searched), query)
    contexts = query.held_by_each(["\n".join(map(_form, context_of(p, leads[p.document]))) for p in passages])
    following = np.minimum(np.arange(1, len(searched) + 1), np.repeat(ends - 1, ends - starts))
    windows = np.maximum(coverage, coverage[following])
    in_context = np.maximum(windows, np.repeat(contexts, ends - starts, axis=0)).sum(axis=1)
    of_kind = np.array([any(kind.search(sentence) for kind in query.kinds) for sentence in chain(*sentences)])
    most = {
        "window": np.maximum.reduceat(windows.sum(axis=1), starts),
        "window_in_context": np.maximum.reduceat(in_context, starts),
        "passage_in_context": np.maximum(np.maximum.reduceat(coverage, starts), contexts).sum(axis=1),
        "kind": np.maximum.reduceat(in_context * (of_kind | of_kind[following]), starts),
    }
    return [
        Candidate(
            passage, sentences[n], coverage[starts[n] : ends[n]], contexts[n],
            {
                **{name: share(float(values[n]), query.total) for name, values in most.items()},
                "title_asked": titles[passage.title],
                "heading_alike": _heading_alike(query, passage.headings),
                "known": query.known,
            },
            naming=named_entries(query.text, passage),
        )
        for n, passage in enumerate(passages)
    ]  # fmt: skip


def _with_names(
    passages: Sequence[Passage], starts: NDArray[np.intp], coverage: NDArray[np.float32], query: Query
) -> NDArray[np.float32]:
    """The coverage of sentences, rows holding what their heads do, and fields their record's name."""
    around = {
        int(start) + number: _form("\n".join((*block.heads, block.record)))
        for passage, start in zip(passages, starts, strict=True) if passage.blocks
        for number, block in enumerate(passage.blocks_of_sentences()) if block and (block.heads or block.record)
    }  # fmt: skip
    rows = [*around]
    coverage[rows] = np.maximum(coverage[rows], query.held_by_each([*around.values()]))
    return coverage


def _title_asked(generation: Snapshot, query: Query, title: str) -> float:
    """The share of a title's weight that the question holds, 0 … 1."""
    if frozenset(_form(title)).isdisjoint(query.form):
        return 0.0
    weights = token_weights(generation, title)
    return share(float(held_weights(query.form, weights).sum()), sum(weights.values()))


def _likeness(vectors: Vectors, meaning: Vectors, start: int) -> NDArray[np.float32]:
    """(n,) the cosines of vectors and a query's meaning, in the numbers from `start` on."""
    lengths = np.linalg.norm(vectors[:, start:], axis=1)
    return np.asarray(vectors @ meaning / np.maximum(lengths, 1e-12), np.float32)


def _nearest(vectors: VectorSearch, query: Query, count: int) -> list[Hits]:
    """The best `count` by the whole vector and, where there is one, by the part that tells meaning.

    The latter are the best by cosine among the best of five times as many by inner product.
    """
    if not (query.meaning_from and query.meaning.any()):
        return vectors.search(query.vector[None], count)
    whole, alike = vectors.search(np.array([query.vector, query.meaning]), 5 * count)
    found = [number for number, _ in alike]
    likeness = _likeness(vectors.rows(found), query.meaning, query.meaning_from)
    best = np.argsort(-likeness, kind="stable")[:count]
    return [whole[:count], [(found[place], float(likeness[place])) for place in best]]


def find_candidates(
    generation: Snapshot, query: Query, count: int, meant: Mapping[int, float] | None = None
) -> list[Candidate]:
    """The union of the best `count` passages by every way of searching, described, in the order of their ids.

    `meant` are passages that the transformer finds, with their cosines, which are among them.
    """
    ids = _ids(generation, query, count) | _designated_ids(generation, query, count)
    found = _described(generation, query, sorted(ids | (meant or {}).keys()))
    return [replace(one, meant=meant[one.passage.id]) if meant and one.passage.id in meant else one for one in found]


def _ids(generation: Snapshot, query: Query, count: int) -> set[int]:
    """The best `count` passages by each keyword field, by vectors, and by their part that tells meaning."""
    nearest = _BESIDE.submit(_nearest, generation.vectors, query, count)
    found = [generation.keywords.search(field, terms, count) for field, terms in query.terms.items()]
    if query.other_words:
        found.append(generation.keywords.search("words", query.other_words, count))
    return {number for hits in chain(found, nearest.result()) for number, _ in hits}


def _described(generation: Snapshot, query: Query, ids: list[int]) -> list[Candidate]:
    keywords, vectors, terms = generation.keywords, generation.vectors, query.terms
    passages = generation.documents.passages(ids)
    leads = generation.documents.leads(list({passage.document for passage in passages}))
    scoring = _BESIDE.submit(lambda: {field: keywords.scores(field, terms[field], ids) for field in terms})
    highest = {field: keywords.highest_score(field, terms[field]) for field in terms}
    rows = vectors.rows(ids)
    dense, meaning = rows @ query.vector, _likeness(rows, query.meaning, query.meaning_from)
    titles = {title: _title_asked(generation, query, title) for title in {passage.title for passage in passages}}
    candidates = _describe(query, passages, leads, titles)
    alone, scores = unguided(candidates), scoring.result()
    for i, candidate in enumerate(candidates):
        found = {field: share(scores[field].get(candidate.passage.id, 0.0), highest[field]) for field in terms}
        cosine = float(meaning[i])
        candidate.features.update(found, dense=float(dense[i]), meaning=cosine, meaning_alone=alone * cosine)
    return _with_designated(generation, query.lookup, candidates)


def unguided(candidates: Iterable[Candidate]) -> float:
    """How little words guide: 1 where no candidate holds anything of what is asked, 0 where one holds `GUIDED`."""
    held = max((candidate.features["passage_in_context"] for candidate in candidates), default=0.0)
    return max(0.0, 1 - held / GUIDED)


def _with_designated(generation: Snapshot, lookup: Lookup, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates with how many of the numbers asked for they are, without those that are out of date."""
    numbers = _designated(generation, lookup, [candidate.passage for candidate in candidates])
    asked = len(lookup.terms) if lookup.is_bare else 0
    counted = [
        replace(one, designated=number, looked_up=number == asked) if number else one
        for one, number in zip(candidates, numbers, strict=True)
    ]
    return [one for one in counted if one.passage.document not in lookup.outdated] or counted


def _designated_ids(generation: Snapshot, query: Query, count: int) -> set[int]:
    """The passages that are what the question asks for by number or, behind them, speak of it."""
    words = query.terms["words"]
    found = (generation.keywords.search_designated(term, "words", words, count) for term in query.lookup.terms)
    return set(chain.from_iterable(found))


def _designated(generation: Snapshot, lookup: Lookup, passages: Sequence[Passage]) -> list[int]:
    """For each passage how many of the numbers asked for it is, in a document asked for.

    Where more than the number is asked, one that speaks of it counts as well: what an article says of another.
    """
    ids, counts = [passage.id for passage in passages], Counter[int]()
    for term in lookup.terms:
        counts.update(generation.keywords.designated(f"={term}" if lookup.is_bare else term, ids))
    allowed = lookup.documents
    return [counts[p.id] if allowed is None or p.document in allowed else 0 for p in passages]
