"""Folded words, bigrams and characters of passages ↔ a tantivy index searched by BM25.

The text is segmented by us and only split at spaces by tantivy; a question is handed over as terms, never as a query
to be parsed, so that nothing a user types is an operator.
"""

import math
import os
import shutil
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp

import tantivy

FIELDS = ("words", "bigrams", "characters")
"""What is searched, each of a passage in its context: title, headings and the opening of its document."""

DESIGNATORS = "designators"
"""What a passage is by number, as =article:39, and what it speaks of, as article:39; see designators.py."""

_SATURATION = 1.2
"""tantivy's k1: a term that stands often adds at most 1 + k1 times its inverse document frequency."""

_MEMORY = 64_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=False, indexed=True, fast=True)
    for field in (*FIELDS, DESIGNATORS):
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
        return self._search(self._any_of(field, terms), count)

    def scores(self, field: str, terms: Iterable[str], passages: Sequence[int]) -> dict[int, float]:
        """The BM25 score of each of some passages that holds any of the terms."""
        chosen = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "id", list(passages)), 0.0)
        both = [(tantivy.Occur.Must, chosen), (tantivy.Occur.Must, self._any_of(field, terms))]
        return dict(self._search(tantivy.Query.boolean_query(both), len(passages))) if passages else {}

    def search_designated(self, term: str, field: str, terms: Iterable[str], count: int) -> list[int]:
        """The passages that are what a designator names, then those that speak of it, by how they hold the terms."""
        found: list[int] = []
        for designator in (f"={term}", term):
            named = self._any_of(DESIGNATORS, [designator])
            query = tantivy.Query.boolean_query([
                (tantivy.Occur.Must, tantivy.Query.const_score_query(named, 1.0)),
                (tantivy.Occur.Should, self._any_of(field, terms)),
            ])  # fmt: skip
            found += (number for number, _ in self._search(query, count))
        return found

    def is_designated(self, term: str) -> bool:
        """Whether any passage is what a designator names."""
        return int(self._searcher.doc_freq(DESIGNATORS, f"={term}")) > 0

    def designated(self, term: str, passages: Sequence[int]) -> frozenset[int]:
        """Which of some passages have a term in their designators."""
        return frozenset(self.scores(DESIGNATORS, [term], passages))

    def _any_of(self, field: str, terms: Iterable[str]) -> tantivy.Query:
        queries = (tantivy.Query.term_query(self._schema, field, term, "freq") for term in dict.fromkeys(terms))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])

    def _search(self, query: tantivy.Query, count: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, count).hits
        numbers = self._searcher.fast_field_values("id", [address for _, address in hits])
        pairs = zip(numbers, hits, strict=True)
        return [(int(number), float(score)) for number, (score, _) in pairs if number is not None]

    def highest_score(self, field: str, terms: Iterable[str]) -> float:
        """The BM25 score that no passage reaches, however often it holds every one of the terms.

        A term adds idf · tf · (1 + k1) / (tf + k1 · …), less than idf · (1 + k1), where idf is
        ln(1 + (n - df + 0.5) / (df + 0.5)) for a term that stands in df of n passages.
        """
        frequencies = (int(self._searcher.doc_freq(field, term)) for term in dict.fromkeys(terms))
        rarities = (math.log(1 + (len(self) - df + 0.5) / (df + 0.5)) for df in frequencies if df)
        return sum(rarities) * (1 + _SATURATION)

    def document_frequency(self, term: str) -> int:
        """In how many passages a word or bigram stands, in the text or its context."""
        return max(self.frequency_in(field, term) for field in ("words", "bigrams"))

    def frequency_in(self, field: str, term: str) -> int:
        """In how many passages a term stands in one of the fields."""
        return int(self._searcher.doc_freq(field, term))
