"""The one table of sentences: key → Traditional Chinese as in Taiwan, Simplified as on the mainland, English."""

import re
from typing import Literal, get_args

from yinju.folding import script_of
from yinju.messages import (
    answers,
    chat,
    documents,
    export,
    frame,
    home,
    libraries,
    operations,
    outlines,
    overview,
    scope,
    search,
    setup,
    sharing,
    source,
    tables,
    terminal,
    turns,
    usage,
    users,
    verdicts,
)

Language = Literal["zh-Hant", "zh-Hans", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""In the order in which every sentence stands in its row."""

ROOMS = (
    answers, chat, documents, export, frame, home, libraries, operations, outlines, overview, scope, search, setup,
    sharing, source, tables, terminal, turns, usage, users, verdicts,
)  # fmt: skip
"""The modules that hold the sentences; no key is in two of them."""
SENTENCES: dict[str, tuple[str, str, str]] = {key: said for room in ROOMS for key, said in room.SENTENCES.items()}


def say(key: str, language: Language, **values: object) -> str:
    """The sentence of a key, its {names} filled in with values.

    Raises:
        KeyError: there is no such key, or a value for one of its names is missing.
    """
    return SENTENCES[key][LANGUAGES.index(language)].format(**values)


def language_of_locale(locale: str) -> Language:
    """The language of a locale or a tag, such as zh_TW.UTF-8 or zh-CN; English for any that is not Chinese."""
    tag = locale.lower().replace("_", "-")
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    return "zh-Hans" if re.match(r"zh(?![a-z])", tag) else "en"


def language_of(question: str) -> Language:
    """In which language a question is answered: its script's, Traditional Chinese where both have its characters."""
    if question.isascii() and any(map(str.isalpha, question)):
        return "en"
    return "zh-Hans" if script_of(question) == "hans" else "zh-Hant"
