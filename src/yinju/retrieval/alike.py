"""A character or word → those that are typed by mistake for it: said alike, or of like shape.

sounds.txt has the characters of each syllable, tones left out (training/sounds.py makes it); look_alikes.txt has groups
of characters of like shape, written by us. Both are folded.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import permutations

from yinju.vocabulary import shipped_vocabulary


class Likeness(StrEnum):
    """In what two characters or words are alike."""

    SOUND = "sound"
    ACCENT = "accent"
    """In sound to many ears: zh and z, n and l, ing and in."""
    SHAPE = "shape"
    BOTH = "both"
    """In sound and in shape."""


_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"))
_FINALS = (("ing", "in"), ("eng", "en"), ("ang", "an"))
_TOO_RARE = 9.5
"""The background weight from which on a character is no guess for one that only sounds much the same."""


def _lines(name: str) -> Iterator[list[str]]:
    lines = (files("yinju") / name).read_text("utf-8").splitlines()
    return (line.split() for line in lines if not line.startswith("#"))


@cache
def _characters_of() -> Mapping[str, str]:
    """Syllable → its characters."""
    return dict(_lines("sounds.txt"))


@cache
def _syllables() -> Mapping[str, tuple[str, ...]]:
    """Character → how it is said, two ways at most."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for said, characters in _characters_of().items():
        for character in characters:
            found[character] = (*found[character], said)[:2]
    return found


def _with_accent(said: str) -> Iterator[str]:
    """The syllables that are not told from one in some regions."""
    for first, second in _INITIALS:
        for own, other in ((first, second), (second, first)):
            if said.startswith(own) and not (len(own) == 1 and said[1:2] == "h"):
                yield other + said[len(own) :]
    for first, second in _FINALS:
        for own, other in ((first, second), (second, first)):
            if said.endswith(own):
                yield said.removesuffix(own) + other


@cache
def _shapes() -> Mapping[str, frozenset[str]]:
    """Character → those of like shape."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in (group for line in _lines("look_alikes.txt") for group in line):
        for own, other in permutations(group, 2):
            found[own].add(other)
    return {own: frozenset(others) for own, others in found.items()}


@cache
def alike_characters(character: str) -> Mapping[str, Likeness]:
    """The characters that one may stand for by mistake, and in what each is alike."""
    shapes, weight, syllables = _shapes().get(character, ()), shipped_vocabulary().weight, _syllables()
    said = syllables.get(character, ())
    near = "".join(_characters_of().get(other, "") for syllable in said for other in _with_accent(syllable))
    found = {other: Likeness.ACCENT for other in near if weight(other) < _TOO_RARE}
    found |= dict.fromkeys(shapes, Likeness.SHAPE)
    for other in "".join(map(_characters_of().__getitem__, said)):
        found[other] = Likeness.BOTH if other in shapes else Likeness.SOUND
    found.pop(character, None)
    return found


def alike_words(pair: str) -> set[str]:
    """The words of two characters that are said as two characters are, neither of them the same."""
    first, second = map(_said_alike, pair)
    return {one + other for one in first & _begun().keys() for other in second & _begun()[one]}


@cache
def _begun() -> Mapping[str, frozenset[str]]:
    """Character → those that make a word of two after it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in shipped_vocabulary().tokens():
        if len(word) == 2:
            found[word[0]].add(word[1])
    return {one: frozenset(others) for one, others in found.items()}


@cache
def _said_alike(character: str) -> frozenset[str]:
    """The other characters that are said as one is."""
    syllables = _syllables()
    said = ((other, one) for one in syllables.get(character, ()) for other in _characters_of()[one])
    return frozenset(other for other, one in said if other != character and one in syllables[other])
