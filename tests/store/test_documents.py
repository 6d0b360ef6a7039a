"""documents.sqlite: what is written is read back equal."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from yinju.reasons import Reason
from yinju.store.local.documents import DocumentsWriter, SegmentDocuments
from yinju.store.local.rows import _short, long
from yinju.types import Document, Figure, FigureSource, FileOutcome, FileState, Passage, Section

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
    Passage(7, "a.txt", "a", (), None, 0, 2, "甲。", ((0, 2),), ((0, "渡轮"), (0, "乙"))),
    Passage(2**62, "茶/高山茶.pdf", "高山茶", ("一、茶", "（二）沖泡"), 2, 4, 14, TEXT[4:14], ((0, 5), (5, 10))),
    Passage(3, "茶/高山茶.pdf", "高山茶", (), 3, 14, 16, TEXT[14:16], (), number=1),
]
OFTEN = {"高山茶": 2, "𠮷": 3}
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
    with DocumentsWriter(path) as writer:
        for document in (DOCUMENT, PLAIN):
            writer.add_document(document, OFTEN if document is DOCUMENT else {})
        writer.add_passages(PASSAGES)
        for outcome in OUTCOMES.values():
            writer.add_outcome(outcome)
    return path


@pytest.fixture
def storage(path: Path) -> SegmentDocuments:
    return SegmentDocuments(path)


def test_texts_are_kept_as_short_as_they_can_be(path: Path) -> None:
    """Two bytes a character of Chinese, one of English; all characters come back as they were."""
    kept = dict(sqlite3.connect(path).execute("SELECT id, text FROM passages"))
    assert kept[7] == "甲。".encode("gb18030") and [passage.text for passage in PASSAGES] == [
        long(kept[passage.id]) for passage in PASSAGES
    ]
    for text in ("", "plain", "𠮷", "a\u200b茶\x00", "é"):
        assert long(_short(text)) == text and len(_short(text)) <= len(text.encode())


def test_documents(storage: SegmentDocuments) -> None:
    assert [*storage.documents()] == [PLAIN, DOCUMENT]
    assert storage.document(DOCUMENT.name) == DOCUMENT
    assert storage.document("b.txt") is None
    assert (storage.often(DOCUMENT.name), storage.often("a.txt"), storage.often("b.txt")) == (OFTEN, {}, {})


def test_passages_by_row_and_by_document(storage: SegmentDocuments) -> None:
    assert sorted(storage.passages([2, 0]), key=lambda passage: passage.id) == [PASSAGES[2], PASSAGES[0]]
    assert storage.passages([]) == []
    assert storage.passages_of(DOCUMENT.name) == PASSAGES[1:]
    assert storage.passages_of("b.txt") == []
    edge = PASSAGES[2].start
    assert storage.passages_of(DOCUMENT.name, (edge, edge + 1)) == PASSAGES[2:]
    assert storage.passages_of(DOCUMENT.name, (0, edge)) == PASSAGES[1:2]
    assert storage.passage_at(DOCUMENT.name, 1) == PASSAGES[2]
    assert storage.passage_at(DOCUMENT.name, 2) is None
    assert storage.ids() == [7, 2**62, 3]


def test_the_rows_of_documents_are_ranges(storage: SegmentDocuments) -> None:
    assert [*storage.ranges()] == [("a.txt", 0, 1), (DOCUMENT.name, 1, 3)]
    assert [*storage.ranges([DOCUMENT.name, "b.txt"])] == [(DOCUMENT.name, 1, 3)]


def test_outcomes(storage: SegmentDocuments) -> None:
    assert storage.outcomes == OUTCOMES
    assert storage.outcomes is storage.outcomes  # read once
    assert [*storage.outcomes] == sorted(OUTCOMES)


def test_figures_are_taken_over_with_their_documents(tmp_path: Path) -> None:
    figures = (Figure(4, FigureSource.CHART, ("a.pptx", "ppt/charts/chart1.xml"), "每月人數", page=2, size=(400, 300)),)
    with DocumentsWriter(tmp_path / "old.sqlite") as writer:
        for name in ("a.zip", "b.zip"):
            writer.add_document(replace(PLAIN, name=name, figures=figures), {})
    with DocumentsWriter(tmp_path / "new.sqlite") as writer:
        writer.take_over(tmp_path / "old.sqlite", ["b.zip"])
    kept = SegmentDocuments(tmp_path / "new.sqlite")
    assert (kept.figures("a.zip"), kept.figures("b.zip")) == (figures, ())
    kept.close()


def test_what_another_file_holds_is_taken_over(path: Path, tmp_path: Path) -> None:
    with DocumentsWriter(tmp_path / "new.sqlite") as writer:
        assert writer.take_over(path, ["a.txt"]) == [1, 2]
        assert (writer.ids, writer.files) == ([2**62, 3], 2)
    taken = SegmentDocuments(tmp_path / "new.sqlite")
    assert [*taken.documents()] == [DOCUMENT]
    assert taken.passages_of(DOCUMENT.name) == PASSAGES[1:]
    assert [*taken.outcomes] == [name for name in sorted(OUTCOMES) if name != "a.txt"]
    assert [*taken.ranges()] == [(DOCUMENT.name, 0, 2)]


def test_that_a_file_was_reused_is_not_kept(tmp_path: Path) -> None:
    outcome = OUTCOMES["a.txt"]
    with DocumentsWriter(tmp_path / "d.sqlite") as writer:
        writer.add_outcome(replace(outcome, reused=True))
    assert [*SegmentDocuments(tmp_path / "d.sqlite").outcomes.values()] == [outcome]


def test_reading_leaves_no_trace(path: Path) -> None:
    before = path.read_bytes()
    storage = SegmentDocuments(path)
    storage.documents()
    storage.close()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_written_once(path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        DocumentsWriter(path)
