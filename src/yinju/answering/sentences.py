"""Ranked candidates → the sentences of the best passages, each described by numbers and weighed by a fitted scorer.

The scorer is a linear sum plus one small hidden layer (tanh) over `SENTENCE_FEATURES` and the question's kind, fitted
by training/fit_answers.py; the softmax over a question's sentences says how probable it is that each holds the answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from yinju.answering.asked import SIGNS, Asked, asked_by, signs_of
from yinju.embedding import similarities
from yinju.numerals import with_digits
from yinju.retrieval.answer_types import asked_types, gives_type
from yinju.retrieval.asked_types import GROUPS
from yinju.retrieval.candidates import Candidate
from yinju.retrieval.query import Query
from yinju.retrieval.retrieve import Ranked, scorers, standing
from yinju.text import longest_run, search_form, words
from yinju.types import Block, BlockKind
from yinju.vocabulary import shipped_vocabulary

Numbers = NDArray[np.float64]

PASSAGES = 5
"""How many of the best passages sentences are chosen from."""

CLOSING = tuple("。!?.;…」』”’)》】")
"""Marks that end a sentence, folded or not."""

SCRAP = 6
"""A line of fewer characters without closing punctuation is no answer."""

_ANAPHOR = re.compile("[他她它其该此这]|当时|后来|随后|之后")
_COPIED = 200
"""How much of a sentence is looked through for a run of the question, in characters."""

_COVERAGE = ("own", "before", "after", "context", "share", "top", "share_before", "share_after", "top_before",
             "top_after")  # fmt: skip
_AROUND = (
    "heading", "lead", "near", "whole", "unmet", "heaviest", "nouns", "heaviest_noun", "heaviest_other", "ordinals"
)  # fmt: skip
_WORDING = ("echo", "wording", "beside", "head", "run", "dense", "meaning", "characters")
_PLACE = ("passage", "runner_up", "third", "later", "position", "first", "colon_before")
_FORM = ("length", "kind", "typed", "typed_near", "open", "asks", "anaphor")
_BLOCKS = (
    BlockKind.ITEM, BlockKind.ROW, BlockKind.HEADS, BlockKind.FIELD, BlockKind.ANSWER, BlockKind.ARTICLE, BlockKind.NOTE
)  # fmt: skip
SENTENCE_FEATURES = (
    *_COVERAGE, *_AROUND, *_WORDING, *_PLACE, *_FORM, *(f"is_{kind}" for kind in _BLOCKS),
    *(f"has_{name}" for name, _ in SIGNS), *(f"new_{name}" for name, _ in SIGNS),
)  # fmt: skip
"""own: the share of the question's weight that the sentence holds; before, after: what its neighbours hold more;
context: what title, headings and the document's opening hold more; share, share_before, share_after: own as a share of
the best sentence's, its own and its neighbours'; top…: whether that is the best.
echo: the share of its characters that the question holds; wording: the share of the question's bigrams, whatever they
mean, that it holds; beside: of those beside the asking word; head: it holds the thing asked which one of; run: the
longest run of characters that both hold, as a share of the question; dense, meaning: cosines with the question.
passage: how far its passage stays behind the best, in weighted score; runner_up, third: it is of that passage;
position: how far down its passage, 0 … 1; first: it opens it; colon_before: the sentence before leads in to it.
length: in hundreds of characters; kind: it holds the kind of thing asked for; open: it ends without a closing mark, as
table rows and titles do; asks: it is a question; anaphor: it begins with a word that points back.
has_…: it holds a sign of `asked.SIGNS`; new_…: one that the question does not hold."""

READ_FEATURES = ("read", "read_behind", "read_most", "read_passage")
"""Where the transformer read the passages. read: how near the sentence is to the question in meaning; read_behind: how
far behind the nearest; read_most: whether it is the nearest; read_passage: how far behind it its passage is."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be part of an answer."""

    candidate: Candidate
    number: int
    """Its place among the sentences of its passage."""
    features: dict[str, float]
    probability: float = 0.0
    """That it holds the answer, if one of the sentences described with it does: 0 … 1, summing to 1 over them."""
    block: Block | None = None
    """What it is a part of."""

    @property
    def text(self) -> str:
        """The sentence's original characters."""
        return self.candidate.passage.sentence(self.number)

    @property
    def start(self) -> int:
        """Where it stands in its document."""
        return self.candidate.passage.start + self.candidate.passage.sentences[self.number][0]


def describe_sentences(query: Query, ranked: Ranked) -> list[Sentence]:
    """Every sentence of the best passages with its features and probability; empty without passages."""
    return with_probabilities(query, with_features(query, ranked))


