"""docx → Extract: paragraphs with their numbers, tables and notes in reading order, headings by style or outline."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import TITLE_LEVEL, Extract, TextBuilder
from yinju.reading.figures.charts import chart_rows, chart_title, has_values
from yinju.reading.lists import ListPoints
from yinju.reading.package import Package
from yinju.reading.table import HEAD_MARK
from yinju.reading.unpacking import DAMAGE
from yinju.reading.word.figures import figures_in
from yinju.reading.word.margins import read_margins, version_in
from yinju.reading.word.numbering import Numbering, styles_up
from yinju.reading.word.tables import is_frame, read_table, table_children
from yinju.types import Block, BlockKind, DocumentFacts, FigureSource

BODY = "word/document.xml"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PARAGRAPH, _TABLE, _PROPERTIES = f"{_WORD}p", f"{_WORD}tbl", f"{_WORD}pPr"
_TEXT, _CONTROL, _CONTENT = f"{_WORD}t", f"{_WORD}sdt", f"{_WORD}sdtContent"
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_RUNS = frozenset((f"{_WORD}r", f"{_MATH}r"))
_BOX = f"{_WORD}txbxContent"
_WRAPPERS = frozenset((_CONTROL, _CONTENT, _BOX, f"{_WORD}ins", f"{_WORD}moveTo", f"{_WORD}customXml"))
_REFERENCES = {f"{_WORD}footnoteReference": "footnotes", f"{_WORD}endnoteReference": "endnotes"}
_LEFT_OUT = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # the text of a box for older readers
    f"{_WORD}moveFrom",
)
_HEADING_STYLE = re.compile(r"(?:heading|標題|标题)\s*(\d)", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|標題|标题", re.IGNORECASE)
_CAPTION_STYLE = re.compile(r"caption|標號|题注|圖說|图注", re.IGNORECASE)
_ARTICLE = re.compile(r"第[^\s條条]{1,9}[條条]")
_SENTENCE_END = re.compile(r"[。；;]$")
_NO_HEADING = -1
"""The level of a style that says that it is none of a heading's, whatever it is based on."""


def extract_docx(data: bytes) -> Extract:
    """The text of a docx, a line for each paragraph, table row and note; a note follows what refers to it.

    Raises:
        ReadingError: `unreadable` or `too_large`.
    """
    try:
        return _Body(Package(data)).read()
    except ReadingError:
        raise
    except DAMAGE as error:
        raise ReadingError("unreadable.file", kind="docx", why=str(error)) from error


