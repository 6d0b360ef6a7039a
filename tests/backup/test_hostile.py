"""Backups that are cut off, damaged or made to do harm: each is refused, and not a byte of what is there changes."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.backup.places import Place

from yinju.backup import back_up, check, restore
from yinju.errors import BackupError, YinjuError
from yinju.messages import LANGUAGES

Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("hostile") / "one").fill("甲", 1)


@pytest.fixture(scope="module")
def file(place: Place) -> Path:
    back_up(file := place.folder.parent / "whole.tar.gz", place.settings)
    return file


def snapshot(folder: Path) -> dict[str, tuple[str, int]]:
    """Every path below a folder with its content and inode."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "", path.lstat().st_ino
        )
        for path in folder.rglob("*") if path.name != "writer.lock"
    }  # fmt: skip


def refused(path: Path, place: Place) -> YinjuError:
    """Why a backup is not restored; nothing changes then, here or beside."""
    before = snapshot(place.folder.parent)
    with pytest.raises(BackupError) as error:
        restore(path, place.settings, replacing=True)
    assert snapshot(place.folder.parent) == before
    empty = Place(place.folder.parent / "empty")
    with pytest.raises(BackupError):
        restore(path, empty.settings)
    assert not empty.folder.exists()
    assert all(error.value.said(language) for language in LANGUAGES)
    return error.value


