"""Whether another store finds what the local one finds, and how quickly: a Markdown table of the two beside each other.

python benchmarks/stores.py FILE.json [--distractors TEXT.jsonl --count 2000] [--questions 300] [--uri URI] indexes the
paragraphs of a labelled set in SQuAD format, and as many other passages, in both; asks both its questions; and rewrites
one document in each. Without --uri Milvus is a file of Milvus Lite. The transformer does not reread: it would cost both
the same, but for what it remembers of the first.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, median, quantiles

from yinju.embedding import load_encoder
from yinju.evaluation import LabelledQuestion, load_distractors, load_questions
from yinju.ingest.build import build_from_documents, open_store
from yinju.ingest.entries import divide
from yinju.ingest.records import embedded_text
from yinju.library import open_library
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import Document

TOP = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """What one store did."""

    passages: int
    built: float
    """Seconds."""
    asked: tuple[float, ...]
    """Seconds of each question."""
    found: tuple[tuple[int, ...], ...]
    """The ids of the best passages of each question."""
    right: float
    """How many questions have a right document among them."""
    answered: float
    """Seconds of an answer, the median."""
    edited: float
    """Seconds until one document that was written anew is found."""
    opened: float
    verified: float


def timed(do: Callable[[], object]) -> float:
    """How many seconds something takes."""
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def rewrite(folder: Path, document: Document, encoder: Encoder, settings: Settings) -> None:
    """Write one document anew and open what is then published."""
    store = open_store(folder, settings)
    with store.writer() as writer:
        file = divide(replace(document, text=document.text + "以上。"), settings)
        writer.add(replace(file, vectors=encoder.encode_documents([embedded_text(one) for one in file.passages])))
        writer.publish()
    store.open().close()


def measure(
    documents: Sequence[Document], questions: Sequence[LabelledQuestion], folder: Path, settings: Settings
) -> Measured:
    """Index, ask, rewrite."""
    encoder = load_encoder()
    built = timed(lambda: build_from_documents(documents, folder, encoder, settings))
    with open_library(folder, encoder=encoder, settings=settings) as library:
        seconds, hits = [], []
        for asked in questions:
            started = time.perf_counter()
            hits.append(library.search(asked.question, TOP))
            seconds.append(time.perf_counter() - started)
        right = fmean(
            any(hit.passage.document in asked.documents for hit in own)
            for asked, own in zip(questions, hits, strict=True)
        )
        answered = median(timed(lambda q=asked.question: library.ask(q)) for asked in questions[:50])  # type: ignore[misc]
        passages = library.passage_count
    found = tuple(tuple(hit.passage.id for hit in own) for own in hits)
    store = open_store(folder, settings)
    verified, opened = timed(lambda: store.verify().close()), timed(lambda: store.open().close())
    edited = timed(lambda: rewrite(folder, documents[0], encoder, settings))
    return Measured(passages, built, tuple(seconds), found, right, answered, edited, opened, verified)


def overlap(one: Measured, other: Measured) -> float:
    """How many of the best passages of one the other has as well, of all questions."""
    pairs = zip(one.found, other.found, strict=True)
    return fmean(len({*own} & {*others}) / max(len(own), 1) for own, others in pairs)


def print_row(name: str, measured: Measured, local: Measured) -> None:
    """One store's row."""
    p95 = quantiles(measured.asked, n=20)[-1]
    times = [f"{1000 * one:.0f} ms" for one in (median(measured.asked), p95, measured.answered)]
    edits = [f"{one:.2f} s" for one in (measured.edited, measured.opened, measured.verified)]
    shares = [f"{one:.3f}" for one in (measured.right, overlap(local, measured))]
    print("|", " | ".join([name, f"{measured.built:.1f} s", *times, *edits, *shares]), "|", flush=True)


def main() -> None:
    """Measure both."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path, help="labelled questions in SQuAD format")
    arguments.add_argument("--distractors", type=Path, help="JSONL of title, heading, text")
    arguments.add_argument("--count", type=int, default=2_000, help="documents of distractors")
    arguments.add_argument("--questions", type=int, default=300)
    arguments.add_argument("--uri", default="", help="of a Milvus server")
    chosen = arguments.parse_args()
    labelled, chance = load_questions(chosen.file), random.Random(7)
    documents = [*labelled.paragraphs]
    if chosen.distractors:
        documents += chance.sample(load_distractors(chosen.distractors, Settings()), chosen.count)
    questions = chance.sample(labelled.questions, min(chosen.questions, len(labelled.questions)))
    with tempfile.TemporaryDirectory(prefix="yinju-stores-") as made:
        local = measure(documents, questions, Path(made) / "local", Settings(store="local", reread=False))
        milvus = Settings(store="milvus", milvus_uri=chosen.uri, reread=False)
        other = measure(documents, questions, Path(made) / "milvus", milvus)
    print(f"{local.passages:,} passages, {len(questions)} questions\n")
    print("| store | index | search p50 | p95 | answer p50 | rewrite one | open | verify | recall@5 | top 5 as local |")
    print("|" + "---|" * 10)
    print_row("local", local, local)
    print_row("Milvus", other, local)


if __name__ == "__main__":
    main()
