"""A Markdown text → where its blocks of code stand, fenced ones and indented ones."""

import re
from collections.abc import Iterator

from yinju.types import Span

_FENCE = re.compile(
    r"^(?P<before>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$", re.MULTILINE
)
_OUTDENTED = re.compile(r"^[^\s>]", re.MULTILINE)
_INDENTED = re.compile(r"(?:(?<=\n)|\A)[ \t]*\n(?P<lines>(?:(?: {4}|\t)[^\n]*(?:\n|\Z)(?:[ \t]*\n(?= {4}|\t))*)+)")
_LIST_LINE = re.compile(r"[ \t]|(?:[-*+]|\d{1,9}[.)])[ \t]|\[\^")
"""How a line begins below which what is indented goes on with it."""
_CHINESE = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]")
_CODE = re.compile(r"[=(){}\[\];<>$#|\\_]|\w\.\w|--")
"""What hardly any code is without, and most words are."""
_MOST_CHINESE = 0.3
"""Share of the characters of what is code by its indentation."""


def find_code(text: str, start: int) -> list[Span]:
    """The blocks of code from a place on, with the lines of their fences, in order and without the last line's end."""
    fenced = [*_fenced(text, start)] if "```" in text or "~~~" in text else []
    if "\n    " in text or "\n\t" in text:
        return sorted((*fenced, *_indented(text, start, fenced)))
    return fenced


def _fenced(text: str, start: int) -> Iterator[Span]:
    """What stands between fences; one in a list ends with it."""
    fences = _FENCE.finditer(text, start)
    opening = None
    for fence in fences:
        if opening is not None:
            is_inside = opening["before"] != ""
            outdented = _OUTDENTED.search(text, opening.end() + 1, fence.start()) if is_inside else None
            if outdented is None:
                if not fence["info"].strip() and fence["mark"].startswith(opening["mark"]) and _is_blank(fence):
                    yield opening.start(), fence.end()
                    opening = None
                continue
            yield opening.start(), outdented.start() - 1
            opening = None
        if fence["mark"][0] == "~" or "`" not in fence["info"]:
            opening = fence
    if opening is not None:
        outdented = _OUTDENTED.search(text, opening.end() + 1) if opening["before"] else None
        yield opening.start(), outdented.start() - 1 if outdented else len(text.rstrip("\n"))


def _is_blank(fence: re.Match[str]) -> bool:
    return not fence["before"].strip(" \t>")


def _indented(text: str, start: int, fenced: list[Span]) -> Iterator[Span]:
    """What is indented below a blank line, and neither goes on with a list nor is a paragraph in Chinese."""
    place = 0
    for match in _INDENTED.finditer(text, start):
        first, last = match.start("lines"), match.start("lines") + len(match["lines"].rstrip())
        while place < len(fenced) and fenced[place][1] <= first:
            place += 1
        if place < len(fenced) and fenced[place][0] < last:
            continue
        end = _end_before(text, match.start())
        if _LIST_LINE.match(text, text.rfind("\n", 0, end) + 1):
            continue
        few_chinese = len(_CHINESE.findall(text, first, last)) <= _MOST_CHINESE * len("".join(match["lines"].split()))
        if few_chinese and _CODE.search(text, first, last):
            yield first, last


def _end_before(text: str, place: int) -> int:
    """Where the last line that is not blank ends before a place."""
    while place > 0 and text[place - 1].isspace():
        place -= 1
    return place
