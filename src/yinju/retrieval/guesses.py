"""A search form → the words that may be meant where a word stands in it that the collection does not have."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, takewhile

from yinju.retrieval.alike import Likeness, alike_characters, alike_words
from yinju.segmentation import cut, tag_of
from yinju.store.protocol import Keywords
from yinju.text import HAN, is_empty
from yinju.types import Span
from yinju.vocabulary import shipped_vocabulary

COHESIVE = 3.0
"""From how much less two characters weigh together than apart they are a word that jieba lacks: 微信, 扫码."""
PLAINER = 2.0
"""How much more ordinary a question must become for a word of the dictionary to be taken for an error."""

_RUN = re.compile(rf"[{HAN}]{{2,}}")
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|“[^”]*”|\"[^\"]*\"|《[^》]*》|〈[^〉]*〉")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两几半第")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎余潘杜戴夏钟汪姜范姚谭廖邹熊陆"
    "郝孔崔邱秦江史顾侯邵孟段钱汤尹黎乔贺赖龚欧翁阮柯洪庄简詹温倪俞童"
)
_NAMES = ("nr", "ns", "nt")
_RAREST = 11.0
"""The background weight of a word that is hardly anywhere."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A word that may be meant, where it stands in the search form, and what speaks for it."""

    start: int
    end: int
    word: str
    features: Mapping[str, float]

    def overlaps(self, other: "Guess") -> bool:
        """Whether both change the same place."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class _Stretch:
    """A run of Han characters of a question's search form."""

    text: str
    start: int
    keywords: Keywords

    @cached_property
    def words(self) -> list[str]:
        return cut([self.text])

    @cached_property
    def owners(self) -> list[str]:
        """For each character the word that it is in."""
        return [word for word in self.words for _ in word]

    @cached_property
    def open(self) -> list[bool]:
        """For each character whether it may be wrong."""
        return [self._is_open(place) for place in range(len(self.text))]

    def _is_open(self, place: int) -> bool:
        word = self.owners[place]
        if self.text[place] in _NUMERALS or self._in_name(place):
            return False
        return len(word) == 1 or not (is_empty(word) or self.frequency(word) or tag_of(word).startswith(_NAMES))

    def _in_name(self, place: int) -> bool:
        """Whether a surname of its own stands here or one or two characters before."""
        singles = takewhile(lambda at: len(self.owners[at]) == 1, range(place, max(place - 3, -1), -1))
        return any(self.text[at] in _SURNAMES and self._begins(at) for at in singles)

    def _begins(self, place: int) -> bool:
        """Whether nothing that may be the beginning of a word stands before a place."""
        before = self.owners[place - 1] if place else ""
        return len(before) != 1 or is_empty(before)

    def frequency(self, word: str) -> int:
        """In how many passages a word stands."""
        return self.keywords.document_frequency(word)

    def has(self, pair: str) -> bool:
        """Whether two neighbours stand so in the collection; not where one of them is missing."""
        return len(pair) == 2 and self.keywords.frequency_in("bigrams", pair) > 0

    def says(self, span: Span) -> bool:
        """Whether a part must stay: it holds a question word, or the documents say it themselves."""
        inside = range(*span)
        if any(len(self.owners[at]) > 1 and is_empty(self.owners[at]) for at in inside):
            return True
        return all(self.has(self.text[at : at + 2]) for at in inside[:-1])

    def knows(self, character: str) -> bool:
        """Whether a character stands anywhere in the collection."""
        return self.keywords.frequency_in("characters", character) > 0

    def beside_scrap(self, place: int) -> bool:
        """Whether a character of its own that tells something stands beside a place."""
        near = (at for at in (place - 1, place + 1) if 0 <= at < len(self.text))
        return any(len(self.owners[at]) == 1 and self.open[at] and not is_empty(self.owners[at]) for at in near)

    def beside(self, place: int) -> str:
        """The character at a place, if it tells anything."""
        return self.text[place] if 0 <= place < len(self.text) and not is_empty(self.owners[place]) else ""

    @cached_property
    def weight(self) -> float:
        """How far from ordinary it is: the sum of its words' background weights."""
        return _weight(self.words)


