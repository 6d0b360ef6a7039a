"""A reader's wish that a language model says no more, which may come from any thread."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock


class Stop:
    """Whether an answer is to end, and the stream that this ends."""

    def __init__(self) -> None:
        """Nobody has asked for it yet."""
        self._lock = Lock()
        self._stopped = False
        self._stream: object = None

    @property
    def stopped(self) -> bool:
        """Whether the reader wants no more."""
        return self._stopped

    def stop(self) -> None:
        """Want no more: a stream that another thread may close ends at once, any other after its next piece."""
        with self._lock:
            self._stopped = True
            stream = self._stream
        _close(stream)

    @contextmanager
    def stopping(self, stream: object) -> Iterator[None]:
        """While it lasts, `stop` closes this stream; in the end it is closed in any case."""
        with self._lock:
            self._stream = stream
            stopped = self._stopped
        try:
            if stopped:
                _close(stream)
            yield
        finally:
            with self._lock:
                self._stream = None
            _close(stream)

    def until(self, stream: Iterator[str]) -> Iterator[str]:
        """The stream's pieces until no more are wanted."""
        for piece in stream:
            if self._stopped:
                return
            yield piece


def _close(stream: object) -> None:
    close = getattr(stream, "close", None)
    if close:
        with suppress(ValueError):  # a generator that is running in another thread
            close()
