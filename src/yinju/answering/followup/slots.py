"""A question and a value → the question with that value where one of its kind stood: 那貓呢, 第三次呢, 英文的呢.

Of a kind are values of one class (numbers in order, days, editions, codes, amounts of one unit, families of words), and
words that are used alike by the shipped model or built alike.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from yinju.answering.followup.lexicon import FAMILIES, SUFFIX
from yinju.answering.followup.phrases import members_of, topic_span
from yinju.answering.followup.words import DAY, GRADE, NAMING, ORDINAL, Kind, Phrase, Word, read_phrase
from yinju.embedding import shipped_encoder, unit
from yinju.segmentation import cut, tag_of
from yinju.text import HAN, fold
from yinju.types import Span, Vectors

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
CONTRAST = re.compile("区别|差别|差异|不同|不一样|差在|比|哪|共同|相同|关系|一样")
AGAIN = 0.25
"""How much likelier the place is where the last value was put: 那30S呢, 45呢."""
_ENDS: frozenset[Kind] = NAMING | {"aspect", "role", "value"}
_INSIDE: frozenset[Kind] = _ENDS | {"owning"}
_MOST_WORDS = 6


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


def join(*pieces: str) -> str:
    """The pieces as one text; a space only where two Latin words would run together."""
    text = ""
    for piece in filter(None, pieces):
        text += f" {piece}" if re.search(r"[A-Za-z0-9]$", text) and re.match("[A-Za-z0-9]", piece) else piece
    return text.strip()


def put(said: Phrase, span: Span, value: str) -> str:
    """A question with a value in a place of its own."""
    after = said.text[span[1] :]
    return join(said.text[: span[0]], value, after if value[-1:].isascii() else after.lstrip())


def swap(said: Phrase, value: str, modifies: bool = False, last: str = "") -> str | None:
    """A question with a value where one of its kind stood; None where there is none.

    Something else beside two that are compared is compared with them: 那客運呢 after 火車和高鐵有什麼區別.
    """
    named, own = read_phrase(value), members_of(said)
    several = len(members_of(named)) > 1
    if own and (several or named.kinds() & NAMING):
        if not several and CONTRAST.search(said.folded) and value not in (said.text[slice(*span)] for span in own):
            return put(said, (own[0][0], own[0][0]), f"{value}、")
        return put(said, (own[0][0], own[-1][1]), value)
    span, likeness = slot_of(said, value, last)
    return put(said, span, _shaped(said.text[slice(*span)], value, modifies)) if likeness >= ALIKE else None


def _shaped(old: str, new: str, modifies: bool) -> str:
    """A value in the form of the one it replaces: YZ-303 for 303 after YZ-203, 典藏款 for 典藏的 after 主力款."""
    prefix = re.match(r"[A-Za-z]+[-_]?(?=\d)", old)
    if prefix and re.match(r"\d", new):
        return prefix[0] + new
    ends = modifies and len(old) > 1 and fold(old[-1]) in SUFFIX and old[-1] != new[-1]
    return new + old[-1] if ends else new


def slot_of(said: Phrase, value: str, last: str = "") -> tuple[Span, float]:
    """Where in a question a value belongs, and how alike what stands there is; `last` is what was put there before."""
    last = "" if read_phrase(value).words[-1:] and read_phrase(value).words[-1].kind == "aspect" else last
    counted = [(word.start, word.end) for word in said.words if word.kind not in ("little", "asking")]
    return _nearest(said, counted if class_of(fold(value)) else _spans(said), value, last)


def slot_in_topic(said: Phrase, value: str) -> Span | None:
    """Where in its topic a question has what a value is nearest to; None where the model knows that nothing is near."""
    whole = topic_span(said) or (0, 0)
    asked = [word.start for word in said.words if word.kind == "aspect"]
    inner = [(start, end) for start, end in _spans(said) if whole[0] <= start and end <= whole[1]]
    span, likeness = _nearest(said, [s for s in inner if not any(s[0] <= place < s[1] for place in asked)], value)
    known = is_known(fold(value)) and is_known(said.folded[slice(*span)])
    return span if likeness >= (UNLIKE if known else 0) else None


def _nearest(said: Phrase, spans: Sequence[Span], value: str, last: str = "") -> tuple[Span, float]:
    """The span whose text is most like a value, the first of several; −1 without any."""
    new = fold(value)
    scored = [(alike(said.folded[slice(*s)], new) + AGAIN * (said.text[slice(*s)] == last), -s[0], s) for s in spans]
    likeness, _, span = max(scored, default=(-1.0, 0, (0, 0)))
    return span, likeness


def _spans(said: Phrase) -> list[Span]:
    """Every run of words of a question that another could stand for."""
    words, found = said.words, list[Span]()
    for first, opening in enumerate(words):
        if opening.kind not in _ENDS or glued(words, first):
            continue
        for last in range(first, min(first + _MOST_WORDS, len(words))):
            if words[last].kind not in _INSIDE or class_of(words[last].folded):
                break
            if words[last].kind in _ENDS and not glued(words, last + 1):
                found.append((opening.start, words[last].end))
    return found


def glued(words: Sequence[Word], at: int) -> bool:
    """Whether a word and the one before it are single characters: of one word, as a rule, that jieba does not have."""
    both = words[max(at - 1, 0) : at + 1]
    single = [word for word in both if word.kind in NAMING and len(word.folded) == 1]
    return len(single) == 2 and single[0].end == single[1].start