def members_of(file: Path) -> Members:
    with tarfile.open(file) as tar:
        return [(one, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]


def packed(members: Members, path: Path) -> Path:
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for header, content in members:
            tar.addfile(header, io.BytesIO(content))
    return path


def header(name: str, size: int = 1, kind: bytes = tarfile.REGTYPE, **more: Any) -> tarfile.TarInfo:  # noqa: ANN401
    made = tarfile.TarInfo(name)
    made.size, made.type = size, kind
    for key, value in more.items():
        setattr(made, key, value)
    return made


def listed(members: Members, **changed: Any) -> Members:  # noqa: ANN401
    """The members with a last one that lists them as they are."""
    files = {one.name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
             for one, content in members[1:-1]}  # fmt: skip
    last = json.dumps({"files": files | changed, "left_out": 0}).encode()
    return [*members[:-1], (header("manifest.json", len(last)), last)]


def with_member(one: tarfile.TarInfo, content: bytes = b"x") -> Callable[[Members], Members]:
    return lambda members: listed([*members[:-1], (one, content), members[-1]])


def first(**facts: object) -> Callable[[Members], Members]:
    """The first member says something else."""

    def change(members: Members) -> Members:
        told = json.dumps(json.loads(members[0][1]) | facts).encode()
        return [(header("yinju-backup.json", len(told)), told), *members[1:]]

    return change


def instead(part: str, change: Callable[[bytes], bytes]) -> Callable[[Members], Members]:
    """The first member whose name holds a part says something else, and is listed so."""

    def changed(members: Members) -> Members:
        place = next(n for n, (one, _) in enumerate(members) if part in one.name)
        content = change(members[place][1])
        one = header(members[place][0].name, len(content))
        return listed([*members[:place], (one, content), *members[place + 1 :]])

    return changed


def newer_chats(content: bytes) -> bytes:
    """A file of chats as a later Yinju makes it: its format stands at byte 60."""
    return content[:60] + (99).to_bytes(4, "big") + content[64:]


HOSTILE: dict[str, tuple[Callable[[Members], Members], str]] = {
    "up": (with_member(header("first/corpus/../../../up.txt")), "no name"),
    "absolute": (with_member(header("/tmp/absolute.txt")), "no name"),
    "elsewhere": (with_member(header("first/index/writer.lock")), "no name"),
    "another library": (with_member(header("libraries/../../x/corpus/a.txt")), "no name"),
    "here": (with_member(header("first/corpus/./a.txt")), "no name"),
    "nothing between": (with_member(header("first/corpus//a.txt")), "no name"),
    "pax path": (with_member(header("first/corpus/a.txt", pax_headers={"path": "../../../up.txt"})), "no name"),
    "link": (with_member(header("first/corpus/l", 0, tarfile.SYMTYPE, linkname="/etc/passwd"), b""), "no regular"),
    "hard link": (with_member(header("first/corpus/l", 0, tarfile.LNKTYPE, linkname="first/CURRENT"), b""), "no regul"),
    "device": (with_member(header("first/corpus/d", 0, tarfile.CHRTYPE, devmajor=1, devminor=5), b""), "no regular"),
    "pipe": (with_member(header("first/corpus/p", 0, tarfile.FIFOTYPE), b""), "no regular"),
    "folder": (with_member(header("first/corpus/f", 0, tarfile.DIRTYPE), b""), "no regular"),
    "twice": (lambda m: listed([*m[:-1], m[1], m[-1]]), "twice"),
    "below a file": (lambda m: listed([*m[:-1], (header("first/corpus/猫狗.txt/a"), b"x"), m[-1]]), "beside"),
    "not listed": (lambda m: [*m[:-1], (header("first/corpus/a.txt"), b"x"), m[-1]], "not as listed"),
    "listed and gone": (lambda m: [*m[:3], *m[4:]], "not as listed"),
    "other content": (lambda m: [*m[:-2], (m[-2][0], bytes(m[-2][0].size)), m[-1]], "not as listed"),
    "no list": (lambda m: m[:-1], "cut off"),
    "list is none": (lambda m: [*m[:-1], (header("manifest.json", 2), b"[]")], "not a whole backup"),
    "list is no JSON": (lambda m: [*m[:-1], (header("manifest.json", 9), b"{" * 9)], "not a whole backup"),
    "no first": (lambda m: m[1:], "no backup of Yinju"),
    "newer": (first(format=2, yinju="9.0"), "format 2"),
    "odd format": (first(format=None), "format None"),
    "immense": (first(bytes=10**17), "no room"),
    "index lacks a file": (lambda m: listed([one for one in m if "documents.sqlite" not in one[0].name]), "manifest"),
    "index of another format": (instead("generations", lambda c: c.replace(b'"format": ', b'"format": 9')), "used by"),
    "index names nothing": (instead("index/CURRENT", lambda c: b"nonsense"), "used by"),
    "newer chats": (instead("chats.sqlite", newer_chats), "used by"),
    "users are none": (with_member(header("first/users.sqlite", 9), b"garbage.."), "used by"),
    "settings are none": (instead("settings.json", lambda c: b"[1]"), "settings.json"),
    "chats are none": (instead("chats.sqlite", lambda c: b"garbage" * 999), "used by"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_backup_is_refused(place: Place, file: Path, tmp_path: Path, kind: str) -> None:
    change, why = HOSTILE[kind]
    error = refused(packed(change(members_of(file)), tmp_path / "hostile.tar.gz"), place)
    assert why in error.said("en"), error


def test_a_name_that_takes_all_memory_is_refused(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    with gzip.open(path, "wb", 1) as packed:
        packed.write(header("x", 1 << 33, tarfile.XHDTYPE).tobuf(tarfile.GNU_FORMAT))
        for _ in range(200):
            packed.write(bytes(1 << 20))
    assert path.stat().st_size < 2_000_000
    assert "too large" in refused(path, place).said("en")


def test_what_is_no_backup_is_refused(place: Place, tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"x", bytes(5_000), gzip.compress(b""), gzip.compress(b"x" * 9_999))):
        (path := tmp_path / str(number)).write_bytes(content)
        refused(path, place)
    refused(tmp_path / "none", place)
    refused(tmp_path, place)


def test_a_backup_that_is_cut_off_is_refused(place: Place, file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    for length in (*(len(content) * n // 20 for n in range(20)), len(content) - 1, len(content) - 8):
        (path := tmp_path / "cut").write_bytes(content[:length])
        with pytest.raises(BackupError):
            check(path)
    refused(path, place)


def test_a_bit_that_turned_is_found_or_says_the_same(place: Place, file: Path, tmp_path: Path) -> None:
    """A run of zeros can be packed in several ways, so that a bit may turn and all unpacks to what it was."""
    content, chance, found = file.read_bytes(), Random(5), 0
    whole = gzip.decompress(content)
    for _ in range(60):
        broken = bytearray(content)
        broken[chance.randrange(10, len(content))] ^= 1 << chance.randrange(8)
        (path := tmp_path / "turned").write_bytes(broken)
        try:
            check(path)
            assert gzip.decompress(broken) == whole
        except BackupError:
            found += 1
            if found % 20 == 1:
                refused(path, place)
    assert found > 45
