"""Bytes of one file → Document: the format is found, its parser called, and the findings put together."""

import hashlib
import re
from dataclasses import replace
from pathlib import PurePosixPath

from yinju.errors import ReadingError
from yinju.reading.detect import detect_binary_format
from yinju.reading.encoding import REPLACEMENT, decode_text
from yinju.reading.extract import Extract, divide_into_sections
from yinju.reading.headings import find_headings
from yinju.types import Document, FileState

MAX_BYTES = 100_000_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_MARKDOWN_NAMES = (".md", ".markdown")
_LONGEST_TITLE = 120


def read_document(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Document:
    """The document in a file's bytes. The format is told by the content; `name` decides between text and Markdown.

    Raises:
        ReadingError: with code `too_large`, `empty`, `unknown_format`, `undecodable`, `unreadable`, `encrypted` or
            `no_text`.
    """
    check_size(len(data), max_bytes)
    form, extract = _extract(data, name)
    if not extract.text.strip():
        raise ReadingError("empty.text" if form == "markdown" else f"empty.{form}")
    headings = extract.headings
    if not headings and form in ("html", "docx"):
        headings = find_headings(extract.text)
    title = " ".join(extract.title.split())[:_LONGEST_TITLE]
    return Document(
        name=name,
        title=title or PurePosixPath(name).stem or name,
        text=extract.text,
        sections=divide_into_sections(extract.text, headings, extract.body_start),
        sha256=hashlib.sha256(data).hexdigest(),
        format=form,
        size=len(data),
        encoding=extract.encoding,
        page_starts=extract.page_starts,
        state=FileState.WARNED if extract.warnings else FileState.INDEXED,
        reasons=extract.warnings,
        printed=extract.printed,
    )


def check_size(size: int, max_bytes: int) -> None:
    """Refuse a file above the limit before anything is read.

    Raises:
        ReadingError: `too_large`.
    """
    if size > max_bytes:
        raise ReadingError("too_large", size=size, limit=max_bytes)


def _extract(data: bytes, name: str) -> tuple[str, Extract]:
    """The format of a file and what its parser found; parsers are imported only when a file needs them."""
    binary = detect_binary_format(data)
    if binary == "pdf":
        from yinju.reading.pdf import extract_pdf

        return "pdf", _cleaned(extract_pdf(data))
    if binary == "docx":
        from yinju.reading.word import extract_docx

        return "docx", _cleaned(extract_docx(data))
    return _extract_from_text(data, name)


def _extract_from_text(data: bytes, name: str) -> tuple[str, Extract]:
    """The format and findings of a file that holds characters."""
    from yinju.reading import html

    if not data.strip():
        raise ReadingError("empty.text")
    decoded = decode_text(data, html.declared_encoding(data))
    text = _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", decoded.text.removeprefix("\ufeff")))
    if html.is_html(text, name):
        form, extract = "html", html.extract_html(text)
    elif text.lstrip().startswith("<?xml"):
        raise ReadingError("unknown_format.xml")
    elif name.lower().endswith(_MARKDOWN_NAMES):
        from yinju.reading.markdown import extract_markdown

        form, extract = "markdown", extract_markdown(text)
    else:
        from yinju.reading.text import extract_text

        form, extract = "text", extract_text(text)
    warnings = (*extract.warnings, decoded.warning) if decoded.warning else extract.warnings
    return form, replace(extract, encoding=decoded.encoding, warnings=warnings)


def _cleaned(extract: Extract) -> Extract:
    """The same findings with control characters blanked and lone surrogates replaced, so that offsets stay."""
    return replace(extract, text=_SURROGATES.sub(REPLACEMENT, _CONTROLS.sub(" ", extract.text)))
