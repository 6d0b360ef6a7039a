"""The one table of sentences: key → Traditional Chinese as in Taiwan, Simplified as on the mainland, English."""

from typing import Literal, get_args

from yinju.messages import answers

Language = Literal["zh-Hant", "zh-Hans", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""In the order in which every sentence stands in its row."""

SENTENCES: dict[str, tuple[str, str, str]] = {**answers.SENTENCES}


def say(key: str, language: Language, **values: object) -> str:
    """The sentence of a key, its {names} filled in with values.

    Raises:
        KeyError: there is no such key, or a value for one of its names is missing.
    """
    return SENTENCES[key][LANGUAGES.index(language)].format(**values)
