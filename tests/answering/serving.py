"""Servers of somebody else's in a process of their own, for tests that speak to them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

START_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """A server at work."""

    base_url: str
    process: psutil.Process

    def open_connections(self) -> int:
        """How many clients it has."""
        return sum(connection.status == psutil.CONN_ESTABLISHED for connection in self.process.net_connections("tcp"))


@contextmanager
def serving(start: str, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[Served]:
    """A server while it lasts: a Python program, whose last argument is the port of its choice, once it is healthy."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    program = [sys.executable, "-c", start, *arguments, str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            program, env=os.environ | environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _wait_until_healthy(server, f"http://127.0.0.1:{port}/health", log)
        yield Served(f"http://127.0.0.1:{port}/v1", psutil.Process(server.pid))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(10)


def _wait_until_healthy(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text("utf-8", "replace")[-2_000:]
        try:
            with urlopen(url, timeout=1) as response:
                if response.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start in {START_SECONDS} s: {log.read_text('utf-8', 'replace')[-2_000:]}")
