"""Lines → blocks: the one room that tells headings, tables, articles, records and lists from lines of text.

What a format knows of its own structure comes in as blocks and is kept; only lines in none are looked at.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from yinju.reading.structure.articles import complete_articles, find_articles
from yinju.reading.structure.enumerations import find_lines_below_leads, find_turns
from yinju.reading.structure.facts import find_facts
from yinju.reading.structure.found import FoundBlocks
from yinju.reading.structure.headings import find_headings
from yinju.reading.structure.lists import find_lists
from yinju.reading.structure.notes import find_notes, find_questions
from yinju.reading.structure.records import find_records, join_records
from yinju.reading.structure.tables import find_tables, without_lone_cells
from yinju.types import Block, BlockKind

__all__ = ["find_facts", "find_structure"]

_BY_MARKERS = ("text", "pdf", "html", "docx", "odt", "rtf")
"""Formats whose headings are told by their markers where none is marked as one."""
_BELOW_NAMES = ("xlsx",)
"""Formats of parts with names, such as sheets, below which headings may be typed."""
_SURELY_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})+\D|第.{1,5}[章節节篇部]")
"""Not 「1. …」, which in the cells of a sheet is a point of a list as a rule."""
_JOINED = ("zip", "eml")
"""Formats that hold files whose structure is found in each of them."""

_FINDERS = (
    find_questions, find_tables, find_articles, find_notes, find_records, find_lists, find_lines_below_leads,
    find_turns,
)  # fmt: skip
"""Each looks only at lines that none before it has told."""


def find_structure(text: str, known: Iterable[Block], kind: str, body_start: int = 0) -> tuple[Block, ...]:
    """The blocks of a text of some format in reading order; lines in none are paragraphs of one line each."""
    found = FoundBlocks(text, without_lone_cells(known), body_start)
    if kind in _JOINED:
        return tuple(found.blocks)
    if kind in _BY_MARKERS and not any(b.kind is BlockKind.HEADING and b.level for b in found.blocks):
        found.add(find_headings(text))
    elif kind in _BELOW_NAMES:
        typed = (heading for heading in find_headings(text) if _SURELY_HEADING.match(heading.name))
        found.add(replace(heading, level=heading.level + 1) for heading in typed)
    for find in () if found.is_told else _FINDERS:
        found.add([*find(found)])
    found.replace([*join_records(found)])
    complete_articles(found)
    return tuple(found.blocks)
