"""rtf → Extract: paragraphs, headings by their outline level, and the rows of tables."""

import re

from striprtf.striprtf import charset_map, rtf_to_text

from yinju.errors import ReadingError
from yinju.numerals import NUMERALS, number_of
from yinju.reading.encoding import decode_text
from yinju.reading.extract import Extract, TextBuilder
from yinju.reading.lists import Label, ListPoints, parted

_CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5})")
_DOUBLE_BYTE = {"932": 128, "936": 134, "949": 129, "950": 136, "54936": 134}
"""Code pages whose characters take two bytes → the number of their character set in a font table."""
_CHARSET = re.compile(r"\\fcharset(\d{1,3})")
_OLD_CHARSETS = {"78": "128", "79": "136", "80": "129", "85": "134"}
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_TITLE = re.compile(r"\{\\title\s+((?:[^{}]|\\[{}])*)\}")
_NOTE = re.compile(r"(?<!\\)(?P<note>\{(?:\\\*)?\\footnote(?![a-z]))")
_NOTE_OR_END = re.compile(rf"{_NOTE.pattern}|(?<!\\)\\(?:par|cell|nestcell|sect|page)(?![a-z])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_HEXES = re.compile(r"((?:\\'[0-9a-fA-F]{2}[\r\n]*)+)([@-\[\]-z|~])?")
_SURROGATES = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
# Marks that striprtf passes through, for it would lose where rows, cells and headings are.
_HEADING_MARK, _ROW_START, _ROW_END, _CELL_END = "\x1c", "\x1d", "\x1e", "\x1f"
_LIST_MARK, _LEVEL_MARK = "\x1a", "\x1b"
_MARKED = (
    (re.compile(r"(?<!\\)\\outlinelevel([0-8])(?!\d) ?"), rf"{{\\uc0\\u{ord(_HEADING_MARK)} \1}}"),
    (re.compile(r"(?<!\\)\\trowd(?![a-z]) ?"), rf"{{\\uc0\\u{ord(_ROW_START)} }}\\trowd "),
    (re.compile(r"(?<!\\)\\row(?![a-z]) ?"), rf"{{\\uc0\\u{ord(_ROW_END)} }}"),
    (re.compile(r"(?<!\\)\\cell(?![a-z]) ?"), rf"{{\\uc0\\u{ord(_CELL_END)} }}"),
    (re.compile(r"(?<!\\)\\nestcell(?![a-z]) ?"), r"\\line "),
    (re.compile(r"(?<!\\)\{(?:\\\*)?\\(?:listtext|pntext)(?![a-z]) ?"), rf"{{\\listtext{{\\uc0\\u{ord(_LIST_MARK)} }}"),
    (re.compile(r"(?<!\\)\\ilvl([0-8])(?!\d) ?"), rf"{{\\uc0\\u{ord(_LEVEL_MARK)} \1}}"),
    # Links are sought by an expression that would go through one endless line again and again.
    (re.compile(r"(?<!\\)\{\\field(?![a-z])"), r"\n{\\field"),
)
_MARK = re.compile(f"([{_ROW_START}{_ROW_END}{_CELL_END}])")
_HEADING = re.compile(rf"{_HEADING_MARK}(\d)")
_LEVEL = re.compile(rf"{_LEVEL_MARK}(\d)")
LONGEST_MARKER = 40
"""Characters of a number with all that may stand around it."""
_LISTED = re.compile(rf"{_LIST_MARK}(?P<marker>[^\t{_LIST_MARK}]{{1,{LONGEST_MARKER}}})\t")
_MARKS = re.compile(rf"[{_HEADING_MARK}{_LEVEL_MARK}]\d|{_LIST_MARK}")
_NUMBER_IN = re.compile(rf"[{NUMERALS}]+|\d+|[a-zA-Z]")
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)


def extract_rtf(data: bytes) -> Extract:
    """The text of an RTF file, a line for each paragraph and each row of a table.

    Raises:
        ReadingError: `unreadable`.
    """
    try:
        source = _prepared(data)
        text = _plain(source)
        found = _TITLE.search(source)
        page = _CODE_PAGE.search(source)
        title = _plain(f"{{\\rtf1{page.group() if page else ''} {found[1]}}}") if found else ""
    except _FAULTS as error:
        raise ReadingError("unreadable.file", kind="rtf", why=str(error)) from error
    built = _Lines().read(text)
    return Extract(built.text, tuple(built.blocks), " ".join(_MARKS.sub("", title).split()) or built.first_heading)


def _plain(source: str) -> str:
    """The characters an RTF source shows, those beyond the first plane put together from their halves."""
    text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    return _SURROGATES.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _prepared(data: bytes) -> str:
    """The source as striprtf reads it rightly: no binary data, known encodings, whole characters, and marks."""
    source = _decoded(_without_binary(data))
    page = _CODE_PAGE.search(source)
    double_byte = _DOUBLE_BYTE.get(page[1]) if page else None
    source = source.replace("\\ansicpg54936", "\\ansicpg936")
    source = _CHARSET.sub(lambda stated: f"\\fcharset{_known_charset(stated[1])}", source)
    charsets = {*_CHARSET.findall(source)}
    if double_byte and not charsets & {str(charset) for charset in _DOUBLE_BYTE.values()}:
        # No font says that it is Chinese, so the code page is what the text is in.
        source = source.replace("\\fcharset0", f"\\fcharset{double_byte}")
    source = _with_notes_below(source)
    source = _HEXES.sub(_whole_characters if double_byte else _joined_hexes, source)
    for pattern, mark in _MARKED:
        source = pattern.sub(mark, source)
    return source


def _with_notes_below(source: str) -> str:
    """The source with every footnote at the end of the paragraph or cell that refers to it: striprtf drops them."""
    kept: list[str] = []
    waiting: list[str] = []
    position = number = 0
    while found := (_NOTE_OR_END if waiting else _NOTE).search(source, position):
        kept.append(source[position : found.start()])
        position = found.end()
        if found["note"]:
            end, number = _group_end(source, found.end()), number + 1
            waiting.append(f"\\par {{[{{\\uc0\\u{ord('註')} }}{number}] {source[found.end() : end - 1].lstrip()}}}")
            position = end
        else:
            kept += [*waiting, found.group()]
            waiting = []
    rest, brace, after = source[position:].rpartition("}")
    return "".join((*kept, rest, *waiting, brace, after))


def _group_end(source: str, position: int) -> int:
    """Where a group ends that is open at a position; at the latest, where the source does."""
    depth = 1
    for found in _BRACE.finditer(source, position):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    return len(source) + 1


def _without_binary(data: bytes) -> bytes:
    """The file without the raw bytes of its pictures."""
    kept, position = [], 0
    while found := _BINARY.search(data, position):
        kept.append(data[position : found.start()])
        position = found.end() + int(found[1])
    return b"".join((*kept, data[position:]))


def _decoded(data: bytes) -> str:
    """The characters of a source, which should all be ASCII but are not in files by careless writers."""
    if data.isascii():
        return data.decode("ascii")
    try:
        return decode_text(data).text
    except ReadingError:
        return data.decode("latin-1")


def _known_charset(stated: str) -> str:
    """A character set that Python has: the old Macintosh ones are close to those of Windows."""
    stated = _OLD_CHARSETS.get(stated, stated)
    try:
        "".encode(charset_map.get(int(stated), "cp1252"))
    except LookupError:
        return "0"
    return stated


def _joined_hexes(found: re.Match[str]) -> str:
    """A run of escaped bytes without the line breaks in it, which would tear characters apart."""
    return re.sub(r"[\r\n]", "", found[1]) + (found[2] or "")


def _whole_characters(found: re.Match[str]) -> str:
    """A run of escaped bytes with its last character made whole, whose second byte may stand there unescaped."""
    run = re.sub(r"[\r\n]", "", found[1])
    following = found[2] or ""
    codes = [int(code, 16) for code in run.split("\\'")[1:]]
    place = 0
    while place < len(codes):
        place += 2 if 0x81 <= codes[place] <= 0xFE else 1
    if place > len(codes) and following:
        return f"{run}\\'{ord(following):02x}"
    return run + following


class _Lines:
    """The text of a source while it is put together."""

    def __init__(self) -> None:
        """Begin without any."""
        self._built = TextBuilder()
        self._points = ListPoints(self._built)
        self._rows: list[list[str]] = []
        self._lists = 0

    def read(self, text: str) -> TextBuilder:
        """Append lines and, where the marks say so, rows of tables."""
        cells: list[str] = []
        in_row, pending = False, ""
        for piece in (*_MARK.split(text), ""):
            if piece == _CELL_END:
                before, _, cell = ("", "", pending) if in_row or cells else pending.rpartition("\n")
                if before.strip():
                    self._end_table()
                self._add_lines(before)
                cells.append(_MARKS.sub("", cell))
                pending = ""
            elif piece == _ROW_START:
                in_row = True
                if not cells and pending.strip():
                    self._end_table()
                    self._add_lines(pending)
                    pending = ""
            elif piece == _ROW_END:
                self._rows.append(cells)
                cells, in_row = [], False
            else:
                pending += piece
        self._rows += [cells] if cells else []
        self._end_table()
        self._add_lines(pending)
        self._points.settle()
        return self._built

    def _end_table(self) -> None:
        """Append a table that has ended, a table of one column as plain lines."""
        rows, self._rows = self._rows, []
        if max((len(row) for row in rows), default=0) > 1:
            self._built.add_table(rows)
            return
        for row in rows:
            self._add_lines("\n".join(row))

    def _add_lines(self, text: str) -> None:
        """Append paragraphs, as headings and points of lists where they are marked."""
        for line in text.split("\n"):
            marked, level, listed = _HEADING.search(line), _LEVEL.search(line), _LISTED.search(line)
            marker = " ".join(_MARKS.sub("", listed["marker"]).split()) if listed else ""
            words = _MARKS.sub("", _LISTED.sub("", line, count=1) if marker else line)
            words = words.replace("\xad", "").replace("\u2011", "-").replace("\xa0", " ").strip()
            if marked:
                self._built.add_heading(f"{parted(marker)}{words}" if marker and words else words, int(marked[1]) + 1)
            elif marker and words:
                self._points.add(self._label(marker, int(level[1]) if level else 0), words)
            else:
                self._built.add(words)

    def _label(self, marker: str, level: int) -> Label:
        """What stands in front of a point; 1 at the outermost level begins another list."""
        numbers = _NUMBER_IN.findall(marker)
        number = (number_of(numbers[-1]) or (1 if numbers[-1] in ("a", "A", "i", "I") else 2)) if numbers else 0
        self._lists += level == 0 and number == 1
        return Label(marker, parted(marker), level, f"{self._lists}", number, number == 1)
