"""A page's lines, and the stretches of them that one element holds: how much of what is in which."""

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import mul
from typing import NamedTuple

from yinju.reading.html.line import Line
from yinju.reading.html.names import Kind

MAINS = (Kind.MAIN, Kind.ARTICLE, Kind.POST)
"""What holds a page's own text."""
RUNNING = 40
"""Characters that are no link and make a line, with punctuation inside, running text."""
PUNCTUATION = re.compile("[，。！？；,;]")


@dataclass(slots=True)
class Stretch:
    """The lines from `first` up to `last` that one element holds."""

    kind: Kind
    first: int
    last: int = 0
    by_name: bool = False
    """Told by a class or an id, not by a tag or a role."""
    in_main: bool = False

    @property
    def places(self) -> range:
        """The numbers of its lines."""
        return range(self.first, self.last)


class Counts(NamedTuple):
    """Of a stretch: characters, those in links, those of running text, and headings."""

    shown: int
    linked: int
    running: int
    headings: int

    @property
    def own(self) -> int:
        """Characters that are not in links."""
        return self.shown - self.linked


class Page:
    """The lines of a page, and which of them are left out."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Leave out none."""
        self.lines = lines
        self.out = [False] * len(lines)
        self._columns = [
            array("q", (len(line.text) for line in lines)),
            array("q", (line.linked for line in lines)),
            array("q", map(running, lines)),
            array("q", (line.level is not None for line in lines)),
        ]
        self.count()

    def count(self) -> None:
        """Count anew what is not left out."""
        kept = [not out for out in self.out]
        self._sums = [array("q", accumulate(map(mul, column, kept), initial=0)) for column in self._columns]
        self.all = self.counts(Stretch(Kind.MAIN, 0, len(self.lines)))

    def counts(self, stretch: Stretch) -> Counts:
        """What a stretch holds that was not left out when it was counted."""
        return Counts(*(sums[stretch.last] - sums[stretch.first] for sums in self._sums))

    def leave_out(self, places: Iterable[int]) -> None:
        """Mark lines."""
        for place in places:
            self.out[place] = True

    def leave_out_stretches(self, ordered: Sequence[Stretch], judge: Callable[[Stretch, Counts], bool]) -> None:
        """Mark the lines of the stretches so judged; what is inside one of them is not looked at."""
        last = 0
        for stretch in ordered:
            if stretch.last > last and judge(stretch, self.counts(stretch)):
                self.leave_out(range(max(stretch.first, last), stretch.last))
                last = stretch.last


def running(line: Line) -> int:
    """The characters of a line that is running text rather than a name, a link or a button."""
    own = len(line.text) - line.linked
    return own if own >= RUNNING and PUNCTUATION.search(line.text) else 0
