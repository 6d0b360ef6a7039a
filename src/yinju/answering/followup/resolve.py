"""A question and the turns before it → the question that can be searched on its own.

Rules are tried in order, each over the words of the question (phrases.py) and what was said before; the first that
applies gives the question as it is searched. A question that names its own topic and points at nothing is left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from yinju.answering.followup.missing import DEFINES, supply_topic
from yinju.answering.followup.phrases import lead_span
from yinju.answering.followup.pointing import compare, pick_point, point_back
from yinju.answering.followup.points import find_points
from yinju.answering.followup.said import LONGEST, Meaning, Rule, Said, set_behind
from yinju.answering.followup.slots import join
from yinju.answering.followup.swapping import swap_value
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
    """The question as it is to be searched, itself where nothing in it points back; 200 characters longer at most.

    What earlier turns add is in the script of the question.
    """
    said: Said | None = None
    script = script_of(question)
    for turn in history[-MEMORY:]:
        asked, answer = (_written(text[:READ], script) for text in turn)
        if has_content(asked):
            said = _remember(said, without_courtesy(asked), answer)
    return _understand(question, said).question


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
