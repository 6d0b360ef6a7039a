"""The tables of the database, and how older ones become them."""

import sqlite3

from yinju.conversations.seals import seal_all

FORMAT = 9
"""Raised whenever the tables change their meaning."""

_ANSWERS = """
CREATE TABLE answers (
    message TEXT PRIMARY KEY, chat TEXT NOT NULL, time REAL NOT NULL, replaced INTEGER NOT NULL DEFAULT 0,
    question TEXT NOT NULL, understood_as TEXT, statements TEXT NOT NULL, refused INTEGER NOT NULL,
    confidence REAL NOT NULL, mode TEXT NOT NULL, seconds REAL NOT NULL, fault TEXT, unfinished TEXT NOT NULL
);
CREATE INDEX answers_of_a_chat ON answers (chat);
CREATE TABLE citations (
    message TEXT NOT NULL, marker INTEGER NOT NULL, document TEXT NOT NULL, sha256 TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, page INTEGER, title TEXT NOT NULL, heading TEXT NOT NULL,
    quote TEXT NOT NULL, PRIMARY KEY (message, marker)
) WITHOUT ROWID;
"""
_CHATS = """
CREATE TABLE chats (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', time REAL NOT NULL);
CREATE INDEX chats_of_an_owner ON chats (owner, time);
ALTER TABLE answers ADD COLUMN searched TEXT NOT NULL DEFAULT '';
ALTER TABLE answers ADD COLUMN helpful INTEGER;
ALTER TABLE answers ADD COLUMN reason TEXT NOT NULL DEFAULT '';
INSERT INTO chats (id, owner, time) SELECT chat, '', max(time) FROM answers GROUP BY chat;
"""
"""Chats of format 1 had no owner: whoever has the id of one may open it, as it was then, and nobody's list has it."""

_COPIES = "ALTER TABLE citations ADD COLUMN copies TEXT NOT NULL DEFAULT '[]';"

_MORE = "ALTER TABLE answers ADD COLUMN more TEXT NOT NULL DEFAULT '{}';"
"""As JSON: the verdict, what is missing, and what may have been meant."""

_TREE = """
ALTER TABLE answers ADD COLUMN parent TEXT NOT NULL DEFAULT '';
UPDATE answers SET parent = coalesce((SELECT earlier.message FROM answers AS earlier WHERE earlier.chat = answers.chat
    AND earlier.rowid < answers.rowid AND NOT earlier.replaced ORDER BY earlier.rowid DESC LIMIT 1), '');
ALTER TABLE chats ADD COLUMN leaf TEXT NOT NULL DEFAULT '';
UPDATE chats SET leaf = coalesce((SELECT message FROM answers WHERE chat = chats.id AND NOT replaced
    ORDER BY rowid DESC LIMIT 1), '');
DROP INDEX answers_of_a_chat;
ALTER TABLE answers DROP COLUMN replaced;
CREATE INDEX answers_of_a_chat ON answers (chat, parent);
"""
"""A tree: what was replaced before stands beside what followed the same answer."""

_SCOPE = "ALTER TABLE answers ADD COLUMN scope TEXT NOT NULL DEFAULT '';"
"""As JSON, where it was asked; empty for everywhere, as all was before."""

_FIGURES = "ALTER TABLE citations ADD COLUMN figures TEXT NOT NULL DEFAULT '[]';"
"""As JSON: the number, caption and size of each."""

_SHARES = """
CREATE TABLE shares (
    token TEXT PRIMARY KEY, chat TEXT NOT NULL, made REAL NOT NULL, ends REAL NOT NULL, until TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX shares_of_a_chat ON shares (chat);
"""
"""Links to chats: when each ends, 0 for never; until which answer it shows the chat, empty for the last there is."""
_SEALS = """
ALTER TABLE answers ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN seal TEXT NOT NULL DEFAULT '';
"""
"""See `seals`; what was kept before is taken for whole."""

_STEPS = (_ANSWERS, _CHATS, _COPIES, _MORE, _TREE, _SCOPE, _FIGURES, _SHARES, _SEALS)
"""What makes each format of the one before."""
_TABLES: tuple[set[str], ...] = (set(), {"answers", "citations"}, *[{"answers", "citations", "chats"}] * (FORMAT - 2))
"""What each format before holds."""


def prepare(database: sqlite3.Connection) -> None:
    """Bring the tables up to `FORMAT`.

    Raises:
        sqlite3.DatabaseError: the file is of a later format, or another program's.
    """
    if _version(database) == FORMAT:
        return
    database.execute("BEGIN IMMEDIATE")  # another process may be at it
    version = _version(database)
    if version > FORMAT:
        raise sqlite3.DatabaseError(f"its format is {version}, this Yinju's is {FORMAT}")
    if version < FORMAT:
        tables = {name for (name,) in database.execute("SELECT tbl_name FROM sqlite_master")}
        if foreign := tables - _TABLES[version]:
            raise sqlite3.DatabaseError(f"it holds other tables: {', '.join(sorted(foreign))[:100]}")
        for statement in "".join(_STEPS[version:]).split(";"):
            database.execute(statement)
        seal_all(database)
        database.execute(f"PRAGMA user_version = {FORMAT}")
    database.commit()


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
