"""documents.sqlite: what is written is read back equal."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from yinju.index.storage import Storage, StorageWriter
from yinju.reasons import Reason
from yinju.types import Document, FileOutcome, FileState, Passage, Section

TEXT = "高山茶\n採茶的人𠮷清晨上山。\u200b水 “九十五”度。\n"
NO_TEXT = (
    Reason("textless_pages", {"pages": ["2", "4–5"]}),
    Reason("bad_bytes", {"encoding": "big5", "bad": 1, "first": 9}),
)
DOCUMENT = Document(
    "茶/高山茶.pdf", "高山茶", TEXT, (Section((), 0, 4), Section(("一、茶", "（二）沖泡"), 4, len(TEXT))), "ab" * 32,
    "pdf", 1234, "big5", (0, 5, 5), FileState.WARNED, NO_TEXT,
)  # fmt: skip
PLAIN = Document("a.txt", "a", "甲。", (), "cd" * 32, "text", 6)
PASSAGES = [
    (Passage(0, "a.txt", "a", (), None, 0, 2, "甲。", ((0, 2),), ((0, "渡轮"), (0, "乙"))), ["甲"]),
    (
        Passage(1, "茶/高山茶.pdf", "高山茶", ("一、茶", "（二）沖泡"), 2, 4, 14, TEXT[4:14], ((0, 5), (5, 10))),
        ["採茶", "人"],
    ),
    (Passage(2, "茶/高山茶.pdf", "高山茶", (), 3, 14, 16, TEXT[14:16], ()), []),
]
OUTCOMES = {
    "a.txt": FileOutcome("a.txt", FileState.INDEXED, (), 1, 2, "cd" * 32, "a", "text", 6, None, "gb18030", 1.5, 0.25),
    "管線": FileOutcome("管線", FileState.SKIPPED, (Reason("special"),)),
    "茶/高山茶.pdf": FileOutcome(
        "茶/高山茶.pdf", FileState.WARNED, NO_TEXT, 2, len(TEXT), "ab" * 32, "茶", "pdf", 9, 3
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "名字 ?#%" / "documents.sqlite"
    path.parent.mkdir()
    with StorageWriter(path) as writer:
        for document in (DOCUMENT, PLAIN):
            writer.add_document(document)
        for passage, words in PASSAGES:
            writer.add_passage(passage, words)
        for outcome in OUTCOMES.values():
            writer.add_outcome(outcome)
    return path


@pytest.fixture
def storage(path: Path) -> Storage:
    return Storage(path)


def test_documents(storage: Storage) -> None:
    assert storage.documents() == [PLAIN, DOCUMENT]
    assert storage.document(DOCUMENT.name) == DOCUMENT
    assert storage.document("b.txt") is None


def test_passages_come_in_the_order_asked_for(storage: Storage) -> None:
    assert storage.passages([2, 0, 1]) == [PASSAGES[2], PASSAGES[0], PASSAGES[1]]
    assert storage.passages([]) == []


def test_passages_of_a_document(storage: Storage) -> None:
    assert storage.passages_of(DOCUMENT.name) == PASSAGES[1:]
    assert storage.passages_of("b.txt") == []


def test_outcomes(storage: Storage) -> None:
    assert storage.outcomes() == OUTCOMES
    assert storage.outcome("管線") == OUTCOMES["管線"]
    assert storage.outcome("b.txt") is None


def test_that_a_file_was_reused_is_not_kept(tmp_path: Path) -> None:
    outcome = OUTCOMES["a.txt"]
    with StorageWriter(tmp_path / "d.sqlite") as writer:
        writer.add_outcome(replace(outcome, reused=True))
    assert Storage(tmp_path / "d.sqlite").outcomes() == {"a.txt": outcome}


def test_reading_leaves_no_trace(path: Path) -> None:
    before = path.read_bytes()
    storage = Storage(path)
    storage.documents()
    storage.close()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_written_once(path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        StorageWriter(path)
