"""The library → what can be chosen to ask in, found by a few letters, and how many documents each stands for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from yinju.library import Library
from yinju.scopes import name_of, words_of
from yinju.text import search_form
from yinju.types import FileOutcome, Scope


class Option(NamedTuple):
    """A tag, a folder or a document."""

    kind: str
    """documents, folders or tags."""
    value: str
    """By which it is chosen: a document's name, a folder's path, a tag."""
    title: str
    size: int = 1
    """How many documents it stands for."""

    @property
    def detail(self) -> str:
        """The file's name, where a document's title does not tell it."""
        return self.value if self.kind == "documents" and self.value != self.title else ""


class Chip(NamedTuple):
    """Something that is chosen."""

    kind: str
    value: str
    title: str
    size: int
    """How many documents it stands for now; none where it is gone."""


def found(library: Library, wanted: str) -> Sequence[Option]:
    """What has every word that is wanted, in either script; what begins with the first of them comes first."""
    words = search_form(wanted.lstrip("#")).split()
    every = _searched(library, library.generation)
    if not words:
        return [option for option, _ in every]
    fitting = [(option, form) for option, form in every if all(word in form for word in words)]
    return [option for option, _ in sorted(fitting, key=lambda pair: not pair[1].startswith(words[0]))]


@lru_cache(maxsize=2)
def _searched(library: Library, generation: int) -> list[tuple[Option, str]]:
    """Every option with the form in which it is searched, once for each publication."""
    documents = [outcome for outcome in library.outcomes() if outcome.passages]
    every = [*_tags(library, documents), *_folders(documents), *_documents(documents)]
    return [(one, _form(f"{one.title}\n{one.value}")) for one in every]


_form = lru_cache(maxsize=20_000)(search_form)
"""Of 5,000 documents a second and a half, so that it is kept from one publication to the next."""


def _tags(library: Library, documents: Sequence[FileOutcome]) -> Iterator[Option]:
    given = library.facts.tags
    counted = Counter(tag for outcome in documents for tag in given.get(outcome.name, ()))
    return (Option("tags", tag, tag, count) for tag, count in sorted(counted.items()))


def _folders(documents: Sequence[FileOutcome]) -> Iterator[Option]:
    return (Option("folders", path, path, count) for path, count in sorted(folders_of(documents).items()))


def _documents(documents: Sequence[FileOutcome]) -> Iterator[Option]:
    return (Option("documents", outcome.name, outcome.title or outcome.name) for outcome in documents)


def folders_of(outcomes: Sequence[FileOutcome]) -> Counter[str]:
    """Every folder that holds files, the inner ones too, with how many files are below it."""
    return Counter(str(path) for outcome in outcomes for path in [*PurePosixPath(outcome.name).parents][:-1])


def chips(library: Library, scope: Scope | None) -> list[Chip]:
    """What is chosen, as it is now."""
    if scope is None:
        return []
    held = {(one.kind, one.value): one for one, _ in _searched(library, library.generation)}
    return [_chip(kind, value, held.get((kind, value))) for kind, own in words_of(scope).items() for value in own]


def _chip(kind: str, value: str, known: Option | None) -> Chip:
    title = known.title if known and kind == "documents" else name_of(kind, value)
    return Chip(kind, value, title, known.size if known else 0)
