"""Sections → Markdown, in which no text of a document is syntax; answers → JSON."""

import json
import re
from collections.abc import Sequence

from yinju.conversations import KeptAnswer
from yinju.export.layout import Paragraph, Section, Sentence, Style, Table, Words
from yinju.printing import answer_json
from yinju.scopes import words_of

_SYNTAX = re.compile(r"([\\`*_\[\]<>|~#])")
_BEFORE = {Style.PLAIN: "", Style.QUOTE: "> ", Style.POINT: "- ", Style.LEAD: ""}


def write_markdown(title: Words, sections: Sequence[Section]) -> str:
    """Sections with their questions as headings."""
    parts = [f"# {_plain(title)}\n"]
    parts += (f"## {_plain(s.question)}\n\n*{_plain(s.facts)}*\n\n{section_markdown(s)}" for s in sections)
    return "\n".join(parts)


def section_markdown(section: Section) -> str:
    """What was said, followed by its numbered sources, each with the sentence it quotes."""
    said = ""
    for before, part in zip([None, *section.parts], section.parts, strict=False):
        listed = before is not None and before.style is part.style is Style.POINT
        said += ("\n" if listed else "\n\n" if before else "") + _part(part)
    sources = (f"[{marker}] {_plain(source.words)}" for marker, source in section.sources.items())
    figures = (_plain(figure.caption) for figure in section.figures)
    parts = [said, *figures, *([_plain(section.lead), *sources] if section.sources else [])]
    return "".join(f"{part}\n\n" for part in parts)


def write_json(title: str, kept: Sequence[KeptAnswer]) -> str:
    """A chat as one JSON object: title, and answers as `yinju ask --json` has them with time, scope and judgement."""
    answers = [
        {"time": k.time, "damaged": True} if k.damaged else
        {"time": k.time, **answer_json(k.answer), "scope": words_of(k.scope), "helpful": k.helpful, "reason": k.reason}
        for k in kept
    ]  # fmt: skip
    return json.dumps({"title": title, "answers": answers}, ensure_ascii=False, indent=1)


def _part(part: Paragraph | Table) -> str:
    if isinstance(part, Paragraph):
        return _BEFORE[part.style] + "".join(_plain(s.words) + _after(s) for s in part.sentences)
    heads = [*map(_plain, part.heads), ""]
    rows = ([*(_plain(cell.words) for cell in row), _after(row[-1])] for row in part.rows)
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"{_BEFORE[part.style]}| {' | '.join(line)} |" for line in lines)


def _after(sentence: Sentence) -> str:
    """A sentence's markers, and the note where its source does not bear it out."""
    note = f"（{_plain(sentence.doubt)}）" if sentence.doubt else ""
    return "".join(f"[{marker}]" for marker in sentence.markers) + note


def _plain(words: Words) -> str:
    """The text with no sign that is Markdown: nothing that a document says is fetched by who reads it."""
    return _SYNTAX.sub(r"\\\1", words.text)
