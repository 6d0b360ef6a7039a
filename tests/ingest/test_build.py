"""A folder → the next generation: one end state per file, only what changed is done again, and no harm on the way."""

import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yinju.errors import CorpusError, IndexMismatchError, IndexWriteError
from yinju.evaluation import paragraph_document
from yinju.ingest import entries as module
from yinju.ingest.build import build, build_from_documents, open_store
from yinju.ingest.files import find_files
from yinju.ingest.records import OPENING_CHARACTERS, context_of, embedded_text
from yinju.library import build_index, open_library
from yinju.reading import read_document
from yinju.settings import Settings
from yinju.types import DocumentFacts, FileState, IngestReport

if TYPE_CHECKING:
    from tests.conftest import ToyEncoder


@pytest.fixture
def index(toy_index: Path) -> Path:
    """An index of the small corpus at its first generation."""
    return toy_index


def states(report: IngestReport) -> dict[str, tuple[str, str]]:
    """File name → state and code."""
    return {outcome.name: (outcome.state.value, outcome.code) for outcome in report.outcomes}


def names(index: Path) -> list[str]:
    """The documents of the live generation."""
    return [document.name for document in open_store(index).open().documents.documents()]


def words_found(index: Path, word: str) -> int:
    """In how many passages a word is found."""
    return len(open_store(index).open().keywords.search("words", [word], 100))


def make_odd_files(corpus: Path) -> None:
    """Put every kind of file that is not indexed beside the good ones."""
    (corpus / "空.txt").touch()
    (corpus / "blank.md").write_text(" \n\u3000", "utf-8")
    (corpus / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (corpus / ".hidden.txt").write_text("隱藏", "utf-8")
    (corpus / ".git").mkdir()
    (corpus / ".git" / "config").write_text("不列出", "utf-8")
    (corpus.parent / "outside.txt").write_text("外面", "utf-8")
    (corpus / "outside.txt").symlink_to(corpus.parent / "outside.txt")
    (corpus / "dangling.txt").symlink_to(corpus / "nothing.txt")
    (corpus / "inside.txt").symlink_to(corpus / "猫狗.txt")
    (corpus / "loop").symlink_to(corpus)
    (corpus / "folder.pdf").mkdir()
    os.mkfifo(corpus / "pipe.txt")


def test_every_file_ends_in_one_state(corpus: Path, tmp_path: Path, encoder: "ToyEncoder") -> None:
    make_odd_files(corpus)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(corpus / "socket"))
        report = build(corpus, tmp_path / "index", encoder, Settings())
    assert states(report) == {
        "空.txt": ("skipped", "empty"),
        "blank.md": ("skipped", "empty"),
        "picture.txt": ("failed", "unreadable"),
        "broken.pdf": ("failed", "unreadable"),
        ".hidden.txt": ("skipped", "hidden"),
        "outside.txt": ("skipped", "link"),
        "dangling.txt": ("skipped", "link"),
        "inside.txt": ("indexed", "ok"),
        "loop": ("skipped", "linked_folder"),
        "pipe.txt": ("skipped", "special"),
        "socket": ("skipped", "special"),
        "茶/高山茶.md": ("indexed", "ok"),
        "猫狗.txt": ("indexed", "ok"),
        "營銷.txt": ("indexed", "ok"),
    }
    assert sum(report.count(state) for state in FileState) == len(report.outcomes) == 14
    for outcome in report.outcomes:
        assert (outcome.passages > 0) == (outcome.state is FileState.INDEXED) == (outcome.message == "")
    assert names(tmp_path / "index") == ["inside.txt", "營銷.txt", "猫狗.txt", "茶/高山茶.md"]


