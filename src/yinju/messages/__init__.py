"""A key → its sentence in one of three languages: what Yinju itself says, wherever it is read."""

from yinju.messages.catalogue import LANGUAGES, Language, language_of, language_of_locale, say

__all__ = ["LANGUAGES", "Language", "language_of", "language_of_locale", "say"]
