"""odt → Extract: headings, paragraphs, lists and tables in reading order; deleted revisions are left out."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from yinju.errors import ReadingError
from yinju.reading.extract import TITLE_LEVEL, Extract, TextBuilder
from yinju.reading.lists import Label, ListPoints
from yinju.reading.opendocument_lists import ListNumbers, OpenList
from yinju.reading.sheets.merged import Area, Rows, cover, join_heads
from yinju.reading.unpacking import DAMAGE, check_unpacked_size, parse_xml

CONTENT = "content.xml"
MOST_COLUMNS = 1_000
"""Cells of a row that are read; a spreadsheet's last empty cell is often repeated to its very edge."""

_MANIFEST = "META-INF/manifest.xml"
_META, _STYLES = "meta.xml", "styles.xml"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_DROPPED = frozenset(
    (
        *(f"{_TEXT}{name}" for name in ("tracked-changes", "table-of-content", "ruby-text", "sequence-decls")),
        *(f"{_OFFICE}{name}" for name in ("annotation", "forms", "event-listeners", "scripts")),
        *(f"{_SVG}title", f"{_SVG}desc"),
    )
)
_MOST_SPACES = 100


def extract_odt(data: bytes) -> Extract:
    """The text of an OpenDocument text, a line for each paragraph and each row of a table.

    Raises:
        ReadingError: `unreadable`, `too_large` or `encrypted`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked_size(archive)
            names = {*archive.namelist()}
            if _MANIFEST in names and _is_encrypted(archive.read(_MANIFEST)):
                raise ReadingError("encrypted.odt")
            root = parse_xml(archive.read(CONTENT))
            title = _title(archive.read(_META)) if _META in names else ""
            styles = [parse_xml(archive.read(_STYLES))] if _STYLES in names else []
        built = _Body(_title_styles(root), ListNumbers(*styles, root)).read(root)
    except ReadingError:
        raise
    except DAMAGE as error:
        raise ReadingError("unreadable.file", kind="odt", why=str(error)) from error
    return Extract(built.text, tuple(built.blocks), title or built.first_heading)


def _is_encrypted(manifest: bytes) -> bool:
    """Whether a manifest says that the content can be read only with a password."""
    entries = parse_xml(manifest).iter("{*}file-entry")
    return any(
        entry.find("{*}encryption-data") is not None
        for entry in entries
        if any(name.endswith("}full-path") and value == CONTENT for name, value in entry.attrib.items())
    )


def _title(meta: bytes) -> str:
    """The document's title as its properties have it; empty where they are damaged."""
    try:
        found = parse_xml(meta).iter("{http://purl.org/dc/elements/1.1/}title")
    except etree.LxmlError:
        return ""
    return next((" ".join("".join(element.itertext()).split()) for element in found), "")


def _title_styles(root: Any) -> frozenset[str]:  # noqa: ANN401
    """The names of the paragraph styles that mark a document's title."""
    derived = (
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}parent-style-name") == "Title"
    )
    return frozenset(("Title", *derived))


