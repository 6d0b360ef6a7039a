"""Documents, passages and file outcomes ↔ one SQLite file per segment, written once and then only read."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, replace
from pathlib import Path

from yinju.reasons import Reason
from yinju.types import (
    Document,
    DocumentFacts,
    FileOutcome,
    FileState,
    Passage,
    PrintedRun,
    Scan,
    Section,
    pack_blocks,
    unpack_blocks,
)

_SCHEMA = """
CREATE TABLE documents (
    name TEXT PRIMARY KEY, title TEXT NOT NULL, text BLOB NOT NULL, sections TEXT NOT NULL, sha256 TEXT NOT NULL,
    format TEXT NOT NULL, size INTEGER NOT NULL, encoding TEXT, page_starts TEXT NOT NULL, state TEXT NOT NULL,
    reasons TEXT NOT NULL, body_start INTEGER NOT NULL, page_labels TEXT NOT NULL,
    often TEXT NOT NULL);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id INTEGER NOT NULL, document TEXT NOT NULL REFERENCES documents,
    number INTEGER NOT NULL, headings TEXT NOT NULL, page INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text TEXT NOT NULL, sentences TEXT NOT NULL, mended TEXT NOT NULL, blocks TEXT NOT NULL,
    form TEXT);
CREATE INDEX passages_of_document ON passages (document, number);
CREATE TABLE printed (document TEXT PRIMARY KEY REFERENCES documents, runs TEXT NOT NULL);
CREATE TABLE scans (
    document TEXT NOT NULL REFERENCES documents, page INTEGER NOT NULL, boxes TEXT NOT NULL,
    PRIMARY KEY (document, page));
CREATE TABLE files (
    name TEXT PRIMARY KEY, state TEXT NOT NULL, reasons TEXT NOT NULL, passages INTEGER NOT NULL,
    characters INTEGER NOT NULL, sha256 TEXT, title TEXT NOT NULL, format TEXT NOT NULL, size INTEGER NOT NULL,
    pages INTEGER, encoding TEXT, added REAL NOT NULL, seconds REAL NOT NULL, indexed INTEGER NOT NULL,
    dropped INTEGER NOT NULL, facts TEXT NOT NULL);
"""
_TABLES = ("documents", "printed", "scans", "files")
"""Those of which a row belongs to the document or file that its first column names."""
_COMPRESSION = 3
"""Of whole texts, which are read less often than passages: half the bytes at 40 MB a second."""


class DocumentsWriter:
    """A new documents.sqlite; use as a context manager, what was added is there once it has closed."""

    def __init__(self, path: Path) -> None:
        """Create the file, which must not exist."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA} BEGIN;")
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
        row = (
            document.name, document.title, zlib.compress(document.text.encode(), _COMPRESSION),
            json.dumps([[s.headings, s.start, s.end] for s in document.sections], ensure_ascii=False),
            document.sha256, document.format, document.size, document.encoding,
            json.dumps(document.page_starts), document.state.value, _reasons_json(document.reasons),
            document.body_start, json.dumps(document.page_labels, ensure_ascii=False),
            json.dumps(often, ensure_ascii=False, separators=(",", ":")),
        )  # fmt: skip
        self._insert("documents", row)
        if document.printed:
            runs = json.dumps([astuple(run) for run in document.printed])
            self._insert("printed", (document.name, runs))
        for scan in document.scans:
            self._insert("scans", (document.name, scan.page, json.dumps(scan.boxes)))

    def add_passage(self, passage: Passage) -> None:
        """Keep a passage."""
        row = (
            len(self.ids), passage.id, passage.document, passage.number,
            json.dumps(passage.headings, ensure_ascii=False), passage.page, passage.start, passage.end, passage.text,
            json.dumps(passage.sentences, separators=(",", ":")), json.dumps(passage.mended, ensure_ascii=False),
            json.dumps(pack_blocks(passage.blocks), ensure_ascii=False, separators=(",", ":")), passage.form,
        )  # fmt: skip
        self._insert("passages", row)
        self.ids.append(passage.id)

    def add_outcome(self, outcome: FileOutcome) -> None:
        """Keep how a file ended."""
        o = outcome
        row = (
            o.name, o.state.value, _reasons_json(o.reasons), o.passages, o.characters, o.sha256, o.title, o.format,
            o.size, o.pages, o.encoding, o.added, o.seconds, o.indexed, o.dropped,
            json.dumps(asdict(o.facts), ensure_ascii=False),
        )  # fmt: skip
        self._insert("files", row)
        self.files += 1

    def _insert(self, table: str, row: Sequence[object]) -> None:
        self._connection.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)

    def take_over(self, path: Path, gone: Iterable[str]) -> list[int]:
        """Copy what another file holds, but for some files; the rows of the passages copied, in their order."""
        self._connection.execute("COMMIT")
        self._connection.execute("ATTACH ? AS other", (f"{path.absolute().as_uri()}?immutable=1",))
        self._connection.execute("BEGIN")
        left = json.dumps([*gone])
        for table in _TABLES:
            column = "document" if table in ("printed", "scans") else "name"
            added = self._connection.execute(
                f"INSERT INTO {table} SELECT * FROM other.{table} "
                f"WHERE {column} NOT IN (SELECT value FROM json_each(?))", (left,),
            )  # fmt: skip
            self.files += added.rowcount if table == "files" else 0
        kept = self._connection.execute(
            "SELECT * FROM other.passages WHERE document NOT IN (SELECT value FROM json_each(?)) ORDER BY row", (left,)
        )
        rows = []
        for row, *rest in kept.fetchall():
            self._insert("passages", (len(self.ids), *rest))
            self.ids.append(rest[0])
            rows.append(row)
        self._connection.execute("COMMIT")
        self._connection.execute("DETACH other")
        self._connection.execute("BEGIN")
        return rows


