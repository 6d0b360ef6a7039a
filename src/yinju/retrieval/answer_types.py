"""What a question asks for, and whether sentences give it: a telephone number, a date, how heavy a thing is.

A type is given by what the question does not say itself: 「8 月 5 日之後要多少錢」 is not answered by 「8 月 5 日」.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from yinju.numerals import NUMERAL as _N
from yinju.retrieval.asked_types import NUMBER, SURNAMES, TYPES, UNIT, AskedType
from yinju.vocabulary import shipped_vocabulary

_COUNTED = re.compile(rf"(?:几|多少)(?P<unit>{UNIT})(?P<thing>[一-鿿]{{0,2}})")
_ALIKE_UNITS = ("位名人个", "次回遍趟", "天日", "种类款项个样", "间家所", "本册", "张份")
"""Units that count the same things."""
_LISTED = re.compile("分.{0,4}[几多]少?[步点种项类条样]|有.{0,4}几[步种项类条样]")
"""Asks how many points there are, which a list of them answers."""


RARE = 8.0
"""The weight in everyday speech from which two characters are more likely a name than a word."""


@lru_cache(maxsize=256)
def asked_types(form: str) -> tuple[AskedType, ...]:
    """The types that a question asks for, by its search form; none where it does not tell."""
    return tuple(one for one in TYPES if one.asks(form))


def giving_types(form: str) -> list[AskedType]:
    """Those of them that not every sentence gives."""
    return [one for one in asked_types(form) if one.gives]


@lru_cache(maxsize=256)
def _units_counted(form: str) -> tuple[str, str, str] | None:
    """What counts the thing that a question asks how many of: its unit, those alike as a pattern, and the thing."""
    asked = _COUNTED.search(form)
    if asked is None:
        return None
    units = {asked["unit"], *chain.from_iterable(alike for alike in _ALIKE_UNITS if asked["unit"] in alike)}
    return asked["unit"], "|".join(map(re.escape, sorted(units))), asked["thing"]


@lru_cache(maxsize=256)
def _counting(form: str) -> re.Pattern[str] | None:
    """What gives the count that a question asks for: 12 位 for 幾個人; None where it names no unit."""
    counted = _units_counted(form)
    if counted is None:
        return None
    unit, units, thing = counted
    named = rf"|{_N}\s?(?:{UNIT})?{re.escape(thing)}" if unit == "个" and len(thing) == 2 else ""
    several = "|、[^。;]*、|[一二三四五六七八九]是" if unit in "个种类款项样" else ""
    return re.compile(rf"{_N}+[0-9,.]*\s?(?:{units}){named}{several}")


@lru_cache(maxsize=256)
def asked_value(form: str) -> re.Pattern[str] | None:
    """What is a value of the type that a question asks for; None where it asks for none."""
    worded = (one for one in TYPES if one.value and one.words.search(form))
    named = (one for one in TYPES if one.value and one.nouns and one.nouns.search(form))
    kind = next(chain(worded, named), None)
    if kind and kind.name == "count" and (counted := _units_counted(form)):
        return re.compile(rf"{NUMBER} ?(?:{counted[1]})")
    return kind.value if kind else None


def _closed(form: str) -> str:
    """A text without spaces, which some put around numbers."""
    return "".join(form.split())


def given(kind: AskedType, sentence: str, question: str) -> Iterator[str]:
    """What of a type a sentence gives that the question does not say, both as search forms; a unit may be asked by."""
    gives, own = (_counting(question) if kind.name == "count" else None) or kind.gives, _closed(question)
    found = (match.group() for match in gives.finditer(sentence)) if gives else iter(())
    if kind.name in ("person", "name"):
        found = (one for one in found if not _is_word(one))
    return found if kind.unit else (one for one in found if _closed(one) not in own)


def _is_word(name: str) -> bool:
    """Whether what begins like a person's name is a word of the language: 方法, 高度."""
    return name[0] in SURNAMES and shipped_vocabulary().asked_weight(name[:2]) < RARE


def gives_type(sentence: str, question: str) -> bool:
    """Whether a sentence gives something of a type that the question asks for; true where any may."""
    types = giving_types(question)
    return not types or any(next(given(one, sentence, question), None) is not None for one in types)


def lacks_dimension(sentences: str, question: str) -> bool:
    """Whether a question asks how heavy, long, warm or large a thing is and sentences have no unit of that."""
    asked = [one.gives for one in asked_types(question) if one.unit and one.gives]
    return bool(asked) and not any(gives.search(sentences) for gives in asked)


def lacks_type(sentences: str, question: str) -> bool:
    """Whether a question asks for a type that must be given and sentences give none of it; both as search forms."""
    if lacks_dimension(sentences, question):
        return True
    strict = [kind for kind in asked_types(question) if kind.strict]
    if _LISTED.search(question):
        strict = [kind for kind in strict if kind.name != "count"]
    return bool(strict) and not any(next(given(kind, sentences, question), None) for kind in strict)
