"""Processes that share work; Ctrl-C is for the one that started them, which lets them finish what they are at."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any


class _Process(SpawnProcess):
    """A process that an interrupt does not reach before it has begun."""

    def start(self) -> None:
        """Begin; the process inherits what is blocked here."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Context(SpawnContext):
    Process = _Process


@contextmanager
def worker_pool(
    processes: int,
    begin: Callable[..., object] | None = None,
    *given: Any,  # noqa: ANN401
) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes of their own, not forked; each calls `begin` with what is given before its first work.

    What has not been begun when the pool is left is not done any more. None is ended in the middle: of a result that
    is sent by halves the rest would be waited for without end.
    """
    pool = ProcessPoolExecutor(processes, _Context(), _begin, (begin, *given))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(begin: Callable[..., object] | None, *given: Any) -> None:  # noqa: ANN401
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin:
        begin(*given)
