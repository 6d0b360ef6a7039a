"""Saved web pages of many kinds, in which what is around the text is marked: what is kept of either can be counted.

What stands between `<!--b-->` and `<!--/b-->` is boilerplate, everything else is the page's text. `{p}`, `{t}` and
`{s}` become a paragraph, two sentences and one sentence of the sample corpus; none stands twice in a page.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path

from made_files import sentences

FOLDER = Path(__file__).parent / "saved_pages"
_SLOT = re.compile(r"\{[pts]\}")
_BOILERPLATE = re.compile(r"<!--b-->(.*?)<!--/b-->", re.DOTALL)
_UNSEEN = re.compile(r"<(head|script|style|title)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_INLINE = re.compile(r"</?(?:b|strong|em|i|font|span|a|code|mark|u)\b[^>]*>")


@dataclass(frozen=True)
class WebPage:
    """A page, and the stretches of it that are its text and that are around it, each without white space."""

    html: str
    text: tuple[str, ...]
    boilerplate: tuple[str, ...]


def web_pages() -> Iterator[tuple[str, WebPage]]:
    """Every page with its name."""
    pool = sentences()
    for path in sorted(FOLDER.glob("*.html")):
        random.Random(path.stem).shuffle(pool)
        yield path.stem, marked_page(path.read_text("utf-8"), pool)


def marked_page(marked: str, pool: Iterable[str]) -> WebPage:
    """The page without its marks, words of the pool in its slots."""
    marked = _SLOT.sub(partial(_filled, iter(pool)), marked)
    text = _stretches(_BOILERPLATE.sub("\n", marked))
    boilerplate = _stretches("\n".join(_BOILERPLATE.findall(marked)))
    return WebPage(re.sub("<!--/?b-->", "", marked), text, boilerplate)


def _filled(drawn: Iterator[str], slot: re.Match[str]) -> str:
    if slot[0] == "{p}":
        return f"<p>{next(drawn)}<b>{next(drawn)}</b>{next(drawn)}</p>"
    return next(drawn) + (next(drawn) if slot[0] == "{t}" else "")


def _stretches(html: str) -> tuple[str, ...]:
    lines = _TAG.sub("\n", _INLINE.sub("", _UNSEEN.sub("\n", html)))
    return tuple("".join(line.split()) for line in unescape(lines).split("\n") if line.strip())
