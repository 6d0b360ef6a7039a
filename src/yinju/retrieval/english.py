"""An English question about Chinese documents → the Chinese question that is searched in its place.

english.txt has the everyday words that people ask with and what documents may say for each. Of several Chinese words
the one counts that the collection has, best together with its neighbour: adult ticket is 成人票 where that stands.
Names, codes and figures stay as they are.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from yinju.folding import HAN, fold
from yinju.store.protocol import Keywords, Snapshot

Stands = Callable[[str], bool]
"""Whether a Chinese word or pair of characters, or a word in letters, stands in the collection."""

LONGEST = 4
"""Words of a phrase of english.txt."""
BEST = 12
"""How many passages that hold what may be meant tell what is."""

SINGLE = 0.7
"""How much a word of one character counts, which may be a part of others."""

_TOKEN = re.compile(r"[a-z0-9]+(?:[-.'/:][a-z0-9]+)*")
_COUNTS = re.compile("[a-z0-9一二三四五六七八九十百千]")
_HAN = re.compile(f"[{HAN}]")
_SAYS_NOTHING = frozenset(
    """
    a an the this that these those it its it's i i'm i'd i've me my mine you your we us our they them their he
    his she her is are was were be been being am do does did done doing have has had having will would shall
    should can could may might of to in on at for from with by about into onto as than then so and or but if
    not no any some each what what's when where who whom whose which why how there here just also too very
    really please tell know want like get gets got getting let lets up out off down upon between during
    through within per both either neither one ones thing things much many long far big large old soon ever
    never since until till after while such own other's someone's would've could've don't doesn't didn't can't
    cannot isn't aren't won't hi hello hey thanks thank ok okay exactly actually basically regarding
    concerning according need needs needed
    """.split()
)
_ASKS = [
    (r"how much (?:time|longer)|how long", "多久"),
    (r"how much (?:is|are|was|does|do|did|will|would|should|to|for)\b|how much$|\bcosts?\b", "多少钱"),
    (r"what(?:'s| is| are| does| do) .*\b(?:cost|price|fee|fare)", "多少钱"),
    (r"what(?:'s| is| are) .*\b(?:number|phone|percentage|ratio|temperature|weight|size|score|limit|maximum|total)",
     "是多少"),
    (r"how many days", "几天"), (r"how many (?:hours|minutes)", "多久"), (r"how many times", "几次"),
    (r"how many (?:people|persons|guests)", "多少人"), (r"how (?:many|much)|what number of", "多少"),
    (r"how often|how frequently", "多久一次"), (r"how far", "多远"), (r"how old", "几岁"),
    (r"how (?:big|large)", "多大"), (r"how (?:late|early)|(?:what|which) time|what hour", "几点"),
    (r"\bwhen\b|what date|(?:what|which) day|what (?:month|year)", "什么时候"),
    (r"\bwhere\b|what place", "在哪里"), (r"\bwho(?:m|se|'s)?\b", "谁"),
    (r"\bwhy\b|how come|what(?:'s| is) the reason", "为什么"),
    (r"what (?:if|happens|should i do)|what do i do", "怎么办"), (r"\bhow\b", "怎么"), (r"\bwhich\b", "哪个"),
    (r"^(?:can|could|may|am i allowed|are we allowed|is it (?:ok|okay|allowed|possible))\b", "可以吗"),
    (r"^(?:is there|are there|do you have|does it have)\b", "有吗"),
    (r"^(?:do|does|must|should) (?:i|we|you|one)\b", "要吗"), (r"\bwhat(?:'s)?\b", "是什么"),
]  # fmt: skip
"""How something is asked for in English, and in Chinese; what stands first in the question, then here, counts."""
_HOW = re.compile(
    r"\bhow (?:much|many(?: days| hours| minutes| times| people)?|long|often|far|old|big|large|late|early)\b"
    r"|\b(?:what|which|at what) (?:time|date|day|hour)\b|\bkeeps?(?= \w+ing\b)"
)
"""What says nothing more than what is asked for."""
_COSTS = frozenset(("cost", "costs", "price"))
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS if month != "may") + "|may"
_DATE = re.compile(
    rf"\b(?P<month>{_MONTH})\.? (?P<after>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|\b(?P<before>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<named>{_MONTH})\b"
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_ENDINGS = (
    ("'s", ""),
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
)


@dataclass(frozen=True, slots=True)
class English:
    """What an English question says, in Chinese."""

    words: tuple[str, ...]
    """In the order of the English ones: Chinese words, and names, codes and figures as they are; folded."""
    asked: str
    """What is asked for: 多少钱, 什么时候; empty where that does not tell."""
    unknown: tuple[str, ...]
    """The English words that say something and that nothing is known for."""

    @property
    def chinese(self) -> str:
        """The question as it is searched."""
        return " ".join(filter(None, (*self.words, self.asked)))


def is_english(question: str) -> bool:
    """Whether a question is in English: no Han character, and a word that only English has."""
    folded = fold(question)
    tokens = _TOKEN.findall(folded)
    return not _HAN.search(folded) and any(
        token in _SAYS_NOTHING or _known(token) for token in tokens if token.isalpha()
    )


def in_chinese(question: str, generation: Snapshot) -> English:
    """An English question in the Chinese words that a collection has."""
    keywords = generation.keywords
    asked, choices, unknown = _read(question, lambda word: keywords.document_frequency(word) > 0)
    standing = [tuple(filter(keywords.document_frequency, words)) or words[:1] for words in choices]
    return English(tuple(_chosen(standing, keywords)), asked, unknown)


def _read(question: str, stands: Stands) -> tuple[str, list[tuple[str, ...]], tuple[str, ...]]:
    """What is asked for in Chinese, the words that may be meant by each word of the rest, and what is not known."""
    folded = _ORDINAL.sub(r"\1日", _DATE.sub(_day, fold(question)))
    asking = [(found.start(), n) for n, (pattern, _) in enumerate(_ASKS) if (found := re.search(pattern, folded))]
    asked = _ASKS[min(asking)[1]][1] if asking else ""
    rest = _HOW.sub(" ", folded)
    choices, unknown = list[tuple[str, ...]](), []
    for phrase, words in _phrases(re.findall(rf"(?:\d+月)?\d+日|{_TOKEN.pattern}", rest)):
        if asked == "多少钱" and phrase in _COSTS:
            continue
        if words:
            kept = (phrase,) if " " not in phrase and len(phrase) > 2 and stands(phrase) else ()
            choices.append((*words, *kept))
        elif any(map(str.isdigit, phrase)) or stands(phrase):
            choices.append((phrase,))
        else:
            unknown.append(phrase)
    return asked, choices, tuple(unknown)


def _phrases(tokens: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The phrases and words of a question that say something, longest first, each with its Chinese words, if known."""
    place = 0
    while place < len(tokens):
        for length in range(min(LONGEST, len(tokens) - place), 0, -1):
            words = _known("_".join(tokens[place : place + length]))
            if words or length == 1:
                break
        if words or tokens[place] not in _SAYS_NOTHING:
            yield " ".join(tokens[place : place + length]), words
        place += length


