"""A child process that answers requests, with limits of time and memory.

A hostile or broken file can crash a C library, loop for ever or eat the memory: here it ends one child process and
becomes one ReadingError. The child is kept for the next request and replaced only after such an end.
"""

import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from yinju.errors import ReadingError

LENGTH = struct.Struct(">Q")
"""Stands before every answer of the child: its length in bytes."""
MOST_BYTES = 500_000_000
"""Of one answer: 80 million characters, most of which JSON spells in six bytes."""
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


def _receive(descriptor: int, deadline: float) -> bytes:
    """One answer of the child.

    Raises:
        TimeoutError: at the deadline.
        EOFError: when the child ends before its answer does.
        ReadingError: `too_large`.
    """
    (length,) = LENGTH.unpack(_receive_exactly(descriptor, LENGTH.size, deadline))
    if length > MOST_BYTES:
        raise ReadingError("too_large.text", size=length, limit=MOST_BYTES)
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
