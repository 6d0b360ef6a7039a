"""Processes that share work: what they do, and that Ctrl-C ends it all without a word of theirs."""

import os
import signal
import subprocess
import sys
import time

import pytest

from yinju.workers import worker_pool

PROGRAM = """
import sys, time
from yinju.workers import worker_pool
if __name__ == "__main__":
    try:
        with worker_pool(2, time.sleep, {before}) as pool:
            work = [pool.submit(time.sleep, 0.5) for _ in range(1_000)]
            print("begun", flush=True)
            work[-1].result()
    except KeyboardInterrupt:
        sys.exit(130)
"""


def test_each_begins_once_and_works_on() -> None:
    with worker_pool(1, os.putenv, "YINJU_WORKER", "1") as pool:
        assert list(pool.map(abs, range(-3, 0))) == [3, 2, 1]


@pytest.mark.parametrize(
    ("before", "wait"), [(0, 0.1), (0, 1.5), (2, 1.0)], ids=["starting", "at work", "in what it begins with"]
)
def test_an_interrupt_ends_the_work_soon_and_without_a_word(before: int, wait: float) -> None:
    command = [sys.executable, "-c", PROGRAM.format(before=before)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        assert run.stdout and run.stdout.readline() == "begun\n"
        time.sleep(wait)
        os.killpg(run.pid, signal.SIGINT)
        _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (130, "")
