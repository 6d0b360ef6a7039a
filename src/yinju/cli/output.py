"""Results → standard output, messages → standard error, in the language that is set."""

import argparse
import json
import sys

from yinju.messages import LANGUAGES, Language


def print_json(value: object) -> None:
    """One line of JSON; half of a surrogate pair, which no terminal takes, as it is escaped."""
    print(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode())


def tell(message: str) -> None:
    """A line to standard error."""
    print(message, file=sys.stderr)


def language_of(arguments: argparse.Namespace) -> Language:
    """The language that is set, else Traditional Chinese."""
    language: Language = arguments.settings.language or LANGUAGES[0]
    return language
