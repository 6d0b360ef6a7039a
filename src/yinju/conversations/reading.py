"""Rows of the database → chats and answers as they are given back, where their seals are whole."""

import sqlite3

from yinju.conversations.branches import branches
from yinju.conversations.rows import ANSWER, CITATION, DAMAGED, KeptAnswer, answer_of, citation_of, scope_of
from yinju.conversations.seals import is_whole
from yinju.types import Citation

_FIRST = """SELECT message FROM answers JOIN branch USING (chat, message) WHERE chat = chats.id
    ORDER BY depth DESC LIMIT 1"""
LIST = (
    branches("owner = ?")
    + f"""
SELECT chats.id, coalesce(nullif(title, ''), (SELECT question FROM answers WHERE message = ({_FIRST}))),
    chats.time, count(*), group_concat(searched, char(10)), iif(title = '', ({_FIRST}), '')
FROM branch JOIN chats ON chats.id = branch.chat JOIN answers USING (chat, message)
GROUP BY chats.id ORDER BY chats.time DESC, chats.rowid DESC
"""
)
"""A visitor's chats with all that can be searched in the branches that show, and the answer whose question is shown."""


def is_told(database: sqlite3.Connection, chat: str, first: str) -> bool:
    """Whether the title of a chat is what it was: given, or the question of its first answer."""
    return is_whole(database, "chats", chat) and is_whole(database, "answers", first)


def kept_answer(
    database: sqlite3.Connection, message: str, versions: tuple[tuple[str, str], ...] = ()
) -> KeptAnswer | None:  # fmt: skip
    """An answer as it is kept, `DAMAGED` where its seal is broken; None where there is none."""
    columns = f"SELECT time, helpful, reason, parent, scope, {ANSWER} FROM answers WHERE message = ?"
    row = database.execute(columns, (message,)).fetchone()
    if row is None:
        return None
    when, said, why, parent, scope, *rest = row
    if not is_whole(database, "answers", message):
        return KeptAnswer(message, when if isinstance(when, float) else 0.0, DAMAGED, parent=parent, versions=versions)
    judged, answer = None if said is None else bool(said), answer_of(rest, _citations(database, message))
    return KeptAnswer(message, when, answer, judged, why, parent, versions, scope_of(scope))


def _citations(database: sqlite3.Connection, message: str) -> tuple[Citation, ...]:
    """What an answer cites, in the order of the markers."""
    rows = database.execute(f"SELECT {CITATION} FROM citations WHERE message = ? ORDER BY marker", (message,))
    return tuple(map(citation_of, rows))
