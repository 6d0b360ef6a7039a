"""Passages → what they mean: the transformer reads what it has not read yet, the newest documents first.

An index can be searched by words at once; meaning is filled in behind, in batches that stay, so that whoever goes on
after a stop goes on from there. On two cores some sixty passages are read a second.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from yinju.deep import deep_encoder, fingerprint
from yinju.embedding import SHIPPED
from yinju.settings import Settings
from yinju.store.meanings import Ids, Meanings
from yinju.store.protocol import Documents, Snapshot
from yinju.types import Progress, Vectors

READ_UNASKED = 20_000
"""Up to so many passages are read without being asked for, which takes some seven minutes."""
BATCH, KEPT_SECONDS = 32, 20.0
"""Passages that are read between two looks at whether to stop, and after how long what was read is kept."""


def reads_meaning(settings: Settings, passages: int) -> bool:
    """Whether so many passages are read for their meaning."""
    return settings.encoder == "yinju-deep" or passages <= READ_UNASKED


def meanings_of(index: Path, settings: Settings) -> Meanings | None:
    """What was read of an index; None where questions are not to be compared with it."""
    used = settings.reread and settings.encoder in SHIPPED and settings.encoder != "yinju"
    return Meanings(index, fingerprint()) if used else None


def fill(
    index: Path, snapshot: Snapshot, settings: Settings, progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> int:  # fmt: skip
    """Read what of an index was not read yet, until all is or `stop` says so; how many passages are left.

    Nothing is read where another process does so, or where there are more than are read unasked.

    Raises:
        EncoderError: the transformer cannot be loaded.
        IndexWriteError: what was read cannot be kept.
    """
    meanings, documents = meanings_of(index, settings), snapshot.documents
    left = meanings.missing(documents.ids()) if meanings else np.zeros(0, np.int64)
    if meanings is None or not len(left) or stop() or not reads_meaning(settings, len(snapshot)):
        return len(left)
    with meanings.adding() as may:
        left = meanings.missing(newest_first(documents)) if may else np.zeros(0, np.int64)
        every, done = len(snapshot), len(snapshot) - len(left)
        waiting, kept = list[tuple[Ids, Vectors]](), time.monotonic()
        while len(left) and not stop():
            now, left = left[:BATCH], left[BATCH:]
            waiting.append((now, deep_encoder().vectors(documents.passages(now.tolist()))))
            done += len(now)
            if time.monotonic() - kept > KEPT_SECONDS:
                _keep(meanings, waiting)
                kept = time.monotonic()
            if progress:
                progress(done, every, "meaning")
        _keep(meanings, waiting)
        if may and not len(left):
            meanings.tidy(documents.ids())
        return len(left)


def carry(index: Path, settings: Settings, passages: Mapping[int, int]) -> None:
    """Have what was read of some passages stand for others, id by id, that say the same under another name.

    Nothing where another process is reading: they are read again then.

    Raises:
        IndexWriteError: it cannot be kept.
    """
    meanings = meanings_of(index, settings) if passages else None
    if meanings:
        with meanings.adding() as may:
            if may:
                meanings.copy(passages)


def newest_first(documents: Documents) -> Ids:
    """The ids of all passages, those of the document first that was added last, in reading order."""
    added = {name: outcome.added for name, outcome in documents.outcomes().items()}
    places = sorted(enumerate(documents.places()), key=lambda place: (-added[place[1][1]], place[0]))
    return np.array([number for _, (number, _) in places], np.int64)


def _keep(meanings: Meanings, waiting: list[tuple[Ids, Vectors]]) -> None:
    if waiting:
        meanings.add(np.concatenate([ids for ids, _ in waiting]).tolist(), np.vstack([own for _, own in waiting]))
        waiting.clear()
