"""A question → its words and what each does in it: names a thing, tells an aspect of it, asks, joins, gives a value.

A word of none of the closed classes (lexicon.py) is a noun, or an act where the dictionary has it as a rarer verb:
these name things, and those side by side make one part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from yinju.answering.followup.lexicon import (
    ASKING,
    ASPECT,
    FAMILIES,
    JOINING,
    LITTLE,
    PEOPLE,
    ROLE,
    SIZE,
    SUFFIX,
    VERB,
)  # fmt: skip
from yinju.numerals import NUMERALS
from yinju.segmentation import cut, tag_of
from yinju.text import HAN, content_tokens, fold, folded_as_long
from yinju.vocabulary import shipped_vocabulary

Kind = Literal["noun", "act", "aspect", "role", "verb", "asking", "value", "joining", "owning", "little", "mark"]
NAMING: frozenset[Kind] = frozenset({"noun", "act"})
THINGS: frozenset[Kind] = NAMING | {"role"}
ASKED: frozenset[Kind] = THINGS | {"aspect"}
"""What may be asked for or asked about."""

RARE = 9.0
"""A name that weighs as much is a topic wherever it stands; one in Latin letters weighs no less."""

TELLING = 3.0
"""The least weight of a word that can name a topic by itself: 活动 has 2.6, 公司 3.0, 手机 5.5."""

COMMON = 5.6
"""A verb that weighs more is an act that can be spoken of: 开始 has 2.7, 请假 6.1."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters of a question that does one thing in it."""

    kind: Kind
    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A question with its words, and its parts: words that name things side by side are one."""

    text: str
    folded: str
    """As long as the text, so that places in both are the same."""
    words: tuple[Word, ...]
    parts: tuple[Word, ...]
    """A part of the kind noun holds one at least; one of the kind act holds none."""

    def of(self, word: Word) -> str:
        """The word's own characters."""
        return self.text[word.start : word.end]

    def kinds(self) -> set[Kind]:
        """The kinds of words there are."""
        return {word.kind for word in self.words}

    def asks(self) -> Word | None:
        """The first word that asks."""
        return next((word for word in self.words if word.kind == "asking"), None)


_N = r"[一二两三四五六七八九十百千万半\d]+"
_UNIT = (
    "(?:个月|年级|年版|星期|礼拜|小时|分钟|工作日|公?斤|公里|[个条项步家种款类则位份间篇笔张堂岁人级期章节班楼年天日周次元"
    "块折成倍克月号届点名件波层批轮本册台场组关栏晚夜只头匹棵颗粒瓶罐包袋箱盒辆架栋户])"
)
ORDINAL = rf"第{_N}{_UNIT}?|最[后末]一?{_UNIT}|[上下前后]一{_UNIT}"
DAY = "(?:星期|周|礼拜)[一二三四五六日天末]|" + "|".join(sorted(FAMILIES[0], key=len, reverse=True))
GRADE = "(?:级|班|区|款|型|组|栋|座|馆|轮|方案)"
_VALUE = (
    rf"{ORDINAL}|{DAY}|[今明去前]年|(?<![第统唯单之\da-z])(?:{_N}{_UNIT}?(?:到|至|[-~–]))?{_N}(?!个(?!月)){_UNIT}(?:以[上下内])?"
    rf"|(?<![a-z\d-])[a-z]{{1,2}}\d{{0,2}}{GRADE}"
)
"""Values of a kind: what is counted or numbered, and days."""
_ASKS = (
    rf"(?:哪几|多少|几|哪[一两二三四五六七八九十]?)大?{_UNIT}|哪边|几(?:个月|岁|年)大的?|(?:周|星期|礼拜)几|(?P<a>[{HAN}])不(?P=a)|"
    + "|".join(sorted(map(re.escape, ASKING - {"何", "几", "么", "呢"}), key=len, reverse=True))
)


@cache
def _whole() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """What is one word whatever jieba has: what asks, values, and the closed classes' words it does not know."""
    unknown = sorted((word for word in ASPECT | ROLE if cut([word]) != [word]), key=len, reverse=True)
    patterns: tuple[tuple[Kind, str], ...] = (
        ("asking", _ASKS), ("value", _VALUE), ("little", "最[多少早晚高低]"), ("aspect", "|".join(unknown)),
    )  # fmt: skip
    return tuple((kind, re.compile(pattern)) for kind, pattern in patterns)


_LISTS: Sequence[tuple[Kind, frozenset[str]]] = (
    ("joining", JOINING), ("owning", frozenset("的之")), ("asking", ASKING), ("aspect", ASPECT),
    ("role", ROLE | PEOPLE), ("verb", VERB), ("little", LITTLE),
)  # fmt: skip
_ENDED = frozenset("过 了 到 完 好 给 出 成 上 下 来 去 起 掉 在 回 开 住".split())
"""What a verb ends in: 改到, 卖掉."""
_OF_TAG: dict[str, Kind] = {**dict.fromkeys("dpcruyef", "little"), "t": "value", "m": "value", "z": "act", "i": "act"}


