"""Folders with odd things in them and odd names: nothing outside is read, and a citation opens exactly its own file."""

import errno
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from yinju import open_library
from yinju.ingest.build import build, open_store
from yinju.library import build_index
from yinju.protocols import Encoder
from yinju.reading import Reader
from yinju.settings import Settings
from yinju.types import Document, FileState, IngestReport

SECRET = "外面的祕密不可以進入索引"
LETTERS = "春夏秋冬東西南北金木水火土日月星風雨雪雲山川河海甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
NAMES: tuple[bytes, ...] = (
    b"a\nb.txt", b"a\tb.txt", b"a\rb.txt", b"\x1b[31mred.txt", b"\x07bell.txt", b"\x7f.txt", b" lead.txt",
    b"trail .txt", b"-rf.txt", b"--help.txt", b"~.txt", b"$HOME.txt", b"`id`.txt", b"a;b&c|d.txt", b"a'b\"c.txt",
    b"a\\b.txt", b"a\\..\\..\\etc.txt", b"a...txt", b"%2e%2e%2fetc.txt", b"a%00b.txt", b"a?b=c#d.txt", b"C:a.txt",
    b"NUL.txt", b"[1].txt", b"[1](x).txt", b"<img src=x onerror=alert(1)>.txt", b"<script>.txt", b"&lt;b&gt;.txt",
    b"{{7*7}}.txt", b"*?.txt", b"a = gbk.txt", b"#a.txt", b"\xb2\xe8.txt", b"\xff\xfe\x80.txt",
    *map(str.encode, (
        "\u202e倒txt.exe.txt", "\u200b零寬.txt", "👩\u200d👩\u200d👧.txt", "e\u0301.txt", "é.txt", "𠮷\U000e0100.txt",
        "﹁﹂.txt", f"{'長' * 83}.txt", f"{'n' * 251}.txt",
    )),
)  # fmt: skip
"""Names of files, each of which is its own to the byte."""
DEPTH = 200


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of one good file, with another outside of it that none may see."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text(SECRET, "utf-8")
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "good.txt").write_text("貓在茶山看書。", "utf-8")
    return folder


def ends(report: IngestReport) -> dict[str, tuple[str, str]]:
    """File name → state and code."""
    return {outcome.name: (outcome.state.value, outcome.code) for outcome in report.outcomes}


def test_d13_what_is_no_file_of_the_folder_is_skipped_with_a_reason(
    corpus: Path, tmp_path: Path, encoder: Encoder
) -> None:
    outside = tmp_path / "outside"
    for name, target in {
        "to file.txt": outside / "secret.txt", "to folder": outside, "up.txt": Path("../outside/secret.txt"),
        "zero.txt": Path("/dev/zero"), "stdin.txt": Path("/dev/stdin"), "self": Path("self"), "first": Path("second"),
        "second": Path("first"), "dangling.txt": Path("nowhere.txt"), "around": corpus, "above": tmp_path,
    }.items():  # fmt: skip
        (corpus / name).symlink_to(target)
    (corpus / "chain.txt").symlink_to(corpus / "to file.txt")
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "a.pdf").mkdir()
    (corpus / "a.pdf" / "inner.txt").write_text("茶。", "utf-8")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(corpus / "socket.txt"))
        report = build(corpus, tmp_path / "index", encoder, Settings())
    found = ends(report)
    assert {name: end for name, end in found.items() if end[0] == "indexed"}.keys() == {"good.txt", "a.pdf/inner.txt"}
    assert {code for state, code in found.values() if state != "indexed"} == {"link", "linked_folder", "special"}
    assert len(found) == 16
    assert all(outcome.message.endswith("。") for outcome in report.outcomes if outcome.state is not FileState.INDEXED)
    held = b"".join(path.read_bytes() for path in (tmp_path / "index").rglob("*") if path.is_file())
    assert SECRET.encode() not in held


