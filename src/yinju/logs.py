"""What Yinju logs → standard error, one line an event, as text or as JSON, errors in the language of the terminal.

No line holds a question, what a document says or a key: what an unexpected error says may, and is left out unless
`log_questions` is set. Control characters are escaped, so that nothing that is named can begin a line of its own.
"""

import json
import logging
import sys
import traceback
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from yinju import audit
from yinju.errors import YinjuError
from yinju.messages import Language
from yinju.reasons import Reason, say
from yinju.settings import Settings

FRAMES = 8
"""How many places in the program are told of an unexpected error, the last ones."""
_ESCAPED = {code: f"\\x{code:02x}" for code in (*range(32), 127, *range(128, 160))} | {
    code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""What ends a line, or turns the direction of writing."""


def begin(language: Language, settings: Settings | None = None) -> None:
    """Have what is logged from now on told in a language, as the settings say; as the defaults do without any."""
    chosen = settings or Settings.model_construct()
    form = _Json if chosen.log_format == "json" else _Text
    handler, root = _StandardError(), logging.getLogger()
    handler.setFormatter(form(language, chosen.log_questions))
    root.handlers = [*(one for one in root.handlers if not isinstance(one, _StandardError)), handler]
    logging.getLogger("yinju").setLevel(chosen.log_level.upper())


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the time."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Standard error."""
        return sys.stderr


class _Text(logging.Formatter):
    """A line for people."""

    def __init__(self, language: Language, questions: bool) -> None:
        super().__init__()
        self._language, self._questions = language, questions

    def format(self, record: logging.LogRecord) -> str:
        """The message, then what an unexpected error was."""
        return escaped(" ".join(filter(None, (self._said(record), self._error(record)))))

    def _said(self, record: logging.LogRecord) -> str:
        """The message, what an error says in the place of each; the record stays as it is for others."""
        told = copy(record)
        if isinstance(record.args, tuple):
            told.args = tuple(self._told(one) if isinstance(one, YinjuError) else one for one in record.args)
        return told.getMessage()

    def _told(self, error: YinjuError) -> str:
        return say(error.reason if self._questions else _unquoted(error.reason), self._language)

    def _error(self, record: logging.LogRecord) -> str:
        """The kind of an unexpected error and where in the program it came up; what it says only where that may be."""
        if not record.exc_info or record.exc_info[1] is None:
            return ""
        error = record.exc_info[1]
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        places = " < ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames))
        said = f": {error}" if self._questions else ""
        return f"{type(error).__name__}{said} ({places})"


def _unquoted(reason: Reason) -> Reason:
    """A reason without what a language model's server has sent, which may hold what it was asked."""
    if reason.name == "llm.with_report" and isinstance(reason.facts["found"], Reason):
        return _unquoted(reason.facts["found"])
    facts = {name: _unquoted(fact) if isinstance(fact, Reason) else fact for name, fact in reason.facts.items()}
    return Reason(reason.name, {**facts, "found": "…"} if reason.name == "llm.odd" else facts)


class _Json(_Text):
    """An object for programs."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, event, message; by which request, who, in which library; what an unexpected error was."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {"time": time, "level": record.levelname.lower(), "event": record.name}
        told |= {"message": self._said(record), **_of_request(record), **getattr(record, "facts", {})}
        if error := self._error(record):
            told["error"] = error
        return json.dumps(told, ensure_ascii=True, default=str)


def _of_request(record: logging.LogRecord) -> dict[str, str]:
    """Which request it is of, whose, in which library, so far as that is known."""
    if current := audit.now():
        who, library = current.somebody()
        return {"request": current.request, "who": who, "library": library}
    return {name: getattr(record, name) for name in ("who", "library") if hasattr(record, name)}


def escaped(text: str) -> str:
    """The text in one line, without characters that steer a terminal."""
    return text.translate(_ESCAPED)
