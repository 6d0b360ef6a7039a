"""HTML → Extract: what a reader of the page sees, without navigation, scripts and hidden parts.

The parser reports tags to a collector and builds no tree, so neither depth nor size of a page matters.
"""

import re

from lxml import etree  # type: ignore[import-untyped]

from yinju.reading.extract import Extract, TextBuilder

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
CELL_MARK = "｜"
LONGEST_ROW = 200
"""Characters of a table row kept in one line; a longer one is a page laid out by a table."""
_BREAK_IN_CELL = "\x1f"


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
    """The visible text of a page, a line for each block, and for each table row with its cells between ｜."""
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
        self._tables = 0

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
        self._open_visible(tag)

    def _open_visible(self, tag: str) -> None:
        """Open an element whose text is shown: blocks begin a line, cells go on in theirs."""
        self._preformatted += tag == "pre"
        self._tables += tag == "table"
        if tag in ("td", "th"):
            if any(part.strip() for part in self._line):
                self._line.append(CELL_MARK)
        elif tag in _HEADINGS:
            self._end_line()
            self._level = _HEADINGS[tag]
        elif tag in _LINES:
            self._break_line(ends_row=tag in _ROWS)

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
            self._break_line(ends_row=tag in _ROWS)
        self._preformatted -= tag == "pre"
        self._tables -= tag == "table"

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
        if not self._preformatted:
            line = re.sub(r"[ \t\n\r\f]+", " ", line)
        if len(line) > LONGEST_ROW:
            for part in line.split(_BREAK_IN_CELL):
                self.built.add(part.strip(CELL_MARK), self._level)
        else:
            line = re.sub(f"[ {_BREAK_IN_CELL}]+", " ", line) if _BREAK_IN_CELL in line else line
            self.built.add(line.replace(f" {CELL_MARK}", CELL_MARK).replace(f"{CELL_MARK} ", CELL_MARK), self._level)


def _is_hidden(attributes: dict[str, str]) -> bool:
    """Whether an element says that it is not shown."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return _INVISIBLE_STYLE.search(attributes.get("style", "")) is not None
