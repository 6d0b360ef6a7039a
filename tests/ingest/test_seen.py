"""What the files of a folder held is known without reading them again, for as long as they are the same."""

import os
import time
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yinju.ingest import entries, seen
from yinju.ingest.seen import SEEN, SeenFiles
from yinju.library import build_index, open_library
from yinju.reading.unchanged import read_unchanged

if TYPE_CHECKING:
    from tests.conftest import ToyEncoder

OLD = time.time() - 3_600
Digest = Callable[[BufferedReader], tuple[str, int]]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as long written after a hundredth of a second."""
    monkeypatch.setattr(seen, "RACY_SECONDS", 0.01)


@pytest.fixture
def summed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose bytes were summed."""
    names: list[str] = []

    def read_and_note(path: Path, read: Digest) -> tuple[str, int]:
        names.append(path.name)
        return read_unchanged(path, read)

    monkeypatch.setattr(entries, "read_unchanged", read_and_note)
    return names


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two files that were written some time ago."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"這是{name}的內容。", "utf-8")
    time.sleep(0.03)
    return folder


def test_what_has_not_changed_is_not_read_again(
    corpus: Path, tmp_path: Path, encoder: "ToyEncoder", summed: list[str]
) -> None:
    index = tmp_path / "index"
    build_index(corpus, index, encoder=encoder)
    assert sorted(summed) == ["a.txt", "b.txt"]
    summed.clear()
    report = build_index(corpus, index, encoder=encoder)
    assert summed == [] and all(outcome.reused for outcome in report.outcomes) and report.generation == 1
    (corpus / "b.txt").write_text("這是別的內容了。", "utf-8")
    assert [outcome.reused for outcome in build_index(corpus, index, encoder=encoder).outcomes] == [True, False]
    assert summed == ["b.txt"]


def test_a_file_of_the_same_size_and_time_is_told_by_its_change_of_status(
    corpus: Path, tmp_path: Path, encoder: "ToyEncoder"
) -> None:
    index, path = tmp_path / "index", corpus / "a.txt"
    build_index(corpus, index, encoder=encoder)
    status = path.stat()
    path.write_bytes(path.read_bytes().replace("這".encode(), "那".encode()))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert [outcome.reused for outcome in build_index(corpus, index, encoder=encoder).outcomes] == [False, True]
    with open_library(index, encoder=encoder) as library:
        document = library.document("a.txt")
    assert document and document.text.startswith("那")


def test_all_is_read_where_it_is_to_be_checked(
    corpus: Path, tmp_path: Path, encoder: "ToyEncoder", summed: list[str]
) -> None:
    """As after a disk lost what was written without telling."""
    index = tmp_path / "index"
    build_index(corpus, index, encoder=encoder)
    summed.clear()
    report = build_index(corpus, index, encoder=encoder, check=True)
    assert sorted(summed) == ["a.txt", "b.txt"] and all(outcome.reused for outcome in report.outcomes)


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b'{"corpus": 1, "files": 2}', b"\xff\x00{"])
def test_without_it_all_is_read_and_nothing_lost(
    corpus: Path, tmp_path: Path, encoder: "ToyEncoder", summed: list[str], content: bytes | None
) -> None:
    index = tmp_path / "index"
    build_index(corpus, index, encoder=encoder)
    if content is None:
        (index / SEEN).unlink()
    else:
        (index / SEEN).write_bytes(content)
    summed.clear()
    report = build_index(corpus, index, encoder=encoder)
    assert sorted(summed) == ["a.txt", "b.txt"] and all(outcome.reused for outcome in report.outcomes)


def test_another_folder_is_not_taken_for_the_one_seen(tmp_path: Path, corpus: Path) -> None:
    known = SeenFiles(tmp_path, corpus)
    known.note("a.txt", corpus / "a.txt", "00", time.time())
    known.save()
    assert SeenFiles(tmp_path, corpus).sha256("a.txt", corpus / "a.txt") == "00"
    assert SeenFiles(tmp_path, tmp_path).sha256("a.txt", corpus / "a.txt") is None
    assert SeenFiles(tmp_path, corpus, trusted=False).sha256("a.txt", corpus / "a.txt") is None


def test_what_was_just_written_is_read_again(tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be written once more within the same tick of a clock; so may a file from the future."""
    monkeypatch.setattr(seen, "RACY_SECONDS", 2.0)
    (corpus / "c.txt").write_text("剛寫的。", "utf-8")
    known = SeenFiles(tmp_path, corpus)
    known.note("c.txt", corpus / "c.txt", "00", time.time())
    os.utime(corpus / "c.txt", (OLD, time.time() + 3_600))
    known.note("c.txt", corpus / "c.txt", "00", time.time() + 60)
    known.save()
    assert not (tmp_path / SEEN).exists()
    known.note("c.txt", corpus / "c.txt", "00", time.time() + 7_200)
    known.save()
    assert (tmp_path / SEEN).exists()


def test_what_an_interrupted_build_left_goes_with_the_next(tmp_path: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    build_index(corpus, tmp_path / "index", encoder=encoder)
    left = (tmp_path / "index" / SEEN).with_suffix(".new")
    left.write_text("{")
    build_index(corpus, tmp_path / "index", encoder=encoder)
    assert not left.exists()
