"""A question and the turns before it → the question that can be searched on its own.

Rules are tried in order, each over the words of the question (phrases.py) and what was said before; the first that
applies gives the question as it is searched. A question that names its own topic and points at nothing is left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from yinju.answering.followup.completing import DEFINES, supply_topic, swap_value
from yinju.answering.followup.phrases import lead_span
from yinju.answering.followup.pointing import compare, pick_point, point_back
from yinju.answering.followup.said import LONGEST, Meaning, Rule, Said, set_behind
from yinju.answering.followup.slots import join
from yinju.answering.followup.words import RARE, Phrase, rarity_of, read_phrase, telling_parts
from yinju.numerals import number_of
from yinju.segmentation import cut
from yinju.text import Script, convert, fold, has_content, script_of, without_courtesy

Turn = tuple[str, str]
"""(question, answer) of an earlier turn; the answer may be empty."""

MEMORY = 5
"""How many turns back a chain of follow-ups is read."""

CARRIED = 200
"""The most characters that earlier turns add to a question."""

READ = 2_000
"""How many characters of an answer are looked at."""


def resolve(question: str, history: Sequence[Turn]) -> str:
    """The question as it is to be searched; see `understand`."""
    return understand(question, history).question


def understand(question: str, history: Sequence[Turn]) -> Meaning:
    """What a question means: itself where nothing in it points back; 200 characters longer at most.

    What earlier turns add is in the script of the question.
    """
    said: Said | None = None
    script = script_of(question)
    for turn in history[-MEMORY:]:
        asked, answer = (_written(text[:READ], script) for text in turn)
        if has_content(asked):
            said = _remember(said, without_courtesy(asked), answer)
    return _understand(question, said)


def _written(text: str, script: Script | None) -> str:
    return convert(text, script) if script and script_of(text) not in (None, script) else text


def _understand(question: str, said: Said | None) -> Meaning:
    if not said or len(question) > LONGEST or not has_content(question):
        return Meaning(question)
    phrase = read_phrase(_without_then(without_courtesy(question)))
    for rule in RULES:
        if meaning := rule(phrase, said):
            return replace(meaning, question=_shorten(meaning.question, question, said))
    return Meaning(question)


def _without_then(question: str) -> str:
    """The question without a 那 that runs into its first word: 那家庭證呢 is about no 那家."""
    if question[:1] != "那" or not has_content(question[1:]):
        return question
    first = cut([fold(question[1:])])[0]
    return question[1:] if len(first) > 1 and fold(question[1:2]) in "个种些里边家款样样位" else question


def _shorten(found: str, question: str, said: Said) -> str:
    if len(found) <= len(question) + CARRIED:
        return found
    return f"{said.topic[: CARRIED - 1]} {question}" if said.topic else question


def _remember(said: Said | None, asked: str, answer: str) -> Said:
    meaning = _understand(asked, said)
    phrase = read_phrase(meaning.question[: LONGEST + CARRIED])
    if said and meaning.picked is not None:  # the list that was picked from can be picked from again
        return replace(said, question=meaning.question, phrase=phrase, before=said, picked=meaning.picked)
    points = tuple(find_points(answer, _asked_for(phrase.folded)))
    now = Said(meaning.question, phrase, said, "", points, "", None, meaning.swapped, meaning.kept)
    return replace(now, root=_root_of(said, asked, now), owner=phrase.text[slice(*lead_span(phrase))] or now.topic)


LONGEST_POINT = 60
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
    return [bare[:LONGEST_POINT] for point in points if (bare := _BARE.sub("", point.strip()))]


_COUNT = re.compile("(?:哪|这|那|的|分|成|有|讲|看|说)(?P<count>[二两三四五六七八九十])大?[个种类点条项步层件部阶]")


def _asked_for(folded: str) -> int | None:
    """How many points a question asks for: 5 for 哪五類."""
    found = _COUNT.search(folded)
    return number_of(found["count"]) if found else None


RARER = 1.5
"""How much rarer the topic of the talk is than what belongs to it, in weight."""
_SWITCHES = re.compile("\\s*(?:那|那么|换|至于)(?!边|里|个|种)")


def _root_of(said: Said | None, asked: str, now: Said) -> str:
    """What a question belongs to: its own topic, or the rarer one that the talk was about before."""
    kept = said.root if said else ""
    if kept and kept in now.question:
        return kept
    left = said is not None and now.swapped and kept in said.question
    if not kept or left or DEFINES.match(fold(now.question)) or _SWITCHES.match(fold(asked)):
        return now.topic
    return kept if rarity_of(now.topic) + RARER < rarity_of(kept) else now.topic


_EXAMPLE = re.compile("举?个?例子|举个例|举例|实例|案例|范例|^(?:那么|那)?(?:比如|例如)[说呢?]*$")
_SAY = "(?:说|讲|介绍|解释|谈|聊|描述|说明)"
_MORE = re.compile(
    "还有(?:呢|吗|其他|其它|别的|没有|更多|什么(?:呢|吗|[?]|$))|^(?:继续|接着|然后呢)"
    f"|(?:详细|具体|展开|仔细|深入|进一步|多|再|继续|简单|好好)(?:一?点|地|来)?{_SAY}|详细一?点|具体一?点|具体(?:来说|呢|[?]|$)"
    "|(?:解释|说明|介绍|补充|展开|说|讲)(?:一下|清楚|明白|详细|说|讲|来听)|换句话说|怎么(?:说|理解)(?:呢|[?]|$)|说人话"
)
_REQUESTS = re.compile("(?:能不能|可不可以|能否|可否|能|可以|请|再|麻烦|帮我|想)*(?:举|给|来个|看看)")


def elaborate(phrase: Phrase, said: Said) -> Meaning | None:
    """舉個例子, 詳細說說: the question before again; None where nothing more is asked of it."""
    example, more = _EXAMPLE.search(phrase.folded), _MORE.search(phrase.folded)
    if telling := telling_parts(phrase):
        own = DEFINES.match(phrase.folded) or any(rarity_of(phrase.of(part)) >= RARE for part in telling)
        own = own or bool(example and "noun" in {part.kind for part in telling if part.end <= example.start()})
        own = own and not (example and _REQUESTS.match(phrase.folded))
        further = example or (more and more.start() <= telling[0].start)
        return None if own or not further else Meaning(set_behind(said, phrase.text))
    if example:
        return Meaning(join(said.question.rstrip("？?。！! "), " ", phrase.text[example.start() : example.end()]))
    return Meaning(said.owned(said.question)) if more and "aspect" not in phrase.kinds() else None


RULES: Sequence[Rule] = (pick_point, compare, elaborate, point_back, swap_value, supply_topic)
"""What is tried, in order."""
