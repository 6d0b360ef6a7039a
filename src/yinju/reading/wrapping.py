"""Plain text whose lines were broken at a fixed width → where two of them are one, and how they are joined.

No line is joined on its own looks. First the whole text has to show that its lines were broken where the next word
would no longer have fitted: then each line break at which that is so is no break of the text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yinju.reading.edits import Edit, apply_edits
from yinju.types import Span

NARROWEST, WIDEST = 28, 130
"""Columns, a Chinese character taking two, at which texts are wrapped."""
_LOOSE = 4
"""Columns by which a line may be shorter or longer, so that no line begins with a comma or ends with a bracket."""
_SAMPLE = 8_000
_SAMPLES = 8
"""Stretches of so many characters that a long text is judged by."""
_FEWEST = 2
"""Lines that end amid a sentence with no room for the next word."""
_FITTING = 0.9
"""Share of the lines ending amid a sentence that must be without that room."""
_MOST_CLOSED = 0.6
"""Share of full lines that may end with a punctuation mark: more do where each line is a sentence, or a verse."""
_FEWEST_PAUSED = 0.3
"""Share of full lines that must have a punctuation mark inside: names and verses have none."""
_COMMON = 0.25
"""Share of the lines that are as wide as the text where it has no words of letters."""
_LONGEST_WORD = 30
_NEAR, _FEWEST_NEAR = 12, 0.25
"""Columns to the widest line, and the share of lines that are as near to it."""

_END = re.compile(r"[。！？；：…!?;:．.]['\"”’」』）)】》]*$")
_CLOSED = re.compile(r"[，、。！？；：…,.!?;:．—～~|｜]['\"”’」』）)】》]*$")
_PAUSE = re.compile(r"[，、。；：,.;:！？]")
_START = re.compile(
    r"[-*+•●○◆◇■□▪·※→>#|｜`~=_{}<\\◎★☆▲△►]|https?://|www\."
    r"|[（(\[【]?(?:\d{1,3}|[一二三四五六七八九十百零〇]{1,5}|[①-⑳㉑-㊿]|[甲乙丙丁戊己庚辛壬癸]|[A-Za-z]|[ivxIVX]{1,5})"
    r"[）)\]】、．.:：](?![0-9])"
    r"|[①-⑳㉑-㊿]|第[ 　]?[\d一二三四五六七八九十百千零〇]{1,8}[ 　]?[條条章節节款項项編编部篇回卷]"
    r"|[問问答QA]\d{0,3}[:：.、]|附[件錄录表][\d一二三四五六七八九十]"
    r"|\[?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ]+\d|\[?\d{1,2}:\d\d:\d\d"
)
"""What a line begins with that goes on with none above it: a mark or number of a list, a date."""
_KEYED = re.compile(r"[^\s，。；、,.;:：「」（）()]{2,12}[:：](?!/)[ 　]*[^\s]")
"""A name with its value: it begins a line of its own below another such line, or below a whole sentence."""
_TABLE = re.compile(
    r"[|｜\t]|[^\s。.] {3,}\S|[^\s。]　{3,}\S|(?:[^,\n]{0,60},){4}[^\s]|[{};]\Z"
    r"|\A(?:def \w|#include|return\b.*;|[A-Za-z_][\w.]* = )|[=!]=|\w\([\w, ]*\)|=>|</"
)
"""What stands in a line of a table, of values or of a program."""
_TABLE_SIGN = re.compile("[|｜\t 　,;{}=(<]|\\Areturn")
"""What each of these has, looked for first."""
_WORD = re.compile(r"[!-~\u00c0-\u024f]+")
_NO_START = "，、。！？；：…）」』】》〉,.!?;:)"
_NO_END = "（「『【《〈("
_BLANK = " \t　\r"


class _Line(NamedTuple):
    """A line without white space around it, where it stands, the columns before it, and those up to its end."""

    start: int
    end: int
    indent: int
    width: int
    words: str
    is_text: bool
    """Whether it may be a part of a paragraph."""


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a text was wrapped."""

    width: int
    parted: bool
    """Whether blank lines or indents part its paragraphs, so that a sentence that ends with a line ends none."""


def join_wrapped_lines(text: str) -> str:
    """The text with the lines joined that were only wrapped; itself where nothing shows that it was wrapped."""
    return apply_edits(text, (), find_wraps(text))[0]


def find_wraps(text: str, start: int = 0, left: Sequence[Span] = ()) -> list[Edit]:
    """The line breaks to replace, with the white space around them, by nothing or a space, in order.

    Nothing before `start` and in what is to be `left` as it is, in order, is looked at.
    """
    breaks = text.count("\n", start)
    if not breaks or not NARROWEST / 5 <= (len(text) - start) / breaks <= WIDEST:
        return []
    samples = [*_samples(text, start)]
    if not _may_be_wrapped([line for first, last in samples for line in text[first:last].split("\n") if line]):
        return []
    wrapping = _judge([pair for stretch in samples for pair in _pairs(text, *stretch, left)])
    if wrapping is None:
        return []
    return [
        (above.end, below.start, _between(above.words, below.words))
        for above, below in _pairs(text, start, len(text), left)
        if _goes_on(above, below, wrapping)
    ]


