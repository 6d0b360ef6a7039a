"""docx → Extract: paragraphs and tables in reading order, headings by style or outline level."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import TITLE_LEVEL, Extract, TextBuilder

MAX_UNPACKED_BYTES = 200_000_000
MAX_BODY_BYTES = 20_000_000
"""A body above this is read only when it is not packed as tightly as only made-up ones are."""
MAX_BODY_RATIO = 40
BODY = "word/document.xml"
CELL_MARK = "｜"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMESPACES = {
    "w": _WORD[1:-1],
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
# Not what python-docx calls a paragraph's text: that leaves out inserted revisions and content controls. Word repeats
# the text of a text box in mc:Fallback for older readers.
_PIECES = etree.XPath(
    ".//w:r/*[self::w:t or self::w:tab or self::w:br or self::w:cr][not(ancestor::mc:Fallback)]",
    namespaces=_NAMESPACES,
)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, PythonDocxError, etree.LxmlError, KeyError, ValueError, OSError, EOFError,
    NotImplementedError, AttributeError, RuntimeError,
)  # fmt: skip
_HEADING_STYLE = re.compile(r"(?:heading|標題|标题)\s*(\d)", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|標題|标题", re.IGNORECASE)


def check_unpacked_size(archive: zipfile.ZipFile, limit: int = MAX_UNPACKED_BYTES) -> None:
    """Refuse an archive whose directory says that it unpacks to too much; nothing is unpacked for this.

    Raises:
        ReadingError: `too_large`.
    """
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > limit:
        raise ReadingError("too_large.unpacked", size=unpacked, limit=limit)
    body = archive.getinfo(BODY)
    if body.file_size > MAX_BODY_BYTES and body.file_size > MAX_BODY_RATIO * max(body.compress_size, 1):
        raise ReadingError("too_large.body", packed=body.compress_size, size=body.file_size)


def extract_docx(data: bytes) -> Extract:
    """The text of a docx, a line for each paragraph, and for each table row with its cells between ｜.

    Raises:
        ReadingError: `unreadable` or `too_large`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked_size(archive)
        document = docx.Document(io.BytesIO(data))
    except ReadingError:
        raise
    except _DAMAGE as error:
        raise ReadingError("unreadable.docx", why=str(error)) from error
    levels = _style_levels(document)
    built = TextBuilder()
    for block in _blocks(document.element.body):
        if block.tag == f"{_WORD}p":
            _add_paragraph(built, block, levels)
        else:
            for row in block.iterchildren(f"{_WORD}tr"):
                built.add(CELL_MARK.join(_flat(cell) for cell in row.iterchildren(f"{_WORD}tc", f"{_WORD}sdt")))
    core_title = (document.core_properties.title or "").strip()
    first_heading = built.headings[0].text if built.headings else ""
    return Extract(built.text, tuple(built.headings), core_title or first_heading)


def _blocks(body: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    """The paragraphs and tables of a body in order, those inside content controls included."""
    waiting = [iter(body)]
    while waiting:
        for element in waiting[-1]:
            if element.tag in (f"{_WORD}p", f"{_WORD}tbl"):
                yield element
            elif element.tag in (f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}ins", f"{_WORD}customXml"):
                waiting.append(iter(element))
                break
        else:
            waiting.pop()


def _add_paragraph(built: TextBuilder, paragraph: Any, levels: dict[str, int]) -> None:  # noqa: ANN401
    """Append a paragraph; one whose style is a heading's counts as one, in one line."""
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    level = levels.get(style.get(f"{_WORD}val", "")) if style is not None else None
    outline = paragraph.find(f"{_WORD}pPr/{_WORD}outlineLvl")
    if outline is not None:
        level = _outline_level(outline)
    text = _text(paragraph)
    if level is not None:
        built.add(" ".join(text.split()), level)
        return
    for line in text.split("\n"):
        built.add(line)


def _style_levels(document: Any) -> dict[str, int]:  # noqa: ANN401
    """The heading level of every paragraph style that has one, by style id; a title's is above all."""
    levels = {}
    for style in document.styles.element.iterchildren(f"{_WORD}style"):
        name = style.find(f"{_WORD}name")
        words = name.get(f"{_WORD}val", "") if name is not None else ""
        numbered = _HEADING_STYLE.fullmatch(words.strip())
        outline = style.find(f"{_WORD}pPr/{_WORD}outlineLvl")
        level = int(numbered[1]) if numbered else _outline_level(outline) if outline is not None else None
        if _TITLE_STYLE.fullmatch(words.strip()):
            level = TITLE_LEVEL
        if level is not None:
            levels[style.get(f"{_WORD}styleId", "")] = level
    return levels


def _outline_level(element: Any) -> int | None:  # noqa: ANN401
    """The level, from 1, that a w:outlineLvl states; its 9 means body text."""
    stated = element.get(f"{_WORD}val", "")
    return int(stated) + 1 if stated.isdecimal() and int(stated) < 9 else None


def _text(element: Any) -> str:  # noqa: ANN401
    """The characters of an element's runs, with tabs and line breaks."""
    breaks = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
    return "".join(breaks.get(piece.tag, piece.text or "") for piece in _PIECES(element))


def _flat(cell: Any) -> str:  # noqa: ANN401
    """The text of a table cell in one line."""
    return " ".join(" ".join(_text(paragraph).split()) for paragraph in cell.iter(f"{_WORD}p")).strip()
