"""LabelledQuestions → what a library finds and says for each → an Evaluation.

Answers are made without refusing, so that what is found and what is refused are measured apart. A large set is asked
by two processes that open the same index.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from yinju.answering import Answering, answer_steps
from yinju.embedding import SHIPPED
from yinju.evaluation.labelled import LabelledQuestion
from yinju.evaluation.measures import answer_measures, rank_of_right, refusal_measures, retrieval_measures
from yinju.ingest.build import build_from_documents
from yinju.ingest.meaning import fill
from yinju.library import Library, open_library
from yinju.protocols import Encoder
from yinju.retrieval import retrieve
from yinju.settings import Settings
from yinju.text import has_content
from yinju.types import Answer, Document, Hit, Progress
from yinju.workers import worker_pool

DEPTH = 20
"""How many passages are looked at for each question."""
MANY = 800
"""Questions from which on a second process pays: it takes two seconds to open an index."""
PROCESSES = min(2, os.cpu_count() or 1)
SLICE = 50
"""Questions that a process is given at a time."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured."""

    measures: dict[str, float]
    """By name, each 0 … 1 but `questions` and `answer_characters`."""
    answerable: tuple[float, ...]
    """The confidence of each question that the documents answer."""
    unanswerable: tuple[float, ...]
    """The confidence of each question that they do not answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a library made of one question."""

    rank: int | None
    """Of the first right passage, from 1; None where it was not found."""
    said: str
    confidence: float


def open_temporary(
    documents: Sequence[Document], folder: Path, encoder: Encoder, settings: Settings, progress: Progress | None = None
) -> Library:
    """A library over documents in memory, indexed and read for their meaning in a folder that the caller removes."""
    build_from_documents(documents, folder, encoder, settings, progress)
    library = open_library(folder, encoder=encoder, settings=settings)
    fill(folder, library.answering().retriever.generation, settings, progress)
    return library


def evaluate(
    library: Library, questions: Sequence[LabelledQuestion], unanswerable: Sequence[LabelledQuestion],
    whole_documents: bool, progress: Progress | None = None,
) -> Evaluation:  # fmt: skip
    """How well the library answers, and refuses what its documents do not answer."""
    kept, asked, outcomes = library.settings, [*questions, *unanswerable], list[Outcome]()
    library.settings = kept.model_copy(update={"refuse_below": 0.0})
    try:
        for outcome in _outcomes(library, asked, whole_documents):
            outcomes.append(outcome)
            if progress:
                progress(len(outcomes), len(asked), "evaluate")
    finally:
        library.settings = kept
    answerable, refusable = outcomes[: len(questions)], outcomes[len(questions) :]
    measures = retrieval_measures([one.rank for one in answerable])
    measures |= answer_measures([one.said for one in answerable], questions)
    known, unknown = (tuple(one.confidence for one in part) for part in (answerable, refusable))
    if unknown:
        measures |= refusal_measures(known, unknown, kept.refuse_below)
    return Evaluation(measures, known, unknown)


def outcome_of(using: Answering, asked: LabelledQuestion, whole_documents: bool) -> Outcome:
    """What is found and said for a question; nothing of one that a data set left blank."""
    if not has_content(asked.question):
        return Outcome(None, "", 0.0)
    evidence = retrieve(using.retriever, asked.question)
    hits = [Hit(found.passage, score, found.copies) for found, score in evidence.ranked[:DEPTH]]
    *_, answer = answer_steps(replace(using, known={asked.question: evidence}), asked.question, ())
    return Outcome(rank_of_right(hits, asked, whole_documents), spoken(answer), answer.confidence)


def spoken(answer: Answer) -> str:
    """What an answer says, without markers."""
    return "".join(statement.text for statement in answer.statements)


def _outcomes(library: Library, asked: Sequence[LabelledQuestion], whole_documents: bool) -> Iterator[Outcome]:
    """What the library makes of each question, in order."""
    if len(asked) < MANY or PROCESSES < 2 or not _opens_alike(library):
        using = library.answering()
        return (outcome_of(using, one, whole_documents) for one in asked)
    return _by_processes(library, asked, whole_documents)


def _opens_alike(library: Library) -> bool:
    """Whether another process that opens the index has all that this library has: Yinju's own model and no other."""
    shipped = library.settings.encoder in SHIPPED
    return shipped and library.reranker_name is None and library.model_name is None


def _by_processes(library: Library, asked: Sequence[LabelledQuestion], whole_documents: bool) -> Iterator[Outcome]:
    slices = [asked[start : start + SLICE] for start in range(0, len(asked), SLICE)]
    with worker_pool(PROCESSES, _open_own, library.index, library.settings) as pool:
        yield from chain.from_iterable(pool.map(partial(_ask_own, whole_documents), slices))


_own: list[Library] = []
"""In a process that asks for another: the library that it opened."""


def _open_own(index: Path, settings: Settings) -> None:
    _own[:] = [open_library(index, settings=settings)]


def _ask_own(whole_documents: bool, asked: Sequence[LabelledQuestion]) -> list[Outcome]:
    using = _own[0].answering()
    return [outcome_of(using, one, whole_documents) for one in asked]
