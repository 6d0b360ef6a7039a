"""docx → Extract: paragraphs, tables and notes in reading order, headings by style or outline level."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import TITLE_LEVEL, Extract, TextBuilder
from yinju.reading.table import filled_down, table_lines
from yinju.reading.unpacking import DAMAGE, check_unpacked_size

BODY = "word/document.xml"

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
_REFERENCES = etree.XPath(".//w:footnoteReference | .//w:endnoteReference", namespaces=_NAMESPACES)
_ROWS = etree.XPath("w:tr | w:sdt/w:sdtContent/w:tr", namespaces=_NAMESPACES)
_CELLS = etree.XPath("w:tc | w:sdt/w:sdtContent/w:tc", namespaces=_NAMESPACES)
_FIRST_IS_HEAD = etree.XPath(
    "boolean(w:tr[1]/w:trPr/w:tblHeader[not(@w:val = '0' or @w:val = 'false')])", namespaces=_NAMESPACES
)
_NOTES = {
    f"{_WORD}footnote": RELATIONSHIP_TYPE.FOOTNOTES,
    f"{_WORD}endnote": RELATIONSHIP_TYPE.ENDNOTES,
}
_MOST_COLUMNS = 63
"""Word has no wider tables."""
_DAMAGE = (*DAMAGE, PythonDocxError)
_HEADING_STYLE = re.compile(r"(?:heading|標題|标题)\s*(\d)", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|標題|标题", re.IGNORECASE)


def extract_docx(data: bytes) -> Extract:
    """The text of a docx, a line for each paragraph, table row and note; a note follows what refers to it.

    Raises:
        ReadingError: `unreadable` or `too_large`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked_size(archive)
        return _read(docx.Document(io.BytesIO(data)))
    except ReadingError:
        raise
    except _DAMAGE as error:
        raise ReadingError("unreadable.file", kind="docx", why=str(error)) from error


def _read(document: Any) -> Extract:  # noqa: ANN401 - the class is not what docx.Document names
    """What a document holds."""
    levels, notes = _style_levels(document), _notes(document.part)
    built, number = TextBuilder(), 0
    for block in _blocks(document.element.body):
        if block.tag == f"{_WORD}p":
            _add_paragraph(built, block, levels)
        else:
            for line in table_lines(_rows(block), _FIRST_IS_HEAD(block) or None):
                built.add(line)
        for reference in _REFERENCES(block):
            note = notes.get((reference.tag.removesuffix("Reference"), reference.get(f"{_WORD}id")))
            if note:
                number += 1
                built.add(f"[註{number}] {note}")
    core_title = (document.core_properties.title or "").strip()
    first_heading = built.headings[0].text if built.headings else ""
    return Extract(built.text, tuple(built.headings), core_title or first_heading)


def _notes(part: Any) -> dict[tuple[str, str], str]:  # noqa: ANN401 - python-docx does not know of notes
    """The footnotes and endnotes of a document by their tag and id; the lines drawn above them hold no text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    notes = {}
    for relation in part.rels.values():
        for tag, kind in _NOTES.items():
            if relation.reltype == kind:
                for note in etree.fromstring(relation.target_part.blob, parser).iterchildren(tag):
                    notes[tag, note.get(f"{_WORD}id")] = _flat(note)
    return notes


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


def _rows(table: Any) -> Iterator[list[str]]:  # noqa: ANN401
    """The cells of a table, one merged over columns followed by empty ones.

    The text of cells merged downwards is repeated where it is short.
    """
    above: list[str] = []
    for row in _ROWS(table):
        cells = [""] * _stated_number(row.find(f"{_WORD}trPr/{_WORD}gridBefore"), 0)
        continued = []
        for cell in _CELLS(row):
            merged = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
            if merged is not None and merged.get(f"{_WORD}val") != "restart":
                continued.append(len(cells))
            cells += [_flat(cell), *[""] * (_stated_number(cell.find(f"{_WORD}tcPr/{_WORD}gridSpan"), 1) - 1)]
        above = filled_down(cells, above, continued)
        yield above


def _stated_number(element: Any, usual: int) -> int:  # noqa: ANN401
    """The number of columns that an element states, else the usual one."""
    stated = element.get(f"{_WORD}val", "") if element is not None else ""
    return min(int(stated), _MOST_COLUMNS) if stated.isdecimal() else usual


def _flat(element: Any) -> str:  # noqa: ANN401
    """The text of a table cell or note in one line."""
    return " ".join(" ".join(_text(paragraph).split()) for paragraph in element.iter(f"{_WORD}p")).strip()
