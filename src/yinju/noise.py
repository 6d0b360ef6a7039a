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

from yinju.segmentation import cut, cut_each
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
    broken = [*_with_stray(folded), *_with_gap(folded)]
    closed = cut_each([before + after for before, _, after in broken])
    found = [_word_across(*around, split) for around, split in zip(broken, closed, strict=True)]
    return list(dict.fromkeys(filter(None, found)))


def _with_stray(folded: str) -> Iterator[tuple[str, str, str]]:
    """Each character that may be stray, between its surroundings."""
    runs = _HAN_RUN.findall(folded)
    for run, split in zip(runs, cut_each(runs), strict=True):
        for place in _suspects(split):
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
    lengths = [*map(len, split)]
    if 1 not in lengths:
        return
    first, most = 0, sum(lengths)
    for length, before, after in zip(lengths, [0, *lengths], [*lengths[1:], 0], strict=False):
        last = first + length - 1
        if (before == 1 and first + 1 < most) or (after == 1 and 0 < first == last):
            yield first
        if after == 1 and first < last:
            yield last
        first = last + 1


def _word_across(before: str, stray: str, after: str, split: Sequence[str]) -> str | None:
    """The word that closes over a stray character or a gap, where all is the more ordinary for it.

    `split` are the words of what stands around it.
    """
    across, end = "", 0
    for across in split:
        end += len(across)
        if end >= len(before):
            break
    if end == len(before):
        return None
    broken = cut([before + stray + after] if stray else [before, after])
    return "".join(words(across)) if _weight(broken) - _weight([*split, *stray]) > GAIN else None


def _weight(split: Sequence[str]) -> float:
    return sum(map(shipped_vocabulary().weight, split))
