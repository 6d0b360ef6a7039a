"""A question → a Query: its words, its vector, what it is about, and the kind of thing it asks for."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from yinju.embedding import meaning_of
from yinju.errors import QuestionError
from yinju.protocols import Encoder
from yinju.retrieval.answer_types import giving_types
from yinju.retrieval.lookup import Lookup, read_lookup
from yinju.retrieval.thesaurus import wordings
from yinju.store.protocol import Snapshot
from yinju.text import bigrams, characters, content_tokens, has_content, is_empty, search_form, spans_of, words
from yinju.types import Span, Vectors
from yinju.vocabulary import shipped_vocabulary

REWORDED = 0.8
"""How much a word of the question counts that is there in other words."""

APART_SHARE = 0.5
"""How much of the weight of a word that stands nowhere its characters have."""

ASKING_SHARE = 0.4
"""How much a word counts that only asks for a type of thing, 錢 in 多少錢: what answers need not name it."""

ASPECT_SHARE = 0.5
"""How much one of the `ASPECTS` counts."""
ASPECTS = frozenset(
    """
    名字 名称 坏处 好处 优点 缺点 步骤 流程 过程 手续 程序 条件 原因 理由 方法 方式 办法 做法 规定 内容 意思
    情况 状况 时候 事情 东西 问题 地方 部分 方面 种类 类型 结果 作用 用途 标准 要求 重点 注意 事项 特点 一共
    总共 总计 通通 全部 所有 一次 每次 一天 每天 一个月 每月 一年 每年 第一 目前 现在 最新 最后 最近 后来 本来
    原本 到底 究竟 明明 不管 老是 一直 总是 通常 平常 平时 顺便 直接 自己 别人 人家 大家 多久 多大 多长 最多
    最少 至少 最高 最低 顶多 不能 不可 可不可以 需要 应该 必须 得要 想要 打算 准备 负责 说明 详细 具体 简单 麻烦
    大佬
    """.split()
)
"""Words that ask something of a thing or colour a question: what answers hardly ever says them."""

PAIR_SHARE = 0.5
"""How much a pair of characters that is no word weighs beside a word as rare."""

_APART = "\0"


def places(form: str, token: str) -> Iterator[Span]:
    """Where a token stands in a search form, one after the other; a word of letters or digits only as a whole."""
    if not token.isascii():
        return spans_of(token, form)
    return (match.span() for match in re.finditer(rf"(?<![a-z0-9]){re.escape(token)}(?![a-z0-9])", form))


def holds(form: str, token: str) -> bool:
    """Whether a token stands in a search form."""
    return token in form and (not token.isascii() or any(places(form, token)))


def token_weights(generation: Snapshot, text: str) -> dict[str, float]:
    """Each word and bigram that tells what a text is about → how telling it is, here and in Chinese at large.

    The weight is the background inverse document frequency times log(1 + n / df) / log(1 + n) for a token that
    stands in df of the n passages: what every passage of a small collection names, such as the owner, finds none.
    What stands in a passage's context counts as standing in it. Each part of a question is weighed once where that can
    be: left out are a single character of a pair that is found and a pair that stands nowhere, for it may only be where
    two words meet; a long word that stands nowhere weighs by the characters that no found pair in it holds, and a pair
    that is no word half.
    """
    vocabulary, count = shipped_vocabulary(), max(len(generation), 1)
    own_words = dict.fromkeys(words(text))
    frequencies = {token: generation.keywords.document_frequency(token) for token in content_tokens(text) or own_words}
    pairs = [token for token, frequency in frequencies.items() if frequency and len(token) == 2]
    weights: dict[str, float] = {}
    for token, frequency in frequencies.items():
        in_pair = len(token) == 1 and not token.isascii() and any(token in pair for pair in pairs)
        counted = (1.0 if frequency else _not_in(pairs, token)) if token in own_words else PAIR_SHARE * bool(frequency)
        if counted and not in_pair:
            here = math.log1p(count / max(frequency, 1)) / math.log1p(count)
            weight = vocabulary.asked_weight(token) * here * counted
            parts = {} if frequency else _characters_of(token)
            weights[token] = weights.get(token, 0.0) + weight * (1 - APART_SHARE * bool(parts))
            for character, part in parts.items():
                weights[character] = weights.get(character, 0.0) + weight * APART_SHARE * part
    return weights


def _characters_of(word: str) -> dict[str, float]:
    """The characters of a word that stands nowhere, each with its share of how telling they are: 捐 and 給 of 捐給."""
    weight = shipped_vocabulary().asked_weight
    rare = {c: weight(c) for c in word if not c.isascii() and not is_empty(c)} if len(word) > 1 else {}
    return {c: own / sum(rare.values()) for c, own in rare.items()}


def _without_asking(question: str, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights with less for words that only ask for a type of thing."""
    form = search_form(question)
    weights = {token: weight * (ASPECT_SHARE if token in ASPECTS else 1.0) for token, weight in weights.items()}
    asking = [span for kind in giving_types(form) for span in kind.asks(form)]

    def asks(token: str) -> bool:
        spans = [*places(form, token)]
        return bool(spans) and all(any(a <= start and end <= b for a, b in asking) for start, end in spans)

    lighter = {token for token in weights if asks(token)} if asking else set()
    if len(lighter) == len(weights):  # it asks for nothing else
        return weights
    return {token: weight * (ASKING_SHARE if token in lighter else 1.0) for token, weight in weights.items()}


