"""A follow-up that leaves out what was said before → the question before with another value, or its topic in front.

那X呢, X也要嗎, 換成X: with X where something of its kind stood, or added; 多少錢, 為什麼: behind what was spoken of.
"""

import re

from yinju.answering.followup.lexicon import FAMILIES, PEOPLE
from yinju.answering.followup.phrases import (
    WHAT_THEN,
    amount_of,
    asked_noun,
    lead_span,
    statement_of,
    stops,
    topic_span,
)
from yinju.answering.followup.said import Meaning, Said, set_behind, strip_particles
from yinju.answering.followup.slots import alike, class_of, join, put, slot_in_topic, swap
from yinju.answering.followup.words import ASKED, RARE, THINGS, Phrase, Word, read_phrase, telling_parts, weight_of
from yinju.text import fold
from yinju.types import Span

DEFINES = re.compile("^(?:那么|那)?(?:什么(?:是|叫)|何谓|啥是|所谓)")
_CONTINUES = re.compile("^(?:那么|那)?(?:为什么|怎么|都|也)*(?:又|再|还(?!有[,]))")
_WHY = re.compile(
    "^(?:那么|那|这是|是|但是?|可是)?(?:(?:为什么|为何|为啥|何以|怎么会)会?(?:这样|如此|呢|[?]|$)|.{0,3}(?:原因|理由))"
)
_WHETHER = re.compile(
    "^(?:那么|那)?(?:(?:可以|能|要|会|需要|有).*[吗么][?]?$|能不能|可不可以|要不要|会不会|需不需要|能否|可否)"
)
"""能用醋嗎, 能不能水洗 are asked of what was spoken of."""
_ADVERBIAL = frozenset(
    "怎么 如何 怎样 为什么 为何 什么时候 几时 是否 有没有 可不可以 能不能 会不会 要不要 该不该 是不是".split()
)
"""Question words that ask for no noun after them."""
_SAME = 0.6
"""Aspects that are so much alike do not stand side by side."""


def names_topic(phrase: Phrase) -> bool:
    """Whether a question says itself what it is about: a noun that begins it, or else a telling one."""
    if DEFINES.match(phrase.folded):
        return True
    asked = {word.end for word in phrase.words if word.kind == "asking" and word.folded not in _ADVERBIAL}
    nouns = [part for part in telling_parts(phrase) if part.kind == "noun" and part.start not in asked]
    nouns = [noun for noun in nouns if not any(noun.folded in family for family in FAMILIES)]  # 舊規定 alone
    if not nouns:
        acts = sum(word.kind == "act" for word in phrase.words)
        return acts > 1 or (acts == 1 and "role" in phrase.kinds() and "时候" in phrase.folded)
    first = nouns[0]
    before = [word for word in phrase.words if word.end <= first.start]
    clause = before[max((n + 1 for n, word in enumerate(before) if word.kind == "mark"), default=0) :]
    if not any(word.kind in ("asking", "verb") or stops(word) for word in clause):
        return True
    if _CONTINUES.match(phrase.folded) or (_WHETHER.match(phrase.folded) and len(first.folded) < 4):
        return False
    return len(first.folded) > 2 or first.folded.isascii() or weight_of(first.folded) >= RARE or len(nouns) > 1


