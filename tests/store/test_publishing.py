"""A generation on disk: published whole, refused when anything in it is not as it was, kept while it is read."""

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from yinju.errors import IndexBusyError, IndexDamagedError, IndexMismatchError, IndexMissingError
from yinju.ingest.build import build, open_store
from yinju.library import open_library
from yinju.settings import Settings
from yinju.store.local import manifest as module
from yinju.store.local.locking import writer_lock
from yinju.store.local.manifest import FORMAT, MANIFEST
from yinju.store.local.pointer import GENERATIONS, current_number, folder_of
from yinju.store.local.publishing import SEGMENTS

if TYPE_CHECKING:
    from tests.conftest import ToyEncoder

REBUILD = "--rebuild"


@pytest.fixture
def index(toy_index: Path) -> Path:
    """An index of the small corpus at its first generation."""
    return toy_index


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by relative path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sums(files: Mapping[str, bytes]) -> dict[str, dict[str, object]]:
    """The size and SHA-256 of files."""
    return {name: {"size": len(data), "sha256": sha256(data).hexdigest()} for name, data in files.items()}


def test_a_publication_has_a_manifest_of_its_files(index: Path) -> None:
    assert current_number(index) == 1
    folder = folder_of(index, 1)
    manifest = json.loads((folder / MANIFEST).read_bytes())
    assert manifest["keywords"] == sums(files_of(folder / "keywords"))
    (segment,) = manifest["segments"]
    assert segment["digests"] == sums(files_of(index / SEGMENTS / segment["name"]))
    assert segment["digests"].keys() == {"documents.sqlite", "vectors.faiss"}
    assert (segment["files"], segment["passages"], segment["gone"]) == (3, 4, [])
    assert (manifest["format"], manifest["generation"], manifest["documents"]) == (FORMAT, 1, 3)
    assert manifest["facts"]["encoder"] == {"name": "toy", "fingerprint": "toy-1", "dimension": 16}
    assert (index / "CURRENT").read_text() == f"1 {sha256((folder / MANIFEST).read_bytes()).hexdigest()}\n"
    assert sorted(path.name for path in index.iterdir()) == ["CURRENT", GENERATIONS, SEGMENTS, "writer.lock"]
    assert len(open_store(index).open()) == manifest["passages"] == 4


def test_only_the_owner_can_look_inside(index: Path) -> None:
    assert all((index / name).stat().st_mode & 0o077 == 0 for name in (GENERATIONS, SEGMENTS))


