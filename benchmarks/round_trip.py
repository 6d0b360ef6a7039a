"""What comes back of text put into each format: python benchmarks/round_trip.py → rows of a Markdown table.

A unit (heading, paragraph, cell) counts as read where it follows the one before it; white space aside. A paragraph is
attached where its passage stands below its own heading, a cell where its line or the path above it names its column.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from made_files import HEADS, WRITERS, Content, make_content
from yinju.chunking import chunk_document
from yinju.reading import read_document
from yinju.types import Document, Passage

SEEDS = 5
LEAST = 0.995
"""Of the characters."""
UNTITLED = ("csv",)
"""Formats that have no headings but name the section in a cell."""


@dataclass(frozen=True)
class RoundTrip:
    """Shares from 0 to 1."""

    characters: float
    headings: float
    cells: float


def round_trip(kind: str, content: Content) -> RoundTrip:
    """What is left of content once it was written in a format and read again."""
    document = read_document(WRITERS[kind](content), f"{content.title}.{kind}")
    passages = chunk_document(document)
    return RoundTrip(
        _characters(document, kind, content), _headings(passages, kind, content), _cells(passages, kind, content)
    )


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _units(kind: str, content: Content) -> Iterator[str]:
    for section in content.sections:
        yield section.heading
        yield from section.paragraphs
        if kind != "csv":
            yield from (cell for row in section.rows[1:] for cell in row)


def _characters(document: Document, kind: str, content: Content) -> float:
    text, position, found, whole = _squeezed(document.text), 0, 0, 0
    for unit in map(_squeezed, _units(kind, content)):
        whole += len(unit)
        place = text.find(unit, position)
        if place >= 0:
            position = place + len(unit)
            found += len(unit)
    return found / whole


def _headings(passages: Sequence[Passage], kind: str, content: Content) -> float:
    """The share of paragraphs' first sentences whose passage stands below the right heading."""
    known = []
    for section in content.sections:
        for paragraph in section.paragraphs:
            opening = _squeezed(paragraph)[:12]
            held = [passage for passage in passages if opening in _squeezed(passage.text)]
            wanted = _squeezed(section.heading)
            known.append(any(_is_below(passage, wanted, kind) for passage in held))
    return sum(known) / len(known)


def _is_below(passage: Passage, heading: str, kind: str) -> bool:
    above = passage.text if kind in UNTITLED else "".join(passage.headings)
    return heading in _squeezed(above)


def _cells(passages: Sequence[Passage], kind: str, content: Content) -> float:
    """The share of cells whose column is named beside them, or above them."""
    heads = ("章节", "编号", "内容") if kind == "csv" else HEADS
    known = []
    for section in content.sections:
        rows = [(section.heading, str(n), p) for n, p in enumerate(section.paragraphs, start=1)]
        for row in rows if kind == "csv" else section.rows[1:]:
            known += [_is_named(passages, head, cell) for head, cell in zip(heads, row, strict=True)]
    return sum(known) / len(known)


def _is_named(passages: Sequence[Passage], head: str, cell: str) -> bool:
    named = _squeezed(f"{head}：{cell}")[:30]
    return any(
        named in _squeezed(passage.text)
        or (cell in passage.text and head in passage.heading + passage.text.partition(cell)[0])
        for passage in passages
    )


def main() -> None:
    """Print a row for each format, the mean over the seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    seeds = range(parser.parse_args().seeds)
    print("| format | characters in order | paragraphs below their heading | cells beside their column's head |")
    print("|---|---|---|---|")
    for kind in WRITERS:
        trips = [round_trip(kind, make_content(seed)) for seed in seeds]
        shares = [sum(getattr(t, name) for t in trips) / len(trips) for name in ("characters", "headings", "cells")]
        print(f"| {kind} | {' | '.join(f'{share:.1%}' for share in shares)} |")


if __name__ == "__main__":
    main()
