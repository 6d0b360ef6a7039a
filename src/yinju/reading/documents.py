"""Bytes of one file → Document: the format is found, its parser called, and the findings put together."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import PurePosixPath

from yinju.errors import ReadingError
from yinju.reading.detect import detect_binary_format, is_mail
from yinju.reading.encoding import decode_text
from yinju.reading.extract import Extract, Scans, divide_into_sections, plain_lines, without_controls
from yinju.reading.figures import settled_figures
from yinju.reading.likelihood import REPLACEMENT
from yinju.reading.structure import find_facts, find_structure
from yinju.types import Block, BlockKind, Document, FileState

MAX_BYTES = 100_000_000
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_HEAD_BYTES = 100_000
_PARSERS = {
    "pdf": ("pdf", "extract_pdf"),
    "image": ("picture", "extract_picture"),
    "docx": ("word", "extract_docx"),
    "pptx": ("slides", "extract_pptx"),
    "xlsx": ("sheets", "extract_xlsx"),
    "epub": ("epub", "extract_epub"),
    "odt": ("opendocument", "extract_odt"),
    "rtf": ("rtf", "extract_rtf"),
}
"""Format → module and function from bytes to an Extract."""
_SCANNED = ("pdf", "image")
"""Formats with pages that may have to be recognised."""
_CONTAINERS = {"zip": ("archive", "extract_zip"), "eml": ("mail", "extract_mail")}
"""Formats that hold files of other formats; their functions are given `extract` for those."""
_TEXT_PARSERS = {
    "html": ("html", "extract_html"),
    "json": ("records", "extract_json"),
    "csv": ("records", "extract_csv"),
    "markdown": ("markdown", "extract_markdown"),
    "text": ("text", "extract_text"),
}
_NAMED = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".tsv": "csv"}
_LONGEST_TITLE = 120
_EMPTY = {"html": "empty.html", "docx": "empty.docx", "pdf": "empty.pdf"}
"""Format → why a file of it without text is passed over."""


def read_document(
    data: bytes, name: str, *, max_bytes: int = MAX_BYTES, encoding: str | None = None, scans: Scans | None = None
) -> Document:
    """The document in a file's bytes. The format is told by the content; `name` decides between text and Markdown.

    `encoding` is what a person says a text is in; without it that is found out. `scans` are the lines that were
    recognised on pages of a PDF, counted from 1, None where that failed.

    Raises:
        ReadingError: with code `too_large`, `empty`, `unknown_format`, `unknown_encoding`, `undecodable`, `unreadable`,
            `encrypted` or `no_text`.
    """
    check_size(len(data), max_bytes)
    form, found = extract(data, name, encoding, scans)
    if not any(character.isprintable() and not character.isspace() for character in found.text):
        raise ReadingError(_EMPTY.get(form, "empty.text"))
    title = " ".join(found.title.split())[:_LONGEST_TITLE]
    return Document(
        name=name,
        title=title or title_of_name(name),
        text=found.text,
        sections=divide_into_sections(found.text, found.blocks, found.body_start),
        sha256=hashlib.sha256(data).hexdigest(),
        format=form,
        size=len(data),
        encoding=found.encoding,
        page_starts=found.page_starts,
        state=FileState.WARNED if found.warnings else FileState.INDEXED,
        reasons=found.warnings,
        printed=found.printed,
        body_start=found.body_start,
        dropped=found.dropped,
        blocks=found.blocks,
        scans=found.scans,
        figures=found.figures,
        textless=found.textless,
        page_labels=found.page_labels,
        facts=find_facts(found, title, name),
    )


def title_of_name(name: str) -> str:
    """What a document is called that has no title of its own: its file's name without the ending."""
    return " ".join(_storable(PurePosixPath(name).stem).split()) or _storable(name)


def check_size(size: int, max_bytes: int) -> None:
    """Refuse a file above the limit before anything is read.

    Raises:
        ReadingError: `too_large`.
    """
    if size > max_bytes:
        raise ReadingError("too_large", size=size, limit=max_bytes)


def extract(data: bytes, name: str, encoding: str | None = None, scans: Scans | None = None) -> tuple[str, Extract]:
    """The format of a file and what its parser found; a parser is imported only when a file needs it.

    Raises:
        ReadingError: as `read_document`, but for `too_large` by the file's own size.
    """
    kind, found = _parsed(data, name, encoding, scans)
    text = _storable(found.text)
    known = found.blocks if text == found.text else tuple(map(_storable_block, found.blocks))
    blocks = find_structure(text, known, kind, found.body_start)
    figures = [replace(figure, caption=_storable(figure.caption)) for figure in found.figures]
    stated = {block.start for block in known if block.kind is BlockKind.CAPTION and not block.group}
    settled = settled_figures(text, blocks, figures, found.page_starts, stated)
    return kind, replace(
        found,
        text=settled.text,
        blocks=settled.blocks,
        figures=settled.figures,
        page_starts=settled.page_starts,
        title=_storable(found.title),
        page_labels=tuple(map(_storable, found.page_labels)),
    )


def _storable_block(block: Block) -> Block:
    """The block with storable names."""
    name, record, marker, *heads = map(_storable, (block.name, block.record, block.marker, *block.heads))
    return replace(block, name=name, record=record, marker=marker, heads=tuple(heads))


def _storable(text: str) -> str:
    """The text, as long as before so that places stay, without the controls and halves of characters in it."""
    return _SURROGATES.sub(REPLACEMENT, without_controls(text))


def _parsed(data: bytes, name: str, encoding: str | None, scans: Scans | None) -> tuple[str, Extract]:
    kind = detect_binary_format(data)
    if kind in _CONTAINERS or (kind is None and is_mail(data[:_HEAD_BYTES], name)):
        kind = kind or "eml"
        return kind, _parser(*_CONTAINERS[kind])(data, extract)
    if kind is not None:
        return kind, _parser(*_PARSERS[kind])(data, **({"scans": scans} if kind in _SCANNED and scans else {}))
    from yinju.reading import html

    if not data.strip():
        raise ReadingError("empty.text")
    decoded = decode_text(data, html.declared_encoding(data), encoding)
    text = plain_lines(decoded.text.removeprefix("\ufeff"))
    kind = _text_format(text, name)
    found = _parser(*_TEXT_PARSERS[kind])(text)
    return kind, replace(found, encoding=decoded.encoding, warnings=(*found.warnings, *decoded.warnings))


def _parser(module: str, function: str) -> Callable[..., Extract]:
    parser: Callable[..., Extract] = getattr(import_module(f"yinju.reading.{module}"), function)
    return parser


def _text_format(text: str, name: str) -> str:
    """The format of a text, by how it begins; between text, Markdown and comma-separated values its name decides."""
    from yinju.reading import html, records

    if html.is_html(text, name):
        return "html"
    if text.lstrip().startswith("<?xml"):
        raise ReadingError("unknown_format.xml")
    if records.is_json(text):
        return "json"
    return next((kind for ending, kind in _NAMED.items() if name.lower().endswith(ending)), "text")
