"""Lines of plain text → the headings among them, by their markers and running numbers.

「3. …」, 「一、…」, 「（二）…」, 「第一章 …」, 「啟示一：…」, 「附錄A」, 「問：…」. One line alone does not tell
a heading from an item of a list, so lines of a kind are first strung into runs (1, 2, 3, …) and each run is judged as
a whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from yinju.numerals import number_of
from yinju.types import Block, BlockKind

LONGEST_HEADING = 60
"""Characters of a heading known by its shape."""
LONGEST_NUMBERED_HEADING = 120
"""Characters of a heading known by its place in a run of headings, or by 問：."""

_DIGITS = "零〇一二三四五六七八九十百"
_NUMBER = rf"[{_DIGITS}]+|\d+"
# One alternative for each kind of marker; the group's name is the kind, the group `<kind>_n` its number.
_MARKED_LINE = re.compile(
    r"^[ \t　]*(?:"
    rf"(?P<part>第[ 　]?(?P<part_n>{_NUMBER})[ 　]?[部編编卷篇](?!分))"
    rf"|(?P<chapter>第[ 　]?(?P<chapter_n>{_NUMBER})[ 　]?[章回])"
    rf"|(?P<section>第[ 　]?(?P<section_n>{_NUMBER})[ 　]?[節节])"
    rf"|(?P<appendix>附[錄录件](?P<appendix_n>[A-Z一二三四五六七八九十\d]{{0,2}})(?=[\s　：:、.．]|$))"
    r"|(?P<outline>\d{1,2}(?:\.\d{1,2})*\.(?P<outline_n>\d{1,2})\.?[ \t　]+(?=\S))"
    r"|(?P<decimal>(?P<decimal_n>\d{1,3})(?:[.．](?!\d)|、)[ \t　]*(?=\S))"
    rf"|(?P<hanzi>(?P<hanzi_n>[{_DIGITS}]+)[、．.][ \t　]*(?=\S))"
    rf"|(?P<bracketed_hanzi>[（(](?P<bracketed_hanzi_n>[{_DIGITS}]+)[）)][ \t　]*(?=\S))"
    r"|(?P<bracketed_decimal>[（(]?(?P<bracketed_decimal_n>\d{1,3})[）)][ \t　]*(?=\S))"
    rf"|(?P<label>(?P<label_name>[\u4e00-\u9fff]{{1,4}}?)(?P<label_n>[{_DIGITS}]+|\d{{1,2}})[:：])"
    r"|(?P<question>(?:[問问][ \t　]*\d*|[QＱ]\d*)[:：.．、][ \t　]*(?=\S))"
    r"|(?P<bare>(?:結語|结语|結論|结论|總結|总结|小結|小结|前言|序言|引言|緒論|绪论|摘要|後記|后记"
    r"|參考文獻|参考文献)[:：]?[ \t　]*$)"
    r")[^\n]*$",
    re.MULTILINE,
)
# Kinds that stand above all others in any document; the rest nest in the order in which they first appear.
_RANKS = {"part": 0, "appendix": 1, "chapter": 1, "section": 2}
_OTHER_RANK = 3
_SENTENCE_END = re.compile(r"[。；，、,;!！…]$")
_TABLE_OF_CONTENTS = re.compile(r"[.…·．]{3,}\s*\d+$")


@dataclass(slots=True)
class _Line:
    """A line with a marker; `number` is None for kinds that do not count."""

    kind: str
    number: int | None
    start: int
    end: int
    text: str
    run: "_Run | None" = None

    @property
    def well_shaped(self) -> bool:
        """Whether the line could be a heading on its own: short and no sentence."""
        return len(self.text) <= LONGEST_HEADING and not _SENTENCE_END.search(self.text)


@dataclass(slots=True, eq=False)
class _Run:
    """Lines of one kind that count 1, 2, 3, …; `depth` tells a run from the one it interrupts."""

    depth: int
    lines: list[_Line] = field(default_factory=list)


def find_headings(text: str) -> tuple[Block, ...]:
    """The headings of a plain text in order, levels by the nesting of their markers, outermost 1."""
    lines = list(_marked_lines(text))
    _string_into_runs(lines)
    judged: dict[int, bool] = {}
    accepted = []
    for line in lines:
        if line.run and id(line.run) not in judged:
            judged[id(line.run)] = _is_run_of_headings(line.run, text)
        if _is_heading(line, bool(line.run) and judged[id(line.run)]):
            accepted.append(line)
    return tuple(_with_levels(accepted))


def starts_with_marker(line: str) -> bool:
    """Whether a line begins with a number or word that headings and list items begin with."""
    return _MARKED_LINE.match(_with_numerals(line)) is not None


def _with_numerals(text: str) -> str:
    """The text, as long as before, without radicals that PDFs hold for numerals and circles written for a zero."""
    for alike, numeral in zip("⼀⼆⼋⼗○", "一二八十〇", strict=True):
        text = text.replace(alike, numeral)
    return text


def _marked_lines(text: str) -> Iterator[_Line]:
    """Every line that begins with a marker, tables of contents left out."""
    for match in _MARKED_LINE.finditer(_with_numerals(text)):
        kind = match.lastgroup or ""
        words = text[match.start() : match.end()].strip()
        if len(words) <= LONGEST_NUMBERED_HEADING and _TABLE_OF_CONTENTS.search(words):
            continue
        number = _to_int(match[f"{kind}_n"]) if f"{kind}_n" in match.re.groupindex else None
        if kind == "label":
            kind = match["label_name"]
        elif kind == "outline":
            kind += str(match[kind].strip(" \t　.").count("."))
        yield _Line(kind, number, match.start(), match.end(), words)


def _to_int(number: str) -> int | None:
    """The value of a number, a letter's place in the alphabet; None without any."""
    if number and number.isascii() and number.isalpha():
        return ord(number[0]) - ord("A") + 1
    return number_of(number)


