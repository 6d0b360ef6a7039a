"""Folded words, bigrams and characters of passages ↔ a tantivy index searched by BM25.

The text is segmented by us and only split at spaces by tantivy; a question is handed over as terms, never as a query
to be parsed, so that nothing a user types is an operator.
"""

import os
import shutil
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkdtemp

import tantivy

FIELDS = ("words", "bigrams", "characters", "heading")
"""What is searched; `heading` holds words and bigrams of the title and of the headings above a passage."""

_MEMORY = 64_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=False, indexed=True, fast=True)
    for field in FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name="terms", index_option="freq")
    return builder.build()


def _open(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def write_keywords(folder: Path, passages: Iterable[Mapping[str, list[str]]]) -> None:
    """Make the index of passages numbered from 0, each given as field → terms."""
    folder.mkdir()
    index = _open(tantivy.Index(_schema(), path=str(folder)))
    writer = index.writer(heap_size=_MEMORY, num_threads=1)
    for number, fields in enumerate(passages):
        document = tantivy.Document()
        document.add_unsigned("id", number)
        for field, terms in fields.items():
            document.add_text(field, " ".join(terms))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()


class KeywordIndex:
    """An opened keyword index."""

    def __init__(self, folder: Path) -> None:
        """Open the index for reading.

        Raises:
            ValueError: the folder holds no readable index.
        """
        if not os.access(folder, os.W_OK):  # tantivy wants to make a lock file even to read
            copy = mkdtemp(prefix="yinju-keywords-")
            weakref.finalize(self, shutil.rmtree, copy, ignore_errors=True)
            folder = shutil.copytree(folder, Path(copy) / folder.name)
        index = _open(tantivy.Index.open(str(folder)))
        self._schema = index.schema
        self._searcher = index.searcher()

    def __len__(self) -> int:
        """The number of passages."""
        return int(self._searcher.num_docs)

    def search(self, field: str, terms: Iterable[str], count: int) -> list[tuple[int, float]]:
        """The passages holding any of the terms as (passage, BM25 score over 0), best first; at most `count`."""
        queries = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term, "freq"))
            for term in dict.fromkeys(terms)
        ]
        if not queries:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(queries), count).hits
        numbers = self._searcher.fast_field_values("id", [address for _, address in hits])
        pairs = zip(numbers, hits, strict=True)
        return [(int(number), float(score)) for number, (score, _) in pairs if number is not None]

    def document_frequency(self, term: str) -> int:
        """In how many passages a word or bigram stands, in the text or above it."""
        return max(int(self._searcher.doc_freq(field, term)) for field in ("words", "bigrams", "heading"))
