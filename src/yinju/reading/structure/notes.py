"""Lines that begin with [註1], 問： or 答： → notes, questions and answers."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from yinju.reading.structure.found import FoundBlocks
from yinju.types import HEADING_KINDS, Block, BlockKind

_LINE = re.compile(
    r"\n[ \t　]*(?:(?P<note>\[[註注]\d{1,4}\])|(?P<answer>(?:答案?|回答|解答|[AＡ]\d{0,3})[ \t]*[:：.．、]))[^\n]*"
)
_ASKS = re.compile(r"^[ \t　]*(?:\*\*)?[QＱ]\d*[ \t]*[:：.．、]", re.MULTILINE)
_EXCHANGE = re.compile(
    r"\n[ \t　]*(?P<asked>(?:\*\*)?(?:[問问][ \t　]*\d*|[QＱ]\d*)[:：.．、][ \t　]*\S[^\n]{0,118})\n\s*"
    r"(?:\*\*)?(?:答案?|回答|解答|[AＡ]\d{0,3})[ \t]*[:：.．、]"
)


def find_questions(found: FoundBlocks) -> Iterator[Block]:
    """Lines that ask above one that answers, where a format knows other headings; below the one before."""
    headings = [(block.start, block.level) for block in found.blocks if block.kind in HEADING_KINDS]
    for match in found.lines_with(_EXCHANGE):
        start, words = match.start("asked") - 1, match["asked"].rstrip()
        if found.is_free(start, start + len(words)):
            above = bisect_left(headings, (start, 0))
            level = headings[above - 1][1] + 1 if above else 1
            yield Block(BlockKind.QUESTION, start, start + len(words), level, name=words.strip("*"))


def find_notes(found: FoundBlocks) -> Iterator[Block]:
    """The notes that readers of files put below what refers to them, and the first lines of answers."""
    asks = _ASKS.search(found.text) is not None  # without any Q, A112 is a code
    for match in found.lines_with(_LINE):
        if not asks and (match["answer"] or "答")[0] in "AＡ":
            continue
        kind = BlockKind.NOTE if match["note"] else BlockKind.ANSWER
        start = match.start(match.lastgroup or 0) - 1
        yield Block(kind, start, match.start() + len(match.group().rstrip()) - 1, marker=match["note"] or "")