def test_a_file_without_the_right_to_read_is_passed_over(
    index: Path, corpus: Path, encoder: "ToyEncoder", monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right is taken away by a stand-in, because root may read everything."""
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "猫狗.txt")
    report = build(corpus, index, encoder, Settings())
    assert states(report)["猫狗.txt"] == ("skipped", "unreadable")
    assert "權限" in next(outcome.message for outcome in report.outcomes if outcome.name == "猫狗.txt")
    assert names(index) == ["營銷.txt", "茶/高山茶.md"]


def test_a_file_that_vanishes_meanwhile_fails_alone(
    index: Path, corpus: Path, encoder: "ToyEncoder", monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [*find_files(corpus), ("走了.txt", corpus / "走了.txt", None)]
    monkeypatch.setattr(module, "find_files", lambda *folders: iter(found))
    assert states(build(corpus, index, encoder, Settings()))["走了.txt"] == ("failed", "unreadable")


@pytest.mark.parametrize("name", [b"\xb2\xe8.txt", b"line\nbreak.txt", b"[1].txt", b"-x.txt", "\u202e倒.txt".encode()])
def test_odd_names_are_indexed(corpus: Path, tmp_path: Path, encoder: "ToyEncoder", name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(corpus) + b"/" + name)).write_text("奇怪的檔名。", "utf-8")
    build(corpus, tmp_path / "index", encoder, Settings())
    assert name.decode("utf-8", "backslashreplace") in names(tmp_path / "index")
    assert all(outcome.reused for outcome in build(corpus, tmp_path / "index", encoder, Settings()).outcomes)


def test_a_passage_is_read_in_title_headings_and_the_opening_of_its_document(
    corpus: Path, tmp_path: Path, encoder: "ToyEncoder"
) -> None:
    build(corpus, tmp_path / "index", encoder, Settings(passage_characters=20))
    mountain, brewing = open_store(tmp_path / "index").open().documents.passages_of("茶/高山茶.md")[::2]
    lead = mountain.text
    assert context_of(mountain, lead) == ["高山茶", "高山茶", ""]
    assert context_of(brewing, lead) == ["高山茶", "高山茶", "沖泡", lead]
    assert context_of(brewing, lead * 100)[-1] == (lead * 100)[:OPENING_CHARACTERS]
    assert words_found(tmp_path / "index", "海拔") == 3


def test_the_embedded_text_has_title_and_headings(corpus: Path, tmp_path: Path, encoder: "ToyEncoder") -> None:
    build(corpus, tmp_path / "index", encoder, Settings())
    documents = open_store(tmp_path / "index").open().documents
    passages = [passage for name in documents.facts() for passage in documents.passages_of(name)]
    assert encoder.documents == [embedded_text(passage) for passage in passages]
    assert encoder.documents[-1] == "高山茶\n高山茶\n沖泡\n泡茶的水約九十五度。"


def test_an_unchanged_folder_makes_no_new_generation(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    make_odd_files(corpus)
    first = build(corpus, index, encoder, Settings())
    encoder.documents.clear()
    second = build(corpus, index, encoder, Settings())
    assert (first.generation, second.generation) == (2, 2)
    assert states(second) == states(first)
    assert {o.name for o in second.outcomes if o.state is FileState.INDEXED and not o.reused} == set()
    assert encoder.documents == []


def test_only_a_changed_file_is_embedded_again(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    old = open_store(index).open()
    (corpus / "營銷.txt").write_text("電商也是一種買賣。", "utf-8")
    report = build(corpus, index, encoder, Settings())
    assert encoder.documents == ["營銷\n電商也是一種買賣。"]
    assert {outcome.name for outcome in report.outcomes if outcome.reused} == {"茶/高山茶.md", "猫狗.txt"}
    new = open_store(index).open()
    assert (new.number, report.removed) == (2, ())
    assert (words_found(index, "微商"), words_found(index, "买卖")) == (0, 1)
    for name in ("茶/高山茶.md", "猫狗.txt"):
        (before, after) = (generation.documents.passages_of(name) for generation in (old, new))
        assert before == after
        ids = [passage.id for passage in before]
        assert (old.vectors.rows(ids) == new.vectors.rows(ids)).all()


def test_a_removed_file_is_gone(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    (corpus / "猫狗.txt").unlink()
    assert words_found(index, "猫") == 1
    report = build(corpus, index, encoder, Settings())
    assert (report.removed, report.generation) == (("猫狗.txt",), 2)
    assert names(index) == ["營銷.txt", "茶/高山茶.md"]
    assert words_found(index, "猫") == 0


def test_a_renamed_file_is_found_under_its_new_name(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    (corpus / "猫狗.txt").rename(corpus / "动物.txt")
    assert build(corpus, index, encoder, Settings()).removed == (), "it is not gone"
    assert names(index) == ["动物.txt", "營銷.txt", "茶/高山茶.md"]
    assert open_store(index).open().documents.passages_of("动物.txt")[0].title == "动物"


def test_a_failed_file_is_tried_again(corpus: Path, tmp_path: Path, encoder: "ToyEncoder") -> None:
    (corpus / "big.txt").write_text("很大的檔案。" + " " * 1_000_000, "utf-8")
    first = build(corpus, tmp_path / "index", encoder, Settings(file_megabytes=1))
    assert states(first)["big.txt"] == ("failed", "too_large")
    second = build(corpus, tmp_path / "index", encoder, Settings(file_megabytes=2))
    assert states(second)["big.txt"] == ("indexed", "ok")
    assert "big.txt" in names(tmp_path / "index")


def test_another_passage_length_divides_everything_anew(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    report = build(corpus, index, encoder, Settings(passage_characters=20))
    assert report.generation == 2
    assert not any(outcome.reused for outcome in report.outcomes)
    assert len(open_store(index).open()) > 4


def test_a_rebuild_starts_from_nothing(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    other = type(encoder)("toy-2")
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        build(corpus, index, other, Settings())
    assert other.documents == []
    report = build(corpus, index, other, Settings(), rebuild=True)
    assert (report.generation, len(other.documents)) == (2, 4)
    assert not any(outcome.reused for outcome in report.outcomes)
    assert open_store(index).open().facts.encoder["fingerprint"] == "toy-2"


NOTHING = [("missing", "is not a folder"), ("file", "is not a folder"), ("empty", "no file"), ("bad", "2 files, none")]


@pytest.mark.parametrize(("kind", "part"), NOTHING)
def test_nothing_to_index_leaves_the_index_as_it_was(
    index: Path, tmp_path: Path, encoder: "ToyEncoder", kind: str, part: str
) -> None:
    folder = tmp_path / kind
    if kind == "file":
        folder.touch()
    elif kind != "missing":
        folder.mkdir()
    if kind == "bad":
        (folder / "空.txt").touch()
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(CorpusError, match=part) as caught:
        build(folder, index, encoder, Settings())
    assert str(folder) in str(caught.value) and "\n" not in str(caught.value)
    assert (open_store(index).open().number, len(names(index))) == (1, 3)


def test_progress_is_told_for_each_file(corpus: Path, tmp_path: Path, encoder: "ToyEncoder") -> None:
    seen: list[tuple[int, int, str]] = []
    build(corpus, tmp_path / "index", encoder, Settings(), progress=lambda *step: seen.append(step))
    assert seen[:3] == [(1, 3, "read 營銷.txt"), (2, 3, "read 猫狗.txt"), (3, 3, "read 茶/高山茶.md")]


def test_documents_in_memory_are_indexed(tmp_path: Path, encoder: "ToyEncoder") -> None:
    documents = [read_document(text.encode(), name) for name, text in (("a.txt", "茶山。"), ("b.txt", "書店。"))]
    build_from_documents(documents, tmp_path / "index", encoder, Settings())
    kept = [replace(document, facts=DocumentFacts()) for document in documents]
    storage = open_store(tmp_path / "index").open().documents
    assert storage.documents() == kept
    assert [facts for _, facts in storage.facts().values()] == [document.facts for document in documents]


KILLED = """
import json, os, signal, sys
from yinju.embedding import shipped_encoder
from yinju.library import build_index
from yinju.text import tokens
tokens("loads the dictionary"), shipped_encoder()
os.cpu_count = lambda: 1
for line in sys.stdin:
    event_name, part, corpus, index = json.loads(line)
    if not (child := os.fork()):
        def kill(event, arguments):
            if event == event_name and part in str(arguments[0]):
                os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(kill)
        build_index(corpus, index)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Builds, each in a fork that is killed just before it opens or renames a file whose name has a part."""

Killed = Callable[[str, str, Path, Path], bool]


@pytest.fixture(scope="module")
def killed() -> Iterator[Killed]:
    """Whether a build came to the point of its death."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def build_until(event: str, part: str, corpus: Path, index: Path) -> bool:
            assert process.stdin and process.stdout
            print(json.dumps([event, part, str(corpus), str(index)]), file=process.stdin, flush=True)
            return int(process.stdout.readline()) == -signal.SIGKILL

        yield build_until


POINTS = [
    ("os.mkdir", "segments/building-"), ("os.rename", "segments/building-"), ("os.mkdir", "generations/building-"),
    ("os.link", ".term"), ("os.rename", "generations/building-"), ("os.rename", "CURRENT.new"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "part"), POINTS)
def test_a_killed_build_leaves_what_was_there(
    killed: Killed, built: Path, corpus: Path, tmp_path: Path, event: str, part: str
) -> None:
    """A first build leaves nothing, a second one the first generation; the next run mends both."""
    first, second = tmp_path / "first", tmp_path / "second"
    shutil.copytree(built / "shipped", second)
    (corpus / "猫狗.txt").unlink()
    (corpus / "新.txt").write_text("新的一年。", "utf-8")
    assert killed(event, part, corpus, first) == (event != "os.link")  # a first one has nothing to link
    assert killed(event, part, corpus, second)
    with open_library(second) as library:
        assert library.generation == 1
        assert "猫" in library.search("猫睡多久？")[0].passage.text
    for index in (first, second):
        report = build_index(corpus, index)
        assert names(index) == ["新.txt", "營銷.txt", "茶/高山茶.md"]
        assert report.generation in {int(path.name) for path in (index / "generations").iterdir()}
        assert not list(index.rglob("*building*"))
        kept = {"CURRENT", "generations", "segments", "writer.lock"}
        assert {path.name for path in index.iterdir()} - {"seen.json"} == kept, "which lacks files just written"


def test_a_full_disk_leaves_the_index_as_it_was(
    corpus: Path, tmp_path: Path, encoder: "ToyEncoder", monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder, Settings())
    (corpus / "new.txt").write_text("新的文件。", "utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("yinju.store.local.vectors.VectorWriter.write", full)
    with pytest.raises(IndexWriteError, match=r"No space left.*MB are free.*same command again"):
        build(corpus, index, encoder, Settings())
    assert sorted(folder.name for folder in (index / "generations").iterdir()) == ["000001"]
    open_store(index).open().close()
    monkeypatch.undo()
    assert build(corpus, index, encoder, Settings()).generation == 2


def test_an_index_that_cannot_be_written_says_so(corpus: Path, tmp_path: Path, encoder: "ToyEncoder") -> None:
    (tmp_path / "index").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(IndexWriteError, match=r"is a file, expected the folder.*--index index"):
        build(corpus, tmp_path / "index", encoder, Settings())


def test_links_that_lead_nowhere_stop_nothing(corpus: Path, tmp_path: Path, encoder: "ToyEncoder") -> None:
    (corpus / "a").symlink_to("b")
    (corpus / "b").symlink_to("a")
    report = build(corpus, tmp_path / "index", encoder, Settings())
    assert {name: state for name, state in states(report).items() if name in "ab"} == {
        "a": ("skipped", "link"),
        "b": ("skipped", "link"),
    }
    assert report.count(FileState.INDEXED) == 3


def test_an_index_below_its_corpus_is_not_indexed(corpus: Path, encoder: "ToyEncoder") -> None:
    build(corpus, corpus / "index", encoder, Settings())
    report = build(corpus, corpus / "index", encoder, Settings())
    assert report.generation == 1
    assert len(report.outcomes) == 3


def test_what_is_not_ours_below_generations_is_left_alone(corpus: Path, tmp_path: Path, encoder: "ToyEncoder") -> None:
    theirs = tmp_path / "index" / "generations"
    for folder in ("photos", "000009"):
        (theirs / folder).mkdir(parents=True)
        (theirs / folder / "kept.txt").write_text("kept", "utf-8")
    (theirs / ".DS_Store").write_text("x", "utf-8")
    build(corpus, tmp_path / "index", encoder, Settings(), rebuild=True)
    assert (theirs / "photos" / "kept.txt").exists()
    assert (theirs / "000009" / "kept.txt").exists()
    assert (theirs / ".DS_Store").exists()


def test_documents_without_text_are_told(tmp_path: Path, encoder: "ToyEncoder") -> None:
    blank = paragraph_document("a", "題", "", " \n")
    with pytest.raises(CorpusError, match="None of 1 documents holds text"):
        build_from_documents([blank], tmp_path / "index", encoder, Settings())
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_a_stated_encoding_is_heeded_as_soon_as_it_changes(tmp_path: Path, encoder: "ToyEncoder") -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "甲.txt").write_bytes("中文中文中文".encode("big5"))
    (corpus / "乙.md").write_text("茶山。\n", "utf-8")

    def read() -> tuple[str, int]:
        report = build(corpus, index, encoder, Settings())
        with closing(open_store(index).open()) as opened:
            document = opened.documents.document("甲.txt")
            assert document
            return document.text, sum(not outcome.reused for outcome in report.outcomes)

    assert read() == ("中文中文中文", 2)
    (corpus / ".yinju-encodings").write_text("甲.txt = gbk\n", "utf-8")
    assert read() == ("中文中文中文".encode("big5").decode("gbk"), 1)
    assert read()[1] == 0
    (corpus / ".yinju-encodings").unlink()
    assert read() == ("中文中文中文", 1)