class _Joined:
    """Several search forms, searched at once."""

    def __init__(self, forms: Sequence[str]) -> None:
        """Put them behind one another, apart by what no token holds."""
        self._text = _APART.join(forms)
        self._ends = [*accumulate(len(form) + len(_APART) for form in forms)]

    def holding(self, token: str) -> list[int]:
        """The forms, by their places, in which a token stands."""
        if not token.isascii():
            return self.with_characters(token)
        return sorted({bisect_right(self._ends, start) for start, _ in places(self._text, token)})

    def with_characters(self, run: str) -> list[int]:
        """The forms, by their places, that hold a run of characters, a part of a word or not."""
        found, start = list[int](), self._text.find(run)
        while start >= 0:
            found.append(bisect_right(self._ends, start))
            start = self._text.find(run, self._ends[found[-1]])
        return found


def _not_in(pairs: Sequence[str], word: str) -> float:
    """The share of a word's characters that no pair in it holds; 1 for a word of one or two."""
    held = set("".join(pair for pair in pairs if pair in word)) if len(word) > 2 else set()
    return sum(character not in held for character in word) / len(word)


@dataclass(frozen=True)
class Query:
    """A question as it is searched."""

    text: str
    terms: Mapping[str, list[str]]
    """What is searched for in each keyword field: all bigrams, but only those words that tell what the question is
    about, and their characters."""
    vector: Vectors
    """(d,) unit vector."""
    meaning_from: int
    """Where in it the numbers that tell meaning begin."""
    weights: Mapping[str, float]
    """What the question is about: token → weight, see `token_weights`."""
    known: float
    """The share of that weight that stands anywhere in the collection, 0 … 1."""
    lookup: Lookup = field(default_factory=Lookup)
    """What it asks for by number, which is not among the weights."""

    @cached_property
    def form(self) -> str:
        """The question's search form."""
        return search_form(self.text)

    @cached_property
    def meaning(self) -> Vectors:
        """(d,) the vector's part that tells meaning, scaled to length 1, after zeros."""
        return np.asarray(meaning_of(self.vector[None], self.meaning_from)[0], np.float32)

    @cached_property
    def total(self) -> float:
        """The sum of the weights; 0 for a question about nothing."""
        return sum(self.weights.values())

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The question's bigrams, each once."""
        return frozenset(self.terms["bigrams"])

    @cached_property
    def characters(self) -> frozenset[str]:
        """The question's Han characters and other words, each once."""
        return frozenset(characters(self.text))

    @cached_property
    def reworded(self) -> list[tuple[NDArray[np.float32], tuple[str, ...]]]:
        """What else may be said for a part of the question: (tokens,) the weights of its tokens, then the words."""
        placed = [(token, list(places(self.form, token))) for token in self.weights]
        found = []
        for wording in wordings(self.text):
            (start, end), others = wording.span, wording.others
            held = [any(start <= s and e <= end for s, e in spans) for _, spans in placed]
            if any(held):
                weights = np.array([*self.weights.values()], np.float32) * np.array(held, np.float32)
                found.append((REWORDED * weights, others))
        return found

    @cached_property
    def other_words(self) -> list[str]:
        """The words of whatever else may be said for a part of the question, each once."""
        return list(dict.fromkeys(word for _, others in self.reworded for other in others for word in words(other)))

    def held(self, form: str) -> NDArray[np.float32]:
        """(tokens,) the weight of each of the question's tokens that a search form holds, itself or in other words."""
        return np.asarray(self.held_by_each([form])[0], np.float32)

    def held_by_each(self, forms: Sequence[str]) -> NDArray[np.float32]:
        """(forms, tokens) what `held` says of each of some search forms."""
        joined, found = _Joined(forms), np.zeros((len(forms), len(self.weights)), np.float32)
        for place, (token, weight) in enumerate(self.weights.items()):
            found[joined.holding(token), place] = weight
        for weights, others in self.reworded:
            rows = sorted({row for other in others for row in joined.with_characters(other)})
            found[rows] = np.maximum(found[rows], weights)
        return found

    @cached_property
    def kinds(self) -> list[re.Pattern[str]]:
        """What a sentence holds that gives the kind of thing asked for; empty when the question does not tell."""
        return [kind.gives for kind in giving_types(self.form) if kind.gives]


def check_question(question: str, most_characters: int) -> None:
    """Nothing, where a question can be asked.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    if len(question) > most_characters:
        raise QuestionError("question.long", length=len(question), limit=most_characters)
    if not has_content(question):
        raise QuestionError("question.empty")


def make_query(generation: Snapshot, encoder: Encoder, question: str, most_characters: int = 2_000) -> Query:
    """The question made ready for search.

    Raises:
        QuestionError: nothing to search for, or longer than allowed.
    """
    check_question(question, most_characters)
    vector = encoder.encode_queries([question])[0]
    lookup = read_lookup(generation, question)
    about = lookup.rest if content_tokens(lookup.rest) else question
    weights = _without_asking(question, token_weights(generation, about))
    found = sum(weight for token, weight in weights.items() if generation.keywords.document_frequency(token))
    known = share(found, sum(weights.values()))
    return Query(question, _terms(question), vector, encoder.meaning_from, weights, known, lookup)


def _terms(question: str) -> dict[str, list[str]]:
    about = content_tokens(question)
    telling = [word for word in words(question) if word in about] or words(question)
    return {"words": telling, "bigrams": bigrams(question), "characters": characters(" ".join(telling))}


def share(part: float, whole: float) -> float:
    """What part of a whole is held, 0 … 1; 0 where the whole is nothing."""
    return part / whole if whole > 0 else 0.0
