"""Lines that begin with [註1] or 答： → notes and answers."""

import re
from collections.abc import Iterator

from yinju.reading.structure.found import FoundBlocks
from yinju.types import Block, BlockKind

_LINE = re.compile(
    r"\n[ \t　]*(?:(?P<note>\[[註注]\d{1,4}\])|(?P<answer>(?:答案?|回答|解答|[AＡ]\d{0,3})[ \t]*[:：.．、]))[^\n]*"
)


def find_notes(found: FoundBlocks) -> Iterator[Block]:
    """The notes that readers of files put below what refers to them, and the first lines of answers."""
    for match in found.lines_with(_LINE):
        kind = BlockKind.NOTE if match["note"] else BlockKind.ANSWER
        start = match.start(match.lastgroup or 0) - 1
        yield Block(kind, start, match.start() + len(match.group().rstrip()) - 1, marker=match["note"] or "")
