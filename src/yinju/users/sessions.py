"""Random tokens by which a browser or a program is known; of each only the hash is kept."""

import logging
import os
import sqlite3
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock, Thread
from typing import Literal

from yinju.errors import UsersError
from yinju.users.account import Account
from yinju.users.rows import account_of
from yinju.users.schema import connect, telling

Kind = Literal["sessions", "tokens"]
"""The tables of those of browsers and those of programs."""
SHOWN_CHARACTERS = 12
"""How much of a program's token is kept to tell it by."""
SEEN_SECONDS = 600.0
"""How old the time may be at which a token was last seen: it is not written at every request."""
MOST_HELD = 10_000
"""How many tokens are held in memory."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Token:
    """A program's token, as it is listed."""

    begins: str
    """Its first characters."""
    created: float
    """In seconds since 1970."""
    seen: float
    """When it was last used; as `created` where it never was."""


def new_token(database: sqlite3.Connection, kind: Kind, user: str, before: str = "") -> str:
    """A token of 256 random bits, whose hash is kept."""
    token, now = before + token_urlsafe(32), time.time()
    row = (hash_of(token), user, now, now, *([token[:SHOWN_CHARACTERS]] if kind == "tokens" else []))
    database.execute(f"INSERT INTO {kind} VALUES ({', '.join('?' * len(row))})", row)
    return token


def hash_of(token: str) -> str:
    """What is kept of a token, which is random enough to need no salt."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


@dataclass(slots=True)
class _Held:
    account: Account
    created: float
    seen: float


class Lookup:
    """What every request asks of the file, answered from memory until any process changes that. Safe across threads."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened yet."""
        self._path, self._lock = path, Lock()
        self._database: sqlite3.Connection | None = None
        self._state: object = None
        """Which file it is, and how often others changed it."""
        self._any: bool | None = None
        self._held: dict[tuple[Kind, str], _Held] = {}

    def any_account(self) -> bool:
        """Whether there is one.

        Raises:
            UsersError: the file cannot be read.
        """
        with telling(self._path), self._lock:
            database = self._fresh()
            if self._any is None:
                self._any = bool(database and database.execute("SELECT EXISTS (SELECT 1 FROM users)").fetchone()[0])
            return self._any

    def account(self, kind: Kind, token: str, idle: float, most: float) -> Account | None:
        """Whose token it is; None where it is unknown, has not been seen for too long, or is too old.

        Raises:
            UsersError: the file cannot be read.
        """
        key, now = (kind, hash_of(token)), time.time()
        with telling(self._path), self._lock:
            database = self._fresh()
            held = self._held.get(key) or (self._read(database, *key) if database else None)
            if held is None or held.account.disabled or now - held.seen > idle or now - held.created > most:
                return None
            if now - held.seen > SEEN_SECONDS:
                held.seen = now
                Thread(target=self._write_seen, args=(*key, now), daemon=True).start()
            return held.account

    def _fresh(self) -> sqlite3.Connection | None:
        """The file as it is now, all forgotten that was read of it before it changed; None without a file."""
        try:
            found = os.stat(self._path)
        except FileNotFoundError:
            found = None
        identity = found and (found.st_dev, found.st_ino)
        if self._database is None or not isinstance(self._state, tuple) or self._state[0] != identity:
            self._forget()
            if self._database:
                self._database.close()
            self._database, self._state = None, None  # as long as it cannot be opened
            self._database, self._state = (connect(self._path) if found else None), (identity, 0)
        if self._database:
            version = self._database.execute("PRAGMA data_version").fetchone()[0]
            if self._state != (identity, version):
                self._forget()
                self._state = (identity, version)
        return self._database

    def _forget(self) -> None:
        self._any = None
        self._held.clear()

    def _read(self, database: sqlite3.Connection, kind: Kind, hash: str) -> _Held | None:
        row = database.execute(f"SELECT user, created, seen FROM {kind} WHERE token = ?", (hash,)).fetchone()
        account = account_of(database, "id", row[0]) if row else None
        if account is None:
            return None
        if len(self._held) >= MOST_HELD:
            self._held.clear()
        held = self._held[kind, hash] = _Held(account, row[1], row[2])
        return held

    def _write_seen(self, kind: Kind, hash: str, now: float) -> None:
        try:
            with telling(self._path):
                database = connect(self._path)
                database.execute(f"UPDATE {kind} SET seen = ? WHERE token = ?", (now, hash))
                database.close()
        except UsersError as error:
            logger.warning("when a session was last seen is not kept: %s", error)
