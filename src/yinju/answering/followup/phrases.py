"""A question → its parts: what it is about, what it asks of it, and the place where another topic would stand.

A word of none of the closed classes (wording.py) is content: it can name a topic.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from yinju.answering.followup.wording import ASKING, ASPECT, JOINING, LITTLE, SIZE, SUFFIX, VERB
from yinju.segmentation import cut
from yinju.text import HAN, content_tokens, fold
from yinju.vocabulary import shipped_vocabulary

Kind = Literal["content", "aspect", "verb", "asking", "measure", "joining", "owning", "little", "mark"]

RARE = 9.0
"""A name that weighs as much is a topic wherever it stands; one in Latin letters weighs no less."""

TELLING = 3.0
"""The least weight of a word that can name a topic by itself: 活动 has 2.6, 营销 3.8, 微信 6.2."""

_JOINING_MARKS = "、/&"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters of a question that does one thing in it."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A question with its parts."""

    text: str
    folded: str
    """As long as the text, so that places in both are the same."""
    parts: tuple[Part, ...]

    def of(self, part: Part) -> str:
        """The part's own characters."""
        return self.text[part.start : part.end]

    def kinds(self) -> set[Kind]:
        """The kinds of parts there are."""
        return {part.kind for part in self.parts}

    def first(self, kind: Kind) -> int | None:
        """The place of the first part of a kind among the parts."""
        return next((i for i, part in enumerate(self.parts) if part.kind == kind), None)


def fold_in_place(text: str) -> str:
    """The text folded, character for character; what folds to none or several becomes a space."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(f if len(f := fold(character)) == 1 else " " for character in text)


@lru_cache(maxsize=4096)
def _kind_of(word: str) -> Kind:
    if word in JOINING:
        return "joining"
    if word == "的" or word == "之":
        return "owning"
    for kind, known in _LISTS:
        if word in known:
            return kind
    for kind, pattern in _WHOLE:
        if pattern.fullmatch(word):
            return kind
    return "content" if content_tokens(word) else "little"


_LISTS: Sequence[tuple[Kind, frozenset[str]]] = (
    ("asking", ASKING), ("aspect", ASPECT), ("verb", VERB), ("little", LITTLE),
)  # fmt: skip
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}](?:[^\W_{HAN}]|[-.+/](?=[^\W_{HAN}]))*|\S")
_ASKS = re.compile(
    "(?:哪几|多少|几)[月号点层类种个条点步家次天成款组项位件句章年岁度钱元块人]|"
    + "|".join(sorted(map(re.escape, ASKING - {"何", "几", "么", "呢"}), key=len, reverse=True))
)
_MEASURE = re.compile(
    "(?:星期|周|礼拜)[一二三四五六日天末]|周末|平日|假日|[今明去前]年|"
    r"(?<![第统唯单])[一二两三四五六七八九十百千万半\d]+(?:个月|年|天|周|星期|次|小时|分钟|元|块|折|成|倍|公?斤|克|[条家种款位份间篇笔张])"
)
_WHOLE: Sequence[tuple[Kind, re.Pattern[str]]] = (("asking", _ASKS), ("measure", _MEASURE))


def _cut(folded: str) -> list[tuple[str, int]]:
    """Words and marks with their places; jieba's words as they stand, question words and measures whole."""
    found: list[tuple[str, int]] = []
    for run in _RUN.finditer(folded):
        if not re.match(f"[{HAN}]", run[0]):
            found.append((run[0], run.start()))
            continue
        done = 0
        for whole in sorted((m for _, p in _WHOLE for m in p.finditer(run[0])), key=lambda m: m.start()):
            if whole.start() >= done:
                found += _words_at(run[0][done : whole.start()], run.start() + done)
                found.append((whole[0], run.start() + whole.start()))
                done = whole.end()
        found += _words_at(run[0][done:], run.start() + done)
    return found


def _words_at(run: str, place: int) -> list[tuple[str, int]]:
    found = []
    for word in cut([run]) if run else []:
        found.append((word, place))
        place += len(word)
    return found


def _kinds(found: Sequence[tuple[str, int]]) -> list[Kind]:
    """The kind of each word, by itself and by its neighbours."""
    kinds: list[Kind] = []
    for i, (word, _) in enumerate(found):
        following = found[i + 1][0] if i + 1 < len(found) else "?"
        after = _kind_of(following) if re.match(r"\w", following) else "mark"
        kind: Kind = _kind_of(word) if re.match(r"\w", word) or word in _JOINING_MARKS else "mark"
        if word in SIZE:
            kind = "content" if after == "content" else "verb"
        elif kind == "aspect" and after == "content" and len(word) > 1 and not (kinds and kinds[-1] == "content"):
            kind = "content"
        elif word in SUFFIX and i and kinds[-1] == "content" and len(found[i - 1][0]) == 1:
            kind = (
                "content"
                if after in _AFTER_NAMES or following in (word, "在") or (word == "点" and following in "有是")
                else kind
            )
        elif word == "里" and kinds and kinds[-1] == after == "content":
            kind = "content"
        kinds.append(kind)
    return kinds


