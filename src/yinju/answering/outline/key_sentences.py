"""The sentences of a section → the few that tell best what it is about, or the names that stand for a list."""

import re
from collections.abc import Mapping, Sequence

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
POINTING, LABELLED, ASIDE = 0.6, 0.4, 0.6
"""How much less one does that begins by pointing back, that is a row of labels, that asks, leads in or stands aside."""
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
    "^(?:[這这那其此該该]|因此|所以|不過|不过|但|另外|此外|而且|否則|否则|例如|同時|同时|他|她|它|★)"
)
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
    return found


def chosen(section: Section, weights: Mapping[str, float], most: int) -> list[Line]:
    """The sentences of a section that tell most, in reading order: one where any is, and more as long as they fit."""
    ranked = sorted(telling(section, weights), key=lambda one: -one[0])
    if not ranked:
        return []
    over = ASKED if section.heading.rstrip().endswith(("？", "?")) else OVER
    fitting = [(weight, line) for weight, line in ranked if len(line.text) <= over * most]
    if not fitting:
        return [min((line for _, line in ranked[:3]), key=lambda line: len(line.text))]
    taken, used = [fitting[0][1]], len(fitting[0][1].text)
    for weight, line in fitting[1:]:
        if weight >= NEXT * fitting[0][0] and used + len(line.text) <= most:
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
    return [(" ".join(filter(None, map(_value, group[:2]))), group[0]) for group in groups.values()]


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
