"""A reason → its sentence in one of three languages."""

from collections.abc import Iterable

from yinju.reasons import calls, editing, index, libraries, llm, models, operations, pictures, reading, settings, users
from yinju.reasons.reason import Fact, Reason
from yinju.reasons.system import CAUSES

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
"""In the order in which every sentence stands in its table."""

ROOMS = (calls, editing, index, libraries, llm, models, operations, pictures, reading, settings, users)
"""The modules that hold the sentences; no name is in two of them."""
SENTENCES: dict[str, tuple[str, str, str]] = {name: said for room in ROOMS for name, said in room.SENTENCES.items()}

_WORDS = {"kind": reading.KINDS, "why": CAUSES}
"""Facts that are themselves words of a table."""


def say(reason: Reason, language: str = "zh-Hant") -> str:
    """The sentence of a reason; its name alone where there is none, as in an index that a later Yinju made."""
    if reason.name not in SENTENCES:
        return reason.name
    place = LANGUAGES.index(language)
    sentence = (reading.INSIDE[place] if "inside" in reason.facts else "") + SENTENCES[reason.name][place]
    return sentence.format(**{name: _fact(name, fact, language) for name, fact in reason.facts.items()})


def say_all(reasons: Iterable[Reason], language: str = "zh-Hant") -> str:
    """The sentences of several reasons as one text; empty without any."""
    said = [say(reason, language) for reason in reasons]
    if language == "en":
        return " ".join(said)
    return "；".join(sentence.removesuffix("。") for sentence in said) + "。" if said else ""


def _fact(name: str, fact: Fact, language: str) -> str | int | float:
    """A fact as a sentence takes it: known words in the language, reasons said, several joined."""
    if isinstance(fact, Reason):
        return say(fact, language)
    if isinstance(fact, str):
        known = _WORDS.get(name, {}).get(fact)
        return known[LANGUAGES.index(language)] if known else fact
    if isinstance(fact, int | float):
        return fact
    joined = (say(one, language) if isinstance(one, Reason) else one for one in fact)
    return (", " if language == "en" else "、").join(joined)
