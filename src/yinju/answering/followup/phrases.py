"""A question → what it is about: its topic, what it says of it before it asks, and what it asks for."""

import re
from collections.abc import Sequence
from itertools import pairwise

from yinju.answering.followup.lexicon import FAMILIES, STOPS
from yinju.answering.followup.words import ASKED, NAMING, THINGS, Kind, Phrase, Word
from yinju.types import Span

_NAMES: frozenset[Kind] = ASKED | {"verb", "value"}


def topic_span(phrase: Phrase) -> Span | None:
    """Where the noun phrase stands that a question is about, its modifiers included; None without any."""
    parts = phrase.parts
    for kinds in (NAMING, {"role"}, {"aspect"}):
        first = next((n for n, part in enumerate(parts) if part.kind in kinds), None)
        if first is not None:
            last = _extended(phrase, first)
            while first and parts[first - 1].kind == "value" and parts[first - 1].end == parts[first].start:
                first -= 1
            return parts[first].start, parts[last].end
    return None


def _extended(phrase: Phrase, at: int) -> int:
    """The place of the last part of the noun phrase that begins at a part: with what 的 and 和 join to it.

    An aspect that ends a name belongs to it: 成本加成定价 but not 社团的优点.
    """
    parts = phrase.parts
    while at + 2 < len(parts) and parts[at + 1].kind in ("owning", "joining") and parts[at + 2].kind in THINGS:
        at += 2
    while at + 1 < len(parts) and parts[at].kind in NAMING and parts[at + 1].kind in ("aspect", "role"):
        if parts[at].end != parts[at + 1].start:
            break
        at += 1
    return at


def topic_of(phrase: Phrase) -> str:
    """The noun phrase that a question is about; empty without any."""
    span = topic_span(phrase)
    return phrase.text[slice(*span)] if span else ""


def members_of(phrase: Phrase) -> list[Span]:
    """Where the things stand that a question names side by side, two or more: 火车 and 高铁; empty without."""
    found = list[Span]()
    for before, tie, after in zip(phrase.parts, phrase.parts[1:], phrase.parts[2:], strict=False):
        if tie.kind == "joining" and before.kind in _NAMES and after.kind in _NAMES:
            found += [(part.start, part.end) for part in (before, after) if (part.start, part.end) not in found]
    return found


def stops(word: Word) -> bool:
    """Whether a predicate begins with a word."""
    return word.kind not in NAMING and word.folded in STOPS


def lead_span(phrase: Phrase) -> Span:
    """Where a question says what it asks about: before what asks, without the verb or aspect that this hangs on.

    借阅证 of 借阅证可以借几本, 上线日 of 上线日订在哪天, 借阅证掉了 of 借阅证掉了怎么办;
    behind 怎么 where that comes first.
    """
    words, first = phrase.words, _first_said(phrase)
    named, stop = False, first
    while stop < len(words) and words[stop].kind != "asking" and not (named and stops(words[stop])):
        named = named or words[stop].kind in _NAMES
        stop += 1
    whole = stop < len(words) and words[stop].folded in WHAT_THEN
    end = stop if whole else _without_predicate(words, first, stop)
    while end > first and words[end - 1].kind in ("mark", "joining", "owning"):
        if words[end - 1].kind == "owning" and words[end - 2].kind == "verb":
            break  # 请长假的是谁
        end -= 1
    return (words[first].start, words[end - 1].end) if end > first else (0, 0)


WHAT_THEN = frozenset("怎么办 会怎样 要怎样 怎样 怎么 如何 为什么 会 要".split())
"""What asks about all that was said before it."""
_OPENING = frozenset("那 那么 请 所以 然后 而 就 到底 都 也".split())


def _first_said(phrase: Phrase) -> int:
    """The place of the first word that says something: behind a question word that comes first, and what it counts."""
    words, at = phrase.words, 0
    while at < len(words) and (words[at].kind == "mark" or words[at].folded in _OPENING):
        at += 1
    if at == len(words) or words[at].kind != "asking":
        return at
    at += 1
    if at + 1 < len(words) and words[at].start == words[at - 1].end and words[at].kind in ASKED:
        at += 1  # 哪些人可以申请: who is asked for
    while at < len(words) and (words[at].kind in ("mark", "asking") or stops(words[at]) or words[at].folded == "叫"):
        at += 1
    return at


