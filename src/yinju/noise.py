"""A scraped sentence → the words in it that a stray character breaks apart.

Some sites scatter the characters of a phrase, such as 版權內容, one at a time into their text: 市容場調查 was once
市場調查. Nothing is taken away for it: a passage is searched as if the mended words stood there too, so that a word
mended by mistake hides nothing. The original text stays as it is.

A character is taken for stray where, without it, a word closes over the gap and its surroundings are much more
ordinary Chinese. How ordinary they are is the sum of the background weights (inverse document frequencies) of their
words, fewer and more common words being less: 低 成 內 本 weighs more than 低 成本 and 內.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from yinju.segmentation import cut
from yinju.text import HAN, fold, words
from yinju.vocabulary import Vocabulary, shipped_vocabulary

GAIN = 1.0
"""By how much weight the words with a stray character must exceed those without it plus its own: docs/experiments.md
has the share of broken words mended, and of clean text wrongly so, from 0 to 6."""

SURROUNDINGS = 4
"""Characters on each side that are weighed; hardly any word is longer."""

NEVER_STRAY = frozenset("一二三四五六七八九十百千万两几半个的了着过得地不没是和与或")
"""Numerals and particles often stand inside what else would be a word, as 一 in 搖一搖 and 不 in 找不到."""

_HAN_RUN = re.compile(rf"[{HAN}]{{3,}}")


def mended_words(text: str) -> list[str]:
    """The words that stand in a text but for one stray character inside each, as searched, in order, each once."""
    vocabulary = shipped_vocabulary()
    found: list[str] = []
    for match in _HAN_RUN.finditer(fold(text)):
        run = match.group()
        suspects = (place for place in _suspects(cut([run])) if run[place] not in NEVER_STRAY)
        found += filter(None, (_word_across(run, place, vocabulary) for place in suspects))
    return list(dict.fromkeys(found))


def _suspects(split: Sequence[str]) -> Iterator[int]:
    """Where a character may stand in the way: at the edge of its word, beside a scrap of one character.

    A stray character may have joined one of the pieces of the word that it breaks, rarely both.
    """
    ends = list(accumulate(map(len, split)))
    for number, (word, end) in enumerate(zip(split, ends, strict=True)):
        first, last = end - len(word), end - 1
        scrap_before = number > 0 and len(split[number - 1]) == 1
        scrap_after = number + 1 < len(split) and len(split[number + 1]) == 1
        if (scrap_before and first + 1 < ends[-1]) or (scrap_after and 0 < first == last):
            yield first
        if scrap_after and first < last:
            yield last


def _word_across(run: str, place: int, vocabulary: Vocabulary) -> str | None:
    """The word that closes over a place when its character is left out and all is the more ordinary for it."""
    before, after = run[max(0, place - SURROUNDINGS) : place], run[place + 1 : place + 1 + SURROUNDINGS]
    split = cut([before + after])
    ends = accumulate(map(len, split))
    across = next((w for w, end in zip(split, ends, strict=True) if end - len(w) < len(before) < end), None)
    if across is None:
        return None
    with_it = _weight(cut([before + run[place] + after]), vocabulary)
    return "".join(words(across)) if with_it - _weight([*split, run[place]], vocabulary) > GAIN else None


def _weight(split: Sequence[str], vocabulary: Vocabulary) -> float:
    return sum(map(vocabulary.weight, split))
