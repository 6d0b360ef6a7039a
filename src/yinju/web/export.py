"""Answers → Markdown and JSON to keep or pass on, each with the sources it cites."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from yinju.conversations import KeptAnswer
from yinju.messages import Language, say
from yinju.printing import answer_json, parted, unnamed
from yinju.types import Answer, Citation, Statement, Verdict

_SYNTAX = re.compile(r"([\\`*_\[\]<>|~#])")


def answer_markdown(answer: Answer, language: Language) -> str:
    """An answer followed by its numbered sources, each with the sentence it quotes."""
    parts = list[str]()
    for quoted, statements in groupby(answer.statements, key=lambda s: answer.refused and bool(s.markers)):
        parts += (_quoted(part) if quoted else part for part in _parts(statements, language))
    if missing := unnamed(answer):
        told = say("verdict.missing", language, missing=say("comma", language).join(missing))
        parts.append(_plain(told))
    if answer.options:
        parts += [say("options", language), "\n".join(f"- {_plain(option)}" for option in answer.options)]
    if answer.citations:
        nearest = say("nearest", language, count=len(answer.citations))
        parts.append(nearest if answer.verdict is Verdict.NOTHING else say("chat.sources", language))
        parts += (_source(citation, language) for citation in answer.citations)
    return "".join(f"{part}\n\n" for part in parts)


def chat_markdown(title: str, kept: Sequence[KeptAnswer], language: Language) -> str:
    """A chat with its questions as headings."""
    parts = [f"# {_plain(title)}\n"]
    for one in kept:
        when = datetime.fromtimestamp(one.time, UTC).strftime("%Y-%m-%d %H:%M UTC")
        parts.append(f"## {_plain(one.answer.question)}\n\n*{when}*\n\n{answer_markdown(one.answer, language)}")
    return "\n".join(parts)


def chat_json(title: str, kept: Sequence[KeptAnswer]) -> str:
    """A chat as one JSON object: title, and answers as `yinju ask --json` prints them with time and judgement."""
    answers = [{"time": k.time, **answer_json(k.answer), "helpful": k.helpful, "reason": k.reason} for k in kept]
    return json.dumps({"title": title, "answers": answers}, ensure_ascii=False, indent=1)


def _parts(statements: Iterable[Statement], language: Language) -> Iterator[str]:
    """What is said, in paragraphs and tables."""
    for part in parted(statements):
        if part[0].row:
            yield _table(part, language)
        else:
            yield "".join(_plain(statement.text) + _after(statement, language) for statement in part)


def _table(rows: Sequence[Statement], language: Language) -> str:
    heads = [_plain(head) for head, _ in rows[0].row]
    cells = ([*(_plain(cell) for _, cell in row.row), _after(row, language)] for row in rows)
    lines = ([*heads, ""], ["---"] * (len(heads) + 1), *cells)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _quoted(part: str) -> str:
    return "\n".join(f"> {line}" for line in part.split("\n"))


def _after(statement: Statement, language: Language) -> str:
    """A statement's markers, and a note where the source does not bear it out."""
    note = "" if statement.supported else f"（{say('chat.unsupported', language)}）"
    return "".join(f"[{marker}]" for marker in statement.markers) + note


def _source(citation: Citation, language: Language) -> str:
    where = " › ".join(dict.fromkeys(filter(None, (citation.title, *citation.heading.split(" › ")))))
    page = f"，{say('page', language, number=citation.page)}" if citation.page is not None else ""
    return f"[{citation.marker}] {_plain(where)}（{_plain(citation.document)}{page}）：「{_plain(citation.quote)}」"


def _plain(text: str) -> str:
    """The text in one line, in which no sign is Markdown: nothing that a document says is fetched by who reads it."""
    return _SYNTAX.sub(r"\\\1", " ".join(text.split()))
