"""Folded words, bigrams and characters of passages ↔ a tantivy index searched by BM25.

The text is segmented by us and only split at spaces by tantivy; a question is handed over as terms, never as a query
to be parsed, so that nothing a user types is an operator. tantivy's own files are written once as well: an edited
index is a folder of links to those of the one before, with a few of its own.
"""

import hashlib
import json
import math
import os
import shutil
import weakref
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import tantivy

from yinju.store.protocol import DESIGNATORS, FIELDS, SATURATION, Names, Terms

_MEMORY = 64_000_000
MOST_KNOWN = 50_000
"""Terms of which is remembered in how many passages they stand."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("owner", stored=False, indexed=True, fast=False)
    for field in (*FIELDS, DESIGNATORS):
        builder.add_text_field(field, stored=False, tokenizer_name="terms", index_option="freq")
    return builder.build()


def _open(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


@lru_cache(maxsize=256)
def owner_of(document: str) -> int:
    """What a document is called in the index: 63 bits of the SHA-256 of its name."""
    return int.from_bytes(hashlib.sha256(document.encode("utf-8", "surrogatepass")).digest()[:8]) >> 1


def _any_owner(schema: tantivy.Schema, documents: Iterable[str]) -> tantivy.Query:
    return tantivy.Query.term_set_query(schema, "owner", [owner_of(name) for name in documents])


class KeywordWriter:
    """A keyword index in a new folder, which goes on from another where there is one; `close` has it on disk."""

    def __init__(self, folder: Path, before: Path | None = None) -> None:
        """Make the folder."""
        folder.mkdir()
        for path in before.iterdir() if before else ():
            _link(path, folder / path.name)
        self._folder = folder
        self._index = _open(tantivy.Index.open(str(folder)) if before else tantivy.Index(_schema(), path=str(folder)))
        self._writer = self._index.writer(heap_size=_MEMORY, num_threads=1)

    def remove(self, documents: Iterable[str]) -> None:
        """Forget the passages of some documents, so far as they were there before."""
        self._writer.delete_documents_by_query(_any_owner(self._index.schema, documents))

    def add(self, number: int, document: str, terms: Terms) -> None:
        """Keep a passage by its id."""
        entry = tantivy.Document()
        entry.add_unsigned("id", number)
        entry.add_unsigned("owner", owner_of(document))
        for field, own in terms.items():
            entry.add_text(field, own)
        self._writer.add_document(entry)

    def close(self) -> None:
        """Have all of it on disk, and nothing else in the folder."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        for lock in self._folder.glob(".tantivy-*.lock"):
            lock.unlink()


def _link(path: Path, copy: Path) -> None:
    """One more name for a file; a copy of it where the disk knows no second names, or where tantivy writes it anew."""
    if path.suffix != ".json":
        try:
            os.link(path, copy)
        except OSError:
            pass
        else:
            return
    shutil.copyfile(path, copy)


