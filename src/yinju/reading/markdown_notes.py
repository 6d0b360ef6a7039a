"""Markdown with footnotes → Markdown in which each note stands below the paragraph that refers to it.

As in other formats a note is a line that begins with [註1]; what referred to it leaves no mark in the sentence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from yinju.reading.extract import count_characters

_DEFINITION = re.compile(r"^ {0,3}\[\^(?P<name>[^\]\s]{1,80})\]:[ \t]*(?P<words>[^\n]*)", re.MULTILINE)
_REFERENCE = re.compile(r"`+[^`\n]*`+|[ \t]?\[\^(?P<name>[^\]\s]{1,80})\](?!:)")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
_OTHER_BLOCK = re.compile(r" {0,3}(?:#{1,6}[ \t]|`{3}|~{3}|\[\^|[>|])")


def place_notes(text: str) -> tuple[str, int]:
    """The text with its notes put in place, and how many characters of marks were left out, white space aside.

    Without notes that are both referred to and defined it is the same text. Code is left alone.
    """
    if "[^" not in text or not _DEFINITION.search(text):
        return text, 0
    lines = text.split("\n")
    is_code = [*_marks_of_code(lines)]
    notes, places = _definitions(lines, is_code)
    prose = (line for number, line in enumerate(lines) if not is_code[number] and number not in places)
    wanted = dict.fromkeys(match["name"] for line in prose for match in _REFERENCE.finditer(line))
    numbers = {name: number for number, name in enumerate((name for name in wanted if name in notes), start=1)}
    stays = [is_code[number] or number in places for number in range(len(lines))]
    moves = [places.get(number) in numbers for number in range(len(lines))]
    rest = ((line, stay) for line, stay, move in zip(lines, stays, moves, strict=True) if not move)
    placed = "\n".join(_placed(rest, notes, numbers))
    added = sum(count_characters(f"[註{number}]") for number in numbers.values())
    return placed, count_characters(text) + added - count_characters(placed)


def _marks_of_code(lines: Sequence[str]) -> Iterator[bool]:
    """For each line whether it stands in a fenced block of code."""
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        yield bool(fence or match)
        if match and not fence:
            fence = match["mark"]
        elif match and match["mark"].startswith(fence) and not line[match.end() :].strip():
            fence = ""


def _definitions(lines: Sequence[str], is_code: Sequence[bool]) -> tuple[dict[str, str], dict[int, str]]:
    """The words of each note by its name, and which lines belong to which."""
    notes: dict[str, list[str]] = {}
    places: dict[int, str] = {}
    name, after_blank = "", False
    for number, line in enumerate(lines):
        begun = None if is_code[number] else _DEFINITION.match(line)
        if begun:
            name = begun["name"] if begun["name"] not in notes else ""
            if name:
                notes[name] = [begun["words"]]
                places[number] = name
            after_blank = False
        elif name and not line.strip():
            after_blank = True
        elif name and (line.startswith(("    ", "\t")) or not (after_blank or _OTHER_BLOCK.match(line))):
            notes[name].append(line)
            places[number] = name
            after_blank = False
        else:
            name = ""
    return {name: " ".join(" ".join(words).split()) for name, words in notes.items()}, places


def _placed(lines: Iterator[tuple[str, bool]], notes: Mapping[str, str], numbers: Mapping[str, int]) -> Iterator[str]:
    """The lines without references, below each paragraph the notes it is the first to refer to."""
    waiting: dict[str, None] = {}
    done: set[str] = set()

    def without_mark(match: re.Match[str]) -> str:
        if match["name"] not in numbers:
            return match[0]
        if match["name"] not in done:
            waiting[match["name"]] = None
        return ""

    def below() -> Iterator[str]:
        for name in waiting:
            yield from ("", f"[註{numbers[name]}] {notes[name]}")
        done.update(waiting)
        waiting.clear()

    for line, stays in lines:
        if not stays and not line.strip():
            yield from below()
        yield line if stays else _REFERENCE.sub(without_mark, line)
    yield from below()
