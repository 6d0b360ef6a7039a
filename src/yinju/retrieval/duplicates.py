"""Ranked candidates → the same without those that say again what a better one says, which keep their places with it.

Two passages are one text where they share nine tenths of their shingles (resemblance of runs of characters, Broder
1997) in the search form, and hold the same numbers and the same words that deny: what tells two versions of a rule
apart is often no more than these.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from yinju.retrieval.candidates import Candidate
from yinju.text import search_form
from yinju.types import Citation, Copy, Passage

SHINGLE = 5
"""Characters of one shingle."""
RESEMBLANCE = 0.9
"""From this share of all their shingles in common on, two passages are the same text."""

_NO_WORD = re.compile(r"[\W_]+")
_NUMERALS, _DENIALS = "〇零一二三四五六七八九十百千万亿", "不没無无未非别勿莫否"
_TELLING = re.compile(rf"\d+|[{_NUMERALS}]+|[{_DENIALS}]")
_NONE_TELLING = re.compile(rf"[^\d{_NUMERALS}{_DENIALS}]+")


class _Form:
    """A passage's words as they are compared."""

    def __init__(self, candidate: Candidate) -> None:
        """Keep the search form without white space and punctuation."""
        self.text = _words("".join(candidate.sentences))

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Every run of `SHINGLE` characters; the whole of a shorter text."""
        return frozenset(self.text[i : i + SHINGLE] for i in range(max(1, len(self.text) - SHINGLE + 1)))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Its numbers and words that deny, in order of their characters."""
        return tuple(sorted(_TELLING.findall(self.text)))

    @cached_property
    def characters(self) -> tuple[str, ...]:
        """The characters of these, sorted: sooner found, and no others where these are the same."""
        return tuple(sorted(_NONE_TELLING.sub("", self.text)))

    def is_same(self, other: "_Form") -> bool:
        """Whether both are the same text."""
        if self.text == other.text:
            return True
        own, others = len(self.text), len(other.text)
        if own < RESEMBLANCE * others or others < RESEMBLANCE * own or self.telling != other.telling:
            return False
        shared = len(self.shingles & other.shingles)
        return shared >= RESEMBLANCE * (len(self.shingles) + len(other.shingles) - shared)


def without_copies(ranked: Sequence[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """The candidates in their order, each with the passages of other documents that say the same as its `copies`."""
    kept: list[tuple[Candidate, float, list[Passage]]] = []
    alike: dict[tuple[str, ...], list[tuple[_Form, list[Passage]]]] = {}
    for candidate, score in ranked:
        form = _Form(candidate)
        others = alike.setdefault(form.characters, [])
        same = next((copies for other, copies in others if form.text and form.is_same(other)), None)
        if same is None:
            copies = list[Passage]()
            kept.append((candidate, score, copies))
            others.append((form, copies))
        else:
            same.append(candidate.passage)
    return [(replace(one, copies=tuple(copies)) if copies else one, score) for one, score, copies in kept]


def copies_of(citation: Citation, candidates: Sequence[Candidate]) -> tuple[Copy, ...]:
    """Where else what is cited stands: the quote itself in each copy of its passage, or the copy where it differs."""
    return tuple(
        _copy(passage, citation.quote)
        for candidate in candidates if _holds(candidate.passage, citation) for passage in candidate.copies
    )  # fmt: skip


def _holds(passage: Passage, citation: Citation) -> bool:
    return passage.document == citation.document and passage.start <= citation.start and citation.end <= passage.end


def _copy(passage: Passage, quote: str) -> Copy:
    start, end = _place(passage, quote)
    return Copy(passage.document, passage.title, passage.page, passage.start + start, passage.start + end)


def _place(passage: Passage, quote: str) -> tuple[int, int]:
    """The sentences of a passage that say what is quoted, else all of it."""
    wanted = _words(search_form(quote))
    forms = ((span, _words(search_form(passage.text[slice(*span)]))) for span in passage.sentences)
    said = [(span, form) for span, form in forms if form and form in wanted]
    if said and "".join(form for _, form in said) == wanted:
        return said[0][0][0], said[-1][0][1]
    return 0, len(passage.text)


def _words(form: str) -> str:
    """A search form without white space and punctuation."""
    return _NO_WORD.sub("", form)
