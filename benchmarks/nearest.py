"""How passages are found by their vectors as a store grows: all looked at, or as far as it was tuned; a Markdown table.

python benchmarks/nearest.py TEXT.jsonl [--passages 1000000] [--vectors CACHE.npy] [--others] embeds pieces of some 250
characters of the texts of lines {"text": …}, keeps the vectors where --vectors says, and makes a store of them whose
passages hold nothing else. A question is two queries, its whole vector and the part that tells meaning. With --others
FAISS's own IVF and HNSW over the same rows, a byte a number, stand beside.
"""

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

import faiss
import numpy as np

from yinju.embedding import load_encoder, meaning_of
from yinju.store.local.store import LocalStore
from yinju.store.protocol import FIELDS, IngestedFile, Snapshot, StoreFacts
from yinju.store.tuning import RECALL
from yinju.types import Document, FileOutcome, FileState, Passage, Section, Vectors, passage_ids

PER_FILE, BATCH, QUESTIONS, ROUNDS = 100, 4_000, 100, 30
SIZES = ((250, 0), (250, 125), (170, 60), (210, 30), (190, 100))
"""How many characters pieces have and where the first begins: another one gives others of the same texts."""


def pieces(source: Path) -> Iterator[str]:
    """Pieces of texts, one after the other."""
    for size, first in SIZES:
        for line in source.open(encoding="utf-8"):
            text = json.loads(line)["text"]
            yield from (text[at : at + size] for at in range(min(first, len(text)), len(text) - 60, size))


def vectors_of(source: Path, passages: int, cache: Path) -> Vectors:
    """(passages, d) the vectors of pieces, in half precision, kept in a file."""
    encoder = load_encoder("")
    if not cache.exists():
        made = np.lib.format.open_memmap(cache, "w+", np.float16, (passages, encoder.dimension))
        texts = pieces(source)
        for start in range(0, passages, BATCH):
            batch = [*islice(texts, min(BATCH, passages - start))]
            made[start : start + len(batch)] = encoder.encode_documents(batch)
        made.flush()
    found: Vectors = np.load(cache, mmap_mode="r")[:passages]
    return found


