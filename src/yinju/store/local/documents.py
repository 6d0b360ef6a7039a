"""Documents, passages and file outcomes ↔ one SQLite file per segment, written once and then only read."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from functools import cached_property
from itertools import islice
from pathlib import Path

from yinju.store.local.rows import (
    Row,
    as_json,
    document_of,
    document_row,
    long,
    outcome_of,
    outcome_row,
    passage_of,
    passage_row,
    pressed_out,
)
from yinju.types import (
    Document,
    Figure,
    FileOutcome,
    Passage,
    PrintedRun,
    Scan,
    Span,
    pack_figures,
    unpack_figures,
)

_SCHEMA = """
CREATE TABLE documents (
    name TEXT PRIMARY KEY, title TEXT NOT NULL, text BLOB NOT NULL, sections BLOB NOT NULL, sha256 TEXT NOT NULL,
    format TEXT NOT NULL, size INTEGER NOT NULL, encoding TEXT, page_starts TEXT NOT NULL, state TEXT NOT NULL,
    reasons TEXT NOT NULL, body_start INTEGER NOT NULL, page_labels TEXT NOT NULL,
    often BLOB NOT NULL);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id INTEGER NOT NULL, document TEXT NOT NULL REFERENCES documents,
    number INTEGER NOT NULL, headings TEXT NOT NULL, page INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text NOT NULL, sentences TEXT NOT NULL, mended TEXT NOT NULL, blocks TEXT NOT NULL,
    form);
CREATE INDEX passages_of_document ON passages (document, number);
CREATE TABLE printed (document TEXT PRIMARY KEY REFERENCES documents, runs TEXT NOT NULL);
CREATE TABLE scans (
    document TEXT NOT NULL REFERENCES documents, page INTEGER NOT NULL, boxes TEXT NOT NULL,
    PRIMARY KEY (document, page));
CREATE TABLE figures (document TEXT PRIMARY KEY REFERENCES documents, figures TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    name TEXT PRIMARY KEY, state TEXT NOT NULL, reasons TEXT NOT NULL, passages INTEGER NOT NULL,
    characters INTEGER NOT NULL, sha256 TEXT, title TEXT NOT NULL, format TEXT NOT NULL, size INTEGER NOT NULL,
    pages INTEGER, encoding TEXT, added REAL NOT NULL, seconds REAL NOT NULL, indexed INTEGER NOT NULL,
    dropped INTEGER NOT NULL, facts TEXT NOT NULL);
"""
_TABLES = ("documents", "printed", "scans", "figures", "files")
"""Those of which a row belongs to the document or file that its first column names."""
_PAGE_BYTES = 16_384
"""Passages take a kilobyte or two: of smaller pages a quarter would stay empty."""

_FURTHEST = 2**62
"""Further on in a text than any passage is."""

MOST_KNOWN = 2_000
"""Documents of which title and first passage are remembered, a kilobyte each."""


class DocumentsWriter:
    """A new documents.sqlite; use as a context manager, what was added is there once it has closed."""

    def __init__(self, path: Path) -> None:
        """Create the file, which must not exist."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(
            f"PRAGMA page_size={_PAGE_BYTES}; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA} BEGIN;"
        )
        self.ids: list[int] = []
        """Of the passages added, by row."""
        self.files = 0
        """How many outcomes were added."""

    def __enter__(self) -> "DocumentsWriter":
        """The writer itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Commit and close."""
        self.close()

    def close(self) -> None:
        """Have what was added in the file."""
        self._connection.execute("COMMIT")
        self._connection.close()

    def add_document(self, document: Document, often: Mapping[str, int]) -> None:
        """Keep a document, and how often a word stands in it."""
        self._insert("documents", [document_row(document, often)])
        if document.printed:
            self._insert("printed", [(document.name, as_json([astuple(run) for run in document.printed]))])
        self._insert("scans", [(document.name, scan.page, as_json(scan.boxes)) for scan in document.scans])
        if document.figures:
            self._insert("figures", [(document.name, as_json(pack_figures(document.figures)))])

    def add_passages(self, passages: Sequence[Passage]) -> None:
        """Keep passages."""
        first = len(self.ids)
        self._insert("passages", [(first + n, *passage_row(passage)) for n, passage in enumerate(passages)])
        self.ids += [passage.id for passage in passages]

    def add_outcome(self, outcome: FileOutcome) -> None:
        """Keep how a file ended."""
        self._insert("files", [outcome_row(outcome)])
        self.files += 1

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            self._connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)

    def take_over(self, path: Path, gone: Iterable[str]) -> list[int]:
        """Copy what another file holds, but for some files; the rows of the passages copied, in their order."""
        self._connection.execute("COMMIT")
        self._connection.execute("ATTACH ? AS other", (f"{path.absolute().as_uri()}?immutable=1",))
        self._connection.execute("BEGIN")
        left = json.dumps([*gone])
        for table in _TABLES:
            column = "name" if table in ("documents", "files") else "document"
            added = self._connection.execute(
                f"INSERT INTO {table} SELECT * FROM other.{table} "
                f"WHERE {column} NOT IN (SELECT value FROM json_each(?))", (left,),
            )  # fmt: skip
            self.files += added.rowcount if table == "files" else 0
        kept = self._connection.execute(
            "SELECT * FROM other.passages WHERE document NOT IN (SELECT value FROM json_each(?)) ORDER BY row", (left,)
        )
        taken, first = kept.fetchall(), len(self.ids)
        self._insert("passages", [(first + n, *rest) for n, (_, *rest) in enumerate(taken)])
        self.ids += [number for _, number, *_ in taken]
        self._connection.execute("COMMIT")
        self._connection.execute("DETACH other")
        self._connection.execute("BEGIN")
        return [row for row, *_ in taken]


