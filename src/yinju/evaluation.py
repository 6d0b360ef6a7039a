"""Labelled questions → how well passages are found, answers hold what was asked for, and the unanswerable is refused.

A question is right at rank r when the r-th passage comes from its document and, where a document is more than one
paragraph, holds its gold phrase. Texts are compared folded, white space removed, so that the script of the
question plays no part.
"""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Any

from yinju.errors import SettingsError
from yinju.index.build import build_from_documents
from yinju.index.entries import reader_for
from yinju.index.files import find_files
from yinju.library import Library, open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.text import convert, fold, has_content
from yinju.types import Answer, Document, Hit, Progress, Section, Verdict

DEPTH = 20
"""How many passages are looked at for each question."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with what is right: the names of its documents and the phrases one of which must be in the answer."""

    question: str
    documents: tuple[str, ...]
    gold: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether any document answers it."""
        return bool(self.documents)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Labelled questions, with the paragraphs they are about where the file brings its own."""

    questions: tuple[LabelledQuestion, ...]
    paragraphs: tuple[Document, ...]


def paragraph_document(name: str, title: str, heading: str, text: str) -> Document:
    """A paragraph as a document of its own."""
    sections = (Section((heading,) if heading else (), 0, len(text)),)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, title, text, sections, digest, "text", len(text.encode()))