def asked_of(source: Path, passages: int) -> Vectors:
    """Sentences of some pieces as queries: the whole vectors, then the parts that tell meaning."""
    chosen = islice(pieces(source), passages // QUESTIONS // 2, passages, passages // QUESTIONS)
    sentences = [max(one.replace("；", "。").split("。")[1:-1] or [one], key=len)[:40] for one in chosen]
    encoder = load_encoder("")
    whole = encoder.encode_queries(sentences)
    return np.vstack([whole, meaning_of(whole, encoder.meaning_from)])


def file_of(number: int, vectors: Vectors) -> IngestedFile:
    """A file of passages that hold a character each."""
    name, text = f"{number // 100:04d}/{number}.txt", "一" * len(vectors)
    id_of = passage_ids(name, text)
    found = tuple(
        Passage(id_of(at, at + 1), name, name, (), None, at, at + 1, "一", ((0, 1),), number=at)
        for at in range(len(vectors))
    )
    document = Document(name, name, text, (Section((), 0, len(text)),), f"{number:064d}", "text", len(text))
    outcome = FileOutcome(name, FileState.INDEXED, passages=len(found), sha256=document.sha256, title=name)
    terms = ({field: "" for field in (*FIELDS, "designators")},) * len(found)
    return IngestedFile(outcome, document, found, terms, {}, np.asarray(vectors, np.float32))


def fill(store: LocalStore, rows: Vectors) -> None:
    """Make a store of some rows."""
    facts = StoreFacts({"name": "static", "fingerprint": "", "dimension": rows.shape[1]})
    with store.writer(facts, anew=True) as writer:
        for number, start in enumerate(range(0, len(rows), PER_FILE)):
            writer.add(file_of(number, rows[start : start + PER_FILE]))
        writer.publish()


def milliseconds(search: Callable[[Vectors], object], asked: Vectors) -> str:
    """The median and the quickest of questions of two queries each."""
    taken, half = [], len(asked) // 2
    for place in range(min(ROUNDS, half)):
        question = asked[[place, half + place]]
        started = time.perf_counter()
        search(question)
        taken.append((time.perf_counter() - started) * 1_000)
    return f"{statistics.median(taken):.1f} ({min(taken):.1f}) ms"


def others(rows: Vectors, asked: Vectors) -> Iterator[tuple[str, str]]:
    """What IVF and HNSW of FAISS find, and in which time: dense queries alone."""
    every, dense = np.asarray(rows, np.float32), asked[: len(asked) // 2]
    exact = faiss.index_factory(rows.shape[1], "SQ8", faiss.METRIC_INNER_PRODUCT)
    exact.train(every)
    exact.add(every)
    nearest = exact.search(dense, 20)[1]
    lists = 2 ** round(np.log2(4 * len(rows) ** 0.5))
    for kind, efforts in ((f"IVF{lists},SQ8", (16, 32, 64, 128, 256, 512)), ("HNSW32,SQ8", (64, 128, 256, 512, 1_024))):
        index = faiss.index_factory(rows.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        started = time.perf_counter()
        index.train(every)
        index.add(every)
        built = time.perf_counter() - started
        for effort in efforts:
            faiss.ParameterSpace().set_index_parameter(index, "nprobe" if "IVF" in kind else "efSearch", effort)
            found = index.search(dense, 20)[1]
            recall = np.mean([len({*a} & {*b}) / 20 for a, b in zip(found, nearest, strict=True)])
            if recall >= RECALL or effort == efforts[-1]:
                taken = milliseconds(partial(index.search, k=20), asked)
                yield f"{kind}, effort {effort}", f"made in {built:.0f} s; recall {recall:.3f}; {taken}"
                break


def measure(store: LocalStore, rows: Vectors, asked: Vectors) -> Iterator[tuple[str, str]]:
    """(what, measured), one after the other."""

    def queries(_: Snapshot) -> Vectors:
        return asked

    with closing(store.open()) as snapshot:
        yield (
            "all looked at, a question",
            milliseconds(partial(snapshot.vectors.search, count=100), asked),
        )
    started = time.perf_counter()
    trades = store.tune(queries, exact=0)
    tuned = time.perf_counter() - started
    with closing(store.open()) as snapshot:
        own = snapshot.tuned
        assert own
        size = sum(path.stat().st_size for path in store.index.rglob("sketches.faiss"))
        yield "sketched and tuned", f"{tuned:.0f} s, {size / len(rows):.0f} bytes a passage"
        yield "effort, recall", f"{own.effort:,}, {own.recall:.3f}"
        yield "so far, a question", milliseconds(partial(snapshot.vectors.search, count=100), asked)
        every = " · ".join(f"{one.effort:,}: {one.recall:.3f} {one.milliseconds:.1f}" for one in trades)
        yield "effort: recall, ms a query", every
    taken = []
    for number in range(5):
        started = time.perf_counter()
        with store.writer() as writer:
            writer.add(file_of(10**6 + number, rows[:20]))
            writer.publish()
        store.open().close()
        taken.append(time.perf_counter() - started)
    yield "an edit until it can be asked", f"{statistics.median(taken):.2f} s"
    yield "peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def main() -> None:
    """Print the table as it is made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path, help="JSONL of texts")
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--vectors", type=Path, metavar="CACHE.npy", help="where vectors are kept")
    parser.add_argument("--folder", type=Path, help="where the store is made and stays; else it is thrown away")
    parser.add_argument("--others", action="store_true", help="measure IVF and HNSW, and no store")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yinju-nearest-") as made:
        rows = vectors_of(given.text, given.passages, given.vectors or Path(made) / "vectors.npy")
        asked = asked_of(given.text, given.passages)
        print(f"| {len(rows):,} passages | median (least) |\n|---|---|", flush=True)
        if given.others:
            told = others(rows, asked)
        else:
            store = LocalStore((given.folder or Path(made)) / "index")
            if store.current() is None:
                fill(store, rows)
            told = measure(store, rows, asked)
        for what, measured in told:
            print(f"| {what} | {measured} |", flush=True)


if __name__ == "__main__":
    main()
