"""The folder of libraries: what is made, renamed, deleted and brought back is whole or not there."""

import json
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from yinju.conversations import Conversations
from yinju.errors import LibrariesError
from yinju.libraries import ABOUT, TITLE_CHARACTERS, Libraries, checked_title
from yinju.settings import Settings
from yinju.types import Answer, Verdict


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "index").mkdir()
    return Settings(corpus=str(tmp_path / "corpus"), index=str(tmp_path / "index"))


@pytest.fixture
def libraries(settings: Settings) -> Libraries:
    return Libraries(settings)


def titles(libraries: Libraries) -> list[str]:
    return [entry.title for entry in libraries.entries()]


def left(libraries: Libraries) -> list[str]:
    """What is in the folder, hidden files aside."""
    return sorted(name for name in os.listdir(libraries.folder) if not name.startswith("."))


def test_the_first_is_that_of_the_settings_and_no_folder_is_made_for_others(
    libraries: Libraries, tmp_path: Path
) -> None:
    (first,) = libraries.entries()
    assert (first.id, first.title, first.corpus, first.index) == ("", "", tmp_path / "corpus", tmp_path / "index")
    assert first.chats == tmp_path / "index" / "conversations.sqlite"
    assert libraries.rename("", "  家\n規 ").title == "家 規"
    assert titles(libraries) == ["家 規"]
    assert not libraries.folder.exists()


def test_a_library_is_made_renamed_deleted_and_brought_back(libraries: Libraries) -> None:
    tea, coffee = libraries.create("茶"), libraries.create("咖啡")
    assert (tea.corpus.is_dir(), tea.index.is_dir(), tea.corpus.parent) == (True, True, libraries.folder / tea.id)
    assert titles(libraries) == ["", "茶", "咖啡"]
    libraries.rename(tea.id, "茶葉")
    (tea.corpus / "甲.txt").write_text("甲", "utf-8")
    kept = libraries.delete(tea.id)
    assert (titles(libraries), [one.title for one in libraries.deleted()]) == (["", "咖啡"], ["茶葉"])
    assert (libraries.has(tea.id), libraries.has(coffee.id), libraries.entry(tea.id)) == (False, True, None)
    back = libraries.restore(kept)
    assert (back.id, back.title, back.created) == (tea.id, "茶葉", tea.created)
    assert (back.corpus / "甲.txt").read_text("utf-8") == "甲"
    assert libraries.deleted() == []


def test_what_was_deleted_is_emptied_for_good(libraries: Libraries) -> None:
    tea = libraries.create("茶")
    (tea.corpus / "甲.txt").write_bytes(b"x" * 1000)
    kept = libraries.delete(tea.id)
    assert libraries.deleted_size() > 1000
    assert libraries.empty_deleted() > 1000
    assert (libraries.deleted(), libraries.empty_deleted()) == ([], 0)
    with pytest.raises(LibrariesError, match="已經清除"):
        libraries.restore(kept)


@pytest.mark.parametrize(
    ("title", "kept"),
    [("  甲 \t 乙 ", "甲 乙"), ("e\u0301", "é"), ("<b>&\"'*_[x](y)", "<b>&\"'*_[x](y)"), ("字" * 60, "字" * 60)],
)
def test_a_title_is_any_text_that_shows(title: str, kept: str) -> None:
    assert checked_title(title) == kept


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", "empty"), (" \n ", "empty"), ("字" * (TITLE_CHARACTERS + 1), "long"), ("a\x00b", "characters"),
        ("a\u202eb", "characters"), ("\ud800", "characters"),
    ],
)  # fmt: skip
def test_other_titles_are_refused_and_nothing_is_made(libraries: Libraries, title: str, name: str) -> None:
    for change in (libraries.create, partial(libraries.rename, "")):
        with pytest.raises(LibrariesError) as refused:
            change(title)
        assert refused.value.reason.name == f"library.{name}"
    assert not libraries.folder.exists()


def test_no_two_have_one_title(libraries: Libraries) -> None:
    tea = libraries.create("Tea")
    for change in (libraries.create, partial(libraries.rename, "")):
        with pytest.raises(LibrariesError, match="已經有一個"):
            change("tea")
    assert libraries.rename(tea.id, "TEA").title == "TEA"
    with pytest.raises(LibrariesError, match="已經有一個"):
        libraries.create("My Documents")  # as the first is called
    kept = libraries.delete(tea.id)
    libraries.create("tea")
    with pytest.raises(LibrariesError, match="已經有一個"):
        libraries.restore(kept)


def test_what_cannot_be_done_is_refused(libraries: Libraries, settings: Settings) -> None:
    tea = libraries.create("茶")
    kept = libraries.delete(tea.id)
    libraries.restore(kept)
    shutil.copytree(libraries.folder / tea.id, libraries.folder / ".deleted" / kept)
    for change, name in (
        (partial(libraries.delete, ""), "first"), (partial(libraries.delete, "zzzzzzzz"), "unknown"),
        (partial(libraries.rename, "../index", "x"), "unknown"), (partial(libraries.restore, kept), "occupied"),
        (partial(libraries.restore, "../../corpus"), "not_kept"), (partial(libraries.restore, ""), "not_kept"),
    ):  # fmt: skip
        with pytest.raises(LibrariesError) as refused:
            change()
        assert refused.value.reason.name == f"library.{name}"
    inside = Libraries(settings.model_copy(update={"libraries": f"{settings.corpus}/more"}))
    with pytest.raises(LibrariesError, match="YINJU_LIBRARIES"):
        inside.create("茶")


