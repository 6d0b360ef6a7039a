"""Documents added, removed, moved and tagged in their folder; the index follows in a thread of its own."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from yinju.audit import recorded
from yinju.errors import DocumentsError
from yinju.ingest.changes import Act, Change, Changes, Stage
from yinju.ingest.corpus import Corpus, Incoming
from yinju.ingest.following import Follower
from yinju.ingest.names import checked_tags
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.store.protocol import Snapshot

CLOSE_SECONDS = 10.0
"""The longest wait for a file that is being read when all is closed; what is cut off then harms nothing."""


class Editor:
    """Adds, removes and rereads documents. Safe across threads; what is done to files is done when a call returns.

    The index follows in a thread of its own. What waits is indexed together. A change is done only once the index that
    knows of it answers questions.
    """

    def __init__(
        self, corpus: Path, index: Path, encoder: Encoder, settings: Settings, published: Callable[[], Snapshot]
    ) -> None:
        """Nothing is done yet; `published` is called when the index has changed, and is what answers then."""
        self._corpus, self._changes = Corpus(corpus, index, settings), Changes()
        self._follower = Follower(corpus, index, encoder, settings, self._changes, published)
        self._thread: Thread | None = None
        self._lock = Lock()

    @property
    def behind(self) -> bool:
        """Whether the folder is still to be looked through, before which nobody knows what changed in it."""
        return self._follower.behind

    def catch_up(self, folder: bool = False) -> None:
        """Read the meaning of what was not read yet, behind everything else; what changed in the `folder`, before."""
        self._follower.behind = folder and self._thread is None
        self._start()

    def write(self, name: str) -> Incoming:
        """A file to be written piece by piece, then handed to `finish`; a context manager.

        Raises:
            DocumentsError: the name cannot be used, the folder is full or cannot be written.
        """
        return self._corpus.write(name)

    @recorded("document_add", "{incoming.name}")
    def finish(self, incoming: Incoming) -> Change:
        """Put a file that was written in its place.

        Raises:
            DocumentsError: it does not fit in, its name is taken, or it cannot be written.
        """
        return self._submit(incoming.name, Act.ADD, kept=incoming.finish())

    def add(self, name: str, source: Iterable[bytes]) -> Change:
        """Write a whole file.

        Raises:
            DocumentsError: as `write` and `finish`, or it is too large.
        """
        with self.write(name) as incoming:
            for piece in source:
                incoming.write(piece)
            return self.finish(incoming)

    @recorded("document_remove", "{name}")
    def remove(self, name: str) -> Change:
        """Move a file out of the folder.

        Raises:
            DocumentsError: there is no such file, or it cannot be moved.
        """
        return self._submit(name, Act.REMOVE, kept=self._corpus.remove(name))

    @recorded("document_move", "{name} → {target}")
    def move(self, name: str, target: str) -> Change:
        """Give a file another name, or another folder with it; what is known of it goes along.

        Raises:
            DocumentsError: there is no such file, the new name cannot be used or is taken, or nothing can be written.
        """
        return self._submit(self._corpus.move(name, target), Act.MOVE, before=name)

    @recorded("document_tag", "{name}: +{added} −{taken}")
    def tag(self, name: str, added: Iterable[str], taken: Iterable[str] = ()) -> Change:
        """Give a document tags, and take others from it; nothing of it is read.

        Raises:
            DocumentsError: there is no such file, or a tag cannot be used.
        """
        self._corpus.path_of(name)
        return self._submit(name, Act.TAG, added=checked_tags(added), taken=tuple(taken))

    @recorded("document_restore", "{name}")
    def restore(self, name: str, kept: str) -> Change:
        """Bring back a file that was removed, with its tags as long as its removal is told.

        Raises:
            DocumentsError: it is not kept, its name is taken, or it cannot be written.
        """
        self._corpus.restore(name, kept)
        return self._submit(name, Act.RESTORE, kept=kept)

    @recorded("deleted_empty")
    def empty_deleted(self) -> int:
        """Remove for good what was removed and replaced; how many bytes that frees.

        Raises:
            DocumentsError: it cannot be removed.
        """
        return self._corpus.empty_deleted()

    @recorded("document_reread", "{name}")
    def reread(self, name: str) -> Change:
        """Have a file read again.

        Raises:
            DocumentsError: there is no such file.
        """
        self._corpus.path_of(name)
        return self._submit(name, Act.REREAD)

    @recorded("document_encoding", "{name}: {encoding}")
    def read_as(self, name: str, encoding: str) -> Change:
        """Have a text file read again in the encoding stated; empty for the one that it seems to be in.

        Raises:
            DocumentsError: there is no such file or encoding, or nothing can be written.
        """
        self._corpus.state_encoding(name, encoding)
        return self._submit(name, Act.REREAD)

    @recorded("document_retry", "{number}")
    def retry(self, number: int) -> Change:
        """Have the index follow a change again after it could not.

        Raises:
            DocumentsError: there is no such change, or it has not failed.
        """
        change = self._changes.get(number)
        if change is None or change.stage is not Stage.FAILED:
            raise DocumentsError("not_there")
        self._changes.update([number], stage=Stage.WAITING, reason=None)
        self._start()
        return change

    def changes(self) -> list[Change]:
        """Every change of late, oldest first."""
        return self._changes.all()

    def wait(self, change: Change, seconds: float | None = None) -> Change:
        """A change once it has ended, or as it is after some seconds."""
        return self._changes.wait(change.id, seconds) or change

    def close(self) -> None:
        """End the thread after the file it reads; files that are not indexed yet are by the next build."""
        self._changes.close()
        if self._thread:
            self._thread.join(CLOSE_SECONDS)

    def _submit(self, name: str, act: Act, **facts: Any) -> Change:  # noqa: ANN401 - the fields of a Change
        change = self._changes.add(name, act, **facts)
        self._start()
        return change

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._follower.run, name="yinju-editor", daemon=True)
                self._thread.start()
