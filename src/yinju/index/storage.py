"""Documents, passages and file outcomes ↔ one SQLite file, written once and then only read."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
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
    name TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, sections TEXT NOT NULL, sha256 TEXT NOT NULL,
    format TEXT NOT NULL, size INTEGER NOT NULL, encoding TEXT, page_starts TEXT NOT NULL, state TEXT NOT NULL,
    reasons TEXT NOT NULL, body_start INTEGER NOT NULL, page_labels TEXT NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents, headings TEXT NOT NULL, page INTEGER,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, sentences TEXT NOT NULL, words TEXT NOT NULL,
    mended TEXT NOT NULL, blocks TEXT NOT NULL);
CREATE INDEX passages_of_document ON passages (document, id);
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


class StorageWriter:
    """A new documents.sqlite; use as a context manager, what was added is there once it has closed."""

    def __init__(self, path: Path) -> None:
        """Create the file, which must not exist."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA} BEGIN;")

    def __enter__(self) -> "StorageWriter":
        """The writer itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Commit and close."""
        self._connection.execute("COMMIT")
        self._connection.close()

    def add_document(self, document: Document) -> None:
        """Keep a document."""
        row = (
            document.name, document.title, document.text,
            json.dumps([[s.headings, s.start, s.end] for s in document.sections], ensure_ascii=False),
            document.sha256, document.format, document.size, document.encoding,
            json.dumps(document.page_starts), document.state.value, _reasons_json(document.reasons),
            document.body_start, json.dumps(document.page_labels, ensure_ascii=False),
        )  # fmt: skip
        self._connection.execute(f"INSERT INTO documents VALUES ({','.join('?' * len(row))})", row)
        if document.printed:
            runs = json.dumps([astuple(run) for run in document.printed])
            self._connection.execute("INSERT INTO printed VALUES (?,?)", (document.name, runs))
        scans = ((document.name, scan.page, json.dumps(scan.boxes)) for scan in document.scans)
        self._connection.executemany("INSERT INTO scans VALUES (?,?,?)", scans)

    def add_passage(self, passage: Passage, words: Sequence[str]) -> None:
        """Keep a passage with its words, so that they need not be segmented again."""
        row = (
            passage.id, passage.document, json.dumps(passage.headings, ensure_ascii=False), passage.page,
            passage.start, passage.end, passage.text, json.dumps(passage.sentences),
            " ".join(words), json.dumps(passage.mended, ensure_ascii=False),
            json.dumps(pack_blocks(passage.blocks), ensure_ascii=False, separators=(",", ":")),
        )  # fmt: skip
        self._connection.execute(f"INSERT INTO passages VALUES ({','.join('?' * len(row))})", row)

    def add_outcome(self, outcome: FileOutcome) -> None:
        """Keep how a file ended."""
        o = outcome
        row = (
            o.name, o.state.value, _reasons_json(o.reasons), o.passages, o.characters, o.sha256, o.title, o.format,
            o.size, o.pages, o.encoding, o.added, o.seconds, o.indexed, o.dropped,
            json.dumps(asdict(o.facts), ensure_ascii=False),
        )  # fmt: skip
        self._connection.execute(f"INSERT INTO files VALUES ({','.join('?' * len(row))})", row)


