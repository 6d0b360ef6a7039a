"""How fast a question is searched here and by LangChain's parts: a Markdown table over the passages of one index.

python benchmarks/langchain.py INDEX [--questions 50], where langchain-community and rank-bm25 are installed beside
Yinju, which needs neither. LangChain's BM25Retriever cuts with jieba, its FAISS store holds the vectors of our own
encoder; their hits are joined as its EnsembleRetriever does, by reciprocal rank. Both get the same questions.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba  # type: ignore[import-untyped]
import numpy as np
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.embeddings import Embeddings

from scale import questions_for, spread
from yinju.embedding import load_encoder
from yinju.ingest.build import open_store
from yinju.ingest.records import embedded_text
from yinju.library import open_library
from yinju.settings import Settings

HITS = 20
CONSTANT = 60
"""Of reciprocal rank fusion."""


class Shipped(Embeddings):  # type: ignore[misc]
    """Our encoder as LangChain calls one."""

    def __init__(self) -> None:
        """Load it."""
        self._encoder = load_encoder("")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        return [row.tolist() for row in self._encoder.encode_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        found: list[float] = self._encoder.encode_queries([text])[0].tolist()
        return found


def timed(search: Callable[[str], object], questions: Sequence[str]) -> dict[str, float]:
    """Milliseconds of a search, after five to warm up."""
    for question in questions[:5]:
        search(question)
    taken = []
    for question in questions:
        started = time.perf_counter()
        search(question)
        taken.append(time.perf_counter() - started)
    return spread(taken)


def peer(texts: list[str], vectors: np.ndarray) -> Callable[[str], list[str]]:
    """A search by LangChain's parts over texts and their vectors."""
    keywords = BM25Retriever.from_texts(texts, preprocess_func=jieba.lcut)
    keywords.k, shipped = HITS, Shipped()
    store = FAISS.from_embeddings(list(zip(texts, vectors.tolist(), strict=True)), shipped)

    def search(question: str) -> list[str]:
        scores: dict[str, float] = {}
        for hits in (keywords.invoke(question), store.similarity_search(question, k=HITS)):
            for rank, hit in enumerate(hits, start=1):
                scores[hit.page_content] = scores.get(hit.page_content, 0.0) + 1 / (CONSTANT + rank)
        return sorted(scores, key=lambda text: -scores[text])[:HITS]

    return search


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--questions", type=int, default=50)
    given = parser.parse_args()
    with open_library(given.index, settings=Settings(reread=False)) as library:
        questions = questions_for(library, given.questions)
        own = timed(lambda question: library.search(question, HITS), questions)
    snapshot = open_store(given.index).open()
    ids = [number for number, _ in snapshot.documents.places()]
    texts = [embedded_text(passage) for passage in snapshot.documents.passages(ids)]
    started = time.perf_counter()
    other = timed(peer(texts, snapshot.vectors.rows(ids)), questions)
    made = time.perf_counter() - started
    print(f"| {len(ids):,} passages | p50 | p95 |\n|---|---|---|")
    for name, found in (("Yinju", own), (f"LangChain (made in {made:.0f} s)", other)):
        print(f"| {name} | {found['p50']:.1f} ms | {found['p95']:.1f} ms |")
    print(f"| times as fast | {other['p50'] / own['p50']:.1f} | {other['p95'] / own['p95']:.1f} |")


if __name__ == "__main__":
    main()
