"""Libraries → the desk of each, opened when it is first asked for and let go of when nobody has for long."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread

from yinju.conversations import Conversations
from yinju.errors import ConversationsError, DocumentsError, LibrariesError, YinjuError
from yinju.ingest.upkeep import begin
from yinju.libraries import Entry, Libraries
from yinju.library import Library
from yinju.web.desk import Desk

MOST_OPEN = 6
"""How many libraries stay open beside the first, even if nobody asks for them."""
UNUSED_SECONDS, LEAST_SECONDS = 3_600.0, 600.0
"""After how long a library is closed that nobody asks for, and after how long one of too many."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Place:
    """Where the desk of a library stands once it is open."""

    lock: Lock = field(default_factory=Lock)
    desk: Desk | None = None
    used: float = 0.0
    """When it was last asked for, by the monotonic clock."""


class Desks:
    """The first library's desk, which stays, and those of the others. Safe for several threads.

    All libraries share the first's encoder, re-ranker, language model and settings.
    """

    def __init__(self, first: Library, libraries: Libraries, is_owner: Callable[[str], bool] = bool) -> None:
        """Only the first is open; `is_owner` tells whose links to chats open something."""
        self._is_owner = is_owner
        self.first, self.libraries = _desk(first, libraries.first, is_owner), libraries
        self._places: dict[str, _Place] = {}
        self._lock = Lock()

    def __iter__(self) -> Iterator[Desk]:
        """Every desk that is open, the first before the others."""
        with self._lock:
            open_ones = [place.desk for place in self._places.values() if place.desk]
        return iter([self.first, *open_ones])

    def of(self, id: str) -> Desk:
        """The desk of a library. One that is opened is searched as it was left; what changed is read behind that.

        Raises:
            LibrariesError: there is no such library.
            YinjuError: its index cannot be made, opened or searched by the encoder in use.
        """
        if not id:
            return self.first
        with self._lock:
            place = self._places.setdefault(id, _Place())
            place.used = time.monotonic()
        with place.lock:
            if place.desk is None:
                place.desk = self._opened(id)
                self._close_unused()
            return place.desk

    def _opened(self, id: str) -> Desk:
        entry = self.libraries.entry(id)
        if entry is None:
            self._forget(id)
            raise LibrariesError("library.unknown", found=id)
        library = self._library(entry)
        with suppress(DocumentsError):  # nothing is to be changed
            library.editor().catch_up(folder=True)
        return _desk(library, entry, self._is_owner)

    def _library(self, entry: Entry) -> Library:
        first = self.first.library
        if not first.settings.read_only:
            begin(entry.corpus, entry.index, first.encoder, first.settings)
        return Library(entry.index, first.encoder, first.settings, first.reranker, first.model)

    def close(self, id: str) -> None:
        """Let go of a library; what is being read ends first, or after a while is cut off."""
        if (place := self._forget(id)) is not None:
            with place.lock:
                if place.desk:
                    place.desk.library.close()

    def delete(self, id: str) -> str:
        """Delete a library, which nobody can open again meanwhile; what it is kept as.

        Raises:
            LibrariesError: there is no such library, or it cannot be moved.
        """
        with self._lock:
            place = self._places.setdefault(id, _Place())
        try:
            with place.lock:
                if place.desk:
                    place.desk.library.close()
                    place.desk = None
                return self.libraries.delete(id)
        finally:
            self._forget(id)

    def close_all(self) -> None:
        """Let go of every library but the first."""
        with self._lock:
            ids = [*self._places]
        for id in ids:
            self.close(id)

    def _forget(self, id: str) -> _Place | None:
        with self._lock:
            return self._places.pop(id, None)

    def _close_unused(self) -> None:
        """Close, behind everything else, what nobody has asked for of late."""
        now = time.monotonic()
        with self._lock:
            by_use = sorted(self._places.items(), key=lambda place: place[1].used, reverse=True)
        for number, (id, place) in enumerate(by_use):
            least = LEAST_SECONDS if number >= MOST_OPEN else UNUSED_SECONDS
            if place.desk and now - place.used > least and not _is_working(place.desk.library):
                Thread(target=self.close, args=(id,), daemon=True).start()


def _desk(library: Library, entry: Entry, is_owner: Callable[[str], bool]) -> Desk:
    """The desk of a library, whose chats are looked through behind everything else: damage is logged."""
    conversations = Conversations(entry.chats)

    def check() -> None:
        try:
            conversations.check()
        except ConversationsError as error:
            logger.error("%s", error)

    Thread(target=check, daemon=True).start()
    return Desk(library, conversations, is_owner)


def _is_working(library: Library) -> bool:
    with suppress(YinjuError, OSError):  # it may be gone, or damaged
        return any(not change.ended for change in library.editor().changes())
    return False
