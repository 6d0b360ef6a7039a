"""Footnotes of a page: what refers to them and where their text stands → each below the line that refers to it.

As in other formats a note is a line that begins with [註1]; what referred to it leaves no mark in the sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from yinju.reading.extract import TextBuilder, count_characters
from yinju.reading.html.line import Line
from yinju.reading.table import CELL_MARK
from yinju.types import Block, BlockKind

_NUMBER = r"(?:\d{1,4}(?:[.:]\d{1,3})?|[a-z]{1,2}|[ivxlIVXL]{1,6}|[*†‡§]{1,3}|[①-⑳㉑-㊿])"
_MARK = re.compile(rf"[\[（(〔【]?\s*(?:[註注][釋释腳脚]?\s*)?{_NUMBER}\s*[\]）)〕】]?")
_BRACKETED = re.compile(r"[\[（(〔【].*[\]）)〕】]")
_BACK = re.compile(r"[\s↩↑^⏎⤴⇑\ufe0e\ufe0f⬆]+|返回|回到正文|back", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:[\^↑\s]+|[\[（(〔【]\s*{_NUMBER}?\s*[\]）)〕】]|[①-⑳㉑-㊿*†‡§]+|\d{{1,4}}\s*[.．、](?!\d))+\s*"
)
_NAMES = re.compile(r"footnote|endnote|noteref|fn-?ref|reference", re.IGNORECASE)
_BACK_NAMES = re.compile(r"back", re.IGNORECASE)
_TARGET = re.compile(r"#(?:user-content-)?_?(?:fn|ftn|edn|note|foot|end|cite|ref)", re.IGNORECASE)
_OPENING, _CLOSING = "\ufdd0", "\ufdd1"  # no characters of any text, by Unicode
_PLACE = re.compile(rf" ?([\[（(〔【]?){_OPENING}(\d+){_CLOSING}([\]）)〕】]?)")
_LONGEST = 2_000
"""Characters of a note; what is longer is a part of the page."""


class Notes:
    """What on a page refers to which note, and where the notes stand, as they come."""

    def __init__(self) -> None:
        """Start without any."""
        self._references: list[tuple[str, str]] = []
        self._wanted: set[str] = set()
        self._found: dict[str, range] = {}
        self._numbers: dict[str, int] = {}
        self._moved: dict[int, str] = {}  # line → the note it belongs to
        self.dropped = 0
        """Characters, white space aside, of marks and of lines that were left out."""

    def refer(self, link: Mapping[str, str], words: str, raised: bool) -> str | None:
        """What stands in the line for a link to a note until the notes are known; None where it is none."""
        href = link.get("href", "")
        if len(href) < 2 or href[0] != "#" or not _MARK.fullmatch(words.strip()):
            return None
        if not (raised or _BRACKETED.fullmatch(words.strip()) or _TARGET.match(href) or _says(link, _NAMES)):
            return None
        self._wanted.add(href[1:])
        self._references.append((href[1:], words))
        return f"{_OPENING}{len(self._references) - 1}{_CLOSING}"

    def shown(self, link: Mapping[str, str], words: str, raised: bool, at_start: bool | None) -> str | None:
        """What stands for a link within the page, None where it stays; `at_start` is None outside of notes."""
        if at_start is None:
            return self.refer(link, words, raised)
        if not leads_back(link, words, at_start):
            return None
        self.dropped += count_characters(words)
        return ""

    def wanted(self, attributes: Mapping[str, str]) -> str | None:
        """The note that begins with an element, if something has referred to it."""
        names = (attributes.get("id"), attributes.get("name")) if self._wanted else ()
        return next((name for name in names if name in self._wanted and name not in self._found), None)

    def add(self, target: str, lines: range) -> None:
        """Take in the lines of a note."""
        if target not in self._found:
            self._found[target] = lines

    def write(self, built: TextBuilder, lines: Sequence[Line], out: Sequence[bool]) -> list[int]:
        """Append the lines that stay, each followed by the notes it is the first to refer to; count the others.

        Returns where in the text each line begins, or would if it stayed, and where the text ends.
        """
        starts = list[int]()
        inside = {place for note in self._found.values() for place in note}
        for place, line in enumerate(lines):
            if _OPENING in line.text and place not in inside and not out[place]:
                for _, number, _ in _PLACE.findall(line.text):
                    self._move(self._reference(number)[0], lines)
        for place, line in enumerate(lines):
            starts.append(built.length)
            if place in self._moved:
                continue
            if out[place]:
                self.dropped += count_characters(_PLACE.sub(self._with_mark, line.text).replace(CELL_MARK, ""))
            elif _OPENING not in line.text:
                _append(built, line, line.text, line.block)
            else:
                _append(built, line, *self._without_marks(line))
                self._add_notes(built, line, lines)
        return [*starts, built.length]

    def _move(self, target: str, lines: Sequence[Line]) -> None:
        """Number a note and take its lines from where they stand."""
        places = self._found.get(target, range(0))
        length = sum(len(lines[place].text) for place in places)
        if target not in self._numbers and 0 < length <= _LONGEST and not any(place in self._moved for place in places):
            self._numbers[target] = len(self._numbers) + 1
            self._moved.update(dict.fromkeys(places, target))

    def _add_notes(self, built: TextBuilder, line: Line, lines: Sequence[Line]) -> None:
        """Append the notes that a line refers to, each once and without the mark it begins with."""
        for _, number, _ in _PLACE.findall(line.text):
            target, mark = self._reference(number)
            places = self._found.pop(target, None) if target in self._numbers else None
            if places is None:
                continue
            text = " ".join(_PLACE.sub(self._with_mark, lines[place].text) for place in places)
            words = _LABEL.sub("", text.removeprefix(f"{mark} "), count=1) if _begins(text, mark) else text
            self.dropped += count_characters(text) - count_characters(words)
            if words:
                built.add(f"[註{self._numbers[target]}] {words}", Block(BlockKind.NOTE))

    def _without_marks(self, line: Line) -> tuple[str, Block | None]:
        """The words of a line and what it is, once the references in it to notes that were found are gone."""
        block = line.block
        if block is None or not block.cells:
            words = _PLACE.sub(self._without_mark, line.text)
            name = words if line.level is not None else _PLACE.sub("", block.name) if block else ""
            return words, replace(block, name=name) if block else None
        words, place, cells = "", 0, list[int]()
        for start, end in block.cell_spans():
            words += _PLACE.sub(self._without_mark, line.text[place : max(start, place)])
            cell = _PLACE.sub(self._without_mark, line.text[start:end])
            cells += (len(words), len(words) + len(cell)) if cell else (0, 0)
            words, place = words + cell, max(end, place)
        words += _PLACE.sub(self._without_mark, line.text[place:])
        heads = tuple(_PLACE.sub("", head) for head in block.heads)
        return words, replace(block, cells=tuple(cells), heads=heads)

    def _reference(self, number: str) -> tuple[str, str]:
        """The target and the words of a reference."""
        return self._references[int(number)] if int(number) < len(self._references) else ("", "")

    def _with_mark(self, match: re.Match[str]) -> str:
        return f"{match[1]}{self._reference(match[2])[1]}{match[3]}"

    def _without_mark(self, match: re.Match[str]) -> str:
        """Nothing for a reference to a note that was found, with the brackets around it."""
        target, words = self._reference(match[2])
        if target not in self._numbers:
            return self._with_mark(match)
        self.dropped += count_characters(words)
        if match[1] and match[3]:
            self.dropped += 2
            return ""
        return f"{match[1]}{match[3]}"


def _append(built: TextBuilder, line: Line, words: str, block: Block | None) -> None:
    """Append a line, with what is drawn before it."""
    if block is not None and line.goes_on:
        built.go_on(words, block)
    elif block is not None and line.drawn:
        words = f"{line.drawn}{words}"
        built.add(words, replace(block, name=words) if line.level is not None else block)
    else:
        built.add(words, block)


def leads_back(link: Mapping[str, str], words: str, at_start: bool) -> bool:
    """Whether a link inside a note leads back to what refers to it, as one like a mark does at the note's start."""
    if not link.get("href", "").startswith("#"):
        return False
    if _BACK.fullmatch(words) or _says(link, _BACK_NAMES):
        return True
    return at_start and _MARK.fullmatch(words.strip()) is not None


def is_note(attributes: Mapping[str, str]) -> bool:
    """Whether an element says that it is a note: books hide these until they are asked for."""
    return attributes.get("role", "") in ("doc-footnote", "doc-endnote") or "note" in attributes.get("epub:type", "")


def _begins(note: str, mark: str) -> bool:
    """Whether a note begins with a mark, its own or that which refers to it."""
    return _LABEL.match(note) is not None or note.startswith(f"{mark} ")


def _says(link: Mapping[str, str], names: re.Pattern[str]) -> bool:
    """Whether a link's role, type or class is such a name."""
    return any(names.search(link.get(key, "")[:200]) for key in ("role", "epub:type", "class", "data-footnote-ref"))
