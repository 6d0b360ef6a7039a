"""A question and a value → the question with that value where one of its kind stood: 那貓呢, 第三次呢, 英文的呢."""

import re
from collections.abc import Sequence

from yinju.answering.followup.lexicon import SUFFIX
from yinju.answering.followup.likeness import ALIKE, UNLIKE, alike, class_of, is_known
from yinju.answering.followup.phrases import members_of, topic_span
from yinju.answering.followup.words import NAMING, Kind, Phrase, Word, read_phrase
from yinju.text import fold
from yinju.types import Span

CONTRAST = re.compile("区别|差别|差异|不同|不一样|差在|比|哪|共同|相同|关系|一样")

AGAIN = 0.25
"""How much likelier the place is where the last value was put: 那30S呢, 45呢."""

_ENDS: frozenset[Kind] = NAMING | {"aspect", "role", "value"}
_INSIDE: frozenset[Kind] = _ENDS | {"owning"}
_MOST_WORDS = 6


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