@pytest.mark.parametrize("id", ["", ".", "..", ".deleted", "../index", "aaaaaaa", "aaaaaaaa/", "AAAAAAAA", "a" * 9])
def test_only_an_id_names_a_library(libraries: Libraries, id: str) -> None:
    libraries.create("茶")
    assert libraries.has(id) is (id == "")


def test_it_is_found_by_title_or_id_and_else_the_nearest_are_named(libraries: Libraries) -> None:
    tea, _ = libraries.create("茶葉手冊"), libraries.create("員工守則")
    assert {libraries.named(one).id for one in ("茶葉手冊", "茶叶手册", tea.id)} == {tea.id}
    assert {libraries.named(one).id for one in ("我的文件", "My documents")} == {""}
    with pytest.raises(LibrariesError) as unknown:
        libraries.named("茶葉手冊二")
    assert unknown.value.reason.facts == {"found": "茶葉手冊二", "near": ["茶葉手冊"]}


# Whoever stops in the middle


@pytest.mark.parametrize("step", ["write_json", "sync"])
def test_a_library_that_was_being_made_is_not_there(
    libraries: Libraries, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    libraries.create("茶")
    with monkeypatch.context() as patch:
        patch.setattr(f"yinju.libraries.folder.{step}", cut_off)
        with pytest.raises(KeyboardInterrupt):
            libraries.create("咖啡")
    made = {"write_json": [], "sync": ["咖啡"]}[step]  # after the last step but one it is whole
    assert titles(libraries) == ["", "茶", *made]
    libraries.create("水")
    assert len(left(libraries)) == 2 + len(made)
    assert [name for name in os.listdir(libraries.folder) if name.startswith(".new-")] == []


def test_a_deletion_that_was_cut_off_is_done_or_not(libraries: Libraries, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    tea = libraries.create("茶")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cut_off)
        with pytest.raises(KeyboardInterrupt):
            libraries.delete(tea.id)
    assert (titles(libraries), libraries.deleted()) == (["", "茶"], [])
    libraries.delete(tea.id)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", cut_off)
        with pytest.raises(KeyboardInterrupt):
            libraries.empty_deleted()
    assert (titles(libraries), libraries.deleted()) == ([""], [])
    libraries.create("水")
    assert len(os.listdir(libraries.folder)) == 3  # the library, the lock and the folder of the deleted


def test_what_was_written_into_a_deleted_library_is_in_nobody_s_way(libraries: Libraries) -> None:
    tea = libraries.create("茶")
    kept = libraries.delete(tea.id)
    tea.index.mkdir(parents=True)  # as an answer does that ends late
    assert titles(libraries) == [""]
    assert libraries.restore(kept).corpus.is_dir()


def create(settings: Settings, number: int) -> str:
    return Libraries(settings).create(f"第{number % 4}個").id


def test_several_processes_make_libraries_at_once(settings: Settings) -> None:
    """Of those that want the same title one has it."""
    made, refused = set[str](), 0
    with ProcessPoolExecutor(4) as pool:
        for done in [pool.submit(create, settings, number) for number in range(8)]:
            try:
                made.add(done.result())
            except LibrariesError:
                refused += 1
    assert (len(made), refused) == (4, 4)
    assert sorted(titles(Libraries(settings))) == ["", "第0個", "第1個", "第2個", "第3個"]


# What is damaged


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"', '{"title": 3, "created": 1}', '{"title": "x"}', "\xff"])
def test_a_library_whose_title_is_damaged_shows_as_its_id_and_is_mended_by_renaming(
    libraries: Libraries, content: str
) -> None:
    tea = libraries.create("茶")
    libraries.create("咖啡")
    (tea.corpus.parent / ABOUT).write_text(content, "latin-1")
    damaged, sound = libraries.entries()[:2][1], libraries.named("咖啡")
    assert (damaged.title, damaged.trouble is not None, sound.trouble) == (tea.id, True, None)
    assert libraries.rename(tea.id, "茶").trouble is None
    assert json.loads((tea.corpus.parent / ABOUT).read_text("utf-8"))["title"] == "茶"


def test_what_cannot_be_counted_is_not_told(libraries: Libraries) -> None:
    tea = libraries.create("茶")
    assert (tea.document_count(), tea.chat_count()) == (0, 0)
    Conversations(tea.chats).keep("v" * 22, "c", Answer("問", (), (), Verdict.NOTHING, 0.0, "extractive", 0.1))
    assert tea.chat_count() == 1
    (tea.index / "CURRENT").write_text("?", "utf-8")
    tea.chats.write_bytes(b"no database" * 100)
    assert (tea.document_count(), tea.chat_count()) == (None, None)


def test_a_folder_that_cannot_be_written_is_told(libraries: Libraries) -> None:
    libraries.folder.write_text("in the way", "utf-8")
    with pytest.raises(LibrariesError, match="寫不進"):
        libraries.create("茶")
    assert titles(libraries) == [""]