class _Body:
    """The body of a document while it is gone through."""

    def __init__(self, title_styles: frozenset[str], numbers: ListNumbers) -> None:
        """Begin without text."""
        self._title_styles = title_styles
        self._numbers = numbers
        self._built = TextBuilder()
        self._points = ListPoints(self._built)

    def read(self, root: Any) -> TextBuilder:  # noqa: ANN401
        """The text of a document with its blocks."""
        body = root.find(f"{_OFFICE}body")
        if body is not None:
            self._add_blocks(body)
        self._points.settle()
        return self._built

    def _add_blocks(self, parent: Any) -> None:  # noqa: ANN401
        """Append the blocks inside an element in order; sections and frames are gone through."""
        for element in parent.iterchildren("*"):
            if element.tag in _DROPPED:
                continue
            if element.tag in _PARAGRAPHS:
                self._add_paragraph(element)
            elif element.tag == f"{_TABLE}table":
                self._add_table(element)
            elif element.tag == f"{_TEXT}list":
                self._add_list(element, None, 0)
            else:
                self._add_blocks(element)

    def _add_list(self, element: Any, outer: OpenList | None, level: int) -> None:  # noqa: ANN401
        """Append the items of a list, the first paragraph of each with its number."""
        opened = self._numbers.opened(element, outer)
        for item in element.iterchildren(f"{_TEXT}list-item", f"{_TEXT}list-header"):
            waits = item.tag == f"{_TEXT}list-item"
            for child in item.iterchildren("*"):
                if child.tag == f"{_TEXT}list":
                    self._add_list(child, opened, level + 1)
                elif child.tag in _PARAGRAPHS:
                    self._add_paragraph(child, self._numbers.label(opened, level, item) if waits else None)
                    waits = False
                elif child.tag == f"{_TABLE}table":
                    self._add_table(child)
                elif child.tag not in _DROPPED:
                    self._add_blocks(child)

    def _add_paragraph(self, paragraph: Any, label: Label | None = None) -> None:  # noqa: ANN401
        """Append a paragraph or heading with its number, then the notes and text boxes anchored in it."""
        level = None
        if paragraph.tag == f"{_TEXT}h":
            stated = paragraph.get(f"{_TEXT}outline-level", "1")
            level = max(1, int(stated)) if stated.isdecimal() else 1
            label = label or self._numbers.heading_label(paragraph, level)
        elif paragraph.get(f"{_TEXT}style-name") in self._title_styles:
            level = TITLE_LEVEL
        anchored: list[Any] = []
        text = "".join(_pieces(paragraph, anchored))
        if level is not None:
            words = " ".join(text.split())
            self._built.add_heading(f"{label.before}{words}" if label and words else words, level)
        elif label:
            self._points.add(label, text)
        else:
            for line in text.split("\n"):
                self._built.add(line)
        for block in anchored:
            self._add_blocks(block)

    def _add_table(self, table: Any) -> None:  # noqa: ANN401
        """Append a table row by row; one of a single column holds no data but frames its text."""
        head = table.find(f"{_TABLE}table-header-rows")
        rows = [[*_cells(row)] for row in _rows(table)]
        if max((len(row) for row in rows), default=0) <= 1:
            for cells in rows:
                for cell in cells:
                    self._add_blocks(cell)
            return
        texts: Rows = {}
        areas: list[Area] = []
        for number, cells in enumerate(rows, 1):
            words = [self._cell_text(cell) for cell in cells]
            texts[number] = words if any(words) else []
            areas += _areas(cells, number)
        marked = sum(1 for _ in _rows(head)) if head is not None else 0
        joined = join_heads(texts, areas, marked)
        cover(texts, areas)
        first = next((number for number, row in texts.items() if sum(map(bool, row)) > 1), 0)
        self._built.add_table(texts.values(), True if marked or (first and first in joined) else None)

    def _cell_text(self, cell: Any) -> str:  # noqa: ANN401
        """The text of a cell, its paragraphs and notes in one line; a covered cell shows nothing."""
        if cell.tag != f"{_TABLE}table-cell":
            return ""
        inner = _Body(frozenset(), self._numbers)
        inner._add_blocks(cell)
        return " ".join(inner._built.text.split("\n"))


def _areas(cells: Sequence[Any], number: int) -> Iterator[Area]:
    """The areas of a row's cells that span several columns or rows."""
    for place, cell in enumerate(cells, 1):
        if cell.tag == f"{_TABLE}table-cell":
            wide, tall = (cell.get(f"{_TABLE}number-{side}-spanned", "1") for side in ("columns", "rows"))
            if (wide, tall) != ("1", "1") and wide.isdecimal() and tall.isdecimal():
                right = min(place + max(int(wide), 1) - 1, MOST_COLUMNS)
                yield Area(number, number + max(int(tall), 1) - 1, place, right)


def _pieces(element: Any, anchored: list[Any]) -> Iterator[str]:  # noqa: ANN401
    """The characters inside a paragraph; what stands apart from its line is put into `anchored`."""
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str):  # an entity, which is not looked up
            yield child.tail or ""
            continue
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * (min(int(count), _MOST_SPACES) if count.isdecimal() else 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag == f"{_TEXT}note":
            anchored.extend(child.iterchildren(f"{_TEXT}note-body"))
        elif child.tag.endswith(("}frame", "}custom-shape", "}text-box")):
            anchored.append(child)
        elif child.tag not in _DROPPED:
            yield from _pieces(child, anchored)
        yield child.tail or ""


def _rows(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table, those in groups included, those of tables inside it not."""
    for child in element.iterchildren("*"):
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in {f"{_TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")}:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:  # noqa: ANN401
    """The cells of a row, repeated ones as often as they say, but no more than `MOST_COLUMNS` in all."""
    left = MOST_COLUMNS
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        stated = cell.get(f"{_TABLE}number-columns-repeated", "1")
        count = min(int(stated) if stated.isdecimal() else 1, left)
        left -= count
        yield from [cell] * count
