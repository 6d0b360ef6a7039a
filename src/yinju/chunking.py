"""Document → Passages: stretches of one section, cut between sentences, small enough to read at a glance.

All positions are characters of `Document.text`; a passage's sentences are positions in the passage.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from yinju.errors import SettingsError
from yinju.reading.table import CELL_MARK, HEAD_MARK
from yinju.splitting import cut_long, split_sentences
from yinju.types import HEADING_KINDS, Block, BlockKind, Document, Passage, Section, Span, passage_ids

MAX_CHARACTERS = 400
FEWEST_MAX_CHARACTERS = 20
PARAGRAPH_SHARE = 0.6
"""A passage may end early at a paragraph's end from this share of the length aimed at."""

_APART = (BlockKind.ARTICLE, BlockKind.FIELD)
"""What begins a group that shares its passages with nothing else."""
_INTRODUCING = (BlockKind.PARAGRAPH, BlockKind.HEADS, BlockKind.CAPTION)
"""From what the next block of the same group is not parted."""
_UNSPLIT = (BlockKind.ROW, BlockKind.HEADS)
"""What is one sentence, whatever marks stand in it."""
_FLOWING = (BlockKind.PARAGRAPH, BlockKind.ANSWER, BlockKind.ARTICLE)
"""What may be parted between any two of its sentences."""


def chunk_document(document: Document, max_characters: int = MAX_CHARACTERS) -> list[Passage]:
    """The document's passages in order, numbered from 0, none longer than `max_characters`.

    An article or a record makes passages of its own. A heading without text, and without headings below it, is a
    passage itself, so that it can be found.

    Raises:
        SettingsError: when `max_characters` is below 20.
    """
    if max_characters < FEWEST_MAX_CHARACTERS:
        raise SettingsError("setting.least", name="max_characters", found=max_characters, least=FEWEST_MAX_CHARACTERS)
    blocks = _DocumentBlocks(document)
    passages: list[Passage] = []
    id_of = passage_ids(document.name, document.text)
    for section, after in zip(document.sections, (*document.sections[1:], None), strict=True):
        start, end = section.start, section.end
        if not document.text[start:end].strip():
            if after is not None and len(after.headings) > len(section.headings) and _is_above(section, after):
                continue
            start, end = blocks.heading_before(start)
        for stretch in blocks.stretches(start, end):
            sentences = _Sentences(document.text, stretch, blocks, max_characters)
            for first, last in _pack(document.text, sentences, max_characters):
                one = _passage(document, section, sentences.spans[first:last], blocks)
                passages.append(replace(one, id=id_of(one.start, one.end), number=len(passages)))
    return passages


class _DocumentBlocks:
    """A document's blocks by where they stand, and what leads each group of them."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._headings = {block.end: block for block in document.blocks if block.kind in HEADING_KINDS}
        self._blocks = [block for block in document.blocks if block.kind not in HEADING_KINDS]
        self._starts = [block.start for block in self._blocks]
        self._leads: dict[int, Block] = {}
        for block in self._blocks:
            self._leads.setdefault(block.group, block)

    def heading_before(self, position: int) -> Span:
        """Where the heading stands that a section without text at a position belongs to."""
        heading = self._headings.get(position)
        if heading is None:
            return position, position
        words = self._text.find(heading.name, heading.start, heading.end)  # without markup, where it has any around it
        return (words, words + len(heading.name)) if words >= 0 else (heading.start, heading.end)

    def within(self, start: int, end: int) -> Sequence[Block]:
        """The blocks that a range holds any of, in order."""
        first = bisect_right(self._starts, start)
        first -= first > 0 and self._blocks[first - 1].end > start
        return self._blocks[first : bisect_left(self._starts, end, lo=first)]

    def lead(self, block: Block) -> Block:
        """The first block of the group that a block belongs to; itself where it belongs to none."""
        return self._leads[block.group] if block.group else block

    def stretches(self, start: int, end: int) -> Iterator[Span]:
        """The parts of a range that share no passage: each article, each record, and what is between them."""
        for lead, group in groupby(self.within(start, end), self.lead):
            if lead.kind not in _APART or not lead.group:
                continue
            together = list(group)
            if self._text[start : together[0].start].strip():
                yield start, together[0].start
            yield together[0].start, together[-1].end
            start = together[-1].end
        if self._text[start:end].strip():
            yield start, end


class _Sentences:
    """The sentences of a stretch of text, those over the maximum cut into pieces."""

    def __init__(self, text: str, stretch: Span, blocks: _DocumentBlocks, most: int) -> None:
        """Split what is in no block, and each block by itself."""
        self.spans: list[Span] = []
        self.bound: set[int] = set()
        """Places in `spans` at which no passage begins, where that can be."""
        self.grouped: set[int] = set()
        """Places at which a passage would begin amid a group."""
        place, before = stretch[0], None
        for block in blocks.within(*stretch):
            if block.start > place and text[place : block.start].strip():
                self._add(text, place, block.start, most)
                before = None
            self._add_block(text, (max(block.start, place), min(block.end, stretch[1])), block, before, most)
            place, before = block.end, block
        self._add(text, place, stretch[1], most)

    def _add_block(self, text: str, span: Span, block: Block, before: Block | None, most: int) -> None:
        """Append a block's sentences, which stay together in one no longer than the maximum but for a paragraph."""
        first = len(self.spans)
        if block.kind in _UNSPLIT and span[1] - span[0] <= most:
            self.spans.append(span)
        else:
            self._add(text, *span, most)
        if before and before.group == block.group and block.group:
            self.grouped.add(first)
            if before.kind in _INTRODUCING and (before.kind is not BlockKind.PARAGRAPH or block.kind is BlockKind.ITEM):
                self.bound.add(first)
        if block.kind is BlockKind.NOTE and first:
            self.bound.add(first)
        if block.kind not in _FLOWING and span[1] - span[0] <= most:
            self.bound.update(range(first + 1, len(self.spans)))

    def _add(self, text: str, start: int, end: int, most: int) -> None:
        for first, last in split_sentences(text[start:end]):
            if last - first <= most:
                self.spans.append((start + first, start + last))
            else:
                self.spans.extend(cut_long(text, start + first, start + last, most))


