"""A file's path → Document, read in a child process with limits of time and memory.

A hostile or broken file can crash a C library, loop for ever or eat the memory: here it ends one child process and
becomes one ReadingError. The child is kept for the next file and replaced only after such an end.
"""

import json
import os
import queue
import selectors
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from yinju.errors import ReadingError
from yinju.reading.documents import MAX_BYTES
from yinju.reasons import Reason
from yinju.types import Document, FileState, PrintedRun, Section, TableBody

TIMEOUT_SECONDS = 60.0
MEMORY_BYTES = 1_500_000_000
"""Of address space, all of the child together."""
LENGTH = struct.Struct(">Q")
"""Stands before every answer of the child: its length in bytes."""
_PIECE_BYTES = 1 << 20
_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


class Child:
    """A process that does one thing after the other for its parent, with limits. Safe across threads."""

    def __init__(self, timeout_seconds: float, memory_bytes: int) -> None:
        """Keep the limits; the process starts with the first request."""
        self._timeout_seconds = timeout_seconds
        self._memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The child's answer to a request; a child that gave none is ended.

        Raises:
            ReadingError: what the child says, or `timed_out`, `out_of_memory`, `crashed`.
        """
        with self._lock:
            answer = self._exchange(json.dumps(request).encode() + b"\n")
        if "error" not in answer:
            return answer
        name, facts = answer["error"]["name"], answer["error"]["facts"]
        raise ReadingError(name, **facts, **({"limit": self._memory_bytes} if name == "out_of_memory" else {}))

    def close(self) -> None:
        """End the process at once; the next request would start another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        process.wait()

    def _exchange(self, request: bytes) -> dict[str, Any]:
        process = self._running()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(request)
            process.stdin.flush()
            payload = _receive(process.stdout.fileno(), time.monotonic() + self._timeout_seconds)
        except TimeoutError:
            self.close()
            raise ReadingError("timed_out", seconds=self._timeout_seconds) from None
        except (EOFError, BrokenPipeError):
            status = process.wait()
            self.close()
            raise ReadingError("crashed", status=status) from None
        except BaseException:  # an interrupt in the middle of an answer would leave the rest for the next file
            self.close()
            raise
        answer: dict[str, Any] = json.loads(payload)
        if answer.get("error", {}).get("name") == "out_of_memory":
            self.close()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started when there is none."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        search_path = os.pathsep.join(filter(None, (str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH"))))
        # Threads of a linear algebra library would use up the address space before the file does.
        environment = os.environ | {"PYTHONPATH": search_path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "yinju.reading.worker", str(self._memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self._process


class Reader:
    """Reads files, as many at once as it has child processes; a context manager that ends them. Safe across threads."""

    def __init__(
        self,
        *,
        max_bytes: int = MAX_BYTES,
        timeout_seconds: float = TIMEOUT_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        processes: int = 1,
    ) -> None:
        """Keep the limits, which hold for each process; one starts when a file finds all others at work."""
        self._max_bytes = max_bytes
        self._children = [Child(timeout_seconds, memory_bytes) for _ in range(processes)]
        self._free: queue.LifoQueue[Child] = queue.LifoQueue()
        for child in self._children:
            self._free.put(child)

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child processes."""
        self.close()

    def read(self, path: str | os.PathLike[str], name: str, encoding: str | None = None) -> Document:
        """The document in a file; `encoding` is what a person says a text is in.

        Raises:
            ReadingError: any of `read_document`, and `not_a_file`, `timed_out`, `out_of_memory`, `crashed`.
        """
        request = {"path": os.fspath(path), "name": name, "max_bytes": self._max_bytes, "encoding": encoding}
        child = self._free.get()
        try:
            return _to_document(child.ask(request)["document"])
        finally:
            self._free.put(child)

    def close(self) -> None:
        """End the child processes at once; the next file would start another."""
        for child in self._children:
            child.close()


def read_file(
    path: str | os.PathLike[str],
    name: str,
    *,
    max_bytes: int = MAX_BYTES,
    timeout_seconds: float = TIMEOUT_SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Document:
    """The document in one file, read in a child process of its own; for many files, keep a `Reader`.

    Raises:
        ReadingError: as `Reader.read`.
    """
    with Reader(max_bytes=max_bytes, timeout_seconds=timeout_seconds, memory_bytes=memory_bytes) as reader:
        return reader.read(path, name)


def _receive(descriptor: int, deadline: float) -> bytes:
    """One answer of the child.

    Raises:
        TimeoutError: at the deadline.
        EOFError: when the child ends before its answer does.
    """
    (length,) = LENGTH.unpack(_receive_exactly(descriptor, LENGTH.size, deadline))
    return _receive_exactly(descriptor, length, deadline)


def _receive_exactly(descriptor: int, length: int, deadline: float) -> bytes:
    """The next `length` bytes of a pipe, waiting for them until the deadline."""
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while len(received) < length:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            piece = os.read(descriptor, min(_PIECE_BYTES, length - len(received)))
            if not piece:
                raise EOFError
            received += piece
    return bytes(received)


def _to_document(fields: dict[str, Any]) -> Document:
    """The document a child's JSON describes."""
    sections = tuple(Section(tuple(s["headings"]), s["start"], s["end"]) for s in fields.pop("sections"))
    page_starts = tuple(fields.pop("page_starts"))
    state = FileState(fields.pop("state"))
    reasons = tuple(Reason(**reason) for reason in fields.pop("reasons"))
    printed = tuple(PrintedRun(**run) for run in fields.pop("printed"))
    tables = tuple(TableBody(**table) for table in fields.pop("tables"))
    return Document(
        tables=tables,
        sections=sections,
        page_starts=page_starts,
        state=state,
        reasons=reasons,
        printed=printed,
        **fields,
    )
