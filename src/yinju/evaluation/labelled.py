"""A file of questions with a gold phrase each → LabelledQuestions, with the paragraphs they are about where it has any.

The file is SQuAD-format JSON, which brings its paragraphs, or JSONL about the live index.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from yinju.errors import SettingsError
from yinju.ingest.entries import reader_for
from yinju.ingest.files import find_files
from yinju.reasons import cause_of
from yinju.settings import Settings
from yinju.text import convert
from yinju.types import Document, Section


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
        why = cause_of(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
        raise SettingsError("labelled.unusable", path=path, why=why) from None


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


def in_other_script(question: LabelledQuestion) -> LabelledQuestion:
    """The question in the script it is not written in."""
    simplified = convert(question.question, "hans")
    other = simplified if simplified != question.question else convert(question.question, "hant")
    return replace(question, question=other)