class SegmentDocuments:
    """An opened documents.sqlite. Safe for use by several threads: SQLite itself serialises the calls."""

    def __init__(self, path: Path) -> None:
        """Open read-only, leaving no trace beside the file."""
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def ids(self) -> list[int]:
        """The ids of all passages, by row."""
        return [number for (number,) in self._connection.execute("SELECT id FROM passages ORDER BY row")]

    def names(self) -> list[str]:
        """The files whose end is kept here, by name."""
        return [name for (name,) in self._connection.execute("SELECT name FROM files ORDER BY name")]

    def ranges(self, documents: Iterable[str] | None = None) -> Iterator[tuple[str, int, int]]:
        """(document, first row, row behind the last one) of some documents, or of all."""
        query = "SELECT document, min(row), max(row) + 1 FROM passages {} GROUP BY document"
        if documents is None:
            return self._connection.execute(query.format(""))
        chosen = query.format("WHERE document IN (SELECT value FROM json_each(?))")
        return self._connection.execute(chosen, (json.dumps([*documents]),))

    def documents(self) -> Iterator[Document]:
        """Every document, by name, without where it is printed."""
        return map(_document, self._connection.execute("SELECT * FROM documents ORDER BY name"))

    def facts(self) -> Iterator[tuple[str, str, DocumentFacts]]:
        """(document, title, what it says of itself as a whole) of every document."""
        rows = self._connection.execute("SELECT name, title, facts FROM files WHERE passages > 0")
        return ((name, title, DocumentFacts(**json.loads(facts))) for name, title, facts in rows)

    def document(self, name: str) -> Document | None:
        """The document of that name, without where it is printed, or None."""
        row = self._connection.execute("SELECT * FROM documents WHERE name = ?", (name,)).fetchone()
        return _document(row) if row else None

    def often(self, name: str) -> Mapping[str, int]:
        """How often a word stands in a document, of those that do so more than once."""
        row = self._connection.execute("SELECT often FROM documents WHERE name = ?", (name,)).fetchone()
        return dict(json.loads(row[0])) if row else {}

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

    def printed_documents(self) -> list[str]:
        """The documents whose text stands on pages."""
        return [name for (name,) in self._connection.execute("SELECT document FROM printed")]

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of some rows, in no certain order."""
        return self._query("WHERE row IN (SELECT value FROM json_each(?))", (json.dumps([*rows]),))

    def passages_of(self, document: str) -> list[Passage]:
        """The passages of a document in reading order."""
        return self._query("WHERE document = ? ORDER BY number", (document,))

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
        rows = self._connection.execute(
            "SELECT document, text FROM passages "
            "WHERE number = 0 AND document IN (SELECT value FROM json_each(?))", (json.dumps([*documents]),),
        )  # fmt: skip
        return dict(rows.fetchall())

    def _query(self, condition: str, values: Sequence[object]) -> list[Passage]:
        rows = self._connection.execute(
            "SELECT id, document, title, headings, page, start, end, passages.text, sentences, mended, blocks, number, "
            "form "
            f"FROM passages JOIN documents ON name = document {condition}",
            values,
        )
        return [_passage(row) for row in rows]

    def outcome(self, name: str) -> FileOutcome | None:
        """How the file of that name ended, or None."""
        row = self._connection.execute("SELECT * FROM files WHERE name = ?", (name,)).fetchone()
        return _outcome(row) if row else None

    def outcomes(self) -> Iterator[FileOutcome]:
        """How every file ended."""
        return map(_outcome, self._connection.execute("SELECT * FROM files ORDER BY name"))


def _reasons_json(reasons: Iterable[Reason]) -> str:
    return json.dumps([[reason.name, dict(reason.facts)] for reason in reasons], ensure_ascii=False)


def _reasons(kept: str) -> tuple[Reason, ...]:
    return tuple(Reason(name, facts) for name, facts in json.loads(kept))


def _outcome(row: tuple) -> FileOutcome:  # type: ignore[type-arg]
    name, state, reasons, *rest, facts = row
    outcome = FileOutcome(name, FileState(state), _reasons(reasons), *rest)
    return replace(outcome, facts=DocumentFacts(**json.loads(facts)))


def _document(row: tuple) -> Document:  # type: ignore[type-arg]
    name, title, text, sections, sha256, kind, size, encoding, page_starts, state, reasons, body_start, labels, _ = row
    return Document(
        name, title, zlib.decompress(text).decode(),
        tuple(Section(tuple(headings), start, end) for headings, start, end in json.loads(sections)),
        sha256, kind, size, encoding, tuple(json.loads(page_starts)), FileState(state), _reasons(reasons),
        body_start=body_start, page_labels=tuple(json.loads(labels)),
    )  # fmt: skip


def _passage(row: tuple) -> Passage:  # type: ignore[type-arg]
    number, document, title, headings, page, start, end, text, sentences, mended, blocks, place, form = row
    spans = tuple((first, last) for first, last in json.loads(sentences))
    words = tuple((sentence, word) for sentence, word in json.loads(mended))
    return Passage(
        number, document, title, tuple(json.loads(headings)), page, start, end, text, spans, words,
        unpack_blocks(json.loads(blocks)), place, form,
    )  # fmt: skip