def guesses(form: str, keywords: Keywords) -> list[Guess]:
    """Every word that may be meant in a search form; those of one place exclude each other."""
    quoted = [match.span() for match in _QUOTED.finditer(form)]
    return [
        guess
        for run in _RUN.finditer(form) if not any(start <= run.start() < end for start, end in quoted)
        for guess in _guesses_in(_Stretch(run.group(), run.start(), keywords))
    ]  # fmt: skip


def _guesses_in(stretch: _Stretch) -> Iterator[Guess]:
    for place, character in enumerate(stretch.text):
        if not stretch.open[place]:
            continue
        before, after = stretch.text[place - 1 : place] if place else "", stretch.text[place + 1 : place + 2]
        if not is_empty(character) or stretch.beside_scrap(place):
            for other, likeness in alike_characters(character).items():
                if (stretch.has(before + other) or stretch.has(other + after)) and stretch.knows(other):
                    yield from _judged(stretch, (place, place + 1), other, likeness)
        if after and stretch.open[place + 1]:
            for word in alike_words(character + after):
                if stretch.has(word):
                    yield from _judged(stretch, (place, place + 2), word, Likeness.SOUND)


def _judged(stretch: _Stretch, changed: Span, new: str, likeness: Likeness) -> Iterator[Guess]:
    """The guesses that a part of a stretch was meant as something else, where that makes a word of the collection."""
    start, end = changed
    text = stretch.text[:start] + new + stretch.text[end:]
    parts = cut([text])
    word, first = next((w, at) for w, at in zip(parts, _starts(parts), strict=True) if at + len(w) > start)
    pairs = [(start, end)] if end - start == 2 else [(start - 1, end), (start, end + 1)]
    for begin, stop in pairs if len(word) == 1 else [(first, first + len(word))]:
        meant = text[begin:stop] if begin >= 0 and end <= stop <= len(text) else ""
        if not meant or is_empty(meant) or not stretch.frequency(meant) or stretch.says((begin, stop)):
            continue
        known = shipped_vocabulary().name_of(meant) == meant
        cohesion = _weight([*meant]) - _weight([meant]) if known and len(word) == 1 else 0.0
        gain = stretch.weight - _weight(parts) + cohesion
        if len(stretch.owners[start]) > 1 and gain < PLAINER:
            continue
        yield Guess(stretch.start + begin, stretch.start + stop, meant, {
            "gain": gain,
            "share": math.log(stretch.frequency(meant) / max(1, len(stretch.keywords))),
            "weight": min(_weight([meant]), _RAREST),
            "long": float(len(meant) > 2),
            "two characters": float(end - start > 1),
            "pair": float(len(word) == 1 and known and cohesion < COHESIVE),
            "unknown pair": float(len(word) == 1 and not known),
            **{kind: float(likeness == kind) for kind in ("accent", "shape", "both")},
            **_of_typed(stretch, changed),
            **_of_neighbours(stretch, changed, new, len(meant)),
        })  # fmt: skip


def _starts(parts: Sequence[str]) -> Iterator[int]:
    return accumulate(map(len, parts[:-1]), initial=0)


def _weight(parts: Sequence[str]) -> float:
    return sum(map(shipped_vocabulary().weight, parts))


def _of_typed(stretch: _Stretch, changed: Span) -> dict[str, float]:
    """What the typed word tells: one of the dictionary's is meant more often than not."""
    own = stretch.owners[changed[0]]
    whole = len(own) > 1
    return {
        "word typed": float(whole),
        "weight typed": whole * min(_weight([own]), _RAREST),
        "character stands": float(not whole and stretch.frequency(own) > 0),
        "character is empty": float(not whole and is_empty(own)),
    }


def _of_neighbours(stretch: _Stretch, changed: Span, new: str, length: int) -> dict[str, float]:
    """Whether what is typed, and what may be meant, stands in the collection with its neighbours."""
    start, end = changed
    text, before, after = stretch.text, stretch.beside(start - 1), stretch.beside(end)
    had = stretch.has(before + text[start]) or stretch.has(text[end - 1] + after)
    left, right = stretch.has(text[start - 1 : start] + new[0]), stretch.has(new[-1] + text[end : end + 1])
    one = end - start == 1
    return {
        "typed so": float(had),
        "meant so": float(left and right if one else left or right),
        "at edge": float(one and not (left and right) and (start == 0 or end == len(text))),
        "beside empty": float(one and length == 2 and not (before if left else after)),
    }