class SegmentDocuments:
    """An opened documents.sqlite. Safe for use by several threads: SQLite itself serialises the calls."""

    def __init__(self, path: Path) -> None:
        """Open read-only, leaving no trace beside the file."""
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
        self._known: dict[str, tuple[str, str]] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def ids(self) -> list[int]:
        """The ids of all passages, by row."""
        return [number for (number,) in self._connection.execute("SELECT id FROM passages ORDER BY row")]

    def ranges(self, documents: Iterable[str] | None = None) -> Iterator[tuple[str, int, int]]:
        """(document, first row, row behind the last one) of some documents, or of all."""
        query = "SELECT document, min(row), max(row) + 1 FROM passages {} GROUP BY document"
        if documents is None:
            return self._connection.execute(query.format(""))
        chosen = query.format("WHERE document IN (SELECT value FROM json_each(?))")
        return self._connection.execute(chosen, (json.dumps([*documents]),))

    def documents(self) -> Iterator[Document]:
        """Every document, by name, without where it is printed."""
        return map(document_of, self._connection.execute("SELECT * FROM documents ORDER BY name"))

    def document(self, name: str) -> Document | None:
        """The document of that name, without where it is printed, or None."""
        row = self._connection.execute("SELECT * FROM documents WHERE name = ?", (name,)).fetchone()
        return document_of(row) if row else None

    def often(self, name: str) -> Mapping[str, int]:
        """How often a word stands in a document, of those that do so more than once."""
        row = self._connection.execute("SELECT often FROM documents WHERE name = ?", (name,)).fetchone()
        return dict(json.loads(pressed_out(row[0]))) if row else {}

    def printed(self, name: str) -> tuple[PrintedRun, ...]:
        """Where a document's text stands on its pages; none where it has no pages, or there is no such document."""
        row = self._connection.execute("SELECT runs FROM printed WHERE document = ?", (name,)).fetchone()
        return tuple(PrintedRun(*run) for run in json.loads(row[0])) if row else ()

    def scans(self, name: str, page: int | None = None) -> tuple[Scan, ...]:
        """Where the text stands that was recognised on the pages of a document, or on one of them."""
        rows = self._connection.execute(
            "SELECT page, boxes FROM scans WHERE document = ? AND page = ifnull(?, page) ORDER BY page", (name, page)
        )
        return tuple(Scan(number, tuple(tuple(box) for box in json.loads(boxes))) for number, boxes in rows)

    def figures(self, name: str) -> tuple[Figure, ...]:
        """The pictures and charts of a document, in the order of its text."""
        row = self._connection.execute("SELECT figures FROM figures WHERE document = ?", (name,)).fetchone()
        return unpack_figures(json.loads(row[0])) if row else ()

    def printed_documents(self) -> list[str]:
        """The documents whose text stands on pages."""
        return [name for (name,) in self._connection.execute("SELECT document FROM printed")]

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of some rows, in no certain order."""
        return self._query("WHERE row IN (SELECT value FROM json_each(?))", (json.dumps([*rows]),))

    def passages_of(self, document: str, within: Span | None = None) -> list[Passage]:
        """The passages of a document in reading order, or those that hold any of a range of its text."""
        start, end = within or (0, _FURTHEST)
        return self._query("WHERE document = ? AND end > ? AND start < ? ORDER BY number", (document, start, end))

    def passage_at(self, document: str, number: int) -> Passage | None:
        """The passage at a place of a document, or None."""
        return next(iter(self._query("WHERE document = ? AND number = ?", (document, number))), None)

    def digests(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the SHA-256 of its file."""
        rows = self._connection.execute(
            "SELECT name, sha256 FROM documents WHERE name IN (SELECT value FROM json_each(?))",
            (json.dumps([*documents]),),
        )
        return dict(rows.fetchall())

    def leads(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the text of its first passage."""
        return {name: lead for name, (_, lead) in self._about(documents).items()}

    def _about(self, documents: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Document → its title and its first passage; those that were asked for lately are remembered."""
        wanted, known = {*documents}, self._known  # which another thread may replace
        found = {name: known[name] for name in wanted & known.keys()}
        if left := wanted - found.keys():
            rows = self._connection.execute(
                "SELECT name, title, passages.text FROM documents JOIN passages ON document = name AND number = 0 "
                "WHERE name IN (SELECT value FROM json_each(?))", (json.dumps([*left]),),
            )  # fmt: skip
            found |= {name: (title, long(text)) for name, title, text in rows}
            self._known = {**found, **dict(islice(known.items(), MOST_KNOWN))}
        return found

    def _query(self, condition: str, values: Sequence[object]) -> list[Passage]:
        rows = self._connection.execute(
            "SELECT id, document, headings, page, start, end, text, sentences, mended, blocks, number, form "
            f"FROM passages {condition}",
            values,
        ).fetchall()
        about = self._about(document for _, document, *_ in rows)
        return [passage_of(row, about[row[1]][0]) for row in rows]

    @cached_property
    def outcomes(self) -> Mapping[str, FileOutcome]:
        """File name → how it ended, by name; read once, whatever is published on."""
        every = map(outcome_of, self._connection.execute("SELECT * FROM files ORDER BY name"))
        return {outcome.name: outcome for outcome in every}
