"""How fast the shipped model encodes: python benchmarks/encoding.py → rows of a Markdown table on standard output.

Passages of 250 characters are cut from the sample corpus, each from another place, until there are enough;
segmentation is included. Run it on a quiet machine: it uses every core.
"""

import os
import time
from itertools import count, islice
from pathlib import Path
from statistics import median

from yinju.chunking import chunk_document
from yinju.embedding import load_encoder
from yinju.evaluation import load_questions
from yinju.ingest.entries import reader_for
from yinju.ingest.files import find_files
from yinju.settings import load_settings

REPOSITORY = Path(__file__).resolve().parent.parent
PASSAGES, CHARACTERS, STEP = 20_000, 250, 97


def sample_text() -> str:
    """Everything the sample corpus says."""
    settings = load_settings()
    with reader_for(settings) as reader:
        documents = [reader.read(path, name) for name, path, _ in find_files(REPOSITORY / "corpus", REPOSITORY)]
    return "\n".join(p.text for document in documents for p in chunk_document(document, settings.passage_characters))


def main() -> None:
    """Encode passages and questions and print both figures."""
    text = sample_text() * 2
    starts = (place * STEP % (len(text) // 2) for place in count())
    passages = [text[start : start + CHARACTERS] for start in islice(starts, PASSAGES)]
    encoder = load_encoder("")
    encoder.encode_documents(passages[:100])
    started = time.perf_counter()
    encoder.encode_documents(passages)
    speed = PASSAGES / (time.perf_counter() - started)
    print(f"| encoding passages of {CHARACTERS} characters, {os.cpu_count()} cores | {speed:,.0f} a second |")
    times = []
    for asked in load_questions(REPOSITORY / "benchmarks" / "questions.jsonl").questions:
        started = time.perf_counter()
        encoder.encode_queries([asked.question])
        times.append((time.perf_counter() - started) * 1000)
    print(f"| encoding a question | median {median(times):.2f} ms, at most {max(times):.2f} ms |")


if __name__ == "__main__":
    main()
