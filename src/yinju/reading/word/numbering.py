"""The numbering and styles of a docx → the number that Word draws in front of each paragraph, as people see it.

Paragraphs are asked about in reading order, for a number counts on from the ones before it (ECMA-376, part 1, 17.9).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from yinju.reading.lists import Label, bullet_sign, parted
from yinju.reading.number_formats import BULLET, UNNUMBERED, shown_in

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_WORD}val"
_DEEPEST = 8
LONGEST_TEXT = 100
"""Characters that are drawn for a number."""
_MOST_STYLES_UP = 20
"""Styles that are based on each other, before a circle is suspected."""
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """How the paragraphs of one level of a list are numbered."""

    way: str = "decimal"
    text: str = ""
    """What is drawn, %1 being the number of the outermost level."""
    start: int = 1
    apart: bool = True
    """Whether a tab or space follows the number."""
    restart: int | None = None
    """The level, from 1, from which on a new number begins this one anew; 0 for none, None for any above it."""
    legal: bool = False
    """Whether the numbers of all levels are drawn as digits."""
    style: str = ""
    """The paragraph style that it belongs to."""


@dataclass(slots=True)
class _Num:
    """One use of a list: the abstract list whose counts it shares, and where it differs from that."""

    abstract: str
    levels: Mapping[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    """Level → the number at which this use begins anew; taken out once it has."""


class Numbering:
    """What numbers the paragraphs of one document have, told in reading order."""

    def __init__(self, numbering: Any, styles: Mapping[str, Any]) -> None:  # noqa: ANN401 - lxml has no types
        """Read the part that tells of numbers, None where there is none; `styles` by their ids."""
        self._styles = styles
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._nums: dict[str, _Num | None] = {}
        parts = [*numbering.iterchildren(f"{_WORD}abstractNum", f"{_WORD}num")] if numbering is not None else []
        self._abstracts = {
            one.get(f"{_WORD}abstractNumId", ""): one for one in parts if one.tag.endswith("}abstractNum")
        }
        self._stated_nums = {one.get(f"{_WORD}numId", ""): one for one in parts if one.tag.endswith("}num")}

    def label(self, properties: Any) -> Label | None:  # noqa: ANN401
        """The number of the next paragraph, whose w:pPr is given or None; None where it has none."""
        if not self._stated_nums:
            return None
        number, level = self._stated(properties)
        num = self._num(number)
        if num is None or (properties is not None and _is_revised_away(properties)):
            return None
        form = num.levels.get(level)
        if form is None:
            return None
        count, is_first = self._count(num, level, form)
        if form.way == BULLET:
            marker = bullet_sign(form.text)
        elif form.way == UNNUMBERED and not _PLACE.sub("", form.text).strip():
            return None
        else:
            marker = _PLACE.sub(lambda place: self._shown(num, int(place[1]) - 1, form), form.text).strip()
        if not marker:
            return None
        return Label(marker, parted(marker) if form.apart else marker, level, num.abstract, count, is_first)

    def _stated(self, properties: Any) -> tuple[str, int]:  # noqa: ANN401
        """The number's id and the level that a paragraph has, by itself or by its style; 0 is no number."""
        style = properties.find(f"{_WORD}pStyle") if properties is not None else None
        name = style.get(_VALUE, "") if style is not None else ""
        own = properties.find(f"{_WORD}numPr") if properties is not None else None
        if own is None:
            return self._of_style(name)
        number, level = _value(own, "numId"), _value(own, "ilvl")
        by_style = self._of_style(name) if not (number and level) else ("", 0)
        depth = int(level) if level.isdecimal() else by_style[1]
        return number or by_style[0], min(depth, _DEEPEST)

    def _of_style(self, name: str) -> tuple[str, int]:
        """What a paragraph style says of numbers, the styles it is based on included."""
        known = self._by_style.get(name)
        if known is None:
            known = self._by_style[name] = self._read_style(name)
        return known

    def _read_style(self, name: str) -> tuple[str, int]:
        number, level, owner = "", "", name
        for own, style in styles_up(name, self._styles):
            stated = style.find(f"{_WORD}pPr/{_WORD}numPr")
            if stated is not None:
                number, level = number or _value(stated, "numId"), level or _value(stated, "ilvl")
                if number:
                    owner = own
                    break
        num = self._num(number)
        if num and not level:
            linked = (depth for depth, form in num.levels.items() if form.style in (name, owner) and form.style)
            return number, next(linked, 0)
        return number, min(int(level), _DEEPEST) if level.isdecimal() else 0

    def _num(self, number: str) -> _Num | None:
        """The use of a list by its id; None where there is none."""
        if number not in self._nums:
            stated = self._stated_nums.get(number)
            self._nums[number] = self._read_num(stated) if stated is not None else None
        return self._nums[number]

    def _read_num(self, stated: Any) -> _Num:  # noqa: ANN401
        name = _value(stated, "abstractNumId")
        link = _value(self._abstracts.get(name), "numStyleLink")
        if link in self._styles:  # a style of lists holds the levels
            through = self._stated_nums.get(_value(self._styles[link].find(f"{_WORD}pPr/{_WORD}numPr"), "numId"))
            name = _value(through, "abstractNumId") or name
        levels, starts = _levels(self._abstracts.get(name)), dict[int, int]()
        for override in stated.iterchildren(f"{_WORD}lvlOverride"):
            depth = _number(override.get(f"{_WORD}ilvl", ""), 0)
            changed, start = override.find(f"{_WORD}lvl"), _value(override, "startOverride")
            if changed is not None:
                levels[depth] = _level(changed)
            if start:
                starts[depth] = _number(start, 1)
                levels[depth] = replace(levels.get(depth, _Level()), start=starts[depth])
        return _Num(name, levels, starts)

    def _count(self, num: _Num, level: int, form: _Level) -> tuple[int, bool]:
        """Count a paragraph; its number, and whether that begins anew."""
        counts = self._counts.setdefault(num.abstract, {})
        is_first = level in num.starts or level not in counts
        if level in num.starts:
            counts[level] = num.starts.pop(level)
        else:
            counts[level] = counts[level] + 1 if level in counts else form.start
        for deeper in [depth for depth in counts if depth > level]:
            restart = num.levels[deeper].restart if deeper in num.levels else None
            if restart is None or level < restart:
                del counts[deeper]
        return counts[level], is_first

    def _shown(self, num: _Num, level: int, form: _Level) -> str:
        """The number of a level as another draws it; one not yet counted is the one it would begin with."""
        own = num.levels.get(level, _Level())
        count = self._counts[num.abstract].get(level, num.starts.get(level, own.start))
        if own.way == BULLET:
            return ""
        return shown_in(count, "decimal" if form.legal and own.way != UNNUMBERED else own.way)


