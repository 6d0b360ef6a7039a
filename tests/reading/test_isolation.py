"""Reading in a child process: whatever a file does to it, the parent goes on."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from yinju.errors import ReadingError
from yinju.reading import Reader, child, read_document, read_file
from yinju.reading.worker import answer


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader, and so one child, for all tests that do not end it."""
    with Reader(max_bytes=1_000_000) as shared:
        yield shared


def code_of(reader: Reader, path: Path | str) -> str:
    """The reason for which a file is refused."""
    with pytest.raises(ReadingError) as caught:
        reader.read(path, "name")
    return caught.value.code


def child_number(reader: Reader) -> int:
    """The process id of the reader's child."""
    assert reader._children[0]._process is not None
    return reader._children[0]._process.pid


def test_a_file_read_in_the_child_is_the_same_document(reader: Reader, tmp_path: Path) -> None:
    data = "題名\n\n一、甲𠮷\n內容。\n二、乙\n內容。\n".encode() + b"\xff"
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert reader.read(path, "目錄/a.txt") == read_document(data, "目錄/a.txt")


def test_errors_keep_code_and_message_and_the_child_goes_on(reader: Reader, tmp_path: Path) -> None:
    empty, good = tmp_path / "empty.txt", tmp_path / "good.txt"
    empty.touch()
    good.write_text("內容。", encoding="utf-8")
    with pytest.raises(ReadingError, match="空的") as caught:
        reader.read(empty, "empty.txt")
    assert caught.value.code == "empty"
    before = child_number(reader)
    assert reader.read(good, "good.txt").text == "內容。"
    assert child_number(reader) == before


def test_what_is_no_plain_file_is_refused_without_waiting(reader: Reader, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    folder = tmp_path / "a.pdf"
    folder.mkdir()
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(1_000_001)
    assert code_of(reader, pipe) == "not_a_file"
    assert code_of(reader, folder) == "not_a_file"
    assert code_of(reader, "/dev/zero") == "not_a_file"
    assert code_of(reader, tmp_path / "missing") == "unreadable"
    assert code_of(reader, large) == "too_large"


def test_names_of_any_bytes(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"bad\xff\nname.txt")
    path.write_text("內容。", encoding="utf-8")
    assert reader.read(path, path.name).name == path.name


def test_a_file_that_takes_too_long_ends_only_its_child(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("內容。", encoding="utf-8")
    with Reader(timeout_seconds=0.0) as hurried:
        assert code_of(hurried, path) == "timed_out"
        hurried._children[0]._timeout_seconds = 30
        assert hurried.read(path, "a.txt").text == "內容。"


def test_a_file_that_eats_the_memory_ends_only_its_child(tmp_path: Path) -> None:
    large, small = tmp_path / "large.txt", tmp_path / "small.txt"
    large.write_bytes("字".encode() * 30_000_000)
    small.write_text("內容。", encoding="utf-8")
    with Reader(memory_bytes=400_000_000) as poor:
        assert code_of(poor, large) == "out_of_memory"
        assert poor.read(small, "small.txt").text == "內容。"


def test_an_answer_that_is_too_long_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large, small = tmp_path / "large.txt", tmp_path / "small.txt"
    large.write_bytes("字".encode() * 30_000)
    small.write_text("內容。", encoding="utf-8")
    monkeypatch.setattr(child, "MOST_BYTES", 100_000)
    with Reader() as reader:
        with pytest.raises(ReadingError) as error:
            reader.read(large, "large.txt")
        assert error.value.reason.name == "too_large.text"
        assert reader.read(small, "small.txt").text == "內容。"


def test_a_crash_ends_only_its_child(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("內容。", encoding="utf-8")
    with Reader() as broken:
        broken.read(path, "a.txt")
        # The death of a child between two files goes unnoticed; one that dies over a file is a crash of that file.
        process = broken._children[0]._process
        assert process is not None
        process.kill()
        process.wait()
        assert broken.read(path, "a.txt").text == "內容。"
        aborting = [sys.executable, "-c", "import os; input(); os.abort()"]
        broken.close()
        broken._children[0]._process = subprocess.Popen(aborting, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert code_of(broken, path) == "crashed"
        assert broken.read(path, "a.txt").text == "內容。"


def test_closing_ends_the_child(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("內容。", encoding="utf-8")
    with Reader() as reader:
        reader.read(path, "a.txt")
        process = reader._children[0]._process
    assert process is not None and process.returncode is not None


def test_read_file_needs_no_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><h1>題</h1><p>內容。", encoding="utf-8")
    assert read_file(path, "a.html").text == "題\n內容。"


def test_the_child_imports_nothing_heavy() -> None:
    heavy = ("gradio", "faiss", "torch", "jieba", "numpy")
    modules = f"import sys, yinju.reading.worker; print([m for m in {heavy} if m in sys.modules])"
    search_path = str(child._PACKAGE_PARENT)
    done = subprocess.run(
        [sys.executable, "-c", modules], capture_output=True, text=True, check=True, env={"PYTHONPATH": search_path}
    )
    assert done.stdout.strip() == "[]"


def test_an_answer_is_json_also_for_a_lack_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("yinju.reading.worker.read_document", fail)
    path = tmp_path / "a.txt"
    path.write_text("內容。", encoding="utf-8")
    payload, healthy = answer({"path": str(path), "name": "a.txt", "max_bytes": 100})
    assert (json.loads(payload), healthy) == ({"error": {"name": "out_of_memory", "facts": {}}}, False)


def test_the_parent_keeps_its_own_limits() -> None:
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