def supply_topic(phrase: Phrase, said: Said) -> Meaning | None:
    """多少錢, 為什麼, 負責人是誰: behind what the question before was about; None where the question says it."""
    if names_topic(phrase) or phrase.kinds() <= {"little", "mark"}:
        return None
    if not said.lead:
        return Meaning(set_behind(said, phrase.text))
    if (said.topic and fold(said.topic) in phrase.folded) or _asks_for_another(phrase, said):
        return None
    asked = strip_particles(phrase)
    if _WHY.match(phrase.folded):
        return Meaning(join(said.owned(statement_of(said.phrase)), asked))
    lead = read_phrase(said.lead)
    if any(word.kind == "act" and word.folded in phrase.folded for word in lead.words):  # 怎麼預約 after 要先預約嗎
        lead = read_phrase(said.owned(said.phrase.text[slice(*lead_span(said.phrase))]) or said.lead)
    gone = [word for word in lead.words if _gives_way(word, phrase)]
    if gone and not any(word.kind in (*THINGS, "value") for word in lead.words if word not in gone):
        return None  # 月費可以退嗎 after 年費可以退嗎
    text = lead.text
    for word in reversed(gone):
        text = text[: word.start] + text[word.end :]
    found = join(text.strip("的 "), "" if gone else _object(phrase, said), asked, _tail(phrase, said.phrase))
    own = bool(telling_parts(phrase)) and not _CONTINUES.match(phrase.folded)
    return Meaning(found, kept="" if gone or _speaks_of_more(phrase) else said.lead, guessed=own)


_SHOPS = "店行坊铺屋馆"
"""What has a 店长, by the last character of its name."""


def _asks_for_another(phrase: Phrase, said: Said) -> bool:
    """Whether a question is for the head of another thing: 校長 after 陶藝課幾點上, but not 館長 after 總館."""
    spoken = fold(said.subject + said.lead)
    if not read_phrase(said.lead).kinds() & {*THINGS, "verb"}:
        return "role" in phrase.kinds()
    heads = [word.folded[-2] for word in phrase.words if word.kind == "role" and word.folded.endswith("长")]
    return any(head not in spoken and not (head == "店" and spoken[-1:] in _SHOPS) for head in heads)


def _speaks_of_more(phrase: Phrase) -> bool:
    """Whether what follows is about more than before: the case of 沒去拿會怎樣, the person of 負責人是誰."""
    case = any(word.kind == "asking" and word.folded in WHAT_THEN for word in phrase.words)
    return case or ("role" in phrase.kinds() and "谁" in phrase.folded)


def _gives_way(old: Word, asked: Phrase) -> bool:
    """Whether a word of what was said before is of the kind of one that is said now."""
    if class_of(old.folded):
        return any(alike(old.folded, word.folded) >= 1 for word in asked.words if word.kind not in ("asking", "mark"))
    aspects = [word.folded for word in asked.words if word.kind == old.kind == "aspect"]
    return any(alike(old.folded, aspect) >= _SAME for aspect in aspects)


_PAID = re.compile("[退交付缴还]")


def _object(phrase: Phrase, said: Said) -> str:
    """What the question before asked for, where this one does something with it: 押金 for 能退嗎 after 要交多少押金."""
    bare = phrase.kinds() <= {"asking", "little", "mark"} and "多少" in phrase.folded
    acts = not said.kept and "verb" in phrase.kinds() and not phrase.kinds() & ASKED
    noun = asked_noun(said.phrase) if acts or bare else ""
    if not noun and (bare or _PAID.search(phrase.folded)):
        noun = amount_of(said.phrase)
    return "" if noun in said.lead else noun


def _tail(phrase: Phrase, before: Phrase) -> str:
    """What the question before has behind the question word that this one ends in: 負責 for 後來換誰 after 是誰負責."""
    last = next((word for word in reversed(phrase.words) if word.kind not in ("mark", "little")), None)
    same = next((n for n, word in enumerate(before.words) if last and word.folded == last.folded), None)
    after = before.words[same + 1 :] if last and last.kind == "asking" and same is not None else ()
    return before.of(after[0]) if len(after) == 1 and after[0].kind in ("verb", "act") else ""


