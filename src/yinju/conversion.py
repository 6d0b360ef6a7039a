"""A text → the same text in the other script, what things are counted by kept apart from what is counted.

OpenCC takes the longest phrase that it knows, and so reads 3台风机 as a typhoon and 两家具备 as furniture. A counter
after a number is written by itself where what follows begins with a word of its own: 风机, 具备. 两家具 stay furniture.
"""

import re

from yinju.folding import HAN, Script, convert_characters, fold
from yinju.segmentation import cut, tag_of

_NUMERALS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两余")
_NUMERAL = "".join(sorted(_NUMERALS))
_COUNTED = re.compile(rf"(?P<number>[{_NUMERAL}几数多每各这那该某整]) ?(?P<counter>[个天台家面只里周出斗])")
_RUN = re.compile(rf"[{HAN}]{{0,4}}")
"""What of the text behind a counter is looked at."""
_YEAR = re.compile("(?:19|20)[0-9]{2} ?$")
"""A number that counts nothing: 2024台风."""
_PLAY = re.compile("[京越粤川昆好大新老]?[戏剧]")
_INSIDE = frozenset("面头边的有没是都写")
_SINCE = frozenset("内后前")
_AROUND = frozenset("边围长遭")
_FIGHTING = frozenset("争志殴嘴胆")
_OF_MANY = re.compile(rf"(?:\d|[第每] ?[{_NUMERAL}]|[{_NUMERAL}]{{2}}) ?$")
"""A number before 周 that makes it a week; 四周 may be all around."""
_NAMED = re.compile(rf"(?:[表图页栏层章节条项款组格册卷年月天日]|第) ?[{_NUMERAL}]+ ?$")
"""A number that names its thing, so that 里 after it says inside: 表 2 里."""


def convert(text: str, script: Script) -> str:
    """The text written in a script; the same characters where nothing differs."""
    if script == "hans":
        return convert_characters(text, script)
    parts, done = [], 0
    for match in _COUNTED.finditer(text):
        start, end = match.span("counter")
        before, after = text[max(0, start - 6) : start], _RUN.match(text, end)
        written = _written(match["number"], match["counter"], before, fold(after.group() if after else ""))
        if written:
            parts += [convert_characters(text[done:start], script), written]
            done = end
    return "".join([*parts, convert_characters(text[done:], script)])


def _written(number: str, counter: str, before: str, after: str) -> str | None:
    """A counter in Traditional; None where it is none, or where OpenCC sees by itself what it is."""
    counts, word = number in _NUMERALS, cut([after])[0] if after else ""
    if counter in "个天" or (counter in "台家" and len(word) > 1 and not _YEAR.search(before)):
        return convert_characters(counter, "hant")
    if counter == "面" and counts and len(word) > 1:
        return "面"
    if counter == "只" and number.isdecimal() and tag_of(word)[:1] in ("", "n", "a"):  # not as in 3只支持, only
        return "隻"
    if counter == "里" and counts and after[:1] not in _INSIDE and not _NAMED.search(before):
        return "里"
    if counter == "周" and counts and (after[:1] in _SINCE or (_OF_MANY.search(before) and after[:1] not in _AROUND)):
        return "週"
    if counter == "出" and counts and _PLAY.match(after):
        return "齣"
    return "斗" if counter == "斗" and counts and word[:1] not in _FIGHTING else None
