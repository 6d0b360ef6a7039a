"""A SQLite file in which each visitor's chats are kept, found again, renamed and deleted.

Ids are random, and a chat is given to its owner only. What a citation quotes is kept beside it, so that it can be
shown after its document was edited or deleted.
"""

import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from yinju.conversations.branches import branches, leaf_after, siblings
from yinju.conversations.rows import (
    ANSWER,
    CITATION,
    Chat,
    KeptAnswer,
    answer_of,
    answer_row,
    citation_of,
    citation_row,
    marks,
    scope_of,
    scope_row,
    storable,
)
from yinju.conversations.schema import prepare
from yinju.conversations.statistics import Statistics, count
from yinju.errors import ConversationsError
from yinju.reasons import cause_of
from yinju.text import search_form
from yinju.types import Answer, Citation, Scope

WAIT_SECONDS = 5
"""The longest wait for another process that writes the file."""
MOST_ANSWERS = 200
"""How many answers of a chat are given back, the last ones."""
MOST_CHATS = 100
"""How many chats are listed at once."""
TITLE_CHARACTERS = 80
"""The longest title; what goes beyond is cut off."""
REASON_CHARACTERS = 1_000
"""The longest reason; what goes beyond is cut off."""

_OWN = "(owner = ? OR owner = '')"
"""A chat that a visitor may open: its own, or one without owner, for which its id is the key."""


def new_id() -> str:
    """A random id of 128 bits, fit for an address."""
    return secrets.token_urlsafe(16)


