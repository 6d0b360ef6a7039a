"""A key → its sentence in one of three languages: what Yinju itself says, wherever it is read."""

from yinju.messages.catalogue import LANGUAGES, Language, say

__all__ = ["LANGUAGES", "Language", "say"]