class _Body:
    """What is known while the body of a document is gone through."""

    def __init__(self, package: Package) -> None:
        """Read what its paragraphs refer to."""
        self._package = package
        self._styles = _styles(package)
        self._levels: dict[str, int | None] = {}
        numbers = package.related("numbering", BODY)
        known = numbers is not None and numbers in package.names
        self._numbering = Numbering(package.root(numbers) if numbers and known else None, self._styles)
        self._notes = _notes(package)
        self._built = TextBuilder()
        self._points = ListPoints(self._built)
        self._noted = 0

    def read(self) -> Extract:
        """The text with its blocks."""
        root = _root(self._package, BODY)
        title = self._package.title()
        fields, dropped = read_margins(self._package, BODY, _text)
        version = version_in(fields)
        for block in _blocks(root.find(f"{_WORD}body")):
            if fields and (self._built.length or not self._is_heading(block)):
                self._add_fields(fields, title or self._built.first_heading)
                fields = []
            self._add(block)
            self._add_figures(block)
            for reference in block.iter(*_REFERENCES) if self._notes else ():
                self._add_note(reference)
        self._add_fields(fields, title or self._built.first_heading)
        self._points.settle()
        built = self._built
        title = title or built.first_heading
        facts, figures = DocumentFacts(version=version), tuple(built.figures)
        return Extract(built.text, tuple(built.blocks), title, dropped=dropped, facts=facts, figures=figures)

    def _is_heading(self, block: Any) -> bool:  # noqa: ANN401
        properties = block.find(_PROPERTIES) if block.tag == _PARAGRAPH else None
        return (properties is not None and self._level(properties) is not None) or not _text(block).strip()

    def _add_fields(self, fields: Sequence[tuple[str, str]], title: str) -> None:
        """Append what the margins of the pages tell of the document."""
        if not fields:
            return
        group = self._built.new_group()
        for name, value in fields:
            block = Block(BlockKind.FIELD, name=name, record=title, group=group)
            self._built.add(f"{name}{HEAD_MARK}{value}", block)

    def _add(self, block: Any) -> None:  # noqa: ANN401 - lxml has no types
        if block.tag == _PARAGRAPH:
            self._add_paragraph(block)
        else:
            rows, headed = read_table(block, self._flat)
            self._built.add_table(rows, headed)

    def _add_figures(self, block: Any) -> None:  # noqa: ANN401
        """Note the pictures in what was appended last; a chart's title and data are text that follows it."""
        for figure in figures_in(block, self._package.relations(BODY), self._built.length):
            chart = self._package.root(figure.path[0]) if figure.source is FigureSource.CHART else None
            if chart is None or has_values(chart):
                self._built.figures.append(figure)
            if chart is not None:
                self._built.add(chart_title(chart), Block(BlockKind.CAPTION))
                self._built.add_table(chart_rows(chart), True)

    def _add_note(self, reference: Any) -> None:  # noqa: ANN401
        note = self._notes.get((_REFERENCES[reference.tag], reference.get(f"{_WORD}id")))
        if note:
            self._noted += 1
            self._built.add(f"[註{self._noted}] {note}", Block(BlockKind.NOTE))

    def _add_paragraph(self, paragraph: Any) -> None:  # noqa: ANN401
        """Append a paragraph with its number; one whose style is a heading's counts as one, in one line."""
        properties = paragraph.find(_PROPERTIES)
        label = self._numbering.label(properties)
        text = _text(paragraph)
        level = self._level(properties) if properties is not None else None
        if level is not None:
            words = " ".join(text.split())
            line = f"{label.before}{words}" if label and words else words
            is_article = _ARTICLE.match(line) and _SENTENCE_END.search(line)
            self._built.add(line) if is_article else self._built.add_heading(line, level)
        elif label:
            self._points.add(label, text)
        elif self._is_caption(properties):
            self._built.add(" ".join(text.split()), Block(BlockKind.CAPTION))
        else:
            for line in text.split("\n"):
                self._built.add(line)

    def _is_caption(self, properties: Any) -> bool:  # noqa: ANN401
        """Whether a paragraph right below a picture is in the style of captions."""
        figures = self._built.figures
        if properties is None or not figures or figures[-1].at != self._built.length:
            return False
        style = properties.find(f"{_WORD}pStyle")
        names = (one.find(f"{_WORD}name") for _, one in styles_up(style.get(f"{_WORD}val", ""), self._styles)
                 ) if style is not None else ()  # fmt: skip
        return any(name is not None and _CAPTION_STYLE.search(name.get(f"{_WORD}val", "")) for name in names)

    def _level(self, properties: Any) -> int | None:  # noqa: ANN401
        """The level of the heading that a paragraph with these properties is; None where it is none."""
        style, outline = properties.find(f"{_WORD}pStyle"), properties.find(f"{_WORD}outlineLvl")
        if outline is not None:
            return _outline_level(outline)
        name = style.get(f"{_WORD}val", "") if style is not None else ""
        if name not in self._levels:
            self._levels[name] = _style_level(name, self._styles)
        return self._levels[name]

    def _flat(self, cell: Any) -> str:  # noqa: ANN401
        """The text of a table cell in one line, its paragraphs with their numbers."""
        pieces = []
        for paragraph in cell.iter(_PARAGRAPH):
            label = self._numbering.label(paragraph.find(_PROPERTIES))
            words = " ".join(_text(paragraph).split())
            # A number alone is one of the rows, drawn in a column of its own.
            pieces.append((f"{label.before}{words}" if words else label.marker.rstrip(".、")) if label else words)
        return " ".join(filter(None, pieces))


