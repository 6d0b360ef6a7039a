"""The links, images and HTML of a Markdown text → what to replace so that people read words and no markup.

Code is left alone, and so is emphasis. An image stays as the words that tell what is on it, where there are any.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from yinju.reading.edits import Edit
from yinju.reading.table import CELL_MARK
from yinju.types import Span

_LABEL = r"(?:[^\[\]\n]++|\[[^\[\]\n]{0,200}+\]|\n(?!\s*\n|[ \t]*[-*+>#|])){0,40}+"
_TARGET = r"\((?P<{0}>[^()\n]{{0,2000}}+(?:\([^()\n]{{0,500}}+\)[^()\n]{{0,500}}+){{0,4}}+)\)"
_ELEMENTS = (
    "a abbr b blockquote br center code dd del details div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i"
    " iframe img input ins kbd li mark ol p picture pre s small source span strong sub summary sup table tbody td tfoot th"
    " thead tr u ul video audio"
).replace(" ", "|")
_TAG = rf"</?(?:{_ELEMENTS})(?=[\s/>])[^<>\n]{{0,2000}}>"
_IMAGE = (
    rf"!\[{_LABEL}\](?:\([^()\n]{{0,2000}}+(?:\([^()\n]{{0,500}}+\)[^()\n]{{0,500}}+){{0,4}}+\)"
    r"|\[[^\[\]\n]{0,200}\])"
)
_IMAGES = re.compile(
    rf"^[ \t]*(?:[-*+][ \t]+|\d{{1,9}}[.)][ \t]+)?(?:(?:{_IMAGE}|<img\b[^<>\n]{{0,2000}}>)[ \t]*)+(?:\n|\Z)",
    re.I | re.M,
)
"""A line, or an item of a list, of nothing but images."""
_MARKUP = re.compile(
    r"(?P<left>\\[\\`\[\]!<]|``[^\n]+?``|`[^`\n]*+`)"
    rf"|!\[(?P<alt>{_LABEL})\](?:{_TARGET.format('source')}|\[(?P<image>[^\[\]\n]{{0,200}})\])"
    rf"|\[(?P<words>{_LABEL})\](?!:)(?:{_TARGET.format('target')}|\[(?P<reference>[^\[\]\n]{{0,200}})\])?+"
    r"|<(?P<address>(?:https?|ftp|mailto):[^\s<>]{1,2000}|[\w.+-]{1,100}@[\w-]{1,100}\.[\w.-]{1,100})>"
    r"|(?P<edge></t[dh]>\s{0,100}+<t[dh](?:\s[^<>]{0,2000})?>)"
    rf"|(?P<tag>{_TAG})",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)(?P<name>[^\[\]\n]{1,200})\]:[ \t]*(?=\S*[./#:])(?:<[^<>\n]+>|[!-~]+)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_GOAL = re.compile(r"\s*(?:<[^<>]*>|[^\s<>]*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*")
"""What may stand between the brackets of a link: an address, and perhaps its title."""
_NO_WORDS = re.compile(
    r"\s*(?:(?:在[這这][裡里]插入)?(?:[圖图][片像示]?|截[圖图]|[屏螢]幕?(?:截[圖图]|快照)|插[圖图]|image|img|picture|pic|photo"
    r"|screenshot|screen shot|figure|fig|untitled|alt(?: text)?|icon|pasted image|clipboard)?[\s\d_.:()（）#-]*"
    r"|[^/\n]*\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|heic)[\s\d_]*|(?=\D*\d)[0-9a-f_-]{8,})\s*",
    re.IGNORECASE,
)
"""What tells nothing of what an image shows: 图片, image-3, the name of its file."""
_ALT = re.compile(r"\balt\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s>]+))", re.IGNORECASE)
_CELLS_OR_ITEM = re.compile(r"[ \t]*(?:[-*+>|]|\d{1,9}[.)])|[^\n]*\|")


def find_markup(text: str, start: int, code: Sequence[Span]) -> list[Edit]:
    """What to replace in a Markdown text from a place on, its blocks of code aside, in order."""
    if "](" not in text and "<" not in text and "][" not in text and "]: " not in text:
        return []
    named, edits = set[str](), list[Edit]()
    for first, last in _between(start, len(text), code):
        edits += _comments(text, first, last)
        for found in _DEFINITION.finditer(text, first, last):
            named.add(_folded(found["name"]))
            edits.append((*found.span(), ""))
        edits += ((*found.span(), "") for found in _IMAGES.finditer(text, first, last) if _says_nothing(found[0]))
    edits = [*_apart(edits)]
    taken = sorted((*code, *((first, last) for first, last, _ in edits)))
    for first, last in _between(start, len(text), taken):
        edits += _inline(text, (first, last), named)
    return sorted(edits)


def _between(start: int, end: int, taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of a range, in order."""
    for first, last in taken:
        if start < first:
            yield start, min(first, end)
        start = max(start, last)
    if start < end:
        yield start, end


