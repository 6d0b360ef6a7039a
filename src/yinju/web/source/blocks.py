"""A document from an index → the same with its blocks near a place, which an index keeps with sections and passages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from yinju.library import Library
from yinju.types import Block, BlockKind, Document, Passage, Span


def with_blocks(library: Library, document: Document, span: Span) -> Document:
    """The document with the headings and other blocks that hold any of a range."""
    passages = (p for p in library.passages_of(document.name, span) if document.text.startswith(p.text, p.start))
    found = (*_headings(document, span), *_placed(document.text, passages))
    return replace(document, blocks=tuple(sorted(found, key=lambda block: block.start)))


def _headings(document: Document, span: Span) -> Iterator[Block]:
    """The headings in a range: what stands between two sections, or before the first."""
    end = document.body_start
    for section in document.sections:
        start, end = end, section.end
        if section.headings and start < span[1] and span[0] < section.start:
            words = document.text[start : section.start]
            start += len(words) - len(words.lstrip())
            level, name = len(section.headings), section.headings[-1]
            yield Block(BlockKind.HEADING, start, start + len(words.strip()), level, name=name)


def _placed(text: str, passages: Iterable[Passage]) -> list[Block]:
    """The blocks of passages where they stand in the document, those that two passages share in one piece again."""
    blocks: list[Block] = []
    for passage in passages:
        for block in (block.shifted(passage.start) for block in passage.blocks):
            if blocks and block.start == passage.start and _goes_on(text, blocks[-1], block):
                before = blocks.pop()
                block = before.placed(before.start, block.end)
            blocks.append(block)
    return blocks


def _goes_on(text: str, block: Block, after: Block) -> bool:
    """Whether what begins a passage is the rest of the block that ends the one before."""
    if replace(block, start=0, end=0, cells=()) != replace(after, start=0, end=0, cells=()):
        return False
    if after.kind is BlockKind.ITEM and after.marker:
        return not text.startswith(after.marker, after.start)
    return after.kind is BlockKind.CODE or "\n" not in text[block.end : after.start]
