"""The store alone, which comes to harm: killed, refused by the disk, damaged, read and written by many at once.

Its edits are steps of one process, so that thousands are tried where of a whole command there are hundreds;
benchmarks/store_faults.py makes a table of the same.
"""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store_edits import LIVE, Workshop, leftovers, make, said, state, text_of, write
from store_faults import Bench
from store_use import Row, Use
from yinju.durable import sync
from yinju.errors import IndexBusyError, IndexDamagedError, IndexMissingError, IndexWriteError
from yinju.ingest.records import terms_of
from yinju.store.local import pointer, publishing
from yinju.store.local.locking import writer_lock
from yinju.store.local.manifest import MANIFEST
from yinju.store.local.pointer import GENERATIONS, folder_of
from yinju.store.local.publishing import SEGMENTS
from yinju.store.local.store import LocalStore

REBUILD = "--rebuild"
CLOSED = ("CURRENT", "generations", "segments/000001-0", "segments/000002-0/documents.sqlite")
UNPRIVILEGED = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
"""What keeps the superuser, as which tests may run, from what rights forbid."""
OPENS = """
import sys
from pathlib import Path
from yinju.errors import YinjuError
from yinju.store.local.store import LocalStore
for place in sys.argv[1:]:
    try:
        opened = LocalStore(Path(place)).open()
        print(opened.number, bool(opened.keywords.document_frequency("版")))
    except YinjuError as error:
        print(error)
"""


EDITED = ("add", "replace", "compact", "roll back")
full = pytest.mark.faults


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with Workshop() as workshop:
        yield Bench(tmp_path_factory.mktemp("bench"), workshop, EDITED)


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """All edits that there are."""
    with Workshop() as workshop:
        yield Bench(tmp_path_factory.mktemp("every"), workshop)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store at its fourth publication, made of three segments."""
    return make(tmp_path_factory.mktemp("base") / "index")


@pytest.fixture
def index(base: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(base, tmp_path / "index")


def refuse(*_: object, **__: object) -> None:
    """What a disk without room says."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def expect(row: Row, tried: int = 1) -> None:
    """All that was tried went as it should."""
    assert not row.wrong and row.tried >= tried


def test_a_kill_at_any_step_leaves_what_was_or_what_was_to_be(bench: Bench) -> None:
    expect(bench.kill_at_steps(23), 12)


def test_a_kill_at_any_time_does(bench: Bench) -> None:
    expect(bench.kill_at_random(1), 4)


def test_a_full_disk_leaves_what_was(bench: Bench) -> None:
    expect(bench.full_at_steps(37), 9)
    expect(bench.full_at_sizes(2), 8)


@pytest.mark.parametrize("rounds", [2, pytest.param(50, marks=full)])
def test_of_two_writers_one_is_told(bench: Bench, rounds: int) -> None:
    expect(bench.two_writers(rounds), rounds)


def test_damage_is_refused_by_name_and_mended(bench: Bench) -> None:
    for row in bench.damage(1, 17):
        expect(row, 15)


@full
def test_no_kill_at_all_harms(every: Bench) -> None:
    expect(every.kill_at_steps(1), 500)
    expect(every.kill_at_random(25), 200)


@full
def test_no_full_disk_at_all_harms(every: Bench) -> None:
    expect(every.full_at_steps(1), 500)
    expect(every.full_at_sizes(20), 100)


@full
def test_no_damage_at_all_harms(every: Bench) -> None:
    for row in every.damage(3):
        expect(row, 300)


@pytest.mark.parametrize(("publications", "processes"), [(5, 1), pytest.param(50, 4, marks=full)])
def test_readers_see_one_publication_and_nothing_grows(tmp_path: Path, publications: int, processes: int) -> None:
    """Four threads and so many processes ask."""
    use = Use(tmp_path)
    expect(use.readers(publications, processes))
    expect(use.growth(publications + 3))
    expect(use.snapshots(publications + 2))


