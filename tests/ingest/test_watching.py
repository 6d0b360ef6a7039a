"""Watching a folder: every change is told once, and only when it is over."""

from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from yinju.ingest import watching
from yinju.ingest.watching import changes_of


class NothingMoreError(Exception):
    """All that was to be seen has been seen."""


def told(monkeypatch: pytest.MonkeyPatch, looks: str) -> list[int]:
    """After which looks a change is told, each letter being what one look sees."""
    seen = 0

    def look(*folders: Path) -> list[tuple[str, int, int]]:
        nonlocal seen
        if seen == len(looks):
            raise NothingMoreError
        seen += 1
        return [(looks[seen - 1], 0, 0)]

    monkeypatch.setattr(watching, "_look", look)
    found = []
    with pytest.raises(NothingMoreError):
        for _ in changes_of(Path(), Path(), seconds=0):
            found.append(seen)
    return found


@pytest.mark.parametrize(
    ("looks", "after"),
    [("aaaa", []), ("abbb", [3]), ("abcddd", [5]), ("aba", []), ("abab", []), ("abbaa", [3, 5]), ("abbcc", [3, 5])],
)
def test_a_change_is_told_once_it_has_stood_for_a_look(
    monkeypatch: pytest.MonkeyPatch, looks: str, after: list[int]
) -> None:
    assert told(monkeypatch, looks) == after


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("甲", "utf-8")
    yield tmp_path / "corpus"


def add(corpus: Path) -> None:
    (corpus / "b.txt").write_text("乙", "utf-8")


def change(corpus: Path) -> None:
    (corpus / "a.txt").write_text("甲乙", "utf-8")


def remove(corpus: Path) -> None:
    (corpus / "a.txt").unlink()


@pytest.mark.parametrize("act", [add, change, remove])
def test_files_added_changed_and_removed_are_seen(corpus: Path, act: object) -> None:
    assert callable(act)
    timer = Timer(0.2, act, [corpus])
    timer.start()
    next(changes_of(corpus, corpus / "index", seconds=0.05))
    timer.join()