def with_features(query: Query, ranked: Ranked) -> list[Sentence]:
    """Every sentence of the best passages with its features; empty without passages."""
    if not ranked:
        return []
    asked, best, described = asked_by(query), standing(ranked[0][0]), []
    for place, (candidate, _) in enumerate(ranked[:PASSAGES]):
        behind = min(0.0, standing(candidate) - best)  # the order may be a re-ranker's
        blocks = candidate.passage.blocks_of_sentences()
        around = _Around(query, candidate, blocks)
        for number, block in enumerate(blocks):
            features = {"passage": behind, "runner_up": float(place == 1), "third": float(place == 2)}
            features |= {"later": float(place > 2)} | {
                f"is_{kind}": float(block is not None and block.kind is kind) for kind in _BLOCKS
            }
            features |= _coverage(query, candidate, number) | around.features(number)
            features |= _form(query, asked, candidate, number)
            described.append(Sentence(candidate, number, features, block=block))
    _add_shares(described)
    _add_nearness(described)
    _add_similarities(described, query)
    return described


def with_probabilities(query: Query, described: Sequence[Sentence]) -> list[Sentence]:
    """Described sentences with the probabilities that the scorer in force gives them."""
    chances = probabilities(
        matrix(described), asked_by(query), fitted("sentence_read" if are_read(described) else "sentence")
    )
    return [replace(s, probability=float(chance)) for s, chance in zip(described, chances, strict=True)]


def matrix(sentences: Sequence[Sentence]) -> Numbers:
    """(sentences, features): their features in the order of `SENTENCE_FEATURES`, then `READ_FEATURES` if read."""
    names = (*SENTENCE_FEATURES, *READ_FEATURES) if are_read(sentences) else SENTENCE_FEATURES
    return np.array([[s.features[name] for name in names] for s in sentences], np.float64).reshape(-1, len(names))


def are_read(sentences: Sequence[Sentence]) -> bool:
    """Whether the transformer read them."""
    return bool(sentences) and "read" in sentences[0].features


def with_types(features: Numbers, asked: Asked) -> Numbers:
    """The features with one column more for each group of types, 1 for those asked."""
    types = {kind.group for kind in asked_types(asked.form)}
    return np.hstack([features, np.tile([float(group in types) for group in GROUPS], (len(features), 1))])


@cache
def fitted(scorer: str) -> dict[str, Numbers]:
    """A sentence scorer's weights by name: linear, inner, bias, outer."""
    return {name: np.array(value, np.float64) for name, value in scorers()[scorer].items()}


def probabilities(features: Numbers, asked: Asked, net: dict[str, Numbers]) -> Numbers:
    """(sentences,) the chance of each to hold the answer, summing to 1."""
    rows = with_types(features, asked)
    scores = rows @ net["linear"] + np.tanh(rows @ net["inner"] + net["bias"]) @ net["outer"]
    grown = np.exp(scores - scores.max(initial=0.0))
    return np.asarray(grown / max(grown.sum(), 1e-12), np.float64)


def _coverage(query: Query, candidate: Candidate, number: int) -> dict[str, float]:
    total, coverage = query.total or 1.0, candidate.coverage
    own = coverage[number]
    before = coverage[number - 1] if number else np.zeros_like(own)
    after = coverage[number + 1] if number + 1 < len(coverage) else np.zeros_like(own)
    return {
        "own": float(own.sum()) / total,
        "before": float(np.maximum(before - own, 0).sum()) / total,
        "after": float(np.maximum(after - own, 0).sum()) / total,
        "context": float(np.maximum(candidate.context - own, 0).sum()) / total,
    }


HEAVY = 10.0
"""The weight of a rare word, by which absolute weights are scaled."""

ORDINAL = re.compile(
    r"第[一二三四五六七八九十百\d]+[个次条章节届版期回轮季层名代类步点项]|\d+年|"
    r"[一二三四五六七八九十\d]+月(?!份?薪|租|费|票|卡)|[a-z]+[-\d][a-z\d.-]*|\d[\d.]*\d[a-z]*"
)
"""What a question says of which one of several it means, over search forms."""


