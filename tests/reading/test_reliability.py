"""The cases of bad documents, D1 to D17, and where each is tested; here is what belongs to no single part.

| case | tests |
|---|---|
| D1 nothing to read | test_hostile_texts (twelve among twenty good ones); test_documents, test_archive |
| D2 not what its name says | test_hostile_texts; test_documents, test_round_trip (every format by content) |
| D3 encodings | test_hostile_texts (bad bytes in five formats); test_encoding (600 files), test_doubtful_encodings |
| D5 very large | test_hostile_texts; in full size benchmarks/large_files.py |
| D6 bombs | test_hostile_xml; test_word, test_slides, test_sheets, test_opendocument, test_archive |
| D8 entities | test_hostile_xml; test_epub, test_opendocument (packages) |
| D9 passwords, scans | test_hostile_pdfs; test_pdf, test_scans |
| D10 corrupt PDFs | test_hostile_pdfs; test_round_trip; 10,000 files of all formats benchmarks/mutated_files.py |
| D12 HTML | test_hostile_texts; test_html, test_web_pages |
| D13 what is no file | test_hostile_folders; tests/ingest/test_build, test_isolation |
| D14 names | test_hostile_folders; tests/test_cli (one line), tests/browser/test_hostile (nothing runs) |
| D17 rare, doubled and invisible characters | tests/test_written_forms (60 pairs), tests/web/test_conversation |
"""

from pathlib import Path

from tests.reading.hostile_files import SWELLING, TEXTS, bomb, deep_tree, flate_bomb, looped_tree, with_entity

from made_files import WRITERS, make_content
from mutated_files import make
from yinju import open_library
from yinju.library import build_index
from yinju.protocols import Encoder
from yinju.settings import Settings
from yinju.types import FileState

GOOD = 20
SETTINGS = Settings(file_seconds=5, file_memory_megabytes=1_000)
HALF = rb"{\rtf1{\info{\title \u-10240?}}\pard\b \u-10240?\b0\par hello\par}"
"""RTF whose title and heading are half of a character, which no database takes."""


def hostile_files() -> dict[str, bytes]:
    """A file of every kind that is tested alone elsewhere, and some that are damaged at random."""
    made = {f"bomb.{kind}": bomb(kind, 10_000_000) for kind in SWELLING}
    made |= {f"entity.{kind}": with_entity(kind, '<!ENTITY e SYSTEM "file:///etc/passwd">') for kind in TEXTS}
    made |= {"flate.pdf": flate_bomb(20_000_000), "loop.pdf": looped_tree(), "deep.pdf": deep_tree(5_000)}
    made |= {"half.rtf": HALF, "half.json": rb'[{"title": "\ud800", "content": "\udfff"}]', "empty.txt": b""}
    made |= {f"damaged {name}": data for name, data in make(2 * len(WRITERS), seed=3)}
    return made


def test_one_bad_file_never_changes_the_others(tmp_path: Path, encoder: Encoder) -> None:
    corpus, hostile = tmp_path / "corpus", hostile_files()
    corpus.mkdir()
    for number in range(GOOD):
        (corpus / f"好{number:02}.txt").write_text(f"第{number}隻貓在茶山看書。", "utf-8")
    build_index(corpus, tmp_path / "index", encoder=encoder, settings=SETTINGS)
    for name, data in hostile.items():
        (corpus / name).write_bytes(data)
    report = build_index(corpus, tmp_path / "index", encoder=encoder, settings=SETTINGS)
    assert sum(map(report.count, FileState)) == len(report.outcomes) == GOOD + len(hostile)
    for outcome in report.outcomes:
        read = outcome.state in (FileState.INDEXED, FileState.WARNED)
        assert read == (outcome.passages > 0), outcome
        assert (outcome.state is FileState.INDEXED) == (outcome.message == ""), outcome
        assert read or outcome.name in hostile, outcome
    with open_library(tmp_path / "index", encoder=encoder) as library:
        for number in range(GOOD):
            document = library.document(f"好{number:02}.txt")
            assert document is not None and document.text == f"第{number}隻貓在茶山看書。"
        assert not any("root:" in document.text for document in library.documents())


def test_what_is_put_in_is_indexed_or_counted_as_dropped(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    for kind, write in WRITERS.items():
        (tmp_path / "corpus" / f"a.{kind}").write_bytes(write(make_content(4, 2, 2)))
    report = build_index(tmp_path / "corpus", tmp_path / "index", encoder=encoder)
    with open_library(tmp_path / "index", encoder=encoder) as library:
        for outcome in report.outcomes:
            document = library.document(outcome.name)
            assert document is not None
            held = len("".join(document.text.split()))
            assert held <= outcome.indexed + outcome.dropped, outcome
            assert outcome.indexed <= held