def _string_into_runs(lines: list[_Line]) -> None:
    """Give every counting line its run: it goes on from the innermost open run of its kind that expects its number."""
    open_runs: dict[str, list[_Run]] = {}
    for line in lines:
        if line.number is None:
            continue
        runs = open_runs.setdefault(line.kind, [])
        depth = next((d for d in reversed(range(len(runs))) if runs[d].lines[-1].number == line.number - 1), None)
        if depth is not None:
            del runs[depth + 1 :]
        elif line.number <= 1 or not runs:
            depth = len(runs)
            runs.append(_Run(depth))
        else:
            continue
        runs[depth].lines.append(line)
        line.run = runs[depth]


def _is_run_of_headings(run: _Run, text: str) -> bool:
    """Whether most lines of a run look like headings and most have text of their own before the next."""
    lines = run.lines
    if len(lines) == 1:
        return False
    shaped = sum(line.well_shaped for line in lines)
    between = [(text[a.start : a.end], text[a.end : b.start]) for a, b in pairwise(lines)]
    followed = sum(bool(below.strip()) and not _is_nested(line, below) for line, below in between)
    return 2 * shaped > len(lines) and 2 * followed >= len(lines) - 1


def _is_nested(line: str, below: str) -> bool:
    """Whether what stands below a line is nothing but points that are set in deeper, so that it is a point itself."""
    points = [one for one in below.split("\n") if one.strip()]
    return all(_indent(one) > _indent(line) and starts_with_marker(one) for one in points)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_heading(line: _Line, in_run_of_headings: bool) -> bool:
    """Whether one line is a heading, by its kind, its shape and its run."""
    if line.kind == "question" or (in_run_of_headings and line.run and len(line.run.lines) > 2):
        return len(line.text) <= LONGEST_NUMBERED_HEADING
    if line.kind in _RANKS or line.kind == "bare":
        return line.well_shaped
    return in_run_of_headings and line.well_shaped


def _with_levels(lines: list[_Line]) -> Iterator[Block]:
    """The headings with levels: a kind already open closes what is inside it, a new one opens inside the last."""
    path: list[tuple[int, str]] = []
    for line in lines:
        rank = _RANKS.get(line.kind, _OTHER_RANK)
        key = (rank, f"{line.kind}/{line.run.depth if line.run else 0}")
        if line.kind == "bare":  # 結語 and the like end what they stand in, beside its last heading
            level = max(1, len(path))
        else:
            path = path[: path.index(key)] if key in path else [above for above in path if above[0] <= rank]
            if rank < _OTHER_RANK:
                path = [above for above in path if above[0] < rank]
            path.append(key)
            level = len(path)
        kind = BlockKind.QUESTION if line.kind == "question" else BlockKind.HEADING
        yield Block(kind, line.start, line.end, level, name=line.text)