def test_a_rebuild_mends_what_was_damaged_in_the_middle_of_an_edit(index: Path) -> None:
    whole = state(index)
    for left in ("generations/building-000005", "segments/building-000005-0", "segments/000005-0"):
        shutil.copytree(index / "segments" / "000001-0", index / left)
    (index / "CURRENT").write_text("4 \n")
    manifest = folder_of(index, 3) / MANIFEST
    manifest.write_text(manifest.read_text()[:-9])
    with pytest.raises(IndexDamagedError):
        state(index)
    write(index, {name: text_of(name, version) for name, version in LIVE.items()}, anew=True)
    assert state(index) != whole  # the tag is gone
    assert leftovers(index) == []


def test_a_rebuild_that_fails_leaves_what_a_damaged_manifest_named(index: Path) -> None:
    manifest, before = folder_of(index, 4) / MANIFEST, sorted((index / SEGMENTS).rglob("*"))
    right = manifest.read_text()
    manifest.write_text(right.replace("000002-0", "000009-0"))
    folder_of(index, 3).rename(index / "elsewhere")
    with pytest.raises(IndexDamagedError):
        state(index)
    with LocalStore(index).writer(anew=True):
        pass
    assert sorted((index / SEGMENTS).rglob("*")) == before
    manifest.write_text(right)
    assert state(index)


def test_a_number_is_never_given_twice(index: Path) -> None:
    shutil.rmtree(folder_of(index, 4))
    assert write(index, {"a.md": "新的。"}, anew=True) == 5
    assert LocalStore(index).compact(terms_of, whole=True) is None
    assert write(index, {"b.md": "新的。"}) == 6
    assert LocalStore(index).rollback() == 5
    assert write(index, {"b.md": "新的。"}) == 7
    (index / "CURRENT").unlink()
    (folder_of(index, 7) / MANIFEST).write_text("")  # nothing is cleared away now
    shutil.copytree(index / SEGMENTS / "000007-0", index / SEGMENTS / "000008-0")
    assert write(index, {"b.md": "新的。"}, anew=True) == 9


def test_what_was_to_be_live_goes_with_the_next_edit(index: Path) -> None:
    (index / "CURRENT.new").write_text("5 abc\n")
    write(index, {"a.md": "新的。"})
    assert leftovers(index) == []
    (index / "CURRENT").unlink()
    with pytest.raises(IndexDamagedError, match=f"CURRENT is gone.*{REBUILD}"):
        state(index)


def test_a_pointer_lost_between_its_names_is_found(index: Path) -> None:
    """As a crash leaves it right before the very first publication is named; all of that is on the disk then."""
    before = state(index)
    (index / "CURRENT").rename(index / "CURRENT.new")
    assert state(index) == before
    assert write(index, {"a.md": "新的。"}) == 5
    assert leftovers(index) == []


@pytest.mark.parametrize("said", ["9 abc\n", "4 abc\n", "", "x"])
def test_no_index_is_made_anew_beside_one_whose_pointer_is_lost(index: Path, said: str) -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT.new").write_text(said)
    for _ in range(2):
        with pytest.raises(IndexDamagedError, match=f"CURRENT is gone.*{REBUILD}"):
            write(index, {"a.md": "新的。"})


def test_a_folder_for_the_pointer_is_to_be_moved_away(index: Path) -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT").mkdir()
    moved = f"CURRENT is a folder.*mv {index}/CURRENT {index}/CURRENT.old.*{REBUILD}"
    with pytest.raises(IndexDamagedError, match=moved):
        state(index)
    with pytest.raises(IndexDamagedError, match=moved):
        write(index, {"a.md": "新的。"}, anew=True)
    (index / "CURRENT").rename(index / "CURRENT.old")
    assert write(index, {"a.md": "新的。"}, anew=True) == 5


