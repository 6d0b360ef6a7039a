"""A bit that the disk changed in the file of chats: nothing is shown as if it had been said, and all of it is found."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from tests.test_conversations import ANSWER, FIRST, OWNER, STRANGER

from yinju.conversations import DAMAGED, Chat, Conversations, Damage
from yinju.errors import ConversationsError
from yinju.export import MEDIA_TYPES, answer_markdown, export
from yinju.messages import LANGUAGES, say
from yinju.types import Scope, Statement

FLIPS, HEADS = 200, 8
"""How many bits are turned, and how much of the beginning of each page is counted as its head."""


def fill(path: Path) -> list[str]:
    """A file with chats of several pages, branches, titles, scopes and judgements; the ids of its answers."""
    kept, messages = Conversations(path), list[str]()
    for number in range(6):
        chat, owner = f"chat-{number}", STRANGER if number == 5 else OWNER
        for turn in range(4):
            told = tuple(Statement(f"第{number}段第{turn}句說{place}。" * 20, (1,)) for place in range(3))
            answer = replace(ANSWER, question=f"第{number}問之{turn}？", statements=told, seconds=turn + 0.5)
            scope = Scope(frozenset({f"甲{number}.pdf"})) if turn == 2 else None
            messages.append(kept.keep(owner, chat, answer, scope=scope))
            kept.judge(owner, messages[-1], turn % 2 == 0, f"因為{turn}")
        kept.keep(owner, chat, replace(ANSWER, question="另一枝"), messages[-3])
        kept.show(owner, chat, messages[-1])
    kept.rename(OWNER, "chat-1", "改過的標題")
    return messages


def shown(path: Path, messages: list[str]) -> dict[object, object]:
    """All that readers are shown of a file, by where they see it; True in the place of what is said to be damaged."""
    kept, seen = Conversations(path), dict[object, object]()
    for owner in (OWNER, STRANGER):
        for chat in kept.chats(owner):
            seen[owner, chat.id] = chat.damaged or chat
            whole = kept.is_whole(chat.id)
            seen[owner, chat.id, "scope"] = kept.scope(owner, chat.id) if whole else True
            for answer in kept.answers(owner, chat.id):
                versions = tuple(message for message, _ in answer.versions)
                seen[chat.id, answer.message] = answer.damaged or (replace(answer, versions=()), whole and versions)
        counts = kept.statistics(owner)
        seen |= {(owner, row): True for row in (*counts.slowest, *counts.reasons)}
    for message in messages:
        found = kept.kept(OWNER, message)
        seen[message] = found and (found.damaged or replace(found, versions=()))
    return seen


def judged(path: Path, messages: list[str], before: dict[object, object]) -> str:
    """What a damage comes to: `nothing`, `told` where it is read, or `found` by a check; an assertion where it is none.

    Whatever is shown and not said to be damaged is as it was.
    """
    try:
        now = shown(path, messages)
    except ConversationsError:
        return "told"
    said = {place for place, what in now.items() if what is True and before.get(place) is not True}
    wrong = {place: what for place, what in now.items() if place not in said and what != before.get(place, object())}
    try:
        found = Conversations(path).damages()
    except ConversationsError:
        return "found"
    lost = before.keys() - now.keys()
    assert found or not (said or wrong or lost), (said, wrong, lost)
    texts = [what for place, what in wrong.items() if what and not _is_cut(what, before.get(place))]
    assert not texts, texts
    return "told" if said else "found" if found else "nothing"


def _is_cut(now: object, before: object) -> bool:
    """Whether an answer or a chat is as it was but for the versions beside it, or how many there are."""
    if isinstance(now, tuple) and isinstance(before, tuple):
        return bool(now[0] == before[0])
    return isinstance(now, Chat) and isinstance(before, Chat) and now == replace(before, answers=now.answers)


def turned(path: Path, offset: int, bit: int) -> None:
    """Turn one bit."""
    with path.open("r+b") as file:
        file.seek(offset)
        (byte,) = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ 1 << bit]))


def offsets(path: Path, count: int, seed: int) -> list[tuple[int, int]]:
    """(offset, bit): the head of the file and of each page, and all else, a third each."""
    chance, size = Random(seed), path.stat().st_size
    pages = size // 4096
    places = (
        lambda: chance.randrange(100), lambda: chance.randrange(pages) * 4096 + chance.randrange(HEADS + 40),
        lambda: chance.randrange(size),
    )  # fmt: skip
    return [(places[number % 3](), chance.randrange(8)) for number in range(count)]


@pytest.mark.parametrize("seed", [7, *(pytest.param(n, marks=pytest.mark.full) for n in range(100, 110))])
def test_of_bits_that_turn_none_is_shown_as_if_it_had_been_said(tmp_path: Path, seed: int) -> None:
    path, broken = tmp_path / "chats.sqlite", tmp_path / "broken.sqlite"
    messages = fill(path)
    before, came_to = shown(path, messages), list[str]()
    assert True in before.values() and len(before) > 60
    assert Conversations(path).damages() == []
    for offset, bit in offsets(path, FLIPS, seed):
        shutil.copyfile(path, broken)
        turned(broken, offset, bit)
        came_to.append(judged(broken, messages, before))
    counts = {what: came_to.count(what) for what in ("nothing", "told", "found")}
    assert counts["told"] > FLIPS / 4 and counts["nothing"] < FLIPS * 3 / 5, counts


def damage(path: Path, script: str) -> None:
    """Change what is kept behind Yinju's back."""
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(script)


