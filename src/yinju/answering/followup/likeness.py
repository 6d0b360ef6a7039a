"""Two values → how much they are of a kind, one said where the other stood: 第二次 and 第三次, 狗 and 貓.

Of a kind are values of one class (numbers in order, days, editions, codes, amounts of one unit, families of words), and
words that are used alike by the shipped model or built alike.
"""

import re
from functools import lru_cache

import numpy as np

from yinju.answering.followup.lexicon import FAMILIES
from yinju.answering.followup.words import DAY, GRADE, ORDINAL
from yinju.embedding import shipped_encoder, unit
from yinju.segmentation import cut, tag_of
from yinju.text import HAN
from yinju.types import Vectors

ALIKE = 0.5
"""What is so much alike is of a kind."""

UNLIKE = 0.3
"""What is no more alike than this belongs to a thing rather than stands in its place."""

_LATIN = re.compile(r"[\x21-\x7e ]+")
_CLASSES = (
    ("nth", re.compile(ORDINAL)), ("day", re.compile(DAY)),
    ("edition", re.compile(r"\d+年版|v?\d+\.\d[\d.]*版?|[新旧老](?:的|版|制)?|第.版")),
    ("code", re.compile(rf"(?:[a-z]{{0,8}}[-_]?\d[a-z\d.-]*|[a-z]){GRADE}?")),
)  # fmt: skip
_COUNTED = re.compile(r"[一二两三四五六七八九十百千万半\d到至~–-]+(?P<unit>\D+?)(?:到|至|$)")


@lru_cache(maxsize=1024)
def class_of(value: str) -> str:
    """The class of a folded value: nth, day, edition, code, what it counts, its family; empty for none."""
    for name, pattern in _CLASSES:
        if pattern.fullmatch(value):
            return name
    if counted := _COUNTED.match(value):
        return counted["unit"]
    return next((f"family {n}" for n, family in enumerate(FAMILIES) if value in family), "")


@lru_cache(maxsize=4096)
def alike(old: str, new: str) -> float:
    """How much two folded values are of a kind: 3 for one class, −1 for two, else by use and form, about 0 … 2."""
    if not (old.strip() and new.strip()):
        return -1.0
    classes = class_of(old), class_of(new)
    if any(classes):
        return 3.0 if classes[0] == classes[1] else -1.0
    if tag_of(old) == "ns" and tag_of(new)[:1] in ("n", "v") and tag_of(new) not in ("ns", "nt", "nz"):
        return -1.0  # no place gives way to what is none
    ratio = min(len(old), len(new)) / max(len(old), len(new))
    score = float(_use(old) @ _use(new)) + 0.25 * ratio
    if new.endswith(old) or new.startswith(old):
        return score - 0.5  # the head of both
    score += ratio * (0.35 * (old[-1] == new[-1]) + 0.15 * (old[-2:] == new[-2:]) + 0.15 * (old[0] == new[0]))
    return score + 0.5 * bool(_LATIN.fullmatch(old) and _LATIN.fullmatch(new))


@lru_cache(maxsize=4096)
def _use(text: str) -> Vectors:
    """How a folded text is used, a unit vector of its words' meanings."""
    runs = re.findall(rf"[{HAN}]+|[^\W_{HAN}]+", text)
    found = [word for run in runs for word in (cut([run]) if re.match(f"[{HAN}]", run) else [run])] or [text]
    return unit(np.sum([_meaning(word) for word in found], axis=0))


@lru_cache(maxsize=4096)
def _meaning(word: str) -> Vectors:
    """The meaning that the shipped model knows of a folded word, or of its characters where it knows none."""
    encoder = shipped_encoder()
    whole, *each = encoder.encode_queries([word, *word])[:, encoder.meaning_from :]
    return unit(whole if whole.any() else np.sum(each, axis=0))


def is_known(text: str) -> bool:
    """Whether a folded text is one word of which the model knows how it is used."""
    encoder = shipped_encoder()
    return cut([text]) == [text] and bool(encoder.encode_queries([text])[0][encoder.meaning_from :].any())
