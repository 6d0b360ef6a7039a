"""The two ways in which a snapshot in Milvus is searched: by terms, whose rarity is counted here, and by nearness."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from yinju.store.milvus.connection import MOST_HITS
from yinju.store.milvus.entities import Entities
from yinju.store.milvus.postings import Postings
from yinju.store.milvus.statistics import SegmentTerms
from yinju.store.milvus.weights import Sparse, dimension_of, highest, rarity
from yinju.store.protocol import DESIGNATORS, Hits, Names
from yinju.store.scoped import OWN_STATISTICS
from yinju.types import Vectors


class MilvusKeywords:
    """Passages by the terms they hold; see the protocol's Keywords for what each method is.

    Statistics count passages that are gone from a segment until that is put together with others, as the local store's
    do; a term that may stand in such passages alone is looked for in the others.
    """

    def __init__(self, entities: Entities, terms: Sequence[SegmentTerms], every: int, alive: int) -> None:
        """Over entities and the statistics of their segments, which count `every` passage; some are still `alive`."""
        self._entities, self._terms, self._every, self._alive = entities, terms, every, alive
        self._counted = lru_cache(maxsize=100_000)(self._count)
        self._exact = lru_cache(maxsize=100_000)(self._look_for)
        self._of = lru_cache(maxsize=8)(entities.postings)
        self._few = lru_cache(maxsize=2)(self._fetch_few)

    def __len__(self) -> int:
        """The number of passages."""
        return self._alive

    def search(
        self, field: str, terms: Iterable[str], count: int, within: Names | None = None
    ) -> list[tuple[int, float]]:
        """The passages holding any of the terms as (id, score over 0), best first; of some documents alone."""
        return self._search(self._query(field, terms), count, within)

    def scores(self, field: str, terms: Iterable[str], passages: Sequence[int]) -> dict[int, float]:
        """The BM25 score of each of some passages that holds any of the terms."""
        query = self._query(field, terms)
        return self._of(tuple(passages)).scores(query) if query and passages else {}

    def search_designated(
        self, term: str, field: str, terms: Iterable[str], count: int, within: Names | None = None
    ) -> list[int]:
        """The passages that are what a designator names, then those that speak of it, by how they hold the terms.

        The designator outweighs all terms together, which tells the passages that have it from all others.
        """
        query = self._query(field, terms)
        over = highest(query.values()) + 1
        found: list[int] = []
        for designator in (f"={term}", term):
            if self._counted(DESIGNATORS, designator):
                hits = self._search({**query, dimension_of(DESIGNATORS, designator): over}, count, within)
                found += (number for number, score in hits if score > over - 0.5)
        return found

    def is_designated(self, term: str) -> bool:
        """Whether any passage is what a designator names."""
        return self.frequency_in(DESIGNATORS, f"={term}") > 0

    def designated(self, term: str, passages: Sequence[int]) -> frozenset[int]:
        """Which of some passages have a term in their designators."""
        return frozenset(self.scores(DESIGNATORS, [term], passages))

    def highest_score(self, field: str, terms: Iterable[str]) -> float:
        """The BM25 score that no passage reaches, however often it holds every one of the terms."""
        return highest(self._query(field, terms).values())

    def document_frequency(self, term: str) -> int:
        """In how many passages a word or bigram stands, in the text or its context."""
        return max(self.frequency_in(field, term) for field in ("words", "bigrams"))

    def frequency_in(self, field: str, term: str) -> int:
        """In how many passages a term stands in one of the fields."""
        counted = self._counted(field, term)
        gone = self._every - self._alive
        return self._exact(field, term) if 0 < counted <= min(gone, MOST_HITS) else counted

    def _search(self, query: Sparse, count: int, within: Names | None) -> list[tuple[int, float]]:
        few = self._few(within) if query and within is not None else None
        if few is None:
            return self._entities.search([query], count, within)[0] if query else []
        return sorted(few.scores(query).items(), key=lambda hit: -hit[1])[:count]

    def _fetch_few(self, documents: Names) -> Postings | None:
        """The passages of some documents, where those are so few that scoped.py asks for every word by itself."""
        passages = self._entities.passages_of(documents)
        return self._entities.postings(passages) if len(passages) <= OWN_STATISTICS else None

    def _query(self, field: str, terms: Iterable[str]) -> Sparse:
        """The dimension of each term that stands anywhere → how rare it is."""
        counted = ((term, self._counted(field, term)) for term in dict.fromkeys(terms))
        return {dimension_of(field, term): rarity(count, self._every) for term, count in counted if count}

    def _count(self, field: str, term: str) -> int:
        """In how many passages a term stands, those that are gone included."""
        return sum(terms.frequency(field, term) for terms in self._terms)

    def _look_for(self, field: str, term: str) -> int:
        """In how many passages a term stands that may do so in those alone that are gone."""
        (found,) = self._entities.search([{dimension_of(field, term): 1.0}], self._counted(field, term))
        return len(found)


class MilvusVectors:
    """Passages by how near their vectors are; see the protocol's VectorSearch for what each method is."""

    def __init__(self, entities: Entities, count: int, dimension: int) -> None:
        """Over the entities of a snapshot."""
        self._entities, self._count, self._dimension = entities, count, dimension

    def __len__(self) -> int:
        """The number of passages."""
        return self._count

    def search(self, queries: Vectors, count: int, within: Names | None = None) -> list[Hits]:
        """For each of (n, d) queries the passages nearest to it, best first; at most `count`, of some documents."""
        return self._entities.search([*queries], count, within)

    def rows(self, passages: Sequence[int]) -> Vectors:
        """The vectors of passages, (n, d) float32, in the order given."""
        return self._entities.vectors(passages, self._dimension)
