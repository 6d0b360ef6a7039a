"""Files within a file → one Extract, and how deep and how large they may be together."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from yinju.errors import ReadingError
from yinju.reading.extract import TITLE_LEVEL, Extract, count_characters, heading
from yinju.reasons import Reason
from yinju.types import HEADING_KINDS, Block, BlockKind, Figure, FigureSource

Extractor = Callable[[bytes, str], tuple[str, Extract]]
"""From the bytes and the name of a file within a file to its format and what it holds."""


class Joiner:
    """Joins what was found in the parts of a file, with the places of headings shifted to the whole text."""

    MOST_NAMED = 20
    """Unread parts that a warning names, and warnings about the parts that are listed; of more, that there are."""

    def __init__(self) -> None:
        """Start with no text."""
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._figures: list[Figure] = []
        self._groups = 0
        self._warnings: list[Reason] = []
        self._dropped = 0
        self.unread: list[str] = []
        """Names of the parts that could not be read."""

    def add_heading(self, words: str, level: int) -> None:
        """Append a heading as a line of its own; white space alone is left out."""
        words = " ".join(words.split())
        if words:
            self._blocks.append(heading(level, words, self._length, self._length + len(words)))
            self._append(words)

    def add(self, found: Extract, below: int = TITLE_LEVEL, member: str = "") -> None:
        """Append a part's text without its front matter; its headings go at least one level below `below`.

        Its figures are found again in the file that is the `member` of an archive; without one they are left out.
        """
        text = found.text[found.body_start :].rstrip("\n")
        shift = self._length - found.body_start
        deeper = below + (below > TITLE_LEVEL and any(map(_is_title, found.blocks)))
        self._blocks += (
            replace(
                block, start=block.start + shift, end=block.end + shift,
                level=block.level + deeper * (block.kind in HEADING_KINDS),
                group=block.group and block.group + self._groups,
            )
            for block in found.blocks if block.start >= found.body_start
        )  # fmt: skip
        self._groups += max((block.group for block in found.blocks), default=0)
        self._dropped += found.dropped + count_characters(found.text[: found.body_start])
        inside = (figure_inside(figure, member) for figure in found.figures) if member else ()
        self._figures += (replace(figure, at=figure.at + shift) for figure in inside if figure)
        self._warnings += (warning for warning in found.warnings if warning not in self._warnings)
        if text:
            self._append(text)

    def add_file(
        self, name: str, level: int, read: Callable[[], tuple[str, Extract]], faults: tuple[type[Exception], ...],
        member: str = "",
    ) -> None:  # fmt: skip
        """Append a file's text below its name; one that cannot be read, for one of the `faults` too, is noted."""
        known: tuple[type[Exception], ...] = (ReadingError, *faults)
        try:
            _, found = read()
        except known:
            found = Extract("")
        if not found.text.strip():
            self.unread.append(name)
            return
        self.add_heading(name, level)
        self.add(replace(found, warnings=tuple(inside(name, warning) for warning in found.warnings)), below=level,
                 member=member)  # fmt: skip

    def joined(self, title: str = "") -> Extract:
        """All that was added, with a warning that names the unread parts."""
        warnings = self._warnings[: self.MOST_NAMED]
        if left := len(self._warnings) - len(warnings):
            warnings.append(Reason("more_warnings", {"count": left}))
        if self.unread:
            more = ["…"] if len(self.unread) > self.MOST_NAMED else []
            warnings.append(Reason("inner_unread", {"names": [*self.unread[: self.MOST_NAMED], *more]}))
        return Extract(
            "\n".join(self._parts), tuple(self._blocks), title, warnings=tuple(warnings), dropped=self._dropped,
            figures=tuple(self._figures),
        )  # fmt: skip

    def _append(self, text: str) -> None:
        """Append a part and the line break that will follow it."""
        self._parts.append(text)
        self._length += len(text) + 1


def _is_title(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.level == TITLE_LEVEL


def figure_inside(figure: Figure, member: str) -> Figure | None:
    """A figure of a file that is itself a member of an archive; None where it leads out of that."""
    if figure.source is not FigureSource.FILE:
        return replace(figure, path=(member, *figure.path), page=None if figure.box is None else figure.page)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(member), figure.path[0]))
    return None if target.startswith("..") else replace(figure, source=FigureSource.MEMBER, path=(target,))


def inside(name: str, warning: Reason) -> Reason:
    """A warning about a file within a file, which says so; of one deeper inside, every name on the way."""
    inner = warning.facts.get("inside")
    if warning.name == "textless_pages":  # which are recognised only in a file of its own
        warning = Reason("textless_inside", warning.facts)
    return replace(warning, facts={**warning.facts, "inside": f"{name} › {inner}" if inner else name})


@dataclass(slots=True)
class Nesting:
    """How deep we are in files within files, and how much has been taken out of them all together."""

    depths: Counter[str] = field(default_factory=Counter)
    members: int = 0
    unpacked: int = 0

    def take(self, members: int, unpacked: int, most_members: int, most_unpacked: int) -> None:
        """Count the members of one more archive and their bytes.

        Raises:
            ReadingError: `too_large` when all archives together hold too many or too much.
        """
        self.members += members
        self.unpacked += unpacked
        if self.members > most_members:
            raise ReadingError("too_large.members", count=self.members, limit=most_members)
        if self.unpacked > most_unpacked:
            raise ReadingError("too_large.unpacked", size=self.unpacked, limit=most_unpacked)


_nesting: ContextVar[Nesting | None] = ContextVar("nesting", default=None)


@contextmanager
def nested(kind: str, deepest: int) -> Iterator[Nesting]:
    """The nesting while a file of a kind is open that may hold others of its kind, at most `deepest` in each other.

    Raises:
        ReadingError: `too_large.nested`.
    """
    nesting = _nesting.get() or Nesting()
    if nesting.depths[kind] > deepest:
        raise ReadingError("too_large.nested", limit=deepest)
    token = _nesting.set(nesting)
    nesting.depths[kind] += 1
    try:
        yield nesting
    finally:
        nesting.depths[kind] -= 1
        _nesting.reset(token)