def _without_predicate(words: tuple[Word, ...], first: int, end: int) -> int:
    """The place behind what is spoken of, the verb and the aspect left out that what asks hangs on."""
    if end == len(words):  # nothing is asked
        return _back(words, first, end, "aspect", "owning") if end > first else end
    kept = _back(words, first, end, "little")
    if kept - 1 > first and words[kept - 1].kind == "owning" and words[kept - 2].kind == "verb":
        return kept
    kept = _back(words, first, kept, "little", "owning")
    if _ends_name(words[first:kept]):
        return kept
    if kept > first and words[kept - 1].kind == "verb":
        kept -= 1
    while kept > first and words[kept - 1].kind == "verb" and len(words[kept - 1].folded) == 1:
        kept -= 1
    spoken = kept
    asks = next((n for n in range(end, len(words)) if words[n].kind == "asking"), len(words))
    last = all(word.kind in ("mark", "little", "asking", "owning") for word in words[asks:])
    if last and (asks == end or words[end].folded in ("是", "在")) and words[end].folded[0] != "有":
        kept = _back(words, first, kept, "aspect", "owning")  # 多久换一次 hangs on no aspect
    else:
        kept = _back(words, first, kept)
    if any(word.kind in (*THINGS, "value") for word in words[first:kept]):
        return kept
    return spoken if any(word.kind in ASKED for word in words[first:spoken]) else end


def _ends_name(words: Sequence[Word]) -> bool:
    """Whether a single verb ends a name that the dictionary lacks, behind a single noun of it: 石门樱花纵走."""
    if len(words) < 3 or words[-1].kind != "verb":
        return False
    glued = all(before.end == after.start for before, after in pairwise(words[-3:]))
    return (
        glued
        and words[-3].kind == "noun"
        and [len(word.folded) for word in words[-2:]] == [1, 1]
        and (words[-2].kind == "noun")
    )


def _back(words: tuple[Word, ...], first: int, end: int, *kinds: Kind) -> int:
    """The place behind the last word of other kinds; 后来 and the like are left out with them."""
    while end > first and (words[end - 1].kind in kinds or words[end - 1].folded in FAMILIES[1]):
        end -= 1
    return end


_MODAL = frozenset("可以 能 会 要 需要 应该 可".split())
_MANNER = frozenset("怎么 如何 怎样".split())
_WHETHER = re.compile(".不.|有没有|是否|可不可以|需不需要")


def lead_of(phrase: Phrase) -> str:
    """What a question is about, as it says it; its topic where it says nothing before it asks."""
    if asks := phrase.asks():
        named_after = any(w.kind in NAMING and len(w.folded) > 1 and w.start > asks.start for w in phrase.words)
        if _WHETHER.fullmatch(asks.folded) or (asks.folded in _MANNER and named_after):
            return statement_of(phrase)  # 书店经营社群 of 书店怎么经营社群
        if asks.folded in ("吗", "没有") and (modal := _modal(phrase)):
            return phrase.text[: modal.start] + phrase.text[modal.end : asks.start]  # 年费退款
    return phrase.text[slice(*lead_span(phrase))] or topic_of(phrase)


def _modal(phrase: Phrase) -> Word | None:
    """The modal verb between what is spoken of and what may be done with it by name: 可以 of 年费可以退款吗."""
    named = False
    for n, word in enumerate(phrase.words):
        if named and word.folded in _MODAL:
            return word if any(later.kind in NAMING for later in phrase.words[n:]) else None
        named = named or word.kind in THINGS
    return None


def statement_of(phrase: Phrase) -> str:
    """A question without what asks: 免费活动要交押金 of 免费活动要交多少押金."""
    said = (word for word in phrase.words if word.kind not in ("asking", "mark") and word.folded != "那")
    return "".join(map(phrase.of, said))


def asked_noun(phrase: Phrase) -> str:
    """What a question asks for, named behind its question word: 押金 of 要交多少押金; empty for none."""
    for word, after in zip(phrase.words, phrase.words[1:], strict=False):
        if word.folded in _NAMELY and word.end == after.start and after.kind in ("noun", "aspect"):
            owns = any(later.kind == "owning" and later.start == after.end for later in phrase.words)
            return "" if owns or len(after.folded) == 1 else phrase.of(after)
    return ""


def amount_of(phrase: Phrase) -> str:
    """The aspect right before what asks in the end: 押金 of 城市車押金多少, 免費活動要交押金嗎; empty for none."""
    words = [word for word in phrase.words if word.kind not in ("mark", "little")]
    ends = len(words) > 1 and words[-1].kind == "asking" and words[-2].kind in ("aspect", "noun")
    return phrase.of(words[-2]) if ends and words[-1].folded in ("多少", "多少钱", "吗") else ""


_NAMELY = frozenset("什么 是什么 有什么 啥 哪个 哪些 哪种 多少".split())
