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
from functools import cache
from itertools import chain, islice

from yinju.segmentation import cut_each, segmenter
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
_SUSPECT = re.compile(r"(?<=1)\[|\](?=1)|(?<=1)1(?=[1[])|(?<=[1\]])1(?=1)")
"""Where in drawn words a character may stand in the way: at the edge of its word, beside a scrap of one character.

A stray character may have joined one of the pieces of the word that it breaks, rarely both."""
_GAP = re.compile(rf"([{HAN}]{{1,{SURROUNDINGS}}}) (?=([{HAN}]{{1,{SURROUNDINGS}}}))")


def mended_words(text: str) -> list[str]:
    """The words that stand in a text but for one stray character or space inside each, as searched, each once.

    In order, those that a space breaks apart last.
    """
    folded = fold(text)
    broken = [*_with_stray(folded), *_with_gap(folded)]
    closed = cut_each([before + after for before, _, after in broken])
    across = [(word, *one) for one in zip(broken, closed, strict=True) if (word := _word_across(*one))]
    cuts = _cuts([place for _, place, _ in across])
    found = (
        word for (word, (_, stray, _), split), own in zip(across, cuts, strict=True)
        if _weight(own) - _weight([*split, *stray]) > GAIN
    )  # fmt: skip
    return list(dict.fromkeys("".join(words(word)) for word in found))


def _with_stray(folded: str) -> Iterator[tuple[str, str, str]]:
    """Each character that may be stray, between its surroundings: without it there may be a word."""
    runs, now = " ".join(_HAN_RUN.findall(folded)), segmenter()
    may_be = now.neighbours.may_be
    drawn = "".join(_drawn(len(word)) if word != " " else " " for word in now.cut_run(runs))
    for match in _SUSPECT.finditer(drawn):
        place = match.start()
        if runs[place] not in NEVER_STRAY and may_be(runs[place - 1], runs[place + 1]):
            before, after = runs[max(0, place - SURROUNDINGS) : place], runs[place + 1 : place + 1 + SURROUNDINGS]
            yield before.rpartition(" ")[2], runs[place], after.partition(" ")[0]


@cache
def _drawn(length: int) -> str:
    """How a word is drawn: a scrap of one character as 1, else where it begins and ends, as [--]."""
    return "1" if length == 1 else f"[{'-' * (length - 2)}]"


def _with_gap(folded: str) -> Iterator[tuple[str, str, str]]:
    """What stands around each single space between Han characters, and nothing between the two."""
    return ((gap[1], "", gap[2]) for gap in _GAP.finditer(folded)) if " " in folded else iter(())


def _word_across(place: tuple[str, str, str], split: Sequence[str]) -> str:
    """The word that closes over a stray character or a gap; empty where none does.

    `split` are the words of what stands around it.
    """
    across, end, before = "", 0, len(place[0])
    for across in split:
        end += len(across)
        if end >= before:
            break
    return across if end > before else ""


def _cuts(places: Sequence[tuple[str, str, str]]) -> Iterator[list[str]]:
    """The words of each place as it stands, with the stray character or the gap."""
    runs = [[before + stray + after] if stray else [before, after] for before, stray, after in places]
    cut = iter(cut_each([*chain.from_iterable(runs)]))
    return ([*chain.from_iterable(islice(cut, len(own)))] for own in runs)


def _weight(split: Sequence[str]) -> float:
    return sum(map(shipped_vocabulary().weight, split))
