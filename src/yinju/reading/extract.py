"""What the parser of one format found in a file → the sections of a Document.

Every parser gives the same value, so that titles, sections and warnings are settled in one place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yinju.reasons import Reason
from yinju.types import Box, PrintedRun, Scan, Section, TableBody

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")

TITLE_LEVEL = 0
"""The level of a document's own title, above its outermost headings."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's words and the characters of the text it takes up; level 1 is outermost below the title."""

    level: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """One line as it was recognised, with the box of each of its characters."""

    text: str
    boxes: tuple[Box, ...]


Scans = Mapping[int, Sequence[ScannedLine] | None]
"""Page, counted from 1, → the lines recognised on its image, in no order; None where that failed."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file and what its format says of it; `warnings` are for the reader."""

    text: str
    headings: tuple[Heading, ...] = ()
    title: str = ""
    body_start: int = 0
    """Where the text begins that is worth searching: after the front matter of Markdown."""
    encoding: str | None = None
    page_starts: tuple[int, ...] = ()
    warnings: tuple[Reason, ...] = ()
    printed: tuple[PrintedRun, ...] = ()
    dropped: int = 0
    """How many characters, white space aside, the parser left out: what stands on every page."""
    tables: tuple[TableBody, ...] = ()
    """Those whose rows do not name their columns themselves."""
    scans: tuple[Scan, ...] = ()
    """The pages whose text was recognised on their image."""
    textless: tuple[int, ...] = ()
    """Physical pages, counted from 1, of which nothing could be read."""
    page_labels: tuple[str, ...] = ()
    """What a document itself calls its pages; empty where that is their number."""


def plain_lines(text: str) -> str:
    """The text with every line end as one newline and other control characters as spaces."""
    return without_controls(_LINE_ENDS.sub("\n", text))


def without_controls(text: str) -> str:
    """The text, as long as before, with control characters but tabs and newlines as spaces."""
    return _CONTROLS.sub(" ", text)


def count_characters(text: str) -> int:
    """How many characters a text has, white space aside."""
    return len("".join(text.split()))


def divide_into_sections(text: str, headings: Sequence[Heading], body_start: int = 0) -> tuple[Section, ...]:
    """The stretches between headings with the path of headings above each; a heading without body gives an empty one.

    Text before the first heading becomes a section without headings.
    """
    sections = []
    first = headings[0].start if headings else len(text)
    if text[body_start:first].strip():
        sections.append(Section((), body_start, first))
    path: list[Heading] = []
    for number, heading in enumerate(headings):
        path = [above for above in path if above.level < heading.level] + [heading]
        end = headings[number + 1].start if number + 1 < len(headings) else len(text)
        sections.append(Section(tuple(above.text for above in path), heading.end, end))
    return tuple(sections)


class TextBuilder:
    """Collects lines into one text while keeping the places of headings in it."""

    def __init__(self) -> None:
        """Start with no text."""
        self._lines: list[str] = []
        self._length = 0
        self.headings: list[Heading] = []

    def add(self, line: str, level: int | None = None) -> None:
        """Append a line, as a heading when it has a level; white space alone is left out."""
        line = line.strip()
        if not line:
            return
        if level is not None:
            self.headings.append(Heading(level, " ".join(line.split()), self._length, self._length + len(line)))
        self._lines.append(line)
        self._length += len(line) + 1

    @property
    def length(self) -> int:
        """Where the next line will begin in the text."""
        return self._length

    @property
    def text(self) -> str:
        """The lines added so far."""
        return "\n".join(self._lines)
