"""Answers given → a SQLite file that keeps them with all they cite, and gives a chat back to whoever has its id.

Ids are random and nothing lists them. What a citation quotes is kept beside it, so that it can be shown after its
document was edited or deleted.
"""

import json
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yinju.errors import ConversationsError
from yinju.types import Answer, Citation, Disagreement, ModelFault, Statement

FORMAT = 1
"""Raised whenever the tables change their meaning."""
WAIT_SECONDS = 5
"""The longest wait for another process that writes the file."""
MOST_ANSWERS = 200
"""How many answers of a chat are given back, the last ones."""

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    message TEXT PRIMARY KEY, chat TEXT NOT NULL, time REAL NOT NULL, replaced INTEGER NOT NULL DEFAULT 0,
    question TEXT NOT NULL, understood_as TEXT, statements TEXT NOT NULL, refused INTEGER NOT NULL,
    confidence REAL NOT NULL, mode TEXT NOT NULL, seconds REAL NOT NULL, fault TEXT, unfinished TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_of_a_chat ON answers (chat);
CREATE TABLE IF NOT EXISTS citations (
    message TEXT NOT NULL, marker INTEGER NOT NULL, document TEXT NOT NULL, sha256 TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, page INTEGER, title TEXT NOT NULL, heading TEXT NOT NULL,
    quote TEXT NOT NULL, PRIMARY KEY (message, marker)
) WITHOUT ROWID;
"""
_ANSWER = "question, understood_as, statements, refused, confidence, mode, seconds, fault, unfinished"
_CITATION = "marker, document, sha256, first, last, page, title, heading, quote"


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was given."""

    message: str
    """Its id."""
    time: float
    """When it was kept, in seconds since 1970."""
    answer: Answer


def new_id() -> str:
    """A random id of 128 bits, fit for an address."""
    return secrets.token_urlsafe(16)


class Conversations:
    """Chats in a file, which is made with the first answer. Safe for several threads and processes."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened yet."""
        self._path = path
        self._lock = threading.Lock()

    def keep(self, chat: str, answer: Answer, replaces: str = "") -> str:
        """The id under which an answer is now kept; it takes the place of an earlier one of the chat where told.

        Raises:
            ConversationsError: no space, no right to write, or the file is none of ours.
        """
        message = new_id()
        with self._lock, self._opened(self._made()) as database:
            database.execute("UPDATE answers SET replaced = 1 WHERE message = ? AND chat = ?", (replaces, chat))
            row = (message, chat, time.time(), *_answer_row(answer))
            database.execute(f"INSERT INTO answers (message, chat, time, {_ANSWER}) VALUES ({_marks(row)})", row)
            for cited in answer.citations:
                place = (message, *_citation_row(cited))
                database.execute(f"INSERT INTO citations (message, {_CITATION}) VALUES ({_marks(place)})", place)
        return message

    def answers(self, chat: str) -> list[KeptAnswer]:
        """The answers of a chat in the order in which they were given, without those replaced; none where unknown.

        Raises:
            ConversationsError: the file cannot be read.
        """
        with self._opened(self._found()) as database:
            rows = database.execute(
                f"SELECT message, time, {_ANSWER} FROM answers WHERE chat = ? AND NOT replaced "
                "ORDER BY rowid DESC LIMIT ?", (chat, MOST_ANSWERS),
            ).fetchall()  # fmt: skip
            return [KeptAnswer(m, t, _answer(row, _citations(database, m))) for m, t, *row in reversed(rows)]

    def citation(self, message: str, marker: int) -> Citation | None:
        """What an answer cites under a marker, also of one that was replaced; None where there is nothing.

        Raises:
            ConversationsError: the file cannot be read.
        """
        with self._opened(self._found()) as database:
            return next((c for c in _citations(database, message) if c.marker == marker), None)

    def _made(self) -> Path:
        """The file, made for this user alone where it is not there."""
        with self._telling():
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
        return self._path

    def _found(self) -> Path | None:
        return self._path if self._path.exists() else None

    @contextmanager
    def _opened(self, path: Path | None) -> Iterator[sqlite3.Connection]:
        """The database in one transaction, with its tables; one in memory where there is no file."""
        with self._telling(), closing(sqlite3.connect(path or ":memory:", timeout=WAIT_SECONDS)) as database:
            _prepare(database)
            with database:
                yield database

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Whatever the disk or SQLite complain of is a ConversationsError, and so is content that makes no sense."""
        try:
            yield
        except (OSError, sqlite3.Error, ValueError, LookupError, TypeError) as error:
            raise ConversationsError(
                f"{self._path} cannot be used ({error}); make room or give this user the right to write it, or name "
                "another file: export YINJU_CONVERSATIONS=FILE"
            ) from error


def _prepare(database: sqlite3.Connection) -> None:
    """Make the tables where there are none; refuse a file that is of another format or another program's."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, FORMAT):
        raise sqlite3.DatabaseError(f"its format is {version}, this Yinju's is {FORMAT}")
    if version == 0:
        tables = {name for (name,) in database.execute("SELECT tbl_name FROM sqlite_master")}
        if tables - {"answers", "citations"}:
            raise sqlite3.DatabaseError(f"it holds other tables: {', '.join(sorted(tables))[:100]}")
        database.executescript(f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version = {FORMAT};COMMIT;")


def _storable(text: str) -> str:
    """The text without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _marks(row: tuple[object, ...]) -> str:
    return ", ".join("?" * len(row))


def _answer_row(answer: Answer) -> tuple[object, ...]:
    said, unfinished = (json.dumps([_as_json(s) for s in part]) for part in (answer.statements, answer.unfinished))
    understood_as = None if answer.understood_as is None else _storable(answer.understood_as)
    return (_storable(answer.question), understood_as, said, answer.refused, answer.confidence, answer.mode,
            answer.seconds, answer.fault, unfinished)  # fmt: skip


def _citation_row(cited: Citation) -> tuple[object, ...]:
    return (cited.marker, cited.document, cited.sha256, cited.start, cited.end, cited.page, cited.title,
            cited.heading, cited.quote)  # fmt: skip


def _as_json(statement: Statement) -> dict[str, Any]:
    return {"text": statement.text, "markers": statement.markers, "disagreement": statement.disagreement,
            "emphasis": statement.emphasis, "new_line": statement.new_line}  # fmt: skip


def _statements(text: str) -> tuple[Statement, ...]:
    return tuple(
        Statement(s["text"], tuple(s["markers"]), Disagreement(s["disagreement"]) if s["disagreement"] else None,
                  (s["emphasis"][0], s["emphasis"][1]) if s["emphasis"] else None, s["new_line"])
        for s in json.loads(text)
    )  # fmt: skip


def _answer(row: list[Any], citations: tuple[Citation, ...]) -> Answer:
    question, understood_as, statements, refused, confidence, mode, seconds, fault, unfinished = row
    return Answer(
        question, _statements(statements), citations, bool(refused), confidence, mode, seconds, understood_as,
        ModelFault(fault) if fault else None, _statements(unfinished),
    )  # fmt: skip


def _citations(database: sqlite3.Connection, message: str) -> tuple[Citation, ...]:
    """What an answer cites, in the order of the markers; the passage around a quote is not kept."""
    rows = database.execute(f"SELECT {_CITATION} FROM citations WHERE message = ? ORDER BY marker", (message,))
    return tuple(
        Citation(marker, document, title, heading, page, start, end, quote, quote, sha256)
        for marker, document, sha256, start, end, page, title, heading, quote in rows
    )
