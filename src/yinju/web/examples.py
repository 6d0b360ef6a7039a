"""What documents are about → a few questions worth asking first, or next, which they answer. Nothing is searched."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from yinju.folding import Script, fold
from yinju.library import Library
from yinju.text import bigrams, convert, script_of, search_form
from yinju.types import Answer, Block, Passage
from yinju.web.outline import Example, outline_questions
from yinju.web.outline_cells import cell_questions

COUNT = 4
DOCUMENTS = 24
"""How many documents are looked at for questions to ask first."""
NEXT = 3
SHORTEST, LONGEST = 5, 24
"""The length of a question, in characters."""
MOST_PASSAGES = 2_000
"""Of a longer document only the headings are looked at."""

_POINTS = re.compile("[他她它这那此其]|两者|[前后]者|[本上下][章节条文面述]|以[上下]")
"""What points at something around it cannot be asked by itself."""


def example_questions(library: Library, language: str) -> list[str]:
    """Up to `COUNT` questions that the documents answer, one of each; maybe none.

    First come those that share a word with their document's title, as they are clear by themselves; of these those in
    its own words.
    """
    outcomes = [outcome for outcome in library.outcomes() if outcome.passages]
    found = list[tuple[bool, int, str]]()
    for outcome in outcomes[:: max(1, len(outcomes) // DOCUMENTS)][:DOCUMENTS]:
        made, subject = questions_of(library, outcome.name), {*bigrams(outcome.title)}
        ranked = ((subject.isdisjoint(bigrams(one.question)), one.rank, one.question) for one in made)
        found += islice(sorted(ranked, key=itemgetter(0, 1)), 1)
    return [_in_script(question, language) for *_, question in sorted(found, key=itemgetter(0, 1))[:COUNT]]


def next_questions(library: Library, answer: Answer, asked: Sequence[str]) -> tuple[str, ...]:
    """Up to `NEXT` questions that the documents an answer cites answer as well, none of them asked; maybe none.

    Those about what follows the cited places come first. They are in the script of the answer's question.
    """
    script, known = script_of(answer.question), {search_form(question) for question in asked}
    found: list[str] = []
    for example in _nearby(library, answer):
        question = convert(example.question, script) if script else example.question
        if search_form(question) not in known:
            found.append(question)
            known.add(search_form(question))
        if len(found) == NEXT:
            break
    return tuple(found)


def _nearby(library: Library, answer: Answer) -> Iterator[Example]:
    """The questions that cited documents make, the nearest first, without those that the cited places answer."""
    for name in dict.fromkeys(citation.document for citation in answer.citations):
        places = [(c.start, c.end) for c in answer.citations if c.document == name]
        first = places[0][0]
        others = (e for e in questions_of(library, name) if not any(e.start < end and s < e.end for s, end in places))
        yield from sorted(others, key=lambda e: (e.rank, e.start < first, abs(e.start - first)))


def questions_of(library: Library, name: str) -> tuple[Example, ...]:
    """The questions that a document makes; none where there is no such document."""
    return _questions_of(library, library.generation, name)


@lru_cache(maxsize=64)
def _questions_of(library: Library, generation: int, name: str) -> tuple[Example, ...]:
    document, outcome = library.document(name), library.outcome(name)
    if document is None or outcome is None:
        return ()
    blocks = placed_blocks(library.passages_of(name)) if outcome.passages <= MOST_PASSAGES else []
    made = (*outline_questions(document, blocks), *cell_questions(document, blocks))
    script = script_of(document.text[:2_000])
    shown = (replace(one, question=convert(one.question, "hans")) if script == "hans" else one for one in made)
    return tuple({one.question: one for one in shown if is_clear(one.question)}.values())


def placed_blocks(passages: Sequence[Passage]) -> list[Block]:
    """The blocks of a document's passages, each once and placed in the document, in reading order."""
    placed = {p.start + block.start: block.shifted(p.start) for p in reversed(passages) for block in p.blocks}
    return [placed[start] for start in sorted(placed)]


def is_clear(question: str) -> bool:
    """Whether it can be asked by itself: neither short nor long, pointing at nothing around it."""
    return SHORTEST <= len(question) <= LONGEST and not _POINTS.search(fold(question))


def _in_script(question: str, language: str) -> str:
    wanted: Script = "hans" if language == "zh-Hans" else "hant"
    return question if language == "en" or script_of(question) == wanted else convert(question, wanted)
