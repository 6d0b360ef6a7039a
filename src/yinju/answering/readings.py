"""A passage and what is asked for → the sentences, cells and headings in it that each give a value of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yinju.answering.outline.sections import Line, lines_of
from yinju.answering.outline.writing import said
from yinju.retrieval.candidates import Candidate
from yinju.text import search_form, words
from yinju.types import Block, BlockKind, Passage, Span

NEAR = 16
"""Characters between what is asked for and a value of it, at most."""

LONGEST_NAME = 14
"""Characters of what a record is called."""

LEAVE = re.compile("可以|不得|不可|不能|得以|免[费收]|不退|退[^款货证件休出]|全额退|须|需|不准|禁止|谢绝|恕")
"""What grants or refuses, in the clause that speaks of it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked for, in search form."""

    word: str
    others: tuple[str, ...]
    """Words that mean the same."""
    gives: re.Pattern[str]
    """What is a value of it."""

    def places(self, form: str, direct: bool) -> list[Span]:
        """Where a search form speaks of it, in its own word or, not `direct`, in others that mean the same."""
        own = [self.word] if direct else self.others
        found = [match.span() for one in own for match in re.finditer(re.escape(one), form)]
        if len(self.word) == 1 and direct:  # 借 is in 借期, and not in 停借
            begun = {word for word in words(form) if word.startswith(self.word)}
            found = [span for span in found if any(form.startswith(word, span[0]) for word in begun)]
        return found

    def values(self, form: str, spoken_of: list[Span] | None = None) -> frozenset[str]:
        """The values in a search form, those near to where it is spoken of; with None all."""
        if self.gives is LEAVE:
            clauses = re.split("[,;。:!?]", form)
            return frozenset(one for one in clauses if self._speaks(one) and LEAVE.search(one))
        found = self.gives.finditer(form)
        return frozenset(re.sub(r"[\s,]", "", one.group()) for one in found if _is_near(one.span(), spoken_of))

    def _speaks(self, form: str) -> bool:
        return bool(self.places(form, True) or self.places(form, False))


def _is_near(value: Span, spoken_of: list[Span] | None) -> bool:
    return spoken_of is None or any(value[0] - end <= NEAR and start - value[1] <= NEAR for start, end in spoken_of)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document or entry says."""

    line: Line
    values: frozenset[str]
    target: str
    """What it is said of: the name of a row or record, an article, a heading."""
    text: str
    direct: bool
    """Whether it speaks of what is asked for in the very word."""
    column: str = ""
    """Of a row's cell: what its column is called."""

    @property
    def document(self) -> str:
        """The document that says it."""
        return self.line.passage.document


def readings_of(candidate: Candidate, subject: Subject) -> Iterator[Reading]:
    """What a passage says of what is asked for, in reading order."""
    passage = candidate.passage
    heading = passage.headings[-1] if passage.headings else ""
    for direct in (True, False):
        spoken_of = subject.places(search_form(heading), direct)
        if spoken_of and (values := subject.values(search_form(heading), spoken_of)):
            start, end = passage.sentences[0]
            yield Reading(Line(passage, start, end, None), values, heading, heading, direct)
            return
        rows = [*_rows(passage, subject, direct, bool(spoken_of))]
        found = rows or [*_sentences(passage, subject, direct, bool(spoken_of))]
        if found:
            yield from found
            return


def _rows(passage: Passage, subject: Subject, direct: bool, headed: bool) -> Iterator[Reading]:
    """Of each row the cell that gives a value: below a head that is asked for, or wherever its table or row is."""
    for (start, end), block in zip(passage.sentences, passage.blocks_of_sentences(), strict=True):
        if block is None or block.kind is not BlockKind.ROW:
            continue
        cells = [passage.text[block.start + a : block.start + b].strip() for a, b in block.cell_spans()]
        name = next((cell for cell in cells if cell), "")
        named = headed or bool(subject.places(search_form(name), direct))
        for head, cell in zip(block.heads or [""] * len(cells), cells, strict=False):
            asked = named or bool(subject.places(search_form(head), direct))
            values = subject.values(search_form(f"{head}：{cell}")) if asked and cell and cell != name else None
            if values:
                line = Line(passage, start, end, block)
                yield Reading(line, values, name, f"{name}：{cell}", direct, head or "-")
                break


def _sentences(passage: Passage, subject: Subject, direct: bool, headed: bool) -> Iterator[Reading]:
    """The sentences that speak of what is asked for and give a value near it, and the points one leads in to."""
    leading = 0
    for number, line in enumerate(lines_of([passage])):
        form, block = search_form(said(line, listed=True)), line.block
        if line.kind in (BlockKind.ROW, BlockKind.HEADS, BlockKind.QUESTION) or form.endswith("?"):
            continue
        spoken_of = subject.places(form, direct)
        group = block.group if block else 0
        led = group > 0 and group == leading
        leading = group if spoken_of and form.rstrip().endswith(":") else leading
        values = subject.values(form, None if led or (headed and not number) else spoken_of)
        if values:
            short = _shortened(line, subject)
            yield Reading(short, values, _target(line, led), said(short), direct)


def _shortened(line: Line, subject: Subject) -> Line:
    """A sentence without its parts after the one that gives a value."""
    place = line.start
    for part in re.split(r"(?<=[；;])", line.text):
        place += len(part)
        if subject.values(search_form(part)):
            return Line(line.passage, line.start, place, line.block)
    return line


def _target(line: Line, led: bool) -> str:
    """What a sentence tells about: the point of a list, a record, an article, else its heading."""
    block, passage = line.block, line.passage
    if block and led:
        return block.name or block.marker
    if block and block.kind is BlockKind.FIELD:
        return block.record or _first_value(passage, block) or (passage.headings[-1] if passage.headings else "")
    if block and block.kind is BlockKind.ARTICLE:
        return block.marker
    return passage.headings[-1] if passage.headings else ""


def _first_value(passage: Passage, field: Block) -> str:
    """What a record's first field holds, if that may be a name."""
    first = next(block for block in passage.blocks if block.group == field.group)
    value = passage.text[first.start : first.end].partition(first.name)[2].strip(" :：")
    return value if len(value) <= LONGEST_NAME else ""
