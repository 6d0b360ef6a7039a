"""JSONL of questions as people type them, each with what a good answer holds → FreeQuestions."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from yinju.errors import SettingsError
from yinju.reasons import cause_of
from yinju.text import has_content

Alternatives = tuple[str, ...]
"""Phrases one of which is wanted."""


class Expectation(StrEnum):
    """What should come of a question."""

    ANSWER = "answer"
    REFUSE = "refuse"
    CHAT = "chat"
    """A greeting or a question about Yinju itself: spoken to, without a source."""
    CLARIFY = "clarify"
    """It may mean several things: asked back, or each of them answered."""


@dataclass(frozen=True, slots=True)
class FreeQuestion:
    """A question as it is typed, and what a good answer to it is."""

    question: str
    kind: str
    expect: Expectation
    history: tuple[str, ...] = ()
    """The questions before it."""
    must: tuple[Alternatives, ...] = ()
    """Facts, each in one of several wordings."""
    need: int = 0
    """How many of the facts are enough."""
    must_not: tuple[str, ...] = ()
    cite: tuple[tuple[str, str], ...] = ()
    """Documents one of which is cited, each where it holds a phrase; an empty phrase stands anywhere."""
    may_cite: bool = False
    """Whether an answer of chat may name sources."""
    max_chars: int | None = None
    """White space left out; an answer of more is padded."""
    missing: str = ""
    """What the documents do not have, as a refusal should name it."""
    correct: tuple[Alternatives, ...] = ()
    """What sets a false premise right: as good as a refusal."""
    options: tuple[str, ...] = ()
    """What an unclear question may mean."""


def are_free(path: Path) -> bool:
    """Whether a file's first question says what to expect, as free questions do and those with a gold phrase do not."""
    try:
        if path.suffix != ".jsonl":
            return False
        with path.open(encoding="utf-8-sig") as lines:
            first = json.loads(next(filter(str.strip, lines), "{}"))
        return isinstance(first, dict) and "expect" in first
    except (OSError, ValueError, RecursionError):
        return False


def load_free_questions(paths: Iterable[Path]) -> list[FreeQuestion]:
    """The questions of JSONL files, in order.

    Raises:
        SettingsError: a line is none, which is named.
    """
    return [question for path in paths for question in _load(path)]


def _load(path: Path) -> list[FreeQuestion]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise SettingsError("free.unreadable", path=path, why=cause_of(error)) from None
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(_read(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                why = f"{type(error).__name__}: {error}"
                raise SettingsError("free.line", path=path, line=number, why=why) from None
    return found


def _read(record: dict[str, Any]) -> FreeQuestion:
    must, most = _facts(record.get("must", [])), record.get("max_chars")
    need = record.get("need", len(must))
    if type(need) is not int or not 0 <= need <= len(must) or not (most is None or type(most) is int):
        raise ValueError(f"need is {need!r} of {len(must)}, max_chars {most!r}")
    cite = tuple((_text(document), _text(phrase)) for document, phrase in record.get("cite", []))
    return FreeQuestion(
        question=_asked(record["question"] if "question" in record else record["q"]),
        kind=_text(record.get("kind", record["expect"])), expect=Expectation(record["expect"]),
        history=tuple(map(_asked, record.get("history", []))), must=must, need=need,
        must_not=_phrases(record.get("must_not", [])), cite=cite, may_cite=bool(record.get("cites_allowed")),
        max_chars=most, missing=_text(record.get("missing", "")), correct=_facts(record.get("correct", [])),
        options=_phrases(record.get("options", [])),
    )  # fmt: skip


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} instead of text")
    return value


def _asked(value: object) -> str:
    if not has_content(question := _text(value)):
        raise ValueError("nothing is asked")
    return question


def _phrases(values: Sequence[object]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError(f"{values!r} instead of a list")
    return tuple(map(_text, values))


def _facts(values: Sequence[Sequence[object]]) -> tuple[Alternatives, ...]:
    return tuple(_phrases(alternatives) for alternatives in values)
