"""A question → what it says, and the other words that documents may say it with: 狗 and 犬, 領薪水 and 薪資發放.

thesaurus.txt has a group of such words a line, written by us, folded. A word counts only where it begins and ends with
words of the question.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate

from yinju.text import search_form, words
from yinju.types import Span

LONGEST = 6
"""Characters of a word of the thesaurus."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A piece of a question, and what else may be said for it."""

    span: Span
    """Where it stands in the question's search form."""
    others: tuple[str, ...]
    """In search form, each once, without itself."""


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Word → the others of all its groups, in search form."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    lines = (files("yinju") / "thesaurus.txt").read_text("utf-8").splitlines()
    for line in search_form("\n".join(line for line in lines if not line.startswith("#"))).split("\n"):
        group = dict.fromkeys(line.split())
        for word in group:
            found[word].update(group)
    return {word: tuple(other for other in group if other != word) for word, group in found.items()}


def alternatives(word: str) -> tuple[str, ...]:
    """The other words for a word in search form; none where the thesaurus does not have it."""
    return _groups().get(word, ())


@lru_cache(maxsize=256)
def wordings(question: str) -> tuple[Wording, ...]:
    """Every piece of a question that may be said otherwise, in order; pieces may overlap."""
    return tuple(_wordings(search_form(question), words(question)))


def _wordings(form: str, own: list[str]) -> Iterator[Wording]:
    place, starts = 0, []
    for word in own:
        place = form.index(word, place)
        starts.append(place)
        place += len(word)
    ends = [start + len(word) for start, word in zip(starts, own, strict=True)]
    for first, start in enumerate(starts):
        for length, end in zip(accumulate(map(len, own[first:])), ends[first:], strict=True):
            if end - start != length or length > LONGEST:
                break
            if others := alternatives(form[start:end]):
                yield Wording((start, end), others)
