"""The local store: a folder, its publications opened, gone back to, put together."""

from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakSet

from yinju.errors import IndexMissingError
from yinju.store.local.locking import writer_lock
from yinju.store.local.manifest import Pointer
from yinju.store.local.pointer import current_number, folder_of, publish_again
from yinju.store.local.publishing import hold, live_manifest, telling_why
from yinju.store.local.segment_writing import SegmentWriter, in_pieces
from yinju.store.local.snapshot import AnySnapshot, LocalSnapshot
from yinju.store.local.writing import LocalWriter
from yinju.store.protocol import Asked, StoreFacts, TermsOf
from yinju.store.tuning import ENOUGH, RECALL, Trade, Tuned, choose

Opened = TypeVar("Opened", bound=AnySnapshot)


class SegmentStore(ABC, Generic[Opened]):
    """A library whose documents are kept in segments, in a folder of this machine."""

    def __init__(self, index: Path) -> None:
        """Nothing is opened yet."""
        self.index = index
        self._opened: WeakSet[Opened] = WeakSet()
        self._lock = Lock()

    def current(self) -> int | None:
        """The number of the live publication, or None where nothing was ever published.

        Raises:
            IndexDamagedError: CURRENT cannot be understood, or is gone while publications are there.
        """
        return current_number(self.index)

    def open(self) -> Opened:
        """The live publication; what an open snapshot has read, and nobody has written since, is not read again.

        See `SegmentSnapshot` for the errors.
        """
        with self._lock:
            before = max(self._opened, key=lambda opened: opened.number, default=None)
        return self._remembered(self._open(before))

    def _remembered(self, snapshot: Opened) -> Opened:
        with self._lock:
            self._opened.add(snapshot)
        return snapshot

    @abstractmethod
    def _open(self, before: Opened | None, publication: Pointer | None = None) -> Opened:
        """The live publication, or another, checked but for what `before` has checked of it."""

    def verify(self) -> Opened:
        """The live publication, all of which is read and checked; what was need not be by `open` then."""
        return self._remembered(self._verified())

    def _verified(self, publication: Pointer | None = None) -> Opened:
        snapshot = self._open(None, publication)
        try:
            snapshot.check_elsewhere()
        except BaseException:
            snapshot.close()
            raise
        return snapshot

    @abstractmethod
    def writer(self, facts: StoreFacts | None = None, *, anew: bool = False) -> SegmentWriter:
        """The right to change it, `anew` from nothing; see `SegmentWriter` for the errors."""

    def rollback(self) -> int:
        """Make what was live before the live publication live again; its number.

        Raises:
            IndexMissingError: nothing before it is kept.
            IndexDamagedError: what is kept is not what was published.
        """
        with hold(self.index)[1], writer_lock(self.index):
            live = live_manifest(self.index)
            before = live.before if live else None
            if before is None or not folder_of(self.index, before[0]).exists():
                raise IndexMissingError("index.nothing_earlier", index=self.index)
            self._verified(before).close()
            with telling_why(self.index):
                publish_again(self.index, before)
            return before[0]

    def tune(self, asked: Asked, exact: int, wanted: float | None = None, *, again: bool = False) -> list[Trade]:
        """Nothing, where a server decides how far vectors are searched."""
        return []

    def compact(self, terms_of: TermsOf, *, whole: bool = False) -> int | None:
        """Put together what many edits have left in pieces, or, `whole`, everything; None where nothing was to do."""
        live = live_manifest(self.index)
        if live and not whole and not in_pieces(live.segments):
            return None  # told by the manifest alone: nothing is opened, nobody kept from writing
        with self.writer() as writer:
            return writer.compact(terms_of, whole=whole)


class LocalStore(SegmentStore[LocalSnapshot]):
    """A library that SQLite, tantivy and FAISS find in a folder of this machine."""

    def _open(self, before: LocalSnapshot | None, publication: Pointer | None = None) -> LocalSnapshot:
        return LocalSnapshot(self.index, before, publication)

    def writer(self, facts: StoreFacts | None = None, *, anew: bool = False) -> LocalWriter:
        """The right to change it, `anew` from nothing; see `SegmentWriter` for the errors."""
        return LocalWriter(self.index, self.open, facts, anew=anew)

    def tune(self, asked: Asked, exact: int, wanted: float | None = None, *, again: bool = False) -> list[Trade]:
        """Choose how far vectors are searched, where more than `exact` passages are; what was measured, if it was.

        It is measured anew `again`, and when the store has grown or shrunk by a quarter. What was chosen is given up
        where so much is missing to `exact`, lest it be at each second edit. Others may write meanwhile.
        """
        hold(self.index)[1].close()
        live = live_manifest(self.index)
        assert live
        if live.passages <= exact:
            if live.tuned and live.passages <= exact * 3 / 4:
                self._publish_tuned(None)
            return []
        wanted = wanted or (live.tuned.wanted if live.tuned else RECALL)
        if live.tuned and live.tuned.holds(live.passages, wanted) and not again:
            return []
        with self.writer() as writer:
            writer.sketch()
            writer.publish_aside()
        with closing(self.open()) as snapshot:
            trades = snapshot.vectors.trade(asked(snapshot), max(ENOUGH, wanted) if again else wanted)
            chosen = choose(trades, wanted, len(snapshot))
        self._publish_tuned(chosen)
        return trades

    def _publish_tuned(self, tuned: Tuned | None) -> None:
        with self.writer() as writer:
            writer.tuned = tuned
            writer.publish_aside()
