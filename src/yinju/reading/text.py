"""Plain text → Extract: the text without the line breaks of wrapping, and its title where the first line is one."""

import re

from yinju.reading.extract import TITLE_LEVEL, Extract, heading
from yinju.reading.structure.headings import starts_with_marker
from yinju.reading.wrapping import join_wrapped_lines
from yinju.types import Block

LONGEST_TITLE = 40
"""Characters of a first line that may be the document's title."""

_FIRST_LINE = re.compile(r"\s*(?P<line>\S[^\n]*)(?P<rest>\n[ \t　]*\n)?")
_SENTENCE_MARK = re.compile(r"[。！？；，!?;,：:…]")


def extract_text(text: str) -> Extract:
    """A text, its wrapped lines joined; its first line is the title when it is short, no sentence, and stands apart."""
    text = join_wrapped_lines(text)
    title = find_title(text)
    return Extract(text, (title,) if title else (), title.name if title else "")


def find_title(text: str) -> Block | None:
    """The first line as a heading above all others, or None when it is not clearly a title."""
    first = _FIRST_LINE.match(text)
    if not first:
        return None
    line = first["line"].strip()
    in_title_marks = line.startswith("《") and line.endswith("》")
    if not (first["rest"] or in_title_marks) or not text[first.end() :].strip():
        return None
    if len(line) > LONGEST_TITLE or _SENTENCE_MARK.search(line) or starts_with_marker(line):
        return None
    return heading(TITLE_LEVEL, line, first.start("line"), first.end("line"))
