"""What people change in the folder of documents, and how far the index has followed."""

import time
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from threading import Condition
from typing import Any

from yinju.reasons import Reason
from yinju.types import FileOutcome

KEPT = 1_000
"""How many changes that have ended are still told."""


class Act(StrEnum):
    """What is done to a file."""

    ADD = "add"
    REMOVE = "remove"
    REREAD = "reread"
    RESTORE = "restore"
    MOVE = "move"
    TAG = "tag"


class Stage(StrEnum):
    """How far a change is; it ends in one of the last two."""

    WAITING = "waiting"
    READING = "reading"
    INDEXING = "indexing"
    DONE = "done"
    FAILED = "failed"  # the file is as it should be, but the index could not follow: it can be tried again


@dataclass(frozen=True, slots=True)
class Change:
    """One file on its way into the index, or out of it."""

    id: int
    """Rising, also from one start of the page to the next."""
    name: str
    act: Act
    stage: Stage = Stage.WAITING
    reason: Reason | None = None
    """Why it waits, or why the index could not follow."""
    outcome: FileOutcome | None = None
    """How the file ended, once it has been indexed."""
    kept: str = ""
    """What the file that was removed, replaced or brought back is called among the deleted ones."""
    before: str = ""
    """What the file that was moved was called."""
    added: tuple[str, ...] = ()
    """The tags that the file is given."""
    taken: tuple[str, ...] = ()
    """The tags that are taken from it; those that it loses where it is removed."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.stage in (Stage.DONE, Stage.FAILED)


class Changes:
    """All changes of late, oldest first. Safe across threads."""

    def __init__(self) -> None:
        """None yet."""
        self._changes: dict[int, Change] = {}
        self._changed, self._closed, self._last = Condition(), False, time.time_ns() // 1_000_000

    def add(self, name: str, act: Act, **facts: Any) -> Change:  # noqa: ANN401 - the fields of a Change
        """A new change that waits."""
        with self._changed:
            self._last += 1
            change = self._changes[self._last] = Change(self._last, name, act, **facts)
            ended = [number for number, change in self._changes.items() if change.ended]
            for number in islice(ended, max(0, len(ended) - KEPT)):
                del self._changes[number]
            self._changed.notify_all()
            return change

    def update(self, ids: Collection[int], **facts: Any) -> None:  # noqa: ANN401 - the fields of a Change
        """Say anew how far some changes are."""
        with self._changed:
            for number in self._changes.keys() & set(ids):
                self._changes[number] = replace(self._changes[number], **facts)
            self._changed.notify_all()

    def all(self) -> list[Change]:
        """Every change, oldest first."""
        with self._changed:
            return list(self._changes.values())

    def get(self, number: int) -> Change | None:
        """The change of that id, or None where it is not told any more."""
        with self._changed:
            return self._changes.get(number)

    def followed(self) -> dict[int, tuple[str, int]]:
        """Each change by its id: what its file is called by now, and the id of the last move of it, else its own.

        A file that was removed is followed no further: whatever is moved from its name later is another one.
        """
        found, there = dict[int, tuple[str, int]](), defaultdict[str, list[int]](list)
        for change in self.all():
            if change.act is Act.MOVE:
                along = there.pop(change.before, [])
                found |= dict.fromkeys(along, (change.name, change.id))
                there[change.name] += along
            found[change.id] = change.name, change.id
            if change.act is Act.REMOVE:
                there.pop(change.name, None)
            else:
                there[change.name].append(change.id)
        return found

    def waiting(self) -> bool:
        """Whether any change waits."""
        with self._changed:
            return bool(self._waiting())

    def next_waiting(self) -> list[Change]:
        """All changes that wait, once there is one; none once this is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting())
            return [] if self._closed else self._waiting()

    def _waiting(self) -> list[Change]:
        return [change for change in self._changes.values() if change.stage is Stage.WAITING]

    def wait(self, number: int, seconds: float | None = None) -> Change | None:
        """The change of that id once it has ended, or as it is after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: number not in self._changes or self._changes[number].ended, seconds)
            return self._changes.get(number)

    def close(self) -> None:
        """Have nobody wait any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def sleep(self, seconds: float) -> bool:
        """Wait a little; whether this was closed meanwhile."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed, seconds)

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed
