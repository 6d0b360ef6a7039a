"""The list styles of an OpenDocument text → the number in front of each item and heading, asked for in reading order.

OpenDocument 1.3, part 3: 5.3 (lists), 16.30–16.35 (styles of lists) and 19.502 (number formats).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yinju.reading.lists import Label, bullet_sign, parted
from yinju.reading.number_formats import BULLET, UNNUMBERED, shown_in

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_WAYS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": UNNUMBERED,
    "一": "chineseCountingThousand", "壹貳": "ideographLegalTraditional", "壹贰": "chineseLegalSimplified",
    "甲": "ideographTraditional", "子": "ideographZodiac", "①": "decimalEnclosedCircle", "１": "decimalFullWidth",
}  # fmt: skip
"""How a number format begins → the way of counting; those of Chinese are spelled out, 一, 二, 三, ...."""
_PLACE = re.compile(r"%(\d{1,2})%")
_DEEPEST = 10
LONGEST_TEXT = 100
"""Characters that are drawn for a number besides its digits."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of one level are numbered."""

    way: str
    before: str = ""
    after: str = ""
    shown: int = 1
    """How many levels' numbers are drawn."""
    start: int = 1
    pattern: str = ""
    """Where newer programs say how the numbers of levels are put together, %1%.%2%; else empty."""


@dataclass(slots=True)
class OpenList:
    """A list while its items are gone through."""

    style: Mapping[int, _Level]
    name: str
    counts: dict[int, int] = field(default_factory=dict)


class ListNumbers:
    """The numbers of a document's lists and of its headings."""

    def __init__(self, *roots: Any) -> None:  # noqa: ANN401 - lxml has no types
        """Read the styles that stand in the roots of some parts."""
        self._styles: dict[str, Mapping[int, _Level]] = {}
        self._by_paragraph: dict[str, str] = {}
        outline: Mapping[int, _Level] = {}
        for root in roots:
            for style in root.iter(f"{_TEXT}list-style"):
                self._styles[style.get(f"{_STYLE}name", "")] = dict(_levels(style))
            for style in root.iter(f"{_STYLE}style"):
                if stated := style.get(f"{_STYLE}list-style-name"):
                    self._by_paragraph[style.get(f"{_STYLE}name", "")] = stated
            for style in root.iter(f"{_TEXT}outline-style"):
                outline = dict(_levels(style))
        self._headings = OpenList(outline, "headings")
        self._known: dict[str, OpenList] = {}
        self._last: dict[str, OpenList] = {}

    def opened(self, element: Any, outer: OpenList | None) -> OpenList:  # noqa: ANN401
        """The list that a text:list is, or goes on with; one in another counts as that, a level deeper."""
        stated = element.get(f"{_TEXT}style-name", "")
        if outer is not None:
            return outer
        if not stated:
            paragraph = next(element.iter(f"{_TEXT}p", f"{_TEXT}h"), None)
            stated = (
                self._by_paragraph.get(paragraph.get(f"{_TEXT}style-name", ""), "") if paragraph is not None else ""
            )
        before = self._known.get(element.get(f"{_TEXT}continue-list", ""))
        if before is None and element.get(f"{_TEXT}continue-numbering") == "true":
            before = self._last.get(stated)
        opened = before or OpenList(self._styles.get(stated, {}), f"{stated}/{len(self._known)}")
        self._known[element.get(_ID) or opened.name] = opened
        self._last[stated] = opened
        return opened

    def label(self, opened: OpenList, level: int, item: Any) -> Label | None:  # noqa: ANN401
        """The number of the next item of a list at a level, from 0; None where it has none."""
        start = item.get(f"{_TEXT}start-value", "")
        return _label(opened, level, int(start) if start.isdecimal() and len(start) < 7 else None)

    def heading_label(self, heading: Any, level: int) -> Label | None:  # noqa: ANN401
        """The number that a heading of a level, from 1, has by the outline of the document."""
        if heading.get(f"{_TEXT}is-list-header") == "true":
            return None
        return _label(self._headings, level - 1, None)


def _label(opened: OpenList, level: int, start: int | None) -> Label | None:
    form = opened.style.get(level)
    if form is None or level >= _DEEPEST:
        return None
    counts = opened.counts
    is_first = level not in counts
    counts[level] = start if start is not None else counts.get(level, form.start - 1) + 1
    for deeper in [depth for depth in counts if depth > level]:
        del counts[deeper]
    if form.way == BULLET:
        marker = bullet_sign(form.before)
    elif form.way == UNNUMBERED:
        return None
    else:
        marker = _shown(opened, level, form).strip()
    return Label(marker, parted(marker), level, opened.name, counts[level], is_first) if marker else None


def _shown(opened: OpenList, level: int, form: _Level) -> str:
    def number(depth: int) -> str:
        own = opened.style.get(depth, form)
        return "" if own.way == BULLET else shown_in(opened.counts.get(depth, own.start), own.way)

    if form.pattern:
        return _PLACE.sub(lambda place: number(int(place[1]) - 1), form.pattern)
    depths = range(max(0, level + 1 - form.shown), level + 1)
    return f"{form.before}{'.'.join(filter(None, map(number, depths)))}{form.after}"


def _levels(style: Any) -> Iterator[tuple[int, _Level]]:  # noqa: ANN401
    """The levels of a list style, from 0."""
    for element in style.iterchildren("*"):
        stated = element.get(f"{_TEXT}level", "")
        if not stated.isdecimal() or not 0 < int(stated) <= _DEEPEST:
            continue
        level = int(stated) - 1
        if element.tag == f"{_TEXT}list-level-style-bullet":
            yield level, _Level(BULLET, element.get(f"{_TEXT}bullet-char", "•"))
        elif element.tag == f"{_TEXT}list-level-style-image":
            yield level, _Level(BULLET, "•")
        else:
            pattern = next((value for name, value in element.attrib.items() if name.endswith("}num-list-format")), "")
            before, after = (element.get(f"{_STYLE}num-{side}", "")[:LONGEST_TEXT] for side in ("prefix", "suffix"))
            shown, start = (_number(element.get(f"{_TEXT}{name}", "1")) for name in ("display-levels", "start-value"))
            way = _way(element.get(f"{_STYLE}num-format", ""))
            yield level, _Level(way, before, after, shown, start, pattern[:LONGEST_TEXT])


def _way(stated: str) -> str:
    signs = "".join(sign.strip() for sign in stated.split(",")[:2])
    return _WAYS.get(signs) or _WAYS.get(signs[:1], "decimal")


def _number(stated: str) -> int:
    return int(stated) if stated.isdecimal() and len(stated) < 7 else 1
