"""Markdown → Extract: the text without the markup of links, images and HTML, its notes where they belong.

Emphasis and the marks of headings, lists and tables stay.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from yinju.reading.edits import Edit, apply_edits, moves
from yinju.reading.extract import Extract, count_characters, heading
from yinju.reading.markdown_code import find_code
from yinju.reading.markdown_images import figures_at, find_images
from yinju.reading.markdown_inline import find_markup
from yinju.reading.markdown_notes import place_notes
from yinju.reading.wrapping import find_wraps
from yinju.types import Block, BlockKind

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TITLE_FIELD = re.compile(r"^title[ \t]*:[ \t]*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)[ \t]*$", re.MULTILINE)

_BLANK_LINE = re.compile(r"\n[ \t]*\n(?=\S)")
"""Before a line that begins at the margin, it ends whatever is open, but for a fence or a comment."""
_OPENING = re.compile(r" {0,3}(?:<|```|~~~)| {2,3}#")
_DOUBTFUL = re.compile(rf"\n(?:{_OPENING.pattern}| {{0,3}}(?:=+|-+)[ \t]*(?=\n|\Z))")
"""HTML, a fence, an underline, or a # that may belong to a list: what is a heading there is no easy thing to tell."""
_MARKED = re.compile(r"^ ?(?P<marks>#{1,6})(?:[ \t](?P<words>[^\n]*))?(?:\n|\Z)", re.MULTILINE)
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_INLINE_MARK = re.compile(r"[\\`*_\[\]!<&\n]")
_NO_WORDS = ("softbreak", "hardbreak", "html_inline")
_LINE_END = re.compile("\n")
_FOLLOWING = "following"


def extract_markdown(text: str) -> Extract:
    """A Markdown text as people see its words; headings are ATX and setext ones outside code.

    The first `#` is the title. A note stands below the paragraph that refers to it.
    """
    text, dropped = place_notes(text)
    front = _FRONT_MATTER.match(text)
    body_start = front.end() if front else 0
    headings = _find_headings(text, body_start)
    starts = [heading.start for heading in headings]
    code = [(a, b) for a, b in find_code(text, body_start) if bisect_left(starts, a) == bisect_left(starts, b)]
    blocks: Sequence[Block] = sorted(
        (*headings, *(Block(BlockKind.CODE, *span) for span in code)), key=lambda block: block.start
    )
    images = find_images(text, body_start, code)
    edits = find_markup(text, body_start, code)
    places = [*map(moves(edits), (image.start for image in images))]
    if edits:
        before = count_characters(text)
        text, blocks = apply_edits(text, blocks, edits)
        dropped += before - count_characters(text)
    breaks = _soft_breaks(text, body_start, blocks)
    text, blocks = apply_edits(text, blocks, breaks)
    figures = figures_at(text, images, [*map(moves(breaks), places)])
    field = _TITLE_FIELD.search(front["fields"] or "") if front else None
    first_outermost = next((heading.name for heading in headings if heading.level == 1), "")
    title = field["title"] if field else first_outermost
    return Extract(text, tuple(blocks), title, body_start, dropped=dropped, figures=figures)


def _soft_breaks(text: str, start: int, blocks: Sequence[Block]) -> list[Edit]:
    """The line breaks within paragraphs of a text that was wrapped; two spaces or a backslash make others stay."""
    wraps = find_wraps(text, start, [(block.start, block.end) for block in blocks])
    return [wrap for wrap in wraps if not text.startswith("  ", wrap[0]) and text[wrap[0] - 1] != "\\"]


def _find_headings(text: str, body_start: int) -> tuple[Block, ...]:
    """The headings of the body that stand in no list and no quotation, with the lines that each takes up."""
    starts = [body_start, *(match.end() for match in _BLANK_LINE.finditer(text, body_start)), len(text)]
    headings: list[Block] = []
    place, last = 0, len(starts) - 1
    while place < last:
        start, after = starts[place], place + 1
        if _OPENING.match(text, start) or _DOUBTFUL.search(text, start, starts[after]):
            tokens, is_whole = _blocks(text[start : starts[after]])
            while not is_whole and after < last:  # a fence or comment that goes on below blank lines
                after = min(2 * after - place, last)
                tokens, is_whole = _blocks(text[start : starts[after]])
            headings += _parsed_headings(text[start : starts[after]], start, tokens)
        elif text.find("#", start, starts[after]) >= 0:
            headings += _plain_headings(text, start, starts[after])
        place = after
    return tuple(headings)


def _plain_headings(text: str, start: int, end: int) -> Iterator[Block]:
    """The headings marked by # in a stretch that has nothing which could be mistaken for them."""
    for match in _MARKED.finditer(text, start, end):
        words = _plain(_CLOSING_MARKS.sub("", match["words"] or "").strip())
        if words:
            yield heading(len(match["marks"]), words, match.start(), match.end())


def _blocks(stretch: str) -> tuple[list[Token], bool]:
    """The blocks of a stretch, and whether none of them would go on in what follows.

    Only the blocks are wanted: inline markup of a whole body would cost most of the time.
    """
    tokens = _parser("inline", "text_join").parse(f"{stretch}\n\n{_FOLLOWING}")
    return tokens, tokens[-1].type == "paragraph_close" and tokens[-2].content == _FOLLOWING


def _parsed_headings(stretch: str, start: int, tokens: Sequence[Token]) -> Iterator[Block]:
    """The headings among the blocks of a stretch that begins at `start`."""
    line_starts = [start, *(start + match.end() for match in _LINE_END.finditer(stretch)), start + len(stretch)]
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open" and opening.level == 0 and opening.map and (words := _plain(content.content)):
            first, after = opening.map
            end = line_starts[min(after, len(line_starts) - 1)]
            yield heading(int(opening.tag[1:]), words, line_starts[first], end)


def _plain(content: str) -> str:
    """The words of inline markup without the marks."""
    if _INLINE_MARK.search(content):
        inline = _parser().parseInline(content)[0]
        words = (" " if child.type in _NO_WORDS else child.content for child in inline.children or ())
        content = "".join(words)
    return " ".join(content.split())


@cache
def _parser(*without: str) -> MarkdownIt:
    return MarkdownIt("commonmark").disable([*without])
