"""A range of a document and its blocks → elements as people see them: headings, paragraphs, lists, tables, code.

Nothing is parsed again but what Markdown leaves in its text: emphasis, quotes, the signs of headings and points. The
signs that an element makes needless are left out; where a citation would be lost by that they stay.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from yinju.types import HEADING_KINDS, Block, BlockKind, Document, Span, filled_in
from yinju.web.source.figures import ShownFigure, figures_within
from yinju.web.source.inline import words_of
from yinju.web.source.marks import Marks, Piece, Stretch

_TABULAR = (BlockKind.HEADS, BlockKind.ROW, BlockKind.CAPTION)
_BULLETS = ("-", "*", "+")
_HEADING = re.compile(r"\s*(?:#{1,6}(?:[ \t]+|$))?(?P<words>.*?)(?:[ \t]+#+)?\s*(?:\n[ \t]*(?:=+|-+)\s*)?", re.DOTALL)
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[^\n]*")


class Line(NamedTuple):
    """A point of a list, or a line of a quote."""

    pieces: Sequence[Piece]
    level: int = 0
    """How deep in its list, from 0."""
    dotted: bool = False
    """Whether a dot stands for its sign."""


class Element(NamedTuple):
    """What stands below each other in a document."""

    kind: Literal[
        "raw", "figure", "heading", "paragraph", "field", "note", "caption", "code", "rule", "quote", "list", "table"
    ]
    start: int
    end: int
    pieces: Sequence[Piece] = ()
    level: int = 0
    """Of a heading: 1 is outermost."""
    lines: Sequence[Line] = ()
    """Of a quote or a list."""
    heads: Sequence[Sequence[Piece]] = ()
    """Of a table: the names of its columns, none where it has none."""
    rows: Sequence[Sequence[Sequence[Piece]]] = ()
    """Of a table: each row's cells, one alone where it is as wide as the table."""
    figure: ShownFigure | None = None


def elements(document: Document, span: Span, marks: Marks, wanted: int = -1) -> Iterator[Element]:
    """What a range of a document shows, in reading order, what is cited in pieces of its own.

    Figures stand where they do in the document; one of them may be `wanted`, by its number.
    """
    shown = _Shown(document, marks)
    figures = figures_within(document, span, wanted)
    places = [figure.at for figure in figures]
    done = 0
    for (before, (kind, _)), group in groupby(
        _blocks(document, span), lambda block: (bisect_right(places, block.start), shown.part_of(block))
    ):
        blocks = [*group]
        yield from (Element("figure", one.at, one.at, figure=one) for one in figures[done:before])
        done = max(done, before)
        if kind == "table":
            yield from shown.table(blocks)
        elif kind == "alone":
            yield shown.alone(blocks[0])
        else:
            line = shown.item if kind == "list" else shown.quoted
            yield Element(kind, blocks[0].start, blocks[-1].end, lines=[*map(line, blocks)])
    yield from (Element("figure", one.at, one.at, figure=one) for one in figures[done:])


def _blocks(document: Document, span: Span) -> Iterator[Block]:
    """The blocks in a range, and the lines between them; what stands before the body is shown as it is."""
    start, end = span
    if start < document.body_start:
        before = min(document.body_start, end)
        yield Block(BlockKind.CODE, start, before)
        start = before
    near = (block for block in document.blocks if block.start < end and start < block.end)
    inside = (_within(block, (start, end)).shifted(-start) for block in near)
    yield from (block.shifted(start) for block in filled_in(document.text[start:end], inside))


def _within(block: Block, span: Span) -> Block:
    """A block without what of it is outside a range; one cut off in front is a paragraph."""
    if block.start >= span[0]:
        return block.placed(block.start, min(block.end, span[1]))
    kind = BlockKind.CODE if block.kind is BlockKind.CODE else BlockKind.PARAGRAPH
    return Block(kind, span[0], min(block.end, span[1]))


