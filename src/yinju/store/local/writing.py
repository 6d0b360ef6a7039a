"""Changes to the local store: a new segment for what is added, names of what is gone, one publication for all."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from yinju.errors import IndexDamagedError, IndexWriteError
from yinju.store.local.documents import DocumentsWriter
from yinju.store.local.keywords import KeywordWriter
from yinju.store.local.manifest import MANIFEST, Manifest, SegmentEntry, digests_below, read_before
from yinju.store.local.publishing import (
    GENERATIONS,
    KEYWORDS,
    SEGMENTS,
    clear_unused,
    current_number,
    folder_of,
    numbers,
    publish,
    sync_below,
    writer_lock,
)
from yinju.store.local.segments import DOCUMENTS, VECTORS
from yinju.store.local.snapshot import LocalSnapshot
from yinju.store.local.vectors import VectorWriter
from yinju.store.protocol import IngestedFile, StoreFacts, TermsOf

SEALED = 100_000
"""A segment takes no further document once it holds as many passages."""
MOST_SEGMENTS = 12
"""From this many on, the small ones are put together: those of less than half of `SEALED`."""
MOST_GONE = 0.3
"""A segment of whose passages a larger share is gone is written anew with them."""


class _NewSegment:
    """A segment that is being written, below a name that says so."""

    def __init__(self, folder: Path, dimension: int) -> None:
        folder.mkdir()
        self.folder, self.vectors = folder, VectorWriter(dimension)
        self.documents = DocumentsWriter(folder / DOCUMENTS)

    def seal(self, name: str) -> SegmentEntry:
        """Have it safe on the disk under its final name."""
        self.documents.close()
        self.vectors.write(self.folder / VECTORS)
        sync_below(self.folder)
        entry = SegmentEntry(name, self.documents.files, len(self.documents.ids), (), digests_below(self.folder))
        self.folder.rename(self.folder.with_name(name))
        return entry


class LocalWriter:
    """The right to write a folder; nothing is to be seen before `publish`. Use as a context manager."""

    def __init__(
        self, index: Path, opened: Callable[[], LocalSnapshot], facts: StoreFacts | None = None, *, anew: bool = False
    ) -> None:
        """Take the right and open what is there, unless it begins `anew`; without `facts`, those of that hold.

        Raises:
            IndexBusyError: another process is writing.
            IndexWriteError: the folder cannot be made or written.
            IndexDamagedError, IndexMismatchError: what is there cannot be gone on from.
        """
        self._index, self._held = index, ExitStack()
        self._held.enter_context(writer_lock(index))
        try:
            self.before = None if anew or current_number(index) is None else opened()
            self._clear()
            self.number = max(numbers(index), default=0) + 1
        except BaseException:
            self._held.close()
            raise
        self._folder = index / GENERATIONS / f"building-{self.number:06d}"
        before = self.before.manifest if self.before else None
        self.facts = facts or (before.facts if before else StoreFacts())
        self._entries = {one.name: one for one in before.segments} if before else {}
        self._counts = Counter(documents=before.documents, passages=before.passages) if before else Counter()
        self._new: _NewSegment | None = None
        self._keywords: KeywordWriter | None = None

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Undo what was not published, and let others write."""
        self._new = self._keywords = None  # tantivy's threads end with it
        if self.before:
            self.before.close()
        with self._held:
            self._clear()

    def _clear(self) -> None:
        """Remove what is neither live nor can be gone back to; nothing where that cannot be told."""
        with suppress(IndexDamagedError):
            live = current_number(self._index)
            manifest = folder_of(self._index, live or 0) / MANIFEST
            if live is None or manifest.exists():
                clear_unused(self._index, live, read_before(manifest))

    def add(self, file: IngestedFile) -> None:
        """Keep a file; what was published under its name gives way to it. Each name once for a publication."""
        with self._telling_why():
            self._forget(file.outcome.name)
            segment = self._segment()
            segment.documents.add_outcome(file.outcome)
            if not file.document:
                return
            segment.documents.add_document(file.document, file.often)
            for passage, terms in zip(file.passages, file.terms, strict=True):
                segment.documents.add_passage(passage)
                self._keyword_writer().add(passage.id, passage.document, terms)
            if file.vectors is not None and len(file.vectors):
                segment.vectors.add(file.vectors)
            self._counts.update(documents=1, passages=len(file.passages))

    def remove(self, name: str) -> None:
        """Forget a file; nothing where there is none of that name."""
        with self._telling_why():
            self._forget(name)

    def _forget(self, name: str) -> None:
        """See that what was published of a file counts no more."""
        outcome = self.before.documents.outcome(name) if self.before else None
        if not self.before or not outcome:
            return
        holder = self._entries[self.before.documents.segment_of[name]]
        if name in holder.gone:
            return
        self._entries[holder.name] = replace(holder, gone=(*holder.gone, name))
        if outcome.passages:
            self._keyword_writer().remove([name])
            self._counts.subtract({"documents": 1, "passages": outcome.passages})

    def _keyword_writer(self) -> KeywordWriter:
        if self._keywords is None:
            self._folder.mkdir()
            before = self.before.folder / KEYWORDS if self.before else None
            self._keywords = KeywordWriter(self._folder / KEYWORDS, before)
        return self._keywords

    def _segment(self) -> _NewSegment:
        if self._new and len(self._new.documents.ids) >= SEALED:
            self._seal()
        if self._new is None:
            folder = self._index / SEGMENTS / f"building-{self._next_name()}"
            self._new = _NewSegment(folder, self.facts.encoder["dimension"])
        return self._new

    def _next_name(self) -> str:
        return f"{self.number:06d}-{sum(name.startswith(f'{self.number:06d}-') for name in self._entries)}"

    def _seal(self) -> None:
        if self._new:
            entry = self._new.seal(self._next_name())
            self._entries[entry.name], self._new = entry, None

    def publish(self) -> int:
        """Have all readers see the changes from now on; the number of the publication, the old one without a change."""
        return self._publish(self.before.number if self.before else None)

    def _publish(self, back: int | None) -> int:
        """Publish; `back` is what can be gone back to."""
        with self._telling_why():
            self._seal()
            entries = tuple(one for one in self._entries.values() if len(one.gone) < one.files)
            old = self.before.manifest if self.before else None
            if old and (entries, self.facts) == (old.segments, old.facts) and not self._keywords:
                return old.generation
            self._keyword_writer().close()
            keywords = digests_below(self._folder / KEYWORDS, old.keywords if old else None)
            counts = self._counts["documents"], self._counts["passages"]
            publish(self._index, self._folder, Manifest(self.number, back, *counts, self.facts, entries, keywords))
            return self.number

    def compact(self, terms_of: TermsOf, *, whole: bool = False) -> int | None:
        """Put small segments together, or all of them and the keyword index; None where there was nothing to do."""
        chosen = [entry for entry in self._entries.values() if whole or self._is_small(entry)]
        pieces = len(self._entries) > 1 or any(entry.gone for entry in chosen)
        if not self.before or not pieces or not (whole or len(self._entries) > MOST_SEGMENTS):
            return None
        with self._telling_why():
            for entry in chosen:
                new, files = self._segment(), self.before.files_of(entry.name)
                rows = new.documents.take_over(self._index / SEGMENTS / entry.name / DOCUMENTS, entry.gone)
                if rows:
                    new.vectors.add(files.vectors.rows(rows))
                del self._entries[entry.name]
            if whole:
                self._index_words_anew(terms_of)
        return self._publish(self.before.manifest.before)

    def _is_small(self, entry: SegmentEntry) -> bool:
        """Whether a segment is put together with others."""
        assert self.before
        left = self.before.documents.count_in(entry.name)
        return left < SEALED // 2 or left < (1 - MOST_GONE) * entry.passages

    def _index_words_anew(self, terms_of: TermsOf) -> None:
        """Write the keyword index as if nothing had ever been edited."""
        assert self.before and self._keywords is None
        self._folder.mkdir()
        self._keywords = KeywordWriter(self._folder / KEYWORDS)
        documents = self.before.documents
        for name, (_, facts) in documents.facts().items():
            passages = documents.passages_of(name)
            for passage, terms in zip(passages, terms_of(passages, facts.version), strict=True):
                self._keywords.add(passage.id, name, terms)

    @contextmanager
    def _telling_why(self) -> Iterator[None]:
        """What a disk that is full, or a right that is lacking, comes to; FAISS and tantivy say it as the last two."""
        try:
            yield
        except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:
            free = shutil.disk_usage(self._index).free // 1_000_000
            raise IndexWriteError(
                f"{self._index} cannot be written ({error}; {free} MB are free); make room or give this user the right "
                "to write, then run the same command again. The index there is as it was."
            ) from error
