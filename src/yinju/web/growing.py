"""An answer that is being made in a thread of its own → its newest state at a pace that a page can follow.

The thread goes on to the end whether or not anybody still looks, so that what was said is kept; a stop ends it early.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeVar

from yinju.answering import Stop

PACE = 0.06
"""The least time between two updates of a page, in seconds: few larger ones load server and browser less."""

State = TypeVar("State")


class _End(Generic[State]):
    """The end of the states, with what went wrong."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error


def paced(states: Iterable[State], stop: Stop, pace: float = PACE) -> Iterator[State]:
    """The newest state at once, then at most one every `pace` seconds, each at most `pace` late; the last one always.

    Leaving it stops the making.

    Raises:
        Exception: whatever `states` raised, after the last state.
    """
    made: SimpleQueue[State | _End[State]] = SimpleQueue()
    Thread(target=_make, args=(states, made), name="yinju-answer", daemon=True).start()
    try:
        while True:
            newest, end = _newest(made)
            due = time.monotonic() + pace
            if newest:
                yield newest[-1]
            if end:
                break
            time.sleep(max(0.0, due - time.monotonic()))
    finally:
        stop.stop()
    if end.error:
        raise end.error


def _make(states: Iterable[State], made: "SimpleQueue[State | _End[State]]") -> None:
    try:
        for state in states:
            made.put(state)
    except Exception as error:
        made.put(_End(error))
    else:
        made.put(_End())


def _newest(made: "SimpleQueue[State | _End[State]]") -> tuple[list[State], _End[State] | None]:
    """All that was made since the last look, waited for; and the end, if it was reached."""
    waiting: list[State] = []
    item = made.get()
    try:
        while not isinstance(item, _End):
            waiting.append(item)
            item = made.get_nowait()
    except Empty:
        return waiting, None
    return waiting, item


class Readers:
    """Who has an answer growing, at most one each, and how it is stopped from another request."""

    def __init__(self) -> None:
        """Nobody has."""
        self._lock = Lock()
        self._stops: dict[str, Stop] = {}

    def __len__(self) -> int:
        """How many answers are growing."""
        return len(self._stops)

    @contextmanager
    def begin(self, reader: str) -> Iterator[Stop | None]:
        """The stop of a reader's new answer, while it grows; None where one is growing already."""
        stop = Stop()
        with self._lock:
            mine = self._stops.setdefault(reader, stop) is stop
        try:
            yield stop if mine else None
        finally:
            with self._lock:
                if self._stops.get(reader) is stop:
                    del self._stops[reader]

    def stop(self, reader: str) -> None:
        """End the answer that grows for a reader, if any."""
        with self._lock:
            stop = self._stops.get(reader)
        if stop:
            stop.stop()

    def leave(self, reader: str) -> None:
        """End the answer that grows for a reader who has turned to something else: no more of it is seen."""
        with self._lock:
            stop = self._stops.pop(reader, None)
        if stop:
            stop.stop()

    def seen(self, reader: str, stop: Stop, states: Iterable[State]) -> Iterator[State | None]:
        """The states of a reader's answer, which has that stop; one None in place of all after the reader left."""
        for state in states:
            with self._lock:
                left = self._stops.get(reader) is not stop
            yield None if left else state
            if left:
                return