def load_questions(path: Path) -> QuestionSet:
    """The questions of a SQuAD-format file, paragraphs included, or of a JSONL file about the live index.

    Raises:
        SettingsError: the file is neither.
    """
    try:
        content = path.read_text("utf-8-sig")
        if path.suffix == ".jsonl":
            return QuestionSet(tuple(_labelled(json.loads(line)) for line in content.split("\n") if line.strip()), ())
        return _load_squad(json.loads(content)["data"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SettingsError(
            f"{path} cannot be used ({type(error).__name__}: {error}); expected SQuAD-format JSON, or lines of "
            '{"question": …, "document": …, "gold": …}'
        ) from None


def _labelled(record: dict[str, Any]) -> LabelledQuestion:
    if not record.get("answerable", True):
        return LabelledQuestion(record["question"], (), ())
    documents = record["document"] if isinstance(record["document"], list) else [record["document"]]
    gold = record["gold"] if isinstance(record["gold"], list) else [record["gold"]]
    return LabelledQuestion(record["question"], tuple(documents), tuple(gold))


def _phrase(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"an answer is {value!r} instead of text")
    return value


def _load_squad(articles: Sequence[dict[str, Any]]) -> QuestionSet:
    questions, paragraphs = [], []
    for number, article in enumerate(articles):
        for place, paragraph in enumerate(article["paragraphs"]):
            name = f"{number:05d}/{place:05d}"
            paragraphs.append(paragraph_document(name, article.get("title", ""), "", paragraph["context"]))
            for asked in paragraph["qas"]:
                gold = tuple(dict.fromkeys(_phrase(answer["text"]) for answer in asked["answers"]))
                questions.append(LabelledQuestion(asked["question"], (name,), gold))
    return QuestionSet(tuple(questions), tuple(paragraphs))


def load_distractors(path: Path, settings: Settings) -> list[Document]:
    """Documents that answer nothing: every file of a folder, or a SQuAD file, or JSONL of title, heading, text."""
    if path.is_dir():
        with reader_for(settings) as reader:
            found = [(name, file) for name, file, skipped in find_files(path) if not skipped]
            return [reader.read(file, f"distractor/{name}") for name, file in found]
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        return [
            paragraph_document(f"distractor/{i:07d}", r.get("title", ""), r.get("heading", ""), r["text"])
            for i, r in enumerate(records)
        ]
    return [replace(p, name=f"distractor/{p.name}") for p in load_questions(path).paragraphs]


def open_temporary(
    documents: Sequence[Document], folder: Path, encoder: Encoder, settings: Settings, progress: Progress | None = None
) -> Library:
    """A library over documents in memory, indexed in a folder that the caller removes."""
    build_from_documents(documents, folder, encoder, settings, progress)
    return open_library(folder, encoder=encoder, settings=settings)


def in_other_script(question: LabelledQuestion) -> LabelledQuestion:
    """The question in the script it is not written in."""
    simplified = convert(question.question, "hans")
    other = simplified if simplified != question.question else convert(question.question, "hant")
    return replace(question, question=other)


def bare(text: str) -> str:
    """A text as answers are compared: folded, without white space."""
    return re.sub(r"\s+", "", fold(text))


def holds_gold(text: str, gold: Iterable[str]) -> bool:
    """Whether a text holds one of the gold phrases."""
    said = bare(text)
    return any(bare(phrase) in said for phrase in gold)


def rank_of_right(hits: Sequence[Hit], question: LabelledQuestion, whole_documents: bool) -> int | None:
    """The rank, from 1, of the first right passage; None when it is not among the hits.

    With `whole_documents` a document counts once, at its best passage, and need not show the gold phrase.
    """
    seen: list[str] = []
    for rank, hit in enumerate(hits, start=1):
        name = hit.passage.document
        if whole_documents and name in seen:
            continue
        seen.append(name)
        if name in question.documents and (whole_documents or holds_gold(hit.passage.text, question.gold)):
            return len(seen) if whole_documents else rank
    return None


def character_f1(answer: str, gold: Iterable[str]) -> float:
    """The best F1 over characters between an answer and a gold phrase, 0 … 1, as CMRC 2018 measures overlap."""
    best = 0.0
    said = Counter(bare(answer))
    for phrase in gold:
        wanted = Counter(bare(phrase))
        common = sum((said & wanted).values())
        if common:
            best = max(best, 2 * common / (said.total() + wanted.total()))
    return best


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties half: the area under the ROC curve, 0 … 1."""
    ordered = sorted([(score, 1) for score in positive] + [(score, 0) for score in negative])
    below, area = 0, 0.0
    for _, tied in groupby(ordered, key=lambda pair: pair[0]):
        labels = [label for _, label in tied]
        losers = len(labels) - sum(labels)
        area += sum(labels) * (below + losers / 2)
        below += losers
    return area / (len(positive) * len(negative))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured."""

    measures: dict[str, float]
    """By name, each 0 … 1 but `questions` and `answer_characters`."""
    answerable: tuple[float, ...]
    """The confidence of each question that the documents answer."""
    unanswerable: tuple[float, ...]
    """The confidence of each question that they do not answer."""


def evaluate(
    library: Library, questions: Sequence[LabelledQuestion], unanswerable: Sequence[LabelledQuestion],
    whole_documents: bool, progress: Progress | None = None,
) -> Evaluation:  # fmt: skip
    """How well the library answers, and refuses what its documents do not answer.

    Answers are made without refusing, so that what is found and what is refused are measured apart.
    """
    kept = library.settings
    library.settings = replace(kept, refuse_below=0.0)
    ranks, answers = [], []
    for done, asked in enumerate(questions):
        hits = library.search(asked.question, DEPTH) if has_content(asked.question) else []
        ranks.append(rank_of_right(hits, asked, whole_documents))
        answers.append(_ask(library, asked))
        if progress:
            progress(done + 1, len(questions), "evaluate")
    refused = [_ask(library, asked) for asked in unanswerable]
    library.settings = kept
    measures = _retrieval(ranks) | _answers(answers, questions)
    known, unknown = tuple(a.confidence for a in answers), tuple(a.confidence for a in refused)
    if unknown:
        measures |= _refusal(known, unknown, kept.refuse_below)
    return Evaluation(measures, known, unknown)


def _ask(library: Library, asked: LabelledQuestion) -> Answer:
    """The answer; a refusal to a question that a data set left blank."""
    if has_content(asked.question):
        return library.ask(asked.question)
    return Answer(asked.question, (), (), Verdict.NOTHING, 0.0, "extractive", 0.0)


def _retrieval(ranks: Sequence[int | None]) -> dict[str, float]:
    def mean(value: Callable[[int], float]) -> float:
        return fmean(value(rank) if rank else 0.0 for rank in ranks)

    return {
        "questions": len(ranks),
        "recall@1": mean(lambda rank: rank <= 1),
        "recall@5": mean(lambda rank: rank <= 5),
        "recall@20": mean(lambda rank: rank <= 20),
        "mrr@10": mean(lambda rank: 1 / rank if rank <= 10 else 0.0),
        "ndcg@10": mean(lambda rank: 1 / math.log2(rank + 1) if rank <= 10 else 0.0),
    }


def spoken(answer: Answer) -> str:
    """What an answer says, without markers."""
    return "".join(statement.text for statement in answer.statements)


def _answers(answers: Sequence[Answer], questions: Sequence[LabelledQuestion]) -> dict[str, float]:
    said = [spoken(answer) for answer in answers]
    return {
        "answer_contains": fmean(holds_gold(text, asked.gold) for text, asked in zip(said, questions, strict=True)),
        "answer_f1": fmean(character_f1(text, asked.gold) for text, asked in zip(said, questions, strict=True)),
        "answer_characters": fmean(len(text) for text in said),
    }


def _refusal(known: Sequence[float], unknown: Sequence[float], threshold: float) -> dict[str, float]:
    return {
        "refusal_auroc": area_under_curve(known, unknown),
        "false_answer_rate": fmean(score >= threshold for score in unknown),
        "coverage": fmean(score >= threshold for score in known),
    }
