"""Entries of a folder's files: a file is known by the very bytes that were read."""

import hashlib
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from io import BufferedReader
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.figured_files import picture

from yinju.embedding import shipped_encoder
from yinju.ingest import entries
from yinju.ingest.entries import Collecting
from yinju.ingest.records import encode_passages
from yinju.ingest.seen import SeenFiles
from yinju.reading import Reader
from yinju.reading.unchanged import CHANGING
from yinju.settings import Settings
from yinju.store.protocol import IngestedFile
from yinju.text import fold, search_form
from yinju.types import FileState


def collecting_in(corpus: Path) -> Collecting:
    """How the files of a folder are read that nobody has seen before."""
    seen = SeenFiles(corpus / "index", corpus)
    return Collecting(Settings(), {}, reuse=True, stated=lambda name: None, stated_before={}, seen=seen)


def collect(corpus: Path) -> IngestedFile:
    """The entry of the only file in a folder."""
    (entry,) = collecting_in(corpus).collect(corpus, corpus / "index")
    return entry


@pytest.mark.parametrize(("ocr", "installed", "told"), [(False, True, "YINJU_OCR=1"), (True, False, "make ocr")])
def test_a_picture_says_whether_recognition_is_missing_or_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ocr: bool, installed: bool, told: str
) -> None:
    monkeypatch.setattr(entries, "is_installed", lambda: installed)
    monkeypatch.setattr(entries, "reader_for", lambda settings, processes: Reader())  # which recognises nothing
    (tmp_path / "a.png").write_bytes(picture())
    pages = Canvas(str(tmp_path / "b.pdf"))
    for words in ("The first page has text that can be read.", ""):
        pages.drawString(72, 700, words)
        pages.rect(72, 300, 200, 200, fill=1)
        pages.showPage()
    pages.save()
    collecting = replace(collecting_in(tmp_path), settings=Settings(ocr=ocr))
    image, pdf = collecting.collect(tmp_path, tmp_path / "index")
    assert (image.outcome.state, pdf.outcome.state) == (FileState.SKIPPED, FileState.WARNED)
    other = {"YINJU_OCR=1", "make ocr"} - {told}
    for outcome in (image.outcome, pdf.outcome):
        assert told in outcome.message and not any(words in outcome.message for words in other)
        assert entries._has_unread_pages(outcome), "it is read once that is mended"


def write_while_read(monkeypatch: pytest.MonkeyPatch, path: Path, times: int) -> None:
    """Have somebody write the file whenever its sum is taken, so many times."""
    digest, left = entries._digest, [times]

    def digest_and_write(file: BufferedReader) -> tuple[str, int]:
        found = digest(file)
        if left[0]:
            left[0] -= 1
            path.write_text("內容。" * (left[0] + 2), encoding="utf-8")
        return found

    monkeypatch.setattr(entries, "_digest", digest_and_write)


def test_a_file_written_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("舊的。", encoding="utf-8")
    write_while_read(monkeypatch, path, 1)
    entry = collect(tmp_path)
    assert entry.document and entry.document.text == "內容。內容。"
    assert entry.outcome.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_written_again_and_again_fails_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("舊的。", encoding="utf-8")
    write_while_read(monkeypatch, path, 9)
    outcome = collect(tmp_path).outcome
    assert (outcome.state, [reason.name for reason in outcome.reasons]) == (FileState.FAILED, [CHANGING])
    assert outcome.sha256 is None and outcome.message.startswith("讀取時被修改")


def test_passages_know_how_they_are_searched(tmp_path: Path) -> None:
    """So that no question has to cut them into words: 行銷 and 計程車 are searched as 营销 and 出租车."""
    text = "行銷人員搭計程車，\n要附收據。貓在睡覺。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (passage,) = collect(tmp_path).passages
    assert passage.form == search_form(passage.lines) != fold(passage.lines)
    assert passage.form is not None and "营销" in passage.form and "出租车" in passage.form
    (tmp_path / "a.txt").write_text("貓在睡覺。", encoding="utf-8")
    (passage,) = collect(tmp_path).passages
    assert passage.form == "" and search_form(passage.lines) == fold(passage.lines) == "猫在睡觉。"


def collected(folder: Path) -> list[tuple[IngestedFile, list[list[float]]]]:
    """The entries of a folder's files, and their vectors, but for what is another each time."""
    collecting = replace(collecting_in(folder), encodes=True)
    files = [*collecting.collect(folder, folder / "index")]
    vectors = [file.vectors.tolist() for file in files if file.vectors is not None]
    alike = [replace(file, outcome=replace(file.outcome, added=0, seconds=0), vectors=None) for file in files]
    return [*zip(alike, vectors, strict=True)]


def test_documents_are_divided_and_embedded_alike_in_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.md").write_text(f"# 第{number}份\n\n行銷要看數字{number}。\n", encoding="utf-8")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    here = collected(tmp_path)
    for file, vectors in here:
        assert vectors == encode_passages(shipped_encoder(), file.passages).tolist() and file.document
    monkeypatch.setattr(entries, "FEW", 0)
    assert collected(tmp_path) == here


def test_where_no_process_can_be_had_documents_are_divided_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a script that begins to index when it is imported: another process would import it, and begin as well."""
    (tmp_path / "a.md").write_text("# 甲\n\n行銷要看數字。\n", encoding="utf-8")
    here = collected(tmp_path)

    def broken(*work: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(entries, "FEW", 0)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.submit", broken)
    assert collected(tmp_path) == here
