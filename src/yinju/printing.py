"""Answers, hits, documents and reports → lines for people at a terminal, and JSON with keys that scripts rely on."""

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from yinju.reading.table import CELL_MARK
from yinju.reasons import LANGUAGES, say_all
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
    filled_in,
)  # fmt: skip


@dataclass(frozen=True)
class _Words:
    """What is said of files and of a whole build in one language."""

    states: tuple[str, str, str, str]
    """In the order of `FileState`."""
    passages: str
    unchanged: str
    removed: str
    dropped: str
    sums: str
    comma: str

    def state(self, state: FileState) -> str:
        """What a state is called."""
        return self.states[list(FileState).index(state)]


_WORDS = dict(zip(LANGUAGES, (
    _Words(
        ("已入庫", "已入庫（有提醒）", "略過", "失敗"), "{count} 段", "，未變動", "已移除", "，略去 {count} 字",
        "共 {files} 個檔案：{states}；{passages} 段，第 {generation} 代，{seconds:.1f} 秒", "，",
    ),
    _Words(
        ("已入库", "已入库（有提醒）", "跳过", "失败"), "{count} 段", "，未变动", "已移除", "，略去 {count} 字",
        "共 {files} 个文件：{states}；{passages} 段，第 {generation} 代，{seconds:.1f} 秒", "，",
    ),
    _Words(
        ("indexed", "indexed with a warning", "skipped", "failed"), "{count} passages", ", unchanged", "removed",
        ", {count} characters left out",
        "{files} files: {states}; {passages} passages, generation {generation}, {seconds:.1f} s", ", ",
    ),
), strict=True))  # fmt: skip


def one_line(text: str) -> str:
    """A text as a terminal can show it: what would break the line or turn its direction is a �."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)


def outcome_line(outcome: FileOutcome, language: str = LANGUAGES[0]) -> str:
    """How one file ended, in one line whatever its name holds."""
    words, message = _WORDS[language], say_all(outcome.reasons, language)
    counts = words.passages.format(count=outcome.passages) if outcome.passages else outcome.code
    if outcome.passages and outcome.reused:
        counts += words.unchanged
    elif outcome.passages and outcome.dropped:
        counts += words.dropped.format(count=outcome.dropped)
    return "  ".join(filter(None, (words.state(outcome.state), one_line(outcome.name), counts, message)))


def report_lines(report: IngestReport, language: str = LANGUAGES[0]) -> Iterable[str]:
    """The end state of every file, then the sums."""
    words = _WORDS[language]
    yield from (outcome_line(outcome, language) for outcome in report.outcomes)
    yield from (f"{words.removed}  {one_line(name)}" for name in report.removed)
    yield words.sums.format(
        files=len(report.outcomes), generation=report.generation, seconds=report.seconds,
        states=words.comma.join(f"{words.state(state)} {report.count(state)}" for state in FileState),
        passages=sum(outcome.passages for outcome in report.outcomes),
    )  # fmt: skip


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer with the keys that scripts rely on."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "refused": answer.refused,
        "verdict": answer.verdict,
        "confidence": round(answer.confidence, 4),
        "mode": answer.mode,
        "citations": [asdict(citation) for citation in answer.citations],
        "seconds": round(answer.seconds, 4),
        "understood_as": answer.understood_as,
        "fault": answer.fault,
        "missing": list(answer.missing),
        "options": list(answer.options),
        "statements": [statement_json(statement) for statement in answer.statements],
        "unfinished": [statement_json(statement) for statement in answer.unfinished],
    }


def statement_json(statement: Statement) -> dict[str, Any]:
    """A statement with the keys that scripts rely on; `disagreement` says why it is not supported."""
    return {"text": statement.text, "markers": list(statement.markers), "supported": statement.supported,
            "disagreement": statement.disagreement}  # fmt: skip


def hit_json(rank: int, hit: Hit) -> dict[str, Any]:
    """A search result with the keys that scripts rely on."""
    p = hit.passage
    return {"rank": rank, "score": round(hit.score, 4), "document": p.document, "heading": p.heading, "page": p.page,
            "start": p.start, "end": p.end, "text": p.text}  # fmt: skip


def place_of(citation: Citation) -> str:
    """Where a citation stands, for people."""
    page = f"第 {citation.page} 頁" if citation.page else ""
    return "　".join(one_line(part) for part in (citation.document, citation.heading, page) if part)


_UNSUPPORTED = "（來源未能證實）"
_FAULTS = {
    ModelFault.UNREACHABLE: "連不上模型伺服器", ModelFault.UNAUTHORISED: "金鑰不對或沒有設定",
    ModelFault.BUSY: "模型伺服器忙碌中", ModelFault.FAILED: "模型伺服器出錯", ModelFault.SLOW: "模型太久沒有回應",
    ModelFault.MALFORMED: "模型的回應無法使用", ModelFault.INTERRUPTED: "連線中斷",
    ModelFault.UNSUPPORTED: "模型說的沒有一句在文件裡有根據",
}  # fmt: skip


def _spoken(statements: Iterable[Statement]) -> str:
    """Statements with their markers, those that no source bears out marked."""
    said = []
    for place, statement in enumerate(statements):
        markers = "".join(f"[{marker}]" for marker in statement.markers)
        lead = "\n" if statement.new_line and place else ""
        said.append(lead + statement.text + markers + ("" if statement.supported else _UNSUPPORTED))
    return "".join(said)


def answer_text(answer: Answer) -> str:
    """An answer with its sources, for people."""
    lines = []
    if answer.understood_as:
        lines.append(f"理解為：{answer.understood_as}")
    if answer.unfinished:
        ended = "模型的回答，未採用" if answer.fault is ModelFault.UNSUPPORTED else "回答未完成"
        lines += [f"{_spoken(answer.unfinished)}（{ended}）", ""]
    if answer.fault is ModelFault.STOPPED:
        lines += ["（已停止）"]
    elif answer.fault:
        lines += [f"未使用大模型：{_FAULTS[answer.fault]}。以下是文件裡的原句：", ""]
    lines += [_spoken(answer.statements), ""]
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        lines.append(f"[{citation.marker}] {place_of(citation)}\n    {quote[:120]}{'…' if len(quote) > 120 else ''}")
    return "\n".join(lines)


def report_json(report: IngestReport) -> dict[str, Any]:
    """A report with the keys that scripts rely on."""
    outcomes = [asdict(o) | {"code": o.code, "message": o.message} for o in report.outcomes]
    return asdict(report) | {"outcomes": outcomes}


def document_json(document: Document) -> dict[str, Any]:
    """A document with the keys that scripts rely on."""
    return {"name": document.name, "title": document.title, "state": document.state, "format": document.format,
            "encoding": document.encoding, "pages": document.pages, "characters": len(document.text),
            "sha256": document.sha256, "message": document.message}  # fmt: skip


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