class Storage:
    """An opened documents.sqlite. Safe for use by several threads: SQLite itself serialises the calls."""

    def __init__(self, path: Path) -> None:
        """Open read-only, leaving no trace beside the file."""
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
        self._facts: Mapping[str, tuple[str, DocumentFacts]] | None = None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def passage_count(self) -> int:
        """How many passages there are."""
        return int(self._connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def documents(self) -> list[Document]:
        """Every document, by name, without where it is printed."""
        return [_document(row) for row in self._connection.execute("SELECT * FROM documents ORDER BY name")]

    def facts(self) -> Mapping[str, tuple[str, DocumentFacts]]:
        """Document → its title and what it says of itself as a whole."""
        if self._facts is None:
            rows = self._connection.execute("SELECT name, title, facts FROM files WHERE passages > 0")
            self._facts = {name: (title, DocumentFacts(**json.loads(facts))) for name, title, facts in rows}
        return self._facts

    def document(self, name: str) -> Document | None:
        """The document of that name, without where it is printed, or None."""
        row = self._connection.execute("SELECT * FROM documents WHERE name = ?", (name,)).fetchone()
        return _document(row) if row else None

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

    def has_pages(self) -> bool:
        """Whether any document's text stands on pages."""
        return self._connection.execute("SELECT 1 FROM printed LIMIT 1").fetchone() is not None

    def passages(self, ids: Sequence[int]) -> list[tuple[Passage, list[str]]]:
        """The passages of those ids, in that order, each with its words."""
        marks = ",".join("?" * len(ids))
        found = self._query(f"WHERE passages.id IN ({marks})", ids)
        by_id = {passage.id: (passage, words) for passage, words in found}
        return [by_id[i] for i in ids]

    def passages_of(self, document: str) -> list[tuple[Passage, list[str]]]:
        """The passages of a document in reading order, each with its words."""
        return self._query("WHERE document = ?", (document,))

    def owners(self) -> list[str]:
        """The document of every passage, in the order of their ids."""
        return [name for (name,) in self._connection.execute("SELECT document FROM passages ORDER BY id")]

    def ids_of(self, documents: Iterable[str]) -> list[int]:
        """The ids of all passages of some documents, in order."""
        names = json.dumps([*documents])
        found = self._connection.execute(
            "SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(?)) ORDER BY id", (names,)
        )
        return [number for (number,) in found]

    def passage_before(self, passage: Passage) -> Passage | None:
        """The passage that comes before in the same document; None before its first."""
        return self._neighbour(passage, -1)

    def passage_after(self, passage: Passage) -> Passage | None:
        """The passage that follows in the same document; None after its last."""
        return self._neighbour(passage, 1)

    def _neighbour(self, passage: Passage, by: int) -> Passage | None:
        found = self._query("WHERE passages.id = ? AND document = ?", (passage.id + by, passage.document))
        return found[0][0] if found else None

    def digests(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the SHA-256 of its file."""
        marks = ",".join("?" * len(documents))
        rows = self._connection.execute(f"SELECT name, sha256 FROM documents WHERE name IN ({marks})", tuple(documents))
        return dict(rows.fetchall())

    def leads(self, documents: Sequence[str]) -> dict[str, str]:
        """Document → the text of its first passage, which tells what the rest is about."""
        marks = ",".join("?" * len(documents))
        rows = self._connection.execute(
            "SELECT document, text FROM passages WHERE id IN "
            f"(SELECT min(id) FROM passages WHERE document IN ({marks}) GROUP BY document)",
            tuple(documents),
        )
        return dict(rows.fetchall())

    def _query(self, condition: str, values: Iterable[object]) -> list[tuple[Passage, list[str]]]:
        rows = self._connection.execute(
            "SELECT passages.id, document, title, headings, page, start, end, passages.text, sentences, words, mended, "
            "blocks "
            f"FROM passages JOIN documents ON documents.name = document {condition} ORDER BY passages.id",
            tuple(values),
        )
        return [(_passage(row), row[9].split()) for row in rows]

    def outcome(self, name: str) -> FileOutcome | None:
        """How the file of that name ended, or None."""
        row = self._connection.execute("SELECT * FROM files WHERE name = ?", (name,)).fetchone()
        return _outcome(row) if row else None

    def outcomes(self) -> dict[str, FileOutcome]:
        """File name → how it ended."""
        rows = self._connection.execute("SELECT * FROM files ORDER BY name")
        return {row[0]: _outcome(row) for row in rows}


def _reasons_json(reasons: Iterable[Reason]) -> str:
    return json.dumps([[reason.name, dict(reason.facts)] for reason in reasons], ensure_ascii=False)


def _reasons(kept: str) -> tuple[Reason, ...]:
    return tuple(Reason(name, facts) for name, facts in json.loads(kept))


def _outcome(row: tuple) -> FileOutcome:  # type: ignore[type-arg]
    name, state, reasons, *rest, facts = row
    outcome = FileOutcome(name, FileState(state), _reasons(reasons), *rest)
    return replace(outcome, facts=DocumentFacts(**json.loads(facts)))


def _document(row: tuple) -> Document:  # type: ignore[type-arg]
    name, title, text, sections, sha256, kind, size, encoding, page_starts, state, reasons, body_start, labels = row
    return Document(
        name, title, text, tuple(Section(tuple(headings), start, end) for headings, start, end in json.loads(sections)),
        sha256, kind, size, encoding, tuple(json.loads(page_starts)), FileState(state), _reasons(reasons),
        body_start=body_start, page_labels=tuple(json.loads(labels)),
    )  # fmt: skip


def _passage(row: tuple) -> Passage:  # type: ignore[type-arg]
    number, document, title, headings, page, start, end, text, sentences, _, mended, blocks = row
    spans = tuple((first, last) for first, last in json.loads(sentences))
    words = tuple((sentence, word) for sentence, word in json.loads(mended))
    return Passage(
        number, document, title, tuple(json.loads(headings)), page, start, end, text, spans, words,
        unpack_blocks(json.loads(blocks)),
    )  # fmt: skip