CHANGES: dict[str, Callable[[str], str]] = {
    "answer": lambda m: f"UPDATE answers SET statements = replace(statements, '1', '2') WHERE message = '{m}'",
    "question": lambda m: f"UPDATE answers SET question = question || '不' WHERE message = '{m}'",
    "scope": lambda m: f"UPDATE answers SET scope = 'x' WHERE message = '{m}'",
    "judgement": lambda m: f"UPDATE answers SET helpful = 1 - helpful WHERE message = '{m}'",
    "quote": lambda m: f"UPDATE citations SET quote = '別的' WHERE message = '{m}' AND marker = 1",
    "citation gone": lambda m: f"DELETE FROM citations WHERE message = '{m}' AND marker = 2",
    "no text": lambda m: f"UPDATE answers SET question = CAST(x'ff80' AS TEXT) WHERE message = '{m}'",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_damaged_answer_is_said_so_and_the_others_stay(tmp_path: Path, what: str) -> None:
    path = tmp_path / "chats.sqlite"
    message = fill(path)[1]
    damage(path, CHANGES[what](message))
    kept = Conversations(path)
    answers = kept.answers(OWNER, "chat-0")
    assert [one.damaged for one in answers] == [False, True, False, False]
    assert kept.damages() == [Damage("chat-0", message)]
    with pytest.raises(ConversationsError, match=f"{message}.*yinju restore"):
        kept.citation(OWNER, message, 1)
    kept.judge(OWNER, message, True)  # what is changed later does not make it whole
    assert kept.damages() == [Damage("chat-0", message)]
    assert kept.kept(OWNER, message) and kept.answers(OWNER, "chat-0")[1].answer is DAMAGED
    for language in LANGUAGES:
        told = say("chat.damaged", language)
        assert told[:10] in answer_markdown(answers[1], language)
        assert all(export(kind, "題", answers, language) for kind in MEDIA_TYPES if kind != "pdf")
    assert '"damaged": true' in export("json", "題", answers, "en").decode()


def test_a_damaged_title_and_a_missing_answer_are_the_chats(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    messages = fill(path)
    damage(path, "UPDATE chats SET title = '別的' WHERE id = 'chat-1'")
    damage(path, f"DELETE FROM answers WHERE message = '{messages[9]}'")
    kept = Conversations(path)
    listed = {chat.id: (chat.title, chat.damaged) for chat in kept.chats(OWNER)}
    assert listed["chat-1"] == listed["chat-2"] == ("", True)
    assert listed["chat-0"] == ("第0問之0？", False)
    assert kept.damages() == [Damage("chat-1"), Damage("chat-2")]
    kept.keep(OWNER, "chat-1", ANSWER)  # a chat that goes on stays known as damaged
    assert not kept.is_whole("chat-1") and kept.is_whole("chat-0")


def test_an_index_that_does_not_fit_its_table_is_the_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    messages = fill(path)
    index = "CREATE INDEX answers_of_a_chat ON answers (chat, parent)"
    damage(path, f"DROP INDEX answers_of_a_chat; {index} WHERE message <> '{messages[2]}'")
    whole = f"UPDATE sqlite_master SET sql = '{index}' WHERE name = 'answers_of_a_chat'"
    damage(path, f"PRAGMA writable_schema = ON; {whole}")
    with pytest.raises(ConversationsError, match=r"chats\.sqlite"):
        Conversations(path).damages()
    assert not Conversations(path).is_whole("chat-0")


def test_what_was_kept_before_format_8_is_taken_for_whole(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(FIRST)
    kept = Conversations(path)
    assert kept.damages() == [] and not kept.answers(OWNER, "old")[0].damaged
    damage(path, "UPDATE answers SET question = '改'")
    assert kept.damages() == [Damage("old", "m")]


def test_no_file_is_written_with_a_log_beside_it(tmp_path: Path) -> None:
    """SQLite before 3.51.3 may lose what two connections write to a WAL; a rollback journal has no such fault."""
    path = tmp_path / "chats.sqlite"
    fill(path)
    damage(path, "PRAGMA journal_mode = WAL")
    kept = Conversations(path)
    kept.keep(OWNER, "chat-0", ANSWER)
    with kept._reading() as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert database.execute("PRAGMA synchronous").fetchone() == (3,), "EXTRA: what is kept outlives a loss of power"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
