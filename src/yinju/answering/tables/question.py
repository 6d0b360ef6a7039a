"""A question → its words with their kind, and its form without the gaps in which names differ."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from yinju.answering.tables.lexicon import COUNTED, DOINGS, PLAIN
from yinju.retrieval.thesaurus import wordings
from yinju.segmentation import tag_of
from yinju.text import content_tokens, search_form, words
from yinju.types import Span
from yinju.vocabulary import shipped_vocabulary

LIGHT = 2.0
"""The weight in Chinese at large below which a word says nothing of what is asked, as in `retrieval.naming`."""
_LOOSE_TAGS = ("d", "p", "c", "u", "r", "y", "e", "o", "z")
"""Adverbs, prepositions, conjunctions, particles and pronouns."""
_ASKING = re.compile("哪[些个几]|什么|多少|几[个位张件种条项家]")
_COUNTING = re.compile(f"[一两二三四五六七八九十]{{1,3}}[{COUNTED}](?=..?$)")
_NUMERAL = re.compile("[0-9一两二三四五六七八九十]+")
_POINTING = re.compile("[这那该每各某此].?")
_CODE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+|[a-z]+\d+[a-z0-9]*")
GAP = " \t-_–"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question."""

    text: str
    start: int
    end: int
    tag: str
    """Its part of speech; empty where the dictionary does not know it."""

    @property
    def places(self) -> range:
        """The characters that it is."""
        return range(self.start, self.end)

    @property
    def is_verb(self) -> bool:
        """Whether it says what is done."""
        return self.tag.startswith("v")


@dataclass(frozen=True)
class Question:
    """A question in its search form."""

    text: str
    """As it was asked."""
    form: str
    words: tuple[Word, ...]

    @cached_property
    def telling(self) -> frozenset[int]:
        """The characters of the words that something in a table must explain."""
        asked = {*content_tokens(self.text), *content_tokens(" ".join(word.text for word in self.words))}
        return frozenset(n for word in self.words if _tells(word, asked) for n in word.places)

    @cached_property
    def doing(self) -> frozenset[int]:
        """The characters of words that a table need not explain, but may: 報名 in a column 已報名."""
        return frozenset(n for w in self.words if w.text in DOINGS and len(w.text) > 1 for n in w.places)

    @cached_property
    def codes(self) -> tuple[Span, ...]:
        """Where codes stand that are more than one word: S-2007."""
        return tuple(m.span() for m in _CODE.finditer(self.form) if any(map(str.isdigit, m.group())))

    @cached_property
    def origin(self) -> tuple[int, ...]:
        """For each character of the packed form its place in the form."""
        return tuple(n for n, character in enumerate(self.form) if character not in GAP)

    @cached_property
    def packed(self) -> str:
        """The form without gaps and hyphens."""
        return "".join(self.form[n] for n in self.origin)

    @cached_property
    def said_otherwise(self) -> tuple[tuple[Span, tuple[str, ...]], ...]:
        """Pieces of it with the other words for them."""
        return tuple((wording.span, wording.others) for wording in wordings(self.text))

    def said(self, start: int, end: int) -> str:
        """A range of the form as it was asked, where both are as long; else as it is searched."""
        return (self.text if len(self.text) == len(self.form) else self.form)[start:end]

    @cached_property
    def wanted(self) -> tuple[tuple[frozenset[str], ...], ...]:
        """For each noun that a table must explain, the characters of it and of other words for it.

        One of each is in a table that does.
        """
        found = []
        for word in self.words:
            if word.tag.startswith("n") and len(word.text) > 1 and self.telling.issuperset(word.places):
                others = [
                    other for (a, b), said in self.said_otherwise if a <= word.start and word.end <= b for other in said
                ]
                found.append((*map(frozenset, word.text), *map(frozenset, others)))
        return tuple(found)

    def word_at(self, place: int) -> Word | None:
        """The word that a character belongs to."""
        return next((word for word in self.words if word.start <= place < word.end), None)


def _parts(word: str) -> tuple[str, ...]:
    """A word that jieba takes together with what asks, 哪些项目, as two."""
    asking = _ASKING.match(word) or _COUNTING.match(word)
    return (word[: asking.end()], word[asking.end() :]) if asking and asking.end() < len(word) else (word,)


def _tells(word: Word, asked: set[str]) -> bool:
    if word.text in PLAIN or word.text in DOINGS:
        return False
    if _POINTING.fullmatch(word.text):
        return False
    if any(map(str.isdigit, word.text)) or (len(word.text) == 1 and word.text.isascii()):
        return True
    if word.tag[:1] in _LOOSE_TAGS and word.text not in asked:
        return False
    return word.text in asked and shipped_vocabulary().weight(word.text) >= LIGHT


@lru_cache(maxsize=64)
def read_question(text: str) -> Question:
    """The question with its words."""
    form, found, start = search_form(text), list[Word](), 0
    for word in words(text):
        start = form.index(word, start)
        counted = found and _NUMERAL.fullmatch(found[-1].text) and len(word) == 2 and word[0] in COUNTED
        for part in word if counted else _parts(word):
            found.append(Word(part, start, start + len(part), tag_of(part)))
            start += len(part)
    return Question(text, form, tuple(found))
