"""那X呢, X也要嗎, 換成X → the question before with X where something of its kind stood, or with X added to it."""

import re

from yinju.answering.followup.lexicon import PEOPLE
from yinju.answering.followup.phrases import lead_span, topic_span
from yinju.answering.followup.said import Meaning, Said
from yinju.answering.followup.slots import class_of, join, put, slot_in_topic, swap
from yinju.answering.followup.words import ASKED, Phrase, read_phrase
from yinju.text import fold
from yinju.types import Span

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