class _Around:
    """What of a question a sentence is read with: its heading, what leads in to it, what stands beside it."""

    def __init__(self, query: Query, candidate: Candidate, blocks: Sequence[Block | None]) -> None:
        """Work out what all sentences of a passage share."""
        self._query, self._candidate, self._blocks = query, candidate, blocks
        headings = candidate.passage.headings
        self._heading = query.held(search_form(headings[-1])) if headings else np.zeros(len(query.weights), np.float32)
        self._rare, self._weights = _rarities(query), np.array([*query.weights.values()], np.float32)
        own, is_noun = {*words(query.text)}, shipped_vocabulary().is_noun
        self._nouns = np.array([t in own and len(t) > 1 and is_noun(t) for t in query.weights], np.float32)
        self._ordinals = [with_digits(one) for one in ORDINAL.findall(query.form)]
        self._context = candidate.around

    def features(self, number: int) -> dict[str, float]:
        """See `SENTENCE_FEATURES`."""
        query, coverage, total = self._query, self._candidate.coverage, self._query.total or 1.0
        own, lead = coverage[number], self._lead(number)
        near = np.max(coverage[max(0, number - 1) : number + 2], axis=0, initial=0.0)
        whole = np.maximum.reduce([own, lead, self._heading, self._candidate.context])
        missing = self._weights * (np.maximum(whole, near) <= 0)
        text = self._candidate.sentences[number]
        beside = "\n".join(self._candidate.sentences[max(0, number - 1) : number + 2])
        around = with_digits(f"{self._context}\n{beside}") if self._ordinals else ""
        return {
            "heading": float(self._heading.sum()) / total,
            "lead": float(np.maximum(lead - own, 0).sum()) / total,
            "near": float(np.maximum(near, whole).sum()) / total,
            "whole": float(whole.sum()) / total,
            "unmet": float(missing.sum()) / total,
            "heaviest": float(missing.max(initial=0.0)) / total,
            "nouns": float((missing * self._nouns).sum()) / total,
            "heaviest_noun": float((missing * self._nouns).max(initial=0.0)) / HEAVY,
            "heaviest_other": float((missing * (1 - self._nouns)).max(initial=0.0)) / HEAVY,
            "ordinals": float(sum(one not in around for one in self._ordinals)),
            "typed": float(gives_type(text, query.form)),
            "typed_near": float(gives_type(beside, query.form)),
            "characters": sum(w for c, w in self._rare.items() if c in text) / max(sum(self._rare.values()), 1e-6),
        }

    def _lead(self, number: int) -> NDArray[np.float32]:
        """What the sentence that introduces a list holds, for its points."""
        block, blocks = self._blocks[number], self._blocks
        if block is None or not block.group or block.kind is not BlockKind.ITEM:
            return np.zeros(len(self._query.weights), np.float32)
        leads = [
            n for n, b in enumerate(blocks[:number]) if b and b.group == block.group and b.kind is not BlockKind.ITEM
        ]
        return np.asarray(np.max(self._candidate.coverage[leads], axis=0, initial=0.0)) if leads else self._heading


def _rarities(query: Query) -> dict[str, float]:
    """The characters of what a question is about, each by how telling it is."""
    weight = shipped_vocabulary().weight
    return {c: weight(c) for token in query.weights for c in token if not c.isascii()}


def _form(query: Query, asked: Asked, candidate: Candidate, number: int) -> dict[str, float]:
    text = candidate.sentences[number]
    found = {
        "echo": sum(character in query.characters for character in text) / max(len(text), 1),
        "wording": sum(pair in text for pair in query.pairs) / max(len(query.pairs), 1),
        "beside": sum(pair in text for pair in asked.beside) / max(len(asked.beside), 1),
        "head": float(bool(asked.head) and asked.head in text),
        "run": longest_run(asked.form, text[:_COPIED]) / max(len(asked.form), 1),
        "position": number / len(candidate.sentences),
        "first": float(number == 0),
        "colon_before": float(number > 0 and candidate.sentences[number - 1].endswith(":")),
        "length": min(len(text), 200) / 100,
        "kind": float(any(kind.search(text) for kind in query.kinds)),
        "open": float(not text.endswith(CLOSING)),
        "asks": float(text.rstrip("*_` ").endswith("?")),
        "anaphor": float(_ANAPHOR.match(text) is not None),
    }
    for name, signs in signs_of(text):
        found[f"has_{name}"] = float(bool(signs))
        found[f"new_{name}"] = float(any(sign not in asked.form for sign in signs))
    return found


def _add_nearness(sentences: Sequence[Sentence]) -> None:
    """What the transformer read, where it read all of the passages."""
    if any(s.candidate.nearness is None for s in sentences):
        return
    own = [float(s.candidate.nearness[s.number]) for s in sentences if s.candidate.nearness is not None]
    most = max(own)
    for sentence, near in zip(sentences, own, strict=True):
        sentence.features.update({
            "read": near, "read_behind": near - most, "read_most": float(near == most),
            "read_passage": sentence.candidate.features["read"] - most,
        })  # fmt: skip


def _add_shares(sentences: Sequence[Sentence]) -> None:
    most = max(s.features["own"] for s in sentences) or 1.0
    shares = [s.features["own"] / most for s in sentences]
    for place, sentence in enumerate(sentences):
        sides = {"": shares[place], "_before": 0.0, "_after": 0.0}
        if place and sentences[place - 1].candidate is sentence.candidate:
            sides["_before"] = shares[place - 1]
        if place + 1 < len(sentences) and sentences[place + 1].candidate is sentence.candidate:
            sides["_after"] = shares[place + 1]
        for side, share in sides.items():
            sentence.features.update({f"share{side}": share, f"top{side}": float(share == 1.0)})


def _add_similarities(sentences: Sequence[Sentence], query: Query) -> None:
    found = similarities(query.text, [s.text for s in sentences])
    for sentence, (dense, meaning) in zip(sentences, found, strict=True):
        sentence.features.update(dense=dense, meaning=meaning)