def test_what_may_only_be_read_is_opened_and_what_may_not_be_read_is_named(index: Path, tmp_path: Path) -> None:
    closed = {name: shutil.copytree(index, tmp_path / f"of {name[-4:]}") / name for name in CLOSED}
    for path in closed.values():
        path.chmod(0)
    for path in (index, *index.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    places = [index, *(tmp_path / f"of {name[-4:]}" for name in CLOSED)]
    found = subprocess.run(
        [*UNPRIVILEGED, sys.executable, "-c", OPENS, *places], env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for path in (index, *index.rglob("*"), *closed.values()):
        path.chmod(0o755)
    assert found[0] == "4 True"
    assert [*map(lambda line: line.partition("; ")[2], found[1:])] == [
        f"make it readable: chmod u+rX {path}" for path in closed.values()
    ]
    assert not [*tmp_path.glob("yinju-*")]


@pytest.mark.parametrize("length", [0, 1, -1])
def test_a_file_cut_off_while_it_is_served_ends_no_process(index: Path, length: int) -> None:
    """What tantivy reads as memory would: SIGBUS."""
    with closing(LocalStore(index).open()) as opened:
        opened.check_served()
        for name in opened.manifest.keywords:
            path = folder_of(index, 4) / "keywords" / name
            data = path.read_bytes()
            left = length % len(data)
            os.truncate(path, left)
            with pytest.raises(IndexDamagedError, match=f"{re.escape(str(path))} is damaged: {left} bytes"):
                opened.check_served()
            path.write_bytes(data)
        opened.check_served()


def test_a_full_disk_is_told_with_what_is_needed_and_free(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "sync", refuse)
    with pytest.raises(
        IndexWriteError, match=r"No space left.*about 0\.[34] MB are needed, [\d,.]+ MB are free.*as it was"
    ):
        write(index, {"a.md": "新的。" * 1_000})


def test_a_disk_that_does_not_confirm_the_last_step_is_not_said_to_hold_the_old(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (index / "CURRENT").read_text()

    def broken(path: Path) -> None:
        if path == index and (index / "CURRENT").read_text() != before:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(path)

    monkeypatch.setattr(pointer, "sync", broken)
    with pytest.raises(IndexWriteError, match=r"new index is in place.*did not confirm it \(Input/output error\)"):
        write(index, {"a.md": "新的。"})
    monkeypatch.undo()
    assert LocalStore(index).current() == 5
    assert leftovers(index) == []


def test_what_cannot_be_cleared_away_is_no_fault_of_an_edit(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "rmtree", refuse)
    assert write(index, {"a.md": "新的。"}) == 5
    assert leftovers(index)
    monkeypatch.undo()
    assert write(index, {"b.md": "新的。"}) == 6
    assert leftovers(index) == []


@pytest.mark.parametrize(("was", "now"), [('"generation": 3', '"generation": 2'), ("c.md", "a.md"), ("60", "61")])
def test_going_back_is_refused_before_anybody_sees_it(index: Path, was: str, now: str) -> None:
    manifest, pointer = folder_of(index, 3) / MANIFEST, (index / "CURRENT").read_bytes()
    manifest.write_text(changed := manifest.read_text().replace(was, now))
    assert now in changed
    store = LocalStore(index)
    with pytest.raises(IndexDamagedError, match=rf"{manifest} is damaged.*{REBUILD}"):
        store.rollback()
    assert (index / "CURRENT").read_bytes() == pointer and not (index / "CURRENT.new").exists()
    assert store.current() == 4


def test_going_back_from_what_is_damaged(index: Path) -> None:
    path = folder_of(index, 4) / "keywords" / "meta.json"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamagedError):
        state(index)
    assert LocalStore(index).rollback() == 3
    assert state(index)


def test_going_back_without_room(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(index)
    monkeypatch.setattr(pointer, "sync", refuse)
    with pytest.raises(IndexWriteError, match=r"No space left.* MB are free"):
        LocalStore(index).rollback()
    monkeypatch.undo()
    assert state(index) == before


def test_a_changed_format_is_damage(index: Path) -> None:
    manifest = folder_of(index, 4) / MANIFEST
    manifest.write_text(re.sub(r'"format": \d+', '"format": 1', manifest.read_text()))
    with pytest.raises(IndexDamagedError, match=rf"{manifest} is damaged"):
        state(index)


@pytest.mark.parametrize("name", ["generations/000004/manifest.json", "generations/000004", "segments/000001-0"])
def test_a_file_for_a_folder_is_damage_and_so_is_a_folder_for_a_file(index: Path, name: str) -> None:
    path = index / name
    if path.is_dir():
        shutil.rmtree(path)
        path.touch()
    else:
        path.unlink()
        path.mkdir()
    with pytest.raises(IndexDamagedError, match=REBUILD):
        state(index)


def test_a_process_that_has_it_open_sees_damage_too(index: Path) -> None:
    store = LocalStore(index)
    held = store.open()
    said_at_first = said(held)
    write(index, {"新.md": text_of("新.md")})
    path = next((folder_of(index, 5) / "keywords").glob("*.idx"))
    data = path.read_bytes()
    path.unlink()  # the name of the one before keeps the file
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(IndexDamagedError, match=f"{path} is damaged"):
        store.open()
    path.write_bytes(data)
    segment = index / SEGMENTS / "000001-0" / "vectors.faiss"
    segment.write_bytes(segment.read_bytes() + b"!")
    with pytest.raises(IndexDamagedError, match=f"{segment} is damaged"):
        store.open()
    assert said(held) == said_at_first


def test_many_threads_open_one_store_that_is_edited(index: Path) -> None:
    store, faults, stop = LocalStore(index), list[BaseException](), threading.Event()

    def open_again() -> None:
        try:
            while not stop.is_set():
                store.open()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=open_again) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(3):
        write(index, {"a.md": f"第{number}版。"})
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults


def test_all_is_on_the_disk_before_it_is_named(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, str]] = []
    sync, rename = os.fsync, os.rename

    def noted_sync(handle: int) -> None:
        done.append(("sync", os.path.relpath(os.readlink(f"/proc/self/fd/{handle}"), index)))
        sync(handle)

    def noted_rename(old: Path, new: Path) -> None:
        done.append(("rename", os.path.relpath(new, index)))
        rename(old, new)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "rename", noted_rename)
    write(index, {"新.md": text_of("新.md")})
    named = done.index(("rename", "CURRENT"))
    assert ("sync", ".") in done[named:]
    for place, (what, path) in enumerate(done[:named]):
        if what == "rename":
            assert ("sync", str(Path(path).parent)) in done[place:named], path
    synced = {path.replace("building-", "") for what, path in done[:named] if what == "sync"}
    manifest = json.loads((folder_of(index, 5) / MANIFEST).read_bytes())
    assert {f"{GENERATIONS}/000005/keywords/{name}" for name in manifest["keywords"]} <= synced
    assert {f"{SEGMENTS}/000005-0/{name}" for name in ("documents.sqlite", "vectors.faiss")} <= synced
    assert {f"{GENERATIONS}/000005/{MANIFEST}", f"{GENERATIONS}/000005", f"{SEGMENTS}/000005-0"} <= synced


