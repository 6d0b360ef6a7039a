"""How many passages of a segment hold each term ↔ terms.sqlite, written once with the segment and then only read."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yinju.store.protocol import Terms

TERMS = "terms.sqlite"

_SCHEMA = """
CREATE TABLE frequencies (
    field TEXT NOT NULL, term TEXT NOT NULL, passages INTEGER NOT NULL, PRIMARY KEY (field, term)) WITHOUT ROWID;
CREATE TABLE lengths (field TEXT PRIMARY KEY, terms INTEGER NOT NULL);
CREATE TABLE sums (row INTEGER PRIMARY KEY, sum BLOB NOT NULL);
"""


@dataclass(slots=True)
class TermCounts:
    """What is counted of a segment while it is written."""

    frequencies: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(field, term) → how many passages hold it."""
    lengths: Counter[str] = field(default_factory=Counter)
    """Field → how many terms stand in it, in all passages together."""

    def add(self, terms: Terms) -> None:
        """Count a passage."""
        for name, own in terms.items():
            each = own.split()
            self.frequencies.update((name, term) for term in {*each})
            self.lengths[name] += len(each)

    def write(self, path: Path, sums: Iterable[bytes]) -> None:
        """Keep the counts, and a checksum of what Milvus was given of each passage, by row."""
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA} BEGIN;")
            rows = ((*key, count) for key, count in sorted(self.frequencies.items()))
            connection.executemany("INSERT INTO frequencies VALUES (?, ?, ?)", rows)
            connection.executemany("INSERT INTO lengths VALUES (?, ?)", self.lengths.items())
            connection.executemany("INSERT INTO sums VALUES (?, ?)", enumerate(sums))
            connection.execute("COMMIT")
        finally:
            connection.close()


class SegmentTerms:
    """An opened terms.sqlite. Safe for use by several threads: SQLite itself serialises the calls."""

    def __init__(self, path: Path) -> None:
        """Open read-only, leaving no trace beside the file."""
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)

    def lengths(self) -> Mapping[str, int]:
        """Field → how many terms stand in it, in all passages together."""
        return dict(self._connection.execute("SELECT field, terms FROM lengths").fetchall())

    def frequency(self, name: str, term: str) -> int:
        """How many passages hold a term in a field, those of documents that are gone included."""
        query = "SELECT passages FROM frequencies WHERE field = ? AND term = ?"
        row = self._connection.execute(query, (name, term)).fetchone()
        return row[0] if row else 0

    def sums(self, rows: Sequence[int]) -> dict[int, bytes]:
        """Row → the checksum of what Milvus was given of its passage."""
        query = f"SELECT row, sum FROM sums WHERE row IN ({','.join('?' * len(rows))})"
        return dict(self._connection.execute(query, rows).fetchall())

    def sum_count(self) -> int:
        """Of how many passages there is a checksum."""
        return int(self._connection.execute("SELECT count(*) FROM sums").fetchone()[0])
