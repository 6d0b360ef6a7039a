"""An opened publication, checked against its manifest: its documents, whatever finds them."""

import weakref
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

from yinju.errors import IndexDamagedError, IndexMismatchError
from yinju.store.local.keywords import KeywordIndex
from yinju.store.local.manifest import (
    MANIFEST,
    Checked,
    Pointer,
    SegmentEntry,
    check_files,
    check_sizes,
    read_manifest,
    rebuild,
)
from yinju.store.local.nearest import LocalFiles, LocalVectors
from yinju.store.local.pointer import folder_of
from yinju.store.local.publishing import KEYWORDS, SEGMENTS, hold
from yinju.store.local.segments import Segment, SegmentFiles, Segments
from yinju.store.local.vectors import SKETCHES
from yinju.store.protocol import StoreFacts
from yinju.store.tuning import Tuned

Files = TypeVar("Files", bound=SegmentFiles)


class SegmentSnapshot(Generic[Files]):
    """An opened publication, checked against its manifest; close it to let it be cleared away.

    A store says how it opens a segment, and makes `keywords` and `vectors` of what was opened.
    """

    store: ClassVar[str]
    """The store that makes such publications, as a manifest calls it."""
    files: type[Files]
    """Opens a segment."""

    def __init__(self, index: Path, before: Self | None = None, publication: Pointer | None = None) -> None:
        """Open the live publication, or another; what `before` has opened, and nobody has written since, stays open.

        Raises:
            IndexMissingError: nothing was published in that folder.
            IndexDamagedError: a file is missing, cut off or changed.
            IndexMismatchError: another format version or another store made it.
        """
        self.publication, self._lock = hold(index, publication)
        self.number, digest = self.publication
        weakref.finalize(self, self._lock.close)  # when its last user lets go of it without closing it
        try:
            self.folder = folder_of(index, self.number)
            self.manifest = read_manifest(self.folder / MANIFEST, digest, index)
            self._check_store(index)
            self.checked: Checked = self._check(index, before.checked if before else {})
            entries = self.manifest.segments
            self._files = {entry.name: self._opened(index, entry, before) for entry in entries}
            self.segments = {one.name: Segment(self._files[one.name], frozenset(one.gone)) for one in entries}
            self.documents = Segments(self.segments, self.facts)
            self._open_search(index, before)
        except BaseException:
            self._lock.close()
            raise

    def __len__(self) -> int:
        """The number of passages."""
        return self.manifest.passages

    @property
    def facts(self) -> StoreFacts:
        """What is true of the store as a whole."""
        return self.manifest.facts

    @property
    def tuned(self) -> Tuned | None:
        """How far vectors are searched; None where all of them are."""
        return self.manifest.tuned

    @property
    def built(self) -> float:
        """When it was published, in seconds since 1970."""
        return (self.folder / MANIFEST).stat().st_mtime

    def files_of(self, segment: str) -> Files:
        """The opened files of a segment."""
        return self._files[segment]

    def check_elsewhere(self) -> None:
        """See that what is kept outside its files, if anything, is as it was published."""

    def check_served(self) -> None:
        """See that what is read as memory was not cut off since it was opened.

        Raises:
            IndexDamagedError: it was.
        """

    def close(self) -> None:
        """Let go of it; files that a later snapshot shares stay open for that."""
        self._lock.close()

    def _check_store(self, index: Path) -> None:
        if self.manifest.store != self.store:
            raise IndexMismatchError(
                "index.store", found=self.manifest.store, expected=self.store, remedy=rebuild(index)
            )

    def _check(self, index: Path, known: Checked) -> Checked:
        """See that every file is as it was written, where that is not known of it; what is known of them then."""
        checked: Checked = {}
        for entry in self.manifest.segments:
            folder = index / SEGMENTS / entry.name
            if not self.files.needed <= entry.digests.keys():
                needed = sorted(self.files.needed)
                raise IndexDamagedError("index.names_no", needed=needed, folder=folder, remedy=rebuild(index))
            checked = {**checked, **check_files(folder, entry.digests, index, known)}
        return checked

    def _opened(self, index: Path, entry: SegmentEntry, before: Self | None) -> Files:
        """A segment's files, opened unless they were before."""
        known = {one.name: one.digests for one in before.manifest.segments} if before else {}
        if before and entry.name in known and all(known[entry.name][n] == entry.digests[n] for n in self.files.needed):
            return before.files_of(entry.name)
        folder = index / SEGMENTS / entry.name
        files = self.files(folder)
        if {*files.counts().values()} != {entry.passages}:
            held = [f"{count} {what}" for what, count in files.counts().items()]
            raise IndexDamagedError(
                "index.segment_count", folder=folder, held=held, expected=entry.passages, remedy=rebuild(index)
            )
        return files

    def _open_search(self, index: Path, before: Self | None) -> None:
        """Make ready what finds passages; see that it holds as many as the manifest says."""
        self._check_count(self.folder / SEGMENTS, self.documents.passage_count(), index)

    def _check_count(self, path: Path, count: int, index: Path) -> None:
        if count != len(self):
            raise IndexDamagedError("index.count", path=path, found=count, expected=len(self), remedy=rebuild(index))


AnySnapshot = SegmentSnapshot[Any]


class LocalSnapshot(SegmentSnapshot[LocalFiles]):
    """An opened publication of the local store."""

    store = "local"
    files = LocalFiles

    def _check(self, index: Path, known: Checked) -> Checked:
        if "meta.json" not in self.manifest.keywords:
            raise IndexDamagedError(
                "index.names_no", needed="meta.json", folder=self.folder / KEYWORDS, remedy=rebuild(index)
            )
        words = check_files(self.folder / KEYWORDS, self.manifest.keywords, index, known)
        return {**super()._check(index, known), **words}

    def check_served(self) -> None:
        """See that no file of the keyword index was cut off."""
        check_sizes(self.folder / KEYWORDS, self.manifest.keywords, self.folder.parents[1])

    def _opened(self, index: Path, entry: SegmentEntry, before: Self | None) -> LocalFiles:
        files = super()._opened(index, entry, before)
        if SKETCHES in entry.digests:
            files.vectors.open_sketches(index / SEGMENTS / entry.name / SKETCHES)
        return files

    def _open_search(self, index: Path, before: Self | None) -> None:
        super()._open_search(index, before)
        self.keywords = KeywordIndex(self.folder / KEYWORDS)
        self._check_count(self.folder / KEYWORDS, len(self.keywords), index)
        effort = self.tuned.effort if self.tuned else 0
        self.vectors = LocalVectors(self.segments, self._files, self.facts.encoder["dimension"], effort)
