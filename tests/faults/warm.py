"""Jobs in forks of a warm process: each in a process group of its own, which can be killed or traced as a whole.

python tests/faults/warm.py is such a process: it reads jobs from its input, a line of JSON each, and says how each
ended. `Warm` starts it. What is a second of imports for a command is a few milliseconds for a fork.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

FAILED = 70
"""The status of a job that ended by an exception."""
ATTACH_SECONDS = 20


class Job(NamedTuple):
    """A job by its name in jobs.py, and what befalls it."""

    name: str
    arguments: Sequence[str] = ()
    kill_after: float | None = None
    """After so many seconds its process group is killed."""
    strace: Sequence[str] = ()
    """The options of a strace that follows it; none where there are none."""


@dataclass(frozen=True)
class Ended:
    """How a job ended."""

    status: int
    """Its exit status, or minus the signal that ended it."""
    said: str
    """What it wrote to its output and to its standard error."""
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether it was killed, and did not end by itself."""
        return self.status == -signal.SIGKILL


class Warm:
    """The process; a context manager that ends it."""

    def __init__(self, folder: Path, *before: str) -> None:
        """Start it in a folder, behind another command where one is given."""
        paths = [str(Path(__file__).parents[2]), *sys.path]
        own = {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "YINJU_REREAD": "0"}
        (folder / "temporary").mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [*before, sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder,
            env={**os.environ, **own, "TMPDIR": str(folder / "temporary"), "LC_MESSAGES": "en_US.UTF-8"},
        )  # fmt: skip

    def __enter__(self) -> "Warm":
        """The process itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """End it."""
        self._process.communicate()

    def begin(self, job: Job) -> None:
        """Have a job begun."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(job._asdict()) + "\n")
        self._process.stdin.flush()

    def end(self) -> Ended:
        """How the job that was begun ended."""
        assert self._process.stdout
        return Ended(**json.loads(self._process.stdout.readline()))

    def do(self, name: str, *arguments: object, kill_after: float | None = None, strace: Sequence[str] = ()) -> Ended:
        """How a job ended."""
        self.begin(Job(name, [*map(str, arguments)], kill_after, strace))
        return self.end()


def _serve() -> None:
    from tests.faults.jobs import JOBS, warm_up

    warm_up()
    for line in sys.stdin:
        job = Job(**json.loads(line))
        reading, writing = os.pipe()
        waiting, going = os.pipe()
        if not (child := os.fork()):
            os.setsid()
            for descriptor in (1, 2):
                os.dup2(writing, descriptor)
            for descriptor in (reading, writing, going):
                os.close(descriptor)
            os.read(waiting, 1)
            os._exit(_status(JOBS[job.name], job.arguments))
        os.close(writing)
        os.close(waiting)
        print(json.dumps(asdict(_followed(job, child, reading, going))), flush=True)


def _followed(job: Job, child: int, reading: int, going: int) -> Ended:
    while os.getpgid(child) != child:
        time.sleep(0.001)
    tracer = _attached(job.strace, child) if job.strace else None
    started = time.monotonic()
    os.write(going, b"g")
    os.close(going)
    with open(reading, encoding="utf-8", errors="replace") as output:
        if job.kill_after is not None:
            time.sleep(job.kill_after)
            os.killpg(child, signal.SIGKILL)
        said = output.read()
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - started
    if tracer:
        tracer.wait()
    return Ended(os.waitstatus_to_exitcode(status), said, seconds)


def _attached(options: Sequence[str], child: int) -> subprocess.Popen[bytes]:
    """A strace that follows a process and its threads from now on, but no program that it starts."""
    tracer = subprocess.Popen(["strace", "-f", "-b", "execve", "-qq", *options, "-p", str(child)], stdout=sys.stderr)
    until = time.monotonic() + ATTACH_SECONDS
    while f"TracerPid:\t{tracer.pid}\n" not in Path(f"/proc/{child}/status").read_text():
        if tracer.poll() is not None or time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            raise RuntimeError("strace could not follow a process")
        time.sleep(0.001)
    return tracer


def _status(job: object, arguments: Sequence[str]) -> int:
    assert callable(job)
    try:
        job(*arguments)
        status: int = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
        status = FAILED
    sys.stdout.flush()
    sys.stderr.flush()
    return status


if __name__ == "__main__":
    _serve()
