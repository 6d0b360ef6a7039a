"""Answers, hits, documents and reports → JSON with keys that scripts rely on, and lines for people at a terminal."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from yinju.folding import fold
from yinju.messages import LANGUAGES, Language, language_of, say
from yinju.reading.table import CELL_MARK
from yinju.reasons import say_all
from yinju.types import (
    HEADING_KINDS,
    Answer,
    Block,
    Citation,
    Document,
    FileOutcome,
    FileState,
    Hit,
    IngestReport,
    ModelFault,
    Statement,
    Verdict,
    filled_in,
)  # fmt: skip

QUOTED_CHARACTERS = 120
"""How much of a source is shown, in characters."""
MOST_COLUMNS = 40
"""The widest column of a table in a terminal; what is longer than that moves the rest of its row."""

_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(0x7F, 0xA0)])
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSENDABLE = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")
_SHOWN = {**_CONTROLS, **_DIRECTION, **_UNSENDABLE}


def shown(text: str) -> str:
    """The text without what cannot be shown.

    Line breaks stay as they are; control characters and those that turn the direction of writing are dropped, and what
    cannot be sent, such as half of a character beyond U+FFFF, is a �.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)


def one_line(text: str) -> str:
    """A text as a terminal can show it: what would break the line or turn its direction is a �."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def outcome_line(outcome: FileOutcome, language: Language = LANGUAGES[0]) -> str:
    """How one file ended, in one line whatever its name holds."""
    told = outcome.code
    if outcome.passages:
        key = "passages.unchanged" if outcome.reused else "passages.dropped" if outcome.dropped else "passages"
        told = say(key, language, count=outcome.passages, dropped=outcome.dropped)
    state, message = say(f"file.{outcome.state}", language), say_all(outcome.reasons, language)
    return "  ".join(filter(None, (state, one_line(outcome.name), told, message)))


def report_lines(report: IngestReport, language: Language = LANGUAGES[0]) -> Iterable[str]:
    """The end state of every file, then the sums."""
    yield from (outcome_line(outcome, language) for outcome in report.outcomes)
    yield from (f"{say('file.removed', language)}  {one_line(name)}" for name in report.removed)
    states = (f"{say(f'file.{state}', language)} {report.count(state)}" for state in FileState)
    passages = sum(outcome.passages for outcome in report.outcomes)
    yield say(
        "report", language, files=len(report.outcomes), generation=report.generation, seconds=report.seconds,
        states=say("report.comma", language).join(states), passages=say("passages", language, count=passages),
    )  # fmt: skip


def summary_line(report: IngestReport, language: Language) -> str:
    """How many files were kept and how many were not, in one line."""
    skipped, failed = report.count(FileState.SKIPPED), report.count(FileState.FAILED)
    return say("indexed", language, kept=len(report.outcomes) - skipped - failed, skipped=skipped, failed=failed)


def measure_lines(measures: Mapping[str, Any]) -> Iterable[str]:
    """What was measured, a line each: first the counts of every kind of question, where there are kinds."""
    for kind, counts in measures.get("kinds", {}).items():
        yield f"{kind:18} " + "  ".join(f"{name} {count:3}" for name, count in counts.items())
    yield from (f"{name:18} {value}" for name, value in measures.items() if name != "kinds")


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer with the keys that scripts rely on."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "refused": answer.refused,
        "verdict": answer.verdict,
        "confidence": round(answer.confidence, 4),
        "mode": answer.mode,
        "citations": [citation_json(citation) for citation in answer.citations],
        "seconds": round(answer.seconds, 4),
        "understood_as": answer.understood_as,
        "fault": answer.fault,
        "notice": notice(answer),
        "missing": list(answer.missing),
        "options": list(answer.options),
        "hurried": answer.hurried,
        "about": answer.about,
        "statements": [statement_json(statement) for statement in answer.statements],
        "unfinished": [statement_json(statement) for statement in answer.unfinished],
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation with the keys that scripts rely on; `figures` where any are shown with it."""
    return {key: value for key, value in asdict(citation).items() if key != "figures" or value}


def statement_json(statement: Statement) -> dict[str, Any]:
    """A statement with the keys that scripts rely on; `disagreement` says why it is not supported."""
    return {"text": statement.text, "markers": list(statement.markers), "supported": statement.supported,
            "disagreement": statement.disagreement, "row": [list(cell) for cell in statement.row]}  # fmt: skip


def hit_json(rank: int, hit: Hit) -> dict[str, Any]:
    """A search result with the keys that scripts rely on."""
    p = hit.passage
    return {"rank": rank, "score": round(hit.score, 4), "document": p.document, "heading": p.heading, "page": p.page,
            "start": p.start, "end": p.end, "text": p.text}  # fmt: skip


