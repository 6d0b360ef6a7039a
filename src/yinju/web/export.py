"""Answers → Markdown and JSON to keep or pass on, each with the sources it cites."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from yinju.conversations import KeptAnswer
from yinju.printing import answer_json
from yinju.types import Answer, Citation
from yinju.web.texts import Texts

_SYNTAX = re.compile(r"([\\`*_\[\]<>|~#])")


def answer_markdown(answer: Answer, texts: Texts) -> str:
    """An answer followed by its numbered sources, each with the sentence it quotes."""
    said = texts.chat.refused if answer.refused else "".join(_statements(answer, texts))
    sources = "\n".join(_source(citation, texts) for citation in answer.citations)
    lead = texts.chat.nearest if answer.refused else texts.chat.sources
    return f"{said}\n\n{lead}\n\n{sources}\n" if sources else f"{said}\n"


def chat_markdown(title: str, kept: Sequence[KeptAnswer], texts: Texts) -> str:
    """A chat with its questions as headings."""
    parts = [f"# {_plain(title)}\n"]
    for one in kept:
        when = datetime.fromtimestamp(one.time, UTC).strftime("%Y-%m-%d %H:%M UTC")
        parts.append(f"## {_plain(one.answer.question)}\n\n*{when}*\n\n{answer_markdown(one.answer, texts)}")
    return "\n".join(parts)


def chat_json(title: str, kept: Sequence[KeptAnswer]) -> str:
    """A chat as one JSON object: title, and answers as `yinju ask --json` prints them with time and judgement."""
    answers = [{"time": k.time, **answer_json(k.answer), "helpful": k.helpful, "reason": k.reason} for k in kept]
    return json.dumps({"title": title, "answers": answers}, ensure_ascii=False, indent=1)


def _statements(answer: Answer, texts: Texts) -> list[str]:
    """What is said, with markers, and a note where the source does not bear it out."""
    parts = []
    for place, statement in enumerate(answer.statements):
        lead = "\n\n" if statement.new_line and place else ""
        note = "" if statement.supported else f"（{texts.chat.unsupported}）"
        parts.append(f"{lead}{_plain(statement.text)}{''.join(f'[{marker}]' for marker in statement.markers)}{note}")
    return parts


def _source(citation: Citation, texts: Texts) -> str:
    where = " › ".join(dict.fromkeys(filter(None, (citation.title, *citation.heading.split(" › ")))))
    page = f"，{texts.source.page.format(number=citation.page)}" if citation.page is not None else ""
    return f"[{citation.marker}] {_plain(where)}（{_plain(citation.document)}{page}）：「{_plain(citation.quote)}」\n"


def _plain(text: str) -> str:
    """The text in one line, in which no sign is Markdown: nothing that a document says is fetched by who reads it."""
    return _SYNTAX.sub(r"\\\1", " ".join(text.split()))
