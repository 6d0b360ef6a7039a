"""A reason → its sentence in one of three languages."""

from collections.abc import Iterable

from yinju.reasons import editing, reading
from yinju.reasons.reason import Fact, Reason

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
"""In the order in which every sentence stands in its table."""

_SENTENCES = reading.SENTENCES | editing.SENTENCES


def say(reason: Reason, language: str = "zh-Hant") -> str:
    """The sentence of a reason; its name alone where there is none, as in an index that a later Yinju made."""
    if reason.name not in _SENTENCES:
        return reason.name
    place = LANGUAGES.index(language)
    sentence = (reading.INSIDE[place] if "inside" in reason.facts else "") + _SENTENCES[reason.name][place]
    return sentence.format(**{name: _fact(name, fact, place) for name, fact in reason.facts.items()})


def say_all(reasons: Iterable[Reason], language: str = "zh-Hant") -> str:
    """The sentences of several reasons as one text; empty without any."""
    said = [say(reason, language) for reason in reasons]
    if language == "en":
        return " ".join(said)
    return "；".join(sentence.removesuffix("。") for sentence in said) + "。" if said else ""


def _fact(name: str, fact: Fact, place: int) -> str | int | float:
    """A fact as a sentence takes it: a kind of file by its name in the language, several words joined."""
    if name == "kind" and fact in reading.KINDS:
        return reading.KINDS[str(fact)][place]
    return fact if isinstance(fact, str | int | float) else (", " if LANGUAGES[place] == "en" else "、").join(fact)
