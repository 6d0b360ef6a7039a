"""A sentence → the words in it that a stray character or space breaks apart.

Some sites scatter the characters of a phrase, such as 版權內容, one at a time into their text: 市容場調查 was once
市場調查. Where a line was wrapped, a space stands in a word: 句 子. Nothing is taken away for it: a
passage is searched as if the mended words stood there too, so that a word mended by mistake hides nothing. The original
text stays as it is.

A character is taken for stray where, without it, a word closes over the gap and its surroundings are much more
ordinary Chinese. How ordinary they are is the sum of the background weights (inverse document frequencies) of their
words, fewer and more common words being less: 低 成 內 本 weighs more than 低 成本 and 內.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from yinju.segmentation import cut
from yinju.text import HAN, fold, words
from yinju.vocabulary import shipped_vocabulary

GAIN = 1.0
"""By how much weight the words with a stray character must exceed those without it plus its own: docs/experiments.md
has the share of broken words mended, and of clean text wrongly so, from 0 to 6."""

SURROUNDINGS = 4
"""Characters on each side that are weighed; hardly any word is longer."""

NEVER_STRAY = frozenset("一二三四五六七八九十百千万两几半个的了着过得地不没是和与或")
"""Numerals and particles often stand inside what else would be a word, as 一 in 搖一搖 and 不 in 找不到."""

_HAN_RUN = re.compile(rf"[{HAN}]{{3,}}")
_GAP = re.compile(rf"([{HAN}]{{1,{SURROUNDINGS}}}) (?=([{HAN}]{{1,{SURROUNDINGS}}}))")


def mended_words(text: str) -> list[str]:
    """The words that stand in a text but for one stray character or space inside each, as searched, each once.

    In order, those that a space breaks apart last.
    """
    folded = fold(text)
    found = [_word_across(*broken) for broken in (*_with_stray(folded), *_with_gap(folded))]
    return list(dict.fromkeys(filter(None, found)))


def _with_stray(folded: str) -> Iterator[tuple[str, str, str]]:
    """Each character that may be stray, between its surroundings."""
    for match in _HAN_RUN.finditer(folded):
        run = match.group()
        for place in _suspects(cut([run])):
            if run[place] not in NEVER_STRAY:
                before, after = run[max(0, place - SURROUNDINGS) : place], run[place + 1 : place + 1 + SURROUNDINGS]
                yield before, run[place], after


def _with_gap(folded: str) -> Iterator[tuple[str, str, str]]:
    """What stands around each single space between Han characters, and nothing between the two."""
    return ((gap[1], "", gap[2]) for gap in _GAP.finditer(folded)) if " " in folded else iter(())


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


def _word_across(before: str, stray: str, after: str) -> str | None:
    """The word that closes over a stray character or a gap, where all is the more ordinary for it."""
    split = cut([before + after])
    ends = accumulate(map(len, split))
    across = next((w for w, end in zip(split, ends, strict=True) if end - len(w) < len(before) < end), None)
    if across is None:
        return None
    broken = cut([before + stray + after] if stray else [before, after])
    return "".join(words(across)) if _weight(broken) - _weight([*split, *stray]) > GAIN else None


def _weight(split: Sequence[str]) -> float:
    return sum(map(shipped_vocabulary().weight, split))