class _Shown:
    """How the blocks of a document are shown."""

    def __init__(self, document: Document, marks: Marks) -> None:
        self._text, self._marks, self._is_markdown = document.text, marks, document.format == "markdown"

    def part_of(self, block: Block) -> tuple[Literal["table", "list", "quote", "alone"], int]:
        """What a block is shown in together with others of the same."""
        if block.kind in _TABULAR and block.group:
            return "table", block.group
        if block.kind is BlockKind.ITEM:
            return "list", block.group
        if self._is_markdown and block.kind is BlockKind.PARAGRAPH and self._text.startswith(">", block.start):
            return "quote", 0
        return "alone", block.start

    def alone(self, block: Block) -> Element:
        """What is shown by itself."""
        start, end = block.start, block.end
        if block.kind in HEADING_KINDS:
            return Element("heading", start, end, self._pieces(block, self._heading(block)), block.level)
        if block.kind is BlockKind.CODE:
            return Element("code", start, end, self._code(block))
        if block.kind is BlockKind.FIELD or block.kind is BlockKind.ARTICLE:
            return Element("field", start, end, self._led(block, block.name or block.marker))
        if block.kind is BlockKind.NOTE or block.kind is BlockKind.CAPTION:
            kind: Literal["note", "caption"] = "note" if block.kind is BlockKind.NOTE else "caption"
            return Element(kind, start, end, self._pieces(block))
        if self._is_markdown and _RULE.fullmatch(self._text, start, end):
            return Element("rule", start, end)
        return Element("paragraph", start, end, self._pieces(block))

    def _heading(self, block: Block) -> Span | None:
        """Where a heading's words stand without the signs around them; None where that cannot be told."""
        if self._is_markdown and (match := _HEADING.fullmatch(self._text, block.start, block.end)):
            return match.span("words")
        words = self._text.find(block.name, block.start, block.end)
        return (words, words + len(block.name)) if words >= 0 else None

    def item(self, block: Block) -> Line:
        """A point of a list; the sign that Markdown has before it gives way to a dot."""
        words = block.start
        if self._is_markdown and block.marker in _BULLETS and self._text.startswith(block.marker, words):
            words += 1
        return Line(self._pieces(block, (words, block.end)), block.level, words > block.start)

    def quoted(self, block: Block) -> Line:
        """A line of a quote in Markdown."""
        sign = _QUOTE.match(self._text, block.start, block.end)
        return Line(self._pieces(block, (sign.end() if sign else block.start, block.end)))

    def table(self, blocks: Sequence[Block]) -> Iterator[Element]:
        """Rows below each other, the names of their columns once, and above them what tells of them."""
        first = next((n for n, block in enumerate(blocks) if block.kind is not BlockKind.CAPTION), len(blocks))
        yield from map(self.alone, blocks[:first])
        rows = [self._row(block) for block in blocks[first:]]
        if not rows:
            return
        heads: Sequence[Sequence[Piece]] = [(Piece("text", (("", head),)),) for head in blocks[first].heads]
        if blocks[first].kind is BlockKind.HEADS and len(rows[0]) > 1:
            heads, *rows = rows
        yield Element("table", blocks[first].start, blocks[-1].end, heads=heads, rows=rows)

    def _row(self, block: Block) -> Sequence[Sequence[Piece]]:
        """The cells of a row; all of it as one where a citation speaks of what stands between them."""
        ends = [(min(block.start + a, block.end), min(block.start + b, block.end)) for a, b in block.cell_spans()]
        cells = [[*self._stretches(cell)] for cell in ends]
        whole = (block.start, block.end)
        if not any(cells) or self._marks.hidden(whole, [stretch for cell in cells for stretch in cell]):
            return [self._pieces(block)]
        return [self._marks.pieces(cell) for cell in cells]

    def _led(self, block: Block, lead: str) -> list[Piece]:
        """A block whose key or number is set apart."""
        start = block.start + len(lead)
        if not lead or not self._text.startswith(lead, block.start):
            return self._pieces(block)
        return self._marks.pieces([Stretch(block.start, start, "strong"), *self._stretches((start, block.end))])

    def _code(self, block: Block) -> list[Piece]:
        """The lines of a block of code without its fences."""
        start, end = block.start, block.end
        opening = _FENCE.match(self._text, start, end) if self._is_markdown else None
        if opening:
            start, last = min(opening.end() + 1, end), self._text.rfind("\n", start, end) + 1
            if last >= start and _FENCE.fullmatch(self._text, last, end):
                end = last - 1
        return self._kept(block, [Stretch(start, end)] if start < end else [])

    def _pieces(self, block: Block, span: Span | None = None) -> list[Piece]:
        """What a block shows, or a range of it; all of it where a citation speaks of what that leaves out."""
        return self._kept(block, [*self._stretches(span or (block.start, block.end))])

    def _kept(self, block: Block, stretches: Sequence[Stretch]) -> list[Piece]:
        if self._marks.hidden((block.start, block.end), stretches):
            return self._marks.pieces([Stretch(block.start, block.end)])
        return self._marks.pieces(stretches)

    def _stretches(self, span: Span) -> Iterable[Stretch]:
        """The words of a range without white space around them."""
        words = self._text[slice(*span)]
        start = span[0] + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start >= end:
            return ()
        return words_of(self._text, (start, end)) if self._is_markdown else (Stretch(start, end),)
