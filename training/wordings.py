"""A question → the same question as others type it: in other words, word by word in English, mistyped.

Other words are those of Yinju's thesaurus and those that CC-CEDICT explains by the same English; what is typed word by
word in English is made of these explanations too.
"""

import random
import re
from collections import defaultdict
from functools import cache

from meaning import dictionary
from yinju.retrieval.alike import alike_characters
from yinju.retrieval.thesaurus import alternatives
from yinju.text import content_tokens, fold, words

REWORDED, ENGLISH, MISTYPED = 0.4, 0.12, 0.08
"""How often a question is put into other words, into English, or has a character that sounds alike."""
EACH = 0.5
"""How often each word of a question that is put into other words is another."""
MOST_ALIKE = 12
"""A gloss of more words than these is too general to say that they mean the same."""
_BESIDE = re.compile(r"\([^)]*\)?|\bs(?:b|th)\b|^to |^the |^an? |[^a-z0-9' -]")
_HAN = re.compile("[\u3400-\u9fff]")


@cache
def _glosses() -> dict[str, tuple[str, ...]]:
    """Word → its English explanations of at most three words, plainest first, without what stands in brackets."""
    found = {}
    for word, told in dictionary().items():
        plain = dict.fromkeys(" ".join(_BESIDE.sub(" ", gloss.lower()).split()) for gloss in told)
        kept = tuple(gloss for gloss in plain if len(gloss) > 1 and gloss.count(" ") < 3)
        if kept:
            found[word] = kept
    return found


@cache
def _explained_alike() -> dict[str, tuple[str, ...]]:
    """Word → the words of two characters or more that one of its first two explanations explains too."""
    by_gloss: defaultdict[str, list[str]] = defaultdict(list)
    for word, told in _glosses().items():
        for gloss in told[:2]:
            by_gloss[gloss].append(word)
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for group in by_gloss.values():
        if len(group) <= MOST_ALIKE:
            for word in group:
                found[word].update(dict.fromkeys(other for other in group if other != word and len(other) > 1))
    return {word: tuple(others) for word, others in found.items() if len(word) > 1}


def _reworded(question: str, chance: random.Random) -> str:
    found, told = [], {*content_tokens(question)}
    for word in words(fold(question)):
        others = (alternatives(word) or _explained_alike().get(word, ())) if word in told else ()
        found.append(chance.choice(others) if others and chance.random() < EACH else word)
    return "".join(found)


def _in_english(question: str, chance: random.Random) -> str:
    found, known = [], {*content_tokens(question)}
    for word in words(fold(question)):
        if word in known or not _HAN.search(word):
            told = _glosses().get(word, (word,))
            found.append(told[0] if chance.random() < 0.7 else chance.choice(told))
    return " ".join(found)


def _mistyped(question: str, chance: random.Random) -> str:
    place = chance.randrange(len(question))
    alike = [*alike_characters(fold(question[place]))]
    return question[:place] + chance.choice(alike) + question[place + 1 :] if alike else question


def varied(question: str, chance: random.Random) -> str:
    """The question as it is, or as somebody else would type it."""
    if not _HAN.search(question) or len(question) < 4:
        return question
    drawn = chance.random()
    if drawn < REWORDED:
        return _reworded(question, chance)
    if drawn < REWORDED + ENGLISH:
        return _in_english(question, chance) or question
    return _mistyped(question, chance) if drawn < REWORDED + ENGLISH + MISTYPED else question
