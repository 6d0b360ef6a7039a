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

from yinju.conversations import MOST_ANSWERS, Conversations, new_id, schema, seals
from yinju.conversations import rows as rows_of
from yinju.errors import ConversationsError
from yinju.library import build_index
from yinju.types import Answer, Citation, Disagreement, ModelFault, Scope, Statement, Verdict

OWNER, STRANGER = "o" * 22, "s" * 22
CITED = Citation(1, "甲/乙.pdf", "乙", "一 › 二", 3, 10, 14, "原句。", "原句。", "ab" * 32)
ANSWER = Answer(
    "那狗呢？",
    (
        Statement("狗睡十二個小時。", (1,), Disagreement.NUMBER, (2, 4)),
        Statement("點。", (2,), new_line=True, row=(("項", "點"), ("量", "")), worked_out=True),
    ),
    (CITED, replace(CITED, marker=2, page=None, quote="二。", passage="二。")), Verdict.NEAR, 0.75, "generated", 1.5,
    "狗睡幾個小時？", ModelFault.INTERRUPTED, (Statement("說了一半", ()),), missing=("狗",), options=("那貓呢？",),
    hurried=True,
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


def questions(kept: Conversations, chat: str = "a") -> str:
    """What was asked on the branch that shows; each question is one character."""
    return "".join(one.answer.question for one in kept.answers(OWNER, chat))


@pytest.fixture
def tree(path: Path) -> tuple[Conversations, dict[str, str]]:
    """A chat 甲乙丙 whose second question was asked otherwise, 丁戊, and then anew, 丁; and the ids of its answers."""
    kept, ids = Conversations(path), dict[str, str]()
    for name, parent in (("甲", ""), ("乙", "甲"), ("丙", "乙"), ("丁", "甲"), ("戊", "丁"), ("丁 anew", "甲")):
        answer = replace(ANSWER, question=name[0], seconds=len(ids))
        ids[name] = kept.keep(OWNER, "a", answer, ids.get(parent, ""))
    return kept, ids


def test_what_is_asked_otherwise_begins_a_branch_beside_the_old_one(
    tree: tuple[Conversations, dict[str, str]],
) -> None:
    kept, ids = tree
    assert questions(kept) == "甲丁"
    first, second = kept.answers(OWNER, "a")
    assert (second.message, second.parent, first.parent) == (ids["丁 anew"], ids["甲"], "")
    assert first.versions == ((ids["甲"], "甲"),)
    assert second.versions == ((ids["乙"], "乙"), (ids["丁"], "丁"), (ids["丁 anew"], "丁"))
    kept.keep(OWNER, "a", replace(ANSWER, question="己"))  # after the last that shows
    assert questions(kept) == "甲丁己"
    assert kept.citation(OWNER, ids["乙"], 1) == CITED


@pytest.mark.parametrize(
    ("message", "shown"), [("乙", "甲乙丙"), ("丙", "甲乙丙"), ("丁", "甲丁戊"), ("戊", "甲丁戊"), ("甲", "甲丁")]
)
def test_a_branch_is_shown_with_all_that_followed_and_how_it_was_received(
    tree: tuple[Conversations, dict[str, str]], message: str, shown: str
) -> None:
    kept, ids = tree
    kept.judge(OWNER, ids["丙"], False, "太短")
    assert kept.show(OWNER, "a", ids[message])
    assert questions(kept) == shown
    assert ["太短" in one.reason for one in kept.answers(OWNER, "a")] == [one == "丙" for one in shown]
    (chat,) = kept.chats(OWNER)
    assert (chat.title, chat.answers) == ("甲", len(shown))
    assert bool(kept.chats(OWNER, "丙")) == ("丙" in shown)
    counts = kept.statistics(OWNER)
    assert (counts.answers, counts.unhelpful, sum(day[1] for day in counts.days)) == (
        len(shown), "丙" in shown, len(shown),
    )  # fmt: skip
    assert {question for question, *_ in counts.slowest} == {*shown}
    assert len(counts.reasons) == ("丙" in shown)


def test_nobody_elses_chat_and_nothing_that_is_not_there_is_shown(
    tree: tuple[Conversations, dict[str, str]],
) -> None:
    kept, ids = tree
    other = kept.keep(OWNER, "b", ANSWER)
    assert not kept.show(STRANGER, "a", ids["乙"])
    assert not kept.show(OWNER, "a", other)
    assert not kept.show(OWNER, "c", ids["乙"])
    kept.keep(OWNER, "b", replace(ANSWER, question="庚"), ids["戊"])  # of another chat: nothing stands before it
    assert (questions(kept), questions(kept, "b")) == ("甲丁", "庚")


def test_all_branches_of_a_chat_are_deleted(path: Path, tree: tuple[Conversations, dict[str, str]]) -> None:
    kept, ids = tree
    assert kept.delete(OWNER, "a")
    assert [kept.answer(OWNER, one) for one in ids.values()] == [None] * len(ids)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM citations").fetchone() == (0,)


def test_what_was_replaced_before_format_5_stands_beside_what_replaced_it(path: Path) -> None:
    path.parent.mkdir()
    rows = (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1), ("己", 0))
    with closing(sqlite3.connect(path)) as database:
        database.executescript("".join(schema._STEPS[:4]))
        database.execute("INSERT INTO chats (id, owner, time) VALUES ('a', ?, 1.0)", (OWNER,))
        columns = f"message, chat, time, replaced, {rows_of.ANSWER}"
        for name, replaced in rows:
            row = (name, "a", 1.0, replaced, *rows_of.answer_row(replace(ANSWER, question=name)))
            database.execute(f"INSERT INTO answers ({columns}) VALUES ({rows_of.marks(row)})", row)
        database.execute("PRAGMA user_version = 4")
        database.commit()
    kept = Conversations(path)
    assert questions(kept) == "甲丁己"
    assert [["".join(q for _, q in one.versions)] for one in kept.answers(OWNER, "a")] == [["甲"], ["乙丙丁"], ["戊己"]]
    assert kept.show(OWNER, "a", "乙")
    assert questions(kept) == "甲乙"