def _apart(edits: Sequence[Edit]) -> Iterator[Edit]:
    """The edits in order, without those that begin inside another."""
    place = 0
    for edit in sorted(edits):
        if edit[0] >= place:
            place = edit[1]
            yield edit


def _comments(text: str, start: int, end: int) -> Iterator[Edit]:
    """HTML comments outside of code spans; the lines that they took up stay empty."""
    ticks = 0
    while (first := text.find("<!--", start, end)) >= 0:
        last = text.find("-->", first + 4, end)
        if last < 0:
            return
        line = text.rfind("\n", start, first) + 1
        ticks = text.count("`", line or start, first) + (0 if line else ticks)
        if ticks % 2 == 0:
            yield first, last + 3, "\n" * text.count("\n", first, last)
        start = last + 3


def _says_nothing(images: str) -> bool:
    """Whether none of the images in a line has words that tell what it shows."""
    return all(_NO_WORDS.fullmatch(_image_words(match)) for match in _MARKUP.finditer(images))


def _image_words(match: re.Match[str]) -> str:
    """The words that stand for an image in either markup."""
    if match["alt"] is not None:
        return match["alt"]
    stated = _ALT.search(match[0])
    return next(filter(None, stated.groups()), "") if stated else ""


def _inline(text: str, span: Span, named: AbstractSet[str]) -> Iterator[Edit]:
    """The links, images and tags in a stretch."""
    place, end = span
    while match := _MARKUP.search(text, place, end):
        words = _shown(text, match, named)
        if words is None:
            place = match.end() if match["left"] else match.start() + 1
        else:
            place = match.end()
            yield *match.span(), words


def _shown(text: str, match: re.Match[str], named: AbstractSet[str]) -> str | None:
    """What people see of a piece of markup; None where it is none."""
    kind = match.lastgroup
    if match["left"]:
        return None
    if match["address"]:
        return match["address"].removeprefix("mailto:")
    if match["edge"]:
        return CELL_MARK
    if match["tag"]:
        return _shown_tag(text, match)
    words, target, reference = (
        (match["alt"], match["source"], match["image"]) if match["alt"] is not None
        else (match["words"], match["target"], match["reference"])
    )  # fmt: skip
    is_link = _GOAL.fullmatch(target) is not None if target is not None else _folded(reference or words) in named
    if not is_link or kind is None:
        return None
    if match["alt"] is not None:
        return "" if _NO_WORDS.fullmatch(words) else words
    return "".join(_plain(words, named))


def _plain(words: str, named: AbstractSet[str]) -> Iterator[str]:
    """The words of a link, without the markup of images in it."""
    place = 0
    for first, last, shown in _inline(words, (0, len(words)), named) if "](" in words or "<" in words else ():
        yield words[place:first] + shown
        place = last
    yield words[place:]


def _shown_tag(text: str, match: re.Match[str]) -> str:
    """What people see of an HTML tag: of an image its words, of a break one, or a space within a row or an item."""
    name = match["tag"].strip("</>").split()[0].rstrip("/").lower()
    if name == "img":
        words = _image_words(match)
        return "" if _NO_WORDS.fullmatch(words) else words
    if name != "br":
        return ""
    return " " if _CELLS_OR_ITEM.match(text, text.rfind("\n", 0, match.start()) + 1) else "\n"


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
