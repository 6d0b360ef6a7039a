"""A document → its guide: the outline, and the few sentences that tell best what it is about, as answers say them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from yinju.answering.outline.key_points import MOST, key_lines
from yinju.answering.outline.places import Shelf, shelf_of
from yinju.answering.outline.sections import Line, Outlined, Section, read_outlined
from yinju.answering.outline.writing import label_of, names_of, said, tables_of
from yinju.answering.reply import cite
from yinju.answering.titles import units
from yinju.messages import Language
from yinju.store.protocol import Snapshot
from yinju.types import BlockKind, Document, Guide, GuideHeading, KeyPoint

ROOM = 80
"""Characters in which it is said what a table tells of what."""
FEW = 3
"""Sentences fewer than which leave room for what the tables tell."""


def guide_of(generation: Snapshot, name: str, language: Language) -> Guide | None:
    """The guide of a document, made once for each generation; None where there is no such document.

    The language is that of what Yinju says of a table.
    """
    shelf = shelf_of(generation)
    if (name, language) not in shelf.guides:
        document = shelf.storage.document(name)
        if document is None:
            return None
        shelf.guides[name, language] = _made(shelf, document, language)
    return shelf.guides[name, language]


def _made(shelf: Shelf, document: Document, language: Language) -> Guide:
    outlined = read_outlined(shelf.storage, document, shelf.titles[document.name])
    headings = _headings_above(outlined.root)
    points = [(said(line), line) for line in key_lines(outlined)]
    if len(points) < FEW:
        points += [*_tables(outlined, language)][: MOST - len(points)]
    told = (
        KeyPoint(headings.get(line.place, ""), text, cite(line.passage, line.start, line.end, marker))
        for marker, (text, line) in enumerate(sorted(points, key=lambda one: one[1].place), start=1)
    )
    return Guide(document.name, outlined.title, tuple(told), tuple(_outline(outlined)))


def _headings_above(root: Section) -> Mapping[int, str]:
    """Where each sentence begins → the heading right above it, with those above where several are called so."""
    parts = [*root.all_parts()]
    often = Counter(path[-1] for path, _ in parts)
    called = {path: " › ".join(map(label_of, path[-1:] if often[path[-1]] == 1 else path)) for path, _ in parts}
    return {line.place: called[path] for path, part in parts for line in part.own}


def _tables(outlined: Outlined, language: Language) -> Iterator[tuple[str, Line]]:
    """What each table and list of records tells of what, and where it begins."""
    root = outlined.root
    for section in root.parts or [root]:
        lines = [*section.lines()]
        if any(line.kind in (BlockKind.ROW, BlockKind.FIELD) for line in lines):
            for table in tables_of(lines) or [lines]:
                if name := names_of(Section(section.heading, own=table), ROOM, False, language):
                    yield name


def _outline(outlined: Outlined) -> Iterator[GuideHeading]:
    """The headings of a document below those that are around all, and those that a section numbers itself."""
    top, level = outlined.tree, 0
    while len(top.parts) == 1 and top.parts[0].parts:
        top = top.parts[0]
    titled = [
        GuideHeading(" ".join(part.heading.split()), len(path) - 1, part.start, part.end)
        for path, part in top.all_parts()
        if part.parts or len(path) > 1 or units(part.heading) != units(outlined.title)
    ]
    subheads = [line for line in outlined.root.lines() if line.is_subhead]
    numbered = [GuideHeading(said(line), -1, line.place, line.place + len(line.text)) for line in subheads]
    for heading in sorted([*titled, *numbered], key=lambda one: one.start):
        yield heading if heading.level >= 0 else replace(heading, level=level)
        level = heading.level + 1 if heading.level >= 0 else level
