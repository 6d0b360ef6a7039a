"""The sentences of a section → the few that tell best what it is about, or the names that stand for a list."""

import re
from collections.abc import Collection, Mapping, Sequence

from yinju.answering.outline.sections import Line, Section
from yinju.folding import HAN
from yinju.text import words
from yinju.types import BlockKind

NAMED = 0.75
"""The share of a list's points that must have a name for the names to stand for them."""
WEIGHED = 60
"""Sentences of a section that are weighed against each other."""
FIRST, NUMBERED, POINT = 2.2, 1.15, 1.1
"""How much more a sentence tells that opens its section, that holds a number, that is a point of a list."""
POINTING, LABELLED, ASIDE, CUT = 0.6, 0.4, 0.6, 0.1
"""How much less one does that begins by pointing back, that is a row of labels, that asks, leads in or stands aside,
that is cut off."""
HEADED = 4.0
"""What a word of its heading adds to a sentence's weight."""
NEXT = 0.4
"""The share of the best sentence's weight from which on another is given, where there is room."""
LEAST = 6
"""Characters below which a line says nothing."""
EVEN = 0.25
"""The power of its length that a sentence's weight is divided by: long ones tell more, but take more room."""
OVER, ASKED = 1.5, 2.5
"""How far the one sentence of a section may go beyond its room; below a heading that is a question."""

_COUNTS = re.compile("[第一二三四五六七八九十百千两几]")
_POINTS_BACK = re.compile(
    "^(?:[這这那其此該该]|因此|所以|不過|不过|但|另外|此外|而且|否則|否则|例如|同時|同时|他|她|它|★"
    r"|(?i:it|its|they|their|he|she|such|however|therefore|but|and|so|also|otherwise"
    r"|(?:this|that|these|those) (?:is|are|was|were|means?|can|will|may|must|should|has|have|makes?|does|do))\b)"
)
_LEANS = re.compile(
    "[（(]?(?:前者|[後后]者|[兩两]者|上述|前述|以[上下]|如[上下]|[對对]此|[於于]是|可是|然而|反之|接[著着]|接下[來来]|最[後后]"
    "|[結结]果|[還还也又再而則则且並并]|至[於于]|同[樣样理]|相[反對对]|[換换]句|[當当]然|可[見见]|[總总]之|即便|首先"
    "|[一二三四五]是|第[一二三四五][，,、個个種种步是])"
)
"""How a sentence begins that goes on with another."""
_OPEN = re.compile("[:：;；,，、?？…—–-]$|[（(「『“《【][^）)」』”》】]*$|^[^（(「『“《【]*[）」』”》】]")
"""How one ends that leads on, or holds half a pair of brackets."""
_CUT = re.compile(r"[a-z][^.!?]*\s|[^\u3400-\u9fff]{40,}(?<=[A-Za-z,])$", re.DOTALL)
"""Latin words that are the end or the beginning of a sentence which a passage cuts in two."""
_LATIN = re.compile(r"[^\u3400-\u9fff]+")
_LATIN_SENTENCE = re.compile(r"[\W\d]*[A-Z0-9].{20,}[.!?][\"”')]*", re.DOTALL)
_ENDS = re.compile('[。！!.…][」』”"]?$')
_ASIDES = re.compile("[（(].*?[）)]")
_LABELS = re.compile(r"[^\s:：。，]{1,8}[:：][^:：。]{1,30}(?:[\s　｜]+[^\s:：。，]{1,8}[:：]|$)")
_NAME = re.compile(rf"(?=.*[{HAN}])[^。，；]{{2,12}}")
_NOTE = re.compile(r"^(?:[註注备備]\s*\d*\s*[:：]|[*※])")
_ASKS = re.compile("常?有人[問问]|[問问]我|到底.*[哪什]")
_DECISIONS = re.compile("[決决][議议定]|[結结][論论]")
_UNSAID = (
    BlockKind.HEADS, BlockKind.ROW, BlockKind.CAPTION, BlockKind.HEADING, BlockKind.QUESTION, BlockKind.CODE,
)  # fmt: skip


def telling(section: Section, weights: Mapping[str, float]) -> list[tuple[float, Line]]:
    """Each of a section's first sentences with how much it tells; rows of tables, scraps and labels are left out."""
    weights = {**weights, **{w: weights.get(w, 0.0) + HEADED for w in words(section.heading) if len(w) > 1}}
    found, parts = list[tuple[float, Line]](), [section, *(below for _, below in section.all_parts())]
    for part in [part for part in parts if _DECISIONS.search(part.heading)] or parts:  # what minutes are read for
        first = True
        for line in part.own:
            text = line.text.strip()
            if len(found) < WEIGHED and line.kind not in _UNSAID and len(text) >= LEAST and not line.is_subhead:
                standing = _standing(line, text)
                opens = first and standing >= 1
                first = first and not opens
                found.append((_weight(text, weights) * standing * (FIRST if opens else 1.0), line))
    return found


