"""What an outline is asked of → the documents and sections that are called so: by title, file name, headings, dates."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from yinju.answering.outline.numbered import Path, has_unit, is_dated, of_part
from yinju.answering.outline.request import NOUNS, OutlineRequest, Part
from yinju.answering.outline.sections import skeleton
from yinju.answering.titles import Name, kinds_alike, kinds_of, name_of_file, shown_title, titles_of, units
from yinju.embedding import similarities
from yinju.folding import fold
from yinju.messages import Language
from yinju.store.protocol import Documents, Snapshot
from yinju.types import Guide

TITLE_SHARE = 0.6
"""Of what somebody calls a document, what its title or file name must hold."""
HEADING_SHARE = 0.75
"""The same of a section, its document's names included."""
NOUN_WEIGHT = 0.3
"""What 手冊 or 規定 weighs in a name, beside the words that tell one from the others."""
TELLING = 1.5
"""How much a heading must hold that its document's names do not: nearly two characters."""
MEANT, AHEAD = 0.4, 0.1
"""The cosine in meaning of a title with what somebody calls it, and how far before all others, where words differ."""
ALIKE = 0.02
"""Shares that differ by no more are one."""
OPENING = 200
"""Characters at the beginning of a document that tell its date."""


@dataclass(frozen=True, slots=True)
class Place:
    """A document, or a section of it by its path of headings."""

    document: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Places:
    """What may be meant: one place, several that are called alike, or none."""

    found: tuple[Place, ...] = ()
    similar: tuple[str, ...] = ()
    """Where none is called so: the documents that are called a little like it."""


@dataclass(frozen=True)
class Shelf:
    """How all documents of a generation, and their sections, are called."""

    storage: Documents
    titles: Mapping[str, str]
    """Document → its title as it is said."""
    names: Mapping[str, Name]
    """Document → its title and file name."""
    paths: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    guides: dict[tuple[str, Language], Guide] = field(default_factory=dict)
    """Document and language → its guide, once it was made."""

    def paths_of(self, name: str) -> tuple[Path, ...]:
        """The path of headings of each of a document's sections, read once."""
        if name not in self.paths:
            document = self.storage.document(name)
            self.paths[name] = tuple(path for path, _ in skeleton(document).all_parts()) if document else ()
        return self.paths[name]


_shelves: WeakKeyDictionary[Snapshot, Shelf] = WeakKeyDictionary()
"""Go with their generations, which they must not hold."""


def shelf_of(generation: Snapshot) -> Shelf:
    """The shelf of a generation, made once."""
    if generation not in _shelves:
        titles = titles_of(generation.documents.facts())
        names = {name: Name.of(title, name_of_file(name)) for name, title in titles.items()}
        _shelves[generation] = Shelf(generation.documents, titles, names)
    return _shelves[generation]


def find_places(shelf: Shelf, request: OutlineRequest) -> Places:
    """The places that a request may mean."""
    documents = [*shelf.names]
    if request.title:
        title = units(shown_title(request.title))
        documents = [name for name in documents if units(shelf.titles[name]) == title] or documents
    called, kinds = _Called.read(request.target), kinds_of(request.target)
    shares = {
        name: called.share(shelf.names[name].held(called.said))
        for name in documents if called.said and kinds_alike(kinds, shelf.titles[name] + name)
    }  # fmt: skip
    best = max(shares.values(), default=0.0)
    titled = [name for name, share in shares.items() if share >= max(TITLE_SHARE, best - ALIKE)]
    if request.part:
        meetings = [name for name in titled or documents if _MEETING.search(fold(f"{shelf.titles[name]} {name}"))]
        dated = meetings if request.of_meeting else titled
        parts = _parts(shelf, request.part, called, titled or documents) or _dated(shelf, request.part, dated)
        return Places(tuple(parts))
    if not called.said:
        return Places(tuple(Place(name) for name in documents))
    sections = _sections(shelf, called, titled or documents, TITLE_SHARE if request.of_section else HEADING_SHARE)
    if not sections and request.of_section:
        sections = _sections(shelf, called, documents, HEADING_SHARE, alone=True)
    if sections:
        return Places(tuple(sections))
    if titled:
        whole = [name for name in titled if called.said in (units(shelf.titles[name]), units(name_of_file(name)))]
        return Places(tuple(Place(name) for name in whole or titled))
    if not request.of_document:
        return Places()
    held = {name: shelf.names[name].held(called.said) for name in documents}
    similar = sorted((n for n in documents if 1.0 in held[n]), key=lambda n: -called.share(held[n]))
    fitting = [name for name in documents if kinds_alike(kinds, shelf.titles[name] + name)]
    about = _alike(shelf, request.target, [name for name in similar if name in fitting])
    return Places((Place(about),)) if about else Places(similar=tuple(similar))


