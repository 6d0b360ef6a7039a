"""The answers kept → how many there are, what became of them, and how they were received."""

import sqlite3
import time
from dataclasses import dataclass

from yinju.conversations.branches import branches
from yinju.conversations.seals import is_whole
from yinju.types import Verdict

SLOWEST = 5
"""How many slow questions are told."""
LATEST = 10
"""How many reasons are told."""
DAYS = 30
"""Over how many days answers are counted by day."""

_NEAR = f"coalesce(json_extract(more, '$.verdict') = '{Verdict.NEAR}', 0)"
"""Whether an answer's verdict is *near*; those of before format 4 have none."""

_SHOWN = "FROM branch JOIN answers USING (chat, message)"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over everybody's answers, on the branches that show; words are the asking visitor's own only."""

    answers: int
    near: int
    """Of which the documents say something that is close."""
    nothing: int
    """Of which they say nothing."""
    generated: int
    """By a language model."""
    faults: int
    """Answers for which a language model was asked and failed."""
    helpful: int
    unhelpful: int
    chats: int
    days: tuple[tuple[str, int, int], ...]
    """(day as YYYY-MM-DD in UTC, answers, refused), oldest first, days without answers left out."""
    slowest: tuple[tuple[str, float, float], ...]
    """(question, seconds it took, when), slowest first; the visitor's own."""
    reasons: tuple[tuple[str, bool, str, float], ...]
    """(question, whether helpful, reason, when), newest first; the visitor's own."""


def count(database: sqlite3.Connection, owner: str) -> Statistics:
    """The statistics as a visitor may see them."""
    totals = database.execute(
        f"{branches('TRUE')} SELECT count(*), total({_NEAR}), total(refused AND NOT {_NEAR}), "
        "total(mode = 'generated'), total(fault IS NOT NULL AND fault <> 'stopped'), "
        f"total(helpful = 1), total(helpful = 0), count(DISTINCT chat) {_SHOWN}"
    ).fetchone()
    days = database.execute(
        f"{branches('TRUE')} SELECT date(time, 'unixepoch') AS day, count(*), total(refused) {_SHOWN} "
        "WHERE time > ? GROUP BY day ORDER BY day", (time.time() - DAYS * 86_400,),
    )  # fmt: skip
    own = branches("owner = ? AND owner <> ''")
    slowest = database.execute(
        f"{own} SELECT message, question, seconds, time {_SHOWN} ORDER BY seconds DESC LIMIT ?", (owner, SLOWEST)
    ).fetchall()
    reasons = database.execute(
        f"{own} SELECT message, question, helpful, reason, time {_SHOWN} WHERE reason <> '' ORDER BY time DESC LIMIT ?",
        (owner, LATEST),
    ).fetchall()
    slowest, reasons = ([row[1:] for row in rows if is_whole(database, "answers", row[0])]
                        for rows in (slowest, reasons))  # fmt: skip
    answers, near, nothing, generated, faults, helpful, unhelpful, chats = map(int, totals)
    return Statistics(
        answers, near, nothing, generated, faults, helpful, unhelpful, chats,
        tuple((day, n, int(declined)) for day, n, declined in days), tuple(slowest),
        tuple((question, bool(liked), reason, when) for question, liked, reason, when in reasons),
    )  # fmt: skip
