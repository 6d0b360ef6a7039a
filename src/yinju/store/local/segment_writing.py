"""Changes to a store in segments: a new segment for what is added, names of what is gone, one publication for all."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Self

from yinju.durable import sync
from yinju.errors import IndexWriteError
from yinju.store.local.documents import DocumentsWriter
from yinju.store.local.locking import writer_lock
from yinju.store.local.manifest import Digests, Manifest, Pointer, SegmentEntry, digests_below
from yinju.store.local.pointer import GENERATIONS, check_replaceable, current_number
from yinju.store.local.publishing import (
    SEGMENTS,
    clear_unused,
    hold,
    next_number,
    publish,
    sync_below,
    tags_left,
    telling_why,
)
from yinju.store.local.segments import DOCUMENTS
from yinju.store.local.snapshot import AnySnapshot
from yinju.store.protocol import IngestedFile, StoreFacts, TermsOf

MOST_SEGMENTS = 12
"""From this many on, the small ones are put together: those of less than half of what seals one."""
MOST_GONE = 0.3
"""A segment of whose passages a larger share is gone is written anew with them."""
BYTES_AROUND, BYTES_FOR_A_BYTE, BYTES_FOR_A_NUMBER = 300_000, 4, 4
"""What a publication takes on the disk: whatever it holds, for each byte of text, and for each number of a vector.
Measured: 0.65 MB for 54 kB of text in 141 passages, 4.4 bytes a byte, vectors included, for 100,000 passages."""


def in_pieces(segments: Sized) -> bool:
    """Whether a publication has so many segments that the small ones are put together."""
    return len(segments) > MOST_SEGMENTS


class NewSegment:
    """A segment that is being written, below a name that says so: its documents, and what a store finds them by."""

    def __init__(self, folder: Path) -> None:
        """Make the folder."""
        folder.mkdir()
        self.folder, self.documents = folder, DocumentsWriter(folder / DOCUMENTS)

    def add(self, file: IngestedFile) -> None:
        """Keep a file."""
        self.documents.add_outcome(file.outcome)
        if file.document:
            self.documents.add_document(file.document, file.often)
            self.documents.add_passages(file.passages)

    def seal(self, name: str) -> SegmentEntry:
        """Have it safe on the disk under its final name."""
        self.documents.close()
        sync_below(self.folder)
        entry = SegmentEntry(name, self.documents.files, len(self.documents.ids), (), digests_below(self.folder))
        self.folder.rename(self.folder.with_name(name))
        sync(self.folder.parent)
        return entry


class SegmentWriter(ABC):
    """The right to write a folder; nothing is to be seen before `publish`. Use as a context manager.

    A store says how a segment is begun and taken over, and what else it does when files come and go.
    """

    store: ClassVar[str]
    """The store that is written, as a manifest calls it."""
    sealed: ClassVar[int] = 100_000
    """A segment takes no further document once it holds as many passages."""

    def __init__(
        self, index: Path, opened: Callable[[], AnySnapshot], facts: StoreFacts | None = None, *, anew: bool = False
    ) -> None:
        """Take the right and open what is there, unless it begins `anew`; without `facts`, those of that hold.

        Raises:
            IndexBusyError: another process is writing.
            IndexWriteError: the folder cannot be made or written.
            IndexMissingError: there is nothing to change, and no `facts` to begin with.
            IndexDamagedError, IndexMismatchError: what is there cannot be gone on from.
        """
        if facts is None and not anew:
            hold(index)[1].close()  # before a folder is made
        self._index, self._held = index, ExitStack()
        self._held.enter_context(writer_lock(index))
        try:
            check_replaceable(index)
            self.before: AnySnapshot | None = None if anew or current_number(index) is None else opened()
            self.tags: Mapping[str, Sequence[str]] = self.before.facts.tags if self.before else tags_left(index)
            self._clear()
            self.number = next_number(index)
        except BaseException:
            self._held.close()
            raise
        self._folder = index / GENERATIONS / f"building-{self.number:06d}"
        before = self.before.manifest if self.before else None
        self.facts = facts or (before.facts if before else StoreFacts())
        self._entries = {one.name: one for one in before.segments} if before else {}
        self.tuned = before.tuned if before else None
        self._counts = Counter(documents=before.documents, passages=before.passages) if before else Counter()
        self._new: NewSegment | None = None
        self._added = Counter[str]()

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Undo what was not published, and let others write."""
        if self.before:
            self.before.close()
        with self._held, suppress(IndexWriteError):  # what cannot be cleared now is when it is written next
            self._clear()

    def _clear(self) -> None:
        """Remove what is neither live nor can be gone back to; what cannot be removed now is next time."""
        with suppress(OSError):
            clear_unused(self._index, self._forget_segment)

    @abstractmethod
    def _begin(self, folder: Path) -> NewSegment:
        """A new segment, to be written into a folder that is made."""

    @abstractmethod
    def _take_over(self, entry: SegmentEntry, terms_of: TermsOf) -> None:
        """Put what a segment still holds into the new one."""

    def _forget_segment(self, folder: Path) -> None:  # noqa: B027 - a store may have nothing elsewhere
        """Do what is to be done before the folder of a segment that nobody needs is removed."""

    def _publish_words(self) -> Digests:
        """Have what finds words on disk in the publication's folder; its files."""
        return {}

    def add(self, file: IngestedFile) -> None:
        """Keep a file; what was published under its name gives way to it. Each name once for a publication."""
        self._added.update(text=len(file.document.text.encode()) if file.document else 0, passages=len(file.passages))
        with telling_why(self._index, self._needed):
            self._forget(file.outcome.name)
            self._segment().add(file)
            if file.document:
                self._counts.update(documents=1, passages=len(file.passages))

    def _needed(self) -> int:
        """About how many bytes all that is added takes on the disk."""
        numbers = self._added["passages"] * int(self.facts.encoder.get("dimension", 0))
        return BYTES_AROUND + BYTES_FOR_A_BYTE * self._added["text"] + BYTES_FOR_A_NUMBER * numbers

    def remove(self, name: str) -> None:
        """Forget a file; nothing where there is none of that name."""
        with telling_why(self._index):
            self._forget(name)

    def _forget(self, name: str) -> int:
        """See that what was published of a file counts no more; how many passages those were."""
        outcome = self.before.documents.outcome(name) if self.before else None
        if not self.before or not outcome:
            return 0
        holder = self._entries[self.before.documents.segment_of[name]]
        if name in holder.gone:
            return 0
        self._entries[holder.name] = replace(holder, gone=(*holder.gone, name))
        if outcome.passages:
            self._counts.subtract({"documents": 1, "passages": outcome.passages})
        return outcome.passages

    def _segment(self) -> NewSegment:
        if self._new and len(self._new.documents.ids) >= self.sealed:
            self._seal()
        if self._new is None:
            self._new = self._begin(self._index / SEGMENTS / f"building-{self._next_name()}")
        return self._new

    def _next_name(self) -> str:
        return f"{self.number:06d}-{sum(name.startswith(f'{self.number:06d}-') for name in self._entries)}"

    def _seal(self) -> None:
        if self._new:
            entry = self._new.seal(self._next_name())
            self._entries[entry.name], self._new = entry, None

    def _ready(self, entry: SegmentEntry) -> SegmentEntry:
        """A segment as it is to be published."""
        return entry

    def publish(self) -> int:
        """Have all readers see the changes from now on; the number of the publication, the old one without a change."""
        return self._publish(self.before.publication if self.before else None)

    def publish_aside(self) -> int:
        """The same, where what is answered stays as it was: what could be gone back to still can."""
        return self._publish(self.before.manifest.before if self.before else None)

    def _publish(self, back: Pointer | None) -> int:
        """Publish; `back` is what can be gone back to."""
        with telling_why(self._index, self._needed):
            self._seal()
            entries = tuple(self._ready(one) for one in self._entries.values() if len(one.gone) < one.files)
            old = self.before.manifest if self.before else None
            if old and (entries, self.facts, self.tuned) == (old.segments, old.facts, old.tuned):
                return old.generation
            self._folder.mkdir(exist_ok=True)
            words, counts = self._publish_words(), (self._counts["documents"], self._counts["passages"])
            manifest = Manifest(self.number, back, *counts, self.facts, entries, words, self.store, self.tuned)
            publish(self._index, self._folder, manifest)
            return self.number

    def compact(self, terms_of: TermsOf, *, whole: bool = False) -> int | None:
        """Put small segments together, or all of them and what finds words; None where there was nothing to do."""
        chosen = [entry for entry in self._entries.values() if whole or self._is_small(entry)]
        pieces = len(self._entries) > 1 or any(entry.gone for entry in chosen)
        if not self.before or not pieces or not (whole or in_pieces(self._entries)):
            return None
        with telling_why(self._index):
            self._put_together(chosen, terms_of, whole)
        return self.publish_aside()

    def _put_together(self, chosen: Iterable[SegmentEntry], terms_of: TermsOf, whole: bool) -> None:
        for entry in chosen:
            self._take_over(entry, terms_of)
            del self._entries[entry.name]

    def _is_small(self, entry: SegmentEntry) -> bool:
        """Whether a segment is put together with others."""
        assert self.before
        left = self.before.documents.count_in(entry.name)
        return left < self.sealed // 2 or left < (1 - MOST_GONE) * entry.passages
