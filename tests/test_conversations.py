"""What is kept comes back as it was; what cannot be kept or read is told, and nothing that is there is harmed."""

import resource
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import ToyEncoder

from yinju.conversations import MOST_ANSWERS, Conversations, new_id
from yinju.errors import ConversationsError
from yinju.library import build_index
from yinju.types import Answer, Citation, Disagreement, ModelFault, Statement

OWNER = "o" * 22
CITED = Citation(1, "甲/乙.pdf", "乙", "一 › 二", 3, 10, 14, "原句。", "原句。", "ab" * 32)
ANSWER = Answer(
    "那狗呢？",
    (Statement("狗睡十二個小時。", (1,), Disagreement.NUMBER, (2, 4)), Statement("點。", (2,), new_line=True)),
    (CITED, replace(CITED, marker=2, page=None, quote="二。", passage="二。")), False, 0.75, "generated", 1.5,
    "狗睡幾個小時？", ModelFault.INTERRUPTED, (Statement("說了一半", ()),),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "chats.sqlite"


def test_an_answer_comes_back_as_it_was(path: Path) -> None:
    message = Conversations(path).keep(OWNER, "chat", ANSWER)
    (kept,) = Conversations(path).answers(OWNER, "chat")
    assert (kept.message, kept.answer) == (message, ANSWER)
    assert Conversations(path).citation(OWNER, message, 2) == ANSWER.citations[1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_answers_keep_their_order_and_one_may_replace_another(path: Path) -> None:
    kept = Conversations(path)
    first, second = (kept.keep(OWNER, "a", replace(ANSWER, question=question)) for question in "甲乙")
    kept.keep(OWNER, "b", ANSWER)
    third = kept.keep(OWNER, "a", replace(ANSWER, question="丙"), replaces=[second])
    assert [(k.message, k.answer.question) for k in kept.answers(OWNER, "a")] == [(first, "甲"), (third, "丙")]
    assert kept.citation(OWNER, second, 1) == CITED
    kept.keep(OWNER, "b", ANSWER, replaces=[first])  # of another chat
    assert len(kept.answers(OWNER, "a")) == 2


def test_of_very_many_answers_the_last_are_given(path: Path) -> None:
    kept = Conversations(path)
    bare = replace(ANSWER, citations=())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yinju.conversations.store.MOST_ANSWERS", 3)
        for number in range(5):
            kept.keep(OWNER, "a", replace(bare, question=str(number)))
        assert [k.answer.question for k in kept.answers(OWNER, "a")] == ["2", "3", "4"]
    assert MOST_ANSWERS >= 100


def test_what_was_never_kept_is_not_there_and_no_file_is_made(path: Path) -> None:
    kept = Conversations(path)
    assert kept.answers(OWNER, "沒有") == []
    assert kept.citation(OWNER, "沒有", 1) is None
    assert not path.exists()
    message = kept.keep(OWNER, "a", ANSWER)
    assert kept.citation(OWNER, message, 3) is None
    assert kept.answers(OWNER, "' OR 1=1 --") == []


def test_ids_are_long_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1_000)}
    assert len(ids) == 1_000
    assert {len(one) for one in ids} == {22}


@pytest.mark.parametrize("question", ["a\x00b", "\ud800問", "𠮷", "'; DROP TABLE answers; --"])
def test_any_question_can_be_kept(path: Path, question: str) -> None:
    Conversations(path).keep(OWNER, "a", replace(ANSWER, question=question, statements=(Statement(question, ()),)))
    (kept,) = Conversations(path).answers(OWNER, "a")
    assert kept.answer.question == question.replace("\ud800", "?")
    assert kept.answer.statements[0].text == question


def test_many_threads_keep_at_once(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        messages = list(pool.map(lambda n: Conversations(path).keep(OWNER, f"chat-{n % 4}", ANSWER), range(40)))
    assert len(set(messages)) == 40
    assert [len(Conversations(path).answers(OWNER, f"chat-{n}")) for n in range(4)] == [10] * 4


@contextmanager
def no_more_than(size: int) -> Iterator[None]:
    """While it lasts, no file grows beyond a size, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_loses_nothing(path: Path) -> None:
    kept = Conversations(path)
    kept.keep(OWNER, "a", ANSWER)
    long = replace(ANSWER, question="長" * 50_000)
    with (
        no_more_than(path.stat().st_size),
        pytest.raises(ConversationsError, match=r"chats.sqlite.*YINJU_CONVERSATIONS"),
    ):
        kept.keep(OWNER, "a", long)
    assert len(kept.answers(OWNER, "a")) == 1
    kept.keep(OWNER, "a", long)
    assert len(kept.answers(OWNER, "a")) == 2


def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    garbage, foreign, newer = tmp_path / "garbage", tmp_path / "foreign", tmp_path / "newer"
    garbage.write_bytes(b"not a database, but long enough to be looked at" * 100)
    for path, script in ((foreign, "CREATE TABLE theirs (x)"), (newer, "PRAGMA user_version = 99")):
        with closing(sqlite3.connect(path)) as database:
            database.execute(script)
    for path in (garbage, foreign, newer, tmp_path):
        before = path.read_bytes() if path.is_file() else b""
        kept = Conversations(path)
        with pytest.raises(ConversationsError, match=path.name):
            kept.keep(OWNER, "a", ANSWER)
        with pytest.raises(ConversationsError, match=path.name):
            kept.answers(OWNER, "a")
        with pytest.raises(ConversationsError, match=path.name):
            kept.citation(OWNER, "a", 1)
        assert (path.read_bytes() if path.is_file() else b"") == before


def test_content_that_makes_no_sense_is_told(path: Path) -> None:
    kept = Conversations(path)
    kept.keep(OWNER, "a", ANSWER)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE answers SET statements = '[7]'")
    with pytest.raises(ConversationsError, match=r"chats\.sqlite"):
        kept.answers(OWNER, "a")


def test_indexing_leaves_the_chats_alone(corpus: Path, toy_index: Path, encoder: ToyEncoder) -> None:
    kept = Conversations(toy_index / "conversations.sqlite")
    message = kept.keep(OWNER, "a", ANSWER)
    (corpus / "新.txt").write_text("狗是狗。\n", "utf-8")
    build_index(corpus, toy_index, encoder=encoder)
    build_index(corpus, toy_index, encoder=encoder, rebuild=True)
    assert [k.message for k in kept.answers(OWNER, "a")] == [message]
