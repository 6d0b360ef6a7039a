"""Answers and chats → the seal of each: a SHA-256 of all that is kept of it, by which damage shows.

SQLite tells a page that is torn, but not a bit that the disk changed in a text. An answer's seal is over its row and
all that it cites; a chat's over its row and which answers it holds.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from yinju.conversations.rows import ANSWER, CITATION

Table = Literal["answers", "chats"]

KEYS: dict[Table, str] = {"answers": "message", "chats": "id"}
_ROWS: dict[Table, str] = {
    "answers": f"message, chat, parent, time, searched, helpful, reason, scope, {ANSWER}",
    "chats": "id, owner, title, time, leaf",
}
_BELOW: dict[Table, str] = {
    "answers": f"SELECT {CITATION} FROM citations WHERE message = ? ORDER BY marker",
    "chats": "SELECT message FROM answers WHERE chat = ? ORDER BY message",
}


@dataclass(frozen=True, slots=True)
class Damage:
    """A chat or an answer of which what is kept is not what was written."""

    chat: str
    message: str = ""
    """The answer; empty where it is the chat itself."""


def is_whole(database: sqlite3.Connection, table: Table, key: str) -> bool:
    """Whether a row, with what belongs to it, is what was written; so is one that is not there."""
    row = database.execute(f"SELECT seal, {_ROWS[table]} FROM {table} WHERE {KEYS[table]} = ?", (key,)).fetchone()
    return row is None or row[0] == _seal(database, table, key, row[1:])


def seal(database: sqlite3.Connection, table: Table, key: str) -> None:
    """Take a row, with what belongs to it, for whole as it is now."""
    row = database.execute(f"SELECT {_ROWS[table]} FROM {table} WHERE {KEYS[table]} = ?", (key,)).fetchone()
    if row is not None:
        made = _seal(database, table, key, row)
        database.execute(f"UPDATE {table} SET seal = ? WHERE {KEYS[table]} = ?", (made, key))


@contextmanager
def changing(database: sqlite3.Connection, table: Table, key: str) -> Iterator[None]:
    """While it lasts a row is changed; one that was damaged before stays known as that."""
    whole = is_whole(database, table, key)
    yield
    if whole:
        seal(database, table, key)


def seal_all(database: sqlite3.Connection) -> None:
    """Take all that is there for whole."""
    for table, key in KEYS.items():
        for (one,) in database.execute(f"SELECT {key} FROM {table}").fetchall():
            seal(database, table, one)


def damages(database: sqlite3.Connection) -> list[Damage]:
    """Every chat and answer that is damaged, told by reading all.

    Raises:
        sqlite3.DatabaseError: the file itself is, or an index in it does not fit its table.
    """
    told = [said for (said,) in database.execute("PRAGMA integrity_check")]
    if told != ["ok"]:
        raise sqlite3.DatabaseError("; ".join(told)[:200])
    lost = database.execute("SELECT DISTINCT chat FROM answers WHERE chat NOT IN (SELECT id FROM chats)")
    found = [Damage(chat) for (chat,) in lost]
    chats = database.execute("SELECT id, id FROM chats").fetchall()
    found += [Damage(chat) for chat, key in chats if not is_whole(database, "chats", key)]
    answers = database.execute("SELECT chat, message FROM answers ORDER BY rowid").fetchall()
    return found + [Damage(chat, one) for chat, one in answers if not is_whole(database, "answers", one)]


def _seal(database: sqlite3.Connection, table: Table, key: str, row: tuple[object, ...]) -> str:
    whole = [row, database.execute(_BELOW[table], (key,)).fetchall()]
    return hashlib.sha256(json.dumps(whole, default=repr).encode()).hexdigest()
