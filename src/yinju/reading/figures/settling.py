"""A text with every picture that its parser met → the figures in it, with their captions.

A caption that only the drawing knows becomes a line of the text, so that it is found and can be cited.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from yinju.reading.edits import Edit, apply_edits, moves
from yinju.reading.figures.captions import LONGEST_CAPTION, caption_number, telling
from yinju.types import Block, Figure, FigureSource, Span

SMALLEST = 48
"""Pixels: a picture with a shorter side is a sign or a line."""
OFTEN = 3
"""A picture that stands in as many places is a logo or a sign."""
MOST_FIGURES = 1_000
"""Of one document, in the order of its text; more are an album."""
NEAR = 300
"""Characters before and after a picture, in which what it is said to show is not said again."""

_EMPHASIS = "*_ \n"
"""What may stand around a caption in Markdown."""


class Settled(NamedTuple):
    """A text with its blocks and figures."""

    text: str
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]
    page_starts: tuple[int, ...]


def settled_figures(
    text: str, blocks: Sequence[Block], figures: Iterable[Figure], page_starts: Sequence[int] = (),
    stated: Container[int] = (),
) -> Settled:  # fmt: skip
    """The figures that tell something with their captions, in a text that has all of these.

    `figures` come with what their format says they show; `stated` are the places at which lines begin that are captions
    by what the format says. Nothing of the text changes but that lines are added, each a paragraph of its own.
    """
    chosen = _telling_ones(figures, len(text))
    if not chosen:
        return Settled(text, tuple(blocks), (), tuple(page_starts))
    lines = _Lines(text, blocks, stated)
    found = _captions(chosen, lines)
    made, added = list[Figure](), list[str]()
    for figure, line in zip(chosen, found, strict=True):
        caption = " ".join(text[slice(*line)].split()).strip(_EMPHASIS) if line else telling(figure.caption)
        near = text[max(figure.at - NEAR, 0) : figure.at + NEAR]
        is_new = caption and not line and caption not in near and lines.is_free(figure.at)
        added.append(caption if is_new else "")
        made.append(replace(figure, caption=caption, number=figure.number or caption_number(caption) or ""))
    return _with_lines(text, blocks, made, page_starts, added)


def _telling_ones(figures: Iterable[Figure], length: int) -> list[Figure]:
    """Those that do not only adorn, in the order of the text."""
    every = [replace(figure, at=min(figure.at, length)) for figure in figures]
    often = Counter(map(_identity, every))
    kept = [
        figure for figure in every
        if (often[_identity(figure)] < OFTEN) and (figure.size == (0, 0) or min(figure.size) >= SMALLEST)
    ]  # fmt: skip
    return sorted(kept, key=lambda figure: figure.at)[:MOST_FIGURES]


def _identity(figure: Figure) -> object:
    """What is the same for a picture in several places; of a part of a page, where on it that is."""
    if figure.box is not None:
        return figure.size, tuple(round(edge, 2) for edge in figure.box)
    return (figure.path, figure.at if figure.source is FigureSource.INLINE else 0)


class _Lines:
    """The lines of a text, and which of its blocks they stand in."""

    def __init__(self, text: str, blocks: Sequence[Block], stated: Container[int]) -> None:
        self._text, self._blocks, self._stated = text, blocks, stated
        self._starts = [block.start for block in blocks]

    def below(self, at: int) -> Span | None:
        """The line that begins at a place or next after it."""
        start = at + len(self._text[at : at + NEAR]) - len(self._text[at : at + NEAR].lstrip())
        end = self._text.find("\n", start, start + 2 * LONGEST_CAPTION)
        return self._line(start, len(self._text) if end < 0 else end)

    def above(self, at: int) -> Span | None:
        """The line that ends before a place."""
        before = self._text[max(at - 2 * LONGEST_CAPTION, 0) : at].rstrip()
        end = max(at - 2 * LONGEST_CAPTION, 0) + len(before)
        return self._line(self._text.rfind("\n", 0, end) + 1, end)

    def _line(self, start: int, end: int) -> Span | None:
        return (start, end) if 0 < end - start <= 2 * LONGEST_CAPTION else None

    def is_caption(self, line: Span | None) -> bool:
        """Whether a line tells what a picture beside it shows, by its words or by what it is."""
        if line is None:
            return False
        return line[0] in self._stated or self._number(line) is not None

    def below_said(self, line: Span, figure: Figure) -> Span | None:
        """The caption below a line that is but what a figure is said to show, as in Markdown; None where none is."""
        if " ".join(self._text[slice(*line)].split()) != " ".join(figure.caption.split()):
            return None
        after, own = self.below(line[1] + 1), self._number(line)
        return after if after and self.is_caption(after) and own in (None, self._number(after)) else None

    def _number(self, line: Span) -> str | None:
        return caption_number(self._text[slice(*line)].strip(_EMPHASIS))

    def is_free(self, at: int) -> bool:
        """Whether a line can be added at a place without tearing apart a block, a list or a table."""
        number = bisect_right(self._starts, at) - 1
        if number >= 0 and self._starts[number] == at:
            number -= 1
        before = self._blocks[number] if number >= 0 else None
        after = self._blocks[number + 1] if number + 1 < len(self._blocks) else None
        if before is None or before.end > at:
            return before is None
        return not (after and before.group and before.group == after.group)


def _captions(figures: Sequence[Figure], lines: _Lines) -> list[Span | None]:
    """The line that is the caption of each figure; where there are two, the one on the side of most others."""
    places = {figure.at for figure in figures}
    sides = [(_below(figure, lines, places), lines.above(figure.at)) for figure in figures]
    known = [tuple(line if lines.is_caption(line) else None for line in pair) for pair in sides]
    only_above = sum(1 for below, above in known if above and not below)
    only_below = sum(1 for below, above in known if below and not above)
    taken, found = set[Span](), list[Span | None]()
    for pair in known:
        ordered = reversed(pair) if only_above > only_below else pair
        line = next((line for line in ordered if line and line not in taken), None)
        taken |= {line} if line else set()
        found.append(line)
    return found


def _below(figure: Figure, lines: _Lines, places: Container[int]) -> Span | None:
    """The line below a figure; where that only says what it shows, a caption below it, unless another has that."""
    line = lines.below(figure.at)
    after = lines.below_said(line, figure) if line else None
    return after if after and after[0] not in places else line


def _with_lines(
    text: str, blocks: Sequence[Block], figures: Sequence[Figure], page_starts: Sequence[int], added: Sequence[str]
) -> Settled:
    """The text with the caption of each figure for which one is `added`, and all else where it then stands."""
    edits, placed, shift = list[Edit](), list[Figure](), 0
    for figure, words in zip(figures, added, strict=True):
        placed.append(replace(figure, at=figure.at + shift))
        if words:
            lead = "\n" if figure.at and not text.startswith("\n", figure.at - 1) else ""
            line = f"{lead}{words}" if lead else f"{words}\n"
            start = figure.at + shift + len(lead)
            placed[-1] = replace(figure, at=start)
            edits.append((figure.at, figure.at, line))
            shift += len(line)
    whole, _ = apply_edits(text, (), edits)
    moved, grown = moves(edits), Counter[int]()
    for at, _, line in edits:
        grown[at] += len(line)
    kept = tuple(  # what is added where a block ends stands after it
        replace(block, start=moved(block.start), end=moved(block.end) - grown[block.end])
        for block in blocks if block.start < block.end
    )  # fmt: skip
    lengths = [(at, len(line), page) for (at, _, line), page in zip(edits, _pages(figures, added), strict=True)]
    starts = tuple(
        # captions where a page begins belong to the page whose pictures they tell of
        start + sum(n for at, n, page in lengths if at < start or (at == start and page is not None and page < number))
        for number, start in enumerate(page_starts, 1)
    )
    return Settled(whole, kept, tuple(placed), starts)


def _pages(figures: Sequence[Figure], added: Sequence[str]) -> list[int | None]:
    """The page of each figure that has a caption added."""
    return [figure.page for figure, words in zip(figures, added, strict=True) if words]
