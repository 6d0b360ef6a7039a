"""Which blocks come back as what they were: python benchmarks/round_trip_blocks.py → rows of a Markdown table.

A block comes back where its kind, number or sign, words, depth or level, heads and cells, or key and value, and what it
shares a list, record or article with are what was put in. For kinds that a format has no way of its own for, and that
are not typed in it either, there is no figure.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from made_blocks import (
    DRAWING,
    FORMATS,
    Article,
    Blocks,
    Exchange,
    Heading,
    Listed,
    Records,
    Table,
    by_parts,
    make_blocks,
    write_blocks,
)
from yinju.reading import read_document
from yinju.types import HEADING_KINDS, Block, BlockKind, Document

SEEDS = 5
KINDS = ("heading", "typed", "nested", "bullets", "drawn", "drawn nested", "drawn bullets", "row", "record", "article",
         "question")  # fmt: skip
TITLED = ("csv", "json")
"""Formats whose headings are the titles of texts."""
LEVELLESS = ("pptx",)
"""Formats whose headings, the titles of slides, are all alike."""
_BULLETS = re.compile("[-*+•·●]")


@dataclass(frozen=True, slots=True)
class Read:
    """A block of a document that was read, with the words around it."""

    document: Document
    block: Block
    place: int
    """Among all blocks of its document."""

    @property
    def words(self) -> str:
        """Its text without white space."""
        return squeezed(self.document.text[self.block.start : self.block.end])


def squeezed(text: str) -> str:
    """A text without white space and marks of emphasis."""
    return re.sub(r"[\s*]", "", text)


def read_blocks(kind: str, content: Blocks) -> list[Read]:
    """The blocks of some content once it was written in a format and read again."""
    documents = [read_document(data, name) for name, data in write_blocks(kind, content).items()]
    return [Read(document, block, place) for document in documents for place, block in enumerate(document.blocks)]


def round_trip(kind: str, content: Blocks) -> dict[str, list[bool]]:
    """For each kind of block whether each came back as what it was."""
    blocks = read_blocks(kind, content)
    back: dict[str, list[bool]] = defaultdict(list)
    headings = [piece for piece in content.pieces if isinstance(piece, Heading)]
    if kind in TITLED:
        parts = by_parts(content)
        headings = [heading for heading, own in parts if any(isinstance(one, Listed | Article) for one in own)]
    back["heading"] += _headings(blocks, headings, kind)
    for piece in content.pieces:
        if isinstance(piece, Listed):
            back[piece.kind] += _points(blocks, piece, kind)
        elif isinstance(piece, Table):
            back["row"] += (_is_row(blocks, piece.heads, row) for row in piece.rows)
        elif isinstance(piece, Records):
            back["record"] += (_is_record(blocks, record) for record in piece.records)
        elif isinstance(piece, Article):
            back["article"].append(_is_article(blocks, piece))
        elif isinstance(piece, Exchange):
            back["question"].append(_is_exchange(blocks, piece))
    return back


def _headings(blocks: Sequence[Read], headings: Sequence[Heading], kind: str) -> Iterator[bool]:
    """Whether each is a heading with its number, and deeper than the outer ones before it."""
    found = {read.words: read.block for read in blocks if read.block.kind is BlockKind.HEADING}
    by_words = {squeezed(words).lstrip("#"): block for words, block in found.items()}
    outer: Block | None = None
    for heading in headings:
        block = by_words.get(squeezed(heading.text))
        if heading.level == 1:
            outer = block
        deeper = heading.level == 1 or outer is None or kind in LEVELLESS or (block and block.level > outer.level)
        yield block is not None and bool(deeper)


def _points(blocks: Sequence[Read], piece: Listed, kind: str) -> Iterator[bool]:
    """Whether each point has its marker, depth and words, in the group of most of them; its lead-in too."""
    drawn = piece.drawn and kind in DRAWING
    items = [read for read in blocks if read.block.kind is BlockKind.ITEM]
    found = [next((read for read in items if squeezed(point.text) in read.words), None) for point in piece.points]
    groups = [read.block.group for read in found if read]
    group = max(set(groups), key=groups.count) if groups else 0
    for point, read in zip(piece.points, found, strict=True):
        if read is None or read.block.group != group or not group:
            yield False
            continue
        marker = squeezed(read.block.marker)
        # how the program of a format draws the inner points is its own business
        same = _BULLETS.fullmatch(marker) is not None if point.marker == "•" else (
            _number(marker) == _number(point.marker) if drawn else marker == squeezed(point.marker))  # fmt: skip
        yield same and read.block.level == point.depth and read.words.endswith(squeezed(point.text))
    lead = [read for read in blocks if read.block.group == group and read.block.kind is BlockKind.PARAGRAPH]
    yield any(squeezed(piece.lead) in read.words for read in lead)


def _number(marker: str) -> str:
    letters = re.sub(r"\W", "", marker)
    return str(ord(letters.lower()) - 96) if re.fullmatch("[A-Za-z]", letters) else letters


def _cells(read: Read) -> list[str]:
    words = read.document.text[read.block.start : read.block.end]
    return [words[start:end] for start, end in read.block.cell_spans()]


def _is_row(blocks: Sequence[Read], heads: Sequence[str], row: Sequence[str]) -> bool:
    rows = [read for read in blocks if read.block.kind is BlockKind.ROW]
    return any(
        tuple(map(squeezed, read.block.heads)) == tuple(heads)
        and [*map(squeezed, _cells(read))] == [*map(squeezed, row)]
        for read in rows
    )


def _is_record(blocks: Sequence[Read], record: Sequence[tuple[str, str]]) -> bool:
    """Whether the fields of a record are one, called by one of its values; or a row whose heads are its keys."""
    keys, values = zip(*record, strict=True)
    if _is_row(blocks, keys, values):
        return True
    fields = [read for read in blocks if read.block.kind is BlockKind.FIELD and read.block.record in values]
    own = {read.block.name: read for read in fields}
    if set(own) != set(keys) or len({read.block.group for read in fields}) != 1:
        return False
    return all(own[key].words.endswith(squeezed(value)) for key, value in record)


def _is_article(blocks: Sequence[Read], piece: Article) -> bool:
    article = next((r for r in blocks if r.block.kind is BlockKind.ARTICLE and r.block.marker == piece.marker), None)
    if article is None or squeezed(piece.text) not in article.words:
        return False
    own = [read for read in blocks if read.block.group == article.block.group and read.document is article.document]
    points = {read.block.marker: read.words for read in own if read.block.kind is BlockKind.ITEM}
    return all(squeezed(point.text) in points.get(point.marker, "") for point in piece.points)


def _is_exchange(blocks: Sequence[Read], piece: Exchange) -> bool:
    """Whether a question stands as a heading over its answer and nothing else's."""
    asked = next((r for r in blocks if r.block.kind in HEADING_KINDS and squeezed(piece.question) in r.words), None)
    if asked is None:
        return False
    after = [r.block.start for r in blocks if r.document is asked.document and r.block.start > asked.block.start
             and r.block.kind in HEADING_KINDS]  # fmt: skip
    below = asked.document.text[asked.block.end : min(after, default=len(asked.document.text))]
    return squeezed(piece.answer) in squeezed(below)


def main() -> None:
    """Print a row for each format: the share of blocks of each kind that came back over the seeds, and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--formats", nargs="*", default=FORMATS)
    options = parser.parse_args()
    print(f"| format | all | {' | '.join(KINDS)} |\n|---|---|{'---|' * len(KINDS)}")
    for kind in options.formats:
        back: dict[str, list[bool]] = defaultdict(list)
        for seed in range(options.seeds):
            for what, came in round_trip(kind, make_blocks(seed)).items():
                back[what] += came
        every = [came for what in KINDS for came in back[what]]
        shares = (f"{sum(back[what]) / len(back[what]):.3f}" if back[what] else "–" for what in KINDS)
        print(f"| {kind} | {sum(every) / len(every):.3f} | {' | '.join(shares)} |")


if __name__ == "__main__":
    main()
