"""A document and its passages → its sections as a tree, each with its own sentences."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import log1p

from yinju.answering.titles import units
from yinju.folding import fold
from yinju.store.protocol import Documents
from yinju.types import Block, BlockKind, Document, Passage
from yinju.vocabulary import shipped_vocabulary


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a document, a row of a table, or a field of a record."""

    passage: Passage
    start: int
    """Where it stands in its passage."""
    end: int
    block: Block | None
    """What it is a part of."""

    @property
    def text(self) -> str:
        """Its original characters."""
        return self.passage.text[self.start : self.end]

    @property
    def place(self) -> int:
        """Where it begins in its document."""
        return self.passage.start + self.start

    @property
    def kind(self) -> BlockKind:
        """What it is; a paragraph where nothing else is known."""
        return self.block.kind if self.block else BlockKind.PARAGRAPH

    @property
    def begins_block(self) -> bool:
        """Whether it opens a paragraph, a point, a row or a field."""
        if self.block:
            return self.start <= self.block.start
        return not self.passage.text[: self.start].strip() or "\n" in self.passage.text[: self.start][-2:]

    @property
    def is_subhead(self) -> bool:
        """Whether it is a numbered heading within a section, as 1.2 活動分級."""
        return self.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and _SUBHEAD.fullmatch(self.text.strip()) is not None

    def goes_on_in(self, after: "Line") -> bool:
        """Whether the end of a printed line parts it from what goes on with it."""
        text = self.text.rstrip()
        between = self.passage.text[self.end : after.start].strip(" \t")
        printed = self.end - 1 - self.passage.text.rfind("\n", 0, self.end)
        runs_on = after.passage is self.passage and between == "\n" and printed >= WRAPPED and self.kind in _PROSE
        begins = after.block is not None and after.start <= after.block.start and after.kind in _BEGINS
        return runs_on and not begins and not text.endswith(_CLOSING) and not self.is_subhead


MOST_PASSAGES = 5_000
"""About a thousand pages."""
WRAPPED = 16
"""Characters of a printed line without an end from which on the next goes on with it."""
_CLOSING = tuple("。!?！？.;；:：…」』”’)）》】")
_SUBHEAD = re.compile(r"\d+(?:[.．]\d+)+[.．]?\s+[^。！？；!?;]{2,30}")
_LETTERS = re.compile(r"[^\W\d_]+")
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ARTICLE, BlockKind.ANSWER, BlockKind.NOTE)
_BEGINS = tuple(kind for kind in BlockKind if kind is not BlockKind.PARAGRAPH)


def lines_of(passages: Iterable[Passage], title: str = "") -> list[Line]:
    """The sentences of passages in reading order, those that a printed line's end parts put together.

    Left out is what a page begins or ends with: the title, and what stands again and again but for a number.
    """
    lines = [
        Line(passage, start, end, block)
        for passage in passages
        for (start, end), block in zip(passage.sentences, passage.blocks_of_sentences(), strict=True)
    ]
    bare = ["".join(_LETTERS.findall(fold(line.text))) for line in lines]
    often, called = Counter(bare), "".join(_LETTERS.findall(fold(title)))
    found = list[Line]()
    for line, words in zip(lines, bare, strict=True):
        ends = line.kind is not BlockKind.PARAGRAPH or line.text.rstrip().endswith(_CLOSING)
        if not ends and words and (words == called or often[words] > 1):
            continue
        if found and found[-1].goes_on_in(line):
            line = replace(found.pop(), end=line.end)
        found.append(line)
    return found


@dataclass(slots=True)
class Section:
    """A heading with what stands below it."""

    heading: str
    """Empty for the document itself."""
    start: int = 0
    end: int = 0
    """The range of the document's text below it, up to the next heading."""
    own: list[Line] = field(default_factory=list)
    """Its sentences above its first subheading."""
    parts: list["Section"] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """All its sentences, those of its parts as well, in reading order."""
        yield from self.own
        for part in self.parts:
            yield from part.lines()

    def all_parts(self) -> Iterator[tuple[tuple[str, ...], "Section"]]:
        """Every section below this one with its path of headings, in reading order."""
        for part in self.parts:
            yield (part.heading,), part
            for path, below in part.all_parts():
                yield (part.heading, *path), below


@dataclass(frozen=True, slots=True)
class Outlined:
    """A document as its outline is made from it."""

    name: str
    title: str
    format: str
    root: Section
    tree: Section
    """The same with what is around all, such as the title, and without sentences."""
    weights: Mapping[str, float]
    """Word → how much it tells of what the document is about: rare in Chinese at large, and said again and again."""


def skeleton(document: Document) -> Section:
    """A document's tree of sections without their sentences; one that is around all others is left out."""
    return _lifted(_tree(document, iter(())), document.title)


def read_outlined(storage: Documents, document: Document, title: str, whole: bool = False) -> Outlined:
    """A document's tree of sections with their sentences, and the weights of its words.

    Of a document of more than `MOST_PASSAGES` so many are read, evenly apart, unless the `whole` of it is wanted.
    """
    passages = storage.passages_of(document.name)
    step = 1 if whole else max(1, -(-len(passages) // MOST_PASSAGES))
    lines = lines_of(passages[::step], document.title)
    root, tree = _lifted(_tree(document, iter(lines)), document.title), _tree(document, iter(()))
    return Outlined(document.name, title, document.format, root, tree, _weights(storage.often(document.name)))


def _tree(document: Document, lines: Iterator[Line]) -> Section:
    root, line = Section(""), next(lines, None)
    for section in document.sections:
        node = root
        for heading in section.headings:
            if not node.parts or node.parts[-1].heading != heading:
                node.parts.append(Section(heading, section.start, section.end))
            node = node.parts[-1]
        while line and line.place < section.end:
            node.own.append(line)
            line = next(lines, None)
    return root


def _lifted(root: Section, title: str) -> Section:
    """The tree without what is around all: one heading above all others, or the title with what stands below it."""
    while len(root.parts) == 1:
        root = Section("", own=[*root.own, *root.parts[0].own], parts=root.parts[0].parts)
    if len(root.parts) > 1 and units(root.parts[0].heading) == units(title) and not root.parts[0].parts:
        root = Section("", own=[*root.own, *root.parts[0].own], parts=root.parts[1:])
    return root


def _weights(often: Mapping[str, int]) -> dict[str, float]:
    vocabulary = shipped_vocabulary()
    return {word: vocabulary.weight(word) * log1p(count) for word, count in often.items()}