def test_d13_a_file_without_the_right_to_read_fails_alone(
    corpus: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder it is passed over; where only opening tells, as on a network, it fails."""
    (corpus / "closed.txt").write_text("茶。", "utf-8")
    (corpus / "closed.txt").chmod(0)
    if os.geteuid() == 0:  # who may read everything
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "closed.txt")
    assert ends(build(corpus, tmp_path / "index", encoder, Settings()))["closed.txt"] == ("skipped", "unreadable")


def test_d13_a_folder_that_cannot_be_listed_is_told(
    corpus: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "closed").mkdir()
    (corpus / "closed" / "a.txt").write_text("茶。", "utf-8")
    real = os.scandir

    def scandir(path: Path) -> Any:  # noqa: ANN401 - its class has no public name
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = ends(build(corpus, tmp_path / "index", encoder, Settings()))
    assert found == {"closed": ("skipped", "unreadable"), "good.txt": ("indexed", "ok")}


def test_d13_a_file_that_turns_stale_is_passed_over(
    corpus: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "stale.txt").write_text("茶。", "utf-8")
    real = os.stat

    def stale(path: int | str | Path, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        if str(path).endswith("stale.txt"):
            raise OSError(errno.ESTALE, "Stale file handle")
        return real(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "stat", stale)
    found = ends(build(corpus, tmp_path / "index", encoder, Settings()))
    assert found["stale.txt"][0] in ("skipped", "failed") and found["good.txt"] == ("indexed", "ok")


def content(number: int) -> str:
    """A sentence that only one file has."""
    return f"第{number}份講的是{LETTERS[number % len(LETTERS)]}{LETTERS[-1 - number // 2]}，沒有別份相同。"


@pytest.fixture(scope="module")
def oddly_named(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Iterator[tuple[Path, IngestReport]]:
    """A folder of files with odd names, one of them below 200 folders, and how their index was built beside it."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "corpus").mkdir()
    for number, name in enumerate(NAMES):
        with open(os.fsencode(folder / "corpus") + b"/" + name, "w", encoding="utf-8") as file:
            file.write(content(number))
    deep = folder / "corpus" / "/".join(["深"] * DEPTH)
    deep.mkdir(parents=True)
    (deep / "底.txt").write_text(content(len(NAMES)), "utf-8")
    yield folder, build_index(folder / "corpus", folder / "index", encoder=real_encoder)


def test_d14_every_name_is_indexed_as_itself(oddly_named: tuple[Path, IngestReport]) -> None:
    _, report = oddly_named
    assert len(NAMES) >= 40
    expected = {name.decode("utf-8", "backslashreplace") for name in NAMES} | {"深/" * DEPTH + "底.txt"}
    assert {outcome.name for outcome in report.outcomes} == expected
    assert all(outcome.state is FileState.INDEXED for outcome in report.outcomes)


def test_d14_a_citation_opens_exactly_its_own_file(
    oddly_named: tuple[Path, IngestReport], real_encoder: Encoder
) -> None:
    folder, report = oddly_named
    with open_library(folder / "index", encoder=real_encoder) as library:
        for number, name in enumerate((*NAMES, f"{'深/' * DEPTH}底.txt".encode())):
            shown = name.decode("utf-8", "backslashreplace")
            document = library.document(shown)
            assert document is not None and document.text == content(number), shown
            hit = library.search(content(number))[0]
            assert (hit.passage.document, hit.passage.text) == (shown, content(number))
            original = library.original(shown)
            if original is not None:
                assert os.fsencode(original).endswith(b"/" + name)
                assert original.read_text("utf-8") == content(number)
        without = [outcome.name for outcome in report.outcomes if library.original(outcome.name) is None]
        assert len(without) == sum(name.decode("utf-8", "replace").count("\ufffd") > 0 for name in NAMES)


def test_d14_names_that_are_spelled_alike_stay_two_files(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    for number, name in enumerate((b"\xb2\xe8.txt", rb"\xb2\xe8.txt", b"\xb2" + rb"\xe8.txt")):
        (corpus / os.fsdecode(name)).write_text(content(number), "utf-8")
    build(corpus, tmp_path / "index", encoder, Settings())
    again = build(corpus, tmp_path / "index", encoder, Settings())
    assert len(again.outcomes) == 4 and all(outcome.reused for outcome in again.outcomes)
    opened = open_store(tmp_path / "index").open()
    plain = opened.documents.document(r"\xb2\xe8.txt")
    assert plain is not None and plain.text == content(1)
    assert {document.text for document in opened.documents.documents()} >= {content(number) for number in range(3)}
    opened.close()


def test_d14_names_are_read_in_the_child_as_given(tmp_path: Path) -> None:
    with Reader() as reader:
        for name in NAMES:
            path = tmp_path / os.fsdecode(name)
            path.write_text("內容。", "utf-8")
            document: Document = reader.read(path, os.fsdecode(name))
            assert (document.name, document.text) == (os.fsdecode(name), "內容。")
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", document.title)
