"""Links to chats: who makes and revokes them, what they show and until when, and that they lead to nothing else."""

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.test_conversations import ANSWER, OWNER, STRANGER

from yinju.conversations import Shares, schema
from yinju.conversations.shares import is_shared


@pytest.fixture
def kept(tmp_path: Path) -> Shares:
    """A chat of three answers, the first of them judged, beside another chat."""
    kept = Shares(tmp_path / "chats.sqlite")
    for question in "甲乙丙":
        kept.keep(OWNER, "a", replace(ANSWER, question=question))
    kept.judge(OWNER, kept.answers(OWNER, "a")[0].message, False, "太舊")
    kept.keep(OWNER, "b", replace(ANSWER, question="別的"))
    return kept


def made(kept: Shares, days: int = 7, grows: bool = False) -> str:
    """A new link to the chat."""
    token = kept.share(OWNER, "a", days, grows)
    assert token
    return token


def seen(kept: Shares, token: str) -> str | None:
    """What was asked in what a link shows."""
    shared = kept.shared(token)
    return "".join(one.answer.question for one in shared.answers) if shared else None


def test_a_link_shows_the_chat_as_it_was_and_one_that_grows_what_followed(kept: Shares) -> None:
    still, growing = made(kept), made(kept, grows=True)
    kept.keep(OWNER, "a", replace(ANSWER, question="丁"))
    assert (seen(kept, still), seen(kept, growing)) == ("甲乙丙", "甲乙丙丁")
    first = kept.answers(OWNER, "a")[0]
    kept.keep(OWNER, "a", replace(ANSWER, question="戊"), first.message)  # asked otherwise: a branch of its own
    assert (seen(kept, still), seen(kept, growing)) == ("甲乙丙", "甲戊")


def test_only_the_owner_shares_lists_and_revokes(kept: Shares) -> None:
    token = made(kept)
    for other in (STRANGER, ""):
        assert kept.share(other, "a", 1, False) is None
        assert kept.shares(other) == []
        assert not kept.revoke(other, token)
    assert kept.share(OWNER, "never", 1, False) is None
    assert seen(kept, token) == "甲乙丙"
    assert kept.revoke(OWNER, token)
    assert not kept.revoke(OWNER, token)
    assert kept.shared(token) is kept.shared("never") is kept.shared("") is None


def test_a_chat_without_an_owner_is_shared_by_nobody(tmp_path: Path) -> None:
    kept = Shares(tmp_path / "chats.sqlite")
    kept.keep("", "a", ANSWER)
    assert kept.share("", "a", 1, False) is None
    assert kept.share(OWNER, "a", 1, False) is None


def test_links_are_listed_with_what_they_are(kept: Shares) -> None:
    first, second = made(kept, days=1), made(kept, days=0, grows=True)
    other = kept.share(OWNER, "b", 30, False)
    newest, *rest = kept.shares(OWNER)
    assert newest.token == other and newest.title == "別的"
    assert [one.token for one in rest] == [one.token for one in kept.shares(OWNER, "a")] == [second, first]
    assert [(one.title, one.grows, bool(one.ends)) for one in rest] == [("甲", True, False), ("甲", False, True)]
    assert rest[1].ends - rest[1].made == 86_400
    kept.rename(OWNER, "a", "貓的事")
    shared = kept.shared(first)
    assert kept.shares(OWNER, "a")[0].title == "貓的事" and shared and shared.title == "貓的事"


def test_a_link_ends_when_it_should(kept: Shares, monkeypatch: pytest.MonkeyPatch) -> None:
    day, good = made(kept, days=1), made(kept, days=0)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_000)
    assert seen(kept, day) == "甲乙丙"
    monkeypatch.setattr(time, "time", lambda: now + 86_401)
    assert (seen(kept, day), seen(kept, good)) == (None, "甲乙丙")
    assert [one.token for one in kept.shares(OWNER)] == [good]
    made(kept)
    with closing(sqlite3.connect(kept.path)) as database:
        assert database.execute("SELECT count(*) FROM shares WHERE token = ?", (day,)).fetchone() == (0,)


def test_a_link_tells_nothing_but_the_answers(kept: Shares) -> None:
    token = made(kept)
    shared = kept.shared(token)
    assert shared and len(token) >= 32
    ids = [one.message for one in kept.answers(OWNER, "a")]
    told = repr(shared)
    assert not any(secret in told for secret in ("太舊", OWNER, *ids, "別的"))
    assert [one.answer for one in shared.answers] == [one.answer for one in kept.answers(OWNER, "a")]
    for one in shared.answers:
        assert is_shared(one.message) and not any(map(is_shared, ids))
        assert kept.shared_answer(one.message) == one
        for owner in (OWNER, STRANGER, ""):
            assert kept.kept(owner, one.message) is None
            assert not kept.judge(owner, one.message, True)
            assert not kept.show(owner, "a", one.message)
    other = made(kept)
    mark = shared.answers[0].message.partition(".")[2]
    assert kept.shared_answer(f"{other}.{mark}") is None
    assert (
        kept.shared_answer(f"{token}.") is kept.shared_answer(token) is kept.shared_answer(f"{token}.{ids[0]}") is None
    )
    kept.revoke(OWNER, token)
    assert kept.shared_answer(shared.answers[0].message) is None


def test_a_deleted_chat_takes_its_links_with_it(kept: Shares) -> None:
    token = made(kept, days=0)
    assert kept.delete(OWNER, "a")
    assert kept.shared(token) is None
    assert kept.shares(OWNER) == []
    assert token.encode() not in kept.path.read_bytes()


def test_who_reads_it_goes_on_in_a_chat_of_their_own(kept: Shares) -> None:
    token = made(kept)
    kept.rename(OWNER, "a", "貓的事")
    chat = kept.take(STRANGER, token)
    assert chat
    assert [c.title for c in kept.chats(STRANGER)] == ["貓的事"]
    copied = kept.answers(STRANGER, chat)
    assert [one.answer for one in copied] == [one.answer for one in kept.answers(OWNER, "a")]
    assert [one.helpful for one in copied] == [None] * 3
    assert not {one.message for one in copied} & {one.message for one in kept.answers(OWNER, "a")}
    kept.keep(STRANGER, chat, replace(ANSWER, question="丁"))
    assert seen(kept, token) == "甲乙丙" and len(kept.answers(OWNER, "a")) == 3
    assert kept.answers(OWNER, chat) == []
    assert kept.take(STRANGER, "never") is None


def test_chats_from_before_have_no_links_and_can_have_some(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("".join(schema._STEPS[: schema._STEPS.index(schema._SHARES)]))
        database.execute(f"PRAGMA user_version = {schema._STEPS.index(schema._SHARES)}")
    kept = Shares(path)
    kept.keep(OWNER, "a", ANSWER)
    assert kept.shares(OWNER) == []
    assert kept.shared(made(kept))