class KeywordIndex:
    """An opened keyword index."""

    def __init__(self, folder: Path) -> None:
        """Open the index for reading.

        Raises:
            ValueError: the folder holds no readable index.
        """
        if not os.access(folder, os.W_OK):  # tantivy wants to make a lock file even to read
            folder = self._elsewhere(folder)
        index = _open(tantivy.Index.open(str(folder)))
        self._schema = index.schema
        self._searcher = index.searcher()
        self._known: dict[tuple[str, str], int] = {}
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        self._deleted = sum(segment["deletes"]["num_deleted_docs"] for segment in segments if segment["deletes"])

    def _elsewhere(self, folder: Path) -> Path:
        """A folder of links to the files, which is gone with this index."""
        links = Path(mkdtemp(prefix="yinju-keywords-"))
        weakref.finalize(self, shutil.rmtree, links, ignore_errors=True)
        for path in folder.iterdir():
            if path.suffix != ".lock":
                (links / path.name).symlink_to(path.resolve())
        return links

    def __len__(self) -> int:
        """The number of passages."""
        return int(self._searcher.num_docs)

    def search(
        self, field: str, terms: Iterable[str], count: int, within: Names | None = None
    ) -> list[tuple[int, float]]:
        """The passages holding any of the terms as (id, score over 0), best first; of some documents alone."""
        return self._search(self._within(self._any_of(field, terms), within), count)

    def scores(self, field: str, terms: Iterable[str], passages: Sequence[int]) -> dict[int, float]:
        """The BM25 score of each of some passages that holds any of the terms."""
        # ids looked up one by one: as a set, every id of the index is compared with it
        each = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "id", number)) for number in passages]
        chosen = tantivy.Query.const_score_query(tantivy.Query.boolean_query(each), 0.0)
        both = [(tantivy.Occur.Must, chosen), (tantivy.Occur.Must, self._any_of(field, terms))]
        return dict(self._search(tantivy.Query.boolean_query(both), len(passages))) if passages else {}

    def search_designated(
        self, term: str, field: str, terms: Iterable[str], count: int, within: Names | None = None
    ) -> list[int]:
        """The passages that are what a designator names, then those that speak of it, by how they hold the terms."""
        found: list[int] = []
        for designator in (f"={term}", term):
            named = self._any_of(DESIGNATORS, [designator])
            query = tantivy.Query.boolean_query([
                (tantivy.Occur.Must, tantivy.Query.const_score_query(named, 1.0)),
                (tantivy.Occur.Should, self._any_of(field, terms)),
            ])  # fmt: skip
            found += (number for number, _ in self._search(self._within(query, within), count))
        return found

    def is_designated(self, term: str) -> bool:
        """Whether any passage is what a designator names."""
        return self.frequency_in(DESIGNATORS, f"={term}") > 0

    def designated(self, term: str, passages: Sequence[int]) -> frozenset[int]:
        """Which of some passages have a term in their designators."""
        return frozenset(self.scores(DESIGNATORS, [term], passages))

    def _any_of(self, field: str, terms: Iterable[str]) -> tantivy.Query:
        queries = (tantivy.Query.term_query(self._schema, field, term, "freq") for term in dict.fromkeys(terms))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])

    def _within(self, query: tantivy.Query, documents: Names | None) -> tantivy.Query:
        """What matches a query in some documents, scored as it is anywhere."""
        if documents is None:
            return query
        chosen = tantivy.Query.const_score_query(_any_owner(self._schema, documents), 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, chosen), (tantivy.Occur.Must, query)])

    def _search(self, query: tantivy.Query, count: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, count).hits
        numbers = self._searcher.fast_field_values("id", [address for _, address in hits])
        pairs = zip(numbers, hits, strict=True)
        return [(int(number), float(score)) for number, (score, _) in pairs if number is not None]

    def highest_score(self, field: str, terms: Iterable[str]) -> float:
        """The BM25 score that no passage reaches, however often it holds every one of the terms.

        A term adds idf · tf · (1 + k1) / (tf + k1 · …), less than idf · (1 + k1), where idf is
        ln(1 + (n - df + 0.5) / (df + 0.5)) for a term that stands in df of n passages, those deleted since they were
        last put together among them.
        """
        every = len(self) + self._deleted
        frequencies = (int(self._searcher.doc_freq(field, term)) for term in dict.fromkeys(terms))
        rarities = (math.log(1 + (every - df + 0.5) / (df + 0.5)) for df in frequencies if df)
        return sum(rarities) * (1 + SATURATION)

    def document_frequency(self, term: str) -> int:
        """In how many passages a word or bigram stands, in the text or its context."""
        return max(self.frequency_in(field, term) for field in ("words", "bigrams"))

    def frequency_in(self, field: str, term: str) -> int:
        """In how many passages a term stands in one of the fields."""
        known = self._known.get((field, term))
        if known is None:
            known = self._frequency_in(field, term)
            self._known = {} if len(self._known) >= MOST_KNOWN else self._known
            self._known[field, term] = known
        return known

    def _frequency_in(self, field: str, term: str) -> int:
        frequency = int(self._searcher.doc_freq(field, term))
        if 0 < frequency <= self._deleted:  # it may stand in deleted passages alone
            return int(self._searcher.search(self._any_of(field, [term]), 1).count)  # type: ignore[attr-defined]
        return frequency
