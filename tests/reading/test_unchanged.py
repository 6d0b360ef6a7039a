"""A file that somebody writes while it is read: read once more, then given up."""

import os
from io import BufferedReader
from pathlib import Path

import pytest

from yinju.errors import ReadingError
from yinju.reading.unchanged import CHANGING, read_unchanged
from yinju.reading.worker import read_regular_file
from yinju.reasons import LANGUAGES, Reason, say


class Writer:
    """Reads a file, in which it writes the first few times."""

    def __init__(self, path: Path, times: int, replaces: bool = False) -> None:
        """Write so many times, in place or by another file."""
        self.path, self.left, self.replaces = path, times, replaces

    def __call__(self, file: BufferedReader) -> bytes:
        """The first half of the file as it was and the second as it is after somebody has written it."""
        half = file.read(2)
        if self.left:
            self.left -= 1
            written = self.path.with_suffix(".new")
            written.write_bytes(b"after" * (self.left + 1))
            os.replace(written, self.path) if self.replaces else self.path.write_bytes(written.read_bytes())
        return half + file.read()


@pytest.mark.parametrize("replaces", [False, True])
def test_a_file_written_once_meanwhile_is_read_again(tmp_path: Path, replaces: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    assert read_unchanged(path, Writer(path, 1, replaces)) == b"after"


@pytest.mark.parametrize("replaces", [False, True])
def test_a_file_written_again_and_again_is_given_up(tmp_path: Path, replaces: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    with pytest.raises(ReadingError) as caught:
        read_unchanged(path, Writer(path, 9, replaces))
    assert (caught.value.code, caught.value.reason.name) == ("unreadable", CHANGING)


def test_the_reason_is_told_in_every_language() -> None:
    told = [say(Reason(CHANGING), language) for language in LANGUAGES]
    assert told[0].startswith("讀取時被修改") and told[1].startswith("读取时被修改") and len({*told}) == 3


def test_a_file_that_is_gone_is_no_change(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")

    def remove(file: BufferedReader) -> bytes:
        path.unlink(missing_ok=True)
        return file.read()

    with pytest.raises(FileNotFoundError):
        read_unchanged(path, remove)
    with pytest.raises(ReadingError) as caught:
        read_regular_file(str(path), 10)
    assert caught.value.reason.name == "unreadable.open"