def styles_up(name: str, styles: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A style by its id and those that it is based on, the nearest first."""
    for _ in range(_MOST_STYLES_UP):
        style = styles.get(name)
        if style is None:
            return
        yield name, style
        name = _value(style, "basedOn")


def _levels(abstract: Any) -> dict[int, _Level]:  # noqa: ANN401
    levels = abstract.iterchildren(f"{_WORD}lvl") if abstract is not None else ()
    return {_number(one.get(f"{_WORD}ilvl", ""), 0): _level(one) for one in levels}


def _level(level: Any) -> _Level:  # noqa: ANN401
    """What a w:lvl says; of a way that newer programs know, the one that is given for older ones."""
    ways = [way.get(_VALUE, "") for way in level.iter(f"{_WORD}numFmt")]
    restart, legal = _value(level, "lvlRestart"), level.find(f"{_WORD}isLgl")
    return _Level(
        way=ways[-1] if ways else "decimal",
        text=_value(level, "lvlText")[:LONGEST_TEXT],
        start=_number(_value(level, "start"), 1),
        apart=_value(level, "suff") != "nothing",
        restart=_number(restart, 0) if restart else None,
        legal=legal is not None and legal.get(_VALUE) not in ("0", "false"),
        style=_value(level, "pStyle"),
    )


def _is_revised_away(properties: Any) -> bool:  # noqa: ANN401
    """Whether the end of a paragraph has been deleted or moved away, so that it is no paragraph any more."""
    marks = properties.find(f"{_WORD}rPr")
    return marks is not None and any(marks.find(f"{_WORD}{tag}") is not None for tag in ("del", "moveFrom"))


def _value(parent: Any, tag: str) -> str:  # noqa: ANN401
    """The w:val of a child; empty where there is none."""
    child = parent.find(f"{_WORD}{tag}") if parent is not None else None
    return child.get(_VALUE, "") if child is not None else ""


def _number(stated: str, usual: int) -> int:
    return int(stated) if stated.isdecimal() and len(stated) < 7 else usual