@dataclass(frozen=True, slots=True)
class _Called:
    """What somebody calls something, in units, and what each of them weighs."""

    said: list[str]
    weights: list[float]

    @classmethod
    def read(cls, target: str) -> "_Called":
        target = target.replace("的", "")
        noun = re.search(f"(?:{NOUNS}|决议|结论|决定)+$", target)
        said = units(target)
        general = len(units(noun.group())) if noun and noun.start() else 0
        return cls(said, [1.0] * (len(said) - general) + [NOUN_WEIGHT] * general)

    def share(self, held: Sequence[float]) -> float:
        """The share of it that is held, 0 … 1."""
        return sum(h * w for h, w in zip(held, self.weights, strict=True)) / max(sum(self.weights), 1e-9)


def _sections(
    shelf: Shelf, called: _Called, documents: Sequence[str], least: float, alone: bool = False
) -> list[Place]:
    """The sections whose headings hold what their document's names do not, or hold it `alone`.

    The best of them, one of each document.
    """
    best, found = 0.0, dict[str, Place]()
    for name in documents:
        titled = [0.0] * len(called.said) if alone else shelf.names[name].held(called.said)
        for path in shelf.paths_of(name):
            held = Name.of(*path).held(called.said)
            both = [max(pair) for pair in zip(held, titled, strict=True)]
            gain = sum(h > t for h, t in zip(held, titled, strict=True) if h == 1.0)
            share = called.share(both)
            if share < max(least, best - ALIKE) or gain < min(TELLING, len(called.said)):
                continue
            if share > best + ALIKE:
                best, found = share, {}
            found.setdefault(name, Place(name, path))
    return [*found.values()]


def _parts(shelf: Shelf, part: Part, called: _Called, documents: Sequence[str]) -> list[Place]:
    """The sections of that number or date, one of each document; that of their own that is asked for, 決議."""
    found = list[Place]()
    for name in documents:
        paths = shelf.paths_of(name)
        left = [unit for unit, held in zip(called.said, shelf.names[name].held(called.said), strict=True) if held < 1]
        for path in of_part(part, paths)[:1]:
            below = [other for other in paths if other[: len(path)] == path]
            own = [other for other in below if left and all(h == 1 for h in Name.of(other[-1]).held(left))]
            met = called.share(Name.of(*path).held(called.said)) >= 1 - NOUN_WEIGHT
            if own or met or len(left) < 2:
                found.append(Place(name, own[0] if own else path))
    return [one for one in found if has_unit(one.path, part)] or found


def _dated(shelf: Shelf, part: Part, documents: Sequence[str]) -> list[Place]:
    """The documents that begin with the date that is asked for, such as minutes of one meeting."""
    leads = shelf.storage.leads(documents) if part.month and documents else {}
    return [Place(name) for name in documents if is_dated(leads.get(name, "")[:OPENING], part)]


_MEETING = re.compile("会议|纪要|记录|纪录|例会|周会|月会|开会")


def _without_noun(target: str) -> str:
    return re.sub(f"(?:{NOUNS})$", "", target) or target


def _alike(shelf: Shelf, target: str, similar: Sequence[str]) -> str | None:
    """The one document whose title means what somebody says, but for 手冊 and the like; else None."""
    meant = [meaning for _, meaning in similarities(_without_noun(target), [shelf.titles[name] for name in similar])]
    ranked = sorted(zip(meant, similar, strict=True), reverse=True)
    if not ranked or ranked[0][0] < MEANT or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - AHEAD):
        return None
    return ranked[0][1]