def flip(data: bytes) -> bytes:
    """The same bytes with one bit of the middle one changed."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes | None]] = {
    "emptied": lambda data: b"",
    "halved": lambda data: data[: len(data) // 2],
    "cut by one": lambda data: data[:-1],
    "one bit": flip,
    "longer": lambda data: data + b"\0",
    "removed": lambda data: None,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_to_any_file_is_refused(
    index: Path, encoder: "ToyEncoder", damage: Callable[[bytes], bytes | None]
) -> None:
    for name, data in files_of(index).items():
        path = index / name
        if path.parent == index:
            continue  # the pointer has tests of its own
        changed = damage(data)
        if changed is None:
            path.unlink()
        else:
            path.write_bytes(changed)
        before = files_of(index)
        if data and changed != data:
            with pytest.raises(IndexDamagedError) as caught:
                open_store(index).open()
            assert str(path) in str(caught.value) and REBUILD in str(caught.value)
        assert files_of(index) == before
        path.write_bytes(data)
    assert len(open_store(index).open()) == 4


def test_damage_is_told_with_both_sizes(index: Path, encoder: "ToyEncoder") -> None:
    (path,) = (index / SEGMENTS).rglob("vectors.faiss")
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(IndexDamagedError, match=rf"{size - 9} bytes.* expected {size} bytes"):
        open_store(index).open()


@pytest.mark.parametrize("content", ["", "garbage", "1", "x y", "-1 abc", "² abc", "7 abc", "1 abc", "1 2 3", None])
def test_a_pointer_that_names_no_generation_is_refused(
    index: Path, encoder: "ToyEncoder", corpus: Path, content: str | None
) -> None:
    if content is None:
        (index / "CURRENT").unlink()
    else:
        (index / "CURRENT").write_text(content, "utf-8")
    before = files_of(index)
    with pytest.raises(IndexDamagedError, match=REBUILD):
        open_store(index).open()
    with pytest.raises(IndexDamagedError, match=REBUILD):
        build(corpus, index, encoder, Settings())
    assert files_of(index) | {"writer.lock": b""} == before | {"writer.lock": b""}
    assert build(corpus, index, encoder, Settings(), rebuild=True).generation > 1


def test_an_edited_manifest_is_refused(index: Path, encoder: "ToyEncoder") -> None:
    path = folder_of(index, 1) / MANIFEST
    path.write_text(path.read_text().replace('"passages": 4', '"passages": 5'))
    with pytest.raises(IndexDamagedError, match=rf"{path} is damaged.*{REBUILD}"):
        open_store(index).open()


@pytest.mark.parametrize("version", [0, 2, "x", None])
def test_another_format_is_refused_with_both_versions(index: Path, encoder: "ToyEncoder", version: object) -> None:
    path = folder_of(index, 1) / MANIFEST
    manifest = json.loads(path.read_text()) | {"format": version}
    path.write_text(json.dumps(manifest))
    (index / "CURRENT").write_text(f"1 {sha256(path.read_bytes()).hexdigest()}\n")
    before = files_of(index)
    with pytest.raises(IndexMismatchError, match=rf"format {version}, .* format {FORMAT}; .*{REBUILD}"):
        open_store(index).open()
    assert files_of(index) == before


def test_another_encoder_is_refused_with_both_names(index: Path, encoder: "ToyEncoder") -> None:
    other = type(encoder)("toy-2")
    with pytest.raises(IndexMismatchError, match=rf"toy \(toy-1, 16 .*toy \(toy-2, 16 .*YINJU_ENCODER.*{REBUILD}"):
        open_library(index, encoder=other)


def test_an_index_that_was_never_made_is_missing(tmp_path: Path, encoder: "ToyEncoder") -> None:
    with pytest.raises(IndexMissingError, match=f"yinju index CORPUS --index {tmp_path}"):
        open_store(tmp_path).open()
    assert current_number(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_is_told_who_writes(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    program = (
        "import sys, pathlib, os\n"
        "from yinju.store.local.locking import writer_lock\n"
        "with writer_lock(pathlib.Path(sys.argv[1])):\n"
        "    print(os.getpid(), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        process = other.stdout.readline().strip()
        with pytest.raises(IndexBusyError, match=f"written by process {process}; wait"):
            build(corpus, index, encoder, Settings())
        assert len(open_store(index).open()) == 4  # readers do not wait
        other.kill()
    build(corpus, index, encoder, Settings())


def test_the_lock_is_free_after_use(index: Path) -> None:
    for _ in range(2):
        with writer_lock(index), pytest.raises(IndexBusyError), writer_lock(index):
            pass


def folders(index: Path) -> list[list[str]]:
    """The publications and the segments that lie there."""
    return [sorted(path.name for path in (index / name).iterdir()) for name in (GENERATIONS, SEGMENTS)]


def test_an_edit_writes_a_segment_and_names_what_is_gone(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    before = files_of(index / SEGMENTS)
    (corpus / "新.txt").write_text("新的一年。", "utf-8")
    (corpus / "猫狗.txt").unlink()
    assert build(corpus, index, encoder, Settings()).generation == 2
    manifest = json.loads((folder_of(index, 2) / MANIFEST).read_bytes())
    assert [(one["name"], one["gone"]) for one in manifest["segments"]] == [
        ("000001-0", ["猫狗.txt"]),
        ("000002-0", []),
    ]
    assert files_of(index / SEGMENTS).items() >= before.items()
    assert encoder.documents == ["新\n新的一年。"]


def test_a_reader_keeps_what_it_reads_until_it_closes(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    reader = open_store(index).open()
    for number, name in ((2, "營銷.txt"), (3, "猫狗.txt")):
        (corpus / name).unlink()
        assert build(corpus, index, encoder, Settings()).generation == number
    assert folders(index)[0] == ["000001", "000002", "000003"]
    assert reader.documents.document("營銷.txt") is not None
    assert open_store(index).open().documents.document("營銷.txt") is None
    reader.close()
    build(corpus, index, encoder, Settings())
    assert folders(index)[0] == ["000002", "000003"]


def test_the_publication_before_is_kept_and_those_before_that_are_cleared(
    index: Path, corpus: Path, encoder: "ToyEncoder"
) -> None:
    for text in ("新的一年。", "新的二月。", "新的三月。"):
        (corpus / "新.txt").write_text(text, "utf-8")
        build(corpus, index, encoder, Settings())
    assert folders(index) == [["000003", "000004"], ["000001-0", "000003-0", "000004-0"]]


def test_a_forgotten_reader_lets_go(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    open_store(index).open()
    for text in ("新的一年。", "新的二月。"):
        (corpus / "新.txt").write_text(text, "utf-8")
        build(corpus, index, encoder, Settings())
    assert not folder_of(index, 1).exists()


def test_what_an_interrupted_build_left_is_cleared(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    left = [
        index / GENERATIONS / "building-000009",
        index / SEGMENTS / "building-000009-0",
        index / SEGMENTS / "000009-0",
    ]
    for folder in left:
        shutil.copytree(folder_of(index, 1), folder)
    assert len(open_store(index).open()) == 4
    build(corpus, index, encoder, Settings())
    assert not any(folder.exists() for folder in left)


def test_a_rollback_brings_back_what_was_there_before(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    store = open_store(index)
    with pytest.raises(IndexMissingError, match="keeps nothing earlier"):
        store.rollback()
    before = store.open().documents.documents()
    (corpus / "猫狗.txt").write_text("猫不见了。", "utf-8")
    build(corpus, index, encoder, Settings())
    assert (store.rollback(), store.open().documents.documents()) == (1, before)
    with pytest.raises(IndexMissingError, match="keeps nothing earlier"):
        store.rollback()
    report = build(corpus, index, encoder, Settings())
    assert report.generation == 3
    assert folders(index) == [["000001", "000003"], ["000001-0", "000003-0"]]
    assert store.rollback() == 1


def test_a_rollback_to_what_is_damaged_is_none(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    (corpus / "猫狗.txt").write_text("猫不见了。", "utf-8")
    build(corpus, index, encoder, Settings())
    (folder_of(index, 1) / "keywords" / "meta.json").write_text("{}")
    with pytest.raises(IndexDamagedError):
        open_store(index).rollback()
    assert open_store(index).open().number == 2


def test_what_was_checked_is_not_read_again(
    index: Path, corpus: Path, encoder: "ToyEncoder", monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(index)
    held = store.open()
    (corpus / "新.txt").write_text("新的一年。", "utf-8")
    build(corpus, index, encoder, Settings())
    read: list[str] = []
    real = module.digest_of

    def noted(path: Path) -> dict[str, Any]:
        read.append(path.parent.name)
        return real(path)

    monkeypatch.setattr(module, "digest_of", noted)
    assert len(store.open()) == 5
    held.close()
    assert "000001-0" not in read and {"000002-0", "keywords"} == {*read}


def reseal(index: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Edit the live manifest and make CURRENT agree with it."""
    path = folder_of(index, 1) / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")
    (index / "CURRENT").write_text(f"1 {sha256(path.read_bytes()).hexdigest()}\n", "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.pop("facts"),
        lambda manifest: manifest.pop("segments"),
        lambda manifest: manifest["segments"][0]["digests"].pop("vectors.faiss"),
        lambda manifest: manifest["keywords"].pop("meta.json"),
        lambda manifest: manifest.update(passages=1),
        lambda manifest: manifest["segments"][0].update(passages=1),
        lambda manifest: manifest.update(keywords=3),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    index: Path, encoder: "ToyEncoder", change: Callable[[dict[str, Any]], object]
) -> None:
    reseal(index, change)
    with pytest.raises(IndexDamagedError, match=rf"--index {index} {REBUILD}"):
        open_store(index).open()


def test_a_pointer_that_is_a_folder_is_damage(index: Path, encoder: "ToyEncoder") -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT").mkdir()
    with pytest.raises(IndexDamagedError, match=r"CURRENT is a folder"):
        open_store(index).open()


def test_who_writes_nothing_leaves_nothing_behind(tmp_path: Path) -> None:
    index = tmp_path / "a" / "b"
    with pytest.raises(RuntimeError), writer_lock(index):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    index.mkdir(parents=True)
    (index / "of somebody.txt").touch()
    with writer_lock(index):
        pass
    assert sorted(path.name for path in index.iterdir()) == ["of somebody.txt", "writer.lock"]
    (index / "of somebody.txt").unlink()
    with writer_lock(index):
        pass
    assert [*index.iterdir()] == [], "the folder was there before"


def test_a_lock_that_was_removed_before_it_was_held_gives_no_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, locked = fcntl.flock, list[int]()

    def flock(file: int, operation: int) -> None:
        real(file, operation)
        locked.append(file)
        if len(locked) == 1:
            (tmp_path / "writer.lock").unlink()

    monkeypatch.setattr(fcntl, "flock", flock)
    with writer_lock(tmp_path), pytest.raises(IndexBusyError), writer_lock(tmp_path):
        pass