_SWAP = re.compile(
    "^(?:(?P<sure>(?:那么|那)?(?:如果|要是|假如)?(?:换成|换做|换到|改成|改为|换|改用)(?:是)?|至于)"
    "|(?P<when>(?:那么|那)?(?:如果|要是|假如|若|假设)(?:是|在|对)?|(?:那么|那)(?:在|对于?))|(?P<so>那么|那|而|还有))?\\s*"
    "(?P<value>.+?)(?P<aspect>方面)?(?:上|的话|这边|那边)?"
    "(?P<end>呢|的话|又如何|又怎样|又怎么样|(?P<how>怎么样|如何)|咧|哩|"
    "(?P<also>(?:是不是|是否)?也[^也]{0,6}?[吗么没]?|算在内吗?|包括在内吗?))?[\\s?!。.~,]*$"
)
_DEFINITION = re.compile("(?:什么|啥)(?:是|叫)_|_(?:又|到底)?(?:是?什么(?:意思)?|是啥|是[干做]什么的)[?]?")


def swap_value(phrase: Phrase, said: Said) -> Meaning | None:
    """那X呢 as the question it means; None where no X is named."""
    found = _SWAP.match(phrase.folded)
    leads = found and (found["sure"] or found["so"] or found["when"])
    if not found or not (leads or (found["end"] and not found["how"])):  # 客人反應如何 names no X
        return None
    text = phrase.text[slice(*found.span("value"))].strip()
    named = read_phrase(text.rstrip("的"))
    if named.kinds() & {"asking", "mark"} or not named.kinds() & {*ASKED, "value", "verb"}:
        return None
    if named.kinds() <= {"verb", "little"} and not (found["when"] or found["end"]):
        return None  # 那修好了
    modifies = named.text != text
    return _in_its_place(named.text, modifies, said, found) or Meaning(
        _added(named, modifies, said, found), swapped=named.text
    )


def _in_its_place(value: str, modifies: bool, said: Said, found: re.Match[str]) -> Meaning | None:
    """The last question that has something of the kind of a value, with the value instead."""
    for past in said.talk():
        swapped = None if found["aspect"] else swap(past.phrase, value, modifies, past.swapped)
        if swapped:
            return Meaning(swapped if past.root in past.question else past.owned(swapped), swapped=value)
        if not class_of(fold(value)):
            break
    return None


def _added(named: Phrase, modifies: bool, said: Said, found: re.Match[str]) -> str:
    """The last question with a value that has nothing of its kind there: an aspect, a condition, another thing."""
    value, last, question = named.text, named.words[-1], said.question
    topic, end = topic_span(said.phrase), lead_span(said.phrase)[1]
    if found["also"]:
        return join(value, _asked_with(re.search("可以|[能要会行]", found["also"]), said).question)
    if found["aspect"] or last.kind == "aspect" or (last.kind == "role" and last.folded not in PEOPLE):
        amount = re.search("多少.*$", said.phrase.folded)
        return join(said.lead, value, question[amount.start() :]) if amount else join(said.lead, "的", value)
    again = said.swapped and said.swapped in question and not class_of(fold(said.swapped))
    if again and not class_of(fold(value)):
        return question.replace(said.swapped, value, 1)
    if found["when"]:
        return said.owned(join(value, question))
    if topic and "noun" in named.kinds() and (place := _place_of_another(said.phrase, topic, value)):
        return put(said.phrase, place, value)
    if modifies and topic:
        return said.owned(put(said.phrase, (topic[0], topic[0]), f"{value}的"))
    return said.owned(join(question[:end], value, question[end:])) if end else join(value, question)


def _place_of_another(said: Phrase, topic: Span, value: str) -> Span | None:
    """Where another thing belongs: for the topic where that is all that is said, else for what is nearest in it."""
    around = f"{said.folded[: topic[0]]}_{said.folded[topic[1] :]}".strip()
    return topic if _DEFINITION.fullmatch(around) else slot_in_topic(said, value)


def _asked_with(modal: re.Match[str] | None, said: Said) -> Said:
    """The last that was asked with a modal verb, 學生也可以嗎; the last of all where none was."""
    return next((past for past in said.talk() if modal and modal[0] in past.phrase.folded), said)