def _samples(text: str, start: int) -> Iterator[Span]:
    """Whole lines of a text, evenly spread; all of a short one."""
    size = len(text) - start
    if size <= _SAMPLE * _SAMPLES:
        yield start, len(text)
        return
    for number in range(_SAMPLES):
        first = start + number * (size // _SAMPLES)
        first = first if first == start else text.find("\n", first) + 1
        last = text.rfind("\n", first, first + _SAMPLE)
        if 0 < first < last:
            yield first, last


def _may_be_wrapped(lines: Sequence[str]) -> bool:
    """Whether hardly any line is too long, and many are about as wide as the widest: a glance that costs little."""
    few = max(1, len(lines) // 50)
    if len(lines) <= few or sum(length > WIDEST for length in map(len, lines)) > few:
        return False
    widths = [*map(_columns, lines)]
    near = sorted(widths)[-1 - few] - _NEAR
    return sum(width >= near for width in widths) >= _FEWEST_NEAR * len(lines)


def _pairs(text: str, start: int, end: int, left: Sequence[Span]) -> Iterator[tuple[_Line, _Line]]:
    """Every line of a range with the one below it, where both hold anything."""
    above: _Line | None = None
    skipped = iter((*left, (end, end)))
    first, last = next(skipped)
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        while last <= start and first < end:
            first, last = next(skipped)
        line = _line(text, start, stop) if stop <= first else None
        if line and above and line.words and above.words:
            yield above, line
        above, start = line, stop + 1


def _line(text: str, start: int, end: int) -> _Line | None:
    """One line; None where it is longer than any that was wrapped."""
    if end - start > WIDEST + _LONGEST_WORD:
        return None
    raw = text[start:end]
    words = raw.strip(_BLANK)
    before = len(raw) - len(raw.lstrip(_BLANK))
    indent = _columns(raw[:before])
    is_text = words != "" and not (_TABLE_SIGN.search(words) and _TABLE.search(words))
    return _Line(start + before, start + before + len(words), indent, indent + _columns(words), words, is_text)


def _columns(words: str) -> int:
    """How many columns a text takes up; the encoding has two bytes for nearly all that takes up two."""
    return len(words) if words.isascii() else len(words.encode("gbk", "replace"))


def _judge(pairs: Sequence[tuple[_Line, _Line]]) -> _Wrapping | None:
    """How lines were wrapped; None where not enough of them show that they were."""
    open_pairs = [(a, b) for a, b in pairs if a.is_text and b.is_text and not _begins(a, b)]
    width = _likely_width(open_pairs)
    if width is None:
        return None
    full = [(a, b) for a, b in open_pairs if _is_full(a, b, width)]
    amid = [(a, b) for a, b in open_pairs if a.width >= NARROWEST / 2 and not _CLOSED.search(a.words)]
    fitting = sum(_is_full(a, b, width) for a, b in amid)
    if fitting < _FEWEST or fitting < _FITTING * len(amid):
        return None
    closed = sum(_CLOSED.search(a.words) is not None for a, _ in full)
    paused = sum(_PAUSE.search(a.words[:-1]) is not None or " " in a.words for a, _ in full)
    if closed > _MOST_CLOSED * len(full) or paused < _FEWEST_PAUSED * len(full):
        return None
    short = sum(not _is_full(a, b, width) for a, b in open_pairs)
    return _Wrapping(width, parted=short <= 0.1 * len(full))


def _likely_width(pairs: Sequence[tuple[_Line, _Line]]) -> int | None:
    """The width of most lines, which hardly any is wider than; None for one too narrow or wide."""
    counts = Counter(a.width for a, _ in pairs)
    left = max(1, counts.total() // 50)
    widest = sorted(counts, reverse=True)
    while len(widest) > 1 and counts[widest[0]] <= left and widest[0] > widest[1] + _LOOSE:  # a long address
        left -= counts[widest.pop(0)]
    if not widest or not NARROWEST <= widest[0] <= WIDEST:
        return None
    most = max((width for width in widest if width >= widest[0] - _LOOSE), key=lambda width: (counts[width], width))
    return most if counts[most] >= _COMMON * counts.total() else widest[0]


def _is_full(above: _Line, below: _Line, width: int) -> bool:
    """Whether a line has no room for the first word of the next, or would have ended with an opening bracket."""
    word = _WORD.match(below.words)
    if word:
        need = min(len(word[0]), _LONGEST_WORD) + (above.words[-1].isascii() and above.words[-1] not in "-/")
    else:
        need = _columns(below.words[:1])
        place = 1
        while below.words[place : place + 1] in _NO_START and place < len(below.words):
            need += _columns(below.words[place])
            place += 1
        if below.words[0] in _NO_END:
            need += 2
    return (
        width - above.width < need + (0 if above.words[-1:] not in _NO_START else 1) and above.width <= width + _LOOSE
    )


def _begins(above: _Line, below: _Line) -> bool:
    """Whether a line begins a paragraph of its own: it is marked, or indented, by more than the one above it."""
    if _START.match(below.words) or (below.words[0] in "《【" and below.words[-1] in "》】"):
        return True
    if _KEYED.match(below.words) and (_KEYED.match(above.words) or _CLOSED.search(above.words)):
        return True
    hanging = _START.match(above.words)
    if below.indent > above.indent:
        return not (hanging and below.indent <= above.indent + max(4, _columns(hanging[0]) + 2))
    return below.indent > 0 and below.indent == above.indent and _END.search(above.words) is not None


def _goes_on(above: _Line, below: _Line, wrapping: _Wrapping) -> bool:
    """Whether a line is one with that above it."""
    if not (above.is_text and below.is_text) or _begins(above, below) or not _is_full(above, below, wrapping.width):
        return False
    return wrapping.parted or not _END.search(above.words)


def _between(above: str, below: str) -> str:
    """What stands between two parts of a line that was wrapped: a space between words of letters."""
    latin = above[-1] < "\u2e80" and below[0] < "\u2e80" and not above.endswith("-")
    return " " if latin and not (above[-1] in "“‘" or below[0] in "”’…—") else ""
