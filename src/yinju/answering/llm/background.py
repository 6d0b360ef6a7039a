"""Text that is made on an event loop → an iterator that any thread may read and any other thread may close.

A deadline of asyncio ends any wait, in whatever a library is stuck at, and so does a cancellation from outside. A plain
blocking client has neither: each byte that drips in starts its limit anew, and a generator that waits in one thread
cannot be closed from another.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from functools import cache
from queue import SimpleQueue
from threading import Event, Thread

from yinju.errors import GenerationError
from yinju.reasons import cause_of
from yinju.types import ModelFault

Say = Callable[[str], None]
PATIENCE = 1.0
"""Seconds that closing waits for what it has cancelled; that goes on ending by itself."""


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The loop that all text is made on, in a thread of its own."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="model loop", daemon=True).start()
    return loop


async def _work(make: Callable[[Say], Awaitable[None]], made: SimpleQueue[str | Exception | None], done: Event) -> None:
    """Make the text, then say that it ends; knows nothing of its reader, so that one left behind is collected."""
    try:
        await make(made.put)
    except Exception as error:
        made.put(error)
    finally:
        made.put(None)
        done.set()


class BackgroundText(Iterator[str]):
    """Pieces of text made by a coroutine on the loop, from the first `next` until the end or `close`."""

    def __init__(self, make: Callable[[Say], Awaitable[None]]) -> None:
        """Keep what makes the text: it is given the function to hand each piece to."""
        self._make, self._made, self._done = make, SimpleQueue[str | Exception | None](), Event()
        self._working: Future[None] | None = None
        self._closed = False

    def __next__(self) -> str:
        """The next piece, waited for; ends at once when another thread closes.

        Raises:
            GenerationError: the machine has no thread or file left for it.
            Exception: whatever the coroutine raised.
        """
        if self._working is None and not self._closed:
            try:
                loop = _loop()
            except (OSError, RuntimeError) as error:
                self._closed = True
                raise GenerationError(ModelFault.FAILED, "llm.no_thread", why=cause_of(error)) from None
            self._working = asyncio.run_coroutine_threadsafe(_work(self._make, self._made, self._done), loop)
        piece = None if self._closed else self._made.get()
        if isinstance(piece, str) and not self._closed:
            return piece
        ended, self._closed = self._closed, True
        if isinstance(piece, Exception) and not ended:
            raise piece
        raise StopIteration

    def close(self) -> None:
        """End the work and what it holds open; a reader that waits gets the end. Harmless when repeated."""
        self._stop()
        if self._working:
            self._done.wait(PATIENCE)

    def _stop(self) -> None:
        self._closed = True
        if self._working and self._working.cancel():
            self._made.put(None)

    def __del__(self) -> None:
        """Close without waiting when nobody reads any more."""
        self._stop()
