"""Answers given → a SQLite file that keeps them with all they cite, each visitor's chats apart from the others'."""

from yinju.conversations.rows import DAMAGED, Chat, KeptAnswer
from yinju.conversations.seals import Damage
from yinju.conversations.shares import Share, Shared, Shares
from yinju.conversations.statistics import Statistics
from yinju.conversations.store import MOST_ANSWERS, Conversations, new_id

__all__ = [
    "DAMAGED", "MOST_ANSWERS", "Chat", "Conversations", "Damage", "KeptAnswer", "Share", "Shared", "Shares",
    "Statistics", "new_id",
]  # fmt: skip
