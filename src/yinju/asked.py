"""A JSONL file as `yinju ask --questions` takes it → questions, each with what was said before and where to look."""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from yinju.errors import SettingsError
from yinju.text import has_content
from yinju.types import DAY

Day = Annotated[str, Field(pattern=f"^(?:{DAY})?$")]
"""A day, month or year, or none."""


class ScopeWords(BaseModel):
    """Where to look as a person says it: each line of it as the option of that name of the command line."""

    model_config = ConfigDict(extra="forbid")

    only: list[str] = []
    """Names, folders or patterns."""
    tag: list[str] = []
    format: list[str] = []
    since: Day = ""
    until: Day = ""


class Asked(BaseModel):
    """A question, the questions and answers before it, and where to look."""

    question: str
    history: list[tuple[str, str]] = []
    scope: ScopeWords | None = None

    @field_validator("question")
    @classmethod
    def _says_something(cls, question: str) -> str:
        if not has_content(question):
            raise ValueError("blank")
        return question


_EXPECTED = {
    "question": 'no question; expected {"question": …}',
    "history": 'another history than [["question", "answer"], …]',
    "scope": 'another scope than {"only": ["NAME"], "tag": [], "format": [], "since": "YYYY-MM-DD", "until": ""}',
}
"""What is wrong with a line, by the field that is."""


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
        record: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise SettingsError(f'{path} line {number} is no JSON; expected {{"question": …}}') from None
    given = record if isinstance(record, dict) else {}
    try:
        return Asked.model_validate({name: given[name] for name in _EXPECTED if given.get(name) is not None})
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        raise SettingsError(f"{path} line {number} has {_EXPECTED[str(place[0])]}") from None
