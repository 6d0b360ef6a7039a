"""Documents added, removed and read again: the index follows in the background, whatever happens on the way."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from yinju import open_library
from yinju.errors import DocumentsError
from yinju.ingest import following as module
from yinju.ingest.build import build as build_now
from yinju.ingest.build import open_store
from yinju.ingest.changes import Act, Change, Stage
from yinju.ingest.editor import Editor
from yinju.ingest.entries import Editing
from yinju.ingest.following import Follower
from yinju.library import Library, build_index
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.store.local.locking import writer_lock
from yinju.types import FileState

OPEN = Settings(refuse_below=0.0)


@pytest.fixture
def index(corpus: Path, tmp_path: Path, encoder: Encoder) -> Path:
    """An index of the small corpus, built from where it lies."""
    build_index(corpus, tmp_path / "index", encoder=encoder)
    return tmp_path / "index"


@pytest.fixture
def library(index: Path, encoder: Encoder) -> Iterator[Library]:
    with open_library(index, encoder=encoder, settings=OPEN) as opened:
        yield opened


@pytest.fixture
def editor(library: Library) -> Editor:
    return library.editor()


@pytest.fixture
def ended(editor: Editor) -> Callable[[Change], Change]:
    """Waits until a change has ended."""

    def wait(change: Change) -> Change:
        ended = editor.wait(change, 30)
        assert ended.ended, ended
        return ended

    return wait


Ended = Callable[[Change], Change]


def test_a_file_is_added_asked_replaced_and_removed(library: Library, ended: Ended) -> None:
    change = ended(library.add("新/年.txt", [b"\xe6\x96\xb0\xe7\x9a\x84", "一年，車很多。".encode()]))
    assert (change.stage, change.act, change.kept) == (Stage.DONE, Act.ADD, "")
    assert change.outcome and (change.outcome.state, change.outcome.passages) == (FileState.INDEXED, 1)
    assert library.ask("新的一年車多嗎？").citations[0].document == "新/年.txt"
    replaced = ended(library.add("新/年.txt", ["舊的一年，車很少。".encode()]))
    assert replaced.kept
    assert library.ask("一年的車？").citations[0].quote == "舊的一年，車很少。"
    removed = ended(library.remove("新/年.txt"))
    assert (removed.stage, removed.outcome) == (Stage.DONE, None)
    assert "新/年.txt" not in {citation.document for citation in library.ask("一年的車？").citations}
    assert library.document("新/年.txt") is None
    ended(library.editor().restore("新/年.txt", removed.kept))
    assert library.ask("一年的車？").citations[0].document == "新/年.txt"


def test_a_file_that_is_brought_back_has_its_tags_and_its_encoding(
    library: Library, editor: Editor, ended: Ended
) -> None:
    ended(library.add("舊.txt", ["新的一年，車很多。".encode("big5")]))
    ended(editor.read_as("舊.txt", "big5"))
    ended(editor.tag("舊.txt", ["甲", "乙"]))
    removed = ended(library.remove("舊.txt"))
    assert "舊.txt" not in library.facts.tags
    ended(editor.restore("舊.txt", removed.kept))
    assert (library.facts.tags["舊.txt"], library.facts.encodings["舊.txt"]) == (["乙", "甲"], "big5")


def test_tags_are_brought_back_whatever_waited_with_the_removal(
    library: Library, editor: Editor, ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended(library.add("a.txt", ["書。".encode()]))
    ended(editor.tag("a.txt", ["甲"]))
    held, real = Event(), build_now

    def build(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the real one
        held.wait(30)
        return real(*arguments, **options)

    monkeypatch.setattr(module, "build", build)
    library.add("其他.txt", ["車。".encode()])  # what comes next waits for it, and is then indexed together
    editor.move("a.txt", "b.txt")
    editor.tag("b.txt", ["乙"], ["甲"])
    removed = library.remove("b.txt")
    held.set()
    ended(removed)
    assert not library.facts.tags
    restored = editor.restore("b.txt", removed.kept)
    ended(editor.tag("b.txt", ["丙"]))
    assert ended(restored).stage is Stage.DONE
    assert library.facts.tags == {"b.txt": ["丙", "乙"]}


def test_each_file_tells_how_it_ended_and_a_bad_one_stops_no_other(library: Library, ended: Ended) -> None:
    files = {
        "壞.pdf": b"%PDF-1.7 broken",
        "空.txt": b"",
        "圖.txt": b"\x89PNG\r\n\x1a\n" + bytes(99),
        "好.txt": "書。".encode(),
    }
    changes = [ended(library.add(name, [content])) for name, content in files.items()]
    told = [(change.stage, change.outcome.code) for change in changes if change.outcome]
    assert told == [(Stage.DONE, code) for code in ("unreadable", "empty", "unreadable", "ok")]


def test_what_waits_is_indexed_together(library: Library, monkeypatch: pytest.MonkeyPatch, ended: Ended) -> None:
    held, builds = Event(), []

    def build(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the real one
        builds.append(options["editing"].written)
        held.wait(30)
        return real(*arguments, **options)

    real = build_now
    monkeypatch.setattr(module, "build", build)
    changes = [library.add(f"{number}.txt", ["書。".encode()]) for number in range(5)]
    held.set()
    assert all(ended(change).stage is Stage.DONE for change in changes)
    assert sum(map(len, builds)) == 5
    assert len(builds) <= 2


def test_a_file_is_told_to_be_read_and_then_indexed(
    library: Library, editor: Editor, monkeypatch: pytest.MonkeyPatch, ended: Ended
) -> None:
    seen: list[Stage] = []
    real = editor._changes.update

    def update(ids: Any, **facts: Any) -> None:  # noqa: ANN401 - as the real one
        seen.append(facts["stage"])
        real(ids, **facts)

    monkeypatch.setattr(editor._changes, "update", update)
    assert library.add("a.txt", ["書。".encode()]).stage is Stage.WAITING
    ended(editor.changes()[0])
    assert seen == [Stage.READING, Stage.INDEXING, Stage.DONE]


def test_the_whole_folder_can_be_emptied_and_filled_again(library: Library, ended: Ended) -> None:
    for name in [outcome.name for outcome in library.outcomes()]:
        ended(library.remove(name))
    assert (library.outcomes(), library.passage_count, library.search("茶")) == ([], 0, [])
    answer = library.ask("高山茶在哪裡？")
    assert (answer.refused, answer.citations, answer.confidence) == (True, (), 0.0)
    ended(library.add("茶.txt", ["茶在山上。".encode()]))
    assert library.search("茶在哪裡？")[0].passage.text == "茶在山上。"


def test_a_file_read_again_keeps_when_it_was_added(library: Library, encoder: Any, ended: Ended) -> None:  # noqa: ANN401
    before = library.outcome("猫狗.txt")
    encoder.documents.clear()
    change = ended(library.editor().reread("猫狗.txt"))
    after = library.outcome("猫狗.txt")
    assert before and after and change.outcome
    assert (change.outcome.reused, after.added, library.generation) == (False, before.added, 2)
    assert len(encoder.documents) == 1
    assert (after.title, after.format, after.encoding, after.size) == ("猫狗", "text", "utf-8", before.size)
    assert after.seconds > 0 and after.sha256 == before.sha256
    with pytest.raises(DocumentsError):
        library.editor().reread("沒有.txt")


def test_a_failure_elsewhere_is_not_tried_again_until_it_is_asked_for(
    corpus: Path, index: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "壞.pdf").write_bytes(b"%PDF-1.7 broken")
    build_index(corpus, index, encoder=encoder)
    read: list[str] = []
    real = Follower._editing

    def editing(follower: Follower, batch: Any) -> Any:  # noqa: ANN401 - as the real one
        asked = real(follower, batch)
        return Editing(asked.again, asked.written, lambda name, ended: read.append(name))

    monkeypatch.setattr(Follower, "_editing", editing)
    with open_library(index, encoder=encoder, settings=OPEN) as library:
        changes: list[Callable[[], Change]] = [
            lambda: library.add("a.txt", ["書。".encode()]), lambda: library.editor().reread("壞.pdf"),
            lambda: library.add("壞.pdf", [b"%PDF-1.7 broken"]), lambda: library.add("a.txt", ["書。".encode()]),
        ]  # fmt: skip
        for change in changes:
            library.editor().wait(change(), 30)
            read.append("|")
    assert [name for place, name in enumerate(read) if name == "|" or read[place - 1] != name] == [
        "a.txt", "|", "壞.pdf", "|", "壞.pdf", "|", "|",
    ]  # fmt: skip


def test_a_build_that_fails_is_told_and_can_be_tried_again(
    library: Library, editor: Editor, monkeypatch: pytest.MonkeyPatch, ended: Ended
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("yinju.store.local.vectors.VectorWriter.write", fail)
        changes = [ended(library.add("a.txt", ["書。".encode()])), ended(library.remove("猫狗.txt"))]
        assert [(c.stage, c.reason and c.reason.name) for c in changes] == [(Stage.FAILED, "index_unwritten")] * 2
    for change in changes:
        while editor.wait(change, 30).stage is Stage.FAILED:
            editor.retry(change.id)
    assert {change.stage for change in editor.changes()} == {Stage.DONE}
    assert {outcome.name for outcome in library.outcomes()} == {"a.txt", "營銷.txt", "茶/高山茶.md"}
    with pytest.raises(DocumentsError):
        editor.retry(changes[0].id)


def test_it_waits_for_another_writer(library: Library, editor: Editor, index: Path, ended: Ended) -> None:
    with writer_lock(index):
        change = library.add("a.txt", ["書。".encode()])
        while (seen := editor.changes()[0]).reason is None:
            assert not seen.ended
        assert (seen.stage, seen.reason.name) == (Stage.WAITING, "index_busy")
    assert ended(change).stage is Stage.DONE


ANOTHER = """
import sys, yinju
with yinju.open_library(sys.argv[1]) as library:
    changes = [library.add(f"{sys.argv[2]}-{n}.txt", ["書。".encode()]) for n in range(4)]
    assert all(library.editor().wait(change, 60).stage == "done" for change in changes)
