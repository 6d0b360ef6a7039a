"""Who changed what, and when: one line of JSON a change, in a file that is only ever added to.

Each line holds the SHA-256 of the line before it, so that one that was changed, added or taken out later shows; that
the last lines are gone shows only against the hash that `yinju audit --check` told before. What is asked and what
documents say stands in none. Whoever calls says once who acts, by `acting`; what changes anything says what, by
`recorded` or `record`, and knows of nobody.
"""

import fcntl
import hashlib
import inspect
import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from io import FileIO
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from yinju.durable import sync
from yinju.errors import AuditError, YinjuError
from yinju.reasons import Reason, cause_of
from yinju.settings import Settings

DONE = "done"
"""The outcome of what was not refused."""
FILE = "audit.jsonl"
"""In the folder of the first index."""
TARGET_CHARACTERS = 1_000
"""How much is told of what was changed."""
COMMAND_LINE = "command line"
_TAIL = 64 * 1024

P = ParamSpec("P")
R = TypeVar("R")
Entry = dict[str, Any]

logger = logging.getLogger(__name__)


class AuditLog:
    """The file of changes and the older ones beside it. Safe for several threads and processes."""

    def __init__(self, path: Path, megabytes: int, older: int) -> None:
        """Name the file, which is put aside at a size; so many `older` ones are kept."""
        self.path, self._most_bytes, self._older = path, megabytes * 1_000_000, older

    def append(self, **facts: str) -> None:
        """Add a line, which is safe on the disk then.

        Raises:
            OSError: it cannot be written.
        """
        with self._held() as file:
            before = hashlib.sha256(self._last_line(file)).hexdigest()
            entry = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **facts, "before": before}
            size, line = file.seek(0, os.SEEK_END), json.dumps(entry).encode() + b"\n"
            torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
            file.write(b"\n" + line if torn else line)
            os.fsync(file.fileno())
            if size == 0:
                sync(self.path.parent)
            if size + len(line) >= self._most_bytes:
                self._put_aside()

    def files(self) -> list[Path]:
        """The files that there are, the oldest first."""
        return [*self._aside(), *([self.path] if self.path.exists() else [])]

    def lines(self) -> Iterator[tuple[Path, int, bytes]]:
        """Every line, the oldest first, with the file and its number there."""
        for file in self.files():
            with file.open("rb") as opened:
                for number, line in enumerate(opened, start=1):
                    yield file, number, line.rstrip(b"\n")

    def entries(self, since: str = "") -> Iterator[Entry]:
        """What was recorded, the oldest first, from a day on; a line that cannot be read is passed over."""
        for _, _, line in self.lines():
            entry = _entry_of(line)
            if entry and str(entry.get("time", "")) >= since:
                yield entry

    def check(self) -> tuple[int, str]:
        """How many lines there are, and the SHA-256 of the last.

        Raises:
            AuditError: a line is not what follows the one before it.
        """
        count, last, wrong = 0, b"", list[Reason]()
        begun = bool(self._aside()[:1]) and not self._aside()[0].name.endswith("-000001.jsonl")  # older ones are gone
        for file, number, line in self.lines():
            entry = _entry_of(line)
            if not entry or (entry.get("before") != hashlib.sha256(last).hexdigest() and (count or not begun)):
                wrong.append(Reason("audit.line", {"path": str(file), "number": number}))
            count, last = count + 1, line
        if wrong:
            raise AuditError("audit.broken", count=len(wrong), found=wrong[:5])
        return count, hashlib.sha256(last).hexdigest()

    @contextmanager
    def _held(self) -> Iterator[FileIO]:
        """The file, which nobody else adds to meanwhile."""
        while True:
            with os.fdopen(os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600), "ab+", 0) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                with suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(file.fileno()), self.path.stat()):
                        yield file
                        return

    def _last_line(self, file: FileIO) -> bytes:
        """The last line, of the file before where there is none; empty for the first of all."""
        if tail := _tail(file):
            return tail
        for older in self._aside()[-1:]:
            with older.open("rb", 0) as opened:
                return _tail(opened)
        return b""

    def _aside(self) -> list[Path]:
        name = re.compile(rf"{re.escape(self.path.stem)}-\d{{6,}}{re.escape(self.path.suffix)}")
        with suppress(OSError):
            return sorted(path for path in self.path.parent.iterdir() if name.fullmatch(path.name))
        return []

    def _put_aside(self) -> None:
        aside = self._aside()
        number = int(aside[-1].stem.rpartition("-")[2]) + 1 if aside else 1
        self.path.rename(self.path.with_name(f"{self.path.stem}-{number:06d}{self.path.suffix}"))
        for oldest in self._aside()[: -self._older or None]:
            oldest.unlink()
        sync(self.path.parent)


def _tail(file: FileIO) -> bytes:
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _TAIL)
    return os.pread(file.fileno(), size - start, start).rstrip(b"\n").rpartition(b"\n")[2]


def _entry_of(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


Somebody = tuple[str, str]
"""A user's name, a visitor's short hash or the command line, and the id of the library in which that acts."""


@dataclass(slots=True)
class Acting:
    """Whose changes are recorded where; counts how many were."""

    log: AuditLog | None
    somebody: Callable[[], Somebody]
    """Tells who acts, once that is known."""
    request: str = ""
    """The id of the request that wants the changes."""
    recorded: int = 0


_NOW: ContextVar[Acting | None] = ContextVar("yinju_acting", default=None)


def now() -> Acting | None:
    """Who acts; None where nobody said so."""
    return _NOW.get()


def log_of(settings: Settings) -> AuditLog:
    """The file that the settings name."""
    path = Path(settings.audit) if settings.audit else Path(settings.index) / FILE
    return AuditLog(path, settings.audit_megabytes, settings.audit_files)


@contextmanager
def acting(current: Acting) -> Iterator[None]:
    """While it lasts, what is changed was changed by somebody."""
    before = _NOW.set(current)
    try:
        yield
    finally:
        _NOW.reset(before)


def record(action: str, target: str = "", who: str = "", library: str = "", outcome: str = DONE) -> None:
    """Add a line to the file of who acts now, and for whom and where, where that is not told; none where nobody does.

    What cannot be recorded is logged, and undoes nothing.
    """
    current = now()
    if current is None:
        return
    current.recorded += 1
    if current.log is None or not (current.log.path.parent if outcome == DONE else current.log.path).exists():
        return  # nothing is there yet: what is refused makes no file
    somebody, place = current.somebody()
    told = {"who": who or somebody, "action": action, "target": target[:TARGET_CHARACTERS],
            "library": library or place, "outcome": outcome, "request": current.request}  # fmt: skip
    try:
        current.log.append(**told)
    except OSError as error:
        if outcome == DONE:
            logger.error("a change is not recorded: %s", cause_of(error))


def recorded(action: str, target: str = "", but: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Have what a function does recorded, done or refused; its arguments are filled into the `target`.

    What is refused for the reason `but` is not: strangers could fill the files with it until all else is gone.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @wraps(function)
        def acts(*arguments: P.args, **options: P.kwargs) -> R:
            bound = signature.bind(*arguments, **options)
            bound.apply_defaults()
            told = target.format(**bound.arguments)
            try:
                done = function(*arguments, **options)
            except (YinjuError, OSError) as error:
                why = error.reason.name if isinstance(error, YinjuError) else "system"
                if why != but:
                    record(action, told, outcome=why)
                raise
            record(action, told)
            return done

        return acts

    return decorate
