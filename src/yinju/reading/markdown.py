"""Markdown → Extract; the text stays exactly as the file has it, markup included."""

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from yinju.reading.extract import Extract, Heading
from yinju.reading.table import find_tables

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TITLE_FIELD = re.compile(r"^title[ \t]*:[ \t]*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)[ \t]*$", re.MULTILINE)


def extract_markdown(text: str) -> Extract:
    """A Markdown text untouched; headings are ATX and setext ones outside code, the first `#` is the title."""
    front = _FRONT_MATTER.match(text)
    body_start = front.end() if front else 0
    headings = _find_headings(text, body_start)
    field = _TITLE_FIELD.search(front["fields"] or "") if front else None
    first_outermost = next((heading.text for heading in headings if heading.level == 1), "")
    title = field["title"] if field else first_outermost
    return Extract(text, headings, title, body_start, tables=find_tables(text, "|"))


def _find_headings(text: str, body_start: int) -> tuple[Heading, ...]:
    """The headings of the body, with the lines of each as offsets into the whole text."""
    parser = MarkdownIt("commonmark")
    # Only the blocks are wanted: inline markup of the whole body would cost most of the time.
    parser.disable(["inline", "text_join"])
    tokens = parser.parse(text[body_start:])
    line_starts = [body_start]
    line_starts += [body_start + match.end() for match in re.finditer("\n", text[body_start:])]
    line_starts.append(len(text))
    inline = MarkdownIt("commonmark")
    headings = []
    for opening, content in pairwise(tokens):
        if opening.type != "heading_open" or opening.level > 0 or opening.map is None:
            continue
        words = _plain(inline.parseInline(content.content)[0])
        if words:
            first, after = opening.map
            end = line_starts[min(after, len(line_starts) - 1)]
            headings.append(Heading(int(opening.tag[1:]), words, line_starts[first], end))
    return tuple(headings)


def _plain(inline: Token) -> str:
    """The words of inline markup without the marks."""
    words = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in inline.children or ())
    return " ".join("".join(words).split())
