"""Plain text → Extract, with headings found by their markers."""

import re

from yinju.reading.extract import TITLE_LEVEL, Extract, Heading
from yinju.reading.headings import find_headings, starts_with_marker
from yinju.reading.table import find_tables

LONGEST_TITLE = 40
"""Characters of a first line that may be the document's title."""

_FIRST_LINE = re.compile(r"\s*(?P<line>\S[^\n]*)(?P<rest>\n[ \t　]*\n)?")
_SENTENCE_MARK = re.compile(r"[。！？；，!?;,：:…]")


def extract_text(text: str) -> Extract:
    """A text as it is; its first line is the title when it is short, no sentence, and stands apart."""
    headings = find_headings(text)
    title = find_title(text)
    if title:
        headings = (title, *(heading for heading in headings if heading.start >= title.end))
    return Extract(text, headings, title.text if title else "", tables=find_tables(text, "\t"))


def find_title(text: str) -> Heading | None:
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
    return Heading(TITLE_LEVEL, line, first.start("line"), first.end("line"))
