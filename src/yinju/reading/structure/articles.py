"""Lines that begin with 第三條, 第 3 条 or 第三條之一 → the articles of a law, a contract or house rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yinju.numerals import NUMERALS, number_of
from yinju.reading.structure.found import FoundBlocks
from yinju.types import HEADING_KINDS, Block, BlockKind

_ARTICLE = re.compile(
    rf"\n[ \t　]*(?P<bold>\*\*)?(?P<marker>第[ 　]?(?P<number>[{NUMERALS}]{{1,7}}|[\d０-９]{{1,4}})"
    r"(?:-(?P<dashed>\d{1,2}))?[ 　]?[條条]"
    rf"(?:[ 　]?之[ 　]?(?P<sub>[{NUMERALS}]{{1,3}}|[\d０-９]{{1,2}}))?)(?P<apart>(?:\*\*)?(?=[\s　：:【（(〔\[]|$))?",
    re.MULTILINE,
)
_CONTENTS = re.compile(r"[.…·．]{3,}\s*\d+\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may begin an article."""

    start: int
    end: int
    marker: str
    number: int
    is_sub: bool
    apart: bool
    """Whether something parts the marker from what follows it."""


def find_articles(found: FoundBlocks) -> Iterator[Block]:
    """The first line of every article, each with a group of its own.

    A marker that runs into its text, 第三條本辦法, begins one only where it goes on counting from an article before.
    """
    last = 0
    for line in _lines(found):
        goes_on = line.number == last + 1 or (line.is_sub and line.number == last)
        if line.apart or goes_on:
            marker = "".join(line.marker.split())
            yield Block(BlockKind.ARTICLE, line.start, line.end, marker=marker, group=found.new_group())
            last = line.number


def _lines(found: FoundBlocks) -> Iterator[_Line]:
    for match in found.lines_with(_ARTICLE):
        start = match.start("bold" if match["bold"] else "marker") - 1
        end = found.text.find("\n", start)
        end = len(found.text) if end < 0 else end
        number = number_of(match["number"])
        if number is None or not found.is_free(start, end) or _CONTENTS.search(found.text, start, end):
            continue
        is_sub = bool(match["sub"] or match["dashed"])
        yield _Line(start, end, match["marker"], number, is_sub, match["apart"] is not None)


def complete_articles(found: FoundBlocks) -> None:
    """Give each article what stands below its first line, up to the next article or heading."""
    articles = [block for block in found.blocks if block.kind is BlockKind.ARTICLE]
    if not articles:
        return
    ends = [block.start for block in found.blocks if block.kind in HEADING_KINDS or block.kind is BlockKind.ARTICLE]
    ends.append(len(found.text))
    changed: list[Block] = []
    place = 0
    for article in articles:
        while ends[place] <= article.start:
            place += 1
        changed += (replace(inner, group=article.group) for inner in found.inside(article.end, ends[place]))
        changed += (
            Block(BlockKind.PARAGRAPH, start, end, group=article.group)
            for start, end in found.free_lines(article.end, ends[place])
        )
    found.replace(changed)
