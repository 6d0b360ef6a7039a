"""A JSONL file of questions → each with what was said before it, as `yinju ask --questions` takes them."""

import json
from pathlib import Path

from yinju.errors import SettingsError
from yinju.text import has_content

Asked = tuple[str, list[tuple[str, str]]]
"""A question, and the questions and answers before it."""


def read_asked(path: Path) -> list[Asked]:
    """The questions of a file, in order.

    Raises:
        SettingsError: the file cannot be read, or a line is none, which is named.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise SettingsError(f'{path} cannot be read ({error}); expected lines of {{"question": …}}') from None
    return [_asked(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _asked(path: Path, number: int, line: str) -> Asked:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise SettingsError(f'{path} line {number} is no JSON; expected {{"question": …}}') from None
    question = record.get("question") if isinstance(record, dict) else None
    if not isinstance(question, str) or not has_content(question):
        raise SettingsError(f'{path} line {number} has no question; expected {{"question": …}}')
    history = record.get("history") or []
    if not isinstance(history, list) or not all(map(_is_turn, history)):
        raise SettingsError(f'{path} line {number} has another history than [["question", "answer"], …]')
    return question, [(asked, answered) for asked, answered in history]


def _is_turn(value: object) -> bool:
    return isinstance(value, list) and [type(part) for part in value] == [str, str]
