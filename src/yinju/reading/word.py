"""docx → Extract: paragraphs, tables and notes in reading order, headings by style or outline level."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import TITLE_LEVEL, Extract, TextBuilder
from yinju.reading.package import Package
from yinju.reading.table import filled_down
from yinju.reading.unpacking import DAMAGE
from yinju.types import Block, BlockKind

BODY = "word/document.xml"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _RUN = f"{_WORD}p", f"{_WORD}tbl", f"{_WORD}r"
_TEXT, _TAB, _CONTROL, _CONTENT = f"{_WORD}t", f"{_WORD}tab", f"{_WORD}sdt", f"{_WORD}sdtContent"
_BREAKS = {_TAB: "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
_WRAPPERS = frozenset((_CONTROL, _CONTENT, f"{_WORD}ins", f"{_WORD}customXml"))
_REFERENCES = {f"{_WORD}footnoteReference": "footnotes", f"{_WORD}endnoteReference": "endnotes"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""In which Word repeats the text of a text box for older readers."""
_FIRST_IS_HEAD = etree.XPath(
    "boolean(w:tr[1]/w:trPr/w:tblHeader[not(@w:val = '0' or @w:val = 'false')])", namespaces={"w": _WORD[1:-1]}
)
_MOST_COLUMNS = 63
"""Word has no wider tables."""
_HEADING_STYLE = re.compile(r"(?:heading|標題|标题)\s*(\d)", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|標題|标题", re.IGNORECASE)


def extract_docx(data: bytes) -> Extract:
    """The text of a docx, a line for each paragraph, table row and note; a note follows what refers to it.

    Raises:
        ReadingError: `unreadable` or `too_large`.
    """
    try:
        return _read(Package(data))
    except ReadingError:
        raise
    except DAMAGE as error:
        raise ReadingError("unreadable.file", kind="docx", why=str(error)) from error


def _read(package: Package) -> Extract:
    """What a document holds."""
    root = package.root(BODY)
    etree.strip_elements(root, _FALLBACK, with_tail=False)
    levels, notes = _style_levels(package), _notes(package)
    built, number = TextBuilder(), 0
    for block in _blocks(root.find(f"{_WORD}body")):
        if block.tag == _PARAGRAPH:
            _add_paragraph(built, block, levels)
        else:
            built.add_table(_rows(block), _FIRST_IS_HEAD(block) or None)
        for reference in block.iter(*_REFERENCES) if notes else ():
            note = notes.get((_REFERENCES[reference.tag], reference.get(f"{_WORD}id")))
            if note:
                number += 1
                built.add(f"[註{number}] {note}", Block(BlockKind.NOTE))
    return Extract(built.text, tuple(built.blocks), package.title() or built.first_heading)


def _notes(package: Package) -> dict[tuple[str, str], str]:
    """The footnotes and endnotes of a document by their kind and id; the lines drawn above them hold no text."""
    notes = {}
    for relation in package.relations(BODY):
        if relation.kind in _REFERENCES.values():
            root = package.root(relation.target)
            etree.strip_elements(root, _FALLBACK, with_tail=False)
            for note in root.iterchildren(f"{_WORD}{relation.kind.removesuffix('s')}"):
                notes[relation.kind, note.get(f"{_WORD}id")] = _flat(note)
    return notes


def _blocks(body: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    """The paragraphs and tables of a body in order, those inside content controls included."""
    waiting = [iter(body)]
    while waiting:
        for element in waiting[-1]:
            if element.tag in (_PARAGRAPH, _TABLE):
                yield element
            elif element.tag in _WRAPPERS:
                waiting.append(iter(element))
                break
        else:
            waiting.pop()


def _add_paragraph(built: TextBuilder, paragraph: Any, levels: dict[str, int]) -> None:  # noqa: ANN401
    """Append a paragraph; one whose style is a heading's counts as one, in one line."""
    level = None
    properties = paragraph.find(f"{_WORD}pPr")
    if properties is not None:
        style, outline = properties.find(f"{_WORD}pStyle"), properties.find(f"{_WORD}outlineLvl")
        level = levels.get(style.get(f"{_WORD}val", "")) if style is not None else None
        level = level if outline is None else _outline_level(outline)
    text = _text(paragraph)
    if level is not None:
        built.add_heading(" ".join(text.split()), level)
        return
    for line in text.split("\n"):
        built.add(line)


def _style_levels(package: Package) -> dict[str, int]:
    """The heading level of every paragraph style that has one, by style id; a title's is above all."""
    levels: dict[str, int] = {}
    name = package.related("styles", BODY)
    for style in package.root(name).iterchildren(f"{_WORD}style") if name else ():
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
    """The characters of an element's runs, those of inserted revisions too, with tabs and line breaks."""
    pieces = (piece for piece in element.iter(_TEXT, *_BREAKS) if piece.getparent().tag == _RUN)
    return "".join([_BREAKS.get(piece.tag) or piece.text or "" for piece in pieces])


def _rows(table: Any) -> Iterator[list[str]]:  # noqa: ANN401
    """The cells of a table, one merged over columns followed by empty ones.

    The text of cells merged downwards is repeated where it is short.
    """
    above: list[str] = []
    for row in _children(table, f"{_WORD}tr"):
        cells = [""] * _stated_number(row.find(f"{_WORD}trPr/{_WORD}gridBefore"), 0)
        continued = []
        for cell in _children(row, f"{_WORD}tc"):
            merged = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
            if merged is not None and merged.get(f"{_WORD}val") != "restart":
                continued.append(len(cells))
            cells += [_flat(cell), *[""] * (_stated_number(cell.find(f"{_WORD}tcPr/{_WORD}gridSpan"), 1) - 1)]
        above = filled_down(cells, above, continued)
        yield above


def _children(parent: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table or the cells of a row, those inside content controls included."""
    for child in parent.iterchildren(tag, _CONTROL):
        if child.tag == tag:
            yield child
        else:
            yield from child.iterfind(f"{_CONTENT}/{tag}")


def _stated_number(element: Any, usual: int) -> int:  # noqa: ANN401
    """The number of columns that an element states, else the usual one."""
    stated = element.get(f"{_WORD}val", "") if element is not None else ""
    return min(int(stated), _MOST_COLUMNS) if stated.isdecimal() else usual


def _flat(element: Any) -> str:  # noqa: ANN401
    """The text of a table cell or note in one line."""
    return " ".join(" ".join(_text(paragraph).split()) for paragraph in element.iter(_PARAGRAPH)).strip()