def _known(phrase: str) -> tuple[str, ...]:
    """The Chinese words for an English one, in whatever form it is."""
    glossary = _glossary()
    if phrase in glossary:
        return glossary[phrase]
    forms = (
        phrase.removesuffix(end) + base for end, base in _ENDINGS if phrase.endswith(end) and len(phrase) > len(end) + 2
    )
    return next((glossary[form] for form in forms if form in glossary), ())


@cache
def _glossary() -> dict[str, tuple[str, ...]]:
    """English words and phrases, with _ between words → Chinese words."""
    lines = fold((files("yinju") / "english.txt").read_text("utf-8")).splitlines()
    entries = (line.split() for line in lines if not line.startswith("#"))
    return {english: tuple(chinese) for names, *chinese in entries for english in names.split("/")}


def _day(match: re.Match[str]) -> str:
    """November 8 and 8th of November as 11月8日."""
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith((match["month"] or match["named"])[:3]))
    return f"{month}月{match['after'] or match['before']}日"


def _chosen(choices: Sequence[tuple[str, ...]], keywords: Keywords) -> Iterator[str]:
    """One Chinese word of each choice: joined with its neighbour's where they stand so, or as the best passages say."""
    best = [number for number, _ in keywords.search("words", [w for words in choices for w in words], BEST)]
    place = 0
    while place < len(choices):
        pair = _together(*choices[place : place + 2], keywords=keywords) if place + 1 < len(choices) else ""
        yield pair or max(choices[place], key=lambda word: _standing(word, best, keywords))
        place += 2 if pair else 1


def _standing(word: str, best: Sequence[int], keywords: Keywords) -> float:
    """How many of some passages say a word, the first of them counting most."""
    held = [keywords.scores(field, [word], best) for field in ("words", "bigrams")]
    found = sum(1 / (1 + rank) for rank, number in enumerate(best) if any(number in numbers for numbers in held))
    return found * (1.0 if len(word) > 1 else SINGLE)


def _together(first: Sequence[str], second: Sequence[str], *, keywords: Keywords) -> str:
    """Two words, one of them a single character, as the one word that the collection says most: 成人 and 票."""
    pairs = ((one, other) for one in first for other in second if 1 in (len(one), len(other)))
    joined = [word for one, other in pairs for word in (one + other, other + one) if not _COUNTS.search(word)]

    def said(word: str) -> int:
        return min(keywords.frequency_in("bigrams", word[at : at + 2]) for at in range(len(word) - 1))

    most = max(joined, key=said, default="")
    return most if most and said(most) else ""