SCOPE = Scope(frozenset({"甲/乙.pdf"}), frozenset({"丙"}), frozenset({"人事"}), frozenset({"pdf"}), "2026", "2026-11")


def test_where_it_was_asked_is_kept_with_each_answer(path: Path) -> None:
    kept = Conversations(path)
    for scope in (None, SCOPE, Scope(frozenset()), Scope(tags=frozenset({"人事"}))):
        message = kept.keep(OWNER, "a", ANSWER, scope=scope)
        last = kept.answers(OWNER, "a")[-1]
        assert last.scope == kept.scope(OWNER, "a") == scope
        assert (found := kept.kept(OWNER, message)) and found.scope == scope
    assert kept.scope(STRANGER, "a") is None and kept.scope(OWNER, "b") is None


def test_a_scope_follows_documents_that_move(path: Path) -> None:
    kept = Conversations(path)
    kept.follow({"a": "b"})
    assert not path.exists(), "nothing is made where nothing is kept"
    for scope in (None, SCOPE, Scope(frozenset({"a", "c"}))):
        kept.keep(OWNER, "a", ANSWER, scope=scope)
    kept.follow({"a": "x/a", "甲/乙.pdf": "乙.pdf", "d": "e"})
    moved = replace(SCOPE, documents=frozenset({"乙.pdf"}))
    assert [one.scope for one in kept.answers(OWNER, "a")] == [None, moved, Scope(frozenset({"x/a", "c"}))]


