"""A file that is found under a new name → what the index knows of it, under that name: nothing of it is read again.

A move is told by content: a file is there that the index does not know, and one that it knows and that held the same
is not there any more. So it does not matter who moved it, or whether an index was being built meanwhile.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from threading import Lock

from yinju.designators import versions_in
from yinju.folding import fold
from yinju.ingest.records import terms_of
from yinju.reading.documents import title_of_name
from yinju.store.protocol import IngestedFile, Snapshot
from yinju.types import Document, FileOutcome, passage_ids


@dataclass(slots=True)
class Moves:
    """The files of a folder that the index knows by other names. Safe across threads."""

    before: Snapshot | None = None
    """What the index holds; None where it begins from nothing."""
    told: Mapping[str, str] = field(default_factory=dict)
    """New name → old one, of moves that are known: it decides where several held the same."""
    names: dict[str, str] = field(default_factory=dict)
    """New name → old one, of those that were found."""
    passages: dict[int, int] = field(default_factory=dict)
    """Id → new id of the passages that are read in the same words as before."""
    unsettled: bool = False
    """Whether a file that was listed was gone before it was read: what seems to be gone may have been moved twice."""
    _known: dict[str, list[FileOutcome]] = field(default_factory=lambda: defaultdict(list))
    """What held some content, by its SHA-256, and is no origin of another file yet."""
    _there: Mapping[str, Path] = field(default_factory=dict)
    _reserved: frozenset[str] = frozenset()
    """Names that another file of the folder is told to have had."""
    _lock: Lock = field(default_factory=Lock)

    def look(self, there: Mapping[str, Path]) -> None:
        """Learn which files there are in the folder, by name."""
        self._there = there
        self._reserved = frozenset(old for new, old in self.told.items() if new in there)
        known = self.before.documents.outcomes() if self.before else {}
        for outcome in known.values():
            if outcome.sha256:
                self._known[outcome.sha256].append(outcome)

    def _is_gone(self, outcome: FileOutcome) -> bool:
        """Whether a file is not there any more; one that was seen may have been moved since."""
        return outcome.name not in self._there or not os.path.lexists(self._there[outcome.name])

    def origin(self, name: str, sha256: str) -> FileOutcome | None:
        """What is known of a file that went by another name and held the same; each is given once."""
        with self._lock:
            known, told = self._known.get(sha256, []), self.told.get(name)
            gone = [one for one in known if one.name != name and self._is_gone(one)]
            free = (one for one in gone if one.name not in self._reserved)
            found = next((one for one in gone if one.name == told), None) or next(free, None)
            if found:
                known.remove(found)
                self.names[name] = found.name
            return found

    def kept(self, seen: Collection[str], written: Collection[str]) -> list[FileOutcome]:
        """What is not forgotten yet although it was not seen, where the folder was `unsettled`; the next build knows.

        Files that were `written` or removed just now are known to be as they were seen.
        """
        if not self.unsettled or not self.before:
            return []
        known, settled = self.before.documents.outcomes(), {*seen, *written, *self.names.values()}
        return [outcome for name, outcome in known.items() if name not in settled]

    def carried(self, old: FileOutcome, name: str) -> IngestedFile | None:
        """A known file under its new name; None where its name tells how it is read, or nothing of it can be found."""
        document = self.before.documents.document(old.name) if self.before else None
        title = _title(document, name) if document else None
        if not self.before or not document or title is None or not _reads_alike(old.name, name):
            return None
        documents = self.before.documents
        id_of, held = passage_ids(name, document.text), documents.passages_of(old.name)
        passages = tuple(replace(one, id=id_of(one.start, one.end), document=name, title=title) for one in held)
        moved = replace(
            document, name=name, title=title, printed=documents.printed(old.name), scans=documents.scans(old.name),
            figures=documents.figures(old.name),
        )  # fmt: skip
        vectors = None  # the title is part of what is embedded
        if title == document.title:
            vectors = self.before.vectors.rows([one.id for one in held])
            self.passages.update((one.id, new.id) for one, new in zip(held, passages, strict=True))
        return IngestedFile(
            replace(old, name=name, title=title, reused=True), moved, passages,
            tuple(terms_of(passages, old.facts.version)), documents.often(old.name), vectors,
        )  # fmt: skip


def _title(document: Document, name: str) -> str | None:
    """The title under a new name: its own, or that name where it had none; None where that cannot be told."""
    if document.title != title_of_name(document.name) or document.title == title_of_name(name):
        return document.title
    if any(document.title in section.headings for section in document.sections):
        return document.title
    return None if document.title in document.text else title_of_name(name)


def _reads_alike(old: str, new: str) -> bool:
    """Whether a file is read the same under both names: the ending may tell its format, the name its version."""
    one, other = PurePosixPath(old), PurePosixPath(new)
    same_version = [*versions_in(fold(one.stem))] == [*versions_in(fold(other.stem))]
    return one.suffix.lower() == other.suffix.lower() and same_version