@lru_cache(maxsize=4096)
def _kind_of(word: str) -> Kind:
    """The kind of a word by itself: of the closed classes, else by its part of speech and how common it is."""
    if not re.match(r"\w", word):
        return "joining" if word in JOINING else "mark"
    for kind, known in _LISTS:
        if word in known:
            return kind
    for kind, pattern in _whole():
        if pattern.fullmatch(word):
            return kind
    if word.isascii() or not content_tokens(word):
        return "noun" if word.isascii() else "little"
    if len(word) == 1:
        return "value" if word in NUMERALS else "verb" if tag_of(word)[:1] == "v" else "noun"
    if word[0] in VERB and word[1:] in _ENDED:
        return "verb"
    if len(word) == 4 and word[2:] in ROLE | ASPECT:
        return "role" if word[2:] in ROLE else "aspect"  # 指导老师
    tag, weight = tag_of(word)[:2], shipped_vocabulary().weight(word)
    if tag[:1] == "v":
        return "verb" if weight < COMMON and tag != "vn" else "act"
    return "act" if tag[:1] == "d" and weight > TELLING + 1 else _OF_TAG.get(tag[:1], "noun")


_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}](?:[^\W_{HAN}]|[-.+/](?=[^\W_{HAN}]))*|\S")


def _cut(folded: str) -> Iterator[tuple[str, int]]:
    """Words and marks with their places; jieba's words as they stand, question words and values whole."""
    done = 0
    matches = (match for _, pattern in _whole() for match in pattern.finditer(folded))
    for whole in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if whole.start() >= done:
            yield from _words_in(folded, done, whole.start())
            yield whole[0], whole.start()
            done = whole.end()
    yield from _words_in(folded, done, len(folded))


def _words_in(folded: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    for run in _RUN.finditer(folded, start, end):
        place = run.start()
        for word in cut([run[0]]) if re.match(f"[{HAN}]", run[0]) else [run[0]]:
            yield word, place
            place += len(word)


def _in_place(before: tuple[Kind, str], word: str, following: str) -> Kind:
    """The kind of a word between the one before it and the one after it."""
    kind, after = _kind_of(word), _kind_of(following)
    named = before[0] in NAMING
    if kind == "verb" and len(word) == 1 and word not in VERB:  # a name that jieba does not have, as a rule
        beside = (named and len(before[1]) == 1) or (len(following) == 1 and _kind_of(following) == "noun")
        return "noun" if beside else kind
    if kind == "role" and after == "noun":
        return "noun"  # 员工餐厅
    if kind == "verb" and len(word) == 2 and after == "noun" and len(following) == 1:
        return "act"  # 订阅号
    if word in SIZE:
        return "noun" if after in ASKED else kind if kind == "value" else "verb"
    if kind == "aspect" and after == "noun" and len(word) > 1 and not named:
        return "noun"
    if word in SUFFIX and named and len(before[1]) == 1:
        ends = after in _AFTER_NAMES or following in (word, "在") or (word + following in ("点有", "点是"))
        return "noun" if ends or (word == "会" and after in ("noun", "value")) else kind
    return "noun" if word == "里" and named and after in NAMING else kind


_AFTER_NAMES: frozenset[Kind] = frozenset({"mark", "asking", "aspect", "role", "owning", "joining"})


@lru_cache(maxsize=256)
def read_phrase(text: str) -> Phrase:
    """The words of a text in order, and its parts."""
    folded = folded_as_long(text)
    found = [*_cut(folded), ("?", len(folded))]
    words, parts = list[Word](), list[Word]()
    for (word, start), (following, _) in pairwise(found):
        before = (words[-1].kind, words[-1].folded) if words else ("mark", "")
        words.append(Word(_in_place(before, word, following), start, start + len(word), word))
        last, now = parts[-1] if parts else None, words[-1]
        if last and {last.kind, now.kind} <= NAMING and not folded[last.end : start].strip():
            kind: Kind = "noun" if "noun" in (last.kind, now.kind) else "act"
            parts[-1] = Word(kind, last.start, now.end, folded[last.start : now.end])
        else:
            parts.append(now)
    return Phrase(text, folded, tuple(words), tuple(parts))


@lru_cache(maxsize=1024)
def weight_of(text: str) -> float:
    """How telling the most telling token of a text is in Chinese at large; 0 without any."""
    return max(map(shipped_vocabulary().weight, content_tokens(text)), default=0.0)


@lru_cache(maxsize=1024)
def rarity_of(text: str) -> float:
    """How rare the rarest word of a text is; pairs of characters count only where neither is part of a longer word."""
    found, run = [], ""
    for word in [*cut(re.findall(f"[{HAN}]+", folded := fold(text))), "  "]:
        run = run + word if len(word) == 1 else ""
        found += [word] if len(word) > 1 else [run[-2:]]
    weights = [shipped_vocabulary().weight(word) for word in found if word.strip()]
    return max([*weights, RARE * bool(re.search("[a-z]", folded))])


def telling_parts(phrase: Phrase) -> list[Word]:
    """The parts that name a topic."""
    return [part for part in phrase.parts if part.kind in NAMING and weight_of(phrase.of(part)) >= TELLING]