class Conversations:
    """Chats in a file, which is made with the first answer. Safe for several threads and processes.

    Every method raises ConversationsError where the file cannot be read or written: no space, no right, or none of
    ours.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened yet."""
        self._path = path
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def keep(self, owner: str, chat: str, answer: Answer, parent: str | None = None, scope: Scope | None = None) -> str:
        """The id under which an answer is now kept, with where it was asked; the chat's branch now ends with it.

        It follows its `parent`, an answer of the chat: none where that is empty, the last that shows where it is None.
        A chat is its first keeper's; to everybody else it is one that cannot be written.
        """
        message, now = new_id(), time.time()
        with self._writing() as database:
            database.execute("INSERT OR IGNORE INTO chats (id, owner, time) VALUES (?, ?, ?)", (chat, owner, now))
            own = database.execute(f"SELECT leaf FROM chats WHERE id = ? AND {_OWN}", (chat, owner)).fetchone()
            if own is None:
                raise LookupError("the chat is another visitor's")
            database.execute("UPDATE chats SET time = ?, leaf = ? WHERE id = ?", (now, message, chat))
            searched = search_form(storable(f"{answer.question}\n{answer.text}"))
            told = (message, chat, own[0] if parent is None else parent, now, searched, scope_row(scope))
            row, columns = (*told, *answer_row(answer)), f"message, chat, parent, time, searched, scope, {ANSWER}"
            database.execute(f"INSERT INTO answers ({columns}) VALUES ({marks(row)})", row)
            for cited in answer.citations:
                place = (message, *citation_row(cited))
                database.execute(f"INSERT INTO citations (message, {CITATION}) VALUES ({marks(place)})", place)
        return message

    def answers(self, owner: str, chat: str) -> list[KeptAnswer]:
        """The answers of the branch of a chat that shows, in order; none where the chat is unknown or another's."""
        with self._reading() as database:
            rows = database.execute(
                f"{branches(f'id = ? AND {_OWN}')} SELECT message, time, helpful, reason, parent, scope, {ANSWER} "
                "FROM branch JOIN answers USING (chat, message) ORDER BY depth LIMIT ?",
                (chat, owner, MOST_ANSWERS),
            ).fetchall()
            beside = siblings(database, chat) if rows else {}
            return [
                KeptAnswer(
                    m, t, answer_of(row, _citations(database, m)), None if said is None else bool(said), why, parent,
                    beside[parent], scope_of(scope),
                )
                for m, t, said, why, parent, scope, *row in reversed(rows)
            ]  # fmt: skip

    def show(self, owner: str, chat: str, message: str) -> bool:
        """Whether the visitor's chat has such an answer, which the branch now holds that shows, and what followed it.

        Of several that followed the newest does.
        """
        with self._writing() as database:
            leaf = leaf_after(database, chat, message)
            own = f"UPDATE chats SET leaf = coalesce(?, leaf) WHERE id = ? AND {_OWN}"
            return database.execute(own, (leaf, chat, owner)).rowcount > 0 and leaf is not None

    def kept(self, owner: str, message: str) -> KeptAnswer | None:
        """One answer, of whatever branch; None where it is unknown or another's."""
        with self._reading() as database:
            row = database.execute(
                f"SELECT answers.time, helpful, reason, parent, scope, {ANSWER} FROM answers "
                f"JOIN chats ON chats.id = chat WHERE message = ? AND {_OWN}",
                (message, owner),
            ).fetchone()
            if row is None:
                return None
            when, said, why, parent, scope, *rest = row
            judged, answer = None if said is None else bool(said), answer_of(rest, _citations(database, message))
            return KeptAnswer(message, when, answer, judged, why, parent, scope=scope_of(scope))

    def answer(self, owner: str, message: str) -> Answer | None:
        """What an answer says; None where it is unknown or another's."""
        kept = self.kept(owner, message)
        return kept.answer if kept else None

    def citation(self, owner: str, message: str, marker: int) -> Citation | None:
        """What an answer cites under a marker; None where there is nothing, or the answer is another's."""
        answer = self.answer(owner, message)
        return next((c for c in answer.citations if c.marker == marker), None) if answer else None

    def chats(self, owner: str, wanted: str = "", count: int | None = MOST_CHATS) -> list[Chat]:
        """A visitor's latest chats, or all; with words given, those whose title, questions or answers hold them.

        Words are searched in their search form: either script finds the other.
        """
        words = search_form(storable(wanted)).split()
        with self._reading() as database:
            rows = database.execute(_LIST, (owner,)).fetchall() if owner else []
        found = (row for row in rows if all(word in f"{search_form(row[1])}\n{row[4]}" for word in words))
        return [Chat(*row[:4]) for row in list(found)[:count]]

    def rename(self, owner: str, chat: str, title: str) -> bool:
        """Whether the visitor has such a chat, which now has that title; a blank one gives back its first question."""
        shown = " ".join(storable(title).split())[:TITLE_CHARACTERS]
        with self._writing() as database:
            changed = database.execute("UPDATE chats SET title = ? WHERE id = ? AND owner = ?", (shown, chat, owner))
            return bool(owner) and changed.rowcount > 0

    def scope(self, owner: str, chat: str) -> Scope | None:
        """Where the last question of the branch that shows was asked; None for everywhere, or no such chat."""
        with self._reading() as database:
            last = "SELECT scope FROM chats JOIN answers ON message = leaf WHERE chats.id = ? AND " + _OWN
            row = database.execute(last, (chat, owner)).fetchone()
            return scope_of(row[0]) if row else None

    def follow(self, moved: Mapping[str, str]) -> None:
        """Have every scope that names a document call it by its new name: old name → new one."""
        if not self._path.exists():
            return
        with self._writing() as database:
            rows = database.execute("SELECT message, scope FROM answers WHERE scope <> ''").fetchall()
            for message, kept in rows:
                scope = scope_of(kept)
                if scope and scope.documents and not scope.documents.isdisjoint(moved):
                    now = replace(scope, documents=frozenset(moved.get(name, name) for name in scope.documents))
                    database.execute("UPDATE answers SET scope = ? WHERE message = ?", (scope_row(now), message))

    def delete(self, owner: str, chat: str) -> bool:
        """Whether the visitor had such a chat, of which nothing is left now."""
        with self._writing() as database:
            gone = database.execute("DELETE FROM chats WHERE id = ? AND owner = ? AND owner <> ''", (chat, owner))
            if gone.rowcount:
                of_chat = "SELECT message FROM answers WHERE chat = ?"
                database.execute(f"DELETE FROM citations WHERE message IN ({of_chat})", (chat,))
                database.execute("DELETE FROM answers WHERE chat = ?", (chat,))
                database.execute("DELETE FROM shares WHERE chat = ?", (chat,))
            return gone.rowcount > 0

    def judge(self, owner: str, message: str, helpful: bool | None, reason: str = "") -> bool:
        """Whether the visitor has such an answer, of which this is now said; None takes back what was said."""
        said = (helpful, storable(reason).strip()[:REASON_CHARACTERS], message, owner)
        with self._writing() as database:
            own = f"SELECT id FROM chats WHERE {_OWN}"
            judged = database.execute(
                f"UPDATE answers SET helpful = ?, reason = ? WHERE message = ? AND chat IN ({own})", said
            )
            return judged.rowcount > 0

    def chat_count(self) -> int:
        """How many chats are kept, whoever's they are."""
        with self._reading() as database:
            return int(database.execute("SELECT count(*) FROM chats").fetchone()[0])

    def statistics(self, owner: str) -> Statistics:
        """What became of all answers, as a visitor may see it."""
        with self._reading() as database:
            return count(database, owner)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The database in one transaction; its file is made for this user alone where it is not there."""
        with self._telling(), self._lock:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
            with self._opened(self._path) as database:
                yield database

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The database; an empty one in memory where there is no file."""
        with self._telling(), self._opened(self._path if self._path.exists() else None) as database:
            yield database

    @contextmanager
    def _opened(self, path: Path | None) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(path or ":memory:", timeout=WAIT_SECONDS)) as database:
            database.execute("PRAGMA synchronous = EXTRA")  # else a loss of power may undo what was just kept
            prepare(database)
            database.execute("PRAGMA secure_delete = ON")  # what a visitor deletes is overwritten
            with database:
                yield database

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Whatever the disk or SQLite complain of is a ConversationsError, and so is content that makes no sense."""
        try:
            yield
        except (OSError, sqlite3.Error, ValueError, LookupError, TypeError) as error:
            raise ConversationsError("conversations", path=self._path, why=cause_of(error)) from error


_LIST = (
    branches("owner = ?")
    + """
SELECT chats.id, coalesce(nullif(title, ''), (
    SELECT question FROM answers JOIN branch USING (chat, message) WHERE chat = chats.id ORDER BY depth DESC LIMIT 1)),
    chats.time, count(*), group_concat(searched, char(10))
FROM branch JOIN chats ON chats.id = branch.chat JOIN answers USING (chat, message)
GROUP BY chats.id ORDER BY chats.time DESC, chats.rowid DESC
"""
)
"""A visitor's chats with all that can be searched in the branches that show."""


def _citations(database: sqlite3.Connection, message: str) -> tuple[Citation, ...]:
    """What an answer cites, in the order of the markers."""
    rows = database.execute(f"SELECT {CITATION} FROM citations WHERE message = ? ORDER BY marker", (message,))
    return tuple(map(citation_of, rows))
