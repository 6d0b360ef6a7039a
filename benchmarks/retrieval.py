"""How well each part of the search finds labelled paragraphs: python benchmarks/retrieval.py FILE… → a Markdown table.

FILE is in SQuAD format; all are asked in one pool of all their paragraphs for the vectors alone, and each in its own
paragraphs for the rest: keywords alone (BM25 of words and bigrams), vectors alone, the whole search, and the whole
search for questions in the other script. With --distractors JSONL (title, heading, text) the whole search is also asked
with so many more passages that answer nothing. Held-out figures: training/fit_scorers.py --cross-validate.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean, median

from yinju.chunking import chunk_document
from yinju.embedding import load_encoder
from yinju.evaluation import (
    LabelledQuestion,
    QuestionSet,
    in_other_script,
    load_distractors,
    load_questions,
    open_temporary,
)
from yinju.ingest.build import open_store
from yinju.progress import ProgressBar
from yinju.protocols import Encoder
from yinju.retrieval import Retriever, retrieve
from yinju.settings import load_settings
from yinju.store.protocol import Snapshot
from yinju.text import bigrams, has_content, words
from yinju.types import Document

DEPTHS = (1, 5, 20)
LONG_ENOUGH = 4 * max(DEPTHS)
"""Passages looked at, so that there are documents enough where one has several."""

Ranking = Callable[[str], Sequence[str]]
"""A question → the names of documents, best first, each once."""


def names_of(generation: Snapshot, found: Sequence[int]) -> list[str]:
    """The documents of passages in their order, each once."""
    documents = {passage.id: passage.document for passage in generation.documents.passages(found)}
    return list(dict.fromkeys(documents[number] for number in found))


def keyword_scores(generation: Snapshot, question: str, count: int) -> Counter[int]:
    """The sum of the BM25 scores of words and of bigrams of each passage among the best `count` of either."""
    scores: Counter[int] = Counter()
    for field, terms in (("words", words(question)), ("bigrams", bigrams(question))):
        scores.update(dict(generation.keywords.search(field, terms, count)))
    return scores


def by_keywords(generation: Snapshot) -> Ranking:
    """By the sum of the BM25 scores of words and of bigrams."""

    def ranked(question: str) -> list[str]:
        found = keyword_scores(generation, question, LONG_ENOUGH).most_common()
        return names_of(generation, [number for number, _ in found])

    return ranked


def by_vectors(generation: Snapshot, encoder: Encoder) -> Ranking:
    """By the inner product of the vectors."""

    def ranked(question: str) -> list[str]:
        found = generation.vectors.search(encoder.encode_queries([question]), LONG_ENOUGH)[0]
        return names_of(generation, [number for number, _ in found])

    return ranked


def by_search(generation: Snapshot, encoder: Encoder) -> Ranking:
    """By the whole search, what the transformer reads anew with it; passages are found by words and static vectors."""
    using = Retriever(generation, encoder, load_settings())

    def ranked(question: str) -> list[str]:
        found = retrieve(using, question).ranked
        return list(dict.fromkeys(candidate.passage.document for candidate, _ in found))

    return ranked


def print_row(what: str, ranking: Ranking, questions: Sequence[LabelledQuestion]) -> None:
    """Ask everything and print the shares with a right document among the first, and the time a question takes."""
    ranks, seconds = [], []
    with ProgressBar() as progress:
        for done, asked in enumerate(questions):
            started = time.perf_counter()
            found = ranking(asked.question) if has_content(asked.question) else []
            seconds.append(time.perf_counter() - started)
            ranks.append(next((i for i, name in enumerate(found, start=1) if name in asked.documents), sys.maxsize))
            progress(done + 1, len(questions), f"evaluate {what}")
    shares = [f"{fmean(rank <= depth for rank in ranks):.4f}" for depth in DEPTHS]
    print("|", " | ".join([what, *shares, f"{1000 * median(seconds):.1f} ms"]), "|", flush=True)


def open_index(documents: Sequence[Document], folder: Path, encoder: Encoder) -> Snapshot:
    """An index of documents in memory, in a folder."""
    with ProgressBar() as progress:
        open_temporary(documents, folder, encoder, load_settings(), progress).close()
    return open_store(folder).open()


def measure_set(name: str, labelled: QuestionSet, folder: Path, encoder: Encoder) -> None:
    """The rows of one set among its own paragraphs."""
    generation = open_index(labelled.paragraphs, folder / name, encoder)
    questions = labelled.questions
    print_row(f"{name}, keywords alone", by_keywords(generation), questions)
    print_row(f"{name}, vectors alone", by_vectors(generation, encoder), questions)
    print_row(f"{name}, the whole search", by_search(generation, encoder), questions)
    other = [in_other_script(asked) for asked in questions]
    print_row(f"{name}, the whole search, other script", by_search(generation, encoder), other)
    generation.close()


def numbered(sets: Sequence[QuestionSet]) -> list[QuestionSet]:
    """The sets with the number of each before the names of its documents, so that they can lie together."""
    return [
        QuestionSet(
            tuple(replace(q, documents=tuple(f"{i}/{name}" for name in q.documents)) for q in one.questions),
            tuple(replace(paragraph, name=f"{i}/{paragraph.name}") for paragraph in one.paragraphs),
        )
        for i, one in enumerate(sets)
    ]


def take_passages(documents: Sequence[Document], count: int, seed: int) -> list[Document]:
    """Documents in random order, as many as make so many passages."""
    shuffled, taken = random.Random(seed).sample(documents, len(documents)), 0
    for place, document in enumerate(shuffled):
        if taken >= count:
            return shuffled[:place]
        taken += len(chunk_document(document, load_settings().passage_characters))
    return shuffled


def main() -> None:
    """Measure each set alone, then all of them together, then among the distractors."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", type=Path, nargs="+", help="labelled questions in SQuAD format")
    arguments.add_argument("--distractors", type=Path, help="JSONL of title, heading, text")
    arguments.add_argument("--count", type=int, default=100_000, help="passages of distractors")
    arguments.add_argument("--seed", type=int, default=7)
    chosen = arguments.parse_args()
    encoder = load_encoder()
    sets = numbered([load_questions(file) for file in chosen.files])
    together = [paragraph for one in sets for paragraph in one.paragraphs]
    print("| questions | " + " | ".join(f"recall@{depth}" for depth in DEPTHS) + " | median |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="yinju-retrieval-") as made:
        folder = Path(made)
        for file, one in zip(chosen.files, sets, strict=True):
            measure_set(file.stem, one, folder, encoder)
        generation = open_index(together, folder / "together", encoder)
        for file, one in zip(chosen.files, sets, strict=True):
            print_row(
                f"{file.stem}, vectors alone, pool of {len(together)}", by_vectors(generation, encoder), one.questions
            )
        generation.close()
        if chosen.distractors:
            others = take_passages(load_distractors(chosen.distractors, load_settings()), chosen.count, chosen.seed)
            generation = open_index([*together, *others], folder / "distractors", encoder)
            for file, one in zip(chosen.files, sets, strict=True):
                what = f"{file.stem}, the whole search among {len(generation):,} passages"
                print_row(what, by_search(generation, encoder), one.questions)
            generation.close()


if __name__ == "__main__":
    main()
