"""What was backed up comes back whole, or all stays as it was."""

import json
import os
from contextlib import closing
from pathlib import Path
from stat import S_IMODE

import pytest
from tests.backup.places import KEY, Place

from yinju.audit import Acting, acting, log_of
from yinju.backup import back_up, check, restore
from yinju.configuration import page_file
from yinju.errors import BackupError
from yinju.ingest.build import open_store
from yinju.ingest.upkeep import rollback
from yinju.users import Role, Users


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "one").fill("甲", 2)


def test_all_comes_back_in_an_empty_place(place: Place, tmp_path: Path) -> None:
    file, other = tmp_path / "b.tar.gz", Place(tmp_path / "other")
    made = back_up(file, place.settings)
    assert check(file) == made and made.files > 20
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert restore(file, other.settings) == made
    assert other.held() == place.held()
    assert [one.id for one in other.libraries.entries()] == [one.id for one in place.libraries.entries()]
    chosen = json.loads(page_file(other.folder / "index").read_text("utf-8"))
    assert chosen == {"llm_base_url": "http://127.0.0.1:9/甲"}
    assert [path.name for path in other.folder.rglob("*") if "restoring" in path.name or "before" in path.name] == []
    assert KEY.encode() not in b"".join(path.read_bytes() for path in other.folder.rglob("*") if path.is_file())
    other.build()
    assert other.held() == place.held()


@pytest.mark.parametrize("elsewhere", ["", "people/users.sqlite"])
def test_users_come_back_and_what_was_ended_since_does_not_begin_anew(place: Place, elsewhere: str) -> None:
    named = str(place.folder / elsewhere) if elsewhere else ""
    settings, file = place.settings.model_copy(update={"users": named}), place.folder / "b.tar.gz"
    users = Users.of(settings)
    users.add("ada", Role.ADMIN, "a long password")
    session, token = users.login("ada", "a long password", ""), users.new_token("ada")
    back_up(file, settings)
    users.end_session(session)
    users.remove("ada")
    users.add("kai")
    restore(file, settings, replacing=True)
    assert [one.name for one in users.accounts()] == ["ada"]
    assert users.of_session(session) is None and users.of_token(token)
    assert users.login("ada", "a long password", "")


def test_a_backup_without_users_opens_to_nobody_what_has_some_by_now(place: Place) -> None:
    users, file = Users.of(place.settings), place.folder / "b.tar.gz"
    users.add("ada")
    users.remove("ada")
    back_up(file, place.settings)
    users.add("kai", Role.ADMIN)
    restore(file, place.settings, replacing=True)
    assert users.on and [one.name for one in users.accounts()] == ["kai"]


def test_what_is_there_is_replaced_when_told_so_and_put_aside(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    back_up(file, place.settings, secrets=True)
    before = place.held()
    extra = place.libraries.create("後來的")
    (place.folder / "corpus" / "新.txt").write_text("新的。\n", "utf-8")
    (place.folder / "corpus" / "猫狗.txt").unlink()
    place.build()
    later = place.held()
    gone = place.libraries.entries()[1]
    place.libraries.delete(gone.id)
    with pytest.raises(BackupError, match="--replace"):
        restore(file, place.settings)
    with closing(open_store(place.folder / "index", place.settings).open()) as reader:
        number = reader.number
        restore(file, place.settings, replacing=True)
        assert {one.name for one in reader.documents.documents()} == {*later[""][1]}  # type: ignore[index]
    assert place.held() == before
    assert (open_store(place.folder / "index").current() or 0) > number
    aside = next(place.folder.glob("corpus.before-*"))
    assert (aside / "新.txt").is_file() and not (aside / "猫狗.txt").exists()
    assert place.libraries.restore(place.libraries.deleted_named("後來的").id).id == extra.id
    rollback(place.folder / "index")
    with closing(open_store(place.folder / "index").open()) as went_back:
        assert {one.name for one in went_back.documents.documents()} == {*later[""][1]}  # type: ignore[index]


def test_a_damaged_place_is_mended_by_a_backup(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    back_up(file, place.settings)
    before = place.held()
    (place.folder / "index" / "CURRENT").write_text("nonsense", "utf-8")
    (place.folder / "index" / "conversations.sqlite").write_bytes(b"garbage" * 2_000)
    restore(file, place.settings, replacing=True)
    assert place.held() == before
    assert next((place.folder / "index").glob("conversations.sqlite.before-*")).read_bytes()[:7] == b"garbage"


def test_a_backup_is_made_of_nothing_damaged_and_never_over_another(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    file.write_bytes(b"kept")
    with pytest.raises(BackupError, match="there already"):
        back_up(file, place.settings)
    assert file.read_bytes() == b"kept"
    with pytest.raises(BackupError, match="is inside"):
        back_up(place.folder / "corpus" / "b.tar.gz", place.settings)
    with pytest.raises(BackupError, match="mkdir -p"):
        back_up(tmp_path / "none" / "b.tar.gz", place.settings)
    vectors = next((place.folder / "index" / "segments").glob("*/vectors.faiss"))
    content = bytearray(vectors.read_bytes())
    content[-9] ^= 1
    vectors.write_bytes(content)
    with pytest.raises(BackupError, match=r"vectors\.faiss is damaged"):
        back_up(tmp_path / "c.tar.gz", place.settings)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "one"]


def test_both_are_recorded_and_what_is_recorded_is_not_taken_back(place: Place, tmp_path: Path) -> None:
    file, log = tmp_path / "b.tar.gz", log_of(place.settings)
    with acting(Acting(log, lambda: ("anna", ""))):
        back_up(file, place.settings)
        restore(file, place.settings, replacing=True)
        with pytest.raises(BackupError):
            restore(tmp_path / "none", place.settings, replacing=True)
    told = [(one["action"], one["target"], one["outcome"]) for one in log.entries()]
    assert told == [("backup", str(file), "done"), ("restore", str(file), "done"),
                    ("restore", str(tmp_path / "none"), "backup.unrestored")]  # fmt: skip
    other = Place(tmp_path / "other")
    back_up(tmp_path / "c.tar.gz", place.settings)
    restore(tmp_path / "c.tar.gz", other.settings)
    assert log_of(other.settings).check() == log.check()


def test_files_that_cannot_be_read_are_counted_and_links_out_are_left(place: Place, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    os.symlink(tmp_path / "secret", place.folder / "corpus" / "out.txt")
    os.symlink(place.folder / "corpus" / "營銷.txt", place.folder / "corpus" / "in.txt")
    os.mkfifo(place.folder / "corpus" / "pipe")
    odd = os.fsdecode(b"a\xff\n\x1b.txt")
    (place.folder / "corpus" / odd).write_text("怪名。\n", "utf-8")
    made, other = back_up(tmp_path / "b.tar.gz", place.settings), Place(tmp_path / "other")
    assert made.left_out == 2
    restore(tmp_path / "b.tar.gz", other.settings)
    there = {path.name for path in (other.folder / "corpus").iterdir()}
    assert odd in there and "in.txt" in there and not {"out.txt", "pipe"} & there
