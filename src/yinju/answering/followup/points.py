"""An answer → its points in order: numbered lines, 第一…第二…, 一是…二是…, what 、 joins, or its statements."""

import re
from collections.abc import Sequence

LONGEST = 60
"""The most characters of a point that are carried into a question."""

_MARKER = re.compile(r"(?:\[\d{1,4}\])+")
_LINE = re.compile(
    r"^\s*(?:\d{1,2}\s*[.、)）．]|[（(]?[一二三四五六七八九十]{1,3}[、)）.．]|[-*•・●])\s*", re.MULTILINE
)
_INLINE = [
    re.compile(
        "(?:^|(?<=[，,：:；;。.\n\\s]))第[一二三四五六七八九十]{1,2}[個个條条點点項项步種种類类層层]?[，,：:、是]?"
    ),
    re.compile("(?:^|(?<=[，,：:；;。.\n\\s]))其?[一二三四五六七八九十]{1,2}(?:是|則是|则是|[，,、])"),
    re.compile("首先|其次|再次|再者|接著|接着|然後|然后|最後|最后"),
    re.compile(r"[①-⑳]|[（(]\d{1,2}[)）]|(?<![\d.])\d{1,2}[.、)）．](?!\d)"),
]
_ENDS = re.compile("[；;。！？!?\n]")
_JOINED = re.compile("[^、，,。；;：:！？!?\\s]{1,24}(?:、[^、，,。；;：:！？!?\\s]{1,24})+")
_LEAD = re.compile("^.*(?:包括|包含|分為|分为|分成|就是|依序是|分別是|分别是|主要是|例如|比如|有|是|為|为)(?=.)")
_TAIL = re.compile("(?:等等?|這.{0,4}|这.{0,4}|[幾几三四五六兩两].)$")
_LAST_TWO = re.compile("(?<=.)(?:以及|還有|还有|和|與|与|及|跟|或)(?=.)")
_BARE = re.compile(r"^[\s\-*•]+|\*\*|[\s；;。.，,、]+$")


def find_points(answer: str, count: int | None = None) -> list[str]:
    """The points of a text in order, each up to 60 characters; empty when it makes less than two.

    With a `count` only a list of so many is one: 商務運營：談合作、簽合約、追進度 does not tell which five there are.
    """
    plain = _MARKER.sub("\n", answer)
    for found in (_lines(plain), *(_between(plain, pattern) for pattern in _INLINE), _joined(plain)):
        if _is_list(points := _clean(found), count):
            return points
    statements = _clean(_MARKER.split(answer))
    return statements if _is_list(statements, count) else []


def _is_list(points: Sequence[str], count: int | None) -> bool:
    return len(points) > 1 and count in (None, len(points))


def _lines(text: str) -> list[str]:
    return [line for line in map(_after_number, text.split("\n")) if line]


def _after_number(line: str) -> str:
    found = _LINE.match(line)
    return line[found.end() :] if found else ""


def _between(text: str, pattern: re.Pattern[str]) -> list[str]:
    """What follows each sign of a point, up to the next sign; the last up to the end of its sentence."""
    signs = list(pattern.finditer(text))
    ends = [*(sign.start() for sign in signs), len(text)][1:]
    return [_ENDS.split(text[sign.end() : end].strip(), maxsplit=1)[0] for sign, end in zip(signs, ends, strict=True)]


def _joined(text: str) -> list[str]:
    """The things of the longest enumeration, without what leads in to the first and out of the last."""
    found: Sequence[str] = max((run.split("、") for run in _JOINED.findall(text)), key=len, default=[])
    if not found:
        return []
    first, *middle, last = found
    return [_LEAD.sub("", first), *middle, *_LAST_TWO.split(_TAIL.sub("", last), maxsplit=1)]


def _clean(points: Sequence[str]) -> list[str]:
    return [bare[:LONGEST] for point in points if (bare := _BARE.sub("", point.strip()))]
