"""Documents, passages and file outcomes ↔ the rows that documents.sqlite keeps of them."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import accumulate, chain, pairwise
from typing import Any

from yinju.reasons import Reason
from yinju.types import (
    Document,
    DocumentFacts,
    FileOutcome,
    FileState,
    Passage,
    Section,
    Span,
    pack_blocks,
    unpack_blocks,
)

Row = tuple[Any, ...]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NOTHING = "[]"
_ENCODING = "gb18030"
"""Of all of Unicode: a Chinese character takes two bytes, of UTF-8 three, and a letter one, of UTF-16 two."""
_COMPRESSION = 3
"""Of whole texts, which are read less often than passages: half the bytes at 40 MB a second."""


def document_row(document: Document, often: Mapping[str, int]) -> Row:
    """A document, and how often a word stands in it."""
    return (
        document.name, document.title, _pressed(document.text),
        _pressed(as_json([[s.headings, s.start, s.end] for s in document.sections])),
        document.sha256, document.format, document.size, document.encoding,
        as_json(document.page_starts), document.state.value, _reasons_json(document.reasons),
        document.body_start, as_json(document.page_labels), _pressed(as_json(often)),
    )  # fmt: skip


def passage_row(passage: Passage) -> Row:
    """A passage, but for the number of its row."""
    return (
        passage.id, passage.document, passage.number,
        as_json(passage.headings), passage.page, passage.start, passage.end, _short(passage.text),
        _spans_json(passage.sentences), as_json(passage.mended), as_json(pack_blocks(passage.blocks)),
        passage.form and _short(passage.form),
    )  # fmt: skip


def outcome_row(outcome: FileOutcome) -> Row:
    """How a file ended."""
    o = outcome
    return (
        o.name, o.state.value, _reasons_json(o.reasons), o.passages, o.characters, o.sha256, o.title, o.format,
        o.size, o.pages, o.encoding, o.added, o.seconds, o.indexed, o.dropped, as_json(asdict(o.facts)),
    )  # fmt: skip


def as_json(value: object) -> str:
    """A value as JSON without spaces."""
    return _ENCODER.encode(value)


def _pressed(text: str) -> bytes:
    return zlib.compress(text.encode(_ENCODING), _COMPRESSION)


def pressed_out(kept: bytes) -> str:
    """The text that was compressed."""
    return zlib.decompress(kept).decode(_ENCODING)


def _short(text: str) -> str | bytes:
    """A text as it is kept: as bytes where these are fewer than SQLite needs, which writes UTF-8."""
    kept = text.encode(_ENCODING)
    return kept if len(kept) < len(text.encode()) else text


def long(kept: str | bytes) -> str:
    """The text that `_short` made short."""
    return kept if isinstance(kept, str) else kept.decode(_ENCODING)


def _spans_json(spans: Sequence[Span]) -> str:
    """Where sentences stand, each number by how far it is from the one before: [0, 12, 1, 20] for 0–12 and 13–33."""
    return as_json([after - before for before, after in pairwise([0, *chain.from_iterable(spans)])])


def _spans(kept: str) -> tuple[Span, ...]:
    places = [*accumulate(json.loads(kept))]
    return tuple(zip(places[::2], places[1::2], strict=True))


def _reasons_json(reasons: Iterable[Reason]) -> str:
    return as_json([[reason.name, dict(reason.facts)] for reason in reasons])


def _reasons(kept: str) -> tuple[Reason, ...]:
    return tuple(Reason(name, facts) for name, facts in json.loads(kept))


def outcome_of(row: Row) -> FileOutcome:
    """How a file ended, of a row of files."""
    name, state, reasons, *rest, facts = row
    outcome = FileOutcome(name, FileState(state), _reasons(reasons), *rest)
    return replace(outcome, facts=DocumentFacts(**json.loads(facts)))


def document_of(row: Row) -> Document:
    """A document without where it is printed, of a row of documents."""
    name, title, text, sections, sha256, kind, size, encoding, page_starts, state, reasons, body_start, labels, _ = row
    return Document(
        name, title, pressed_out(text),
        tuple(Section(tuple(headings), start, end) for headings, start, end in json.loads(pressed_out(sections))),
        sha256, kind, size, encoding, tuple(json.loads(page_starts)), FileState(state), _reasons(reasons),
        body_start=body_start, page_labels=tuple(json.loads(labels)),
    )  # fmt: skip


def passage_of(row: Row, title: str) -> Passage:
    """A passage, of its values in the order of `SegmentDocuments`' query."""
    number, document, headings, page, start, end, text, sentences, mended, blocks, place, form = row
    words = tuple((sentence, word) for sentence, word in json.loads(mended)) if mended != _NOTHING else ()
    return Passage(
        number, document, title, tuple(json.loads(headings)), page, start, end, long(text), _spans(sentences), words,
        unpack_blocks(json.loads(blocks)) if blocks != _NOTHING else (), place, form and long(form),
    )  # fmt: skip