def _root(package: Package, part: str) -> Any:  # noqa: ANN401
    """The root of a part without what is not shown, and with text boxes below the paragraphs that they are tied to."""
    root = package.root(part)
    etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    for box in reversed([*root.iter(_BOX)]):
        paragraph = next(box.iterancestors(_PARAGRAPH), None)
        if paragraph is not None:
            paragraph.addnext(box)
    return root


def _notes(package: Package) -> dict[tuple[str, str], str]:
    """The footnotes and endnotes of a document by their kind and id; the lines drawn above them hold no text."""
    notes = {}
    for relation in package.relations(BODY):
        if relation.kind in _REFERENCES.values():
            root = _root(package, relation.target)
            for note in root.iterchildren(f"{_WORD}{relation.kind.removesuffix('s')}"):
                paragraphs = (" ".join(_text(paragraph).split()) for paragraph in note.iter(_PARAGRAPH))
                notes[relation.kind, note.get(f"{_WORD}id")] = " ".join(paragraphs).strip()
    return notes


def _blocks(body: Any) -> Iterator[Any]:  # noqa: ANN401
    """The paragraphs and tables of a body in order, those inside content controls included.

    A table of one column holds no data but frames its text.
    """
    waiting = [iter(body)]
    while waiting:
        for element in waiting[-1]:
            if element.tag == _PARAGRAPH:
                yield element
            elif element.tag == _TABLE:
                if not is_frame(element):
                    yield element
                    continue
                rows = table_children(element, f"{_WORD}tr")
                waiting.append(child for row in rows for cell in table_children(row, f"{_WORD}tc") for child in cell)
                break
            elif element.tag in _WRAPPERS:
                waiting.append(iter(element))
                break
        else:
            waiting.pop()


def _styles(package: Package) -> dict[str, Any]:
    """The styles of a document by their ids."""
    name = package.related("styles", BODY)
    styles = package.root(name).iterchildren(f"{_WORD}style") if name else ()
    return {style.get(f"{_WORD}styleId", ""): style for style in styles}


def _style_level(name: str, styles: Mapping[str, Any]) -> int | None:
    """The heading level of a paragraph style by its id, its own or that of what it is based on; a title's is 0."""
    levels = (level for _, style in styles_up(name, styles) if (level := _own_level(style)) is not None)
    level = next(levels, None)
    return None if level == _NO_HEADING else level


def _own_level(style: Any) -> int | None:  # noqa: ANN401
    """The heading level that a style has by its name or outline; None where neither says."""
    name, outline = style.find(f"{_WORD}name"), style.find(f"{_PROPERTIES}/{_WORD}outlineLvl")
    words = name.get(f"{_WORD}val", "").strip() if name is not None else ""
    if _TITLE_STYLE.fullmatch(words):
        return TITLE_LEVEL
    numbered = _HEADING_STYLE.fullmatch(words)
    if numbered:
        return int(numbered[1])
    stated = _outline_level(outline) if outline is not None else None
    return _NO_HEADING if outline is not None and stated is None else stated


def _outline_level(element: Any) -> int | None:  # noqa: ANN401
    """The level, from 1, that a w:outlineLvl states; its 9 means body text."""
    stated = element.get(f"{_WORD}val", "")
    return int(stated) + 1 if stated.isdecimal() and int(stated) < 9 else None


def _text(element: Any) -> str:  # noqa: ANN401
    """The characters of a paragraph's runs, those of inserted revisions too, with tabs and line breaks."""
    pieces = (piece for piece in element.iter(_TEXT, f"{_MATH}t", *_BREAKS) if piece.getparent().tag in _RUNS)
    return "".join([_BREAKS.get(piece.tag) or piece.text or "" for piece in pieces])
