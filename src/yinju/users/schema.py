"""The tables of the file of users, and how the file is made and opened."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from yinju.durable import sync
from yinju.errors import UsersError
from yinju.reasons import cause_of
from yinju.users.account import EVERYONE

FORMAT = 1
"""Raised whenever the tables change their meaning."""
WAIT_SECONDS = 5
"""The longest wait for another process that writes the file."""

_USERS = f"""
CREATE TABLE users (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, known_as TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0, password TEXT NOT NULL DEFAULT '', created REAL NOT NULL
);
CREATE TABLE members (user TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (user, name)) WITHOUT ROWID;
CREATE TABLE sessions (token TEXT PRIMARY KEY, user TEXT NOT NULL, created REAL NOT NULL, seen REAL NOT NULL);
CREATE TABLE tokens (
    token TEXT PRIMARY KEY, user TEXT NOT NULL, created REAL NOT NULL, seen REAL NOT NULL, begins TEXT NOT NULL
);
CREATE TABLE allowed (library TEXT NOT NULL, who TEXT NOT NULL, PRIMARY KEY (library, who)) WITHOUT ROWID;
CREATE TABLE failures (
    name TEXT NOT NULL, place TEXT NOT NULL, count INTEGER NOT NULL, last REAL NOT NULL, PRIMARY KEY (name, place)
) WITHOUT ROWID;
CREATE INDEX failures_from_a_place ON failures (place);
CREATE TABLE places (user TEXT NOT NULL, place TEXT NOT NULL, last REAL NOT NULL, PRIMARY KEY (user, place))
    WITHOUT ROWID;
INSERT INTO allowed (library, who) VALUES ('', '{EVERYONE}');
"""
"""known_as: what a name is compared by. token: the SHA-256 of one. who: the id of an account, or @ and a group.
failures: attempts to log in by a name, which may be nobody's. places: where accounts have logged in from."""

_STEPS = (_USERS,)
"""What makes each format of the one before."""


def connect(path: Path) -> sqlite3.Connection:
    """The file, which must be one of ours; SQLite's own transactions, begun and ended by who asks for them.

    Raises:
        sqlite3.Error: it is damaged, of a later format, or another program's.
    """
    database = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA synchronous = EXTRA")  # else a loss of power may undo a change: a right that was taken
    try:
        version = _version(database)
        if not 0 < version <= FORMAT:
            raise sqlite3.DatabaseError(f"its format is {version}, this Yinju's is {FORMAT}")
        if version < FORMAT:
            _bring_up(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def make(path: Path) -> None:
    """Make the file for this user alone where it is not there; it is whole from the first moment on."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{token_hex(8)}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(part, isolation_level=None)) as database:
            _bring_up(database)
        with suppress(FileExistsError):  # another process was quicker
            os.link(part, path)
        sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _bring_up(database: sqlite3.Connection) -> None:
    database.execute("BEGIN IMMEDIATE")  # another process may be at it
    with database:
        for statement in "".join(_STEPS[_version(database) :]).split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {FORMAT}")


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Whatever the disk or SQLite complain of is a UsersError, and so is content that makes no sense."""
    try:
        yield
    except (OSError, sqlite3.Error, ValueError) as error:
        raise UsersError("user.file", path=path, why=cause_of(error)) from error
