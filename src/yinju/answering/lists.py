"""Sentences in reading order → the lists among them: what leads in to one, and all of its points.

A list is points that begin alike (with a bullet, a number, 第一, 首先), rows of a table, or lines below a lead-in such
as 「可以分五步：」, whose number says how many they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from yinju.answering.numerals import number_of
from yinju.text import fold

_COUNTED = re.compile(r"([一二两三四五六七八九十]|\d{1,2})大?[个点项种条步类方面件样句关招环阶段层][^,;。]{0,6}:$")
_AS_FOLLOWS = re.compile("(?:如下|以下[^,;。]{0,6}):$")
BULLET = r"(?:[-*+]\s+|[•・●○▪◆·]\s*)"
"""The mark that a point begins with, of which nothing is said."""
_CIRCLED = {ord("①") + n: f"{n + 1}、" for n in range(20)}
_MARK = re.compile(rf"\s*(?:{BULLET}|\(?(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[.、)](?!\d)\s*)")
_LABEL = re.compile("[^,:;。]{1,10}:.")
_TURNS = (
    re.compile("第[一二三四五六七八九十]{1,2}[个点项种条步类波层]?"),
    re.compile("其?[一二三四五六七八九十]{1,2}[是则]"),
    re.compile("首先|其次|再次|再者|接着|然后|最后"),
)
_CELL = "|"
"""What parts the cells of a row, folded."""
SHORT = 120
"""The most characters of a line that is a point by its place alone."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list within a sequence of sentences, by their places in it."""

    lead: int | None
    """What leads in to it; None where nothing does."""
    points: tuple[int, ...]
    """In order, at least two."""

    @property
    def places(self) -> tuple[int, ...]:
        """Lead-in and points."""
        return self.points if self.lead is None else (self.lead, *self.points)


def find_lists(sentences: Sequence[str], line_starts: Sequence[bool]) -> list[Listing]:
    """The lists of a text given as sentences; `line_starts` says which of them begin a line. They do not overlap."""
    forms = [fold(sentence.translate(_CIRCLED)).strip() for sentence in sentences]
    found, place = [], 0
    while place < len(forms):
        lead = forms[place] if forms[place].endswith(":") else None
        points = _points_at(forms, line_starts, place if lead is None else place + 1, lead)
        if len(points) > 1:
            found.append(Listing(None if lead is None else place, tuple(points)))
            place = points[-1] + 1
        else:
            place += 1
    return found


def _told(lead: str) -> int | None:
    """How many points a lead-in announces; None where it does not tell."""
    counted = _COUNTED.search(lead)
    return number_of(counted[1]) if counted else None


def _points_at(forms: Sequence[str], line_starts: Sequence[bool], start: int, lead: str | None) -> list[int]:
    rest = range(start, len(forms))
    if start >= len(forms):
        return []
    if _MARK.match(forms[start]):
        return _marked(forms, line_starts, start)
    for turn in _TURNS:
        if turn.match(forms[start]):
            return _turns(forms, start, turn)
    if _CELL in forms[start]:
        return list(takewhile(lambda i: _CELL in forms[i], rest))
    if lead is None or not line_starts[start]:
        return []
    lines = [i for i in takewhile(lambda i: len(forms[i]) <= SHORT, rest) if line_starts[i]]
    if told := _told(lead):
        return _lines(lines[: told + 1], told, line_starts, len(forms))
    if _AS_FOLLOWS.search(lead):
        kind = _line_kind(forms[start])
        return list(takewhile(lambda i: i in lines and _line_kind(forms[i]) == kind, rest))
    return _until_full_stop(forms, lines)


def _line_kind(form: str) -> tuple[bool, bool]:
    """Whether a line begins with a label, 預算：…, and whether it ends as a sentence does."""
    return _LABEL.match(form) is not None, form.endswith(("。", ".", "!", ";"))


def _marked(forms: Sequence[str], line_starts: Sequence[bool], start: int) -> list[int]:
    """Points that begin alike, with what stands below each, up to a line without a mark or of no higher number."""
    kind, number = _mark(forms[start])
    points, count = [start], 1
    for place in range(start + 1, len(forms)):
        own, value = _mark(forms[place]) if line_starts[place] else (None, 0)
        if own == "" or (own == kind and number and value <= number):
            break
        if own == kind:
            number, count = value, count + 1
        points.append(place)
    return points if count > 1 else []


def _mark(form: str) -> tuple[str, int]:
    """What a line begins with, numbers all alike, and the number; empty and 0 where there is no mark."""
    found = _MARK.match(form)
    if not found:
        return "", 0
    written = found[1]
    sign = found.group().strip()
    return (sign.replace(written, "1"), number_of(written) or 0) if written else (sign, 0)


def _turns(forms: Sequence[str], start: int, turn: re.Pattern[str]) -> list[int]:
    """Sentences from 第一 to the last 第n; what explains one of them stands between."""
    marked = [start]
    for place in range(start + 1, len(forms)):
        if turn.match(forms[place]):
            marked.append(place)
        elif place - marked[-1] > 2:
            break
    return list(range(start, marked[-1] + 1)) if len(marked) > 1 else []


def _lines(lines: Sequence[int], told: int, line_starts: Sequence[bool], count: int) -> list[int]:
    """As many lines as were announced, each with its further sentences; none where there are fewer."""
    if len(lines) < told:
        return []
    end = lines[told] if len(lines) > told else count
    last = next((i for i in range(lines[told - 1] + 1, end) if line_starts[i]), end)
    return list(range(lines[0], last))


def _until_full_stop(forms: Sequence[str], lines: Sequence[int]) -> list[int]:
    """Lines that end with ; and the one after them."""
    points = list(takewhile(lambda i: forms[i].endswith(";"), lines))
    return [*points, points[-1] + 1] if points and points[-1] + 1 < len(forms) else points
