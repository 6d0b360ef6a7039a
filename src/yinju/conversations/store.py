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
from dataclasses import asdict, replace
from pathlib import Path

from yinju.conversations.branches import branches, leaf_after, siblings
from yinju.conversations.reading import LIST, is_told, kept_answer
from yinju.conversations.rows import (
    ANSWER,
    CITATION,
    Chat,
    KeptAnswer,
    answer_row,
    citation_row,
    marks,
    scope_of,
    scope_row,
    storable,
)
from yinju.conversations.schema import prepare
from yinju.conversations.seals import Damage, changing, damages, is_whole, seal
from yinju.conversations.statistics import Statistics, count
from yinju.errors import ConversationsError
from yinju.reasons import Reason, cause_of
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
        with self._writing() as database, changing(database, "chats", chat):
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
            seal(database, "answers", message)
        return message

    def answers(self, owner: str, chat: str) -> list[KeptAnswer]:
        """The answers of the branch of a chat that shows, in order; none where the chat is unknown or another's."""
        with self._reading() as database:
            rows = database.execute(
                f"{branches(f'id = ? AND {_OWN}')} SELECT message, parent FROM branch JOIN answers "
                "USING (chat, message) ORDER BY depth LIMIT ?",
                (chat, owner, MOST_ANSWERS),
            ).fetchall()
            beside = siblings(database, chat) if rows else {}
            if rows and len(rows) < MOST_ANSWERS and rows[-1][1] in {m for own in beside.values() for m, _ in own}:
                raise sqlite3.DatabaseError("an index does not have an answer that its table has")
            kept = (kept_answer(database, message, beside.get(parent, ())) for message, parent in reversed(rows))
            return [one for one in kept if one]

    def is_whole(self, chat: str) -> bool:
        """Whether what is kept of a chat beside its answers, and which these are, is what was kept."""
        with self._reading() as database:
            return is_whole(database, "chats", chat)

    def damages(self) -> list[Damage]:
        """Every chat and answer whose record is damaged; that takes reading all, and an error is the whole file's."""
        with self._reading() as database:
            return damages(database)

    def check(self) -> None:
        """Read all, as `damages` does.

        Raises:
            ConversationsError: a record is damaged, or the file is.
        """
        if found := self.damages():
            told = [
                Reason("conversations.of_answer" if one.message else "conversations.of_chat", asdict(one))
                for one in found[:5]
            ]
            raise ConversationsError("conversations.damaged", path=self._path, count=len(found), found=told)

    def show(self, owner: str, chat: str, message: str) -> bool:
        """Whether the visitor's chat has such an answer, which the branch now holds that shows, and what followed it.

        Of several that followed the newest does.
        """
        with self._writing() as database, changing(database, "chats", chat):
            leaf = leaf_after(database, chat, message)
            own = f"UPDATE chats SET leaf = coalesce(?, leaf) WHERE id = ? AND {_OWN}"
            return database.execute(own, (leaf, chat, owner)).rowcount > 0 and leaf is not None

    def kept(self, owner: str, message: str) -> KeptAnswer | None:
        """One answer, of whatever branch; None where it is unknown or another's."""
        with self._reading() as database:
            own = f"SELECT 1 FROM answers JOIN chats ON chats.id = chat WHERE message = ? AND {_OWN}"
            there = database.execute(own, (message, owner)).fetchone()
            return kept_answer(database, message) if there else None

    def answer(self, owner: str, message: str) -> Answer | None:
        """What an answer says; None where it is unknown or another's, an error where its record is damaged."""
        kept = self.kept(owner, message)
        if kept and kept.damaged:
            raise ConversationsError("conversations.answer", path=self._path, message=message)
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
            rows = database.execute(LIST, (owner,)).fetchall() if owner else []
            found = [row for row in rows if all(word in f"{search_form(row[1])}\n{row[4]}" for word in words)]
            return [
                Chat(id, "", time, answers, damaged=True) if not is_told(database, id, first) else
                Chat(id, title, time, answers)
                for id, title, time, answers, _, first in found[:count]
            ]  # fmt: skip

    def rename(self, owner: str, chat: str, title: str) -> bool:
        """Whether the visitor has such a chat, which now has that title; a blank one gives back its first question."""
        shown = " ".join(storable(title).split())[:TITLE_CHARACTERS]
        with self._writing() as database, changing(database, "chats", chat):
            changed = database.execute("UPDATE chats SET title = ? WHERE id = ? AND owner = ?", (shown, chat, owner))
            return bool(owner) and changed.rowcount > 0

    def scope(self, owner: str, chat: str) -> Scope | None:
        """Where the last question of the branch that shows was asked; None for everywhere, or no such chat."""
        with self._reading() as database:
            last = "SELECT message, scope FROM chats JOIN answers ON message = leaf WHERE chats.id = ? AND " + _OWN
            row = database.execute(last, (chat, owner)).fetchone()
            return scope_of(row[1]) if row and is_whole(database, "answers", row[0]) else None

    def follow(self, moved: Mapping[str, str]) -> None:
        """Have every scope that names a document call it by its new name: old name → new one."""
        if not self._path.exists():
            return
        with self._writing() as database:
            rows = database.execute("SELECT message, scope FROM answers WHERE scope <> ''").fetchall()
            for message, kept in rows:
                scope = scope_of(kept) if is_whole(database, "answers", message) else None
                if scope and scope.documents and not scope.documents.isdisjoint(moved):
                    now = replace(scope, documents=frozenset(moved.get(name, name) for name in scope.documents))
                    with changing(database, "answers", message):
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
        with self._writing() as database, changing(database, "answers", message):
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
                database.execute("BEGIN IMMEDIATE")  # what is read before it is changed stays as it is
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
            database.text_factory = lambda text: text.decode("utf-8", "replace")  # its seal tells that it is damaged
            database.execute("PRAGMA journal_mode = DELETE")  # no WAL, which SQLite before 3.51.3 may lose of
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
            damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
            name = "conversations.unreadable" if damaged else "conversations"
            raise ConversationsError(name, path=self._path, why=cause_of(error)) from error
