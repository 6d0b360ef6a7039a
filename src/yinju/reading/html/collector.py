"""The events of an HTML parser → a page's lines, and which elements they stand in."""

import re
from collections.abc import Mapping
from dataclasses import replace

from yinju.reading.extract import Extract, TextBuilder, count_characters, heading, headings_of
from yinju.reading.html.blocks import MARKED, Blocks
from yinju.reading.html.boilerplate import find_boilerplate
from yinju.reading.html.hidden import hidden_kind
from yinju.reading.html.line import Line
from yinju.reading.html.names import LANDMARKS, LEFT_OUT, LINES, MARGINAL, REMOVED, VOID, Kind, stated_kind
from yinju.reading.html.notes import Notes, is_note
from yinju.reading.html.pictures import Pictures
from yinju.reading.html.stretches import MAINS, Stretch
from yinju.reading.html.table import BREAK_IN_CELL, LONGEST_ROW, Table, in_one_line
from yinju.reading.table import CELL_MARK
from yinju.types import Block, BlockKind

_ROWS = frozenset(("table", "tr", "caption"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_QUESTIONS = frozenset(("dt", "summary"))
_DEEPEST_QUESTION = 7
_FEW_PIECES = 8
"""Of a note's line, before a link that leads back: a bracket, an arrow, other such links."""
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")


class Collector:
    """Receives the parser's events and keeps the visible lines."""

    def __init__(self, whole: bool) -> None:
        """Start before the page; of a `whole` one everything shown is its text."""
        self._whole, self._title = whole, ""
        self._lines: list[Line] = []
        self._stretches: list[Stretch] = []
        self._blocks = Blocks(self._lines, self._stretches)
        self._notes, self._pictures = Notes(), Pictures()
        self._dropped = 0
        self._line: list[str] = []
        self._blank = 0  # pieces at the beginning of the line that are known to be white space
        self._linked = 0  # characters of links in the line
        self._level: int | None = None
        self._deepest = self._open = 0  # level of the last heading that is none by being a question; open elements
        self._dropped_at: int | None = None  # the depth of the outermost dropped element we are in
        self._is_read = self._in_title = False  # whether what is dropped is text
        self._preformatted = 0
        self._tables: list[Table] = []
        self._elements: list[tuple[int, Stretch | str]] = []  # depths of open stretches and notes
        self._mains = 0
        self._note_at: int | None = None  # the line at which the note we are in begins
        self._line_note: str | None = None  # the note that this line is
        self._link: Mapping[str, str] | None = None
        self._link_at = 0
        self._raised, self._link_raised = 0, False  # how many sup we are in, and whether one is in the link

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        if tag in VOID:
            if tag == "img":
                line, shown = len(self._lines) + self._has_begun(), self._dropped_at is None
                self._pictures.meet(attributes, line, self._elements, shown=shown)
            elif tag in ("br", "hr") and self._dropped_at is None:
                self._break_line()
            return
        self._open += 1
        if self._dropped_at is not None:
            self._in_title = self._in_title or tag == "title"
        elif tag in LEFT_OUT:
            self._dropped_at, self._is_read = self._open, tag in REMOVED
        elif not ((attributes or tag in LANDMARKS) and self._set_apart(tag, attributes)):
            self._open_visible(tag, attributes)

    def _set_apart(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Leave out an element, or note what it says its lines are; whether it is left out."""
        note = self._notes.wanted(attributes) if self._note_at is None and not self._tables else None
        names = attributes.get("class", "")
        if note is not None and tag in LINES:
            self._end_line()
            self._note_at = len(self._lines)
            self._elements.append((self._open, note))
        elif note is not None and tag not in _HEADINGS and not self._has_begun():
            self._line_note, self._note_at = note, len(self._lines)
        elif (hidden := hidden_kind(tag, attributes)) is not None and not is_note(attributes):
            if tag not in LINES or self._tables or self._level is not None:
                return hidden != (Kind.FOLDED, True) and self._drop()
            self._begin(Stretch(hidden[0], len(self._lines), by_name=hidden[1], in_main=self._mains > 0))
        elif names and tag not in LINES and not MARGINAL.isdisjoint(names.split()):
            return self._drop()
        elif tag in LINES and tag not in ("p", "li", "tr", "body", "html"):
            return self._set_apart_named(tag, attributes)
        return False

    def _set_apart_named(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Do so with an element by what it says of itself."""
        stated = stated_kind(tag, attributes)
        if stated is None or self._level is not None:
            return False
        kind, by_name = stated
        if self._tables:  # whose rows must not be torn apart
            return kind in (Kind.NAVIGATION, Kind.FOOTER) and not by_name and self._drop()
        if not (self._whole and by_name):
            self._begin(Stretch(kind, len(self._lines), by_name=by_name, in_main=self._mains > 0))
        return False

    def _drop(self) -> bool:
        """Leave out the element just opened, and say so."""
        self._dropped_at, self._is_read = self._open, True
        return True

    def _begin(self, stretch: Stretch) -> None:
        """Begin a stretch with the next line."""
        self._end_line()
        stretch.first = len(self._lines)
        self._mains += stretch.kind in MAINS
        self._stretches.append(stretch)
        self._elements.append((self._open, stretch))

    def _open_visible(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element whose text is shown: blocks begin a line, cells go on in theirs."""
        if tag == "td" or tag == "th":
            if self._has_begun():
                self._line.append(CELL_MARK)
            if self._tables:
                self._tables[-1].open_cell(tag, attributes, len(self._line))
        elif tag == "a":
            self._link, self._link_at, self._link_raised = attributes, len(self._line), self._raised > 0
        elif tag == "sup":
            self._raised += 1
            self._link_raised = True
        elif tag in _HEADINGS:
            self._end_line()
            self._level = self._deepest = _HEADINGS[tag]
        elif tag in LINES:
            self._break_line(ends_row=tag in _ROWS)
            self._preformatted += tag == "pre"
            if tag in MARKED:
                drawn = self._blocks.open(tag, attributes)
                self._line += [drawn] if drawn and self._tables else []
            elif tag == "table":
                self._tables.append(Table(self._blocks.new_group(), len(self._lines)))
            elif tag == "thead" and self._tables:
                self._tables[-1].in_head = True
        elif tag == "code" and self._preformatted:
            self._blocks.see_code()

    def end(self, tag: str) -> None:
        """Close an element."""
        if tag in VOID:
            return
        self._in_title = self._in_title and tag != "title"
        if self._dropped_at is None:
            self._close_visible(tag)
            if self._elements and self._elements[-1][0] == self._open:
                self._close_apart()
        elif self._open == self._dropped_at:
            self._dropped_at = None
        self._open -= 1

    def _close_visible(self, tag: str) -> None:
        """Close an element whose text is shown."""
        if tag == "td":  # the most frequent of all
            return
        if tag == "a":
            self._close_link()
        elif tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag in _HEADINGS:
            self._end_line()
            self._level = None
        elif tag in LINES:
            if tag == "tr":
                self._end_row()
            elif tag in _QUESTIONS and not self._tables and "".join(self._line).rstrip()[-1:] in ("？", "?"):
                self._end_line(Block(BlockKind.QUESTION, level=min(self._deepest + 1, _DEEPEST_QUESTION)))
            elif tag == "caption" and self._tables:
                self._end_line(self._tables[-1].caption())
            self._break_line(ends_row=tag in _ROWS)
            self._preformatted -= tag == "pre"
            if tag in MARKED:
                self._blocks.close(tag)
            elif tag == "table" and self._tables:
                self._tables.pop().settle(self._lines)
            elif tag == "thead" and self._tables:
                self._tables[-1].in_head = False

    def _close_apart(self) -> None:
        """Close a stretch or a note."""
        self._end_line()
        _, element = self._elements.pop()
        if isinstance(element, Stretch):
            element.last = len(self._lines)
            self._mains -= element.kind in MAINS
        elif self._note_at is not None:
            self._add_note(element)

    def _close_link(self) -> None:
        """Take a link out of the line where it leads to a note or back from one."""
        link, self._link = self._link, None
        if link and link.get("href", "").startswith("#"):
            words, at_start = "".join(self._line[self._link_at :]), None
            if self._note_at is not None:
                at_start = len(self._lines) == self._note_at and self._link_at <= _FEW_PIECES
            shown = self._notes.shown(link, words, self._link_raised, at_start)
            if shown is not None:
                self._line[self._link_at :] = [shown] if shown else []

    def _end_row(self) -> None:
        """Add the row that ends, its cells beside the heads of its table, unless it stays as it stands."""
        if self._tables and self._level is None:
            made = self._tables[-1].end_row(self._line)
            for text, block in made:
                self._add(text, self._linked // len(made), block)
            if made:
                self._line.clear()
                self._blank = self._linked = 0

    def data(self, text: str) -> None:
        """Take in a piece of text."""
        if self._dropped_at is not None:
            if self._in_title:
                self._title += text
            elif self._is_read:
                self._dropped += count_characters(text)
            return
        if self._preformatted:
            *lines, text = text.split("\n")
            for line in lines:
                self._line.append(line)
                self._end_line()
        if self._link is not None:
            self._linked += len(text.strip())
        self._line.append(text)

    def close(self) -> "Collector":
        """End the last line and give the collector back."""
        self._end_line()
        while self._elements:
            self._close_apart()
        return self

    def extract(self) -> Extract:
        """The page's own lines with its notes, once all is read."""
        built, out = TextBuilder(), find_boilerplate(self._lines, self._stretches, self._whole)
        starts = self._notes.write(built, self._lines, out)
        first_outermost = next((heading.name for heading in headings_of(built.blocks) if heading.level == 1), "")
        title = " ".join(self._title.split()) or first_outermost
        dropped, figures = self._dropped + self._notes.dropped, tuple(self._pictures.figures(starts, out))
        return Extract(built.text, tuple(built.blocks), title, dropped=dropped, figures=figures)

    def _break_line(self, ends_row: bool = False) -> None:
        """End the line, unless that would tear a heading or a table row apart."""
        if self._level is not None:
            self._line.append(" ")
        elif self._tables and not ends_row:
            self._line.append(BREAK_IN_CELL)
        elif self._line:
            self._end_line()

    def _end_line(self, block: Block | None = None) -> None:
        """Add the line collected so far as what it is known to be, its white space folded as a browser does."""
        line, linked = "".join(self._line), self._linked
        self._line.clear()
        self._blank = self._linked = 0
        if self._tables:
            self._tables[-1].tear_row()
        if not self._preformatted:
            line = _SPACES.sub(" ", line)
        if len(line) > LONGEST_ROW:
            for part in line.split(BREAK_IN_CELL):
                self._add(part.strip(CELL_MARK), 0)
            return
        self._add(in_one_line(line), linked, block)

    def _has_begun(self) -> bool:
        """Whether the line has more than white space; each piece is looked at once."""
        while self._blank < len(self._line):
            if self._line[self._blank].strip():
                return True
            self._blank += 1
        return False

    def _add(self, text: str, linked: int, block: Block | None = None) -> None:
        """Append a line; white space alone is left out."""
        text = text.rstrip() if self._preformatted and self._blocks.in_code() else text.strip()
        if text and not text.isspace():
            if self._level is not None:
                block = heading(self._level, text)
            elif block is not None and block.kind is BlockKind.QUESTION:
                block = replace(block, name=text)
            self._lines.append(self._blocks.marked(text, min(linked, len(text)), block))
            if self._line_note is not None and self._note_at is not None:
                self._add_note(self._line_note)
                self._line_note = None

    def _add_note(self, target: str) -> None:
        """Take in the lines of the note that ends."""
        assert self._note_at is not None
        self._notes.add(target, range(self._note_at, len(self._lines)))
        self._note_at, self._blocks.noted = None, len(self._lines)
