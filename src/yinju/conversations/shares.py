"""Links by which others read a chat: made, listed and revoked by its owner alone, and what each of them shows.

A token is the key to its chat: who has it reads that, and nothing else of its owner's. So a shared answer is called by
the token and a mark, which tell neither the chat's id nor the answer's own.
"""

import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from yinju.conversations.branches import branches
from yinju.conversations.rows import KeptAnswer
from yinju.conversations.store import MOST_ANSWERS, Conversations, new_id

MOST_SHARES = 200
"""How many links a visitor may have at once."""
DAY_SECONDS = 86_400

_OWN = "(SELECT id FROM chats WHERE owner = ? AND owner <> '')"
_OWNED = branches("owner = ? AND owner <> ''")
_TITLE = (
    "coalesce(nullif(title, ''), (SELECT question FROM branch JOIN answers USING (chat, message) "
    "WHERE branch.chat = id ORDER BY depth DESC LIMIT 1), '')"
)
_OPEN = "(ends = 0 OR ends > ?)"
_SHARED = branches(f"token = ? AND {_OPEN}", "shares JOIN chats ON id = chat", "coalesce(nullif(until, ''), leaf)")
"""The branch that a link shows."""


@dataclass(frozen=True, slots=True)
class Share:
    """A link to one of a visitor's chats."""

    token: str
    chat: str
    title: str
    made: float
    """In seconds since 1970, as `ends`."""
    ends: float
    """0 where it never does."""
    grows: bool
    """Whether it shows what is answered after it was made."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link shows."""

    title: str
    made: float
    ends: float
    answers: tuple[KeptAnswer, ...]
    """Of each the id is its shared one; what its owner said of it and what was asked in its place is left out."""


class Shares(Conversations):
    """The links to the chats of a file."""

    def __init__(self, path: Path, is_owner: Callable[[str], bool] = bool) -> None:
        """Name the file; only links of who still may own chats open anything."""
        super().__init__(path)
        self._is_owner = is_owner

    def share(self, owner: str, chat: str, days: int, grows: bool) -> str | None:
        """The token of a new link to a visitor's chat, for some days or, with 0, for good; None where it has no such.

        A link that does not grow shows the chat up to where it is now. Links that have ended are forgotten.
        """
        token, now = secrets.token_urlsafe(24), time.time()
        ends = now + days * DAY_SECONDS if days else 0.0
        with self._writing() as database:
            database.execute("DELETE FROM shares WHERE ends <> 0 AND ends <= ?", (now,))
            made = database.execute(
                "INSERT INTO shares (token, chat, made, ends, until) "
                f"SELECT ?, id, ?, ?, iif(?, '', leaf) FROM chats WHERE id = ? AND id IN {_OWN}",
                (token, now, ends, grows, chat, owner),
            )
            return token if made.rowcount else None

    def shares(self, owner: str, chat: str = "") -> list[Share]:
        """A visitor's links, or those to one chat, the newest first."""
        with self._reading() as database:
            rows = database.execute(
                f"{_OWNED} SELECT token, shares.chat, {_TITLE}, made, ends, until = '' "
                f"FROM shares JOIN chats ON id = shares.chat WHERE id IN {_OWN} AND ? IN ('', id) AND {_OPEN} "
                "ORDER BY made DESC, token", (owner, owner, chat, time.time()),
            ).fetchall()  # fmt: skip
        return [Share(token, of, title, made, ends, bool(grows)) for token, of, title, made, ends, grows in rows]

    def revoke(self, owner: str, token: str) -> bool:
        """Whether the visitor had such a link, which opens nothing from now on."""
        with self._writing() as database:
            return database.execute(
                f"DELETE FROM shares WHERE token = ? AND chat IN {_OWN}", (token, owner)
            ).rowcount > 0  # fmt: skip

    def shared(self, token: str) -> Shared | None:
        """What a link shows; None where there is no such, or it has ended."""
        asked = token, time.time()
        with self._reading() as database:
            row = database.execute(
                f"{_SHARED} SELECT owner, {_TITLE}, made, ends FROM shares JOIN chats ON id = shares.chat "
                f"WHERE token = ? AND {_OPEN}", (*asked, *asked),
            ).fetchone()  # fmt: skip
            shown = _shown(database, token)
        if row is None or not self._is_owner(row[0]):
            return None
        owner, title, made, ends = row
        kept = (self._without_owner(owner, message, token) for _, message in shown)
        return Shared(title, made, ends, tuple(one for one in kept if one and not one.damaged))

    def shared_answer(self, message: str) -> KeptAnswer | None:
        """An answer by its shared id; None where no link shows such a one."""
        token = message.partition(".")[0]
        with self._reading() as database:
            shown = _shown(database, token)
        own = next((one for one in shown if _shared_id(token, one[1]) == message), None)
        return self._without_owner(*own, token) if own and self._is_owner(own[0]) else None

    def _without_owner(self, owner: str, message: str, token: str) -> KeptAnswer | None:
        """An answer as a link shows it."""
        kept = self.kept(owner, message)
        if kept is None:
            return None
        return replace(kept, message=_shared_id(token, message), helpful=None, reason="", parent="", versions=())

    def take(self, owner: str, token: str) -> str | None:
        """The id of a new chat of a visitor's, which goes on from where a link shows; None where it shows nothing."""
        shared = self.shared(token)
        if shared is None or not shared.answers:
            return None
        chat, parent = new_id(), ""
        for one in shared.answers:
            parent = self.keep(owner, chat, one.answer, parent, one.scope)
        self.rename(owner, chat, shared.title)
        return chat


def is_shared(message: str) -> bool:
    """Whether the id of an answer is a shared one."""
    return "." in message


def _shared_id(token: str, message: str) -> str:
    return f"{token}.{sha256(f'{token} {message}'.encode()).hexdigest()[:16]}"


def _shown(database: sqlite3.Connection, token: str) -> list[tuple[str, str]]:
    """The owner and the id of each answer that a link shows, in order."""
    rows = database.execute(
        f"{_SHARED} SELECT owner, message FROM branch JOIN chats ON id = chat WHERE message <> '' "
        "ORDER BY depth LIMIT ?", (token, time.time(), MOST_ANSWERS),
    ).fetchall()  # fmt: skip
    return rows[::-1]
