"""The library's own headings → a few questions worth asking first, each of another document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from yinju.library import Library
from yinju.text import bigrams, convert, script_of
from yinju.types import Document

COUNT = 4
TRIED = 3
"""How many questions of a document are put to the library before one is chosen."""
DOCUMENTS = 24
"""How many documents are looked at."""
SHORTEST, LONGEST = 5, 22
"""The length of a question, in characters."""

_NUMBER = re.compile(
    r"^\s*(?:第[〇一二三四五六七八九十百\d]+[章節节回部篇條条]|[（(]?[一二三四五六七八九十]{1,3}[、）).．]"
    r"|\d+(?:[.．]\d+)*(?:[.．、)）]|(?=\s))|[問问][:：]|Q\d*[:：.])\s*"
)
_ASKS = re.compile("[什甚]麼|什么|怎|如何|哪|[為为]何|幾|几|多少|是否|[嗎吗誰谁]|是不是|要不要|能不能|會不會|会不会")
_POINTS = re.compile("[他她它這这那此]|[兩两]者")


@dataclass(frozen=True, slots=True)
class Example:
    """A question that could be asked first."""

    question: str
    document: str
    rank: tuple[int, bool]
    """How little it is like a question of its own: 0 for a heading that is one, 1 for one that asks, 2 for a heading
    made into one; and whether it shares no word with its document's title, so that it may not be clear by itself."""


def example_questions(library: Library, language: str) -> list[str]:
    """Up to `COUNT` questions the library answers from the document they were taken from; maybe none."""
    choices = [sorted(candidates(d), key=lambda e: e.rank)[:TRIED] for d in library.documents()[:DOCUMENTS]]
    found: list[str] = []
    for examples in sorted(filter(None, choices), key=lambda examples: examples[0].rank):
        if len(found) == COUNT:
            break
        found.extend(islice((example.question for example in examples if _is_answered(library, example)), 1))
    return [_in_script(question, language) for question in found]


def _is_answered(library: Library, example: Example) -> bool:
    answer = next(library.ask_steps(example.question))  # before any language model is asked
    return not answer.refused and answer.citations[0].document == example.document


def candidates(document: Document) -> Iterator[Example]:
    """The questions a document's headings make, in reading order."""
    seen, subject = set(), set(bigrams(document.title))
    for section in document.sections:
        heading = _NUMBER.sub("", section.headings[-1]).strip() if section.headings else ""
        if heading and heading not in seen and not _POINTS.search(heading):
            seen.add(heading)
            question, rank = _as_question(heading)
            if SHORTEST <= len(question) <= LONGEST:
                yield Example(question, document.name, (rank, subject.isdisjoint(bigrams(heading))))


def _as_question(heading: str) -> tuple[str, int]:
    """A heading as a question, and how little it was one: 0, 1 or 2."""
    if heading.endswith(("？", "?")):
        return heading, 0
    if _ASKS.search(heading):
        return f"{heading}？", 1
    return f"{heading}是{'什么' if script_of(heading) == 'hans' else '什麼'}？", 2


def _in_script(question: str, language: str) -> str:
    if language == "zh-Hans":
        return convert(question, "hans")
    return convert(question, "hant") if language == "zh-Hant" else question
