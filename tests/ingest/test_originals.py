"""The files documents were read from: found while they hold what was read; where text is printed goes on with them."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import ToyEncoder
from tests.reading.printed_pdfs import cases, places

from yinju import build_index, open_library
from yinju.ingest.originals import Originals
from yinju.reading import read_document
from yinju.types import Document


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "乙.txt").write_text("茶要用滾水沖泡。", "utf-8")
    return read_document((tmp_path / "甲" / "乙.txt").read_bytes(), "甲/乙.txt")


def test_a_file_is_found_while_it_holds_what_was_read(tmp_path: Path, document: Document) -> None:
    originals, path = Originals(), tmp_path / "甲" / "乙.txt"
    assert originals.path(str(tmp_path), document) == path
    assert originals.path(None, document) is None
    read = path.read_bytes()
    path.write_bytes(read + b" ")
    assert originals.path(str(tmp_path), document) is None
    path.write_bytes(read)
    assert originals.path(str(tmp_path), document) == path
    path.unlink()
    assert originals.path(str(tmp_path), document) is None
    path.mkdir()
    assert originals.path(str(tmp_path), document) is None


def test_no_file_outside_the_folder_is_given(tmp_path: Path, document: Document) -> None:
    outside = tmp_path / "外"
    (tmp_path / "甲" / "乙.txt").rename(outside)
    os.symlink(outside, tmp_path / "甲" / "乙.txt")
    assert Originals().path(str(tmp_path / "甲"), document) is None
    inside = tmp_path / "甲"
    assert Originals().path(str(inside), replace(document, name="../外")) is None


def test_where_a_pdf_is_printed_is_taken_over_when_it_is_not_read_again(tmp_path: Path) -> None:
    corpus, sheet = tmp_path / "corpus", cases()["two-columns"]()
    corpus.mkdir()
    (corpus / "表.pdf").write_bytes(sheet.pdf())
    seen = []
    for number in range(2):
        (corpus / f"{number}.txt").write_text(f"第{number}份茶。", "utf-8")
        report = build_index(corpus, tmp_path / "index", encoder=ToyEncoder())
        with open_library(tmp_path / "index", encoder=ToyEncoder()) as library:
            library.warm_pages()
            document = library.document("表.pdf")
            assert document
            seen.append(library.page_boxes("表.pdf", 1, next(places(document.text, sheet.sentences[9]))))
    assert next(outcome for outcome in report.outcomes if outcome.name == "表.pdf").reused
    assert seen[0] == seen[1]
    assert seen[0] is not None and len(seen[0].boxes) == 1
