"""Labelled questions and open text → shelves: passages, and questions with the sentences of them that answer.

free: folders of free questions; squad: SQuAD-format files; text: headings and questions of open text, whose sections
answer. wordings.py varies the questions.
"""

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fit_answers import documents_of, library_of
from labelled import READ, squad_source
from yinju.deep import text_of
from yinju.evaluation import bare, holds_gold
from yinju.library import Library
from yinju.splitting import split_sentences
from yinju.text import fold

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
    return {name: [*map(text_of, storage.passages_of(name))] for name in storage.facts()}


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
                    near = [name for name, _ in item.get("cite", [])]
                    near = near or [hit.passage.document for hit in library.search(question, 1)]
                    for name in near[:1]:
                        asked[name].append((question, frozenset()))
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


def collect(given: argparse.Namespace, chance: random.Random) -> list[Shelf]:
    """Every shelf, those of free questions several times."""
    free = [shelf for folder in given.free for shelf in free_shelves(folder, chance)]
    read = [shelf for path in given.squad for shelf in squad_shelves(path, given.folds)]
    headed = [*text_shelves(given.text, chance, given.sections)] if given.text else []
    for name, shelves in (("free", free), ("squad", read), ("text", headed)):
        print(f"{name}: {len(shelves)} shelves, {sum(len(s.questions) for s in shelves)} questions", flush=True)
    return [*free * int(given.rounds), *read, *headed]


WARM_UP = 40
"""Steps in which the rate of learning rises."""


def rate_of(group: dict[str, Any], given: argparse.Namespace, share: float, step: int) -> None:
    """Set how fast is learned: rising at first, then falling."""
    group["lr"] = given.rate * min(1.0, (step + 1) / WARM_UP) * (1 - given.fall * share)


def arguments_of(explained: str | None) -> argparse.Namespace:
    """The command line of what learns from shelves."""
    arguments = argparse.ArgumentParser(description=explained)
    arguments.add_argument("base", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--squad", type=Path, nargs="*", default=[])
    arguments.add_argument("--folds", type=int, nargs="*", default=[*READ])
    arguments.add_argument("--text", type=Path)
    arguments.add_argument("--sections", type=int, default=400, help="of each source of the open text")
    arguments.add_argument("--free", type=Path, nargs="*", default=[])
    arguments.add_argument("--rounds", type=int, default=4, help="how often each document of free questions is read")
    arguments.add_argument("--rate", type=float, default=5e-5)
    arguments.add_argument("--fall", type=float, default=0.6, help="how much of the rate is lost by the end")
    arguments.add_argument("--above", type=int, default=0, help="train only the layers above so many")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--save", type=float, default=5.0, help="minutes between checkpoints")
    arguments.add_argument("--start", type=Path, help="a checkpoint to go on from")
    return arguments.parse_args()
