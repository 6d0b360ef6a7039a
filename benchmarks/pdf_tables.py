"""How tables of PDFs are read: python benchmarks/pdf_tables.py → a row of a Markdown table for each way of drawing.

Tables are made with cells of one to three lines, blanks, cells merged across and down, heads that are wrapped, one row
of values or many, over pages with their heads again, between paragraphs. A cell is right where it stands, whole and
alone, beside the name of its column in the row it belongs to; a paragraph, where it is a line of the text by itself.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drawn_tables import RULED, UNRULED, Drawn, draw
from yinju.reading import read_document
from yinju.types import BlockKind, Document

RULED_FILES, UNRULED_FILES = 200, 100
SEED, OTHER_SEED = 1, 9001
"""The second is of files that nothing was mended by."""


@dataclass(frozen=True)
class Score:
    """How many cells and paragraphs are right, and how many there are."""

    cells: int
    of_cells: int
    paragraphs: int
    of_paragraphs: int


def measure(drawn: Drawn) -> Score:
    """What is right in a PDF."""
    document = read_document(drawn.data, "甲.pdf")
    lines = {squeezed(line) for line in document.text.split("\n")}
    told = list(_rows(document))
    right = sum(_right(row, drawn.heads, told) for row in drawn.rows)
    return Score(
        right, sum(map(bool, (cell for row in drawn.rows for cell in row))),
        sum(squeezed(paragraph) in lines for paragraph in drawn.paragraphs), len(drawn.paragraphs),
    )  # fmt: skip


def squeezed(text: str) -> str:
    """A text without its blanks."""
    return re.sub(r"\s", "", text)


def _rows(document: Document) -> Iterator[dict[str, str]]:
    """The cells of each row by the name of their column, as it stands in the text beside them."""
    for block in document.blocks:
        if block.kind is not BlockKind.ROW:
            continue
        line = document.text[block.start : block.end]
        row = {}
        for head, (start, end) in zip(block.heads, block.cell_spans(), strict=False):
            if end > start and (line[:start].endswith(f"{head}：") or not head or head == line[start:end]):
                row[squeezed(head)] = squeezed(line[start:end])
        yield row


def _right(row: Sequence[str], heads: Sequence[str], told: Sequence[dict[str, str]]) -> int:
    """How many cells of a row stand beside their heads in the row of the text that has most of them."""
    wanted = {squeezed(head): squeezed(cell) for head, cell in zip(heads, row, strict=True) if cell}
    return max((sum(one.get(head) == cell for head, cell in wanted.items()) for one in told), default=0)


def files(seed: int, ways: Sequence[str], count: int) -> Iterator[Drawn]:
    """So many PDFs, drawn in all ways in turn."""
    for number in range(count):
        yield draw(ways[number % len(ways)], random.Random(f"{seed}/{number}"))


def main() -> None:
    """Print a row for each way of drawing, and one for all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[SEED, OTHER_SEED])
    parser.add_argument("--show", action="store_true", help="name the files that have faults")
    arguments = parser.parse_args()
    print("| seed | tables | drawn | files | cells beside their head | paragraphs whole |")
    print("|---|---|---|---|---|---|")
    for seed in arguments.seeds:
        for name, ways, count in (("ruled", RULED, RULED_FILES), ("unruled", UNRULED, UNRULED_FILES)):
            scores: dict[str, list[Score]] = defaultdict(list)
            for number, drawn in enumerate(files(seed, ways, count)):
                score = measure(drawn)
                scores[drawn.way].append(score)
                scores["all"].append(score)
                if arguments.show and (score.cells, score.paragraphs) != (score.of_cells, score.of_paragraphs):
                    print(f"{seed}/{number} {drawn.way}: {score}")
            for way in (*ways, "all"):
                print(_line(seed, name, way, scores[way]))


def _line(seed: int, name: str, way: str, scores: Sequence[Score]) -> str:
    cells = sum(s.cells for s in scores) / sum(s.of_cells for s in scores)
    paragraphs = sum(s.paragraphs for s in scores) / sum(s.of_paragraphs for s in scores)
    return f"| {seed} | {name} | {way} | {len(scores)} | {cells:.1%} | {paragraphs:.1%} |"


if __name__ == "__main__":
    main()
