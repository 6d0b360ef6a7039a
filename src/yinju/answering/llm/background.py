"""Text that is made on an event loop → an iterator that any thread may read and any other thread may close.

A deadline of asyncio ends any wait, in whatever a library is stuck at, and so does a cancellation from outside. A plain
blocking client has neither: each byte that drips in starts its limit anew, and a generator that waits in one thread
cannot be closed from another.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from queue import SimpleQueue
from threading import Event, RLock, Thread, current_thread

from yinju.errors import GenerationError
from yinju.types import ModelFault

Say = Callable[[str], None]
PATIENCE = 1.0
"""Seconds that closing waits for what it has cancelled; that goes on ending by itself."""


class _Work:
    """The side that makes text; knows nothing of its reader, so that a reader left behind is collected and closes."""

    def __init__(self, make: Callable[[Say], Awaitable[None]]) -> None:
        self.made: SimpleQueue[str | Exception | None] = SimpleQueue()
        self.done = Event()
        """Set once the coroutine has ended and has closed what it opened."""
        self._make = make
        self._lock = RLock()  # a collected reader calls `stop` from any thread, at any allocation
        self._stopped = False
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[None]] | None = None

    def run(self) -> None:
        """Make the text, then say that it ends; whatever goes wrong is raised where it is read."""
        try:
            asyncio.run(self._run())
        except asyncio.CancelledError:
            pass
        except OSError as error:
            self.made.put(_exhausted(error))
        finally:
            self.made.put(None)
            self.done.set()

    async def _run(self) -> None:
        """The end is told from in here: after it the loop waits for look-ups of names, which nothing can cut short."""
        task = asyncio.current_task()
        assert task is not None
        with self._lock:
            self._running = asyncio.get_running_loop(), task
            if self._stopped:
                task.cancel()
        try:
            await self._make(self.made.put)
        except Exception as error:
            self.made.put(error)
        finally:
            with self._lock:
                self._running = None
            self.made.put(None)
            self.done.set()

    def stop(self) -> None:
        """Cancel what is being made, from any thread."""
        with self._lock:
            self._stopped = True
            if self._running:
                loop, task = self._running
                loop.call_soon_threadsafe(task.cancel)


def _exhausted(error: Exception) -> GenerationError:
    return GenerationError(ModelFault.FAILED, f"這部電腦開不了新的連線：{error}；請關掉別的程式，再問一次")


class BackgroundText(Iterator[str]):
    """Pieces of text made by a coroutine in a thread of its own, from the first `next` until the end or `close`."""

    def __init__(self, make: Callable[[Say], Awaitable[None]]) -> None:
        """Keep what makes the text: it is given the function to hand each piece to."""
        self._work = _Work(make)
        self._thread: Thread | None = None
        self._closed = False

    def __next__(self) -> str:
        """The next piece, waited for; ends at once when another thread closes.

        Raises:
            GenerationError: the machine has no thread or file left for it.
            Exception: whatever the coroutine raised.
        """
        if self._closed:
            raise StopIteration
        if self._thread is None:
            self._thread = Thread(target=self._work.run, name="yinju-model", daemon=True)
            try:
                self._thread.start()
            except RuntimeError as error:
                self._closed, self._thread = True, None
                raise _exhausted(error) from None
        piece = self._work.made.get()
        if self._closed:
            raise StopIteration
        if isinstance(piece, str):
            return piece
        self._stop()
        if piece is not None:
            raise piece
        raise StopIteration

    def close(self) -> None:
        """End the work and what it holds open; a reader that waits gets the end. Harmless when repeated."""
        self._stop()
        if self._thread and self._thread is not current_thread():
            self._work.done.wait(PATIENCE)

    def _stop(self) -> None:
        if not self._closed:
            self._closed = True
            self._work.stop()
            self._work.made.put(None)

    def __del__(self) -> None:
        """Close without waiting when nobody reads any more."""
        self._stop()
