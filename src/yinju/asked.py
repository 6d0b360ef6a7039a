"""A JSONL file as `yinju ask --questions` takes it → questions, each with what was said before and where to look."""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from yinju.errors import SettingsError
from yinju.reasons import cause_of
from yinju.text import has_content
from yinju.types import DAY

Day = Annotated[str, Field(pattern=f"^(?:{DAY})?$")]
"""A day, month or year, or none."""


class ScopeWords(BaseModel):
    """Where to look as a person says it: each line of it as the option of that name of the command line.

    `only` and `tag` unite: a document is looked in if either has it. `format`, `since` and `until` narrow that.
    """

    model_config = ConfigDict(extra="forbid")

    only: list[str] = []
    """Names, folders or patterns."""
    tag: list[str] = []
    """Of which a document has at least one."""
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


def read_asked(path: Path) -> list[Asked]:
    """The questions of a file, in order.

    Raises:
        SettingsError: the file cannot be read, or a line is none, which is named.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise SettingsError("questions.unreadable", path=path, why=cause_of(error)) from None
    return [_asked(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _asked(path: Path, number: int, line: str) -> Asked:
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise SettingsError("questions.no_json", path=path, line=number) from None
    given = record if isinstance(record, dict) else {}
    try:
        return Asked.model_validate({name: given[name] for name in Asked.model_fields if given.get(name) is not None})
    except ValidationError as error:
        field = error.errors()[0]["loc"][0]
        raise SettingsError(f"questions.{field}", path=path, line=number) from None
