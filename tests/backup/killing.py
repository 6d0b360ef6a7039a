"""A process that backs up and restores, and is killed or refused by the disk in the middle: one job a line of JSON.

A job runs in a child of its own. With `step` that is killed, or told that the disk is full, just before the step-th
time it opens, renames, makes or removes anything below a folder; with `seconds` it is killed after these.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from yinju.backup import back_up, restore
from yinju.errors import YinjuError
from yinju.settings import Settings

EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "sqlite3.connect"}


def watch(job: dict[str, Any]) -> None:
    """Come to harm at a step."""
    count, below = 0, os.path.realpath(job["below"])

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        named = str(arguments[0]) if event in EVENTS else ""
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if job["harm"] == "full" and event in ("os.remove", "os.rmdir"):
            return  # for which no disk is too full
        if named.startswith(below):
            count += 1
            if count == job["step"]:
                if job["harm"] == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise OSError(28, os.strerror(28), named)

    sys.addaudithook(hook)


def run(job: dict[str, Any]) -> int:
    """Back up or restore: 0 when done, 3 when refused."""
    if "step" in job:
        watch(job)
    if "seconds" in job:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, job["seconds"])
    if job.get("blind"):  # the disk fills meanwhile
        usage = shutil.disk_usage("/")._replace(free=1 << 60)
        shutil.disk_usage = lambda _: usage  # type: ignore[assignment]
    settings = Settings(corpus=f"{job['place']}/corpus", index=f"{job['place']}/index")
    try:
        if job["act"] == "backup":
            back_up(Path(job["file"]), settings)
        else:
            restore(Path(job["file"]), settings, replacing=True)
    except YinjuError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


def main() -> None:
    """Answer each job with the status of its child."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                os._exit(run(json.loads(line)))
            finally:
                os._exit(9)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