def _weight(text: str, weights: Mapping[str, float]) -> float:
    told = sum(weights.get(word, 0.0) for word in {*words(text)} if not _COUNTS.match(word))
    return float((1 + told) ** 0.5 / len(text) ** EVEN)


def _standing(line: Line, text: str) -> float:
    found = NUMBERED if re.search(r"\d|[一二三四五六七八九十百千][萬万元日天月年成人個个]", text) else 1.0
    found *= POINT if line.kind in (BlockKind.ITEM, BlockKind.ARTICLE) else 1.0
    found *= POINTING if _POINTS_BACK.match(text) else 1.0
    found *= LABELLED if line.kind is BlockKind.FIELD or _LABELS.match(text) else 1.0
    found *= ASIDE if _NOTE.match(text) or text.endswith(("：", ":", "？", "?")) or _ASKS.search(text) else 1.0
    found *= CUT if _CUT.match(text) else 1.0
    return found


def is_whole(text: str) -> bool:
    """Whether a sentence says something without those around it: it points at none of them, and is not cut off."""
    bare = text.strip().lstrip("*_> •·-").rstrip("*_")
    begins = any(pattern.match(bare) for pattern in (_POINTS_BACK, _LEANS, _NOTE, _LABELS, _CUT))
    if begins or _OPEN.search(bare) or _ASKS.search(bare):
        return False
    if _LATIN.fullmatch(bare):
        return _LATIN_SENTENCE.fullmatch(bare) is not None
    return bool(_ENDS.search(bare) or "，" in _ASIDES.sub("", bare))  # else a title, or who wrote it and when


def chosen(section: Section, weights: Mapping[str, float], most: int, key: Collection[Line] = ()) -> list[Line]:
    """The sentences of a section that tell most, in reading order: one where any is, and more as long as they fit.

    Those are among them that are `key` to the whole document.
    """
    ranked = sorted(telling(section, weights), key=lambda one: -one[0])
    places = {line.place for line in key}
    taken = [line for _, line in ranked if line.place in places]
    over = ASKED if section.heading.rstrip().endswith(("？", "?")) else OVER
    fitting = [(weight, line) for weight, line in ranked if len(line.text) <= over * most and line not in taken]
    if not taken and fitting:
        taken = [fitting[0][1]]
    elif not taken and ranked:
        taken = [min((line for _, line in ranked[:3]), key=lambda line: len(line.text))]
    used = sum(len(line.text) for line in taken)
    for weight, line in fitting:
        more = line not in taken and weight >= NEXT * fitting[0][0] and not _POINTS_BACK.match(line.text)
        if more and used + len(line.text) <= most:
            taken.append(line)
            used += len(line.text)
    return sorted(taken, key=lambda line: line.place)


def record_names(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """What each record among some lines is called, by its first fields; empty where they are no records."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        if line.block and line.kind is BlockKind.FIELD:
            groups.setdefault((line.passage.id, line.block.group), []).append(line)
    if len(groups) < 3:
        return []
    named = [(" ".join(filter(None, map(_value, group[:2]))), group[0]) for group in groups.values()]
    return named if all(name for name, _ in named) else []


def _value(line: Line) -> str:
    """What a field holds, if it is short enough to be a name."""
    value = line.text.partition(line.block.name if line.block else "")[2].lstrip(" :：*\t　").strip()
    return value if len(value) <= 12 else ""


def item_labels(section: Section) -> list[tuple[str, Line]]:
    """What the points of a section's list are called, 省時間 of 「省時間：…」; empty where most have no name."""
    items = [line for line in section.own if line.kind is BlockKind.ITEM and line.begins_block]
    labels = [(line.block.name.strip("*_ "), line) for line in items if line.block]
    named = [(label, line) for label, line in labels if _NAME.fullmatch(label)]
    distinct = len({label for label, _ in named}) == len(named)
    listed = sum(len(line.text) for line in section.own if line.kind is BlockKind.ITEM)
    mostly = 3 * listed >= sum(len(line.text) for line in section.own)
    return named if distinct and mostly and not section.parts and len(named) >= NAMED * len(items) else []
