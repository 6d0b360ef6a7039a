"""Labelled questions and the documents they are asked of → each question with its candidates, here and elsewhere."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from yinju.embedding import load_encoder
from yinju.evaluation import LabelledQuestion, load_questions, open_temporary
from yinju.ingest.build import open_store
from yinju.retrieval.candidates import Candidate, find_candidates
from yinju.retrieval.query import Query, make_query
from yinju.settings import load_settings
from yinju.store.protocol import Snapshot
from yinju.text import has_content
from yinju.types import Document

FOLDS = 5
READ = (0, 1, 2)
"""The folds that the transformer learns from; scorers that weigh what it reads learn from the others."""


@dataclass(frozen=True, slots=True)
class Source:
    """A set of questions with the documents they are asked of."""

    name: str
    questions: tuple[LabelledQuestion, ...]
    folds: tuple[int, ...]
    """Of each question: those about one article or document are in one."""
    documents: tuple[Document, ...]


Retrieved = tuple[Query, list[Candidate]]


@dataclass(slots=True)
class Asked:
    """A question with its candidates as numbers."""

    question: LabelledQuestion
    query: Query
    candidates: list[Candidate]
    right: list[bool]
    """Which of them are of a document that answers; none of an unanswerable question's."""
    fold: int
    elsewhere: list[Retrieved] = field(default_factory=list)
    """What the same question finds among documents that have nothing to do with it."""


def squad_source(path: Path) -> Source:
    """A SQuAD-format file."""
    found = load_questions(path)
    kept = tuple(asked for asked in found.questions if has_content(asked.question))
    folds = tuple(int(asked.documents[0].split("/")[0]) % FOLDS for asked in kept)
    return Source(path.stem, kept, folds, found.paragraphs)


def ask_all(source: Source, others: Sequence[Source]) -> list[Asked]:
    """Every question's candidates among its own documents, and among each of the others' in turn."""
    settings, encoder = load_settings(), load_encoder("")

    def retrieve(index: Snapshot, question: str) -> Retrieved:
        query = make_query(index, encoder, question)
        return query, find_candidates(index, query, settings.candidates)

    with tempfile.TemporaryDirectory() as folder:
        indexes = []
        for place, part in enumerate([source, *others]):
            open_temporary(part.documents, Path(folder) / str(place), encoder, settings).close()
            indexes.append(open_store(Path(folder) / str(place)).open())
        found = []
        every = zip(source.questions, source.folds, strict=True)
        for asked, fold in tqdm(list(every), desc=source.name, unit="question", mininterval=5):
            query, candidates = retrieve(indexes[0], asked.question)
            right = [candidate.passage.document in asked.documents for candidate in candidates]
            elsewhere = [retrieve(index, asked.question) for index in indexes[1:]]
            found.append(Asked(asked, query, candidates, right, fold, elsewhere))
        return found
