"""A chat as a tree of answers → the branch that shows, what stands beside its answers, and how another is shown.

Each answer knows the one before it, its parent; a chat knows its leaf, the answer that its branch ends with.
"""

import sqlite3
from collections import defaultdict


def branches(which: str, of: str = "chats", leaf: str = "leaf") -> str:
    """The table `branch (chat, message, depth)` for a query: the shown branches of chats, the leaf at depth 0.

    `which` says of which rows of `chats`, or of a table that has its columns, where the `leaf` may be another.
    """
    return (
        f"WITH RECURSIVE branch (chat, message, depth) AS (SELECT id, {leaf}, 0 FROM {of} WHERE {which} UNION ALL "
        "SELECT branch.chat, parent, depth + 1 FROM branch JOIN answers USING (message) "
        "WHERE answers.chat = branch.chat AND parent <> '') "
    )


def siblings(database: sqlite3.Connection, chat: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Parent → (id, question) of every answer that follows it, oldest first; the first answers follow an empty one."""
    found = defaultdict[str, tuple[tuple[str, str], ...]](tuple)
    for parent, message, question in database.execute(
        "SELECT parent, message, question FROM answers WHERE chat = ? ORDER BY rowid", (chat,)
    ):
        found[parent] += ((message, question),)
    return found


def leaf_after(database: sqlite3.Connection, chat: str, message: str) -> str | None:
    """The newest answer of those that go on from one, itself where none does; None where the chat has no such one."""
    row = database.execute(
        "WITH RECURSIVE below (message) AS (SELECT message FROM answers WHERE message = ? AND chat = ? UNION ALL "
        "SELECT answers.message FROM below JOIN answers ON parent = below.message AND chat = ?) "
        "SELECT message FROM below JOIN answers USING (message) ORDER BY answers.rowid DESC LIMIT 1",
        (message, chat, chat),
    ).fetchone()
    return row[0] if row else None
