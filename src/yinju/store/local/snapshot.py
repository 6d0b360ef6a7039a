"""An opened publication of the local store, checked against its manifest."""

import weakref
from pathlib import Path

from yinju.errors import IndexDamagedError
from yinju.store.local.keywords import KeywordIndex
from yinju.store.local.manifest import MANIFEST, SegmentEntry, check_files, read_manifest, rebuild
from yinju.store.local.publishing import KEYWORDS, SEGMENTS, folder_of, hold
from yinju.store.local.segments import DOCUMENTS, VECTORS, Segment, SegmentFiles, Segments
from yinju.store.protocol import StoreFacts


class LocalSnapshot:
    """An opened publication, checked against its manifest; close it to let it be cleared away."""

    def __init__(self, index: Path, before: "LocalSnapshot | None" = None) -> None:
        """Open the live publication; what `before` has opened of it is not read again.

        Raises:
            IndexMissingError: nothing was published in that folder.
            IndexDamagedError: a file is missing, cut off or changed.
            IndexMismatchError: another format version made it.
        """
        self.number, digest, self._lock = hold(index)
        weakref.finalize(self, self._lock.close)  # when its last user lets go of it without closing it
        try:
            self.folder = folder_of(index, self.number)
            self.manifest = read_manifest(self.folder / MANIFEST, digest, index)
            self._files = {entry.name: _opened(index, entry, before) for entry in self.manifest.segments}
            _check_keywords(index, self, before)
            self.keywords = KeywordIndex(self.folder / KEYWORDS)
            entries = self.manifest.segments
            opened = {one.name: Segment(self._files[one.name], frozenset(one.gone)) for one in entries}
            self.documents = self.vectors = Segments(opened, self.facts)
            self._check_counts(index)
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
    def built(self) -> float:
        """When it was published, in seconds since 1970."""
        return (self.folder / MANIFEST).stat().st_mtime

    def files_of(self, segment: str) -> SegmentFiles:
        """The opened files of a segment."""
        return self._files[segment]

    def _check_counts(self, index: Path) -> None:
        for name, count in ((SEGMENTS, self.documents.passage_count()), (KEYWORDS, len(self.keywords))):
            if count != len(self):
                raise IndexDamagedError(
                    f"{self.folder / name} holds {count} passages, its manifest says {len(self)}; {rebuild(index)}"
                )

    def close(self) -> None:
        """Let go of it; files that a later snapshot shares stay open for that."""
        self._lock.close()


def _opened(index: Path, entry: SegmentEntry, before: LocalSnapshot | None) -> SegmentFiles:
    """A segment's files, checked unless they were opened before."""
    known = {one.name: one.digests for one in before.manifest.segments} if before else {}
    if before and known.get(entry.name) == entry.digests:
        return before.files_of(entry.name)
    folder = index / SEGMENTS / entry.name
    if not {DOCUMENTS, VECTORS} <= entry.digests.keys():
        raise IndexDamagedError(f"The manifest names no {DOCUMENTS} or {VECTORS} in {folder}; {rebuild(index)}")
    check_files(folder, entry.digests, index)
    files = SegmentFiles(folder)
    if not len(files.ids) == len(files.vectors) == entry.passages:
        raise IndexDamagedError(
            f"{folder} holds {len(files.ids)} passages and {len(files.vectors)} vectors, its manifest says "
            f"{entry.passages}; {rebuild(index)}"
        )
    return files


def _check_keywords(index: Path, snapshot: LocalSnapshot, before: LocalSnapshot | None) -> None:
    """See that the keyword index is as it was written; files that the one before has as well were checked then."""
    files = snapshot.manifest.keywords
    if "meta.json" not in files:
        raise IndexDamagedError(f"The manifest names no {KEYWORDS}/meta.json; {rebuild(index)}")
    known = before.manifest.keywords if before else {}
    check_files(snapshot.folder / KEYWORDS, {n: f for n, f in files.items() if known.get(n) != f}, index)
