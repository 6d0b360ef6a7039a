"""HTML → Extract: what a reader of the page sees, without navigation, scripts and hidden parts.

The parser reports tags to a collector and builds no tree, so neither depth nor size of a page matters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from yinju.reading.extract import Extract, TextBuilder
from yinju.reading.table import CELL_MARK, LONGEST_HEAD, headed_line

_DECLARATION = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(r"\s*<[a-z!]", re.IGNORECASE)
_INVISIBLE_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|$)",
    re.IGNORECASE,
)
_DROPPED = frozenset(
    ("head", "script", "style", "nav", "footer", "template", "noscript", "svg", "iframe", "object", "select", "button")
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_LINES = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "form", "header", "html", "li", "main", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "tfoot", "thead", "tr", "caption", "ul"),
    )
)
_ROWS = frozenset(("table", "tr", "caption"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
LONGEST_ROW = 200
"""Characters of a table row kept in one line; a longer one is a page laid out by a table."""
_BREAK_IN_CELL = "\x1f"
_CELL_EDGE = f" {_BREAK_IN_CELL}"
_MOST_COLUMNS = 1_000
_WIDEST_SPAN = 100


def declared_encoding(data: bytes) -> str | None:
    """The encoding a page's head states, or None."""
    found = _DECLARATION.search(data[:4096])
    return found[1].decode("ascii", "ignore") if found else None


def is_html(text: str, name: str) -> bool:
    """Whether a text is a page: by its first tag, or by its name and any tag at its start."""
    if _PAGE.match(text[:4096]):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and _TAG.match(text[:4096]) is not None


def extract_html(text: str) -> Extract:
    """The visible text of a page, a line for each block, and for each table row with its cells between ｜.

    Where a table's first row holds its heads, each cell below stands beside its own.
    """
    parser = etree.HTMLParser(target=_Collector(), huge_tree=True, remove_pis=True)
    # libxml2 believes an XML declaration's encoding even of decoded text.
    parser.feed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    page: _Collector = parser.close()
    first_outermost = next((heading.text for heading in page.built.headings if heading.level == 1), "")
    return Extract(page.built.text, tuple(page.built.headings), " ".join(page.title.split()) or first_outermost)


