"""Results → standard output, messages and logs → standard error."""

import json
import logging
import sys
from copy import copy

from yinju.errors import YinjuError
from yinju.messages import Language


def print_json(value: object) -> None:
    """One line of JSON; half of a surrogate pair, which no terminal takes, as it is escaped."""
    print(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode())


def tell(message: str) -> None:
    """A line to standard error."""
    print(message, file=sys.stderr)


def speak(language: Language) -> None:
    """Have the errors in what Yinju logs said in a language."""
    handler = logging.StreamHandler()
    handler.setFormatter(_InLanguage(language))
    logging.getLogger("yinju").handlers = [handler]


class _InLanguage(logging.Formatter):
    """A line as it is logged, what an error says in the place of each error."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def format(self, record: logging.LogRecord) -> str:
        """The line; the record stays as it is for others."""
        told = copy(record)
        if isinstance(record.args, tuple):
            told.args = tuple(one.said(self._language) if isinstance(one, YinjuError) else one for one in record.args)
        return super().format(told)
