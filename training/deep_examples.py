"""Labelled questions and open text → shelves: passages, and questions with the sentences of them that answer.

free: folders of free questions; squad: SQuAD-format files; text: headings and questions of open text, whose sections
answer. Questions are varied by the thesaurus and by typing errors of sound.
"""

import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fit_answers import documents_of, library_of
from labelled import squad_source
from yinju.deep import head_of, lines_of
from yinju.evaluation import bare, holds_gold
from yinju.library import Library
from yinju.retrieval.alike import alike_characters
from yinju.retrieval.thesaurus import alternatives
from yinju.splitting import split_sentences
from yinju.text import fold, words

REWORDED, MISTYPED = 0.3, 0.08
"""How often a question has one of its words in other words, or a character that sounds alike."""
SHELF = 8
"""How many passages of encyclopaedias, or sections of open text, are read together."""
LONGEST = 700
"""Characters of a section of open text that are read."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Passages that are read together, and what is asked of them."""

    passages: tuple[tuple[str, tuple[str, ...]], ...]
    """What stands above each, and its sentences."""
    questions: tuple[tuple[str, frozenset[tuple[int, int]]], ...]
    """Each with the (passage, sentence) that answer; none where nothing does."""


def _passages(library: Library) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    storage = library.answering().retriever.generation.documents
    found = {}
    for name in storage.facts():
        found[name] = [(head_of(p), tuple(lines_of(p))) for p in storage.passages_of(name)]
    return found


def free_shelves(folder: Path, chance: random.Random) -> Iterator[Shelf]:
    """One for each document; what nothing answers is asked of the document that its words come from, or of any."""
    with tempfile.TemporaryDirectory() as made, library_of(documents_of(folder), Path(made)) as library:
        passages = _passages(library)
        asked: dict[str, list[tuple[str, frozenset[tuple[int, int]]]]] = defaultdict(list)
        for file in sorted(folder.glob("questions*.jsonl")):
            for item in map(json.loads, file.read_text("utf-8").splitlines()):
                question = item.get("question") or item["q"]
                if item["expect"] == "answer" and not item.get("history") and item["kind"] not in ("summary", "table"):
                    golds = [bare(gold) for alternatives_ in item["must"] for gold in alternatives_]
                    for name in {name for name, _ in item["cite"]} & passages.keys():
                        right = frozenset(
                            (place, number) for place, (_, lines) in enumerate(passages[name])
                            for number, line in enumerate(lines) if any(gold in bare(line) for gold in golds)
                        )  # fmt: skip
                        if right:
                            asked[name].append((question, right))
                elif item["expect"] == "refuse" and not item.get("history"):
                    hits = library.search(question, 1)
                    if hits:
                        asked[hits[0].passage.document].append((question, frozenset()))
        for name, questions in asked.items():
            chance.shuffle(questions)
            yield Shelf(tuple(passages[name]), tuple(questions))


def squad_shelves(path: Path, folds: Sequence[int]) -> Iterator[Shelf]:
    """The paragraphs of some folds, `SHELF` at a time."""
    source = squad_source(path)
    with tempfile.TemporaryDirectory() as made, library_of(source.documents, Path(made)) as library:
        passages = _passages(library)
    asked = defaultdict(list)
    for question, fold_ in zip(source.questions, source.folds, strict=True):
        if fold_ in folds:
            asked[question.documents[0]].append(question)
    names = [*asked]
    for start in range(0, len(names), SHELF):
        taken: list[tuple[str, tuple[str, ...]]] = []
        questions = []
        for name in names[start : start + SHELF]:
            for one in asked[name]:
                right = frozenset(
                    (len(taken) + place, number) for place, (_, lines) in enumerate(passages[name])
                    for number, line in enumerate(lines) if holds_gold(line, one.gold)
                )  # fmt: skip
                if right:
                    questions.append((one.question, right))
            taken += passages[name]
        yield Shelf(tuple(taken), tuple(questions))


def text_shelves(path: Path, chance: random.Random, per_source: int) -> Iterator[Shelf]:
    """Sections of one source with what they are headed by; of each article the sections stay together."""
    by_source: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            heading = record["heading"].split(" > ")[-1].strip() or record["title"]
            usable = record["tier"] == "A" and "law" not in record["domain"] and "poetry" not in record["source"]
            if usable and 3 < len(fold(heading)) < 50 and len(record["text"]) > 40:
                by_source[record["source"]][record["title"]].append(record)
    for source in sorted(by_source):
        articles = [*by_source[source].values()]
        chance.shuffle(articles)
        sections = [section for article in articles for section in article[:SHELF]][:per_source]
        for start in range(0, len(sections) - 1, SHELF):
            yield _text_shelf(sections[start : start + SHELF])


def _text_shelf(sections: Sequence[dict[str, str]]) -> Shelf:
    passages, questions = [], []
    for place, section in enumerate(sections):
        text = section["text"][:LONGEST]
        lines = tuple(text[start:end] for start, end in split_sentences(text))
        heading = section["heading"].split(" > ")[-1].strip()
        passages.append((section["title"] if heading else "", lines))
        questions.append((heading or section["title"], frozenset((place, number) for number in range(len(lines)))))
    return Shelf(tuple(passages), tuple(questions))


def varied(question: str, chance: random.Random) -> str:
    """The question, now and then in other words or mistyped."""
    if chance.random() < REWORDED:
        candidates = [(word, others) for word in words(fold(question)) if (others := alternatives(word))]
        if candidates:
            word, others = chance.choice(candidates)
            return fold(question).replace(word, chance.choice(others))
    if chance.random() < MISTYPED and len(question) > 5:
        place = chance.randrange(len(question))
        alike = [*alike_characters(fold(question[place]))]
        if alike:
            return question[:place] + chance.choice(alike) + question[place + 1 :]
    return question
