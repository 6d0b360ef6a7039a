"""What documents are about → a few questions worth asking first, or next. Each is tried: the documents answer it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from threading import Lock

from yinju.answering import answer_steps
from yinju.errors import QuestionError
from yinju.folding import Script, fold
from yinju.library import Library
from yinju.messages import language_of, say
from yinju.suggestions.cells import cell_questions
from yinju.suggestions.headings import Example, outline_questions
from yinju.text import bigrams, convert, script_of, search_form, words
from yinju.types import Answer, Block, FileOutcome, Passage, Scope, Verdict
from yinju.vocabulary import shipped_vocabulary

COUNT = 4
DOCUMENTS = 24
"""How many documents are looked at for questions to ask first."""
NEXT = 3
MOST_TRIED = 12
"""How many questions are tried for one list: documents that answer none of theirs keep nobody waiting."""
SHORTEST, LONGEST = 5, 24
"""The length of a question, in characters."""
MOST_PASSAGES = 2_000
"""Of a longer document only the headings are looked at."""

_POINTS = re.compile("[他她它这那此其]|两者|[前后]者|[本上下][章节条文面述]|以[上下]")
"""What points at something around it cannot be asked by itself."""
_LONG_NUMBER = re.compile(r"\d{5}")
"""Nobody asks first by the number of an order."""

_ASKING = re.compile(
    "[什甚]么.*|怎.*|如何|哪.*|为何|为什么|多少|多久|几.*|是否|吗|到底|究竟|大致|大概|主要|一般|通常|干什么|干嘛|[要能会]不[要能会]|有没有"
    "|[一二两三四五六七八九十].|.+[过了着得]"
)
"""A word that asks, counts or grades, and names nothing."""
_TRYING = Lock()
"""Who opens a page while another does waits, and finds the questions tried."""
_TELLING = 3.9
"""How telling one word of a question must be at least, see `Vocabulary.asked_weight`: 步驟 is less, 考核 more."""


def example_questions(library: Library, language: str) -> list[str]:
    """Up to `COUNT` questions that the documents answer, one of each document; maybe none.

    First come those that share a word with their document's title, as they are clear by themselves; of these those in
    its own words. Where there are few, what a document is about is asked as well.
    """
    with _TRYING:
        return [_in_script(question, language) for question in _first_questions(library)]


def _first_questions(library: Library) -> Sequence[str]:
    outcomes = [outcome for outcome in library.outcomes() if outcome.passages]
    seen = outcomes[:: max(1, len(outcomes) // DOCUMENTS)][:DOCUMENTS]
    found: dict[str, str] = {}
    for example in islice(_ranked(library, seen), MOST_TRIED):
        if example.document not in found and is_answered(library, example):
            found[example.document] = example.question
        if len(found) == COUNT:
            break
    if len(found) < COUNT:
        wholes = (_about(library, outcome) for outcome in seen if outcome.name not in found)
        whole = next((one for one in islice(wholes, NEXT) if one and is_answered(library, one)), None)
        found |= {whole.document: whole.question} if whole else {}
    return [*found.values()]


def _ranked(library: Library, outcomes: Sequence[FileOutcome]) -> Iterator[Example]:
    """The questions of documents, the best first: the best of each, then their second ones."""
    made = list[tuple[int, bool, int, Example]]()
    for outcome in outcomes:
        subject = {*bigrams(outcome.title)}
        own = sorted(
            ((subject.isdisjoint(bigrams(one.question)), one.rank, one) for one in questions_of(library, outcome.name)),
            key=itemgetter(0, 1),
        )
        made += ((place, *one) for place, one in enumerate(own[:NEXT]))
    return (one for *_, one in sorted(made, key=itemgetter(0, 1, 2)))


def _about(library: Library, outcome: FileOutcome) -> Example | None:
    """What a document is about, as a question; None where its title is too long to be read in one."""
    document = library.document(outcome.name)
    if document is None or not 2 <= len(outcome.title) <= LONGEST - len(say("outline.ask", "zh-Hant", title="")):
        return None
    question = say("outline.ask", language_of(document.text[:2_000]), title=outcome.title)
    return Example(question, outcome.name, 0, len(document.text), 3)


def is_answered(library: Library, example: Example, scope: Scope | None = None) -> bool:
    """Whether the documents, or those of a scope, answer a question from the place that makes it, and say all it asks.

    No language model is asked, and the same question once for each generation of the index.
    """
    return _is_answered(library, library.generation, example, scope)


@lru_cache(maxsize=2_000)
def _is_answered(library: Library, generation: int, example: Example, scope: Scope | None) -> bool:
    try:
        *_, answer = answer_steps(replace(library.answering(scope), model=None), example.question, ())
    except QuestionError:  # a heading of nothing but marks
        return False
    places = [c for c in answer.citations if c.document == example.document]
    own = {c.marker for c in places if c.start < example.end and example.start < c.end}
    said = sum(not own.isdisjoint(statement.markers) for statement in answer.statements)
    return answer.verdict is Verdict.ANSWERED and said >= example.listed


def next_questions(
    library: Library, answer: Answer, asked: Sequence[str], scope: Scope | None = None
) -> tuple[str, ...]:
    """Up to `NEXT` questions that the documents an answer cites answer as well, none of them asked; maybe none.

    Those about what follows the cited places come first. They are in the script of the answer's question.
    """
    script, known = script_of(answer.question), {search_form(question) for question in asked}
    found: list[str] = []
    fresh = (example for example in _nearby(library, answer) if search_form(example.question) not in known)
    for example in islice(fresh, MOST_TRIED // 2):
        if search_form(example.question) not in known and is_answered(library, example, scope):
            found.append(convert(example.question, script) if script else example.question)
            known.add(search_form(example.question))
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
    """Whether it can be asked by itself: neither short nor long, pointing at nothing around it, naming something."""
    unclear = _POINTS.search(fold(question)) or _LONG_NUMBER.search(question)
    fits = SHORTEST <= len(question) <= LONGEST and not unclear
    return fits and any(
        shipped_vocabulary().asked_weight(word) >= _TELLING for word in words(question) if not _ASKING.fullmatch(word)
    )


def _in_script(question: str, language: str) -> str:
    wanted: Script = "hans" if language == "zh-Hans" else "hant"
    return question if language == "en" or script_of(question) == wanted else convert(question, wanted)