def parted(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Statements as they are laid out: those of one line together, and the rows of one table."""
    parts: list[list[Statement]] = []
    for statement in statements:
        before = parts[-1][-1] if parts else None
        heads, heads_before = (tuple(head for head, _ in s.row) if s else () for s in (statement, before))
        if before is None or heads != heads_before or (statement.new_line and not heads):
            parts.append([])
        parts[-1].append(statement)
    return parts


def unnamed(answer: Answer) -> list[str]:
    """What the documents do not have of the question and the answer does not name itself."""
    said = fold("".join(statement.text for statement in answer.statements if not statement.markers))
    return [missing for missing in answer.missing if fold(missing) not in said]


def answer_text(answer: Answer) -> str:
    """An answer with its sources, for people; its marks and notices are in the asker's language, as it is."""
    language = language_of(answer.question)
    lines = [say("understood", language, question=answer.understood_as)] if answer.understood_as else []
    lines += _fault_lines(answer, language)
    for quoted, statements in groupby(answer.statements, key=lambda s: answer.refused and bool(s.markers)):
        lines += (f"  {line}" if quoted else line for line in _spoken(statements, language))
    if missing := unnamed(answer):
        lines.append(say("verdict.missing", language, missing=say("comma", language).join(missing)))
    if answer.options:
        lines += [say("options", language), *(f"  {one_line(option)}" for option in answer.options)]
    if answer.citations:
        lines.append("")
        if answer.verdict is Verdict.NOTHING:
            lines.append(say("nearest", language, count=len(answer.citations)))
            lines += (_place(citation, language) for citation in answer.citations)
        else:
            lines += (
                f"{_place(citation, language)}\n    {_beginning(citation.quote)}" for citation in answer.citations
            )
    return "\n".join(lines)


def _fault_lines(answer: Answer, language: Language) -> list[str]:
    """What a model had said, and its fault."""
    lines = []
    if answer.unfinished:
        ended = "unused" if answer.fault is ModelFault.UNSUPPORTED else "unfinished"
        lines += [say(ended, language, said="\n".join(_spoken(answer.unfinished, language))), ""]
    if answer.fault is ModelFault.STOPPED:
        lines += [say("stopped", language)]
    elif answer.fault:
        lines += [notice(answer), ""]
    return lines


def notice(answer: Answer) -> str:
    """Why a language model's answer is not given, in the asker's language; empty where there is nothing to say."""
    if answer.fault is None or answer.fault is ModelFault.STOPPED:
        return ""
    language = language_of(answer.question)
    told = say("no_model", language, fault=say(f"fault.{answer.fault}", language))
    return told if answer.refused else told + say("no_model.instead", language)


def _spoken(statements: Iterable[Statement], language: Language) -> Iterable[str]:
    """The lines of statements with their markers, those that no source bears out marked."""
    for part in parted(statements):
        if part[0].row:
            yield from _table(part, language)
        else:
            yield from "".join(statement.text + _after(statement, language) for statement in part).split("\n")


def _after(statement: Statement, language: Language) -> str:
    markers = "".join(f"[{marker}]" for marker in statement.markers)
    return markers if statement.supported else markers + say("unsupported", language)


def _table(rows: Sequence[Statement], language: Language) -> Iterable[str]:
    """The lines of a table, each row ending with its markers."""
    cells = [[one_line(cell) for _, cell in row.row] for row in rows]
    heads = [one_line(head) for head, _ in rows[0].row]
    widths = [min(MOST_COLUMNS, max(map(columns, column))) for column in zip(heads, *cells, strict=True)]
    for line, after in zip([heads, *cells], ["", *(_after(row, language) for row in rows)], strict=True):
        padded = (cell + " " * (width - columns(cell)) for cell, width in zip(line, widths, strict=True))
        yield "  ".join([*padded, after]).rstrip()


def _place(citation: Citation, language: Language) -> str:
    page = say("page", language, number=citation.page) if citation.page else ""
    place = "　".join(one_line(part) for part in (citation.document, citation.heading, page) if part)
    return f"[{citation.marker}] {place}"


def _beginning(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= QUOTED_CHARACTERS else quote[:QUOTED_CHARACTERS] + "…"


def report_json(report: IngestReport, language: Language = LANGUAGES[0]) -> dict[str, Any]:
    """A report with the keys that scripts rely on."""
    outcomes = [asdict(o) | {"code": o.code, "message": say_all(o.reasons, language)} for o in report.outcomes]
    return asdict(report) | {"outcomes": outcomes}


def document_json(document: Document, language: Language = LANGUAGES[0]) -> dict[str, Any]:
    """A document with the keys that scripts rely on."""
    return {"name": document.name, "title": document.title, "state": document.state, "format": document.format,
            "encoding": document.encoding, "pages": document.pages, "characters": len(document.text),
            "sha256": document.sha256, "message": say_all(document.reasons, language)}  # fmt: skip


def blocks_json(document: Document) -> dict[str, Any]:
    """What a file was read as, for scripts: what it says of itself, and every block with its text."""
    return {
        "name": document.name, "title": document.title, "facts": asdict(document.facts),
        "blocks": [_block_json(document, block) for block in filled_in(document.text, document.blocks)],
    }  # fmt: skip


def _block_json(document: Document, block: Block) -> dict[str, Any]:
    known = {name: value for name, value in asdict(block).items() if value or name == "start"}
    return known | {"text": document.text[block.start : block.end]}


def blocks_lines(document: Document) -> Iterable[str]:
    """The same for people: a line for each block, what it is before its text."""
    yield f"{one_line(document.title)}  " + "  ".join(f"{k}={v}" for k, v in asdict(document.facts).items() if v)
    for block in filled_in(document.text, document.blocks):
        known = {
            "level": block.level or "", "marker": block.marker, "group": block.group or "", "record": block.record,
            "name": block.name if block.kind not in HEADING_KINDS else "", "heads": CELL_MARK.join(block.heads),
        }  # fmt: skip
        said = " ".join(f"{name}={one_line(str(value))}" for name, value in known.items() if value != "")
        text = one_line(" ".join(document.text[block.start : block.end].split()))
        yield f"{block.start:>7} {block.kind.value:<9} {text}" + (f"  [{said}]" if said else "")