_AFTER_NAMES = frozenset({"mark", "asking", "aspect", "owning", "joining"})


def read_phrase(text: str) -> Phrase:
    """The parts of a text in order; neighbours of one kind, but marks, are one part."""
    folded = fold_in_place(text)
    found = _cut(folded)
    parts: list[Part] = []
    for (word, start), kind in zip(found, _kinds(found), strict=True):
        end, last = start + len(word), parts[-1] if parts else None
        if last and last.kind == kind == "content" and not folded[last.end : start].strip():
            parts[-1] = Part(kind, last.start, end)
        else:
            parts.append(Part(kind, start, end))
    return Phrase(text, folded, tuple(parts))


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


def telling_parts(phrase: Phrase) -> list[Part]:
    """The parts that name a topic."""
    return [p for p in phrase.parts if p.kind == "content" and weight_of(phrase.of(p)) >= TELLING]


def _extend(phrase: Phrase, at: int) -> int:
    """The place of the last part of the noun phrase that begins at a part: with what 的 and 和 join to it."""
    parts = phrase.parts
    while at + 2 < len(parts) and parts[at + 1].kind in ("owning", "joining") and parts[at + 2].kind == "content":
        at += 2
    while at + 1 < len(parts) and _is_attached(parts, at + 1):
        at += 1
    return at


def _is_attached(parts: Sequence[Part], at: int) -> bool:
    """Whether a part is an aspect that ends a name: 成本加成訂價 but not 微商的優點."""
    return (
        at > 0
        and parts[at].kind == "aspect"
        and parts[at - 1].kind == "content"
        and (parts[at - 1].end == parts[at].start)
    )


def topic_span(phrase: Phrase) -> tuple[int, int] | None:
    """Where the noun phrase stands that a question is about, its modifiers included; None without any."""
    for kind in ("content", "aspect"):
        if (at := phrase.first(kind)) is not None:
            return phrase.parts[at].start, phrase.parts[_extend(phrase, at)].end
    return None


def topic_of(phrase: Phrase) -> str:
    """The noun phrase that a question is about; empty without any."""
    span = topic_span(phrase)
    return phrase.text[span[0] : span[1]] if span else ""


def members_of(phrase: Phrase) -> list[tuple[int, int]]:
    """Where the things stand that a question names side by side, two or more: 微博 and 微信; empty without."""
    parts, found = phrase.parts, list[tuple[int, int]]()
    for at, part in enumerate(parts):
        if part.kind != "joining" or not 0 < at < len(parts) - 1:
            continue
        before, after = parts[at - 1], parts[at + 1]
        if before.kind in _NAMES and after.kind in _NAMES:
            found += [] if found and found[-1] == (before.start, before.end) else [(before.start, before.end)]
            found.append((after.start, after.end))
    return found


_NAMES = frozenset({"content", "aspect", "verb"})


def stem_of(phrase: Phrase, with_aspect: bool) -> str:
    """What a question says without its asking: 木棉書店經營社群 of 木棉書店怎麼經營社群; else its topic."""
    parts, kept, at = phrase.parts, "", 0
    for i, part in enumerate(parts):
        aspect = part.kind == "aspect" and not with_aspect and not _is_attached(parts, i)
        if (
            part.kind in ("asking", "mark")
            or aspect
            or (part.kind in ("little", "owning", "joining") and _is_idle(parts, i))
        ):
            at = part.end
            continue
        kept += phrase.text[at : part.end]
        at = part.end
    kept = re.sub("^[的之\\s]+|[的之\\s]+$", "", kept)
    return kept if 0 < len(kept) <= STEM and (telling_parts(phrase) or not topic_of(phrase)) else topic_of(phrase)


def _is_idle(parts: Sequence[Part], at: int) -> bool:
    """Whether a little word only begins or ends a clause, or leads in to what asks."""
    beside = [parts[i].kind if 0 <= i < len(parts) else "mark" for i in (at - 1, at + 1)]
    if beside[1] == "little" and beside[0] not in ("mark", "asking"):
        return _is_idle(parts, at + 1)
    return beside[0] in ("mark", "asking") or beside[1] in ("mark", "asking")


STEM = 40
"""The most characters of an earlier question that are carried over word for word."""
