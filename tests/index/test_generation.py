"""A generation on disk: published whole, refused when anything in it is not as it was, kept while it is read."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yinju.errors import IndexBusyError, IndexDamagedError, IndexMismatchError, IndexMissingError
from yinju.index.build import build
from yinju.index.generation import MANIFEST, Generation, current_number, folder_of, writer_lock
from yinju.settings import Settings

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


def test_a_generation_is_published_with_a_manifest_of_its_files(index: Path, encoder: "ToyEncoder") -> None:
    assert current_number(index) == 1
    folder = folder_of(index, 1)
    files = files_of(folder)
    manifest = json.loads(files.pop(MANIFEST))
    assert manifest["files"] == {
        name: {"size": len(data), "sha256": sha256(data).hexdigest()} for name, data in files.items()
    }
    assert {"documents.sqlite", "vectors.faiss", "keywords/meta.json"} <= files.keys()
    assert (manifest["format"], manifest["generation"], manifest["documents"]) == (9, 1, 3)
    assert manifest["encoder"] == {"name": "toy", "fingerprint": "toy-1", "dimension": 16}
    assert (index / "CURRENT").read_text() == f"1 {sha256((folder / MANIFEST).read_bytes()).hexdigest()}\n"
    assert sorted(path.name for path in index.iterdir()) == ["CURRENT", "generations", "writer.lock"]
    assert len(Generation(index, encoder)) == manifest["passages"] == 4


def test_only_the_owner_can_look_inside(index: Path) -> None:
    assert (index / "generations").stat().st_mode & 0o077 == 0


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
    for name, data in files_of(folder_of(index, 1)).items():
        path, changed = folder_of(index, 1) / name, damage(data)
        if changed is None:
            path.unlink()
        else:
            path.write_bytes(changed)
        before = files_of(index)
        if data and changed != data:
            with pytest.raises(IndexDamagedError) as caught:
                Generation(index, encoder)
            assert str(path) in str(caught.value) and REBUILD in str(caught.value)
        assert files_of(index) == before
        path.write_bytes(data)
    assert len(Generation(index, encoder)) == 4


def test_damage_is_told_with_both_sizes(index: Path, encoder: "ToyEncoder") -> None:
    path = folder_of(index, 1) / "vectors.faiss"
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(IndexDamagedError, match=rf"{size - 9} bytes.* expected {size} bytes"):
        Generation(index, encoder)


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
        Generation(index, encoder)
    with pytest.raises(IndexDamagedError, match=REBUILD):
        build(corpus, index, encoder, Settings())
    assert files_of(index) | {"writer.lock": b""} == before | {"writer.lock": b""}
    assert build(corpus, index, encoder, Settings(), rebuild=True).generation == 2


def test_an_edited_manifest_is_refused(index: Path, encoder: "ToyEncoder") -> None:
    path = folder_of(index, 1) / MANIFEST
    path.write_text(path.read_text().replace('"passages": 4', '"passages": 5'))
    with pytest.raises(IndexDamagedError, match=rf"{path} is damaged.*{REBUILD}"):
        Generation(index, encoder)


@pytest.mark.parametrize("version", [0, 2, "x", None])
def test_another_format_is_refused_with_both_versions(index: Path, encoder: "ToyEncoder", version: object) -> None:
    path = folder_of(index, 1) / MANIFEST
    manifest = json.loads(path.read_text()) | {"format": version}
    path.write_text(json.dumps(manifest))
    (index / "CURRENT").write_text(f"1 {sha256(path.read_bytes()).hexdigest()}\n")
    before = files_of(index)
    with pytest.raises(IndexMismatchError, match=rf"format {version}, .* format 9; .*{REBUILD}"):
        Generation(index, encoder)
    assert files_of(index) == before


def test_another_encoder_is_refused_with_both_names(index: Path, encoder: "ToyEncoder") -> None:
    other = type(encoder)("toy-2")
    with pytest.raises(IndexMismatchError, match=rf"toy \(toy-1, 16 .*toy \(toy-2, 16 .*YINJU_ENCODER.*{REBUILD}"):
        Generation(index, other)


def test_an_index_that_was_never_made_is_missing(tmp_path: Path, encoder: "ToyEncoder") -> None:
    with pytest.raises(IndexMissingError, match=f"yinju index CORPUS --index {tmp_path}"):
        Generation(tmp_path, encoder)
    assert current_number(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_is_told_who_writes(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    program = (
        "import sys, pathlib, os\n"
        "from yinju.index.generation import writer_lock\n"
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
        assert len(Generation(index, encoder)) == 4  # readers do not wait
        other.kill()
    build(corpus, index, encoder, Settings())


def test_the_lock_is_free_after_use(index: Path) -> None:
    for _ in range(2):
        with writer_lock(index), pytest.raises(IndexBusyError), writer_lock(index):
            pass


def test_a_reader_keeps_its_generation_until_it_closes(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    reader = Generation(index, encoder)
    (corpus / "營銷.txt").unlink()
    assert build(corpus, index, encoder, Settings()).generation == 2
    assert folder_of(index, 1).exists()
    assert reader.storage.document("營銷.txt") is not None
    assert Generation(index, encoder).storage.document("營銷.txt") is None
    reader.close()
    build(corpus, index, encoder, Settings())
    assert not folder_of(index, 1).exists()


def test_a_generation_without_readers_is_cleared_at_once(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    (corpus / "新.txt").write_text("新的一年。", "utf-8")
    build(corpus, index, encoder, Settings())
    assert [path.name for path in (index / "generations").iterdir()] == ["000002"]


def test_a_forgotten_reader_lets_go(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    Generation(index, encoder)
    (corpus / "新.txt").write_text("新的一年。", "utf-8")
    build(corpus, index, encoder, Settings())
    assert not folder_of(index, 1).exists()


def test_what_an_interrupted_build_left_is_cleared(index: Path, corpus: Path, encoder: "ToyEncoder") -> None:
    left = index / "generations" / "building-000009"
    shutil.copytree(folder_of(index, 1), left)
    assert len(Generation(index, encoder)) == 4
    build(corpus, index, encoder, Settings())
    assert not left.exists()


def reseal(index: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Edit the live manifest and make CURRENT agree with it."""
    path = folder_of(index, 1) / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")
    (index / "CURRENT").write_text(f"1 {sha256(path.read_bytes()).hexdigest()}\n", "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.pop("encoder"),
        lambda manifest: manifest.pop("files"),
        lambda manifest: manifest["files"].pop("vectors.faiss"),
        lambda manifest: manifest.update(passages=1),
        lambda manifest: manifest.update(files=3),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    index: Path, encoder: "ToyEncoder", change: Callable[[dict[str, object]], object]
) -> None:
    reseal(index, change)
    with pytest.raises(IndexDamagedError, match=rf"--index {index} {REBUILD}"):
        Generation(index, encoder)


def test_a_pointer_that_is_a_folder_is_damage(index: Path, encoder: "ToyEncoder") -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT").mkdir()
    with pytest.raises(IndexDamagedError, match=r"CURRENT cannot be read"):
        Generation(index, encoder)
