"""A line of Markdown → its words, each stretch with the element that sets it apart, without the signs that say so.

Links and images need none of this: the reader of Markdown has left their words alone in the text.
"""

import re
from collections.abc import Iterator

from yinju.types import Span
from yinju.web.source.marks import Stretch

_STYLED = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)(?P<code>[^\n]{1,400}?)(?<!`)(?P=ticks)(?!`)"
    r"|\*\*(?=[^\s*])(?P<strong>[^\n]{1,400}?)(?<=\S)\*\*(?!\*)"
    r"|(?<!\w)__(?=[^\s_])(?P<heavy>[^\n]{1,400}?)(?<=\S)__(?!\w)"
    r"|\*(?=[^\s*])(?P<em>[^\n*]{1,400}?)(?<=\S)\*(?!\*)"
    r"|(?<!\w)_(?=[^\s_])(?P<slanted>[^\n_]{1,400}?)(?<=\S)_(?!\w)"
    r"|~~(?=[^\s~])(?P<struck>[^\n]{1,400}?)(?<=\S)~~"
)
_ELEMENTS = {"strong": "strong", "heavy": "strong", "em": "em", "slanted": "em", "struck": "del"}


def words_of(text: str, span: Span, style: str = "") -> Iterator[Stretch]:
    """The stretches of a range that people see, in order; of several styles at a place the innermost."""
    place, end = span
    for match in _STYLED.finditer(text, place, end):
        kind = match.lastgroup or ""
        if place < match.start():
            yield Stretch(place, match.start(), style)
        if kind in _ELEMENTS:
            yield from words_of(text, match.span(kind), _ELEMENTS[kind])
        else:
            yield Stretch(*match.span(kind), "code" if kind == "code" else style)
        place = match.end()
    if place < end:
        yield Stretch(place, end, style)
