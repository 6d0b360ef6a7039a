"""A Document ↔ what a child process sends of it to its parent: a dict of lists that JSON keeps small."""

from dataclasses import asdict, fields
from typing import Any

from yinju.reasons import Reason
from yinju.types import (
    Document,
    DocumentFacts,
    FileState,
    PrintedRun,
    Scan,
    Section,
    pack_blocks,
    pack_figures,
    unpack_blocks,
    unpack_figures,
)

_PACKED = frozenset(("state", "blocks", "sections", "printed", "scans", "figures", "reasons", "facts"))


def pack_document(document: Document) -> dict[str, Any]:
    """The document as JSON can hold it."""
    plain = {field.name: getattr(document, field.name) for field in fields(Document) if field.name not in _PACKED}
    return plain | {
        "state": document.state.value,
        "blocks": pack_blocks(document.blocks),
        "sections": [(section.headings, section.start, section.end) for section in document.sections],
        "printed": [(run.start, run.end, run.page, run.first) for run in document.printed],
        "scans": [(scan.page, scan.boxes) for scan in document.scans],
        "figures": pack_figures(document.figures),
        "reasons": [asdict(reason) for reason in document.reasons],
        "facts": asdict(document.facts),
    }


def unpack_document(packed: dict[str, Any]) -> Document:
    """The document that `pack_document` packed, once it has been JSON."""
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
             for name, value in packed.items() if name not in _PACKED}  # fmt: skip
    return Document(
        **plain,
        state=FileState(packed["state"]),
        blocks=unpack_blocks(packed["blocks"]),
        sections=tuple(Section(tuple(headings), start, end) for headings, start, end in packed["sections"]),
        printed=tuple(PrintedRun(*run) for run in packed["printed"]),
        scans=tuple(Scan(page, tuple(map(tuple, boxes))) for page, boxes in packed["scans"]),
        figures=unpack_figures(packed["figures"]),
        reasons=tuple(Reason(**reason) for reason in packed["reasons"]),
        facts=DocumentFacts(**packed["facts"]),
    )
