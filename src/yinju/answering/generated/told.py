"""A line of a language model → the verdict, what is missing, or what may be meant, where it tells one of these.

A model is asked to begin with one of three verdicts; what it says after that in the same line is a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yinju.text import content_tokens, fold, has_content, search_form, words
from yinju.types import Verdict

ANSWERED, NEAR, NOTHING = "有答案", "接近", "沒有答案"
"""What a model is told to begin with."""
MISSING, MEANT = "缺少：", "是指："
"""What it begins a last line with: names that the passages lack; questions that may be meant."""
MOST_TOLD = 5
"""Names and questions taken from one line."""
LONGEST_OPTION = 60

_VERDICTS = {
    "有答案": Verdict.ANSWERED, "接近": Verdict.NEAR, "没有答案": Verdict.NOTHING,
    "answered": Verdict.ANSWERED, "near": Verdict.NEAR, "nothing": Verdict.NOTHING,
}  # fmt: skip
_LABEL = "结论|判断|结果|verdict"
_LABELLED = re.compile(rf"^(?:{_LABEL})\s*:\s*")
_VERDICT = re.compile(
    rf"(?:(?:{_LABEL})\s*:\s*)?[「『【\[(\"'“*]*(?P<verdict>{'|'.join(_VERDICTS)})[」』】\])\"'”*]*"
    r"(?:\s*[:。.!]\s*(?P<rest>.*))?",
    re.DOTALL,
)
_MISSING = re.compile(r"(?:缺少|缺)\s*:\s*(?P<names>.*)")
_MEANT = re.compile(r"(?:[你您]?(?:是指|想问的是|要问的是))\s*:\s*(?P<questions>.*)")
_BEGINNINGS = (*_VERDICTS, *_LABEL.split("|"), "缺少:", "是指:")
SAID_BACK = 0.7
"""The share of a sentence's characters that the question holds, from which it may be the question in other words."""
_ASKING = re.compile("什么|多少|(?<![十百千好])几|哪|谁|怎么|怎样|如何|为何|何时|是否")
_ASKS = re.compile(rf".*(?:[?]|(?:[吗呢]|(?:{_ASKING.pattern}).{{0,3}})[。.!]?)[」』”\"')]*", re.DOTALL)
"""Both over folded text."""
_LOOP = re.compile(r"(?P<again>.{1,60}?)(?P=again){5,}", re.DOTALL)
LONGEST_REPEATED = 36
"""Characters of the same over and over that no text holds."""
_QUOTES = " 「」『』“”\"'*。.?？、"


@dataclass(frozen=True, slots=True)
class Told:
    """What a line tells beside sentences."""

    verdict: Verdict | None = None
    missing: tuple[str, ...] = ()
    """Names, which the question may hold or not."""
    options: tuple[str, ...] = ()
    """Questions, of whatever words."""
    rest: str = ""
    """The sentence that follows in the same line."""


def read_told(line: str) -> Told | None:
    """What a line tells; None where it is a sentence like any other."""
    folded = fold(line).strip()
    if found := _VERDICT.fullmatch(folded):
        rest = found["rest"] or ""
        return Told(_VERDICTS[found["verdict"]], rest=line.strip()[-len(rest) :] if rest else "")
    if found := _MISSING.fullmatch(folded):
        return Told(missing=tuple(_parts(line, "[、,，;；/／]")))
    if found := _MEANT.fullmatch(folded):
        return Told(options=tuple(f"{one}？" for one in _parts(line, "[/／;；?？]") if len(one) <= LONGEST_OPTION))
    return None


def may_tell(beginning: str) -> bool:
    """Whether the beginning of a line tells something already, or may with what comes."""
    folded = _LABELLED.sub("", fold(beginning).strip())
    return any(one.startswith(folded) for one in _BEGINNINGS) or read_told(beginning) is not None


def _parts(line: str, mark: str) -> list[str]:
    """What stands after the colon of a line, taken apart."""
    parts = (part.strip(_QUOTES) for part in re.split(mark, re.split("[:：]", line, maxsplit=1)[1]))
    return [part for part in dict.fromkeys(parts) if has_content(part)][:MOST_TOLD]


def asks(sentence: str, question: str) -> bool:
    """Whether a sentence asks, which answers nothing: as a question, or the question that is asked in other words."""
    folded, asked = fold(sentence).strip(), fold(question)
    said = [character for character in folded if has_content(character)]
    again = sum(character in asked for character in said) >= SAID_BACK * len(said)
    return _ASKS.fullmatch(folded) is not None or (again and _ASKING.search(folded) is not None)


def repeats(text: str) -> bool:
    """Whether a text says the same six times on end, as a model caught in a loop does: 10:55 10:55 10:55 …."""
    found = _LOOP.search(text) if len(text) >= LONGEST_REPEATED else None
    return found is not None and len(found.group()) >= LONGEST_REPEATED and has_content(found["again"])


def named_in(question: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names that a question holds: a model may well say that others are missing."""
    form = search_form(question)
    return tuple(name for name in names if search_form(name) in form)


def made_of(known: str, options: Sequence[str]) -> tuple[str, ...]:
    """Questions of which every word stands in a known text, a search form; empty where not two are left."""
    kept = tuple(option for option in options if all(is_known(word, known) for word in words(option)))
    return kept if len(kept) > 1 else ()


def is_known(word: str, known: str) -> bool:
    """Whether a word is empty of content, stands in a search form, or is made of words of two characters that do."""
    if not content_tokens(word) or word in known:
        return True
    return any(word[:cut] in known and is_known(word[cut:], known) for cut in range(2, len(word) - 1))
