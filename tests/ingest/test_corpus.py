"""The folder of documents: names are checked, files written whole, and nothing is lost on the way out."""

import errno
import fcntl
import os
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from yinju.errors import DocumentsError
from yinju.ingest.corpus import Corpus
from yinju.ingest.deleted import DELETED, Deleted
from yinju.ingest.files import UNFINISHED, clear_unfinished, find_files
from yinju.ingest.names import checked_name
from yinju.settings import Settings


@pytest.fixture
def folder(corpus: Path, tmp_path: Path) -> Corpus:
    return Corpus(corpus, tmp_path / "index", Settings(file_megabytes=1))


def write(folder: Corpus, name: str, content: bytes = b"x") -> str:
    with folder.write(name) as incoming:
        incoming.write(content)
        return incoming.finish()


def kept(tmp_path: Path) -> list[bytes]:
    """What lies among the deleted files."""
    return [path.read_bytes() for path in sorted((tmp_path / "index" / "deleted").iterdir())]


NAMES = [
    ("", "name.empty"), ("甲/ ", "name.empty"), ("/etc/passwd", "name.outside"), ("../a.txt", "name.outside"),
    ("甲/../../a.txt", "name.outside"), ("甲//a.txt", "name.outside"), ("./a", "name.outside"), ("..", "name.outside"),
    (".hidden", "name.hidden"), ("甲/.git/a", "name.hidden"), (f"{UNFINISHED}a", "name.hidden"),
    ("a\nb.txt", "name.characters"), ("a\0b", "name.characters"), ("a\\b.txt", "name.characters"),
    ("\u202egnp.txt", "name.characters"), ("\ud800.txt", "name.characters"), ("\u2028.txt", "name.characters"),
    ("字" * 67, "name.long"), ("a" * 201 + "/b.txt", "name.long"), ("/".join("abcdefghijk"), "name.deep"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reason"), NAMES)
def test_a_name_that_cannot_be_used_is_refused(folder: Corpus, name: str, reason: str) -> None:
    with pytest.raises(DocumentsError) as told:
        folder.write(name)
    assert told.value.reason.name == reason


@pytest.mark.parametrize(
    "name", ["茶.txt", "甲/乙 丙.pdf", "a'b\"<i>&.txt", "𰻞𰻞麵.md", "👩‍🌾.txt", "字" * 66, "-x", "%2e%2e"]
)
def test_other_names_stay_as_they_are(name: str) -> None:
    assert checked_name(name) == name


def test_a_name_in_pieces_is_put_together() -> None:
    assert checked_name("が\u3099".replace("が", "か")) == "が"


def test_a_file_is_written_whole_and_an_earlier_one_is_kept(folder: Corpus, tmp_path: Path) -> None:
    assert write(folder, "新/茶.txt", b"one") == ""
    name = write(folder, "新/茶.txt", b"two")
    assert (folder.folder / "新/茶.txt").read_bytes() == b"two"
    assert kept(tmp_path) == [b"one"]
    assert name.endswith("-7692c3ad3540-新_茶.txt")
    assert not [*folder.folder.glob(".*")]


def test_a_file_that_is_not_finished_leaves_nothing(folder: Corpus) -> None:
    before = sorted(folder.folder.rglob("*"))
    with folder.write("a.txt") as incoming:
        incoming.write(b"half")
        assert [path.name.startswith(UNFINISHED) for path in folder.folder.glob(".*")] == [True]
        assert not [name for name, _, _ in find_files(folder.folder) if "yinju" in name]
        clear_unfinished(folder.folder)
        assert [*folder.folder.glob(".*")], "somebody is writing it"
    assert sorted(folder.folder.rglob("*")) == before


def test_a_file_that_is_cleared_before_it_is_locked_is_begun_again(
    folder: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock
    cleared: list[str] = []

    def lock(file: BinaryIO, how: int) -> None:
        if not cleared:
            cleared.append(file.name)
            Path(file.name).unlink()
        real(file, how)

    monkeypatch.setattr("yinju.ingest.files.fcntl.flock", lock)
    write(folder, "a.txt", b"whole")
    assert (len(cleared), (folder.folder / "a.txt").read_bytes()) == (1, b"whole")


def test_what_a_crash_left_is_cleared(folder: Corpus) -> None:
    (folder.folder / f"{UNFINISHED}0").write_bytes(b"half")
    clear_unfinished(folder.folder)
    assert [*folder.folder.glob(".*")] == []


def test_a_file_above_the_limit_is_refused_while_it_comes(folder: Corpus) -> None:
    with pytest.raises(DocumentsError, match="1 MB") as told, folder.write("a.txt") as incoming:
        for _ in range(3):
            incoming.write(bytes(500_000))
    assert (told.value.code, [*folder.folder.glob(".*")]) == ("too_large", [])
    assert not (folder.folder / "a.txt").exists()


@pytest.mark.parametrize(
    ("limits", "code"), [(Settings(corpus_files=3), "too_many"), (Settings(corpus_megabytes=1), "quota")]
)
def test_the_folder_takes_no_more_than_it_may(corpus: Path, tmp_path: Path, limits: Settings, code: str) -> None:
    folder = Corpus(corpus, tmp_path / "index", limits)
    with pytest.raises(DocumentsError) as told:
        write(folder, "a.txt", bytes(1_000_000))
    assert (told.value.code, (corpus / "a.txt").exists()) == (code, False)
    write(folder, "猫狗.txt", b"replaced")


def test_what_is_kept_deleted_and_what_is_on_its_way_take_room(corpus: Path, tmp_path: Path) -> None:
    folder = Corpus(corpus, tmp_path / "index", Settings(corpus_megabytes=1))
    write(folder, "a.txt", bytes(600_000))
    with pytest.raises(DocumentsError, match=r"0\.0 MB") as told:
        write(folder, "b.txt", bytes(500_000))
    folder.remove("a.txt")
    with pytest.raises(DocumentsError, match=r"0\.6 MB"):
        write(folder, "b.txt", bytes(500_000))
    folder.empty_deleted()
    with folder.write("c.txt") as growing:
        growing.write(bytes(600_000))
        with pytest.raises(DocumentsError):
            write(folder, "b.txt", bytes(500_000))
    write(folder, "b.txt", bytes(500_000))
    assert (told.value.code, (corpus / "b.txt").stat().st_size) == ("quota", 500_000)


def test_deleted_files_go_by_age_and_by_size(corpus: Path, tmp_path: Path) -> None:
    index, day = tmp_path / "index", time.strftime("%Y%m%d", time.gmtime(time.time() - 9 * 86_400))
    folder = Corpus(corpus, index, Settings(deleted_days=8, deleted_megabytes=1))
    (index / "deleted").mkdir(parents=True)
    old = index / "deleted" / f"{day}T000000Z-{'a' * 12}-old.txt"
    old.write_bytes(b"x")
    for name in ("a.txt", "b.txt"):
        write(folder, name, name.encode() * 140_000)
        folder.remove(name)
        time.sleep(1.1)  # they are kept by the second
    assert not old.exists() and len(kept(tmp_path)) == 2
    write(folder, "c.txt", b"c")
    assert kept(tmp_path) == [b"b.txt" * 140_000]


def test_two_files_at_once_do_not_pass_the_limit_together(corpus: Path, tmp_path: Path) -> None:
    folder = Corpus(corpus, tmp_path / "index", Settings(corpus_files=4))
    with folder.write("a.txt") as one, folder.write("b.txt") as other:
        one.finish()
        with pytest.raises(DocumentsError) as told:
            other.finish()
    assert (told.value.code, (corpus / "b.txt").exists()) == ("too_many", False)


def test_a_removed_file_is_kept_and_can_be_brought_back(folder: Corpus, tmp_path: Path) -> None:
    content = (folder.folder / "茶/高山茶.md").read_bytes()
    name = folder.remove("茶/高山茶.md")
    assert (kept(tmp_path), (folder.folder / "茶/高山茶.md").exists()) == ([content], False)
    folder.restore("茶/高山茶.md", name)
    assert (folder.folder / "茶/高山茶.md").read_bytes() == content
    with pytest.raises(DocumentsError) as told:
        folder.restore("茶/高山茶.md", name)
    assert told.value.code == "occupied"
    for other in ("../CURRENT", "20260101T000000Z-000000000000-x", "", "/etc/passwd"):
        with pytest.raises(DocumentsError) as told:
            folder.restore("b.txt", other)
        assert told.value.code == "not_kept"


def test_on_another_disk_what_is_removed_is_copied(
    folder: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def apart(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", apart)
    content = (folder.folder / "猫狗.txt").read_bytes()
    folder.remove("猫狗.txt")
    assert kept(tmp_path) == [content]


@pytest.mark.parametrize(
    "name", ["../secret.txt", "nothing.txt", "茶", "", "茶/../猫狗.txt", ".git/config", "link/secret.txt"]
)
def test_only_files_of_the_folder_are_removed(folder: Corpus, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    (folder.folder / "link").symlink_to(tmp_path)
    (folder.folder / ".git").mkdir()
    (folder.folder / ".git" / "config").write_text("x", "utf-8")
    with pytest.raises(DocumentsError) as told:
        folder.remove(name)
    assert told.value.code == "not_there"
    assert (tmp_path / "secret.txt").exists()


def test_a_name_that_is_no_utf8_can_be_removed(folder: Corpus) -> None:
    path = os.fsencode(folder.folder) + b"/\xb2\xe8.txt"
    Path(os.fsdecode(path)).write_text("x", "utf-8")
    folder.remove("\\xb2\\xe8.txt")
    assert not os.path.exists(path)


def test_nothing_is_written_through_a_link_or_over_a_folder(folder: Corpus, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (folder.folder / "out").symlink_to(tmp_path / "outside")
    (folder.folder / "loop").symlink_to("loop")
    (folder.folder / "猫.txt").symlink_to("猫狗.txt")
    for name, reason in {
        "out/a.txt": "name.outside", "loop/a.txt": "name.outside", "茶": "name.taken", "猫狗.txt/a.txt": "name.taken",
        "猫.txt": "name.taken",
    }.items():  # fmt: skip
        with pytest.raises(DocumentsError) as told:
            write(folder, name)
        assert told.value.reason.name == reason, name
    assert [*(tmp_path / "outside").iterdir()] == []


def test_an_index_below_the_folder_is_none_of_its_documents(corpus: Path) -> None:
    folder = Corpus(corpus, corpus / "index", Settings(corpus_files=4))
    (corpus / "index" / "generations").mkdir(parents=True)
    for number in range(9):
        (corpus / "index" / f"{number}").touch()
    with pytest.raises(DocumentsError):
        write(folder, "index/CURRENT")
    with pytest.raises(DocumentsError):
        folder.remove("index/1")
    write(folder, "a.txt")


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "no_space"), (errno.EROFS, "not_writable"), (errno.EACCES, "not_writable")]
)
@pytest.mark.parametrize("step", ["fsync", "mkdir", "replace"])
def test_a_disk_that_refuses_loses_nothing(
    folder: Corpus, monkeypatch: pytest.MonkeyPatch, number: int, code: str, step: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    before = {path: path.read_bytes() for path in folder.folder.rglob("*.*")}
    monkeypatch.setattr(*{"fsync": (os, "fsync"), "mkdir": (Path, "mkdir"), "replace": (Path, "replace")}[step], refuse)
    with pytest.raises(DocumentsError) as told:
        write(folder, "猫狗.txt", b"new")
    assert told.value.code == code
    if step != "replace":
        with pytest.raises(DocumentsError) as told:
            folder.remove("茶/高山茶.md")
        assert told.value.code == code
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in folder.folder.rglob("*.*")} == before


def test_a_folder_that_cannot_be_written_says_so(folder: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DocumentsError, match="無法寫入"):
        folder.write("a.txt")


def test_emptying_what_was_deleted_frees_its_space_and_leaves_all_else(folder: Corpus, tmp_path: Path) -> None:
    assert folder.empty_deleted() == 0
    write(folder, "乙.txt", b"one")
    write(folder, "乙.txt", b"longer")
    first, second = folder.remove("乙.txt"), folder.remove("猫狗.txt")
    folder.restore("猫狗.txt", second)
    other = tmp_path / "index" / "deleted" / "notes"
    other.write_bytes(b"x")
    size = Deleted(tmp_path / "index" / DELETED).size()
    assert size == len(b"one" + b"longer"), "what was restored is in the folder of documents and frees nothing"
    assert folder.empty_deleted() == size
    assert kept(tmp_path) == [b"x"] and (folder.folder / "猫狗.txt").read_bytes()
    with pytest.raises(DocumentsError) as told:
        folder.restore("乙.txt", first)
    assert told.value.code == "not_kept"