class _Collector:
    """Receives the parser's events and keeps the visible lines."""

    def __init__(self) -> None:
        self.built = TextBuilder()
        self.title = ""
        self._line: list[str] = []
        self._level: int | None = None
        self._open = 0
        self._dropped_at: int | None = None  # the depth of the outermost dropped element we are in
        self._in_title = False
        self._preformatted = 0
        self._tables: list[_Table] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if tag in _VOID:
            if tag in ("br", "hr"):
                self._break_line()
            return
        self._open += 1
        if self._dropped_at is not None:
            self._in_title = self._in_title or tag == "title"
            return
        if tag in _DROPPED or _is_hidden(attributes):
            self._dropped_at = self._open
            return
        self._open_visible(tag, attributes)

    def _open_visible(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element whose text is shown: blocks begin a line, cells go on in theirs."""
        self._preformatted += tag == "pre"
        if tag in ("td", "th"):
            end = len(self._line)
            if any(part.strip() for part in self._line):
                self._line.append(CELL_MARK)
            if self._tables:
                self._tables[-1].open_cell(tag, attributes, end, len(self._line))
        elif tag in _HEADINGS:
            self._end_line()
            self._level = _HEADINGS[tag]
        elif tag in _LINES:
            self._break_line(ends_row=tag in _ROWS)
        if tag == "table":
            self._tables.append(_Table())
        elif tag == "thead" and self._tables:
            self._tables[-1].in_head = True

    def end(self, tag: str) -> None:
        """Close an element."""
        if tag in _VOID:
            return
        self._in_title = self._in_title and tag != "title"
        if self._dropped_at is None:
            self._close_visible(tag)
        elif self._open == self._dropped_at:
            self._dropped_at = None
        self._open -= 1

    def _close_visible(self, tag: str) -> None:
        """Close an element whose text is shown."""
        if tag in _HEADINGS:
            self._end_line()
            self._level = None
        elif tag in _LINES:
            if tag == "tr":
                self._put_heads()
            self._break_line(ends_row=tag in _ROWS)
        self._preformatted -= tag == "pre"
        if tag == "table":
            self._tables.pop()
        elif tag == "thead" and self._tables:
            self._tables[-1].in_head = False

    def _put_heads(self) -> None:
        """Put the cells of the row that ends beside the heads of its table, where it has any."""
        if self._tables and self._level is None:
            line = self._tables[-1].end_row(self._line)
            if line is not None:
                self._line[:] = [line]

    def data(self, text: str) -> None:
        """Take in a piece of text."""
        if self._in_title:
            self.title += text
        if self._dropped_at is not None:
            return
        if self._preformatted:
            *lines, text = text.split("\n")
            for line in lines:
                self._line.append(line)
                self._end_line()
        self._line.append(text)

    def close(self) -> "_Collector":
        """End the last line and give the collector back."""
        self._end_line()
        return self

    def _break_line(self, ends_row: bool = False) -> None:
        """End the line, unless that would tear a heading or a table row apart."""
        if self._level is not None:
            self._line.append(" ")
        elif self._tables and not ends_row:
            self._line.append(_BREAK_IN_CELL)
        else:
            self._end_line()

    def _end_line(self) -> None:
        """Add the line collected so far, its white space folded as a browser does."""
        line = "".join(self._line)
        self._line.clear()
        if self._tables:
            self._tables[-1].tear_row()
        if not self._preformatted:
            line = re.sub(r"[ \t\n\r\f]+", " ", line)
        if len(line) > LONGEST_ROW:
            for part in line.split(_BREAK_IN_CELL):
                self.built.add(part.strip(CELL_MARK), self._level)
        else:
            line = re.sub(f"[ {_BREAK_IN_CELL}]+", " ", line) if _BREAK_IN_CELL in line else line
            self.built.add(line.replace(f" {CELL_MARK}", CELL_MARK).replace(f"{CELL_MARK} ", CELL_MARK), self._level)


@dataclass(slots=True)
class _Cell:
    """A cell of the row being read: the pieces of the line that are its text, and how far it reaches."""

    is_head: bool
    columns: int
    rows: int
    start: int
    end: int | None = None


class _Table:
    """What is known of an open table: the heads of its columns, and the cells of the row being read."""

    def __init__(self) -> None:
        self.in_head = False
        self._heads: list[str] = []
        self._body_begun = False
        self._cells: list[_Cell] = []
        self._torn = False
        self._hanging: dict[int, tuple[int, str]] = {}  # column → rows below that its cell still reaches into, text

    def open_cell(self, tag: str, attributes: dict[str, str], end: int, start: int) -> None:
        """Begin a cell at piece `start` of the line; the one before ends at `end`."""
        if self._cells:
            self._cells[-1].end = end
        columns, rows = (_span(attributes.get(name)) if attributes else 1 for name in ("colspan", "rowspan"))
        self._cells.append(_Cell(tag == "th", columns, rows, start))

    def tear_row(self) -> None:
        """Note that the line ended before its row did, so that its cells can no longer be told apart."""
        self._torn = self._torn or bool(self._cells)
        self._cells.clear()

    def end_row(self, line: Sequence[str]) -> str | None:
        """The row as a line with heads, or None where it stays as it is; a row of heads is remembered."""
        cells, torn = [*self._cells], self._torn
        self._cells.clear()
        self._torn = False
        if torn or (self._body_begun and not self._heads):
            return None
        texts = [_folded(line[cell.start : cell.end]) for cell in cells]
        if not any(texts):
            return None
        are_heads = not self._body_begun and (self.in_head or all(cell.is_head for cell in cells))
        if are_heads and len(cells) == 1:  # a caption across the table
            return None
        row, wide = self._placed(cells, texts, repeat=are_heads)
        if are_heads:
            self._add_heads(row)
            return None
        self._body_begun = True
        if not self._heads:
            return None
        heads = ["" if place in wide else head for place, head in enumerate(self._heads)] if wide else self._heads
        return headed_line(row, heads)

    def _placed(self, cells: Sequence[_Cell], texts: Sequence[str], repeat: bool) -> tuple[list[str], set[int]]:
        """The texts by column, with those of cells that reach down from above; and the columns of wide cells."""
        row: list[str] = []
        wide: set[int] = set()
        for cell, text in zip(cells, texts, strict=True):
            self._hang(row)
            for offset in range(cell.columns if len(row) < _MOST_COLUMNS else 1):
                if cell.rows > 1:
                    self._hanging[len(row)] = (cell.rows - 1, text)
                if cell.columns > 1:
                    wide.add(len(row))
                row.append(text if repeat or offset == 0 else "")
        self._hang(row)
        return row, wide

    def _hang(self, row: list[str]) -> None:
        """Append what reaches down into the next columns from rows above."""
        while len(row) in self._hanging:
            left, text = self._hanging.pop(len(row))
            if left > 1:
                self._hanging[len(row)] = (left - 1, text)
            row.append(text)

    def _add_heads(self, row: Sequence[str]) -> None:
        """Take a row as heads, below those of the rows of heads above it."""
        for place, words in enumerate(row):
            words = " ".join(words.replace(_BREAK_IN_CELL, " ").split())
            above = self._heads[place] if place < len(self._heads) else ""
            joined = f"{above} {words}".strip() if words != above else words
            self._heads[place : place + 1] = [joined if len(joined) <= LONGEST_HEAD else ""]


def _folded(pieces: Sequence[str]) -> str:
    """The text of a cell with its white space folded, and marks where its lines break."""
    return re.sub(r"[ \t\n\r\f]+", " ", "".join(pieces)).strip(_CELL_EDGE)


def _span(stated: str | None) -> int:
    """The columns or rows that a cell takes up."""
    return min(int(stated), _WIDEST_SPAN) or 1 if stated and stated.isdecimal() and len(stated) < 10 else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    """Whether an element says that it is not shown."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return _INVISIBLE_STYLE.search(attributes.get("style", "")) is not None
