"""The open elements of a page → what each line is: item of a list, field, answer, caption, code."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from yinju.reading.html.line import Line
from yinju.reading.html.numbering import BULLET, drawn_number, stated_style, whole_number
from yinju.reading.html.stretches import Stretch
from yinju.reading.table import HEAD_MARK
from yinju.types import Block, BlockKind

MARKED = frozenset("ol ul menu dir li dl dt dd details summary pre figcaption caption".split())
"""The elements that say what their lines are."""

_LISTS = frozenset(("ol", "ul", "menu", "dir"))
_LEAD = re.compile(r"[：:]$|(?:如下|以下|下列|下面)[^。！？]{0,12}[。.]?$|as follows[.]?$")
_LABEL = re.compile(r"([^\s，。；、：:,;()（）「」]{1,12})[：:](?!/)")
_TYPED = re.compile(
    r"[（(]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4}|[A-Za-z]|[ivxIVX]{1,6})(?:[）)、]|[.．](?!\d))|[①-⑳]"
)
"""A number that is typed where one is drawn as well, which nobody means to be read twice."""
_LONGEST_ITEM, _MOST_LINES = 800, 12
"""Characters and lines of an item; what is longer is a list of articles."""
_LONGEST_LEAD = 200
_LONGEST_TERM, _LONGEST_MEANING, _LONGEST_RECORD = 60, 120, 1_500
_DEEPEST = 50
"""Elements in each other of which more is known than that they are there."""
_CHINESE = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MOST_CHINESE = 0.3
"""Share of the characters of what is code for being set as it is typed."""


@dataclass(slots=True)
class _Open:
    """An open element: which, and at which line it began."""

    tag: str
    first: int
    group: int = 0
    level: int = 0
    style: str = ""
    ordered: bool = False
    number: int = 1
    step: int = 1
    counts_down: bool = False
    marker: str = ""
    drawn: str = ""
    is_code: bool = False
    is_headed: bool = False
    """Whether an item has a heading, above what is then no item."""
    lines: list[int] = field(default_factory=list)
    """Of an item or a list: the lines that begin its items or are its own."""
    meaning: int = -1
    """Of a definition list: the line at which the first explanation of the last term begins."""


class Blocks:
    """Knows which elements are open, and settles what their lines are when they close."""

    def __init__(self, lines: list[Line], stretches: Sequence[Stretch]) -> None:
        """Start outside of any."""
        self._lines, self._stretches = lines, stretches
        self._open: list[_Open] = []
        self._too_deep = 0
        self._groups = 0
        self.noted = 0
        """The line after the last note."""

    def new_group(self) -> int:
        """The number of a list, table or record that no block has yet."""
        self._groups += 1
        return self._groups

    def open(self, tag: str, attributes: Mapping[str, str]) -> str:
        """Open an element; what a browser draws for an item."""
        if len(self._open) >= _DEEPEST or self._too_deep:
            self._too_deep += 1
            return ""
        element = _Open(tag, len(self._lines))
        if tag in _LISTS:
            self._open_list(element, attributes)
        elif tag == "li":
            self._open_item(element, attributes)
        elif tag in ("dt", "dd"):
            self._open_term(tag)
        elif tag == "pre":
            element.is_code = "class" in attributes
        self._open.append(element)
        return element.drawn

    def close(self, tag: str) -> None:
        """Close an element."""
        if self._too_deep:
            self._too_deep -= 1
            return
        if not self._open or self._open[-1].tag != tag:
            return
        element = self._open.pop()
        if tag == "li":
            self._close_item(element)
        elif tag == "ol" and element.counts_down:
            self._count_down(element)
        elif tag == "dl":
            self._close_record(element)
        elif tag == "details":
            self._close_answer(element.first, len(self._lines))
        elif tag == "pre" and not element.is_code and self._is_chinese(element.first):
            self._forget(range(element.first, len(self._lines)))

    def see_code(self) -> None:
        """Note that what is set as it is typed is said to be code."""
        if self._open and self._open[-1].tag == "pre":
            self._open[-1].is_code = True

    def in_code(self) -> bool:
        """Whether the line before is one of what is set as it is typed, so that the white space of the next counts."""
        block = self._lines[-1].block if self._lines else None
        return block is not None and block.kind is BlockKind.CODE

    def marked(self, text: str, linked: int, block: Block | None) -> Line:
        """A line as what it is by the elements it stands in, where it is not known to be a `block` already."""
        element = next((one for one in reversed(self._open) if one.tag not in _LISTS), None)
        if element is None:
            return Line(text, block, linked)
        place = len(self._lines)
        if element.tag == "li":
            return self._item_line(element, text, linked, block)
        if block is None and element.tag in ("figcaption", "caption"):
            block = Block(BlockKind.CAPTION)
        elif block is None and element.tag == "pre":
            return Line(text, Block(BlockKind.CODE), linked, goes_on=place > element.first)
        return Line(text, block, linked)

    def _open_list(self, element: _Open, attributes: Mapping[str, str]) -> None:
        outer = next((one for one in reversed(self._open) if one.tag == "li" and one.group), None)
        element.group = outer.group if outer else self.new_group()
        element.level = outer.level + 1 if outer else 0
        element.ordered = element.tag == "ol"
        element.style = stated_style(attributes) or ("decimal" if element.ordered else "disc")
        start = whole_number(attributes.get("start"))
        element.number = 1 if start is None else start
        if element.ordered and "reversed" in attributes:
            element.step, element.counts_down = -1, start is None
        if outer is None and self._lines:
            self._lead(element.group)

    def _lead(self, group: int) -> None:
        """Put the line above a list into its group where it introduces it."""
        line = self._lines[-1]
        if line.block is None and len(line.text) <= _LONGEST_LEAD and _LEAD.search(line.text):
            self._lines[-1] = line._replace(block=Block(BlockKind.PARAGRAPH, group=group))

    def _open_item(self, element: _Open, attributes: Mapping[str, str]) -> None:
        outer = self._open[-1] if self._open and self._open[-1].tag in _LISTS else None
        if outer is None:
            return
        stated = whole_number(attributes.get("value")) if outer.ordered else None
        outer.number = outer.number if stated is None else stated
        element.group, element.level, element.number = outer.group, outer.level, outer.number
        element.style = stated_style(attributes) or outer.style
        element.marker = "" if element.style == "none" else drawn_number(outer.number, element.style)
        element.drawn = _before(element.marker)
        outer.number += outer.step
        if outer.counts_down and stated is None:
            outer.lines.append(element.first)

    def _item_line(self, item: _Open, text: str, linked: int, block: Block | None) -> Line:
        """A line of an item: the first has its marker, one right below another of the same item belongs to that."""
        place, drawn = len(self._lines), ""
        if not item.group:
            return Line(text, block, linked)
        marker = item.marker
        if item.first == place and item.drawn:
            typed = _TYPED.match(text)
            marker, drawn = (typed[0], "") if typed else (marker, item.drawn)
        if block is not None:
            item.is_headed = item.is_headed or block.kind is BlockKind.HEADING
            return Line(text, block, linked, drawn=drawn)
        if item.is_headed:
            return Line(text, block, linked)
        goes_on = bool(item.lines) and item.lines[-1] == place - 1
        label = _LABEL.match(text) if item.first == place else None
        item.lines.append(place)
        made = Block(BlockKind.ITEM, level=item.level, marker=marker if item.first == place else "", group=item.group)
        return Line(text, replace(made, name=label[1]) if label else made, linked, goes_on, drawn)

    def _close_item(self, item: _Open) -> None:
        """Take back what was said of the lines of a long item, but for a short first one: it is an article."""
        own = [place for place in item.lines if place < len(self._lines)]
        length = sum(len(self._lines[place].text) for place in own)
        if length > _LONGEST_ITEM or len(own) > _MOST_LINES:
            self._forget(own[len(self._lines[own[0]].text) <= _LONGEST_LEAD :])

    def _forget(self, places: Sequence[int]) -> None:
        for place in places:
            self._lines[place] = self._lines[place]._replace(block=None, goes_on=False)

    def _count_down(self, element: _Open) -> None:
        """Number the items of a list that counts down from how many there are."""
        for number, place in enumerate(reversed(element.lines), start=1):
            line = self._lines[place] if place < len(self._lines) else None
            if line and line.drawn:
                marker = drawn_number(number, element.style)
                block = line.block and replace(line.block, marker=marker) if line.level is None else line.block
                self._lines[place] = line._replace(block=block, drawn=_before(marker))

    def _open_term(self, tag: str) -> None:
        """Begin a term or its explanation; a term after an explanation ends the record before."""
        outer = self._open[-1] if self._open and self._open[-1].tag == "dl" else None
        if outer is None:
            return
        if tag == "dd":
            outer.meaning = len(self._lines) if outer.meaning < 0 else outer.meaning
        elif outer.meaning >= 0:
            self._close_record(outer)
            outer.first, outer.meaning = len(self._lines), -1

    def _close_record(self, record: _Open) -> None:
        """Settle what the lines of a term and its explanations are."""
        first, meaning, end = record.first, record.meaning, len(self._lines)
        if not first < meaning < end:
            return
        if any(line.block for line in self._lines[first:meaning]):
            self._close_answer(first, end)
            return
        name = "、".join(line.text.rstrip("：: ") for line in self._lines[first:meaning])
        length = sum(len(line.text) for line in self._lines[meaning:end])
        if not 0 < len(name) <= _LONGEST_TERM or length > _LONGEST_RECORD:
            return
        block = Block(BlockKind.FIELD, name=name, record=name, group=self.new_group())
        one = self._lines[meaning]
        is_line = end - first == 2 and one.block is None and len(one.text) <= _LONGEST_MEANING and not one.goes_on
        if is_line and not self._is_apart(first):
            linked = self._lines[first].linked + one.linked
            self._lines[first:end] = [Line(f"{name}{HEAD_MARK}{one.text}", block, linked)]
        else:
            self._mark(first, end, block)

    def _close_answer(self, first: int, end: int) -> None:
        """Put what follows a question into its group as the answer, up to the next heading."""
        question = self._lines[first].block if first < end else None
        if question is None or question.kind is not BlockKind.QUESTION:
            return
        group = self.new_group()
        self._lines[first] = self._lines[first]._replace(block=replace(question, group=group))
        self._mark(first + 1, end, Block(BlockKind.ANSWER, group=group))

    def _mark(self, first: int, end: int, block: Block) -> None:
        """Make a block of lines, those aside that are one already."""
        for place in range(first, end):
            line = self._lines[place]
            if line.level is not None:
                return
            if line.block is None:
                above = self._lines[place - 1].block if place > first else None
                goes_on = above is not None and (above.kind, above.group) == (block.kind, block.group)
                self._lines[place] = line._replace(block=block, goes_on=goes_on)

    def _is_apart(self, first: int) -> bool:
        """Whether any of the lines from one on is known by its number."""
        if self.noted > first:
            return True
        last = self._stretches[-1] if self._stretches else None
        return last is not None and (last.first > first or last.last > first)

    def _is_chinese(self, first: int) -> bool:
        text = "".join(line.text for line in self._lines[first:])
        return len(_CHINESE.findall(text)) > _MOST_CHINESE * len("".join(text.split()))


def _before(marker: str) -> str:
    """What is drawn before the words of an item."""
    return "" if marker in ("", BULLET) else marker if marker.endswith("、") else f"{marker} "