"""


def test_two_processes_that_write_at_once_lose_nothing(corpus: Path, tmp_path: Path) -> None:
    build_index(corpus, tmp_path / "index")
    command = [sys.executable, "-c", ANOTHER, str(tmp_path / "index")]
    both = [subprocess.Popen([*command, name]) for name in ("one", "other")]
    assert [process.wait(120) for process in both] == [0, 0]
    names = {outcome.name for outcome in open_store(tmp_path / "index").open().documents.outcomes().values()}
    assert {f"{name}-{number}.txt" for name in ("one", "other") for number in range(4)} <= names


CRASH = """
import os, sys, yinju
library = yinju.open_library(sys.argv[1])
assert library.editor().wait(library.add("a.txt", ["書在車上。".encode()]), 60).stage == "done"
library.add("b.txt", ["狗在山上。".encode()])
os.kill(os.getpid(), 9)
"""


def test_a_crash_loses_nothing_that_was_taken(corpus: Path, tmp_path: Path) -> None:
    build_index(corpus, tmp_path / "index")
    assert subprocess.run([sys.executable, "-c", CRASH, str(tmp_path / "index")], check=False).returncode == -9
    with open_library(tmp_path / "index") as library:
        assert library.document("a.txt")
    build_index(corpus, tmp_path / "index")
    with open_library(tmp_path / "index") as library:
        assert library.document("a.txt") and library.document("b.txt")


def test_closing_in_the_middle_says_so(index: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Event()
    real = build_now

    def build(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the real one
        begun.set()
        opened._changes.sleep(30)
        return real(*arguments, **options)

    monkeypatch.setattr(module, "build", build)
    library = open_library(index, encoder=encoder, settings=OPEN)
    opened = library.editor()
    change = library.add("a.txt", ["書。".encode()])
    assert begun.wait(30)
    library.close()
    seen = opened.wait(change, 0)
    assert (seen.stage, seen.reason and seen.reason.name) == (Stage.FAILED, "stopped")
    assert build_index(index.parent / "corpus", index, encoder=encoder).generation == 2


def test_nothing_is_done_where_it_may_not(index: Path, corpus: Path, encoder: Encoder) -> None:
    before = sorted(corpus.rglob("*"))
    with open_library(index, encoder=encoder, settings=Settings(read_only=True)) as library:
        changes: list[Callable[[], Change]] = [
            lambda: library.add("a.txt", [b"x"]),
            lambda: library.remove("猫狗.txt"),
            lambda: library.editor().reread("猫狗.txt"),
        ]
        for change in changes:
            with pytest.raises(DocumentsError) as told:
                change()
            assert told.value.code == "read_only"
    assert sorted(corpus.rglob("*")) == before
    corpus.rename(corpus.with_name("moved"))
    with open_library(index, encoder=encoder, settings=OPEN) as library, pytest.raises(DocumentsError) as told:
        library.add("a.txt", [b"x"])
    assert told.value.code == "no_folder"


def test_only_late_changes_are_told(library: Library, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yinju.ingest.changes.KEPT", 2)
    for _ in range(4):
        editor.wait(library.editor().reread("猫狗.txt"), 30)
    assert len(library.editor().changes()) == 3
