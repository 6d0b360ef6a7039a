"""An answer that is being made in a thread of its own → its newest state at a pace that a page can follow.

The thread goes on to the end whether or not anybody still looks, so that what was said is kept; a stop ends it early.
"""

import asyncio
from _thread import start_new_thread
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Generic, TypeVar

from yinju.answering import Stop

PACE = 0.06
"""The least time between two updates of a page, in seconds: few larger ones load server and browser less."""

State = TypeVar("State")


class _Made(Generic[State]):
    """The newest of the states that a thread makes, as its event loop knows it."""

    def __init__(self) -> None:
        """Nothing is made yet."""
        self._loop = asyncio.get_running_loop()
        self.newest = list[State]()
        self.news, self.ended = asyncio.Event(), asyncio.Event()
        self.error: Exception | None = None

    def make(self, states: Iterable[State]) -> None:
        """Make all of them, in whatever thread."""
        try:
            for state in states:
                self._tell(state)
        except Exception as error:
            self._tell(error=error, ended=True)
        else:
            self._tell(ended=True)

    def _tell(self, *states: State, error: Exception | None = None, ended: bool = False) -> None:
        with suppress(RuntimeError):  # the loop has ended, and nobody looks any more
            self._loop.call_soon_threadsafe(self._hear, states, error, ended)

    def _hear(self, states: tuple[State, ...], error: Exception | None, ended: bool) -> None:
        self.newest[:] = states or self.newest
        self.error = error
        self.news.set()
        if ended:
            self.ended.set()


async def paced(states: Iterable[State], stop: Stop, pace: float = PACE) -> AsyncGenerator[State, None]:
    """The newest state at once, then at most one every `pace` seconds, each at most `pace` late; the last one always.

    Leaving it stops the making.

    Raises:
        Exception: whatever `states` raised, after the last state.
    """
    made = _Made[State]()
    start_new_thread(made.make, (states,))  # a Thread's start would have the loop wait until it runs
    try:
        while not made.ended.is_set() or made.newest:
            await made.news.wait()
            made.news.clear()
            if made.newest:
                yield made.newest.pop()
            if made.ended.is_set():
                made.news.set()
            else:
                with suppress(TimeoutError):
                    async with asyncio.timeout(pace):
                        await made.ended.wait()
    finally:
        stop.stop()
    if made.error:
        raise made.error


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

    def sees(self, reader: str, stop: Stop) -> bool:
        """Whether a reader still looks at the answer that has that stop, and has not turned to something else."""
        with self._lock:
            return self._stops.get(reader) is stop

    def stop_all(self) -> None:
        """End every answer that grows."""
        with self._lock:
            stops = [*self._stops.values()]
        for stop in stops:
            stop.stop()