def _is_above(section: Section, other: Section) -> bool:
    """Whether a section's headings are the first of another's."""
    return other.headings[: len(section.headings)] == section.headings


def _pack(text: str, sentences: _Sentences, max_characters: int) -> Iterator[Span]:
    """Ranges of sentences that make a passage each: of nearly even length, ending where a group or paragraph does."""
    units = sentences.spans
    first = 0
    while first < len(units):
        start = units[first][0]
        left = units[-1][1] - start
        if left <= max_characters:
            yield first, len(units)
            return
        goal = left / math.ceil(left / max_characters)
        last = first + 1
        while last < len(units) and units[last][1] - start <= max_characters:
            last += 1
        ends = [end for end in range(first + 1, last + 1) if end not in sentences.bound] or [
            *range(first + 1, last + 1)
        ]
        long = [end for end in ends if units[end - 1][1] - start >= PARAGRAPH_SHARE * goal]
        paragraphs = [end for end in long if _is_paragraph_end(text, units, end)]
        whole = [end for end in paragraphs if end not in sentences.grouped]
        best = min(whole or paragraphs or ends, key=lambda end: abs(units[end - 1][1] - start - goal))
        yield first, best
        first = best


def _is_paragraph_end(text: str, units: Sequence[Span], end: int) -> bool:
    """Whether a line ends between the unit before `end` and the one at it."""
    return end >= len(units) or "\n" in text[units[end - 1][1] : units[end][0]]


@lru_cache(maxsize=100_000)
def _span(start: int, end: int) -> Span:
    """A range, the same object for all that are alike: of short lines there are millions."""
    return start, end


def _passage(document: Document, section: Section, sentences: Sequence[Span], blocks: _DocumentBlocks) -> Passage:
    """The passage that some sentences make; one that begins amid a group stands below what leads that."""
    start, end = sentences[0][0], sentences[-1][1]
    own = blocks.within(start, end)
    above = _goes_on_with(document.text, blocks.lead(own[0]), own[0], start) if own and own[0].start <= start else ""
    return Passage(
        id=0,
        document=document.name,
        title=document.title,
        headings=section.headings + ((above,) if above else ()),
        page=document.page_at(start),
        start=start,
        end=end,
        text=document.text[start:end],
        sentences=tuple(_span(first - start, last - start) for first, last in sentences),
        blocks=tuple(_clipped(block.shifted(-start), end - start) for block in own),
    )


def _clipped(block: Block, length: int) -> Block:
    """A block within a text of a length; one cut off in front loses what it begins with."""
    if block.start >= 0 and block.end <= length:
        return block
    cells = () if block.start < 0 else block.cells
    return replace(block, start=max(block.start, 0), end=min(block.end, length), cells=cells)


def _goes_on_with(text: str, lead: Block, block: Block, start: int) -> str:
    """What a passage that begins in a block goes on with, in a line; empty where it says that itself."""
    if block.kind is BlockKind.ROW and block.heads and lead.start < start:
        return "" if _names_columns(text, block) else CELL_MARK.join(block.heads)
    if lead.start >= start:
        return ""
    if lead.kind is BlockKind.ARTICLE:
        return lead.marker
    if lead.kind is BlockKind.FIELD:
        return lead.record
    if lead.kind is BlockKind.PARAGRAPH:
        first, last = split_sentences(text[lead.start : lead.end])[-1]
        return text[lead.start + first : lead.start + last]
    return ""


def _names_columns(text: str, row: Block) -> bool:
    """Whether a row's own text says what its columns are called, 甲：一｜乙：二."""
    for head, (start, end) in zip(row.heads, row.cell_spans(), strict=False):
        if head and start < end and head != text[row.start + start : row.start + end]:
            return text.endswith(f"{head}{HEAD_MARK}", row.start, row.start + start)
    return True