def test_a_store_that_was_copied_or_lies_behind_a_link_or_knows_no_links(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(index)
    monkeypatch.setattr(os, "link", refuse)
    copy = shutil.copytree(index, tmp_path / "copy")
    for place in (tmp_path / "link", copy):
        write(place, {"新.md": text_of("新.md")})
        assert leftovers(place) == []
        LocalStore(place).rollback()
    assert state(index) == state(copy) == state(tmp_path / "link")
    assert not list(copy.rglob(".tantivy-writer.lock"))


def test_a_first_build_without_room_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.mkdir
    monkeypatch.setattr(os, "mkdir", lambda path, *mode: refuse() if SEGMENTS in str(path) else real(path, *mode))
    with pytest.raises(IndexWriteError, match="No space left"):
        write(tmp_path / "index", {"a.md": "新的。"}, anew=True)
    assert leftovers(tmp_path / "index") == []


def test_who_has_only_just_begun_to_write_is_told_too(index: Path) -> None:
    with writer_lock(index):
        (index / "writer.lock").write_bytes(b"")
        threading.Timer(0.05, (index / "writer.lock").write_bytes, [b"4711"]).start()
        with pytest.raises(IndexBusyError, match="by process 4711;"), writer_lock(index):
            pass


def test_going_back_twice_or_from_nothing_changes_nothing(index: Path, tmp_path: Path) -> None:
    assert LocalStore(index).rollback() == 3
    for place in (index, tmp_path / "nothing"):
        with pytest.raises(IndexMissingError):
            LocalStore(place).rollback()
    with pytest.raises(IndexMissingError):
        LocalStore(tmp_path / "nothing").compact(terms_of)
    assert not (tmp_path / "nothing").exists()
    with closing(LocalStore(index).open()) as opened:
        assert opened.number == 3
    assert write(index, {"新.md": "新的。"}) == 5
    assert LocalStore(index).rollback() == 3
    assert write(index, {"新.md": "新的。"}) == 6
    assert leftovers(index) == []
