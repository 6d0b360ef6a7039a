"""Long work → a bar on standard error."""

import sys
from threading import Lock
from typing import Any, Self

from yinju.messages import LANGUAGES, Language, say


class ProgressBar:
    """Long work on standard error: one bar for each kind of work, none for work of a single step."""

    def __init__(self, language: Language = LANGUAGES[0]) -> None:
        """Show nothing yet; the kinds of work will be named in a language."""
        self._language = language
        self._kind = ""
        self._bar: Any = None
        self._lock = Lock()

    def __enter__(self) -> Self:
        """The bar itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Take the bar away."""
        self.close()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Show that `done` of `total` steps are over; `what` begins with the kind of work. Safe across threads."""
        with self._lock:
            self._show(done, total, what)

    def _show(self, done: int, total: int, what: str) -> None:
        kind, _, detail = what.partition(" ")
        if self._bar is None or self._kind != kind:
            self.close()
            from tqdm import tqdm

            named = say(f"progress.{kind}", self._language)
            self._kind, self._bar = kind, tqdm(total=total, desc=named, file=sys.stderr, disable=None, leave=False)
        self._bar.set_postfix_str(detail, refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