def test_what_was_asked_before_format_6_was_asked_everywhere(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.executescript("".join(schema._STEPS[:5]))
        database.execute("INSERT INTO chats (id, owner, time, leaf) VALUES ('a', ?, 1.0, 'm')", (OWNER,))
        row = ("m", "a", 1.0, *rows_of.answer_row(ANSWER))
        columns = f"message, chat, time, {rows_of.ANSWER}"
        database.execute(f"INSERT INTO answers ({columns}) VALUES ({rows_of.marks(row)})", row)
        database.execute("PRAGMA user_version = 5")
        database.commit()
    kept = Conversations(path)
    assert [(one.answer.question, one.scope) for one in kept.answers(OWNER, "a")] == [(ANSWER.question, None)]
    kept.keep(OWNER, "a", ANSWER, scope=SCOPE)
    assert [one.scope for one in kept.answers(OWNER, "a")] == [None, SCOPE]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (schema.FORMAT,)


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
        seals.seal_all(database)  # another program that knows how
    with pytest.raises(ConversationsError, match=r"chats\.sqlite"):
        kept.answers(OWNER, "a")


def test_indexing_leaves_the_chats_alone(corpus: Path, toy_index: Path, encoder: ToyEncoder) -> None:
    kept = Conversations(toy_index / "conversations.sqlite")
    message = kept.keep(OWNER, "a", ANSWER)
    (corpus / "新.txt").write_text("狗是狗。\n", "utf-8")
    build_index(corpus, toy_index, encoder=encoder)
    build_index(corpus, toy_index, encoder=encoder, rebuild=True)
    assert [k.message for k in kept.answers(OWNER, "a")] == [message]


def test_a_chat_is_its_owners_alone(path: Path) -> None:
    kept = Conversations(path)
    message = kept.keep(OWNER, "a", ANSWER)
    assert kept.chats(STRANGER) == kept.chats("") == []
    assert kept.answers(STRANGER, "a") == kept.answers("", "a") == []
    assert kept.answer(STRANGER, message) is None
    assert kept.citation(STRANGER, message, 1) is None
    assert not kept.rename(STRANGER, "a", "我的")
    assert not kept.judge(STRANGER, message, True)
    assert not kept.delete(STRANGER, "a")
    with pytest.raises(ConversationsError, match="another visitor's"):
        kept.keep(STRANGER, "a", ANSWER, message)
    assert [k.message for k in kept.answers(OWNER, "a")] == [message]


def test_chats_are_listed_the_latest_first_by_their_first_question(path: Path) -> None:
    kept = Conversations(path)
    for chat, question in (("a", "甲？"), ("b", "乙？"), ("a", "丙？")):
        kept.keep(OWNER, chat, replace(ANSWER, question=question))
    assert [(c.id, c.title, c.answers) for c in kept.chats(OWNER)] == [("a", "甲？", 2), ("b", "乙？", 1)]
    assert kept.rename(OWNER, "a", "  茶\n與  貓 ")
    assert kept.chats(OWNER)[0].title == "茶 與 貓"
    assert kept.rename(OWNER, "a", " ")
    assert kept.chats(OWNER)[0].title == "甲？"
    assert [c.id for c in kept.chats(OWNER, count=1)] == ["a"]


@pytest.mark.parametrize(
    ("wanted", "found"), [("行销", True), ("營銷", True), ("软件 狗", True), ("貓", False), ("%", False), ("", True)]
)
def test_chats_are_searched_in_either_script_and_regions_words(path: Path, wanted: str, found: bool) -> None:
    kept = Conversations(path)
    kept.keep(OWNER, "a", replace(ANSWER, question="行銷軟體怎麼選？"))
    assert bool(kept.chats(OWNER, wanted)) == found


def test_nothing_is_left_of_a_deleted_chat(path: Path) -> None:
    kept = Conversations(path)
    secret = replace(ANSWER, question="沒人該知道的事", citations=(replace(CITED, quote="祕密的原句"),))
    message = kept.keep(OWNER, "a", secret)
    kept.keep(OWNER, "b", ANSWER)
    assert kept.delete(OWNER, "a")
    assert not kept.delete(OWNER, "a")
    assert kept.answer(OWNER, message) is None
    assert [c.id for c in kept.chats(OWNER)] == ["b"]
    assert not any(words.encode() in path.read_bytes() for words in ("沒人該知道的事", "祕密的原句"))


def test_an_answer_is_judged_and_the_judgement_taken_back(path: Path) -> None:
    kept = Conversations(path)
    message = kept.keep(OWNER, "a", ANSWER)
    assert kept.judge(OWNER, message, False, " 太舊 ")
    assert [(k.helpful, k.reason) for k in kept.answers(OWNER, "a")] == [(False, "太舊")]
    assert kept.judge(OWNER, message, None)
    assert [(k.helpful, k.reason) for k in kept.answers(OWNER, "a")] == [(None, "")]


def test_statistics_count_everybodys_answers_and_tell_only_ones_own_words(path: Path) -> None:
    kept = Conversations(path)
    first = kept.keep(OWNER, "a", replace(ANSWER, question="慢？", seconds=9.0, verdict=Verdict.ANSWERED))
    nothing = replace(ANSWER, question="快？", seconds=0.1, verdict=Verdict.NOTHING, fault=None, mode="extractive")
    kept.keep(OWNER, "a", nothing)
    other = kept.keep(STRANGER, "b", replace(ANSWER, question="別人的", seconds=99.0, fault=ModelFault.STOPPED))
    kept.keep(OWNER, "a", replace(ANSWER, question="換掉"))
    kept.keep(OWNER, "a", ANSWER, kept.answers(OWNER, "a")[-1].parent)
    kept.judge(OWNER, first, True, "好")
    kept.judge(STRANGER, other, False, "不好")
    counts = kept.statistics(OWNER)
    assert (counts.answers, counts.near, counts.nothing) == (4, 2, 1)
    assert (counts.generated, counts.faults, counts.chats) == (3, 2, 2)
    assert (counts.helpful, counts.unhelpful) == (1, 1)
    assert [(question, seconds) for question, seconds, _ in counts.slowest][:2] == [("慢？", 9.0), ("那狗呢？", 1.5)]
    assert [reason[:3] for reason in counts.reasons] == [("慢？", True, "好")]
    assert [day[1:] for day in counts.days] == [(4, 3)]
    assert kept.statistics("").slowest == ()
    assert Conversations(path.with_name("none")).statistics(OWNER).answers == 0


def test_answers_without_a_kept_verdict_are_answers_or_nothing(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.executescript(FIRST)
    (old,) = Conversations(path).answers(OWNER, "old")
    assert (old.answer.verdict, old.answer.missing, old.answer.options) == (Verdict.NOTHING, (), ())
    counts = Conversations(path).statistics(OWNER)
    assert (counts.answers, counts.near, counts.nothing) == (1, 0, 1)


def test_chats_of_the_first_format_are_for_whoever_has_their_id(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.executescript(FIRST)
    kept = Conversations(path)
    for visitor in (OWNER, STRANGER):
        assert [k.answer.question for k in kept.answers(visitor, "old")] == ["問？"]
        assert kept.chats(visitor) == []
    kept.keep(OWNER, "old", ANSWER)
    assert len(kept.answers(STRANGER, "old")) == 2
    assert not kept.delete(OWNER, "old")


FIRST = (
    schema._ANSWERS
    + """
INSERT INTO answers VALUES ('m', 'old', 1.0, 0, '問？', NULL, '[]', 1, 0.1, 'extractive', 0.2, NULL, '[]');
PRAGMA user_version = 1;
"""
)
