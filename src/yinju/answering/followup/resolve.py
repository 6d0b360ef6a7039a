"""A question and the turns before it → the question that can be searched on its own.

Rules are tried in order, each over the parts of the question (phrases.py) and what was said before; the first that
applies gives the question as it is searched. A question that names its own topic and points at nothing is left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from yinju.answering.followup.phrases import (
    RARE,
    Phrase,
    members_of,
    rarity_of,
    read_phrase,
    stem_of,
    telling_parts,
    topic_of,
    weight_of,
)
from yinju.answering.followup.pointing import compare, pick_point, point_back
from yinju.answering.followup.points import find_points
from yinju.answering.followup.said import LONGEST, Meaning, Rule, Said, set_behind, strip_particles
from yinju.answering.followup.topics import join, replace_topic
from yinju.numerals import number_of
from yinju.text import convert, fold, has_content, script_of

Turn = tuple[str, str]
"""(question, answer) of an earlier turn."""

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
    for asked, answer in history[-MEMORY:]:
        if has_content(asked) and not _is_courtesy(asked):
            said = _remember(said, asked[:READ], answer[:READ])
    return _understand(question, said).question


_COURTESY = re.compile(
    r"(?>[\s,.!?~。、…]|好的|好吧|您好|你好|好|谢|感谢|多谢|明白|知道|了解|收到|懂|没问题|没事|okay|ok|[嗯哦喔哈啊呀啦]|不用"
    "|再见|拜拜|早安|午安|晚安|辛苦|太好|太棒|真棒|很有帮助|有帮助|厉害|原来如此|原来是这样|对的|对|是的|thanks"
    "|thank you|hi|hello|bye|您|你们|你|大家|各位|我|了|很|非常|十分|先|这样)+"
)
"""Folded; each alternative is taken once and for all, so that no text takes long."""


def _is_courtesy(question: str) -> bool:
    return len(question) <= LONGEST and _COURTESY.fullmatch(fold(question)) is not None


def _understand(question: str, said: Said | None) -> Meaning:
    if not said or len(question) > LONGEST or not has_content(question) or _is_courtesy(question):
        return Meaning(question)
    phrase, before = read_phrase(question.strip()), _in_script(said, question)
    for rule in RULES:
        if meaning := rule(phrase, before):
            return replace(meaning, question=_shorten(meaning.question, question, before))
    return Meaning(question)


def _shorten(found: str, question: str, said: Said) -> str:
    if len(found) <= len(question) + CARRIED:
        return found
    return f"{said.topic[: CARRIED - 1]} {question}" if said.topic else question


def _remember(said: Said | None, asked: str, answer: str) -> Said:
    meaning = _understand(asked, said)
    phrase = read_phrase(meaning.question[: LONGEST + CARRIED])
    if said and meaning.picked is not None:  # the list that was picked from can be picked from again
        return replace(said, question=meaning.question, phrase=phrase, answer=answer, picked=meaning.picked)
    topic, before = topic_of(phrase), said.topic if said else ""
    earlier = before if said and before != topic else said.earlier if said else ""
    root = _root_of(said, asked, meaning.question, topic)
    return Said(
        meaning.question,
        phrase,
        answer,
        earlier,
        root,
        tuple(find_points(answer, _asked_for(phrase.folded))),
        topic,
        None,
    )


_COUNT = re.compile("(?:哪|这|那|的|分|成|有|讲|看|说)(?P<count>[二两三四五六七八九十])大?[个种类点条项步层件部阶]")


def _asked_for(folded: str) -> int | None:
    """How many points a question asks for: 5 for 哪五類."""
    found = _COUNT.search(folded)
    return number_of(found["count"]) if found else None


RARER = 1.5
"""How much rarer the topic of the talk is than what belongs to it, in weight."""


_SWITCHES = re.compile("\\s*(?:那|那么|换|至于)(?!边|里|个|种)")


def _root_of(said: Said | None, asked: str, question: str, topic: str) -> str:
    """What a question belongs to: its own topic, or the rarer one that the talk was about before."""
    kept = said.root if said else ""
    if kept and kept in question:
        return kept
    if not kept or _DEFINES.match(fold(question)) or _SWITCHES.match(fold(asked)):
        return topic
    return kept if rarity_of(topic) + RARER < rarity_of(kept) else topic


def _in_script(said: Said, question: str) -> Said:
    """What was said, in the script of a question."""
    script = script_of(question)
    if not script or script_of(said.question + said.answer + said.owner + said.earlier) in (None, script):
        return said
    own = convert(said.question, script)
    return Said(
        own, read_phrase(own[: LONGEST + CARRIED]), convert(said.answer, script), convert(said.earlier, script),
        convert(said.root, script),
        tuple(convert(point, script) for point in said.points), convert(said.owner, script), said.picked,
    )  # fmt: skip


_EXAMPLE = re.compile("举?个?例子|举个例|举例|实例|案例|范例|^(?:那么|那)?(?:比如|例如)[说呢?]*$")
_SAY = "(?:说|讲|介绍|解释|谈|聊|描述|说明)"
_MORE = re.compile(
    "还有(?:呢|吗|其他|其它|别的|没有|更多|什么(?:呢|吗|[?]|$))|^(?:继续|接着|然后呢)"
    f"|(?:详细|具体|展开|仔细|深入|进一步|多|再|继续|简单|好好)(?:一?点|地|来)?{_SAY}|详细一?点|具体一?点|具体(?:来说|呢|[?]|$)"
    "|(?:解释|说明|介绍|补充|展开|说|讲)(?:一下|清楚|明白|详细|说|讲|来听)|换句话说|怎么(?:说|理解)(?:呢|[?]|$)|说人话"
)
_REQUESTS = re.compile("(?:能不能|可不可以|能否|可否|能|可以|请|再|麻烦|帮我|想)*(?:举|给|来个|看看)")


def _elaborate(phrase: Phrase, said: Said) -> Meaning | None:
    example, more = _EXAMPLE.search(phrase.folded), _MORE.search(phrase.folded)
    if telling := telling_parts(phrase):
        own = _DEFINES.match(phrase.folded) or any(rarity_of(phrase.of(part)) >= RARE for part in telling)
        own = own and not (example and _REQUESTS.match(phrase.folded))
        further = example or (more and more.start() <= telling[0].start)
        return None if own or not further else Meaning(set_behind(said, phrase.text))
    if example:
        return Meaning(join(said.question.rstrip("？?。！! "), " ", phrase.text[example.start() : example.end()]))
    return Meaning(said.question) if more and "aspect" not in phrase.kinds() else None


_SWAP = re.compile(
    "^(?:(?P<sure>(?:那么|那)?(?:如果|要是|假如)?(?:换成|换做|换到|改成|改为|换|改用)(?:是)?|至于)"
    "|(?P<when>(?:那么|那)?(?:如果|要是|假如|若|假设)(?:是|在|对)?|(?:那么|那)(?:在|对于?))|(?P<so>(?:那么|那|而|还有)))?\\s*"
    "(?P<topic>.+?)(?P<aspect>方面)?(?:上|的话|这边|那边)?"
    "(?P<end>呢|的话|又如何|又怎样|又怎么样|怎么样|如何|咧|哩|"
    "(?:是不是|是否)?也(?:是|会|要|能|可以|有)?(?:一样|这样|如此|这么)?做?[吗么]?)?[\\s?!。.~,]*$"
)


def _swap_topic(phrase: Phrase, said: Said) -> Meaning | None:
    found = _SWAP.match(phrase.folded)
    if not found or not (found["end"] or found["sure"] or found["so"] or found["when"]):
        return None
    text = phrase.text[found.start("topic") : found.end("topic")]
    named = read_phrase(text.rstrip("的"))
    kinds = named.kinds()
    if "asking" in kinds or "mark" in kinds or not kinds & {"content", "aspect", "measure"}:
        return None
    if "content" in kinds and "aspect" in kinds and not members_of(named):
        return None if telling_parts(named) else Meaning(join(said.subject, "的", named.text))
    swapped = replace_topic(said.phrase, named.text, condition=bool(found["when"]), aspect=bool(found["aspect"]))
    belongs = rarity_of(named.text) + RARER < rarity_of(said.root) and said.root not in said.question
    return Meaning(said.owned(swapped) if belongs else swapped)


_DEFINES = re.compile("^(?:那么|那)?(?:什么(?:是|叫)|何谓|啥是|所谓)")
_WHY = re.compile("^(?:那么|那|这是|是|但是?|可是)?(?:为什么|为何|为啥|何以|怎么会)会?(?:这样|如此|呢|[?]|$)|原因|理由")


def _supply_topic(phrase: Phrase, said: Said) -> Meaning | None:
    if _names_topic(phrase) or phrase.kinds() <= {"little", "mark"}:
        return None
    if not said.subject:
        return Meaning(set_behind(said, phrase.text))
    stem = stem_of(said.phrase, with_aspect=_WHY.search(phrase.folded) is not None)
    return Meaning(join(said.owned(stem), strip_particles(phrase)))


_POLITE = re.compile("(?:那么?|我|请|想)*(?:请?问|请教|知道)(?:一?下)?|告诉我")
_COUNTS = re.compile("(?:多少|哪)[家种类款间]")
"""What asks which or how many of a kind there are: 還有多少家門市 is about the shops."""

_PREDICATES = frozenset("有 没有 没 要 还要 还有 能 会 可以 应该 是 得 被 给 在".split())
"""Little words that a predicate begins with; what follows them is no subject."""


def _names_topic(phrase: Phrase) -> bool:
    """Whether a question says itself what it is about."""
    if _DEFINES.match(phrase.folded):
        return True
    telling = telling_parts(phrase)
    if len(telling) != 1 or len(phrase.of(telling[0])) > 2 or phrase.of(telling[0]).isascii():
        return bool(telling)
    opening = _POLITE.match(phrase.folded)
    asked_from = opening.end() if opening else 0
    before = [p for p in phrase.parts if asked_from < p.end <= telling[0].start]
    if before and _COUNTS.fullmatch(fold(phrase.of(before[-1]))):
        return True
    leading = any(p.kind in ("asking", "verb") or fold(phrase.of(p)) in _PREDICATES for p in before)
    return not leading or weight_of(phrase.of(telling[0])) >= RARE


RULES: Sequence[Rule] = (pick_point, compare, _elaborate, point_back, _swap_topic, _supply_topic)
"""What is tried, in order."""
