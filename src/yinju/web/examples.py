"""The library's own headings → a few questions worth asking first, or next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from yinju.library import Library
from yinju.text import bigrams, convert, script_of, search_form
from yinju.types import Answer, Document

COUNT = 4
TRIED = 3
"""How many questions of a document are put to the library before one is chosen."""
DOCUMENTS = 24
"""How many documents are looked at."""
NEXT = 3
NEXT_TRIED = 8
"""How many questions are put to the library before it is seen whether `NEXT` are answered."""
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
    start: int
    """Where the text below its heading begins."""
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


def next_questions(library: Library, answer: Answer, asked: Sequence[str]) -> tuple[str, ...]:
    """Up to `NEXT` questions that the documents an answer cites answer as well, none of them asked; maybe none.

    Those of the headings that follow what is cited come first. They are in the script of the answer's question.
    """
    found: list[str] = []
    known, script = {search_form(question) for question in asked}, script_of(answer.question)
    for example in islice(_nearby(library, answer), NEXT_TRIED):
        question = convert(example.question, script) if script else example.question
        if search_form(question) not in known and _is_answered(library, example):
            found.append(question)
            known.add(search_form(question))
        if len(found) == NEXT:
            break
    return tuple(found)


def _nearby(library: Library, answer: Answer) -> Iterator[Example]:
    """The questions that the headings of cited documents make, the nearest first, those of cited sections left out."""
    for name in dict.fromkeys(citation.document for citation in answer.citations):
        document = library.document(name)
        if document is None:
            continue
        places = [citation.start for citation in answer.citations if citation.document == name]
        cited = {section.start for section in document.sections for p in places if section.start <= p < section.end}
        others = [e for e in candidates(document) if e.start not in cited and not _is_title(e, document)]
        yield from sorted(others, key=lambda e: (e.rank[0], e.start < places[0], abs(e.start - places[0])))


def _is_title(example: Example, document: Document) -> bool:
    """Whether it only asks what the whole document is."""
    return example.rank[0] == 2 and example.question.startswith(document.title)


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
                yield Example(question, document.name, section.start, (rank, subject.isdisjoint(bigrams(heading))))


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
